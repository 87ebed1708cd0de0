/** `format(value, spec)` of str, int, float and complex, and the texts of floats that it shares with `%`. */
import { spend } from "../budget.ts";
import { fault } from "../fault.ts";
import { type Digits, fixed, shortest, significant } from "./floats.ts";
import { type Int, integerText } from "./integers.ts";
import { parseSpec, type Spec, unknownCode } from "./spec.ts";
import { chr, concatAll, repeat, room, type Str, sizeOf, slice } from "./wide.ts";

/** More significant digits than any float has. */
const MOST_DIGITS = 1100;
/** The largest precision: C's `INT_MAX`. */
const MOST_PRECISION = 0x7fffffff;

/** `format(text, spec)`. */
export function formatStr(text: Str, specText: Str, typeName = "str"): Str {
  if (specText === "") return text;
  const spec = parseSpec(specText, "<", typeName);
  if (spec.type !== "" && spec.type !== "s") unknownCode(spec.type, typeName);
  const refuse = (what: string): never => fault("ValueError", `${what} string format specifier`);
  if (spec.sign === " ") refuse("Space not allowed in");
  if (spec.sign !== "") refuse("Sign not allowed in");
  if (spec.noNegativeZero) refuse("Negative zero coercion (z) not allowed in");
  if (spec.alternate) refuse("Alternate form (#) not allowed in");
  if (spec.align === "=") refuse("'=' alignment not allowed in");
  const cut =
    spec.precision >= 0 && spec.precision < sizeOf(text) ? slice(text, 0, spec.precision) : text;
  return aligned(cut, spec);
}

function aligned(text: Str, { width, align, fill }: Spec): Str {
  const gap = width - sizeOf(text);
  if (gap <= 0) return text;
  room(width);
  const left = align === "<" ? 0 : align === "^" ? Math.floor(gap / 2) : gap;
  if (typeof text === "string" && typeof fill === "string") {
    return fill.repeat(left) + text + fill.repeat(gap - left);
  }
  return concatAll([repeat(fill, left), text, repeat(fill, gap - left)]);
}

/** A number taken apart: what the layout puts signs, zeros and separators between. */
interface NumberParts {
  negative: boolean;
  /** `0x` and the like. */
  prefix: string;
  /** Before the point. */
  digits: string;
  /** From the point on; all of what has no digits. */
  rest: Str;
}

function layout(parts: NumberParts, spec: Spec): Str {
  const { negative, prefix, digits, rest } = parts;
  const sign = negative ? "-" : spec.sign === "+" || spec.sign === " " ? spec.sign : "";
  const others = sign.length + prefix.length + sizeOf(rest);
  const zeros = spec.fill === "0" && spec.align === "=" ? spec.width - others : 0;
  const body = digits === "" ? "" : grouped(digits, zeros, spec);
  const gap = spec.width - others - body.length;
  if (gap <= 0 || spec.align !== "=") {
    const whole =
      typeof rest === "string"
        ? sign + prefix + body + rest
        : concatAll([sign, prefix, body, rest]);
    return aligned(whole, spec);
  }
  room(spec.width);
  return concatAll([sign, prefix, repeat(spec.fill, gap), body, rest]);
}

/** Digits with separators, filled with zeros up to a width; a separator is never first. */
function grouped(digits: string, width: number, { grouping, type }: Spec): string {
  if (grouping === "") {
    if (width <= digits.length) return digits;
    room(width);
    return digits.padStart(width, "0");
  }
  const group = grouping === "_" && "boxX".includes(type || "d") ? 4 : 3;
  // As many digits as reach the width; where a separator would come first, one more.
  const fitting = width - Math.floor(width / (group + 1)) + (width % (group + 1) === 0 ? 1 : 0);
  const count = Math.max(digits.length, fitting);
  if (count <= group) return digits.padStart(count, "0");
  room(count * 2);
  spend(count);
  const all = digits.padStart(count, "0");
  const first = count % group || group;
  const pieces = [all.slice(0, first)];
  for (let at = first; at < count; at += group) pieces.push(all.slice(at, at + group));
  return pieces.join(grouping);
}

/** `format(value, spec)` of an int. */
export function formatInt(value: Int, specText: Str, typeName = "int"): Str {
  if (specText === "") return integerText(value);
  const spec = parseSpec(specText, ">", typeName);
  const { type } = spec;
  if (type !== "" && "eEfFgG%".includes(type)) return formatParsedFloat(toFloat(value), spec);
  if (type !== "" && !"bcdoxXn".includes(type)) unknownCode(type, typeName);
  if (spec.precision >= 0) {
    fault("ValueError", "Precision not allowed in integer format specifier");
  }
  if (spec.noNegativeZero) {
    fault("ValueError", "Negative zero coercion (z) not allowed in integer format specifier");
  }
  if (type === "c") return formatCharacter(value, spec);
  const base = type === "b" ? 2 : type === "o" ? 8 : type === "x" || type === "X" ? 16 : 10;
  const text = integerText(value, base);
  const negative = value < 0;
  const digits = negative ? text.slice(1) : text;
  const prefix = spec.alternate && base !== 10 ? `0${type}` : "";
  const shown = type === "X" ? digits.toUpperCase() : digits;
  return layout({ negative, prefix, digits: shown, rest: "" }, spec);
}

function formatCharacter(value: Int, spec: Spec): Str {
  if (spec.sign !== "") fault("ValueError", "Sign not allowed with integer format specifier 'c'");
  if (spec.alternate) {
    fault("ValueError", "Alternate form (#) not allowed with integer format specifier 'c'");
  }
  if (value >= 2n ** 63n || value < -(2n ** 63n)) {
    fault("OverflowError", "Python int too large to convert to C long");
  }
  if (value < 0 || value > 0x10ffff) fault("OverflowError", "%c arg not in range(0x110000)");
  return layout({ negative: false, prefix: "", digits: "", rest: chr(Number(value)) }, spec);
}

/** The float nearest to an int; `OverflowError` where there is none. */
export function toFloat(value: Int): number {
  const float = Number(value);
  if (!Number.isFinite(float)) fault("OverflowError", "int too large to convert to float");
  return float;
}

/** `format(value, spec)` of a float; an empty spec is `str(value)`. */
export function formatFloat(value: number, specText: Str, typeName = "float"): Str {
  const spec = parseSpec(specText, ">", typeName);
  if (spec.type !== "" && !"eEfFgGn%".includes(spec.type)) unknownCode(spec.type, typeName);
  return formatParsedFloat(value, spec);
}

function formatParsedFloat(value: number, spec: Spec): Str {
  if (spec.isPlain && spec.type === "f" && Number.isFinite(value)) {
    const text = fixed(Math.abs(value), spec.precision);
    return value < 0 || Object.is(value, -0) ? `-${text}` : text;
  }
  return layout(floatParts(value, spec, spec.type === ""), spec);
}

function floatParts(value: number, spec: Spec, hasPoint: boolean): NumberParts {
  if (spec.precision > MOST_PRECISION) fault("ValueError", "precision too big");
  const isPercent = spec.type === "%";
  let code = spec.type === "" ? "r" : spec.type === "n" ? "g" : isPercent ? "f" : spec.type;
  let { precision } = spec;
  if (precision < 0) precision = code === "r" ? 0 : 6;
  else if (code === "r") code = "g";
  const text = floatText(isPercent ? value * 100 : value, code, precision, {
    alternate: spec.alternate,
    hasPoint,
    noNegativeZero: spec.noNegativeZero,
  });
  const negative = text.startsWith("-");
  const body = isPercent ? `${text}%` : text;
  let start = negative ? 1 : 0;
  const from = start;
  while (body.charCodeAt(start) >= 48 && body.charCodeAt(start) <= 57) start++;
  return { negative, prefix: "", digits: body.slice(from, start), rest: body.slice(start) };
}

/** What changes a float's text. */
interface FloatFlags {
  /** `#`: keeps the point, and the zeros of `g`. */
  alternate?: boolean;
  /** At least one digit behind the point where there is no exponent. */
  hasPoint?: boolean;
  /** No sign where all digits are zero. */
  noNegativeZero?: boolean;
}

/**
 * A float's text, as CPython's `PyOS_double_to_string`.
 * @param code `e`, `f`, `g`, capitals of these, or `r` for the fewest digits
 */
export function floatText(
  value: number,
  code: string,
  precision: number,
  flags: FloatFlags = {},
): string {
  const { alternate = false, hasPoint = false, noNegativeZero = false } = flags;
  const lower = code.toLowerCase();
  let negative = value < 0 || Object.is(value, -0);
  let body: string;
  if (value !== value) body = "nan";
  else if (Math.abs(value) === Infinity) body = "inf";
  else {
    if (precision > 64) room(precision);
    const size = Math.abs(value);
    body =
      lower === "f"
        ? fixed(size, precision) + (alternate && precision === 0 ? "." : "")
        : placed(size, lower, precision, alternate, hasPoint);
    if (noNegativeZero && negative && !/[1-9]/.test(body.split("e", 1)[0]!)) negative = false;
  }
  const text = negative ? `-${body}` : body;
  return code === lower ? text : text.toUpperCase();
}

function placed(
  size: number,
  code: string,
  precision: number,
  alternate: boolean,
  hasPoint: boolean,
): string {
  const wanted = code === "e" ? precision + 1 : Math.max(1, precision);
  const found = code === "r" ? shortest(size) : significant(size, Math.min(wanted, MOST_DIGITS));
  const { digits, point } = withoutZeros(found);
  let places = digits.length;
  let isExponential = code === "e";
  if (code === "e") places = wanted;
  else if (code === "r") isExponential = point <= -4 || point > 16;
  else {
    isExponential = point <= -4 || point > wanted - (hasPoint ? 1 : 0);
    if (alternate) places = wanted;
  }
  const before = isExponential ? 1 : point;
  const whole = !isExponential && hasPoint ? before + 1 : before;
  const end = Math.max(places, whole);
  const front = before <= 0 ? "0".repeat(1 - before) : "";
  const all = front + digits.padEnd(end, "0");
  const split = front.length + before;
  const fraction = all.slice(split);
  let text = all.slice(0, split);
  if (fraction !== "" || alternate) text += `.${fraction}`;
  if (!isExponential) return text;
  const exponent = point - 1;
  const shown = String(Math.abs(exponent)).padStart(2, "0");
  return `${text}e${exponent < 0 ? "-" : "+"}${shown}`;
}

function withoutZeros({ digits, point }: Digits): Digits {
  let end = digits.length;
  while (end > 1 && digits.charCodeAt(end - 1) === 48) end--;
  return { digits: digits.slice(0, end), point };
}

/** `format(complex(real, imaginary), spec)`; an empty spec is `str`. */
export function formatComplex(
  real: number,
  imaginary: number,
  specText: Str,
  typeName = "complex",
): Str {
  const spec = parseSpec(specText, ">", typeName);
  const { type } = spec;
  if (type !== "" && !"eEfFgGn".includes(type)) unknownCode(type, typeName);
  if (spec.precision > MOST_PRECISION) fault("ValueError", "precision too big");
  if (spec.fill === "0") {
    fault("ValueError", "Zero padding is not allowed in complex format specifier");
  }
  if (spec.align === "=") {
    fault("ValueError", "'=' alignment flag is not allowed in complex format specifier");
  }
  const onlyImaginary = type === "" && Object.is(real, 0);
  const inner: Spec = { ...spec, fill: "", align: "<", width: -1 };
  const signed: Spec = onlyImaginary ? inner : { ...inner, sign: "+" };
  const second = layout(floatParts(imaginary, spec, false), signed);
  if (onlyImaginary) return aligned(concatAll([second, "j"]), spec);
  const first = layout(floatParts(real, spec, false), inner);
  const both = type === "" ? ["(", first, second, "j)"] : [first, second, "j"];
  return aligned(concatAll(both), spec);
}

/** `repr` of a complex number. */
export function reprComplex(real: number, imaginary: number): string {
  return formatComplex(real, imaginary, "") as string;
}
