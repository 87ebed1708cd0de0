/** `from __future__ import …`: what it may name, and where it may stand. */
import type { Module, Place, Stmt } from "../syntax/tree.ts";
import { PythonSyntaxError } from "../syntax/error.ts";
import { errorAt } from "./build.ts";

const FEATURES: ReadonlySet<string> = new Set([
  "nested_scopes",
  "generators",
  "division",
  "absolute_import",
  "with_statement",
  "print_function",
  "unicode_literals",
  "barry_as_FLUFL",
  "generator_stop",
  "annotations",
]);
export const LATE_FUTURE = "from __future__ imports must occur at the beginning of the file";

export interface Futures {
  annotationsAreText: boolean;
  /** The line of the last of them, or -1. */
  last: number;
}

/** Throws what CPython refuses before it looks at names. */
export function futures({ body }: Module): Futures {
  let isDone = false;
  let hasText = false;
  let annotationsAreText = false;
  let line = 0;
  let last = -1;
  for (const node of body) {
    if (isDone && node.lineno > line) break;
    line = node.lineno;
    if (isFuture(node)) {
      if (isDone) throw errorAt(LATE_FUTURE, node);
      last = node.lineno;
      for (const one of node.names) {
        if (one.name === "annotations") annotationsAreText = true;
        else if (!FEATURES.has(one.name)) {
          const isBraces = one.name === "braces";
          throw lineError(
            isBraces ? "not a chance" : `future feature ${one.name} is not defined`,
            node,
          );
        }
      }
    } else if (node.type === "Expr" && !hasText && isText(node)) hasText = true;
    else isDone = true;
  }
  return { annotationsAreText, last };
}

/** These errors have a beginning and no end. */
function lineError(message: string, { lineno, col_offset }: Place): PythonSyntaxError {
  const offset = col_offset + 1;
  return new PythonSyntaxError(message, { lineno, offset, end_lineno: lineno, end_offset: null });
}

function isFuture(node: Stmt): node is Extract<Stmt, { type: "ImportFrom" }> {
  return node.type === "ImportFrom" && node.module === "__future__";
}

function isText({ value }: Extract<Stmt, { type: "Expr" }>): boolean {
  return value.type === "Constant" && (typeof value.value === "string" || isPoints(value.value));
}

function isPoints(value: unknown): boolean {
  return typeof value === "object" && value !== null && "points" in value;
}
