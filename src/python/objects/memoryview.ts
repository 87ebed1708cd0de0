import { fault } from "../fault.ts";
import { type ByteSource, bufferOf } from "./bytes.ts";
import { PyObject } from "./object.ts";
import { builtinType } from "./root.ts";
import type { PyType } from "./type.ts";

/** `memoryview`: every `step`th item of an object's bytes. It looks at the object anew each time, since that may move its bytes. */
export class PyMemoryView extends PyObject implements ByteSource {
  /** What it shows; `undefined` once it was released. */
  object: PyObject | undefined;
  readonly isReadOnly: boolean;
  /** In bytes. */
  readonly start: number;
  readonly step: number;
  /** Items. */
  readonly count: number;
  /** A letter of `struct`. */
  readonly format: string;
  readonly itemSize: number;

  constructor(
    object: PyObject,
    isReadOnly: boolean,
    extent: { start: number; step: number; count: number },
    format = "B",
    itemSize = 1,
  ) {
    super();
    this.object = object;
    this.isReadOnly = isReadOnly;
    this.start = extent.start;
    this.step = extent.step;
    this.count = extent.count;
    this.format = format;
    this.itemSize = itemSize;
  }

  /** Its bytes: the object's own where they lie side by side, else a copy. */
  byteView(): Uint8Array {
    if (this.object === undefined) {
      fault("ValueError", "operation forbidden on released memoryview object");
    }
    const data = bufferOf(this.object)!;
    if (this.step === 1) return data.subarray(this.start, this.start + this.count * this.itemSize);
    const copy = new Uint8Array(this.count * this.itemSize);
    const width = this.itemSize;
    for (let i = 0; i < this.count; i++) {
      for (let k = 0; k < width; k++)
        copy[i * width + k] = data[this.start + i * this.step * width + k]!;
    }
    return copy;
  }
}
export const memoryviewType: PyType = builtinType("memoryview", PyMemoryView, { final: true });
