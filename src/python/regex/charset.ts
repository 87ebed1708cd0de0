/** What one character of a subject may be, as tables of 256 made when a subject first needs them. */
import { allocate, spend } from "../budget.ts";
import { IGNORECASE, LOCALE, UNICODE } from "./flags.ts";
import type { Category, Node, SetItem } from "./tree.ts";
import { classPage, extraCases, isCased, toLower, toUpper } from "./unicode.ts";

/** Kinds of characters above 255, as bits. */
const DIGITS = 1;
const LETTERS = 2;
const SPACES = 4;
/** Those, and all the others. */
const EVERY = 15;

const BEYOND: Record<Category, number> = {
  d: DIGITS,
  D: EVERY & ~DIGITS,
  w: DIGITS | LETTERS,
  W: EVERY & ~(DIGITS | LETTERS),
  s: SPACES,
  S: EVERY & ~SPACES,
};

type Member = (code: number) => boolean;

/** A set of characters. */
export interface CharSet {
  /** 1 for each of the first 256 code points that is in the set. */
  readonly latin: Uint8Array;
  /** Which kinds of the other code points may be in it; more than there are, never fewer. */
  readonly beyond: number;
  /** Whether a code point above 255 is in the set. */
  has(code: number): boolean;
}

type Unit = Extract<Node, { kind: "literal" | "not" | "set" }>;

/** The set of a node that matches one character, under flags. */
export function charSetOf(node: Unit, flags: number): CharSet {
  const negate = node.kind === "not" || (node.kind === "set" && node.negate);
  const items: readonly SetItem[] =
    node.kind === "set"
      ? node.items
      : [{ kind: "range", from: node.code, to: node.code, single: true }];
  if ((flags & IGNORECASE) === 0) return exactSet(items, negate, flags);
  if ((flags & LOCALE) !== 0) return localeSet(items, negate, node.kind !== "set");
  return foldedSet(items, negate, flags, node.kind !== "set");
}

/** Members of the other kinds: what one table of 256 cannot tell. */
function beyondOf(items: readonly SetItem[], negate: boolean, unicode: boolean): number {
  let beyond = 0;
  let all = 0;
  for (const item of items) {
    if (item.kind === "range") {
      if (item.to > 255) beyond |= EVERY;
      if (item.from <= 256 && item.to >= 0x10ffff) all = EVERY;
    } else {
      const kinds = unicode ? BEYOND[item.category] : item.category < "a" ? EVERY : 0;
      beyond |= kinds;
      all |= kinds;
    }
  }
  return negate ? EVERY & ~all : beyond;
}

function exactSet(items: readonly SetItem[], negate: boolean, flags: number): CharSet {
  const unicode = (flags & UNICODE) !== 0;
  return newSet(beyondOf(items, negate, unicode), (number) => {
    const table = new Uint8Array(256);
    const start = number * 256;
    for (const item of items) {
      if (item.kind === "range") {
        if (item.to >= start && item.from < start + 256) {
          table.fill(1, Math.max(0, item.from - start), Math.min(256, item.to - start + 1));
        }
      } else {
        const members = classPage(item.category, number, unicode);
        for (let at = 0; at < 256; at++) table[at]! |= members[at]!;
      }
    }
    if (negate) for (let at = 0; at < 256; at++) table[at]! ^= 1;
    return table;
  });
}

/** Whether a code point is one of the items. */
function memberOf(items: readonly SetItem[], unicode: boolean): Member {
  return (code) => {
    for (const item of items) {
      if (item.kind === "range") {
        if (code >= item.from && code <= item.to) return true;
      } else if (classPage(item.category, code >> 8, unicode)[code & 255] === 1) return true;
    }
    return false;
  };
}

/** Bytes in the C locale: either case may be a member, which tells in a negated set. */
function localeSet(items: readonly SetItem[], negate: boolean, single: boolean): CharSet {
  const member = memberOf(items, false);
  const either: Member = (code) => {
    const lower = toLower(code, false);
    const upper = toUpper(code, false);
    if (single) return member(code) || member(lower) || member(upper);
    return member(lower) !== negate || (upper !== lower && member(upper) !== negate);
  };
  return newSet(0, pages(either, negate && single));
}

/**
 * Characters are compared in lower case, and a member stands for all that share
 * its upper case. As in CPython, members beyond U+FFFF are no lower-cased ones.
 */
function foldedSet(
  items: readonly SetItem[],
  negate: boolean,
  flags: number,
  single: boolean,
): CharSet {
  const unicode = (flags & UNICODE) !== 0;
  const cased = items.some((item) => item.kind === "range" && hasCased(item, unicode));
  if (!cased) return exactSet(items, negate, flags);
  const lowered = new Set<number>();
  const tail: Member[] = [];
  const wide: { from: number; to: number; single: boolean }[] = [];
  for (const item of items) {
    if (item.kind === "category") tail.push(memberOf([item], unicode));
    else if (single && item.from > 0xffff) lowered.add(toLower(item.from, unicode));
    else {
      if (item.to > 0xffff) wide.push(item);
      const last = Math.min(item.to, 0xffff);
      if (last - item.from > 256) spend(last - item.from);
      for (let code = item.from; code <= last; code++) {
        const lower = toLower(code, unicode);
        lowered.add(lower);
        if (unicode) for (const other of extraCases(lower)) lowered.add(other);
      }
    }
  }
  const member: Member = (code) => {
    const lower = toLower(code, unicode);
    if (lowered.has(lower) || tail.some((has) => has(lower))) return true;
    return wide.some((range) => {
      if (lower >= range.from && lower <= range.to) return true;
      if (range.single) return false;
      const upper = toUpper(lower, unicode);
      return upper >= range.from && upper <= range.to;
    });
  };
  const beyond = unicode ? EVERY : beyondOf(items, negate, false);
  return newSet(beyond, pages(member, negate));
}

function hasCased(item: { from: number; to: number; single: boolean }, unicode: boolean): boolean {
  if (item.to > 0xffff) return true;
  if (item.to - item.from > 256) return true;
  for (let code = item.from; code <= item.to; code++) if (isCased(code, unicode)) return true;
  return false;
}

function newSet(beyond: number, pageOf: (number: number) => Uint8Array): CharSet {
  const pages = new Map<number, Uint8Array>();
  return {
    latin: pageOf(0),
    beyond,
    has(code) {
      let table = pages.get(code >> 8);
      if (table === undefined) {
        spend(256);
        allocate(256);
        table = pageOf(code >> 8);
        pages.set(code >> 8, table);
      }
      return table[code & 255] === 1;
    },
  };
}

/** Makes tables by asking for each code point. */
function pages(member: Member, negate: boolean): (number: number) => Uint8Array {
  return (number) => {
    const table = new Uint8Array(256);
    const first = number * 256;
    for (let at = 0; at < 256; at++) table[at] = member(first + at) === negate ? 0 : 1;
    return table;
  };
}
