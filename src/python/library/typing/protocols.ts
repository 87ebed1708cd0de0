/** `Generic` and `Protocol`. */
import { fault } from "../../fault.ts";
import { classMethods, methods } from "../../objects/define.ts";
import type { PyModule } from "../../objects/module.ts";
import {
  type Keywords,
  None,
  NotImplemented,
  type PyObject,
  type Value,
} from "../../objects/object.ts";
import { objectType } from "../../objects/root.ts";
import { signed } from "../../objects/signature.ts";
import { runtime } from "../../objects/state.ts";
import { PyTuple } from "../../objects/tuple.ts";
import { isSubtype, lookup, lookupAfter, PyType, setTypeAttribute } from "../../objects/type.ts";
import { PyTypeVar } from "../../objects/type-variables.ts";
import { bindDescriptor, findAttribute } from "../../operations/attributes.ts";
import { call } from "../../operations/call.ts";
import { parametersOf } from "../../operations/generics.ts";
import { mappingEntries } from "../../operations/displays.ts";
import { repr } from "../../operations/repr.ts";
import { isCallable } from "../../operations/typeof.ts";
import { runClass } from "../native.ts";
import { genericArgument, itemsOf, PyTypingAlias } from "./alias.ts";

/** Names that every class has, which are no part of a protocol. */
const NOT_MEMBERS = new Set(
  "__parameters__ __orig_bases__ __orig_class__ _is_protocol _is_runtime_protocol __abstractmethods__ __annotations__ __dict__ __doc__ __init__ __module__ __new__ __slots__ __subclasshook__ __weakref__ __class_getitem__ __match_args__ __type_params__".split(
    " ",
  ),
);

/** `Box[int]`, and `Generic[T]`. */
function classItem(type: PyType, key: Value, roots: readonly PyType[]): Value {
  const given = itemsOf(key);
  if (roots.includes(type)) {
    if (given.length === 0)
      fault("TypeError", `Parameter list to ${type.name}[...] cannot be empty`);
    const kinds = "type variables or parameter specification variables";
    const unpacked = given.map((one) =>
      one instanceof PyTypingAlias && one.kind === "unpack" ? one.args[0]! : one,
    );
    if (!unpacked.every((one) => one instanceof PyTypeVar)) {
      fault("TypeError", `Parameters to ${type.name}[...] must all be ${kinds}.`);
    }
    if (new Set(unpacked).size !== unpacked.length)
      fault("TypeError", `Parameters to ${type.name}[...] must all be unique`);
    return new PyTypingAlias("class", type, given);
  }
  const own = findAttribute(type, "__parameters__");
  const parameters = own instanceof PyTuple ? own.items : [];
  if (parameters.length === 0) fault("TypeError", `${String(repr(type))} is not a generic class`);
  const variadic = parameters.some((one) => (one as PyObject).type.name === "TypeVarTuple");
  const single = parameters.length === 1 && (parameters[0] as PyObject).type.name === "ParamSpec";
  if (!variadic && !single && given.length !== parameters.length) {
    const words = given.length > parameters.length ? "many" : "few";
    fault(
      "TypeError",
      `Too ${words} arguments for ${String(repr(type))}; actual ${given.length}, expected ${parameters.length}`,
    );
  }
  return new PyTypingAlias("class", type, given.map(genericArgument));
}

/** The type variables of a class, found in its bases as they were written. */
function noteParameters(type: PyType, roots: readonly PyType[]): void {
  const written = type.dict.get("__orig_bases__");
  if (written === undefined) {
    if (type.bases.some((base) => roots.includes(base)) && type.name !== "Protocol") {
      const plain = roots[0]!;
      if (type.bases.includes(plain)) fault("TypeError", "Cannot inherit from plain Generic");
    }
    setTypeAttribute(type, "__parameters__", new PyTuple([]));
    return;
  }
  const bases = (written as PyTuple).items;
  let found = parametersOf(bases);
  const listed = bases.filter(
    (one): one is PyTypingAlias =>
      one instanceof PyTypingAlias && roots.includes(one.origin as PyType),
  );
  if (listed.length > 1) fault("TypeError", "Cannot inherit from Generic[...] multiple types.");
  if (listed[0] !== undefined) {
    const own = parametersOf(listed[0].args);
    const missing = found.filter((one) => !own.includes(one));
    if (missing.length > 0) {
      const text = (list: readonly Value[]): string =>
        list.map((one) => String(repr(one))).join(", ");
      const name = (listed[0].origin as PyType).name;
      fault(
        "TypeError",
        `Some type variables (${text(missing)}) are not listed in ${name}[${text(own)}]`,
      );
    }
    found = own;
  }
  setTypeAttribute(type, "__parameters__", new PyTuple(found));
}

type ProtocolType = PyType & { protocol?: boolean; checkable?: boolean };

export function defineGeneric(module: PyModule): { generic: PyType; protocol: PyType } {
  const roots: PyType[] = [];
  const generic = runClass(module, "Generic", [], {
    attributes: { __slots__: new PyTuple([]), _is_protocol: false },
  });
  roots.push(generic);
  classMethods(generic, {
    __class_getitem__: signed("cls, params, /", (cls: PyType, key: Value) =>
      classItem(cls, key, roots),
    ),
    __init_subclass__: signed(
      "cls, /, *args, **kwargs",
      (cls: PyType, _args: Value[], kwargs: Keywords) => {
        next(cls, generic, kwargs);
        noteParameters(cls, roots);
        return None;
      },
    ),
  });
  const abc = runtime().load("abc").get("ABCMeta") as PyType;
  const meta = runClass(module, "_ProtocolMeta", [abc]);
  const protocol = runClass(module, "Protocol", [generic], {
    meta,
    attributes: { __slots__: new PyTuple([]), _is_protocol: true, _is_runtime_protocol: false },
  });
  roots.push(protocol);
  defineProtocol(meta, protocol, abc);
  return { generic, protocol };
}

/** `super().__init_subclass__(**kwargs)`. */
function next(cls: PyType, after: PyType, kwargs: Keywords): void {
  const hook = lookupAfter(cls, after, "__init_subclass__");
  if (hook === undefined || hook === objectType.dict.get("__init_subclass__")) {
    if (kwargs.size > 0)
      fault("TypeError", `${cls.name}.__init_subclass__() takes no keyword arguments`);
    return;
  }
  call(bindDescriptor(hook, undefined, cls), [], kwargs);
}

function defineProtocol(meta: PyType, protocol: PyType, abc: PyType): void {
  const isProtocol = (type: PyType): boolean => (type as ProtocolType).protocol === true;
  (protocol as ProtocolType).protocol = true;
  classMethods(protocol, {
    __init_subclass__: signed(
      "cls, /, *args, **kwargs",
      (cls: ProtocolType, _args: Value[], kwargs: Keywords) => {
        const inherited = lookupAfter(cls, protocol, "__init_subclass__")!;
        call(bindDescriptor(inherited, undefined, cls), [], kwargs);
        cls.protocol = cls.bases.includes(protocol);
        setTypeAttribute(cls, "_is_protocol", cls.protocol);
        if (!cls.protocol) return None;
        for (const base of cls.bases) {
          const fine =
            base === objectType ||
            base === protocol ||
            isProtocol(base) ||
            base.name === "Generic" ||
            base.module === "collections.abc" ||
            base.dict.get("__module__") === "collections.abc" ||
            base.dict.get("__module__") === "contextlib";
          if (!fine)
            fault(
              "TypeError",
              `Protocols can only inherit from other protocols, got ${String(repr(base))}`,
            );
        }
        return None;
      },
    ),
    __subclasshook__: signed("cls, other, /", (cls: ProtocolType, other: Value) => {
      if (cls.protocol !== true) return NotImplemented;
      if (!isCheckable(cls)) {
        fault(
          "TypeError",
          "Instance and class checks can only be used with @runtime_checkable protocols",
        );
      }
      if (!(other instanceof PyType)) fault("TypeError", "issubclass() arg 1 must be a class");
      const names = membersOf(cls, protocol);
      if (names.some((name) => !isMethod(cls, name))) {
        fault("TypeError", "Protocols with non-method members don't support issubclass()");
      }
      return names.every((name) => has(other, name)) ? true : NotImplemented;
    }),
  });
  methods(protocol, {
    __init__: signed("*args, **kwargs", (self: PyObject, args: Value[], kwargs: Keywords) => {
      if (isProtocol(self.type)) fault("TypeError", "Protocols cannot be instantiated");
      const init = lookupAfter(self.type, protocol, "__init__")!;
      return call(bindDescriptor(init, self, self.type), args, kwargs);
    }),
  });
  methods(meta, {
    __instancecheck__: (self: ProtocolType, value: Value) => {
      if (isProtocol(self) && !isCheckable(self) && self !== protocol) {
        fault(
          "TypeError",
          "Instance and class checks can only be used with @runtime_checkable protocols",
        );
      }
      const plain = abc.dict.get("__instancecheck__")!;
      const names = isProtocol(self) ? membersOf(self, protocol) : [];
      const methodsOnly = names.every((name) => isMethod(self, name));
      if ((!isProtocol(self) || methodsOnly) && call(plain, [self, value]) === true) return true;
      if (!isProtocol(self) || self === protocol) return call(plain, [self, value]);
      return names.every((name) => {
        const found = findAttribute(value, name);
        return found !== undefined && (found !== None || !isMethod(self, name));
      });
    },
  });
}

const isCheckable = (type: ProtocolType): boolean =>
  findAttribute(type, "_is_runtime_protocol") === true;

function isMethod(type: PyType, name: string): boolean {
  const own = findAttribute(type, name);
  return own !== undefined && isCallable(own);
}

/** What a class has to have for a protocol. */
function membersOf(type: PyType, protocol: PyType): string[] {
  const names = new Set<string>();
  for (const base of type.mro) {
    if (
      base === objectType ||
      base === protocol ||
      base.name === "Generic" ||
      !isSubtype(base, protocol)
    )
      continue;
    const annotations = base.dict.get("__annotations__");
    const declared =
      annotations === undefined ? [] : [...mappingEntries(annotations)].map(([key]) => String(key));
    for (const name of [...base.dict.keys(), ...declared]) {
      if (!name.startsWith("_abc_") && !NOT_MEMBERS.has(name)) names.add(name);
    }
  }
  return [...names];
}

/** Whether a class or one of its bases defines a name. */
function has(type: PyType, name: string): boolean {
  for (const base of type.mro) {
    const own = base.dict.get(name);
    if (own !== undefined) return own !== None;
    const annotations = base.dict.get("__annotations__");
    if (annotations !== undefined && [...mappingEntries(annotations)].some(([key]) => key === name))
      return true;
  }
  return lookup(type, name) !== undefined;
}
