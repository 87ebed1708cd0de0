/** Statements that have a block. */
import { callArguments, parameters } from "./arguments.ts";
import type { Cursor } from "./cursor.ts";
import { forTargets } from "./displays.ts";
import {
  BITWISE,
  expression,
  expressions,
  namedExpression,
  operation,
  starExpressions,
  starNamedExpression,
  tupleFrom,
} from "./expressions.ts";
import { patterns } from "./patterns.ts";
import { simpleStatements, statement } from "./statements.ts";
import { invalidTarget, nameOf, toTarget } from "./targets.ts";
import type { Token } from "./tokens.ts";
import {
  type ExceptHandler,
  type Expr,
  type match_case,
  span,
  type Stmt,
  type TypeParam,
  type withitem,
} from "./tree.ts";

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
      return asyncStatement(p, []);
    case "name":
      return p.token.text === "match" && isMatch(p) ? matchStatement(p) : undefined;
    default:
      return undefined;
  }
}

function asyncStatement(p: Cursor, decorators: Expr[]): Stmt {
  const first = p.advance();
  if (p.at("def")) return functionDefinition(p, first, decorators);
  if (decorators.length > 0) p.invalid();
  if (p.at("for")) return forStatement(p, first);
  if (p.at("with")) return withStatement(p, first);
  return p.invalid();
}

/** The indented lines, or the rest of this one, after a colon; `what` and `opener` are for messages. */
function block(p: Cursor, what: string, opener: Token): Stmt[] {
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
function colon(p: Cursor): void {
  if (p.careful && p.at("newline")) p.failHere("expected ':'");
  p.expect(":");
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
  const last = orelse.at(-1) ?? found.at(-1)?.body.at(-1);
  let node: Stmt | undefined;
  while (found.length > 0) {
    const one = found.pop() as Extract<Stmt, { type: "If" }>;
    node = { ...one, orelse: node === undefined ? orelse : [node], ...span(one, last ?? one) };
  }
  return node ?? p.invalid();
}

function elseBlock(p: Cursor): Stmt[] {
  if (!p.at("else")) return [];
  const first = p.advance();
  p.force(":");
  return block(p, "'else' statement", first);
}

function lastOf(...lists: (readonly Stmt[])[]): Stmt {
  return lists.findLast((list) => list.length > 0)?.at(-1) as Stmt;
}

function whileStatement(p: Cursor): Stmt {
  const first = p.advance();
  const test = namedExpression(p);
  colon(p);
  const body = block(p, "'while' statement", first);
  const orelse = elseBlock(p);
  return { type: "While", test, body, orelse, ...span(first, lastOf(body, orelse)) };
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
    ...span(first, lastOf(body, orelse)),
  };
}

function withStatement(p: Cursor, first: Token): Stmt {
  const opener = p.advance();
  const grouped = p.at("(") && isGroup(p) ? p.attempt(() => withGroup(p)) : undefined;
  const items = grouped ?? withItems(p, ":");
  if (grouped === undefined) colon(p);
  const body = block(p, "'with' statement", opener);
  return {
    type: first.kind === "async" ? "AsyncWith" : "With",
    items,
    body,
    type_comment: null,
    ...span(first, lastOf(body)),
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

function tryStatement(p: Cursor): Stmt {
  const first = p.advance();
  p.force(":");
  const body = block(p, "'try' statement", first);
  const handlers: ExceptHandler[] = [];
  let isStar: boolean | undefined;
  while (p.at("except")) {
    const star = p.peek(1).kind === "*";
    if (isStar !== undefined && star !== isStar) {
      if (!p.careful) p.invalid();
      const message = "cannot have both 'except' and 'except*' on the same 'try'";
      p.fail(message, p.token, p.peek(1));
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
  const last = finalbody.at(-1) ?? orelse.at(-1) ?? handlers.at(-1) ?? first;
  const type = isStar === true ? "TryStar" : "Try";
  return { type, body, handlers, orelse, finalbody, ...span(first, last) };
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
  return { type: "ExceptHandler", exc, name, body, ...span(first, lastOf(body)) };
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

function decorated(p: Cursor): Stmt {
  const decorators: Expr[] = [];
  while (p.accept("@")) {
    decorators.push(namedExpression(p));
    p.expect("newline");
  }
  if (p.at("def")) return functionDefinition(p, p.token, decorators);
  if (p.at("class")) return classDefinition(p, decorators);
  return p.at("async") ? asyncStatement(p, decorators) : p.invalid();
}

function functionDefinition(p: Cursor, first: Token, decorator_list: Expr[]): Stmt {
  const def = p.advance();
  const name = p.expect("name").text;
  const type_params = typeParameters(p);
  p.force("(");
  const args = parameters(p, ")");
  p.expect(")");
  const returns = p.accept("->") ? expression(p) : null;
  p.force(":");
  const body = block(p, "function definition", def);
  return {
    type: first.kind === "async" ? "AsyncFunctionDef" : "FunctionDef",
    name,
    args,
    body,
    decorator_list,
    returns,
    type_comment: null,
    type_params,
    ...span(first, lastOf(body)),
  };
}

function classDefinition(p: Cursor, decorator_list: Expr[]): Stmt {
  const first = p.advance();
  const name = p.expect("name").text;
  const type_params = typeParameters(p);
  const open = p.token;
  const { args: bases, keywords } = p.at("(") ? callArguments(p) : { args: [], keywords: [] };
  // A call may hold a generator without parentheses of its own, a class may not.
  if (bases[0]?.type === "GeneratorExp" && bases[0].col_offset === open.col_offset) p.invalid();
  colon(p);
  const body = block(p, "class definition", first);
  return {
    type: "ClassDef",
    name,
    bases,
    keywords,
    body,
    decorator_list,
    type_params,
    ...span(first, lastOf(body)),
  };
}

/** `[T: bound, *Ts, **P]`, where they are. */
export function typeParameters(p: Cursor): TypeParam[] {
  const found: TypeParam[] = [];
  if (!p.accept("[")) return found;
  do {
    if (found.length > 0 && p.at("]")) break;
    const first = p.token;
    const isStar = p.accept("*");
    const isDouble = !isStar && p.accept("**");
    const name = p.expect("name").text;
    if (isStar || isDouble) {
      const type = isStar ? "TypeVarTuple" : "ParamSpec";
      if (p.careful && p.at(":")) diagnoseBound(p, type);
      found.push({ type, name, ...span(first, p.previous) });
    } else {
      const bound = p.accept(":") ? expression(p) : null;
      found.push({ type: "TypeVar", name, bound, ...span(first, p.previous) });
    }
  } while (p.accept(","));
  p.expect("]");
  return found;
}

function diagnoseBound(p: Cursor, type: string): void {
  const mark = p.token;
  const bound = p.test(() => (p.advance(), expression(p)));
  if (bound === undefined) return;
  const word = bound.type === "Tuple" ? "constraints" : "bound";
  p.fail(`cannot use ${word} with ${type}`, mark, bound);
}

/** `match` begins a statement where its line ends in a colon, else it is a name. */
function isMatch(p: Cursor): boolean {
  const after = p.peek(1);
  if (["newline", "=", ".", ",", ")", ":", "end"].includes(after.kind)) return false;
  for (let i = 1; ; i++) {
    const { kind } = p.peek(i);
    if (kind === "newline" || kind === "end" || kind === "unclosed") {
      return p.peek(i - 1).kind === ":" || (p.careful && after.kind === "name");
    }
  }
}

function matchStatement(p: Cursor): Stmt {
  const first = p.advance();
  const start = p.token;
  const one = starNamedExpression(p);
  const subject = p.at(",") ? tupleFrom(p, start, one, starNamedExpression) : one;
  if (subject.type === "Starred") p.invalid();
  colon(p);
  p.expect("newline");
  if (!p.at("indent")) {
    if (!p.careful) p.invalid();
    const message = `expected an indented block after 'match' statement on line ${first.lineno}`;
    p.failHere(message, "IndentationError");
  }
  p.advance();
  const cases: match_case[] = [];
  do cases.push(matchCase(p));
  while (p.isWord("case"));
  p.expect("dedent");
  const last = lastOf(cases.at(-1)?.body ?? []);
  return { type: "Match", subject, cases, ...span(first, last) };
}

function matchCase(p: Cursor): match_case {
  if (!p.isWord("case")) p.invalid();
  const first = p.advance();
  const pattern = patterns(p);
  const guard = p.accept("if") ? namedExpression(p) : null;
  colon(p);
  return { type: "match_case", pattern, guard, body: block(p, "'case' statement", first) };
}
