import type { Found } from "./comments.ts";

const WORD = /[\p{L}\p{N}_]+/uy;
const QUOTE = /"""|'''|"|'/y;
const PREFIX = /^(?:[bBuU]|[rR][bB]?|[bB][rR]|[fFtT][rR]?|[rR][fFtT])$/;
const COMMENT = /#[^\n\r]*/y;
const NAMED_CHARACTER = /\\N\{[^}\n]*\}/y;

/** Text of a string, or of a format specification within one. */
interface Text {
  kind: "text";
  quote: string;
  raw: boolean;
  /** True when braces hold expressions. */
  formatted: boolean;
  /** True after the `:` of a replacement field, until its `}`. */
  spec: boolean;
}

/** An expression within a formatted string; `depth` counts its open brackets. */
interface Field {
  kind: "field";
  depth: number;
  text: Text;
}

/** Finds the comments and literals of Python, with nested f-strings as of 3.12. */
export function scanPython(source: string): Found {
  const scanner = new PythonScanner(source);
  scanner.scan();
  return scanner.found;
}

class PythonScanner {
  readonly found: Found = { comments: [], literals: [] };
  readonly #source: string;
  #offset = 0;
  /** Where the outermost open string began. */
  #start = 0;
  readonly #stack: (Text | Field)[] = [];

  constructor(source: string) {
    this.#source = source;
  }

  scan(): void {
    while (this.#offset < this.#source.length) {
      const top = this.#stack.at(-1);
      if (top?.kind === "text") this.#text(top);
      else this.#code(top);
    }
    // A string that is never closed is a literal all the same.
    if (this.#stack.length > 0) this.#literal();
  }

  #code(field: Field | undefined): void {
    const start = this.#offset;
    if (this.#quote(start, "")) return;
    const word = this.#match(WORD);
    if (word !== undefined) {
      if (PREFIX.test(word)) this.#quote(start, word.toLowerCase());
      return;
    }
    if (this.#match(COMMENT) !== undefined) {
      this.found.comments.push({ start, end: this.#offset });
      return;
    }
    const char = this.#source.charAt(start);
    this.#offset++;
    if (field === undefined) return;
    if ("([{".includes(char)) field.depth++;
    else if (field.depth > 0) {
      if (")]}".includes(char)) field.depth--;
    } else if (char === "}") this.#stack.pop();
    else if (char === ":") {
      this.#stack.pop();
      this.#stack.push({ ...field.text, spec: true });
    }
  }

  /** Opens a string when a quote is here. */
  #quote(start: number, prefix: string): boolean {
    const quote = this.#match(QUOTE);
    if (quote === undefined) return false;
    if (this.#stack.length === 0) this.#start = start;
    const raw = prefix.includes("r");
    const formatted = /[ft]/.test(prefix);
    this.#stack.push({ kind: "text", quote, raw, formatted, spec: false });
    return true;
  }

  /** Reads a string's text up to its end or the next expression. */
  #text(text: Text): void {
    const source = this.#source;
    while (this.#offset < source.length) {
      const char = source.charAt(this.#offset);
      const following = source.charAt(this.#offset + 1);
      if (source.startsWith(text.quote, this.#offset)) {
        this.#offset += text.quote.length;
        this.#close();
        return;
      }
      if (char === "\\") this.#backslash(text, following);
      else if ((char === "\n" || char === "\r") && text.quote.length === 1) {
        // Never closed: the next line is code again.
        this.#close();
        return;
      } else if (!text.formatted || (char !== "{" && char !== "}")) this.#offset++;
      else if (char === following && !text.spec) this.#offset += 2;
      else {
        this.#offset++;
        if (char === "{") this.#stack.push({ kind: "field", depth: 0, text });
        else if (text.spec) this.#stack.pop();
        else continue;
        return;
      }
    }
  }

  #backslash(text: Text, following: string): void {
    if (text.formatted && (following === "{" || following === "}")) this.#offset++;
    else if (!text.formatted || text.raw || this.#match(NAMED_CHARACTER) === undefined) {
      // A backslash before CRLF continues the line past both.
      this.#offset += this.#source.startsWith("\r\n", this.#offset + 1) ? 3 : 2;
    }
  }

  /** Leaves the innermost string, and any format specification of its that was still open. */
  #close(): void {
    let top = this.#stack.pop();
    while (top !== undefined && !(top.kind === "text" && !top.spec)) top = this.#stack.pop();
    if (this.#stack.length === 0) this.#literal();
  }

  #literal(): void {
    this.#offset = Math.min(this.#offset, this.#source.length);
    this.found.literals.push({ start: this.#start, end: this.#offset });
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#offset;
    const found = pattern.exec(this.#source)?.[0];
    if (found !== undefined) this.#offset += found.length;
    return found;
  }
}
