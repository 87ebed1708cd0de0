/** Beyond this a name is not a slip of the finger, and comparing it costs time. */
const LONGEST = 64;

/**
 * The candidate that `name` was most likely meant to be, or `undefined` when
 * none is near: at most a third of the longer name may differ (one letter in
 * the shortest). Letter case is free; of equally near candidates the first wins.
 */
export function nearest(name: string, candidates: Iterable<string>): string | undefined {
  if (name === "" || name.length > LONGEST) return undefined;
  const wanted = name.toLowerCase();
  let best: string | undefined;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    const longer = Math.max(name.length, candidate.length);
    // A name of one letter has nothing left to recognise it by.
    const cutoff = Math.min(Math.max(1, Math.floor(longer / 3)), longer - 1);
    if (Math.abs(name.length - candidate.length) > cutoff) continue;
    const distance = editDistance(wanted, candidate.toLowerCase());
    if (distance < bestDistance && distance <= cutoff) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/**
 * How many insertions, deletions, substitutions and swaps of neighbours turn
 * `a` into `b`: the optimal string alignment form of the Damerau–Levenshtein
 * distance, over UTF-16 code units, in O(|a|·|b|).
 */
export function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let value = Math.min(
        (previous[j] ?? 0) + 1,
        (current[j - 1] ?? 0) + 1,
        (previous[j - 1] ?? 0) + cost,
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        value = Math.min(value, (before[j - 2] ?? 0) + 1);
      }
      current.push(value);
    }
    before = previous;
    previous = current;
  }
  return previous[b.length] ?? 0;
}
