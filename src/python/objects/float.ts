/** `float`: always in a box, so that an int and a float are told apart by what they are. */
import { below, PyObject } from "./object.ts";
import { builtinType } from "./root.ts";
import type { PyType } from "./type.ts";

export interface PyFloat extends PyObject {
  readonly v: number;
  /** On the prototype: true for floats themselves, false for instances of classes derived from it. */
  readonly isFloat: boolean;
}
export const PyFloat: new (v: number) => PyFloat = below(
  PyObject,
  class {
    declare readonly v: number;
    constructor(v: number) {
      this.v = v;
    }
  },
);

export const floatType: PyType = builtinType("float", PyFloat);
(PyFloat.prototype as { isFloat: boolean }).isFloat = true;
