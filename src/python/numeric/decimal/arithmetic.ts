/** Sums, products, quotients and roots of Decimals. */
import { chargeProduct } from "../sizes.ts";
import { isqrt } from "../powers.ts";
import { canonical } from "../sizes.ts";
import {
  CONDITION,
  NAN,
  SIGNAL,
  adjusted,
  digitCount,
  finite,
  fit,
  infinity,
  invalid,
  isNan,
  isZero,
  propagate,
  roundOff,
  ten,
  type Context,
  type Decimal,
  type Rounding,
} from "./number.ts";

function signed(x: Decimal): bigint {
  return x.negative ? -x.digits : x.digits;
}

function exactSum(context: Context, a: Decimal, b: Decimal): Decimal {
  const exponent = Math.min(a.exponent, b.exponent);
  const negativeZero = context.rounding === "ROUND_FLOOR";
  if (a.digits === 0n && b.digits === 0n) {
    const negative = a.negative === b.negative ? a.negative : negativeZero;
    return finite(negative, 0n, exponent);
  }
  if (a.digits === 0n) return padded(context, b, exponent);
  if (b.digits === 0n) return padded(context, a, exponent);
  const [big, small] = a.exponent >= b.exponent ? [a, b] : [b, a];
  // A number far below the other's last digit counts as one unit there, so that 1e999999 + 1 stays short.
  const length = digitCount(small.digits);
  const limit = big.exponent + Math.min(-1, digitCount(big.digits) - context.prec - 2);
  const less = length + small.exponent - 1 < limit ? finite(small.negative, 1n, limit) : small;
  const sum = signed(big) * ten(big.exponent - less.exponent) + signed(less);
  if (sum === 0n) return finite(negativeZero, 0n, exponent);
  return finite(sum < 0n, sum < 0n ? -sum : sum, less.exponent);
}

/** The same for a rest, which counts as rounded where not all zeros fit. */
function lengthened(context: Context, x: Decimal, exponent: number): Decimal {
  const longer = x.digits === 0n ? x : padded(context, x, exponent);
  if (longer.exponent > exponent) context.status |= SIGNAL.Rounded;
  return longer;
}

/** The number with zeros appended down to an exponent, as many as fit. */
function padded(context: Context, x: Decimal, exponent: number): Decimal {
  const to = Math.max(exponent, x.exponent + digitCount(x.digits) - context.prec);
  return to >= x.exponent ? x : finite(x.negative, x.digits * ten(x.exponent - to), to);
}

export function add(context: Context, a: Decimal, b: Decimal): Decimal {
  const nan = propagate(context, a, b);
  if (nan !== undefined) return nan;
  if (a.kind === "inf") {
    return b.kind === "inf" && a.negative !== b.negative ? invalid(context) : a;
  }
  return b.kind === "inf" ? b : fit(context, exactSum(context, a, b));
}

function negated(x: Decimal): Decimal {
  return { ...x, negative: !x.negative };
}

export function sub(context: Context, a: Decimal, b: Decimal): Decimal {
  return propagate(context, a, b) ?? add(context, a, negated(b));
}

/** plus(x): x rounded; -0 becomes 0 but when rounding to the floor. */
export function plus(context: Context, x: Decimal): Decimal {
  const nan = propagate(context, x);
  if (nan !== undefined) return nan;
  const positive = isZero(x) && context.rounding !== "ROUND_FLOOR";
  return fit(context, positive ? { ...x, negative: false } : x);
}

export function minus(context: Context, x: Decimal): Decimal {
  return propagate(context, x) ?? plus(context, negated(x));
}

export function abs(context: Context, x: Decimal): Decimal {
  return propagate(context, x) ?? fit(context, { ...x, negative: false });
}

function product(context: Context, a: Decimal, b: Decimal): Decimal {
  const negative = a.negative !== b.negative;
  if (a.kind === "inf" || b.kind === "inf") {
    return isZero(a) || isZero(b) ? invalid(context) : infinity(negative);
  }
  chargeProduct(canonical(a.digits), canonical(b.digits));
  return finite(negative, a.digits * b.digits, a.exponent + b.exponent);
}

export function mul(context: Context, a: Decimal, b: Decimal): Decimal {
  return propagate(context, a, b) ?? fit(context, product(context, a, b));
}

/** a * b + c, rounded once. */
export function fma(context: Context, a: Decimal, b: Decimal, c: Decimal): Decimal {
  const nan = propagate(context, a, b, c);
  if (nan !== undefined) return nan;
  const first = product(context, a, b);
  return isNan(first) ? first : add(context, first, c);
}

export function div(context: Context, a: Decimal, b: Decimal): Decimal {
  const nan = propagate(context, a, b);
  if (nan !== undefined) return nan;
  const negative = a.negative !== b.negative;
  if (a.kind === "inf") return b.kind === "inf" ? invalid(context) : infinity(negative);
  if (b.kind === "inf") {
    context.status |= SIGNAL.Clamped;
    return finite(negative, 0n, context.emin - context.prec + 1);
  }
  if (b.digits === 0n) {
    if (a.digits === 0n) return invalid(context, CONDITION.DivisionUndefined);
    context.status |= SIGNAL.DivisionByZero;
    return infinity(negative);
  }
  const ideal = a.exponent - b.exponent;
  if (a.digits === 0n) return fit(context, finite(negative, 0n, ideal));
  const shift = Math.max(0, digitCount(b.digits) - digitCount(a.digits) + context.prec + 1);
  const top = a.digits * ten(shift);
  chargeProduct(canonical(top), canonical(b.digits));
  let digits = top / b.digits;
  let exponent = ideal - shift;
  if (digits * b.digits !== top) {
    // A digit that says "more than this", whatever the rounding.
    if (digits % 5n === 0n) digits += 1n;
  } else [digits, exponent] = stripped(digits, exponent, ideal);
  return fit(context, finite(negative, digits, exponent));
}

/** Without trailing zeros, as far as an exponent. */
function stripped(digits: bigint, exponent: number, most: number): [bigint, number] {
  let [rest, at] = [digits, exponent];
  for (let step = 1 << 20; step > 0; step >>= 1) {
    while (at + step <= most && step < 2 * digitCount(rest)) {
      const unit = ten(step);
      const shorter = rest / unit;
      if (shorter * unit !== rest) break;
      [rest, at] = [shorter, at + step];
    }
  }
  return [rest, at];
}

/** The whole quotient and the rest, for finite numbers; undefined where the quotient is too long. */
function divideWhole(
  context: Context,
  a: Decimal,
  b: Decimal,
): [bigint, bigint, number] | undefined {
  const exponent = Math.min(a.exponent, b.exponent);
  if (adjusted(a) - adjusted(b) > context.prec) return undefined;
  if (adjusted(a) < adjusted(b) - 1) return [0n, a.digits, a.exponent];
  const top = a.digits * ten(a.exponent - exponent);
  const bottom = b.digits * ten(b.exponent - exponent);
  chargeProduct(canonical(top), canonical(bottom));
  const quotient = top / bottom;
  return quotient >= ten(context.prec) ? undefined : [quotient, top - quotient * bottom, exponent];
}

/** divmod(a, b): truncated quotient and a rest with the sign of a. */
export function divmod(context: Context, a: Decimal, b: Decimal): [Decimal, Decimal] {
  const nan = propagate(context, a, b);
  if (nan !== undefined) return [nan, nan];
  const negative = a.negative !== b.negative;
  if (a.kind === "inf") {
    const rest = invalid(context);
    return [b.kind === "inf" ? rest : infinity(negative), rest];
  }
  if (b.kind === "inf") return [finite(negative, 0n, 0), fit(context, a)];
  if (b.digits === 0n) {
    if (a.digits === 0n) {
      const rest = invalid(context, CONDITION.DivisionUndefined);
      return [rest, rest];
    }
    context.status |= SIGNAL.DivisionByZero | SIGNAL.InvalidOperation;
    return [infinity(negative), NAN];
  }
  const ideal = Math.min(a.exponent, b.exponent);
  if (a.digits === 0n) {
    return [finite(negative, 0n, 0), fit(context, finite(a.negative, 0n, ideal))];
  }
  const parts = divideWhole(context, a, b);
  if (parts === undefined) {
    const rest = invalid(context, CONDITION.DivisionImpossible);
    return [rest, rest];
  }
  const [quotient, rest, exponent] = parts;
  return [
    finite(negative, quotient, 0),
    fit(
      context,
      lengthened(context, finite(a.negative, rest, rest === 0n ? ideal : exponent), ideal),
    ),
  ];
}

/** a // b, truncated. */
export function divideInt(context: Context, a: Decimal, b: Decimal): Decimal {
  const nan = propagate(context, a, b);
  if (nan !== undefined) return nan;
  const negative = a.negative !== b.negative;
  if (a.kind === "inf") return b.kind === "inf" ? invalid(context) : infinity(negative);
  if (b.kind === "finite" && b.digits === 0n && a.digits !== 0n) {
    context.status |= SIGNAL.DivisionByZero;
    return infinity(negative);
  }
  const [before, result] = [context.status, divmod(context, a, b)[0]];
  context.status = before | (context.status & ~511) | (isNan(result) ? context.status & 1 : 0);
  return result;
}

/** a % b, with the sign of a. */
export function remainder(context: Context, a: Decimal, b: Decimal): Decimal {
  const nan = propagate(context, a, b);
  if (nan !== undefined) return nan;
  if (a.kind === "inf") return invalid(context);
  if (b.kind === "finite" && b.digits === 0n) {
    return invalid(
      context,
      a.digits === 0n ? CONDITION.DivisionUndefined : CONDITION.InvalidOperation,
    );
  }
  return divmod(context, a, b)[1];
}

/** a - n * b for the whole n nearest to a / b. */
export function remainderNear(context: Context, a: Decimal, b: Decimal): Decimal {
  const nan = propagate(context, a, b);
  if (nan !== undefined) return nan;
  if (a.kind === "inf") return invalid(context);
  if (b.kind === "inf") return fit(context, a);
  if (b.digits === 0n) {
    return invalid(
      context,
      a.digits === 0n ? CONDITION.DivisionUndefined : CONDITION.InvalidOperation,
    );
  }
  const ideal = Math.min(a.exponent, b.exponent);
  if (a.digits === 0n) return fit(context, finite(a.negative, 0n, ideal));
  const parts = divideWhole(context, a, b);
  if (parts === undefined) return invalid(context, CONDITION.DivisionImpossible);
  let [quotient, rest, exponent] = parts;
  if (adjusted(a) >= adjusted(b) - 2) {
    rest *= ten(exponent - ideal);
    exponent = ideal;
    const step = b.digits * ten(b.exponent - ideal);
    if (2n * rest + (quotient & 1n) > step) {
      rest -= step;
      quotient += 1n;
    }
  }
  if (quotient >= ten(context.prec)) return invalid(context, CONDITION.DivisionImpossible);
  const negative = rest < 0n ? !a.negative : a.negative;
  const result = finite(negative, rest < 0n ? -rest : rest, rest === 0n ? ideal : exponent);
  return fit(context, lengthened(context, result, ideal));
}

/** The square root, rounded half to even. */
export function sqrt(context: Context, x: Decimal): Decimal {
  const nan = propagate(context, x);
  if (nan !== undefined) return nan;
  if (isZero(x)) return fit(context, finite(x.negative, 0n, Math.floor(x.exponent / 2)));
  if (x.negative) return invalid(context);
  if (x.kind === "inf") return x;
  const prec = context.prec + 1;
  const odd = Math.abs(x.exponent % 2) === 1;
  let half = Math.floor(x.exponent / 2);
  const ideal = half;
  const digits = odd ? x.digits * 10n : x.digits;
  const shift = prec - Math.ceil(digitCount(digits) / 2);
  const unit = ten(2 * Math.abs(shift));
  const value = shift >= 0 ? digits * unit : digits / unit;
  let exact = shift >= 0 || value * unit === digits;
  half -= shift;
  let root = BigInt(isqrt(canonical(value)));
  exact &&= root * root === value;
  if (exact) {
    root = shift >= 0 ? root / ten(shift) : root * ten(-shift);
    half = ideal;
  } else if (root % 5n === 0n) root += 1n;
  const before = context.rounding;
  context.rounding = "ROUND_HALF_EVEN";
  const result = fit(context, finite(false, root, half));
  context.rounding = before;
  return result;
}

/** x with an exponent: rounded, or zeros appended. */
export function rescale(
  context: Context,
  x: Decimal,
  exponent: number,
  rounding: Rounding = context.rounding,
): Decimal {
  if (x.digits === 0n) return finite(x.negative, 0n, exponent);
  if (x.exponent >= exponent) {
    return finite(x.negative, x.digits * ten(x.exponent - exponent), exponent);
  }
  const digits = roundOff(context, x.negative, x.digits, exponent - x.exponent, rounding);
  return finite(x.negative, digits, exponent);
}

/** a with b's exponent; invalid where that does not fit. */
export function quantize(
  context: Context,
  a: Decimal,
  b: Decimal,
  rounding: Rounding = context.rounding,
): Decimal {
  const nan = propagate(context, a, b);
  if (nan !== undefined) return nan;
  if (a.kind === "inf" || b.kind === "inf") return a.kind === b.kind ? a : invalid(context);
  const { prec, emin, emax } = context;
  const { exponent } = b;
  if (exponent < emin - prec + 1 || exponent > emax) return invalid(context);
  if (a.digits === 0n) return fit(context, finite(a.negative, 0n, exponent));
  const first = adjusted(a);
  if (first > emax || first - exponent + 1 > prec) return invalid(context);
  const before = context.status;
  const result = rescale(context, a, exponent, rounding);
  if (adjusted(result) > emax || digitCount(result.digits) > prec) {
    context.status = before;
    return invalid(context);
  }
  if (result.digits !== 0n && adjusted(result) < emin) context.status |= SIGNAL.Subnormal;
  const inexact = context.status;
  const fitted = fit(context, result);
  context.status = inexact | (context.status & ~SIGNAL.Underflow);
  return fitted;
}

/** The nearest whole number; `exact` says that a loss is told. */
export function toIntegral(
  context: Context,
  x: Decimal,
  exact: boolean,
  rounding: Rounding = context.rounding,
): Decimal {
  const nan = propagate(context, x);
  if (nan !== undefined) return nan;
  if (x.kind === "inf" || x.exponent >= 0) return x;
  if (x.digits === 0n) return finite(x.negative, 0n, 0);
  const before = context.status;
  const result = rescale(context, x, 0, rounding);
  if (!exact) context.status = before;
  return result;
}

/** normalize(x): without trailing zeros. */
export function normalize(context: Context, x: Decimal): Decimal {
  const nan = propagate(context, x);
  if (nan !== undefined) return nan;
  const fitted = fit(context, x);
  if (fitted.kind === "inf") return fitted;
  if (fitted.digits === 0n) return finite(fitted.negative, 0n, 0);
  const most = context.clamp ? context.emax - context.prec + 1 : context.emax;
  const [digits, exponent] = stripped(fitted.digits, fitted.exponent, most);
  return finite(fitted.negative, digits, exponent);
}
