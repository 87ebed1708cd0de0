import { PyObject } from "./object.ts";
import { builtinType } from "./root.ts";
import type { PyType } from "./type.ts";

export class PyComplex extends PyObject {
  readonly real: number;
  readonly imag: number;
  constructor(real: number, imag: number) {
    super();
    this.real = real;
    this.imag = imag;
  }
}
export const complexType: PyType = builtinType("complex", PyComplex);
