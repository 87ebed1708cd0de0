/**
 * Sums of two floats, "double-doubles": 106 bits for the places where 53 are not
 * enough for a last bit that is right (T. J. Dekker, A floating-point technique
 * for extending the available precision, 1971).
 */
import { frexp, scale } from "./rounding.ts";

/** An unevaluated sum high + low, |low| at most half a unit in the last place of high. */
export type Double = readonly [high: number, low: number];

const SPLIT = 2 ** 27 + 1;

/** a + b exactly. */
export function twoSum(a: number, b: number): Double {
  const sum = a + b;
  const part = sum - a;
  return [sum, a - (sum - part) + (b - part)];
}

/** a * b exactly, for magnitudes between about 1e-140 and 1e140. */
export function twoProduct(a: number, b: number): Double {
  const product = a * b;
  const x = a * SPLIT;
  const high = x - (x - a);
  const low = a - high;
  const y = b * SPLIT;
  const top = y - (y - b);
  const rest = b - top;
  return [product, high * top - product + high * rest + low * top + low * rest];
}

export function addDouble(a: Double, b: Double): Double {
  const [sum, error] = twoSum(a[0], b[0]);
  const [low, rest] = twoSum(a[1], b[1]);
  const [high, middle] = twoSum(sum, error + low);
  return twoSum(high, middle + rest);
}

export function mulDouble(a: Double, b: Double): Double {
  const [product, error] = twoProduct(a[0], b[0]);
  return twoSum(product, error + (a[0] * b[1] + a[1] * b[0]));
}

export function divDouble(a: Double, b: Double): Double {
  const first = a[0] / b[0];
  const rest = addDouble(a, mulDouble(b, [-first, 0]));
  const second = rest[0] / b[0];
  const last = addDouble(rest, mulDouble(b, [-second, 0]));
  return addDouble(twoSum(first, second), [last[0] / b[0], 0]);
}

/** x ** n for a whole n of 3 to 1000, rounded right but for about one in 2^40. */
export function powInteger(x: number, n: number): number {
  if (x === 0 || x - x !== 0) return x ** n;
  const [fraction, own] = frexp(x);
  // The powers are kept near 1, their exponents aside.
  let [base, exponent]: [Double, number] = [[fraction, 0], own];
  let [result, power]: [Double, number] = [[1, 0], 0];
  for (let left = n; ;) {
    if (left % 2 === 1) {
      result = mulDouble(result, base);
      power += exponent;
      [result, power] = normal(result, power);
    }
    left = Math.floor(left / 2);
    if (left === 0) break;
    [base, exponent] = normal(mulDouble(base, base), exponent * 2);
  }
  if (power > -900) return scale(result[0], power);
  // Rounding to the nearest of 106 bits and then to a subnormal would round twice.
  return scale(odd(result), power);
}

function normal(value: Double, exponent: number): [Double, number] {
  const [, more] = frexp(value[0]);
  const factor = 2 ** -more;
  return [[value[0] * factor, value[1] * factor], exponent + more];
}

/** The high part, moved to an odd neighbour where the low part says that it is no exact value. */
function odd([high, low]: Double): number {
  if (low === 0) return high;
  const scaled = high * 2 ** 53;
  if (Math.abs(scaled) % 2 === 1) return high;
  return (scaled + (low > 0 === high > 0 ? Math.sign(high) : -Math.sign(high))) / 2 ** 53;
}

/** The real cube root, rounded right. */
export function cbrt(x: number): number {
  if (x === 0 || x - x !== 0) return x;
  const [fraction, exponent] = frexp(x);
  const third = Math.floor(exponent / 3);
  const target = fraction * 2 ** (exponent - 3 * third);
  const guess = Math.cbrt(target);
  const square = mulDouble([guess, 0], [guess, 0]);
  const cube = mulDouble(square, [guess, 0]);
  const rest = addDouble([target, 0], [-cube[0], -cube[1]]);
  return scale(guess + rest[0] / (3 * guess * guess), third);
}
