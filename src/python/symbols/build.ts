/**
 * The state of the pass that meets every name once, and what a name, a
 * declaration or a scope does to it. What CPython's symbol table refuses is
 * thrown at once; what its compiler refuses later waits in `suspects`, for the
 * symbol table's own errors come first.
 */
import { PythonSyntaxError } from "../syntax/error.ts";
import type { Definition, Scope, ScopeKind, ScopeNode, Use } from "./scope.ts";
import type { Warned } from "../syntax/warning.ts";
import type { Name, Place, Stmt } from "../syntax/tree.ts";
import { isFunctionLike, mangle, newScope, useOf } from "./scope.ts";

/** What `break`, `continue` and `return` would leave. */
export type Block = "loop" | "try" | "with" | "except" | "except*";

type AnnAssign = Extract<Stmt, { type: "AnnAssign" }>;

/** A scope while its nodes are read. */
export interface Frame {
  scope: Scope;
  outer: Frame | undefined;
  blocks: Block[];
  /** Within so many iterables of comprehensions, functions in them included. */
  inIterable: number;
  inLoopTarget: boolean;
  /** Names of the handlers around. */
  handlers: string[];
}

/** What the compiler refuses; with a scope, only where that turns out as said. */
export interface Suspect {
  message: string;
  place: Place;
  scope: Scope | undefined;
  when: "always" | "coroutine" | "async generator";
}

export interface Builder {
  root: Scope;
  frame: Frame;
  byNode: Map<ScopeNode, Scope>;
  byTypeParameters: Map<Definition, Scope>;
  /** Where each scope declares its names global or nonlocal, by mangled name. */
  directives: Map<Scope, Map<string, Place>>;
  suspects: Suspect[];
  warnings: Warned[];
  annotationsAreText: boolean;
  /** The line of the last `from __future__` that may stand where it does; -1 without one. */
  lastFuture: number;
  allowAwait: boolean;
}

/** An error at a node; CPython counts the columns of these in bytes. */
export function errorAt(message: string, place: Place): PythonSyntaxError {
  return new PythonSyntaxError(message, {
    lineno: place.lineno,
    offset: place.col_offset + 1,
    end_lineno: place.end_lineno,
    end_offset: place.end_col_offset + 1,
  });
}

export function suspect(
  b: Builder,
  message: string,
  place: Place,
  when: Suspect["when"] = "always",
  scope?: Scope,
): void {
  b.suspects.push({ message, place, scope, when });
}

export function enter(b: Builder, node: ScopeNode, kind: ScopeKind, name: string): Scope {
  const outer = b.frame;
  const scope = newScope(node, kind, name, outer.scope);
  scope.qualname = qualified(outer.scope, name);
  if (kind !== "annotation") outer.scope.children.push(scope);
  if (kind !== "type parameters") b.byNode.set(node, scope);
  b.frame = newFrame(scope, outer);
  return scope;
}

export function newFrame(scope: Scope, outer: Frame | undefined): Frame {
  return {
    scope,
    outer,
    blocks: [],
    inIterable: outer?.inIterable ?? 0,
    inLoopTarget: false,
    handlers: [],
  };
}

export function exit(b: Builder): void {
  b.frame = b.frame.outer as Frame;
}

function qualified(parent: Scope, name: string): string {
  let scope: Scope | undefined = parent;
  while (scope?.kind === "type parameters" || scope?.kind === "annotation") scope = scope.parent;
  if (scope === undefined || scope.kind === "module") return name;
  if (scope.names.get(mangle(scope, name))?.explicitGlobal === true) return name;
  const isBare = scope.kind === "class" || scope.kind === "comprehension";
  return `${scope.qualname}${isBare ? "" : ".<locals>"}.${name}`;
}

/** A use of a name in the scope that is read, by any flag; `place` is for messages. */
function meet(b: Builder, name: string, place: Place): Use {
  const { scope, inLoopTarget } = b.frame;
  const mangled = mangle(scope, name);
  const use = useOf(scope, mangled);
  if (inLoopTarget) {
    if (use.explicitGlobal || use.nonlocal) {
      const message = `comprehension inner loop cannot rebind assignment expression target '${name}'`;
      throw errorAt(message, place);
    }
    use.iterated = true;
  }
  return use;
}

export function load(b: Builder, name: string, place: Place): void {
  meet(b, name, place).used = true;
  if (name === "super" && isFunctionLike(b.frame.scope)) meet(b, "__class__", place).used = true;
}

/** Binds a name at a place; what may not be bound is told of at `whole`. */
export function bind(b: Builder, name: string, place: Place, whole: Place = place): Use {
  const use = meet(b, name, place);
  use.assigned = true;
  use.onlyImported = false;
  if (name === "__debug__") suspect(b, "cannot assign to __debug__", whole);
  return use;
}

/** `import x`: CPython lets a `global x` follow. */
export function bindImport(b: Builder, name: string, place: Place, whole: Place): void {
  const use = meet(b, name, place);
  use.assigned = true;
  if (name === "__debug__") suspect(b, "cannot assign to __debug__", whole);
}

export function unbind(b: Builder, name: string, place: Place): void {
  const use = meet(b, name, place);
  use.assigned = true;
  use.onlyImported = false;
  use.deleted = true;
  use.unstable = true;
  if (name === "__debug__") suspect(b, "cannot delete __debug__", place);
}

export function bindParameter(b: Builder, name: string, place: Place): void {
  const use = meet(b, name, place);
  if (use.parameter) {
    throw errorAt(`duplicate argument '${name}' in function definition`, place);
  }
  use.parameter = true;
  if (name === "__debug__") suspect(b, "cannot assign to __debug__", place);
}

export function bindTypeParameter(b: Builder, name: string, place: Place): void {
  const use = meet(b, name, place);
  if (use.typeParameter) throw errorAt(`duplicate type parameter '${name}'`, place);
  use.typeParameter = true;
  use.assigned = true;
  use.onlyImported = false;
}

/** `name: annotation`, with a value or without. */
export function annotate(b: Builder, target: Name, node: AnnAssign): void {
  const { scope } = b.frame;
  const simple = node.simple === 1;
  const known = scope.names.get(mangle(scope, target.id));
  const declared = known !== undefined && (known.explicitGlobal || known.nonlocal);
  if (declared && simple && scope.kind !== "module") {
    const what = known.explicitGlobal ? "global" : "nonlocal";
    throw errorAt(`annotated name '${target.id}' can't be ${what}`, node);
  }
  if (simple) bind(b, target.id, target, node.value === null ? node : target).annotated = true;
  else if (node.value !== null) bind(b, target.id, target);
}

/** `global` or `nonlocal`, in the middle of what the scope did with the name before. */
export function declare(b: Builder, name: string, place: Place, what: "global" | "nonlocal"): void {
  const { scope } = b.frame;
  const mangled = mangle(scope, name);
  const use = useOf(scope, mangled);
  const isStored = use.assigned && !use.onlyImported;
  if (use.parameter) throw errorAt(`name '${name}' is parameter and ${what}`, place);
  if (use.used) throw errorAt(`name '${name}' is used prior to ${what} declaration`, place);
  if (use.annotated) throw errorAt(`annotated name '${name}' can't be ${what}`, place);
  if (isStored) throw errorAt(`name '${name}' is assigned to before ${what} declaration`, place);
  if (what === "global") makeGlobal(b, use, mangled);
  else use.nonlocal = true;
  direct(b, scope, mangled, place);
}

/** A name that is global anywhere is so at the top too, where it could be a local of `exec`. */
function makeGlobal(b: Builder, use: Use, mangled: string): void {
  use.explicitGlobal = true;
  useOf(b.root, mangled).explicitGlobal = true;
}

function direct(b: Builder, scope: Scope, mangled: string, place: Place): void {
  let known = b.directives.get(scope);
  if (known === undefined) b.directives.set(scope, (known = new Map()));
  if (!known.has(mangled)) known.set(mangled, place);
}

/** The target of `:=` in a comprehension belongs to the function or module around. */
export function bindOutside(b: Builder, target: Name): void {
  const mangled = mangle(b.frame.scope, target.id);
  for (let frame: Frame | undefined = b.frame; frame !== undefined; frame = frame.outer) {
    const { scope } = frame;
    if (scope.kind === "comprehension") {
      const use = scope.names.get(mangled);
      if (use?.iterated === true && use.assigned) {
        const message = `assignment expression cannot rebind comprehension iteration variable '${target.id}'`;
        throw errorAt(message, target);
      }
      continue;
    }
    const refusal = REFUSED[scope.kind];
    if (refusal !== undefined) {
      const message = `assignment expression within a comprehension cannot be used ${refusal}`;
      throw errorAt(message, target);
    }
    if (scope.kind === "annotation") continue;
    const here = meet(b, target.id, target);
    const there = useOf(scope, mangled);
    if (scope.kind === "module") {
      here.explicitGlobal = true;
      there.explicitGlobal = true;
    } else {
      if (there.explicitGlobal) makeGlobal(b, here, mangled);
      else here.nonlocal = true;
      there.assigned = true;
      there.onlyImported = false;
    }
    direct(b, b.frame.scope, mangled, target);
    return;
  }
}

const REFUSED: Readonly<Partial<Record<ScopeKind, string>>> = {
  class: "in a class body",
  "type parameters": "within the definition of a generic",
  "type alias": "in a type alias",
  bound: "in a TypeVar bound",
};
