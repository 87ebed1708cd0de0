/** What functions are given, what they take, and what stands in subscripts. */
import type { Cursor } from "./cursor.ts";
import { comprehensions } from "./displays.ts";
import { expression, namedExpression, starred } from "./expressions.ts";
import { diagnoseArgument, diagnoseParameters } from "./mistakes.ts";
import { type arg, type Arguments, type Expr, type keyword, span } from "./tree.ts";

export interface CallArguments {
  args: Expr[];
  keywords: keyword[];
}

/** The arguments of a call or a class, with their parentheses. */
export function callArguments(p: Cursor): CallArguments {
  const open = p.advance();
  const args: Expr[] = [];
  const keywords: keyword[] = [];
  while (!p.at(")")) {
    const first = p.token;
    if (p.careful) diagnoseArgument(p, keywords);
    if (p.accept("**")) {
      const value = expression(p);
      keywords.push({ type: "keyword", arg: null, value, ...span(first, p.previous) });
    } else if (p.at("*")) {
      if (keywords.some((one) => one.arg === null)) misplaced(p, keywords);
      args.push(starred(p));
    } else if (p.at("name") && p.peek(1).kind === "=") {
      p.advance();
      p.advance();
      const value = expression(p);
      keywords.push({ type: "keyword", arg: first.text, value, ...span(first, p.previous) });
    } else {
      const value = namedExpression(p);
      if (p.at("for") || p.at("async")) {
        const generators = comprehensions(p);
        const isAlone = args.length === 0 && keywords.length === 0 && p.at(")");
        if (!isAlone) {
          const last = generators.at(-1);
          const end = last?.ifs.at(-1) ?? last?.iter ?? value;
          if (p.careful) p.fail("Generator expression must be parenthesized", value, end);
          p.invalid();
        }
        args.push({ type: "GeneratorExp", elt: value, generators, ...span(open, p.token) });
      } else {
        if (keywords.length > 0) misplaced(p, keywords);
        args.push(value);
      }
    }
    if (!p.accept(",")) break;
  }
  p.expect(")");
  return { args, keywords };
}

function misplaced(p: Cursor, keywords: readonly keyword[]): never {
  if (!p.careful) p.invalid();
  const isUnpacking = keywords.some(({ arg }) => arg === null);
  p.failHere(`positional argument follows keyword argument${isUnpacking ? " unpacking" : ""}`);
}

/** The parameters of a function up to its `)`, or of a lambda up to its `:`. */
export function parameters(p: Cursor, close: ")" | ":"): Arguments {
  if (p.careful) diagnoseParameters(p, close);
  const found: Arguments = {
    type: "arguments",
    posonlyargs: [],
    args: [],
    vararg: null,
    kwonlyargs: [],
    kw_defaults: [],
    kwarg: null,
    defaults: [],
  };
  let afterStar = false;
  while (!p.at(close)) {
    if (p.at("/")) {
      if (afterStar || found.posonlyargs.length > 0 || found.args.length === 0) p.invalid();
      p.advance();
      found.posonlyargs = found.args;
      found.args = [];
    } else if (p.at("**")) {
      p.advance();
      found.kwarg = parameter(p, close);
      p.accept(",");
      break;
    } else if (p.at("*")) {
      if (afterStar) p.invalid();
      afterStar = true;
      p.advance();
      if (p.at(",")) {
        if (p.peek(1).kind === close || p.peek(1).kind === "**") {
          p.advance();
          p.invalid();
        }
      } else found.vararg = parameter(p, close, true);
    } else {
      const one = parameter(p, close);
      const value = p.accept("=") ? expression(p) : null;
      if (afterStar) {
        found.kwonlyargs.push(one);
        found.kw_defaults.push(value);
      } else {
        if (value === null && found.defaults.length > 0) p.invalid();
        found.args.push(one);
        if (value !== null) found.defaults.push(value);
      }
    }
    if (!p.accept(",")) break;
  }
  return found;
}

function parameter(p: Cursor, close: ")" | ":", isStar = false): arg {
  const name = p.expect("name");
  let annotation: Expr | null = null;
  if (close === ")" && p.accept(":")) {
    annotation = isStar && p.at("*") ? starred(p, 5) : expression(p);
  }
  return {
    type: "arg",
    arg: name.text,
    annotation,
    type_comment: null,
    ...span(name, p.previous),
  };
}

/** What stands in the brackets of `a[…]`, brackets read. */
export function subscript(p: Cursor): Expr {
  p.advance();
  const start = p.token;
  const first = slice(p);
  if (!p.at(",")) {
    p.expect("]");
    if (first.type !== "Starred") return first;
    return { type: "Tuple", elts: [first], ctx: "Load", ...span(first, first) };
  }
  const elts = [first];
  while (p.accept(",")) {
    if (p.at("]")) break;
    elts.push(slice(p));
  }
  const last = p.previous;
  p.expect("]");
  return { type: "Tuple", elts, ctx: "Load", ...span(start, last) };
}

function slice(p: Cursor): Expr {
  if (p.at("*")) return starred(p, 5);
  const first = p.token;
  const part = (): Expr | null => (p.at(":") || p.at(",") || p.at("]") ? null : expression(p));
  const lower = p.at(":") ? null : namedExpression(p);
  if (!p.at(":")) return lower ?? p.invalid();
  if (lower?.type === "NamedExpr" && lower.col_offset === first.col_offset) p.invalid();
  p.advance();
  const upper = part();
  const step = p.accept(":") ? part() : null;
  return { type: "Slice", lower, upper, step, ...span(first, p.previous) };
}
