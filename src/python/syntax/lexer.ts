/**
 * Python's tokens, all at once: a mistake that the lexer sees anywhere is told
 * before any of the parser's, as CPython does. Formatted strings are tokens of
 * their own, and their expressions are lexed as code (PEP 701).
 */
import { type ErrorSpan, PythonSyntaxError, type SyntaxErrorKind } from "./error.ts";
import { checkNumber, NUMBER } from "./numbers.ts";
import { KEYWORDS, OPERATOR, type Token } from "./tokens.ts";

/** CPython's own limits. */
const MOST_BRACKETS = 200;
const MOST_INDENTS = 100;
const MOST_FSTRINGS = 150;
const MOST_SPECS = 3;

const WORD = /[\w\u0080-\uffff]*/y;
const IDENTIFIER = /^[\p{XID_Start}_]\p{XID_Continue}*$/u;
const IDENTIFIER_START = /^[\p{XID_Start}_]\p{XID_Continue}*/u;
const NON_ASCII = /[^\0-\x7f]/;
const PRINTABLE = /^[^\p{C}\p{Z}]$/u;
const STRING_PREFIX = /^(?:[bBuU]|[rR][bB]?|[bB][rR]|[fF][rR]?|[rR][fF])$/;
const OPERATORS = /\*\*=|\/\/=|>>=|<<=|\.\.\.|[-+*/%@&|^!=<>:]=|\*\*|\/\/|<<|>>|->|<>|[^]/y;
const CLOSES: Readonly<Record<string, string>> = { ")": "(", "]": "[", "}": "{" };

interface Bracket {
  char: string;
  lineno: number;
  col_offset: number;
}

/** A formatted string that is open. */
interface Format {
  quote: string;
  raw: boolean;
  /** Where it began. */
  start: number;
  lineno: number;
  lineStart: number;
  /** Brackets open within it; those that hold its expressions, less one. */
  depth: number;
  fields: number;
  /** True while its text is read, false within an expression. */
  inText: boolean;
  /** True once an expression ended here, so that what follows a `:` is a specification. */
  inSpec: boolean;
}

/** What was lexed; `unclosed` is the innermost bracket that the end left open. */
export interface Lexed {
  tokens: Token[];
  unclosed: Bracket | undefined;
}

/** Lexes a text whose lines end in `\n`. Throws {@link PythonSyntaxError}. */
export function lex(source: string): Lexed {
  const lexer = new Lexer(source);
  lexer.run();
  return { tokens: lexer.tokens, unclosed: lexer.brackets.at(-1) };
}

class Lexer {
  readonly tokens: Token[] = [];
  readonly brackets: Bracket[] = [];
  readonly #source: string;
  readonly #isWide: boolean;
  readonly #formats: Format[] = [];
  /** Widths with tabs to eight, and with tabs as one: they must agree on what is deeper. */
  readonly #indents = [0];
  readonly #altIndents = [0];
  #at = 0;
  #line = 1;
  #lineStart = 0;
  /** Bytes beyond one a UTF-16 unit, between the line's start and `#counted`. */
  #extra = 0;
  #counted = 0;

  constructor(source: string) {
    this.#source = source;
    this.#isWide = NON_ASCII.test(source);
  }

  run(): void {
    const { length } = this.#source;
    let atLineStart = true;
    while (this.#at < length) {
      const format = this.#formats.at(-1);
      if (format?.inText === true) {
        this.#formatText(format);
        continue;
      }
      if (atLineStart) {
        atLineStart = false;
        if (this.#indentation()) {
          atLineStart = true;
          continue;
        }
      }
      atLineStart = this.#token(format);
    }
    this.#end(atLineStart);
  }

  /** Lexes one token, or skips a blank or a comment; true after a logical line. */
  #token(format: Format | undefined): boolean {
    const source = this.#source;
    const start = this.#at;
    const code = source.charCodeAt(start);
    if (code === 32 || code === 9 || code === 12) {
      this.#at++;
    } else if (
      (code >= 97 && code <= 122) ||
      (code >= 65 && code <= 90) ||
      code === 95 ||
      code > 127
    ) {
      this.#word(start);
    } else if (code === 10) {
      this.#at++;
      const isLogical = this.brackets.length === 0;
      if (isLogical) this.#push("newline", start, start + 1);
      this.#newLine();
      return isLogical;
    } else if (code === 35) {
      const end = source.indexOf("\n", start);
      this.#at = end === -1 ? source.length : end;
    } else if (code === 34 || code === 39) {
      this.#string(start, "");
    } else if ((code >= 48 && code <= 57) || (code === 46 && isDigit(source, start + 1))) {
      this.#number(start);
    } else if (code === 92) {
      this.#continue();
    } else {
      this.#operator(start, format);
    }
    return false;
  }

  #end(atLineStart: boolean): void {
    const format = this.#formats.at(-1);
    if (format?.inText === true) this.#unterminated(format);
    const end = this.#source.length;
    if (this.brackets.length > 0) {
      this.#push("unclosed", end, end);
      return;
    }
    // A last line without its end is one all the same.
    if (!atLineStart && this.tokens.length > 0 && this.tokens.at(-1)?.kind !== "newline") {
      this.#push("newline", end, end + 1);
      this.#newLine();
    }
    if (this.#at > 0 && this.#at === this.#lineStart) this.#line--;
    for (let i = this.#indents.length; i > 1; i--) this.#mark("dedent").col_offset = -1;
    this.#mark("end").col_offset = -1;
  }

  /** Reads the white space before a line; true when nothing else is on it. */
  #indentation(): boolean {
    const source = this.#source;
    let col = 0;
    let alt = 0;
    let continued: number | undefined;
    for (; ; this.#at++) {
      const char = source.charCodeAt(this.#at);
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
        this.#continue();
        this.#at--;
      } else break;
    }
    const here = source[this.#at];
    if (here === undefined) return true;
    if (here === "#" || here === "\n") {
      const end = source.indexOf("\n", this.#at);
      this.#at = end === -1 ? source.length : end + 1;
      if (end !== -1) this.#newLine();
      return true;
    }
    if (this.brackets.length === 0) this.#dent(continued ?? col, continued ?? alt);
    return false;
  }

  #dent(col: number, alt: number): void {
    const [indents, alts] = [this.#indents, this.#altIndents];
    const last = indents.at(-1) ?? 0;
    const lastAlt = alts.at(-1) ?? 0;
    if (col === last) {
      if (alt !== lastAlt) this.#tabs();
    } else if (col > last) {
      if (indents.length >= MOST_INDENTS) {
        this.#indentError("IndentationError", "too many levels of indentation", 0);
      }
      if (alt <= lastAlt) this.#tabs();
      indents.push(col);
      alts.push(alt);
      this.#mark("indent");
    } else {
      while (col < (indents.at(-1) ?? 0)) {
        indents.pop();
        alts.pop();
        this.#mark("dedent");
      }
      if (col !== indents.at(-1)) {
        const end = this.#source.indexOf("\n", this.#at);
        const width = (end === -1 ? this.#source.length : end) - this.#lineStart + 1;
        const message = "unindent does not match any outer indentation level";
        this.#indentError("IndentationError", message, -1, width);
      }
      if (alt !== alts.at(-1)) this.#tabs();
    }
  }

  #tabs(): never {
    this.#indentError("TabError", "inconsistent use of tabs and spaces in indentation", 0);
  }

  #indentError(kind: SyntaxErrorKind, message: string, end_offset: number, offset = 1): never {
    const place = { lineno: this.#line, offset, end_lineno: this.#line, end_offset };
    throw new PythonSyntaxError(message, place, kind);
  }

  /** A backslash at a line's end. */
  #continue(): void {
    const { length } = this.#source;
    if (this.#source[this.#at + 1] !== "\n" && this.#at + 1 < length) {
      this.#fail("unexpected character after line continuation character", this.#at + 2, 0);
    }
    this.#at += 2;
    if (this.#at >= length) {
      const last = this.#source.endsWith("\n") ? this.#at : this.#at;
      const offset = last - this.#lineStart;
      const place = { lineno: this.#line, offset, end_lineno: this.#line, end_offset: -1 };
      throw new PythonSyntaxError("unexpected EOF while parsing", place);
    }
    this.#newLine();
  }

  #word(start: number): void {
    WORD.lastIndex = start;
    const text = WORD.exec(this.#source)?.[0] ?? "";
    const next = this.#source.charCodeAt(start + text.length);
    if ((next === 34 || next === 39) && text.length < 3 && STRING_PREFIX.test(text)) {
      this.#string(start, text);
      return;
    }
    this.#at = start + text.length;
    const keyword = KEYWORDS.get(text);
    if (keyword !== undefined) {
      this.#push(keyword, start, this.#at, keyword);
      return;
    }
    if (!this.#isWide || !NON_ASCII.test(text)) {
      this.#push("name", start, this.#at, text);
      return;
    }
    if (!IDENTIFIER.test(text)) {
      const good = IDENTIFIER_START.exec(text)?.[0] ?? "";
      const char = String.fromCodePoint(text.codePointAt(good.length) ?? 0);
      this.#strange(char, start + good.length + char.length);
    }
    this.#push("name", start, this.#at, text.normalize("NFKC"));
  }

  #strange(char: string, end: number): never {
    const code = (char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
    const what = PRINTABLE.test(char) ? `character '${char}' (` : "non-printable character ";
    this.#fail(`invalid ${what}U+${code}${PRINTABLE.test(char) ? ")" : ""}`, end);
  }

  #number(start: number): void {
    NUMBER.lastIndex = start;
    const text = NUMBER.exec(this.#source)?.[0] ?? "";
    this.#at = start + text.length;
    const wrong = checkNumber(this.#source, start, this.#at);
    if (wrong !== undefined) this.#fail(wrong.message, wrong.at, wrong.end, wrong.start);
    this.#push("number", start, this.#at, text);
  }

  #string(start: number, prefix: string): void {
    const source = this.#source;
    const open = start + prefix.length;
    const char = source.charAt(open);
    const quote = source.startsWith(char.repeat(3), open) ? char.repeat(3) : char;
    this.#at = open + quote.length;
    if (/[fF]/.test(prefix)) {
      if (this.#formats.length >= MOST_FSTRINGS - 1) {
        this.#fail("too many nested f-strings", this.#at);
      }
      this.#formats.push({
        quote,
        raw: prefix.length === 2,
        start,
        lineno: this.#line,
        lineStart: this.#lineStart,
        depth: 0,
        fields: -1,
        inText: true,
        inSpec: false,
      });
      this.#push('f"', start, this.#at, source.slice(start, this.#at));
      return;
    }
    const end = this.#stringEnd(quote);
    if (end === -1) this.#neverEnds(start, quote);
    this.#at = end + quote.length;
    const token = this.#push("string", start, end, source.slice(start, this.#at));
    if (token.text.includes("\n")) this.#skipLines(start, end);
    token.end = this.#at;
    token.end_lineno = this.#line;
    token.end_col_offset = this.#column(this.#at);
  }

  /** The offset of the closing quote, or -1. */
  #stringEnd(quote: string): number {
    const source = this.#source;
    const code = quote.charCodeAt(0);
    for (let at = this.#at; at < source.length; at++) {
      const here = source.charCodeAt(at);
      if (here === 92) at++;
      else if (here === code && (quote.length === 1 || source.startsWith(quote, at))) return at;
      else if (here === 10 && quote.length === 1) return -1;
    }
    return -1;
  }

  #neverEnds(start: number, quote: string): never {
    const format = this.#formats.at(-1);
    if (format?.quote === quote) this.#fail("f-string: expecting '}'", start + 1);
    const long = quote.length === 3;
    let end = this.#at;
    while (end < this.#source.length && (long || this.#source[end] !== "\n")) {
      end += this.#source[end] === "\\" ? 2 : 1;
    }
    const what = long ? "triple-quoted string" : "string";
    this.#fail(`unterminated ${what} literal (detected at line ${this.#lineAt(end)})`, start + 1);
  }

  #unterminated(format: Format): never {
    const what = format.quote.length === 3 ? "triple-quoted f-string" : "f-string";
    const message = `unterminated ${what} literal (detected at line ${this.#lineAt(this.#at)})`;
    this.#line = format.lineno;
    this.#lineStart = format.lineStart;
    this.#fail(message, format.start + 1);
  }

  /** The line of a place at or after this one; what ends the last line does not begin one. */
  #lineAt(end: number): number {
    const rest = this.#source.slice(this.#lineStart, end).replace(/\n$/, "");
    return this.#line + rest.split("\n").length - 1;
  }

  /** Text of a formatted string up to its end, an expression, or a doubled brace. */
  #formatText(format: Format): void {
    const source = this.#source;
    const { quote } = format;
    const start = this.#at;
    const inSpec = format.inSpec && format.fields >= 0;
    if (source.startsWith(quote, start)) {
      this.#at += quote.length;
      this.#formats.pop();
      this.#push("f'", start, this.#at);
      return;
    }
    if (source[start] === "{" && (source[start + 1] !== "{" || inSpec)) {
      this.#field(format);
      return;
    }
    let isNamed = false;
    for (; this.#at < source.length; this.#at++) {
      const char = source[this.#at];
      if (char === "\\") {
        const next = source[this.#at + 1];
        if (next === "{" || next === "}") continue;
        this.#at++;
        if (!format.raw && next === "N" && source[this.#at + 1] === "{") {
          isNamed = true;
          this.#at++;
        }
      } else if (char === "\n" && quote.length === 1) {
        if (!inSpec) break;
        format.inText = false;
        this.#middle(start, this.#at);
        return;
      } else if (char === quote[0] && source.startsWith(quote, this.#at)) {
        this.#middle(start, this.#at);
        return;
      } else if (char === "{" || (char === "}" && !isNamed)) {
        const isDouble = source[this.#at + 1] === char && !inSpec;
        if (isDouble && (char === "{" || format.depth === 0)) {
          // The second brace is no text, and the token's all the same.
          this.#middle(start, this.#at + 1, 1);
          this.#at += 2;
        } else {
          this.#middle(start, this.#at);
          if (char === "{") this.#field(format);
          else format.inText = false;
        }
        return;
      } else if (char === "}") {
        this.#middle(start, ++this.#at);
        return;
      }
    }
    this.#at = Math.min(this.#at, source.length);
    this.#unterminated(format);
  }

  /** Leaves the text for an expression. */
  #field(format: Format): void {
    format.fields++;
    if (format.fields >= MOST_SPECS) {
      this.#fail("f-string: expressions nested too deeply", this.#at);
    }
    format.inText = false;
    format.inSpec = false;
  }

  #middle(start: number, end: number, more = 0): void {
    const token = this.#push("f.", start, start, this.#source.slice(start, end));
    this.#skipLines(start, end);
    token.end = end;
    token.end_lineno = this.#line;
    token.end_col_offset = this.#column(end + more);
  }

  #operator(start: number, format: Format | undefined): void {
    const source = this.#source;
    OPERATORS.lastIndex = start;
    let text = OPERATORS.exec(source)?.[0] ?? "";
    const char = text.charAt(0);
    // At the top of a replacement field a colon always begins its specification.
    const isSpec = char === ":" && format !== undefined && format.depth - 1 === format.fields;
    if (isSpec) text = ":";
    const kind = OPERATOR.get(text);
    if (kind === undefined && (text < " " || text > "~")) this.#strange(text, start + 1);
    this.#at = start + text.length;
    if (text === "(" || text === "[" || text === "{") {
      if (this.brackets.length >= MOST_BRACKETS) {
        this.#fail("too many nested parentheses", this.#at);
      }
      const col_offset = this.#column(start);
      this.brackets.push({ char: text, lineno: this.#line, col_offset });
      if (format !== undefined) format.depth++;
    } else if (text === ")" || text === "]" || text === "}") this.#closeBracket(text, format);
    this.#push(kind ?? text, start, this.#at, text);
    if (isSpec) {
      format.inText = true;
      format.inSpec = true;
    }
  }

  #closeBracket(text: string, format: Format | undefined): void {
    if (format?.depth === 0 && text === "}") {
      this.#fail("f-string: single '}' is not allowed", this.#at);
    }
    const open = this.brackets.pop();
    if (open === undefined) this.#fail(`unmatched '${text}'`, this.#at);
    if (CLOSES[text] !== open.char) {
      if (format !== undefined && open.char === "{" && format.depth - 1 === format.fields) {
        this.#fail(`f-string: unmatched '${text}'`, this.#at);
      }
      const where = open.lineno === this.#line ? "" : ` on line ${open.lineno}`;
      this.#fail(
        `closing parenthesis '${text}' does not match opening parenthesis '${open.char}'${where}`,
        this.#at,
      );
    }
    if (format === undefined) return;
    format.depth--;
    if (text === "}" && format.depth === format.fields) {
      format.fields--;
      format.inText = true;
      format.inSpec = format.fields >= 0;
    }
  }

  #newLine(): void {
    this.#line++;
    this.#lineStart = this.#at;
    this.#counted = this.#at;
    this.#extra = 0;
  }

  /** Counts the lines of a literal. */
  #skipLines(start: number, end: number): void {
    for (let at = this.#source.indexOf("\n", start); at !== -1 && at < end;) {
      this.#line++;
      this.#lineStart = at + 1;
      this.#counted = at + 1;
      this.#extra = 0;
      at = this.#source.indexOf("\n", at + 1);
    }
  }

  /** The column of a place in this line, in bytes; places only go forward. */
  #column(at: number): number {
    if (this.#isWide) {
      for (; this.#counted < at; this.#counted++) {
        const code = this.#source.charCodeAt(this.#counted);
        // Half of a surrogate pair is two of its four bytes.
        if (code > 0x7f) this.#extra += code > 0x7ff && (code & 0xf800) !== 0xd800 ? 2 : 1;
      }
    }
    return at - this.#lineStart + this.#extra;
  }

  #push(kind: string, start: number, end: number, text = ""): Token {
    const lineno = this.#line;
    const token: Token = {
      kind,
      start,
      end,
      text,
      level: this.brackets.length,
      lineno,
      col_offset: this.#column(start),
      end_lineno: lineno,
      end_col_offset: this.#column(end),
    };
    this.tokens.push(token);
    return token;
  }

  #mark(kind: "indent" | "dedent" | "end"): Token {
    const token = this.#push(kind, this.#at, this.#at);
    token.end_col_offset = -1;
    return token;
  }

  /** Fails after the character before `at`, as CPython's tokenizer does. */
  #fail(message: string, at: number, end_offset?: number, from?: number): never {
    const count = (to: number): number =>
      Array.from(this.#source.slice(this.#lineStart, to)).length;
    const offset = count(from ?? at);
    const place: ErrorSpan = {
      lineno: this.#line,
      offset,
      end_lineno: this.#line,
      end_offset: end_offset ?? (from === undefined ? offset : count(at)),
    };
    throw new PythonSyntaxError(message, place);
  }
}

function isDigit(source: string, at: number): boolean {
  const code = source.charCodeAt(at);
  return code >= 48 && code <= 57;
}
