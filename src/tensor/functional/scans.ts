/** Running folds along a dim: sums, products and extremes as programs, others from tensor operators. */

import { grad } from "../autograd/engine.ts";
import { flow, gradEnabled, track, withGrad } from "../autograd/graph.ts";
import { scatterSum } from "../autograd/scatter.ts";
import { zerosLike } from "../creation.ts";
import { isFloat, sumOf } from "../dtype.ts";
import {
  binaryExpr,
  castExpr,
  constExpr,
  indexExpr,
  inputExpr,
  type Reducer,
  unaryExpr,
  whereExpr,
} from "../expr.ts";
import type { Picked } from "../extremes.ts";
import { cat } from "../indexing.ts";
import { runElementwise, runScan } from "../run.ts";
import { formatShape, normalizeDim } from "../shape.ts";
import type { Tensor } from "../tensor.ts";

/**
 * Folds each prefix of `dim` with an associative `combine(earlier, later)`,
 * which works on whole parts at once: element i of the result is
 * `x₀ ∘ x₁ ∘ … ∘ xᵢ`. Several tensors of one size along `dim` are folded
 * together, as a linear recurrence needs: `[a₂·a₁, a₂·b₁ + b₂]`. Shapes stay.
 * Takes as many steps as the dim's size has bits (Hillis & Steele 1986).
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
  reducer: Reducer,
  x: Tensor,
  dim: number,
  flows: (at: number, wide: Tensor, out: Tensor) => ReturnType<typeof flow>,
): Tensor {
  const at = normalizeDim(operator, dim, x.ndim);
  const wide = x.to(sumOf(x.dtype));
  if (x.ndim === 0) return wide;
  const out = runScan(reducer, inputExpr(0, wide.dtype), wide.shape, at, [wide]);
  return track(operator, [wide], out, () => [flows(at, wide, out)]);
}

/** The sum of each prefix along `dim`; the shape stays, bool becomes int32. */
export function cumsum(x: Tensor, dim: number): Tensor {
  return running("cumsum", "sum", x, dim, cumsumFlow);
}

/** What comes to an element is what came to all sums from there on. */
function cumsumFlow(at: number, x: Tensor): ReturnType<typeof flow> {
  return flow(x, (g) => cumsum(g.flip(at), at).flip(at));
}

/** The product of each prefix along `dim`; the shape stays, bool becomes int32. */
export function cumprod(x: Tensor, dim: number): Tensor {
  return running("cumprod", "prod", x, dim, cumprodFlow);
}

/** Through products of two, which divide by nothing and so are right beside zeros, to every order. */
function cumprodFlow(at: number, x: Tensor): ReturnType<typeof flow> {
  const rule = (g: Tensor, own: Tensor): Tensor => {
    const further = gradEnabled();
    const leaf = further ? own : own.detach().requiresGrad_();
    const times = ([a]: Tensor[], [b]: Tensor[]): Tensor[] => [(a as Tensor).mul(b as Tensor)];
    const result = withGrad("cumprod", true, () => associativeScan(times, [leaf], at));
    const [gradient] = grad(result, leaf, { gradOutputs: g, createGraph: further });
    return gradient as Tensor;
  };
  return flow(x, rule, x);
}

/** The largest element of each prefix along `dim`, and where it last was; any NaN stays. */
export function cummax(x: Tensor, dim: number): Picked {
  return runningExtreme("cummax", "max", x, dim);
}

/** The smallest element of each prefix along `dim`, and where it last was; any NaN stays. */
export function cummin(x: Tensor, dim: number): Picked {
  return runningExtreme("cummin", "min", x, dim);
}

function runningExtreme(operator: string, reducer: "max" | "min", x: Tensor, dim: number): Picked {
  const at = normalizeDim(operator, dim, x.ndim);
  if (x.ndim === 0) return { values: x, indices: zerosLike(x, { dtype: "int32" }) };
  const wide = sumOf(x.dtype);
  const [own, best] = [inputExpr(0, x.dtype), inputExpr(1, wide)];
  const value = castExpr(own, wide);
  const extremes = runScan(reducer, value, x.shape, at, [x]);
  const same = binaryExpr("eq", value, best);
  const hit = isFloat(wide) ? binaryExpr("or", same, unaryExpr("isnan", value)) : same;
  const place = runElementwise(
    x.storage.device,
    whereExpr(hit, indexExpr(at), constExpr(0, "int32")),
    x.shape,
    [x, extremes],
  );
  const indices = runScan("max", inputExpr(0, "int32"), x.shape, at, [place]);
  const { shape } = x;
  const values = track(operator, [x], extremes.to(x.dtype), () => [
    flow(x, (g, index) => scatterSum("gather", g, shape, at, index), indices),
  ]);
  return { values, indices };
}
