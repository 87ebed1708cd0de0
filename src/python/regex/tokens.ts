/** Reads a pattern or a template, a character or an escaped character at a time. */
import { isIdentifier } from "../text/case.ts";
import { asciiOfNumber, DIGIT_LIMIT } from "../text/integers.ts";
import { fromJs } from "../text/wide.ts";
import { asciiOnly, codePointsOf, PatternError, type PatternSource, quoted } from "./error.ts";

/** Who is told of what CPython only warns about: the warning's type and its message. */
export type Warn = (category: "DeprecationWarning" | "FutureWarning", message: string) => void;

export class Tokens {
  readonly bytes: boolean;
  readonly warn: Warn;
  /** The next token: one character, a backslash and one character, or nothing at the end. */
  next: string | undefined;
  readonly #source: PatternSource;
  readonly #codes: readonly number[];
  #index = 0;

  constructor(source: PatternSource, bytes: boolean, warn: Warn) {
    this.#source = source;
    this.#codes = codePointsOf(source);
    this.bytes = bytes;
    this.warn = warn;
    this.#advance();
  }

  #advance(): void {
    const code = this.#codes[this.#index];
    if (code === undefined) {
      this.next = undefined;
      return;
    }
    this.#index++;
    this.next = String.fromCodePoint(code);
    if (code !== 92) return;
    const escaped = this.#codes[this.#index];
    if (escaped === undefined) {
      const last = this.#codes.length - 1;
      throw new PatternError("bad escape (end of pattern)", this.#source, last);
    }
    this.#index++;
    this.next += String.fromCodePoint(escaped);
  }

  /** Takes the next token when it is `token`. */
  match(token: string): boolean {
    if (this.next !== token) return false;
    this.#advance();
    return true;
  }

  /** Takes the next token. */
  get(): string | undefined {
    const token = this.next;
    this.#advance();
    return token;
  }

  /** Takes at most `limit` tokens that `wanted` accepts. */
  getWhile(limit: number, wanted: RegExp): string {
    let text = "";
    for (let count = 0; count < limit && this.nextIs(wanted); count++) text += this.get();
    return text;
  }

  /** Whether the next token is one character of a class. */
  nextIs(wanted: RegExp): boolean {
    return this.next !== undefined && lengthOf(this.next) === 1 && wanted.test(this.next);
  }

  /** Takes everything before `end`, and `end`; `what` names it in errors. */
  getUntil(end: string, what: string): string {
    const parts: string[] = [];
    for (;;) {
      const token = this.get();
      if (token === undefined) {
        if (parts.length === 0) throw this.error(`missing ${what}`);
        throw this.error(`missing ${end}, unterminated name`, lengthOf(parts.join("")));
      }
      if (token === end) {
        if (parts.length === 0) throw this.error(`missing ${what}`, 1);
        return parts.join("");
      }
      parts.push(token);
    }
  }

  /** Where the next token starts. */
  tell(): number {
    return this.#index - lengthOf(this.next ?? "");
  }

  /** Goes back, or on, to a place that `tell` gave. */
  seek(index: number): void {
    this.#index = index;
    this.#advance();
  }

  /** An error `offset` characters before the next token. */
  error(message: string, offset = 0): PatternError {
    const text = this.bytes ? asciiOnly(message) : message;
    return new PatternError(text, this.#source, this.tell() - offset);
  }

  /** An error of the whole source, at a place. */
  errorAt(message: string, pos: number): PatternError {
    return new PatternError(message, this.#source, pos);
  }

  /** Throws unless a group's name, just read, is an identifier. */
  checkName(name: string, offset: number): void {
    if (!isIdentifier(fromJs(name))) {
      throw this.error(`bad character in group name ${quoted(name)}`, lengthOf(name) + offset);
    }
    if (!this.bytes || /^[\0-\x7f]*$/.test(name)) return;
    const pos = this.tell() - lengthOf(name) - offset;
    this.#deprecate(asciiOnly(quoted(name)), pos);
  }

  /** A group's number, just read with its end, or nothing where it is a name. */
  groupNumber(name: string): bigint | undefined {
    if (isIdentifier(fromJs(name))) return undefined;
    const number = readInteger(name);
    if (number === undefined || number < 0n) {
      throw this.error(`bad character in group name ${quoted(name)}`, lengthOf(name) + 1);
    }
    return number;
  }

  /** Warns of a number that Python reads and that is no plain one. */
  checkNumber(name: string): void {
    if (/^[0-9]+$/.test(name)) return;
    const shown = this.bytes ? asciiOnly(quoted(name)) : quoted(name);
    this.#deprecate(shown, this.tell() - lengthOf(name) - 1);
  }

  #deprecate(name: string, pos: number): void {
    this.warn("DeprecationWarning", `bad character in group name ${name} at position ${pos}`);
  }
}

/** How many code points a token has. */
export function lengthOf(token: string): number {
  if (token.length < 2) return token.length;
  let length = 0;
  for (const _ of token) length++;
  return length;
}

/** What Python's `int()` makes of text, or nothing. */
function readInteger(text: string): bigint | undefined {
  const ascii = asciiOfNumber(fromJs(text)).trim();
  if (!/^[+-]?[0-9]+(?:_[0-9]+)*$/.test(ascii)) return undefined;
  const digits = ascii.replaceAll(/[^0-9]/g, "");
  if (digits.length > DIGIT_LIMIT) return undefined;
  return ascii.startsWith("-") ? -BigInt(digits) : BigInt(digits);
}
