/** What compiling warns of: it runs all the same. */

export type WarningCategory = "SyntaxWarning" | "DeprecationWarning";

/** One warning, and the line that it is about. */
export interface Warned {
  readonly category: WarningCategory;
  readonly message: string;
  readonly lineno: number;
  /** From 1, in characters; where a filter makes an error of it, that stands there. */
  readonly offset: number;
}
