/** `format % values`: the parser, and the driver, which asks its caller for what objects mean. */
import { spend } from "../budget.ts";
import { fault } from "../fault.ts";
import { floatText } from "./format.ts";
import { type Int, integerText } from "./integers.ts";
import { shownPoint } from "./spec.ts";
import { chr, concatAll, pointAt, repeat, room, type Str, sizeOf, slice } from "./wide.ts";

/** What stands between two literal pieces. */
interface Conversion {
  /** The name in parentheses. */
  key?: Str;
  /** Of `-+ #0`. */
  flags: string;
  /** `*` takes it from the values; -1 is none. */
  width: number | "*";
  precision: number | "*";
  /** The letter's code point. */
  type: number;
  /** Where the letter stands. */
  index: number;
  /** What is wrong in the format; raised when the values in front of it were read. */
  error?: string;
}

/** How values are read; each method raises what CPython raises. */
export interface PercentValues {
  /** Whether `%(name)s` may ask. */
  readonly isMapping: boolean;
  /** The format is bytes, which know `b` as well. */
  readonly isBytes?: boolean;
  /** The next value; `TypeError` where there is none. */
  next(): unknown;
  /** The value of a name. */
  named(key: Str): unknown;
  /** An int that `*` took, or `undefined`. */
  star(value: unknown): Int | undefined;
  /** `str`, `repr` or `ascii` of a value. */
  text(value: unknown, conversion: "s" | "r" | "a"): Str;
  /** What `d i u` (any real number) or `o x X` (integers) write. */
  integer(value: unknown, conversion: string): Int;
  float(value: unknown): number;
  /** What `c` writes: the str, or the int, or `undefined` for all else. */
  character(value: unknown): Str | Int | undefined;
  /** Whether all values were read; mappings always are. */
  isDone(): boolean;
}

const FLAGS = "-+ #0";
const KEPT = 256;
const cache = new Map<string, readonly (Str | Conversion)[]>();

/** A format's literal pieces and conversions. */
function parsePercent(format: Str): readonly (Str | Conversion)[] {
  const before = typeof format === "string" ? cache.get(format) : undefined;
  if (before !== undefined) return before;
  const pieces = parse(format);
  if (typeof format === "string" && format.length <= 128) {
    if (cache.size >= KEPT) cache.clear();
    cache.set(format, pieces);
  }
  return pieces;
}

function parse(format: Str): (Str | Conversion)[] {
  const end = sizeOf(format);
  spend(end);
  const pieces: (Str | Conversion)[] = [];
  let from = 0;
  for (let at = 0; at < end; at++) {
    if (pointAt(format, at) !== 37) continue;
    if (at > from) pieces.push(slice(format, from, at));
    if (at + 1 < end && pointAt(format, at + 1) === 37) {
      // The second one begins the text that follows.
      from = ++at;
      continue;
    }
    const conversion = parseConversion(format, at + 1, end);
    at = conversion.index;
    from = at + 1;
    pieces.push(conversion);
    if (conversion.error !== undefined) return pieces;
  }
  if (from < end) pieces.push(slice(format, from, end));
  return pieces;
}

function parseConversion(format: Str, start: number, end: number): Conversion {
  let at = start;
  const made: Conversion = { flags: "", width: -1, precision: -1, type: 0, index: end };
  const char = (): string => (at < end ? String.fromCodePoint(pointAt(format, at)) : "");
  const number = (most: number, error: string): number => {
    let value = 0;
    for (let digit = char(); digit >= "0" && digit <= "9" && digit.length === 1; digit = char()) {
      if (value > Math.floor((most - Number(digit)) / 10)) made.error ??= error;
      value = value * 10 + Number(digit);
      at++;
    }
    return value;
  };
  if (char() === "(") {
    const open = ++at;
    let depth = 1;
    for (; at < end && depth > 0; at++) {
      const point = pointAt(format, at);
      if (point === 41) depth--;
      else if (point === 40) depth++;
    }
    if (depth > 0) return { ...made, key: "", error: "incomplete format key" };
    made.key = slice(format, open, at - 1);
  }
  for (; at < end && FLAGS.includes(char()); at++) {
    if (!made.flags.includes(char())) made.flags += char();
  }
  if (char() === "*") {
    made.width = "*";
    at++;
  } else if (/^[0-9]$/.test(char())) made.width = number(2 ** 63 - 1, "width too big");
  if (made.error === undefined && char() === ".") {
    at++;
    if (char() === "*") {
      made.precision = "*";
      at++;
    } else made.precision = number(0x7fffffff, "precision too big");
  }
  if (made.error !== undefined) return made;
  if (at < end && "hlL".includes(char())) at++;
  if (at >= end) return { ...made, error: "incomplete format" };
  made.type = pointAt(format, at);
  made.index = at;
  return made;
}

/** `format % values`. */
export function formatPercent(format: Str, values: PercentValues): Str {
  const out: Str[] = [];
  let isKeyed = false;
  let keyed: unknown[] = [];
  const next = (): unknown => {
    if (!isKeyed) return values.next();
    if (keyed.length === 0) fault("TypeError", "not enough arguments for format string");
    return keyed.pop();
  };
  for (const piece of parsePercent(format)) {
    if (typeof piece === "string" || !("flags" in piece)) {
      out.push(piece);
      continue;
    }
    if (piece.key !== undefined) {
      if (!values.isMapping) fault("TypeError", "format requires a mapping");
      if (piece.error === "incomplete format key") fault("ValueError", piece.error);
      keyed = [values.named(piece.key)];
      isKeyed = true;
    }
    let { flags } = piece;
    let width = piece.width;
    if (width === "*") {
      width = starred(values, next(), 63, "ssize_t");
      if (width < 0) {
        flags += "-";
        width = -width;
      }
    }
    let precision = piece.precision;
    if (precision === "*") precision = Math.max(0, starred(values, next(), 31, "int"));
    if (piece.error !== undefined) fault("ValueError", piece.error);
    out.push(converted(piece, flags, width, precision, next(), values));
  }
  if (!isKeyed && !values.isDone()) {
    const what = values.isBytes === true ? "bytes" : "string";
    fault("TypeError", `not all arguments converted during ${what} formatting`);
  }
  return concatAll(out);
}

function starred(values: PercentValues, value: unknown, bits: number, name: string): number {
  const int = values.star(value);
  if (int === undefined) return fault("TypeError", "* wants int");
  const number = Number(int);
  if (number >= 2 ** bits || number < -(2 ** bits)) {
    fault("OverflowError", `Python int too large to convert to C ${name}`);
  }
  return number;
}

function converted(
  conversion: Conversion,
  flags: string,
  width: number,
  precision: number,
  value: unknown,
  values: PercentValues,
): Str {
  const letter = String.fromCodePoint(conversion.type);
  const type = letter === "b" && values.isBytes === true ? "s" : letter;
  switch (type) {
    case "s":
    case "r":
    case "a": {
      const text = values.text(value, type);
      const cut = precision >= 0 && precision < sizeOf(text) ? slice(text, 0, precision) : text;
      return padded(cut, flags, width);
    }
    case "c":
      return padded(character(values.character(value)), flags, width);
    case "d":
    case "i":
    case "u":
    case "o":
    case "x":
    case "X":
      return integer(values.integer(value, type), type, flags, width, precision);
    case "e":
    case "E":
    case "f":
    case "F":
    case "g":
    case "G": {
      const alternate = flags.includes("#");
      const text = floatText(values.float(value), type, precision < 0 ? 6 : precision, {
        alternate,
      });
      return numeric(text, "", flags, width);
    }
    default: {
      const point = conversion.type;
      const shown = point >= 31 && point < 127 ? shownPoint(point) : "?";
      return fault(
        "ValueError",
        `unsupported format character '${shown}' (0x${point.toString(16)}) at index ${conversion.index}`,
      );
    }
  }
}

function padded(text: Str, flags: string, width: number): Str {
  const gap = width - sizeOf(text);
  if (gap <= 0) return text;
  room(width);
  const padding = repeat(" ", gap);
  return concatAll(flags.includes("-") ? [text, padding] : [padding, text]);
}

function character(value: Str | Int | undefined): Str {
  if (typeof value === "number" || typeof value === "bigint") {
    if (value < 0 || value > 0x10ffff) fault("OverflowError", "%c arg not in range(0x110000)");
    return chr(Number(value));
  }
  if (value === undefined || sizeOf(value) !== 1) {
    return fault("TypeError", "%c requires int or char");
  }
  return value;
}

function integer(value: Int, type: string, flags: string, width: number, precision: number): Str {
  const base = type === "o" ? 8 : type === "x" || type === "X" ? 16 : 10;
  if (precision > 0x7fffffff - 3) fault("OverflowError", "precision too large");
  const text = integerText(value, base);
  const digits = value < 0 ? text.slice(1) : text;
  if (precision > digits.length) room(precision);
  const filled = digits.padStart(precision, "0");
  const shown = type === "X" ? filled.toUpperCase() : filled;
  const prefix = base !== 10 && flags.includes("#") ? `0${type}` : "";
  return numeric(value < 0 ? `-${shown}` : shown, prefix, flags, width);
}

/** Sign, prefix and padding of a number's text. */
function numeric(text: string, prefix: string, flags: string, width: number): string {
  const isNegative = text.startsWith("-");
  const sign = isNegative ? "-" : flags.includes("+") ? "+" : flags.includes(" ") ? " " : "";
  const head = sign + prefix;
  const body = isNegative ? text.slice(1) : text;
  const gap = width - head.length - body.length;
  if (gap <= 0) return head + body;
  room(width);
  if (flags.includes("-")) return head + body + " ".repeat(gap);
  return flags.includes("0") ? head + "0".repeat(gap) + body : " ".repeat(gap) + head + body;
}
