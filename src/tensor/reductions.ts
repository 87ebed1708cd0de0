/** Operators that fold dims away. */

import { track } from "./autograd/graph.ts";
import * as gradients from "./autograd/reductions.ts";
import { type DType, floatOf, isFloat, sumOf } from "./dtype.ts";
import {
  binaryExpr,
  castExpr,
  constExpr,
  type Expr,
  indexExpr,
  inputExpr,
  type Reducer,
  unaryExpr,
  whereExpr,
} from "./expr.ts";
import { runElementwise, runReduce } from "./run.ts";
import { formatShape, normalizeDim, normalizeDims } from "./shape.ts";
import type { Tensor } from "./tensor.ts";
import { arithmetic, cast, floatMap, widened } from "./elementwise.ts";
import { reshape } from "./views.ts";

/** A dim, several, or all of them when left out. */
export type Dims = number | readonly number[] | undefined;
/** How a reduction leaves the dims that it folds. */
export interface DimOptions {
  /** Reduced dims stay with size 1. */
  keepdim?: boolean;
}

/** Drops the reduced dims unless they are to be kept. */
function finish(result: Tensor, dims: readonly number[], { keepdim = false }: DimOptions): Tensor {
  if (keepdim || dims.length === 0) return result;
  return reshape(
    result,
    result.shape.filter((_, dim) => !dims.includes(dim)),
  );
}

function needElements(operator: string, x: Tensor, dims: readonly number[]): void {
  const empty = dims.find((dim) => x.shape[dim] === 0);
  const kept = x.shape.some((size, dim) => size === 0 && !dims.includes(dim));
  if (empty === undefined || kept) return;
  throw new RangeError(
    `${operator}: dim ${empty} of shape ${formatShape(x.shape)} has no elements, so there is nothing to choose from`,
  );
}

function needFloat(operator: string, x: Tensor): void {
  if (isFloat(x.dtype)) return;
  throw new TypeError(
    `${operator}: needs a float tensor, got ${x.dtype}; use .to("float32") first`,
  );
}

/** bool sums to int32, other dtypes to themselves; whole numbers wrap. */
export function sum(x: Tensor, dim: Dims, options: DimOptions = {}): Tensor {
  return total("sum", "sum", x, dim, options);
}

export function prod(x: Tensor, dim: Dims, options: DimOptions = {}): Tensor {
  return total("prod", "prod", x, dim, options);
}

function total(
  operator: string,
  reducer: Reducer,
  x: Tensor,
  dim: Dims,
  options: DimOptions,
): Tensor {
  const dims = normalizeDims(operator, dim, x.ndim);
  const value = inputExpr(0, x.dtype);
  const expr = castExpr(value, sumOf(x.dtype));
  const out = finish(runReduce(reducer, expr, x.shape, dims, [x]), dims, options);
  return track(operator, [x], out, () =>
    reducer === "sum" ? gradients.sumFlows(x, dims) : gradients.prodFlows(x, dims),
  );
}

/** The largest or smallest; any NaN makes it NaN. bool stays bool. */
export function extreme(
  operator: string,
  reducer: "max" | "min",
  x: Tensor,
  dim: Dims,
  options: DimOptions = {},
): Tensor {
  const dims = normalizeDims(operator, dim, x.ndim);
  needElements(operator, x, dims);
  const expr = castExpr(inputExpr(0, x.dtype), sumOf(x.dtype));
  const result = finish(runReduce(reducer, expr, x.shape, dims, [x]), dims, options);
  const out = cast(result, x.dtype);
  return track(operator, [x], out, () => gradients.extremeFlows(x, dims, out));
}

/** True where any (or all) elements are not 0; `any` of none is false, `all` true. */
export function truth(
  operator: "any" | "all",
  x: Tensor,
  dim: Dims,
  options: DimOptions = {},
): Tensor {
  const dims = normalizeDims(operator, dim, x.ndim);
  const bit = castExpr(castExpr(inputExpr(0, x.dtype), "bool"), "int32");
  const count = runReduce(operator === "any" ? "sum" : "prod", bit, x.shape, dims, [x]);
  return cast(finish(count, dims, options), "bool");
}

function countOf(x: Tensor, dims: readonly number[]): number {
  return dims.reduce((count, dim) => count * (x.shape[dim] ?? 1), 1);
}

export function mean(x: Tensor, dim: Dims, options: DimOptions = {}): Tensor {
  needFloat("mean", x);
  const dims = normalizeDims("mean", dim, x.ndim);
  return widened(x, (wide) => arithmetic("div", sum(wide, dim, options), countOf(x, dims)));
}

/** Mean square distance from the mean, in two passes; divides by `n − correction`. */
export function variance(
  operator: "var" | "std",
  x: Tensor,
  dim: Dims,
  { keepdim = false, correction = 1 }: DimOptions & { correction?: number } = {},
): Tensor {
  needFloat(operator, x);
  if (x.dtype === "float16") {
    return widened(x, (wide) => variance(operator, wide, dim, { keepdim, correction }));
  }
  const dims = normalizeDims(operator, dim, x.ndim);
  const centre = mean(x, dim, { keepdim: true });
  const distance = binaryExpr("sub", inputExpr(0, x.dtype), inputExpr(1, x.dtype));
  const squares = runReduce("sum", binaryExpr("mul", distance, distance), x.shape, dims, [
    x,
    centre,
  ]);
  const count = Math.max(countOf(x, dims) - correction, 0);
  const result = arithmetic("div", finish(squares, dims, { keepdim }), count);
  const out = operator === "std" ? floatMap("sqrt", result) : result;
  return track(operator, [x], out, () =>
    operator === "std"
      ? gradients.deviationFlows(x, dims, count, out)
      : gradients.varianceFlows(x, dims, count),
  );
}

/**
 * Where the first largest (or smallest) element is, as int32. NaN wins over
 * any number. Without `dim`, an index into the flattened tensor.
 */
export function argExtreme(
  operator: "argmax" | "argmin",
  x: Tensor,
  dim: number | undefined,
  { keepdim = false }: DimOptions = {},
): Tensor {
  if (dim === undefined) {
    const flat = argExtreme(operator, reshape(x, [x.numel]), 0);
    return keepdim
      ? reshape(
          flat,
          x.shape.map(() => 1),
        )
      : flat;
  }
  const at = normalizeDim(operator, dim, x.ndim);
  if (x.ndim === 0) return cast(arithmetic("mul", cast(x, "int32"), 0), "int32");
  needElements(operator, x, [at]);
  const best = extreme(operator, operator === "argmax" ? "max" : "min", x, at, { keepdim: true });
  const wide = sumOf(x.dtype);
  const value = castExpr(inputExpr(0, x.dtype), wide);
  const goal = castExpr(inputExpr(1, x.dtype), wide);
  const same = binaryExpr("eq", value, goal);
  // When the best is NaN nothing equals it, and only NaN elements are it.
  const hit = isFloat(wide) ? binaryExpr("or", same, unaryExpr("isnan", value)) : same;
  const index = whereExpr(hit, indexExpr(at), constExpr(2147483647, "int32"));
  return finish(runReduce("min", index, x.shape, [at], [x, best]), [at], { keepdim });
}

/** exp(x − m) in an expression, with `m` as input 1. */
function shifted(dtype: DType): Expr {
  return unaryExpr("exp", binaryExpr("sub", inputExpr(0, dtype), inputExpr(1, dtype)));
}

/** log Σ exp(x), shifted by the largest so that nothing overflows. */
export function logsumexp(x: Tensor, dim: Dims, options: DimOptions = {}): Tensor {
  if (x.dtype === "float16") return widened(x, (wide) => logsumexp(wide, dim, options));
  const dtype = floatOf(x.dtype);
  const wide = cast(x, dtype);
  const dims = normalizeDims("logsumexp", dim, x.ndim);
  if (countOf(x, dims) === 0) return floatMap("log", sum(wide, dim, options));
  const peak = extreme("logsumexp", "max", wide, dims, { keepdim: true });
  const m = inputExpr(0, dtype);
  const infinite = binaryExpr("eq", unaryExpr("abs", m), constExpr(Infinity, dtype));
  const shape = peak.shape;
  const { device } = peak.storage;
  // An infinite peak would give ∞ − ∞; then nothing is shifted.
  const shift = runElementwise(device, whereExpr(infinite, constExpr(0, dtype), m), shape, [peak]);
  const total = runReduce("sum", shifted(dtype), x.shape, dims, [wide, shift]);
  const back = binaryExpr("add", unaryExpr("log", m), inputExpr(1, dtype));
  const out = finish(runElementwise(device, back, shape, [total, shift]), dims, options);
  return track("logsumexp", [x], out, () => gradients.logsumexpFlows(x, dims, out));
}

/** exp(x) / Σ exp(x) along `dim`. */
export function softmax(x: Tensor, dim: number): Tensor {
  if (x.dtype === "float16") return widened(x, (wide) => softmax(wide, dim));
  const dtype = floatOf(x.dtype);
  const wide = cast(x, dtype);
  const at = normalizeDim("softmax", dim, x.ndim);
  if (x.numel === 0) return wide;
  const { device } = x.storage;
  const peak = extreme("softmax", "max", wide, at, { keepdim: true });
  const weights = runElementwise(device, shifted(dtype), x.shape, [wide, peak]);
  const out = arithmetic("div", weights, sum(weights, at, { keepdim: true }));
  return track("softmax", [x], out, () => gradients.softmaxFlows(x, at, out));
}

/** log softmax(x) along `dim`, without taking the logarithm of a rounded 0. */
export function logSoftmax(x: Tensor, dim: number): Tensor {
  if (x.dtype === "float16") return widened(x, (wide) => logSoftmax(wide, dim));
  const dtype = floatOf(x.dtype);
  const wide = cast(x, dtype);
  const at = normalizeDim("logSoftmax", dim, x.ndim);
  if (x.numel === 0) return wide;
  const peak = extreme("logSoftmax", "max", wide, at, { keepdim: true });
  const dims = x.ndim === 0 ? [] : [at];
  const total = runReduce("sum", shifted(dtype), x.shape, dims, [wide, peak]);
  const expr = binaryExpr(
    "sub",
    binaryExpr("sub", inputExpr(0, dtype), inputExpr(1, dtype)),
    unaryExpr("log", inputExpr(2, dtype)),
  );
  const out = runElementwise(x.storage.device, expr, x.shape, [wide, peak, total]);
  return track("logSoftmax", [x], out, () => gradients.logSoftmaxFlows(x, at, out));
}
