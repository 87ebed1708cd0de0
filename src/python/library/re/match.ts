/** `re.Match`. */
import { fault } from "../../fault.ts";
import { computed, methods } from "../../objects/define.ts";
import { PyDict } from "../../objects/dict.ts";
import { None, PyObject, type Value } from "../../objects/object.ts";
import { builtinType } from "../../objects/root.ts";
import { signed } from "../../objects/signature.ts";
import { PyTuple } from "../../objects/tuple.ts";
import type { PyType } from "../../objects/type.ts";
import { repr, textOf } from "../../operations/repr.ts";
import { indexOf } from "../../operations/subscript.ts";
import type { Match } from "../../regex/pattern.ts";
import { aliases } from "./alias.ts";
import type { PyPattern } from "./pattern.ts";
import { expand, parseReplacement } from "./replace.ts";
import type { Target } from "./subject.ts";

export class PyMatch extends PyObject {
  readonly pattern: PyPattern;
  readonly target: Target;
  readonly spans: readonly number[];
  readonly lastindex: number;
  readonly pos: number;
  readonly endpos: number;

  constructor(pattern: PyPattern, target: Target, match: Match, pos: number, endpos: number) {
    super();
    this.pattern = pattern;
    this.target = target;
    this.spans = match.spans;
    this.lastindex = match.lastindex;
    this.pos = pos;
    this.endpos = endpos;
  }
}
export const matchType: PyType = builtinType("Match", PyMatch, { module: "re", final: true });

/** What a group matched; `otherwise` where it took no part. */
export function groupOf(match: PyMatch, group: number, otherwise: Value = None): Value {
  const from = match.spans[group * 2]!;
  return from < 0 ? otherwise : match.target.cut(from, match.spans[group * 2 + 1]!);
}

/** The number of a group given by number or name; throws IndexError. */
function groupNumber(match: PyMatch, group: Value): number {
  const index =
    typeof group === "number" ? group : textOf(group) === undefined ? indexOf(group) : undefined;
  const number =
    index === undefined
      ? match.pattern.regex.groupNames.get(String(textOf(group) ?? ""))
      : Number(index);
  if (number === undefined || number < 0 || number > match.pattern.regex.groups) {
    fault("IndexError", "no such group");
  }
  return number;
}

function allGroups(match: PyMatch, otherwise: Value = None): PyTuple {
  const groups: Value[] = [];
  for (let i = 1; i <= match.pattern.regex.groups; i++) groups.push(groupOf(match, i, otherwise));
  return new PyTuple(groups);
}

const placeOf = (edge: 0 | 1): ReturnType<typeof signed> =>
  signed(
    "group=0, /",
    (self: PyMatch, group?: Value) =>
      self.spans[(group === undefined ? 0 : groupNumber(self, group)) * 2 + edge]!,
  );

methods(matchType, {
  group: signed("*args", (self: PyMatch, args: Value[]) => {
    if (args.length === 0) return groupOf(self, 0);
    if (args.length === 1) return groupOf(self, groupNumber(self, args[0]!));
    return new PyTuple(args.map((one) => groupOf(self, groupNumber(self, one))));
  }),
  __getitem__: (self: PyMatch, group: Value) => groupOf(self, groupNumber(self, group)),
  groups: signed("default=None", (self: PyMatch, otherwise?: Value) => allGroups(self, otherwise)),
  groupdict: signed("default=None", (self: PyMatch, otherwise?: Value) => {
    const dict = new PyDict();
    for (const [name, group] of self.pattern.regex.groupNames) {
      dict.set(name, groupOf(self, group, otherwise));
    }
    return dict;
  }),
  start: placeOf(0),
  end: placeOf(1),
  span: signed("group=0, /", (self: PyMatch, group?: Value) => {
    const at = (group === undefined ? 0 : groupNumber(self, group)) * 2;
    return new PyTuple([self.spans[at]!, self.spans[at + 1]!]);
  }),
  expand: (self: PyMatch, template: Value) =>
    expand(self, parseReplacement(self.pattern, template)),
  __repr__: (self: PyMatch) =>
    `<re.Match object; span=(${self.spans[0]}, ${self.spans[1]}), match=${String(repr(groupOf(self, 0)))}>`,
  __copy__: (self: PyMatch) => self,
  __deepcopy__: (self: PyMatch, _memo: Value) => self,
});
aliases(matchType);

computed(matchType, {
  re: (self: PyMatch) => self.pattern,
  string: (self: PyMatch) => self.target.value,
  pos: (self: PyMatch) => self.pos,
  endpos: (self: PyMatch) => self.endpos,
  lastindex: (self: PyMatch) => (self.lastindex === 0 ? None : self.lastindex),
  lastgroup: (self: PyMatch) => {
    for (const [name, group] of self.pattern.regex.groupNames)
      if (group === self.lastindex) return name;
    return None;
  },
  regs: (self: PyMatch) => {
    const pairs: Value[] = [];
    for (let at = 0; at < self.spans.length; at += 2) {
      pairs.push(new PyTuple([self.spans[at]!, self.spans[at + 1]!]));
    }
    return new PyTuple(pairs);
  },
});
