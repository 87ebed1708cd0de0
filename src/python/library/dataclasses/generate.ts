/** The methods that a data class gets: JavaScript made for its fields, as a program's own functions. */
import { spend } from "../../budget.ts";
import { fault } from "../../fault.ts";
import { type Code, PyFunction } from "../../objects/function.ts";
import type { PyModule } from "../../objects/module.ts";
import {
  bag,
  type Direct,
  type Keywords,
  None,
  NotImplemented,
  type PyObject,
  type Value,
} from "../../objects/object.ts";
import { isDataDescriptor } from "../../objects/dict.ts";
import { state } from "../../objects/state.ts";
import { lookup, lookupAfter, type PyType } from "../../objects/type.ts";
import {
  bindDescriptor,
  genericSet,
  getAttribute,
  setAttribute,
} from "../../operations/attributes.ts";
import { call, call0, callSpecial } from "../../operations/call.ts";
import { equalItems, type Order, orderItems } from "../../operations/compare.ts";
import { hashTuple } from "../../operations/hash.ts";
import { repr } from "../../operations/repr.ts";
import { fromJs, toJs } from "../../text/wide.ts";
import { kinds, type PyField } from "./fields.ts";

/** A function of a class, as if the program had defined it. */
function classFunction(
  type: PyType,
  globals: PyModule,
  name: string,
  parameters: readonly string[],
  native: Direct,
  more: { positional?: number; defaults?: Value[]; keywordDefaults?: Keywords } = {},
): PyFunction {
  const positional = more.positional ?? parameters.length;
  const code: Code = {
    name,
    qualname: `${type.qualname}.${name}`,
    filename: "<string>",
    line: 1,
    parameters,
    positionalOnly: 0,
    positional,
    keywordOnly: parameters.length - positional,
    args: false,
    kwargs: false,
    kind: "function",
    doc: undefined,
    locals: [],
    free: [],
  };
  return new PyFunction(code, native, globals, more.defaults, more.keywordDefaults);
}

const PLAIN = /^[A-Za-z0-9_]+$/;
const property = (prefix: string, name: string): string =>
  PLAIN.test(name) ? `.${prefix}_${name}` : `[${JSON.stringify(`${prefix}_${name}`)}]`;

/** `__init__`. `fields`: all that are no class variables, in the order of parameters. */
export function initializer(
  type: PyType,
  globals: PyModule,
  fields: readonly PyField[],
  options: { frozen: boolean; slots: boolean },
  postInit: boolean,
): PyFunction {
  const taken = fields.filter((one) => one.init);
  const positional = taken.filter((one) => one.keywordOnly !== true);
  const keywordOnly = taken.filter((one) => one.keywordOnly === true);
  const { factory: made } = kinds();
  let optional: string | undefined;
  const defaults: Value[] = [];
  for (const one of positional) {
    const value = one.factory === undefined ? one.default : made;
    if (value !== undefined) {
      optional = one.name;
      defaults.push(value);
    } else if (optional !== undefined) {
      fault("TypeError", `non-default argument '${one.name}' follows default argument`);
    }
  }
  const keywordDefaults: Keywords = new Map();
  for (const one of keywordOnly) {
    const value = one.factory === undefined ? one.default : made;
    if (value !== undefined) keywordDefaults.set(one.name!, value);
  }
  const ordered = [...positional, ...keywordOnly];
  const native = initializerCode(type, fields, ordered, options, postInit);
  const self = fields.some((one) => one.name === "self") ? "__dataclass_self__" : "self";
  const parameters = [self, ...ordered.map((one) => one.name!)];
  return classFunction(type, globals, "__init__", parameters, native, {
    positional: positional.length + 1,
    ...(defaults.length > 0 && { defaults }),
    ...(keywordDefaults.size > 0 && { keywordDefaults }),
  });
}

/** JavaScript that stores each field; where the class is plain, as a property. */
function initializerCode(
  type: PyType,
  fields: readonly PyField[],
  parameters: readonly PyField[],
  { frozen, slots }: { frozen: boolean; slots: boolean },
  postInit: boolean,
): Direct {
  const head: string[] = [];
  const quick: string[] = [];
  const slow: string[] = [];
  const factories: Value[] = [];
  for (const [i, field] of fields.entries()) {
    const at = parameters.indexOf(field);
    const variable = at < 0 ? `f${i}` : `p${at}`;
    if (field.factory !== undefined) {
      const f = `F[${factories.push(field.factory) - 1}]`;
      head.push(
        at < 0
          ? `const ${variable}=call0(${f});`
          : `if(${variable}===made)${variable}=call0(${f});`,
      );
    } else if (at < 0) {
      // With slots there is no attribute of the class that could stand in.
      if (!slots || field.default === undefined) continue;
      head.push(`const ${variable}=F[${factories.push(field.default) - 1}];`);
    }
    if (field.kind === "_FIELD_INITVAR") continue;
    const name = JSON.stringify(field.name);
    const inherited = lookup(type, field.name!);
    const store =
      inherited !== undefined &&
      typeof inherited === "object" &&
      (isDataDescriptor(inherited) || inherited.binds === true)
        ? `put(o,${name},${variable});`
        : `o${property("a", field.name!)}=${variable};`;
    quick.push(store);
    slow.push(`put(o,${name},${variable});`);
  }
  const initVars = fields.filter((one) => one.kind === "_FIELD_INITVAR");
  const post = postInit
    ? `after(o,"__post_init__",[${initVars.map((one) => (parameters.includes(one) ? `p${parameters.indexOf(one)}` : `F[${factories.push(one.default ?? None) - 1}]`)).join(",")}]);`
    : "";
  const parts = parameters.map((_, i) => `p${i}`);
  const text = `return function(${["o", ...parts].join(",")}){spend(1);${head.join("")}if(o.type===T&&Q(T)){${quick.join("")}}else{${slow.join("")}}${post}return None}`;
  const quickly = frozen
    ? (one: PyType): boolean => one.hasDict
    : (one: PyType): boolean => (one.proto as { plain?: unknown }).plain === true;
  const after = (object: Value, name: string, args: Value[]): void => {
    callSpecial(object, name, ...args);
  };
  // oxlint-disable-next-line typescript/no-implied-eval -- names stand in it as properties behind a prefix, or as quoted text
  return new Function("T", "Q", "F", "made", "None", "call0", "put", "spend", "after", text)(
    type,
    quickly,
    factories,
    kinds().factory,
    None,
    call0,
    frozen ? genericSet : setAttribute,
    spend,
    after,
  ) as Direct;
}

/** Reads the values of some fields. */
function reader(fields: readonly PyField[]): (self: Value) => Value[] {
  const names = fields.map((one) => one.name!);
  const reads = names.map((name, i) => `o${property("a", name)}??get(o,N[${i}])`);
  // oxlint-disable-next-line typescript/no-implied-eval -- names stand in it as properties behind a prefix, or as quoted text
  return new Function("get", "N", `return o=>[${reads.join(",")}]`)(getAttribute, names) as (
    self: Value,
  ) => Value[];
}

export function representation(
  type: PyType,
  globals: PyModule,
  fields: readonly PyField[],
): PyFunction {
  const read = reader(fields);
  const made = (): PyFunction => classFunction(type, globals, "__repr__", ["self"], shown);
  const shown = (self?: Value): Value => {
    if (state.showing.has(self!)) return "...";
    state.showing.add(self!);
    try {
      const parts = read(self!).map((value, i) => `${fields[i]!.name}=${toJs(repr(value))}`);
      return fromJs(`${(self as PyObject).type.qualname}(${parts.join(", ")})`);
    } finally {
      state.showing.delete(self!);
    }
  };
  // By what it wraps, printers know it from one that somebody wrote.
  const inner = made();
  inner.changed = new Map([["__qualname__", "__create_fn__.<locals>.__repr__"]]);
  const outer = made();
  bag(outer)["a___wrapped__"] = inner;
  return outer;
}

const sameClass = (a: Value, b: Value): boolean =>
  typeof a === "object" && typeof b === "object" && a.type === b.type;

export function equality(type: PyType, globals: PyModule, fields: readonly PyField[]): PyFunction {
  const read = reader(fields);
  return classFunction(type, globals, "__eq__", ["self", "other"], (self, other) =>
    sameClass(self!, other!) ? equalItems(read(self!), read(other!)) : NotImplemented,
  );
}

export function ordering(
  type: PyType,
  globals: PyModule,
  fields: readonly PyField[],
  name: Order,
): PyFunction {
  const read = reader(fields);
  return classFunction(type, globals, name, ["self", "other"], (self, other) =>
    sameClass(self!, other!) ? orderItems(read(self!), read(other!), name) : NotImplemented,
  );
}

export function hashing(type: PyType, globals: PyModule, fields: readonly PyField[]): PyFunction {
  const read = reader(fields);
  return classFunction(type, globals, "__hash__", ["self"], (self) => hashTuple(read(self!)));
}

/** `__setattr__` and `__delattr__` of a frozen class. */
export function freezers(
  type: PyType,
  globals: PyModule,
  fields: readonly PyField[],
  refuse: (verb: string, name: Value) => never,
): [set: PyFunction, remove: PyFunction] {
  const names = new Set(fields.map((one) => one.name!));
  const owns = (self: Value, name: Value): boolean =>
    (self as PyObject).type === type || names.has(String(name));
  const next = (self: Value, method: string, args: Value[]): Value => {
    const own = (self as PyObject).type;
    return call(bindDescriptor(lookupAfter(own, type, method)!, self, own), args);
  };
  return [
    classFunction(type, globals, "__setattr__", ["self", "name", "value"], (self, name, value) =>
      owns(self!, name!) ? refuse("assign to", name!) : next(self!, "__setattr__", [name!, value!]),
    ),
    classFunction(type, globals, "__delattr__", ["self", "name"], (self, name) =>
      owns(self!, name!) ? refuse("delete", name!) : next(self!, "__delattr__", [name!]),
    ),
  ];
}
