/** Classes of classes' own making, and the questions about classes. */
import { PyBuiltin } from "../objects/function.ts";
import { classMethodType, propertyType, staticMethodType } from "../objects/function.ts";
import type { PyModule } from "../objects/module.ts";
import { Ellipsis, NotImplemented, type Value } from "../objects/object.ts";
import { objectType, typeType } from "../objects/root.ts";
import { superType } from "../operations/frames.ts";
import { isInstanceOf, isSubclassOf } from "../operations/instances.ts";

/** Puts them into the module of built-in names. */
export function fillClasses(module: PyModule): void {
  for (const type of [
    objectType,
    typeType,
    superType,
    propertyType,
    classMethodType,
    staticMethodType,
  ]) {
    module.set(type.name, type);
  }
  module.set("NotImplemented", NotImplemented);
  module.set("Ellipsis", Ellipsis);
  module.set(
    "isinstance",
    new PyBuiltin("isinstance", (value: Value, type: Value) => isInstanceOf(value, type), module),
  );
  module.set(
    "issubclass",
    new PyBuiltin("issubclass", (type: Value, base: Value) => isSubclassOf(type, base), module),
  );
}
