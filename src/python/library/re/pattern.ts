/** `re.Pattern`. */
import { PyMappingProxy } from "../../objects/mapping-proxy.ts";
import { runtime } from "../../objects/state.ts";
import { getAttribute } from "../../operations/attributes.ts";
import { spend } from "../../budget.ts";
import { computed, methods } from "../../objects/define.ts";
import { PyDict } from "../../objects/dict.ts";
import { iteratorType, PyIterator } from "../../objects/iterator.ts";
import { PyList } from "../../objects/list.ts";
import { None, NotImplemented, PyObject, type Value } from "../../objects/object.ts";
import { builtinType } from "../../objects/root.ts";
import { signed, type Signed } from "../../objects/signature.ts";
import { PyTuple } from "../../objects/tuple.ts";
import type { PyType } from "../../objects/type.ts";
import { size } from "../../operations/arguments.ts";
import { isEq } from "../../operations/compare.ts";
import { hash } from "../../operations/hash.ts";
import { repr } from "../../operations/repr.ts";
import type { Match, MatchMode, Pattern } from "../../regex/pattern.ts";
import * as scan from "../../regex/scan.ts";
import { sizeOf, slice } from "../../text/wide.ts";
import { aliases } from "./alias.ts";
import { flagNames } from "./flags.ts";
import { PyMatch } from "./match.ts";
import { emptyOf, joined, type Replacement, replacer } from "./replace.ts";
import { type Target, targetOf } from "./subject.ts";

export class PyPattern extends PyObject {
  /** As it was given. */
  readonly source: Value;
  readonly regex: Pattern;
  /** Templates that were read for it. */
  readonly templates: Map<Value, Replacement> = new Map();

  constructor(source: Value, regex: Pattern) {
    super();
    this.source = source;
    this.regex = regex;
  }
}
export const patternType: PyType = builtinType("Pattern", PyPattern, { module: "re", final: true });

/** A bound inside of the subject. */
function within(value: Value | undefined, length: number, otherwise: number): number {
  return Math.min(Math.max(size(value, otherwise), 0), length);
}

/** One match, or None. */
export function matchOnce(
  pattern: PyPattern,
  value: Value,
  mode: MatchMode,
  pos?: Value,
  endpos?: Value,
): Value {
  const target = targetOf(value, pattern.regex.bytes);
  const { length } = target.subject;
  const from = within(pos, length, 0);
  const to = within(endpos, length, length);
  const match = pattern.regex.match(target.subject, from, to, mode);
  return match === undefined ? None : new PyMatch(pattern, target, match, from, to);
}

/** `finditer`: matches one by one. */
class MatchIterator extends PyIterator {
  private readonly pattern: PyPattern;
  private readonly target: Target;
  private readonly found: Iterator<Match>;
  private readonly pos: number;
  private readonly endpos: number;

  constructor(pattern: PyPattern, target: Target, pos: number, endpos: number) {
    super();
    this.pattern = pattern;
    this.target = target;
    this.pos = pos;
    this.endpos = endpos;
    this.found = scan.matches(pattern.regex, target.subject, pos, endpos);
  }

  next(): Value | undefined {
    const step = this.found.next();
    if (step.done === true) return undefined;
    return new PyMatch(this.pattern, this.target, step.value, this.pos, this.endpos);
  }
}
iteratorType("callable_iterator", MatchIterator);

export function findIter(pattern: PyPattern, value: Value, pos?: Value, endpos?: Value): Value {
  const target = targetOf(value, pattern.regex.bytes);
  const { length } = target.subject;
  return new MatchIterator(pattern, target, within(pos, length, 0), within(endpos, length, length));
}

export function findAll(pattern: PyPattern, value: Value, pos?: Value, endpos?: Value): Value {
  const target = targetOf(value, pattern.regex.bytes);
  const { length } = target.subject;
  const places = scan.findAll(
    pattern.regex,
    target.subject,
    within(pos, length, 0),
    within(endpos, length, length),
  );
  const empty = emptyOf(pattern);
  const { groups } = pattern.regex;
  const found: Value[] = [];
  spend(places.length >>> 1);
  const cut = (at: number): Value =>
    places[at]! < 0 ? empty : target.cut(places[at]!, places[at + 1]!);
  if (groups <= 1) for (let at = 0; at < places.length; at += 2) found.push(cut(at));
  else {
    for (let at = 0; at < places.length; at += groups * 2) {
      found.push(new PyTuple(Array.from({ length: groups }, (_, i) => cut(at + i * 2))));
    }
  }
  return new PyList(found);
}

export function split(pattern: PyPattern, value: Value, most?: Value): Value {
  const target = targetOf(value, pattern.regex.bytes);
  const places = scan.split(pattern.regex, target.subject, size(most, 0));
  const pieces: Value[] = [];
  for (let at = 0; at < places.length; at += 2) {
    pieces.push(places[at]! < 0 ? None : target.cut(places[at]!, places[at + 1]!));
  }
  return new PyList(pieces);
}

/** The new text, and how many matches were replaced. */
export function substitute(
  pattern: PyPattern,
  by: Value,
  value: Value,
  count?: Value,
): [text: Value, count: number] {
  const target = targetOf(value, pattern.regex.bytes);
  const replace = replacer(pattern, by);
  const { length } = target.subject;
  const { gaps, replacements } = scan.substitute(
    pattern.regex,
    target.subject,
    size(count, 0),
    (match) => replace(new PyMatch(pattern, target, match, 0, length)),
  );
  const pieces: Value[] = [];
  for (let i = 0; i < gaps.length; i += 2) {
    if (gaps[i]! < gaps[i + 1]!) pieces.push(target.cut(gaps[i]!, gaps[i + 1]!));
    const by = replacements[i >> 1];
    if (by !== undefined) pieces.push(by);
  }
  return [joined(pattern.regex.bytes, pieces), replacements.length];
}

const once = (mode: MatchMode): Signed =>
  signed(
    "string, pos=0, endpos=9223372036854775807",
    (self: PyPattern, value: Value, pos?: Value, endpos?: Value) =>
      matchOnce(self, value, mode, pos, endpos),
  );

/** One match after the other by `match` or `search`, as `re.Scanner` and tokenizers use it. */
class PyScanner extends PyObject {
  readonly pattern: PyPattern;
  readonly target: Target;
  at: number;
  readonly pos: number;
  readonly endpos: number;
  isAfterEmpty = false;

  constructor(pattern: PyPattern, target: Target, pos: number, endpos: number) {
    super();
    this.pattern = pattern;
    this.target = target;
    this.at = this.pos = pos;
    this.endpos = endpos;
  }

  step(mode: MatchMode): Value {
    if (this.at < 0) return None;
    const { pattern, target, endpos } = this;
    const match = pattern.regex.match(target.subject, this.at, endpos, mode, this.isAfterEmpty);
    if (match === undefined) {
      this.at = -1;
      return None;
    }
    this.at = match.spans[1]!;
    this.isAfterEmpty = this.at === match.spans[0];
    return new PyMatch(pattern, target, match, this.pos, endpos);
  }
}
const scannerType = builtinType("SRE_Scanner", PyScanner, { module: "_sre", final: true });
methods(scannerType, {
  match: (self: PyScanner) => self.step("match"),
  search: (self: PyScanner) => self.step("search"),
});
computed(scannerType, { pattern: (self: PyScanner) => self.pattern });

methods(patternType, {
  __reduce__: (self: PyPattern) =>
    new PyTuple([
      getAttribute(runtime().load("re"), "_compile"),
      new PyTuple([self.source, self.regex.flags]),
    ]),
  match: once("match"),
  search: once("search"),
  fullmatch: once("fullmatch"),
  findall: signed("string, pos=0, endpos=9223372036854775807", findAll),
  finditer: signed("string, pos=0, endpos=9223372036854775807", findIter),
  scanner: signed(
    "string, pos=0, endpos=9223372036854775807",
    (self: PyPattern, value: Value, pos?: Value, endpos?: Value) => {
      const target = targetOf(value, self.regex.bytes);
      const { length } = target.subject;
      return new PyScanner(self, target, within(pos, length, 0), within(endpos, length, length));
    },
  ),
  split: signed("string, maxsplit=0", split),
  sub: signed(
    "repl, string, count=0",
    (self: PyPattern, by: Value, value: Value, count?: Value) =>
      substitute(self, by, value, count)[0],
  ),
  subn: signed(
    "repl, string, count=0",
    (self: PyPattern, by: Value, value: Value, count?: Value) =>
      new PyTuple(substitute(self, by, value, count)),
  ),
  __repr__: (self: PyPattern) => {
    const source = repr(self.source);
    const shown = sizeOf(source) > 200 ? slice(source, 0, 200) : source;
    const flags = self.regex.bytes ? self.regex.flags : self.regex.flags & ~32;
    const names = flagNames(flags, "re.", ORDER);
    return `re.compile(${String(shown)}${names.length === 0 ? "" : `, ${names.join("|")}`})`;
  },
  __eq__: (self: PyPattern, other: Value) => {
    if (!(other instanceof PyPattern)) return NotImplemented;
    const isSame = self.regex.flags === other.regex.flags && self.regex.bytes === other.regex.bytes;
    return isSame && isEq(self.source, other.source);
  },
  __hash__: (self: PyPattern) => hash(new PyTuple([self.source, self.regex.flags])),
  __copy__: (self: PyPattern) => self,
  __deepcopy__: (self: PyPattern, _memo: Value) => self,
});
aliases(patternType);

/** How `repr` orders flags. */
const ORDER = [
  "TEMPLATE",
  "IGNORECASE",
  "LOCALE",
  "MULTILINE",
  "DOTALL",
  "UNICODE",
  "VERBOSE",
  "DEBUG",
  "ASCII",
];

computed(patternType, {
  pattern: (self: PyPattern) => self.source,
  flags: (self: PyPattern) => self.regex.flags,
  groups: (self: PyPattern) => self.regex.groups,
  groupindex: (self: PyPattern) => {
    const dict = new PyDict();
    for (const [name, group] of self.regex.groupNames) dict.set(name, group);
    return new PyMappingProxy(dict);
  },
});
