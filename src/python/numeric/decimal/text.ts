/** Decimals as text and back: str, engineering notation, format(). */
import { spend } from "../../budget.ts";
import { fault } from "../../fault.ts";
import { floatRepr } from "../floats.ts";
import { integerRatio } from "../rounding.ts";
import { reserve } from "../sizes.ts";
import { rescale } from "./arithmetic.ts";
import {
  CONDITION,
  digitCount,
  finite,
  fit,
  infinity,
  invalid,
  roundOff,
  type Context,
  type Decimal,
} from "./number.ts";

const SPECIAL = /^(?:(inf(?:inity)?)|(s?nan)(\d*))$/i;

/** A number's text, or undefined; blanks around it and underscores are passed over, digits are ASCII. */
export function parseDecimal(text: string): Decimal | undefined {
  spend(text.length + Math.ceil((text.length / 64) ** 2));
  const bare = text.trim().replaceAll("_", "");
  const negative = bare.startsWith("-");
  const body = negative || bare.startsWith("+") ? bare.slice(1) : bare;
  const special = SPECIAL.exec(body);
  if (special !== null) {
    if (special[1] !== undefined) return infinity(negative);
    const kind = special[2]!.length === 4 ? "snan" : "nan";
    return { kind, negative, digits: BigInt(special[3] || "0"), exponent: 0 };
  }
  const split = body.search(/[eE]/);
  const mantissa = split < 0 ? body : body.slice(0, split);
  const power = split < 0 ? "0" : body.slice(split + 1);
  const point = mantissa.indexOf(".");
  const whole = point < 0 ? mantissa : mantissa.slice(0, point);
  const fraction = point < 0 ? "" : mantissa.slice(point + 1);
  if (!/^\d*$/.test(whole) || !/^\d*$/.test(fraction) || whole.length + fraction.length === 0) {
    return undefined;
  }
  if (!/^[+-]?\d+$/.test(power)) return undefined;
  const exponent = Math.min(Math.max(Number(power), -4e15), 4e15) - fraction.length;
  reserve((whole.length + fraction.length) * 4);
  return finite(negative, BigInt(whole + fraction), exponent);
}

/** Decimal(text): exact; a malformed text is invalid. */
export function fromText(context: Context, text: string): Decimal {
  return parseDecimal(text) ?? invalid(context, CONDITION.ConversionSyntax);
}

/** context.create_decimal(text). */
export function createDecimal(context: Context, text: string): Decimal {
  const x = /[\s_]/.test(text) ? undefined : parseDecimal(text);
  if (x === undefined) return invalid(context, CONDITION.ConversionSyntax);
  if (x.kind.endsWith("nan") && digitCount(x.digits) > context.prec - context.clamp) {
    return invalid(context, CONDITION.ConversionSyntax);
  }
  return fit(context, x);
}

/** Decimal.from_float(x): exact. */
export function fromFloat(x: number): Decimal {
  if (x - x !== 0) {
    return Number.isNaN(x)
      ? { kind: "nan", negative: false, digits: 0n, exponent: 0 }
      : infinity(x < 0);
  }
  const negative = floatRepr(x).startsWith("-");
  const [top, bottom] = integerRatio(Math.abs(x));
  const places = BigInt(bottom).toString(2).length - 1;
  return finite(negative, BigInt(top) * 5n ** BigInt(places), -places);
}

function special(x: Decimal): string {
  const sign = x.negative ? "-" : "";
  if (x.kind === "inf") return `${sign}Infinity`;
  return `${sign}${x.kind === "nan" ? "NaN" : "sNaN"}${x.digits === 0n ? "" : x.digits}`;
}

/** str(x), or to_eng_string. */
export function decimalText(x: Decimal, capitals: 0 | 1 = 1, engineering = false): string {
  if (x.kind !== "finite") return special(x);
  spend(1 + (digitCount(x.digits) >> 4) ** 2);
  const digits = x.digits.toString();
  const left = x.exponent + digits.length;
  let point = left;
  if (x.exponent > 0 || left <= -6) {
    if (!engineering) point = 1;
    else if (x.digits === 0n) point = ((((left + 1) % 3) + 3) % 3) - 1;
    else point = ((((left - 1) % 3) + 3) % 3) + 1;
  }
  return (x.negative ? "-" : "") + place(digits, point) + power(left - point, capitals === 1);
}

function place(digits: string, point: number): string {
  if (point <= 0) return `0.${"0".repeat(-point)}${digits}`;
  if (point >= digits.length) return digits + "0".repeat(point - digits.length);
  return `${digits.slice(0, point)}.${digits.slice(point)}`;
}

function power(exponent: number, capital: boolean): string {
  return exponent === 0 ? "" : `${capital ? "E" : "e"}${exponent < 0 ? "" : "+"}${exponent}`;
}

const SPEC = /^(?:(.)?([<>=^]))?([-+ ])?(z)?(0)?(\d+)?([,])?(?:\.(\d+))?([eEfFgGn%])?$/su;

/** format(x, spec). */
export function formatDecimal(context: Context, x: Decimal, spec: string): string {
  const match = SPEC.exec(spec);
  if (match === null) fault("ValueError", "invalid format string");
  const [, filler, alignment, sign = "-", zero, padding, width = "0", comma, precision, type] =
    match;
  if (padding !== undefined && alignment !== undefined) {
    fault("ValueError", "invalid format string");
  }
  const zeros = padding !== undefined;
  const fill = zeros ? "0" : (filler ?? " ");
  const align = alignment ?? (zeros ? "=" : ">");
  reserve(Number(width) * 8);
  spend(Number(width));
  let text: string;
  let negative = x.negative;
  if (x.kind === "finite") {
    const shaped = shape(context, x, type, precision === undefined ? undefined : Number(precision));
    if (zero !== undefined && /^[0.]*(?:%|[eE][-+]\d+)?$/.test(shaped)) negative = false;
    text = shaped;
  } else text = special({ ...x, negative: false }) + (type === "%" ? "%" : "");
  const before = negative ? "-" : sign === "-" ? "" : sign;
  const [whole, rest] = splitWhole(text);
  const grouped =
    comma === undefined || x.kind !== "finite"
      ? whole + rest
      : group(whole, zeros ? Number(width) - before.length - rest.length : 0) + rest;
  const missing = Number(width) - before.length - Array.from(grouped).length;
  if (missing <= 0) return before + grouped;
  if (align === "=") return before + fill.repeat(missing) + grouped;
  const left = align === ">" ? missing : align === "<" ? 0 : missing >> 1;
  return fill.repeat(left) + before + grouped + fill.repeat(missing - left);
}

function splitWhole(text: string): [string, string] {
  let end = 0;
  while (end < text.length && text.charCodeAt(end) >= 48 && text.charCodeAt(end) <= 57) end++;
  return [text.slice(0, end), text.slice(end)];
}

/** Commas between thousands; zeros in front fill a width. */
function group(whole: string, width: number): string {
  let digits = whole;
  while (digits.length + Math.floor((digits.length - 1) / 3) < width) digits = `0${digits}`;
  const parts: string[] = [];
  for (let end = digits.length; end > 0; end -= 3)
    parts.unshift(digits.slice(Math.max(0, end - 3), end));
  return parts.join(",");
}

/** The text of |x| for a presentation type. */
function shape(context: Context, x: Decimal, type: string | undefined, precision?: number): string {
  const kind = type === undefined ? "g" : type === "n" ? "g" : type.toLowerCase();
  const capital = type === undefined ? context.capitals === 1 : type === type.toUpperCase();
  let value: Decimal = { ...x, negative: x.negative };
  if (kind === "%") value = { ...value, exponent: value.exponent + 2 };
  if (precision !== undefined) {
    reserve(precision * 4);
    const work: Context = { ...context, status: 0 };
    if (kind === "e") value = toLength(work, value, precision + 1);
    else if (kind === "g") {
      if (digitCount(value.digits) > Math.max(1, precision)) {
        value = toLength(work, value, Math.max(1, precision));
      }
    } else value = rescale(work, value, -precision);
  }
  if (value.digits === 0n && value.exponent > 0 && "f%".includes(kind)) {
    value = rescale({ ...context }, value, 0);
  }
  const digits = value.digits.toString();
  const left = value.exponent + digits.length;
  let point = left;
  if (kind === "e") {
    point = value.digits === 0n && precision !== undefined ? 1 - precision : 1;
    if (value.digits === 0n && precision !== undefined) {
      const body = precision > 0 ? `0.${"0".repeat(precision)}` : "0";
      return `${body}${capital ? "E" : "e"}${sign(value.exponent + precision)}`;
    }
    return place(digits, 1) + (capital ? "E" : "e") + sign(left - 1);
  }
  if (kind === "g" && (value.exponent > 0 || left <= -6)) point = 1;
  return place(digits, point) + power(left - point, capital) + (kind === "%" ? "%" : "");
}

function sign(exponent: number): string {
  return exponent < 0 ? String(exponent) : `+${exponent}`;
}

/** Rounded, or with zeros, to so many digits. */
function toLength(context: Context, x: Decimal, places: number): Decimal {
  if (x.digits === 0n) return x;
  const drop = digitCount(x.digits) - places;
  if (drop <= 0) return rescale(context, x, x.exponent + drop);
  const digits = roundOff(context, x.negative, x.digits, drop);
  return digitCount(digits) > places
    ? finite(x.negative, digits / 10n, x.exponent + drop + 1)
    : finite(x.negative, digits, x.exponent + drop);
}
