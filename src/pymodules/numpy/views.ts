/** Views of arrays, and their elements in order. */
import { listOf } from "./lists.ts";
import { fault } from "../../python/fault.ts";
import { PyArray, rowMajor, shapeText, sizeOf, work, isRowMajor, columnMajor } from "./array.ts";
import type { Element } from "./dtype.ts";
import { getElement } from "./elements.ts";
import { cast } from "./read.ts";
import { strideLike } from "./walk.ts";

/** The elements in C's order, as arithmetic has them. */
export function elements(x: PyArray): Element[] {
  const { dtype, size } = x;
  work(size);
  const list = listOf<Element>(size, 0);
  const flat = isRowMajor(x) ? x : cast(x, dtype);
  for (let i = 0; i < size; i++) list[i] = getElement(flat.data, dtype, flat.offset + i);
  return list;
}

/** The elements as floats. */
export function floats(x: PyArray): Float64Array {
  const { dtype, size } = x;
  work(size);
  const flat = isRowMajor(x) ? x : cast(x, dtype);
  const list = new Float64Array(size);
  for (let i = 0; i < size; i++) list[i] = Number(flat.data[flat.offset + i]);
  return list;
}

/** An array without gaps in C's order: the same one where it is. */
export function inOrder(x: PyArray): PyArray {
  return isRowMajor(x) ? x : cast(x, x.dtype);
}

export type Order = "C" | "F" | "K" | "A";

/** A copy in some order of memory. */
export function copyOf(x: PyArray, order: Order = "K"): PyArray {
  const strides =
    order === "C"
      ? rowMajor(x.shape)
      : order === "F"
        ? columnMajor(x.shape)
        : strideLike(x.shape, [x]);
  return cast(x, x.dtype, strides);
}

/** Axes in another order; all of them. */
export function permuted(x: PyArray, axes: readonly number[]): PyArray {
  return x.view(
    axes.map((axis) => x.shape[axis]!),
    axes.map((axis) => x.strides[axis]!),
  );
}

export function reversed(x: PyArray): PyArray {
  return permuted(x, [...x.shape.keys()].reverse());
}

/** One axis left out, at a place of it. */
export function at(x: PyArray, axis: number, place: number): PyArray {
  return x.view(
    x.shape.toSpliced(axis, 1),
    x.strides.toSpliced(axis, 1),
    x.offset + place * x.strides[axis]!,
  );
}

/** A part of one axis. */
export function sliced(x: PyArray, axis: number, start: number, count: number, step = 1): PyArray {
  return x.view(
    x.shape.with(axis, count),
    x.strides.with(axis, x.strides[axis]! * step),
    x.offset + (count === 0 ? 0 : start * x.strides[axis]!),
  );
}

/** A new axis of size 1. */
export function expanded(x: PyArray, axis: number): PyArray {
  return x.view(x.shape.toSpliced(axis, 0, 1), x.strides.toSpliced(axis, 0, 0));
}

/** The axis turned to another place. */
export function moved(x: PyArray, from: number, to: number): PyArray {
  const axes = [...x.shape.keys()].toSpliced(from, 1);
  return permuted(x, axes.toSpliced(to, 0, from));
}

/** A shape with one size left open filled in. @throws ValueError */
function filledShape(size: number, shape: readonly number[]): number[] {
  const open = shape.filter((one) => one < 0).length;
  if (open > 1) fault("ValueError", "can only specify one unknown dimension");
  const known = sizeOf(shape.filter((one) => one >= 0));
  const fits = open === 0 ? known === size : known > 0 && size % known === 0;
  if (!fits) {
    fault(
      "ValueError",
      `cannot reshape array of size ${size} into shape ${shapeText(shape).replaceAll("-1", "newaxis")}`,
    );
  }
  return shape.map((one) => (one < 0 ? size / known : one));
}

/** The strides of another shape over the same memory; `undefined` where it takes a copy. */
function restrided(x: PyArray, sizes: readonly number[]): number[] | undefined {
  const pairs = x.shape.map((size, axis) => [size, x.strides[axis]!] as const);
  const old = pairs.filter(([size]) => size !== 1);
  const strides = listOf<number>(sizes.length, 0);
  let from = 0;
  let to = 0;
  while (from < old.length && to < sizes.length) {
    let [have, want] = [old[from]![0], sizes[to]!];
    let [end, until] = [from + 1, to + 1];
    while (have !== want) {
      if (want < have) want *= sizes[until++]!;
      else have *= old[end++]![0];
    }
    for (let i = from; i < end - 1; i++) {
      if (old[i]![1] !== old[i + 1]![1] * old[i + 1]![0]) return undefined;
    }
    let step = old[end - 1]![1];
    for (let i = until - 1; i >= to; i--) {
      strides[i] = step;
      step *= sizes[i]!;
    }
    from = end;
    to = until;
  }
  const last = to > 0 ? strides[to - 1]! : 1;
  for (; to < sizes.length; to++) strides[to] = last;
  return strides;
}

/** Another shape: a view where the memory allows. */
export function reshaped(x: PyArray, wanted: readonly number[], order: Order = "C"): PyArray {
  const shape = filledShape(x.size, wanted);
  const columns = order === "F" || (order === "A" && !isRowMajor(x) && reversedIsRowMajor(x));
  if (x.size === 0) return x.view(shape, rowMajor(shape));
  if (columns) {
    // As rows of what is turned around.
    const turned = reshaped(reversed(x), shape.toReversed());
    return reversed(turned);
  }
  if (isRowMajor(x)) return x.view(shape, rowMajor(shape));
  const strides = restrided(x, shape);
  return strides === undefined
    ? cast(x, x.dtype).view(shape, rowMajor(shape))
    : x.view(shape, strides);
}

function reversedIsRowMajor(x: PyArray): boolean {
  return isRowMajor(reversed(x));
}

/** All elements along one axis: a view where they lie in order. */
export function raveled(x: PyArray, order: Order = "C"): PyArray {
  if (order === "K") {
    const axes = [...x.shape.keys()].sort(
      (a, b) => Math.abs(x.strides[b]!) - Math.abs(x.strides[a]!),
    );
    const flat = reshaped(permuted(x, axes), [x.size]);
    return flat.strides[0] === 1 || x.size < 2 ? flat : cast(flat, x.dtype);
  }
  if (x.ndim === 1 && (x.strides[0] === 1 || order !== "C")) return x.view(x.shape, x.strides);
  if (x.ndim === 1) return cast(x, x.dtype);
  const flat = reshaped(x, [x.size], order);
  return flat.base !== undefined && flat.strides[0] !== 1 && x.size > 1
    ? cast(flat, x.dtype)
    : flat;
}
