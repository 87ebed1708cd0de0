/** TypeScript as a syntax tree, for what text alone cannot tell: rules and mutants. */
import { parse } from "@babel/parser";
import type { Node } from "@babel/types";

export type { Node } from "@babel/types";

/** A place where the source is not TypeScript. */
export interface SyntaxFault {
  message: string;
  /** 1-based. */
  line: number;
  /** 1-based. */
  column: number;
}

/** The tree of a module, or where it is broken. Never throws. */
export function parseTypeScript(source: string): { program: Node } | { fault: SyntaxFault } {
  try {
    const { program } = parse(source, {
      sourceType: "module",
      plugins: ["typescript"],
      attachComment: false,
      createParenthesizedExpressions: false,
    });
    return { program };
  } catch (error) {
    const { message, loc } = error as Error & { loc?: { line: number; column: number } };
    return {
      fault: {
        message: message.replace(/ \(\d+:\d+\)$/, ""),
        line: loc?.line ?? 1,
        column: (loc?.column ?? 0) + 1,
      },
    };
  }
}

/** Where a node stands: the nodes around it, the nearest first, and its place in the nearest. */
export interface Place {
  readonly parents: readonly Node[];
  /** The property of the nearest parent that holds the node, or the list it is in. */
  readonly key: string;
}

/**
 * Visits a tree from the top, in the order of the text. A visitor that returns
 * `false` keeps out of what is below.
 */
export function walk(root: Node, visit: (node: Node, place: Place) => boolean | void): void {
  const step = (node: Node, parents: readonly Node[], key: string): void => {
    if (visit(node, { parents, key }) === false) return;
    const below = [node, ...parents];
    for (const [name, child] of childrenOf(node)) step(child, below, name);
  };
  step(root, [], "");
}

/** The children of a node with the property that holds them, in the order of the text. */
function childrenOf(node: Node): [string, Node][] {
  const found: [string, Node][] = [];
  for (const [key, value] of Object.entries(node) as [string, unknown][]) {
    if (key === "loc" || key === "extra" || key === "errors") continue;
    for (const one of Array.isArray(value) ? (value as unknown[]) : [value]) {
      if (isNode(one)) found.push([key, one]);
    }
  }
  return found.sort(([, a], [, b]) => startOf(a) - startOf(b));
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value && "start" in value;
}

export function startOf(node: Node): number {
  return node.start ?? 0;
}

export function endOf(node: Node): number {
  return node.end ?? 0;
}

/** True for nodes that are types alone and leave no code behind. */
export function isType(node: Node): boolean {
  switch (node.type) {
    case "TSAsExpression":
    case "TSSatisfiesExpression":
    case "TSNonNullExpression":
    case "TSTypeAssertion":
    case "TSInstantiationExpression":
    case "TSEnumDeclaration":
    case "TSEnumBody":
    case "TSEnumMember":
    case "TSModuleDeclaration":
    case "TSModuleBlock":
    case "TSExportAssignment":
    case "TSImportEqualsDeclaration":
    case "TSParameterProperty":
      return false;
    case "ImportDeclaration":
      return node.importKind === "type";
    case "ImportSpecifier":
      return node.importKind === "type";
    case "ExportNamedDeclaration":
      return node.exportKind === "type";
    default:
      return node.type.startsWith("TS");
  }
}
