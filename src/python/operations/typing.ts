/** Type parameters and aliases (PEP 695). */
import { PyTypeAlias, PyParamSpec, PyTypeVar, PyTypeVarTuple } from "../objects/type-variables.ts";
import { PyTuple } from "../objects/tuple.ts";
import { PyFunction } from "../objects/function.ts";
import { runtime } from "../objects/state.ts";
import type { PyType } from "../objects/type.ts";
import type { Value } from "../objects/object.ts";
import { getAttribute, setAttribute } from "./attributes.ts";
import { subscript } from "./subscript.ts";

/** `T` or `T: bound`, whose bound is worked out when it is asked for; a tuple of bounds are constraints. */
export function typeVariable(name: string, bound?: () => Value, constrained = false): Value {
  needsTyping();
  const made = new PyTypeVar(name);
  made.inferred = true;
  if (constrained) made.constraints = (bound!() as PyTuple).items;
  else made.bound = bound;
  return made;
}

export function paramSpec(name: string): Value {
  needsTyping();
  const made = new PyParamSpec(name);
  made.inferred = true;
  return made;
}

export function typeVariableTuple(name: string): Value {
  needsTyping();
  return new PyTypeVarTuple(name);
}

/** Type variables get their methods with the module. */
function needsTyping(): void {
  runtime().load("typing");
}

/** Gives a function, class or alias its type parameters. */
export function withTypeParameters(made: Value, parameters: Value[]): Value {
  if (made instanceof PyFunction)
    (made.changed ??= new Map()).set("__type_params__", new PyTuple(parameters));
  else setAttribute(made, "__type_params__", new PyTuple(parameters));
  return made;
}

/** The base that a class with type parameters gets by itself. */
export function genericBase(parameters: Value[]): Value {
  const generic = getAttribute(runtime().load("typing"), "Generic") as PyType;
  return subscript(generic, new PyTuple(parameters));
}

/** `type X = …`, whose value is worked out when it is asked for. */
export function typeAlias(name: string, value: () => Value): Value {
  needsTyping();
  return new PyTypeAlias(name, value);
}
