/** `o[k]`, `o[k] = v`, `del o[k]`, and what an index or a slice means. */
import { fault } from "../fault.ts";
import { dictType, PyDict } from "../objects/dict.ts";
import { exceptionType, throwException } from "../objects/exception.ts";
import { PyList } from "../objects/list.ts";
import { None, PyObject, type Value } from "../objects/object.ts";
import { type PySlice, sliceType } from "../objects/slice.ts";
import { sliceStep } from "../text/wide.ts";
import { lookup, PyType } from "../objects/type.ts";
import { call1, callSpecial } from "./call.ts";
import { getAttribute } from "./attributes.ts";
import { typeType } from "../objects/root.ts";
import { parameterize } from "./generics.ts";
import { shownName, typeName, typeOf } from "./typeof.ts";

export function subscript(object: Value, key: Value): Value {
  if (typeof key === "number" && (object as PyList).isItems) {
    const items = (object as PyList).items;
    const value = items[key < 0 ? key + items.length : key];
    if (value !== undefined) return value;
  }
  return subscriptSlowly(object, key);
}

function subscriptSlowly(object: Value, key: Value): Value {
  if (typeof object === "string" && typeof key === "number") {
    const character = object[key < 0 ? key + object.length : key];
    if (character !== undefined) return character;
  }
  if (typeof object === "string" && (key as PyObject).type === sliceType) {
    const { start, step, count } = extentOf(key as PySlice, object.length);
    return sliceStep(object, start, step, count);
  }
  if ((object as PyObject).type === dictType) {
    const value = (object as PyDict).get(key);
    if (value !== undefined) return value;
    throwException(exceptionType("KeyError"), key);
  }
  const result = callSpecial(object, "__getitem__", key);
  if (result !== undefined) return result;
  if (object instanceof PyType) return classItem(object, key);
  fault("TypeError", `'${typeName(object)}' object is not subscriptable`);
}

/** `C[k]`: `__class_getitem__`. */
function classItem(type: PyType, key: Value): Value {
  if (type === typeType) return parameterize(type, key);
  if (lookup(type, "__class_getitem__") === undefined) {
    fault("TypeError", `type '${shownName(type)}' is not subscriptable`);
  }
  return call1(getAttribute(type, "__class_getitem__"), key);
}

export function storeSubscript(object: Value, key: Value, value: Value): void {
  if (typeof key === "number" && (object as PyList).isList) {
    const items = (object as PyList).items;
    const at = key < 0 ? key + items.length : key;
    if (at >= 0 && at < items.length) {
      items[at] = value;
      return;
    }
  }
  storeSlowly(object, key, value);
}

function storeSlowly(object: Value, key: Value, value: Value): void {
  if ((object as PyObject).type === dictType) {
    (object as PyDict).set(key, value);
    return;
  }
  if (callSpecial(object, "__setitem__", key, value) === undefined) {
    requirePlace(object, key);
    fault("TypeError", `'${typeName(object)}' object does not support item assignment`);
  }
}

export function deleteSubscript(object: Value, key: Value): void {
  if (callSpecial(object, "__delitem__", key) === undefined) {
    const not = requirePlace(object, key) ? "doesn't" : "does not";
    fault("TypeError", `'${typeName(object)}' object ${not} support item deletion`);
  }
}

/**
 * Whether a key is a place in an object that CPython takes for a sequence, as it
 * does every object of a program's classes; throws IndexError for one past any length.
 */
function requirePlace(object: Value, key: Value): boolean {
  const own = typeOf(object);
  if (!own.open && lookup(own, "__len__") === undefined) return false;
  const index = indexOf(key);
  if (typeof index === "bigint" && BigInt.asIntN(64, index) !== index) {
    fault("IndexError", `cannot fit '${typeName(key)}' into an index-sized integer`);
  }
  return index !== undefined;
}

/** An int that may serve as an index: by `__index__`; `undefined` for what has none. */
export function indexOf(value: Value): number | bigint | undefined {
  if (typeof value === "number" || typeof value === "bigint") return value;
  if (typeof value === "boolean") return value ? 1 : 0;
  const int = (value as { int?: number | bigint }).int;
  if (int !== undefined) return int;
  const result = callSpecial(value, "__index__");
  if (result === undefined) return undefined;
  if (typeof result === "number" || typeof result === "bigint") return result;
  if (typeof result === "boolean") return result ? 1 : 0;
  const inner = (result as { int?: number | bigint }).int;
  if (inner === undefined) {
    fault("TypeError", `__index__ returned non-int (type ${typeName(result)})`);
  }
  return inner;
}

/** An argument that has to be an int. */
export function requireIndex(value: Value): number | bigint {
  const index = indexOf(value);
  if (index === undefined) {
    fault("TypeError", `'${typeName(value)}' object cannot be interpreted as an integer`);
  }
  return index;
}

/** An argument that has to be an int as large as a length. */
export function requireSize(value: Value): number {
  const index = requireIndex(value);
  if (typeof index === "number") return index;
  fault("OverflowError", "Python int too large to convert to C ssize_t");
}

/** The place of an index in something of this length; throws IndexError. */
export function placeOf(key: Value, length: number, what: string, verb = "index"): number {
  const index = indexOf(key);
  if (index === undefined) {
    fault("TypeError", `${what} indices must be integers or slices, not ${typeOf(key).name}`);
  }
  if (typeof index === "bigint") {
    fault("IndexError", "cannot fit 'int' into an index-sized integer");
  }
  const at = index < 0 ? index + length : index;
  if (at < 0 || at >= length) fault("IndexError", `${what} ${verb} out of range`);
  return at;
}

/** A slice of something of this length: first place, step, and how many. */
export interface Extent {
  start: number;
  stop: number;
  step: number;
  count: number;
}

export function extentOf(slice: PySlice, length: number): Extent {
  const step = slice.step === None ? 1 : clamp(boundOf(slice.step));
  if (step === 0) fault("ValueError", "slice step cannot be zero");
  const low = step < 0 ? -1 : 0;
  const high = step < 0 ? length - 1 : length;
  const place = (bound: Value, otherwise: number): number => {
    if (bound === None) return otherwise;
    const at = clamp(boundOf(bound));
    if (at < 0) return Math.max(at + length, low);
    return Math.min(at, high);
  };
  const start = place(slice.start, step < 0 ? high : low);
  const stop = place(slice.stop, step < 0 ? low : high);
  const count = step < 0 ? Math.ceil((start - stop) / -step) : Math.ceil((stop - start) / step);
  return { start, stop, step, count: Math.max(0, count) };
}

function boundOf(value: Value): number | bigint {
  const index = indexOf(value);
  if (index === undefined) {
    fault("TypeError", "slice indices must be integers or None or have an __index__ method");
  }
  return index;
}

function clamp(value: number | bigint): number {
  if (typeof value === "number") return value;
  return value < 0n ? -Number.MAX_SAFE_INTEGER : Number.MAX_SAFE_INTEGER;
}

/** The items that an extent takes. */
export function takeExtent<T>(items: readonly T[], { start, step, count }: Extent): T[] {
  if (step === 1) return items.slice(start, start + count);
  const taken: T[] = [];
  for (let i = 0, at = start; i < count; i++, at += step) taken.push(items[at]!);
  return taken;
}
