/** The methods of dict views; those of keys and items are sets. */
import { spend } from "../budget.ts";
import { computed, constants, methods } from "../objects/define.ts";
import { PyDict } from "../objects/dict.ts";
import { None, NotImplemented, type Value } from "../objects/object.ts";
import { PySet, PySetBase } from "../objects/set.ts";
import { PyTuple } from "../objects/tuple.ts";
import type { PyType } from "../objects/type.ts";
import {
  ItemIterator,
  ItemsView,
  itemsViewType,
  KeyIterator,
  KeysView,
  keysViewType,
  ReverseItemIterator,
  ReverseKeyIterator,
  ReverseValueIterator,
  ValueIterator,
  ValuesView,
  valuesViewType,
} from "../objects/views.ts";
import { callSpecial } from "../operations/call.ts";
import { equal } from "../operations/compare.ts";
import { contains } from "../operations/displays.ts";
import { repr } from "../operations/repr.ts";
import { showing } from "../operations/sequences.ts";
import { difference, forEach, symmetric, union } from "../operations/sets.ts";
import { checkLength } from "../operations/truth.ts";
import { concatAll, type Str } from "../text/wide.ts";
import { backwards } from "./dict.ts";

type View = KeysView | ValuesView | ItemsView;

methods(keysViewType, {
  __iter__: (self: KeysView) => new KeyIterator(self.dict),
  __reversed__: (self: KeysView) =>
    new ReverseKeyIterator(self.dict, backwards(self.dict, self.dict.keys())),
  __contains__: (self: KeysView, key: Value) => self.dict.has(key),
});
methods(valuesViewType, {
  __iter__: (self: ValuesView) => new ValueIterator(self.dict),
  __reversed__: (self: ValuesView) =>
    new ReverseValueIterator(self.dict, backwards(self.dict, self.dict.values())),
});
methods(itemsViewType, {
  __iter__: (self: ItemsView) => new ItemIterator(self.dict),
  __reversed__: (self: ItemsView) =>
    new ReverseItemIterator(self.dict, backwards(self.dict, self.dict.entries())),
  __contains__: (self: ItemsView, pair: Value) => hasEntry(self.dict, pair),
});

for (const type of [keysViewType, valuesViewType, itemsViewType]) {
  methods(type, {
    __len__: (self: View) => self.dict.size,
    __repr__: (self: View) => showing(self, "...", () => reprView(self)) as Value,
  });
  computed(type, { mapping: (self: View) => self.dict });
}
for (const type of [keysViewType, itemsViewType]) {
  setMethods(type);
  constants(type, { __hash__: None });
}

function hasEntry(dict: PyDict, pair: Value): boolean {
  if (!(pair instanceof PyTuple) || pair.items.length !== 2) return false;
  const value = dict.get(pair.items[0]!);
  return value !== undefined && equal(pair.items[1]!, value);
}

function reprView(view: View): Str {
  const parts: Str[] = [`${view.type.name}([`];
  const steps = view instanceof ValuesView ? view.dict.values() : view.dict.keys();
  for (const step of view instanceof ItemsView ? view.dict.entries() : steps) {
    spend(2);
    if (parts.length > 1) parts.push(", ");
    if (Array.isArray(step)) parts.push("(", repr(step[0]!), ", ", repr(step[1]!), ")");
    else parts.push(repr(step));
  }
  parts.push("])");
  return concatAll(parts);
}

/** Keys are copied from their dict, which decides the order of a set. */
function wholeOf(value: Value): Value {
  return value instanceof KeysView ? value.dict : value;
}

function setMethods(type: PyType): void {
  const make = (): PySetBase => new PySet();
  /** The shorter of the view and a set decides the order; of anything else, its own does. */
  const common = (self: View, other: Value): Value => {
    const set = make();
    const viewFirst = other instanceof PySet && self.dict.size <= other.size;
    forEach(viewFirst ? self : other, (value) => {
      if (contains(viewFirst ? other : self, value)) set.add(value);
    });
    return set;
  };
  const isSetLike = (value: Value): boolean =>
    value instanceof PySetBase || value instanceof KeysView || value instanceof ItemsView;
  const ordered =
    (wanted: (self: number, other: number) => boolean, up: boolean) =>
    (self: View, other: Value) => {
      if (!isSetLike(other)) return NotImplemented;
      if (!wanted(self.dict.size, checkLength(callSpecial(other, "__len__")!))) return false;
      return up ? allIn(self, other) : allIn(other, self);
    };
  methods(type, {
    __and__: common,
    __rand__: common,
    __or__: (self: View, other: Value) => union(make, wholeOf(self), other),
    __ror__: (self: View, other: Value) => union(make, wholeOf(other), self),
    __sub__: (self: View, other: Value) => difference(make, wholeOf(self), other),
    __rsub__: (self: View, other: Value) => difference(make, wholeOf(other), self),
    __xor__: (self: View, other: Value) => symmetric(make, wholeOf(self), other),
    __rxor__: (self: View, other: Value) => symmetric(make, wholeOf(other), self),
    __eq__: ordered((a, b) => a === b, true),
    __lt__: ordered((a, b) => a < b, true),
    __le__: ordered((a, b) => a <= b, true),
    __gt__: ordered((a, b) => a > b, false),
    __ge__: ordered((a, b) => a >= b, false),
    isdisjoint: (self: View, other: Value) => forEach(other, (value) => !contains(self, value)),
  });
}

function allIn(values: Value, container: Value): boolean {
  return forEach(values, (value) => contains(container, value));
}
