/** What `list[int]` and `int | str` do: https://peps.python.org/pep-0585/ and pep-0604. */
import { enter, leave } from "../budget.ts";
import { fault } from "../fault.ts";
import { PyGenericAlias, PyUnion } from "../objects/generic.ts";
import { Ellipsis, None, NotImplemented, type Value } from "../objects/object.ts";
import { PyList } from "../objects/list.ts";
import { noneType } from "../objects/root.ts";
import { PyTuple } from "../objects/tuple.ts";
import { lookup, PyType } from "../objects/type.ts";
import { findAttribute, getAttribute, tryAttribute } from "./attributes.ts";
import { call } from "./call.ts";
import { equal } from "./compare.ts";
import { repr } from "./repr.ts";
import { typeOf } from "./typeof.ts";

/** `origin[key]` for a built-in class. */
export function parameterize(origin: Value, key: Value): PyGenericAlias {
  return new PyGenericAlias(origin, key instanceof PyTuple ? key.items : [key]);
}

/** `a | b` of two classes; NotImplemented for what is no class. */
export function unite(a: Value, b: Value): Value {
  if (!joins(a) || !joins(b)) return NotImplemented;
  return unionOf([a, b]);
}

function joins(value: Value): boolean {
  return (
    value === None ||
    value instanceof PyType ||
    value instanceof PyGenericAlias ||
    value instanceof PyUnion ||
    ["TypeVar", "TypeAliasType", "NewType"].includes(typeOf(value).name)
  );
}

/** The union of these, flat and without doubles; one alone is itself. */
export function unionOf(values: readonly Value[]): Value {
  const args: Value[] = [];
  const add = (value: Value): void => {
    if (value instanceof PyUnion) for (const one of value.args) add(one);
    else {
      const real = value === None ? noneType : value;
      if (
        !args.some(
          (one) =>
            one === real ||
            (typeof one === "object" &&
              typeof real === "object" &&
              !(one instanceof PyType && real instanceof PyType) &&
              equal(one, real)),
        )
      ) {
        args.push(real);
      }
    }
  };
  for (const value of values) add(value);
  return args.length === 1 ? args[0]! : new PyUnion(args);
}

/** How a class or the like is written in the text of another. */
export function typeText(value: Value): string {
  if (value === Ellipsis) return "...";
  if (value === noneType) return "None";
  if (value instanceof PyGenericAlias) return String(repr(value));
  if (value instanceof PyList) {
    enter();
    const text = `[${value.items.map(typeText).join(", ")}]`;
    leave();
    return text;
  }
  if (
    findAttribute(value, "__origin__") !== undefined &&
    findAttribute(value, "__args__") !== undefined
  ) {
    return String(repr(value));
  }
  const qualname = findAttribute(value, "__qualname__");
  const module = findAttribute(value, "__module__");
  if (typeof qualname !== "string" || module === undefined || module === None)
    return String(repr(value));
  return module === "builtins" ? qualname : `${String(module)}.${qualname}`;
}

/** The type variables in some arguments, each once, in order. */
export function parametersOf(args: readonly Value[]): Value[] {
  const found: Value[] = [];
  enter();
  for (const arg of args) {
    if (arg instanceof PyType) continue;
    const inner =
      arg instanceof PyList || arg instanceof PyTuple
        ? parametersOf(arg.items)
        : isParameter(arg)
          ? [arg]
          : nested(arg);
    for (const one of inner) if (!found.includes(one)) found.push(one);
  }
  leave();
  return found;
}

function nested(arg: Value): readonly Value[] {
  const parameters = typeof arg === "object" ? findAttribute(arg, "__parameters__") : undefined;
  return parameters instanceof PyTuple ? parameters.items : [];
}

/** Whether something is a type variable of any kind. */
function isParameter(value: Value): boolean {
  return typeof value === "object" && lookup(value.type, "__typing_subst__") !== undefined;
}

/** `alias[key]`: the arguments with their type variables replaced. */
export function substitute(
  self: Value,
  args: readonly Value[],
  parameters: readonly Value[],
  key: Value,
): Value[] {
  if (parameters.length === 0) fault("TypeError", `${String(repr(self))} is not a generic class`);
  const given = key instanceof PyTuple ? key.items : [key];
  const starred = parameters.findIndex((one) => typeOf(one).name === "TypeVarTuple");
  const single = parameters.length === 1 && typeOf(parameters[0]!).name === "ParamSpec";
  if (starred < 0 && !single && given.length !== parameters.length) {
    const words = given.length > parameters.length ? "many" : "few";
    fault(
      "TypeError",
      `Too ${words} arguments for ${String(repr(self))}; actual ${given.length}, expected ${parameters.length}`,
    );
  }
  const table = new Map<Value, Value[]>();
  if (single) table.set(parameters[0]!, [paramList(given)]);
  else if (starred < 0) parameters.forEach((one, i) => table.set(one, [given[i]!]));
  else {
    const after = parameters.length - starred - 1;
    if (given.length < starred + after) {
      fault(
        "TypeError",
        `Too few arguments for ${String(repr(self))}; actual ${given.length}, expected at least ${parameters.length - 1}`,
      );
    }
    parameters.forEach((one, i) => {
      if (i < starred) table.set(one, [given[i]!]);
      else if (i === starred) table.set(one, given.slice(starred, given.length - after));
      else table.set(one, [given[given.length - parameters.length + i]!]);
    });
  }
  return replaceAll(args, table);
}

function paramList(given: readonly Value[]): Value {
  return given.length === 1 &&
    (given[0] instanceof PyList || given[0] === Ellipsis || isParameter(given[0]!))
    ? given[0]!
    : new PyList([...given]);
}

function replaceAll(args: readonly Value[], table: ReadonlyMap<Value, Value[]>): Value[] {
  enter();
  const replaced = args.flatMap((arg) => {
    const own = table.get(arg);
    if (own !== undefined) return own.map(asArgument);
    if (arg instanceof PyType) return [arg];
    if (arg instanceof PyList) return [new PyList(replaceAll(arg.items, table))];
    const inner = nested(arg);
    if (inner.length === 0) return [arg];
    const values = inner.flatMap((one) => table.get(one) ?? [one]);
    const unpacked =
      typeof arg === "object" ? tryAttribute(arg, "__typing_unpacked_parameter__") : undefined;
    if (unpacked !== undefined) return values;
    return [
      call(getAttribute(arg, "__getitem__"), [
        values.length === 1 ? values[0]! : new PyTuple(values),
      ]),
    ];
  });
  leave();
  return replaced;
}

const asArgument = (value: Value): Value => (value === None ? noneType : value);

/** Whether a value is an instance of one of a union's classes. */
export function unionClasses(self: PyUnion, what: string): readonly Value[] {
  if (self.args.some((one) => one instanceof PyGenericAlias)) {
    fault("TypeError", `${what} cannot contain a parameterized generic`);
  }
  return self.args;
}
