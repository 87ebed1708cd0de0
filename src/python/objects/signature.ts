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
  /** Parameters that may be given by name. */
  readonly named: number;
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
    named: parameters.filter((p) => p.kind === "either" || p.kind === "keyword").length,
    args,
    kwargs,
    direct: !args && !needed,
  };
}

function splitParameters(signature: string): string[] {
  return signature === "" ? [] : signature.split(/,\s*/).map((part) => part.trim());
}

/** Brings the arguments of a call into the order of a signature; throws TypeError as CPython words it. `hidden`: how many arguments in front messages leave out. */
export function bind(
  name: string,
  shape: Shape,
  args: readonly Value[],
  keywords: Keywords | undefined,
  hidden = 0,
): (Value | Value[] | Keywords | undefined)[] {
  const bound: (Value | Value[] | Keywords | undefined)[] = [];
  const left = keywords === undefined || keywords.size === 0 ? undefined : new Map(keywords);
  if (left !== undefined && shape.named === 0 && !shape.kwargs) {
    fault("TypeError", `${name}() takes no keyword arguments`);
  }
  if (args.length > shape.most && !shape.args) {
    wrongCount(name, shape, args.length, hidden);
  }
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
          `argument for ${name}() given by name ('${parameter.name}') and position (${place - hidden})`,
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
  if (missing !== undefined) tooFew(name, shape, args.length, missing, hidden);
  if (left !== undefined && left.size > 0 && !shape.kwargs) {
    const [first] = left.keys();
    fault("TypeError", `'${first}' is an invalid keyword argument for ${name}()`);
  }
  return bound;
}

/** How messages count: arguments in front that are hidden are not counted. */
function wrongCount(name: string, shape: Shape, all: number, hidden: number): never {
  const given = all - hidden;
  const most = shape.most - hidden;
  const least = shape.least - hidden;
  if (most === 0 && !shape.args) fault("TypeError", `${name}() takes no arguments (${given} given)`);
  const positional = shape.parameters.every((p) => p.kind === "positional" || p.kind === "args");
  const exact = least === most && !shape.args;
  if (exact && (most === 1 || !positional)) {
    const words = most === 1 ? "exactly one argument" : `exactly ${most} arguments`;
    fault("TypeError", `${name}() takes ${words} (${given} given)`);
  }
  const few = given < least;
  const wanted = few ? least : most;
  const plural = wanted === 1 ? "" : "s";
  const limit = few ? "at least" : "at most";
  if (!positional && !few) {
    fault("TypeError", `${name}() takes at most ${most} argument${plural} (${given} given)`);
  }
  // Here CPython leaves out the class.
  const bare = name.slice(name.lastIndexOf(".") + 1);
  const words = exact ? "" : `${limit} `;
  fault("TypeError", `${bare} expected ${words}${wanted} argument${plural}, got ${given}`);
}

function tooFew(
  name: string,
  shape: Shape,
  given: number,
  missing: Parameter,
  hidden: number,
): never {
  if (missing.kind === "keyword") {
    fault("TypeError", `${name}() missing required keyword-only argument: '${missing.name}'`);
  }
  if (missing.kind === "either") {
    const place = shape.parameters.indexOf(missing) + 1 - hidden;
    fault("TypeError", `${name}() missing required argument '${missing.name}' (pos ${place})`);
  }
  wrongCount(name, shape, given, hidden);
}
