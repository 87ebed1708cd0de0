/** The white space before lines, and lines that go on in the next. */
import { PythonSyntaxError, type SyntaxErrorKind } from "./error.ts";
import type { Scanner } from "./scanner.ts";

/** CPython's own limit. */
const MOST_INDENTS = 100;

/** Reads the white space before a line; true when nothing else is on it. */
export function indentation(s: Scanner): boolean {
  const source = s.source;
  let col = 0;
  let alt = 0;
  let continued: number | undefined;
  for (; ; s.at++) {
    const char = source.charCodeAt(s.at);
    if (char === 32) {
      col++;
      alt++;
    } else if (char === 9) {
      col = (Math.floor(col / 8) + 1) * 8;
      alt++;
    } else if (char === 12) col = alt = 0;
    else if (char === 92) {
      // A line that goes on keeps the indentation of its beginning.
      continued ??= col;
      continueLine(s);
      s.at--;
    } else break;
  }
  const here = source[s.at];
  if (here === undefined) return true;
  if (here === "#" || here === "\n") {
    const end = source.indexOf("\n", s.at);
    s.at = end === -1 ? source.length : end + 1;
    if (end !== -1) s.newLine();
    return true;
  }
  if (s.brackets.length === 0) dent(s, continued ?? col, continued ?? alt);
  return false;
}

function dent(s: Scanner, col: number, alt: number): void {
  const [indents, alts] = [s.indents, s.altIndents];
  const last = indents.at(-1) ?? 0;
  const lastAlt = alts.at(-1) ?? 0;
  if (col === last) {
    if (alt !== lastAlt) tabs(s);
  } else if (col > last) {
    if (indents.length >= MOST_INDENTS) {
      indentError(s, "IndentationError", "too many levels of indentation", 0);
    }
    if (alt <= lastAlt) tabs(s);
    indents.push(col);
    alts.push(alt);
    s.mark("indent");
  } else {
    while (col < (indents.at(-1) ?? 0)) {
      indents.pop();
      alts.pop();
      s.mark("dedent");
    }
    if (col !== indents.at(-1)) {
      const end = s.source.indexOf("\n", s.at);
      const width = (end === -1 ? s.source.length : end) - s.lineStart + 1;
      const message = "unindent does not match any outer indentation level";
      indentError(s, "IndentationError", message, -1, width);
    }
    if (alt !== alts.at(-1)) tabs(s);
  }
}

function tabs(s: Scanner): never {
  indentError(s, "TabError", "inconsistent use of tabs and spaces in indentation", 0);
}

function indentError(
  s: Scanner,
  kind: SyntaxErrorKind,
  message: string,
  end_offset: number,
  offset = 1,
): never {
  const place = { lineno: s.line, offset, end_lineno: s.line, end_offset };
  throw new PythonSyntaxError(message, place, kind);
}

/** A backslash at a line's end. */
export function continueLine(s: Scanner): void {
  const { length } = s.source;
  if (s.source[s.at + 1] !== "\n" && s.at + 1 < length) {
    s.stop(s.error("unexpected character after line continuation character", s.at + 2, 0));
  }
  s.at += 2;
  if (s.at >= length) {
    const offset = s.at - s.lineStart;
    const place = { lineno: s.line, offset, end_lineno: s.line, end_offset: -1 };
    s.stop(new PythonSyntaxError("unexpected EOF while parsing", place));
  }
  s.newLine();
}
