import { PyGenericAlias } from "../objects/generic-alias.ts";
import type { Value } from "../objects/object.ts";
import { PyTuple } from "../objects/tuple.ts";

/** `__class_getitem__` of built-in classes: the class with type arguments. */
export function genericAlias(cls: Value, item: Value): Value {
  return new PyGenericAlias(cls, item instanceof PyTuple ? [...item.items] : [item]);
}
