/** Walking over arrays together: axes are put in the order of the memory and joined, the last one is left to a loop of its own. */
import { listOf } from "./lists.ts";
import { fault } from "../../python/fault.ts";
import { PyArray, rowMajor, shapeText } from "./array.ts";

/** The shape that shapes broadcast to; `undefined` where they do not. */
export function tryBroadcast(shapes: readonly (readonly number[])[]): number[] | undefined {
  let ndim = 0;
  for (const shape of shapes) ndim = Math.max(ndim, shape.length);
  const result = listOf<number>(ndim, 1);
  for (const shape of shapes) {
    const shift = ndim - shape.length;
    for (let axis = 0; axis < shape.length; axis++) {
      const size = shape[axis]!;
      const have = result[axis + shift]!;
      if (size === have || size === 1) continue;
      if (have !== 1) return undefined;
      result[axis + shift] = size;
    }
  }
  return result;
}

/** @throws ValueError naming the shapes */
export function broadcastShapes(shapes: readonly (readonly number[])[]): readonly number[] {
  if (shapes.length === 1) return shapes[0]!;
  const result = tryBroadcast(shapes);
  if (result !== undefined) return result;
  fault(
    "ValueError",
    `operands could not be broadcast together with shapes ${shapes.map((one) => shapeText(one)).join(" ")} `,
  );
}

/** The strides of an array that is stretched to a shape it broadcasts to. */
export function stretched(x: PyArray, shape: readonly number[]): readonly number[] {
  if (x.shape === shape) return x.strides;
  const shift = shape.length - x.ndim;
  return shape.map((size, axis) => {
    const own = x.shape[axis - shift];
    return own === undefined || (own === 1 && size !== 1) ? 0 : x.strides[axis - shift]!;
  });
}

/** A view of a shape that the array broadcasts to. */
export function broadcastTo(x: PyArray, shape: readonly number[]): PyArray {
  return x.view(shape, stretched(x, shape));
}

/** Called for each run: how long it is, where it begins in each array; the steps stay the same. */
export type Run = (count: number, at: readonly number[]) => void;

/** A way through several arrays of one shape. */
export interface Plan {
  readonly shape: readonly number[];
  /** For each array, by axis. */
  readonly strides: readonly (readonly number[])[];
  /** For each array, along the last axis. */
  readonly steps: readonly number[];
}

/**
 * Orders the axes so that the largest strides come first, and joins those that
 * continue one another. `keepOrder` leaves the order as it is.
 */
export function planned(
  shape: readonly number[],
  strides: readonly (readonly number[])[],
  keepOrder = false,
): Plan {
  let axes: number[] = [];
  for (let axis = 0; axis < shape.length; axis++) if (shape[axis] !== 1) axes.push(axis);
  if (axes.length > 1 && !keepOrder) axes = ordered(axes, strides);
  const sizes: number[] = [];
  const ways: number[][] = strides.map(() => []);
  for (const axis of axes) {
    const size = shape[axis]!;
    const last = sizes.length - 1;
    const joins = last >= 0 && ways.every((way, i) => way[last] === strides[i]![axis]! * size);
    if (joins) {
      sizes[last]! *= size;
      ways.forEach((way, i) => (way[last] = strides[i]![axis]!));
    } else {
      sizes.push(size);
      ways.forEach((way, i) => way.push(strides[i]![axis]!));
    }
  }
  if (sizes.length === 0) {
    sizes.push(1);
    for (const way of ways) way.push(0);
  }
  return { shape: sizes, strides: ways, steps: ways.map((way) => way.at(-1)!) };
}

/** Axes by falling stride: the first array that tells two apart decides. */
function ordered(axes: readonly number[], strides: readonly (readonly number[])[]): number[] {
  const sorted = [...axes];
  for (let i = 1; i < sorted.length; i++) {
    const axis = sorted[i]!;
    let to = i;
    while (to > 0 && comesFirst(axis, sorted[to - 1]!, strides)) {
      sorted[to] = sorted[to - 1]!;
      to--;
    }
    sorted[to] = axis;
  }
  return sorted;
}

/** Whether an axis belongs before one that stands before it now. */
function comesFirst(
  axis: number,
  before: number,
  strides: readonly (readonly number[])[],
): boolean {
  for (const own of strides) {
    const [a, b] = [Math.abs(own[axis]!), Math.abs(own[before]!)];
    if (a !== 0 && b !== 0) return a > b;
  }
  return false;
}

/** Calls `run` for each stretch of the last axis of a plan. */
export function walk(plan: Plan, offsets: readonly number[], run: Run): void {
  const { shape, strides } = plan;
  const inner = shape.length - 1;
  const count = shape[inner]!;
  if (inner === 0) {
    if (count > 0) run(count, offsets);
    return;
  }
  if (shape.includes(0)) return;
  const at = [...offsets];
  const place = listOf<number>(inner, 0);
  for (;;) {
    run(count, at);
    let axis = inner - 1;
    for (; axis >= 0; axis--) {
      if (++place[axis]! < shape[axis]!) {
        for (let i = 0; i < at.length; i++) at[i]! += strides[i]![axis]!;
        break;
      }
      for (let i = 0; i < at.length; i++) at[i]! -= strides[i]![axis]! * (shape[axis]! - 1);
      place[axis] = 0;
    }
    if (axis < 0) return;
  }
}

/** Strides for a new array of a shape, in the order that the memory of others has: NumPy's order "K". */
export function strideLike(shape: readonly number[], arrays: readonly PyArray[]): number[] {
  if (shape.length < 2) return rowMajor(shape);
  const ways = arrays.filter((one) => one.ndim > 0).map((one) => stretched(one, shape));
  if (ways.length === 0) return rowMajor(shape);
  const order = ordered([...shape.keys()], ways);
  const strides = listOf<number>(shape.length, 0);
  let step = 1;
  for (const axis of order.toReversed()) {
    strides[axis] = step;
    step *= shape[axis]!;
  }
  return strides;
}
