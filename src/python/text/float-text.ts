/** Floats and complex numbers of text. */
import { spend } from "../budget.ts";
import { fault } from "../fault.ts";
import { asciiOfNumber, trimmed } from "./integers.ts";
import { reprBytes, reprStr } from "./quote.ts";
import { type Str, sizeOf } from "./wide.ts";

/** `float(text)`. */
export function floatFromText(text: Str): number {
  if (typeof text === "string" && text.length <= 24 && isNumberLike(text)) {
    const value = Number(text);
    if (value === value) return value;
  }
  spend(sizeOf(text) >>> 1);
  return parseFloatText(asciiOfNumber(text)) ?? notAFloat(reprStr(text));
}

/** Whether a text is not empty and holds only what JavaScript reads as Python does, or not at all. */
function isNumberLike(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const isPart = (code >= 48 && code <= 57) || code === 43 || code === 45 || code === 46;
    if (!isPart && code !== 101 && code !== 69) return false;
  }
  return text !== "";
}

/** `float(bytes)`. */
export function floatFromBytes(bytes: Uint8Array): number {
  spend(bytes.length);
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return parseFloatText(text) ?? notAFloat(reprBytes(bytes));
}

function notAFloat(repr: Str): never {
  return fault("ValueError", `could not convert string to float: ${String(repr)}`);
}

/** The float that a text writes, white space around it, or `undefined`. */
function parseFloatText(text: string): number | undefined {
  const [start, end] = trimmed(text);
  let body = start === 0 && end === text.length ? text : text.slice(start, end);
  if (body.includes("_")) {
    if (!underscoresFit(body)) return undefined;
    body = body.replaceAll("_", "");
  }
  let at = 0;
  const first = body.charCodeAt(0);
  if (first === 43 || first === 45) at++;
  const from = at;
  while (isDigit(body, at)) at++;
  let digits = at - from;
  if (body.charCodeAt(at) === 46) {
    const point = ++at;
    while (isDigit(body, at)) at++;
    digits += at - point;
  }
  if (digits === 0) return special(body);
  if ((body.charCodeAt(at) | 32) === 101) {
    at++;
    const sign = body.charCodeAt(at);
    if (sign === 43 || sign === 45) at++;
    const exponent = at;
    while (isDigit(body, at)) at++;
    if (at === exponent) return undefined;
  }
  return at === body.length ? Number(body) : undefined;
}

function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 48 && code <= 57;
}

/** Each underscore stands between two digits. */
function underscoresFit(text: string): boolean {
  for (let at = text.indexOf("_"); at >= 0; at = text.indexOf("_", at + 1)) {
    if (!isDigit(text, at - 1) || !isDigit(text, at + 1)) return false;
  }
  return true;
}

function special(text: string): number | undefined {
  const match = text.length > 9 ? null : /^([+-]?)(inf(?:inity)?|nan)$/i.exec(text);
  if (match === null) return undefined;
  if (match[2]!.length === 3 && match[2]!.toLowerCase() === "nan") return NaN;
  return match[1] === "-" ? -Infinity : Infinity;
}

/** A float without white space or underscores, wherever one begins. */
const PART = /[+-]?(?:(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?|inf(?:inity)?|nan)/iy;

/** `complex(text)`: a number, one with `j`, or both, in parentheses or not. */
export function complexFromText(text: Str): [real: number, imaginary: number] {
  spend(sizeOf(text));
  const ascii = asciiOfNumber(text);
  if (!underscoresFit(ascii)) {
    const message = `could not convert string to complex: ${String(reprStr(text))}`;
    fault("ValueError", message);
  }
  let [start, end] = trimmed(ascii);
  if (ascii.charCodeAt(start) === 40 && end - start > 1 && ascii.charCodeAt(end - 1) === 41) {
    const inner = ascii.slice(start + 1, end - 1);
    const [from, to] = trimmed(inner);
    [start, end] = [start + 1 + from, start + 1 + to];
  }
  const parsed = complexOf(ascii.slice(start, end).replaceAll("_", ""));
  return parsed ?? fault("ValueError", "complex() arg is a malformed string");
}

function complexOf(body: string): [number, number] | undefined {
  const first = partAt(body, 0);
  if (first === undefined) {
    const bare = /^([+-]?)j$/i.exec(body);
    return bare === null ? undefined : [0, bare[1] === "-" ? -1 : 1];
  }
  const real = parseFloatText(first)!;
  const at = first.length;
  if (at === body.length) return [real, 0];
  const isLast = (index: number): boolean =>
    index === body.length - 1 && (body.charCodeAt(index) | 32) === 106;
  if (isLast(at)) return [0, real];
  const sign = body.charAt(at);
  if (sign !== "+" && sign !== "-") return undefined;
  const second = partAt(body, at);
  if (second === undefined) return isLast(at + 1) ? [real, sign === "-" ? -1 : 1] : undefined;
  return isLast(at + second.length) ? [real, parseFloatText(second)!] : undefined;
}

function partAt(body: string, at: number): string | undefined {
  PART.lastIndex = at;
  return PART.exec(body)?.[0];
}
