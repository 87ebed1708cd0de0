/** The second pass: from what scopes do with their names to where the names live. */
import type { Place } from "../syntax/tree.ts";
import { type Builder, errorAt } from "./build.ts";
import { isBound, isFunctionLike, type Scope, type Use, useOf } from "./scope.ts";

const NOWHERE: Place = { lineno: 0, col_offset: 0, end_lineno: 0, end_col_offset: 0 };

/** Gives every name its place, from the outside in. Throws what CPython's symbol table refuses. */
export function resolve(b: Builder, root: Scope): void {
  const open = [root];
  while (open.length > 0) {
    const scope = open.pop() as Scope;
    // A name found outside adds itself to scopes between that are resolved; never to this one.
    for (const [name, use] of scope.names) place(b, scope, name, use);
    if (scope.usesLocals) scope.usesLocals = LOOKS_AT_LOCALS.some((name) => isBuiltIn(scope, name));
    for (let i = scope.children.length - 1; i >= 0; i--) open.push(scope.children[i] as Scope);
  }
}

const LOOKS_AT_LOCALS = ["locals", "vars", "dir", "eval", "exec"];

function isBuiltIn({ names }: Scope, name: string): boolean {
  const place = names.get(name)?.place;
  return place === "global" || place === "name";
}

function place(b: Builder, scope: Scope, name: string, use: Use): void {
  if (use.explicitGlobal) {
    if (use.nonlocal) refuse(b, scope, name, `name '${name}' is nonlocal and global`);
    use.place = "global";
    return;
  }
  if (use.nonlocal) {
    if (scope.kind === "module") {
      refuse(b, scope, name, "nonlocal declaration not allowed at module level");
    }
    const owner = ownerOf(scope, name);
    if (owner === undefined) refuse(b, scope, name, `no binding for nonlocal '${name}' found`);
    if (owner.kind === "type parameters") {
      refuse(b, scope, name, `nonlocal binding not allowed for type parameter '${name}'`);
    }
    capture(scope, owner, name, use);
  } else if (isBound(use)) {
    // A name that is free within has made this a cell already.
    if (!isFunctionLike(scope)) use.place = "name";
    else if (use.place !== "cell") use.place = "local";
  } else {
    const owner = scope.kind === "module" ? undefined : ownerOf(scope, name);
    if (owner !== undefined) capture(scope, owner, name, use);
    else use.place = isFunctionLike(scope) ? "global" : "name";
  }
}

function refuse(b: Builder, scope: Scope, name: string, message: string): never {
  throw errorAt(message, b.directives.get(scope)?.get(name) ?? NOWHERE);
}

/** The function around that binds a name, or the class whose `__class__` it is. */
function ownerOf(scope: Scope, name: string): Scope | undefined {
  for (let at = scope.parent; at !== undefined && at.kind !== "module"; at = at.parent) {
    const use = at.names.get(name);
    if (at.kind === "class") {
      if (name === "__class__") return at;
    } else if (use !== undefined) {
      if (use.explicitGlobal) return undefined;
      if (use.owner !== undefined) return use.owner;
      if (isBound(use) && !use.nonlocal) return at;
    }
  }
  return undefined;
}

/** Marks a name as free here and between, and as a cell at its owner. */
function capture(scope: Scope, owner: Scope, name: string, use: Use): void {
  use.place = "free";
  use.owner = owner;
  for (let at = scope.parent; at !== undefined && at !== owner; at = at.parent) {
    const between = useOf(at, name);
    if (between.owner !== undefined) break;
    // A class may have a name of its own beside the one that passes through.
    if (at.kind === "class" && (isBound(between) || between.explicitGlobal)) continue;
    between.place = "free";
    between.owner = owner;
  }
  if (owner.kind === "class") {
    owner.needsClassCell = true;
    return;
  }
  const own = useOf(owner, name);
  own.place = "cell";
  if (use.nonlocal && use.unstable) own.unstable = own.deleted = true;
}
