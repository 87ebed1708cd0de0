/**
 * exp, ln, log10 and powers of Decimals: fixed-point BigInts with guard digits,
 * and more of them while the digits that follow cannot be told from a tie
 * (A. Ziv, Fast evaluation of elementary mathematical functions, 1991).
 */
import { spend } from "../../budget.ts";
import { reserve } from "../sizes.ts";
import { powmod } from "../powers.ts";
import { canonical } from "../sizes.ts";
import { div, mul } from "./arithmetic.ts";
import { order, toBigInt } from "./compare.ts";
import {
  SIGNAL,
  adjusted,
  digitCount,
  finite,
  fit,
  infinity,
  invalid,
  isZero,
  propagate,
  ten,
  workContext,
  type Context,
  type Decimal,
} from "./number.ts";

/** e^x for a fixed-point |x| < 4, all with `bits` binary places. */
function expFixed(x: bigint, bits: number): bigint {
  const halvings = Math.ceil(Math.sqrt(bits));
  const places = BigInt(bits + halvings + 16);
  const unit = 1n << places;
  const small = (x << (places - BigInt(bits))) >> BigInt(halvings);
  let [term, sum] = [unit, unit];
  for (let n = 1n; term !== 0n && term !== -1n; n++) {
    spend(1 + (bits >> 9) ** 2);
    term = ((term * small) >> places) / n;
    sum += term;
  }
  for (let i = 0; i < halvings; i++) {
    spend(1 + (bits >> 9) ** 2);
    sum = (sum * sum) >> places;
  }
  return sum >> (places - BigInt(bits));
}

/** ln(m) of a fixed-point m in [1, 10]. */
function lnFixed(m: bigint, bits: number): bigint {
  const places = BigInt(bits);
  const unit = 1n << places;
  const guess = Math.round(Math.log(Number(m >> (places - 60n)) / 2 ** 60) * 2 ** 50);
  const start = BigInt(guess) << (places - 50n);
  // m / e^guess is 1 + d, with d below 2^-48; ln(1 + d) = 2 artanh(d / (2 + d)).
  const ratio = (m * expFixed(-start, bits)) >> places;
  const z = ((ratio - unit) << places) / (ratio + unit);
  const square = (z * z) >> places;
  let [power, sum] = [z, z];
  for (let n = 3n; power !== 0n && power !== -1n; n += 2n) {
    spend(1 + (bits >> 9) ** 2);
    power = (power * square) >> places;
    sum += power / n;
  }
  return start + 2n * sum;
}

let ln10: { bits: number; value: bigint } | undefined;

function ln10Fixed(bits: number): bigint {
  if (ln10 === undefined || ln10.bits < bits) {
    ln10 = { bits: bits + 64, value: lnFixed(10n << BigInt(bits + 64), bits + 64) };
  }
  return ln10.value >> BigInt(ln10.bits - bits);
}

function bitsFor(digits: number): number {
  reserve(digits * 4);
  return Math.ceil(digits * 3.3219280948873626) + 16;
}

/** digits * 10^exponent in fixed point. */
function toFixed(x: Decimal, bits: number): bigint {
  const digits = (x.negative ? -x.digits : x.digits) << BigInt(bits);
  return x.exponent >= 0 ? digits * ten(x.exponent) : digits / ten(-x.exponent);
}

/** A fixed-point number as so many decimal digits and their exponent, each less than one off. */
function toDigits(value: bigint, bits: number, count: number): [bigint, number] {
  const size = value < 0n ? -value : value;
  const first = Math.floor(digitCount(size) - bits * 0.30102999566398);
  const shift = count - first;
  const digits =
    shift >= 0 ? (size * ten(shift)) >> BigInt(bits) : (size >> BigInt(bits)) / ten(-shift);
  return [digits, -shift];
}

/** Rounds a number that is never exact, from digits that `compute` gives: count and exponent, wrong by less than 5 in the last. */
function roundTranscendental(
  context: Context,
  compute: (count: number) => [negative: boolean, digits: bigint, exponent: number],
): Decimal {
  for (let extra = 4; ; extra += 8 + extra) {
    const [negative, digits, exponent] = compute(context.prec + extra);
    const half = 5n * ten(Math.max(0, digitCount(digits) - context.prec - 1));
    const rest = digits % half;
    if (rest > 5n && half - rest > 5n) return halfEven(context, finite(negative, digits, exponent));
  }
}

function halfEven(context: Context, x: Decimal): Decimal {
  const before = context.rounding;
  context.rounding = "ROUND_HALF_EVEN";
  const result = fit(context, x);
  context.rounding = before;
  context.status |= SIGNAL.Inexact | SIGNAL.Rounded;
  return result;
}

/** e^x = 10^k * e^r: digits of it. */
function expDigits(x: Decimal, count: number): [boolean, bigint, number] {
  const bits = bitsFor(count + Math.max(0, adjusted(x)) + 6);
  const fixed = toFixed(x, bits);
  const unit = ln10Fixed(bits);
  let k = fixed / unit;
  if (fixed < 0n) k -= 1n;
  const [digits, exponent] = toDigits(expFixed(fixed - k * unit, bits), bits, count);
  return [false, digits, exponent + Number(k)];
}

/** e^x. */
export function exp(context: Context, x: Decimal): Decimal {
  const nan = propagate(context, x);
  if (nan !== undefined) return nan;
  if (x.kind === "inf") return x.negative ? finite(false, 0n, 0) : x;
  if (x.digits === 0n) return finite(false, 1n, 0);
  const first = adjusted(x);
  // Beyond what any exponent holds, or so near to 1 that one digit after the precision tells it.
  if (first > digitCount(BigInt(Math.ceil((context.emax + context.prec) * 2.4)))) {
    return halfEven(context, x.negative ? finite(false, 1n, -1e15) : finite(false, 1n, 1e15));
  }
  if (first < -context.prec - 2) {
    const digits = ten(context.prec + 2) + (x.negative ? -1n : 1n);
    return halfEven(context, finite(false, digits, -context.prec - 2));
  }
  return roundTranscendental(context, (count) => expDigits(x, count));
}

/** ln(x) of a positive number, fixed. */
function lnOf(x: Decimal, bits: number): bigint {
  const first = adjusted(x);
  const m = toFixed(finite(false, x.digits, x.exponent - first), bits);
  return lnFixed(m, bits) + BigInt(first) * ln10Fixed(bits);
}

/** Places that a logarithm loses when its argument is near to 1. */
function lossNearOne(x: Decimal): number {
  if (adjusted(x) !== 0 && adjusted(x) !== -1) return 4;
  const away = finite(false, x.digits, x.exponent);
  const top = ten(Math.max(0, -away.exponent));
  const difference = away.digits - top;
  return Math.max(4, -away.exponent - digitCount(difference < 0n ? -difference : difference) + 4);
}

function logarithm(context: Context, x: Decimal, base10: boolean): Decimal {
  const nan = propagate(context, x);
  if (nan !== undefined) return nan;
  if (isZero(x)) return infinity(true);
  if (x.negative) return invalid(context);
  if (x.kind === "inf") return x;
  if (order(x, finite(false, 1n, 0)) === 0) return finite(false, 0n, 0);
  const first = adjusted(x);
  if (base10 && x.digits === ten(digitCount(x.digits) - 1)) {
    return fit(context, finite(first < 0, BigInt(Math.abs(first)), 0));
  }
  const loss = lossNearOne(x);
  return roundTranscendental(context, (count) => {
    const bits = bitsFor(count + loss + 20);
    let value = lnOf(x, bits);
    if (base10) value = (value << BigInt(bits)) / ln10Fixed(bits);
    return [value < 0n, ...toDigits(value, bits, count)];
  });
}

export function ln(context: Context, x: Decimal): Decimal {
  return logarithm(context, x, false);
}

export function log10(context: Context, x: Decimal): Decimal {
  return logarithm(context, x, true);
}

function isWhole(x: Decimal): boolean {
  return x.kind === "finite" && (x.exponent >= 0 || adjusted(x) >= 0 || x.digits === 0n)
    ? x.exponent >= 0 || x.digits % ten(Math.min(-x.exponent, digitCount(x.digits) + 1)) === 0n
    : false;
}

function isOdd(x: Decimal): boolean {
  if (!isWhole(x) || x.exponent > 0) return false;
  return (x.digits / ten(-x.exponent)) % 2n === 1n;
}

/** x^n by squaring with guard digits, as libmpdec has it. */
function powWhole(context: Context, x: Decimal, n: bigint, length: number): Decimal {
  const work = workContext(context, context.prec + 4 + length + (n < 0n ? 1 : 0));
  const base = n < 0n ? div(work, finite(false, 1n, 0), x) : x;
  let result = base;
  for (const bit of (n < 0n ? -n : n).toString(2).slice(1)) {
    result = mul(work, result, result);
    if (bit === "1") result = mul(work, result, base);
    // Far out already: squaring on would only take time.
    if (result.kind === "finite" && Math.abs(adjusted(result)) > 4e14) break;
  }
  context.status |= work.status & (SIGNAL.Inexact | SIGNAL.Rounded);
  return fit(context, result);
}

function powReal(context: Context, x: Decimal, y: Decimal): Decimal {
  const size = { ...x, negative: false };
  const wide = Math.max(0, adjusted(y)) + 10;
  const loss = lossNearOne(size);
  const estimate = adjusted(y) + (loss > 4 ? -loss : Math.log10(Math.abs(adjusted(size)) + 1) - 1);
  if (estimate > 17) {
    const grows = order(size, finite(false, 1n, 0)) > 0 !== y.negative;
    return fit(context, finite(false, 1n, grows ? 1e15 : -1e15));
  }
  return roundPower(context, (count) => {
    const bits = bitsFor(count + wide + 20);
    const log = lnOf(size, bits);
    const value = (log * toFixed({ ...y, exponent: y.exponent }, bits)) >> BigInt(bits);
    const unit = ln10Fixed(bits);
    let k = value / unit;
    if (value < 0n) k -= 1n;
    const [digits, exponent] = toDigits(expFixed(value - k * unit, bits), bits, count);
    return [digits, exponent + Number(k)];
  });
}

/** A power may be exact, so that more digits would not tell: then the digits as they are. */
function roundPower(context: Context, compute: (count: number) => [bigint, number]): Decimal {
  let [digits, exponent] = compute(context.prec + 6);
  const unit = 5n * ten(Math.max(0, digitCount(digits) - context.prec - 1));
  const rest = digits % unit;
  if (rest < 20n || unit - rest < 20n) {
    [digits, exponent] = compute(2 * context.prec + 12);
    // The digits of an exact power end in zeros or nines.
    const cut = ten(6);
    digits = (digits + cut / 2n) / cut;
    exponent += 6;
  }
  context.status |= SIGNAL.Inexact | SIGNAL.Rounded;
  const before = context.status;
  const result = fit(context, finite(false, digits, exponent));
  context.status |= before;
  return result;
}

/** x ** y. */
export function power(context: Context, x: Decimal, y: Decimal): Decimal {
  const nan = propagate(context, x, y);
  if (nan !== undefined) return nan;
  const negative = x.negative && isOdd(y);
  if (isZero(y)) return isZero(x) ? invalid(context) : finite(false, 1n, 0);
  if (isZero(x)) {
    if (!y.negative) return finite(negative, 0n, 0);
    return infinity(negative);
  }
  if (x.negative && !isWhole(y)) {
    if (y.kind === "inf" || x.kind === "inf" ? y.kind !== "inf" : true) return invalid(context);
    return invalid(context);
  }
  if (x.kind === "inf") return y.negative ? finite(negative, 0n, 0) : infinity(negative);
  const one = order({ ...x, negative: false }, finite(false, 1n, 0));
  if (one === 0) return powerOfOne(context, x, y, negative);
  if (y.kind === "inf")
    return one > 0 !== y.negative ? infinity(false) : fit(context, finite(false, 0n, 0));
  if (isWhole(y) && digitCount(y.digits) + y.exponent <= 15) {
    return powWhole(context, x, toBigInt(y), digitCount(y.digits) + y.exponent + 2);
  }
  const size = powReal(context, x, y);
  return negative ? { ...size, negative } : size;
}

function powerOfOne(context: Context, x: Decimal, y: Decimal, negative: boolean): Decimal {
  if (y.kind !== "inf" && isWhole(y)) {
    const places =
      -x.exponent *
      (y.negative ? 0 : Number(toBigInt({ ...y, exponent: Math.min(y.exponent, 20) })));
    const shown = Math.min(Math.max(0, places), context.prec - 1);
    if (shown < places) context.status |= SIGNAL.Rounded;
    return finite(negative, ten(shown), -shown);
  }
  context.status |= SIGNAL.Inexact | SIGNAL.Rounded;
  return finite(false, ten(context.prec - 1), 1 - context.prec);
}

/** pow(x, y, m) of whole numbers. */
export function powerModulo(context: Context, x: Decimal, y: Decimal, m: Decimal): Decimal {
  const nan = propagate(context, x, y, m);
  if (nan !== undefined) return nan;
  if (!isWhole(x) || !isWhole(y) || !isWhole(m) || y.negative || isZero(m)) return invalid(context);
  if (adjusted(m) >= context.prec || (isZero(x) && isZero(y))) return invalid(context);
  const size = { ...m, negative: false };
  const [base, exponent, modulus] = [x, y, size].map(toBigInt) as [bigint, bigint, bigint];
  const rest = powmod(canonical(base < 0n ? -base : base), canonical(exponent), canonical(modulus));
  return finite(x.negative && isOdd(y), BigInt(rest), 0);
}
