/** Running folds along a dim, in as many steps as the dim's size has bits (Hillis & Steele 1986). */

import { sumOf } from "../dtype.ts";
import { widened } from "../elementwise.ts";
import { cat } from "../indexing.ts";
import { formatShape, normalizeDim } from "../shape.ts";
import type { Tensor } from "../tensor.ts";

/**
 * Folds each prefix of `dim` with an associative `combine(earlier, later)`,
 * which works on whole parts at once: element i of the result is
 * `x₀ ∘ x₁ ∘ … ∘ xᵢ`. Several tensors of one size along `dim` are folded
 * together, as a linear recurrence needs: `[a₂·a₁, a₂·b₁ + b₂]`. Shapes stay.
 */
export function associativeScan(
  combine: (earlier: Tensor[], later: Tensor[]) => readonly Tensor[],
  tensors: readonly Tensor[],
  dim: number,
): Tensor[] {
  const [first] = tensors;
  if (first === undefined) throw new RangeError("associativeScan: needs at least one tensor");
  const size = first.shape[normalizeDim("associativeScan", dim, first.ndim)] ?? 1;
  for (const one of tensors) {
    if (one.shape[normalizeDim("associativeScan", dim, one.ndim)] === size) continue;
    throw new RangeError(
      `associativeScan: shapes ${formatShape(first.shape)} and ${formatShape(one.shape)} disagree along dim ${dim}`,
    );
  }
  let result = [...tensors];
  for (let step = 1; step < size; step *= 2) {
    const part = (start: number): Tensor[] =>
      result.map((one) => one.narrow(dim, start, size - step));
    const folded = combine(part(0), part(step));
    if (folded.length !== result.length) {
      throw new RangeError(
        `associativeScan: combine must return ${result.length} tensors, got ${folded.length}`,
      );
    }
    result = result.map((one, i) => cat([one.narrow(dim, 0, step), folded[i] as Tensor], dim));
  }
  return result;
}

function running(
  operator: string,
  x: Tensor,
  dim: number,
  fold: (a: Tensor, b: Tensor) => Tensor,
): Tensor {
  const at = normalizeDim(operator, dim, x.ndim);
  return widened(x.to(sumOf(x.dtype)), (wide) => {
    if (x.ndim === 0) return wide;
    const [result = wide] = associativeScan(
      ([a], [b]) => [fold(a as Tensor, b as Tensor)],
      [wide],
      at,
    );
    return result;
  });
}

/** The sum of each prefix along `dim`; the shape stays, bool becomes int32. */
export function cumsum(x: Tensor, dim: number): Tensor {
  return running("cumsum", x, dim, (a, b) => a.add(b));
}

/** The product of each prefix along `dim`; the shape stays, bool becomes int32. */
export function cumprod(x: Tensor, dim: number): Tensor {
  return running("cumprod", x, dim, (a, b) => a.mul(b));
}
