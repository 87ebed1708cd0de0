/** Signatures of built-in functions, written as Python writes them, and the binding of arguments to them. */
import { fault } from "../fault.ts";
import type { Keywords, Value } from "./object.ts";

/** A built-in function: arguments in the order of its signature, `undefined` for what was not given, `*args` an array, `**kwargs` a map. */
export type Native = (...args: never[]) => Value;

/** A built-in function with a signature, such as `"iterable, /, *, key=None, reverse=False"`. */
export interface Signed {
  readonly signature: string;
  readonly native: Native;
}

/** Gives a built-in function its signature; without one all of its arguments are positional and needed. */
export function signed(signature: string, native: Native): Signed {
  return { signature, native };
}

/** One parameter. */
export interface Parameter {
  readonly name: string;
  readonly kind: "positional" | "either" | "keyword" | "args" | "kwargs";
  /** As written. */
  readonly default: string | undefined;
}

/** What a signature says, taken apart. */
export interface Shape {
  readonly parameters: readonly Parameter[];
  /** Positional parameters, and how many of them are needed. */
  readonly most: number;
  readonly least: number;
  readonly args: boolean;
  readonly kwargs: boolean;
  /** Whether a call with positional arguments alone can be passed on as it is. */
  readonly direct: boolean;
}

const shapes = new Map<string, Shape>();

/** The shape of a signature. */
export function shapeOf(signature: string): Shape {
  let shape = shapes.get(signature);
  if (shape === undefined) shapes.set(signature, (shape = readSignature(signature)));
  return shape;
}

function readSignature(signature: string): Shape {
  const parameters: Parameter[] = [];
  let kind: Parameter["kind"] = "either";
  for (const part of splitParameters(signature)) {
    if (part === "/") {
      parameters.forEach((p, i) => (parameters[i] = { ...p, kind: "positional" }));
    } else if (part === "*") kind = "keyword";
    else if (part.startsWith("**")) {
      parameters.push({ name: part.slice(2), kind: "kwargs", default: undefined });
    } else if (part.startsWith("*")) {
      parameters.push({ name: part.slice(1), kind: "args", default: undefined });
      kind = "keyword";
    } else {
      const at = part.indexOf("=");
      if (at < 0) parameters.push({ name: part, kind, default: undefined });
      else {
        parameters.push({ name: part.slice(0, at), kind, default: part.slice(at + 1) });
      }
    }
  }
  const positional = parameters.filter((p) => p.kind === "positional" || p.kind === "either");
  const args = parameters.some((p) => p.kind === "args");
  const kwargs = parameters.some((p) => p.kind === "kwargs");
  const needed = parameters.some((p) => p.kind === "keyword" && p.default === undefined);
  return {
    parameters,
    most: positional.length,
    least: positional.filter((p) => p.default === undefined).length,
    args,
    kwargs,
    direct: !args && !needed,
  };
}

function splitParameters(signature: string): string[] {
  return signature === "" ? [] : signature.split(/,\s*/).map((part) => part.trim());
}

/**
 * Brings the arguments of a call into the order of a signature; throws
 * TypeError as CPython words it. So many of the first arguments are none that
 * a program sees: messages do not count them.
 */
export function bind(
  name: string,
  shape: Shape,
  args: readonly Value[],
  keywords: Keywords | undefined,
  unseen = 0,
): (Value | Value[] | Keywords | undefined)[] {
  const bound: (Value | Value[] | Keywords | undefined)[] = [];
  if (args.length > shape.most && !shape.args)
    tooMany(name, seen(shape, unseen), args.length - unseen);
  const left = keywords === undefined || keywords.size === 0 ? undefined : new Map(keywords);
  let at = 0;
  let missing: Parameter | undefined;
  let place = 0;
  for (const parameter of shape.parameters) {
    if (parameter.kind === "args") bound.push(args.slice(at));
    else if (parameter.kind === "kwargs") bound.push(left ?? new Map());
    else if (parameter.kind !== "keyword" && at < args.length) {
      place++;
      if (parameter.kind === "either" && left?.has(parameter.name)) {
        fault(
          "TypeError",
          `argument for ${name}() given by name ('${parameter.name}') and position (${place})`,
        );
      }
      bound.push(args[at++]);
    } else {
      const value = parameter.kind === "positional" ? undefined : left?.get(parameter.name);
      if (value !== undefined) left?.delete(parameter.name);
      else if (parameter.default === undefined) missing ??= parameter;
      bound.push(value);
    }
  }
  if (missing !== undefined && (left === undefined || takesNames(shape, unseen))) {
    tooFew(name, seen(shape, unseen), args.length - unseen, missing);
  }
  if (left !== undefined && left.size > 0 && !shape.kwargs) {
    const [first] = left.keys();
    if (!takesNames(shape, unseen)) fault("TypeError", `${name}() takes no keyword arguments`);
    fault("TypeError", `'${first}' is an invalid keyword argument for ${name}()`);
  }
  return bound;
}

/** Whether any argument can be given by name. */
function takesNames(shape: Shape, unseen: number): boolean {
  return seen(shape, unseen).parameters.some((p) => p.kind !== "positional" && p.kind !== "args");
}

/** A shape without its first parameters. */
function seen(shape: Shape, unseen: number): Shape {
  if (unseen === 0) return shape;
  return {
    ...shape,
    parameters: shape.parameters.slice(unseen),
    most: shape.most - unseen,
    least: Math.max(0, shape.least - unseen),
  };
}

/** Whether CPython reads the positional arguments of such a function one by one, and names it without its class. */
function unpacks(shape: Shape): boolean {
  const named = shape.parameters.some((p) => p.kind === "keyword" || p.kind === "kwargs");
  return (
    shape.most > 0 &&
    (named || shape.least !== shape.most || shape.most > 1) &&
    !shape.parameters.some((p) => p.kind === "either")
  );
}

function countProblem(name: string, shape: Shape, given: number): never {
  const bound = shape.least === shape.most ? "" : given < shape.least ? "at least " : "at most ";
  const wanted = given < shape.least ? shape.least : shape.most;
  const plural = wanted === 1 ? "" : "s";
  const bare = name.slice(name.lastIndexOf(".") + 1);
  fault("TypeError", `${bare} expected ${bound}${wanted} argument${plural}, got ${given}`);
}

function tooMany(name: string, shape: Shape, given: number): never {
  if (unpacks(shape)) countProblem(name, shape, given);
  if (shape.most === 0) {
    const bare = name.slice(name.lastIndexOf(".") + 1);
    if (shape.parameters.length > 0) fault("TypeError", `${bare}() takes no positional arguments`);
    fault("TypeError", `${name}() takes no arguments (${given} given)`);
  }
  if (shape.least === shape.most) {
    const words = shape.most === 1 ? "exactly one argument" : `exactly ${shape.most} arguments`;
    fault("TypeError", `${name}() takes ${words} (${given} given)`);
  }
  const plural = shape.most === 1 ? "" : "s";
  fault("TypeError", `${name}() takes at most ${shape.most} argument${plural} (${given} given)`);
}

function tooFew(name: string, shape: Shape, given: number, missing: Parameter): never {
  if (missing.kind === "keyword") {
    fault("TypeError", `${name}() missing required keyword-only argument: '${missing.name}'`);
  }
  if (missing.kind === "either") {
    const place = shape.parameters.indexOf(missing) + 1;
    fault("TypeError", `${name}() missing required argument '${missing.name}' (pos ${place})`);
  }
  if (shape.parameters.some((p) => p.kind === "either")) {
    const plural = shape.least === 1 ? "" : "s";
    fault(
      "TypeError",
      `${name}() takes at least ${shape.least} positional argument${plural} (${given} given)`,
    );
  }
  if (unpacks(shape) || shape.args || shape.least !== shape.most) {
    countProblem(name, shape.args ? { ...shape, most: Infinity } : shape, given);
  }
  const words = shape.most === 1 ? "exactly one argument" : `exactly ${shape.most} arguments`;
  fault("TypeError", `${name}() takes ${words} (${given} given)`);
}
