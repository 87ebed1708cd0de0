/** The one error of this room's syntax, with CPython's words and places. */

/** Half-open, as CPython gives it: lines from 1, columns from 1 in characters; 0 or -1 where it knows none. */
export interface ErrorSpan {
  lineno: number;
  offset: number;
  end_lineno: number;
  /** Null where an error has no end. */
  end_offset: number | null;
}

export type SyntaxErrorKind = "SyntaxError" | "IndentationError" | "TabError";

/** A source that is no Python. Its message and place are what CPython 3.12 says. */
export class PythonSyntaxError extends Error implements ErrorSpan {
  override readonly name = "PythonSyntaxError";
  readonly kind: SyntaxErrorKind;
  readonly lineno: number;
  readonly offset: number;
  readonly end_lineno: number;
  readonly end_offset: number | null;

  constructor(message: string, span: ErrorSpan, kind: SyntaxErrorKind = "SyntaxError") {
    super(message);
    this.kind = kind;
    this.lineno = span.lineno;
    this.offset = span.offset;
    this.end_lineno = span.end_lineno;
    this.end_offset = span.end_offset;
  }
}
