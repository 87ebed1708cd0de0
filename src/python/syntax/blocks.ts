/** What follows the head of a statement: a colon, and its lines. */
import type { Cursor } from "./cursor.ts";
import { simpleStatements, statement } from "./statements.ts";
import type { Token } from "./tokens.ts";
import type { Stmt } from "./tree.ts";

/** The indented lines, or the rest of this one, after a colon; `what` and `opener` are for messages. */
export function block(p: Cursor, what: string, opener: Token): Stmt[] {
  const body: Stmt[] = [];
  if (!p.accept("newline")) {
    simpleStatements(p, body);
    return body;
  }
  if (!p.at("indent")) {
    if (p.careful) {
      const message = `expected an indented block after ${what} on line ${opener.lineno}`;
      p.failHere(message, "IndentationError");
    }
    p.invalid();
  }
  p.advance();
  do statement(p, body);
  while (!p.at("dedent") && !p.at("end"));
  p.expect("dedent");
  return body;
}

/** The colon before a block; a line that ends without it says so. */
export function colon(p: Cursor): void {
  if (p.careful && p.at("newline")) p.failHere("expected ':'");
  p.expect(":");
}

export function elseBlock(p: Cursor): Stmt[] {
  if (!p.at("else")) return [];
  const first = p.advance();
  p.force(":");
  return block(p, "'else' statement", first);
}
