import { PyObject } from "./object.ts";
import { builtinType } from "./root.ts";
import type { PyType } from "./type.ts";

/** `bytes`; nobody writes to its data. */
export class PyBytes extends PyObject {
  readonly data: Uint8Array;
  constructor(data: Uint8Array) {
    super();
    this.data = data;
  }
}
export const bytesType: PyType = builtinType("bytes", PyBytes);

/** `bytearray`. */
export class PyByteArray extends PyObject {
  data: Uint8Array;
  constructor(data: Uint8Array) {
    super();
    this.data = data;
  }
}
export const bytearrayType: PyType = builtinType("bytearray", PyByteArray);
