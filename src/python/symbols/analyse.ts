/**
 * The symbol table: which scope every name belongs to, by CPython's rules, and
 * the syntax errors that CPython finds after its parser.
 */
import type { Module } from "../syntax/tree.ts";
import { type Builder, errorAt, newFrame } from "./build.ts";
import { futures } from "./futures.ts";
import { resolve } from "./resolve.ts";
import { type Definition, newScope, type Scope, type ScopeNode, type Scopes } from "./scope.ts";
import { statements } from "./statements.ts";

/** What a program is compiled for; `eval` holds one expression, `single` one statement that shows its value. */
export type ProgramKind = "exec" | "eval" | "single";

export interface AnalyseOptions {
  /** Annotations are texts, though the program does not say so: code that another program compiles. */
  annotationsAreText?: boolean;
  /** `await` may stand outside of functions. */
  allowAwait?: boolean;
}

/**
 * Finds the scopes of a module, in time that grows with its length. Throws
 * {@link PythonSyntaxError} with CPython 3.12's message and place.
 */
export function analyse(
  module: Module,
  _kind: ProgramKind = "exec",
  options: AnalyseOptions = {},
): Scopes {
  const root = newScope(module, "module", "<module>", undefined);
  const { annotationsAreText, last } = futures(module);
  const b: Builder = {
    root,
    frame: newFrame(root, undefined),
    byNode: new Map([[module as ScopeNode, root]]),
    byTypeParameters: new Map(),
    directives: new Map(),
    suspects: [],
    warnings: [...(module.warnings ?? [])],
    annotationsAreText: annotationsAreText || options.annotationsAreText === true,
    lastFuture: last,
    allowAwait: options.allowAwait === true,
  };
  statements(b, module.body);
  resolve(b, root);
  refuse(b);
  return {
    root,
    annotationsAreText: b.annotationsAreText,
    warnings: b.warnings,
    scopeOf: (node: ScopeNode): Scope => {
      const found = b.byNode.get(node);
      if (found === undefined) throw new Error(`${node.type} opens no scope`);
      return found;
    },
    typeParametersOf: (node: Definition): Scope | undefined => b.byTypeParameters.get(node),
  };
}

/** Throws the first of what CPython's compiler refuses. */
function refuse({ suspects }: Builder): void {
  for (const { message, place, scope, when } of suspects) {
    const isSo =
      scope === undefined ||
      (when === "coroutine" ? scope.isCoroutine : when !== "async generator" || scope.isGenerator);
    if (isSo) throw errorAt(message, place);
  }
}
