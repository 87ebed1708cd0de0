/** What Unicode 14 says of characters, as CPython 3.11 answers; tables are unpacked when first asked. */
import { spend } from "../budget.ts";
import { TABLES } from "./tables.ts";
import { fromPoints, room, type Str, sizeOf, toPoints } from "./wide.ts";

/** Flags of a character. */
export const LOWER = 1;
export const UPPER = 2;
const SPACE = 4;
export const ID_START = 8;
export const ID_CONTINUE = 16;
/** Skipped where a sigma looks for the letter before and after it. */
export const CASE_IGNORABLE = 32;
/** A letter: category `L*`. */
export const ALPHA = 64;
/** A titlecase letter: category `Lt`. */
export const TITLE = 128;
/** Shown as it is by `repr`. */
const PRINTABLE = 256;
/** Has a case. */
export const CASED: number = LOWER | UPPER | TITLE;

/** A change of case: what a code point becomes. */
export type CaseName = "upper" | "lower" | "title" | "fold";

const ASCII_IGNORABLE = "'.:^`";

type Runs = [simple: number[], long: (number | string)[]];
type Tables = Record<CaseName, Runs> & {
  records: [category: string, flags: number, combining: number][];
  runs: number[];
  numbers: [zeros: number[], digits: number[], numbers: number[]];
  cjk: number[];
};

interface Properties {
  /** By code point, the place in the three lists below. */
  record: Uint8Array;
  categories: string[];
  flags: Uint16Array;
  combining: number[];
  decimals: Map<number, number>;
  digits: Map<number, number>;
  numbers: Map<number, number>;
  cjk: number[];
  cases: (name: CaseName) => ReadonlyMap<number, number | readonly number[]>;
}

let properties: Properties | undefined;

/** The text of a table in a module: zstd, as base64 where it stands in the source. */
export function unpack(table: string | Uint8Array): string {
  const packed = typeof table === "string" ? Buffer.from(table, "base64") : table;
  return Bun.zstdDecompressSync(packed).toString("utf8");
}

function known(): Properties {
  return (properties ??= read());
}

function read(): Properties {
  const tables = JSON.parse(unpack(TABLES)) as Tables;
  const record = new Uint8Array(0x110000);
  let start = 0;
  for (let i = 0; i < tables.runs.length; i += 2) {
    start += tables.runs[i]!;
    record.fill(tables.runs[i + 1]!, start, start + (tables.runs[i + 2] ?? record.length));
  }
  const [zeros, digits, numbers] = tables.numbers;
  const decimals = new Map<number, number>();
  for (const zero of zeros) for (let i = 0; i < 10; i++) decimals.set(zero + i, i);
  const cases = new Map<CaseName, Map<number, number | readonly number[]>>();
  return {
    record,
    categories: tables.records.map(([category]) => category),
    flags: Uint16Array.from(tables.records, ([category, flags]) => flags | ofCategory(category)),
    combining: tables.records.map(([, , combining]) => combining),
    decimals,
    digits: pairs(digits),
    numbers: pairs(numbers),
    cjk: tables.cjk,
    cases: (name) => {
      let map = cases.get(name);
      if (map === undefined) cases.set(name, (map = changes(tables[name])));
      return map;
    },
  };
}

function ofCategory(category: string): number {
  const alpha = category.startsWith("L") ? ALPHA : 0;
  const title = category === "Lt" ? TITLE : 0;
  return alpha | title | (/^[CZ]/.test(category) ? 0 : PRINTABLE);
}

function pairs(list: readonly number[]): Map<number, number> {
  const map = new Map<number, number>();
  for (let i = 0; i < list.length; i += 2) map.set(list[i]!, list[i + 1]!);
  return map;
}

function changes([simple, long]: Runs): Map<number, number | readonly number[]> {
  const map = new Map<number, number | readonly number[]>();
  let start = 0;
  for (let i = 0; i < simple.length; i += 4) {
    start += simple[i]!;
    for (let k = 0; k < simple[i + 1]!; k++) {
      const point = start + k * simple[i + 2]!;
      map.set(point, point + simple[i + 3]!);
    }
  }
  for (let i = 0; i < long.length; i += 2) {
    map.set(long[i] as number, Array.from(toPoints(long[i + 1] as string)));
  }
  return map;
}

/** The flags of a code point. */
export function flagsOf(point: number): number {
  if (point < 128) return asciiFlags(point);
  const { flags, record } = properties ?? known();
  return flags[record[point]!]!;
}

/** ASCII is known without a table, since most programs need no more. */
function asciiFlags(point: number): number {
  if (point >= 97 && point <= 122) return LOWER | ALPHA | ID_START | ID_CONTINUE | PRINTABLE;
  if (point >= 65 && point <= 90) return UPPER | ALPHA | ID_START | ID_CONTINUE | PRINTABLE;
  if (point >= 48 && point <= 57) return ID_CONTINUE | PRINTABLE;
  if (point < 32 || point === 127) return isSpace(point) ? SPACE : 0;
  if (point === 32) return SPACE | PRINTABLE;
  if (point === 95) return ID_START | ID_CONTINUE | PRINTABLE;
  return ASCII_IGNORABLE.includes(String.fromCharCode(point))
    ? CASE_IGNORABLE | PRINTABLE
    : PRINTABLE;
}

/** What code points become; those that stay are not in it. */
export function caseMap(name: CaseName): ReadonlyMap<number, number | readonly number[]> {
  return known().cases(name);
}

/** Whether Python takes a code point for white space. */
export function isSpace(point: number): boolean {
  if (point < 128)
    return point === 32 || (point >= 9 && point <= 13) || (point >= 28 && point <= 31);
  return (flagsOf(point) & SPACE) !== 0;
}

/** Whether `repr` shows a code point as it is. */
export function isPrintable(point: number): boolean {
  if (point < 127) return point >= 32;
  return (flagsOf(point) & PRINTABLE) !== 0;
}

/** `unicodedata.category`. */
export function categoryOf(point: number): string {
  const { categories, record } = known();
  return categories[record[point]!]!;
}

/** `unicodedata.combining`. */
export function combiningOf(point: number): number {
  const { combining, record } = known();
  return combining[record[point]!]!;
}

/** The value of a decimal digit of any script, or -1. */
export function decimalValue(point: number): number {
  if (point < 128) return point >= 48 && point <= 57 ? point - 48 : -1;
  return known().decimals.get(point) ?? -1;
}

/** The value of a digit, such as a superscript one, or -1. */
export function digitValue(point: number): number {
  const decimal = decimalValue(point);
  return decimal >= 0 || point < 128 ? decimal : (known().digits.get(point) ?? -1);
}

/** The value of a number's character, such as a fraction, or `undefined`. */
export function numericValue(point: number): number | undefined {
  const digit = digitValue(point);
  return digit >= 0 ? digit : known().numbers.get(point);
}

/** First and last of each range of CJK ideographs that are named by their code point. */
export function cjkRanges(): readonly number[] {
  return known().cjk;
}

/** The form of a text as `unicodedata.normalize` gives it; form is one of the four that exist. */
export function normalize(form: "NFC" | "NFD" | "NFKC" | "NFKD", text: Str): Str {
  if (typeof text === "string" && !/[^\0-\x7f]/.test(text)) return text;
  const size = sizeOf(text);
  // One character may become 18.
  spend(size * 18);
  room(size * 4);
  const points = toPoints(text);
  const normal: number[] = [];
  let piece = "";
  const flush = (): void => {
    for (const char of piece.normalize(form)) normal.push(char.codePointAt(0)!);
    piece = "";
  };
  for (const point of points) {
    const category = categoryOf(point);
    // The engine's Unicode is newer: what has no meaning yet stays, as do surrogates.
    if (category === "Cn" || category === "Cs") {
      flush();
      normal.push(point);
    } else piece += String.fromCodePoint(point);
  }
  flush();
  return fromPoints(normal);
}
