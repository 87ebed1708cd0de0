import { PyObject, type Value } from "./object.ts";
import { builtinType } from "./root.ts";
import type { PyType } from "./type.ts";

export class PyList extends PyObject {
  items: Value[];
  /** On the prototype: false for classes derived from it, which may index in ways of their own. */
  declare readonly isItems: boolean;
  declare readonly isList: boolean;
  constructor(items: Value[]) {
    super();
    this.items = items;
  }
}

export const listType: PyType = builtinType("list", PyList);
(PyList.prototype as { isItems: boolean }).isItems = true;
(PyList.prototype as { isList: boolean }).isList = true;
