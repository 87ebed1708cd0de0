/** The methods that all iterators have, and the iterators that go backwards. */
import { methods } from "../objects/define.ts";
import {
  iteratorType,
  listIteratorType,
  nativeIteratorType,
  PyIterator,
  stringIteratorType,
  tupleIteratorType,
} from "../objects/iterator.ts";
import type { Value } from "../objects/object.ts";
import { LongRangeIterator, longRangeIteratorType, rangeIteratorType } from "../objects/range.ts";
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
import { callIteratorType, sequenceIteratorType, stopIteration } from "../operations/iterate.ts";

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
for (const type of [nativeIteratorType, sequenceIteratorType, callIteratorType]) iteration(type);
iteration(longRangeIteratorType);
methods(longRangeIteratorType, { __length_hint__: (self: LongRangeIterator) => self.lengthHint() });
