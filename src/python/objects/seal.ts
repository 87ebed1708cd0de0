/** What a host that judges programs keeps from them, in the run that both are in. */
import type { PyModule } from "./module.ts";
import type { PyObject } from "./object.ts";

/**
 * Namespaces are of three kinds: the judge's own, which no other program sees; the library's, which
 * everybody uses and nobody but itself and the judge changes; and those of the programs that are judged.
 * Who asks for something is the innermost program going on that is not the library's.
 */
export interface Seal {
  /** Whether a namespace is the judge's own. */
  holds(globals: PyModule): boolean;
  /** Whether a namespace is the library's. */
  trusts(globals: PyModule): boolean;
  /** Whether the judge asks, or nobody but the library. */
  asked(): boolean;
  /** Whether the names in a namespace are kept from whoever asks. */
  conceals(globals: PyModule): boolean;
  /** Whether a class of a module of this name is kept from whoever asks. */
  concealsClass(module: string): boolean;
  /** Throws an AttributeError where whoever asks may not change this attribute. */
  guard(object: PyObject, name: string): void;
  /** A module has come of the library, or of the host: nothing of it has run yet. */
  came(name: string, module: PyModule): void;
  /** All of a module is there. */
  filled(module: PyModule): void;
  /** Where a module of this name is kept, if it is kept from other programs. */
  modules(name: string): Map<string, PyModule> | undefined;
  /** What fills a module of the judge's own. */
  fills(name: string): ((module: PyModule) => void) | undefined;
  /** Whether a module of this name is there for the judge alone, and somebody else asks. */
  refuses(name: string): boolean;
  /** Whether a name means the library's module, whatever stands in files. */
  isLibrary(name: string): boolean;
  /** Runs a file of the judge's own in a namespace; false where the path is none, or somebody else asks. */
  execute(path: string, module: PyModule): boolean;
}
