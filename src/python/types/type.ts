/** The methods of `type`: what classes can do. */
import { fault } from "../fault.ts";
import { classMethods, computed, maker, methods } from "../objects/define.ts";
import { PyDict } from "../objects/dict.ts";
import { None, NotImplemented, type Value } from "../objects/object.ts";
import { PyList } from "../objects/list.ts";
import { typeType } from "../objects/root.ts";
import { signed } from "../objects/signature.ts";
import { runtime } from "../objects/state.ts";
import { PyTuple } from "../objects/tuple.ts";
import { isSubtype, linearize, PyType, setTypeAttribute } from "../objects/type.ts";
import { instantiate } from "../operations/call.ts";
import { makeType } from "../operations/classes.ts";
import { isInstance, typeName, typeOf } from "../operations/typeof.ts";

maker(
  typeType,
  signed(
    "cls, name, bases=(), dict=None, /, **kwargs",
    (meta: PyType, name: Value, bases?: Value, dict?: Value, kwargs?: Map<string, Value>) => {
      if (bases === undefined && meta === typeType) return typeOf(name);
      if (typeof name !== "string") {
        fault("TypeError", `type.__new__() argument 1 must be str, not ${typeName(name)}`);
      }
      if (!(bases instanceof PyTuple)) {
        fault(
          "TypeError",
          `type.__new__() argument 2 must be tuple, not ${typeName(bases ?? None)}`,
        );
      }
      return makeType(meta, name, bases.items, dict ?? new PyDict(), kwargs);
    },
  ),
);

methods(typeType, {
  __init__: signed(
    "*args, **kwargs",
    (_self: PyType, _args: Value[], _kwargs: Map<string, Value>) => None,
  ),
  __call__: signed("*args, **kwargs", (self: PyType, args: Value[], kwargs: Map<string, Value>) =>
    instantiate(self, args, kwargs),
  ),
  __repr__: (self: PyType) =>
    `<class '${self.module === "builtins" ? "" : `${self.module}.`}${self.qualname}'>`,
  mro: (self: PyType) => new PyList(linearize(self, self.bases)),
  __subclasses__: (self: PyType) => new PyList([...(runtime().subclasses.get(self) ?? [])]),
  __instancecheck__: (self: PyType, value: Value) => isInstance(value, self),
  __subclasscheck__: (self: PyType, other: Value) =>
    other instanceof PyType && isSubtype(other, self),
  __or__: (_self: PyType, _other: Value) => NotImplemented,
});

classMethods(typeType, {
  __prepare__: signed(
    "cls, /, *args, **kwargs",
    (_cls: Value, _args: Value[], _kwargs: Map<string, Value>) => new PyDict(),
  ),
});

const text = (
  field: "name" | "qualname" | "module",
): [get: (self: PyType) => Value, set: (self: PyType, value: Value | undefined) => void] => [
  (self) => self[field],
  (self, value) => {
    if (typeof value !== "string")
      fault("TypeError", `can only assign string to ${self.name}.__${field}__`);
    if (!self.open)
      fault("TypeError", `cannot set '__${field}__' attribute of immutable type '${self.name}'`);
    self[field] = value;
  },
];

computed(typeType, {
  __name__: text("name"),
  __qualname__: text("qualname"),
  __module__: [
    (self: PyType) => self.dict.get("__module__") ?? self.module,
    (self: PyType, value) => setTypeAttribute(self, "__module__", value),
  ],
  __mro__: (self: PyType) => new PyTuple([...self.mro]),
  __bases__: (self: PyType) => new PyTuple([...self.bases]),
  __base__: (self: PyType) => self.bases[0] ?? None,
  __dict__: (self: PyType) => {
    const dict = new PyDict();
    for (const [name, value] of self.dict) dict.set(name, value);
    return dict;
  },
  __doc__: (self: PyType) => self.dict.get("__doc__") ?? None,
});
