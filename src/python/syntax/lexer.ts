/**
 * Python's tokens, all at once: a mistake that the lexer sees anywhere is told
 * before any of the parser's, as CPython does. Formatted strings are tokens of
 * their own, and their expressions are lexed as code (PEP 701).
 */
import type { PythonSyntaxError } from "./error.ts";
import { continueLine, indentation } from "./indentation.ts";
import { formatText, string, unterminated } from "./literals.ts";
import { checkNumber, isWordAt, kindOfNumber, NUMBER, plainEnd } from "./numbers.ts";
import { operator } from "./operators.ts";
import { type Bracket, type Format, Scanner, strange } from "./scanner.ts";
import { KEYWORDS, type Token } from "./tokens.ts";
import type { Warned } from "./warning.ts";

const IDENTIFIER = /^[\p{XID_Start}_]\p{XID_Continue}*$/u;
const IDENTIFIER_START = /^[\p{XID_Start}_]\p{XID_Continue}*/u;
const STRING_PREFIX = /^(?:[bBuU]|[rR][bB]?|[bB][rR]|[fF][rR]?|[rR][fF])$/;

const NON_ASCII = /[^\0-\x7f]/;
/** What was lexed; `unclosed` is the innermost bracket that the end left open. */
export interface Lexed {
  tokens: Token[];
  unclosed: Bracket | undefined;
  /** What ended the tokens before the text did. */
  late: PythonSyntaxError | undefined;
  warnings: Warned[];
}

/** Lexes a text whose lines end in `\n`. Throws {@link PythonSyntaxError}. */
export function lex(source: string): Lexed {
  const scanner = new Scanner(source);
  try {
    run(scanner);
  } catch (error) {
    if (scanner.late === undefined) throw error;
    scanner.push("unclosed", scanner.at, scanner.at);
  }
  const { tokens, brackets, late, warnings } = scanner;
  return { tokens, unclosed: brackets.at(-1), late, warnings };
}

function run(s: Scanner): void {
  const { length } = s.source;
  let atLineStart = true;
  while (s.at < length) {
    const format = s.formats.at(-1);
    if (format?.inText === true) {
      formatText(s, format);
      continue;
    }
    if (atLineStart) {
      atLineStart = false;
      if (indentation(s)) {
        atLineStart = true;
        continue;
      }
    }
    atLineStart = token(s, format);
  }
  end(s, atLineStart);
}

/** Lexes one token, or skips a blank or a comment; true after a logical line. */
function token(s: Scanner, format: Format | undefined): boolean {
  const source = s.source;
  const start = s.at;
  const code = source.charCodeAt(start);
  if (code === 32 || code === 9 || code === 12) {
    s.at++;
  } else if (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    code === 95 ||
    code > 127
  ) {
    word(s, start);
  } else if (code === 10) {
    s.at++;
    const isLogical = s.brackets.length === 0;
    if (isLogical) s.push("newline", start, start + 1);
    s.newLine();
    return isLogical;
  } else if (code === 35) {
    const end = source.indexOf("\n", start);
    s.at = end === -1 ? source.length : end;
  } else if (code === 34 || code === 39) {
    string(s, start, "");
  } else if ((code >= 48 && code <= 57) || (code === 46 && isDigit(source, start + 1))) {
    number(s, start);
  } else if (code === 92) {
    continueLine(s);
  } else {
    operator(s, start, format);
  }
  return false;
}

function end(s: Scanner, atLineStart: boolean): void {
  const format = s.formats.at(-1);
  if (format?.inText === true) unterminated(s, format);
  const end = s.source.length;
  if (s.brackets.length > 0) {
    s.push("unclosed", end, end);
    return;
  }
  // A last line without its end is one all the same.
  if (!atLineStart && s.tokens.length > 0 && s.tokens.at(-1)?.kind !== "newline") {
    s.push("newline", end, end + 1);
    s.newLine();
  }
  if (s.at > 0 && s.at === s.lineStart) s.line--;
  for (let i = s.indents.length; i > 1; i--) s.mark("dedent").col_offset = -1;
  s.mark("end").col_offset = -1;
}

/** Where the word ends that begins here; any character beyond ASCII is taken for a part of it. */
function wordEnd(source: string, start: number): number {
  for (let at = start; ; at++) {
    const code = source.charCodeAt(at);
    const isPart =
      (code >= 97 && code <= 122) ||
      (code >= 65 && code <= 90) ||
      (code >= 48 && code <= 57) ||
      code === 95 ||
      code >= 128;
    if (!isPart) return at;
  }
}

function word(s: Scanner, start: number): void {
  const text = s.source.slice(start, wordEnd(s.source, start));
  const next = s.source.charCodeAt(start + text.length);
  if ((next === 34 || next === 39) && text.length < 3 && STRING_PREFIX.test(text)) {
    string(s, start, text);
    return;
  }
  s.at = start + text.length;
  const keyword = KEYWORDS.get(text);
  if (keyword !== undefined) {
    s.push(keyword, start, s.at, keyword);
    return;
  }
  if (!s.isWide || !NON_ASCII.test(text)) {
    s.push("name", start, s.at, text);
    return;
  }
  if (!IDENTIFIER.test(text)) {
    const good = IDENTIFIER_START.exec(text)?.[0] ?? "";
    const char = String.fromCodePoint(text.codePointAt(good.length) ?? 0);
    strange(s, char, start + good.length + char.length);
  }
  s.push("name", start, s.at, text.normalize("NFKC"));
}

function number(s: Scanner, start: number): void {
  const plain = plainEnd(s.source, start);
  if (plain !== -1) {
    s.at = plain;
    s.push("number", start, plain, s.source.slice(start, plain));
    return;
  }
  NUMBER.lastIndex = start;
  const text = NUMBER.exec(s.source)?.[0] ?? "";
  s.at = start + text.length;
  const wrong = checkNumber(s.source, start, s.at);
  if (wrong !== undefined) s.fail(wrong.message, wrong.at, wrong.end, wrong.start);
  s.push("number", start, s.at, text);
  if (isWordAt(s.source, s.at)) {
    const message = `invalid ${kindOfNumber(text)} literal`;
    const offset = s.at - s.lineStart;
    s.warnings.push({ category: "SyntaxWarning", message, lineno: s.line, offset });
  }
}

function isDigit(source: string, at: number): boolean {
  const code = source.charCodeAt(at);
  return code >= 48 && code <= 57;
}
