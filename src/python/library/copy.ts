/** `copy`: https://docs.python.org/3/library/copy.html */
import { allocate, enter, leave, spend } from "../budget.ts";
import { fault } from "../fault.ts";
import { attributeNames, PyDict, storeAttribute } from "../objects/dict.ts";
import { PyByteArray } from "../objects/bytes.ts";
import { dictType } from "../objects/dict.ts";
import { exceptionType } from "../objects/exception.ts";
import {
  PyBoundMethod,
  PyBuiltin,
  PyFunction,
  PyMethodDescriptor,
  PyProperty,
} from "../objects/function.ts";
import type { PyModule } from "../objects/module.ts";
import { None, PyObject, type Value } from "../objects/object.ts";
import { listType, PyList } from "../objects/list.ts";
import { PySet, setType } from "../objects/set.ts";
import { objectType } from "../objects/root.ts";
import { signed } from "../objects/signature.ts";
import { runtime } from "../objects/state.ts";
import { PyTuple, tupleType } from "../objects/tuple.ts";
import { lookup, ownAttribute, PyType } from "../objects/type.ts";
import { getAttribute, setAttribute } from "../operations/attributes.ts";
import { call, callSpecial } from "../operations/call.ts";
import { iterate, toArray } from "../operations/iterate.ts";
import { reducesPlainly } from "../operations/reduce.ts";
import { storeSubscript } from "../operations/subscript.ts";
import { typeName } from "../operations/typeof.ts";
import { functions, runClass } from "./native.ts";

/** Classes whose instances cannot change, so that they are their own copies. */
const ATOMIC = new Set(
  "NoneType ellipsis NotImplementedType int float bool complex bytes str range slice code property function builtin_function_or_method weakref".split(
    " ",
  ),
);

function isAtomic(value: Value): boolean {
  if (!(value instanceof PyObject)) return true;
  if (value instanceof PyType || value instanceof PyFunction || value instanceof PyBuiltin)
    return true;
  if (value instanceof PyMethodDescriptor || value instanceof PyProperty) return true;
  return !value.type.open && ATOMIC.has(value.type.name);
}

/** Copies made so far: by the number of the original, with the original itself so that no number is given twice. */
type Memo = PyDict;

/** `copy.deepcopy(value, memo)`. */
export function deepCopy(value: Value, memo: Memo = new PyDict()): Value {
  if (isAtomic(value)) return value;
  spend(1);
  const id = runtime().id(value);
  const known = memo.get(id);
  if (known !== undefined) return known;
  enter();
  const made = copyDeeply(value as PyObject, memo, id);
  leave();
  if (made !== value) memo.set(id, made);
  return made;
}

function copyDeeply(value: PyObject, memo: Memo, id: number): Value {
  const own = value.type;
  if (own === listType) {
    const items: Value[] = [];
    const made = new PyList(items);
    memo.set(id, made);
    allocate((value as PyList).items.length * 8);
    for (const item of (value as PyList).items) items.push(deepCopy(item, memo));
    return made;
  }
  if (own === dictType) {
    const made = new PyDict();
    memo.set(id, made);
    for (const [key, item] of Array.from((value as PyDict).entries())) {
      made.set(deepCopy(key, memo), deepCopy(item, memo));
    }
    return made;
  }
  if (own === tupleType) {
    const { items } = value as PyTuple;
    const made = items.map((item) => deepCopy(item, memo));
    // A tuple that holds itself was copied on the way down.
    return memo.get(id) ?? (made.some((item, i) => item !== items[i]) ? new PyTuple(made) : value);
  }
  if (value instanceof PyByteArray && !own.open) return call(own, [value]);
  const hook = lookup(own, "__deepcopy__");
  if (hook !== undefined) return call(getAttribute(value, "__deepcopy__"), [memo]);
  if (value instanceof PyBoundMethod)
    return new PyBoundMethod(deepCopy(value.self, memo), value.func);
  if (isPlain(own)) {
    const made = new (own.js as unknown as new () => PyObject)();
    memo.set(id, made);
    for (const name of attributeNames(value))
      storeAttribute(made, name, deepCopy(ownAttribute(value, name)!, memo));
    return made;
  }
  return rebuild(value, reduced(value), memo, id);
}

/** Whether instances are nothing but their attributes. */
function isPlain(type: PyType): boolean {
  return (
    (type.proto as { plain?: unknown }).plain === true &&
    type.mro.every((one) => (one.open ? (one.slots?.length ?? 0) === 0 : one === objectType)) &&
    lookup(type, "__new__") === objectType.dict.get("__new__") &&
    lookup(type, "__getstate__") === objectType.dict.get("__getstate__") &&
    ["__setstate__", "__getnewargs__", "__getnewargs_ex__", "__copy__"].every(
      (name) => lookup(type, name) === undefined,
    ) &&
    reducesPlainly(type)
  );
}

/** `copy.copy(value)`. */
function shallowCopy(value: Value): Value {
  if (isAtomic(value)) return value;
  const object = value as PyObject;
  const own = object.type;
  if (own === listType) return new PyList(toArray(object));
  if (own === tupleType || own.name === "frozenset")
    return own.open ? rebuild(object, reduced(object)) : object;
  if (own === dictType || own === setType) {
    const made = own === dictType ? new PyDict() : new PySet();
    (made as PyDict).copyFrom(object as PyDict);
    return made;
  }
  if (object instanceof PyByteArray && !own.open) return call(own, [object]);
  if (lookup(own, "__copy__") !== undefined) return call(getAttribute(object, "__copy__"), []);
  if (isPlain(own)) {
    const made = new (own.js as unknown as new () => PyObject)();
    for (const name of attributeNames(object))
      storeAttribute(made, name, ownAttribute(object, name)!);
    return made;
  }
  return rebuild(object, reduced(object));
}

function reduced(value: PyObject): Value {
  const registered = runtime().modules.get("copyreg")?.get("dispatch_table");
  const reducer = registered instanceof PyDict ? registered.get(value.type) : undefined;
  if (reducer !== undefined) return call(reducer, [value]);
  const result = callSpecial(value, "__reduce_ex__", 4);
  if (result === undefined) fault("TypeError", `cannot pickle '${typeName(value)}' object`);
  return result;
}

/** Makes an object of what `__reduce_ex__` gave; deeply where there is a memo. */
function rebuild(value: PyObject, parts: Value, memo?: Memo, id?: number): Value {
  if (typeof parts === "string") return value;
  if (!(parts instanceof PyTuple)) fault("TypeError", "__reduce__ must return a string or tuple");
  if (parts.items.length < 2 || parts.items.length > 5) {
    fault(
      "TypeError",
      `_reconstruct() takes from 4 to 7 positional arguments but ${parts.items.length + 2} were given`,
    );
  }
  const [make, args, state, items, pairs] = parts.items;
  const deep = (one: Value): Value => (memo === undefined ? one : deepCopy(one, memo));
  const made = call(make!, toArray(args!).map(deep));
  if (memo !== undefined) memo.set(id!, made);
  if (state !== undefined && state !== None) setState(made, deep(state));
  if (items !== undefined && items !== None) {
    const append = getAttribute(made, "append");
    const iterator = iterate(items);
    for (let item = iterator.next(); item !== undefined; item = iterator.next())
      call(append, [deep(item)]);
  }
  if (pairs !== undefined && pairs !== None) {
    const iterator = iterate(pairs);
    for (let pair = iterator.next(); pair !== undefined; pair = iterator.next()) {
      const [key, item] = toArray(pair);
      storeSubscript(made, deep(key!), deep(item!));
    }
  }
  return made;
}

function setState(made: Value, state: Value): void {
  if (callSpecial(made, "__setstate__", state) !== undefined) return;
  const [attributes, slots] =
    state instanceof PyTuple && state.items.length === 2 ? state.items : [state, None];
  if (attributes instanceof PyDict && typeof made === "object") {
    for (const [name, value] of attributes.entries()) storeAttribute(made, String(name), value);
  }
  if (slots instanceof PyDict) {
    for (const [name, value] of slots.entries()) setAttribute(made, String(name), value);
  }
}

export function fillCopy(module: PyModule): void {
  module.set("Error", runClass(module, "Error", [exceptionType("Exception")]));
  module.set("error", module.get("Error")!);
  functions(module, {
    copy: (value: Value) => shallowCopy(value),
    deepcopy: signed("x, memo=None, _nil=[]", (value: Value, memo?: Value) =>
      deepCopy(value, memo instanceof PyDict ? memo : undefined),
    ),
  });
}
