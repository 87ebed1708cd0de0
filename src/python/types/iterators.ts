/** The methods that all iterators have, and the iterators that go backwards. */
import { reserveItems } from "../operations/sequences.ts";
import { requireSize } from "../operations/subscript.ts";
import { methods } from "../objects/define.ts";
import {
  iteratorType,
  ListIterator,
  listIteratorType,
  nativeIteratorType,
  PyIterator,
  StringIterator,
  stringIteratorType,
  tupleIteratorType,
} from "../objects/iterator.ts";
import { PyList } from "../objects/list.ts";
import { None, type Value } from "../objects/object.ts";
import {
  LongRangeIterator,
  longRangeIteratorType,
  PyRange,
  RangeIterator,
  rangeIteratorType,
} from "../objects/range.ts";
import { runtime } from "../objects/state.ts";
import { PyTuple } from "../objects/tuple.ts";
import type { PyType } from "../objects/type.ts";
import {
  itemIteratorType,
  type KeyedIterator,
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
  source: { items: Value[] } | undefined;
  at: number;

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
const listReverseIteratorType = iteration(
  iteratorType("list_reverseiterator", ListReverseIterator),
  true,
);

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
for (const type of [nativeIteratorType, sequenceIteratorType, callIteratorType]) iteration(type);
methods(sequenceIteratorType, { __length_hint__: (self: SequenceIterator) => self.left() });
iteration(longRangeIteratorType);
methods(longRangeIteratorType, { __length_hint__: (self: LongRangeIterator) => self.lengthHint() });

/** What pickles and copies say of an iterator: the function that makes it, of what, and where it stands. */
function again(maker: "iter" | "reversed", source: Value, at?: number): Value {
  const parts = [runtime().builtins.get(maker)!, new PyTuple([source])];
  return new PyTuple(at === undefined ? parts : [...parts, at]);
}

for (const type of [listIteratorType, tupleIteratorType]) {
  methods(type, {
    __reduce__: ({ source, at }: ListIterator) => {
      if (source !== undefined) return again("iter", source as unknown as Value, at);
      return again("iter", type === listIteratorType ? new PyList([]) : new PyTuple([]));
    },
    __setstate__: (self: ListIterator, state: Value) => {
      const at = requireSize(state);
      if (self.source !== undefined) self.at = clamp(at, self.source.items.length);
      return None;
    },
  });
}
methods(listReverseIteratorType, {
  __reduce__: ({ source, at }: ListReverseIterator) =>
    source === undefined
      ? again("iter", new PyList([]))
      : again("reversed", source as unknown as Value, at),
  __setstate__: (self: ListReverseIterator, state: Value) => {
    const at = requireSize(state);
    if (self.source !== undefined)
      self.at = Math.max(-1, Math.min(at, self.source.items.length - 1));
    return None;
  },
});
methods(stringIteratorType, {
  __reduce__: ({ text, at }: StringIterator) =>
    at < text.length ? again("iter", text, at) : again("iter", ""),
  __setstate__: (self: StringIterator, state: Value) => {
    self.at = clamp(requireSize(state), self.text.length);
    return None;
  },
});
methods(rangeIteratorType, {
  __reduce__: ({ at, left, step }: RangeIterator) =>
    again("iter", new PyRange(at, at + left * step, step), 0),
  __setstate__: (self: RangeIterator, state: Value) => {
    const passed = clamp(requireSize(state), self.left);
    self.at += passed * self.step;
    self.left -= passed;
    return None;
  },
});
for (const type of [
  keyIteratorType,
  valueIteratorType,
  itemIteratorType,
  reverseKeyIteratorType,
  reverseValueIteratorType,
  reverseItemIteratorType,
  setIteratorType,
]) {
  methods(type, {
    __reduce__: (self: KeyedIterator<unknown>) => {
      reserveItems(self.lengthHint());
      return again("iter", new PyList(self.rest()));
    },
  });
}

function clamp(at: number, most: number): number {
  return Math.min(Math.max(0, at), most);
}
