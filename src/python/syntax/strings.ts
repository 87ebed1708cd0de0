/** What strings and bytes hold, once their escapes are read. */
import type { CharacterNames, Cursor } from "./cursor.ts";
import type { Token } from "./tokens.ts";

const SIMPLE: Readonly<Record<string, string>> = {
  "\n": "",
  "\\": "\\",
  "'": "'",
  '"': '"',
  a: "\u0007",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};
const HEX_DIGITS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };
const ESCAPE = /\\(?:[0-7]{1,3}|N(?:\{[^}]*\}?)?|[^])?/g;
const SURROGATE = /\p{Cs}/u;

/** The parts of a token's text: `rb'''x'''` is raw bytes that hold `x`. */
export function stringParts({ text }: Token): { prefix: string; body: string } {
  const open = text.search(/["']/);
  const size =
    text.startsWith(text.charAt(open).repeat(3), open) && text.length >= open + 6 ? 3 : 1;
  return { prefix: text.slice(0, open).toLowerCase(), body: text.slice(open + size, -size) };
}

/** A piece of a str, or code points where one is a surrogate that an escape wrote. */
export type Text = string | { points: number[] };

/** The text that a literal writes, escapes read. */
export function decodeText(cursor: Cursor, body: string, raw: boolean, token: Token): Text {
  if (raw || !body.includes("\\")) return body;
  let hasSurrogate = false;
  const fail = (match: string, offset: number, reason: string): never => {
    // CPython counts in a copy where each character beyond ASCII is written \UXXXXXXXX.
    const before = Array.from(body.slice(0, offset)).reduce(
      (n, one) => n + (one > "\x7f" ? 10 : 1),
      0,
    );
    const message = `(unicode error) 'unicodeescape' codec can't decode bytes in position ${before}-${before + match.length - 1}: ${reason}`;
    return cursor.fail(message, token);
  };
  const pieces: (string | number)[] = [];
  let from = 0;
  const warn = warnOnce(cursor, token);
  for (const { 0: match, index } of body.matchAll(ESCAPE)) {
    if (index < from) continue;
    pieces.push(body.slice(from, index));
    from = index + match.length;
    const char = match.charAt(1);
    const size = HEX_DIGITS[char];
    if (char >= "0" && char <= "7") {
      if (match > "\\377") warn("octal ", match);
      pieces.push(String.fromCharCode(parseInt(match.slice(1), 8)));
    } else if (size !== undefined) {
      const digits = /^[\da-fA-F]*/.exec(body.slice(from, from + size))?.[0] ?? "";
      if (digits.length < size) {
        const form = `${char}${"X".repeat(size)}`;
        fail(match + digits, index, `truncated \\${form} escape`);
      }
      from += size;
      const code = parseInt(digits, 16);
      if (code > 0x10ffff) fail(match + digits, index, "illegal Unicode character");
      if ((code & 0xfffff800) === 0xd800) {
        hasSurrogate = true;
        pieces.push(code);
      } else pieces.push(String.fromCodePoint(code));
    } else if (char === "N") {
      if (!/^\\N\{.+\}$/s.test(match)) fail(match, index, "malformed \\N character escape");
      pieces.push(
        named(cursor.names, match) ?? fail(match, index, "unknown Unicode character name"),
      );
    } else {
      const simple = SIMPLE[char];
      if (simple === undefined) warn("", match);
      pieces.push(simple ?? match);
    }
  }
  pieces.push(body.slice(from));
  if (!hasSurrogate) return pieces.join("");
  const points = pieces.flatMap((one) =>
    typeof one === "number" ? [one] : Array.from(one).map((char) => char.codePointAt(0) ?? 0),
  );
  return { points };
}

/** Warns of the first escape of a literal that is none. */
function warnOnce(cursor: Cursor, token: Token): (kind: string, escape: string) => void {
  let done = false;
  return (kind, escape) => {
    if (!done) cursor.warn(`invalid ${kind}escape sequence '${escape}'`, token);
    done = true;
  };
}

function named(names: CharacterNames, match: string): string | undefined {
  return names(match.slice(3, -1));
}

/** The bytes that a literal writes. */
export function decodeBytes(cursor: Cursor, body: string, raw: boolean, token: Token): Uint8Array {
  if (/[^\0-\x7f]/.test(body)) {
    cursor.fail("bytes can only contain ASCII literal characters", token);
  }
  const bytes: number[] = [];
  const warn = warnOnce(cursor, token);
  for (let at = 0; at < body.length; at++) {
    const code = body.charCodeAt(at);
    if (code !== 92 || raw) {
      bytes.push(code);
      continue;
    }
    const char = body.charAt(++at);
    const octal = /^[0-7]{1,3}/.exec(body.slice(at, at + 3))?.[0];
    const simple = SIMPLE[char];
    if (octal !== undefined) {
      if (octal > "377") warn("octal ", `\\${octal}`);
      bytes.push(parseInt(octal, 8) & 255);
      at += octal.length - 1;
    } else if (char === "x") {
      const hex = body.slice(at + 1, at + 3);
      if (!/^[\da-fA-F]{2}$/.test(hex)) {
        cursor.fail(`(value error) invalid \\x escape at position ${at - 1}`, token);
      }
      bytes.push(parseInt(hex, 16));
      at += 2;
    } else if (simple === undefined) {
      warn("", `\\${char}`);
      bytes.push(92, char.charCodeAt(0));
    } else if (simple !== "") bytes.push(simple.charCodeAt(0));
  }
  return new Uint8Array(bytes);
}

/** Texts one after the other. */
export function joinTexts(texts: readonly Text[]): Text {
  if (texts.length === 1) return texts[0] as Text;
  if (texts.every((one) => typeof one === "string") && !SURROGATE.test(texts.join(""))) {
    return texts.join("");
  }
  const points = texts.flatMap((one) =>
    typeof one === "string" ? Array.from(one).map((char) => char.codePointAt(0) ?? 0) : one.points,
  );
  return { points };
}

/** Bytes one after the other. */
export function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, one) => sum + one.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}
