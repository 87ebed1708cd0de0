/** The patterns of `case`. */
import type { Cursor } from "./cursor.ts";
import { expression, operation, primary } from "./expressions.ts";
import { type Expr, type Pattern, span } from "./tree.ts";

/** Signed numbers and their sums: what binds as hard as `+`. */
const SUM = 9;

/** A pattern; commas make it a sequence. */
export function patterns(p: Cursor): Pattern {
  const start = p.token;
  const first = starPattern(p);
  if (!p.at(",")) {
    if (first.type === "MatchStar") p.invalid();
    return first;
  }
  const found = [first];
  while (p.accept(",")) {
    if (p.at(":") || p.at("if")) break;
    found.push(starPattern(p));
  }
  return { type: "MatchSequence", patterns: found, ...span(start, p.previous) };
}

function starPattern(p: Cursor): Pattern {
  if (!p.at("*")) return pattern(p);
  const star = p.advance();
  const name = p.expect("name");
  return { type: "MatchStar", name: captured(name.text), ...span(star, name) };
}

function captured(name: string): string | null {
  return name === "_" ? null : name;
}

function pattern(p: Cursor): Pattern {
  const start = p.token;
  const found = orPattern(p);
  if (!p.accept("as")) return found;
  const name = p.token;
  if (p.careful) {
    if (p.isWord("_")) p.fail("cannot use '_' as a target", name);
    if (!p.at("name")) {
      const target = p.test(() => expression(p));
      if (target !== undefined) p.fail("invalid pattern target", target);
    }
  }
  if (p.isWord("_")) p.invalid();
  p.expect("name");
  return { type: "MatchAs", pattern: found, name: name.text, ...span(start, name) };
}

function orPattern(p: Cursor): Pattern {
  const start = p.token;
  const first = closedPattern(p);
  if (!p.at("|")) return first;
  const found = [first];
  while (p.accept("|")) found.push(closedPattern(p));
  return { type: "MatchOr", patterns: found, ...span(start, p.previous) };
}

function closedPattern(p: Cursor): Pattern {
  const { token } = p;
  switch (token.kind) {
    case "(":
    case "[":
      return sequence(p);
    case "{":
      return mapping(p);
    case "None":
    case "True":
    case "False": {
      p.advance();
      const value = token.kind === "None" ? null : token.kind === "True";
      return { type: "MatchSingleton", value, ...span(token, token) };
    }
    case "name":
      return namePattern(p);
    default: {
      const value = literal(p);
      return { type: "MatchValue", value, ...span(value, value) };
    }
  }
}

/** A number with its sign and imaginary part, or strings. */
function literal(p: Cursor): Expr {
  if (p.at("string") || p.at('f"')) return primaryLiteral(p);
  if (!p.at("number") && !p.at("-")) p.invalid();
  const value = operation(p, SUM);
  if (!isNumber(value)) p.invalid();
  if (value.type === "BinOp") checkComplex(p, value.left, value.right);
  return value;
}

function primaryLiteral(p: Cursor): Expr {
  const value = primary(p);
  if (value.type !== "Constant" && value.type !== "JoinedStr") p.invalid();
  return value;
}

function isNumber(value: Expr): boolean {
  if (value.type === "BinOp") {
    if (value.op !== "Add" && value.op !== "Sub") return false;
    return isSigned(value.left) && value.right.type === "Constant";
  }
  return isSigned(value);
}

function checkComplex(p: Cursor, left: Expr, right: Expr): void {
  const real = left.type === "UnaryOp" ? left.operand : left;
  if (isImaginary(real)) p.fail("real number required in complex literal", real);
  if (!isImaginary(right)) p.fail("imaginary number required in complex literal", right);
}

function isSigned(value: Expr): boolean {
  if (value.type === "UnaryOp") return value.op === "USub" && value.operand.type === "Constant";
  return value.type === "Constant";
}

function isImaginary({ type, ...node }: Expr): boolean {
  if (type !== "Constant" || !("value" in node)) return false;
  const { value } = node;
  return typeof value === "object" && value !== null && "imag" in value;
}

/** A capture, the wildcard, a dotted value or a class. */
function namePattern(p: Cursor): Pattern {
  const name = p.advance();
  if (!p.at(".") && !p.at("(")) {
    return { type: "MatchAs", pattern: null, name: captured(name.text), ...span(name, name) };
  }
  let value: Expr = { type: "Name", id: name.text, ctx: "Load", ...span(name, name) };
  while (p.accept(".")) {
    const attr = p.expect("name");
    value = { type: "Attribute", value, attr: attr.text, ctx: "Load", ...span(name, attr) };
  }
  return p.at("(") ? classPattern(p, value) : { type: "MatchValue", value, ...span(value, value) };
}

function classPattern(p: Cursor, cls: Expr): Pattern {
  p.advance();
  const found: Pattern[] = [];
  const kwd_attrs: string[] = [];
  const kwd_patterns: Pattern[] = [];
  while (!p.at(")")) {
    if (p.at("name") && p.peek(1).kind === "=") {
      kwd_attrs.push(p.advance().text);
      p.advance();
      kwd_patterns.push(pattern(p));
    } else {
      const one = pattern(p);
      if (kwd_attrs.length > 0) {
        if (p.careful) p.fail("positional patterns follow keyword patterns", one);
        p.invalid();
      }
      found.push(one);
    }
    if (!p.accept(",")) break;
  }
  const close = p.expect(")");
  return {
    type: "MatchClass",
    cls,
    patterns: found,
    kwd_attrs,
    kwd_patterns,
    ...span(cls, close),
  };
}

function sequence(p: Cursor): Pattern {
  p.enter();
  const open = p.advance();
  const close = open.kind === "(" ? ")" : "]";
  const found: Pattern[] = [];
  let isSequence = close === "]";
  while (!p.at(close)) {
    found.push(starPattern(p));
    if (!p.accept(",")) break;
    isSequence = true;
  }
  const end = p.expect(close);
  p.leave();
  const [only] = found;
  // Parentheses around one pattern only group.
  if (!isSequence && only !== undefined) {
    if (only.type === "MatchStar") p.invalid();
    return only;
  }
  return { type: "MatchSequence", patterns: found, ...span(open, end) };
}

function mapping(p: Cursor): Pattern {
  p.enter();
  const open = p.advance();
  const keys: Expr[] = [];
  const found: Pattern[] = [];
  let rest: string | null = null;
  while (!p.at("}")) {
    if (rest !== null) p.invalid();
    if (p.accept("**")) {
      if (p.isWord("_")) p.invalid();
      rest = p.expect("name").text;
    } else {
      keys.push(mappingKey(p));
      p.expect(":");
      found.push(pattern(p));
    }
    if (!p.accept(",")) break;
  }
  const end = p.expect("}");
  p.leave();
  return { type: "MatchMapping", keys, patterns: found, rest, ...span(open, end) };
}

function mappingKey(p: Cursor): Expr {
  if (p.at("name")) {
    const found = namePattern(p);
    if (found.type !== "MatchValue") p.invalid();
    return found.value;
  }
  if (p.at("None") || p.at("True") || p.at("False")) return primary(p);
  return literal(p);
}
