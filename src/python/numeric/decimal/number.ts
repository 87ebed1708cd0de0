/**
 * Decimal numbers, their context and how a result is made to fit it: the General
 * Decimal Arithmetic Specification 1.70 (M. Cowlishaw), with libmpdec's choices.
 *
 * Operations leave what happened in `context.status`; `settle` turns that into
 * flags and exceptions, once for each operation of a program.
 */
import { spend } from "../../budget.ts";
import { bitLength, canonical, reserve } from "../sizes.ts";

/** A finite number is (-1)^negative * digits * 10^exponent; a NaN's digits are its payload. */
export interface Decimal {
  readonly kind: "finite" | "inf" | "nan" | "snan";
  readonly negative: boolean;
  readonly digits: bigint;
  readonly exponent: number;
}

export type Rounding =
  | "ROUND_CEILING"
  | "ROUND_FLOOR"
  | "ROUND_UP"
  | "ROUND_DOWN"
  | "ROUND_HALF_UP"
  | "ROUND_HALF_DOWN"
  | "ROUND_HALF_EVEN"
  | "ROUND_05UP";

/** Flags and traps are sums of SIGNAL's numbers. */
export interface Context {
  prec: number;
  rounding: Rounding;
  emin: number;
  emax: number;
  capitals: 0 | 1;
  clamp: 0 | 1;
  flags: number;
  traps: number;
  /** What the operation under way has met: signals and conditions. */
  status: number;
}

/** Signals, in the order in which one of several becomes the exception. */
export const SIGNAL = {
  InvalidOperation: 1,
  FloatOperation: 2,
  DivisionByZero: 4,
  Overflow: 8,
  Underflow: 16,
  Subnormal: 32,
  Inexact: 64,
  Rounded: 128,
  Clamped: 256,
} as const;

/** Conditions that all are InvalidOperation. */
export const CONDITION = {
  InvalidOperation: 1,
  ConversionSyntax: 512,
  DivisionImpossible: 1024,
  DivisionUndefined: 2048,
  InvalidContext: 4096,
} as const;

export type SignalName = keyof typeof SIGNAL;

/** A trapped signal; `conditions` are the classes that the exception lists. */
export class DecimalSignal extends Error {
  readonly signal: SignalName;
  readonly conditions: readonly string[];

  constructor(signal: SignalName, conditions: readonly string[]) {
    super(`[${conditions.map((name) => `<class 'decimal.${name}'>`).join(", ")}]`);
    this.signal = signal;
    this.conditions = conditions;
  }
}

/** decimal.DefaultContext. */
export function defaultContext(): Context {
  return {
    prec: 28,
    rounding: "ROUND_HALF_EVEN",
    emin: -999999,
    emax: 999999,
    capitals: 1,
    clamp: 0,
    flags: 0,
    traps: SIGNAL.InvalidOperation | SIGNAL.DivisionByZero | SIGNAL.Overflow,
    status: 0,
  };
}

/** Ends an operation: its status becomes flags, and the first trapped signal an exception. */
export function settle<T>(context: Context, result: T): T {
  const { status } = context;
  context.status = 0;
  if (status === 0) return result;
  const signals = (status & 511) | (status >= 512 ? 1 : 0);
  context.flags |= signals;
  const trapped = signals & context.traps;
  if (trapped === 0) return result;
  const names = Object.keys(SIGNAL) as SignalName[];
  const conditions = Object.entries(CONDITION)
    .filter(([, bit]) => trapped & 1 && status & bit)
    .map(([name]) => name);
  const others = names.filter((name) => name !== "InvalidOperation" && trapped & SIGNAL[name]);
  throw new DecimalSignal(
    names.find((name) => trapped & SIGNAL[name])!,
    [...conditions, ...others],
  );
}

export function finite(negative: boolean, digits: bigint, exponent: number): Decimal {
  return { kind: "finite", negative, digits, exponent };
}

export const NAN: Decimal = { kind: "nan", negative: false, digits: 0n, exponent: 0 };

export function infinity(negative: boolean): Decimal {
  return { kind: "inf", negative, digits: 0n, exponent: 0 };
}

export function fromInt(n: bigint): Decimal {
  return finite(n < 0n, n < 0n ? -n : n, 0);
}

export function isNan(x: Decimal): boolean {
  return x.kind === "nan" || x.kind === "snan";
}

export function isZero(x: Decimal): boolean {
  return x.kind === "finite" && x.digits === 0n;
}

const powers: bigint[] = [];

/** 10 ** n. */
export function ten(n: number): bigint {
  if (n > 100) {
    reserve(n * 3.33);
    spend(Math.ceil((n / 40) ** 2 / 4) + 1);
    return 10n ** BigInt(n);
  }
  return (powers[n] ??= 10n ** BigInt(n));
}

/** How many decimal digits a coefficient has; one for zero. */
export function digitCount(n: bigint): number {
  if (n < 10n) return 1;
  const guess = Math.floor((bitLength(canonical(n)) - 1) * 0.3010299956639812);
  return n >= ten(guess + 1) ? guess + 2 : n >= ten(guess) ? guess + 1 : guess;
}

/** The exponent of the first digit. */
export function adjusted(x: Decimal): number {
  return x.kind === "finite" ? x.exponent + digitCount(x.digits) - 1 : 0;
}

/** An operation that has no result. */
export function invalid(context: Context, condition: number = CONDITION.InvalidOperation): Decimal {
  context.status |= condition;
  return NAN;
}

/** digits / 10^drop, rounded; what was lost goes to the status. */
export function roundOff(
  context: Context,
  negative: boolean,
  digits: bigint,
  drop: number,
  rounding: Rounding = context.rounding,
): bigint {
  if (drop <= 0) return digits;
  context.status |= SIGNAL.Rounded;
  const far = drop > digitCount(digits) + 1;
  const unit = far ? 0n : ten(drop);
  const quotient = far ? 0n : digits / unit;
  const rest = far ? digits : digits - quotient * unit;
  if (rest === 0n) return quotient;
  context.status |= SIGNAL.Inexact;
  const half = far ? -1 : rest * 2n < unit ? -1 : rest * 2n > unit ? 1 : 0;
  return awayFromZero(rounding, negative, quotient, half) ? quotient + 1n : quotient;
}

function awayFromZero(mode: Rounding, negative: boolean, kept: bigint, half: number): boolean {
  switch (mode) {
    case "ROUND_CEILING":
      return !negative;
    case "ROUND_FLOOR":
      return negative;
    case "ROUND_UP":
      return true;
    case "ROUND_DOWN":
      return false;
    case "ROUND_HALF_UP":
      return half >= 0;
    case "ROUND_HALF_DOWN":
      return half > 0;
    case "ROUND_05UP":
      return kept % 5n === 0n;
    default:
      return half > 0 || (half === 0 && kept % 2n === 1n);
  }
}

function overflow(context: Context, negative: boolean): Decimal {
  context.status |= SIGNAL.Overflow | SIGNAL.Inexact | SIGNAL.Rounded;
  const { rounding, prec, emax } = context;
  const down =
    rounding === "ROUND_DOWN" ||
    rounding === "ROUND_05UP" ||
    rounding === (negative ? "ROUND_CEILING" : "ROUND_FLOOR");
  return down ? finite(negative, ten(prec) - 1n, emax - prec + 1) : infinity(negative);
}

/** The number that a context has for it. */
export function fit(context: Context, x: Decimal): Decimal {
  if (x.kind !== "finite") return fitSpecial(context, x);
  const { prec, emin, emax } = context;
  const tiny = emin - prec + 1;
  const top = emax - prec + 1;
  if (x.digits === 0n) {
    const exponent = Math.min(Math.max(x.exponent, tiny), context.clamp ? top : emax);
    if (exponent === x.exponent) return x;
    context.status |= SIGNAL.Clamped;
    return finite(x.negative, 0n, exponent);
  }
  const length = digitCount(x.digits);
  const first = x.exponent + length - 1;
  if (first > emax) return overflow(context, x.negative);
  const subnormal = first < emin;
  if (subnormal) context.status |= SIGNAL.Subnormal;
  let { digits, exponent } = x;
  const least = Math.max(x.exponent + length - prec, tiny);
  if (exponent < least) {
    const before = context.status;
    context.status &= ~SIGNAL.Inexact;
    digits = roundOff(context, x.negative, digits, least - exponent);
    exponent = least;
    if (subnormal && context.status & SIGNAL.Inexact) context.status |= SIGNAL.Underflow;
    context.status |= before;
    if (digits === 0n) context.status |= SIGNAL.Clamped;
    else if (digits >= ten(prec)) {
      digits /= 10n;
      if (++exponent > top) return overflow(context, x.negative);
    }
  }
  if (context.clamp && exponent > top) {
    context.status |= SIGNAL.Clamped;
    digits *= ten(exponent - top);
    exponent = top;
  }
  return digits === x.digits && exponent === x.exponent ? x : finite(x.negative, digits, exponent);
}

function fitSpecial(context: Context, x: Decimal): Decimal {
  if (x.kind === "inf") return x;
  const most = context.prec - context.clamp;
  if (x.digits === 0n || digitCount(x.digits) <= most) return x;
  return { ...x, digits: x.digits % ten(most) };
}

/** The NaN that an operation on one of them has, if one is; signalling ones come first. */
export function propagate(
  context: Context,
  a: Decimal,
  b: Decimal = a,
  c: Decimal = a,
): Decimal | undefined {
  if (!isNan(a) && !isNan(b) && !isNan(c)) return undefined;
  const all = [a, b, c];
  const signalling = all.find((x) => x.kind === "snan");
  if (signalling !== undefined) context.status |= SIGNAL.InvalidOperation;
  return fitSpecial(context, { ...(signalling ?? all.find(isNan)!), kind: "nan" });
}

/** The same context with other settings, for work whose status the caller takes or leaves. */
export function workContext(context: Context, prec: number): Context {
  return {
    ...context,
    prec,
    rounding: "ROUND_HALF_EVEN",
    emin: -1e15,
    emax: 1e15,
    clamp: 0,
    status: 0,
  };
}
