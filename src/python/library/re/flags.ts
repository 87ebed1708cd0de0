/** `re.RegexFlag`: ints that know their names. */
import { computed, maker, methods } from "../../objects/define.ts";
import { NotImplemented, type Value } from "../../objects/object.ts";
import { builtinType } from "../../objects/root.ts";
import { intType, PyIntObject } from "../../objects/scalars.ts";
import type { Native } from "../../objects/signature.ts";
import type { PyType } from "../../objects/type.ts";
import { formatInt } from "../../text/format.ts";
import { requireText } from "../../operations/arguments.ts";
import { isInstance } from "../../operations/typeof.ts";
import { requireIndex } from "../../operations/subscript.ts";
import { None } from "../../objects/object.ts";

/** In the order of the enumeration. */
export const FLAGS: readonly (readonly [name: string, letter: string, bit: number])[] = [
  ["ASCII", "A", 256],
  ["IGNORECASE", "I", 2],
  ["LOCALE", "L", 4],
  ["UNICODE", "U", 32],
  ["MULTILINE", "M", 8],
  ["DOTALL", "S", 16],
  ["VERBOSE", "X", 64],
  ["TEMPLATE", "T", 1],
  ["DEBUG", "DEBUG", 128],
];
const ALL = FLAGS.reduce((sum, [, , bit]) => sum | bit, 0);

export class PyRegexFlag extends PyIntObject {}
export const regexFlagType: PyType = builtinType("RegexFlag", PyRegexFlag, {
  base: intType,
  module: "re",
  final: true,
});

/** The flag of a number. */
export function flag(bits: number): PyRegexFlag {
  return new PyRegexFlag(bits);
}

/** Names of flags, then what no name stands for; `prefix` is in front of each name. */
export function flagNames(bits: number, prefix: string, order: readonly string[] = []): string[] {
  const known = FLAGS.filter(([, , bit]) => (bits & bit) !== 0).toSorted(
    ([a], [b]) => order.indexOf(a) - order.indexOf(b),
  );
  const names = known.map(([name]) => prefix + name);
  const rest = bits & ~ALL;
  return rest === 0 ? names : [...names, `0x${(rest >>> 0).toString(16)}`];
}

function shown(self: PyRegexFlag): string {
  const bits = Number(self.int);
  return bits === 0 ? "re.NOFLAG" : flagNames(bits, "re.").join("|");
}

function combine(how: (a: number, b: number) => number): Native {
  return (self: PyRegexFlag, other: Value) =>
    isInstance(other, intType)
      ? flag(how(Number(self.int), Number(requireIndex(other))))
      : NotImplemented;
}

const and = combine((a, b) => a & b);
const or = combine((a, b) => a | b);
const xor = combine((a, b) => a ^ b);

maker(regexFlagType, (_cls: PyType, value: Value) => flag(Number(requireIndex(value))));
methods(regexFlagType, {
  __and__: and,
  __rand__: and,
  __or__: or,
  __ror__: or,
  __xor__: xor,
  __rxor__: xor,
  __invert__: (self: PyRegexFlag) => flag(ALL & ~Number(self.int)),
  __contains__: (self: PyRegexFlag, other: Value) => {
    const bits = Number(requireIndex(other));
    return (Number(self.int) & bits) === bits;
  },
  __bool__: (self: PyRegexFlag) => self.int !== 0,
  __repr__: shown,
  __str__: shown,
  __format__: (self: PyRegexFlag, spec: Value) => formatInt(self.int, requireText(spec)),
});
computed(regexFlagType, {
  name: (self: PyRegexFlag) => (self.int === 0 ? None : flagNames(Number(self.int), "").join("|")),
  value: (self: PyRegexFlag) => self.int,
});
