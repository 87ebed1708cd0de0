/** `copyreg`: https://docs.python.org/3/library/copyreg.html */
import { fault } from "../fault.ts";
import { complexType } from "../objects/complex.ts";
import { PyDict } from "../objects/dict.ts";
import { PyBuiltin } from "../objects/function.ts";
import type { PyModule } from "../objects/module.ts";
import { None, type Value } from "../objects/object.ts";
import { signed } from "../objects/signature.ts";
import { newObject, newObjectWithKeywords, reconstructor } from "../operations/reduce.ts";
import { PyTuple } from "../objects/tuple.ts";
import { getAttribute } from "../operations/attributes.ts";
import { equal } from "../operations/compare.ts";
import { repr } from "../operations/repr.ts";
import { requireIndex } from "../operations/subscript.ts";
import { isCallable } from "../operations/typeof.ts";
import { functions, values } from "./native.ts";

export function fillCopyreg(module: PyModule): void {
  const table = new PyDict();
  table.set(
    complexType,
    new PyBuiltin(
      "pickle_complex",
      (value: Value) =>
        new PyTuple([
          complexType,
          new PyTuple([getAttribute(value, "real"), getAttribute(value, "imag")]),
        ]),
      module,
    ),
  );
  const extensions = new PyDict();
  const names = new PyDict();
  values(module, {
    dispatch_table: table,
    __newobj__: newObject,
    __newobj_ex__: newObjectWithKeywords,
    _reconstructor: reconstructor,
    _extension_registry: extensions,
    _inverted_registry: names,
    _extension_cache: new PyDict(),
  });
  functions(module, {
    pickle: signed(
      "ob_type, pickle_function, constructor_ob=None",
      (type: Value, func: Value, constructor?: Value) => {
        if (!isCallable(func)) fault("TypeError", "reduction functions must be callable");
        if (constructor !== undefined && constructor !== None && !isCallable(constructor)) {
          fault("TypeError", "constructors must be callable");
        }
        table.set(type, func);
        return None;
      },
    ),
    add_extension: (part: Value, name: Value, code: Value) => {
      const number = requireIndex(code);
      if (number < 1 || number > 0x7fffffff) fault("ValueError", "code out of range");
      const key = new PyTuple([part, name]);
      const known = extensions.get(key);
      if (known === number && equal(names.get(number)!, key)) return None;
      if (known !== undefined)
        fault("ValueError", `key ${shown(key)} is already registered with code ${shown(known)}`);
      const other = names.get(number);
      if (other !== undefined)
        fault("ValueError", `code ${number} is already in use for key ${shown(other)}`);
      extensions.set(key, number);
      names.set(number, key);
      return None;
    },
    remove_extension: (part: Value, name: Value, code: Value) => {
      const key = new PyTuple([part, name]);
      const number = requireIndex(code);
      if (extensions.get(key) !== number)
        fault("ValueError", `key ${shown(key)} is not registered with code ${number}`);
      extensions.delete(key);
      names.delete(number);
      return None;
    },
    constructor: (object: Value) => {
      if (!isCallable(object)) fault("TypeError", "constructors must be callable");
      return None;
    },
  });
}

function shown(value: Value): string {
  return String(repr(value));
}
