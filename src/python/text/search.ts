/**
 * Where one text lies in another. The engine's own search is quick but may take
 * the product of both lengths, so it is used where one is short; elsewhere the
 * front of the part is sought, and a search in linear time takes over when that
 * goes wrong too often.
 */
import { spend } from "../budget.ts";
import { clip, type Str, sizeOf, toPoints } from "./wide.ts";

/** Parts up to this length are left to the engine. */
const SHORT = 32;
/** As are texts up to this length. */
const SMALL = 4096;
/** How often each character passed may be looked at before the linear search takes over. */
const PATIENCE = 4;

/** Bounds of a slice, as Python's methods take them; absent ones are the text's. */
interface Bounds {
  start: number;
  end: number;
}

function boundsOf(text: Str, start: number | undefined, end: number | undefined): Bounds {
  const size = sizeOf(text);
  return { start: clip(start, size, 0), end: Math.min(size, clip(end, size, size)) };
}

/** `text.find(part, start, end)`: the first place, or -1. */
export function find(text: Str, part: Str, start?: number, end?: number): number {
  const bounds = boundsOf(text, start, end);
  return indexOf(text, part, bounds.start, bounds.end);
}

/** `text.rfind(part, start, end)`: the last place, or -1. */
export function rfind(text: Str, part: Str, start?: number, end?: number): number {
  const bounds = boundsOf(text, start, end);
  return lastIndexOf(text, part, bounds.start, bounds.end);
}

/** `text.count(part, start, end)`: places that do not overlap. */
export function count(text: Str, part: Str, start?: number, end?: number): number {
  const bounds = boundsOf(text, start, end);
  const size = sizeOf(part);
  if (size === 0) return Math.max(0, bounds.end - bounds.start + 1);
  let found = 0;
  let at = indexOf(text, part, bounds.start, bounds.end);
  while (at >= 0) {
    found++;
    at = next(text, part, at + size, bounds.end);
  }
  return found;
}

/** `part in text`. */
export function contains(text: Str, part: Str): boolean {
  if (typeof text === "string" && typeof part === "string" && text.length < SMALL) {
    return text.includes(part);
  }
  return indexOf(text, part, 0, sizeOf(text)) >= 0;
}

/** `text.startswith(prefix, start, end)` of one prefix. */
export function startsWith(text: Str, prefix: Str, start?: number, end?: number): boolean {
  const bounds = boundsOf(text, start, end);
  return matches(text, prefix, bounds.start, bounds.start, bounds.end);
}

/** `text.endswith(suffix, start, end)` of one suffix. */
export function endsWith(text: Str, suffix: Str, start?: number, end?: number): boolean {
  const bounds = boundsOf(text, start, end);
  return matches(text, suffix, bounds.end - sizeOf(suffix), bounds.start, bounds.end);
}

function matches(text: Str, part: Str, at: number, start: number, end: number): boolean {
  const size = sizeOf(part);
  if (at < start || at + size > end) return false;
  spend(size >>> 3);
  if (typeof text === "string") return typeof part === "string" && text.startsWith(part, at);
  const points = toPoints(part);
  for (let i = 0; i < size; i++) if (text.points[at + i] !== points[i]) return false;
  return true;
}

/** The first place from `start` on that ends by `end`, or -1; both lie in the text. Charges what may be read. */
export function indexOf(text: Str, part: Str, start: number, end: number): number {
  if (start <= end) spend((end - start) >>> 3);
  return next(text, part, start, end);
}

/** As `indexOf`, of a search that was charged as a whole. */
export function next(text: Str, part: Str, start: number, end: number): number {
  const size = sizeOf(part);
  if (start + size > end) return -1;
  if (size === 0) return start;
  if (typeof text !== "string") return inPoints(text.points, toPoints(part), start, end);
  if (typeof part !== "string") return -1;
  const body = end === text.length ? text : text.slice(0, end);
  if (size <= SHORT || end - start <= SMALL) return body.indexOf(part, start);
  const front = part.slice(0, SHORT);
  let work = 0;
  for (let at = body.indexOf(front, start); at >= 0; at = body.indexOf(front, at + 1)) {
    if (body.startsWith(part, at)) return at;
    work += size;
    if (work > (at - start + size) * PATIENCE) {
      return linear((i) => body.charCodeAt(i), toPoints(part), at + 1, end);
    }
  }
  return -1;
}

/** The last place from `start` on that ends by `end`, or -1. */
export function lastIndexOf(text: Str, part: Str, start: number, end: number): number {
  const size = sizeOf(part);
  if (start + size > end) return -1;
  if (size === 0) return end;
  spend((end - start) >>> 3);
  if (typeof text === "string") {
    if (typeof part !== "string") return -1;
    const body = text.slice(start, end);
    if (size <= SHORT || end - start <= SMALL) {
      const at = body.lastIndexOf(part);
      return at < 0 ? -1 : start + at;
    }
    return backwards(toPoints(body), toPoints(part), end);
  }
  return backwards(text.points.slice(start, end), toPoints(part), end);
}

/** The last place in points of its own, which end at `end` of the whole. */
function backwards(body: Uint32Array, part: Uint32Array, end: number): number {
  spend(body.length);
  const at = inPoints(body.reverse(), part.slice().reverse(), 0, body.length);
  return at < 0 ? -1 : end - at - part.length;
}

function inPoints(text: Uint32Array, part: Uint32Array, start: number, end: number): number {
  const size = part.length;
  const first = part[0]!;
  let work = 0;
  for (let at = start; at + size <= end; at++) {
    if (text[at] !== first) {
      at = text.indexOf(first, at);
      if (at < 0 || at + size > end) return -1;
    }
    let same = 1;
    while (same < size && text[at + same] === part[same]) same++;
    if (same === size) return at;
    work += same;
    if (work > (at - start + size) * PATIENCE) {
      return linear((i) => text[i]!, part, at + 1, end);
    }
  }
  return -1;
}

/** Knuth, Morris and Pratt (1977): never goes back in the text. */
function linear(
  text: (index: number) => number,
  part: Uint32Array,
  start: number,
  end: number,
): number {
  const size = part.length;
  const fallback = new Uint32Array(size + 1);
  for (let i = 1, same = 0; i < size; i++) {
    while (same > 0 && part[i] !== part[same]) same = fallback[same]!;
    if (part[i] === part[same]) same++;
    fallback[i + 1] = same;
  }
  let same = 0;
  for (let at = start; at < end; at++) {
    const point = text(at);
    while (same > 0 && point !== part[same]) same = fallback[same]!;
    if (point === part[same]) same++;
    if (same === size) return at - size + 1;
  }
  return -1;
}
