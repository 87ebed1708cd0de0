import { PyObject, type Value } from "./object.ts";
import { builtinType } from "./root.ts";
import type { PyType } from "./type.ts";

/** `list[int]`: a class with its type arguments. */
export class PyGenericAlias extends PyObject {
  readonly origin: Value;
  readonly args: Value[];
  constructor(origin: Value, args: Value[]) {
    super();
    this.origin = origin;
    this.args = args;
  }
}
export const genericAliasType: PyType = builtinType("GenericAlias", PyGenericAlias, {
  module: "types",
});
