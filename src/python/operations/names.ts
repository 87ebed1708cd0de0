/** Names that are looked up while a program runs: globals, and the namespaces of class bodies. */
import { DEPTH, meter } from "../budget.ts";
import { fault } from "../fault.ts";
import { PyDict } from "../objects/dict.ts";
import {
  exceptionType,
  isException,
  makeException,
  raising,
  setField,
} from "../objects/exception.ts";
import type { PyFunction } from "../objects/function.ts";
import type { PyModule } from "../objects/module.ts";
import { bag, None, type Value } from "../objects/object.ts";
import { deleteSubscript, storeSubscript, subscript } from "./subscript.ts";

/** Throws the NameError for a global name; it knows its name, from which hints are made. */
export function nameError(_globals: PyModule, name: string): never {
  const exception = makeException(exceptionType("NameError"), [`name '${name}' is not defined`]);
  setField(exception, "name", name);
  throw raising(exception);
}

/** A name in a class body's namespace, which a metaclass may have made. */
export function lookName(namespace: Value, name: string): Value | undefined {
  if (namespace instanceof PyDict && !namespace.type.open) return namespace.get(name);
  const depth = meter[DEPTH]!;
  try {
    return subscript(namespace, name);
  } catch (error) {
    if (isException(error, "KeyError", depth)) return undefined;
    throw error;
  }
}

export function putName(namespace: Value, name: string, value: Value): void {
  storeSubscript(namespace, name, value);
}

export function dropName(namespace: Value, name: string): void {
  if (lookName(namespace, name) === undefined) nameError(undefined as never, name);
  deleteSubscript(namespace, name);
}

export function forgetName(namespace: Value, name: string): void {
  if (lookName(namespace, name) !== undefined) deleteSubscript(namespace, name);
}

export function dropGlobal(globals: PyModule, name: string): void {
  if (globals.get(name) === undefined) nameError(globals, name);
  delete bag(globals)[`a_${name}`];
}

export function forgetGlobal(globals: PyModule, name: string): void {
  delete bag(globals)[`a_${name}`];
}

/** `locals()` of a function: a dict of what has a value. */
export function localsDict(pairs: readonly [string, Value | undefined][]): PyDict {
  const dict = new PyDict();
  for (const [name, value] of pairs) if (value !== undefined) dict.set(name, value);
  return dict;
}

/** What a class gets as `__module__`. */
export function moduleName(globals: PyModule): Value {
  return globals.get("__name__") ?? None;
}

/** Makes room for the annotations of a class body. */
export function openAnnotations(namespace: Value): void {
  if (lookName(namespace, "__annotations__") === undefined) {
    putName(namespace, "__annotations__", new PyDict());
  }
}

/** The same for a module. */
export function openModuleAnnotations(globals: PyModule): void {
  if (globals.get("__annotations__") === undefined) globals.set("__annotations__", new PyDict());
}

/** `name: annotation` in a module or class body. */
export function annotateName(space: Value, name: string, annotation: Value): void {
  const table =
    "get" in (space as object) && bag(space as never)["a___annotations__"] !== undefined
      ? bag(space as never)["a___annotations__"]
      : lookName(space, "__annotations__");
  if (table === undefined) fault("NameError", "name '__annotations__' is not defined");
  storeSubscript(table, name, annotation);
}

/** Gives a function readers and writers of the variables that it shares. */
export function sharing(func: PyFunction, cells: NonNullable<PyFunction["cells"]>): PyFunction {
  func.cells = cells;
  return func;
}

/** A function with its annotations: names and values in turn. */
export function annotated(func: PyFunction, pairs: readonly Value[]): PyFunction {
  func.annotations = () => {
    const dict = new PyDict();
    for (let i = 0; i < pairs.length; i += 2) dict.set(pairs[i]!, pairs[i + 1]!);
    return dict;
  };
  return func;
}
