/** What stands in brackets: groups, tuples, lists, sets, dictionaries and comprehensions. */
import type { Cursor } from "./cursor.ts";
import {
  BITWISE,
  expression,
  namedExpression,
  operation,
  starNamedExpression,
  yieldExpression,
} from "./expressions.ts";
import { diagnoseComprehension, diagnosePair } from "./mistakes.ts";
import { invalidTarget, nameOf, toTarget } from "./targets.ts";
import { type comprehension, type Expr, span } from "./tree.ts";

export function parentheses(p: Cursor): Expr {
  const open = p.advance();
  if (p.at(")")) {
    return { type: "Tuple", elts: [], ctx: "Load", ...span(open, p.advance()) };
  }
  if (p.at("yield")) {
    const value = yieldExpression(p);
    p.expect(")");
    return value;
  }
  if (p.careful && p.at("**")) {
    const star = p.token;
    const found = p.test(() => {
      p.advance();
      expression(p);
      return p.expect(")");
    });
    if (found !== undefined) p.fail("cannot use double starred expression here", star);
  }
  const first = starNamedExpression(p);
  if (p.at("for") || p.at("async")) {
    if (p.careful) diagnoseComprehension(p, first);
    const generators = comprehensions(p);
    if (first.type === "Starred") p.invalid();
    return { type: "GeneratorExp", elt: first, generators, ...span(open, p.expect(")")) };
  }
  if (p.at(",")) {
    const elts = rest(p, first, ")");
    return { type: "Tuple", elts, ctx: "Load", ...span(open, p.expect(")")) };
  }
  if (first.type === "Starred" && p.at(")")) {
    if (p.careful) p.fail("cannot use starred expression here", first);
    p.advance();
    p.invalid();
  }
  p.expect(")");
  return first;
}

function rest(p: Cursor, first: Expr, close: string): Expr[] {
  const elts = [first];
  while (p.accept(",")) {
    if (p.at(close)) break;
    if (p.careful && elts.length === 1 && close !== ")" && p.at("for")) {
      diagnoseComprehension(p, first, [first]);
    }
    elts.push(starNamedExpression(p));
  }
  if (p.careful && close !== ")" && (p.at("for") || p.at("async"))) {
    diagnoseComprehension(p, first, elts);
  }
  return elts;
}

export function brackets(p: Cursor): Expr {
  const open = p.advance();
  if (p.at("]")) {
    return { type: "List", elts: [], ctx: "Load", ...span(open, p.advance()) };
  }
  const first = starNamedExpression(p);
  if (p.at("for") || p.at("async")) {
    if (p.careful) diagnoseComprehension(p, first);
    const generators = comprehensions(p);
    if (first.type === "Starred") p.invalid();
    return { type: "ListComp", elt: first, generators, ...span(open, p.expect("]")) };
  }
  const elts = rest(p, first, "]");
  return { type: "List", elts, ctx: "Load", ...span(open, p.expect("]")) };
}

export function braces(p: Cursor): Expr {
  const open = p.advance();
  const start = p.token;
  if (p.at("}")) return { type: "Dict", keys: [], values: [], ...span(open, p.advance()) };
  if (p.at("**")) return dictionary(p, open);
  const first = starNamedExpression(p);
  if (p.at(":")) {
    // A named expression needs parentheses, which are no part of it.
    if (first.type === "NamedExpr" && first.col_offset === start.col_offset) p.invalid();
    return dictionary(p, open, first);
  }
  if (p.at("for") || p.at("async")) {
    if (p.careful) diagnoseComprehension(p, first);
    const generators = comprehensions(p);
    if (first.type === "Starred") p.invalid();
    return { type: "SetComp", elt: first, generators, ...span(open, p.expect("}")) };
  }
  const elts = rest(p, first, "}");
  return { type: "Set", elts, ...span(open, p.expect("}")) };
}

/** A dictionary whose first key, if it has one, is read. */
function dictionary(p: Cursor, open: Expr | Cursor["token"], first?: Expr): Expr {
  const keys: (Expr | null)[] = [];
  const values: Expr[] = [];
  if (first?.type === "Starred") p.invalid();
  for (let key: Expr | null | undefined = first; ; key = undefined) {
    const double = p.token;
    if (key === undefined && p.accept("**")) {
      keys.push(null);
      values.push(operation(p, BITWISE));
      if (p.careful && p.at("for")) {
        p.fail("dict unpacking cannot be used in dict comprehension", double);
      }
    } else {
      key ??= expression(p);
      if (p.careful) diagnosePair(p);
      p.expect(":");
      const value = expression(p);
      if (first === key && (p.at("for") || p.at("async"))) {
        const generators = comprehensions(p);
        return { type: "DictComp", key, value, generators, ...span(open, p.expect("}")) };
      }
      keys.push(key);
      values.push(value);
    }
    if (!p.accept(",") || p.at("}")) break;
  }
  return { type: "Dict", keys, values, ...span(open, p.expect("}")) };
}

/** One or more `for target in iter if test`. */
export function comprehensions(p: Cursor): comprehension[] {
  const generators: comprehension[] = [];
  while (p.at("for") || p.at("async")) {
    const is_async = p.accept("async") ? 1 : 0;
    p.expect("for");
    const target = forTargets(p);
    p.expect("in");
    const iter = operation(p, 1);
    const ifs: Expr[] = [];
    while (p.accept("if")) ifs.push(operation(p, 1));
    generators.push({ type: "comprehension", target, iter, ifs, is_async });
  }
  return generators;
}

/** The targets between `for` and `in`. */
export function forTargets(p: Cursor): Expr {
  if (p.careful && p.test(() => readTargets(p)) === undefined) {
    const read = p.test(() => targetList(p, starOr(namedExpression)));
    const bad = read === undefined ? undefined : invalidTarget(read, "for");
    if (bad !== undefined) p.fail(`cannot assign to ${nameOf(bad)}`, bad);
  }
  return readTargets(p);
}

function readTargets(p: Cursor): Expr {
  const target = targetList(
    p,
    starOr((q) => operation(q, BITWISE)),
  );
  toTarget(p, target, "Store");
  return target;
}

function starOr(one: (p: Cursor) => Expr): (p: Cursor) => Expr {
  return (p) => (p.at("*") ? starNamedExpression(p) : one(p));
}

function targetList(p: Cursor, one: (p: Cursor) => Expr): Expr {
  const start = p.token;
  const first = one(p);
  if (!p.at(",")) return first;
  const elts = [first];
  while (p.accept(",")) {
    if (p.at("in")) break;
    elts.push(one(p));
  }
  return { type: "Tuple", elts, ctx: "Load", ...span(start, p.previous) };
}
