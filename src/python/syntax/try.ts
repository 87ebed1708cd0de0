/** `try`, its handlers, `else` and `finally`. */
import { block, colon, elseBlock } from "./blocks.ts";
import type { Cursor } from "./cursor.ts";
import { expression, expressions } from "./expressions.ts";
import { type ExceptHandler, type Expr, type Stmt, span } from "./tree.ts";

export function tryStatement(p: Cursor): Stmt {
  const first = p.advance();
  p.force(":");
  const body = block(p, "'try' statement", first);
  const handlers: ExceptHandler[] = [];
  let isStar: boolean | undefined;
  while (p.at("except")) {
    const star = p.peek(1).kind === "*";
    if (isStar !== undefined && star !== isStar) {
      if (!p.careful) p.invalid();
      const [except, mark] = [p.token, p.peek(1)];
      if (star) p.ahead(() => handler(p));
      const message = "cannot have both 'except' and 'except*' on the same 'try'";
      p.fail(message, except, star ? mark : except);
    }
    isStar = star;
    handlers.push(handler(p));
  }
  const orelse = handlers.length > 0 ? elseBlock(p) : [];
  let finalbody: Stmt[] = [];
  if (p.at("finally")) {
    const opener = p.advance();
    p.force(":");
    finalbody = block(p, "'finally' statement", opener);
  } else if (handlers.length === 0) {
    if (p.careful) p.failHere("expected 'except' or 'finally' block");
    p.invalid();
  }
  const type = isStar === true ? "TryStar" : "Try";
  return { type, body, handlers, orelse, finalbody, ...span(first, p.closing) };
}

function handler(p: Cursor): ExceptHandler {
  const first = p.advance();
  const star = p.accept("*");
  let exc: Expr | null = null;
  let name: string | null = null;
  if (star || (!p.at(":") && !p.at("newline"))) {
    if (p.careful && star && (p.at(":") || p.at("newline"))) {
      p.failHere("expected one or more exception types");
    }
    exc = expression(p);
    if (p.careful && p.at(",")) diagnoseTypes(p, exc);
    if (p.accept("as")) name = p.expect("name").text;
  }
  colon(p);
  const body = block(p, `'except${star ? "*" : ""}' statement`, first);
  return { type: "ExceptHandler", exc, name, body, ...span(first, p.closing) };
}

function diagnoseTypes(p: Cursor, exc: Expr): void {
  const last = p.test(() => {
    p.advance();
    expressions(p);
    if (p.accept("as")) p.expect("name");
    const { previous } = p;
    p.expect(":");
    return previous;
  });
  if (last !== undefined) p.fail("multiple exception types must be parenthesized", exc, last);
}
