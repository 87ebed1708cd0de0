/**
 * Bodies of loops as functions of their own. The engine compiles whole functions, after a number of calls or
 * of turns that grows with their size, and throws the result away where a loop leaves for code that never ran
 * before: a function with one large loop spends its first run in slow code. A body that is called is compiled
 * after fewer turns, for itself.
 */
import { mangle } from "../symbols/scope.ts";
import type { Expr, Stmt, Syntax } from "../syntax/tree.ts";
import { walk } from "../syntax/walk.ts";
import { type Frame, runtimeName, silent, takeTemporary, variable } from "./context.ts";
import { livenessOf, type Loop, type LoopUse } from "./liveness.ts";
import { block } from "./statements.ts";
import { assign } from "./targets.ts";

/** Nodes of the syntax tree from which on a body is worth a call. */
const LARGE = 60;
/** Variables that it may take, and give back. */
const MOST_TAKEN = 12;
const MOST_GIVEN = 4;

/** Names of built-in functions that look at the variables around their call. */
const LOOKING = new Set(["super", "__class__", "locals", "vars", "dir", "eval", "exec", "globals"]);
/** What leaves a body, may outlive a turn, or is a loop whose body becomes a function by itself. */
const LEAVING = new Set<string>(
  (
    "Break Return Yield YieldFrom Await For AsyncFor While AsyncWith With Try TryStar Match Delete " +
    "Import ImportFrom FunctionDef AsyncFunctionDef ClassDef Lambda GeneratorExp TypeAlias NamedExpr"
  ).split(" "),
);

/**
 * The lines that do a loop's body by a call, without its step; `value` is the variable of the loop's next
 * value. `undefined` for a body that is small, or has to stay where it is.
 */
export function outlined(
  frame: Frame,
  node: Loop,
  value: string | undefined,
): string[] | undefined {
  const names = namesIn(frame, node);
  if (names === undefined) return undefined;
  const { bound, read } = names;
  const use = frame.kind === "module" ? { head: NONE, start: NONE } : liveAt(frame, node);
  if (use === undefined) return undefined;
  const given = bound.filter((name) => use.head.has(name)).map(variable);
  const taken = new Set([...read.filter((name) => use.start.has(name)).map(variable), ...given]);
  if (taken.size > MOST_TAKEN || given.length > MOST_GIVEN) return undefined;
  const call = `${bodyOf(frame, node, [...taken], given, bound)}${silent(frame, node)}(${[...(value === undefined ? [] : [value]), ...taken].join(",")})`;
  const [only] = given;
  if (only === undefined) return [`${call};`];
  if (given.length === 1) return [`${only}=${call};`];
  const t = takeTemporary(frame);
  return [`${t}=${call};${given.map((name, i) => `${name}=${t}[${i}];`).join("")}`];
}

/** Whether a statement is a loop that waits for nothing. */
export function isLoop(node: Stmt): node is Loop {
  return node.type === "For" || node.type === "While";
}

const NONE: ReadonlySet<string> = new Set();

/** Defines the function at the head of the program; returns its name. */
function bodyOf(
  frame: Frame,
  node: Loop,
  taken: readonly string[],
  given: readonly string[],
  bound: readonly string[],
): string {
  const inner: Frame = {
    ...frame,
    temporaries: { taken: 0, most: 0 },
    loops: [{ breakTo: "L", continueTo: "L" }],
    labels: 0,
  };
  const lines = [
    ...(node.type === "For" ? assign(inner, node.target, "v") : []),
    "L:do{",
    ...block(inner, node.body),
    "}while(false);",
  ];
  const own =
    frame.kind === "module" ? [] : bound.map(variable).filter((name) => !taken.includes(name));
  for (let i = 0; i < inner.temporaries.most; i++) own.push(`t${i}`);
  const parameters = [...(node.type === "For" ? ["v"] : []), ...taken].join(",");
  const result =
    given.length > 1 ? `[${given.join(",")}]` : (given[0] ?? runtimeName(frame, "None"));
  const { head } = frame.unit;
  const name = `b${head.length}`;
  head.push(
    `${name}=function(${parameters}){${silent(frame, node)}${own.length === 0 ? "" : `var ${own.join(",")};`}\n${lines.join("\n")}\nreturn ${result}}`,
  );
  return name;
}

/** The variables that each turn of a loop binds, and those that it reads; `undefined` where its body has to stay. */
function namesIn(frame: Frame, node: Loop): { bound: string[]; read: string[] } | undefined {
  const { unit, kind, scope } = frame;
  if (kind === "class" || unit.spots !== undefined || unit.interactive || unit.apart)
    return undefined;
  if (scope.seesClass !== undefined || scope.usesLocals) return undefined;
  if (kind !== "module" && frame.absolute) return undefined;
  const bound = new Set<string>();
  const read = new Set<string>();
  let size = 0;
  let stays = false;
  const look = (root: Syntax): void =>
    walk(root, (one) => {
      size++;
      if (LEAVING.has(one.type)) stays = true;
      if (stays) return false;
      if (one.type !== "Name") return true;
      const name = mangle(scope, one.id);
      const place = scope.names.get(name)?.place;
      if (place === "cell" || place === "free" || LOOKING.has(one.id)) stays = true;
      if (place === "local") (one.ctx === "Store" ? bound : read).add(name);
      return true;
    });
  node.body.forEach(look);
  if (stays || size < LARGE) return undefined;
  // What an operator changes in place is read as well.
  for (const name of bound) read.add(name);
  for (const name of node.type === "For" ? targetsOf(node.target) : []) {
    const mangled = name === undefined ? undefined : mangle(scope, name);
    const place = mangled === undefined ? "cell" : (scope.names.get(mangled)?.place ?? "global");
    if (place === "cell" || place === "free") return undefined;
    // Bound before anything reads it.
    read.delete(mangled!);
    if (place === "local") bound.add(mangled!);
  }
  return { bound: [...bound], read: [...read] };
}

/** The names that a target is made of; `undefined` for a part that is none. */
function targetsOf(target: Expr): (string | undefined)[] {
  if (target.type === "Tuple" || target.type === "List") return target.elts.flatMap(targetsOf);
  if (target.type === "Starred") return targetsOf(target.value);
  return [target.type === "Name" ? target.id : undefined];
}

const known = new WeakMap<object, ReadonlyMap<Loop, LoopUse>>();

/** What is read of a function's variables after a loop's turns; found out once for a function. */
function liveAt(frame: Frame, node: Loop): LoopUse | undefined {
  const { scope } = frame;
  let all = known.get(scope);
  if (all === undefined) {
    const { node: definition } = scope;
    if (definition.type !== "FunctionDef" && definition.type !== "AsyncFunctionDef")
      return undefined;
    all = livenessOf(definition.body, (id) => mangle(scope, id));
    known.set(scope, all);
  }
  return all.get(node);
}
