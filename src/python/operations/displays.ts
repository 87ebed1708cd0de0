/** What displays, literals and calls with stars are made of. */
import { allocate, spend } from "../budget.ts";
import { fault } from "../fault.ts";
import { PyBytes } from "../objects/bytes.ts";
import { PyComplex } from "../objects/complex.ts";
import { PyDict } from "../objects/dict.ts";
import { PyBoundMethod, PyFunction, PyBuiltin } from "../objects/function.ts";
import { Keyed } from "../objects/keyed.ts";
import { PyList } from "../objects/list.ts";
import type { Keywords, PyObject, Value } from "../objects/object.ts";
import { PySet } from "../objects/set.ts";
import { lookup, PyType } from "../objects/type.ts";
import { contains as isInText } from "../text/search.ts";
import { concat, fromPoints, type Str, toJs } from "../text/wide.ts";
import { getAttribute } from "./attributes.ts";
import { call0, callSpecial } from "./call.ts";
import { equal } from "./compare.ts";
import { iterate, toArray } from "./iterate.ts";
import { textOf } from "./repr.ts";
import { subscript } from "./subscript.ts";
import { truth } from "./truth.ts";
import { typeName, typeOf } from "./typeof.ts";

export function makeList(items: Value[]): PyList {
  if ((items.length & 0xffc0) !== 0) allocate(items.length * 8);
  return new PyList(items);
}

/**
 * `{a, b}`. Where all of several are constants, CPython copies a frozenset that its compiler made, and made
 * again of itself when it collected the constants: that decides the order of the members.
 */
export function makeSet(items: readonly Value[], constant = false): PySet {
  const set = new PySet();
  for (const item of items) set.add(item);
  if (!constant) return set;
  const copy = new PySet();
  copy.copyFrom(makeSet([...set.keys()]));
  return copy;
}

/** `{k: v, **d}`: keys and values in turn, `undefined` before a mapping. */
export function makeDict(parts: readonly (Value | undefined)[]): PyDict {
  const dict = new PyDict();
  for (let i = 0; i < parts.length; i += 2) {
    const key = parts[i];
    const value = parts[i + 1]!;
    if (key === undefined) mergeMapping(dict, value);
    else dict.set(key, value);
  }
  return dict;
}

function mergeMapping(dict: PyDict, value: Value): void {
  if (lookup(typeOf(value), "keys") === undefined) {
    fault("TypeError", `'${typeName(value)}' object is not a mapping`);
  }
  for (const [key, item] of mappingEntries(value)) dict.set(key, item);
}

/** The entries of a mapping, by `keys` and `[]` where it is no dict. */
export function* mappingEntries(value: Value): IterableIterator<[Value, Value]> {
  if (value instanceof PyDict && !value.type.open) {
    yield* Array.from(value.entries());
    return;
  }
  for (const key of toArray(call0(getAttribute(value, "keys")))) yield [key, subscript(value, key)];
}

/** Keyword arguments, with `**mapping` in between. */
export function joinKeywords(
  callee: Value | undefined,
  parts: readonly (Value | undefined)[],
): Keywords {
  const keywords: Keywords = new Map();
  const put = (name: string, value: Value): void => {
    if (keywords.has(name)) {
      fault("TypeError", `${called(callee)} got multiple values for keyword argument '${name}'`);
    }
    keywords.set(name, value);
  };
  for (let i = 0; i < parts.length; i += 2) {
    const key = parts[i];
    const value = parts[i + 1]!;
    if (typeof key === "string") {
      put(key, value);
      continue;
    }
    if (lookup(typeOf(value), "keys") === undefined) {
      fault(
        "TypeError",
        `${called(callee)} argument after ** must be a mapping, not ${typeName(value)}`,
      );
    }
    for (const [name, item] of mappingEntries(value)) {
      const text = textOf(name) ?? fault("TypeError", "keywords must be strings");
      put(toJs(text), item);
    }
  }
  return keywords;
}

/** `*value` in a call. */
export function starArgument(callee: Value | undefined, value: Value): Value[] {
  const own = typeOf(value);
  if (lookup(own, "__iter__") === undefined && lookup(own, "__getitem__") === undefined) {
    fault("TypeError", `${called(callee)} argument after * must be an iterable, not ${own.name}`);
  }
  return toArray(value);
}

/** How messages call what is called. */
function called(callee: Value | undefined): string {
  if (callee === undefined) return "function";
  if (callee instanceof PyFunction) {
    const module = callee.globals.get("__name__");
    return `${typeof module === "string" ? `${module}.` : ""}${callee.code.qualname}()`;
  }
  if (callee instanceof PyBuiltin) return `${callee.name}()`;
  if (callee instanceof PyBoundMethod) return called(callee.func);
  if (callee instanceof PyType) {
    return `${callee.module === "builtins" ? "" : `${callee.module}.`}${callee.qualname}()`;
  }
  return `${typeName(callee)} object`;
}

/** `x in container`; the last argument is there for the order of evaluation alone. */
export function contains(container: Value, value: Value): boolean {
  if (typeof container === "string" && typeof value === "string") {
    return isInText(container, value);
  }
  // A set that is looked for in a set stands for a frozenset: the method knows.
  if (container instanceof Keyed && !container.type.open && !(value instanceof PySet)) {
    return container.has(value);
  }
  const result = callSpecial(container, "__contains__", value);
  if (result !== undefined) return truth(result);
  const own = typeOf(container);
  if (lookup(own, "__iter__") === undefined && lookup(own, "__getitem__") === undefined) {
    fault("TypeError", `argument of type '${own.name}' is not iterable`);
  }
  const iterator = iterate(container);
  let item: Value | undefined;
  while ((item = iterator.next()) !== undefined) {
    spend(1);
    if (equal(item, value)) return true;
  }
  return false;
}

/** `is`: numbers and texts have no identity of their own, so equal ones are the same. */
export function isSame(a: Value, b: Value): boolean {
  return a === b;
}

/** A part of an f-string behind what comes before it. */
export function joinText(text: Str, part: Str): Str {
  if (typeof text !== "string" || typeof part !== "string") return concat(text, part);
  if (part.length > 32) allocate(part.length);
  return text + part;
}

/** All parts of a long f-string. */
export function joinTexts(parts: readonly Str[]): Str {
  return parts.reduce(joinText);
}

export function bytesOf(items: readonly number[]): PyBytes {
  return new PyBytes(Uint8Array.from(items));
}

export function wideOf(points: readonly number[]): Value {
  return fromPoints(points) as unknown as PyObject;
}

export function imaginary(imag: number): PyComplex {
  return new PyComplex(0, imag);
}
