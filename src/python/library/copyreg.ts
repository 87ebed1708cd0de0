/** `copyreg`: https://docs.python.org/3/library/copyreg.html */
import { fault } from "../fault.ts";
import { PyDict } from "../objects/dict.ts";
import type { PyModule } from "../objects/module.ts";
import { None, type Value } from "../objects/object.ts";
import { signed } from "../objects/signature.ts";
import { newObject, newObjectWithKeywords } from "../operations/reduce.ts";
import { isCallable } from "../operations/typeof.ts";
import { functions, values } from "./native.ts";

export function fillCopyreg(module: PyModule): void {
  const table = new PyDict();
  values(module, {
    dispatch_table: table,
    __newobj__: newObject,
    __newobj_ex__: newObjectWithKeywords,
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
    constructor: (object: Value) => {
      if (!isCallable(object)) fault("TypeError", "constructors must be callable");
      return None;
    },
  });
}
