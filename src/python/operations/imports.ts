/** `import`, in all of its forms. */
import { fault } from "../fault.ts";
import {
  exceptionType,
  isException,
  makeException,
  raising,
  setField,
} from "../objects/exception.ts";
import { attributeNames, storeAttribute } from "../objects/dict.ts";
import { PyModule } from "../objects/module.ts";
import type { Value } from "../objects/object.ts";
import { runtime } from "../objects/state.ts";
import { findAttribute, getAttribute } from "./attributes.ts";
import { toArray } from "./iterate.ts";
import { putName } from "./names.ts";

/** `import a.b.c`: the first package, or with `as` the last module. */
export function importModule(_globals: PyModule, name: string, last: boolean): PyModule {
  const module = runtime().load(name);
  const dot = name.indexOf(".");
  return last || dot < 0 ? module : runtime().load(name.slice(0, dot));
}

/** The module that `from … import` reads; `level` dots before its name. */
export function importFrom(globals: PyModule, name: string, level: number): PyModule {
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
export function importedName(module: PyModule, name: string): Value {
  const value = findAttribute(module, name);
  if (value !== undefined) return value;
  const own = module.get("__name__");
  const full = `${String(own)}.${name}`;
  if (module.get("__path__") !== undefined) {
    try {
      return runtime().load(full);
    } catch (error) {
      if (!isException(error, "ModuleNotFoundError")) throw error;
    }
  }
  const file = module.get("__file__");
  const where = typeof file === "string" ? file : "unknown location";
  const exception = makeException(exceptionType("ImportError"), [
    `cannot import name '${name}' from '${String(own)}' (${where})`,
  ]);
  setField(exception, "name", typeof own === "string" ? own : "");
  if (typeof file === "string") setField(exception, "path", file);
  setField(exception, "name_from", name);
  throw raising(exception);
}

/** `from module import *`. */
export function importStar(space: Value, module: PyModule): void {
  const all = module.get("__all__");
  const names =
    all === undefined
      ? attributeNames(module).filter((name) => !name.startsWith("_"))
      : (toArray(all) as string[]);
  for (const name of names) {
    const value = getAttribute(module, name);
    if (space instanceof PyModule) storeAttribute(space, name, value);
    else putName(space, name, value);
  }
}
