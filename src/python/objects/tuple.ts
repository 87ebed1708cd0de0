import { PyObject, type Value } from "./object.ts";
import { builtinType } from "./root.ts";
import type { PyType } from "./type.ts";

export class PyTuple extends PyObject {
  readonly items: Value[];
  /** On the prototype: false for classes derived from it, which may index in ways of their own. */
  declare readonly isItems: boolean;
  constructor(items: Value[]) {
    super();
    this.items = items;
  }
}

export const tupleType: PyType = builtinType("tuple", PyTuple);
(PyTuple.prototype as { isItems: boolean }).isItems = true;
