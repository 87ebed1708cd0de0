/** The parser's place among the tokens, and how it fails there. */
import { spend } from "../budget.ts";
import { PythonSyntaxError, type SyntaxErrorKind } from "./error.ts";
import { lex } from "./lexer.ts";
import type { Token } from "./tokens.ts";
import type { Place } from "./tree.ts";
import type { Warned } from "./warning.ts";

/** What nests deeper than this is refused before the stack ends. */
const MOST_NESTED = 1000;

/** Finds a character by the name in `\N{…}`. */
export type CharacterNames = (name: string) => string | undefined;

/** What an attempt fails with: nobody reads it, and it costs nothing. */
const NOT_SO = new PythonSyntaxError("invalid syntax", {
  lineno: 0,
  offset: 0,
  end_lineno: 0,
  end_offset: 0,
});

const LAYOUT = new Set(["newline", "dedent"]);

export class Cursor {
  readonly names: CharacterNames;
  /** The second time over a source that is wrong: what is tried then finds better words. */
  careful = false;
  token: Token;
  /** `token.kind`. */
  kind: string;
  readonly source: string;
  readonly warnings: Warned[];
  readonly #tokens: Token[];
  readonly #unclosed: { char: string; lineno: number; col_offset: number } | undefined;
  /** What the last token stands for, where that is no end. */
  readonly #late: PythonSyntaxError | undefined;
  #index = 0;
  /** The furthest token that was ever looked at. */
  #reach = 0;
  #depth = 0;
  #tries = false;
  #lines: string[] | undefined;

  constructor(source: string, names: CharacterNames) {
    const { tokens, unclosed, late, warnings } = lex(source);
    this.warnings = warnings;
    this.source = source;
    this.names = names;
    this.#tokens = tokens;
    this.#unclosed = unclosed;
    this.#late = late;
    this.token = this.#tokenAt(0);
    this.kind = this.token.kind;
  }

  /** Starts again, with better words for what is wrong. */
  restart(): void {
    this.#reach = this.reach;
    this.#goTo(0);
    this.#depth = 0;
    this.careful = true;
  }

  get reach(): number {
    return Math.max(this.#reach, this.#index);
  }

  get previous(): Token {
    return this.#tokenAt(this.#index - 1);
  }

  /** The last token of a block that was read, a semicolon at its end included. */
  get closing(): Token {
    let index = this.#index - 1;
    while (LAYOUT.has(this.#tokenAt(index).kind)) index--;
    return this.#tokenAt(index);
  }

  /** Warns of a token; what is read twice is warned of once. */
  warn(message: string, { lineno, col_offset }: Token): void {
    const offset = col_offset + 1;
    const known = this.warnings.at(-1);
    if (known?.message === message && known.lineno === lineno && known.offset === offset) return;
    this.warnings.push({ category: "DeprecationWarning", message, lineno, offset });
  }

  /** The token some places on. */
  peek(ahead: number): Token {
    return this.#tokenAt(this.#index + ahead);
  }

  #tokenAt(index: number): Token {
    // There always is an end, and nothing reads past it.
    return this.#tokens[Math.max(0, Math.min(index, this.#tokens.length - 1))] as Token;
  }

  #goTo(index: number): void {
    this.#index = index;
    this.token = this.#tokenAt(index);
    this.kind = this.token.kind;
  }

  advance(): Token {
    spend(1);
    const { token } = this;
    if (this.#index < this.#tokens.length - 1) this.#index++;
    this.token = this.#tokens[this.#index] as Token;
    this.kind = this.token.kind;
    return token;
  }

  /** Whether the token is of a kind. */
  at(kind: string): boolean {
    return this.kind === kind;
  }

  accept(kind: string): boolean {
    if (this.kind !== kind) return false;
    this.advance();
    return true;
  }

  expect(kind: string): Token {
    if (this.kind !== kind) this.invalid();
    return this.advance();
  }

  /** Expects a token that CPython's message names. */
  force(kind: string): Token {
    if (this.kind !== kind) {
      if (this.kind === "unclosed") this.invalid();
      this.fail(`expected '${kind}'`, this.token);
    }
    return this.advance();
  }

  /** True where a name is one of the words that are keywords in their place alone. */
  isWord(word: string): boolean {
    return this.kind === "name" && this.token.text === word;
  }

  /** Goes a level down; every way that can nest without a bracket passes here. */
  enter(): void {
    if (++this.#depth > MOST_NESTED) this.fail("too many nested parentheses", this.token);
  }

  leave(): void {
    this.#depth--;
  }

  /** What `parse` returns, or undefined, without a trace, where that fails. */
  attempt<T>(parse: () => T): T | undefined {
    const { careful } = this;
    const tries = this.#tries;
    this.#tries = true;
    const [index, depth] = [this.#index, this.#depth];
    this.careful = false;
    try {
      return parse();
    } catch (error) {
      if (!(error instanceof PythonSyntaxError)) throw error;
      this.#reach = this.reach;
      this.#goTo(index);
      this.#depth = depth;
      return undefined;
    } finally {
      this.careful = careful;
      this.#tries = tries;
    }
  }

  /** Whether `parse` succeeds here; goes nowhere. */
  test<T>(parse: () => T): T | undefined {
    const [index, depth] = [this.#index, this.#depth];
    const found = this.attempt(parse);
    this.#reach = this.reach;
    this.#goTo(index);
    this.#depth = depth;
    return found;
  }

  /** Reads ahead for what is wrong there, and goes nowhere. */
  ahead(parse: () => unknown): void {
    const [index, depth] = [this.#index, this.#depth];
    parse();
    this.#reach = this.reach;
    this.#goTo(index);
    this.#depth = depth;
  }

  /** Fails with a message about the source from one place to the end of another. */
  fail(message: string, first: Place, last: Place = first, kind?: SyntaxErrorKind): never {
    throw this.#error(message, first, last, kind);
  }

  /** Fails at the furthest token that was read. */
  failHere(message: string, kind?: SyntaxErrorKind): never {
    const token = this.#tokenAt(this.reach);
    const { lineno: end_lineno, col_offset } = token;
    if (col_offset >= 0) throw this.#error(message, token, token, kind);
    // The end of the source is told as the end of its last line.
    this.#lines ??= this.source.split("\n");
    const width = new TextEncoder().encode(this.#lines[end_lineno - 1]).length + 1;
    const end = { ...token, col_offset: width };
    throw this.#error(message, end, end, kind);
  }

  /** Fails where nothing better is known. */
  invalid(): never {
    const token = this.#tokenAt(this.reach);
    if (token.kind === "unclosed") this.#neverClosed();
    if (token.kind === "indent") this.fail("unexpected indent", token, token, "IndentationError");
    if (token.kind === "dedent") this.fail("unexpected unindent", token, token, "IndentationError");
    this.fail("invalid syntax", token);
  }

  #neverClosed(): never {
    if (this.#tries) throw NOT_SO;
    if (this.#late !== undefined && this.#tokenAt(this.reach).kind === "unclosed") {
      throw this.#late;
    }
    const { char = "(", lineno = 1, col_offset = 0 } = this.#unclosed ?? {};
    const offset = this.#characters(lineno, col_offset) + 1;
    const place = { lineno, offset, end_lineno: lineno, end_offset: 0 };
    throw new PythonSyntaxError(`'${char}' was never closed`, place);
  }

  #error(
    message: string,
    first: Place,
    last: Place,
    kind: SyntaxErrorKind = "SyntaxError",
  ): PythonSyntaxError {
    if (this.#tries) return NOT_SO;
    if (this.#late !== undefined && this.#tokenAt(this.reach).kind === "unclosed") {
      return this.#late;
    }
    // A bracket that was left open earlier explains more than what follows it.
    if (this.#unclosed !== undefined && this.#tokenAt(this.reach).lineno > this.#unclosed.lineno) {
      this.#neverClosed();
    }
    const isEnd = first.col_offset === -1;
    const isMark = first.end_col_offset === -1;
    if (isEnd) {
      const { lineno } = first;
      return new PythonSyntaxError(message, {
        lineno,
        offset: 0,
        end_lineno: lineno,
        end_offset: 0,
      });
    }
    return new PythonSyntaxError(
      message,
      {
        lineno: first.lineno,
        offset: this.#characters(first.lineno, first.col_offset) + (isMark ? 0 : 1),
        end_lineno: last.end_lineno,
        end_offset: isMark
          ? -1
          : last.end_col_offset < 0
            ? 0
            : this.#characters(last.end_lineno, last.end_col_offset) + 1,
      },
      kind,
    );
  }

  /** Characters in the first bytes of a line. */
  #characters(lineno: number, bytes: number): number {
    this.#lines ??= this.source.split("\n");
    let count = 0;
    for (const char of this.#lines[lineno - 1] ?? "") {
      if (bytes <= 0) break;
      const code = char.codePointAt(0) ?? 0;
      bytes -= code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
      count++;
    }
    return count + Math.max(0, bytes);
  }
}
