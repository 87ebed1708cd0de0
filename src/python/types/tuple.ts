/** The methods of `tuple`. */
import { fault } from "../fault.ts";
import { classMethods, maker, methods } from "../objects/define.ts";
import { TupleIterator } from "../objects/iterator.ts";
import { type Keywords, NotImplemented, type Value } from "../objects/object.ts";
import { signed } from "../objects/signature.ts";
import { PySlice } from "../objects/slice.ts";
import { PyTuple, tupleType } from "../objects/tuple.ts";
import type { PyType } from "../objects/type.ts";
import { equalItems, type Order, orderItems } from "../operations/compare.ts";
import { refuseKeywords } from "../operations/arguments.ts";
import { parameterize } from "../operations/generics.ts";
import { hashTuple } from "../operations/hash.ts";
import { toArray } from "../operations/iterate.ts";
import {
  countItems,
  findItem,
  repeated,
  reprItems,
  reserveItems,
  searchBound,
  showing,
} from "../operations/sequences.ts";
import { extentOf, placeOf, takeExtent } from "../operations/subscript.ts";

const EMPTY = new PyTuple([]);

/** `tuple(iterable)`; a tuple is its own copy. */
function makeTuple(iterable?: Value): Value {
  if (iterable === undefined) return EMPTY;
  if (iterable instanceof PyTuple && iterable.type === tupleType) return iterable;
  const items = toArray(iterable);
  return items.length === 0 ? EMPTY : new PyTuple(items);
}

maker(
  tupleType,
  signed(
    "cls, iterable=(), /, **kwargs",
    (cls: PyType, iterable: Value | undefined, keywords: Keywords) => {
      refuseKeywords(cls, tupleType, "__init__", keywords);
      if (cls === tupleType) return makeTuple(iterable);
      const Made = cls.js as unknown as new (items: Value[]) => PyTuple;
      return new Made(iterable === undefined ? [] : toArray(iterable));
    },
  ),
);
tupleType.c0 = () => EMPTY;
tupleType.c1 = makeTuple;

const order = (name: Order) => (self: PyTuple, other: Value) =>
  other instanceof PyTuple ? orderItems(self.items, other.items, name) : NotImplemented;

methods(tupleType, {
  __repr__: (self: PyTuple) => {
    const close = self.items.length === 1 ? ",)" : ")";
    return showing(self, "(...)", () => reprItems(self.items, "(", close)) as Value;
  },
  __hash__: (self: PyTuple) => hashTuple(self.items),
  __len__: (self: PyTuple) => self.items.length,
  __iter__: (self: PyTuple) => new TupleIterator(self),
  __contains__: (self: PyTuple, value: Value) => findItem(self.items, value) >= 0,
  __eq__: (self: PyTuple, other: Value) =>
    other instanceof PyTuple ? equalItems(self.items, other.items) : NotImplemented,
  __lt__: order("__lt__"),
  __le__: order("__le__"),
  __gt__: order("__gt__"),
  __ge__: order("__ge__"),
  __add__: (self: PyTuple, other: Value) => {
    if (!(other instanceof PyTuple)) return NotImplemented;
    if (other.items.length === 0 && self.type === tupleType) return self;
    if (self.items.length === 0 && other.type === tupleType) return other;
    reserveItems(self.items.length + other.items.length);
    return new PyTuple(self.items.concat(other.items));
  },
  __mul__: times,
  __rmul__: times,
  __getitem__: (self: PyTuple, key: Value) => {
    const { items } = self;
    if (!(key instanceof PySlice)) return items[placeOf(key, items.length, "tuple")]!;
    const extent = extentOf(key, items.length);
    if (extent.step === 1 && extent.count === items.length && self.type === tupleType) return self;
    reserveItems(extent.count);
    return new PyTuple(takeExtent(items, extent));
  },
  index: signed(
    "value, start=0, stop=9223372036854775807, /",
    (self: PyTuple, value: Value, start?: Value, stop?: Value) => {
      const { length } = self.items;
      const at = findItem(
        self.items,
        value,
        searchBound(start, length, 0),
        searchBound(stop, length, Infinity),
      );
      return at < 0 ? fault("ValueError", "tuple.index(x): x not in tuple") : at;
    },
  ),
  count: (self: PyTuple, value: Value) => countItems(self.items, value),
  __getnewargs__: (self: PyTuple) => new PyTuple([new PyTuple(self.items)]),
});
classMethods(tupleType, { __class_getitem__: parameterize });

function times(self: PyTuple, count: Value): Value {
  if (count === 1 && self.type === tupleType) return self;
  const items = repeated(self.items, count);
  return items === undefined ? NotImplemented : new PyTuple(items);
}
