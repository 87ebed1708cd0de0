/** Type parameters and aliases (PEP 695). */
import { fault } from "../fault.ts";
import { call } from "./call.ts";
import { getAttribute, setAttribute } from "./attributes.ts";
import { PyTuple } from "../objects/tuple.ts";
import { runtime } from "../objects/state.ts";
import { None, type Value } from "../objects/object.ts";
import { subscript } from "./subscript.ts";

function typing(name: string): Value {
  return getAttribute(runtime().load("typing"), name);
}

export function typeVariable(name: string, bound?: () => Value): Value {
  const variable = call(
    typing("TypeVar"),
    [name],
    bound === undefined ? undefined : new Map([["bound", bound()]]),
  );
  return variable;
}

export function paramSpec(name: string): Value {
  return call(typing("ParamSpec"), [name]);
}

export function typeVariableTuple(name: string): Value {
  return call(typing("TypeVarTuple"), [name]);
}

/** Gives a function, class or alias its type parameters. */
export function withTypeParameters(made: Value, parameters: Value[]): Value {
  setAttribute(made, "__type_params__", new PyTuple(parameters));
  return made;
}

/** The base that a class with type parameters gets by itself. */
export function genericBase(parameters: Value[]): Value {
  return subscript(typing("Generic"), new PyTuple(parameters));
}

/** `type X = …`. */
export function typeAlias(name: string, value: () => Value): Value {
  return call(typing("TypeAliasType"), [name, value()]);
}

/** The text of an annotation under `from __future__ import annotations`. */
export function annotationText(_tree: string): Value {
  fault("SystemError", "annotations as text are not compiled yet");
  return None;
}
