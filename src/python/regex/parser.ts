/** The parser of `re`'s syntax: a pattern's text to its tree, with CPython 3.11's errors. */
import { fault } from "../fault.ts";
import type { PatternSource } from "./error.ts";
import { classEscape, patternEscape } from "./escapes.ts";
import { fixFlags, VERBOSE } from "./flags.ts";
import { parseGroup } from "./groups.ts";
import { lengthOf, Tokens, type Warn } from "./tokens.ts";
import {
  MAXREPEAT,
  nested,
  type Node,
  type Repetition,
  type Sequence,
  sequence,
  type SetItem,
  type Width,
} from "./tree.ts";

/** Code point of a name in `\N{...}`, or nothing where there is none. */
export type NameLookup = (name: string) => number | undefined;

/** What is known of a pattern while it is read. */
export interface PatternState {
  flags: number;
  /** Widths of groups that are closed, `undefined` for open ones; group 0 is never closed. */
  readonly widths: (Width | undefined)[];
  readonly names: Map<string, number>;
  /** Groups that conditions name by number, and where: they may come later. */
  readonly conditions: Map<number, number>;
  /** How many groups there were where the outermost lookbehind began. */
  behind: number | undefined;
  readonly lookup: NameLookup;
  checkLookbehind(group: number, tokens: Tokens): void;
}

/** A pattern that was read. */
export interface ParsedPattern {
  readonly flags: number;
  readonly groups: number;
  readonly names: ReadonlyMap<string, number>;
  readonly body: Sequence;
}

const WHITESPACE = /^[ \t\n\r\v\f]$/;

/** Reads a pattern; throws a `PatternError`, or a fault for what `re` gives other exceptions. */
export function parsePattern(
  source: PatternSource,
  flags: number,
  options: { bytes: boolean; lookup: NameLookup; warn: Warn },
): ParsedPattern {
  const tokens = new Tokens(source, options.bytes, options.warn);
  const state: PatternState = {
    flags,
    widths: [undefined],
    names: new Map(),
    conditions: new Map(),
    behind: undefined,
    lookup: options.lookup,
    checkLookbehind(group, at) {
      if (state.behind === undefined) return;
      if (state.widths[group] === undefined) throw at.error("cannot refer to an open group");
      if (group >= state.behind) {
        throw at.error("cannot refer to group defined in the same lookbehind subpattern");
      }
    },
  };
  const body = parseAlternatives(tokens, state, (flags & VERBOSE) !== 0, true);
  state.flags = fixFlags(state.flags, options.bytes);
  if (tokens.next !== undefined) throw tokens.error("unbalanced parenthesis");
  for (const [group, pos] of state.conditions) {
    if (group >= state.widths.length) {
      throw tokens.errorAt(`invalid group reference ${group}`, pos);
    }
  }
  return {
    flags: state.flags,
    groups: state.widths.length - 1,
    names: state.names,
    body,
  };
}

/** `a|b|c`, up to a parenthesis or the end. */
export function parseAlternatives(
  tokens: Tokens,
  state: PatternState,
  verbose: boolean,
  outermost = false,
): Sequence {
  const branches: Sequence[] = [];
  let spaced = verbose;
  do {
    if (outermost && branches.length > 0) spaced = (state.flags & VERBOSE) !== 0;
    branches.push(parseSequence(tokens, state, spaced, outermost && branches.length === 0));
  } while (tokens.match("|"));
  const [only] = branches;
  if (branches.length === 1 && only !== undefined) return only;
  return sequence([setOf(branches) ?? { kind: "branch", branches }], state.widths);
}

/** Alternatives of one character each are a set. */
function setOf(branches: readonly Sequence[]): Node | undefined {
  const items: SetItem[] = [];
  for (const { nodes } of branches) {
    const [node] = nodes;
    if (nodes.length !== 1 || node === undefined) return undefined;
    if (node.kind === "literal") items.push(singleItem(node.code));
    else if (node.kind === "set" && !node.negate) items.push(...node.items);
    else return undefined;
  }
  return { kind: "set", negate: false, items };
}

/** One alternative; `first` where flags of the whole pattern may stand. */
export function parseSequence(
  tokens: Tokens,
  state: PatternState,
  verbose: boolean,
  first = false,
): Sequence {
  return nested(() => {
    const nodes: Node[] = [];
    let spaced = verbose;
    for (;;) {
      const token = tokens.next;
      if (token === undefined || token === "|" || token === ")") break;
      tokens.get();
      if (spaced && WHITESPACE.test(token)) continue;
      if (spaced && token === "#") {
        skipComment(tokens);
        continue;
      }
      if (token === "(") {
        const group = parseGroup(tokens, state, spaced, first && nodes.length === 0);
        if (group === "flags") spaced = (state.flags & VERBOSE) !== 0;
        else if (group !== "comment") nodes.push(group);
      } else if (token === "[") nodes.push(parseSet(tokens, state));
      else if (token === "*" || token === "+" || token === "?" || token === "{") {
        parseRepeat(tokens, state, token, nodes);
      } else nodes.push(parseCharacter(tokens, state, token));
    }
    return sequence(nodes.flatMap(unwrapped), state.widths);
  });
}

/** A group that changes nothing is its body. */
function unwrapped(node: Node): Node | Node[] {
  if (node.kind !== "group" || node.group !== 0) return node;
  return node.added === 0 && node.removed === 0 ? node.body.nodes : node;
}

function skipComment(tokens: Tokens): void {
  for (;;) {
    const token = tokens.get();
    if (token === undefined || token === "\n") return;
  }
}

function parseCharacter(tokens: Tokens, state: PatternState, token: string): Node {
  if (token.startsWith("\\")) return patternEscape(tokens, token, state);
  if (token === ".") return { kind: "any" };
  if (token === "^" || token === "$") return { kind: "at", anchor: token };
  return { kind: "literal", code: token.codePointAt(0) ?? 0 };
}

function parseRepeat(tokens: Tokens, state: PatternState, token: string, nodes: Node[]): void {
  const here = tokens.tell();
  let [min, max] = token === "?" ? [0, 1] : [token === "+" ? 1 : 0, MAXREPEAT];
  if (token === "{") {
    const bounds = parseBounds(tokens, here);
    if (bounds === undefined) {
      nodes.push({ kind: "literal", code: 123 });
      return;
    }
    [min, max] = bounds;
  }
  const item = nodes.at(-1);
  const offset = tokens.tell() - here + 1;
  if (item === undefined || item.kind === "at") throw tokens.error("nothing to repeat", offset);
  if (item.kind === "repeat") throw tokens.error("multiple repeat", offset);
  const mode: Repetition = tokens.match("?") ? "lazy" : tokens.match("+") ? "possessive" : "greedy";
  const inner = unwrapped(item);
  const body = sequence(Array.isArray(inner) ? inner : [inner], state.widths);
  nodes[nodes.length - 1] = { kind: "repeat", mode, min, max, body };
}

/** What follows `{`, or nothing where it is a plain brace. */
function parseBounds(tokens: Tokens, here: number): [number, number] | undefined {
  if (tokens.next === "}") return undefined;
  const low = tokens.getWhile(Infinity, /[0-9]/);
  const high = tokens.match(",") ? tokens.getWhile(Infinity, /[0-9]/) : low;
  if (!tokens.match("}")) {
    tokens.seek(here);
    return undefined;
  }
  const min = low === "" ? 0 : bound(low);
  const max = high === "" ? MAXREPEAT : bound(high);
  if (max < min) {
    throw tokens.error("min repeat greater than max repeat", tokens.tell() - here);
  }
  return [min, max];
}

function bound(digits: string): number {
  if (digits.length > 4300) {
    const limit = "Exceeds the limit (4300 digits) for integer string conversion";
    fault(
      "ValueError",
      `${limit}: value has ${digits.length} digits; use sys.set_int_max_str_digits() to increase the limit`,
    );
  }
  const value = Number(digits);
  if (value >= MAXREPEAT) fault("OverflowError", "the repetition number is too large");
  return value;
}

function parseSet(tokens: Tokens, state: PatternState): Node {
  const here = tokens.tell() - 1;
  if (tokens.next === "[") warnOf(tokens, "nested set", tokens.tell());
  const negate = tokens.match("^");
  const items: SetItem[] = [];
  const unterminated = (): Error =>
    tokens.error("unterminated character set", tokens.tell() - here);
  for (;;) {
    const token = tokens.get();
    if (token === undefined) throw unterminated();
    if (token === "]" && items.length > 0) break;
    if (items.length > 0 && tokens.next === token) warnOfOperator(tokens, token);
    const item = member(tokens, state, token);
    if (!tokens.match("-")) {
      items.push(item);
      continue;
    }
    const last = tokens.get();
    if (last === undefined) throw unterminated();
    if (last === "]") {
      items.push(item, singleItem(45));
      break;
    }
    if (last === "-") warnOf(tokens, "set difference", tokens.tell() - 2);
    const to = member(tokens, state, last);
    if (item.kind !== "range" || to.kind !== "range" || to.from < item.from) {
      const offset = lengthOf(token) + 1 + lengthOf(last);
      throw tokens.error(`bad character range ${token}-${last}`, offset);
    }
    items.push({ kind: "range", from: item.from, to: to.from, single: false });
  }
  const [only] = items;
  if (only?.kind === "range" && only.single && items.every((item) => sameItem(item, only))) {
    return { kind: negate ? "not" : "literal", code: only.from };
  }
  return { kind: "set", negate, items };
}

function member(tokens: Tokens, state: PatternState, token: string): SetItem {
  if (token.startsWith("\\")) return classEscape(tokens, token, state);
  return singleItem(token.codePointAt(0) ?? 0);
}

function singleItem(code: number): SetItem {
  return { kind: "range", from: code, to: code, single: true };
}

function sameItem(a: SetItem, b: SetItem): boolean {
  return a.kind === "range" && b.kind === "range" && a.single && a.from === b.from;
}

function warnOfOperator(tokens: Tokens, token: string): void {
  const names = ["difference", "intersection", "symmetric difference", "union"];
  const name = token.length === 1 ? names["-&~|".indexOf(token)] : undefined;
  if (name !== undefined) warnOf(tokens, `set ${name}`, tokens.tell() - 1);
}

function warnOf(tokens: Tokens, what: string, pos: number): void {
  tokens.warn("FutureWarning", `Possible ${what} at position ${pos}`);
}
