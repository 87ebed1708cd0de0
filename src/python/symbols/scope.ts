/** What each scope of a program knows of its names. */
import type { Expr, Module, Stmt, TypeParam } from "../syntax/tree.ts";
import type { Warned } from "../syntax/warning.ts";

type Of<Type extends (Stmt | Expr | TypeParam)["type"]> = Extract<
  Stmt | Expr | TypeParam,
  { type: Type }
>;
export type Comprehension = Of<"ListComp" | "SetComp" | "DictComp" | "GeneratorExp">;
export type Definition = Of<"FunctionDef" | "AsyncFunctionDef" | "ClassDef" | "TypeAlias">;
export type ScopeNode = Module | Definition | Of<"Lambda" | "TypeVar"> | Comprehension | Expr;

/**
 * Type parameters, an alias and the bound of a type variable have scopes of
 * their own, which act as functions do; `annotation` is a text under
 * `from __future__ import annotations`, and belongs to no other scope.
 */
export type ScopeKind =
  | "module"
  | "function"
  | "lambda"
  | "class"
  | "comprehension"
  | "type parameters"
  | "type alias"
  | "bound"
  | "annotation";

/**
 * Where a name lives. `name` is looked up when it is read: in the namespace of
 * the class or module, then among globals and built-ins. `free` in a class, and
 * `free` and `global` where {@link Scope.seesClass}, ask that class first.
 */
export type NamePlace = "local" | "cell" | "free" | "global" | "name";

/** What one scope does with one name. */
export interface Use {
  place: NamePlace;
  /** The scope whose variable a free name is. */
  owner: Scope | undefined;
  /** Read somewhere. */
  used: boolean;
  /** Bound by any statement or expression; a parameter only where it is bound again. */
  assigned: boolean;
  /** No binding but imports. */
  onlyImported: boolean;
  parameter: boolean;
  typeParameter: boolean;
  /** Unbound by `del`, or by a handler within another one for the same name. */
  deleted: boolean;
  annotated: boolean;
  explicitGlobal: boolean;
  nonlocal: boolean;
  /** The variable of a comprehension's loop. */
  iterated: boolean;
  /** Once bound it may be unbound again: by `del`, or at the end of a handler. */
  unstable: boolean;
}

export interface Scope {
  node: ScopeNode;
  kind: ScopeKind;
  name: string;
  qualname: string;
  parent: Scope | undefined;
  children: Scope[];
  /** By their mangled names, in the order of their first use. */
  names: Map<string, Use>;
  /** The innermost class around, whose private names are mangled. */
  privateClass: string | undefined;
  isGenerator: boolean;
  /** `async`, by its definition or by what a comprehension awaits. */
  isCoroutine: boolean;
  /** A class: a function within reads `__class__`, or says `super`. */
  needsClassCell: boolean;
  /** Reads `locals`, `vars()`, `dir()`, `eval` or `exec`, and they are the built-in ones. */
  usesLocals: boolean;
  hasStarImport: boolean;
  /** The class whose namespace is asked before what is not local. */
  seesClass: Scope | undefined;
}

/** All scopes of a program. */
export interface Scopes {
  root: Scope;
  /** Annotations are texts: `from __future__ import annotations`. */
  annotationsAreText: boolean;
  /** What the parser and the symbol table warn of. */
  warnings: readonly Warned[];
  /** The scope that a node opens; a definition's own, within that of its type parameters. */
  scopeOf(node: ScopeNode): Scope;
  /** The scope of a definition's type parameters, where it has any. */
  typeParametersOf(node: Definition): Scope | undefined;
}

/** Where functions' variables live: what is bound there is seen by the scopes within. */
export function isFunctionLike({ kind }: Scope): boolean {
  return kind !== "module" && kind !== "class" && kind !== "annotation";
}

export function isBound(use: Use): boolean {
  return use.assigned || use.parameter || use.typeParameter;
}

/** The name that `name` stands for in a scope: `__x` in a class `C` is `_C__x`. */
export function mangle(scope: Scope, name: string): string {
  const { privateClass } = scope;
  if (privateClass === undefined || !name.startsWith("__")) return name;
  if (name.endsWith("__") || name.includes(".")) return name;
  const plain = privateClass.replace(/^_+/, "");
  return plain === "" ? name : `_${plain}${name}`;
}

/** The use of a mangled name, made where there is none. */
export function useOf(scope: Scope, name: string): Use {
  let use = scope.names.get(name);
  if (use === undefined) {
    use = {
      place: "name",
      owner: undefined,
      used: false,
      assigned: false,
      onlyImported: true,
      parameter: false,
      typeParameter: false,
      deleted: false,
      annotated: false,
      explicitGlobal: false,
      nonlocal: false,
      iterated: false,
      unstable: false,
    };
    scope.names.set(name, use);
  }
  return use;
}

export function newScope(
  node: ScopeNode,
  kind: ScopeKind,
  name: string,
  parent: Scope | undefined,
): Scope {
  return {
    node,
    kind,
    name,
    qualname: name,
    parent,
    children: [],
    names: new Map(),
    privateClass: parent?.privateClass,
    isGenerator: false,
    isCoroutine: false,
    needsClassCell: false,
    usesLocals: false,
    hasStarImport: false,
    seesClass: undefined,
  };
}
