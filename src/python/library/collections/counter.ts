/** `collections.Counter`. */
import { DEPTH, meter, spend } from "../../budget.ts";
import { fault } from "../../fault.ts";
import { classMethods, computed, constants, maker, methods } from "../../objects/define.ts";
import { dictType, PyDict } from "../../objects/dict.ts";
import { isException } from "../../objects/exception.ts";
import { type Keywords, None, NotImplemented, type Value } from "../../objects/object.ts";
import { NativeIterator } from "../../objects/iterator.ts";
import { PyList } from "../../objects/list.ts";
import { builtinType } from "../../objects/root.ts";
import { type Signed, signed } from "../../objects/signature.ts";
import { PyTuple } from "../../objects/tuple.ts";
import { lookup, type PyType } from "../../objects/type.ts";
import { dictOf, getAttribute, setAttributeDict } from "../../operations/attributes.ts";
import { add, sub } from "../../operations/binary.ts";
import { call, call0 } from "../../operations/call.ts";
import { isEq, isGe, isGt, isLe, isLt } from "../../operations/compare.ts";
import { iterate, toArray } from "../../operations/iterate.ts";
import { repr } from "../../operations/repr.ts";
import { sortValues } from "../../operations/sort.ts";
import { requireIndex, storeSubscript, subscript } from "../../operations/subscript.ts";
import { typeOf } from "../../operations/typeof.ts";
import { neg } from "../../operations/unary.ts";
import { concatAll, type Str } from "../../text/wide.ts";
import { update } from "../../types/dict.ts";

class PyCounter extends PyDict {}

let made: PyType | undefined;

/** The class, which is made when it is first asked for. */
export function counterType(): PyType {
  return (made ??= makeCounter());
}

type Join = (a: Value, b: Value) => Value;

/** Counts of what is in either, where they are positive. */
function joined(self: PyDict, other: Value, join: Join): Value {
  if (!(other instanceof PyCounter)) return NotImplemented;
  const result = new PyCounter();
  for (const [key, count] of self.entries()) {
    spend(1);
    const both = join(count, other.get(key) ?? 0);
    if (isGt(both, 0)) result.set(key, both);
  }
  for (const [key, count] of other.entries()) {
    spend(1);
    if (self.has(key)) continue;
    const alone = join(0, count);
    if (isGt(alone, 0)) result.set(key, alone);
  }
  return result;
}

const smaller: Join = (a, b) => (isLt(b, a) ? b : a);
const larger: Join = (a, b) => (isLt(a, b) ? b : a);

/** Changes a counter in place and leaves out what is not positive. */
function inPlace(self: PyDict, other: Value, join: Join): Value {
  for (const [key, count] of entriesOf(other)) self.set(key, join(self.get(key) ?? 0, count));
  for (const [key, count] of Array.from(self.entries())) if (!isGt(count, 0)) self.delete(key);
  return self;
}

function entriesOf(mapping: Value): [Value, Value][] {
  if (mapping instanceof PyDict) {
    spend(mapping.size);
    return [...mapping.entries()];
  }
  return toArray(call0(getAttribute(mapping, "items"))).map(
    (pair) => toArray(pair) as [Value, Value],
  );
}

function isMapping(value: Value): boolean {
  return (
    value instanceof PyDict ||
    (lookup(typeOf(value), "keys") !== undefined && lookup(typeOf(value), "items") !== undefined)
  );
}

/** `_count_elements`: counts what is in an iterable into any mapping. */
export const countElements: Signed = signed(
  "mapping, iterable, /",
  (mapping: Value, iterable: Value) => {
    const iterator = iterate(iterable);
    const get = getAttribute(mapping, "get");
    let key: Value | undefined;
    while ((key = iterator.next()) !== undefined) {
      spend(1);
      storeSubscript(mapping, key, add(call(get, [key, 0]), 1));
    }
    return None;
  },
);

/** Counts what is in an iterable, or adds the counts of a mapping. */
function count(
  self: PyDict,
  given: Value | undefined,
  keywords: Keywords,
  join: Join,
  plain: boolean,
): void {
  if (given !== undefined && given !== None) {
    if (isMapping(given)) {
      if (plain && self.size === 0) update(self, given);
      else for (const [key, number] of entriesOf(given)) change(self, key, number, join);
    } else {
      const iterator = iterate(given);
      let key: Value | undefined;
      while ((key = iterator.next()) !== undefined) {
        spend(1);
        if (self.type.open) {
          const known = call(getAttribute(self, "get"), [key, 0]);
          storeSubscript(self, key, join(known, 1));
        } else {
          const known = self.get(key);
          self.set(key, known === undefined ? join(0, 1) : join(known, 1));
        }
      }
    }
  }
  const isFirst = plain && self.size === 0;
  for (const [name, number] of keywords) {
    if (isFirst) self.set(name, number);
    else change(self, name, number, join);
  }
}

/** One count, by the methods of a class derived from Counter. */
function change(self: PyDict, key: Value, by: Value, join: Join): void {
  const known = self.get(key) ?? 0;
  storeSubscript(self, key, join(known, by));
}

/** Pairs of elements and counts, most frequent first; equal ones in the order they came. */
function mostCommon(self: PyDict): [Value, Value][] {
  const entries = [...self.entries()];
  spend(entries.length);
  const counts = entries.map(([, number]) => number).reverse();
  const places: Value[] = entries.map((_, i) => i).reverse();
  sortValues(counts, places);
  return places.reverse().map((i) => entries[i as number]!);
}

/** Whether a comparison holds for the counts of all that is in either. */
function allCounts(self: PyDict, other: Value, holds: (a: Value, b: Value) => boolean): Value {
  if (!(other instanceof PyCounter)) return NotImplemented;
  for (const counter of [self, other]) {
    for (const key of counter.keys()) {
      spend(1);
      if (!holds(self.get(key) ?? 0, other.get(key) ?? 0)) return false;
    }
  }
  return true;
}

function different(self: PyDict, other: PyDict): boolean {
  return allCounts(self, other, isEq) !== true;
}

function makeCounter(): PyType {
  const type = builtinType("Counter", PyCounter, {
    base: dictType,
    module: "collections",
    hasDict: true,
  });
  maker(
    type,
    signed(
      "cls, /, *args, **kwargs",
      (cls: PyType) => new (cls.js as unknown as new () => PyDict)(),
    ),
  );
  const counting = (join: Join, plain: boolean): Signed =>
    signed(
      "iterable=None, /, **kwargs",
      (self: PyDict, given: Value | undefined, keywords: Keywords) => {
        count(self, given, keywords, join, plain);
        return None;
      },
    );
  methods(type, {
    __init__: counting(add, true),
    update: counting(add, true),
    subtract: counting(sub, false),
    __missing__: (_self: PyDict, _key: Value) => 0,
    __getitem__: (self: PyDict, key: Value) =>
      self.get(key) ?? (self.type === type ? 0 : call(getAttribute(self, "__missing__"), [key])),
    __delitem__: (self: PyDict, key: Value) => {
      self.delete(key);
      return None;
    },
    __repr__: (self: PyDict) => reprCounter(self) as Value,
    most_common: signed("n=None", (self: PyDict, n?: Value) => {
      const entries = mostCommon(self);
      const most = n === undefined || n === None ? entries.length : Number(requireIndex(n));
      return new PyList(entries.slice(0, Math.max(0, most)).map((pair) => new PyTuple(pair)));
    }),
    elements: (self: PyDict) => new NativeIterator(elements(self)),
    total: (self: PyDict) => {
      let sum: Value = 0;
      for (const number of self.values()) {
        spend(1);
        sum = add(sum, number);
      }
      return sum;
    },
    copy: (self: PyDict) => call(self.type, [self]),
    __add__: (self: PyDict, other: Value) => joined(self, other, add),
    __sub__: (self: PyDict, other: Value) => joined(self, other, sub),
    __and__: (self: PyDict, other: Value) => joined(self, other, smaller),
    __or__: (self: PyDict, other: Value) => joined(self, other, larger),
    __iadd__: (self: PyDict, other: Value) => inPlace(self, other, add),
    __isub__: (self: PyDict, other: Value) => inPlace(self, other, sub),
    __ior__: (self: PyDict, other: Value) => inPlace(self, other, larger),
    __iand__: (self: PyDict, other: Value) => {
      const lookedUp = (key: Value): Value => subscript(other, key);
      for (const [key, number] of Array.from(self.entries())) {
        spend(1);
        self.set(key, smaller(number, lookedUp(key)));
      }
      return inPlace(self, new PyDict(), add);
    },
    __pos__: (self: PyDict) => joined(self, new PyCounter(), add),
    __neg__: (self: PyDict) => joined(new PyCounter(), self, (_, number) => neg(number)),
    __eq__: (self: PyDict, other: Value) => allCounts(self, other, isEq),
    __le__: (self: PyDict, other: Value) => allCounts(self, other, isLe),
    __ge__: (self: PyDict, other: Value) => allCounts(self, other, isGe),
    __lt__: (self: PyDict, other: Value) => {
      const most = allCounts(self, other, isLe);
      return most === true ? different(self, other as PyDict) : most;
    },
    __gt__: (self: PyDict, other: Value) => {
      const most = allCounts(self, other, isGe);
      return most === true ? different(self, other as PyDict) : most;
    },
    __reduce__: (self: PyDict) => {
      const counts = new PyDict();
      counts.copyFrom(self);
      return new PyTuple([self.type, new PyTuple([counts])]);
    },
  });
  classMethods(type, {
    fromkeys: signed("cls, iterable, v=None", () =>
      fault(
        "NotImplementedError",
        "Counter.fromkeys() is undefined.  Use Counter(iterable) instead.",
      ),
    ),
  });
  computed(type, { __dict__: [dictOf, setAttributeDict] });
  constants(type, { __doc__: "Dict subclass for counting hashable items." });
  return type;
}

function* elements(self: PyDict): Generator<Value, void> {
  for (const [key, number] of self.entries()) {
    const times = requireIndex(number);
    for (let i = 0; i < times; i++) {
      spend(1);
      yield key;
    }
    spend(1);
  }
}

function reprCounter(self: PyDict): Str {
  const name = self.type.name;
  if (self.size === 0) return `${name}()`;
  const parts: Str[] = [`${name}({`];
  for (const [key, value] of ordered(self)) {
    spend(3);
    if (parts.length > 1) parts.push(", ");
    parts.push(repr(key), ": ", repr(value));
  }
  parts.push("})");
  return concatAll(parts);
}

/** By count, unless the counts have no order. */
function ordered(self: PyDict): Iterable<[Value, Value]> {
  const depth = meter[DEPTH]!;
  try {
    return mostCommon(self);
  } catch (error) {
    if (isException(error, "TypeError", depth)) return self.entries();
    throw error;
  }
}
