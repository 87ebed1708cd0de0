/** Statements that have a block. */
import { block, colon, elseBlock } from "./blocks.ts";
import type { Cursor } from "./cursor.ts";
import { classDefinition, decorated, functionDefinition } from "./definitions.ts";
import { forTargets } from "./displays.ts";
import {
  BITWISE,
  expression,
  namedExpression,
  operation,
  starExpressions,
  starNamedExpression,
} from "./expressions.ts";
import { isMatch, matchStatement } from "./match.ts";
import { invalidTarget, nameOf, toTarget } from "./targets.ts";
import type { Token } from "./tokens.ts";
import { tryStatement } from "./try.ts";
import { type Expr, type Stmt, type withitem, span } from "./tree.ts";

/** A statement with a block, or undefined where another kind begins. */
export function compoundStatement(p: Cursor): Stmt | undefined {
  switch (p.kind) {
    case "if":
      return ifStatement(p);
    case "while":
      return whileStatement(p);
    case "for":
      return forStatement(p, p.token);
    case "try":
      return tryStatement(p);
    case "with":
      return withStatement(p, p.token);
    case "def":
      return functionDefinition(p, p.token, []);
    case "class":
      return classDefinition(p, []);
    case "@":
      return decorated(p);
    case "async":
      return asyncStatement(p);
    case "name":
      return p.token.text === "match" && isMatch(p) ? matchStatement(p) : undefined;
    default:
      return undefined;
  }
}

function asyncStatement(p: Cursor): Stmt {
  const first = p.advance();
  if (p.at("def")) return functionDefinition(p, first, []);
  if (p.at("for")) return forStatement(p, first);
  if (p.at("with")) return withStatement(p, first);
  return p.invalid();
}

function ifStatement(p: Cursor): Stmt {
  const found: Extract<Stmt, { type: "If" }>[] = [];
  let orelse: Stmt[] = [];
  // A chain of `elif` nests without end, so it is built from a list.
  for (;;) {
    const first = p.advance();
    const test = namedExpression(p);
    colon(p);
    const body = block(p, `'${first.kind}' statement`, first);
    found.push({ type: "If", test, body, orelse: [], ...span(first, p.previous) });
    if (p.at("elif")) continue;
    orelse = elseBlock(p);
    break;
  }
  const last = p.closing;
  let node: Stmt | undefined;
  while (found.length > 0) {
    const one = found.pop() as Extract<Stmt, { type: "If" }>;
    node = { ...one, orelse: node === undefined ? orelse : [node], ...span(one, last) };
  }
  return node ?? p.invalid();
}

function whileStatement(p: Cursor): Stmt {
  const first = p.advance();
  const test = namedExpression(p);
  colon(p);
  const body = block(p, "'while' statement", first);
  const orelse = elseBlock(p);
  return { type: "While", test, body, orelse, ...span(first, p.closing) };
}

function forStatement(p: Cursor, first: Token): Stmt {
  if (first.kind === "async") p.expect("for");
  else p.advance();
  const opener = p.previous;
  const target = forTargets(p);
  p.expect("in");
  const iter = starExpressions(p);
  colon(p);
  const body = block(p, "'for' statement", opener);
  const orelse = elseBlock(p);
  return {
    type: first.kind === "async" ? "AsyncFor" : "For",
    target,
    iter,
    body,
    orelse,
    type_comment: null,
    ...span(first, p.closing),
  };
}

function withStatement(p: Cursor, first: Token): Stmt {
  const opener = p.advance();
  const grouped = p.at("(") && isGroup(p) ? p.attempt(() => withGroup(p)) : undefined;
  if (p.careful && grouped === undefined && p.at("(")) diagnoseGroup(p);
  const items = grouped ?? withItems(p, ":");
  if (grouped === undefined) colon(p);
  const body = block(p, "'with' statement", opener);
  return {
    type: first.kind === "async" ? "AsyncWith" : "With",
    items,
    body,
    type_comment: null,
    ...span(first, p.closing),
  };
}

/** Whether the parenthesis that opens here closes right before the colon. */
function isGroup(p: Cursor): boolean {
  const { level } = p.token;
  for (let i = 1; ; i++) {
    const { kind, level: now } = p.peek(i);
    if (kind === "newline" || kind === "unclosed" || kind === "end") return false;
    if (now < level) return p.peek(i + 1).kind === ":";
  }
}

function withGroup(p: Cursor): withitem[] {
  p.expect("(");
  const items = withItems(p, ")");
  p.expect(")");
  p.expect(":");
  return items;
}

/** A group of managers that is the line's last. */
function diagnoseGroup(p: Cursor): void {
  const end = p.test(() => {
    p.expect("(");
    withItems(p, ")");
    p.expect(")");
    return p.at("newline") ? p.token : p.invalid();
  });
  if (end !== undefined) p.fail("expected ':'", end);
}

function withItems(p: Cursor, close: string): withitem[] {
  const items: withitem[] = [];
  do {
    if (items.length > 0 && close === ")" && p.at(close)) break;
    const context_expr = expression(p);
    let optional_vars: Expr | null = null;
    if (p.accept("as")) {
      optional_vars = p.at("*") ? starNamedExpression(p) : withTarget(p);
      toTarget(p, optional_vars, "Store");
    }
    items.push({ type: "withitem", context_expr, optional_vars });
  } while (p.accept(","));
  return items;
}

function withTarget(p: Cursor): Expr {
  if (p.careful) {
    const read = p.test(() => {
      const one = expression(p);
      return [",", ")", ":"].includes(p.kind) ? one : p.invalid();
    });
    const bad = read === undefined ? undefined : invalidTarget(read, "star");
    if (bad !== undefined) p.fail(`cannot assign to ${nameOf(bad)}`, bad);
  }
  return operation(p, BITWISE);
}
