import type { Syntax } from "./tree.ts";

/** Visits a tree from the top, in the order of the fields, with the nodes above each; `false` keeps out of what is below. */
export function walk(
  root: Syntax,
  visit: (node: Syntax, parents: readonly Syntax[]) => boolean | void,
): void {
  const parents: Syntax[] = [];
  // A chain of operators is as deep as it is long: no recursion.
  const open: (Syntax | undefined)[] = [root];
  while (open.length > 0) {
    const node = open.pop();
    if (node === undefined) {
      parents.pop();
      continue;
    }
    if (visit(node, parents) === false) continue;
    parents.push(node);
    open.push(undefined);
    open.push(...childrenOf(node).toReversed());
  }
}

function childrenOf(node: Syntax): Syntax[] {
  return (Object.values(node) as unknown[]).flat().filter(isSyntax);
}

function isSyntax(value: unknown): value is Syntax {
  return typeof value === "object" && value !== null && "type" in value;
}
