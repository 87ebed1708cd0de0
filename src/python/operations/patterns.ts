/** What `match` asks of values: https://peps.python.org/pep-0634/ */
import { fault } from "../fault.ts";
import { PyDict } from "../objects/dict.ts";
import { PyList } from "../objects/list.ts";
import { PyMappingProxy } from "../objects/mapping-proxy.ts";
import { PyRange, rangeType } from "../objects/range.ts";
import { None, PyObject, type Value } from "../objects/object.ts";
import { boolType, intType, strType } from "../objects/scalars.ts";
import { PyTuple } from "../objects/tuple.ts";
import { PyType } from "../objects/type.ts";
import { floatType } from "../objects/float.ts";
import { dictType } from "../objects/dict.ts";
import { listType } from "../objects/list.ts";
import { tupleType } from "../objects/tuple.ts";
import { frozensetType, setType } from "../objects/set.ts";
import { bytearrayType, bytesType } from "../objects/bytes.ts";
import { findAttribute, getAttribute } from "./attributes.ts";
import { call, call2, callSpecial } from "./call.ts";
import { iterate, toArray } from "./iterate.ts";
import { isInstanceOf, isSubclassOf } from "./instances.ts";
import { subscript } from "./subscript.ts";
import { checkLength } from "./truth.ts";
import { typeOf } from "./typeof.ts";
import { state } from "../objects/state.ts";

/** The items of a sequence: `before` of them, then, if `after` is not negative, a list where it is `named`, then `after` more. */
export function matchSequence(
  value: Value,
  before: number,
  after: number,
  named: boolean,
): Value[] | undefined {
  if (!isSequence(value)) return undefined;
  // `[*_]` takes all of them, however many there are.
  if (before === 0 && after === 0 && !named) return [None];
  const size = checkLength(callSpecial(value, "__len__")!);
  if (after < 0 ? size !== before : size < before + after) return undefined;
  if (after < 0 && before === 0) return [];
  if (after >= 0 && !named) {
    // Nobody asks for what lies between.
    const found: Value[] = [];
    for (let i = 0; i < before; i++) found.push(subscript(value, i));
    found.push(None);
    for (let i = size - after; i < size; i++) found.push(subscript(value, i));
    return found;
  }
  const items = toArray(value);
  if (after < 0) return items.length === before ? items : undefined;
  const end = items.length - after;
  return [...items.slice(0, before), new PyList(items.slice(before, end)), ...items.slice(end)];
}

/** Built-in classes that are sequences to `match`, beside list, tuple and range. */
const OTHER_SEQUENCES = new Set(["array", "deque", "memoryview"]);

function isSequence(value: Value): boolean {
  if (typeof value !== "object") return false;
  if (value.type.open) return kindOf(value.type) === "Sequence";
  if (value instanceof PyList || value instanceof PyTuple || value instanceof PyRange) return true;
  return OTHER_SEQUENCES.has(value.type.name);
}

function isMapping(value: Value): boolean {
  if (typeof value === "object" && value.type.open) return kindOf(value.type) === "Mapping";
  return value instanceof PyDict || value instanceof PyMappingProxy;
}

/** What a program's class is to `match`: no class is both, the first of its bases decides. */
function kindOf(type: PyType): "Sequence" | "Mapping" | undefined {
  const module = state.run?.modules.get("collections.abc");
  const sequence = module?.get("Sequence");
  const mapping = module?.get("Mapping");
  // Texts are sequences to collections.abc, and not here.
  if (type.mro.some((one) => [strType, bytesType, bytearrayType].includes(one))) return undefined;
  for (const one of type.mro) {
    const isOther = !one.open && OTHER_SEQUENCES.has(one.name);
    const isListed = isOther || [listType, tupleType, rangeType].includes(one);
    const seq = isListed || isBelow(one, sequence);
    const map = one === dictType || isBelow(one, mapping);
    if (seq !== map) return seq ? "Sequence" : "Mapping";
  }
  return undefined;
}

/** Whether a class is below one of collections.abc, or registered there. */
function isBelow(type: PyType, abstract: Value | undefined): boolean {
  return abstract instanceof PyType && isSubclassOf(type, abstract);
}

/** The values under these keys, then with `rest` a dict of all others. */
export function matchMapping(value: Value, keys: Value[], rest: boolean): Value[] | undefined {
  if (!isMapping(value)) return undefined;
  if (new Set(keys).size !== keys.length) {
    fault("ValueError", "mapping pattern checks duplicate key");
  }
  const missing = new PyObject();
  const values: Value[] = [];
  for (const key of keys) {
    const found =
      value instanceof PyDict && !value.type.open
        ? (value.get(key) ?? missing)
        : call2(getAttribute(value, "get"), key, missing);
    if (found === missing) return undefined;
    values.push(found);
  }
  if (!rest) return values;
  const others = new PyDict();
  if (value instanceof PyDict) for (const [key, item] of value.entries()) others.set(key, item);
  else {
    const left = iterate(call(getAttribute(value, "keys"), []));
    for (let key = left.next(); key !== undefined; key = left.next())
      others.set(key, subscript(value, key));
  }
  for (const key of keys) others.delete(key);
  return [...values, others];
}

/** Classes whose one positional pattern is the value itself. */
const SELF = new Set<PyType>([
  boolType,
  intType,
  strType,
  floatType,
  bytesType,
  bytearrayType,
  dictType,
  listType,
  tupleType,
  setType,
  frozensetType,
]);

/** The attributes that a class pattern asks for. */
export function matchClass(
  value: Value,
  type: Value,
  positional: number,
  keywords: readonly string[],
): Value[] | undefined {
  if (!(type instanceof PyType)) fault("TypeError", "called match pattern must be a class");
  if (!isInstanceOf(value, type)) return undefined;
  const values: Value[] = [];
  if (positional > 0) {
    const given = findAttribute(type, "__match_args__");
    if (given === undefined && type.mro.some((one) => SELF.has(one))) {
      if (positional > 1) {
        fault("TypeError", `${type.name}() accepts 1 positional sub-pattern (${positional} given)`);
      }
      values.push(value);
    } else {
      const names = matchArgs(type, given);
      if (positional > names.length) {
        const plural = names.length === 1 ? "" : "s";
        fault(
          "TypeError",
          `${type.name}() accepts ${names.length} positional sub-pattern${plural} (${positional} given)`,
        );
      }
      const seen = new Set(keywords);
      for (const name of names.slice(0, positional)) {
        if (seen.has(name)) {
          fault("TypeError", `${type.name}() got multiple sub-patterns for attribute '${name}'`);
        }
        seen.add(name);
        const found = findAttribute(value, name);
        if (found === undefined) return undefined;
        values.push(found);
      }
    }
  }
  for (const name of keywords) {
    const found = findAttribute(value, name);
    if (found === undefined) return undefined;
    values.push(found);
  }
  return values;
}

function matchArgs(type: PyType, given: Value | undefined): string[] {
  if (given === undefined) return [];
  if (!(given instanceof PyTuple)) {
    fault("TypeError", `${type.name}.__match_args__ must be a tuple (got ${typeOf(given).name})`);
  }
  return given.items.map((name) => {
    if (typeof name !== "string") {
      fault("TypeError", `__match_args__ elements must be strings (got ${typeOf(name).name})`);
    }
    return name;
  });
}
