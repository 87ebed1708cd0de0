/**
 * The order of a catalogue: a newcomer reads it from the top, so that what needs nothing else and
 * is easy comes first.
 */
import type { Kata } from "./kata.ts";

/**
 * The katas category by category: those that build on others after them, otherwise the easier one
 * first, by the mean of its difficulties. Within one by difficulty, then id. Names are compared by
 * code units, the same everywhere.
 */
export function byCategory(katas: readonly Kata[]): Kata[] {
  const levels = levelsOf(katas);
  const means = new Map<string, number>();
  for (const [category, members] of Map.groupBy(katas, ({ category }) => category)) {
    const sum = members.reduce((total, { difficulty }) => total + difficulty, 0);
    means.set(category, sum / members.length);
  }
  const of = (numbers: ReadonlyMap<string, number>, { category }: Kata): number =>
    numbers.get(category) ?? 0;
  return katas.toSorted(
    (a, b) =>
      of(levels, a) - of(levels, b) ||
      of(means, a) - of(means, b) ||
      compare(a.category, b.category) ||
      a.difficulty - b.difficulty ||
      compare(a.id, b.id),
  );
}

/**
 * How long the longest chain of categories is that comes before each. Where categories build on
 * each other in a circle the chain ends after as many steps as there are categories.
 */
function levelsOf(katas: readonly Kata[]): Map<string, number> {
  const categoryOf = new Map(katas.map(({ id, category }) => [id, category]));
  let levels = new Map(katas.map(({ category }) => [category, 0]));
  for (const _ of levels.keys()) {
    const next = new Map(levels);
    for (const { category, dependencies } of katas) {
      for (const id of dependencies) {
        const before = categoryOf.get(id) ?? category;
        if (before === category) continue;
        const level = (levels.get(before) ?? 0) + 1;
        if (level > (next.get(category) ?? 0)) next.set(category, level);
      }
    }
    levels = next;
  }
  return levels;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
