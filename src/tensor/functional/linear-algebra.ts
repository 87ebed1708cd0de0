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
