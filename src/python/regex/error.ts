/** What is wrong with a pattern or a replacement template, in CPython's words and at its places. */
import { escapeNonAscii, reprStr } from "../text/quote.ts";
import { fromJs, toJs } from "../text/wide.ts";

/** A pattern's text as code points, or its bytes. */
export type PatternSource = string | ArrayLike<number>;

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

/** Python's `repr` of a name. */
export function quoted(name: string): string {
  return toJs(reprStr(fromJs(name)));
}

/** Text as the `backslashreplace` handler of the ASCII codec gives it. */
export function asciiOnly(text: string): string {
  return escapeNonAscii(fromJs(text));
}
