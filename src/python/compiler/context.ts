/** What the compiler carries along: one `Unit` for the program, one `Frame` for each function on the way down. */
import type { Scope, Scopes } from "../symbols/scope.ts";
import type { Spot } from "../profile.ts";
import type { Expr, Place, Syntax } from "../syntax/tree.ts";

/** A body of code as tracebacks know it. */
export interface Site {
  readonly name: string;
  readonly qualname: string;
  /** The line it begins in. */
  readonly line: number;
  /** Whether running it takes one from the depth of calls; comprehensions run in their function's. */
  readonly counted: boolean;
  /** Names of its own variables, and of those that it sees of functions around. */
  readonly names: () => readonly string[];
}

/** The names of a scope that are variables. */
export function variablesOf(scope: Scope): () => readonly string[] {
  return () =>
    [...scope.names].flatMap(([name, { place }]) =>
      place === "local" || place === "cell" || place === "free" ? [name] : [],
    );
}

/** Where in the source something is that can fail: its span, and the body it is in; without one it is no frame of Python's. */
export interface Mark {
  readonly place: Place;
  readonly site: Site | undefined;
}

/** A program while it is compiled. */
export interface Unit {
  readonly filename: string;
  readonly scopes: Scopes;
  /** Names of the runtime's functions that the code uses. */
  readonly used: Set<string>;
  /** Definitions at the head: constants, codes, readers of attributes. */
  readonly head: string[];
  /** What `head` already defines, under which name. */
  readonly defined: Map<string, string>;
  readonly marks: Mark[];
  /** Name loads that are certainly bound. */
  readonly isBound: (node: Syntax) => boolean;
  /** `single`: expression statements print their values. */
  readonly interactive: boolean;
  /** Where time and calls are measured, if they are; the compiled code counts by their numbers. */
  readonly spots: Spot[] | undefined;
  /** The module's names live in a namespace of their own, apart from the globals, as in `exec(code, globals, locals)`. */
  readonly apart: boolean;
  /** Functions give out the variables that they share; only where the program asks for closures, for it costs. */
  readonly closures: boolean;
  /** Failed `assert`s tell the values of their parts. */
  readonly explainAsserts: boolean;
  /** Parts of such, which are compiled in a way of their own. */
  parts: Map<Expr, (frame: Frame) => string> | undefined;
  /** How deep in expressions the compiler is. */
  nesting: number;
}

/** A function, class body or comprehension while it is compiled. */
export interface Frame {
  readonly unit: Unit;
  readonly scope: Scope;
  readonly site: Site;
  readonly outer: Frame | undefined;
  /** How many temporaries are taken now, and how many there ever were: those are declared at its head. */
  readonly temporaries: { taken: number; most: number };
  /** Where `break` and `continue` go, innermost last. */
  readonly loops: { breakTo: string; continueTo: string }[];
  /** Numbers for labels. */
  labels: number;
  /** Whether calls in depth are counted by what stood at the entry, since a `try` may leave in odd ways. */
  readonly absolute: boolean;
  /** How a function returns; not for classes and modules. */
  readonly kind: "module" | "class" | "function" | "generator" | "coroutine" | "async generator";
}

/** A fresh name at the head of the program for a definition, or the one that stands there already. */
export function headName(unit: Unit, prefix: string, key: string, text: () => string): string {
  const known = unit.defined.get(key);
  if (known !== undefined) return known;
  const name = `${prefix}${unit.defined.size}`;
  unit.defined.set(key, name);
  unit.head.push(`${name}=${text()}`);
  return name;
}

/** A function of the runtime, by its name. */
export function runtimeName(frame: Frame, name: string): string {
  frame.unit.used.add(name);
  return name;
}

/** A mark in the code: what follows belongs to this place in the source. */
export function mark(frame: Frame, place: Place): string {
  const marks = frame.unit.marks;
  marks.push({ place, site: frame.site });
  return `\u0001${marks.length - 1}\u0002`;
}

/** A mark before a call that JavaScript makes for itself: no frame of Python's. */
export function silent(frame: Frame, place: Place): string {
  const marks = frame.unit.marks;
  marks.push({ place, site: undefined });
  return `\u0001${marks.length - 1}\u0002`;
}

/** Where an attribute is: at its name, where the expression goes over several lines. */
export function attributePlace(node: Extract<Expr, { type: "Attribute" }>): Place {
  if (node.lineno === node.end_lineno) return node;
  const col_offset = Math.max(0, node.end_col_offset - Buffer.byteLength(node.attr));
  return { ...node, lineno: node.end_lineno, col_offset };
}

/** A call of a function of the runtime, marked. */
export function invoke(frame: Frame, place: Place, name: string, ...args: string[]): string {
  return `${runtimeName(frame, name)}${mark(frame, place)}(${args.join(",")})`;
}

/** A generator of the runtime that goes on with another; marked twice, as its frame is told by where it stands. */
export function delegating(frame: Frame, place: Place, name: string, ...args: string[]): string {
  return `(yield* ${mark(frame, place)}${invoke(frame, place, name, ...args)})`;
}

/** The same where nothing can fail. */
export function use(frame: Frame, name: string, ...args: string[]): string {
  return `${runtimeName(frame, name)}(${args.join(",")})`;
}

/**
 * A temporary variable, taken until the statement around it ends. Few variables
 * matter: the engine's best compiler takes time that grows with variables times
 * branches, 800 ms for a function of 120 temporaries.
 */
export function takeTemporary(frame: Frame): string {
  const { temporaries } = frame;
  const name = `t${temporaries.taken++}`;
  temporaries.most = Math.max(temporaries.most, temporaries.taken);
  return name;
}

/** Tells the tracker of what begins here, where a program is profiled. */
export function tell(frame: Frame, what: "L" | "F" | "C", line: number): string {
  const { spots } = frame.unit;
  if (spots === undefined) return "";
  spots.push({ line, function: frame.site.qualname, kind: what === "L" ? "line" : "function" });
  return `Q.${what}(${spots.length - 1});`;
}

/** A label for a loop or a block. */
export function takeLabel(frame: Frame): string {
  return `L${frame.labels++}`;
}

const PLAIN = /^[A-Za-z0-9_]+$/;

/** The JavaScript variable of a local name. */
export function variable(name: string): string {
  if (PLAIN.test(name)) return `l_${name}`;
  return `u_${Array.from(name, (c) => c.codePointAt(0)!.toString(16)).join("_")}`;
}

/** The property of an attribute, as it is written after an object. */
export function property(prefix: "a" | "c", name: string): string {
  return PLAIN.test(name) ? `.${prefix}_${name}` : `[${quote(`${prefix}_${name}`)}]`;
}

/** A JavaScript string literal. */
export function quote(text: string): string {
  return JSON.stringify(text).replace(
    /[\u0001\u0002\u2028\u2029]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** An identifier of a definition at the head that goes with an attribute's name. */
export function identifierOf(name: string): string {
  return PLAIN.test(name) ? name : variable(name);
}
