/** The tree of a pattern, and how wide its parts are. */
import { enter, leave } from "../budget.ts";

/** No upper bound; the least number of repetitions that CPython finds too large. */
export const MAXREPEAT = 4294967295;
/** The first group number that is none. */
export const MAXGROUPS = 1073741823;

export type Category = "d" | "D" | "s" | "S" | "w" | "W";

/** A member of `[...]`. */
export type SetItem =
  | { kind: "range"; from: number; to: number; single: boolean }
  | { kind: "category"; category: Category };

export type Anchor = "^" | "$" | "A" | "Z" | "b" | "B";
export type Repetition = "greedy" | "lazy" | "possessive";

export type Node =
  | { kind: "literal"; code: number }
  | { kind: "not"; code: number }
  | { kind: "any" }
  | { kind: "set"; negate: boolean; items: readonly SetItem[] }
  | { kind: "at"; anchor: Anchor }
  | { kind: "branch"; branches: readonly Sequence[] }
  | { kind: "group"; group: number; added: number; removed: number; body: Sequence }
  | { kind: "atomic"; body: Sequence }
  | { kind: "repeat"; mode: Repetition; min: number; max: number; body: Sequence }
  | { kind: "look"; behind: boolean; negate: boolean; body: Sequence }
  | { kind: "reference"; group: number }
  | { kind: "conditional"; group: number; yes: Sequence; no: Sequence | undefined };

/** Characters that one match can take: at least, and at most (`MAXREPEAT` for no bound). */
export interface Width {
  readonly min: number;
  readonly max: number;
}

/** Nodes one after the other. */
export interface Sequence {
  readonly nodes: Node[];
  readonly width: Width;
}

/** Puts nodes in sequence; `groups` holds the widths of the groups that are closed. */
export function sequence(nodes: Node[], groups: readonly (Width | undefined)[]): Sequence {
  let min = 0;
  let max = 0;
  for (const node of nodes) {
    const width = widthOf(node, groups);
    min += width.min;
    max += width.max;
  }
  return { nodes, width: { min: Math.min(min, MAXREPEAT - 1), max: Math.min(max, MAXREPEAT) } };
}

/** How wide one node is. */
function widthOf(node: Node, groups: readonly (Width | undefined)[]): Width {
  switch (node.kind) {
    case "literal":
    case "not":
    case "any":
    case "set":
      return { min: 1, max: 1 };
    case "at":
    case "look":
      return { min: 0, max: 0 };
    case "group":
    case "atomic":
      return node.body.width;
    case "branch": {
      let min = MAXREPEAT - 1;
      let max = 0;
      for (const { width } of node.branches) {
        min = Math.min(min, width.min);
        max = Math.max(max, width.max);
      }
      return { min, max };
    }
    case "repeat":
      return { min: node.body.width.min * node.min, max: node.body.width.max * node.max };
    case "reference":
      return groups[node.group] ?? { min: 0, max: 0 };
    case "conditional": {
      const { yes, no } = node;
      return {
        min: no === undefined ? 0 : Math.min(yes.width.min, no.width.min),
        max: Math.max(yes.width.max, no?.width.max ?? 0),
      };
    }
  }
}

/** Runs `work` one level deeper, as deep as a program's calls may go. */
export function nested<T>(work: () => T): T {
  enter();
  try {
    return work();
  } finally {
    leave();
  }
}
