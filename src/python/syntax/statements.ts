/** Statements of one line. */
import type { Cursor } from "./cursor.ts";
import { compoundStatement } from "./compound.ts";
import { typeParameters } from "./definitions.ts";
import { expression, namedExpression, starExpressions, yieldExpression } from "./expressions.ts";
import { invalidTarget, nameOf, toTarget } from "./targets.ts";
import type { Token } from "./tokens.ts";
import { type alias, type Expr, type Operator, span, type Stmt } from "./tree.ts";

const AUGMENTED: ReadonlyMap<string, Operator> = new Map([
  ["+=", "Add"],
  ["-=", "Sub"],
  ["*=", "Mult"],
  ["@=", "MatMult"],
  ["/=", "Div"],
  ["%=", "Mod"],
  ["&=", "BitAnd"],
  ["|=", "BitOr"],
  ["^=", "BitXor"],
  ["<<=", "LShift"],
  [">>=", "RShift"],
  ["**=", "Pow"],
  ["//=", "FloorDiv"],
]);

/** Adds the next statements: one that has a block, or a line of others. */
export function statement(p: Cursor, body: Stmt[]): void {
  const compound = compoundStatement(p);
  if (compound === undefined) simpleStatements(p, body);
  else body.push(compound);
}

/** `a; b; c` and the line's end. */
export function simpleStatements(p: Cursor, body: Stmt[]): void {
  do {
    body.push(simpleStatement(p));
  } while (p.accept(";") && !p.at("newline"));
  p.expect("newline");
}

function simpleStatement(p: Cursor): Stmt {
  const first = p.token;
  switch (first.kind) {
    case "pass":
    case "break":
    case "continue":
      p.advance();
      return {
        type: first.kind === "pass" ? "Pass" : first.kind === "break" ? "Break" : "Continue",
        ...span(first, first),
      };
    case "return": {
      p.advance();
      const value = isLineEnd(p) ? null : starExpressions(p);
      return { type: "Return", value, ...span(first, p.previous) };
    }
    case "raise": {
      p.advance();
      const exc = isLineEnd(p) ? null : expression(p);
      const cause = exc !== null && p.accept("from") ? expression(p) : null;
      return { type: "Raise", exc, cause, ...span(first, p.previous) };
    }
    case "assert": {
      p.advance();
      const test = expression(p);
      const msg = p.accept(",") ? expression(p) : null;
      return { type: "Assert", test, msg, ...span(first, p.previous) };
    }
    case "global":
    case "nonlocal": {
      p.advance();
      const names = [p.expect("name").text];
      while (p.accept(",")) names.push(p.expect("name").text);
      const type = first.kind === "global" ? "Global" : "Nonlocal";
      return { type, names, ...span(first, p.previous) };
    }
    case "del":
      return deletion(p);
    case "import":
      p.advance();
      if (p.careful) diagnoseImport(p, first);
      return { type: "Import", names: aliases(p, true), ...span(first, p.previous) };
    case "from":
      return importFrom(p);
    default:
      return p.isWord("type") && p.peek(1).kind === "name" ? typeAlias(p) : assignment(p);
  }
}

function isLineEnd(p: Cursor): boolean {
  return p.at("newline") || p.at(";");
}

function deletion(p: Cursor): Stmt {
  const first = p.advance();
  const targets: Expr[] = [];
  if (p.careful) {
    const read = p.test(() => starExpressions(p));
    const bad = read === undefined ? undefined : invalidTarget(read, "del");
    if (bad !== undefined) p.fail(`cannot delete ${nameOf(bad)}`, bad);
  }
  do {
    if (targets.length > 0 && isLineEnd(p)) break;
    const target = expression(p);
    toTarget(p, target, "Del");
    targets.push(target);
  } while (p.accept(","));
  if (!isLineEnd(p)) p.invalid();
  return { type: "Delete", targets, ...span(first, p.previous) };
}

function typeAlias(p: Cursor): Stmt {
  const first = p.advance();
  const token = p.advance();
  const name: Expr = { type: "Name", id: token.text, ctx: "Store", ...span(token, token) };
  const type_params = typeParameters(p);
  p.expect("=");
  const value = expression(p);
  return { type: "TypeAlias", name, type_params, value, ...span(first, p.previous) };
}

function dotted(p: Cursor): string {
  let name = p.expect("name").text;
  while (p.accept(".")) name += `.${p.expect("name").text}`;
  return name;
}

/** `import a from b` */
function diagnoseImport(p: Cursor, first: Token): void {
  const next = p.test(() => {
    do dotted(p);
    while (p.accept(","));
    p.expect("from");
    dotted(p);
    return p.token;
  });
  if (next === undefined) return;
  // CPython has read one more token when it says so.
  const end = { ...next, end_col_offset: next.end_col_offset - 1 };
  p.fail("Did you mean to use 'from ... import ...' instead?", first, end);
}

function aliases(p: Cursor, isDotted: boolean): alias[] {
  const names: alias[] = [];
  do {
    if (names.length > 0 && !isDotted && p.at(")")) break;
    if (p.careful && names.length > 0 && !isDotted && p.at("newline")) {
      p.failHere("trailing comma not allowed without surrounding parentheses");
    }
    const first = p.token;
    const name = isDotted ? dotted(p) : p.expect("name").text;
    const asname = p.accept("as") ? p.expect("name").text : null;
    names.push({ type: "alias", name, asname, ...span(first, p.previous) });
  } while (p.accept(","));
  return names;
}

function importFrom(p: Cursor): Stmt {
  const first = p.advance();
  let level = 0;
  for (; p.at(".") || p.at("..."); p.advance()) level += p.kind.length;
  const module = level > 0 && p.at("import") ? null : dotted(p);
  p.expect("import");
  let names: alias[];
  const star = p.token;
  if (p.accept("*")) names = [{ type: "alias", name: "*", asname: null, ...span(star, star) }];
  else if (p.accept("(")) {
    names = aliases(p, false);
    p.expect(")");
  } else {
    names = aliases(p, false);
    if (p.previous.kind === ",") p.invalid();
  }
  return { type: "ImportFrom", module, names, level, ...span(first, p.previous) };
}

/** An assignment of any kind, or an expression alone. */
function assignment(p: Cursor): Stmt {
  const first = p.token;
  if (p.careful) diagnoseFirst(p);
  const value = valueOf(p);
  if (p.at(":")) return annotated(p, value, first);
  if (p.at("=")) return chained(p, value, first);
  const op = AUGMENTED.get(p.kind);
  if (op === undefined) return { type: "Expr", value, ...span(first, p.previous) };
  if (value.type !== "Name" && value.type !== "Attribute" && value.type !== "Subscript") {
    const right = p.careful ? p.test(() => (p.advance(), valueOf(p))) : undefined;
    if (right !== undefined) {
      const message = `'${nameOf(value)}' is an illegal expression for augmented assignment`;
      p.fail(message, value);
    }
    p.invalid();
  }
  toTarget(p, value, "Store");
  p.advance();
  const right = valueOf(p);
  return { type: "AugAssign", target: value, op, value: right, ...span(first, p.previous) };
}

/** The first value of what is no assignment: was `==` meant? */
function diagnoseFirst(p: Cursor): void {
  if (p.at("*") || p.at("yield")) return;
  const value = p.test(() => {
    const one = expression(p);
    if (!p.at("=") && !p.at(":=")) p.invalid();
    return one;
  });
  if (value === undefined || invalidTarget(value, "star") === undefined) return;
  p.ahead(() => namedExpression(p));
}

function valueOf(p: Cursor): Expr {
  return p.at("yield") ? yieldExpression(p) : starExpressions(p);
}

function annotated(p: Cursor, target: Expr, first: Token): Stmt {
  const isTarget =
    target.type === "Name" || target.type === "Attribute" || target.type === "Subscript";
  if (!isTarget) {
    const reads = p.careful && p.test(() => (p.advance(), expression(p))) !== undefined;
    if (!reads) p.invalid();
    const what = target.type === "List" ? "list" : target.type === "Tuple" ? "tuple" : undefined;
    const message =
      what === undefined
        ? "illegal target for annotation"
        : `only single target (not ${what}) can be annotated`;
    const [one] = target.type === "Tuple" ? target.elts : [];
    const isBare = one !== undefined && one.col_offset === target.col_offset;
    p.fail(message, isBare && one !== undefined ? one : target);
  }
  toTarget(p, target, "Store");
  p.advance();
  const annotation = expression(p);
  const value = p.accept("=") ? valueOf(p) : null;
  const simple = target.type === "Name" && first.kind !== "(" ? 1 : 0;
  return { type: "AnnAssign", target, annotation, value, simple, ...span(first, p.previous) };
}

function chained(p: Cursor, value: Expr, first: Token): Stmt {
  const targets: Expr[] = [];
  let last = value;
  while (p.at("=")) {
    if (p.careful && (last.type === "Yield" || last.type === "YieldFrom")) {
      if (p.previous.kind !== ")") p.fail("assignment to yield expression not possible", last);
    }
    toTarget(p, last, "Store");
    targets.push(last);
    p.advance();
    last = valueOf(p);
  }
  return {
    type: "Assign",
    targets,
    value: last,
    type_comment: null,
    ...span(first, p.previous),
  };
}
