import { below, PyObject, type Value } from "./object.ts";
import { builtinType } from "./root.ts";
import type { PyType } from "./type.ts";

export interface PyTuple extends PyObject {
  readonly items: Value[];
  /** On the prototype: false for classes derived from it, which may index in ways of their own. */
  readonly isItems: boolean;
}
export const PyTuple: new (items: Value[]) => PyTuple = below(
  PyObject,
  class {
    declare readonly items: Value[];
    constructor(items: Value[]) {
      this.items = items;
    }
  },
);

export const tupleType: PyType = builtinType("tuple", PyTuple);
(PyTuple.prototype as { isItems: boolean }).isItems = true;
