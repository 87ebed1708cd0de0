/** What mutants of every language have in common. */
import type { Edit } from "./mutant.ts";

/**
 * einops and einsum: two axes the wrong way round, on each side of the arrow. Every edit of a
 * pattern whose text begins at `offset` of its file; none of a text that is no pattern.
 */
export function swapAxes(pattern: string, offset: number): Edit[] {
  const arrow = pattern.indexOf("->");
  if (arrow < 0) return [];
  const edits: Edit[] = [];
  const swap = (from: number, to: number): void => {
    const side = pattern.slice(from, to);
    const letters =
      /\s\S+\s\S|\(/.test(side.trim()) || side.trim().includes(" ") ? /[\w.]+/g : /\w/g;
    const names = [...side.matchAll(letters)];
    for (const [i, a] of names.entries()) {
      const b = names[i + 1];
      if (b === undefined || a[0] === b[0]) continue;
      const between = side.slice(a.index + a[0].length, b.index);
      const start = offset + from + a.index;
      const end = offset + from + b.index + b[0].length;
      edits.push({ start, end, text: b[0] + between + a[0] });
    }
  };
  swap(0, arrow);
  swap(arrow + 2, pattern.length);
  return edits;
}

/** Names that are mistaken for one another, each of the other: `pairs("sum mean, max min")`. */
export function pairs(list: string): Record<string, string> {
  return Object.fromEntries(
    list.split(", ").flatMap((pair) => {
      const [a = "", b = ""] = pair.split(" ");
      return [
        [a, b],
        [b, a],
      ];
    }),
  );
}
