import type { Place } from "./tree.ts";

/**
 * A token. Its kind is its own text for operators and keywords, else `name`,
 * `number`, `string`, `newline`, `indent`, `dedent`, `end`, `unclosed` (the end
 * of the source within brackets, or at what is no token), or `f"`, `f.` and `f'`: start, text and end
 * of a formatted string. Indents, dedents and the end have no end
 * column, -1.
 */
export interface Token extends Place {
  kind: string;
  /** Offsets in the source. */
  start: number;
  end: number;
  text: string;
  /** How many brackets are open after it. */
  level: number;
}

/** Words that are never names. */
export const KEYWORDS: ReadonlyMap<string, string> = new Map(
  (
    "False None True and as assert async await break class continue def del elif else except " +
    "finally for from global if import in is lambda nonlocal not or pass raise return try while " +
    "with yield"
  )
    .split(" ")
    .map((word) => [word, word]),
);

const OPERATORS =
  "( ) [ ] { } : , ; . ! + - * / % @ & | ^ ~ < > = == != <= >= << >> ** // -> := ... " +
  "+= -= *= /= %= @= &= |= ^= <<= >>= **= //= <>";

/** Operators by their text, so that a token's kind is the same string each time. */
export const OPERATOR: ReadonlyMap<string, string> = new Map(
  OPERATORS.split(" ").map((text) => [text, text]),
);
