/** Text of integers, and integers of text. */
import { spend } from "../budget.ts";
import { fault } from "../fault.ts";
import { reprBytes, reprStr } from "./quote.ts";
import { decimalValue, isSpace } from "./unicode.ts";
import { room, type Str, sizeOf, slice, toPoints } from "./wide.ts";

/** A Python int: a number up to 2**53 - 1, a bigint beyond, and only there. */
export type Int = number | bigint;

/** As many decimal digits may be read or written unless a program asks for more. */
export const DIGIT_LIMIT = 4300;

const PREFIX: Readonly<Record<number, string>> = { 2: "b", 8: "o", 16: "x" };
/** Bits that a bigint works with at once. */
const LIMB = 64;

/** The int of a bigint, in its one form. */
export function canonical(value: bigint): Int {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/** Charges what grows with the square of a big number's size: `bits` long, once across. */
function spendSquare(bits: number): void {
  const limbs = bits / LIMB;
  spend(Math.ceil(limbs * limbs + limbs));
}

/**
 * The digits of an int in a base of 2 to 36, with `-` in front of negative ones.
 * @param limit the most digits where the base is no power of two; 0 is no limit
 */
export function integerText(value: Int, base = 10, limit: number = DIGIT_LIMIT): string {
  if (typeof value === "number") return base === 10 ? `${value}` : value.toString(base);
  if ((base & (base - 1)) === 0) {
    const hex = value.toString(16);
    room(hex.length * 5);
    spend(hex.length);
    return base === 16 ? hex : value.toString(base);
  }
  const bits = value.toString(16).length * 4;
  if (bits > 1024) {
    const most = Math.max(limit, 640);
    if (limit > 0 && bits * 0.302 > most * 1.01 + 8) tooManyToWrite(limit);
    spendSquare(bits);
  }
  const text = value.toString(base);
  if (limit > 0 && text.length - (value < 0n ? 1 : 0) > limit) tooManyToWrite(limit);
  return text;
}

function tooManyToWrite(limit: number): never {
  return fault(
    "ValueError",
    `Exceeds the limit (${limit} digits) for integer string conversion; use sys.set_int_max_str_digits() to increase the limit`,
  );
}

/** ASCII of what numbers are written with: any decimal digit, any white space; `?` for all else. */
export function asciiOfNumber(text: Str): string {
  if (typeof text === "string" && isAscii(text)) return text;
  spend(sizeOf(text));
  let ascii = "";
  for (const point of toPoints(text)) {
    if (point < 128) ascii += String.fromCharCode(point);
    else if (isSpace(point)) ascii += " ";
    else {
      const digit = decimalValue(point);
      ascii += digit < 0 ? "?" : String(digit);
    }
  }
  return ascii;
}

function isAscii(text: string): boolean {
  return !/[^\0-\x7f]/.test(text);
}

/** Where the text begins and ends without ASCII white space. */
export function trimmed(text: string): [start: number, end: number] {
  let start = 0;
  let end = text.length;
  while (start < end && isAsciiSpace(text.charCodeAt(start))) start++;
  while (end > start && isAsciiSpace(text.charCodeAt(end - 1))) end--;
  return [start, end];
}

function isAsciiSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13);
}

/** `int(text, base)`. */
export function integerFromText(text: Str, base = 10, limit: number = DIGIT_LIMIT): Int {
  const quick = base === 10 && typeof text === "string" ? fewDigits(text) : -1;
  if (quick >= 0) return quick;
  checkBase(base);
  spend(sizeOf(text) >>> 3);
  return parse(asciiOfNumber(text), base, limit) ?? notAnInteger(base, reprStr(text));
}

/** The value of one to fifteen digits, or -1 for any other text. */
function fewDigits(text: string): number {
  const size = text.length;
  if (size === 0 || size > 15) return -1;
  let value = 0;
  for (let i = 0; i < size; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  return value;
}

/** `int(bytes, base)`. */
export function integerFromBytes(bytes: Uint8Array, base = 10, limit: number = DIGIT_LIMIT): Int {
  checkBase(base);
  spend(bytes.length);
  let ascii = "";
  for (const byte of bytes) ascii += String.fromCharCode(byte);
  return parse(ascii, base, limit) ?? notAnInteger(base, reprBytes(bytes));
}

function checkBase(base: number): void {
  if (base !== 0 && !(base >= 2 && base <= 36)) {
    fault("ValueError", "int() base must be >= 2 and <= 36, or 0");
  }
}

function notAnInteger(base: number, repr: Str): never {
  const shown = slice(repr, 0, 200);
  return fault("ValueError", `invalid literal for int() with base ${base}: ${String(shown)}`);
}

/** The value of one digit, or 36 and more. */
function digitValue(code: number): number {
  if (code >= 48 && code <= 57) return code - 48;
  const letter = code | 32;
  return letter >= 97 && letter <= 122 && code > 64 ? letter - 87 : 99;
}

function parse(text: string, wanted: number, limit: number): Int | undefined {
  let [at, end] = trimmed(text);
  const sign = text.charCodeAt(at);
  const negative = sign === 45;
  if (at < end && (negative || sign === 43)) at++;
  let base = wanted;
  if (text.charCodeAt(at) === 48 && at + 1 < end) {
    const letter = text.charAt(at + 1).toLowerCase();
    const named = letter === "x" ? 16 : letter === "o" ? 8 : letter === "b" ? 2 : 0;
    if (named !== 0 && (base === 0 || base === named)) {
      base = named;
      at += 2;
      if (text.charCodeAt(at) === 95) at++;
    } else if (base === 0) base = -10;
  } else if (base === 0) base = 10;
  // In base 0 nothing but zeros may follow a zero.
  const zerosOnly = base === -10;
  if (zerosOnly) base = 10;
  if (base === 0) base = 10;
  let value = 0;
  let digits = 0;
  let hasUnderscore = false;
  let before = 95;
  for (let i = at; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code === 95) {
      if (before === 95) return undefined;
      hasUnderscore = true;
    } else {
      const digit = digitValue(code);
      if (digit >= base || (zerosOnly && digit > 0)) return undefined;
      value = value * base + digit;
      digits++;
    }
    before = code;
  }
  if (before === 95) return undefined;
  const power = (base & (base - 1)) === 0;
  if (!power && limit > 0 && digits > limit) tooManyToRead(limit, digits);
  if (value <= Number.MAX_SAFE_INTEGER) return negative && value !== 0 ? -value : value;
  const body = hasUnderscore ? text.slice(at, end).replaceAll("_", "") : text.slice(at, end);
  const big = bigOf(body, base);
  return canonical(negative ? -big : big);
}

function tooManyToRead(limit: number, digits: number): never {
  return fault(
    "ValueError",
    `Exceeds the limit (${limit} digits) for integer string conversion: value has ${digits} digits; use sys.set_int_max_str_digits() to increase the limit`,
  );
}

function bigOf(digits: string, base: number): bigint {
  room(digits.length);
  const prefix = PREFIX[base];
  if (prefix !== undefined) return BigInt(`0${prefix}${digits}`);
  spendSquare(digits.length * Math.log2(base));
  if (base === 10) return BigInt(digits);
  return joined(digits, base);
}

/** Halves until a half is exact as a number. */
function joined(digits: string, base: number): bigint {
  if (digits.length <= 10) return BigInt(Number.parseInt(digits, base));
  const low = digits.length >>> 1;
  const high = joined(digits.slice(0, digits.length - low), base);
  return high * BigInt(base) ** BigInt(low) + joined(digits.slice(-low), base);
}
