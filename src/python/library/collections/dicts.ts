/** `collections.OrderedDict` and `collections.defaultdict`. */
import { spend } from "../../budget.ts";
import { fault } from "../../fault.ts";
import { computed, maker, methods } from "../../objects/define.ts";
import { dictType, PyDict } from "../../objects/dict.ts";
import { exceptionType, throwException } from "../../objects/exception.ts";
import { type Keywords, None, NotImplemented, type Value } from "../../objects/object.ts";
import { builtinType } from "../../objects/root.ts";
import { signed } from "../../objects/signature.ts";
import { PyTuple } from "../../objects/tuple.ts";
import { lookup, type PyType } from "../../objects/type.ts";
import { ItemIterator } from "../../objects/views.ts";
import { dictOf, setAttributeDict } from "../../operations/attributes.ts";
import { call, call0, callSpecial } from "../../operations/call.ts";
import { equal } from "../../operations/compare.ts";
import { repr } from "../../operations/repr.ts";
import { showing } from "../../operations/sequences.ts";
import { truth } from "../../operations/truth.ts";
import { isCallable } from "../../operations/typeof.ts";
import { concatAll, type Str } from "../../text/wide.ts";
import { update } from "../../types/dict.ts";

class PyOrderedDict extends PyDict {}

/** A dict whose missing values are made by a function. */
class PyDefaultDict extends PyDict {
  factory: Value = None;
}

let types: { ordered: PyType; default: PyType } | undefined;

/** The classes, which are made when they are first asked for. */
export function dictTypes(): { ordered: PyType; default: PyType } {
  return (types ??= { ordered: makeOrdered(), default: makeDefault() });
}

function emptyOf<T extends PyDict>(cls: PyType): T {
  return new (cls.js as unknown as new () => T)();
}

/** An empty one of the class of another, made by calling it. */
function callClass(self: PyDict, ...args: Value[]): PyDict {
  return call(self.type, args) as PyDict;
}

function makeOrdered(): PyType {
  const type = builtinType("OrderedDict", PyOrderedDict, {
    base: dictType,
    module: "collections",
    hasDict: true,
  });
  maker(
    type,
    signed("cls, /, *args, **kwargs", (cls: PyType) => emptyOf(cls)),
  );
  methods(type, {
    __repr__: (self: PyDict) => showing(self, "...", () => reprOrdered(self)) as Value,
    __eq__: (self: PyDict, other: Value) => {
      const same = call(lookup(dictType, "__eq__")!, [self, other]);
      return same === true && other instanceof PyOrderedDict ? sameOrder(self, other) : same;
    },
    __or__: (self: PyDict, other: Value) => {
      if (!(other instanceof PyDict)) return NotImplemented;
      const joined = callClass(self, self);
      update(joined, other);
      return joined;
    },
    __ror__: (self: PyDict, other: Value) => {
      if (!(other instanceof PyDict)) return NotImplemented;
      const joined = callClass(self, other);
      update(joined, self);
      return joined;
    },
    copy: (self: PyDict) => callClass(self, self),
    popitem: signed("last=True", (self: PyDict, last?: Value) => {
      const front = last !== undefined && !truth(last);
      const [key, value] = (front ? takeFirst(self) : self.popLast()) ?? [];
      if (key === undefined) fault("KeyError", "dictionary is empty");
      return new PyTuple([key, value!]);
    }),
    move_to_end: signed("key, last=True", (self: PyDict, key: Value, last?: Value) => {
      moveToEnd(self, key, last === undefined || truth(last));
      return None;
    }),
    __reduce__: (self: PyDict) => {
      const state = dictOf(self);
      const attributes = state === undefined || state.size === 0 ? None : state;
      return new PyTuple([self.type, new PyTuple([]), attributes, None, new ItemIterator(self)]);
    },
  });
  computed(type, { __dict__: [dictOf, setAttributeDict] });
  type.c0 = () => new PyOrderedDict();
  return type;
}

function takeFirst(dict: PyDict): [Value, Value] | undefined {
  const step = dict.entries().next();
  if (step.done === true) return undefined;
  const [key, value] = step.value;
  dict.delete(key);
  return [key, value];
}

function moveToEnd(dict: PyDict, key: Value, last: boolean): void {
  const value = dict.get(key);
  if (value === undefined) throwException(exceptionType("KeyError"), key);
  if (last) {
    dict.delete(key);
    dict.set(key, value);
    return;
  }
  spend(dict.size * 2);
  dict.delete(key);
  const rest = [...dict.entries()];
  dict.clear();
  dict.set(key, value);
  for (const [other, item] of rest) dict.set(other, item);
}

function sameOrder(a: PyDict, b: PyDict): boolean {
  spend(a.size);
  const others = b.keys();
  for (const key of a.keys()) {
    const other = others.next();
    if (other.done === true || !equal(key, other.value)) return false;
  }
  return true;
}

function reprOrdered(dict: PyDict): Str {
  const name = dict.type.name;
  if (dict.size === 0) return `${name}()`;
  const parts: Str[] = [`${name}([`];
  for (const [key, value] of dict.entries()) {
    spend(4);
    if (parts.length > 1) parts.push(", ");
    parts.push("(", repr(key), ", ", repr(value), ")");
  }
  parts.push("])");
  return concatAll(parts);
}

function makeDefault(): PyType {
  const type = builtinType("defaultdict", PyDefaultDict, { base: dictType, module: "collections" });
  maker(
    type,
    signed("cls, /, *args, **kwargs", (cls: PyType) => emptyOf(cls)),
  );
  const join = (first: Value, second: Value, factory: Value): Value => {
    const joined = new PyDefaultDict();
    joined.factory = factory;
    update(joined, first);
    update(joined, second);
    return joined;
  };
  methods(type, {
    __init__: signed(
      "/, *args, **kwargs",
      (self: PyDefaultDict, args: Value[], keywords: Keywords) => {
        const [factory, given] = args;
        if (factory !== undefined && factory !== None && !isCallable(factory)) {
          fault("TypeError", "first argument must be callable or None");
        }
        if (args.length > 2) {
          fault("TypeError", `dict expected at most 1 argument, got ${args.length - 1}`);
        }
        self.factory = factory ?? None;
        update(self, given, keywords);
        return None;
      },
    ),
    __getitem__: (self: PyDefaultDict, key: Value) => {
      const value = self.get(key);
      if (value !== undefined) return value;
      return self.type === type ? missing(self, key) : callSpecial(self, "__missing__", key)!;
    },
    __missing__: missing,
    __repr__: (self: PyDefaultDict) => {
      const plain = lookup(dictType, "__repr__")!;
      const factory = showing(self.factory, "...", () => repr(self.factory));
      const entries = call(plain, [self]);
      return concatAll([`${self.type.name}(`, factory, ", ", entries as Str, ")"]) as Value;
    },
    __or__: (self: PyDefaultDict, other: Value) =>
      other instanceof PyDict ? join(self, other, self.factory) : NotImplemented,
    __ror__: (self: PyDefaultDict, other: Value) =>
      other instanceof PyDict ? join(other, self, self.factory) : NotImplemented,
    copy: (self: PyDefaultDict) => callClass(self, self.factory, self),
    __copy__: (self: PyDefaultDict) => callClass(self, self.factory, self),
    __reduce__: (self: PyDefaultDict) => {
      const args = new PyTuple(self.factory === None ? [] : [self.factory]);
      return new PyTuple([self.type, args, None, None, new ItemIterator(self)]);
    },
  });
  computed(type, {
    default_factory: [
      (self: PyDefaultDict) => self.factory,
      (self: PyDefaultDict, value) => {
        self.factory = value ?? None;
      },
    ],
  });
  return type;
}

function missing(self: PyDefaultDict, key: Value): Value {
  if (self.factory === None) throwException(exceptionType("KeyError"), key);
  const value = call0(self.factory);
  self.set(key, value);
  return value;
}
