/** Matrix products on typed arrays: the small ones, and all of them where SIMD is not to be had. */

import type { Operand } from "../device.ts";
import { isFloat, type NumberArray, type TypedArray } from "../dtype.ts";
import type { Matmul } from "../expr.ts";
import { product } from "../shape.ts";

/**
 * Walks each batch of the operands. Both matrices are first laid out with `k`
 * innermost, so that the product reads memory in order whatever the strides.
 */
export function matmul(
  { batch, dtype, m, n, k }: Matmul,
  inputs: readonly Operand[],
  arrays: readonly TypedArray[],
  output: Operand,
  out: TypedArray,
): void {
  const [a, b] = inputs;
  const [dataA, dataB] = arrays;
  if (a === undefined || b === undefined || dataA === undefined || dataB === undefined) {
    throw new Error("matmul: takes two operands");
  }
  // Those of uint32 are the same as those of int32, modulo 2³².
  const pack = isFloat(dtype) ? Float64Array : dtype === "int64" ? BigInt64Array : Int32Array;
  const rowsA = new pack(m * k);
  const rowsB = new pack(n * k);
  const ndim = batch.length;
  const count = product(batch);
  for (let index = 0; index < count; index++) {
    const [atA = 0, atB = 0] = batchOffsets(index, batch, [a, b]);
    packRows(rowsA, dataA, atA, m, k, a.strides[ndim] ?? 0, a.strides[ndim + 1] ?? 0);
    packRows(rowsB, dataB, atB, n, k, b.strides[ndim + 1] ?? 0, b.strides[ndim] ?? 0);
    const at = output.offset + index * m * n;
    if (out instanceof BigInt64Array) {
      multiplyBigInts(rowsA as BigInt64Array, rowsB as BigInt64Array, out, at, m, n, k);
    } else if (rowsA instanceof Float64Array && rowsB instanceof Float64Array) {
      multiply(rowsA, rowsB, out, at, m, n, k);
    } else multiplyInts(rowsA as Int32Array, rowsB as Int32Array, out, at, m, n, k);
  }
}

/** Where each operand's elements of one batch start. */
export function batchOffsets(
  index: number,
  batch: readonly number[],
  operands: readonly Pick<Operand, "offset" | "strides">[],
): number[] {
  const offsets = operands.map(({ offset }) => offset);
  let rest = index;
  for (let dim = batch.length - 1; dim >= 0; dim--) {
    const size = batch[dim] ?? 1;
    const coordinate = rest % size;
    rest = (rest - coordinate) / size;
    operands.forEach(({ strides }, i) => {
      offsets[i] = (offsets[i] ?? 0) + coordinate * (strides[dim] ?? 0);
    });
  }
  return offsets;
}

function packRows(
  rows: Float64Array | Int32Array | BigInt64Array,
  data: TypedArray,
  offset: number,
  count: number,
  k: number,
  rowStride: number,
  stride: number,
): void {
  for (let row = 0, at = 0; row < count; row++) {
    for (let i = 0, from = offset + row * rowStride; i < k; i++, from += stride) {
      // An array's elements are of its own kind on either side.
      (rows as Float64Array)[at++] = data[from] as number;
    }
  }
}

/** Two by two cells at once: each value read is used twice, which halves the reads. */
function multiply(
  a: Float64Array,
  b: Float64Array,
  out: NumberArray,
  at: number,
  m: number,
  n: number,
  k: number,
): void {
  for (let i = 0; i < m; i += 2) {
    const a0 = i * k;
    const a1 = i + 1 < m ? a0 + k : a0;
    for (let j = 0; j < n; j += 2) {
      const b0 = j * k;
      const b1 = j + 1 < n ? b0 + k : b0;
      let c00 = 0;
      let c01 = 0;
      let c10 = 0;
      let c11 = 0;
      for (let p = 0; p < k; p++) {
        const x0 = a[a0 + p] as number;
        const x1 = a[a1 + p] as number;
        const y0 = b[b0 + p] as number;
        const y1 = b[b1 + p] as number;
        c00 += x0 * y0;
        c01 += x0 * y1;
        c10 += x1 * y0;
        c11 += x1 * y1;
      }
      const cell = at + i * n + j;
      out[cell] = c00;
      if (j + 1 < n) out[cell + 1] = c01;
      if (i + 1 < m) out[cell + n] = c10;
      if (i + 1 < m && j + 1 < n) out[cell + n + 1] = c11;
    }
  }
}

/** Products and sums wrap at 32 bits. */
function multiplyInts(
  a: Int32Array,
  b: Int32Array,
  out: NumberArray,
  at: number,
  m: number,
  n: number,
  k: number,
): void {
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let p = 0; p < k; p++) {
        sum = (sum + Math.imul(a[i * k + p] as number, b[j * k + p] as number)) | 0;
      }
      out[at + i * n + j] = sum;
    }
  }
}

/**
 * As floats where no sum can pass 2⁵³, since bigints take a hundred times as
 * long; else the exact sums, which wrap at 64 bits when they are stored.
 */
function multiplyBigInts(
  a: BigInt64Array,
  b: BigInt64Array,
  out: BigInt64Array,
  at: number,
  m: number,
  n: number,
  k: number,
): void {
  if (largest(a) * largest(b) * k <= Number.MAX_SAFE_INTEGER) {
    const sums = new Float64Array(m * n);
    multiply(Float64Array.from(a, Number), Float64Array.from(b, Number), sums, 0, m, n, k);
    for (let i = 0; i < sums.length; i++) out[at + i] = BigInt(sums[i] as number);
    return;
  }
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      let sum = 0n;
      for (let p = 0; p < k; p++) sum += (a[i * k + p] as bigint) * (b[j * k + p] as bigint);
      out[at + i * n + j] = sum;
    }
  }
}

function largest(values: BigInt64Array): number {
  let most = 0;
  for (const value of values) most = Math.max(most, Math.abs(Number(value)));
  return most;
}
