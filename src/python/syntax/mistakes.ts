/**
 * What a wrong program most likely meant, in CPython's words. Asked only when a
 * source is read for the second time: each looks ahead as far as it needs.
 */
import type { Cursor } from "./cursor.ts";
import { comprehensions } from "./displays.ts";
import { BITWISE, expression, operation, starExpressions } from "./expressions.ts";
import { nameOf } from "./targets.ts";
import type { Token } from "./tokens.ts";
import type { Expr, keyword } from "./tree.ts";

/** Functions that once were statements. */
const LEGACY = new Set(["print", "exec"]);
const SOFT_KEYWORDS = new Set(["_", "case", "match", "type"]);
/** What can begin an expression that follows another by mistake. */
const STARTS = new Set(
  'name number string f" ( [ { None True False ... lambda await - + ~ not'.split(" "),
);

/** Two expressions with nothing between them. */
export function diagnoseExpression(p: Cursor, left: Expr, first: Token): void {
  if (!STARTS.has(p.kind)) return;
  const isLegacy = left.type === "Name" && LEGACY.has(left.id) && p.previous === first;
  if (isLegacy) {
    const right = p.at("(") ? undefined : p.test(() => starExpressions(p));
    if (right !== undefined && left.type === "Name") {
      const message = `Missing parentheses in call to '${left.id}'. Did you mean ${left.id}(...)?`;
      p.fail(message, left, right);
    }
    return;
  }
  const { previous } = p;
  if (first.kind === "name" && previous === first) {
    if (p.at("string") || SOFT_KEYWORDS.has(first.text)) return;
  }
  const { found: right, level } = withLevel(p, () => expression(p));
  if (right === undefined || level === 0) return;
  p.fail("invalid syntax. Perhaps you forgot a comma?", left, right);
}

/** What parses here, and how many brackets are open where it ends. */
function withLevel(p: Cursor, parse: () => Expr): { found: Expr | undefined; level: number } {
  let level = 0;
  const found = p.test(() => {
    const value = parse();
    ({ level } = p.previous);
    return value;
  });
  return { found, level };
}

/** `a = b` where a value is wanted. */
export function diagnoseNamed(p: Cursor, target: Expr): void {
  if (p.at(":=")) {
    if (target.type === "Name") return;
    const right = p.test(() => (p.advance(), expression(p)));
    if (right === undefined) return;
    p.fail(`cannot use assignment expressions with ${nameOf(target)}`, target);
  }
  if (!p.at("=")) return;
  const right = p.test(() => {
    p.advance();
    const value = operation(p, BITWISE);
    if (p.at("=") || p.at(":=")) p.invalid();
    return value;
  });
  if (right === undefined) return;
  if (target.type === "Name") {
    const message = "invalid syntax. Maybe you meant '==' or ':=' instead of '='?";
    p.fail(message, target, right);
  }
  if (["List", "Tuple", "GeneratorExp"].includes(target.type)) return;
  if (target.type === "Constant" && (target.value === null || typeof target.value === "boolean")) {
    return;
  }
  // Only what operators on bits make is asked; the rest is told of as a target.
  if (["Lambda", "IfExp", "BoolOp", "Compare"].includes(target.type)) return;
  if (target.type === "UnaryOp" && target.op === "Not") return;
  p.fail(`cannot assign to ${nameOf(target)} here. Maybe you meant '==' instead of '='?`, target);
}

/** A comprehension over what cannot be its element. */
export function diagnoseComprehension(p: Cursor, first: Expr, elts?: readonly Expr[]): void {
  if (elts !== undefined) {
    const message = "did you forget parentheses around the comprehension target?";
    if (p.test(() => comprehensions(p)) !== undefined && !p.at("end")) {
      p.fail(message, first, elts.length === 1 ? p.previous : (elts.at(-1) ?? first));
    }
    return;
  }
  if (first.type === "Starred" && p.test(() => comprehensions(p)) !== undefined) {
    p.fail("iterable unpacking cannot be used in comprehension", first);
  }
}

/** A key without its value. */
export function diagnosePair(p: Cursor): void {
  if (!p.at(":")) {
    const { end_lineno: lineno, end_col_offset } = p.previous;
    const last = { lineno, col_offset: end_col_offset - 1, end_lineno: lineno, end_col_offset: -1 };
    p.fail("':' expected after dictionary key", { ...last, end_col_offset: -2 }, last);
  }
  const after = p.peek(1);
  if (after.kind === "}" || after.kind === ",") {
    p.fail("expression expected after dictionary key and ':'", p.token);
  }
  if (after.kind === "*") {
    const value = p.test(() => (p.advance(), p.advance(), operation(p, BITWISE)));
    if (value !== undefined) {
      p.fail("cannot use a starred expression in a dictionary value", after, value);
    }
  }
}

/** An argument that looks like an assignment. */
export function diagnoseArgument(p: Cursor, keywords: readonly keyword[]): void {
  const first = p.token;
  if (p.at("*") || p.at("**")) {
    const given = p.test(() => {
      p.advance();
      expression(p);
      p.expect("=");
      return expression(p);
    });
    const what = p.at("*") ? "iterable" : "keyword";
    if (given !== undefined) p.fail(`cannot assign to ${what} argument unpacking`, first, given);
  }
  if (p.at("*") && keywords.at(-1)?.arg === null) {
    p.fail("iterable argument unpacking follows keyword argument unpacking", first);
  }
  if (p.peek(1).kind === "=") {
    if (["True", "False", "None"].includes(p.kind)) {
      p.fail(`cannot assign to ${p.kind}`, first, p.peek(1));
    }
    if (p.at("name")) {
      const equals = p.peek(1);
      if (p.peek(2).kind === ")" || p.peek(2).kind === ",") {
        p.fail("expected argument value expression", first, equals);
      }
      const hasLoop = p.test(() => {
        p.advance();
        p.advance();
        expression(p);
        return comprehensions(p).length > 0 ? true : p.invalid();
      });
      if (hasLoop === true) {
        const message = "invalid syntax. Maybe you meant '==' or ':=' instead of '='?";
        p.fail(message, first, equals);
      }
      return;
    }
  }
  if (p.at("*") || p.at("**")) return;
  let equals: Token | undefined;
  const value = p.test(() => {
    const one = expression(p);
    equals = p.expect("=");
    return one;
  });
  if (value !== undefined && equals !== undefined) {
    const message = 'expression cannot contain assignment, perhaps you meant "=="?';
    p.fail(message, value, equals);
  }
}

/** Parameters out of their order. */
export function diagnoseParameters(p: Cursor, close: ")" | ":"): void {
  const tokens: Token[] = [];
  // The tokens of one list, without those of its defaults and annotations.
  for (let i = 0, depth = 0; ; i++) {
    const token = p.peek(i);
    if (depth === 0 && (token.kind === close || token.kind === "end")) break;
    if ("([{".includes(token.kind)) depth++;
    else if (")]}".includes(token.kind)) depth--;
    if (depth < 0 || token.kind === "newline" || token.kind === "unclosed") break;
    tokens.push(token);
  }
  let hasDefault = false;
  let star: Token | undefined;
  let slash: Token | undefined;
  let double: Token | undefined;
  let count = 0;
  for (const part of split(tokens)) {
    const [first, second] = part;
    if (first === undefined) return;
    if (double !== undefined) p.fail("arguments cannot follow var-keyword argument", first);
    const hasOwn = part.some(({ kind }) => kind === "=");
    if (first.kind === "(") {
      const end = part.at(-1);
      if (end?.kind !== ")" || part.some(({ kind }) => kind !== "name" && !"(),".includes(kind)))
        return;
      const what = close === ")" ? "Function" : "Lambda expression";
      p.fail(`${what} parameters cannot be parenthesized`, first, end);
    }
    if (first.kind === "/") {
      if (slash !== undefined) p.fail("/ may appear only once", first);
      if (star !== undefined) p.fail("/ must be ahead of *", first);
      if (count === 0 && tokens.length > 1) p.fail("at least one argument must precede /", first);
      if (second?.kind === "*") p.fail("expected comma between / and *", second);
      slash = first;
    } else if (first.kind === "*") {
      if (star !== undefined) p.fail("* argument may appear only once", first);
      star = first;
      if (second === undefined && isLastStar(p, first, close)) {
        p.fail("named arguments must follow bare *", first);
      }
      const equals = part.find(({ kind }) => kind === "=");
      if (second?.kind === "name" && equals !== undefined) {
        p.fail("var-positional argument cannot have default value", equals);
      }
    } else if (first.kind === "**") {
      double = first;
      const equals = part.find(({ kind }) => kind === "=");
      if (equals !== undefined) p.fail("var-keyword argument cannot have default value", equals);
    } else if (first.kind === "name") {
      if (!hasOwn && hasDefault && star === undefined) {
        p.fail("parameter without a default follows parameter with a default", first);
      }
      const last = part.at(-1);
      if (last?.kind === "=") p.fail("expected default value expression", last);
      hasDefault ||= hasOwn;
    } else return;
    count++;
  }
}

function isLastStar(p: Cursor, star: Token, close: string): boolean {
  for (let i = 0; ; i++) {
    if (p.peek(i) !== star) continue;
    const [next, after] = [p.peek(i + 1), p.peek(i + 2)];
    if (next.kind === close) return true;
    return next.kind === "," && (after.kind === close || after.kind === "**");
  }
}

/** A list's parts between the commas of its own level. */
function split(tokens: readonly Token[]): Token[][] {
  const parts: Token[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if ("([{".includes(token.kind)) depth++;
    else if (")]}".includes(token.kind)) depth--;
    if (token.kind === "," && depth === 0) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  if (parts.at(-1)?.length === 0) parts.pop();
  return parts;
}
