/** The methods of `set` and `frozenset`. */
import { spend } from "../budget.ts";
import { fault } from "../fault.ts";
import { classMethods, constants, maker, methods } from "../objects/define.ts";
import { exceptionType, throwException } from "../objects/exception.ts";
import { type Keywords, None, NotImplemented, type Value } from "../objects/object.ts";
import { frozensetType, PyFrozenSet, PySet, PySetBase, setType } from "../objects/set.ts";
import { type Native, signed, type Signed } from "../objects/signature.ts";
import { PyList } from "../objects/list.ts";
import { PyTuple } from "../objects/tuple.ts";
import { lookup, type PyType } from "../objects/type.ts";
import { SetIterator } from "../objects/views.ts";
import { refuseKeywords } from "../operations/arguments.ts";
import { stateOf } from "../operations/reduce.ts";
import { parameterize } from "../operations/generics.ts";
import { fold, hash } from "../operations/hash.ts";
import { repr } from "../operations/repr.ts";
import { showing } from "../operations/sequences.ts";
import {
  addAll,
  difference,
  forEach,
  frozen,
  intersection,
  isSubset,
  lookable,
  removeAll,
  symmetric,
  toggleAll,
  union,
} from "../operations/sets.ts";
import { concatAll, type Str } from "../text/wide.ts";

const EMPTY = new PyTuple([]);

type Operation = (make: () => PySetBase, a: PySetBase, b: Value) => PySetBase;

/** What both classes have; `make` makes an empty one of the class itself. */
function shared(make: () => PySetBase): Record<string, Native | Signed> {
  const operator = (operate: Operation) => (self: PySetBase, other: Value) =>
    other instanceof PySetBase ? operate(make, self, other) : NotImplemented;
  const reflected = (operate: Operation) => (self: PySetBase, other: Value) =>
    other instanceof PySetBase ? operate(make, other, self) : NotImplemented;
  const compared =
    (compare: (a: PySetBase, b: PySetBase) => boolean) => (self: PySetBase, other: Value) =>
      other instanceof PySetBase ? compare(self, other) : NotImplemented;
  const named = (operate: Operation): Signed =>
    signed("*others", (self: PySetBase, others: Value[]) => {
      let result = self;
      for (const other of others) result = operate(make, result, other);
      return result === self ? union(make, self, EMPTY) : result;
    });
  return {
    __repr__: (self: PySetBase) =>
      showing(self, `${self.type.name}(...)`, () => reprSet(self)) as Value,
    __len__: (self: PySetBase) => self.size,
    __iter__: (self: PySetBase) => new SetIterator(self),
    __contains__: (self: PySetBase, value: Value) => holds(self, value),
    __eq__: compared((a, b) => a.size === b.size && isSubset(a, b)),
    __le__: compared(isSubset),
    __lt__: compared((a, b) => a.size < b.size && isSubset(a, b)),
    __ge__: compared((a, b) => isSubset(b, a)),
    __gt__: compared((a, b) => b.size < a.size && isSubset(b, a)),
    __or__: operator(union),
    __ror__: reflected(union),
    __and__: operator(intersection),
    __rand__: reflected(intersection),
    __sub__: operator(difference),
    __rsub__: reflected(difference),
    __xor__: operator(exclusive),
    __rxor__: reflected(exclusive),
    union: signed("*others", (self: PySetBase, others: Value[]) => {
      const result = make();
      addAll(result, self);
      for (const other of others) addAll(result, other);
      return result;
    }),
    intersection: named(intersection),
    difference: signed("*others", (self: PySetBase, [first, ...others]: Value[]) => {
      if (first === undefined) return union(make, self, EMPTY);
      const result = difference(make, self, first);
      for (const other of others) removeAll(result, other);
      return result;
    }),
    symmetric_difference: (self: PySetBase, other: Value) => exclusive(make, self, other),
    issubset: (self: PySetBase, other: Value) => isSubset(self, lookable(other)),
    issuperset: (self: PySetBase, other: Value) => forEach(other, (value) => self.has(value)),
    isdisjoint: (self: PySetBase, other: Value) => forEach(other, (value) => !self.has(value)),
    copy: (self: PySetBase) => copyOf(make, self),
    __reduce__: (self: PySetBase) =>
      new PyTuple([self.type, new PyTuple([new PyList([...self.keys()])]), stateOf(self)]),
    __sizeof__: (self: PySetBase) => 200 + 32 * self.size,
  };
}

/** CPython begins with the other one. */
const exclusive: Operation = (make, a, b) => symmetric(make, b, a);

function copyOf(make: () => PySetBase, set: PySetBase): PySetBase {
  if (set.type === frozensetType) return set;
  const copy = make();
  addAll(copy, set);
  return copy;
}

function reprSet(set: PySetBase): Str {
  const { name } = set.type;
  if (set.size === 0) return `${name}()`;
  const parts: Str[] = [set.type === setType ? "{" : `${name}({`];
  for (const key of set.keys()) {
    spend(2);
    if (parts.length > 1) parts.push(", ");
    parts.push(repr(key));
  }
  parts.push(set.type === setType ? "}" : "})");
  return concatAll(parts);
}

/** A set that has no hash stands for a frozenset where it is looked for in a set. */
function keyOf(value: Value): Value {
  return value instanceof PySet && lookup(value.type, "__hash__") === None ? frozen(value) : value;
}

function holds(set: PySetBase, value: Value): boolean {
  return set.has(keyOf(value));
}

const makeSet = (): PySetBase => new PySet();
const makeFrozen = (): PySetBase => new PyFrozenSet();

methods(setType, shared(makeSet));
methods(frozensetType, shared(makeFrozen));

maker(
  setType,
  signed("cls, /, *args, **kwargs", (cls: PyType, _args: Value[], _kwargs: unknown) =>
    emptyOf(cls),
  ),
);
setType.c0 = () => new PySet();
setType.c1 = (values) => {
  const set = new PySet();
  addAll(set, values!);
  return set;
};

maker(
  frozensetType,
  signed(
    "cls, iterable=(), /, **kwargs",
    (cls: PyType, values: Value | undefined, keywords: Keywords) => {
      refuseKeywords(cls, frozensetType, "__init__", keywords);
      if (cls === frozensetType && values instanceof PySetBase && values.type === cls)
        return values;
      const set = emptyOf(cls);
      if (values !== undefined) addAll(set, values);
      return set;
    },
  ),
);

function emptyOf(cls: PyType): PySetBase {
  return new (cls.js as unknown as new () => PySetBase)();
}

setType.weak = frozensetType.weak = true;

const keyError = (key: Value): never => throwException(exceptionType("KeyError"), key);

/** Changes a set by another: only a set will do for an operator. */
const inPlace = (change: (set: PySet, other: Value) => void) => (self: PySet, other: Value) => {
  if (!(other instanceof PySetBase)) return NotImplemented;
  change(self, other);
  return self;
};
const byAll = (change: (set: PySet, other: Value) => void): Signed =>
  signed("*others", (self: PySet, others: Value[]) => {
    for (const other of others) change(self, other);
    return None;
  });

function keepOnly(set: PySet, values: Value): void {
  set.become(intersection(makeSet, set, values));
}

methods(setType, {
  __init__: signed(
    "iterable=(), /, **kwargs",
    (self: PySet, values: Value | undefined, keywords: Keywords) => {
      refuseKeywords(self.type, setType, "__new__", keywords);
      self.clear();
      if (values !== undefined) addAll(self, values);
      return None;
    },
  ),
  add: (self: PySet, value: Value) => {
    self.add(value);
    return None;
  },
  remove: (self: PySet, value: Value) => {
    if (self.delete(keyOf(value)) === undefined) keyError(value);
    return None;
  },
  discard: (self: PySet, value: Value) => {
    self.delete(keyOf(value));
    return None;
  },
  pop: (self: PySet) => self.takeFirst() ?? fault("KeyError", "pop from an empty set"),
  clear: (self: PySet) => {
    self.clear();
    return None;
  },
  update: byAll(addAll),
  intersection_update: byAll(keepOnly),
  difference_update: byAll(removeAll),
  symmetric_difference_update: (self: PySet, other: Value) => {
    toggleAll(self, other);
    return None;
  },
  __ior__: inPlace(addAll),
  __iand__: inPlace(keepOnly),
  __isub__: inPlace(removeAll),
  __ixor__: inPlace(toggleAll),
});
constants(setType, { __hash__: None });
methods(frozensetType, {
  __hash__: (self: PyFrozenSet) => {
    let code = self.size;
    for (const key of self.keys()) {
      spend(2);
      // Spread out before they are mixed, as equal sets may hold their members in any order.
      const one = fold(hash(key));
      code ^= Math.imul(one ^ 89869747 ^ (one << 16), 0x9e3779b1);
    }
    code ^= Math.imul(self.size + 1, 1927868237);
    code ^= (code >>> 11) ^ (code >>> 25);
    code = (Math.imul(code, 69069) + 907133923) | 0;
    return code === -1 ? -2 : code;
  },
});
for (const type of [setType, frozensetType])
  classMethods(type, { __class_getitem__: parameterize });
