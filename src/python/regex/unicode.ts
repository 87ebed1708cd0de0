/**
 * Characters as CPython 3.11 knows them: its Unicode is 14.0, the engine's is
 * newer. Letters and numbers that came later are none here.
 */
import { allocate } from "../budget.ts";
import type { Category } from "./tree.ts";

/** First and last letters and numbers, in turn, that Unicode took up after 14.0 (to 17.0). */
const LATER =
  "88f 88f c5c c5c cdc cdc 1c89 1c8a a7cb a7cf a7d2 a7d2 a7d4 a7d4 a7da a7dc a7f1 a7f1 105c0 105f3 10940 10959 10d40 10d65 10d6f 10d85 10ec2 10ec7 1123f 11240 11380 11389 1138b 1138b 1138e 1138e 11390 113b5 113b7 113b7 113d1 113d1 113d3 113d3 116d0 116e3 11bc0 11be0 11bf0 11bf9 11db0 11ddb 11de0 11de9 11f02 11f02 11f04 11f10 11f12 11f33 11f50 11f59 1342f 1342f 13441 13446 13460 143fa 16100 1611d 16130 16139 16d40 16d6c 16d70 16d79 16ea0 16eb8 16ebb 16ed3 16ff2 16ff6 187f8 187ff 18cff 18cff 18d09 18d1e 18d80 18df2 1b132 1b132 1b155 1b155 1ccf0 1ccf9 1d2c0 1d2d3 1df25 1df2a 1e030 1e06d 1e4d0 1e4eb 1e4f0 1e4f9 1e5d0 1e5ed 1e5f0 1e5fa 1e6c0 1e6de 1e6e0 1e6e2 1e6e4 1e6e5 1e6e7 1e6ed 1e6f0 1e6f4 1e6fe 1e6ff 2b739 2b739 2b73a 2b73f 2cea2 2cead 2ebf0 2ee5d 31350 33479";

/** Characters that match each other without regard to case though their lower cases differ. */
const SAME_UPPER =
  "i\u0131 s\u017f \u00b5\u03bc \u0345\u03b9\u1fbe \u0390\u1fd3 \u03b0\u1fe3 \u03b2\u03d0 \u03b5\u03f5 \u03b8\u03d1 \u03ba\u03f0 \u03c0\u03d6 \u03c1\u03f1 \u03c2\u03c3 \u03c6\u03d5 \u0432\u1c80 \u0434\u1c81 \u043e\u1c82 \u0441\u1c83 \u0442\u1c84\u1c85 \u044a\u1c86 \u0463\u1c87 \u1c88\ua64b \u1e61\u1e9b \ufb05\ufb06";

const LETTER_OR_NUMBER = /[\p{L}\p{N}]/u;
const DECIMAL = /\p{Nd}/u;
/** Bidirectional types WS, B and S, and category Zs. */
const SPACE = /[\t-\r\x1c- \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/;
/** No character from here on is a letter or number. */
const LAST_LETTER = 0x40000;

let later: Int32Array | undefined;
let extra: Map<number, readonly number[]> | undefined;

function isLater(code: number): boolean {
  if (code < 0x88f) return false;
  later ??= Int32Array.from(LATER.split(" "), (hex) => Number.parseInt(hex, 16));
  for (let at = 0; at < later.length && later[at]! <= code; at += 2) {
    if (code <= later[at + 1]!) return true;
  }
  return false;
}

/** Whether a code point is a word character (`w`), a decimal digit (`d`) or white space (`s`). */
export function isInClass(code: number, kind: "d" | "s" | "w", unicode: boolean): boolean {
  if (code < 128) {
    const digit = code >= 48 && code <= 57;
    if (kind === "d") return digit;
    if (kind === "s") return (code >= 9 && code <= 13) || code === 32 || (unicode && code >= 28 && code < 32);
    const letter = code | 32;
    return digit || (letter >= 97 && letter <= 122) || code === 95;
  }
  if (!unicode || code >= LAST_LETTER) return false;
  const char = String.fromCodePoint(code);
  if (kind === "s") return SPACE.test(char);
  return (kind === "d" ? DECIMAL : LETTER_OR_NUMBER).test(char) && !isLater(code);
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
  return changed(code, String.fromCodePoint(code).toLowerCase());
}

/** Upper case of one code point, the first where there are more. */
export function toUpper(code: number, unicode: boolean): number {
  if (code < 128 || !unicode) return code >= 97 && code <= 122 ? code - 32 : code;
  return changed(code, String.fromCodePoint(code).toUpperCase());
}

function changed(code: number, text: string): number {
  const to = text.codePointAt(0) ?? code;
  return to === code || isLater(code) || isLater(to) ? code : to;
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
