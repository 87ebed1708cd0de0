/** `import`, in all of its forms. */
import { DEPTH, meter } from "../budget.ts";
import { fault } from "../fault.ts";
import {
  exceptionType,
  fieldOf,
  isException,
  makeException,
  raising,
  setField,
} from "../objects/exception.ts";
import { storeAttribute } from "../objects/dict.ts";
import { PyModule } from "../objects/module.ts";
import { PyBuiltin } from "../objects/function.ts";
import { None, type Value } from "../objects/object.ts";
import { runtime } from "../objects/state.ts";
import { PyTuple } from "../objects/tuple.ts";
import { dictOf, findAttribute, getAttribute, tryAttribute } from "./attributes.ts";
import { call } from "./call.ts";
import { toArray } from "./iterate.ts";
import { putName } from "./names.ts";
import { textOf } from "./repr.ts";
import { typeName } from "./typeof.ts";

/** `import a.b.c`: the first package, or with `as` the last module. */
export function importModule(globals: PyModule, name: string, last: boolean): Value {
  const asked = askImport(globals, name, None, 0);
  if (asked !== undefined) {
    const parts = last ? name.split(".").slice(1) : [];
    return parts.reduce(getAttribute, asked);
  }
  const module = runtime().load(name);
  const dot = name.indexOf(".");
  return last || dot < 0 ? module : runtime().load(name.slice(0, dot));
}

/** What an `__import__` gives that a program put in the place of the built-in one. */
function askImport(
  globals: PyModule,
  name: string,
  names: Value,
  level: number,
): Value | undefined {
  const own = runtime().builtins.get("__import__");
  if (own === undefined) fault("ImportError", "__import__ not found");
  if (own instanceof PyBuiltin && own.name === "__import__") return undefined;
  const space = dictOf(globals) ?? None;
  return call(own, [name, space, space, names, level]);
}

/** The module that `from … import names` reads; `level` dots before its name. */
export function importFrom(
  globals: PyModule,
  name: string,
  level: number,
  names: readonly string[] = [],
): Value {
  return askImport(globals, name, new PyTuple([...names]), level) ?? loadFrom(globals, name, level);
}

/** The same, whoever asks. */
export function loadFrom(globals: PyModule, name: string, level: number): PyModule {
  if (level === 0) return runtime().load(name);
  const own = globals.get("__package__") ?? globals.get("__name__");
  const parts = typeof own === "string" && own !== "" && own !== "__main__" ? own.split(".") : [];
  if (parts.length === 0) {
    fault("ImportError", "attempted relative import with no known parent package");
  }
  if (level > parts.length) {
    fault("ImportError", "attempted relative import beyond top-level package");
  }
  const base = parts.slice(0, parts.length - level + 1).join(".");
  return runtime().load(name === "" ? base : `${base}.${name}`);
}

/** One name of `from module import name`: an attribute, else a submodule. */
export function importedName(module: Value, name: string): Value {
  const before = meter[DEPTH]!;
  const value = tryAttribute(module, name);
  if (value !== undefined) return value;
  meter[DEPTH] = before;
  const own = textAttribute(module, "__name__");
  if (own !== undefined && findAttribute(module, "__path__") !== undefined) {
    const depth = meter[DEPTH]!;
    try {
      return runtime().load(`${own}.${name}`);
    } catch (error) {
      // What it imports itself may be missing too.
      const missing = isException(error, "ModuleNotFoundError", depth);
      if (!missing || fieldOf(error, "name") !== `${own}.${name}`) throw error;
    }
  }
  const file = textAttribute(module, "__file__");
  const half = module instanceof PyModule && runtime().loading.has(module);
  const called = `'${own ?? "<unknown module name>"}'`;
  const from = half ? `partially initialized module ${called}` : called;
  const why = half ? " (most likely due to a circular import)" : "";
  const exception = makeException(exceptionType("ImportError"), [
    `cannot import name '${name}' from ${from}${why} (${file ?? "unknown location"})`,
  ]);
  setField(exception, "name", own ?? "<unknown module name>");
  if (file !== undefined) setField(exception, "path", file);
  setField(exception, "name_from", name);
  throw raising(exception);
}

function textAttribute(module: Value, name: string): string | undefined {
  const value = findAttribute(module, name);
  return typeof value === "string" ? value : undefined;
}

/** `from module import *`: into a module, or into a namespace. */
export function importStar(space: Value, module: Value): void {
  for (const name of publicNames(module)) {
    const value = getAttribute(module, name);
    if (space instanceof PyModule) storeAttribute(space, name, value);
    else putName(space, name, value);
  }
}

/** What `__all__` lists; without it all names that begin with no underscore. */
function publicNames(module: Value): string[] {
  const all = findAttribute(module, "__all__");
  const dict = all === undefined ? findAttribute(module, "__dict__") : undefined;
  if (all === undefined && dict === undefined) {
    fault("ImportError", "from-import-* object has no __dict__ and no __all__");
  }
  return toArray(all ?? dict!).flatMap((name) => {
    const text = textOf(name);
    if (typeof text === "string") return all === undefined && text.startsWith("_") ? [] : [text];
    const where = all === undefined ? "__dict__" : "__all__";
    const kind = all === undefined ? "Key" : "Item";
    const own = textAttribute(module, "__name__") ?? "?";
    return fault("TypeError", `${kind} in ${own}.${where} must be str, not ${typeName(name)}`);
  });
}
