/** Built-in functions that walk over things: `len`, `sum`, `sorted`, `min` and so on. */
import { DEPTH, meter, spend } from "../budget.ts";
import { fault } from "../fault.ts";
import { dictType, type PyDict } from "../objects/dict.ts";
import { isException } from "../objects/exception.ts";
import { floatType, PyFloat } from "../objects/float.ts";
import { PyBuiltin } from "../objects/function.ts";
import { PyGenerator } from "../objects/generator.ts";
import { PyIterator } from "../objects/iterator.ts";
import {
  enumerateType,
  filterType,
  mapType,
  reversedType,
  zipType,
} from "../objects/iterator-tools.ts";
import { listType, PyList } from "../objects/list.ts";
import type { PyModule } from "../objects/module.ts";
import { None, type PyObject, type Value } from "../objects/object.ts";
import { rangeType } from "../objects/range.ts";
import { frozensetType, setType } from "../objects/set.ts";
import { signed } from "../objects/signature.ts";
import { sliceType } from "../objects/slice.ts";
import { tupleType } from "../objects/tuple.ts";
import { lookup } from "../objects/type.ts";
import { add } from "../operations/binary.ts";
import { call1, callSpecial } from "../operations/call.ts";
import { isGt, isLt } from "../operations/compare.ts";
import { CallIterator, iter, iterate, stopIteration, toArray } from "../operations/iterate.ts";
import { isWideStr } from "../operations/repr.ts";
import { checkLength, truth } from "../operations/truth.ts";
import { isCallable, typeName, typeOf } from "../operations/typeof.ts";
import { sortList } from "../types/list.ts";

/** `len(value)`. */
function length(value: Value): Value {
  if (typeof value === "string") return value.length;
  if (typeof value === "object") {
    const { type } = value;
    if (type === listType || type === tupleType) return (value as PyList).items.length;
    if (type === dictType) return (value as PyDict).size;
  }
  const own = callSpecial(value, "__len__");
  if (own === undefined) fault("TypeError", `object of type '${typeName(value)}' has no len()`);
  // Only a range is this long: no other length that fits C's is beyond 2 ** 53.
  if (typeof own === "bigint" && own > 0n && BigInt.asIntN(64, own) === own) return own;
  return checkLength(own);
}

/** `next(iterator)`: the program's own StopIteration goes through as it is. */
function next(iterator: Value, otherwise?: Value): Value {
  if (iterator instanceof PyIterator && !iterator.type.open && !iterator.awaited) {
    const value = iterator.next() ?? otherwise;
    if (value !== undefined) return value;
    return iterator instanceof PyGenerator ? iterator.stop() : stopIteration();
  }
  if (lookup(typeOf(iterator), "__next__") === undefined) {
    fault("TypeError", `'${typeName(iterator)}' object is not an iterator`);
  }
  if (otherwise === undefined) return callSpecial(iterator, "__next__")!;
  const depth = meter[DEPTH]!;
  try {
    return callSpecial(iterator, "__next__")!;
  } catch (error) {
    if (isException(error, "StopIteration", depth)) return otherwise;
    throw error;
  }
}

/** Whether any value's truth is the wanted one. */
function some(iterable: Value, wanted: boolean): boolean {
  const iterator = iterate(iterable);
  let value: Value | undefined;
  while ((value = iterator.next()) !== undefined) {
    spend(1);
    if (truth(value) === wanted) return true;
  }
  return false;
}

const MOST = Number.MAX_SAFE_INTEGER;

/** `sum(iterable, start)`. */
function sum(iterable: Value, start?: Value): Value {
  if (start !== undefined) refuseText(start);
  let total = start ?? 0;
  const iterator = iterate(iterable);
  let value: Value | undefined;
  if (typeof total === "number") {
    let count = total;
    for (;;) {
      value = iterator.next();
      if (value === undefined) return count;
      spend(1);
      if (typeof value !== "number") break;
      const more = count + value;
      if (more > MOST || more < -MOST) break;
      count = more;
    }
    total = add(count, value);
  }
  if ((total as PyObject).type === floatType) {
    let count = (total as PyFloat).v;
    for (;;) {
      value = iterator.next();
      if (value === undefined) return new PyFloat(count);
      spend(1);
      if ((value as PyObject).type === floatType) count += (value as PyFloat).v;
      else if (typeof value === "number") count += value;
      else break;
    }
    total = add(new PyFloat(count), value);
  }
  while ((value = iterator.next()) !== undefined) {
    spend(1);
    total = add(total, value);
  }
  return total;
}

function refuseText(start: Value): void {
  const name = typeof start === "string" || isWideStr(start) ? "str" : typeName(start);
  if (name === "str") fault("TypeError", "sum() can't sum strings [use ''.join(seq) instead]");
  if (name === "bytes") fault("TypeError", "sum() can't sum bytes [use b''.join(seq) instead]");
  if (name === "bytearray")
    fault("TypeError", "sum() can't sum bytearray [use b''.join(seq) instead]");
}

/** `min` and `max`: the first value that no other one comes before. */
function extreme(name: string, before: (a: Value, b: Value) => boolean): PyBuiltin {
  const best = (values: PyIterator, key: Value | undefined): Value | undefined => {
    let found = values.next();
    if (found === undefined) return undefined;
    const by = key === undefined || key === None ? undefined : key;
    let foundKey = by === undefined ? found : call1(by, found);
    let value: Value | undefined;
    while ((value = values.next()) !== undefined) {
      spend(1);
      const valueKey = by === undefined ? value : call1(by, value);
      if (!before(valueKey, foundKey)) continue;
      found = value;
      foundKey = valueKey;
    }
    return found;
  };
  const builtin = new PyBuiltin(
    name,
    signed("*args, default=None, key=None", (args: Value[], otherwise?: Value, key?: Value) => {
      if (args.length === 0) fault("TypeError", `${name} expected at least 1 argument, got 0`);
      if (args.length > 1) {
        if (otherwise !== undefined) {
          fault(
            "TypeError",
            `Cannot specify a default for ${name}() with multiple positional arguments`,
          );
        }
        if (key !== undefined && key !== None) return best(iterate(new PyList(args)), key)!;
        let found = args[0]!;
        for (let i = 1; i < args.length; i++) if (before(args[i]!, found)) found = args[i]!;
        spend(args.length);
        return found;
      }
      const found = best(iterate(args[0]!), key) ?? otherwise;
      return found ?? fault("ValueError", `${name}() arg is an empty sequence`);
    }),
  );
  builtin.c2 = (a, b) => (before(b!, a!) ? b! : a!);
  return builtin;
}

/** `sorted(iterable, key=…, reverse=…)`. */
function sorted(iterable: Value, key?: Value, reverse?: Value): Value {
  const list = new PyList(toArray(iterable));
  sortList(list, key, reverse);
  return list;
}

/** The functions and classes of this file's topic. */
export function fillIteration(module: PyModule): void {
  const types = [
    listType,
    tupleType,
    dictType,
    setType,
    frozensetType,
    rangeType,
    sliceType,
    enumerateType,
    zipType,
    mapType,
    filterType,
    reversedType,
  ];
  for (const type of types) module.set(type.name, type);
  const functions: Record<string, ConstructorParameters<typeof PyBuiltin>[1]> = {
    len: length,
    iter: signed("object, sentinel=None, /", (object: Value, sentinel?: Value) => {
      if (sentinel === undefined) return iter(object);
      if (!isCallable(object)) fault("TypeError", "iter(v, w): v must be callable");
      return new CallIterator(object, sentinel);
    }),
    next: signed("iterator, default=None, /", next),
    all: (iterable: Value) => !some(iterable, false),
    any: (iterable: Value) => some(iterable, true),
    sum: signed("iterable, /, start=0", sum),
    sorted: signed(
      "*args, key=None, reverse=False",
      (args: Value[], key?: Value, reverse?: Value) => {
        if (args.length !== 1) fault("TypeError", `sorted expected 1 argument, got ${args.length}`);
        return sorted(args[0]!, key, reverse);
      },
    ),
  };
  for (const name in functions) module.set(name, new PyBuiltin(name, functions[name]!));
  (module.get("sorted") as PyBuiltin).c1 = (iterable) => sorted(iterable!);
  module.set("min", extreme("min", isLt));
  module.set("max", extreme("max", isGt));
}
