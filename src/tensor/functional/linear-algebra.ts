/**
 * Small matrices, row by row: each step is an operator over the whole batch,
 * so the number of steps grows with the matrix and not with the batch.
 */

import { eye, full } from "../creation.ts";
import { isFloat } from "../dtype.ts";
import { cat } from "../indexing.ts";
import { disagreement, formatShape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";

function needSquare(operator: string, x: Tensor): number {
  if (!isFloat(x.dtype) || x.dtype === "float16") {
    throw new TypeError(
      `${operator}: needs a float32 or float64 tensor, got ${x.dtype}; use .to("float32") first`,
    );
  }
  const [rows, columns] = x.shape.slice(-2);
  if (rows !== undefined && rows === columns) return rows;
  throw new RangeError(
    `${operator}: needs square matrices [..., n, n], got ${formatShape(x.shape)}`,
  );
}

/** Exchanges row `at` with that below it whose element in column `at` is largest, and says in which matrices. */
function swapRows(x: Tensor, at: number): { x: Tensor; swapped: Tensor } {
  const size = x.shape.at(-2) ?? 0;
  // One-hot rows choose the pivot, since each matrix of the batch has its own.
  const pivot = x
    .detach()
    .select(-1, at)
    .narrow(-1, at, size - at)
    .abs()
    .argmax(-1)
    .add(at);
  const order = eye(size, size, { dtype: x.dtype });
  const hit = order.indexSelect(0, pivot.flatten()).reshape([...pivot.shape, size]);
  const own = order.get(at);
  // I − (e_at − e_p)(e_at − e_p)ᵀ exchanges both rows.
  const difference = own.sub(hit);
  const exchange = order.sub(difference.unsqueeze(-1).mul(difference.unsqueeze(-2)));
  return { x: exchange.matmul(x), swapped: pivot.ne(at) };
}

/** Subtracts multiples of row `at` from the rows that `rows` (0 or 1 each) names. */
function clear(x: Tensor, at: number, rows: Tensor): Tensor {
  const row = x.narrow(-2, at, 1);
  const factors = x
    .narrow(-1, at, 1)
    .div(row.narrow(-1, at, 1))
    .mul(rows.unsqueeze(-1));
  return x.sub(factors.mul(row));
}

/**
 * The determinant of [..., n, n], shaped [...]: Gaussian elimination with
 * partial pivoting. Its gradient needs matrices that can be inverted.
 */
export function det(x: Tensor): Tensor {
  const size = needSquare("det", x);
  let left = x;
  let result = full(x.shape.slice(0, -2), 1, { dtype: x.dtype });
  for (let at = 0; at < size; at++) {
    const { x: rows, swapped } = swapRows(left, 0);
    const pivot = rows.select(-1, 0).select(-1, 0);
    result = result.mul(pivot).mul(swapped.to(x.dtype).mul(-2).add(1));
    const rest = size - at - 1;
    const below = rows.narrow(-2, 1, rest);
    // A column of zeros has a pivot of 0, and then the product is 0 whatever follows.
    const safe = pivot.add(pivot.eq(0).to(x.dtype)).unsqueeze(-1).unsqueeze(-1);
    const factors = below.narrow(-1, 0, 1).div(safe);
    const next = below.sub(factors.mul(rows.narrow(-2, 0, 1)));
    left = next.narrow(-1, 1, rest);
  }
  return result;
}

/**
 * X with A·X = B, for A of [..., n, n] and B of [..., n, k]: Gauss–Jordan
 * elimination with partial pivoting. Infinite or NaN where A has no inverse.
 */
export function solve(a: Tensor, b: Tensor): Tensor {
  const size = needSquare("solve", a);
  if (b.ndim < 2 || b.shape.at(-2) !== size) {
    throw disagreement("solve", a.shape, a.ndim - 2, b.shape, Math.max(b.ndim - 2, 0));
  }
  const columns = b.shape.at(-1) ?? 0;
  let rows = cat([a, b.expand([...a.shape.slice(0, -2), size, columns])], -1);
  const unit = eye(size, size, { dtype: a.dtype });
  for (let at = 0; at < size; at++) {
    rows = clear(swapRows(rows, at).x, at, unit.get(at).neg().add(1));
  }
  const diagonal = rows.narrow(-1, 0, size).mul(unit).sum(-1, { keepdim: true });
  return rows.narrow(-1, size, columns).div(diagonal);
}

/** The inverse of [..., n, n]; infinite or NaN where there is none. */
export function inverse(x: Tensor): Tensor {
  const size = needSquare("inverse", x);
  return solve(x, eye(size, size, { dtype: x.dtype }));
}

/**
 * L with L·Lᵀ = x, lower triangular, for symmetric positive definite x of
 * [..., n, n]; NaN where x is not. Only the lower triangle is read.
 */
export function cholesky(x: Tensor): Tensor {
  const size = needSquare("cholesky", x);
  if (size === 0) return x;
  const columns: Tensor[] = [];
  let rest = x;
  for (let at = 0; at < size; at++) {
    // Column `at` of L, and what remains of x without it.
    const column = rest.narrow(-1, 0, 1).div(rest.narrow(-1, 0, 1).narrow(-2, 0, 1).sqrt());
    const above = full([...x.shape.slice(0, -2), at, 1], 0, { dtype: x.dtype });
    columns.push(cat([above, column], -2));
    const left = size - at - 1;
    const below = column.narrow(-2, 1, left);
    const outer = below.mul(below.transpose(-1, -2));
    rest = rest.narrow(-2, 1, left).narrow(-1, 1, left).sub(outer);
  }
  return cat(columns, -1);
}

function needRank(operator: string, rank: number, tensors: readonly Tensor[]): void {
  if (tensors.every((one) => one.ndim === rank)) return;
  throw new RangeError(
    `${operator}: needs tensors of ${rank} dims, got shapes ${tensors.map(({ shape }) => formatShape(shape)).join(" and ")}`,
  );
}

/** The product of two vectors: [n] and [n] to []. */
export function dot(a: Tensor, b: Tensor): Tensor {
  needRank("dot", 1, [a, b]);
  if (a.shape[0] !== b.shape[0]) throw disagreement("dot", a.shape, 0, b.shape, 0);
  return a.mul(b).sum();
}

/** The product of matrices of one batch, without broadcasting: [b, n, m] and [b, m, p] to [b, n, p]. */
export function bmm(a: Tensor, b: Tensor): Tensor {
  needRank("bmm", 3, [a, b]);
  if (a.shape[0] !== b.shape[0]) throw disagreement("bmm", a.shape, 0, b.shape, 0);
  return a.matmul(b);
}

/** What each part of `addmm` is multiplied by. */
export interface AddmmOptions {
  /** The summand's factor; 1 when left out. */
  beta?: number;
  /** The product's factor; 1 when left out. */
  alpha?: number;
}

/** `beta · x + alpha · a·b` for matrices [n, m] and [m, p]; x broadcasts to [n, p]. */
export function addmm(x: Tensor, a: Tensor, b: Tensor, options: AddmmOptions = {}): Tensor {
  needRank("addmm", 2, [a, b]);
  return added(x, a.matmul(b), options);
}

/** As `addmm`, for batches of matrices [b, n, m] and [b, m, p]. */
export function baddbmm(x: Tensor, a: Tensor, b: Tensor, options: AddmmOptions = {}): Tensor {
  return added(x, bmm(a, b), options);
}

function added(x: Tensor, result: Tensor, { beta = 1, alpha = 1 }: AddmmOptions): Tensor {
  const scaled = alpha === 1 ? result : result.mul(alpha);
  // As in torch, NaN in x counts nothing when beta is 0.
  return beta === 0 ? scaled : scaled.add(beta === 1 ? x : x.mul(beta));
}

/** The `n`th power of [..., k, k], by squaring; of the inverse when n is negative. */
export function matrixPower(x: Tensor, n: number): Tensor {
  const size = needSquare("matrixPower", x);
  if (!Number.isInteger(n)) {
    throw new RangeError(`matrixPower: n must be a whole number, got ${n}`);
  }
  let base = n < 0 ? inverse(x) : x;
  let result = n === 0 ? eye(size).expand(x.shape) : undefined;
  for (let left = Math.abs(n); left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result = result === undefined ? base : result.matmul(base);
    if (left > 1) base = base.matmul(base);
  }
  return result as Tensor;
}

/**
 * Q with orthonormal columns and R upper triangular with Q·R = x, for x of
 * [..., m, n] with m ≥ n and independent columns: [..., m, n] and [..., n, n]. Modified
 * Gram–Schmidt, twice over (Björck 1994); the diagonal of R is positive.
 */
export function qr(x: Tensor): { q: Tensor; r: Tensor } {
  const [rows = 0, columns = 0] = x.shape.slice(-2);
  if (x.ndim < 2 || rows < columns) {
    throw new RangeError(`qr: needs shape [..., m, n] with m from n, got ${formatShape(x.shape)}`);
  }
  const done: Tensor[] = [];
  for (let at = 0; at < columns; at++) {
    let column = x.narrow(-1, at, 1);
    for (let pass = 0; pass < 2; pass++) {
      if (done.length === 0) break;
      const q = cat(done, -1);
      column = column.sub(q.matmul(q.transpose(-1, -2).matmul(column)));
    }
    done.push(column.div(column.square().sum(-2, { keepdim: true }).sqrt()));
  }
  const q = columns === 0 ? x : cat(done, -1);
  return { q, r: q.transpose(-1, -2).matmul(x).triu() };
}

/** The X of least `‖A·X − B‖` for A of [..., m, n] with independent columns and B of [..., m, k]: [..., n, k]. */
export function lstsq(a: Tensor, b: Tensor): Tensor {
  if (b.ndim < 2 || a.shape.at(-2) !== b.shape.at(-2)) {
    throw disagreement("lstsq", a.shape, a.ndim - 2, b.shape, Math.max(b.ndim - 2, 0));
  }
  const { q, r } = qr(a);
  return solve(r, q.transpose(-1, -2).matmul(b));
}
