/** What is wrong with a pattern or a replacement template, in CPython's words and at its places. */

/** A pattern's text as code points, or its bytes. */
export type PatternSource = string | ArrayLike<number>;

const PRINTABLE = /^[^\p{C}\p{Z}]$/u;
const NEWLINE = 10;

/** `re.error`: `message` is what `str()` shows, `msg` the part before the place. */
export class PatternError extends Error {
  override readonly name = "PatternError";
  readonly msg: string;
  readonly pattern: PatternSource | undefined;
  /** Index in the pattern, in code points or bytes. */
  readonly pos: number | undefined;
  /** From 1. */
  readonly lineno: number | undefined;
  /** From 1. */
  readonly colno: number | undefined;

  constructor(msg: string, pattern?: PatternSource, pos?: number) {
    const place = pattern === undefined || pos === undefined ? undefined : locate(pattern, pos);
    let message = msg;
    if (place !== undefined) message += ` at position ${pos}`;
    if (place?.lines === true) message += ` (line ${place.lineno}, column ${place.colno})`;
    super(message);
    this.msg = msg;
    this.pattern = pattern;
    this.pos = pos;
    this.lineno = place?.lineno;
    this.colno = place?.colno;
  }
}

function locate(
  pattern: PatternSource,
  pos: number,
): { lineno: number; colno: number; lines: boolean } {
  const codes = codePointsOf(pattern);
  let lineno = 1;
  let start = -1;
  for (let at = 0; at < pos && at < codes.length; at++) {
    if (codes[at] !== NEWLINE) continue;
    lineno++;
    start = at;
  }
  const lines = lineno > 1 || codes.includes(NEWLINE);
  return { lineno, colno: pos - start, lines };
}

/** The code points, or bytes, that a source stands for. */
export function codePointsOf(source: PatternSource): number[] {
  if (typeof source !== "string") return Array.from(source);
  return Array.from(source, (char) => char.codePointAt(0) ?? 0);
}

/** The string of code points; lone surrogates stay lone. */
export function textOf(codes: ArrayLike<number>): string {
  let text = "";
  for (let at = 0; at < codes.length; at++) text += String.fromCodePoint(codes[at]!);
  return text;
}

/** Python's `repr` of a name. */
export function quoted(name: string): string {
  const quote = name.includes("'") && !name.includes('"') ? '"' : "'";
  let text = quote;
  for (const char of name) {
    const code = char.codePointAt(0) ?? 0;
    if (char === quote || char === "\\") text += `\\${char}`;
    else if (code === 9) text += String.raw`\t`;
    else if (code === 10) text += String.raw`\n`;
    else if (code === 13) text += String.raw`\r`;
    else if (code === 32 || PRINTABLE.test(char)) text += char;
    else text += escaped(code);
  }
  return text + quote;
}

/** Text as the `backslashreplace` handler of the ASCII codec gives it. */
export function asciiOnly(text: string): string {
  let out = "";
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    out += code < 128 ? char : escaped(code);
  }
  return out;
}

function escaped(code: number): string {
  const hex = code.toString(16);
  if (code < 0x100) return `\\x${hex.padStart(2, "0")}`;
  return code < 0x10000 ? `\\u${hex.padStart(4, "0")}` : `\\U${hex.padStart(8, "0")}`;
}
