/** The methods of `list`. */
import { allocate, spend } from "../budget.ts";
import { fault } from "../fault.ts";
import { classMethods, constants, maker, methods } from "../objects/define.ts";
import { ListIterator, PyIterator } from "../objects/iterator.ts";
import { listType, PyList } from "../objects/list.ts";
import {
  type Keywords,
  None,
  NotImplemented,
  type PyObject,
  type Value,
} from "../objects/object.ts";
import { signed } from "../objects/signature.ts";
import { PySlice } from "../objects/slice.ts";
import { PyTuple } from "../objects/tuple.ts";
import type { PyType } from "../objects/type.ts";
import { adapt1 } from "../operations/call.ts";
import { equalItems, type Order, orderItems } from "../operations/compare.ts";
import { refuseKeywords } from "../operations/arguments.ts";
import { parameterize } from "../operations/generics.ts";
import { isIterable, iterate, toArray } from "../operations/iterate.ts";
import { repr } from "../operations/repr.ts";
import {
  countItems,
  findItem,
  repeated,
  reprItems,
  reserveItems,
  searchBound,
  showing,
} from "../operations/sequences.ts";
import { sortValues } from "../operations/sort.ts";
import {
  type Extent,
  extentOf,
  placeOf,
  requireSize,
  takeExtent,
} from "../operations/subscript.ts";
import { truth } from "../operations/truth.ts";
import { typeName } from "../operations/typeof.ts";
import { ListReverseIterator } from "./iterators.ts";

maker(
  listType,
  signed("cls, /, *args, **kwargs", (cls: PyType, _args: Value[], _kwargs: unknown) =>
    emptyOf(cls),
  ),
);

function emptyOf(cls: PyType): Value {
  return new (cls.js as unknown as new (items: Value[]) => PyList)([]);
}

const order = (name: Order) => (self: PyList, other: Value) =>
  other instanceof PyList ? orderItems(self.items, other.items, name) : NotImplemented;

methods(listType, {
  __init__: signed(
    "iterable=(), /, **kwargs",
    (self: PyList, iterable: Value | undefined, keywords: Keywords) => {
      refuseKeywords(self.type, listType, "__new__", keywords);
      self.items = [];
      if (iterable !== undefined) self.items = toArray(iterable);
      return None;
    },
  ),
  __repr__: (self: PyList) =>
    showing(self, "[...]", () => reprItems(self.items, "[", "]")) as Value,
  __len__: (self: PyList) => self.items.length,
  __iter__: (self: PyList) => new ListIterator(self),
  __reversed__: (self: PyList) => new ListReverseIterator(self),
  __contains__: (self: PyList, value: Value) => findItem(self.items, value) >= 0,
  __eq__: (self: PyList, other: Value) =>
    other instanceof PyList ? equalItems(self.items, other.items) : NotImplemented,
  __lt__: order("__lt__"),
  __le__: order("__le__"),
  __gt__: order("__gt__"),
  __ge__: order("__ge__"),
  __add__: (self: PyList, other: Value) => {
    if (!(other instanceof PyList)) return NotImplemented;
    reserveItems(self.items.length + other.items.length);
    return new PyList(self.items.concat(other.items));
  },
  __iadd__: (self: PyList, other: Value) => {
    extend(self, other);
    return self;
  },
  __mul__: times,
  __rmul__: times,
  __imul__: (self: PyList, count: Value) => {
    const items = repeated(self.items, count);
    if (items === undefined) return NotImplemented;
    self.items = items;
    return self;
  },
  __getitem__: (self: PyList, key: Value) => {
    const { items } = self;
    if (!(key instanceof PySlice)) return items[placeOf(key, items.length, "list")]!;
    const extent = extentOf(key, items.length);
    reserveItems(extent.count);
    return new PyList(takeExtent(items, extent));
  },
  __setitem__: (self: PyList, key: Value, value: Value) => {
    if (key instanceof PySlice) storeSlice(self, key, value);
    else self.items[placeOf(key, self.items.length, "list", "assignment index")] = value;
    return None;
  },
  __delitem__: (self: PyList, key: Value) => {
    const { items } = self;
    if (key instanceof PySlice) removeExtent(items, extentOf(key, items.length));
    else removeAt(items, placeOf(key, items.length, "list", "assignment index"));
    return None;
  },
  append: (self: PyList, value: Value) => {
    allocate(8);
    self.items.push(value);
    return None;
  },
  extend: (self: PyList, iterable: Value) => {
    extend(self, iterable);
    return None;
  },
  insert: (self: PyList, index: Value, value: Value) => {
    const { items } = self;
    const at = requireSize(index);
    const place = at < 0 ? Math.max(0, at + items.length) : Math.min(at, items.length);
    spend((items.length - place) >> 4);
    allocate(8);
    items.splice(place, 0, value);
    return None;
  },
  pop: signed("index=-1, /", (self: PyList, index?: Value) => {
    const { items } = self;
    if (index === undefined) return items.pop() ?? fault("IndexError", "pop from empty list");
    const place = requireSize(index);
    if (items.length === 0) fault("IndexError", "pop from empty list");
    const at = place < 0 ? place + items.length : place;
    if (at < 0 || at >= items.length) fault("IndexError", "pop index out of range");
    const value = items[at]!;
    removeAt(items, at);
    return value;
  }),
  remove: (self: PyList, value: Value) => {
    const at = findItem(self.items, value);
    if (at < 0) fault("ValueError", "list.remove(x): x not in list");
    removeAt(self.items, at);
    return None;
  },
  clear: (self: PyList) => {
    self.items.length = 0;
    return None;
  },
  copy: (self: PyList) => {
    reserveItems(self.items.length);
    return new PyList(self.items.slice());
  },
  index: signed(
    "value, start=0, stop=9223372036854775807, /",
    (self: PyList, value: Value, start?: Value, stop?: Value) => {
      const { length } = self.items;
      const at = findItem(
        self.items,
        value,
        searchBound(start, length, 0),
        searchBound(stop, length, Infinity),
      );
      return at < 0 ? fault("ValueError", `${String(repr(value))} is not in list`) : at;
    },
  ),
  count: (self: PyList, value: Value) => countItems(self.items, value),
  reverse: (self: PyList) => {
    spend(self.items.length >> 2);
    self.items.reverse();
    return None;
  },
  sort: signed("*, key=None, reverse=False", (self: PyList, key?: Value, reverse?: Value) => {
    sortList(self, key, reverse);
    return None;
  }),
  __sizeof__: (self: PyList) => 40 + 8 * self.items.length,
});
constants(listType, { __hash__: None });
classMethods(listType, { __class_getitem__: parameterize });

// What `list()` and `list(x)` do when nobody derives from it.
listType.c0 = () => new PyList([]);
listType.c1 = (iterable) => new PyList(toArray(iterable!));

function times(self: PyList, count: Value): Value {
  const items = repeated(self.items, count);
  return items === undefined ? NotImplemented : new PyList(items);
}

/** Adds all values of an iterable at the end. */
function extend(list: PyList, iterable: Value): void {
  const { items } = list;
  if (iterable instanceof PyList || iterable instanceof PyTuple) {
    const more = toArray(iterable);
    for (let i = 0; i < more.length; i++) items.push(more[i]!);
    return;
  }
  const iterator: PyIterator = iterate(iterable);
  const known = iterator.lengthHint() ?? 0;
  if (known > 0) allocate(known * 8);
  let item: Value | undefined;
  // The program may change the list meanwhile.
  for (let count = 1; (item = iterator.next()) !== undefined; count++) {
    spend(1);
    if (count > known) allocate(8);
    list.items.push(item);
  }
}

function removeAt(items: Value[], at: number): void {
  if (at === items.length - 1) items.pop();
  else if (at === 0) {
    spend(items.length >> 6);
    items.shift();
  } else {
    spend((items.length - at) >> 4);
    items.splice(at, 1);
  }
}

function removeExtent(items: Value[], { start, step, count }: Extent): void {
  if (count === 0) return;
  spend(items.length >> 2);
  if (step === 1) {
    items.splice(start, count);
    return;
  }
  const by = Math.abs(step);
  const first = step > 0 ? start : start + (count - 1) * step;
  let to = first;
  for (let from = first, skipped = 0; from < items.length; from++) {
    if (skipped < count && from === first + skipped * by) skipped++;
    else items[to++] = items[from]!;
  }
  items.length = to;
}

function storeSlice(list: PyList, slice: PySlice, value: Value): void {
  const plain = slice.step === None || slice.step === 1;
  if (!isIterable(value)) {
    fault(
      "TypeError",
      plain ? "can only assign an iterable" : "must assign iterable to extended slice",
    );
  }
  const values = toArray(value);
  const { items } = list;
  const { start, step, count } = extentOf(slice, items.length);
  if (step !== 1) {
    if (values.length !== count) {
      fault(
        "ValueError",
        `attempt to assign sequence of size ${values.length} to extended slice of size ${count}`,
      );
    }
    for (let i = 0, at = start; i < count; i++, at += step) items[at] = values[i]!;
    return;
  }
  if (values.length === count) {
    for (let i = 0; i < count; i++) items[start + i] = values[i]!;
    return;
  }
  const size = items.length - count + values.length;
  // What it held, and room for half as much again as it comes to hold: both are there for a while.
  reserveItems(size > items.length ? size + (size * 3) / 2 : size);
  const rest = items.slice(start + count);
  items.length = start;
  for (const one of values) items.push(one);
  for (const one of rest) items.push(one);
}

/** `list.sort`: the list looks empty meanwhile, and must not be changed. */
export function sortList(list: PyList, key: Value | undefined, reverse: Value | undefined): void {
  const down = reverse !== undefined && truth(orderFlag(reverse));
  const { items } = list;
  list.items = [];
  let changed: boolean;
  try {
    sortItems(items, key, down);
  } finally {
    changed = list.items.length > 0;
    list.items = items;
  }
  if (changed) fault("ValueError", "list modified during sort");
}

function orderFlag(reverse: Value): Value {
  if (typeof reverse === "object" && reverse.type.proto["c___index__"] === undefined) {
    fault("TypeError", `'${typeName(reverse)}' object cannot be interpreted as an integer`);
  }
  if (typeof reverse === "string") {
    fault("TypeError", "'str' object cannot be interpreted as an integer");
  }
  return reverse;
}

/** Sorts in place; equal items stay in their order, downwards too. After an exception their order is any. */
function sortItems(items: Value[], key: Value | undefined, down: boolean): void {
  if (key === undefined || key === None) {
    if (down) items.reverse();
    sortValues(items);
  } else {
    allocate(items.length * 8);
    const keys: Value[] = [];
    const keyOf = (key as PyObject).c1 ?? adapt1(key);
    for (let i = 0; i < items.length; i++) {
      spend(1);
      keys.push(keyOf(items[i]!));
    }
    if (down) {
      items.reverse();
      keys.reverse();
    }
    sortValues(keys, items);
  }
  if (down) items.reverse();
}
