/** Sums of many floats that round once: fsum, sumprod, hypot, dist. */
import { spend } from "../budget.ts";
import { fault } from "../fault.ts";
import { addDouble, mulDouble, twoProduct, twoSum, type Double } from "./doubles.ts";
import { frexp, scale } from "./rounding.ts";

/** math.fsum: partial sums that do not overlap (J. R. Shewchuk, Adaptive Precision Floating-Point Arithmetic, 1997). */
export function fsum(values: Iterable<number>): number {
  const partials: number[] = [];
  let special = 0;
  let infinities = 0;
  for (const value of values) {
    spend(1 + partials.length);
    let x = value;
    let kept = 0;
    for (const partial of partials) {
      const [high, low] =
        Math.abs(x) < Math.abs(partial) ? quickSum(partial, x) : quickSum(x, partial);
      if (low !== 0) partials[kept++] = low;
      x = high;
    }
    partials.length = kept;
    if (x === 0) continue;
    if (x - x === 0) partials.push(x);
    else {
      if (value - value === 0) fault("OverflowError", "intermediate overflow in fsum");
      if (!Number.isNaN(value)) infinities += value;
      special += value;
      partials.length = 0;
    }
  }
  if (special !== 0) {
    if (Number.isNaN(infinities)) fault("ValueError", "-inf + inf in fsum");
    return special;
  }
  return total(partials);
}

function quickSum(a: number, b: number): Double {
  const sum = a + b;
  return [sum, b - (sum - a)];
}

function total(partials: readonly number[]): number {
  let n = partials.length;
  if (n === 0) return 0;
  let high = partials[--n]!;
  let low = 0;
  while (n > 0 && low === 0) [high, low] = quickSum(high, partials[--n]!);
  // Half a unit away: what lies below decides.
  if (n > 0 && low !== 0 && low < 0 === partials[n - 1]! < 0) {
    const twice = low * 2;
    const other = high + twice;
    if (other - high === twice) return other;
  }
  return high;
}

/** math.sumprod of floats. */
export function sumprod(a: readonly number[], b: readonly number[]): number {
  if (a.length !== b.length) fault("ValueError", "Inputs are not the same length");
  spend(a.length);
  let plain = 0;
  for (let i = 0; i < a.length; i++) plain += a[i]! * b[i]!;
  if (plain - plain !== 0) return plain;
  const parts: number[] = [];
  for (let i = 0; i < a.length; i++) {
    const [product, error] = twoProduct(a[i]!, b[i]!);
    parts.push(product);
    if (error - error === 0) parts.push(error);
  }
  return fsum(parts);
}

/** math.hypot of any number of coordinates. */
export function hypot(coordinates: readonly number[]): number {
  spend(coordinates.length);
  let most = 0;
  let nan = false;
  for (const x of coordinates) {
    const size = Math.abs(x);
    if (size > most) most = size;
    if (Number.isNaN(x)) nan = true;
  }
  if (most === Number.POSITIVE_INFINITY || most === 0 || nan) {
    return most === Number.POSITIVE_INFINITY ? most : nan ? Number.NaN : 0;
  }
  if (coordinates.length === 1) return most;
  const [, exponent] = frexp(most);
  let sum: Double = [0, 0];
  for (const x of coordinates) {
    const scaled = scale(x, -exponent);
    if (Math.abs(scaled) > 1e-100) sum = addDouble(sum, twoProduct(scaled, scaled));
  }
  const root = Math.sqrt(sum[0]);
  const square = mulDouble([root, 0], [root, 0]);
  const rest = addDouble(sum, [-square[0], -square[1]]);
  return scale(twoSum(root, rest[0] / (2 * root))[0], exponent);
}

/** math.dist. */
export function dist(p: readonly number[], q: readonly number[]): number {
  if (p.length !== q.length) {
    fault("ValueError", "both points must have the same number of dimensions");
  }
  return hypot(p.map((x, i) => x - q[i]!));
}
