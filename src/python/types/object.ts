/** The methods of `object`. */
import { fault } from "../fault.ts";
import { computed, maker, methods } from "../objects/define.ts";
import { classMethods } from "../objects/define.ts";
import { attributeNames } from "../objects/dict.ts";
import { None, NotImplemented, PyObject, type Value } from "../objects/object.ts";
import { PyList } from "../objects/list.ts";
import { objectType } from "../objects/root.ts";
import { signed } from "../objects/signature.ts";
import { runtime } from "../objects/state.ts";
import { lookup, PyType } from "../objects/type.ts";
import {
  genericAttribute,
  genericDelete,
  genericSet,
  missingAttribute,
} from "../operations/attributes.ts";
import { callSpecial } from "../operations/call.ts";
import { truth } from "../operations/truth.ts";
import { typeName, typeOf } from "../operations/typeof.ts";

maker(
  objectType,
  signed("cls, /, *args, **kwargs", (cls: PyType, args: Value[], kwargs: Map<string, Value>) => {
    const init = lookup(cls, "__init__");
    const make = lookup(cls, "__new__");
    if (args.length > 0 || kwargs.size > 0) {
      if (make !== objectType.dict.get("__new__")) {
        fault("TypeError", "object.__new__() takes exactly one argument (the type to instantiate)");
      }
      if (init === objectType.dict.get("__init__")) {
        fault("TypeError", `${cls.name}() takes no arguments`);
      }
    }
    const missing = (cls as { abstractMethods?: readonly string[] }).abstractMethods;
    if (missing !== undefined && missing.length > 0) {
      const plural = missing.length === 1 ? "" : "s";
      fault(
        "TypeError",
        `Can't instantiate abstract class ${cls.name} with abstract method${plural} ${missing.join(", ")}`,
      );
    }
    return new (cls.js as unknown as new () => PyObject)();
  }),
);

methods(objectType, {
  __init__: signed("*args, **kwargs", (self: Value, args: Value[], kwargs: Map<string, Value>) => {
    if (args.length > 0 || kwargs.size > 0) {
      const own = typeOf(self);
      if (lookup(own, "__init__") !== objectType.dict.get("__init__")) {
        fault(
          "TypeError",
          "object.__init__() takes exactly one argument (the instance to initialize)",
        );
      }
      if (lookup(own, "__new__") === objectType.dict.get("__new__")) {
        fault("TypeError", `${own.name}() takes no arguments`);
      }
    }
    return None;
  }),
  __repr__: (self: Value) => {
    const own = typeOf(self);
    const module = own.module === "builtins" ? "" : `${own.module}.`;
    return `<${module}${own.qualname} object at ${addressOf(self)}>`;
  },
  __str__: (self: Value) => callSpecial(self, "__repr__")!,
  __eq__: (self: Value, other: Value) => (self === other ? true : NotImplemented),
  __ne__: (self: Value, other: Value) => {
    const result = callSpecial(self, "__eq__", other)!;
    return result === NotImplemented ? result : !truth(result);
  },
  __lt__: (_self: Value, _other: Value) => NotImplemented,
  __le__: (_self: Value, _other: Value) => NotImplemented,
  __gt__: (_self: Value, _other: Value) => NotImplemented,
  __ge__: (_self: Value, _other: Value) => NotImplemented,
  __hash__: (self: Value) => runtime().id(self),
  __getattribute__: (self: Value, name: Value) =>
    genericAttribute(self, typeOf(self), String(name)) ?? missingAttribute(self, String(name)),
  __setattr__: (self: Value, name: Value, value: Value) => {
    genericSet(self, String(name), value);
    return None;
  },
  __delattr__: (self: Value, name: Value) => {
    genericDelete(self, String(name));
    return None;
  },
  __format__: (self: Value, spec: Value) => {
    if (spec !== "") {
      fault("TypeError", `unsupported format string passed to ${typeName(self)}.__format__`);
    }
    return callSpecial(self, "__str__")!;
  },
  __dir__: (self: Value) => new PyList(namesOf(self)),
  __sizeof__: (_self: Value) => 16,
});

classMethods(objectType, {
  __init_subclass__: signed("cls", (_cls: Value) => None),
  __subclasshook__: signed("cls, subclass", (_cls: Value, _other: Value) => NotImplemented),
});

computed(objectType, {
  __class__: [
    (self: Value) => typeOf(self),
    (self: PyObject, value) => {
      if (!(value instanceof PyType)) fault("TypeError", "__class__ must be set to a class");
      if (!value.open || !self.type.open) {
        fault(
          "TypeError",
          "__class__ assignment only supported for mutable types or ModuleType subclasses",
        );
      }
      Object.setPrototypeOf(self, value.proto);
    },
  ],
  __doc__: (self: Value) => typeOf(self).dict.get("__doc__") ?? None,
});

/** What stands in a default repr: a number that is the object's own during the run. */
export function addressOf(self: Value): string {
  return `0x${(0x7f0000000000 + Number(runtime().id(self)) * 16).toString(16)}`;
}

/** All names of an object and its classes, unsorted. */
export function namesOf(self: Value): string[] {
  const names = new Set(typeof self === "object" ? attributeNames(self) : []);
  for (const one of typeOf(self).mro) for (const name of one.dict.keys()) names.add(name);
  return [...names];
}
