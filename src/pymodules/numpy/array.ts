/**
 * `numpy.ndarray`: memory, and a way through it.
 *
 * Arrays are their own, and no layer over tensors: they need dtypes that the
 * tensor layer has not (int8 to uint64, complex), views with any stride in
 * either direction, and each element at once, where tensors wait, and are freed
 * from a heap. An element of 64 bits is read as a number wherever that is
 * exact, so that int64 is both exact and fast. Where torch and numpy meet, the
 * memory is one: see torch.ts.
 */
import { listOf } from "./lists.ts";
import { PyObject } from "../../python/objects/object.ts";
import { builtinType } from "../../python/objects/root.ts";
import type { PyType } from "../../python/objects/type.ts";
import { allocate, spend } from "../../python/budget.ts";
import { fault } from "../../python/fault.ts";
import type { Data, Dtype } from "./dtype.ts";

export class PyArray extends PyObject {
  data: Data;
  dtype: Dtype;
  shape: readonly number[];
  /** In elements; negative ones go backwards, 0 repeats. */
  strides: readonly number[];
  /** Where the first element is. */
  offset: number;
  /** Whose memory it shows. */
  base: PyArray | undefined = undefined;
  writeable = true;

  constructor(
    data: Data,
    dtype: Dtype,
    shape: readonly number[],
    strides: readonly number[] = rowMajor(shape),
    offset = 0,
  ) {
    super();
    this.data = data;
    this.dtype = dtype;
    this.shape = shape;
    this.strides = strides;
    this.offset = offset;
  }

  get ndim(): number {
    return this.shape.length;
  }

  get size(): number {
    return sizeOf(this.shape);
  }

  /** Another way through the same memory. */
  view(
    shape: readonly number[],
    strides: readonly number[],
    offset: number = this.offset,
  ): PyArray {
    const view = new PyArray(this.data, this.dtype, shape, strides, offset);
    view.base = this.base ?? this;
    view.writeable = this.writeable;
    return view;
  }
}

export const arrayType: PyType = builtinType("ndarray", PyArray, { module: "numpy" });

/** How many elements a shape has. */
export function sizeOf(shape: readonly number[]): number {
  let size = 1;
  for (const one of shape) size *= one;
  return size;
}

/** The strides of elements that lie in order, the last axis fastest. */
export function rowMajor(shape: readonly number[]): number[] {
  const strides = listOf<number>(shape.length, 0);
  let step = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = step;
    step *= shape[axis]!;
  }
  return strides;
}

/** The same with the first axis fastest. */
export function columnMajor(shape: readonly number[]): number[] {
  let step = 1;
  return shape.map((size) => {
    const stride = step;
    step *= size;
    return stride;
  });
}

function matches({ shape, strides }: PyArray, wanted: readonly number[]): boolean {
  return shape.every((size, axis) => size === 1 || strides[axis] === wanted[axis]);
}

/** Whether the elements lie in order without gaps, the last axis fastest. */
export function isRowMajor(x: PyArray): boolean {
  if (x.ndim === 1) return x.strides[0] === 1 || x.shape[0]! <= 1;
  return x.size === 0 || matches(x, rowMajor(x.shape));
}

export function isColumnMajor(x: PyArray): boolean {
  return x.size === 0 || matches(x, columnMajor(x.shape));
}

/** Charges work on so many elements before it is done. */
export function work(elements: number): void {
  spend(1 + Math.ceil(elements / 8));
}

/** More than this is not tried. */
const MOST_BYTES = 2 ** 33;

/** New memory, paid for: all zero. */
export function memory(dtype: Dtype, length: number): Data {
  const bytes = length * (dtype.kind === "c" ? 48 : dtype.size);
  if (bytes >= 4096) allocate(bytes);
  if (bytes > MOST_BYTES) {
    fault(
      "MemoryError",
      `Unable to allocate an array of ${length} elements and data type ${dtype.name}`,
    );
  }
  work(length);
  return dtype.make(length);
}

/** A new array of zeros. */
export function zeros(
  shape: readonly number[],
  dtype: Dtype,
  strides?: readonly number[],
): PyArray {
  return new PyArray(memory(dtype, sizeOf(shape)), dtype, shape, strides ?? rowMajor(shape));
}

/** `(2,)` or `(2, 3)`: how Python writes a shape, and how NumPy's messages do, without blanks. */
export function shapeText(shape: readonly number[], blank = ""): string {
  return shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(`,${blank}`)})`;
}
