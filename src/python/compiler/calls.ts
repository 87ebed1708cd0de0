/** Calls: positional ones by a direct way into the callee, the others by arrays and maps. */
import type { Expr } from "../syntax/tree.ts";
import { mangle } from "../symbols/scope.ts";
import {
  type Frame,
  attributePlace,
  identifierOf,
  invoke,
  mark,
  property,
  quote,
  runtimeName,
  takeTemporary,
} from "./context.ts";
import { expression } from "./expressions.ts";
import { callOfLocals, superCall } from "./introspection.ts";

type Call = Extract<Expr, { type: "Call" }>;

/** Positional arguments that a direct way takes at most. */
const DIRECT = 4;

export function call(frame: Frame, node: Call): string {
  const special = superCall(frame, node) ?? callOfLocals(frame, node);
  if (special !== undefined) return special;
  const simple = node.keywords.length === 0 && node.args.every((arg) => arg.type !== "Starred");
  const method = node.func.type === "Attribute" && !frame.unit.parts?.has(node.func);
  if (simple && method && node.args.length < DIRECT) {
    return methodCall(frame, node, node.func as Extract<Expr, { type: "Attribute" }>);
  }
  if (simple && node.args.length <= DIRECT) {
    const callee = expression(frame, node.func);
    const args = node.args.map((arg) => expression(frame, arg));
    return directCall(frame, node, callee, args);
  }
  const callee = expression(frame, node.func);
  return generalCall(frame, node, callee);
}

/** A call of a value with so many arguments, each text evaluated once, from left to right. */
function directCall(frame: Frame, place: Call | Expr, callee: string, args: string[]): string {
  const n = args.length;
  const t = takeTemporary(frame);
  return `((${t}=${callee}).c${n}??${runtimeName(frame, `adapt${n}`)}(${t}))${mark(frame, place)}(${args.join(",")})`;
}

function methodCall(frame: Frame, node: Call, func: Extract<Expr, { type: "Attribute" }>): string {
  const n = node.args.length;
  const self = takeTemporary(frame);
  const receiver = expression(frame, func.value);
  const reader = methodReader(frame, mangle(frame.scope, func.attr), n);
  const args = node.args.map((arg) => expression(frame, arg));
  // The receiver stays in a variable of its own: an argument may hold the same call again.
  const at = attributePlace(func);
  return `${reader}${mark(frame, at)}(${self}=${receiver})${mark(frame, at === func ? node : { ...node, lineno: at.lineno, col_offset: at.col_offset })}(${[self, ...args].join(",")})`;
}

/** The function at the head of the program that finds the method of this name. */
function methodReader(frame: Frame, name: string, count: number): string {
  const key = `call:${count}:${name}`;
  const known = frame.unit.defined.get(key);
  if (known !== undefined) return known;
  const reader = `m${count}_${identifierOf(name)}`;
  frame.unit.defined.set(key, reader);
  runtimeName(frame, "adaptMethod");
  runtimeName(frame, "withoutReceiver");
  runtimeName(frame, "T");
  // All objects have some of these: what a class that nobody looked into yet has instead is defined first.
  const own = name.startsWith("__") ? "(o.type?.proto,o)" : "o";
  frame.unit.head.push(
    `${reader}=o=>{const f=(typeof o==="string"?T:${own})${property("c", name)};if(f!==undefined&&f.binds){const m=f.m${count};if(m!==undefined)return m}return o.isModule&&o${property("a", name)}!==undefined?withoutReceiver(o${property("a", name)},${count}):adaptMethod(o,${quote(name)},${count})}`,
  );
  return reader;
}

/** A call with stars, keywords or many arguments. */
function generalCall(frame: Frame, node: Call, callee: string): string {
  // Messages about stars and keywords name the callee, which is evaluated before them.
  const named =
    node.args.some((arg) => arg.type === "Starred") || node.keywords.some((k) => k.arg === null);
  const name = named ? takeTemporary(frame) : "undefined";
  const args = node.args.map((arg) =>
    arg.type === "Starred"
      ? `...${invoke(frame, node, "starArgument", name, expression(frame, arg.value))}`
      : expression(frame, arg),
  );
  const what = named ? `${name}=${callee}` : callee;
  const positional = `[${args.join(",")}]`;
  if (node.keywords.length === 0) return invoke(frame, node, "call", what, positional);
  const keywords = keywordMap(frame, node, name);
  return invoke(frame, node, "call", what, positional, keywords);
}

/** The map of a call's keyword arguments. */
export function keywordMap(
  frame: Frame,
  node: Pick<Call, "keywords"> & Expr,
  callee: string,
): string {
  if (node.keywords.every((k) => k.arg !== null)) {
    const pairs = node.keywords.map(
      (k) => `[${quote(mangleKeyword(frame, k.arg!))},${expression(frame, k.value)}]`,
    );
    return `new Map([${pairs.join(",")}])`;
  }
  const parts = node.keywords.map((k) =>
    k.arg === null
      ? `undefined,${expression(frame, k.value)}`
      : `${quote(mangleKeyword(frame, k.arg))},${expression(frame, k.value)}`,
  );
  return invoke(frame, node, "joinKeywords", callee, `[${parts.join(",")}]`);
}

function mangleKeyword(frame: Frame, name: string): string {
  return mangle(frame.scope, name);
}
