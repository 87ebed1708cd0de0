/** `match`: each pattern as a condition that binds names on the way. */
import type { Pattern, Stmt } from "../syntax/tree.ts";
import { type Frame, invoke, quote, takeLabel, takeTemporary } from "./context.ts";
import { condition, expression } from "./expressions.ts";
import { storeName } from "./names.ts";
import { block } from "./statements.ts";

type Match = Extract<Stmt, { type: "Match" }>;

export function match(frame: Frame, node: Match): string[] {
  const subject = takeTemporary(frame);
  const label = takeLabel(frame);
  const lines = [`${subject}=${expression(frame, node.subject)};${label}:{`];
  for (const one of node.cases) {
    const captures: [name: string, value: string][] = [];
    const test = pattern(frame, one.pattern, subject, captures);
    // Names are bound only when the whole pattern fits, before its guard is asked.
    const stores = captures.map(([name, value]) => `${storeName(frame, name, value)};`).join("");
    const guard = one.guard === null ? "true" : condition(frame, one.guard);
    lines.push(`if(${test}){${stores}if(${guard}){`, ...block(frame, one.body), `break ${label}}}`);
  }
  lines.push("}");
  return lines;
}

/** The condition under which a value fits a pattern. */
function pattern(
  frame: Frame,
  node: Pattern,
  value: string,
  captures: [name: string, value: string][],
): string {
  const capture = (name: string, from: string): string => {
    const t = takeTemporary(frame);
    captures.push([name, t]);
    return `((${t}=${from}),true)`;
  };
  switch (node.type) {
    case "MatchValue":
      return invoke(frame, node, "isEq", value, expression(frame, node.value));
    case "MatchSingleton": {
      const constant = expression(frame, {
        ...node,
        type: "Constant",
        kind: null,
        value: node.value,
      });
      return `${value}===${constant}`;
    }
    case "MatchAs": {
      const inner = node.pattern === null ? "true" : pattern(frame, node.pattern, value, captures);
      return node.name === null ? inner : `(${inner}&&${capture(node.name, value)})`;
    }
    case "MatchStar":
      return node.name === null ? "true" : capture(node.name, value);
    case "MatchOr":
      return alternatives(frame, node.patterns, value, captures);
    case "MatchSequence":
      return sequence(frame, node, value, captures);
    case "MatchMapping":
      return mapping(frame, node, value, captures, capture);
    case "MatchClass": {
      const t = takeTemporary(frame);
      const keywords = node.kwd_attrs.map(quote).join(",");
      const asked = invoke(
        frame,
        node,
        "matchClass",
        value,
        expression(frame, node.cls),
        String(node.patterns.length),
        `[${keywords}]`,
      );
      const parts = [...node.patterns, ...node.kwd_patterns].map((one, i) =>
        part(frame, one, `${t}[${i}]`, captures),
      );
      return `(${[`(${t}=${asked})!==undefined`, ...parts].join("&&")})`;
    }
  }
}

/** A part of a value, in a variable of its own. */
function part(
  frame: Frame,
  node: Pattern,
  value: string,
  captures: [name: string, value: string][],
): string {
  const t = takeTemporary(frame);
  return `((${t}=${value}),${pattern(frame, node, t, captures)})`;
}

/** Alternatives bind the same names, each in variables of its own: what fits is copied. */
function alternatives(
  frame: Frame,
  nodes: readonly Pattern[],
  value: string,
  captures: [name: string, value: string][],
): string {
  const shared = new Map<string, string>();
  const tests = nodes.map((one) => {
    const own: [name: string, value: string][] = [];
    const test = pattern(frame, one, value, own);
    const copies = own.map(([name, from]) => {
      let to = shared.get(name);
      if (to === undefined) shared.set(name, (to = takeTemporary(frame)));
      return `${to}=${from}`;
    });
    return copies.length === 0 ? test : `(${test}&&((${copies.join(",")}),true))`;
  });
  captures.push(...shared);
  return `(${tests.join("||")})`;
}

function sequence(
  frame: Frame,
  node: Extract<Pattern, { patterns: Pattern[]; type: "MatchSequence" | "MatchOr" }>,
  value: string,
  captures: [name: string, value: string][],
): string {
  const star = node.patterns.findIndex((one) => one.type === "MatchStar");
  const count = node.patterns.length;
  const t = takeTemporary(frame);
  const before = star < 0 ? count : star;
  const after = star < 0 ? -1 : count - star - 1;
  const rest = node.patterns[star];
  const named = rest?.type === "MatchStar" && rest.name !== null;
  const extent = [before, after, named].map(String);
  const asked = invoke(frame, node, "matchSequence", value, ...extent);
  const parts = node.patterns.map((one, i) => part(frame, one, `${t}[${i}]`, captures));
  return `(${[`(${t}=${asked})!==undefined`, ...parts].join("&&")})`;
}

function mapping(
  frame: Frame,
  node: Extract<Pattern, { type: "MatchMapping" }>,
  value: string,
  captures: [name: string, value: string][],
  capture: (name: string, from: string) => string,
): string {
  const t = takeTemporary(frame);
  const keys = node.keys.map((key) => expression(frame, key)).join(",");
  const asked = invoke(frame, node, "matchMapping", value, `[${keys}]`, String(node.rest !== null));
  const parts = node.patterns.map((one, i) => part(frame, one, `${t}[${i}]`, captures));
  if (node.rest !== null) parts.push(capture(node.rest, `${t}[${node.keys.length}]`));
  return `(${[`(${t}=${asked})!==undefined`, ...parts].join("&&")})`;
}
