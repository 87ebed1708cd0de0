/** Strings, and formatted strings, whose expressions are tokens of their own (PEP 701). */
import type { Format, Scanner } from "./scanner.ts";

/** CPython's own limits. */
const MOST_FSTRINGS = 150;
const MOST_SPECS = 3;

export function string(s: Scanner, start: number, prefix: string): void {
  const source = s.source;
  const open = start + prefix.length;
  const char = source.charAt(open);
  const quote = source.startsWith(char.repeat(3), open) ? char.repeat(3) : char;
  s.at = open + quote.length;
  if (/[fF]/.test(prefix)) {
    if (s.formats.length >= MOST_FSTRINGS - 1) {
      s.fail("too many nested f-strings", s.at);
    }
    s.formats.push({
      quote,
      raw: prefix.length === 2,
      start,
      lineno: s.line,
      lineStart: s.lineStart,
      depth: 0,
      fields: -1,
      inText: true,
      inSpec: false,
    });
    s.push('f"', start, s.at, source.slice(start, s.at));
    return;
  }
  const end = stringEnd(s, quote);
  if (end === -1) neverEnds(s, start, quote);
  s.at = end + quote.length;
  const token = s.push("string", start, end, source.slice(start, s.at));
  if (token.text.includes("\n")) s.skipLines(start, end);
  token.end = s.at;
  token.end_lineno = s.line;
  token.end_col_offset = s.column(s.at);
}

/** The offset of the closing quote, or -1. */
function stringEnd(s: Scanner, quote: string): number {
  const source = s.source;
  const code = quote.charCodeAt(0);
  for (let at = s.at; at < source.length; at++) {
    const here = source.charCodeAt(at);
    if (here === 92) at++;
    else if (here === code && (quote.length === 1 || source.startsWith(quote, at))) return at;
    else if (here === 10 && quote.length === 1) return -1;
  }
  return -1;
}

function neverEnds(s: Scanner, start: number, quote: string): never {
  const format = s.formats.at(-1);
  if (format?.quote === quote) s.fail("f-string: expecting '}'", start + 1);
  const long = quote.length === 3;
  let end = s.at;
  while (end < s.source.length && (long || s.source[end] !== "\n")) {
    end += s.source[end] === "\\" ? 2 : 1;
  }
  const what = long ? "triple-quoted string" : "string";
  s.fail(`unterminated ${what} literal (detected at line ${lineAt(s, end)})`, start + 1);
}

/** Text of a formatted string up to its end, an expression, or a doubled brace. */
export function formatText(s: Scanner, format: Format): void {
  const source = s.source;
  const { quote } = format;
  const start = s.at;
  const inSpec = format.inSpec && format.fields >= 0;
  if (source.startsWith(quote, start)) {
    s.at += quote.length;
    s.formats.pop();
    s.push("f'", start, s.at);
    return;
  }
  if (source[start] === "{" && (source[start + 1] !== "{" || inSpec)) {
    field(s, format);
    return;
  }
  let isNamed = false;
  for (; s.at < source.length; s.at++) {
    const char = source[s.at];
    if (char === "\\") {
      const next = source[s.at + 1];
      if (next === "{" || next === "}") continue;
      s.at++;
      if (!format.raw && next === "N" && source[s.at + 1] === "{") {
        isNamed = true;
        s.at++;
      }
    } else if (char === "\n" && quote.length === 1) {
      if (!inSpec) break;
      format.inText = false;
      middle(s, start, s.at);
      return;
    } else if (char === quote[0] && source.startsWith(quote, s.at)) {
      middle(s, start, s.at);
      return;
    } else if (char === "{" || (char === "}" && !isNamed)) {
      const isDouble = source[s.at + 1] === char && !inSpec;
      if (isDouble && (char === "{" || format.depth === 0)) {
        // The second brace is no text, and the token's all the same.
        middle(s, start, s.at + 1, 1);
        s.at += 2;
      } else {
        middle(s, start, s.at);
        if (char === "{") field(s, format);
        else format.inText = false;
      }
      return;
    } else if (char === "}") {
      middle(s, start, ++s.at);
      return;
    }
  }
  s.at = Math.min(s.at, source.length);
  unterminated(s, format);
}

/** Leaves the text for an expression. */
function field(s: Scanner, format: Format): void {
  format.fields++;
  if (format.fields >= MOST_SPECS) {
    s.fail("f-string: expressions nested too deeply", s.at);
  }
  format.inText = false;
  format.inSpec = false;
}

function middle(s: Scanner, start: number, end: number, more = 0): void {
  const token = s.push("f.", start, start, s.source.slice(start, end));
  s.skipLines(start, end);
  token.end = end;
  token.end_lineno = s.line;
  token.end_col_offset = s.column(end + more);
}

export function unterminated(s: Scanner, format: Format): never {
  const what = format.quote.length === 3 ? "triple-quoted f-string" : "f-string";
  const message = `unterminated ${what} literal (detected at line ${lineAt(s, s.at)})`;
  s.line = format.lineno;
  s.lineStart = format.lineStart;
  s.fail(message, format.start + 1);
}

/** The line of a place at or after this one; what ends the last line does not begin one. */
function lineAt(s: Scanner, end: number): number {
  const rest = s.source.slice(s.lineStart, end).replace(/\n$/, "");
  return s.line + rest.split("\n").length - 1;
}
