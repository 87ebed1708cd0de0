/** Letters, digits and white space as `re` sees them, and cases of single characters. */
import { allocate } from "../budget.ts";
import { ALPHA, caseMap, decimalValue, flagsOf, isSpace, numericValue } from "../text/unicode.ts";
import type { Category } from "./tree.ts";

/** Characters that match each other without regard to case though their lower cases differ. */
const SAME_UPPER =
  "i\u0131 s\u017f \u00b5\u03bc \u0345\u03b9\u1fbe \u0390\u1fd3 \u03b0\u1fe3 \u03b2\u03d0 \u03b5\u03f5 \u03b8\u03d1 \u03ba\u03f0 \u03c0\u03d6 \u03c1\u03f1 \u03c2\u03c3 \u03c6\u03d5 \u0432\u1c80 \u0434\u1c81 \u043e\u1c82 \u0441\u1c83 \u0442\u1c84\u1c85 \u044a\u1c86 \u0463\u1c87 \u1c88\ua64b \u1e61\u1e9b \ufb05\ufb06";

/** Letters and numbers of Latin-1, which are known without a table. */
const LATIN_WORD = /[\p{L}\p{N}]/u;

let extra: Map<number, readonly number[]> | undefined;

/** Whether a code point is a word character (`w`), a decimal digit (`d`) or white space (`s`). */
function isInClass(code: number, kind: "d" | "s" | "w", unicode: boolean): boolean {
  if (code < 128) {
    const digit = code >= 48 && code <= 57;
    if (kind === "d") return digit;
    if (kind === "s")
      return (code >= 9 && code <= 13) || code === 32 || (unicode && code >= 28 && code < 32);
    const letter = code | 32;
    return digit || (letter >= 97 && letter <= 122) || code === 95;
  }
  if (!unicode) return false;
  if (code < 256) {
    if (kind === "s") return code === 0x85 || code === 0xa0;
    return kind === "w" && LATIN_WORD.test(String.fromCharCode(code));
  }
  if (kind === "s") return isSpace(code);
  if (kind === "d") return decimalValue(code) >= 0;
  return (flagsOf(code) & ALPHA) !== 0 || numericValue(code) !== undefined;
}

const pages: Record<string, Map<number, Uint8Array>> = {};

/** The class of 256 code points from `page * 256`: 1 for each that is in it. Built once. */
export function classPage(category: Category, page: number, unicode: boolean): Uint8Array {
  const name = unicode ? category : `ascii ${category}`;
  const known = (pages[name] ??= new Map());
  const found = known.get(page);
  if (found !== undefined) return found;
  allocate(256);
  const kind = category.toLowerCase() as "d" | "s" | "w";
  const inside = category === kind ? 1 : 0;
  const table = new Uint8Array(256);
  for (let at = 0; at < 256; at++) {
    table[at] = isInClass(page * 256 + at, kind, unicode) ? inside : 1 - inside;
  }
  known.set(page, table);
  return table;
}

/** Lower case of one code point, one code point. */
export function toLower(code: number, unicode: boolean): number {
  if (code < 128 || !unicode) return code >= 65 && code <= 90 ? code + 32 : code;
  return changed(code, "lower");
}

/** Upper case of one code point, the first where there are more. */
export function toUpper(code: number, unicode: boolean): number {
  if (code < 128 || !unicode) return code >= 97 && code <= 122 ? code - 32 : code;
  return changed(code, "upper");
}

function changed(code: number, to: "lower" | "upper"): number {
  if (code < 256) {
    const char = String.fromCharCode(code);
    return (to === "lower" ? char.toLowerCase() : char.toUpperCase()).charCodeAt(0);
  }
  const point = caseMap(to).get(code) ?? code;
  return typeof point === "number" ? point : (point[0] ?? code);
}

/** Whether a code point has another case. */
export function isCased(code: number, unicode: boolean): boolean {
  return toLower(code, unicode) !== code || toUpper(code, unicode) !== code;
}

/** Other lower-case code points with the same upper case as this one. */
export function extraCases(lower: number): readonly number[] {
  if (extra === undefined) {
    extra = new Map();
    for (const group of SAME_UPPER.split(" ")) {
      const codes = Array.from(group, (char) => char.charCodeAt(0));
      for (const code of codes) {
        extra.set(
          code,
          codes.filter((other) => other !== code),
        );
      }
    }
  }
  return extra.get(lower) ?? [];
}
