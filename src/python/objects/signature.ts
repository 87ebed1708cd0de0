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
  /** Whether some parameter can be given by its name. */
  readonly named: boolean;
  /** 1 where the first parameter is the class, `cls`, which no caller writes. */
  readonly hidden: number;
  /** Whether a call with positional arguments alone can be passed on as it is. */
  readonly direct: boolean;
  /** Whether such a call is passed on as one array: all goes into `*args`, and nothing else is needed. */
  readonly gathers: boolean;
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
      if (part === "cls") parameters.push({ name: part, kind: "positional", default: undefined });
      else if (at < 0) parameters.push({ name: part, kind, default: undefined });
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
    named: kwargs || parameters.some((p) => p.kind === "either" || p.kind === "keyword"),
    hidden: parameters[0]?.name === "cls" ? 1 : 0,
    direct: !args && !kwargs && !needed,
    gathers: parameters[0]?.kind === "args" && !kwargs && !needed,
  };
}

function splitParameters(signature: string): string[] {
  return signature === "" ? [] : signature.split(/,\s*/).map((part) => part.trim());
}

/** Brings the arguments of a call into the order of a signature; throws TypeError as CPython words it. */
export function bind(
  name: string,
  shape: Shape,
  args: readonly Value[],
  keywords: Keywords | undefined,
): (Value | Value[] | Keywords | undefined)[] {
  const bound: (Value | Value[] | Keywords | undefined)[] = [];
  if (args.length > shape.most && !shape.args) tooMany(name, shape, args.length);
  const left = keywords === undefined || keywords.size === 0 ? undefined : new Map(keywords);
  if (left !== undefined && !shape.named && !shape.kwargs) {
    fault("TypeError", `${name}() takes no keyword arguments`);
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
          `argument for ${bare(name)}() given by name ('${parameter.name}') and position (${place - shape.hidden})`,
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
  if (missing !== undefined) tooFew(name, shape, args.length, missing);
  if (left !== undefined && left.size > 0 && !shape.kwargs) {
    const [first] = left.keys();
    fault("TypeError", `'${first}' is an invalid keyword argument for ${bare(name)}()`);
  }
  return bound;
}

/**
 * Too many arguments, in the words of C's argument parsers: one for positional
 * parameters alone, another where there are names. The class that a class
 * method gets first is not counted.
 */
function tooMany(name: string, shape: Shape, all: number): never {
  const most = shape.most - shape.hidden;
  const least = shape.least - shape.hidden;
  const given = all - shape.hidden;
  const words = shape.parameters.some((p) => p.kind === "either" || p.kind === "keyword");
  if (!shape.named || !words) wrongCount(name, least, most, given);
  const rest = shape.parameters.length - shape.hidden - most;
  const plural = most === 1 ? "" : "s";
  if (rest === 0) {
    fault("TypeError", `${bare(name)}() takes at most ${most} argument${plural} (${given} given)`);
  }
  if (most === 0) fault("TypeError", `${bare(name)}() takes no positional arguments`);
  const bound = least === most ? "exactly" : "at most";
  fault(
    "TypeError",
    `${bare(name)}() takes ${bound} ${most} positional argument${plural} (${given} given)`,
  );
}

/** A function's name without that of its class or module. */
function bare(name: string): string {
  return name.slice(name.lastIndexOf(".") + 1);
}

/** A count that does not fit a function without names. */
function wrongCount(name: string, least: number, most: number, given: number): never {
  if (most === 0) fault("TypeError", `${name}() takes no arguments (${given} given)`);
  if (least === 1 && most === 1) {
    fault("TypeError", `${name}() takes exactly one argument (${given} given)`);
  }
  const bound = least === most ? "" : given < least ? "at least " : "at most ";
  const count = given < least ? least : most;
  const plural = count === 1 ? "" : "s";
  fault("TypeError", `${bare(name)} expected ${bound}${count} argument${plural}, got ${given}`);
}

function tooFew(name: string, shape: Shape, all: number, missing: Parameter): never {
  if (missing.kind === "keyword") {
    fault("TypeError", `${bare(name)}() missing required keyword-only argument: '${missing.name}'`);
  }
  if (missing.kind === "either") {
    const place = shape.parameters.indexOf(missing) + 1 - shape.hidden;
    fault(
      "TypeError",
      `${bare(name)}() missing required argument '${missing.name}' (pos ${place})`,
    );
  }
  const least = shape.least - shape.hidden;
  const given = all - shape.hidden;
  if (!shape.named)
    wrongCount(name, least, shape.args ? Infinity : shape.most - shape.hidden, given);
  const needed = shape.parameters.filter(
    (p) => p.kind === "positional" && p.default === undefined,
  ).length;
  const count = needed - shape.hidden;
  const plural = count === 1 ? "" : "s";
  fault(
    "TypeError",
    `${bare(name)}() takes at least ${count} positional argument${plural} (${given} given)`,
  );
}
