/** What `kata deconvolve` says of its progress and of its end. */
import type { JobSummary } from "../deconvolution/job.ts";

/** Characters of the bar. */
const BAR = 24;

/** A bar, and beside it how fast it grows and how long it still takes. */
export function pace(done: number, total: number, fresh: number, ms: number): string {
  const full = Math.floor((BAR * done) / total);
  const bar = "\u2588".repeat(full) + "\u2591".repeat(BAR - full);
  if (fresh === 0) return bar;
  const left = Math.ceil(((total - done) * ms) / fresh / 1000);
  return `${bar} ${Math.max(1, Math.round((1000 * fresh) / ms))} cells a second, ${left} s left`;
}

/** How it went, in one line. */
export function outcome(
  { cells, length, finished, resumed, iterations, cut }: JobSummary,
  ms: number,
): string {
  const parts = [
    `${finished} of ${cells} cells of ${length} samples in ${(ms / 1000).toFixed(1)} s`,
    `${Math.round(iterations / Math.max(1, finished))} iterations a cell`,
  ];
  if (resumed > 0) parts.push(`${resumed} of them by an earlier call`);
  if (cut > 0) parts.push(`${cut} ended by --max-iterations`);
  return parts.join("; ");
}
