/** What stands for types that are not known yet: type variables, and aliases with a name (PEP 695). */
import { PyObject, type Value } from "./object.ts";
import { builtinType } from "./root.ts";
import type { PyType } from "./type.ts";

/** A part that is worked out when it is first asked for. */
export type Later = Value | (() => Value) | undefined;

export class PyTypeVar extends PyObject {
  readonly name: string;
  bound: Later = undefined;
  constraints: readonly Value[] = [];
  covariant = false;
  contravariant = false;
  /** Made by the syntax of PEP 695: its variance is worked out by checkers. */
  inferred = false;
  module: Value | undefined = undefined;

  constructor(name: string) {
    super();
    this.name = name;
  }
}

export class PyParamSpec extends PyTypeVar {}
export class PyTypeVarTuple extends PyTypeVar {}

/** `type name = …`. */
export class PyTypeAlias extends PyObject {
  readonly name: string;
  value: Later;
  parameters: readonly Value[];
  module: Value | undefined = undefined;

  constructor(name: string, value: Later, parameters: readonly Value[] = []) {
    super();
    this.name = name;
    this.value = value;
    this.parameters = parameters;
  }
}

const MODULE = { module: "typing", final: true, hasDict: true };
export const typeVarType: PyType = builtinType("TypeVar", PyTypeVar, MODULE);
export const paramSpecType: PyType = builtinType("ParamSpec", PyParamSpec, MODULE);
export const typeVarTupleType: PyType = builtinType("TypeVarTuple", PyTypeVarTuple, MODULE);
export const typeAliasType: PyType = builtinType("TypeAliasType", PyTypeAlias, MODULE);

/** The value of a part, worked out once. */
export function settled(part: Later): Value | undefined {
  return typeof part === "function" ? part() : part;
}
