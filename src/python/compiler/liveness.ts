/**
 * Which of a function's variables are still read later, at its loops. Backwards over the statements, as in
 * Aho, Lam, Sethi and Ullman, Compilers, section 9.2.5; where it is not worth knowing better, a variable
 * counts as read. Functions with `try` or `with` are not for it: what an exception interrupts it does not know.
 */
import type { Expr, Stmt, Syntax } from "../syntax/tree.ts";
import { walk } from "../syntax/walk.ts";

type For = Extract<Stmt, { type: "For" | "AsyncFor" }> & { type: "For" };
export type Loop = For | Extract<Stmt, { type: "While" }>;

/** Names that are read before they are bound again. */
export interface LoopUse {
  /** From where the next turn is decided on. */
  readonly head: ReadonlySet<string>;
  /** From where the first statement of the body begins. */
  readonly start: ReadonlySet<string>;
}

type Names = ReadonlySet<string>;

interface Flow {
  readonly mangled: (id: string) => string;
  /** What is found of loops, where that is asked for. */
  readonly found: Map<Loop, LoopUse> | undefined;
  readonly breaks: Names;
  readonly continues: Names;
}

const NONE: Names = new Set();

/** What is known of each loop of a function's body, those in loops included. */
export function livenessOf(
  body: readonly Stmt[],
  mangled: (id: string) => string,
): ReadonlyMap<Loop, LoopUse> {
  const found = new Map<Loop, LoopUse>();
  block({ mangled, found, breaks: NONE, continues: NONE }, body, NONE);
  return found;
}

function block(flow: Flow, body: readonly Stmt[], after: Names): Names {
  return body.reduceRight((live, node) => statement(flow, node, live), after);
}

/** What is live before a statement, by what is behind it. */
function statement(flow: Flow, node: Stmt, after: Names): Names {
  switch (node.type) {
    case "Assign":
      return reads(
        flow,
        node,
        node.targets.reduce((live, one) => without(flow, live, one), after),
      );
    case "AugAssign": {
      const { target } = node;
      const live = reads(flow, node, after);
      return target.type === "Name" ? new Set([...live, flow.mangled(target.id)]) : live;
    }
    case "If": {
      const both = [...block(flow, node.body, after), ...block(flow, node.orelse, after)];
      return reads(flow, node.test, new Set(both));
    }
    case "For":
      return loop(flow, node as For, after);
    case "While":
      return loop(flow, node, after);
    case "Break":
      return flow.breaks;
    case "Continue":
      return flow.continues;
    case "Return":
    case "Raise":
      return reads(flow, node, NONE);
    case "Match":
      // Its cases may end the turn; what they bind, they may not bind.
      return reads(flow, node, new Set([...after, ...flow.breaks, ...flow.continues]));
    default:
      return reads(flow, node, after);
  }
}

/** A turn adds to what is live at the head, once: what it reads, and what it leaves alone. */
function loop(flow: Flow, node: Loop, after: Names): Names {
  const end = block(flow, node.orelse, after);
  const before = (inner: Flow, head: Names): { start: Names; head: Names } => {
    const start = block({ ...inner, breaks: after, continues: head }, node.body, head);
    if (node.type === "For") return { start, head: without(flow, start, node.target) };
    return { start, head: reads(flow, node.test, start) };
  };
  const first = node.type === "For" ? end : reads(flow, node.test, end);
  const head = new Set([...first, ...before({ ...flow, found: undefined }, first).head]);
  if (node.type === "For") for (const one of reads(flow, node.target, NONE)) head.add(one);
  if (flow.found !== undefined) flow.found.set(node, { head, start: before(flow, head).start });
  return node.type === "For" ? reads(flow, node.iter, head) : head;
}

/** Without the names that a target surely binds. */
function without(flow: Flow, live: Names, target: Expr): Names {
  const left = new Set(live);
  const bind = (one: Expr): void => {
    if (one.type === "Name") left.delete(flow.mangled(one.id));
    else if (one.type === "Tuple" || one.type === "List") one.elts.forEach(bind);
    else if (one.type === "Starred") bind(one.value);
  };
  bind(target);
  return left;
}

/** With all names that are read somewhere in a node; functions within read when they like. */
function reads(flow: Flow, node: Syntax, live: Names): Names {
  const more = new Set(live);
  walk(node, (one) => {
    if (one.type === "Name" && one.ctx !== "Store") more.add(flow.mangled(one.id));
  });
  return more;
}
