/** String literals: those that stand side by side are one, and formatted ones hold expressions. */
import type { Cursor } from "./cursor.ts";
import { starExpressions, yieldExpression } from "./expressions.ts";
import {
  decodeBytes,
  decodeText,
  joinBytes,
  joinTexts,
  stringParts,
  type Text,
} from "./strings.ts";
import { PythonSyntaxError } from "./error.ts";
import type { Token } from "./tokens.ts";
import { type Constant, type Expr, type Place, span } from "./tree.ts";

const CONVERSIONS = new Set(["s", "r", "a"]);
const NO_CONVERSION = -1;
const REPR = 114;

/** One or more literals, side by side. */
export function strings(p: Cursor): Expr {
  const first = p.token;
  let isFormatted = false;
  let isBytes: boolean | undefined;
  let mixed = false;
  const parts: Expr[] = [];
  const bytes: Uint8Array[] = [];
  for (;;) {
    let own = false;
    if (p.at("string")) {
      const token = p.advance();
      const { prefix, body } = stringParts(token);
      const raw = prefix.includes("r");
      own = prefix.includes("b");
      if (own) bytes.push(decodeBytes(p, body, raw, token));
      else parts.push(constant(decodeText(p, body, raw, token), token, token, prefix === "u"));
    } else if (p.at('f"')) {
      isFormatted = true;
      parts.push(...formatted(p));
    } else break;
    mixed ||= isBytes !== undefined && isBytes !== own;
    isBytes = own;
  }
  const last = p.previous;
  if (mixed) p.failHere("cannot mix bytes and nonbytes literals");
  if (isBytes === true) {
    return { type: "Constant", value: joinBytes(bytes), kind: null, ...span(first, last) };
  }
  if (isFormatted) return { type: "JoinedStr", values: joinConstants(parts), ...span(first, last) };
  const texts = parts.map((one) => (one as Constant).value as Text);
  const isUnicode = (parts[0] as Constant).kind === "u";
  return constant(joinTexts(texts), first, last, isUnicode);
}

function constant(value: Text, first: Place, last: Place, isUnicode = false): Constant {
  return { type: "Constant", value, kind: isUnicode ? "u" : null, ...span(first, last) };
}

/** Constants side by side become one, and empty ones go. */
function joinConstants(parts: readonly Expr[]): Expr[] {
  const joined: Expr[] = [];
  for (let i = 0; i < parts.length;) {
    const first = parts[i] as Expr;
    i++;
    if (first.type !== "Constant") {
      joined.push(first);
      continue;
    }
    const texts = [first.value as Text];
    let last = first;
    for (let next = parts[i]; next?.type === "Constant"; next = parts[++i]) {
      texts.push(next.value as Text);
      last = next;
    }
    const text = joinTexts(texts);
    if (text !== "") joined.push(constant(text, first, last, first.kind === "u"));
  }
  return joined;
}

/** A formatted string's texts and replacement fields. */
function formatted(p: Cursor): Expr[] {
  const raw = /r/i.test(p.advance().text);
  const values = pieces(p, raw);
  p.expect("f'");
  return values;
}

function pieces(p: Cursor, raw: boolean): Expr[] {
  const values: Expr[] = [];
  for (;;) {
    if (p.at("f.")) {
      const token = p.advance();
      values.push(constant(decodeText(p, token.text, raw, token), token, token));
    } else if (p.at("{")) values.push(...field(p, raw));
    else return values;
  }
}

/** `{value!r:spec}`; with a `=` its own text comes before it. */
function field(p: Cursor, raw: boolean): Expr[] {
  const open = p.advance();
  const value = fieldValue(p);
  const equals = p.at("=") ? p.advance() : undefined;
  if (p.careful) checkAfter(p, equals !== undefined);
  const mark = p.token;
  let conversion = NO_CONVERSION;
  if (p.accept("!")) conversion = conversionOf(p, mark);
  if (p.careful && !p.at(":") && !p.at("}") && conversion !== NO_CONVERSION) {
    p.failHere("f-string: expecting ':' or '}'");
  }
  const colon = p.token;
  let format_spec: Expr | null = null;
  if (p.accept(":")) {
    const values = joinConstants(pieces(p, raw));
    format_spec = { type: "JoinedStr", values, ...span(colon, p.previous) };
    if (p.careful && !p.at("}")) p.failHere("f-string: expecting '}', or format specs");
  }
  const close = p.expect("}");
  if (equals !== undefined && format_spec === null && conversion === NO_CONVERSION) {
    conversion = REPR;
  }
  const node: Expr = {
    type: "FormattedValue",
    value,
    conversion,
    format_spec,
    ...span(open, close),
  };
  if (equals === undefined) return [node];
  const after = mark.kind === "!" ? mark : colon.kind === ":" ? colon : close;
  const text = p.source.slice(open.end, after.start);
  const shown: Place = {
    lineno: open.lineno,
    col_offset: open.col_offset + 1,
    end_lineno: after.lineno,
    end_col_offset: after.col_offset,
  };
  return [constant(text, shown, shown), node];
}

function fieldValue(p: Cursor): Expr {
  if (p.careful) {
    if (["=", "!", ":", "}"].includes(p.kind)) {
      p.fail(`f-string: valid expression required before '${p.kind}'`, p.token);
    }
    const starts = p.test(() => (p.at("yield") ? yieldExpression(p) : starExpressions(p)));
    if (starts === undefined && !p.at("lambda")) {
      const first = p.token;
      try {
        starExpressions(p);
      } catch (error) {
        // A better message may come from within the expression.
        if (!(error instanceof PythonSyntaxError) || error.message !== "invalid syntax")
          throw error;
      }
      p.fail("f-string: expecting a valid expression after '{'", first);
    }
  }
  return p.at("yield") ? yieldExpression(p) : starExpressions(p);
}

function checkAfter(p: Cursor, hasEquals: boolean): void {
  if (p.at("!") || p.at(":") || p.at("}")) return;
  p.failHere(
    hasEquals
      ? "f-string: expecting '!', or ':', or '}'"
      : "f-string: expecting '=', or '!', or ':', or '}'",
  );
}

function conversionOf(p: Cursor, mark: Token): number {
  const { token } = p;
  if (token.kind !== "name") {
    if (!p.careful) p.invalid();
    const isMissing = token.kind === ":" || token.kind === "}";
    p.failHere(
      isMissing
        ? "f-string: missing conversion character"
        : "f-string: invalid conversion character",
    );
  }
  if (token.start !== mark.end) {
    p.fail("f-string: conversion type must come right after the exclamanation mark", mark, token);
  }
  p.advance();
  if (!CONVERSIONS.has(token.text)) {
    const message = `f-string: invalid conversion character '${token.text}': expected 's', 'r', or 'a'`;
    p.fail(message, token);
  }
  return token.text.charCodeAt(0);
}
