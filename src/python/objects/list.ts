import { below, PyObject, type Value } from "./object.ts";
import { builtinType } from "./root.ts";
import type { PyType } from "./type.ts";

export interface PyList extends PyObject {
  items: Value[];
  /** On the prototype: false for classes derived from it, which may index in ways of their own. */
  readonly isItems: boolean;
  readonly isList: boolean;
}
export const PyList: new (items: Value[]) => PyList = below(
  PyObject,
  class {
    declare items: Value[];
    constructor(items: Value[]) {
      this.items = items;
    }
  },
);

export const listType: PyType = builtinType("list", PyList);
(PyList.prototype as { isItems: boolean }).isItems = true;
(PyList.prototype as { isList: boolean }).isList = true;
