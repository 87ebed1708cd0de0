/** `html`: escaping, and what character references stand for (https://html.spec.whatwg.org/#character-reference-state). */
import { spend } from "../../budget.ts";
import { fault } from "../../fault.ts";
import { PyDict } from "../../objects/dict.ts";
import type { PyModule } from "../../objects/module.ts";
import type { Value } from "../../objects/object.ts";
import { signed } from "../../objects/signature.ts";
import { runtime } from "../../objects/state.ts";
import { requireText } from "../../operations/arguments.ts";
import { textOf } from "../../operations/repr.ts";
import { truth } from "../../operations/truth.ts";
import { typeName } from "../../operations/typeof.ts";
import { replace } from "../../text/split.ts";
import { unpack } from "../../text/unicode.ts";
import { chr, concatAll, fromJs, pointAt, type Str, sizeOf, slice } from "../../text/wide.ts";
import { functions } from "../native.ts";
import { ENTITIES } from "./entities-table.ts";

let entities: Readonly<Record<string, string>> | undefined;

/** Characters by name; a name ends with its semicolon unless it may go without. */
function named(name: string): string | undefined {
  entities ??= JSON.parse(unpack(ENTITIES)) as Record<string, string>;
  return Object.hasOwn(entities, name) ? entities[name] : undefined;
}

const LONGEST = 32;
/** What numbers from 128 to 159 mean: Windows-1252. */
const WINDOWS =
  "\u20ac\x81\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\x8d\u017d\x8f\x90\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\x9d\u017e\u0178";

function escape(text: Str, quote: boolean): Str {
  let made = replace(text, "&", "&amp;");
  made = replace(replace(made, "<", "&lt;"), ">", "&gt;");
  return quote ? replace(replace(made, '"', "&quot;"), "'", "&#x27;") : made;
}

/** The character of a number. */
function numbered(point: number): Str {
  if (point === 0 || (point >= 0xd800 && point <= 0xdfff) || point > 0x10ffff) return "\ufffd";
  if (point === 13) return "\r";
  if (point >= 128 && point < 160) return WINDOWS[point - 128]!;
  const isControl =
    (point >= 1 && point <= 8) || (point >= 14 && point <= 31) || point === 11 || point === 127;
  const isNothing = (point >= 0xfdd0 && point <= 0xfdef) || (point & 0xfffe) === 0xfffe;
  return isControl || isNothing ? "" : chr(point);
}

function digitAt(text: Str, at: number, base: 10 | 16): number {
  if (at >= sizeOf(text)) return -1;
  const code = pointAt(text, at);
  if (code >= 48 && code <= 57) return code - 48;
  const letter = code | 32;
  return base === 16 && code < 128 && letter >= 97 && letter <= 102 ? letter - 87 : -1;
}

/** The text of a reference that begins at an ampersand, and where it ends; `undefined` for none. */
function reference(text: Str, start: number): [made: Str, end: number] | undefined {
  const size = sizeOf(text);
  let at = start + 1;
  if (at < size && pointAt(text, at) === 35) {
    at++;
    const isHex = at < size && (pointAt(text, at) | 32) === 120;
    if (isHex) at++;
    const base = isHex ? 16 : 10;
    const from = at;
    let point = 0;
    for (let digit = digitAt(text, at, base); digit >= 0; digit = digitAt(text, ++at, base)) {
      point = Math.min(point * base + digit, 0x110000);
    }
    spend(at - from);
    if (at === from) return undefined;
    if (at < size && pointAt(text, at) === 59) at++;
    return [numbered(point), at];
  }
  const from = at;
  while (at < size && at - from < LONGEST && !isEnd(pointAt(text, at))) at++;
  if (at === from) return undefined;
  if (at < size && pointAt(text, at) === 59) at++;
  const name = String(slice(text, from, at));
  const whole = named(name);
  if (whole !== undefined) return [fromJs(whole), at];
  for (let length = name.length - 1; length > 1; length--) {
    const part = named(name.slice(0, length));
    if (part !== undefined) return [fromJs(part), from + length];
  }
  return undefined;
}

/** White space, and what begins something else. */
function isEnd(point: number): boolean {
  return (
    point === 9 ||
    point === 10 ||
    point === 12 ||
    point === 32 ||
    point === 60 ||
    point === 38 ||
    point === 35 ||
    point === 59
  );
}

function unescape(text: Str): Str {
  const size = sizeOf(text);
  spend(size >>> 2);
  const parts: Str[] = [];
  let from = 0;
  for (let at = 0; at < size; at++) {
    if (pointAt(text, at) !== 38) continue;
    spend(LONGEST);
    const found = reference(text, at);
    if (found === undefined) continue;
    parts.push(slice(text, from, at), found[0]);
    from = found[1];
    at = from - 1;
  }
  if (from === 0) return text;
  parts.push(slice(text, from, size));
  return concatAll(parts);
}

export function fillHtml(module: PyModule): void {
  functions(module, {
    escape: signed("s, quote=True", (value: Value, quote?: Value) => {
      const text =
        textOf(value) ??
        fault("AttributeError", `'${typeName(value)}' object has no attribute 'replace'`);
      return escape(text, quote === undefined || truth(quote));
    }),
    unescape: signed("s", (value: Value) => unescape(requireText(value, "unescape() argument "))),
  });
  module.set("entities", runtime().load("html.entities"));
}

/** `html.entities`. */
export function fillEntities(module: PyModule): void {
  named("");
  const html5 = new PyDict();
  for (const [name, text] of Object.entries(entities!)) html5.set(name, fromJs(text));
  module.set("html5", html5);
}
