/** Escapes of patterns, outside of sets and inside. */
import { quoted } from "./error.ts";
import type { PatternState } from "./parser.ts";
import type { Tokens } from "./tokens.ts";
import { lengthOf } from "./tokens.ts";
import type { Anchor, Category, Node, SetItem } from "./tree.ts";

const OCTAL = /[0-7]/;
const DECIMAL = /[0-9]/;
const HEXADECIMAL = /[0-9a-fA-F]/;

/** The control character that a letter after a backslash stands for. */
export function controlOf(letter: string): number | undefined {
  const index = "abfnrtv\\".indexOf(letter);
  return index < 0 ? undefined : [7, 8, 12, 10, 13, 9, 11, 92][index];
}

/** A character of a set, or a class. */
export function classEscape(tokens: Tokens, token: string, state: PatternState): SetItem {
  const letter = token.slice(1);
  const control = controlOf(letter);
  if (control !== undefined) return single(control);
  if (isCategory(letter)) return { kind: "category", category: letter };
  const code = numeric(tokens, token, state);
  if (code !== undefined) return single(code);
  if (OCTAL.test(letter)) {
    const digits = letter + tokens.getWhile(2, OCTAL);
    return single(octal(tokens, digits));
  }
  return single(plain(tokens, token));
}

/** What an escape outside of a set matches. */
export function patternEscape(tokens: Tokens, token: string, state: PatternState): Node {
  const letter = token.slice(1);
  if (isAnchor(letter)) return { kind: "at", anchor: letter };
  if (isCategory(letter)) {
    return { kind: "set", negate: false, items: [{ kind: "category", category: letter }] };
  }
  const code = controlOf(letter) ?? numeric(tokens, token, state);
  if (code !== undefined) return { kind: "literal", code };
  if (letter === "0") {
    return { kind: "literal", code: Number.parseInt(`0${tokens.getWhile(2, OCTAL)}`, 8) };
  }
  if (!DECIMAL.test(letter)) return { kind: "literal", code: plain(tokens, token) };
  let digits = letter;
  if (tokens.nextIs(DECIMAL)) {
    digits += tokens.get();
    if (/^[0-7]{2}$/.test(digits) && tokens.nextIs(OCTAL)) {
      return { kind: "literal", code: octal(tokens, digits + tokens.get()) };
    }
  }
  const group = Number(digits);
  if (group >= state.widths.length) {
    throw tokens.error(`invalid group reference ${group}`, digits.length);
  }
  if (state.widths[group] === undefined) {
    throw tokens.error("cannot refer to an open group", digits.length + 1);
  }
  state.checkLookbehind(group, tokens);
  return { kind: "reference", group };
}

/** The value of three octal digits. */
export function octal(tokens: Tokens, digits: string): number {
  const code = Number.parseInt(digits, 8);
  if (code <= 255) return code;
  const message = `octal escape value \\${digits} outside of range 0-0o377`;
  throw tokens.error(message, digits.length + 1);
}

/** `\x`, and in text `\u`, `\U` and `\N`. */
function numeric(tokens: Tokens, token: string, state: PatternState): number | undefined {
  const letter = token.slice(1);
  if (letter === "x") return Number.parseInt(hexadecimalDigits(tokens, token, 2), 16);
  if (tokens.bytes) return undefined;
  if (letter === "u") return Number.parseInt(hexadecimalDigits(tokens, token, 4), 16);
  if (letter === "U") {
    const digits = hexadecimalDigits(tokens, token, 8);
    const code = Number.parseInt(digits, 16);
    if (code <= 0x10ffff) return code;
    throw tokens.error(`bad escape ${token}${digits}`, 10);
  }
  if (letter !== "N") return undefined;
  if (!tokens.match("{")) throw tokens.error("missing {");
  const name = tokens.getUntil("}", "character name");
  const named = state.lookup(name);
  if (named !== undefined) return named;
  throw tokens.error(`undefined character name ${quoted(name)}`, lengthOf(name) + 4);
}

function hexadecimalDigits(tokens: Tokens, token: string, digits: number): string {
  const text = tokens.getWhile(digits, HEXADECIMAL);
  if (text.length < digits) {
    throw tokens.error(`incomplete escape ${token}${text}`, text.length + 2);
  }
  return text;
}

/** An escaped character that stands for itself: any but letters and digits of ASCII. */
function plain(tokens: Tokens, token: string): number {
  if (/^\\[A-Za-z0-9]$/.test(token)) throw tokens.error(`bad escape ${token}`, 2);
  return token.codePointAt(1) ?? 0;
}

function single(code: number): SetItem {
  return { kind: "range", from: code, to: code, single: true };
}

function isCategory(letter: string): letter is Category {
  return letter.length === 1 && "dDsSwW".includes(letter);
}

function isAnchor(letter: string): letter is Anchor {
  return letter.length === 1 && "AbBZ".includes(letter);
}
