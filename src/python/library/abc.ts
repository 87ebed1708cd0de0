/** `abc`: https://docs.python.org/3/library/abc.html */
import { fault } from "../fault.ts";
import {
  classMethodType,
  PyFunction,
  PyStaticMethod,
  staticMethodType,
  propertyType,
} from "../objects/function.ts";
import { maker, methods } from "../objects/define.ts";
import type { PyModule } from "../objects/module.ts";
import {
  bag,
  type Keywords,
  None,
  NotImplemented,
  PyObject,
  type Value,
} from "../objects/object.ts";
import { typeType } from "../objects/root.ts";
import { PyFrozenSet } from "../objects/set.ts";
import { signed } from "../objects/signature.ts";
import { runtime } from "../objects/state.ts";
import { isSubtype, lookup, lookupAfter, PyType, setTypeAttribute } from "../objects/type.ts";
import { PyDict } from "../objects/dict.ts";
import { PyTuple } from "../objects/tuple.ts";
import {
  findAttribute,
  getAttribute,
  setAttribute,
  tryAttribute,
} from "../operations/attributes.ts";
import { call } from "../operations/call.ts";
import { makeType } from "../operations/classes.ts";
import { isSubclassOf } from "../operations/instances.ts";
import { truth } from "../operations/truth.ts";
import { functions, runClass } from "./native.ts";

/** What an abstract base class remembers. */
interface Registry {
  registered: PyType[];
  /** Answers to `issubclass`, and when a negative one was given. */
  known: Map<PyType, true | number>;
}

type AbstractType = PyType & { registry?: Registry };

function isAbstract(value: Value): boolean {
  if (value instanceof PyFunction) return bag(value)["a___isabstractmethod__"] === true;
  if (!(value instanceof PyObject)) return false;
  const flag = tryAttribute(value, "__isabstractmethod__");
  return flag !== undefined && truth(flag);
}

/** Finds out which abstract methods a class still has. */
export function noteAbstract(type: PyType): void {
  const names = new Set<string>();
  for (const [name, value] of type.dict) if (isAbstract(value)) names.add(name);
  for (const base of type.bases) {
    for (const name of base.abstract ?? []) {
      const value = tryAttribute(type, name);
      if (value !== undefined && isAbstract(value)) names.add(name);
    }
  }
  const set = new PyFrozenSet();
  for (const name of names) set.add(name);
  setTypeAttribute(type, "__abstractmethods__", set);
  type.abstract = names.size === 0 ? undefined : [...names];
}

export function fillAbc(module: PyModule): void {
  /** Grows with every registration, and makes negative answers old. */
  let version = 0;
  const meta = runClass(module, "ABCMeta", [typeType]);
  const registryOf = (type: AbstractType): Registry =>
    (type.registry ??= { registered: [], known: new Map() });

  const isSubclass = (type: AbstractType, other: Value): boolean => {
    if (!(other instanceof PyType)) fault("TypeError", "issubclass() arg 1 must be a class");
    const registry = registryOf(type);
    const known = registry.known.get(other);
    if (known === true) return true;
    if (known === version) return false;
    const answer = decide(type, other, registry);
    registry.known.set(other, answer ? true : version);
    return answer;
  };
  const decide = (type: PyType, other: PyType, registry: Registry): boolean => {
    const hooked = call(getAttribute(type, "__subclasshook__"), [other]);
    if (hooked !== NotImplemented) return truth(hooked);
    if (isSubtype(other, type)) return true;
    if (registry.registered.some((one) => isSubclassOf(other, one))) return true;
    const below = runtime().subclasses.get(type) ?? [];
    return below.some((one) => isSubclassOf(other, one));
  };

  maker(
    meta,
    signed(
      "cls, name, bases, namespace, /, **kwargs",
      (cls: PyType, name: Value, bases: Value, namespace: Value, kwargs: Keywords) => {
        const next = lookupAfter(cls, meta, "__new__");
        const made =
          next === typeType.dict.get("__new__") &&
          typeof name === "string" &&
          bases instanceof PyTuple &&
          namespace instanceof PyDict
            ? makeType(cls, name, bases.items, namespace, kwargs)
            : call(
                next instanceof PyStaticMethod ? next.func : next!,
                [cls, name, bases, namespace],
                kwargs,
              );
        if (made instanceof PyType) noteAbstract(made);
        return made;
      },
    ),
  );
  methods(meta, {
    register: (self: AbstractType, other: Value) => {
      if (!(other instanceof PyType)) fault("TypeError", "Can only register classes");
      if (isSubclassOf(other, self)) return other;
      if (isSubclassOf(self, other))
        fault("RuntimeError", "Refusing to create an inheritance cycle");
      registryOf(self).registered.push(other);
      version++;
      return other;
    },
    __instancecheck__: (self: AbstractType, value: Value) => {
      const own = findAttribute(value, "__class__");
      if (own instanceof PyType && truth(call(getAttribute(self, "__subclasscheck__"), [own])))
        return true;
      const real = value instanceof PyObject ? value.type : own;
      return (
        real !== own &&
        real instanceof PyType &&
        truth(call(getAttribute(self, "__subclasscheck__"), [real]))
      );
    },
    __subclasscheck__: (self: AbstractType, other: Value) => isSubclass(self, other),
    _abc_registry_clear: (self: AbstractType) => {
      registryOf(self).registered = [];
      return None;
    },
    _abc_caches_clear: (self: AbstractType) => {
      registryOf(self).known.clear();
      return None;
    },
  });
  runClass(module, "ABC", [], { meta, attributes: { __slots__: new PyTuple([]) } });
  noteAbstract(module.get("ABC") as PyType);

  const markAbstract = (func: Value): Value => {
    setAttribute(func, "__isabstractmethod__", true);
    return func;
  };
  functions(module, {
    abstractmethod: (func: Value) => markAbstract(func),
    get_cache_token: signed("", () => version),
    update_abstractmethods: (type: Value) => {
      if (type instanceof PyType && type.dict.has("__abstractmethods__")) noteAbstract(type);
      return type;
    },
  });
  for (const [name, base] of [
    ["abstractclassmethod", classMethodType],
    ["abstractstaticmethod", staticMethodType],
    ["abstractproperty", propertyType],
  ] as const) {
    const type = runClass(module, name, [base], { attributes: { __isabstractmethod__: true } });
    if (base === propertyType) continue;
    methods(type, {
      __init__: signed("callable, /", (self: Value, func: Value) => {
        const init = lookup(base, "__init__")!;
        return call(init, [self, markAbstract(func)]);
      }),
    });
  }
}
