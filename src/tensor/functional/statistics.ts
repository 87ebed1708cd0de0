/** Order statistics, running extremes, norms and distances. */

import { arange, fullLike, tensor } from "../creation.ts";
import { floatOf, promote } from "../dtype.ts";
import { type TensorLike, where } from "../elementwise.ts";
import type { Picked } from "../extremes.ts";
import { cat } from "../indexing.ts";
import type { DimOptions, Dims } from "../reductions.ts";
import { describe, formatShape, normalizeDim, normalizeDims } from "../shape.ts";
import { Tensor } from "../tensor.ts";
import { logaddexp } from "./maths.ts";
import { associativeScan } from "./scans.ts";
import { sort } from "./sorting.ts";

function folded(x: Tensor, at: number, keepdim: boolean): Tensor {
  return keepdim || x.ndim === 0 ? x : x.squeeze(at);
}

/** Values and the places they came from, picked by `place` of [..., 1, ...]. */
function pick(x: Tensor, at: number, place: Tensor, keepdim: boolean): Picked {
  return {
    values: folded(x.gather(at, place), at, keepdim),
    indices: folded(place, at, keepdim),
  };
}

/**
 * The middle value, the lower of two; NaN when one is there. Along `dim` also
 * where it is; without it, that of all elements, [].
 */
export function median(x: Tensor): Tensor;
export function median(x: Tensor, dim: number, options?: DimOptions): Picked;
export function median(
  x: Tensor,
  dim?: number,
  { keepdim = false }: DimOptions = {},
): Tensor | Picked {
  if (dim === undefined) return median(x.reshape(x.numel), 0).values;
  const at = normalizeDim("median", dim, x.ndim);
  const size = x.shape[at] ?? 1;
  if (size === 0) throw nothing("median", x, at);
  if (x.ndim === 0) return { values: x, indices: tensor(0, { dtype: "int32" }) };
  const order = sort(x, at).indices;
  const middle = order.narrow(at, (size - 1) >> 1, 1);
  const hole = x.isnan();
  const place = where(
    hole.any(at, { keepdim: true }),
    hole.to("int32").argmax(at, { keepdim: true }),
    middle,
  );
  return pick(x, at, place, keepdim);
}

function nothing(operator: string, x: Tensor, dim: number): RangeError {
  return new RangeError(
    `${operator}: dim ${dim} of shape ${formatShape(x.shape)} has no elements, so there is nothing to choose from`,
  );
}

/**
 * The value below which the share `q` of the elements along `dim` lies, on the
 * line between its neighbours; NaN where there is one. A list of q gives a new
 * first dim. Without `dim`, of all elements.
 */
export function quantile(
  x: Tensor,
  q: number | readonly number[],
  dim?: number,
  { keepdim = false }: DimOptions = {},
): Tensor {
  if (dim === undefined) return quantile(x.reshape(x.numel), q, 0);
  const shares = typeof q === "number" ? [q] : q;
  if (!shares.every((one) => one >= 0 && one <= 1)) {
    throw new RangeError(`quantile: q must be in [0, 1], got ${formatShape(shares)}`);
  }
  const at = normalizeDim("quantile", dim, x.ndim);
  const size = x.shape[at] ?? 1;
  if (size === 0) throw nothing("quantile", x, at);
  const line = x.ndim === 0 ? x.reshape(1) : x;
  const ordered = sort(line, at).values;
  const hole = line.isnan().any(at, { keepdim: true });
  const parts = shares.map((share) => {
    const place = share * (size - 1);
    const low = ordered.narrow(at, Math.floor(place), 1);
    const high = ordered.narrow(at, Math.ceil(place), 1);
    const weight = place - Math.floor(place);
    const value = weight === 0 ? low : low.add(high.sub(low).mul(weight));
    return folded(value.maskedFill(hole, Number.NaN), at, keepdim && x.ndim > 0);
  });
  if (typeof q === "number") return parts[0] as Tensor;
  return cat(
    parts.map((part) => part.unsqueeze(0)),
    0,
  );
}

/** How many elements are not 0, as int32. */
export function countNonzero(x: Tensor, dim?: Dims, options: DimOptions = {}): Tensor {
  return x.to("bool").sum(dim, options);
}

/** The sum of the elements that are not NaN. */
export function nansum(x: Tensor, dim?: Dims, options: DimOptions = {}): Tensor {
  return x.maskedFill(x.isnan(), 0).sum(dim, options);
}

/** The mean of the elements that are not NaN; NaN where there are none. */
export function nanmean(x: Tensor, dim?: Dims, options: DimOptions = {}): Tensor {
  return nansum(x, dim, options).div(x.isnan().logicalNot().sum(dim, options));
}

/** `log(Σ exp(x))` of each prefix along `dim`, without overflow. */
export function logcumsumexp(x: Tensor, dim: number): Tensor {
  const at = normalizeDim("logcumsumexp", dim, x.ndim);
  if (x.ndim === 0) return x;
  const [result = x] = associativeScan(
    ([a], [b]) => [logaddexp(a as Tensor, b as Tensor)],
    [x],
    at,
  );
  return result;
}

/** Each element less the one before it along `dim`, `n` times over; the dim loses n. */
export function diff(x: Tensor, n: number = 1, dim: number = -1): Tensor {
  const at = normalizeDim("diff", dim, x.ndim);
  if (x.ndim === 0 || !Number.isInteger(n) || n < 0) {
    throw new RangeError(
      `diff: n must be a whole number from 0 and the tensor have a dim, got ${describe(n)} and shape ${formatShape(x.shape)}`,
    );
  }
  let result = x;
  for (let i = 0; i < n; i++) {
    const rest = Math.max((result.shape[at] ?? 0) - 1, 0);
    const later = result.slice(at, 1);
    result = later.sub(result.narrow(at, 0, rest));
  }
  return result;
}

/**
 * `(Σ |x|ᵖ)^(1/p)` over the dims, all when left out: the largest for ∞, the
 * smallest for −∞, how many are not 0 for 0. The gradient at zeros is 0.
 */
export function norm(
  x: Tensor,
  { p = 2, dim, keepdim = false }: DimOptions & { p?: number; dim?: Dims } = {},
): Tensor {
  const options = { keepdim };
  if (p === 0) return x.ne(0).sum(dim, options).to(floatOf(x.dtype));
  const size = x.abs();
  if (p === Infinity) return size.amax(dim, options);
  if (p === -Infinity) return size.amin(dim, options);
  if (p === 1) return size.sum(dim, options);
  const sums = p === 2 ? x.square().sum(dim, options) : size.pow(p).sum(dim, options);
  const none = sums.eq(0);
  const safe = sums.maskedFill(none, 1);
  const root = p === 2 ? safe.sqrt() : safe.pow(1 / p);
  return root.maskedFill(none, 0);
}

/** x over its `p`-norm along `dim`, which counts as at least `eps`. */
export function normalize(
  x: Tensor,
  { p = 2, dim = 1, eps = 1e-12 }: { p?: number; dim?: number; eps?: number } = {},
): Tensor {
  return x.div(norm(x, { p, dim, keepdim: true }).clamp({ min: eps }));
}

/** The cosine of the angle between vectors along `dim`; broadcasts. Norms count as at least `eps`. */
export function cosineSimilarity(
  a: Tensor,
  b: Tensor,
  { dim = 1, eps = 1e-8 }: { dim?: number; eps?: number } = {},
): Tensor {
  const unit = (x: Tensor): Tensor => x.div(norm(x, { dim, keepdim: true }).clamp({ min: eps }));
  return unit(a).mul(unit(b)).sum(dim);
}

/** The `p`-distance of each row of a [..., n, d] from each of b [..., m, d]: [..., n, m]. */
export function cdist(a: Tensor, b: Tensor, { p = 2 }: { p?: number } = {}): Tensor {
  if (a.ndim < 2 || b.ndim < 2 || a.shape.at(-1) !== b.shape.at(-1)) {
    throw new RangeError(
      `cdist: needs shapes [..., n, d] and [..., m, d], got ${formatShape(a.shape)} and ${formatShape(b.shape)}`,
    );
  }
  return norm(a.unsqueeze(-2).sub(b.unsqueeze(-3)), { p, dim: -1 });
}

/** How far apart two values may be. */
export interface Tolerance {
  /** Times the second value; 1e-5 when left out. */
  rtol?: number;
  /** 1e-8 when left out. */
  atol?: number;
  /** Whether NaN equals NaN; false when left out. */
  equalNan?: boolean;
}

/** True where `|a − b| ≤ atol + rtol·|b|`, or both are the same infinity; broadcasts. */
export function isclose(
  a: Tensor,
  b: TensorLike,
  { rtol = 1e-5, atol = 1e-8, equalNan = false }: Tolerance = {},
): Tensor {
  const other = b instanceof Tensor ? b : fullLike(a, b);
  const dtype = floatOf(promote(a.dtype, other.dtype));
  const [x, y] = [a.to(dtype), other.to(dtype)];
  const near = x.sub(y).abs().le(y.abs().mul(rtol).add(atol));
  const same = a.eq(other).logicalOr(near.logicalAnd(y.abs().lt(Infinity)));
  return equalNan ? same.logicalOr(a.isnan().logicalAnd(other.isnan())) : same;
}

/** Whether `isclose` holds everywhere. Reads both. */
export function allclose(a: Tensor, b: TensorLike, options: Tolerance = {}): boolean {
  return isclose(a, b, options).all().item() === true;
}

/** Whether both have one shape and the same elements; NaN equals nothing. Reads both. */
export function equal(a: Tensor, b: Tensor): boolean {
  return formatShape(a.shape) === formatShape(b.shape) && a.eq(b).all().item() === true;
}

/**
 * The covariances of the rows of [variables, observations], or the variance of
 * a vector; divides by n − `correction`, 1 when left out.
 */
export function cov(x: Tensor, { correction = 1 }: { correction?: number } = {}): Tensor {
  const rows = needRows("cov", x);
  const centred = rows.sub(rows.mean(1, { keepdim: true }));
  const result = centred.matmul(centred.T).div(Math.max((rows.shape[1] ?? 0) - correction, 0));
  return x.ndim < 2 ? result.reshape([]) : result;
}

/** The correlations of the rows of [variables, observations], in [−1, 1]. */
export function corrcoef(x: Tensor): Tensor {
  if (x.ndim < 2) return cov(x).div(cov(x));
  const c = cov(x);
  const spread = arange(0, c.shape[0] ?? 0, 1, { dtype: "int32" });
  const deviations = c.gather(1, spread.unsqueeze(1)).sqrt();
  return c.div(deviations).div(deviations.T).clamp({ min: -1, max: 1 });
}

function needRows(operator: string, x: Tensor): Tensor {
  if (x.ndim > 2) {
    throw new RangeError(`${operator}: needs at most 2 dims, got shape ${formatShape(x.shape)}`);
  }
  return x.ndim === 2 ? x : x.reshape(1, x.numel);
}

/** The mean and the variance over the dims at once; divides by n − correction. */
export function varMean(
  x: Tensor,
  dim?: Dims,
  options: DimOptions & { correction?: number } = {},
): { variance: Tensor; mean: Tensor } {
  normalizeDims("varMean", dim, x.ndim);
  const { keepdim = false } = options;
  return { variance: x.var(dim, options), mean: x.mean(dim, { keepdim }) };
}
