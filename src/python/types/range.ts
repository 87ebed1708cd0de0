/** The methods of `range`. */
import { fault } from "../fault.ts";
import * as integers from "../numeric/integers.ts";
import { computed, maker, methods } from "../objects/define.ts";
import { None, NotImplemented, type Value } from "../objects/object.ts";
import { PyRange, rangeType } from "../objects/range.ts";
import { signed } from "../objects/signature.ts";
import { PySlice } from "../objects/slice.ts";
import { PyTuple } from "../objects/tuple.ts";
import { hash } from "../operations/hash.ts";
import { iterate, iterateRange } from "../operations/iterate.ts";
import { repr } from "../operations/repr.ts";
import { countItems } from "../operations/sequences.ts";
import { spend } from "../budget.ts";
import { equal } from "../operations/compare.ts";
import { indexOf, requireIndex } from "../operations/subscript.ts";
import { noIndex } from "../operations/sequences.ts";

type Int = number | bigint;

/** `range(stop)`, `range(start, stop)`, `range(start, stop, step)`. */
function makeRange(first: Value, second?: Value, third?: Value): PyRange {
  if (second === undefined) return new PyRange(0, requireIndex(first), 1);
  const start = requireIndex(first);
  const stop = requireIndex(second);
  const step = third === undefined ? 1 : requireIndex(third);
  if (step === 0) fault("ValueError", "range() arg 3 must not be zero");
  return new PyRange(start, stop, step);
}

maker(
  rangeType,
  signed("cls, start, stop=None, step=None, /", (_cls: Value, a: Value, b?: Value, c?: Value) =>
    makeRange(a, b, c),
  ),
);
rangeType.c1 = (stop) => makeRange(stop!);
rangeType.c2 = (start, stop) => makeRange(start!, stop);
rangeType.c3 = (start, stop, step) => makeRange(start!, stop, step);

methods(rangeType, {
  __repr__: (self: PyRange) => {
    const step = self.step === 1 ? "" : `, ${String(repr(self.step))}`;
    return `range(${String(repr(self.start))}, ${String(repr(self.stop))}${step})`;
  },
  __len__: (self: PyRange) => {
    if (self.length > 0x7fffffffffffffffn) {
      fault("OverflowError", "Python int too large to convert to C ssize_t");
    }
    return self.length;
  },
  __bool__: (self: PyRange) => self.length !== 0,
  __iter__: iterateRange,
  __reversed__: (self: PyRange) => iterateRange(reversedRange(self)),
  __contains__: (self: PyRange, value: Value) => {
    if (typeof value !== "object") return placeIn(self, indexOf(value)) !== undefined;
    return search(self, value) >= 0;
  },
  __eq__: (self: PyRange, other: Value) => {
    if (!(other instanceof PyRange)) return NotImplemented;
    if (self.length !== other.length) return false;
    return (
      self.length === 0 ||
      (self.start === other.start && (self.length === 1 || self.step === other.step))
    );
  },
  __hash__: (self: PyRange) => {
    const { length, start, step } = self;
    return hash(
      new PyTuple([
        length,
        length === 0 ? None : start,
        length === 0 || length === 1 ? None : step,
      ]),
    );
  },
  __getitem__: (self: PyRange, key: Value) => {
    if (key instanceof PySlice) return sliceRange(self, key);
    const index = indexOf(key);
    if (index === undefined) noIndex("range", key);
    const at = index < 0 ? integers.add(index, self.length) : index;
    if (at < 0 || at >= self.length) fault("IndexError", "range object index out of range");
    return itemAt(self, at);
  },
  __reduce__: (self: PyRange) =>
    new PyTuple([self.type, new PyTuple([self.start, self.stop, self.step])]),
  index: (self: PyRange, value: Value) => {
    if (typeof value !== "object" && typeof value !== "string") {
      return (
        placeIn(self, indexOf(value)) ??
        fault("ValueError", `${String(repr(value))} is not in range`)
      );
    }
    const at = search(self, value);
    return at < 0 ? fault("ValueError", "sequence.index(x): x not in sequence") : at;
  },
  count: (self: PyRange, value: Value) => {
    if (typeof value !== "object") return placeIn(self, indexOf(value)) === undefined ? 0 : 1;
    const all = iterate(self);
    let count = 0;
    let item: Value | undefined;
    while ((item = all.next()) !== undefined) count += countItems([item], value);
    return count;
  },
});
computed(rangeType, {
  start: (self: PyRange) => self.start,
  stop: (self: PyRange) => self.stop,
  step: (self: PyRange) => self.step,
});

/** Where an int stands in a range. */
function placeIn(range: PyRange, value: Int | undefined): Int | undefined {
  if (value === undefined) return undefined;
  const { start, stop, step } = range;
  const within = step > 0 ? value >= start && value < stop : value <= start && value > stop;
  if (!within) return undefined;
  const distance = integers.sub(value, start);
  return integers.mod(distance, step) === 0 ? integers.floordiv(distance, step) : undefined;
}

/** The same for what is no int: one after the other. */
function search(range: PyRange, value: Value): number {
  const all = iterateRange(range);
  let item: Value | undefined;
  for (let i = 0; (item = all.next()) !== undefined; i++) {
    spend(1);
    if (equal(item, value)) return i;
  }
  return -1;
}

function itemAt(range: PyRange, index: Int): Int {
  return integers.add(range.start, integers.mul(index, range.step));
}

function reversedRange(range: PyRange): PyRange {
  const last = itemAt(range, integers.sub(range.length, 1));
  const step = integers.neg(range.step);
  return new PyRange(last, integers.sub(range.start, range.step), step);
}

function sliceRange(range: PyRange, slice: PySlice): PyRange {
  const { start, stop, step } = sliceBounds(slice, range.length);
  return new PyRange(itemAt(range, start), itemAt(range, stop), integers.mul(range.step, step));
}

/** The bounds of a slice of something of this length, which may be any int. */
export function sliceBounds(slice: PySlice, length: Int): { start: Int; stop: Int; step: Int } {
  const bound = (value: Value): Int =>
    indexOf(value) ??
    fault("TypeError", "slice indices must be integers or None or have an __index__ method");
  const step = slice.step === None ? 1 : bound(slice.step);
  if (step === 0) fault("ValueError", "slice step cannot be zero");
  const low = step < 0 ? -1 : 0;
  const high = step < 0 ? integers.sub(length, 1) : length;
  const place = (value: Value, otherwise: Int): Int => {
    if (value === None) return otherwise;
    const at = bound(value);
    if (at >= 0) return at < high ? at : high;
    const from = integers.add(at, length);
    return from > low ? from : low;
  };
  const start = place(slice.start, step < 0 ? high : low);
  return { start, stop: place(slice.stop, step < 0 ? low : high), step };
}
