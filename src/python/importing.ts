/** How an imported name becomes a module: the host's, the program's own files', then the library's. */
import { fillInjected } from "./injected.ts";
import { nativeModules } from "./library/table.ts";
import {
  exceptionType,
  isException,
  makeException,
  raising,
  setField,
} from "./objects/exception.ts";
import { fault } from "./fault.ts";
import { PyList } from "./objects/list.ts";
import { PyModule } from "./objects/module.ts";
import { None, type Value } from "./objects/object.ts";
import { compileText } from "./operations/source.ts";
import type { Run } from "./run.ts";
import { joinPath } from "./paths.ts";
import { fromJs } from "./text/wide.ts";

/** The module of a full name, from `sys.modules` or found, filled and put there. Throws ImportError. */
export function loadModule(run: Run, name: string): PyModule {
  const known = (run.seal?.modules(name) ?? run.modules).get(name);
  if (known !== undefined) {
    if ((known as Value) !== None) return known;
    return missing(name, `import of ${name} halted; None in sys.modules`);
  }
  if (name === "") fault("ValueError", "Empty module name");
  const dot = name.lastIndexOf(".");
  if (dot < 0) return fill(run, name, undefined);
  const parent = loadModule(run, name.slice(0, dot));
  const early = (run.seal?.modules(name) ?? run.modules).get(name);
  if (early !== undefined) return early;
  const module = fill(run, name, parent);
  parent.set(name.slice(dot + 1), module);
  return module;
}

function fill(run: Run, name: string, parent: PyModule | undefined): PyModule {
  const own = run.seal?.fills(name);
  if (own !== undefined) return filled(run, name, own);
  if (run.seal?.refuses(name) === true) return missing(name, `No module named '${name}'`);
  const native = nativeOf(run, name);
  if (native !== undefined && run.seal?.isLibrary(name) === true) return filled(run, name, native);
  if (native !== undefined && /^(_.*|sys|builtins)$/.test(name)) {
    return filled(run, name, native);
  }
  const granted = run.granted();
  if (granted.includes("modules")) {
    const contents = run.perform("modules.import", name);
    if (contents !== null) {
      const ask = run.performWith.bind(run);
      return filled(run, name, (module) => fillInjected(module, name, contents, ask));
    }
  }
  if (granted.includes("fs")) {
    const path = parent === undefined ? run.path : parent.get("__path__");
    const found = path === undefined ? undefined : findSource(run, name, path);
    if (found !== undefined && found.file !== undefined) return executed(run, name, found);
    if (found !== undefined && native === undefined) return namespacePackage(run, name, found);
  }
  if (native !== undefined) return filled(run, name, native);
  if (parent !== undefined && parent.get("__path__") === undefined) {
    const words = `No module named '${name}'; '${name.slice(0, name.lastIndexOf("."))}' is not a package`;
    return missing(name, words);
  }
  return missing(name, `No module named '${name}'`);
}

/** What fills a module of the library, or of the host's own making. */
function nativeOf(run: Run, name: string): ((module: PyModule) => void) | undefined {
  if (Object.hasOwn(nativeModules, name)) return nativeModules[name];
  return Object.hasOwn(run.natives, name) ? run.natives[name] : undefined;
}

function filled(run: Run, name: string, fillIt: (module: PyModule) => void): PyModule {
  const module = new PyModule(name);
  const modules = run.seal?.modules(name) ?? run.modules;
  modules.set(name, module);
  if (run.seal?.fills(name) === undefined) run.seal?.came(name, module);
  try {
    if (isLibraryPackage(name)) module.set("__path__", new PyList([`<library>/${name}`]));
    fillIt(module);
  } catch (error) {
    modules.delete(name);
    throw error;
  }
  run.seal?.filled(module);
  return module;
}

let packages: Set<string> | undefined;

/** Whether modules of the library lie in this one. */
function isLibraryPackage(name: string): boolean {
  packages ??= new Set(
    Object.keys(nativeModules).flatMap((full) => (full.includes(".") ? [full.split(".")[0]!] : [])),
  );
  return packages.has(name);
}

/** Where a module's source is. */
interface Source {
  readonly file: string;
  /** The directory of a package. */
  readonly directory: string | undefined;
  readonly bytes: Uint8Array;
}

/** Directories that are a package without a file of its own. */
interface Directories {
  readonly file: undefined;
  readonly directories: Value[];
}

function namespacePackage(run: Run, name: string, { directories }: Directories): PyModule {
  const module = new PyModule(name);
  for (const key of ["__doc__", "__loader__", "__spec__"]) module.set(key, None);
  module.set("__package__", name);
  module.set("__path__", new PyList(directories));
  run.modules.set(name, module);
  return module;
}

/** Runs a module's source; while it runs, whoever imports it meets what there is of it so far. */
function executed(run: Run, name: string, source: Source): PyModule {
  const module = new PyModule(name);
  describe(module, source, source.directory === undefined ? name.replace(/\.?[^.]*$/, "") : name);
  run.modules.set(name, module);
  run.loading.add(module);
  try {
    run.execute(
      compileText(source.bytes, source.file, "exec", { profiled: run.profiler !== undefined })
        .program,
      module,
    );
  } catch (error) {
    run.modules.delete(name);
    throw error;
  } finally {
    run.loading.delete(module);
  }
  return run.modules.get(name) ?? module;
}

function describe(module: PyModule, source: Source, packageName: string): void {
  for (const name of ["__doc__", "__loader__", "__spec__"]) module.set(name, None);
  module.set("__package__", packageName);
  if (source.directory !== undefined) module.set("__path__", new PyList([source.directory]));
  module.set("__file__", source.file);
}

/** Looks in the directories of a path, as `sys.path` and `__path__` are. */
function findSource(run: Run, name: string, path: Value): Source | Directories | undefined {
  const last = name.slice(name.lastIndexOf(".") + 1);
  // What is no name of Python's is no name of a file either.
  if (!(path instanceof PyList) || /[^\p{L}\p{N}_]/u.test(last)) return undefined;
  const directories: Value[] = [];
  for (const entry of path.items) {
    if (typeof entry !== "string") continue;
    const directory = joinPath(run.cwd, joinPath(entry, last));
    const isPackage = isDirectory(run, directory);
    if (isPackage) {
      const file = `${directory}/__init__.py`;
      const bytes = readSource(run, file);
      if (bytes !== undefined) return { file, directory, bytes };
    }
    const file = `${directory}.py`;
    const bytes = readSource(run, file);
    if (bytes !== undefined) return { file, directory: undefined, bytes };
    if (isPackage) directories.push(directory);
  }
  return directories.length === 0 ? undefined : { file: undefined, directories };
}

function isDirectory(run: Run, path: string): boolean {
  try {
    return (run.perform("fs.stat", path, true) as { kind: string }).kind === "directory";
  } catch (error) {
    if (isException(error, "OSError")) return false;
    throw error;
  }
}

/** The whole of a file; `undefined` when there is none to be read. */
function readSource(run: Run, path: string): Uint8Array | undefined {
  let handle;
  try {
    handle = run.perform("fs.open", path, "r");
  } catch (error) {
    if (isException(error, "OSError")) return undefined;
    throw error;
  }
  const parts: Uint8Array[] = [];
  let size = 0;
  for (;;) {
    const part = run.perform("fs.read", handle, size, READ) as Uint8Array;
    if (part.length === 0) break;
    run.account.charge(part.length);
    parts.push(part);
    size += part.length;
  }
  run.perform("fs.close", handle);
  return Buffer.concat(parts);
}

const READ = 2 ** 20;

function missing(name: string, message: string): never {
  const exception = makeException(exceptionType("ModuleNotFoundError"), [fromJs(message)]);
  setField(exception, "name", fromJs(name));
  throw raising(exception);
}
