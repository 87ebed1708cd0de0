import type { Found } from "./comments.ts";

const WORD = /[\p{ID_Start}$_#\\][\p{ID_Continue}$\\]*/uy;
const NUMBER = /[0-9][\w.]*/y;
const LINE_END = /[\n\r\u2028\u2029]/g;
const FLAGS = /\w*/y;
/** How often one line may look like a regular expression that is never closed. */
const MAX_FAILURES = 32;
/** Words after which an operand follows, so that a slash begins a regular expression. */
const BEFORE_OPERAND = new Set(
  "await case delete do else extends in instanceof new of return throw typeof void yield".split(
    " ",
  ),
);
/** Words whose parentheses are followed by a statement. */
const BEFORE_CONDITION = new Set(["if", "while", "for", "with"]);
/** What stands before a brace that opens an object and not a block. */
const BEFORE_OBJECT = new Set(
  "([,=?&|+-*/%^~!<>"
    .split("")
    .concat("return", "typeof", "in", "of", "yield", "await", "throw", "case"),
);

type Brace = "block" | "object" | "template";

/** Finds the comments and literals of TypeScript. */
export function scanTypeScript(source: string): Found {
  const scanner = new TypeScriptScanner(source);
  scanner.scan();
  return scanner.found;
}

class TypeScriptScanner {
  readonly found: Found = { comments: [], literals: [] };
  readonly #source: string;
  #offset = 0;
  /** The last token: a word, or one character of punctuation (`=>` is one too). */
  #last = "";
  /** True when the last token ends an operand: then a slash divides. */
  #operand = false;
  readonly #braces: Brace[] = [];
  /** For each open parenthesis: whether a statement follows its end. */
  readonly #parens: boolean[] = [];
  /** Where the outermost open template began. */
  #templateStart = 0;
  #templates = 0;
  /** Slashes that began no regular expression, up to the end of their line. */
  #failures = 0;
  #failedLineEnd = 0;

  constructor(source: string) {
    this.#source = source;
  }

  scan(): void {
    const first = this.#source.startsWith("\uFEFF") ? 1 : 0;
    if (this.#source.startsWith("#!", first)) this.#lineComment(first);
    while (this.#offset < this.#source.length) this.#token();
    // A template that is never closed is a literal all the same.
    if (this.#templates > 0) {
      this.found.literals.push({ start: this.#templateStart, end: this.#offset });
    }
  }

  #token(): void {
    const start = this.#offset;
    const char = this.#source.charAt(start);
    const two = this.#source.slice(start, start + 2);
    if (two === "//") this.#lineComment(start);
    else if (two === "/*") this.#blockComment(start);
    else if (char === "/") this.#slash(start);
    else if (char === '"' || char === "'") this.#string(start, char);
    else if (char === "`") {
      if (this.#templates++ === 0) this.#templateStart = start;
      this.#offset++;
      this.#template();
    } else if (two === "=>") this.#punctuation(two, false);
    // After an operand they are postfix, before one prefix: what follows is as it was.
    else if (two === "++" || two === "--") this.#punctuation(two, this.#operand);
    else if (!this.#match(NUMBER) && !this.#word()) this.#character(char);
  }

  #word(): boolean {
    const isProperty = this.#last === ".";
    const word = this.#match(WORD);
    if (word === undefined) return false;
    // A property's name is no keyword.
    this.#operand = isProperty || !BEFORE_OPERAND.has(word);
    if (!isProperty) this.#last = word;
    return true;
  }

  #character(char: string): void {
    if (/\s/.test(char)) {
      this.#offset++;
      return;
    }
    if (char === "(") this.#parens.push(BEFORE_CONDITION.has(this.#last));
    if (char === "{") this.#braces.push(this.#opensObject() ? "object" : "block");
    if (char === "}") this.#closeBrace();
    else if (char === ")") this.#punctuation(char, this.#parens.pop() !== true);
    else if (char === "!") {
      const postfix = this.#operand && this.#source.charAt(this.#offset + 1) !== "=";
      this.#punctuation(char, postfix);
    } else this.#punctuation(char, char === "]");
  }

  #opensObject(): boolean {
    if (this.#last !== ":") return BEFORE_OBJECT.has(this.#last);
    return this.#braces.at(-1) === "object" || this.#parens.length > 0;
  }

  #closeBrace(): void {
    const brace = this.#braces.pop();
    this.#punctuation("}", brace === "object");
    if (brace === "template") this.#template();
  }

  #punctuation(token: string, operand: boolean): void {
    this.#offset += token.length;
    this.#last = token;
    this.#operand = operand;
  }

  #slash(start: number): void {
    const end = this.#operand ? undefined : this.#regexEnd(start);
    if (end === undefined) this.#punctuation("/", false);
    else {
      this.#offset = end;
      this.#match(FLAGS);
      this.#literal(start);
    }
  }

  /** Where the regular expression from here closes; `undefined` when its line ends first. */
  #regexEnd(start: number): number | undefined {
    if (start < this.#failedLineEnd && this.#failures >= MAX_FAILURES) return undefined;
    let inClass = false;
    let i = start + 1;
    for (; i < this.#source.length; i++) {
      const char = this.#source.charAt(i);
      if ("\n\r\u2028\u2029".includes(char)) break;
      if (char === "\\") i++;
      else if (char === "[") inClass = true;
      else if (char === "]") inClass = false;
      else if (char === "/" && !inClass) return i + 1;
    }
    if (start >= this.#failedLineEnd) this.#failures = 0;
    this.#failures++;
    this.#failedLineEnd = i;
    return undefined;
  }

  #string(start: number, quote: string): void {
    const source = this.#source;
    let i = start + 1;
    for (; i < source.length; i++) {
      const char = source[i];
      if (char === "\\") {
        // A backslash before CRLF continues the line past both.
        if (source.startsWith("\r\n", i + 1)) i++;
        i++;
      } else if (char === quote) {
        i++;
        break;
      } else if (char === "\n" || char === "\r") break;
    }
    this.#offset = Math.min(i, source.length);
    this.#literal(start);
  }

  /** Reads a template's text up to its end or the next `${`. */
  #template(): void {
    const source = this.#source;
    let i = this.#offset;
    for (; i < source.length; i++) {
      const char = source[i];
      if (char === "\\") i++;
      else if (char === "`") {
        this.#offset = i + 1;
        this.#templates--;
        this.#literal(this.#templateStart);
        return;
      } else if (char === "$" && source[i + 1] === "{") {
        this.#offset = i;
        this.#punctuation("${", false);
        this.#last = "(";
        this.#braces.push("template");
        return;
      }
    }
    this.#offset = source.length;
  }

  /** Ends a literal here; those inside of a template are part of it. */
  #literal(start: number): void {
    if (this.#templates === 0) this.found.literals.push({ start, end: this.#offset });
    this.#last = "literal";
    this.#operand = true;
  }

  #lineComment(start: number): void {
    LINE_END.lastIndex = start;
    this.#offset = LINE_END.exec(this.#source)?.index ?? this.#source.length;
    this.found.comments.push({ start, end: this.#offset });
  }

  #blockComment(start: number): void {
    const end = this.#source.indexOf("*/", start + 2);
    this.#offset = end === -1 ? this.#source.length : end + 2;
    this.found.comments.push({ start, end: this.#offset });
  }

  /** Moves past what a sticky pattern matches; an operand if it is one. */
  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#offset;
    const found = pattern.exec(this.#source)?.[0];
    if (found === undefined) return undefined;
    this.#offset += found.length;
    this.#last = "operand";
    this.#operand = true;
    return found;
  }
}
