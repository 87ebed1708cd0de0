/** Expressions, by the precedence of their operators. */
import { callArguments, parameters, subscript } from "./arguments.ts";
import { braces, brackets, parentheses } from "./displays.ts";
import type { Cursor } from "./cursor.ts";
import { diagnoseExpression, diagnoseNamed } from "./mistakes.ts";
import { strings } from "./fstrings.ts";
import { numberValue } from "./numbers.ts";
import { toTarget } from "./targets.ts";
import type { Token } from "./tokens.ts";
import {
  type BoolOperator,
  type Comparison,
  type Expr,
  type Operator,
  span,
  type UnaryOperator,
} from "./tree.ts";

const OR = 1;
const AND = 2;
const NOT = 3;
const COMPARE = 4;
/** Operators that bind at least this hard are in every target and pattern. */
export const BITWISE = 5;
const UNARY = 11;
const POWER = 12;

const BINARY: ReadonlyMap<string, [power: number, op: Operator]> = new Map([
  ["|", [5, "BitOr"]],
  ["^", [6, "BitXor"]],
  ["&", [7, "BitAnd"]],
  ["<<", [8, "LShift"]],
  [">>", [8, "RShift"]],
  ["+", [9, "Add"]],
  ["-", [9, "Sub"]],
  ["*", [10, "Mult"]],
  ["/", [10, "Div"]],
  ["//", [10, "FloorDiv"]],
  ["%", [10, "Mod"]],
  ["@", [10, "MatMult"]],
  ["**", [POWER, "Pow"]],
]);
const COMPARISONS: ReadonlyMap<string, Comparison> = new Map([
  ["==", "Eq"],
  ["!=", "NotEq"],
  ["<", "Lt"],
  ["<=", "LtE"],
  [">", "Gt"],
  [">=", "GtE"],
  ["is", "Is"],
  ["in", "In"],
  ["not", "NotIn"],
]);
const PREFIXES: ReadonlyMap<string, UnaryOperator> = new Map([
  ["-", "USub"],
  ["+", "UAdd"],
  ["~", "Invert"],
]);
/** What ends a list of expressions. */
const ENDS = new Set(
  "newline end unclosed ) ] } : ; = ! f' f. in if for async as from and or is else += -= *= /= //= %= @= &= |= ^= >>= <<= **=".split(
    " ",
  ),
);

function atEnd(p: Cursor): boolean {
  return ENDS.has(p.kind);
}

/** One or more, with stars; a comma makes them a tuple. */
export function starExpressions(p: Cursor): Expr {
  return listOf(p, starExpression);
}

/** One or more without stars. */
export function expressions(p: Cursor): Expr {
  return listOf(p, expression);
}

function listOf(p: Cursor, one: (p: Cursor) => Expr): Expr {
  const first = p.token;
  const value = one(p);
  return p.at(",") ? tupleFrom(p, first, value, one) : value;
}

/** The rest of a tuple that has no brackets. */
export function tupleFrom(p: Cursor, first: Token, value: Expr, one: (p: Cursor) => Expr): Expr {
  const elts = [value];
  while (p.accept(",")) {
    if (atEnd(p)) break;
    elts.push(one(p));
  }
  return { type: "Tuple", elts, ctx: "Load", ...span(first, p.previous) };
}

function starExpression(p: Cursor): Expr {
  return p.at("*") ? starred(p, BITWISE) : expression(p);
}

export function starNamedExpression(p: Cursor): Expr {
  return p.at("*") ? starred(p, BITWISE) : namedExpression(p);
}

/** `*value`; in calls the value is a whole expression. */
export function starred(p: Cursor, power = 0): Expr {
  const star = p.advance();
  const value = power === 0 ? expression(p) : operation(p, power);
  return { type: "Starred", value, ctx: "Load", ...span(star, p.previous) };
}

/** An expression, or `name := value`. */
export function namedExpression(p: Cursor): Expr {
  const target = expression(p);
  if (p.careful) diagnoseNamed(p, target);
  if (!p.at(":=")) return target;
  if (target.type !== "Name" || p.previous.kind !== "name") p.invalid();
  p.advance();
  toTarget(p, target, "Store");
  const value = expression(p);
  return { type: "NamedExpr", target, value, ...span(target, p.previous) };
}

export function expression(p: Cursor): Expr {
  if (p.at("lambda")) return lambda(p);
  const first = p.token;
  const body = operation(p, OR);
  if (p.careful) diagnoseExpression(p, body, first);
  if (!p.at("if")) return body;
  p.enter();
  p.advance();
  const test = operation(p, OR);
  if (p.careful && !p.at("else") && !p.at(":")) {
    p.fail("expected 'else' after 'if' expression", body, test);
  }
  p.expect("else");
  const orelse = expression(p);
  p.leave();
  return { type: "IfExp", test, body, orelse, ...span(first, p.previous) };
}

function lambda(p: Cursor): Expr {
  p.enter();
  const first = p.advance();
  const args = parameters(p, ":");
  const colon = p.expect(":");
  if (p.careful && p.at("f.")) {
    const message = "f-string: lambda expressions are not allowed without parentheses";
    p.fail(message, first, colon);
  }
  const body = expression(p);
  p.leave();
  return { type: "Lambda", args, body, ...span(first, p.previous) };
}

export function yieldExpression(p: Cursor): Expr {
  const first = p.advance();
  if (p.accept("from")) {
    const value = expression(p);
    return { type: "YieldFrom", value, ...span(first, p.previous) };
  }
  const value = atEnd(p) ? null : starExpressions(p);
  return { type: "Yield", value, ...span(first, p.previous) };
}

/** Operators that bind at least as hard as `least`. */
export function operation(p: Cursor, least: number): Expr {
  p.enter();
  const first = p.token;
  let left = prefix(p, least);
  for (;;) {
    const { kind } = p;
    const binary = BINARY.get(kind);
    if (binary !== undefined) {
      const [power, op] = binary;
      if (power < least) break;
      p.advance();
      // Powers group from the right, and their exponent may have a sign.
      const right = operation(p, power === POWER ? UNARY : power + 1);
      left = { type: "BinOp", left, op, right, ...span(first, p.previous) };
    } else if (least <= COMPARE && COMPARISONS.has(kind)) {
      if (kind === "not" && p.peek(1).kind !== "in") {
        p.advance();
        p.invalid();
      }
      left = comparison(p, first, left);
    } else if (kind === "and" && least <= AND) left = boolean(p, first, left, "And", NOT);
    else if (kind === "or" && least <= OR) left = boolean(p, first, left, "Or", AND);
    else break;
  }
  p.leave();
  return left;
}

function boolean(p: Cursor, first: Token, left: Expr, op: BoolOperator, power: number): Expr {
  const word = p.kind;
  const values = [left];
  while (p.accept(word)) values.push(operation(p, power));
  return { type: "BoolOp", op, values, ...span(first, p.previous) };
}

function comparison(p: Cursor, first: Token, left: Expr): Expr {
  const ops: Comparison[] = [];
  const comparators: Expr[] = [];
  for (;;) {
    let op = COMPARISONS.get(p.kind);
    if (op === undefined || (op === "NotIn" && p.peek(1).kind !== "in")) break;
    p.advance();
    if (op === "NotIn") p.advance();
    else if (op === "Is" && p.accept("not")) op = "IsNot";
    ops.push(op);
    comparators.push(operation(p, BITWISE));
  }
  return { type: "Compare", left, ops, comparators, ...span(first, p.previous) };
}

function prefix(p: Cursor, least: number): Expr {
  const first = p.token;
  if (p.at("not")) {
    if (least > NOT) p.invalid();
    p.advance();
    const operand = operation(p, NOT);
    return { type: "UnaryOp", op: "Not", operand, ...span(first, p.previous) };
  }
  const op = PREFIXES.get(p.kind);
  if (op === undefined) return primary(p);
  p.advance();
  const operand = operation(p, UNARY);
  return { type: "UnaryOp", op, operand, ...span(first, p.previous) };
}

/** An atom with its attributes, calls and subscripts. */
export function primary(p: Cursor): Expr {
  const first = p.token;
  if (p.accept("await")) {
    if (p.at("await")) p.invalid();
    const value = primary(p);
    return { type: "Await", value, ...span(first, p.previous) };
  }
  let value = atom(p);
  for (;;) {
    switch (p.kind) {
      case ".": {
        p.advance();
        const name = p.expect("name");
        value = {
          type: "Attribute",
          value,
          attr: name.text,
          ctx: "Load",
          ...span(first, name),
        };
        break;
      }
      case "(": {
        const { args, keywords } = callArguments(p);
        value = { type: "Call", func: value, args, keywords, ...span(first, p.previous) };
        break;
      }
      case "[": {
        const slice = subscript(p);
        value = { type: "Subscript", value, slice, ctx: "Load", ...span(first, p.previous) };
        break;
      }
      default:
        return value;
    }
  }
}

function atom(p: Cursor): Expr {
  const { token } = p;
  switch (token.kind) {
    case "name":
      p.advance();
      return { type: "Name", id: token.text, ctx: "Load", ...span(token, token) };
    case "number": {
      const value = numberValue(token.text);
      p.advance();
      if (typeof value === "object" && value !== null && "tooLong" in value) {
        p.fail(value.tooLong, token);
      }
      return { type: "Constant", value, kind: null, ...span(token, token) };
    }
    case "string":
    case 'f"':
      return strings(p);
    case "(":
      return parentheses(p);
    case "[":
      return brackets(p);
    case "{":
      return braces(p);
    case "None":
    case "True":
    case "False":
      p.advance();
      return {
        type: "Constant",
        value: token.kind === "None" ? null : token.kind === "True",
        kind: null,
        ...span(token, token),
      };
    case "...":
      p.advance();
      return { type: "Constant", value: { ellipsis: true }, kind: null, ...span(token, token) };
    default:
      return p.invalid();
  }
}
