/** The methods of `dict`. */
import { spend } from "../budget.ts";
import { fault } from "../fault.ts";
import { classMethods, constants, maker, methods } from "../objects/define.ts";
import { AttributeDict, dictType, PyDict } from "../objects/dict.ts";
import { exceptionType, throwException } from "../objects/exception.ts";
import type { Keyed } from "../objects/keyed.ts";
import type { Keywords } from "../objects/object.ts";
import { None, NotImplemented, type Value } from "../objects/object.ts";
import { signed } from "../objects/signature.ts";
import { PyTuple } from "../objects/tuple.ts";
import { lookup, type PyType } from "../objects/type.ts";
import {
  ItemsView,
  KeyIterator,
  KeysView,
  ReverseKeyIterator,
  ValuesView,
} from "../objects/views.ts";
import { getAttribute } from "../operations/attributes.ts";
import { call0, callSpecial } from "../operations/call.ts";
import { equal } from "../operations/compare.ts";
import { parameterize } from "../operations/generics.ts";
import { isIterable, iterate, toArray } from "../operations/iterate.ts";
import { repr } from "../operations/repr.ts";
import { showing } from "../operations/sequences.ts";
import { storeSubscript, subscript } from "../operations/subscript.ts";
import { typeOf } from "../operations/typeof.ts";
import { concatAll, fromJs, type Str } from "../text/wide.ts";

maker(
  dictType,
  signed("cls, /, *args, **kwargs", (cls: PyType, _args: Value[], _kwargs: unknown) =>
    emptyOf(cls),
  ),
);

function emptyOf(cls: PyType): PyDict {
  return new (cls.js as unknown as new () => PyDict)();
}

methods(dictType, {
  __init__: signed(
    "iterable=(), /, **kwargs",
    (self: PyDict, given: Value | undefined, keywords: Keywords) => {
      update(self, given, keywords);
      return None;
    },
  ),
  __repr__: (self: PyDict) => showing(self, "{...}", () => reprEntries(self)) as Value,
  __len__: (self: PyDict) => self.size,
  __iter__: (self: PyDict) => new KeyIterator(self),
  __reversed__: (self: PyDict) => new ReverseKeyIterator(self, backwards(self, self.keys())),
  __contains__: (self: PyDict, key: Value) => self.has(key),
  __eq__: (self: PyDict, other: Value) =>
    other instanceof PyDict ? sameEntries(self, other) : NotImplemented,
  __getitem__: (self: PyDict, key: Value) => self.get(key) ?? missing(self, key),
  __setitem__: (self: PyDict, key: Value, value: Value) => {
    self.set(key, value);
    return None;
  },
  __delitem__: (self: PyDict, key: Value) => {
    if (self.delete(key) === undefined) throwException(exceptionType("KeyError"), key);
    return None;
  },
  __or__: (self: PyDict, other: Value) =>
    other instanceof PyDict ? merged(self, other) : NotImplemented,
  __ror__: (self: PyDict, other: Value) =>
    other instanceof PyDict ? merged(other, self) : NotImplemented,
  __ior__: (self: PyDict, other: Value) => {
    update(self, other);
    return self;
  },
  get: signed(
    "key, default=None, /",
    (self: PyDict, key: Value, otherwise?: Value) => self.get(key) ?? otherwise ?? None,
  ),
  setdefault: signed("key, default=None, /", (self: PyDict, key: Value, otherwise?: Value) => {
    const known = self.get(key);
    if (known !== undefined) return known;
    const value = otherwise ?? None;
    self.set(key, value);
    return value;
  }),
  pop: signed(
    "key, default=None, /",
    (self: PyDict, key: Value, otherwise?: Value) =>
      self.delete(key) ?? otherwise ?? throwException(exceptionType("KeyError"), key),
  ),
  popitem: (self: PyDict) => {
    const last = self.popLast();
    if (last === undefined) fault("KeyError", "popitem(): dictionary is empty");
    return new PyTuple(last);
  },
  keys: (self: PyDict) => new KeysView(self),
  values: (self: PyDict) => new ValuesView(self),
  items: (self: PyDict) => new ItemsView(self),
  copy: copyDict,
  clear: (self: PyDict) => {
    self.clear();
    return None;
  },
  update: signed(
    "other=(), /, **kwargs",
    (self: PyDict, given: Value | undefined, keywords: Keywords) => {
      update(self, given, keywords);
      return None;
    },
  ),
  __sizeof__: (self: PyDict) => 64 + 100 * self.size,
});
constants(dictType, { __hash__: None });
classMethods(dictType, {
  __class_getitem__: parameterize,
  fromkeys: signed(
    "cls, iterable, value=None, /",
    (cls: PyType, iterable: Value, value?: Value) => {
      const dict = cls === dictType ? new PyDict() : call0(cls);
      const iterator = iterate(iterable);
      let key: Value | undefined;
      while ((key = iterator.next()) !== undefined) {
        spend(1);
        if (dict instanceof PyDict && !dict.type.open) dict.set(key, value ?? None);
        else storeSubscript(dict, key, value ?? None);
      }
      return dict;
    },
  ),
});

dictType.c0 = () => new PyDict();
dictType.c1 = (given) => {
  const dict = new PyDict();
  update(dict, given);
  return dict;
};

/** `__missing__` of a class derived from dict, or KeyError. */
function missing(dict: PyDict, key: Value): Value {
  const found = dict.type === dictType ? undefined : callSpecial(dict, "__missing__", key);
  return found ?? throwException(exceptionType("KeyError"), key);
}

/** A dict of the same entries. */
function copyDict(dict: PyDict): PyDict {
  const copy = new PyDict();
  spend(dict.size);
  if (dict instanceof AttributeDict)
    for (const [key, value] of dict.entries()) copy.set(key, value);
  else copy.copyFrom(dict);
  return copy;
}

function merged(first: PyDict, second: PyDict): PyDict {
  const dict = copyDict(first);
  update(dict, second);
  return dict;
}

/** `dict.update`: from a mapping, or from pairs. */
export function update(dict: PyDict, given?: Value, keywords?: Keywords): void {
  if (given !== undefined) {
    if (
      given instanceof PyDict &&
      lookup(given.type, "__iter__") === lookup(dictType, "__iter__")
    ) {
      fromDict(dict, given);
    } else if (lookup(typeOf(given), "keys") !== undefined) {
      const keys = iterate(call0(getAttribute(given, "keys")));
      let key: Value | undefined;
      while ((key = keys.next()) !== undefined) {
        spend(1);
        dict.set(key, subscript(given, key));
      }
    } else fromPairs(dict, given);
  }
  if (keywords !== undefined) for (const [name, value] of keywords) dict.set(fromJs(name), value);
}

function fromDict(dict: PyDict, other: PyDict): void {
  const size = other.size;
  spend(size);
  if (dict === other) return;
  const plain = !(dict instanceof AttributeDict) && !(other instanceof AttributeDict);
  if (plain && dict.size === 0) {
    dict.copyFrom(other);
    return;
  }
  for (const [key, value] of other.entries()) {
    dict.set(key, value);
    if (other.size !== size) fault("RuntimeError", "dict mutated during update");
  }
}

function fromPairs(dict: PyDict, pairs: Value): void {
  const iterator = iterate(pairs);
  let pair: Value | undefined;
  for (let i = 0; (pair = iterator.next()) !== undefined; i++) {
    spend(1);
    if (!isIterable(pair)) {
      fault("TypeError", `cannot convert dictionary update sequence element #${i} to a sequence`);
    }
    const items = toArray(pair);
    if (items.length !== 2) {
      fault(
        "ValueError",
        `dictionary update sequence element #${i} has length ${items.length}; 2 is required`,
      );
    }
    dict.set(items[0]!, items[1]!);
  }
}

function sameEntries(a: PyDict, b: PyDict): boolean {
  if (a.size !== b.size) return false;
  for (const [key, value] of a.entries()) {
    spend(1);
    const other = b.get(key);
    if (other === undefined || !equal(value, other)) return false;
  }
  return true;
}

function reprEntries(dict: PyDict): Str {
  const parts: Str[] = ["{"];
  for (const [key, value] of dict.entries()) {
    spend(3);
    if (parts.length > 1) parts.push(", ");
    parts.push(repr(key), ": ", repr(value));
  }
  parts.push("}");
  return concatAll(parts);
}

/** The steps of an iterator over a dict or set, last first. */
export function backwards<T>(keyed: Keyed<unknown>, steps: Iterable<T>): IterableIterator<T> {
  spend(keyed.size);
  return [...steps].reverse().values();
}
