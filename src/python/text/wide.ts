/**
 * Python's str. JavaScript counts in UTF-16 units and Python in code points, so
 * a str is a plain JavaScript string as long as both counts are one: it holds no
 * surrogate unit at all. Every other str is a `WideStr`. A text has exactly one
 * of the two forms, so plain strings compare and hash as they are.
 */
import { allocate, spend } from "../budget.ts";
import { fault } from "../fault.ts";

/** A str that holds a code point beyond U+FFFF, or a lone surrogate. */
export class WideStr {
  /** Its code points; nobody writes to them. */
  readonly points: Uint32Array;

  /** `points` hold at least one surrogate, or one beyond U+FFFF; `fromPoints` looks. */
  constructor(points: Uint32Array) {
    this.points = points;
  }

  /** UTF-16, for messages of the host. */
  toString(): string {
    return toJs(this);
  }
}

/** A Python str. */
export type Str = string | WideStr;

/** More characters than any text may have: what the engine can hold. */
const LONGEST = 0x3fffffff;
const SURROGATE = /[\ud800-\udfff]/;
/** Arguments that one call of `String.fromCharCode` gets. */
const CHUNK = 4096;

/** Asks for room for a text of so many characters before it is made; `MemoryError` when none could hold it. */
export function room(characters: number): void {
  if (characters < 64) return;
  allocate(characters);
  spend(characters / 8);
  if (characters > LONGEST) fault("MemoryError");
}

/** Whether a code point makes a str wide. */
function isWide(point: number): boolean {
  return point >= 0xd800 && (point <= 0xdfff || point > 0xffff);
}

/** The str of these code points, each 0 to 0x10ffff. */
export function fromPoints(points: ArrayLike<number>): Str {
  const size = points.length;
  for (let i = 0; i < size; i++) {
    if (isWide(points[i]!)) {
      return new WideStr(points instanceof Uint32Array ? points : Uint32Array.from(points));
    }
  }
  return narrow(points);
}

/** A plain string of code points of which none is wide. */
function narrow(points: ArrayLike<number>): string {
  const size = points.length;
  if (size <= CHUNK) return String.fromCharCode.apply(null, points as number[]);
  const units = Uint16Array.from(points);
  let text = "";
  for (let i = 0; i < size; i += CHUNK) {
    text += String.fromCharCode.apply(null, units.subarray(i, i + CHUNK) as unknown as number[]);
  }
  return text;
}

/** The code points of a str; those of a wide one are its own and not to be written to. */
export function toPoints(text: Str): Uint32Array {
  if (typeof text !== "string") return text.points;
  const size = text.length;
  const points = new Uint32Array(size);
  for (let i = 0; i < size; i++) points[i] = text.charCodeAt(i);
  return points;
}

/** The str of a JavaScript string: pairs of surrogates are one code point, lone ones stay. */
export function fromJs(utf16: string): Str {
  if (!SURROGATE.test(utf16)) return utf16;
  const points = new Uint32Array(utf16.length);
  let size = 0;
  for (let i = 0; i < utf16.length; size++) {
    const point = utf16.codePointAt(i)!;
    points[size] = point;
    i += point > 0xffff ? 2 : 1;
  }
  return new WideStr(points.slice(0, size));
}

/** UTF-16. Not to be read back by `fromJs` where a lone high surrogate stands before a low one. */
export function toJs(text: Str): string {
  if (typeof text === "string") return text;
  const { points } = text;
  let js = "";
  for (const point of points) js += String.fromCodePoint(point);
  return js;
}

/** The str of one code point. */
export function chr(point: number): Str {
  return isWide(point) ? new WideStr(Uint32Array.of(point)) : String.fromCharCode(point);
}

/** How many code points. */
export function sizeOf(text: Str): number {
  return typeof text === "string" ? text.length : text.points.length;
}

/** The code point at an index that exists. */
export function pointAt(text: Str, index: number): number {
  return typeof text === "string" ? text.charCodeAt(index) : text.points[index]!;
}

/** The character at an index that exists, not negative. */
export function at(text: Str, index: number): Str {
  return typeof text === "string" ? text.charAt(index) : chr(text.points[index]!);
}

/** From `start` up to `stop`, both 0 to the size. */
export function slice(text: Str, start: number, stop: number): Str {
  if (typeof text === "string") return start < stop ? text.slice(start, stop) : "";
  if (start <= 0 && stop >= text.points.length) return text;
  if (start >= stop) return "";
  room((stop - start) * 4);
  return fromPoints(text.points.slice(start, stop));
}

/** `count` characters from `start` on, each `step` further, as a slice object's `indices` say. */
export function sliceStep(text: Str, start: number, step: number, count: number): Str {
  if (step === 1) return slice(text, start, start + count);
  if (count <= 0) return "";
  room(count * 5);
  spend(count);
  const picked = new Uint32Array(count);
  if (typeof text === "string") {
    for (let i = 0; i < count; i++) picked[i] = text.charCodeAt(start + i * step);
    return narrow(picked);
  }
  for (let i = 0; i < count; i++) picked[i] = text.points[start + i * step]!;
  return fromPoints(picked);
}

/** One after the other. */
export function concat(left: Str, right: Str): Str {
  if (typeof left === "string" && typeof right === "string") {
    const size = left.length + right.length;
    if (size >= 64) {
      allocate(size);
      if (size > LONGEST) fault("MemoryError");
    }
    return left + right;
  }
  if (left === "") return right;
  if (right === "") return left;
  return concatAll([left, right]);
}

/** All of them, one after the other. */
export function concatAll(parts: readonly Str[]): Str {
  let size = 0;
  let wide = false;
  for (const part of parts) {
    if (typeof part !== "string") wide = true;
    size += sizeOf(part);
  }
  room(wide ? size * 4 : size);
  if (!wide)
    return parts.length === 2 ? `${parts[0] as string}${parts[1] as string}` : parts.join("");
  const points = new Uint32Array(size);
  let i = 0;
  for (const part of parts) {
    if (typeof part === "string") {
      for (let j = 0; j < part.length; j++) points[i++] = part.charCodeAt(j);
    } else {
      points.set(part.points, i);
      i += part.points.length;
    }
  }
  return new WideStr(points);
}

/** `count` times the text. */
export function repeat(text: Str, count: number): Str {
  if (count <= 0) return "";
  if (typeof text === "string") {
    room(text.length * count);
    return text.repeat(text.length === 0 ? 0 : count);
  }
  const size = text.points.length;
  if (count === 1) return text;
  room(size * count * 4);
  const points = new Uint32Array(size * count);
  points.set(text.points);
  for (let done = size; done < points.length; done *= 2) points.copyWithin(done, 0, done);
  return new WideStr(points);
}

/** Whether both are the same text. */
export function equal(left: Str, right: Str): boolean {
  if (typeof left === "string" || typeof right === "string") return left === right;
  return left === right || compare(left, right) === 0;
}

/** Negative, zero or positive: by code points, as Python orders. */
export function compare(left: Str, right: Str): number {
  if (typeof left === "string" && typeof right === "string") {
    if (left.length > 64) spend(Math.min(left.length, right.length) >>> 3);
    return left < right ? -1 : left > right ? 1 : 0;
  }
  const size = Math.min(sizeOf(left), sizeOf(right));
  spend(size >>> 3);
  for (let i = 0; i < size; i++) {
    const difference = pointAt(left, i) - pointAt(right, i);
    if (difference !== 0) return difference;
  }
  return sizeOf(left) - sizeOf(right);
}

/** The characters, one str each. */
export function* characters(text: Str): Generator<Str, void> {
  const size = sizeOf(text);
  for (let i = 0; i < size; i++) yield at(text, i);
}

/** What Python makes of a slice's or search's bounds: inside the text, negative ones from its end. */
export function clip(bound: number | undefined, size: number, absent: number): number {
  if (bound === undefined) return absent;
  if (bound < 0) return Math.max(0, bound + size);
  return bound;
}
