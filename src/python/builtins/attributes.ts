/** `getattr` and what goes with it; `dir`, `vars`, `id`, `hash`, `callable`. */
import { fault } from "../fault.ts";
import { PyBuiltin } from "../objects/function.ts";
import type { PyModule } from "../objects/module.ts";
import { None, type Value } from "../objects/object.ts";
import { PyList } from "../objects/list.ts";
import { type Native, signed, type Signed } from "../objects/signature.ts";
import { runtime } from "../objects/state.ts";
import { lookup } from "../objects/type.ts";
import {
  deleteAttribute,
  getAttribute,
  setAttribute,
  tryAttribute,
} from "../operations/attributes.ts";
import { call, callSpecial } from "../operations/call.ts";
import { frameFunctions, localsOf } from "../operations/frames.ts";
import { hash } from "../operations/hash.ts";
import { toArray } from "../operations/iterate.ts";
import { textOf } from "../operations/repr.ts";
import { isLt } from "../operations/compare.ts";
import { typeName, typeOf } from "../operations/typeof.ts";

/** The name of an attribute that a program gives as a value. */
function attributeName(value: Value): string {
  const text = textOf(value);
  if (text === undefined)
    fault("TypeError", `attribute name must be string, not '${typeName(value)}'`);
  return String(text);
}

/** `dir(object)`: sorted. */
function listNames(object: Value): Value {
  const names = callSpecial(object, "__dir__");
  if (names === undefined) fault("TypeError", "object does not provide __dir__");
  return sortedNames(names);
}

function sortedNames(names: Value): Value {
  const sorted = toArray(names);
  if (sorted.every((name) => typeof name === "string")) sorted.sort();
  else sorted.sort((a, b) => (isLt(a, b) ? -1 : isLt(b, a) ? 1 : 0));
  return new PyList(sorted);
}

function varsOf(object: Value): Value {
  const dict = tryAttribute(object, "__dict__");
  return dict ?? fault("TypeError", "vars() argument must have __dict__ attribute");
}

const table: Readonly<Record<string, Native | Signed>> = {
  getattr: signed(
    "object, name, default=None, /",
    (object: Value, name: Value, otherwise?: Value) => {
      const text = attributeName(name);
      return otherwise === undefined
        ? getAttribute(object, text)
        : (tryAttribute(object, text) ?? otherwise);
    },
  ),
  hasattr: (object: Value, name: Value) => tryAttribute(object, attributeName(name)) !== undefined,
  setattr: signed("object, name, value, /", (object: Value, name: Value, value: Value) => {
    setAttribute(object, attributeName(name), value);
    return None;
  }),
  delattr: (object: Value, name: Value) => {
    deleteAttribute(object, attributeName(name));
    return None;
  },
  callable: (value: Value) => lookup(typeOf(value), "__call__") !== undefined,
  id: (value: Value) => runtime().id(value),
  hash: (value: Value) => hash(value),
};

/** Puts these functions into the module of built-in names. */
export function fillAttributes(module: PyModule): void {
  for (const name in table) module.set(name, new PyBuiltin(name, table[name]!, module));
  const dir = new PyBuiltin(
    "dir",
    signed("object=None, /", (object?: Value) => listNames(object ?? None)),
    module,
  );
  frameFunctions.set(dir, (args, globals, locals) =>
    args.length > 0
      ? listNames(args[0]!)
      : sortedNames(call(getAttribute(localsOf(globals, locals), "keys"), [])),
  );
  module.set("dir", dir);
  const vars = new PyBuiltin(
    "vars",
    signed("object=None, /", (object?: Value) => varsOf(object ?? None)),
    module,
  );
  frameFunctions.set(vars, (args, globals, locals) =>
    args.length > 0 ? varsOf(args[0]!) : localsOf(globals, locals),
  );
  module.set("vars", vars);
}
