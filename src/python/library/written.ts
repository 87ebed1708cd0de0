/** Modules of the library that are written in Python: texts of ours, compiled when they are first imported. */
import { readFileSync } from "node:fs";
import { uncharged } from "../budget.ts";
import { compileSource, type Program } from "../compiler/compile.ts";
import { unpackProgram } from "../compiler/packed.ts";
import { PyList } from "../objects/list.ts";
import type { PyModule } from "../objects/module.ts";
import { None } from "../objects/object.ts";
import { runtime } from "../objects/state.ts";

/** Where tracebacks say that the library is. No file system has it. */
const LIBRARY = "<library>";

/** What was compiled, by file: it is the same for every run. */
const compiled = new Map<string, Program>();

/** What was compiled when the executable was built, by file. */
let packed: (file: string) => string | undefined = () => undefined;

/** Says where compiled modules of the library are found. */
export function setPackedLibrary(read: (file: string) => string | undefined): void {
  packed = read;
}

/** How programs see a file of the library. */
function shownPath(file: string): string {
  return `${LIBRARY}/${file}`;
}

/** Compiles a module of the library. */
export function compileLibrary(file: string, source: string): Program {
  return compileSource(source, shownPath(file));
}

function load(file: string, path: string): Program {
  const ready = packed(file);
  return ready === undefined
    ? compileLibrary(file, readFileSync(path, "utf8"))
    : unpackProgram(ready);
}

const paths = new Map<string, string>();

/** Where the sources are, by file. */
export function librarySources(): ReadonlyMap<string, string> {
  return paths;
}

/** Fills a module from the source at a path. `file` is its path in the library: `package/__init__.py` for a package. */
export function written(file: string, path: string): (module: PyModule) => void {
  paths.set(file, path);
  return (module) => {
    const shown = shownPath(file);
    const isPackage = file.endsWith("/__init__.py");
    const parent = file.slice(0, Math.max(0, file.lastIndexOf("/"))).replaceAll("/", ".");
    for (const name of ["__doc__", "__loader__", "__spec__"]) module.set(name, None);
    module.set("__package__", parent);
    module.set("__file__", shown);
    if (isPackage) module.set("__path__", new PyList([shown.slice(0, shown.lastIndexOf("/"))]));
    let program = compiled.get(file);
    if (program === undefined) {
      program = uncharged(() => load(file, path));
      compiled.set(file, program);
    }
    runtime().execute(program, module);
  };
}
