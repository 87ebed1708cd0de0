/**
 * Which reads of a function's variables need no check, because every way to
 * them binds the variable first. What may be unbound again (by `del`, or at the
 * end of a handler) is left out, so what is bound stays so: a function within
 * knows all that was bound where it was made.
 */
import type { Arguments, Expr, Name, Pattern, Stmt, TypeParam } from "../syntax/tree.ts";
import { type Comprehension, mangle, type Scope, type Scopes, type Use } from "./scope.ts";

type Of<Type extends (Stmt | Expr)["type"]> = Extract<Stmt | Expr, { type: Type }>;

interface Flow {
  scopes: Scopes;
  found: Set<Name>;
  scope: Scope;
  bound: Set<string>;
  /** What was bound, in order, so that the end of a branch can take it back. */
  log: string[];
  /** Names of the handlers around: bound here, and not in functions within. */
  held: Set<string>;
  /** What is bound in the functions around. */
  around: Map<Scope, Set<string>>;
}

/**
 * The names of functions' variables that are certainly bound where they are
 * read; the target of `x += 1` counts as read. Takes time that grows with the
 * program.
 */
export function boundLoads(scopes: Scopes): Set<Name> {
  const bound = new Set<string>();
  const { root } = scopes;
  const around = new Map([[root, bound]]);
  const found = new Set<Name>();
  const f: Flow = { scopes, found, scope: root, bound, log: [], held: new Set(), around };
  if (root.node.type === "Module") block(f, root.node.body);
  return found;
}

function within(f: Flow, scope: Scope, visit: (inner: Flow) => void): void {
  const bound = new Set<string>();
  for (const [name, use] of scope.names) {
    if ((use.parameter || use.typeParameter) && !use.unstable) bound.add(name);
  }
  f.around.set(scope, bound);
  visit({ ...f, scope, bound, log: [], held: new Set() });
  f.around.delete(scope);
}

function useOf({ scope }: Flow, name: string): Use | undefined {
  return scope.names.get(scope.privateClass === undefined ? name : mangle(scope, name));
}

function isOwn(use: Use | undefined): use is Use {
  return use !== undefined && (use.place === "local" || use.place === "cell");
}

function read(f: Flow, node: Name): void {
  const use = useOf(f, node.id);
  const name = mangle(f.scope, node.id);
  if (isOwn(use) ? f.bound.has(name) || f.held.has(name) : isBoundAround(f, use, name)) {
    f.found.add(node);
  }
}

function isBoundAround(f: Flow, use: Use | undefined, name: string): boolean {
  return use?.owner !== undefined && f.around.get(use.owner)?.has(name) === true;
}

function bind(f: Flow, id: string): void {
  const use = useOf(f, id);
  if (isOwn(use) && !use.unstable) add(f, mangle(f.scope, id));
}

function add(f: Flow, name: string): void {
  if (f.bound.has(name)) return;
  f.bound.add(name);
  f.log.push(name);
}

/** What `visit` binds, taken back; undefined where its end is never reached. */
function branch(f: Flow, visit: () => boolean | void): string[] | undefined {
  const mark = f.log.length;
  const goesOn = visit();
  const names = f.log.splice(mark);
  for (const name of names) f.bound.delete(name);
  return goesOn === false ? undefined : names;
}

/** Binds what all branches do that reach their end; false where none does. */
function merge(f: Flow, branches: readonly (string[] | undefined)[]): boolean {
  const alive = branches.filter((names) => names !== undefined);
  if (alive.length === 0) return false;
  const counts = new Map<string, number>();
  for (const names of alive) {
    for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  for (const [name, count] of counts) if (count === alive.length) add(f, name);
  return true;
}

/** False where the end is never reached. */
function block(f: Flow, body: readonly Stmt[]): boolean {
  return body.every((node) => statement(f, node));
}

function statement(f: Flow, node: Stmt): boolean {
  switch (node.type) {
    case "FunctionDef":
    case "AsyncFunctionDef":
      functionDefinition(f, node);
      return true;
    case "ClassDef":
      classDefinition(f, node);
      return true;
    case "TypeAlias":
      typeAlias(f, node);
      return true;
    case "Return":
      optional(f, node.value);
      return false;
    case "Raise":
      optional(f, node.exc);
      optional(f, node.cause);
      return false;
    case "Break":
    case "Continue":
      return false;
    case "Assign":
      expression(f, node.value);
      each(f, node.targets);
      return true;
    case "AugAssign":
      if (node.target.type === "Name") read(f, node.target);
      expression(f, node.value);
      expression(f, node.target);
      return true;
    case "AnnAssign":
      optional(f, node.value);
      if (node.value !== null || node.target.type !== "Name") expression(f, node.target);
      if (!f.scopes.annotationsAreText) expression(f, node.annotation);
      return true;
    case "Delete":
      each(f, node.targets);
      return true;
    case "Expr":
      expression(f, node.value);
      return true;
    case "Assert": {
      expression(f, node.test);
      branch(f, () => optional(f, node.msg));
      return true;
    }
    case "Import":
    case "ImportFrom":
      for (const { name, asname } of node.names) bind(f, asname ?? (name.split(".")[0] as string));
      return true;
    case "If":
      return conditions(f, node);
    case "While":
      expression(f, node.test);
      branch(f, () => block(f, node.body));
      branch(f, () => block(f, node.orelse));
      return true;
    case "For":
    case "AsyncFor":
      expression(f, node.iter);
      branch(f, () => (expression(f, node.target), block(f, node.body)));
      branch(f, () => block(f, node.orelse));
      return true;
    case "With":
    case "AsyncWith":
      withBlock(f, node);
      return true;
    case "Try":
    case "TryStar":
      return attempt(f, node);
    case "Match":
      return match(f, node);
    case "Pass":
    case "Global":
    case "Nonlocal":
      return true;
  }
}

/** A chain of `elif` is as deep as it is long. */
function conditions(f: Flow, node: Of<"If">): boolean {
  const branches: (string[] | undefined)[] = [];
  expression(f, node.test);
  for (let at = node; ;) {
    const { test, body, orelse } = at;
    // Only the first test is always made.
    branches.push(branch(f, () => (at === node || expression(f, test), block(f, body))));
    const [next] = orelse;
    if (orelse.length === 1 && next?.type === "If") at = next;
    else {
      branches.push(branch(f, () => block(f, orelse)));
      return merge(f, branches);
    }
  }
}

/** A manager may end the block at any exception, and the program goes on behind it. */
function withBlock(f: Flow, node: Of<"With" | "AsyncWith">): void {
  const [first] = node.items;
  if (first !== undefined) expression(f, first.context_expr);
  branch(f, () => {
    for (const { context_expr, optional_vars } of node.items) {
      if (context_expr !== first?.context_expr) expression(f, context_expr);
      optional(f, optional_vars);
    }
    block(f, node.body);
  });
}

function attempt(f: Flow, node: Of<"Try" | "TryStar">): boolean {
  const branches = [branch(f, () => block(f, node.body) && block(f, node.orelse))];
  for (const { exc, name, body } of node.handlers) {
    branches.push(
      branch(f, () => {
        optional(f, exc);
        const use = name === null ? undefined : useOf(f, name);
        if (name === null || !isOwn(use) || use.deleted) return block(f, body);
        f.held.add(mangle(f.scope, name));
        const goesOn = block(f, body);
        f.held.delete(mangle(f.scope, name));
        return goesOn;
      }),
    );
  }
  // It begins with no more than what was bound before.
  const goesOn = block(f, node.finalbody);
  return merge(f, branches) && goesOn;
}

function match(f: Flow, node: Of<"Match">): boolean {
  expression(f, node.subject);
  const branches: (string[] | undefined)[] = [];
  for (const one of node.cases) {
    branches.push(
      branch(f, () => {
        pattern(f, one.pattern);
        optional(f, one.guard);
        return block(f, one.body);
      }),
    );
  }
  const last = node.cases.at(-1);
  const isComplete =
    last?.guard === null && last.pattern.type === "MatchAs" && last.pattern.pattern === null;
  if (!isComplete) branches.push([]);
  return merge(f, branches);
}

function pattern(f: Flow, node: Pattern): void {
  switch (node.type) {
    case "MatchValue":
      return expression(f, node.value);
    case "MatchSingleton":
      return;
    case "MatchSequence":
      return node.patterns.forEach((one) => pattern(f, one));
    case "MatchOr":
      // All alternatives bind the same.
      return void merge(
        f,
        node.patterns.map((one) => branch(f, () => pattern(f, one))),
      );
    case "MatchMapping":
      each(f, node.keys);
      node.patterns.forEach((one) => pattern(f, one));
      if (node.rest !== null) bind(f, node.rest);
      return;
    case "MatchClass":
      expression(f, node.cls);
      node.patterns.forEach((one) => pattern(f, one));
      return node.kwd_patterns.forEach((one) => pattern(f, one));
    case "MatchStar":
      if (node.name !== null) bind(f, node.name);
      return;
    case "MatchAs":
      if (node.pattern !== null) pattern(f, node.pattern);
      if (node.name !== null) bind(f, node.name);
  }
}

function functionDefinition(f: Flow, node: Of<"FunctionDef" | "AsyncFunctionDef">): void {
  each(f, node.decorator_list);
  defaults(f, node.args);
  // Nobody but a decorator can call it before it has its name.
  if (node.decorator_list.length === 0) bind(f, node.name);
  generic(f, node, node.type_params, (inner) => {
    annotations(inner, node.args, node.returns);
    within(inner, f.scopes.scopeOf(node), (own) => void block(own, node.body));
  });
  bind(f, node.name);
}

function classDefinition(f: Flow, node: Of<"ClassDef">): void {
  each(f, node.decorator_list);
  generic(f, node, node.type_params, (inner) => {
    each(inner, node.bases);
    for (const { value } of node.keywords) expression(inner, value);
    within(inner, f.scopes.scopeOf(node), (own) => void block(own, node.body));
  });
  bind(f, node.name);
}

function typeAlias(f: Flow, node: Of<"TypeAlias">): void {
  generic(f, node, node.type_params, (inner) =>
    within(inner, f.scopes.scopeOf(node), (own) => expression(own, node.value)),
  );
  expression(f, node.name);
}

/** Visits what stands within the scope of a definition's type parameters, if it has any. */
function generic(
  f: Flow,
  node: Of<"FunctionDef" | "AsyncFunctionDef" | "ClassDef" | "TypeAlias">,
  parameters: readonly TypeParam[],
  visit: (inner: Flow) => void,
): void {
  const scope = f.scopes.typeParametersOf(node);
  if (scope === undefined) return visit(f);
  within(f, scope, (inner) => {
    for (const one of parameters) {
      if (one.type !== "TypeVar") continue;
      const { bound } = one;
      if (bound !== null) within(inner, f.scopes.scopeOf(one), (own) => expression(own, bound));
    }
    visit(inner);
  });
}

function annotations(f: Flow, args: Arguments, returns: Expr | null): void {
  if (f.scopes.annotationsAreText) return;
  const { posonlyargs, vararg, kwonlyargs, kwarg } = args;
  for (const one of [...posonlyargs, ...args.args, vararg, ...kwonlyargs, kwarg]) {
    if (one !== null) optional(f, one.annotation);
  }
  optional(f, returns);
}

function defaults(f: Flow, args: Arguments): void {
  each(f, args.defaults);
  for (const one of args.kw_defaults) optional(f, one);
}

function optional(f: Flow, node: Expr | null): void {
  if (node !== null) expression(f, node);
}

function each(f: Flow, nodes: readonly Expr[]): void {
  for (const node of nodes) expression(f, node);
}

/** Nodes of which only the first is always evaluated. */
function chain(f: Flow, nodes: readonly Expr[]): void {
  const [first, ...rest] = nodes;
  if (first !== undefined) expression(f, first);
  if (rest.length > 0) branch(f, () => each(f, rest));
}

function expression(f: Flow, node: Expr): void {
  switch (node.type) {
    case "Name":
      if (node.ctx === "Load") read(f, node);
      else if (node.ctx === "Store") bind(f, node.id);
      return;
    case "Constant":
      return;
    case "BinOp":
    case "Attribute":
    case "Call":
    case "Subscript":
      return leftward(f, node);
    case "Tuple":
    case "List":
    case "Set":
      return each(f, node.elts);
    case "JoinedStr":
      return each(f, node.values);
    case "BoolOp":
      return chain(f, node.values);
    case "Compare":
      expression(f, node.left);
      return chain(f, node.comparators);
    case "NamedExpr":
      expression(f, node.value);
      return expression(f, node.target);
    case "UnaryOp":
      return expression(f, node.operand);
    case "Lambda":
      defaults(f, node.args);
      return within(f, f.scopes.scopeOf(node), (inner) => expression(inner, node.body));
    case "IfExp":
      expression(f, node.test);
      return void merge(f, [
        branch(f, () => expression(f, node.body)),
        branch(f, () => expression(f, node.orelse)),
      ]);
    case "Dict":
      for (const [i, key] of node.keys.entries()) {
        optional(f, key);
        expression(f, node.values[i] as Expr);
      }
      return;
    case "ListComp":
    case "SetComp":
    case "DictComp":
    case "GeneratorExp":
      return comprehension(f, node);
    case "Await":
    case "YieldFrom":
    case "Starred":
      return expression(f, node.value);
    case "Yield":
      return optional(f, node.value);
    case "FormattedValue":
      expression(f, node.value);
      return optional(f, node.format_spec);
    case "Slice":
      optional(f, node.lower);
      optional(f, node.upper);
      optional(f, node.step);
  }
}

/** What is as deep on its left as it is long: `a + b + …`, `a.b(c)[d]…` */
function leftward(f: Flow, node: Expr): void {
  const found: Expr[] = [];
  let at: Expr = node;
  for (;;) {
    found.push(at);
    if (at.type === "BinOp") at = at.left;
    else if (at.type === "Call") at = at.func;
    else if (at.type === "Attribute" || at.type === "Subscript") at = at.value;
    else break;
  }
  expression(f, at);
  for (let i = found.length - 2; i >= 0; i--) {
    const one = found[i] as Expr;
    if (one.type === "BinOp") expression(f, one.right);
    else if (one.type === "Subscript") expression(f, one.slice);
    else if (one.type === "Call") {
      each(f, one.args);
      for (const { value } of one.keywords) expression(f, value);
    }
  }
}

function comprehension(f: Flow, node: Comprehension): void {
  const [first] = node.generators;
  if (first !== undefined) expression(f, first.iter);
  within(f, f.scopes.scopeOf(node), (inner) => {
    for (const { target, iter, ifs } of node.generators) {
      if (iter !== first?.iter) expression(inner, iter);
      expression(inner, target);
      each(inner, ifs);
    }
    if (node.type === "DictComp") {
      expression(inner, node.key);
      expression(inner, node.value);
    } else expression(inner, node.elt);
  });
}
