/** With which characters a match can begin: what a search may skip and where no way back is needed. */
import { type CharSet, charSetOf } from "./charset.ts";
import { combineFlags, IGNORECASE } from "./flags.ts";
import type { Node } from "./tree.ts";

/** 1 for each of the first 256 code points; at 256 the kinds of the others, as in `CharSet`. */
export type FirstTable = Uint8Array;
/** What comes after a node: nothing where it is not known, or may be the end. */
export type Follow = () => FirstTable | undefined;

export const BEYOND = 256;
const EVERY = 15;
/** Nodes that one table looks at; after that it is not known. */
const FUEL = 48;

/** The sets of a pattern's nodes, made once. */
export class Firsts {
  readonly #sets = new Map<Node, CharSet>();
  #fuel = 0;
  #active = false;

  setOf(node: Extract<Node, { kind: "literal" | "not" | "set" }>, flags: number): CharSet {
    let set = this.#sets.get(node);
    if (set === undefined) {
      set = charSetOf(node, flags);
      this.#sets.set(node, set);
    }
    return set;
  }

  /** First characters of nodes from an index on, and then of what follows; nothing when not known. */
  of(
    nodes: readonly Node[],
    from: number,
    flags: number,
    follow: Follow | undefined,
  ): FirstTable | undefined {
    if (this.#active) return this.#of(nodes, from, flags, follow);
    this.#active = true;
    this.#fuel = FUEL;
    const table = this.#of(nodes, from, flags, follow);
    this.#active = false;
    return table;
  }

  #of(
    nodes: readonly Node[],
    from: number,
    flags: number,
    follow: Follow | undefined,
  ): FirstTable | undefined {
    if (--this.#fuel <= 0) return undefined;
    const table = new Uint8Array(BEYOND + 1);
    const passes = this.#addAll(table, nodes, from, flags);
    if (passes === undefined) return undefined;
    if (!passes) return table;
    const rest = follow?.();
    if (rest === undefined) return undefined;
    return union(table, rest);
  }

  /** Adds, and says whether what comes next counts too; nothing when not known. */
  #addAll(
    table: FirstTable,
    nodes: readonly Node[],
    from: number,
    flags: number,
  ): boolean | undefined {
    for (let at = from; at < nodes.length; at++) {
      const passes = this.#add(table, nodes[at]!, flags);
      if (passes !== true) return passes;
    }
    return true;
  }

  #add(table: FirstTable, node: Node, flags: number): boolean | undefined {
    if (--this.#fuel <= 0) return undefined;
    switch (node.kind) {
      case "any":
        table.fill(1, 0, BEYOND);
        table[BEYOND] = EVERY;
        return false;
      case "literal":
        if ((flags & IGNORECASE) === 0 && node.code < BEYOND) {
          table[node.code] = 1;
          return false;
        }
        addSet(table, this.setOf(node, flags));
        return false;
      case "not":
      case "set":
        addSet(table, this.setOf(node, flags));
        return false;
      case "at":
      case "look":
        return true;
      case "group": {
        const inner = combineFlags(flags, node.added, node.removed);
        return this.#addAll(table, node.body.nodes, 0, inner);
      }
      case "atomic":
        return this.#addAll(table, node.body.nodes, 0, flags);
      case "branch": {
        let passes = false;
        for (const { nodes } of node.branches) {
          const one = this.#addAll(table, nodes, 0, flags);
          if (one === undefined) return undefined;
          passes ||= one;
        }
        return passes;
      }
      case "repeat": {
        if (node.max === 0) return true;
        const passes = this.#addAll(table, node.body.nodes, 0, flags);
        return passes === undefined ? undefined : passes || node.min === 0;
      }
      case "reference":
      case "conditional":
        return undefined;
    }
  }
}

function addSet(table: FirstTable, { latin, beyond }: CharSet): void {
  for (let at = 0; at < BEYOND; at++) table[at]! |= latin[at]!;
  table[BEYOND]! |= beyond;
}

/** Adds a table to another. */
export function union(into: FirstTable, table: FirstTable): FirstTable {
  for (let at = 0; at <= BEYOND; at++) into[at]! |= table[at]!;
  return into;
}

/** Whether no character is in both. */
export function areDisjoint(a: FirstTable, b: FirstTable): boolean {
  for (let at = 0; at <= BEYOND; at++) if ((a[at]! & b[at]!) !== 0) return false;
  return true;
}

/** The characters that every match begins with, in order, and whether they are the whole pattern. */
export function literalPrefix(
  nodes: readonly Node[],
  flags: number,
): { codes: number[]; whole: boolean } {
  const codes: number[] = [];
  for (const node of nodes) {
    if (node.kind === "literal" && (flags & IGNORECASE) === 0) codes.push(node.code);
    else if (node.kind === "group") {
      const inner = combineFlags(flags, node.added, node.removed);
      const prefix = literalPrefix(node.body.nodes, inner);
      for (const code of prefix.codes) codes.push(code);
      if (!prefix.whole) return { codes, whole: false };
    } else return { codes, whole: false };
  }
  return { codes, whole: true };
}
