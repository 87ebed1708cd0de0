import { PyObject, type Value } from "./object.ts";
import { builtinType } from "./root.ts";
import type { PyType } from "./type.ts";

export class PyTuple extends PyObject {
  readonly items: Value[];
  constructor(items: Value[]) {
    super();
    this.items = items;
  }
}

export const tupleType: PyType = builtinType("tuple", PyTuple);
