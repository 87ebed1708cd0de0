/** Names of characters: those that a rule gives, and a table that is unpacked when first asked. */
import { readFileSync } from "node:fs";
import { cjkRanges, unpack } from "./unicode.ts";
import { fromJs, type Str } from "./wide.ts";
import names from "./names.zst" with { type: "file" };

const LEADS = "G GG N D DD R M B BB S SS  J JJ C K T P H".split(" ");
const VOWELS = "A AE YA YAE EO E YEO YE O WA WAE OE YO U WEO WE WI YU EU YI I".split(" ");
const TAILS = " G GG GS N NJ NH D L LG LM LB LS LT LP LH M B BS S SS NG J C K T P H".split(" ");
const HANGUL = 0xac00;
const HANGUL_COUNT = 11172;
const SYLLABLE = "HANGUL SYLLABLE ";
const IDEOGRAPH = "CJK UNIFIED IDEOGRAPH-";

let unpacked: string | undefined;
let byPoint: Map<number, string> | undefined;
let byName: Map<string, number> | undefined;
/** Aliases and names of sequences. */
let aliases: Map<string, string> | undefined;

/** Lines of names, an empty line, aliases as JSON: a file, since a text of this size is paid for at each start. */
function table(): string {
  return (unpacked ??= unpack(readFileSync(names)));
}

/** Each direction has its own map, since hardly a program asks in both. */
function eachName(see: (name: string, point: number) => void): void {
  const text = table();
  const end = text.indexOf("\n\n") + 1;
  let point = 0;
  for (let at = 0; at < end;) {
    const stop = text.indexOf("\n", at);
    const line = text.slice(at, stop);
    if (line.startsWith("+")) point += Number(line);
    else see(line, point++);
    at = stop + 1;
  }
}

function namesByPoint(): Map<number, string> {
  if (byPoint !== undefined) return byPoint;
  const map = (byPoint = new Map<number, string>());
  eachName((name, point) => map.set(point, name));
  return map;
}

function pointsByName(): Map<string, number> {
  if (byName !== undefined) return byName;
  const map = (byName = new Map<string, number>());
  eachName((name, point) => map.set(name, point));
  return map;
}

function knownAliases(): Map<string, string> {
  if (aliases !== undefined) return aliases;
  const list = JSON.parse(table().slice(table().indexOf("\n\n"))) as string[];
  const map = (aliases = new Map<string, string>());
  for (let i = 0; i < list.length; i += 2) map.set(list[i]!, list[i + 1]!);
  return map;
}

/** `unicodedata.name`, or `undefined` where a code point has none. */
export function nameOf(point: number): string | undefined {
  if (point >= HANGUL && point < HANGUL + HANGUL_COUNT) return SYLLABLE + syllable(point - HANGUL);
  if (isIdeograph(point)) return IDEOGRAPH + point.toString(16).toUpperCase();
  return namesByPoint().get(point);
}

function syllable(index: number): string {
  const lead = Math.floor(index / 588);
  const vowel = Math.floor((index % 588) / 28);
  return `${LEADS[lead]}${VOWELS[vowel]}${TAILS[index % 28]}`;
}

function isIdeograph(point: number): boolean {
  if (point < 0x3400) return false;
  const ranges = cjkRanges();
  for (let i = 0; i < ranges.length; i += 2) {
    if (point >= ranges[i]! && point <= ranges[i + 1]!) return true;
  }
  return false;
}

/** The character of a name or alias in any case (in capitals where a rule names it), or `undefined`; with `sequences`, names of several characters too. */
export function lookup(name: string, sequences: boolean): Str | undefined {
  // Longer ones exist nowhere.
  if (name.length > 256 || /[^\0-\x7f]/.test(name)) return undefined;
  const upper = name.toUpperCase();
  const point = byRule(name) ?? pointsByName().get(upper);
  if (point !== undefined) return fromJs(String.fromCodePoint(point));
  const other = knownAliases().get(upper);
  if (other === undefined) return undefined;
  const text = fromJs(other);
  return sequences || Array.from(other).length === 1 ? text : undefined;
}

function byRule(name: string): number | undefined {
  if (name.startsWith(SYLLABLE)) {
    const wanted = name.slice(SYLLABLE.length);
    if (wanted === "" || wanted.length > 7) return undefined;
    for (let i = 0; i < HANGUL_COUNT; i++) if (syllable(i) === wanted) return HANGUL + i;
    return undefined;
  }
  if (!name.startsWith(IDEOGRAPH)) return undefined;
  const hex = name.slice(IDEOGRAPH.length);
  if (!/^[\dA-F]{4,5}$/.test(hex)) return undefined;
  const point = Number.parseInt(hex, 16);
  return isIdeograph(point) ? point : undefined;
}
