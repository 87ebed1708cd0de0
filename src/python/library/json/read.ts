/** Reads JSON as CPython's decoder does, with its errors at its places (https://www.rfc-editor.org/rfc/rfc8259). */
import { allocate, enter, leave, spend } from "../../budget.ts";
import { PyDict } from "../../objects/dict.ts";
import { PyFloat } from "../../objects/float.ts";
import { PyList } from "../../objects/list.ts";
import { None, type Value } from "../../objects/object.ts";
import { runtime } from "../../objects/state.ts";
import { PyTuple } from "../../objects/tuple.ts";
import { call1 } from "../../operations/call.ts";
import { integerFromText } from "../../text/integers.ts";
import { chr, concatAll, pointAt, room, type Str, sizeOf, slice } from "../../text/wide.ts";
import { malformed } from "./error.ts";

/** What a program wants done with what is read. */
export interface ReadOptions {
  objectHook?: Value;
  pairsHook?: Value;
  parseFloat?: Value;
  parseInt?: Value;
  parseConstant?: Value;
  /** Control characters are errors in strings. */
  strict: boolean;
}

const QUOTE = 34;
const BACKSLASH = 92;
const SPECIAL = /["\\]|[\0-\x1f]/;
const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};

/** One text being read. */
export class Reader {
  readonly text: Str;
  readonly end: number;
  at: number;
  private readonly options: ReadOptions;

  constructor(text: Str, options: ReadOptions, at = 0) {
    this.text = text;
    this.end = sizeOf(text);
    this.options = options;
    this.at = at;
  }

  private code(at: number): number {
    return at < this.end ? pointAt(this.text, at) : -1;
  }

  /** Passes over white space. */
  blank(): void {
    let code = this.code(this.at);
    while (code === 32 || code === 10 || code === 13 || code === 9) code = this.code(++this.at);
  }

  value(): Value {
    const code = this.code(this.at);
    spend(1);
    if (code === QUOTE) return this.string();
    if (code === 123) return this.object();
    if (code === 91) return this.array();
    if (code === 45 || (code >= 48 && code <= 57)) return this.number(code);
    if (code === 110 && this.word("null")) return None;
    if (code === 116 && this.word("true")) return true;
    if (code === 102 && this.word("false")) return false;
    if (code === 78 && this.word("NaN")) return this.constant("NaN", NaN);
    if (code === 73 && this.word("Infinity")) return this.constant("Infinity", Infinity);
    return malformed("Expecting value", this.text, this.at);
  }

  private word(word: string): boolean {
    if (String(slice(this.text, this.at, Math.min(this.at + word.length, this.end))) !== word)
      return false;
    this.at += word.length;
    return true;
  }

  private constant(name: string, value: number): Value {
    const parse = this.options.parseConstant;
    return parse === undefined ? new PyFloat(value) : call1(parse, name);
  }

  private object(): Value {
    enter();
    const hook = this.options.pairsHook;
    const pairs: Value[] | undefined = hook === undefined ? undefined : [];
    const dict = new PyDict();
    this.at++;
    this.blank();
    if (this.code(this.at) === 125) this.at++;
    else this.members(dict, pairs);
    leave();
    if (pairs !== undefined) return call1(hook!, new PyList(pairs));
    return this.options.objectHook === undefined ? dict : call1(this.options.objectHook, dict);
  }

  private members(dict: PyDict, pairs: Value[] | undefined): void {
    const { text } = this;
    for (;;) {
      if (this.code(this.at) !== QUOTE) {
        malformed("Expecting property name enclosed in double quotes", text, this.at);
      }
      const key = this.string();
      this.blank();
      if (this.code(this.at) !== 58) malformed("Expecting ':' delimiter", text, this.at);
      this.at++;
      this.blank();
      const value = this.value();
      if (pairs === undefined) dict.set(key, value);
      else {
        allocate(64);
        pairs.push(new PyTuple([key, value]));
      }
      this.blank();
      const code = this.code(this.at);
      if (code === 125) {
        this.at++;
        return;
      }
      if (code !== 44) malformed("Expecting ',' delimiter", text, this.at);
      this.at++;
      this.blank();
    }
  }

  private array(): Value {
    enter();
    const items: Value[] = [];
    this.at++;
    this.blank();
    if (this.code(this.at) === 93) this.at++;
    else {
      for (;;) {
        allocate(8);
        items.push(this.value());
        this.blank();
        const code = this.code(this.at);
        if (code === 93) {
          this.at++;
          break;
        }
        if (code !== 44) malformed("Expecting ',' delimiter", this.text, this.at);
        this.at++;
        this.blank();
      }
    }
    leave();
    return new PyList(items);
  }

  private digits(from: number): number {
    let at = from;
    for (let code = this.code(at); code >= 48 && code <= 57;) code = this.code(++at);
    return at;
  }

  private number(first: number): Value {
    const from = this.at;
    let at = from + (first === 45 ? 1 : 0);
    const lead = this.code(at);
    if (
      first === 45 &&
      lead === 73 &&
      String(slice(this.text, at, Math.min(at + 8, this.end))) === "Infinity"
    ) {
      this.at = at + 8;
      return this.constant("-Infinity", -Infinity);
    }
    if (lead < 48 || lead > 57) return malformed("Expecting value", this.text, from);
    at = lead === 48 ? at + 1 : this.digits(at);
    let isFloat = false;
    if (this.code(at) === 46) {
      const to = this.digits(at + 1);
      if (to > at + 1) {
        at = to;
        isFloat = true;
      }
    }
    if ((this.code(at) | 32) === 101) {
      const sign = this.code(at + 1);
      const start = at + (sign === 43 || sign === 45 ? 2 : 1);
      const to = this.digits(start);
      if (to > start) {
        at = to;
        isFloat = true;
      }
    }
    this.at = at;
    spend((at - from) >>> 3);
    const written = String(slice(this.text, from, at));
    if (isFloat) {
      const parse = this.options.parseFloat;
      return parse === undefined ? new PyFloat(Number(written)) : call1(parse, written);
    }
    if (this.options.parseInt !== undefined) return call1(this.options.parseInt, written);
    return at - from < 16
      ? Number(written) + 0
      : integerFromText(written, 10, runtime().digitLimit);
  }

  /** A string; stands at its quote. */
  string(): Str {
    const from = this.at + 1;
    const { text } = this;
    if (typeof text === "string") {
      const to = text.indexOf('"', from);
      if (to >= 0) {
        const plain = text.slice(from, to);
        spend((to - from) >>> 3);
        if (!SPECIAL.test(plain)) {
          room(plain.length);
          this.at = to + 1;
          return plain;
        }
      }
    }
    return this.escaped(from);
  }

  private escaped(begin: number): Str {
    const { text } = this;
    const pieces: Str[] = [];
    let from = begin;
    let at = begin;
    for (;;) {
      const code = this.code(at);
      if (code === QUOTE) break;
      if (code < 0) malformed("Unterminated string starting at", text, begin - 1);
      if (code < 32 && this.options.strict) malformed("Invalid control character at", text, at);
      if (code !== BACKSLASH) {
        at++;
        continue;
      }
      spend(2 + ((at - from) >>> 2));
      allocate(16);
      if (at > from) pieces.push(slice(text, from, at));
      const letter = this.code(at + 1);
      if (letter < 0) malformed("Unterminated string starting at", text, begin - 1);
      if (letter === 117) {
        let point = this.hex(at + 1);
        at += 6;
        if (
          point >= 0xd800 &&
          point <= 0xdbff &&
          this.code(at) === BACKSLASH &&
          this.code(at + 1) === 117 &&
          at + 6 < this.end
        ) {
          const low = this.hex(at + 1);
          if (low >= 0xdc00 && low <= 0xdfff) {
            point = 0x10000 + ((point - 0xd800) << 10) + (low - 0xdc00);
            at += 6;
          }
        }
        pieces.push(chr(point));
      } else {
        const plain = ESCAPES[String.fromCodePoint(letter)];
        if (plain === undefined) malformed(String.raw`Invalid \escape`, text, at);
        pieces.push(plain);
        at += 2;
      }
      from = at;
    }
    spend((at - from) >>> 2);
    this.at = at + 1;
    if (pieces.length === 0) return slice(text, from, at);
    pieces.push(slice(text, from, at));
    return concatAll(pieces);
  }

  /** The four digits behind the `u` at a place. */
  private hex(at: number): number {
    if (at + 5 >= this.end) malformed(String.raw`Invalid \uXXXX escape`, this.text, at);
    let point = 0;
    for (let i = at + 1; i < at + 5; i++) {
      const code = this.code(i);
      const digit =
        code >= 48 && code <= 57
          ? code - 48
          : (code | 32) >= 97 && (code | 32) <= 102
            ? (code | 32) - 87
            : malformed(String.raw`Invalid \uXXXX escape`, this.text, at);
      point = point * 16 + digit;
    }
    return point;
  }
}

/** The value of a whole text. */
export function read(text: Str, options: ReadOptions): Value {
  const reader = new Reader(text, options);
  reader.blank();
  const value = reader.value();
  reader.blank();
  if (reader.at !== reader.end) malformed("Extra data", text, reader.at);
  return value;
}
