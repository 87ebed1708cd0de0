/**
 * Where each key of a TOML document stands.
 *
 * The parser gives positions for syntax errors only, and a manifest's problems
 * should point at the key that has them. This scanner reads keys alone, never
 * values, and never throws: what it does not understand it skips to the end of
 * the line, because then the parser has an error of its own to show.
 */

/** A place in a text: both 1-based, the column in UTF-16 code units. */
export interface Position {
  line: number;
  column: number;
}

/** Keys, and indices into arrays and arrays of tables: `["variations", 0, "name"]`. */
export type TomlPath = readonly (string | number)[];

/** A header or a `key = value`, as far as its value goes. */
export interface Statement {
  kind: "header" | "pair";
  /** The full path that it defines. */
  path: TomlPath;
  /** Offsets of its first character, and of the first one after it. */
  start: number;
  end: number;
}

/** The keys of a document, by path. */
export interface KeyPositions {
  /** Where a key, a table's header or an array's element begins. */
  at(path: TomlPath): Position | undefined;
  /** In the order of the text. */
  statements: readonly Statement[];
  /** Where the document nests deeper than `MAX_DEPTH`; nothing after it was scanned. */
  tooDeep: Position | undefined;
}

/** Nesting that nobody writes by hand, in parts of a path. */
export const MAX_DEPTH = 100;

const BARE_KEY = /[A-Za-z0-9_-]+/y;
const BLANKS = /[ \t]*/y;
const SPACES = /[ \t\r\n]*/y;
const REST_OF_LINE = /[^\n]*/y;
const BARE_VALUE = /[^,\]}#\r\n]*/y;
const ESCAPE = /\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|([^]))/g;
const SHORT_ESCAPES: Readonly<Record<string, string>> = {
  b: "\b",
  t: "\t",
  n: "\n",
  f: "\f",
  r: "\r",
  e: "\u001b",
};

/** Finds the keys of a TOML text. Never throws, whatever the text. */
export function scanKeys(text: string): KeyPositions {
  const lineStarts = startsOfLines(text);
  const offsets = new Map<string, number>();
  const counts = new Map<string, number>();
  const statements: Statement[] = [];
  const cursor = new Cursor(text, offsets);
  let table: TomlPath = [];

  cursor.skipVoid();
  while (!cursor.done) {
    const start = cursor.offset;
    if (cursor.peek() === "[") {
      const isArray = text.startsWith("[[", start);
      cursor.offset += isArray ? 2 : 1;
      const key = cursor.dottedKey();
      if (key !== undefined) {
        table = header(key, isArray, counts, offsets);
        cursor.skip(BLANKS);
        if (cursor.peek() === "]") cursor.offset += isArray ? 2 : 1;
        statements.push({ kind: "header", path: table, start, end: cursor.offset });
      }
    } else {
      const key = cursor.dottedKey();
      cursor.skip(BLANKS);
      if (key !== undefined && cursor.peek() === "=") {
        cursor.offset++;
        const path = cursor.pair(table, key);
        statements.push({ kind: "pair", path, start, end: cursor.offset });
      }
    }
    cursor.skip(REST_OF_LINE);
    cursor.skipVoid();
  }
  return {
    statements,
    tooDeep: cursor.tooDeep === undefined ? undefined : position(lineStarts, cursor.tooDeep),
    at(path) {
      const offset = offsets.get(JSON.stringify(path));
      return offset === undefined ? undefined : position(lineStarts, offset);
    },
  };
}

interface KeyPart {
  name: string;
  offset: number;
}

/** The path of a header's table: each array of tables on the way means its last element. */
function header(
  key: readonly KeyPart[],
  isArray: boolean,
  counts: Map<string, number>,
  offsets: Map<string, number>,
): TomlPath {
  const path: (string | number)[] = [];
  for (const [i, part] of key.entries()) {
    path.push(part.name);
    const id = JSON.stringify(path);
    const last = i === key.length - 1;
    // A header says more about its table than a longer path that passed through it.
    if (last ? !isArray || !offsets.has(id) : !offsets.has(id)) offsets.set(id, part.offset);
    if (last && isArray) counts.set(id, (counts.get(id) ?? 0) + 1);
    const count = counts.get(id);
    if (count === undefined) continue;
    path.push(count - 1);
    if (last) offsets.set(JSON.stringify(path), part.offset);
  }
  return path;
}

/** A place in the text, and what can be read from there. */
class Cursor {
  offset = 0;
  tooDeep: number | undefined;
  readonly #text: string;
  readonly #offsets: Map<string, number>;

  constructor(text: string, offsets: Map<string, number>) {
    this.#text = text;
    this.#offsets = offsets;
    if (text.startsWith("\uFEFF")) this.offset = 1;
  }

  get done(): boolean {
    return this.offset >= this.#text.length;
  }

  peek(): string {
    return this.#text.charAt(this.offset);
  }

  /** Moves past what a sticky pattern matches and returns it. */
  skip(pattern: RegExp): string {
    pattern.lastIndex = this.offset;
    const found = pattern.exec(this.#text)?.[0] ?? "";
    this.offset += found.length;
    return found;
  }

  /** Moves past blanks, line ends and comments. */
  skipVoid(): void {
    this.skip(SPACES);
    while (this.peek() === "#") {
      this.skip(REST_OF_LINE);
      this.skip(SPACES);
    }
  }

  /** Gives up: such a document is refused, so where its other keys are is of no use. */
  #giveUp(offset: number): void {
    this.tooDeep ??= offset;
    this.offset = this.#text.length;
  }

  dottedKey(): KeyPart[] | undefined {
    const parts: KeyPart[] = [];
    for (;;) {
      this.skip(BLANKS);
      const offset = this.offset;
      const quote = this.peek();
      const name =
        quote === '"' || quote === "'" ? this.#string(quote) : this.skip(BARE_KEY) || undefined;
      if (name === undefined) return undefined;
      parts.push({ name, offset });
      if (parts.length > MAX_DEPTH) {
        this.#giveUp(offset);
        return undefined;
      }
      const end = this.offset;
      this.skip(BLANKS);
      if (this.peek() !== ".") {
        this.offset = end;
        return parts;
      }
      this.offset++;
    }
  }

  /** Reads the value of a key whose `=` was just passed. Returns the key's full path. */
  pair(table: TomlPath, key: readonly KeyPart[]): TomlPath {
    const path = [...table];
    for (const part of key) {
      path.push(part.name);
      const id = JSON.stringify(path);
      // The first mention counts: tables grow, and a second value is the parser's to refuse.
      if (!this.#offsets.has(id)) this.#offsets.set(id, part.offset);
    }
    this.skip(BLANKS);
    this.#value(path);
    return path;
  }

  #value(path: TomlPath): void {
    const first = this.peek();
    if (first === '"' || first === "'") {
      if (this.#text.startsWith(first.repeat(3), this.offset)) this.#longString(first);
      else this.#string(first);
    } else if (path.length > MAX_DEPTH) this.#giveUp(this.offset);
    else if (first === "[") this.#array(path);
    else if (first === "{") this.#inlineTable(path);
    else this.skip(BARE_VALUE);
  }

  #array(path: TomlPath): void {
    this.offset++;
    for (let i = 0; ; i++) {
      this.skipVoid();
      if (this.done) return;
      if (this.peek() === "]") {
        this.offset++;
        return;
      }
      const element = [...path, i];
      this.#offsets.set(JSON.stringify(element), this.offset);
      const before = this.offset;
      this.#value(element);
      this.skipVoid();
      if (this.peek() === ",") this.offset++;
      // Not an element: a table's end where there is none, say.
      else if (this.offset === before) return;
    }
  }

  #inlineTable(path: TomlPath): void {
    this.offset++;
    for (;;) {
      this.skipVoid();
      if (this.peek() === "}") {
        this.offset++;
        return;
      }
      const key = this.dottedKey();
      this.skip(BLANKS);
      if (key === undefined || this.peek() !== "=") return;
      this.offset++;
      this.pair(path, key);
      this.skipVoid();
      if (this.peek() === ",") this.offset++;
    }
  }

  /** A string on one line; `undefined` when the line ends first. */
  #string(quote: string): string | undefined {
    const start = this.offset + 1;
    for (let i = start; i < this.#text.length; i++) {
      const char = this.#text[i];
      if (char === "\n") break;
      if (char === "\\" && quote === '"') i++;
      else if (char === quote) {
        this.offset = i + 1;
        const raw = this.#text.slice(start, i);
        return quote === '"' ? unescape(raw) : raw;
      }
    }
    return undefined;
  }

  #longString(quote: string): void {
    let i = this.offset + 3;
    for (; i < this.#text.length; i++) {
      if (this.#text[i] === "\\" && quote === '"') i++;
      else if (this.#text.startsWith(quote.repeat(3), i)) {
        i += 3;
        // Up to two more quotes belong to the string's own end.
        for (let extra = 0; extra < 2 && this.#text[i] === quote; extra++) i++;
        break;
      }
    }
    this.offset = Math.min(i, this.#text.length);
  }
}

function unescape(raw: string): string {
  return raw.replace(
    ESCAPE,
    (whole, x?: string, u?: string, U?: string, short?: string): string => {
      const hex = x ?? u ?? U;
      if (hex === undefined) return SHORT_ESCAPES[short ?? ""] ?? short ?? whole;
      const code = Number.parseInt(hex, 16);
      return code > 0x10ffff ? whole : String.fromCodePoint(code);
    },
  );
}

/** The offsets at which lines begin: after each `\n`. */
export function startsOfLines(text: string): number[] {
  const starts = [0];
  for (let i = text.indexOf("\n"); i !== -1; i = text.indexOf("\n", i + 1)) starts.push(i + 1);
  return starts;
}

/** The place of an offset, by bisection. */
export function position(lineStarts: readonly number[], offset: number): Position {
  let low = 0;
  let high = lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lineStarts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (lineStarts[low] ?? 0) + 1 };
}
