/** How built-in classes get their methods and attributes. */
import {
  PyBuiltin,
  PyClassMethodDescriptor,
  PyGetSet,
  PyMaker,
  PyMember,
  PyMethodDescriptor,
  PySlotWrapper,
  PyStaticMethod,
} from "./function.ts";
import type { Value } from "./object.ts";
import type { Native, Signed } from "./signature.ts";
import { later, type PyType, setTypeAttribute } from "./type.ts";

/** Methods by name. The first argument is the receiver, whose class has been checked. */
export function methods(type: PyType, table: Readonly<Record<string, Native | Signed>>): void {
  later(type, () => {
    for (const name in table) {
      const Made = isSlot(name) ? PySlotWrapper : PyMethodDescriptor;
      setTypeAttribute(type, name, new Made(name, type, table[name]!));
    }
    const { __eq__: equal, __ne__: unequal } = table;
    if (equal !== undefined && unequal === undefined) {
      setTypeAttribute(type, "__ne__", new PySlotWrapper("__ne__", type, opposite(equal)));
    }
  });
}

/** `!=` of a built-in class: its own, whatever a class derived from it makes of `==`. */
function opposite(equal: Native | Signed): Native {
  const same = (typeof equal === "function" ? equal : equal.native) as (
    self: Value,
    other: Value,
  ) => Value;
  return (self: Value, other: Value) => {
    const result = same(self, other);
    return typeof result === "boolean" ? !result : result;
  };
}

/** Methods with a name in underscores that are no slots of CPython's. */
const NO_SLOTS = new Set(
  "__format__ __dir__ __reduce__ __reduce_ex__ __sizeof__ __reversed__ __getnewargs__ __getstate__ __setstate__ __copy__ __deepcopy__ __length_hint__ __round__ __floor__ __ceil__ __trunc__ __complex__ __enter__ __exit__ __subclasses__ __instancecheck__ __subclasscheck__ __mro_entries__ __bytes__ __missing__".split(
    " ",
  ),
);

function isSlot(name: string): boolean {
  return name.startsWith("__") && name.endsWith("__") && !NO_SLOTS.has(name);
}

/** Fields by name: read-only, and called members. */
export function members(
  type: PyType,
  table: Readonly<Record<string, (self: never) => Value | undefined>>,
): void {
  later(type, () => {
    for (const name in table) setTypeAttribute(type, name, new PyMember(name, type, table[name]!));
  });
}

/** Computed attributes by name: a getter, or a getter and a setter, which gets `undefined` for `del`. */
export function computed(
  type: PyType,
  table: Readonly<
    Record<
      string,
      | ((self: never) => Value | undefined)
      | [
          get: (self: never) => Value | undefined,
          set: (self: never, value: Value | undefined) => void,
        ]
    >
  >,
): void {
  later(type, () => {
    for (const name in table) {
      const entry = table[name]!;
      const getSet =
        typeof entry === "function"
          ? new PyGetSet(name, type, entry)
          : new PyGetSet(name, type, entry[0], entry[1]);
      setTypeAttribute(type, name, getSet);
    }
  });
}

/** `__new__`: its first argument is the class to make an instance of. */
export function maker(type: PyType, what: Native | Signed): void {
  later(type, () => setTypeAttribute(type, "__new__", new PyStaticMethod(new PyMaker(what, type))));
}

/** Class methods by name; the first argument is the class. */
export function classMethods(type: PyType, table: Readonly<Record<string, Native | Signed>>): void {
  later(type, () => {
    for (const name in table) {
      const what = table[name]!;
      // The class is the receiver, which signatures leave out.
      const own =
        typeof what === "function"
          ? what
          : { ...what, signature: what.signature.replace(/^\w+(, \/)?(, )?/, "") };
      setTypeAttribute(type, name, new PyClassMethodDescriptor(name, type, own));
    }
  });
}

/** Static methods by name. */
export function staticMethods(
  type: PyType,
  table: Readonly<Record<string, Native | Signed>>,
): void {
  later(type, () => {
    for (const name in table) {
      setTypeAttribute(type, name, new PyStaticMethod(new PyBuiltin(name, table[name]!)));
    }
  });
}

/** Plain attributes of a class. */
export function constants(type: PyType, table: Readonly<Record<string, Value>>): void {
  later(type, () => {
    for (const name in table) setTypeAttribute(type, name, table[name]!);
  });
}
