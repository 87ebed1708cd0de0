/** What statements do with names, in the order in which CPython's symbol table meets them. */
import { warnOfAssert } from "./warnings.ts";
import type { Arguments, ExceptHandler, Expr, Place, Stmt, TypeParam } from "../syntax/tree.ts";
import {
  annotate,
  bind,
  bindImport,
  bindTypeParameter,
  type Block,
  type Builder,
  declare,
  enter,
  errorAt,
  exit,
  suspect,
} from "./build.ts";
import {
  annotation,
  defaults,
  each,
  expression,
  isAsyncFunction,
  keywords,
  mayAwait,
  parameters,
} from "./expressions.ts";
import { LATE_FUTURE } from "./futures.ts";
import { casePattern } from "./patterns.ts";
import type { Definition } from "./scope.ts";

type Of<Type extends Stmt["type"]> = Extract<Stmt, { type: Type }>;

export function statements(b: Builder, body: readonly Stmt[]): void {
  for (const node of body) statement(b, node);
}

function statement(b: Builder, node: Stmt): void {
  switch (node.type) {
    case "FunctionDef":
    case "AsyncFunctionDef":
      return functionDefinition(b, node);
    case "ClassDef":
      return classDefinition(b, node);
    case "Return":
      checkReturn(b, node);
      if (node.value !== null) expression(b, node.value);
      return leaves(b, node.type, returnPlace(node));
    case "Delete":
      return each(b, node.targets);
    case "Assign":
      each(b, node.targets);
      return expression(b, node.value);
    case "TypeAlias":
      return typeAlias(b, node);
    case "AugAssign":
      // An attribute that is changed in place may have any name.
      expression(b, node.target.type === "Attribute" ? node.target.value : node.target);
      return expression(b, node.value);
    case "AnnAssign":
      if (node.target.type === "Name") annotate(b, node.target, node);
      else annotateOther(b, node);
      annotation(b, node.annotation);
      if (node.value !== null) expression(b, node.value);
      return;
    case "AsyncFor":
      checkAsync(b, node, "for");
      return loop(b, node);
    case "For":
      return loop(b, node);
    case "While":
      expression(b, node.test);
      inside(b, "loop", node, node.body);
      return statements(b, node.orelse);
    case "If":
      return conditions(b, node);
    case "AsyncWith":
    case "With":
      if (node.type === "AsyncWith") checkAsync(b, node, "with");
      for (const { context_expr, optional_vars } of node.items) {
        expression(b, context_expr);
        if (optional_vars !== null) expression(b, optional_vars);
      }
      return inside(b, "with", node, node.body);
    case "Match":
      return match(b, node);
    case "Raise":
      if (node.exc !== null) expression(b, node.exc);
      if (node.cause !== null) expression(b, node.cause);
      return;
    case "Try":
    case "TryStar":
      return attempt(b, node);
    case "Assert":
      warnOfAssert(b, node);
      expression(b, node.test);
      if (node.msg !== null) expression(b, node.msg);
      return;
    case "Import":
    case "ImportFrom":
      return imports(b, node);
    case "Global":
    case "Nonlocal":
      for (const name of node.names) {
        declare(b, name, node, node.type === "Global" ? "global" : "nonlocal");
      }
      return;
    case "Expr":
      return expression(b, node.value);
    case "Break":
    case "Continue":
      return leaves(b, node.type, node);
    case "Pass":
  }
}

/** An attribute or an item, which an annotation alone does not bind. */
function annotateOther(b: Builder, { target, value, ...place }: Of<"AnnAssign">): void {
  if (target.type === "Attribute" && target.attr === "__debug__" && value === null) {
    suspect(b, "cannot assign to __debug__", place);
  }
  expression(b, target);
}

/** CPython's own limit. */
const MOST_BLOCKS = 20;

function inside(b: Builder, block: Block, place: Place, body: readonly Stmt[]): void {
  const { blocks } = b.frame;
  if (blocks.length >= MOST_BLOCKS) suspect(b, "too many statically nested blocks", place);
  blocks.push(block);
  statements(b, body);
  blocks.pop();
}

/** A chain of `elif` is as deep as it is long. */
function conditions(b: Builder, node: Of<"If">): void {
  for (let at = node; ;) {
    expression(b, at.test);
    statements(b, at.body);
    const [next] = at.orelse;
    if (at.orelse.length !== 1 || next?.type !== "If") return statements(b, at.orelse);
    at = next;
  }
}

function loop(b: Builder, node: Of<"For" | "AsyncFor">): void {
  expression(b, node.target);
  expression(b, node.iter);
  inside(b, "loop", node, node.body);
  statements(b, node.orelse);
}

/** `break`, `continue` and `return`: what stands around them. */
function leaves(b: Builder, type: "Break" | "Continue" | "Return", node: Place): void {
  for (let i = b.frame.blocks.length - 1; i >= 0; i--) {
    const block = b.frame.blocks[i];
    if (block === "except*") {
      const message = "'break', 'continue' and 'return' cannot appear in an except* block";
      return suspect(b, message, node);
    }
    if (block === "loop" && type !== "Return") return;
  }
  if (type === "Break") suspect(b, "'break' outside loop", node);
  else if (type === "Continue") suspect(b, "'continue' not properly in loop", node);
}

/** A constant is not evaluated before the function is left. */
function returnPlace(node: Of<"Return">): Place {
  const { value } = node;
  return value?.type === "Constant" && value.lineno === node.lineno ? value : node;
}

function checkReturn(b: Builder, node: Of<"Return">): void {
  const { scope } = b.frame;
  if (scope.kind !== "function") suspect(b, "'return' outside function", node);
  else if (node.value !== null && isAsyncFunction(scope)) {
    const message = "'return' with value in async generator";
    suspect(b, message, node, "async generator", scope);
  }
}

function checkAsync(b: Builder, node: Stmt, what: "for" | "with"): void {
  const { scope } = b.frame;
  if (isAsyncFunction(scope)) return;
  if (mayAwait(b, scope)) scope.isCoroutine = true;
  else suspect(b, `'async ${what}' outside async function`, node);
}

function functionDefinition(b: Builder, node: Of<"FunctionDef" | "AsyncFunctionDef">): void {
  bind(b, node.name, node);
  defaults(b, node.args);
  each(b, node.decorator_list);
  const isGeneric = typeParameters(b, node, node.name, node.type_params);
  annotations(b, node.args, node.returns);
  const scope = enter(b, node, "function", node.name);
  scope.isCoroutine = node.type === "AsyncFunctionDef";
  parameters(b, node.args);
  statements(b, node.body);
  exit(b);
  if (isGeneric) exit(b);
}

function annotations(b: Builder, args: Arguments, returns: Expr | null): void {
  const { posonlyargs, vararg, kwarg, kwonlyargs } = args;
  for (const one of [...posonlyargs, ...args.args, vararg, kwarg, ...kwonlyargs]) {
    if (one !== null && one.annotation !== null) annotation(b, one.annotation);
  }
  if (returns !== null) annotation(b, returns);
}

function classDefinition(b: Builder, node: Of<"ClassDef">): void {
  bind(b, node.name, node);
  each(b, node.decorator_list);
  const isGeneric = typeParameters(b, node, node.name, node.type_params);
  for (const base of node.bases) expression(b, base.type === "Starred" ? base.value : base);
  keywords(b, node.keywords);
  for (const { value } of node.keywords) expression(b, value);
  const scope = enter(b, node, "class", node.name);
  scope.privateClass = node.name;
  statements(b, node.body);
  exit(b);
  if (isGeneric) exit(b);
}

/** Opens the scope of type parameters; false where there are none. */
function typeParameters(
  b: Builder,
  node: Definition,
  name: string,
  parameters: readonly TypeParam[],
): boolean {
  if (parameters.length === 0) return false;
  const outer = b.frame.scope;
  const scope = enter(b, node, "type parameters", `<generic parameters of ${name}>`);
  b.byTypeParameters.set(node, scope);
  if (outer.kind === "class") scope.seesClass = outer;
  for (const one of parameters) {
    bindTypeParameter(b, one.name, one);
    if (one.type !== "TypeVar" || one.bound === null) continue;
    enter(b, one, "bound", one.name).seesClass = scope.seesClass;
    expression(b, one.bound);
    exit(b);
  }
  return true;
}

function typeAlias(b: Builder, node: Of<"TypeAlias">): void {
  expression(b, node.name);
  const outer = b.frame.scope;
  const name = node.name.type === "Name" ? node.name.id : "";
  const isGeneric = typeParameters(b, node, name, node.type_params);
  const scope = enter(b, node, "type alias", name);
  if (outer.kind === "class") scope.seesClass = outer;
  expression(b, node.value);
  exit(b);
  if (isGeneric) exit(b);
}

function match(b: Builder, node: Of<"Match">): void {
  expression(b, node.subject);
  for (const [i, { pattern, guard, body }] of node.cases.entries()) {
    casePattern(b, pattern, guard !== null || i === node.cases.length - 1);
    if (guard !== null) expression(b, guard);
    statements(b, body);
  }
}

function attempt(b: Builder, node: Of<"Try" | "TryStar">): void {
  const { blocks } = b.frame;
  const hasFinal = node.finalbody.length > 0;
  if (hasFinal) blocks.push("try");
  if (node.handlers.length > 0) inside(b, "try", node, node.body);
  else statements(b, node.body);
  statements(b, node.orelse);
  for (const [i, one] of node.handlers.entries()) {
    if (one.exc === null && i < node.handlers.length - 1) {
      suspect(b, "default 'except:' must be last", one);
    }
    handler(b, one, node.type === "TryStar");
  }
  if (hasFinal) blocks.pop();
  statements(b, node.finalbody);
}

function handler(b: Builder, node: ExceptHandler, isStar: boolean): void {
  if (node.exc !== null) expression(b, node.exc);
  const { frame } = b;
  if (node.name !== null) {
    const use = bind(b, node.name, node);
    use.unstable = true;
    // The inner one unbinds what the outer one still reads.
    if (frame.handlers.includes(node.name)) use.deleted = true;
    frame.handlers.push(node.name);
  }
  inside(b, isStar ? "except*" : "except", node, node.body);
  if (node.name !== null) frame.handlers.pop();
}

function imports(b: Builder, node: Of<"Import" | "ImportFrom">): void {
  const isFuture = node.type === "ImportFrom" && node.module === "__future__";
  if (isFuture && node.lineno > b.lastFuture) suspect(b, LATE_FUTURE, node);
  for (const one of node.names) {
    if (one.name === "*") {
      const { scope } = b.frame;
      if (scope.kind !== "module") throw errorAt("import * only allowed at module level", one);
      scope.hasStarImport = true;
    } else {
      const name = one.asname ?? one.name;
      const dot = one.asname === null && node.type === "Import" ? name.indexOf(".") : -1;
      bindImport(b, dot === -1 ? name : name.slice(0, dot), one, node);
    }
  }
}
