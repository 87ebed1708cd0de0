/** Case and kind of characters: str's `upper` to `casefold`, and `isalpha` to `isascii`. */
import { spend } from "../budget.ts";
import {
  ALPHA,
  CASE_IGNORABLE,
  CASED,
  caseMap,
  type CaseName,
  decimalValue,
  digitValue,
  flagsOf,
  ID_CONTINUE,
  ID_START,
  isPrintable,
  isSpace,
  LOWER,
  numericValue,
  TITLE,
  UPPER,
} from "./unicode.ts";
import { fromPoints, pointAt, room, type Str, sizeOf, toPoints } from "./wide.ts";

/** Scripts whose case the engine's newer Unicode changes no more. */
const STABLE = /^[\0-\u018f\u0370-\u052f\u1e00-\u1fff\u3000-\u9fff\uac00-\ud7a3]*$/;
const BEYOND_ASCII = /[^\0-\x7f]/;
const SIGMA = 0x3a3;

/** `text.upper()`. */
export function upper(text: Str): Str {
  room(sizeOf(text));
  if (typeof text === "string" && STABLE.test(text)) return text.toUpperCase();
  return changed(text, () => "upper");
}

/** `text.lower()`. */
export function lower(text: Str): Str {
  room(sizeOf(text));
  if (typeof text === "string" && STABLE.test(text)) return text.toLowerCase();
  return changed(text, () => "lower");
}

/** `text.casefold()`. */
export function casefold(text: Str): Str {
  room(sizeOf(text));
  if (typeof text === "string" && !BEYOND_ASCII.test(text)) return text.toLowerCase();
  return changed(text, () => "fold");
}

/** `text.capitalize()`. */
export function capitalize(text: Str): Str {
  room(sizeOf(text));
  if (typeof text === "string" && !BEYOND_ASCII.test(text)) {
    return text.charAt(0).toUpperCase() + text.slice(1).toLowerCase();
  }
  return changed(text, (_, i) => (i === 0 ? "title" : "lower"));
}

/** `text.title()`. */
export function title(text: Str): Str {
  room(sizeOf(text));
  let inWord = false;
  return changed(text, (point) => {
    const name = inWord ? "lower" : "title";
    inWord = (flagsOf(point) & CASED) !== 0;
    return name;
  });
}

/** `text.swapcase()`. */
export function swapcase(text: Str): Str {
  room(sizeOf(text));
  return changed(text, (point) => {
    const flags = flagsOf(point);
    return (flags & UPPER) !== 0 ? "lower" : (flags & LOWER) !== 0 ? "upper" : undefined;
  });
}

function changed(text: Str, how: (point: number, index: number) => CaseName | undefined): Str {
  const points = toPoints(text);
  // Each of them may become three.
  spend(points.length * 4);
  const out: number[] = [];
  for (let i = 0; i < points.length; i++) {
    const point = points[i]!;
    const name = how(point, i);
    const to = name === undefined ? point : changedPoint(points, i, name);
    if (typeof to === "number") out.push(to);
    else out.push(...to);
  }
  return fromPoints(out);
}

function changedPoint(points: Uint32Array, i: number, name: CaseName): number | readonly number[] {
  const point = points[i]!;
  if (point < 128) {
    if (!isAlphaPoint(point)) return point;
    return name === "lower" || name === "fold" ? point | 32 : point & ~32;
  }
  if (point === SIGMA && name === "lower") return isLastOfWord(points, i) ? 0x3c2 : 0x3c3;
  return caseMap(name).get(point) ?? point;
}

/** Whether a sigma ends a word: a cased letter before it and none behind, marks not counted. */
function isLastOfWord(points: Uint32Array, index: number): boolean {
  let before = index - 1;
  while (before >= 0 && (flagsOf(points[before]!) & CASE_IGNORABLE) !== 0) before--;
  if (before < 0 || (flagsOf(points[before]!) & CASED) === 0) return false;
  let after = index + 1;
  while (after < points.length && (flagsOf(points[after]!) & CASE_IGNORABLE) !== 0) after++;
  return after === points.length || (flagsOf(points[after]!) & CASED) === 0;
}

/** At least one character, and all of them pass. */
function every(text: Str, test: (point: number) => boolean): boolean {
  const size = sizeOf(text);
  spend(size >>> 1);
  for (let i = 0; i < size; i++) if (!test(pointAt(text, i))) return false;
  return size > 0;
}

/** `text.isalpha()`. */
export function isAlpha(text: Str): boolean {
  return every(text, isAlphaPoint);
}

function isAlphaPoint(point: number): boolean {
  if (point < 128) return (point | 32) >= 97 && (point | 32) <= 122;
  return (flagsOf(point) & ALPHA) !== 0;
}

/** `text.isalnum()`. */
export function isAlnum(text: Str): boolean {
  return every(text, (point) => isAlphaPoint(point) || isNumericPoint(point));
}

function isNumericPoint(point: number): boolean {
  return numericValue(point) !== undefined;
}

/** `text.isdecimal()`. */
export function isDecimal(text: Str): boolean {
  return every(text, (point) => decimalValue(point) >= 0);
}

/** `text.isdigit()`. */
export function isDigit(text: Str): boolean {
  return every(text, (point) => digitValue(point) >= 0);
}

/** `text.isnumeric()`. */
export function isNumeric(text: Str): boolean {
  return every(text, isNumericPoint);
}

/** `text.isspace()`. */
export function isSpaceText(text: Str): boolean {
  return every(text, isSpace);
}

/** `text.isprintable()`. */
export function isPrintableText(text: Str): boolean {
  return text === "" || every(text, isPrintable);
}

/** `text.isascii()`. */
export function isAscii(text: Str): boolean {
  spend(sizeOf(text) >>> 3);
  return typeof text === "string" && !BEYOND_ASCII.test(text);
}

/** `text.isidentifier()`. */
export function isIdentifier(text: Str): boolean {
  if (text === "" || (flagsOf(pointAt(text, 0)) & ID_START) === 0) return false;
  return every(text, (point) => (flagsOf(point) & ID_CONTINUE) !== 0);
}

/** `text.islower()`. */
export function isLower(text: Str): boolean {
  return isOfCase(text, LOWER, UPPER | TITLE);
}

/** `text.isupper()`. */
export function isUpper(text: Str): boolean {
  return isOfCase(text, UPPER, LOWER | TITLE);
}

function isOfCase(text: Str, wanted: number, forbidden: number): boolean {
  const size = sizeOf(text);
  spend(size >>> 1);
  let found = false;
  for (let i = 0; i < size; i++) {
    const flags = flagsOf(pointAt(text, i));
    if ((flags & forbidden) !== 0) return false;
    if ((flags & wanted) !== 0) found = true;
  }
  return found;
}

/** `text.istitle()`. */
export function isTitle(text: Str): boolean {
  const size = sizeOf(text);
  spend(size >>> 1);
  let inWord = false;
  let found = false;
  for (let i = 0; i < size; i++) {
    const flags = flagsOf(pointAt(text, i));
    if ((flags & (UPPER | TITLE)) !== 0) {
      if (inWord) return false;
      inWord = found = true;
    } else if ((flags & LOWER) !== 0) {
      if (!inWord) return false;
      found = true;
    } else inWord = false;
  }
  return found;
}
