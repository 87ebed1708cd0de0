/** The methods that all iterators have, and the iterators that go backwards. */
import { methods } from "../objects/define.ts";
import { fault } from "../fault.ts";
import {
  iteratorType,
  type ListIterator,
  listIteratorType,
  nativeIteratorType,
  PyIterator,
  type StringIterator,
  stringIteratorType,
  tupleIteratorType,
} from "../objects/iterator.ts";
import { None, type Value } from "../objects/object.ts";
import { LongRangeIterator, longRangeIteratorType, rangeIteratorType } from "../objects/range.ts";
import { runtime } from "../objects/state.ts";
import { PyTuple } from "../objects/tuple.ts";
import type { PyType } from "../objects/type.ts";
import {
  itemIteratorType,
  keyIteratorType,
  reverseItemIteratorType,
  reverseKeyIteratorType,
  reverseValueIteratorType,
  setIteratorType,
  valueIteratorType,
} from "../objects/views.ts";
import {
  callIteratorType,
  type SequenceIterator,
  sequenceIteratorType,
  stopIteration,
} from "../operations/iterate.ts";
import { requireSize } from "../operations/subscript.ts";

/** Gives a class of iterators `__iter__` and `__next__`. */
export function iteration(type: PyType, hints = false): PyType {
  methods(type, {
    __iter__: (self: PyIterator) => self,
    __next__: (self: PyIterator) => self.next() ?? stopIteration(),
  });
  if (hints) methods(type, { __length_hint__: (self: PyIterator) => self.lengthHint() ?? 0 });
  return type;
}

/** Over the items of a list from its end. */
export class ListReverseIterator extends PyIterator {
  private source: { items: Value[] } | undefined;
  private at: number;

  constructor(source: { items: Value[] }) {
    super();
    this.source = source;
    this.at = source.items.length - 1;
  }

  next(): Value | undefined {
    const value = this.source?.items[this.at];
    if (value === undefined) this.source = undefined;
    else this.at--;
    return value;
  }

  override lengthHint(): number {
    if (this.source === undefined) return 0;
    return this.at < this.source.items.length ? this.at + 1 : 0;
  }
}
iteration(iteratorType("list_reverseiterator", ListReverseIterator), true);

for (const type of [
  listIteratorType,
  tupleIteratorType,
  stringIteratorType,
  rangeIteratorType,
  keyIteratorType,
  valueIteratorType,
  itemIteratorType,
  reverseKeyIteratorType,
  reverseValueIteratorType,
  reverseItemIteratorType,
  setIteratorType,
]) {
  iteration(type, true);
}
/** Sets where an iterator stands, within what it goes over. */
function stand(self: { at: number }, state: Value, size: number): Value {
  if (typeof state === "boolean" || typeof state === "number" || typeof state === "bigint")
    self.at = self.at > size ? self.at : Math.max(0, Math.min(requireSize(state), size));
  else fault("TypeError", "an integer is required");
  return None;
}

for (const type of [listIteratorType, tupleIteratorType]) {
  methods(type, {
    __setstate__: (self: ListIterator, state: Value) =>
      stand(self, state, self.source?.items.length ?? 0),
  });
}
methods(stringIteratorType, {
  __setstate__: (self: StringIterator, state: Value) => stand(self, state, self.text.length),
  __reduce__: (self: StringIterator) =>
    new PyTuple(
      self.at <= self.text.length
        ? [runtime().builtins.get("iter")!, new PyTuple([self.text]), self.at]
        : [runtime().builtins.get("iter")!, new PyTuple([""])],
    ),
});
for (const type of [nativeIteratorType, sequenceIteratorType, callIteratorType]) iteration(type);
methods(sequenceIteratorType, { __length_hint__: (self: SequenceIterator) => self.left() });
iteration(longRangeIteratorType);
methods(longRangeIteratorType, { __length_hint__: (self: LongRangeIterator) => self.lengthHint() });
