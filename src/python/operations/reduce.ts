/** What `copy` and the like ask of objects: `__reduce_ex__` (https://docs.python.org/3/library/pickle.html#object.__reduce__). */
import { fault } from "../fault.ts";
import { attributeNames } from "../objects/dict.ts";
import { PyDict } from "../objects/dict.ts";
import { PyBuiltin } from "../objects/function.ts";
import { bag, type Keywords, None, PyObject, type Value } from "../objects/object.ts";
import { objectType } from "../objects/root.ts";
import { signed } from "../objects/signature.ts";
import { PyTuple } from "../objects/tuple.ts";
import { lookup, ownAttribute, type PyType } from "../objects/type.ts";
import { getAttribute } from "./attributes.ts";
import { call, callSpecial } from "./call.ts";
import { iter, toArray } from "./iterate.ts";
import { truth } from "./truth.ts";
import { typeName, typeOf } from "./typeof.ts";

/** `copyreg.__newobj__(cls, *args)`: an instance that was not initialised. */
export const newObject: PyBuiltin = new PyBuiltin(
  "__newobj__",
  signed("cls, /, *args", (cls: PyType, args: Value[]) =>
    call(getAttribute(cls, "__new__"), [cls, ...args]),
  ),
);

/** `copyreg.__newobj_ex__(cls, args, kwargs)`. */
export const newObjectWithKeywords: PyBuiltin = new PyBuiltin(
  "__newobj_ex__",
  signed("cls, args, kwargs, /", (cls: PyType, args: Value, kwargs: Value) => {
    const keywords: Keywords = new Map();
    if (kwargs instanceof PyDict)
      for (const [key, value] of kwargs.entries()) keywords.set(String(key), value);
    return call(getAttribute(cls, "__new__"), [cls, ...toArray(args)], keywords);
  }),
);

/** `copyreg._reconstructor(cls, base, state)`, which pickles of the protocols 0 and 1 name. */
export const reconstructor: PyBuiltin = new PyBuiltin(
  "_reconstructor",
  signed("cls, base, state", (cls: PyType, base: PyType, state: Value) => {
    if (base === objectType) return call(getAttribute(base, "__new__"), [cls]);
    const made = call(getAttribute(base, "__new__"), [cls, state]);
    if (lookup(base, "__init__") !== objectType.dict.get("__init__"))
      call(getAttribute(base, "__init__"), [made, state]);
    return made;
  }),
);

/** `object.__reduce_ex__`: how to make an object again. */
export function reduce(self: Value, protocol: number): Value {
  const own = typeOf(self);
  if (protocol < 2) return reducePlainly(self, own);
  const state = callSpecial(self, "__getstate__")!;
  const withKeywords = callSpecial(self, "__getnewargs_ex__");
  if (withKeywords !== undefined) {
    const [args, kwargs] = argumentsIn(withKeywords);
    const making =
      kwargs.size === 0
        ? [newObject, new PyTuple([own, ...args.items])]
        : [newObjectWithKeywords, new PyTuple([own, args, kwargs])];
    return new PyTuple([...making, state, ...itemsOf(self)]);
  }
  const given = callSpecial(self, "__getnewargs__");
  if (given !== undefined && !(given instanceof PyTuple))
    fault("TypeError", `__getnewargs__ should return a tuple, not '${typeName(given)}'`);
  if (given === undefined && !isMadeBare(self, own))
    fault("TypeError", `cannot pickle '${own.name}' object`);
  const args = given === undefined ? [] : toArray(given);
  return new PyTuple([newObject, new PyTuple([own, ...args]), state, ...itemsOf(self)]);
}

/** The arguments and keywords that `__getnewargs_ex__` gave. */
function argumentsIn(given: Value): [PyTuple, PyDict] {
  if (!(given instanceof PyTuple))
    fault("TypeError", `__getnewargs_ex__ should return a tuple, not '${typeName(given)}'`);
  const [args, kwargs] = given.items;
  if (args === undefined || kwargs === undefined || given.items.length > 2) {
    const { length } = given.items;
    fault("ValueError", `__getnewargs_ex__ should return a tuple of length 2, not ${length}`);
  }
  if (!(args instanceof PyTuple)) {
    const kind = typeName(args);
    fault(
      "TypeError",
      `first item of the tuple returned by __getnewargs_ex__ must be a tuple, not '${kind}'`,
    );
  }
  if (!(kwargs instanceof PyDict)) {
    const kind = typeName(kwargs);
    fault(
      "TypeError",
      `second item of the tuple returned by __getnewargs_ex__ must be a dict, not '${kind}'`,
    );
  }
  return [args, kwargs];
}

/** For the protocols 0 and 1: the class, the built-in class below it, and a plain value of that. */
function reducePlainly(self: Value, own: PyType): Value {
  const base = own.mro.find((one) => !one.open) ?? objectType;
  if (base === own && base !== objectType)
    fault("TypeError", `cannot pickle '${typeName(self)}' object`);
  const plain = base === objectType ? None : call(base, [self]);
  const state = callSpecial(self, "__getstate__")!;
  const hasOwnState = lookup(own, "__getstate__") !== objectType.dict.get("__getstate__");
  if (!hasOwnState && own.mro.some((one) => (one.slots?.length ?? 0) > 0)) {
    fault(
      "TypeError",
      "a class that defines __slots__ without defining __getstate__ cannot be pickled",
    );
  }
  const parts = [reconstructor, new PyTuple([own, base, plain])];
  return new PyTuple(truth(state) ? [...parts, state] : parts);
}

/** Whether `cls.__new__(cls)` alone makes an object like this one, apart from its state. */
function isMadeBare(self: Value, own: PyType): boolean {
  if (typeof self !== "object") return false;
  const solid = own.mro.find((one) => !one.open) ?? objectType;
  return solid === objectType || ["list", "dict", "set", "object"].includes(solid.name) || own.open;
}

/** The items of a list or a dict, as iterators, where the class derives from one. */
function itemsOf(self: Value): [Value, Value] {
  const mro = typeOf(self).mro;
  const derives = (name: string): boolean => mro.some((one) => !one.open && one.name === name);
  return [
    derives("list") ? iter(self) : None,
    derives("dict") ? iter(call(getAttribute(self, "items"), [])) : None,
  ];
}

/** `object.__getstate__`: the attributes, and beside them the slots where there are any. */
export function stateOf(self: Value): Value {
  if (!(self instanceof PyObject)) return None;
  let attributes: Value = None;
  if (self.type.hasDict) {
    const names = attributeNames(self);
    if (names.length > 0) {
      const dict = new PyDict();
      for (const name of names) dict.set(name, ownAttribute(self, name)!);
      attributes = dict;
    }
  }
  const slots = new PyDict();
  for (const one of self.type.mro) {
    for (const name of one.slots ?? []) {
      const value = bag(self)[`a_${name}`];
      if (value !== undefined) slots.set(name, value);
    }
  }
  return slots.size === 0 ? attributes : new PyTuple([attributes, slots]);
}

/** Whether a class leaves its copying to `object`. */
export function reducesPlainly(type: PyType): boolean {
  return (
    lookup(type, "__reduce_ex__") === objectType.dict.get("__reduce_ex__") &&
    lookup(type, "__reduce__") === objectType.dict.get("__reduce__")
  );
}
