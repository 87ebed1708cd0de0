/**
 * Values that cross between a program and its host, as plain data.
 *
 * | Python | host |
 * |---|---|
 * | None | null |
 * | bool, str | boolean, string |
 * | int | number while it is exact, else bigint |
 * | float | number |
 * | bytes, bytearray | Uint8Array |
 * | list, tuple, set, frozenset, range | array |
 * | dict with str keys | record |
 *
 * Back again a whole number is an int and any other a float, an array a list. What else a program
 * has cannot leave it.
 */
import { allocate, enter, leave, spend } from "./budget.ts";
import { fault } from "./fault.ts";
import { callbackMark, recordMark } from "./host/host.ts";
import { isList, type Plain } from "./host/plain.ts";
import { PyByteArray, PyBytes } from "./objects/bytes.ts";
import { PyDict } from "./objects/dict.ts";
import { PyFloat } from "./objects/float.ts";
import { PyBoundMethod, PyBuiltin, PyFunction } from "./objects/function.ts";
import { PyList } from "./objects/list.ts";
import { None, type Value } from "./objects/object.ts";
import { PyRange } from "./objects/range.ts";
import { PySetBase } from "./objects/set.ts";
import { PyIntObject } from "./objects/scalars.ts";
import { PyTuple } from "./objects/tuple.ts";
import { lookup, PyType } from "./objects/type.ts";
import { toArray } from "./operations/iterate.ts";
import { textOf } from "./operations/repr.ts";
import { typeName } from "./operations/typeof.ts";
import { fromJs } from "./text/wide.ts";

/** How deep data may lie in one another, so that what contains itself is no endless text. */
const DEPTH = 100;

/** Makes of values that have no plain form what stands for them, or nothing. */
type Other = (value: Value) => Plain | undefined;
const nothing: Other = () => undefined;

/** The plain form of a value; `undefined` for what has none. */
export function toPlain(value: Value): Plain | undefined {
  return plain(value, 0, nothing, (record) => record);
}

function plain(
  value: Value,
  depth: number,
  other: Other,
  mark: typeof recordMark,
): Plain | undefined {
  if (typeof value !== "object") return value;
  if (value === None) return null;
  if (value instanceof PyFloat) return value.v;
  const text = textOf(value);
  if (text !== undefined) return String(text);
  if (value instanceof PyIntObject) return value.int;
  if (value instanceof PyBytes || value instanceof PyByteArray) return new Uint8Array(value.data);
  if (depth === DEPTH) return undefined;
  if (value instanceof PyDict) {
    const entries: [string, Plain][] = [];
    for (const [key, item] of value.entries()) {
      spend(1);
      const name = textOf(key);
      const one = plain(item, depth + 1, other, mark);
      if (name === undefined || one === undefined) return undefined;
      entries.push([String(name), one]);
    }
    return mark(Object.fromEntries(entries));
  }
  const items = itemsOf(value);
  if (items === undefined) return other(value);
  const list: Plain[] = [];
  for (const item of items) {
    spend(1);
    const one = plain(item, depth + 1, other, mark);
    if (one === undefined) return undefined;
    list.push(one);
  }
  return list;
}

function itemsOf(value: Value): Iterable<Value> | undefined {
  if (value instanceof PyList || value instanceof PyTuple) return value.items;
  if (value instanceof PySetBase) return value.keys();
  return value instanceof PyRange ? toArray(value) : undefined;
}

/** The plain form of what `where` hands to the host; throws TypeError for what has none. */
export function requirePlain(value: Value, where: string): Plain {
  return toPlain(value) ?? noPlain(value, where);
}

/** An argument of a host's function: plain data, in which functions are numbers of `callbacks`, which grow. */
export function argumentOf(value: Value, callbacks: Value[], where: string): Plain {
  const other: Other = (one) => {
    if (!isCallable(one)) return undefined;
    callbacks.push(one);
    return callbackMark(callbacks.length - 1);
  };
  return plain(value, 0, other, recordMark) ?? noPlain(value, where);
}

function isCallable(value: Value): boolean {
  if (typeof value !== "object") return false;
  const known =
    value instanceof PyFunction ||
    value instanceof PyBuiltin ||
    value instanceof PyBoundMethod ||
    value instanceof PyType;
  return known || lookup(value.type, "__call__") !== undefined;
}

function noPlain(value: Value, where: string): never {
  return fault(
    "TypeError",
    `${where} got a ${typeName(value)}, which cannot be handed to the host`,
  );
}

/** The value that plain data stand for, freshly made. */
export function fromPlain(plain: Plain): Value {
  switch (typeof plain) {
    case "boolean":
      return plain;
    case "number":
      return wholeOrFloat(plain);
    case "bigint":
      return Number.isSafeInteger(Number(plain)) ? Number(plain) : plain;
    case "string":
      allocate(plain.length);
      return fromJs(plain) as Value;
  }
  if (plain === null) return None;
  if (plain instanceof Uint8Array) return new PyBytes(plain);
  enter();
  const value = isList(plain) ? listOf(plain) : dictOf(plain);
  leave();
  return value;
}

function wholeOrFloat(number: number): Value {
  return Number.isSafeInteger(number) && !Object.is(number, -0) ? number : new PyFloat(number);
}

function listOf(plain: readonly Plain[]): Value {
  allocate(plain.length * 8);
  spend(plain.length);
  return new PyList(plain.map(fromPlain));
}

function dictOf(plain: { readonly [name: string]: Plain }): Value {
  const dict = new PyDict();
  for (const [name, value] of Object.entries(plain)) {
    spend(1);
    dict.set(fromJs(name) as Value, fromPlain(value));
  }
  return dict;
}
