import type { Value } from "../objects/object.ts";
import { boolType, intType, strType } from "../objects/scalars.ts";
import { receiver } from "../objects/receiver.ts";
import { PyType } from "../objects/type.ts";
import { fault } from "../fault.ts";

/** The class of a value. */
export function typeOf(value: Value): PyType {
  if (typeof value === "object") return value.type;
  if (typeof value === "string") return strType;
  return typeof value === "boolean" ? boolType : intType;
}

/** The name of a value's class, for messages: where a module of ours made it, with the module's. */
export function typeName(value: Value): string {
  return shownName(typeOf(value));
}

/** A class as CPython's C code names it: those of its modules with their module. */
export function shownName(type: PyType): string {
  return type.open || type.module === "builtins" ? type.name : `${type.module}.${type.name}`;
}

/** Whether a value can be called. */
export function isCallable(value: Value): boolean {
  return typeof value === "object" && value.type.proto["c___call__"] !== undefined;
}

/** Whether a value is an instance of a class or of one below it, by its real class. */
export function isInstance(value: Value, type: PyType): boolean {
  const own = typeOf(value);
  return own === type || own.mro.includes(type);
}

receiver.fits = isInstance;
receiver.nameOf = typeName;
receiver.checkMaker = (owner, given) => {
  if (given === undefined) fault("TypeError", `${owner.name}.__new__(): not enough arguments`);
  if (!(given instanceof PyType)) {
    fault("TypeError", `${owner.name}.__new__(X): X is not a type object (${typeName(given)})`);
  }
  if (!given.mro.includes(owner)) {
    fault(
      "TypeError",
      `${owner.name}.__new__(${given.name}): ${given.name} is not a subtype of ${owner.name}`,
    );
  }
  const solid = given.mro.find((one) => !one.open)!;
  if (!owner.open && solid !== owner && solid.dict.has("__new__")) {
    fault(
      "TypeError",
      `${owner.name}.__new__(${given.name}) is not safe, use ${solid.name}.__new__()`,
    );
  }
};
