/** Calls that need to know where they stand: `super()`, `locals()`, `vars()`, `dir()`, `eval` and `exec`. */
import type { Expr } from "../syntax/tree.ts";
import { type Frame, invoke, quote, runtimeName, variable } from "./context.ts";
import { expression } from "./expressions.ts";
import { hasNamespace, loadName, namespaceOf } from "./names.ts";

type Call = Extract<Expr, { type: "Call" }>;

/** `super()` without arguments, in a function of a class. */
export function superCall(frame: Frame, node: Call): string | undefined {
  if (node.func.type !== "Name" || node.func.id !== "super") return undefined;
  if (node.args.length > 0 || node.keywords.length > 0) return undefined;
  const use = frame.scope.names.get("__class__");
  const self = firstParameter(frame);
  const callee = loadName(frame, "super", node.func);
  if (use === undefined || self === undefined) {
    return invoke(frame, node, "superCall", callee, "undefined", "undefined");
  }
  return invoke(frame, node, "superCall", callee, variable("__class__"), self);
}

function firstParameter(frame: Frame): string | undefined {
  const node = frame.scope.node;
  if (node.type !== "FunctionDef" && node.type !== "AsyncFunctionDef" && node.type !== "Lambda") {
    return undefined;
  }
  const first = node.args.posonlyargs[0] ?? node.args.args[0];
  return first === undefined
    ? node.args.vararg === null
      ? undefined
      : `${variable(node.args.vararg.arg)}.items[0]`
    : variable(first.arg);
}

const ASKS = new Set(["locals", "vars", "dir", "eval", "exec", "globals"]);

/** Calls of those built-ins by their names: they get the frame's namespaces behind their arguments. */
export function callOfLocals(frame: Frame, node: Call): string | undefined {
  if (node.func.type !== "Name" || !ASKS.has(node.func.id)) return undefined;
  if (node.keywords.length > 0 || node.args.some((arg) => arg.type === "Starred")) return undefined;
  const wanted = node.func.id === "eval" || node.func.id === "exec" ? 1 : 0;
  if (node.args.length !== wanted) return undefined;
  const callee = loadName(frame, node.func.id, node.func);
  const args = node.args.map((arg) => expression(frame, arg));
  return invoke(frame, node, "frameCall", callee, `[${args.join(",")}]`, "G", localsOf(frame));
}

/** A JavaScript function that gives the local variables now: pairs, a class's namespace, or undefined in a module. */
function localsOf(frame: Frame): string {
  if (hasNamespace(frame)) return `()=>${namespaceOf(frame)}`;
  if (frame.scope.kind === "module") return "undefined";
  const pairs: string[] = [];
  for (const [name, use] of frame.scope.names) {
    if (use.place === "local" || use.place === "cell" || use.place === "free") {
      pairs.push(`[${quote(name)},${variable(name)}]`);
    }
  }
  return `()=>${runtimeName(frame, "localsDict")}([${pairs.join(",")}])`;
}
