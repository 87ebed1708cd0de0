/** `bytes`, `bytearray`, `memoryview`, and what else has bytes to show. */
import { allocate } from "../budget.ts";
import { PyObject, type Value } from "./object.ts";
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

const LEAST = 16;

/** `bytearray`: its bytes lie in a store that has room to grow. */
export class PyByteArray extends PyObject {
  private store: Uint8Array;
  size: number;

  constructor(data: Uint8Array) {
    super();
    this.store = data;
    this.size = data.length;
  }

  /** Its bytes, to be read and written, until its length changes. */
  get data(): Uint8Array {
    return this.size === this.store.length ? this.store : this.store.subarray(0, this.size);
  }

  set data(data: Uint8Array) {
    this.store = data;
    this.size = data.length;
  }

  /** Makes it longer or shorter; what is new is zero. */
  resize(size: number): void {
    if (size > this.store.length) {
      const length = Math.max(size, Math.floor(this.store.length * 1.5), LEAST);
      allocate(length);
      const store = new Uint8Array(length);
      store.set(this.data);
      this.store = store;
    } else if (size < this.size) this.store.fill(0, size, this.size);
    this.size = size;
  }

  push(byte: number): void {
    this.resize(this.size + 1);
    this.store[this.size - 1] = byte;
  }
}
export const bytearrayType: PyType = builtinType("bytearray", PyByteArray);

/** What has bytes beside these: it gives them, to be read or written. */
export interface ByteSource {
  byteView(): Uint8Array;
  /** A letter of `struct` for what the bytes hold, and the bytes of an item, where they are not single bytes. */
  readonly letter?: string;
  readonly itemSize?: number;
}

/** The bytes of a bytes-like object; `undefined` for all else. */
export function bufferOf(value: Value): Uint8Array | undefined {
  if (value instanceof PyBytes || value instanceof PyByteArray) return value.data;
  return typeof value === "object" && "byteView" in value
    ? (value as PyObject & ByteSource).byteView()
    : undefined;
}
