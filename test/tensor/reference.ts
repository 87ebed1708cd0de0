/** Slow and plain float64 versions of the operators, to hold the devices against. */

import { expect } from "bun:test";
import { type DType, type Tensor, tensor } from "../../src/tensor/index.ts";

/** Row-major values of a shape. */
export interface Grid {
  shape: number[];
  values: number[];
}

export function grid(shape: number[], values: number[]): Grid {
  return { shape, values };
}

export function count(shape: readonly number[]): number {
  return shape.reduce((a, b) => a * b, 1);
}

/** All indices of a shape, last dim fastest. */
export function indices(shape: readonly number[]): number[][] {
  let all: number[][] = [[]];
  for (const size of shape) {
    all = all.flatMap((index) => Array.from({ length: size }, (_, i) => [...index, i]));
  }
  return all;
}

function at({ shape, values }: Grid, index: readonly number[]): number {
  let flat = 0;
  shape.forEach((size, dim) => (flat = flat * size + (index[dim] ?? 0)));
  return values[flat] as number;
}

export function build(shape: number[], value: (index: number[]) => number): Grid {
  return { shape, values: indices(shape).map(value) };
}

export function map(a: Grid, f: (x: number) => number): Grid {
  return { shape: a.shape, values: a.values.map((x) => f(x)) };
}

/** Broadcast by aligning at the last dims. */
export function zip(a: Grid, b: Grid, f: (x: number, y: number) => number): Grid {
  const ndim = Math.max(a.shape.length, b.shape.length);
  const shape = Array.from({ length: ndim }, (_, dim) => {
    const left = a.shape[dim - ndim + a.shape.length] ?? 1;
    const right = b.shape[dim - ndim + b.shape.length] ?? 1;
    return left === 1 ? right : left;
  });
  const pick = (g: Grid, index: number[]): number =>
    at(
      g,
      index.slice(ndim - g.shape.length).map((i, dim) => (g.shape[dim] === 1 ? 0 : i)),
    );
  return build(shape, (index) => f(pick(a, index), pick(b, index)));
}

/** Folds the lists of values along `dims`. */
export function reduce(
  a: Grid,
  dims: number[],
  f: (values: number[]) => number,
  keepdim = false,
): Grid {
  const kept = a.shape.map((size, dim) => (dims.includes(dim) ? 1 : size));
  const inner = a.shape.map((size, dim) => (dims.includes(dim) ? size : 1));
  const result = build(kept, (index) =>
    f(
      indices(inner).map((more) =>
        at(
          a,
          index.map((i, dim) => i + (more[dim] ?? 0)),
        ),
      ),
    ),
  );
  if (keepdim) return result;
  return { shape: a.shape.filter((_, dim) => !dims.includes(dim)), values: result.values };
}

export function matmul(a: Grid, b: Grid): Grid {
  const [m = 0, k = 0] = a.shape;
  const n = b.shape[1] ?? 0;
  return build([m, n], ([i = 0, j = 0]) => {
    let sum = 0;
    for (let p = 0; p < k; p++) sum += at(a, [i, p]) * at(b, [p, j]);
    return sum;
  });
}

/** Numbers that do not repeat soon, in (−scale, scale), as float32. */
function numbers(length: number, scale = 3, seed = 1): number[] {
  let state = (seed * 2654435761) >>> 0;
  return Array.from({ length }, () => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0;
    return Math.fround((state / 2 ** 32 - 0.5) * 2 * scale);
  });
}

export function random(shape: number[], scale = 3, seed = 1): Grid {
  return { shape, values: numbers(count(shape), scale, seed) };
}

export function integers(shape: number[], low: number, high: number, seed = 1): Grid {
  return map(random(shape, 1, seed), (x) => Math.floor(low + ((x + 1) / 2) * (high - low)));
}

export function put(a: Grid, dtype: DType = "float32"): Tensor {
  return tensor(new Float64Array(a.values) as unknown as Float32Array, { shape: a.shape, dtype });
}

/** Compares shape, NaN and infinities by place, and numbers by PyTorch's float32 tolerances. */
export function expectClose(actual: Tensor, expected: Grid, rtol = 1.3e-6, atol = 1e-5): void {
  expect([...actual.shape]).toEqual(expected.shape);
  const values = actual.toTypedArray();
  expect(values.length).toBe(expected.values.length);
  for (let i = 0; i < values.length; i++) {
    const a = values[i] as number;
    const b = expected.values[i] as number;
    if (Object.is(a, b) || a === b) continue;
    const fine =
      Number.isFinite(a) && Number.isFinite(b)
        ? Math.abs(a - b) <= atol + rtol * Math.abs(b)
        : a === Math.fround(b);
    if (!fine && !(Number.isNaN(a) && Number.isNaN(b))) {
      throw new Error(`element ${i} of ${values.length}: expected ${b}, got ${a}`);
    }
  }
}
