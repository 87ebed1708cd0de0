/** Order of Decimals, their neighbours, and the operations on their digits as such. */
import { fault } from "../../fault.ts";
import {
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
  ten,
  type Context,
  type Decimal,
} from "./number.ts";
import { add } from "./arithmetic.ts";

/** -1, 0 or 1 for numbers that are not NaN. */
export function order(a: Decimal, b: Decimal): -1 | 0 | 1 {
  const [first, second] = [rank(a), rank(b)];
  if (first !== second) return first < second ? -1 : 1;
  if (a.kind === "inf" || isZero(a)) return 0;
  const size = orderSize(a, b);
  return a.negative ? (-size as -1 | 0 | 1) : size;
}

function rank(x: Decimal): number {
  if (isZero(x)) return 0;
  return (x.kind === "inf" ? 2 : 1) * (x.negative ? -1 : 1);
}

function orderSize(a: Decimal, b: Decimal): -1 | 0 | 1 {
  const [first, second] = [adjusted(a), adjusted(b)];
  if (first !== second) return first < second ? -1 : 1;
  const exponent = Math.min(a.exponent, b.exponent);
  const [x, y] = [a, b].map((n) => n.digits * ten(n.exponent - exponent)) as [bigint, bigint];
  return x < y ? -1 : x > y ? 1 : 0;
}

/** Of `==` and the others: undefined where one is NaN, which `<` signals and `==` only where it signals itself. */
export function compareOperator(
  context: Context,
  a: Decimal,
  b: Decimal,
  equality: boolean,
): -1 | 0 | 1 | undefined {
  if (!isNan(a) && !isNan(b)) return order(a, b);
  if (!equality || a.kind === "snan" || b.kind === "snan")
    context.status |= SIGNAL.InvalidOperation;
  return undefined;
}

export function compare(context: Context, a: Decimal, b: Decimal): Decimal {
  return propagate(context, a, b) ?? small(order(a, b));
}

/** compare_signal: every NaN is invalid. */
export function compareSignal(context: Context, a: Decimal, b: Decimal): Decimal {
  const nan = propagate(context, a, b);
  if (nan !== undefined) context.status |= SIGNAL.InvalidOperation;
  return nan ?? small(order(a, b));
}

function small(n: number): Decimal {
  return finite(n < 0, BigInt(Math.abs(n)), 0);
}

/** compare_total. */
export function compareTotal(a: Decimal, b: Decimal): Decimal {
  return small(orderTotal(a, b));
}

/** compare_total_mag. */
export function compareTotalMag(a: Decimal, b: Decimal): Decimal {
  return small(orderTotal({ ...a, negative: false }, { ...b, negative: false }));
}

function orderTotal(a: Decimal, b: Decimal): number {
  if (a.negative !== b.negative) return a.negative ? -1 : 1;
  const sign = a.negative ? -1 : 1;
  const kinds = ["finite", "inf", "snan", "nan"];
  const [first, second] = [a, b].map(({ kind }) => Math.max(1, kinds.indexOf(kind))) as [
    number,
    number,
  ];
  if (first !== second) return first < second ? -sign : sign;
  if (first > 1) return a.digits === b.digits ? 0 : a.digits < b.digits ? -sign : sign;
  const order_ = order(a, b);
  if (order_ !== 0 || a.exponent === b.exponent || a.kind === "inf") return order_;
  return a.exponent < b.exponent ? -sign : sign;
}

/** max, min, max_mag and min_mag: a quiet NaN loses to a number. */
export function extreme(
  context: Context,
  a: Decimal,
  b: Decimal,
  greatest: boolean,
  magnitude: boolean,
): Decimal {
  if (isNan(a) !== isNan(b) && a.kind !== "snan" && b.kind !== "snan") {
    return fit(context, isNan(a) ? b : a);
  }
  const nan = propagate(context, a, b);
  if (nan !== undefined) return nan;
  const size = (x: Decimal): Decimal => (magnitude ? { ...x, negative: false } : x);
  const which = order(size(a), size(b)) || order(a, b) || orderTotal(a, b);
  return fit(context, which < 0 === greatest ? b : a);
}

function largest(context: Context, negative: boolean): Decimal {
  return finite(negative, ten(context.prec) - 1n, context.emax - context.prec + 1);
}

/** next_plus (up) and next_minus. */
export function next(context: Context, x: Decimal, up: boolean): Decimal {
  const nan = propagate(context, x);
  if (nan !== undefined) return nan;
  if (x.kind === "inf") return x.negative === up ? largest(context, x.negative) : x;
  const work: Context = { ...context, rounding: up ? "ROUND_CEILING" : "ROUND_FLOOR", status: 0 };
  const fitted = fit(work, x);
  if (order(fitted, x) !== 0) return fitted;
  return add(work, x, finite(!up, 1n, context.emin - context.prec));
}

/** next_toward. */
export function nextToward(context: Context, a: Decimal, b: Decimal): Decimal {
  const nan = propagate(context, a, b);
  if (nan !== undefined) return nan;
  const which = order(a, b);
  if (which === 0) return { ...a, negative: b.negative };
  const result = next(context, a, which < 0);
  if (result.kind === "inf") {
    if (a.kind !== "inf") context.status |= SIGNAL.Overflow | SIGNAL.Inexact | SIGNAL.Rounded;
  } else if (adjusted(result) < context.emin) {
    context.status |= SIGNAL.Underflow | SIGNAL.Subnormal | SIGNAL.Inexact | SIGNAL.Rounded;
    if (isZero(result)) context.status |= SIGNAL.Clamped;
  }
  return result;
}

/** logb: the exponent of the first digit. */
export function logb(context: Context, x: Decimal): Decimal {
  const nan = propagate(context, x);
  if (nan !== undefined) return nan;
  if (x.kind === "inf") return infinity(false);
  if (x.digits === 0n) {
    context.status |= SIGNAL.DivisionByZero;
    return infinity(true);
  }
  const first = adjusted(x);
  return fit(context, finite(first < 0, BigInt(Math.abs(first)), 0));
}

function wholeIn(b: Decimal, most: number): number | undefined {
  if (b.kind !== "finite" || b.exponent !== 0 || b.digits > BigInt(most)) return undefined;
  return b.negative ? -Number(b.digits) : Number(b.digits);
}

/** scaleb: a * 10^b. */
export function scaleb(context: Context, a: Decimal, b: Decimal): Decimal {
  const nan = propagate(context, a, b);
  if (nan !== undefined) return nan;
  const by = wholeIn(b, 2 * (context.emax + context.prec));
  if (by === undefined) return invalid(context);
  return a.kind === "inf" ? a : fit(context, { ...a, exponent: a.exponent + by });
}

/** shift (zeros come in) and rotate, within the precision. */
export function move(context: Context, a: Decimal, b: Decimal, rotate: boolean): Decimal {
  const nan = propagate(context, a, b);
  if (nan !== undefined) return nan;
  const { prec } = context;
  const by = wholeIn(b, prec);
  if (by === undefined) return invalid(context);
  if (a.kind === "inf") return a;
  const kept = a.digits % ten(prec);
  const left = rotate && by < 0 ? by + prec : by;
  if (left < 0) return { ...a, digits: kept / ten(-left) };
  const moved = kept * ten(left);
  const low = moved % ten(prec);
  return { ...a, digits: rotate ? low + moved / ten(prec) : low };
}

function bits(context: Context, x: Decimal): string | undefined {
  if (x.kind !== "finite" || x.negative || x.exponent !== 0) return undefined;
  const text = x.digits.toString();
  return /^[01]*$/.test(text) ? text.slice(-context.prec) : undefined;
}

/** logical_and, logical_or, logical_xor, and logical_invert as an xor with ones. */
export function logical(
  context: Context,
  a: Decimal,
  b: Decimal,
  operator: "and" | "or" | "xor",
): Decimal {
  const [x, y] = [bits(context, a), bits(context, b)];
  if (x === undefined || y === undefined) return invalid(context);
  const size = Math.max(x.length, y.length);
  const [one, two] = [x.padStart(size, "0"), y.padStart(size, "0")];
  let text = "";
  for (let i = 0; i < size; i++) {
    const both = (one[i] === "1" ? 1 : 0) + (two[i] === "1" ? 1 : 0);
    text += both === 2 ? (operator === "xor" ? 0 : 1) : both === 1 && operator !== "and" ? 1 : 0;
  }
  return finite(false, BigInt(text), 0);
}

/** logical_invert. */
export function logicalInvert(context: Context, x: Decimal): Decimal {
  return logical(context, x, finite(false, (ten(context.prec) - 1n) / 9n, 0), "xor");
}

/** number_class. */
export function numberClass(context: Context, x: Decimal): string {
  if (x.kind === "snan") return "sNaN";
  if (x.kind === "nan") return "NaN";
  const sign = x.negative ? "-" : "+";
  if (x.kind === "inf") return `${sign}Infinity`;
  if (x.digits === 0n) return `${sign}Zero`;
  return adjusted(x) < context.emin ? `${sign}Subnormal` : `${sign}Normal`;
}

/** same_quantum. */
export function sameQuantum(a: Decimal, b: Decimal): boolean {
  if (a.kind !== "finite" || b.kind !== "finite") {
    return (isNan(a) && isNan(b)) || (a.kind === "inf" && b.kind === "inf");
  }
  return a.exponent === b.exponent;
}

/** int(x): towards zero. */
export function toBigInt(x: Decimal): bigint {
  if (isNan(x)) fault("ValueError", "cannot convert NaN to integer");
  if (x.kind === "inf") fault("OverflowError", "cannot convert Infinity to integer");
  const size =
    x.exponent >= 0
      ? x.digits * ten(x.exponent)
      : -x.exponent > digitCount(x.digits)
        ? 0n
        : x.digits / ten(-x.exponent);
  return x.negative ? -size : size;
}

/** as_integer_ratio(x), not yet in lowest terms. */
export function ratioOf(x: Decimal): [bigint, bigint] {
  if (isNan(x)) fault("ValueError", "cannot convert NaN to integer ratio");
  if (x.kind === "inf") fault("OverflowError", "cannot convert Infinity to integer ratio");
  const digits = x.negative ? -x.digits : x.digits;
  return x.exponent >= 0 ? [digits * ten(x.exponent), 1n] : [digits, ten(-x.exponent)];
}
