/** The methods of `object`. */
import { fault } from "../fault.ts";
import { classMethods, computed, maker, methods } from "../objects/define.ts";
import { attributeNames } from "../objects/dict.ts";
import { type Keywords, None, NotImplemented, PyObject, type Value } from "../objects/object.ts";
import { PyList } from "../objects/list.ts";
import { PyModule } from "../objects/module.ts";
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
import { call, callSpecial } from "../operations/call.ts";
import { differsInLayout } from "../operations/classes.ts";
import { getAttribute } from "../operations/attributes.ts";
import { reduce, stateOf } from "../operations/reduce.ts";
import { repr, str, textOf } from "../operations/repr.ts";
import { truth } from "../operations/truth.ts";
import { docOf } from "./docs.ts";
import { requireIndex } from "../operations/subscript.ts";
import { typeName, typeOf } from "../operations/typeof.ts";
import { fromJs } from "../text/wide.ts";

maker(
  objectType,
  signed("cls, /, *args, **kwargs", (cls: PyType, args: Value[], kwargs: Keywords) => {
    // The other built-in classes that can be called have a `__new__` of their own.
    if (!cls.open && cls !== objectType)
      fault("TypeError", `cannot create '${cls.name}' instances`);
    if (args.length > 0 || kwargs.size > 0) refuseArguments(cls);
    const abstract = cls.abstract;
    if (abstract !== undefined && abstract.length > 0) {
      const plural = abstract.length === 1 ? "" : "s";
      fault(
        "TypeError",
        `Can't instantiate abstract class ${cls.name} with abstract method${plural} ${abstract.toSorted().join(", ")}`,
      );
    }
    return new (cls.js as unknown as new () => PyObject)();
  }),
);

/** Arguments for `object` itself are an error, unless they are for an `__init__` of the class's own. */
function refuseArguments(cls: PyType): void {
  if (lookup(cls, "__new__") !== objectType.dict.get("__new__")) {
    fault("TypeError", "object.__new__() takes exactly one argument (the type to instantiate)");
  }
  if (lookup(cls, "__init__") === objectType.dict.get("__init__")) {
    fault("TypeError", `${cls.name}() takes no arguments`);
  }
}

/** The name of an attribute, as these methods get it. */
export function attributeName(name: Value): string {
  const text = textOf(name);
  if (text === undefined)
    fault("TypeError", `attribute name must be string, not '${typeName(name)}'`);
  return String(text);
}

methods(objectType, {
  __init__: signed("*args, **kwargs", (self: Value, args: Value[], kwargs: Keywords) => {
    if (args.length > 0 || kwargs.size > 0) {
      const own = typeOf(self);
      if (lookup(own, "__init__") !== objectType.dict.get("__init__")) {
        fault(
          "TypeError",
          "object.__init__() takes exactly one argument (the instance to initialize)",
        );
      }
      if (lookup(own, "__new__") === objectType.dict.get("__new__")) {
        fault(
          "TypeError",
          `${own.name}.__init__() takes exactly one argument (the instance to initialize)`,
        );
      }
    }
    return None;
  }),
  __repr__: (self: Value) => {
    const own = typeOf(self);
    const module = own.dict.get("__module__") ?? own.module;
    const prefix = typeof module === "string" && module !== "builtins" ? `${module}.` : "";
    return `<${prefix}${own.qualname} object at ${addressOf(self)}>`;
  },
  __str__: (self: Value) => repr(self) as Value,
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
    genericAttribute(self, typeOf(self), attributeName(name)) ??
    missingAttribute(self, attributeName(name)),
  __setattr__: (self: Value, name: Value, value: Value) => {
    if (self instanceof PyType)
      fault("TypeError", `can't apply this __setattr__ to ${self.type.name} object`);
    genericSet(self, attributeName(name), value);
    return None;
  },
  __delattr__: (self: Value, name: Value) => {
    if (self instanceof PyType)
      fault("TypeError", `can't apply this __delattr__ to ${self.type.name} object`);
    genericDelete(self, attributeName(name));
    return None;
  },
  __format__: (self: Value, spec: Value) => {
    if (spec !== "") {
      fault("TypeError", `unsupported format string passed to ${typeName(self)}.__format__`);
    }
    return str(self) as Value;
  },
  __dir__: (self: Value) => new PyList(namesOf(self)),
  __sizeof__: (_self: Value) => 16,
  __reduce__: (self: Value) => reduce(self, 0),
  __reduce_ex__: (self: Value, protocol: Value) => {
    const own = lookup(typeOf(self), "__reduce__");
    if (own !== objectType.dict.get("__reduce__"))
      return call(getAttribute(self, "__reduce__"), []);
    return reduce(self, Number(requireIndex(protocol)));
  },
  __getstate__: (self: Value) => stateOf(self),
});

classMethods(objectType, {
  __init_subclass__: signed("cls", (_cls: Value) => None),
  __subclasshook__: signed("cls, subclass, /", (_cls: Value, _other: Value) => NotImplemented),
});

computed(objectType, {
  __class__: [
    (self: Value) => typeOf(self),
    (self: PyObject, value) => {
      if (value === undefined) fault("TypeError", "can't delete __class__ attribute");
      if (!(value instanceof PyType)) {
        fault("TypeError", `__class__ must be set to a class, not '${typeName(value)}' object`);
      }
      const modules = self instanceof PyModule && value.proto instanceof PyModule;
      if (typeof self !== "object" || (!modules && (!value.open || !self.type.open))) {
        fault(
          "TypeError",
          "__class__ assignment only supported for mutable types or ModuleType subclasses",
        );
      }
      if (!modules && differsInLayout(self.type, value)) {
        fault(
          "TypeError",
          `__class__ assignment: '${value.name}' object layout differs from '${self.type.name}'`,
        );
      }
      Object.setPrototypeOf(self, value.proto);
    },
  ],
  __doc__: (self: Value) => docOf(typeOf(self)),
});

/** What stands in a default repr: a number that is the object's own during the run. */
export function addressOf(self: Value): string {
  return `0x${(0x7f0000000000 + Number(runtime().id(self)) * 16).toString(16)}`;
}

/** All names of an object and its classes, unsorted. */
function namesOf(self: Value): Value[] {
  const names = new Set(typeof self === "object" ? attributeNames(self) : []);
  for (const one of typeOf(self).mro) for (const name of one.dict.keys()) names.add(name);
  return Array.from(names, fromJs);
}
