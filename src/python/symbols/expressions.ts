/** What expressions do with names, in the order in which CPython's symbol table meets them. */
import type { Arguments, Expr, keyword } from "../syntax/tree.ts";
import {
  bind,
  bindOutside,
  bindParameter,
  type Builder,
  enter,
  errorAt,
  exit,
  load,
  suspect,
  unbind,
} from "./build.ts";
import { warnOfCall, warnOfIdentity, warnOfSubscript } from "./warnings.ts";
import type { Comprehension, Scope, ScopeKind } from "./scope.ts";

type Of<Type extends Expr["type"]> = Extract<Expr, { type: Type }>;

/** Before and after how many targets a star may stand. */
const MOST_BEFORE_STAR = 1 << 8;
const MOST_AFTER_STAR = (1 << 24) - 1;

const COMPREHENSION_NAMES: Readonly<Record<Comprehension["type"], [string, string]>> = {
  ListComp: ["<listcomp>", "list comprehension"],
  SetComp: ["<setcomp>", "set comprehension"],
  DictComp: ["<dictcomp>", "dict comprehension"],
  GeneratorExp: ["<genexpr>", "generator expression"],
};

const WITHIN: Readonly<Partial<Record<ScopeKind, string>>> = {
  annotation: "an annotation",
  bound: "a TypeVar bound",
  "type alias": "a type alias",
  "type parameters": "the definition of a generic",
};

export function expression(b: Builder, node: Expr): void {
  switch (node.type) {
    case "Name":
      if (node.ctx === "Load") {
        load(b, node.id, node);
        if (LOOKS_AT_LOCALS.has(node.id)) b.frame.scope.usesLocals = true;
      } else if (node.ctx === "Store") bind(b, node.id, node);
      else unbind(b, node.id, node);
      return;
    case "Constant":
      return;
    case "Attribute":
    case "Call":
    case "Subscript":
      return trailers(b, node);
    case "BinOp":
      return operators(b, node);
    case "Tuple":
    case "List":
      if (node.ctx === "Store") unpacking(b, node);
      return elements(b, node.elts);
    case "Set":
      return elements(b, node.elts);
    case "BoolOp":
    case "JoinedStr":
      return each(b, node.values);
    case "NamedExpr":
      return named(b, node);
    case "UnaryOp":
      return expression(b, node.operand);
    case "Lambda":
      return lambda(b, node);
    case "IfExp":
      expression(b, node.test);
      expression(b, node.body);
      return expression(b, node.orelse);
    case "Dict":
      // The keys first, as CPython has them.
      for (const key of node.keys) if (key !== null) expression(b, key);
      return each(b, node.values);
    case "ListComp":
    case "SetComp":
    case "GeneratorExp":
      return comprehend(b, node, node.elt, undefined);
    case "DictComp":
      return comprehend(b, node, node.key, node.value);
    case "Await":
      return awaited(b, node);
    case "Yield":
    case "YieldFrom":
      return yielded(b, node);
    case "Compare":
      warnOfIdentity(b, node);
      expression(b, node.left);
      return each(b, node.comparators);
    case "FormattedValue":
      expression(b, node.value);
      if (node.format_spec !== null) expression(b, node.format_spec);
      return;
    case "Starred": {
      const message =
        node.ctx === "Store"
          ? "starred assignment target must be in a list or tuple"
          : "can't use starred expression here";
      suspect(b, message, node);
      return expression(b, node.value);
    }
    case "Slice":
      if (node.lower !== null) expression(b, node.lower);
      if (node.upper !== null) expression(b, node.upper);
      if (node.step !== null) expression(b, node.step);
  }
}

const LOOKS_AT_LOCALS: ReadonlySet<string> = new Set(["locals", "vars", "dir", "eval", "exec"]);

export function each(b: Builder, nodes: readonly Expr[]): void {
  for (const node of nodes) expression(b, node);
}

/** Where a star may stand. */
function elements(b: Builder, nodes: readonly Expr[]): void {
  for (const node of nodes) expression(b, node.type === "Starred" ? node.value : node);
}

function unpacking(b: Builder, node: Of<"Tuple" | "List">): void {
  let star = -1;
  for (const [i, one] of node.elts.entries()) {
    if (one.type !== "Starred") continue;
    if (star >= 0) {
      suspect(b, "multiple starred expressions in assignment", node);
      return;
    }
    star = i;
  }
  if (star >= MOST_BEFORE_STAR || (star >= 0 && node.elts.length - star - 1 > MOST_AFTER_STAR)) {
    suspect(b, "too many expressions in star-unpacking assignment", node);
  }
}

/** `a + b + …`, as deep as it is long. */
function operators(b: Builder, node: Of<"BinOp">): void {
  if (node.left.type !== "BinOp") {
    expression(b, node.left);
    return expression(b, node.right);
  }
  const rights: Expr[] = [];
  let left: Expr = node;
  for (; left.type === "BinOp"; left = left.left) rights.push(left.right);
  expression(b, left);
  for (let i = rights.length - 1; i >= 0; i--) expression(b, rights[i] as Expr);
}

type Trailer = Of<"Attribute" | "Call" | "Subscript">;

/** `a.b(c)[d]…`, as deep as it is long. */
function trailers(b: Builder, node: Trailer): void {
  const inner = baseOf(node);
  if (inner.type !== "Attribute" && inner.type !== "Call" && inner.type !== "Subscript") {
    base(b, node, inner);
    return trailer(b, node);
  }
  const found: Trailer[] = [node];
  let at: Expr = inner;
  while (at.type === "Attribute" || at.type === "Call" || at.type === "Subscript") {
    found.push(at);
    at = baseOf(at);
  }
  base(b, found.at(-1) as Trailer, at);
  for (let i = found.length - 1; i >= 0; i--) trailer(b, found[i] as Trailer);
}

function baseOf(node: Trailer): Expr {
  return node.type === "Call" ? node.func : node.value;
}

/** What trailers follow; `dir` and `vars` of something say nothing of locals. */
function base(b: Builder, first: Trailer, node: Expr): void {
  const isAsked = node.type === "Name" && (node.id === "dir" || node.id === "vars");
  if (isAsked && first.type === "Call" && first.args.length > 0) load(b, node.id, node);
  else expression(b, node);
}

function trailer(b: Builder, node: Trailer): void {
  if (node.type === "Call") {
    warnOfCall(b, node);
    keywords(b, node.keywords);
    elements(b, node.args);
    for (const { value } of node.keywords) expression(b, value);
  } else if (node.type === "Subscript") {
    if (node.ctx === "Load") warnOfSubscript(b, node);
    expression(b, node.slice);
  } else if (node.attr === "__debug__" && node.ctx === "Store") {
    suspect(b, "cannot assign to __debug__", node);
  }
}

/** What no call may be given twice. */
export function keywords(b: Builder, given: readonly keyword[]): void {
  if (given.length === 0) return;
  const firsts = new Map<string, number>();
  let repeated: keyword | undefined;
  let first = Infinity;
  for (const [i, one] of given.entries()) {
    if (one.arg === null) continue;
    if (one.arg === "__debug__") suspect(b, "cannot assign to __debug__", one);
    const at = firsts.get(one.arg);
    // Told is the second of the pair that begins first.
    if (at === undefined) firsts.set(one.arg, i);
    else if (at < first) [first, repeated] = [at, one];
  }
  if (repeated !== undefined) {
    suspect(b, `keyword argument repeated: ${repeated.arg}`, repeated);
  }
}

function named(b: Builder, node: Of<"NamedExpr">): void {
  refuseWithin(b, "named expression", node);
  if (b.frame.inIterable > 0) {
    const message = "assignment expression cannot be used in a comprehension iterable expression";
    throw errorAt(message, node);
  }
  if (b.frame.scope.kind === "comprehension" && node.target.type === "Name") {
    bindOutside(b, node.target);
  }
  expression(b, node.value);
  expression(b, node.target);
}

function refuseWithin(b: Builder, what: string, node: Expr): void {
  const where = WITHIN[b.frame.scope.kind];
  if (where !== undefined) throw errorAt(`${what} cannot be used within ${where}`, node);
}

function lambda(b: Builder, node: Of<"Lambda">): void {
  defaults(b, node.args);
  enter(b, node, "lambda", "<lambda>");
  parameters(b, node.args);
  expression(b, node.body);
  exit(b);
}

/** Default values: they are evaluated around the function. */
export function defaults(b: Builder, args: Arguments): void {
  each(b, args.defaults);
  for (const one of args.kw_defaults) if (one !== null) expression(b, one);
}

export function parameters(b: Builder, args: Arguments): void {
  for (const one of args.posonlyargs) bindParameter(b, one.arg, one);
  for (const one of args.args) bindParameter(b, one.arg, one);
  for (const one of args.kwonlyargs) bindParameter(b, one.arg, one);
  if (args.vararg !== null) bindParameter(b, args.vararg.arg, args.vararg);
  if (args.kwarg !== null) bindParameter(b, args.kwarg.arg, args.kwarg);
}

export function isAsyncFunction({ node }: Scope): boolean {
  return node.type === "AsyncFunctionDef";
}

function comprehend(b: Builder, node: Comprehension, elt: Expr, value: Expr | undefined): void {
  const [first] = node.generators;
  if (first === undefined) return;
  const outer = b.frame.scope;
  b.frame.inIterable++;
  expression(b, first.iter);
  b.frame.inIterable--;
  const isLazy = node.type === "GeneratorExp";
  const scope = enter(b, node, "comprehension", COMPREHENSION_NAMES[node.type][0]);
  if (!isLazy && !isAsyncFunction(outer) && outer.kind !== "comprehension" && !mayAwait(b, outer)) {
    const message = "asynchronous comprehension outside of an asynchronous function";
    suspect(b, message, node, "coroutine", scope);
  }
  for (const [i, one] of node.generators.entries()) {
    if (one.is_async === 1) scope.isCoroutine = true;
    b.frame.inLoopTarget = true;
    expression(b, one.target);
    b.frame.inLoopTarget = false;
    if (i > 0) {
      b.frame.inIterable++;
      expression(b, one.iter);
      b.frame.inIterable--;
    }
    each(b, one.ifs);
  }
  if (value !== undefined) expression(b, value);
  expression(b, elt);
  scope.isGenerator = isLazy;
  exit(b);
  if (scope.isCoroutine && !isLazy) outer.isCoroutine = true;
}

/** Whether `await` may stand at the top here. */
export function mayAwait(b: Builder, scope: Scope): boolean {
  return b.allowAwait && scope.kind === "module";
}

function isFunction({ kind }: Scope): boolean {
  return kind === "function" || kind === "lambda" || kind === "comprehension";
}

function awaited(b: Builder, node: Of<"Await">): void {
  refuseWithin(b, "await expression", node);
  const { scope } = b.frame;
  if (!mayAwait(b, scope)) {
    if (!isFunction(scope)) suspect(b, "'await' outside function", node);
    else if (!isAsyncFunction(scope) && scope.kind !== "comprehension") {
      suspect(b, "'await' outside async function", node);
    }
  }
  expression(b, node.value);
  scope.isCoroutine = true;
}

function yielded(b: Builder, node: Of<"Yield" | "YieldFrom">): void {
  refuseWithin(b, "yield expression", node);
  const { scope } = b.frame;
  if (!isFunction(scope)) suspect(b, "'yield' outside function", node);
  else if (node.type === "YieldFrom" && isAsyncFunction(scope)) {
    suspect(b, "'yield from' inside async function", node);
  }
  if (node.value !== null) expression(b, node.value);
  scope.isGenerator = true;
  if (scope.kind === "comprehension") {
    const [, what] = COMPREHENSION_NAMES[(scope.node as Comprehension).type];
    throw errorAt(`'yield' inside ${what}`, node);
  }
}

/** An annotation: a text that binds nothing under `from __future__ import annotations`. */
export function annotation(b: Builder, node: Expr): void {
  // `*args: *Ts`
  const value = node.type === "Starred" ? node.value : node;
  if (!b.annotationsAreText) return expression(b, value);
  enter(b, node, "annotation", "_annotation");
  expression(b, value);
  exit(b);
}
