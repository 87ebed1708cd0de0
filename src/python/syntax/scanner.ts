/** Where the lexer is in its text, and the tokens that it found so far. */
import { type ErrorSpan, PythonSyntaxError } from "./error.ts";
import type { Token } from "./tokens.ts";
import type { Warned } from "./warning.ts";

const NON_ASCII = /[^\0-\x7f]/;
const PRINTABLE = /^[^\p{C}\p{Z}]$/u;

export interface Bracket {
  char: string;
  lineno: number;
  col_offset: number;
}

/** A formatted string that is open. */
export interface Format {
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

/** A text whose lines end in `\n`, from its start to `at`. */
export class Scanner {
  readonly tokens: Token[] = [];
  readonly brackets: Bracket[] = [];
  readonly source: string;
  readonly isWide: boolean;
  readonly formats: Format[] = [];
  readonly warnings: Warned[] = [];
  /** Widths with tabs to eight, and with tabs as one: they must agree on what is deeper. */
  readonly indents: number[] = [0];
  readonly altIndents: number[] = [0];
  /** The next character to read, in UTF-16 units, and its line, from 1. */
  at = 0;
  line = 1;
  lineStart = 0;
  /** Bytes beyond one a UTF-16 unit, between the line's start and `#counted`. */
  #extra = 0;
  #counted = 0;

  constructor(source: string) {
    this.source = source;
    this.isWide = NON_ASCII.test(source);
  }

  /** `at` begins a line. */
  newLine(): void {
    this.line++;
    this.lineStart = this.at;
    this.#counted = this.at;
    this.#extra = 0;
  }

  /** Counts the lines of a literal. */
  skipLines(start: number, end: number): void {
    for (let at = this.source.indexOf("\n", start); at !== -1 && at < end;) {
      this.line++;
      this.lineStart = at + 1;
      this.#counted = at + 1;
      this.#extra = 0;
      at = this.source.indexOf("\n", at + 1);
    }
  }

  /** The column of a place in this line, in bytes; places only go forward. */
  column(at: number): number {
    if (this.isWide) {
      for (; this.#counted < at; this.#counted++) {
        const code = this.source.charCodeAt(this.#counted);
        // Half of a surrogate pair is two of its four bytes.
        if (code > 0x7f) this.#extra += code > 0x7ff && (code & 0xf800) !== 0xd800 ? 2 : 1;
      }
    }
    return at - this.lineStart + this.#extra;
  }

  /** Adds a token of this line. */
  push(kind: string, start: number, end: number, text = ""): Token {
    const lineno = this.line;
    const token: Token = {
      kind,
      start,
      end,
      text,
      level: this.brackets.length,
      lineno,
      col_offset: this.column(start),
      end_lineno: lineno,
      end_col_offset: this.column(end),
    };
    this.tokens.push(token);
    return token;
  }

  /** Adds a token that has no text. */
  mark(kind: "indent" | "dedent" | "end"): Token {
    const token = this.push(kind, this.at, this.at);
    token.end_col_offset = -1;
    return token;
  }

  /** What ended the tokens before the text did: told only where the parser comes so far. */
  late: PythonSyntaxError | undefined;

  /** Ends the tokens here with an error. */
  stop(error: PythonSyntaxError): never {
    this.late = error;
    throw error;
  }

  /** Fails after the character before `at`, as CPython's tokenizer does. */
  fail(message: string, at: number, end_offset?: number, from?: number): never {
    throw this.error(message, at, end_offset, from);
  }

  error(message: string, at: number, end_offset?: number, from?: number): PythonSyntaxError {
    const count = (to: number): number => Array.from(this.source.slice(this.lineStart, to)).length;
    const offset = count(from ?? at);
    const place: ErrorSpan = {
      lineno: this.line,
      offset,
      end_lineno: this.line,
      end_offset: end_offset ?? (from === undefined ? offset : count(at)),
    };
    return new PythonSyntaxError(message, place);
  }
}

/** A character that begins no token. */
export function strange(s: Scanner, char: string, end: number): never {
  const code = (char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
  const what = PRINTABLE.test(char) ? `character '${char}' (` : "non-printable character ";
  s.fail(`invalid ${what}U+${code}${PRINTABLE.test(char) ? ")" : ""}`, end);
}
