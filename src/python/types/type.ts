/** The methods of `type`: what classes can do. */
import { fault } from "../fault.ts";
import { classMethods, computed, maker, methods } from "../objects/define.ts";
import { PyDict } from "../objects/dict.ts";
import { PyStaticMethod } from "../objects/function.ts";
import { type Keywords, None, type Value } from "../objects/object.ts";
import { PyList } from "../objects/list.ts";
import { PyMappingProxy, TypeDict } from "../objects/mapping-proxy.ts";
import { typeType } from "../objects/root.ts";
import { signed } from "../objects/signature.ts";
import { PyGetSet } from "../objects/function.ts";
import { runtime } from "../objects/state.ts";
import { PyTuple } from "../objects/tuple.ts";
import { linearize, lookup, PyType, setTypeAttribute } from "../objects/type.ts";
import {
  bindDescriptor,
  genericAttribute,
  genericDelete,
  genericSet,
  missingAttribute,
} from "../operations/attributes.ts";
import { call, instantiate } from "../operations/call.ts";
import { layoutBase, makeType, mostDerived, setBases } from "../operations/classes.ts";
import { attributeName } from "./object.ts";
import { isRealInstance, isRealSubclass } from "../operations/instances.ts";
import { toArray } from "../operations/iterate.ts";
import { truth } from "../operations/truth.ts";
import { docOf } from "./docs.ts";
import { typeName } from "../operations/typeof.ts";
import { unite } from "../operations/generics.ts";
import { fromJs, toJs } from "../text/wide.ts";
import { textOf } from "../operations/repr.ts";

maker(
  typeType,
  signed("cls, /, *args, **kwargs", (meta: PyType, args: Value[], kwargs: Keywords) => {
    const [name, bases, dict] = args;
    if (args.length !== 3)
      fault("TypeError", "type.__new__() takes exactly 3 arguments (" + args.length + " given)");
    const called = textOf(name!);
    if (called === undefined) {
      fault("TypeError", `type.__new__() argument 1 must be str, not ${typeName(name!)}`);
    }
    if (!(bases instanceof PyTuple)) {
      fault("TypeError", `type.__new__() argument 2 must be tuple, not ${typeName(bases!)}`);
    }
    if (!(dict instanceof PyDict)) {
      fault("TypeError", `type.__new__() argument 3 must be dict, not ${typeName(dict!)}`);
    }
    const winner = mostDerived(meta, bases.items);
    if (winner !== meta) {
      const make = lookup(winner, "__new__");
      if (make !== typeType.dict.get("__new__") && make !== undefined) {
        return call(make instanceof PyStaticMethod ? make.func : make, [winner, ...args], kwargs);
      }
    }
    return makeType(winner, toJs(called), bases.items, dict, kwargs);
  }),
);

methods(typeType, {
  __init__: signed("*args, **kwargs", (_self: PyType, args: Value[], kwargs: Keywords) => {
    if (args.length !== 1 && args.length !== 3) {
      fault("TypeError", "type.__init__() takes 1 or 3 arguments");
    }
    if (args.length === 1 && kwargs.size > 0) {
      fault("TypeError", "type.__init__() takes no keyword arguments");
    }
    return None;
  }),
  __call__: signed("*args, **kwargs", (self: PyType, args: Value[], kwargs: Keywords) =>
    instantiate(self, args, kwargs),
  ),
  __repr__: (self: PyType) => {
    const module = self.dict.get("__module__") ?? self.module;
    const prefix = typeof module === "string" && module !== "builtins" ? `${module}.` : "";
    return fromJs(`<class '${prefix}${self.qualname}'>`);
  },
  __getattribute__: (self: PyType, name: Value) =>
    genericAttribute(self, self.type, attributeName(name)) ??
    missingAttribute(self, attributeName(name)),
  __setattr__: (self: PyType, name: Value, value: Value) => {
    genericSet(self, attributeName(name), value);
    return None;
  },
  __delattr__: (self: PyType, name: Value) => {
    genericDelete(self, attributeName(name));
    return None;
  },
  mro: (self: PyType) => new PyList(linearize(self, self.bases)),
  __subclasses__: (self: PyType) => {
    const { seal, subclasses } = runtime();
    const below = [...(subclasses.get(self) ?? [])];
    if (seal === undefined) return new PyList(below);
    return new PyList(
      below.filter((one) => !seal.concealsClass(String((one as PyType).dict.get("__module__")))),
    );
  },
  __instancecheck__: (self: PyType, value: Value) => isRealInstance(value, self),
  __subclasscheck__: (self: PyType, other: Value) => isRealSubclass(other, self),
  __or__: (self: PyType, other: Value) => unite(self, other),
  __ror__: (self: PyType, other: Value) => unite(other, self),
  __dir__: (self: PyType) => {
    const names = new Set<string>();
    for (const one of self.mro) for (const name of one.dict.keys()) names.add(name);
    return new PyList([...names]);
  },
  __sizeof__: (_self: PyType) => 1064,
});

classMethods(typeType, {
  __prepare__: signed(
    "cls, /, *args, **kwargs",
    (_cls: Value, _args: Value[], _kwargs: Map<string, Value>) => new PyDict(),
  ),
});

function requireOpen(self: PyType, name: string): void {
  if (!self.open) {
    fault("TypeError", `cannot set '${name}' attribute of immutable type '${self.name}'`);
  }
}

const text = (
  field: "name" | "qualname",
): [get: (self: PyType) => Value, set: (self: PyType, value: Value | undefined) => void] => [
  (self) => fromJs(self[field]),
  (self, value) => {
    requireOpen(self, `__${field}__`);
    if (value === undefined)
      fault("TypeError", `cannot delete '__${field}__' attribute of type '${self.name}'`);
    const given = textOf(value);
    if (given === undefined) {
      fault(
        "TypeError",
        `can only assign string to ${self.name}.__${field}__, not '${typeName(value)}'`,
      );
    }
    self[field] = toJs(given);
  },
];

/** An attribute that is a class's own alone, kept in its dict. */
const own = (
  name: string,
  otherwise: (self: PyType) => Value | undefined,
): [
  get: (self: PyType) => Value | undefined,
  set: (self: PyType, value: Value | undefined) => void,
] => [
  (self) => {
    const value = self.dict.get(name);
    // What a built-in class computes for its instances is not of the class itself.
    return value === undefined || (!self.open && value instanceof PyGetSet)
      ? otherwise(self)
      : bindDescriptor(value, undefined, self);
  },
  (self, value) => {
    requireOpen(self, name);
    if (value === undefined && !self.dict.has(name)) missingAttribute(self, name);
    setTypeAttribute(self, name, value);
  },
];

computed(typeType, {
  __name__: text("name"),
  __qualname__: text("qualname"),
  __module__: own("__module__", (self) => self.module),
  __mro__: (self: PyType) => new PyTuple([...self.mro]),
  __bases__: [
    (self: PyType) => new PyTuple([...self.bases]),
    (self: PyType, value) => {
      requireOpen(self, "__bases__");
      if (value === undefined)
        fault("TypeError", `cannot delete '__bases__' attribute of type '${self.name}'`);
      if (!(value instanceof PyTuple)) {
        fault(
          "TypeError",
          `can only assign tuple to ${self.name}.__bases__, not ${typeName(value)}`,
        );
      }
      if (value.items.length === 0) {
        fault("TypeError", `can only assign non-empty tuple to ${self.name}.__bases__, not ()`);
      }
      setBases(self, value.items);
    },
  ],
  __base__: (self: PyType) => (self.bases.length === 0 ? None : layoutBase(self.bases)),
  __dict__: (self: PyType) => new PyMappingProxy(new TypeDict(self)),
  __doc__: own("__doc__", docOf),
  __annotations__: own("__annotations__", (self) => {
    if (!self.open) return undefined;
    const made = new PyDict();
    setTypeAttribute(self, "__annotations__", made);
    return made;
  }),
  __type_params__: own("__type_params__", () => new PyTuple([])),
  __abstractmethods__: [
    (self: PyType) => (self === typeType ? undefined : self.dict.get("__abstractmethods__")),
    (self: PyType, value) => {
      requireOpen(self, "__abstractmethods__");
      if (value === undefined && !self.dict.has("__abstractmethods__")) {
        missingAttribute(self, "__abstractmethods__");
      }
      setTypeAttribute(self, "__abstractmethods__", value);
      self.abstract = value !== undefined && truth(value) ? toArray(value).map(String) : undefined;
      self.c0 = self.c1 = self.c2 = self.c3 = self.c4 = undefined;
    },
  ],
  __text_signature__: (_self: PyType) => None,
  __flags__: (self: PyType) =>
    (self.final ? 0 : 1 << 10) |
    (self.open ? 1 << 9 : 1 << 8) |
    (self.abstract === undefined ? 0 : 1 << 20),
  __basicsize__: (_self: PyType) => 16,
  __itemsize__: (_self: PyType) => 0,
  __dictoffset__: (self: PyType) => (self.hasDict ? 16 : 0),
  __weakrefoffset__: (self: PyType) => (self.weak ? 24 : 0),
});
