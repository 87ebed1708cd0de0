/** `list[int]` and `int | str`. */
import { PyObject, type Value } from "./object.ts";
import { builtinType } from "./root.ts";
import type { PyType } from "./type.ts";

/** A class with arguments in brackets. */
export class PyGenericAlias extends PyObject {
  readonly origin: Value;
  readonly args: readonly Value[];
  /** As in `*tuple[int]`. */
  readonly starred: boolean;
  /** Type variables in its arguments, found when asked for. */
  parameters: readonly Value[] | undefined = undefined;

  constructor(origin: Value, args: readonly Value[], starred = false) {
    super();
    this.origin = origin;
    this.args = args;
    this.starred = starred;
  }
}

/** Classes joined by `|`, at least two. */
export class PyUnion extends PyObject {
  readonly args: readonly Value[];
  constructor(args: readonly Value[]) {
    super();
    this.args = args;
  }
}

export const genericAliasType: PyType = builtinType("GenericAlias", PyGenericAlias, {
  module: "types",
});
export const unionType: PyType = builtinType("UnionType", PyUnion, {
  module: "types",
  final: true,
});
