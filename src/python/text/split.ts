/** str methods that cut a text, or change or join its pieces. */
import { allocate, spend } from "../budget.ts";
import { fault } from "../fault.ts";
import { count as countOf, indexOf, lastIndexOf, next } from "./search.ts";
import { isSpace } from "./unicode.ts";
import { concatAll, pointAt, room, type Str, sizeOf, slice, toPoints } from "./wide.ts";

/** What a list's place and a piece's head take, in bytes. */
const PIECE = 24;
/** Texts up to this size are cut first and charged after. */
const SMALL = 4096;

/** Charges a piece of a list that grows. */
function piece(list: Str[], part: Str): void {
  list.push(part);
  if ((list.length & 63) === 0) {
    spend(64);
    allocate(64 * PIECE);
  }
}

function notEmpty(separator: Str): void {
  if (separator === "") fault("ValueError", "empty separator");
}

/** `text.split(separator, most)`; without a separator, between runs of white space. */
export function split(text: Str, separator: Str | undefined, most = -1): Str[] {
  if (separator === undefined) return splitSpace(text, most);
  notEmpty(separator);
  const size = sizeOf(separator);
  const end = sizeOf(text);
  if (most < 0 && size <= 32 && end <= SMALL && typeof text === "string") {
    spend(end);
    const list = typeof separator === "string" ? text.split(separator) : [text];
    allocate(list.length * PIECE);
    return list;
  }
  spend(end >>> 3);
  if (most < 0 && size === 1 && typeof text === "string" && typeof separator === "string") {
    // Counted before, since the engine makes all pieces at once.
    allocate((countChar(text, separator) + 1) * PIECE);
    return text.split(separator);
  }
  const list: Str[] = [];
  let from = 0;
  let left = most < 0 ? Infinity : most;
  for (; left > 0; left--) {
    const found = next(text, separator, from, end);
    if (found < 0) break;
    piece(list, slice(text, from, found));
    from = found + size;
  }
  list.push(slice(text, from, end));
  return list;
}

function countChar(text: string, char: string): number {
  let count = 0;
  for (let at = text.indexOf(char); at >= 0; at = text.indexOf(char, at + 1)) count++;
  return count;
}

/** The words of a plain text. */
function words(text: string): string[] {
  const end = text.length;
  const list: string[] = [];
  let from = -1;
  for (let at = 0; at < end; at++) {
    const code = text.charCodeAt(at);
    if ((code > 32 && code < 128) || !isSpace(code)) {
      if (from < 0) from = at;
    } else if (from >= 0) {
      piece(list, text.slice(from, at));
      from = -1;
    }
  }
  if (from >= 0) list.push(text.slice(from));
  return list;
}

function splitSpace(text: Str, most: number): Str[] {
  const end = sizeOf(text);
  spend(end >>> 1);
  if (most < 0 && typeof text === "string") return words(text);
  const list: Str[] = [];
  let left = most < 0 ? Infinity : most;
  let at = 0;
  for (;;) {
    while (at < end && isSpace(pointAt(text, at))) at++;
    if (at === end) return list;
    if (left-- <= 0) {
      list.push(slice(text, at, end));
      return list;
    }
    const from = at;
    while (at < end && !isSpace(pointAt(text, at))) at++;
    piece(list, slice(text, from, at));
  }
}

/** `text.rsplit(separator, most)`. */
export function rsplit(text: Str, separator: Str | undefined, most = -1): Str[] {
  if (most < 0 && separator === undefined) return splitSpace(text, most);
  const list: Str[] = [];
  let end = sizeOf(text);
  let left = most < 0 ? Infinity : most;
  if (separator === undefined) {
    spend(end >>> 1);
    for (;;) {
      while (end > 0 && isSpace(pointAt(text, end - 1))) end--;
      if (end === 0) return list.reverse();
      if (left-- <= 0) break;
      const stop = end;
      while (end > 0 && !isSpace(pointAt(text, end - 1))) end--;
      piece(list, slice(text, end, stop));
    }
    list.push(slice(text, 0, end));
    return list.reverse();
  }
  notEmpty(separator);
  const size = sizeOf(separator);
  for (; left > 0; left--) {
    const found = lastPlace(text, separator, end);
    if (found < 0) break;
    piece(list, slice(text, found + size, end));
    end = found;
  }
  list.push(slice(text, 0, end));
  return list.reverse();
}

/** The last place before `end`, looking at no more of the text than at twice the distance. */
function lastPlace(text: Str, part: Str, end: number): number {
  const size = sizeOf(part);
  for (let width = size + 256; ; width *= 2) {
    const start = Math.max(0, end - width);
    const found = lastIndexOf(text, part, start, end);
    if (found >= 0 || start === 0) return found;
  }
}

/** `text.splitlines(keepends)`. */
export function splitlines(text: Str, keepEnds = false): Str[] {
  const end = sizeOf(text);
  spend(end >>> 1);
  const list: Str[] = [];
  let from = 0;
  for (let at = 0; at < end; at++) {
    const point = pointAt(text, at);
    if (!isLineEnd(point)) continue;
    const stop = at;
    if (point === 13 && at + 1 < end && pointAt(text, at + 1) === 10) at++;
    piece(list, slice(text, from, keepEnds ? at + 1 : stop));
    from = at + 1;
  }
  if (from < end) list.push(slice(text, from, end));
  return list;
}

function isLineEnd(point: number): boolean {
  if (point > 13) {
    return (point >= 28 && point <= 30) || point === 0x85 || point === 0x2028 || point === 0x2029;
  }
  return point >= 10;
}

/** `text.partition(separator)`. */
export function partition(text: Str, separator: Str): [before: Str, found: Str, after: Str] {
  notEmpty(separator);
  const at = indexOf(text, separator, 0, sizeOf(text));
  if (at < 0) return [text, "", ""];
  return [slice(text, 0, at), separator, slice(text, at + sizeOf(separator), sizeOf(text))];
}

/** `text.rpartition(separator)`. */
export function rpartition(text: Str, separator: Str): [before: Str, found: Str, after: Str] {
  notEmpty(separator);
  const at = lastIndexOf(text, separator, 0, sizeOf(text));
  if (at < 0) return ["", "", text];
  return [slice(text, 0, at), separator, slice(text, at + sizeOf(separator), sizeOf(text))];
}

/** `text.replace(old, by, most)`. */
export function replace(text: Str, old: Str, by: Str, most = -1): Str {
  const limit = most < 0 ? Infinity : most;
  if (limit === 0) return text;
  const size = sizeOf(text);
  if (old === "") return between(text, by, Math.min(limit, size + 1));
  const grows = sizeOf(by) - sizeOf(old);
  const places = limit < Infinity || size > SMALL || grows * size > 1 << 16;
  const plain = typeof text === "string" && typeof old === "string" && typeof by === "string";
  if (plain && !places && old.length <= 32) {
    spend(size >>> 3);
    const result = everywhere(text, old, by);
    if (result.length >= 64) room(result.length);
    return result;
  }
  const found = Math.min(limit, countOf(text, old));
  if (found === 0) return text;
  room(size + grows * found);
  spend(found);
  if (plain && found < limit && old.length <= 32) {
    return everywhere(text, old, by);
  }
  const pieces: Str[] = [];
  let from = 0;
  for (let i = 0; i < found; i++) {
    const at = next(text, old, from, size);
    piece(pieces, slice(text, from, at));
    pieces.push(by);
    from = at + sizeOf(old);
  }
  pieces.push(slice(text, from, size));
  return concatAll(pieces);
}

function everywhere(text: string, old: string, by: string): string {
  return by.includes("$") ? text.replaceAll(old, () => by) : text.replaceAll(old, by);
}

/** `by` in front of each of the first characters, and at the end where `times` reach it. */
function between(text: Str, by: Str, times: number): Str {
  const size = sizeOf(text);
  room(size + times * sizeOf(by));
  spend(times);
  const pieces: Str[] = [];
  for (let i = 0; i < times; i++) {
    pieces.push(by);
    if (i < size) pieces.push(slice(text, i, i + 1));
  }
  if (times < size) pieces.push(slice(text, times, size));
  return concatAll(pieces);
}

/** `separator.join(parts)`. */
export function join(separator: Str, parts: readonly Str[]): Str {
  if (parts.length <= 1) return parts[0] ?? "";
  let size = sizeOf(separator) * (parts.length - 1);
  let plain = typeof separator === "string";
  for (const part of parts) {
    size += sizeOf(part);
    if (typeof part !== "string") plain = false;
  }
  spend(parts.length);
  if (plain) {
    room(size);
    return parts.join(separator as string);
  }
  const all: Str[] = [];
  for (const [i, part] of parts.entries()) {
    if (i > 0) all.push(separator);
    all.push(part);
  }
  return concatAll(all);
}

/** Which ends `strip` looks at. */
export type Ends = "both" | "left" | "right";

/** `strip`, `lstrip` and `rstrip`: without white space at the ends, or without any of `chars`. */
export function strip(text: Str, chars?: Str, ends: Ends = "both"): Str {
  const test = chars === undefined ? isSpace : among(chars);
  let start = 0;
  let end = sizeOf(text);
  if (ends !== "right") while (start < end && test(pointAt(text, start))) start++;
  if (ends !== "left") while (end > start && test(pointAt(text, end - 1))) end--;
  const gone = sizeOf(text) - end + start;
  if (gone === 0) return text;
  spend(gone);
  return slice(text, start, end);
}

function among(chars: Str): (point: number) => boolean {
  const size = sizeOf(chars);
  if (size === 1) {
    const one = pointAt(chars, 0);
    return (point) => point === one;
  }
  spend(size);
  const set = new Set(toPoints(chars));
  return (point) => set.has(point);
}

/** `text.removeprefix(prefix)`. */
export function removePrefix(text: Str, prefix: Str): Str {
  const size = sizeOf(prefix);
  return size > 0 && indexOf(text, prefix, 0, Math.min(size, sizeOf(text))) === 0
    ? slice(text, size, sizeOf(text))
    : text;
}

/** `text.removesuffix(suffix)`. */
export function removeSuffix(text: Str, suffix: Str): Str {
  const start = sizeOf(text) - sizeOf(suffix);
  return start >= 0 && suffix !== "" && indexOf(text, suffix, start, sizeOf(text)) === start
    ? slice(text, 0, start)
    : text;
}

/** `text.translate(...)`: what each code point becomes; `undefined` keeps it, `""` deletes it. */
export function translate(text: Str, change: (point: number) => Str | undefined): Str {
  const points = toPoints(text);
  spend(points.length * 2);
  const out: Str[] = [];
  let from = 0;
  for (let i = 0; i < points.length; i++) {
    const to = change(points[i]!);
    if (to === undefined) continue;
    if (from < i) out.push(slice(text, from, i));
    piece(out, to);
    from = i + 1;
  }
  if (from === 0) return text;
  out.push(slice(text, from, points.length));
  return concatAll(out);
}
