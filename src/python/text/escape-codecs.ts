/** The codecs `unicode_escape` and `raw_unicode_escape`: Python's escapes, as bytes. */
import { allocate, spend } from "../budget.ts";
import { lookup } from "./names.ts";
import { pointAt, sizeOf } from "./wide.ts";

/** What one broken place becomes, and where reading goes on. */
export type Repair = (start: number, end: number, reason: string) => number;

const PLAIN: Readonly<Record<string, number>> = {
  "\\": 92,
  "'": 39,
  '"': 34,
  a: 7,
  b: 8,
  f: 12,
  n: 10,
  r: 13,
  t: 9,
  v: 11,
};
const WIDTHS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };
const LAST = 0x10ffff;

function hexValue(byte: number | undefined): number {
  if (byte === undefined) return -1;
  if (byte >= 48 && byte <= 57) return byte - 48;
  const letter = byte | 32;
  return letter >= 97 && letter <= 102 ? letter - 87 : -1;
}

/** Reads hexadecimal digits; where there are too few, `undefined` and where they end. */
function hexNumber(bytes: Uint8Array, from: number, width: number): [number | undefined, number] {
  let value = 0;
  for (let i = 0; i < width; i++) {
    const digit = hexValue(bytes[from + i]);
    if (digit < 0) return [undefined, from + i];
    value = value * 16 + digit;
  }
  return [value, from + width];
}

/** Reads escapes; `raw` ones are `\u` and `\U` alone. */
export function decodeEscapes(
  bytes: Uint8Array,
  raw: boolean,
  points: number[],
  repair: Repair,
): void {
  const size = bytes.length;
  for (let at = 0; at < size;) {
    const byte = bytes[at]!;
    if (byte !== 92) {
      points.push(byte);
      at++;
      continue;
    }
    if (at + 1 === size) {
      if (!raw) at = repair(at, size, "\\ at end of string");
      else points.push(bytes[at++]!);
      continue;
    }
    const letter = String.fromCharCode(bytes[at + 1]!);
    const width = raw && letter === "x" ? undefined : WIDTHS[letter];
    if (width !== undefined) at = numbered(bytes, at, letter, width, raw, points, repair);
    else if (raw) {
      points.push(byte, bytes[at + 1]!);
      at += 2;
    } else at = simple(bytes, at, letter, points, repair);
  }
}

function numbered(
  bytes: Uint8Array,
  at: number,
  letter: string,
  width: number,
  raw: boolean,
  points: number[],
  repair: Repair,
): number {
  const [value, end] = hexNumber(bytes, at + 2, width);
  if (value === undefined) {
    return repair(at, end, `truncated \\${letter}${"X".repeat(width)} escape`);
  }
  if (value > LAST) {
    return repair(at, end, raw ? "\\Uxxxxxxxx out of range" : "illegal Unicode character");
  }
  points.push(value);
  return end;
}

function simple(
  bytes: Uint8Array,
  at: number,
  letter: string,
  points: number[],
  repair: Repair,
): number {
  if (letter === "\n") return at + 2;
  const plain = PLAIN[letter];
  if (plain !== undefined) {
    points.push(plain);
    return at + 2;
  }
  if (/[0-7]/.test(letter)) {
    let value = 0;
    let end = at + 1;
    while (end < at + 4 && bytes[end]! >= 48 && bytes[end]! <= 55)
      value = value * 8 + bytes[end++]! - 48;
    points.push(value);
    return end;
  }
  if (letter === "N") return named(bytes, at, points, repair);
  points.push(92, bytes[at + 1]!);
  return at + 2;
}

function named(bytes: Uint8Array, at: number, points: number[], repair: Repair): number {
  const malformed = "malformed \\N character escape";
  if (bytes[at + 2] !== 123) return repair(at, at + 2, malformed);
  const close = bytes.indexOf(125, at + 3);
  if (close < 0) return repair(at, bytes.length, malformed);
  if (close === at + 3) return repair(at, close + 1, malformed);
  const name = String.fromCharCode(...bytes.subarray(at + 3, Math.min(close, at + 300)));
  const found = lookup(name, false);
  if (found === undefined || sizeOf(found) !== 1) {
    return repair(at, close + 1, "unknown Unicode character name");
  }
  points.push(pointAt(found, 0));
  return close + 1;
}

const hex = (point: number, width: number): string => point.toString(16).padStart(width, "0");
const SHORT: Readonly<Record<number, string>> = { 9: "\\t", 10: "\\n", 13: "\\r", 92: "\\\\" };

/** Writes escapes for all that is not printable ASCII; `raw` ones for what is beyond Latin-1 alone. */
export function encodeEscapes(points: Uint32Array, raw: boolean): Uint8Array {
  spend(points.length);
  allocate(points.length * 10);
  const bytes: number[] = [];
  for (const point of points) {
    const isPlain = raw ? point < 256 : point >= 32 && point < 127 && point !== 92;
    if (isPlain) {
      bytes.push(point);
      continue;
    }
    const short = raw ? undefined : SHORT[point];
    const text =
      short ??
      (point < 256
        ? `\\x${hex(point, 2)}`
        : point < 65536
          ? `\\u${hex(point, 4)}`
          : `\\U${hex(point, 8)}`);
    for (let i = 0; i < text.length; i++) bytes.push(text.charCodeAt(i));
  }
  return Uint8Array.from(bytes);
}
