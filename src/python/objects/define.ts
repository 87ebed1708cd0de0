/** How built-in classes get their methods and attributes. */
import {
  PyClassMethod,
  PyBuiltin,
  PyGetSet,
  PyMethodDescriptor,
  PyStaticMethod,
} from "./function.ts";
import type { Value } from "./object.ts";
import type { Native, Signed } from "./signature.ts";
import { type PyType, setTypeAttribute } from "./type.ts";

/** Methods by name. The first argument is the receiver, whose class has been checked. */
export function methods(type: PyType, table: Readonly<Record<string, Native | Signed>>): void {
  for (const name in table) {
    setTypeAttribute(type, name, new PyMethodDescriptor(name, type, table[name]!));
  }
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
  for (const name in table) {
    const entry = table[name]!;
    const getSet =
      typeof entry === "function"
        ? new PyGetSet(name, type, entry)
        : new PyGetSet(name, type, entry[0], entry[1]);
    setTypeAttribute(type, name, getSet);
  }
}

/** `__new__`: its first argument is the class to make an instance of. */
export function maker(type: PyType, what: Native | Signed): void {
  const builtin = new PyBuiltin("__new__", what, type);
  setTypeAttribute(type, "__new__", new PyStaticMethod(builtin));
}

/** Class methods by name; the first argument is the class. */
export function classMethods(type: PyType, table: Readonly<Record<string, Native | Signed>>): void {
  for (const name in table) {
    setTypeAttribute(type, name, new PyClassMethod(new PyBuiltin(name, table[name]!, type)));
  }
}

/** Static methods by name. */
export function staticMethods(
  type: PyType,
  table: Readonly<Record<string, Native | Signed>>,
): void {
  for (const name in table) {
    setTypeAttribute(type, name, new PyStaticMethod(new PyBuiltin(name, table[name]!)));
  }
}

/** Plain attributes of a class. */
export function constants(type: PyType, table: Readonly<Record<string, Value>>): void {
  for (const name in table) setTypeAttribute(type, name, table[name]!);
}
