/** `enumerate`, `zip`, `map`, `filter` and `reversed` are classes. */
import { DEPTH, meter, spend } from "../budget.ts";
import { fault } from "../fault.ts";
import { classMethods, maker } from "../objects/define.ts";
import { isException } from "../objects/exception.ts";
import {
  EnumerateIterator,
  enumerateType,
  FilterIterator,
  filterType,
  MapIterator,
  mapType,
  ReversedIterator,
  reversedType,
  type Unequal,
  ZipIterator,
  zipType,
} from "../objects/iterator-tools.ts";
import type { Direct, Keywords } from "../objects/object.ts";
import { None, type PyObject, type Value } from "../objects/object.ts";
import { signed } from "../objects/signature.ts";
import { PyTuple, tupleType } from "../objects/tuple.ts";
import { lookup, type PyType } from "../objects/type.ts";
import { adapt1, call, callSpecial } from "../operations/call.ts";
import { parameterize } from "../operations/generics.ts";
import { iterate } from "../operations/iterate.ts";
import { requireIndex, subscript } from "../operations/subscript.ts";
import { checkLength, truth } from "../operations/truth.ts";
import { typeName, typeOf } from "../operations/typeof.ts";
import { iteration } from "./iterators.ts";

for (const type of [enumerateType, zipType, mapType, filterType]) iteration(type);
iteration(reversedType, true);

/** The JavaScript class of a class's instances. */
function classOf<A extends unknown[]>(cls: PyType): new (...args: A) => PyObject {
  return cls.js as unknown as new (...args: A) => PyObject;
}

maker(
  enumerateType,
  signed("cls, iterable, start=0", (cls: PyType, iterable: Value, start?: Value) => {
    const Made = classOf<ConstructorParameters<typeof EnumerateIterator>>(cls);
    return new Made(iterate(iterable), start === undefined ? 0 : requireIndex(start));
  }),
);
enumerateType.c1 = (iterable) => new EnumerateIterator(iterate(iterable!), 0);
classMethods(enumerateType, { __class_getitem__: parameterize });

const unequal: Unequal = (place, shorter) => {
  const others = place === 1 ? "argument 1" : `arguments 1-${place}`;
  fault(
    "ValueError",
    `zip() argument ${place + 1} is ${shorter ? "shorter" : "longer"} than ${others}`,
  );
};

maker(
  zipType,
  signed("cls, /, *iterables, **kwargs", (cls: PyType, iterables: Value[], keywords: Keywords) => {
    const strict = keywords.get("strict");
    if (keywords.size > 1)
      fault("TypeError", `zip() takes at most 1 keyword argument (${keywords.size} given)`);
    if (keywords.size > 0 && strict === undefined) {
      fault("TypeError", `'${[...keywords.keys()][0]}' is an invalid keyword argument for zip()`);
    }
    const Made = classOf<ConstructorParameters<typeof ZipIterator>>(cls);
    return new Made(
      iterables.map(iterate),
      strict !== undefined && truth(strict) ? unequal : undefined,
    );
  }),
);
zipType.c2 = (a, b) => new ZipIterator([iterate(a!), iterate(b!)], undefined);

maker(
  mapType,
  signed(
    "cls, /, *args, **kwargs",
    (cls: PyType, [func, ...iterables]: Value[], keywords: Keywords) => {
      if (cls === mapType && keywords.size > 0)
        fault("TypeError", "map() takes no keyword arguments");
      if (func === undefined || iterables.length === 0)
        fault("TypeError", "map() must have at least two arguments.");
      const Made = classOf<ConstructorParameters<typeof MapIterator>>(cls);
      return new Made(wayInto(func), (row) => call(func, row), iterables.map(iterate));
    },
  ),
);
mapType.c2 = (func, iterable) =>
  new MapIterator(wayInto(func!), (row) => call(func!, row), [iterate(iterable!)]);

/** The way into a function of one argument, which holds as long as an iterator lives. */
function wayInto(func: Value): Direct {
  return (func as PyObject).c1 ?? adapt1(func);
}

maker(
  filterType,
  signed("cls, function, iterable, /", (cls: PyType, func: Value, iterable: Value) => {
    const Made = classOf<ConstructorParameters<typeof FilterIterator>>(cls);
    return new Made(keeper(func), iterate(iterable));
  }),
);

function keeper(func: Value): (value: Value) => boolean {
  if (func === None) {
    return (value) => {
      spend(1);
      return truth(value);
    };
  }
  const test = wayInto(func);
  return (value) => {
    spend(1);
    return truth(test(value));
  };
}

maker(
  reversedType,
  signed("cls, sequence, /", (cls: PyType, sequence: Value) => {
    const own = typeOf(sequence);
    const method = lookup(own, "__reversed__");
    if (method !== undefined && method !== None) return callSpecial(sequence, "__reversed__")!;
    if (method === None || !isSequence(own)) {
      fault("TypeError", `'${typeName(sequence)}' object is not reversible`);
    }
    const Made = classOf<ConstructorParameters<typeof ReversedIterator>>(cls);
    if (own === tupleType) {
      const { items } = sequence as PyTuple;
      return new Made(items.length, (index) => items[index]);
    }
    return new Made(checkLength(callSpecial(sequence, "__len__")!), (index) => {
      spend(1);
      const depth = meter[DEPTH]!;
      try {
        return subscript(sequence, index);
      } catch (error) {
        if (isException(error, "IndexError", depth) || isException(error, "StopIteration", depth))
          return undefined;
        throw error;
      }
    });
  }),
);

function isSequence(type: PyType): boolean {
  return (
    lookup(type, "__getitem__") !== undefined &&
    lookup(type, "__len__") !== undefined &&
    lookup(type, "keys") === undefined
  );
}
