/** The functions of Python's math module on floats, with its domain and range errors. */
import { fault } from "../fault.ts";
import { isNegative, bitsFloat, floatBits, frexp, scale, truncate } from "./rounding.ts";
import { libraryPow } from "./floats.ts";
import { bitLength, type Int } from "./sizes.ts";

function domain(): never {
  return fault("ValueError", "math domain error");
}

function range(): never {
  return fault("OverflowError", "math range error");
}

/** What a function of one argument returns, once a NaN out of nothing is a domain error and an infinity a pole's or too large. */
function checked(x: number, result: number, infinite: () => never = domain): number {
  if (result - result !== 0 && !Number.isNaN(x)) {
    if (Number.isNaN(result)) domain();
    if (x - x === 0) infinite();
  }
  return result;
}

export function acos(x: number): number {
  return checked(x, Math.acos(x));
}
export function acosh(x: number): number {
  return checked(x, Math.acosh(x));
}
export function asin(x: number): number {
  return checked(x, Math.asin(x));
}
export function asinh(x: number): number {
  return Math.asinh(x);
}
export function atan(x: number): number {
  return Math.atan(x);
}
export function atan2(y: number, x: number): number {
  return Math.atan2(y, x);
}
export function atanh(x: number): number {
  return checked(x, Math.atanh(x));
}
export function cos(x: number): number {
  return checked(x, Math.cos(x));
}
export function cosh(x: number): number {
  return checked(x, Math.cosh(x), range);
}
export function exp(x: number): number {
  return checked(x, Math.exp(x), range);
}
export function exp2(x: number): number {
  return checked(x, 2 ** x, range);
}
export function expm1(x: number): number {
  return checked(x, Math.expm1(x), range);
}
export function log1p(x: number): number {
  return checked(x, Math.log1p(x));
}
export function sin(x: number): number {
  return checked(x, Math.sin(x));
}
export function sinh(x: number): number {
  return checked(x, Math.sinh(x), range);
}
export function sqrt(x: number): number {
  return checked(x, Math.sqrt(x));
}
export function tan(x: number): number {
  return checked(x, Math.tan(x));
}
export function tanh(x: number): number {
  return Math.tanh(x);
}

/** The 53 high bits of an int as a fraction in [0.5, 1], and its exponent. */
function frexpBig(n: bigint): [number, number] {
  const exponent = bitLength(n);
  const shift = BigInt(exponent - 60);
  const sticky = (n >> shift) << shift === n ? 0n : 1n;
  return [Number((n >> shift) | sticky) / 2 ** 60, exponent];
}

function logOf(x: Int, function_: (x: number) => number, two: number): number {
  if (x <= 0) domain();
  const size = Number(x);
  if (size < Number.POSITIVE_INFINITY) return function_(size);
  const [fraction, exponent] = frexpBig(BigInt(x));
  return function_(fraction) + two * exponent;
}

/** log of a float, or of an int of any size. */
export function log(x: Int): number {
  return x === Number.POSITIVE_INFINITY
    ? x
    : Number.isNaN(x)
      ? Number.NaN
      : logOf(x, Math.log, Math.LN2);
}
export function log2(x: Int): number {
  return x === Number.POSITIVE_INFINITY ? x : Number.isNaN(x) ? Number.NaN : logOf(x, Math.log2, 1);
}
export function log10(x: Int): number {
  return x === Number.POSITIVE_INFINITY
    ? x
    : Number.isNaN(x)
      ? Number.NaN
      : logOf(x, Math.log10, Math.log10(2));
}

/** math.log(x, base). */
export function logBase(x: Int, base: Int): number {
  const [top, bottom] = [log(x), log(base)];
  if (bottom === 0) fault("ZeroDivisionError", "float division by zero");
  return top / bottom;
}

/** math.pow, which has other errors than `**`. */
export function pow(x: number, y: number): number {
  const power = libraryPow(x, y);
  if (power - power !== 0 && x - x === 0 && y - y === 0) {
    if (Number.isNaN(power) || x === 0) domain();
    range();
  }
  return power;
}

export function fmod(x: number, y: number): number {
  return !Number.isNaN(x) && !Number.isNaN(y) && (x - x !== 0 || y === 0) ? domain() : x % y;
}

/** IEEE 754's remainder: x - n*y for the whole n nearest to x/y, ties to even. */
export function remainder(x: number, y: number): number {
  if (Number.isNaN(x) || Number.isNaN(y)) return Number.NaN;
  if (x - x !== 0 || y === 0) domain();
  if (y - y !== 0) return x;
  const [size, step] = [Math.abs(x), Math.abs(y)];
  const rest = size % step;
  const other = step - rest;
  const nearest =
    rest < other ? rest : rest > other ? -other : rest - 2 * ((0.5 * (size - rest)) % step);
  return isNegative(x) ? -nearest : nearest;
}

export { frexp };

/** x * 2 ** exponent. */
export function ldexp(x: number, exponent: Int): number {
  if (x === 0 || x - x !== 0) return x;
  const scaled = scale(x, Number(exponent));
  if (scaled - scaled !== 0) range();
  return scaled;
}

/** [fraction, whole], both with the sign of x. */
export function modf(x: number): [number, number] {
  if (x - x !== 0) return Number.isNaN(x) ? [x, x] : [x < 0 ? -0 : 0, x];
  const whole = Math.trunc(x);
  return [copysign(x - whole, x), whole];
}

export function copysign(x: number, sign: number): number {
  return isNegative(x) === isNegative(sign) ? x : -x;
}

export function nextafter(x: number, towards: number): number {
  if (Number.isNaN(x) || Number.isNaN(towards)) return Number.NaN;
  if (x === towards) return towards;
  if (x === 0) return towards > 0 ? Number.MIN_VALUE : -Number.MIN_VALUE;
  const away = x < towards === x > 0;
  return bitsFloat(floatBits(x) + (away ? 1n : -1n));
}

/** The value of the least significant bit. */
export function ulp(x: number): number {
  const size = Math.abs(x);
  if (size - size !== 0) return size;
  const next = nextafter(size, Number.POSITIVE_INFINITY);
  return next - next === 0 ? next - size : size - nextafter(size, 0);
}

export function degrees(x: number): number {
  return x * (180 / Math.PI);
}
export function radians(x: number): number {
  return x * (Math.PI / 180);
}
export function floor(x: number): Int {
  return truncate(Math.floor(x));
}
export function ceil(x: number): Int {
  return truncate(Math.ceil(x));
}
export function fabs(x: number): number {
  return Math.abs(x);
}

export function isclose(a: number, b: number, relative: number, absolute: number): boolean {
  if (relative < 0 || absolute < 0) fault("ValueError", "tolerances must be non-negative");
  if (a === b) return true;
  if (Math.abs(a) === Number.POSITIVE_INFINITY || Math.abs(b) === Number.POSITIVE_INFINITY) {
    return false;
  }
  const difference = Math.abs(b - a);
  return (
    difference <= Math.abs(relative * b) ||
    difference <= Math.abs(relative * a) ||
    difference <= absolute
  );
}
