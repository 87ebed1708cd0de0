/** A judge's side of a run, sealed from the programs that it judges: see objects/seal.ts. */
import { fault } from "./fault.ts";
import { PyFunction } from "./objects/function.ts";
import type { PyModule } from "./objects/module.ts";
import { bag, type PyObject } from "./objects/object.ts";
import type { Seal } from "./objects/seal.ts";
import { runtime } from "./objects/state.ts";
import { PyType } from "./objects/type.ts";
import { namespacesGoing } from "./operations/traceback.ts";

/** What is sealed. */
export interface Sealed {
  /** Modules of the library's kind that are the judge's own all the same, by the first part of their names. */
  readonly hidden: ReadonlySet<string>;
  /** Modules that are made like the library's and are the judged programs'. */
  readonly judged: ReadonlySet<string>;
  /** What fills the module of a file of the judge's own, by the name that it is imported by. */
  file(name: string): ((module: PyModule) => void) | undefined;
  /** The same by the file's path. */
  path(path: string): ((module: PyModule) => void) | undefined;
  /** Whether a name means the library's module, whatever stands in files. */
  isLibrary(name: string): boolean;
}

/** Modules whose namespaces anybody changes, as `sys.stdout = …` does. */
const OPEN = ["sys", "__main__"];

/** Library modules that need to know of the judge's namespaces to work, and hand them to nobody. */
const DISCREET = ["warnings"];

export class Sealing implements Seal {
  readonly #sealed: Sealed;
  readonly #own: WeakSet<PyModule> = new WeakSet();
  readonly #names: Set<string> = new Set();
  readonly #library: WeakSet<PyModule> = new WeakSet();
  readonly #guarded: WeakSet<PyObject> = new WeakSet();
  readonly #modules: Map<string, PyModule> = new Map();
  /** Whether modules of these names are kept from other programs. */
  readonly #kept: Map<string, boolean> = new Map();
  #judging = false;

  constructor(sealed: Sealed) {
    this.#sealed = sealed;
  }

  /** Makes a namespace the judge's own. */
  hold(module: PyModule): void {
    this.#own.add(module);
    const name = module.get("__name__");
    if (typeof name === "string") this.#names.add(name);
  }

  /** The same for one that is imported by a name, though no file of that name is the judge's. */
  keep(name: string, module: PyModule): void {
    this.hold(module);
    this.#kept.set(name, true);
    this.#modules.set(name, module);
  }

  holds(globals: PyModule): boolean {
    return this.#own.has(globals);
  }

  trusts(globals: PyModule): boolean {
    return this.#library.has(globals);
  }

  asked(): boolean {
    // Before a judged program there is nobody else to ask.
    if (!this.#isJudging()) return true;
    const asker = this.#calls().find((globals) => !this.trusts(globals));
    return asker === undefined || this.holds(asker);
  }

  conceals(globals: PyModule): boolean {
    if (!this.holds(globals)) return false;
    const [innermost] = this.#calls();
    if (innermost === undefined || !this.trusts(innermost)) return true;
    return !DISCREET.includes(String(innermost.get("__name__")));
  }

  concealsClass(module: string): boolean {
    return (this.#names.has(module) || this.#isHidden(module)) && !this.asked();
  }

  guard(object: PyObject, name: string): void {
    const owner = object instanceof PyFunction ? object.globals : object;
    if (owner !== object ? !this.trusts(owner as PyModule) : !this.#guarded.has(object)) return;
    if (!this.#isJudging()) return;
    const [innermost] = this.#calls();
    const isOwn = innermost !== undefined && this.#isOwn(innermost, owner);
    if (innermost === undefined || isOwn || this.asked()) return;
    const what = object instanceof PyType ? "class" : object === owner ? "module" : "function";
    const called = bag(owner)["a___name__"] ?? (owner as { name?: string }).name ?? "?";
    fault(
      "AttributeError",
      `cannot change '${name}' of ${what} '${String(called)}': it is the tests' too`,
    );
  }

  /** Whether code in a library's namespace changes what is of the same module. */
  #isOwn(globals: PyModule, owner: PyObject): boolean {
    if (!this.trusts(globals)) return false;
    if (globals === owner) return true;
    return owner instanceof PyType && owner.dict.get("__module__") === globals.get("__name__");
  }

  came(name: string, module: PyModule): void {
    if (this.#sealed.judged.has(name)) return;
    this.#library.add(module);
    if (this.#isHidden(name)) this.hold(module);
  }

  filled(module: PyModule): void {
    if (!this.#library.has(module)) return;
    if (OPEN.includes(String(module.get("__name__")))) return;
    this.#guarded.add(module);
    // Stores that look at nothing but this would not ask.
    Object.defineProperty(module, "plain", { value: false, configurable: true });
    for (const value of Object.values(bag(module))) {
      if (value instanceof PyType && value.open) this.#guarded.add(value);
    }
  }

  modules(name: string): Map<string, PyModule> | undefined {
    let isKept = this.#kept.get(name);
    if (isKept === undefined) {
      isKept = this.#isHidden(name) || this.#sealed.file(name) !== undefined;
      this.#kept.set(name, isKept);
    }
    return isKept && this.asked() ? this.#modules : undefined;
  }

  fills(name: string): ((module: PyModule) => void) | undefined {
    const fill = this.#sealed.file(name);
    return fill === undefined || !this.asked() ? undefined : fill;
  }

  /** Whether a name is of a module that other programs do not find. */
  refuses(name: string): boolean {
    return this.#isHidden(name) && !this.asked();
  }

  isLibrary(name: string): boolean {
    return this.#sealed.isLibrary(name);
  }

  execute(path: string, module: PyModule): boolean {
    const fill = this.#sealed.path(path);
    if (fill === undefined || !this.asked()) return false;
    fill(module);
    return true;
  }

  #isHidden(name: string): boolean {
    const dot = name.indexOf(".");
    return this.#sealed.hidden.has(dot < 0 ? name : name.slice(0, dot));
  }

  /** Whether a program that is neither the judge's nor the library's has begun. */
  #isJudging(): boolean {
    if (this.#judging) return true;
    for (const { globals } of runtime().programs.values()) {
      if (this.trusts(globals) || this.holds(globals)) continue;
      this.#judging = true;
      return true;
    }
    return false;
  }

  /** The namespaces of the programs that go on, innermost first. */
  #calls(): PyModule[] {
    return namespacesGoing(new Error());
  }
}
