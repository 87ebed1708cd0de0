/** Between integers and floats without a lost bit: conversions, quotients, comparisons. */
import { fault } from "../fault.ts";
import { SAFE, bitLength, canonical, chargeProduct, type Int } from "./sizes.ts";

/** The nearest float of an int, ties to even. */
export function toFloat(n: Int): number {
  const x = Number(n);
  if (x - x !== 0) fault("OverflowError", "int too large to convert to float");
  return x;
}

const view = new DataView(new ArrayBuffer(8));

/** The 64 bits of a float. */
export function floatBits(x: number): bigint {
  view.setFloat64(0, x);
  return view.getBigUint64(0);
}

/** The float of 64 bits. */
export function bitsFloat(bits: bigint): number {
  view.setBigUint64(0, bits);
  return view.getFloat64(0);
}

/** Whether the sign bit is set; of zeros and NaN too. */
export function isNegative(x: number): boolean {
  view.setFloat64(0, x);
  return view.getUint8(0) > 127;
}

/** x = fraction * 2 ** exponent with the fraction in [0.5, 1). */
export function frexp(x: number): [number, number] {
  if (x === 0 || x - x !== 0) return [x, 0];
  view.setFloat64(0, x);
  const exponent = (view.getUint16(0) >> 4) & 0x7ff;
  if (exponent === 0) {
    const [fraction, rest] = frexp(x * 2 ** 54);
    return [fraction, rest - 54];
  }
  view.setUint16(0, (view.getUint16(0) & 0x800f) | 0x3fe0);
  return [view.getFloat64(0), exponent - 1022];
}

/** x * 2 ** exponent, rounded once; infinite where it is too large. */
export function scale(x: number, exponent: number): number {
  if (exponent >= -1000 && exponent <= 1000) {
    const scaled = x * 2 ** exponent;
    if (Math.abs(scaled) >= 1e-300 || x === 0) return scaled;
  }
  const [fraction, own] = frexp(x);
  const to = own + exponent;
  if (to > 1025) return x * Number.POSITIVE_INFINITY;
  // oxlint-disable-next-line oxc/erasing-op -- a zero with the sign of x
  if (to < -1080) return x * 0;
  // The first product is exact, so that the second alone rounds.
  return to > 0
    ? fraction * 2 ** 1000 * 2 ** (to - 1000)
    : fraction * 2 ** -1000 * 2 ** (to + 1000);
}

/** numerator / denominator, rounded once to even; infinite where it is too large. The denominator is positive. */
export function ratioToFloat(numerator: bigint, denominator: bigint): number {
  if (numerator === 0n) return 0;
  chargeProduct(numerator, denominator);
  const negative = numerator < 0n;
  const top = negative ? -numerator : numerator;
  const difference = bitLength(top) - bitLength(denominator);
  if (difference > 1025) return negative ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  if (difference < -1080) return negative ? -0 : 0;
  // Two bits beyond the mantissa and a sticky one, at the place where the result's last bit lies.
  const shift = Math.max(difference, -1021) - 55;
  const [up, down] =
    shift <= 0 ? [top << BigInt(-shift), denominator] : [top, denominator << BigInt(shift)];
  let quotient = up / down;
  if (quotient * down !== up) quotient |= 1n;
  const extra = BigInt(Math.max(bitLength(quotient), -1021 - shift) - 53);
  const half = 1n << (extra - 1n);
  const rest = quotient & (2n * half - 1n);
  quotient >>= extra;
  if (rest > half || (rest === half && (quotient & 1n) === 1n)) quotient += 1n;
  const result = scaleExact(Number(quotient), shift + Number(extra));
  return negative ? -result : result;
}

/** x * 2 ** exponent where the result is exact or too large. */
function scaleExact(x: number, exponent: number): number {
  return exponent < -1000 ? x * 2 ** -1000 * 2 ** (exponent + 1000) : x * 2 ** exponent;
}

/** a / b of ints. */
export function truediv(a: Int, b: Int): number {
  if (b === 0) fault("ZeroDivisionError", "division by zero");
  if (typeof a === "number" && typeof b === "number") return a / b;
  if (a === 0) return b < 0 ? -0 : 0;
  const [top, bottom] = [BigInt(a), BigInt(b)];
  const x = bottom < 0n ? ratioToFloat(-top, -bottom) : ratioToFloat(top, bottom);
  if (x - x !== 0) fault("OverflowError", "integer division result too large for a float");
  return x;
}

/** int(x): towards zero. */
export function truncate(x: number): Int {
  if (Number.isNaN(x)) fault("ValueError", "cannot convert float NaN to integer");
  if (x - x !== 0) fault("OverflowError", "cannot convert float infinity to integer");
  const whole = Math.trunc(x);
  return whole <= SAFE && whole >= -SAFE ? whole + 0 : BigInt(whole);
}

/** float.as_integer_ratio(). */
export function integerRatio(x: number): [Int, Int] {
  if (Number.isNaN(x)) fault("ValueError", "cannot convert NaN to integer ratio");
  if (x - x !== 0) fault("OverflowError", "cannot convert Infinity to integer ratio");
  const [fraction, exponent] = frexp(x);
  let [top, power] = [fraction * 2 ** 53, exponent - 53];
  if (top === 0) return [0, 1];
  while (top % 2 === 0 && power < 0) {
    top /= 2;
    power++;
  }
  if (power >= 0) return [canonical(BigInt(top) << BigInt(power)), 1];
  return [top, canonical(1n << BigInt(-power))];
}
