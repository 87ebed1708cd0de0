/** Code objects and cells, as a program sees them. */
import type { Code, PyFunction } from "./function.ts";
import { PyObject, type Value } from "./object.ts";
import { builtinType } from "./root.ts";
import type { PyType } from "./type.ts";

/** What the compiler knows of a function; two of the same function are the same code. */
export class PyCode extends PyObject {
  readonly code: Code;
  /** The function it was taken from. */
  readonly func: PyFunction | undefined;

  constructor(code: Code, func?: PyFunction) {
    super();
    this.code = code;
    this.func = func;
  }
}

/** A variable that functions share. */
export class PyCell extends PyObject {
  readonly get: () => Value | undefined;
  readonly set: (value: Value | undefined) => void;

  constructor(get: () => Value | undefined, set: (value: Value | undefined) => void) {
    super();
    this.get = get;
    this.set = set;
  }
}

export const codeType: PyType = builtinType("code", PyCode, { final: true });
export const cellType: PyType = builtinType("cell", PyCell, { final: true });
