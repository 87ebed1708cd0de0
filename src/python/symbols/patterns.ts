/** What patterns bind, and what they may not. */
import type { Expr, Pattern, Place } from "../syntax/tree.ts";

import { bind, type Builder, suspect } from "./build.ts";
import { expression } from "./expressions.ts";
import { constantOf, showConstant } from "./constants.ts";

type MatchMapping = Extract<Pattern, { type: "MatchMapping" }>;

/** What is known of a pattern while it is read. */
interface State {
  stores: Set<string>;
  /** Whether what always matches may stand here. */
  mayAlwaysMatch: boolean;
}

/** The pattern of a case; what always matches may stand in the last, or before a guard. */
export function casePattern(b: Builder, node: Pattern, mayAlwaysMatch: boolean): void {
  pattern(b, node, { stores: new Set(), mayAlwaysMatch });
}

function pattern(b: Builder, node: Pattern, state: State): void {
  switch (node.type) {
    case "MatchValue":
      if (node.value.type === "JoinedStr") {
        suspect(b, "patterns may only match literals and attribute lookups", node);
      }
      return expression(b, node.value);
    case "MatchSingleton":
      return;
    case "MatchSequence": {
      const stars = node.patterns.filter(({ type }) => type === "MatchStar");
      if (stars.length > 1) {
        suspect(b, "multiple starred names in sequence pattern", node);
      }
      return within(b, node.patterns, state);
    }
    case "MatchMapping":
      return mapping(b, node, state);
    case "MatchClass":
      expression(b, node.cls);
      attributes(b, node.kwd_attrs, node.kwd_patterns);
      within(b, node.patterns, state);
      return within(b, node.kwd_patterns, state);
    case "MatchStar":
      if (node.name !== null) capture(b, node.name, node, state);
      return;
    case "MatchAs":
      if (node.pattern !== null) pattern(b, node.pattern, state);
      else if (!state.mayAlwaysMatch) {
        const what = node.name === null ? "wildcard" : `name capture '${node.name}'`;
        suspect(b, `${what} makes remaining patterns unreachable`, node);
      }
      if (node.name !== null) capture(b, node.name, node, state);
      return;
    case "MatchOr":
      return alternatives(b, node, node.patterns, state);
  }
}

function within(b: Builder, nodes: readonly Pattern[], { stores }: State): void {
  for (const node of nodes) pattern(b, node, { stores, mayAlwaysMatch: true });
}

function capture(b: Builder, name: string, place: Place, { stores }: State): void {
  bind(b, name, place);
  if (stores.has(name)) suspect(b, `multiple assignments to name '${name}' in pattern`, place);
  stores.add(name);
}

function alternatives(
  b: Builder,
  node: Place,
  patterns: readonly Pattern[],
  { stores, mayAlwaysMatch }: State,
): void {
  let control: Set<string> | undefined;
  for (const [i, one] of patterns.entries()) {
    const isLast = i === patterns.length - 1;
    const own = { stores: new Set<string>(), mayAlwaysMatch: isLast && mayAlwaysMatch };
    pattern(b, one, own);
    control ??= own.stores;
    if (own.stores.size !== control.size || !own.stores.isSubsetOf(control)) {
      suspect(b, "alternative patterns bind different names", node);
    }
  }
  for (const name of control ?? []) {
    if (stores.has(name)) suspect(b, `multiple assignments to name '${name}' in pattern`, node);
    stores.add(name);
  }
}

function mapping(b: Builder, node: MatchMapping, state: State): void {
  const seen = new Set<unknown>();
  for (const key of node.keys) checkKey(b, key, seen, node);
  for (const key of node.keys) expression(b, key);
  within(b, node.patterns, state);
  if (node.rest !== null) capture(b, node.rest, node, state);
}

function checkKey(b: Builder, key: Expr, seen: Set<unknown>, place: Place): void {
  if (key.type === "Attribute") return;
  const value = constantOf(key);
  if (value === undefined) {
    const message = "mapping pattern keys may only match literals and attribute lookups";
    suspect(b, message, place);
  } else if (seen.has(value.key)) {
    const message = `mapping pattern checks duplicate key (${showConstant(value)})`;
    suspect(b, message, place);
  } else seen.add(value.key);
}

function attributes(b: Builder, names: readonly string[], patterns: readonly Pattern[]): void {
  const firsts = new Map<string, number>();
  let first = Infinity;
  let repeated: number | undefined;
  for (const [i, name] of names.entries()) {
    const place = patterns[i] as Pattern;
    if (name === "__debug__") suspect(b, "cannot assign to __debug__", place);
    const at = firsts.get(name);
    // Told is the second of the pair that begins first.
    if (at === undefined) firsts.set(name, i);
    else if (at < first) [first, repeated] = [at, i];
  }
  if (repeated === undefined) return;
  const message = `attribute name repeated in class pattern: ${names[repeated]}`;
  suspect(b, message, patterns[repeated] as Pattern);
}
