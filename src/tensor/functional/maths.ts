/**
 * Elementary functions beside those that are primitives of every device. Each
 * is one expression, so one program; series are cut where float64 sees no
 * difference, and none relies on a rounding error that a shader compiler may
 * take away.
 */

import { flow, track } from "../autograd/graph.ts";
import { noGrad } from "../autograd/leaf.ts";
import { finfo, isFloat, isInteger } from "../dtype.ts";
import { arithmetic, compare, mapExpr, where } from "../elementwise.ts";
import type { TensorLike } from "../elementwise.ts";
import { binaryExpr, constExpr, type Expr, unaryExpr, whereExpr } from "../expr.ts";
import type { Tensor } from "../tensor.ts";

const num = (value: number, like: Expr): Expr => constExpr(value, like.dtype);
const add = (a: Expr, b: Expr): Expr => binaryExpr("add", a, b);
const sub = (a: Expr, b: Expr): Expr => binaryExpr("sub", a, b);
const mul = (a: Expr, b: Expr): Expr => binaryExpr("mul", a, b);
const div = (a: Expr, b: Expr): Expr => binaryExpr("div", a, b);
const less = (a: Expr, b: Expr): Expr => binaryExpr("lt", a, b);
const sqrt = (a: Expr): Expr => unaryExpr("sqrt", a);
const abs = (a: Expr): Expr => unaryExpr("abs", a);

/** `c₀ + z·(c₁ + z·(c₂ + …))`. */
function polynomial(z: Expr, coefficients: readonly number[]): Expr {
  return coefficients.reduceRight<Expr>(
    (rest, c, i) => (i === coefficients.length - 1 ? num(c, z) : add(num(c, z), mul(z, rest))),
    num(0, z),
  );
}

function coefficients(count: number, term: (n: number) => number): number[] {
  return Array.from({ length: count }, (_, n) => term(n));
}

function factorial(n: number): number {
  return n < 2 ? 1 : n * factorial(n - 1);
}

/** With the sign of x, for odd functions computed of |x|; keeps −0 and NaN. */
function signed(x: Expr, magnitude: Expr): Expr {
  const zero = num(0, x);
  return whereExpr(
    less(x, zero),
    unaryExpr("neg", magnitude),
    whereExpr(less(zero, x), magnitude, x),
  );
}

/** log(1 + x) = 2·artanh(x / (2 + x)) near 0. */
function log1pExpr(x: Expr): Expr {
  const s = div(x, add(num(2, x), x));
  const series = polynomial(
    mul(s, s),
    coefficients(9, (n) => 2 / (2 * n + 1)),
  );
  const near = less(abs(x), num(0.25, x));
  return whereExpr(near, mul(s, series), unaryExpr("log", add(num(1, x), x)));
}

function expm1Expr(x: Expr): Expr {
  const series = polynomial(
    x,
    coefficients(14, (n) => 1 / factorial(n + 1)),
  );
  const near = less(abs(x), num(0.5, x));
  return whereExpr(near, mul(x, series), sub(unaryExpr("exp", x), num(1, x)));
}

/** exp(|x|/2) twice, so that nothing overflows before the result does. */
function halves(x: Expr): { large: Expr; small: Expr } {
  const root = unaryExpr("exp", mul(abs(x), num(0.5, x)));
  return {
    large: mul(mul(root, num(0.5, x)), root),
    small: div(div(num(0.5, x), root), root),
  };
}

function sinhExpr(x: Expr): Expr {
  const series = polynomial(
    mul(x, x),
    coefficients(10, (n) => 1 / factorial(2 * n + 1)),
  );
  const { large, small } = halves(x);
  return whereExpr(less(abs(x), num(1, x)), mul(x, series), signed(x, sub(large, small)));
}

function coshExpr(x: Expr): Expr {
  const { large, small } = halves(x);
  return add(large, small);
}

/** Turned to [0, 1], halved twice (atan x = 2·atan(x / (1 + √(1 + x²)))), and summed as a series. */
function atanExpr(x: Expr): Expr {
  const one = num(1, x);
  const size = abs(x);
  const turned = less(one, size);
  const half = (t: Expr): Expr => div(t, add(one, sqrt(add(one, mul(t, t)))));
  const t = half(half(whereExpr(turned, div(one, size), size)));
  const series = polynomial(
    mul(t, t),
    coefficients(11, (n) => (n % 2 === 0 ? 4 : -4) / (2 * n + 1)),
  );
  const angle = mul(t, series);
  return signed(x, whereExpr(turned, sub(num(Math.PI / 2, x), angle), angle));
}

function asinExpr(x: Expr): Expr {
  const one = num(1, x);
  return atanExpr(div(x, sqrt(mul(sub(one, x), add(one, x)))));
}

function acosExpr(x: Expr): Expr {
  const one = num(1, x);
  return mul(num(2, x), atanExpr(sqrt(div(sub(one, x), add(one, x)))));
}

/** log(a + √(a² + 1)) without cancellation, and log 2a where a² overflows. */
function asinhExpr(x: Expr): Expr {
  const one = num(1, x);
  const a = abs(x);
  const squared = mul(a, a);
  const mid = log1pExpr(add(a, div(squared, add(one, sqrt(add(one, squared))))));
  const far = add(unaryExpr("log", a), num(Math.LN2, x));
  return signed(x, whereExpr(less(num(1e4, x), a), far, mid));
}

function acoshExpr(x: Expr): Expr {
  const t = sub(x, num(1, x));
  const mid = log1pExpr(add(t, mul(sqrt(t), sqrt(add(t, num(2, x))))));
  const far = add(unaryExpr("log", x), num(Math.LN2, x));
  return whereExpr(less(num(1e4, x), x), far, mid);
}

function atanhExpr(x: Expr): Expr {
  const a = abs(x);
  const ratio = div(mul(num(2, x), a), sub(num(1, x), a));
  return signed(x, mul(num(0.5, x), log1pExpr(ratio)));
}

/** A map whose result is a float, and how its gradient comes from that of the result and from x. */
function map(
  operator: string,
  expr: (x: Expr) => Expr,
  slope: (g: Tensor, x: Tensor) => Tensor,
): (x: Tensor) => Tensor {
  return (x) => {
    const out = mapExpr(operator, x, expr);
    return track(operator, [x], out, () => [flow(x, slope, x)]);
  };
}

/** log(1 + x), exact near 0; −∞ at −1, NaN below; any shape. */
export const log1p: (x: Tensor) => Tensor = map("log1p", log1pExpr, (g, x) => g.div(x.add(1)));
/** exp(x) − 1, exact near 0; any shape. */
export const expm1: (x: Tensor) => Tensor = map("expm1", expm1Expr, (g, x) => g.mul(x.exp()));
/** The logarithm of base 2; any shape. */
export const log2: (x: Tensor) => Tensor = map(
  "log2",
  (x) => mul(unaryExpr("log", x), num(Math.LOG2E, x)),
  (g, x) => g.div(x.mul(Math.LN2)),
);
/** The logarithm of base 10; any shape. */
export const log10: (x: Tensor) => Tensor = map(
  "log10",
  (x) => mul(unaryExpr("log", x), num(Math.LOG10E, x)),
  (g, x) => g.div(x.mul(Math.LN10)),
);
/** 2 to the power of x; any shape. */
export const exp2: (x: Tensor) => Tensor = map(
  "exp2",
  (x) => binaryExpr("pow", num(2, x), x),
  (g, x) => g.mul(exp2(x)).mul(Math.LN2),
);
/** The tangent of x in radians; any shape. */
export const tan: (x: Tensor) => Tensor = map(
  "tan",
  (x) => div(unaryExpr("sin", x), unaryExpr("cos", x)),
  (g, x) => g.mul(tan(x).square().add(1)),
);
/** The angle in [−π/2, π/2] whose sine is x; NaN outside [−1, 1]; any shape. */
export const asin: (x: Tensor) => Tensor = map("asin", asinExpr, (g, x) =>
  g.mul(x.square().neg().add(1).rsqrt()),
);
/** The angle in [0, π] whose cosine is x; NaN outside [−1, 1]; any shape. */
export const acos: (x: Tensor) => Tensor = map("acos", acosExpr, (g, x) =>
  g.mul(x.square().neg().add(1).rsqrt()).neg(),
);
/** The angle in (−π/2, π/2) whose tangent is x; any shape. */
export const atan: (x: Tensor) => Tensor = map("atan", atanExpr, (g, x) =>
  g.div(x.square().add(1)),
);
/** The hyperbolic sine; any shape. */
export const sinh: (x: Tensor) => Tensor = map("sinh", sinhExpr, (g, x) => g.mul(cosh(x)));
/** The hyperbolic cosine; any shape. */
export const cosh: (x: Tensor) => Tensor = map("cosh", coshExpr, (g, x) => g.mul(sinh(x)));
/** The inverse of `sinh`; any shape. */
export const asinh: (x: Tensor) => Tensor = map("asinh", asinhExpr, (g, x) =>
  g.mul(x.square().add(1).rsqrt()),
);
/** The inverse of `cosh`, from 0; NaN below 1; any shape. */
export const acosh: (x: Tensor) => Tensor = map("acosh", acoshExpr, (g, x) =>
  g.mul(x.square().sub(1).rsqrt()),
);
/** The inverse of `tanh`; ±∞ at ±1, NaN outside; any shape. */
export const atanh: (x: Tensor) => Tensor = map("atanh", atanhExpr, (g, x) =>
  g.div(x.square().neg().add(1)),
);

/** x without its fraction, towards 0; keeps the dtype and any shape. The gradient is 0. */
export function trunc(x: Tensor): Tensor {
  return where(x.lt(0), x.ceil(), x.floor());
}

/** The fraction of x, with its sign: `x − trunc(x)`; any shape. */
export function frac(x: Tensor): Tensor {
  return x.sub(trunc(x));
}

/** The angle of the point (x, y), in [−π, π]; y of −0 counts as 0. Broadcasts. */
export function atan2(y: Tensor, x: Tensor): Tensor {
  const out = noGrad(() => angleOf(y, x));
  const along = (g: Tensor, own: Tensor, other: Tensor): Tensor =>
    g.mul(other).div(own.square().add(other.square()));
  return track("atan2", [y, x], out, () => [
    flow(y, along, y, x),
    flow(x, (g, own: Tensor, other: Tensor) => along(g, own, other).neg(), x, y),
  ]);
}

/** By the smaller over the larger, so that no quotient overflows; 0 at the origin, as in C. */
function angleOf(y: Tensor, x: Tensor): Tensor {
  const [sizeY, sizeX] = [y.abs(), x.abs()];
  const small = sizeY.minimum(sizeX);
  const large = sizeY.maximum(sizeX);
  const ratio = where(small.eq(Infinity), 1, small.div(where(large.eq(0), 1, large)));
  const base = atan(ratio);
  const first = where(sizeY.gt(sizeX), base.neg().add(Math.PI / 2), base);
  const half = where(x.lt(0), first.neg().add(Math.PI), first);
  return where(y.lt(0), half.neg(), half);
}

/**
 * `⌊a / b⌋` of the quotient as the dtype rounds it; of whole numbers a whole one, exact in 32 bits, where b of 0
 * has no meaning. Broadcasts; the gradient is 0.
 */
export function floorDivide(a: Tensor, b: TensorLike): Tensor {
  const below = arithmetic("div", a, b).floor();
  const { dtype } = a.add(b);
  if (!isInteger(dtype)) return below;
  // Quotients of large numbers are rounded: what they leave over is divided again, and compared.
  let quotient = below.to(dtype);
  quotient = quotient.add(
    arithmetic("div", a.sub(quotient.mul(b)), b)
      .floor()
      .to("int32"),
  );
  const rest = a.sub(quotient.mul(b));
  const backwards = compare("lt", b, 0);
  const low = where(backwards, rest.gt(0), rest.lt(0));
  const high = where(backwards, rest.le(b), rest.ge(b));
  return quotient.sub(low.to(dtype)).add(high.to(dtype));
}

/** What `floorDivide` leaves over, with the sign of b: Python's `a % b`. Broadcasts; differentiable. */
export function remainder(a: Tensor, b: TensorLike): Tensor {
  const rest = a.sub(floorDivide(a, b).mul(b));
  // A quotient that was rounded up to a whole number leaves less than nothing.
  const wrong = where(compare("lt", b, 0), rest.gt(0), rest.lt(0));
  return where(wrong, rest.add(b), rest);
}

/** What is left over when the quotient is cut towards 0, with the sign of a: C's `fmod`. Broadcasts. */
export function fmod(a: Tensor, b: TensorLike): Tensor {
  const size = arithmetic("maximum", b, arithmetic("mul", b, -1));
  return a.sign().mul(remainder(a.abs(), size));
}

/** `start + weight · (end − start)`; all three broadcast. */
export function lerp(start: Tensor, end: TensorLike, weight: TensorLike): Tensor {
  return start.add(arithmetic("mul", arithmetic("sub", end, start), weight));
}

/** True where exactly one is not 0; broadcasts. */
export function logicalXor(a: Tensor, b: TensorLike): Tensor {
  return compare("ne", compare("ne", a, 0), compare("ne", b, 0));
}

/** True where x is neither NaN nor infinite; any shape. */
export function isfinite(x: Tensor): Tensor {
  return x.isnan().logicalOr(isinf(x)).logicalNot();
}

/** True where x is ∞ or −∞; any shape. */
export function isinf(x: Tensor): Tensor {
  return x.eq(Infinity).logicalOr(x.eq(-Infinity));
}

/** `nan` for NaN, and `posinf` and `neginf` (the dtype's ends when left out) for the infinities; any shape. */
export function nanToNum(x: Tensor, { nan = 0, posinf, neginf }: NanToNumOptions = {}): Tensor {
  if (!isFloat(x.dtype)) return x;
  const { max, min } = finfo(x.dtype);
  const numbers = where(x.isnan(), nan, x);
  return where(x.eq(Infinity), posinf ?? max, where(x.eq(-Infinity), neginf ?? min, numbers));
}

/** What stands for values that are no finite numbers. */
export interface NanToNumOptions {
  nan?: number;
  posinf?: number;
  neginf?: number;
}

/** `x · log(y)`, and 0 where x is 0 even if the logarithm is not finite; broadcasts. NaN in y stays. */
export function xlogy(x: Tensor, y: Tensor): Tensor {
  const none = x.eq(0).logicalAnd(y.isnan().logicalNot());
  return where(none, 0, x.mul(where(none, 1, y).log()));
}

/** `log(eᵃ + eᵇ)` without overflow; broadcasts. */
export function logaddexp(a: Tensor, b: Tensor): Tensor {
  const high = a.maximum(b);
  const distance = where(a.eq(b), 0, a.sub(b).abs());
  return high.add(log1p(distance.neg().exp()));
}
