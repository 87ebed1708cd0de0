/** How a plan is cut into shards: the same on each machine that has the same plan. */
import type { PlannedKata, Shard } from "./event.ts";

/** What each kata took, in milliseconds, and the digest of the file that says so. */
export interface Timings {
  /** Undefined for a kata that has none: it counts as the mean of the others. */
  durations: readonly (number | undefined)[];
  sha256: string;
}

/**
 * The part of a plan that shard `index` of `total` runs. Without timings the
 * parts are neighbours of about equal number; with them each kata, the longest
 * first, goes to the shard that has least to do.
 */
export function cutPlan(
  plan: readonly PlannedKata[],
  index: number,
  total: number,
  timings?: Timings,
): Shard {
  return {
    index,
    total,
    positions:
      timings === undefined
        ? neighbours(plan.length, index, total)
        : balanced(plan.length, index, total, timings.durations),
    planned: plan.length,
    plan_sha256: planDigest(plan),
    timings_sha256: timings?.sha256 ?? null,
  };
}

/** SHA-256 of the plan, in hex; plans are the same when theirs is. */
export function planDigest(plan: readonly PlannedKata[]): string {
  const rows = plan.map((kata) => [
    kata.kata_id,
    kata.lang,
    kata.variation,
    kata.name,
    kata.category,
    kata.difficulty,
    kata.dependencies,
    kata.file,
  ]);
  return new Bun.CryptoHasher("sha256").update(JSON.stringify(rows)).digest("hex");
}

function neighbours(count: number, index: number, total: number): number[] {
  const start = Math.floor(((index - 1) * count) / total);
  const end = Math.floor((index * count) / total);
  return Array.from({ length: end - start }, (_, at) => start + at);
}

/** Graham's rule of the longest processing time first; ties go by the plan's order. */
function balanced(
  count: number,
  index: number,
  total: number,
  durations: readonly (number | undefined)[],
): number[] {
  const known = durations.filter((duration) => duration !== undefined);
  const mean = known.reduce((sum, duration) => sum + duration, 0) / Math.max(1, known.length);
  const costs = Array.from({ length: count }, (_, at) => durations[at] ?? mean);
  const order = costs.map((cost, at) => ({ cost, at })).toSorted((a, b) => b.cost - a.cost);
  const loads = Array.from({ length: total }, () => ({ cost: 0, katas: 0 }));
  const own: number[] = [];
  for (const { cost, at } of order) {
    // Katas that took no time are spread by their number.
    const least = loads.reduce((best, load) =>
      load.cost < best.cost || (load.cost === best.cost && load.katas < best.katas) ? load : best,
    );
    least.cost += cost;
    least.katas++;
    if (least === loads[index - 1]) own.push(at);
  }
  return own.toSorted((a, b) => a - b);
}
