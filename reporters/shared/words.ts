/** Numbers and reasons in the words of a report. */
import type { Confinement, KataResult, SkipReason, TestResult } from "kata/plugin";
import type { Palette } from "./colors.ts";

const SKIP_WORDS: Readonly<Record<SkipReason, string>> = {
  skip: "marked as skipped",
  todo: "not written yet",
  filter: "left out by the filter",
  only: "another test is marked only",
  bail: "an earlier test failed",
  device: "needs another device",
  unsupported: "not supported here",
};

/** Why a test was skipped: in its own words, else in those of its reason. */
export function skipReason(test: TestResult): string {
  const own = test.failure?.message;
  if (own !== undefined && own !== "") return own;
  const { reason } = test;
  return reason !== undefined && isSkipReason(reason) ? SKIP_WORDS[reason] : SKIP_WORDS.skip;
}

function isSkipReason(reason: string): reason is SkipReason {
  return Object.hasOwn(SKIP_WORDS, reason);
}

/** `0 ms`, `812 ms`, `1.24 s`, `2 m 03 s`, `1 h 05 m`. */
export function duration(ms: number): string {
  const whole = Math.max(0, Math.round(ms) || 0);
  if (whole < 1000) return `${whole} ms`;
  if (whole < 59_995) return `${(whole / 1000).toFixed(2)} s`;
  const seconds = Math.round(whole / 1000);
  if (seconds < 3600) return `${Math.floor(seconds / 60)} m ${twoDigits(seconds % 60)} s`;
  const minutes = Math.floor(seconds / 60);
  return `${Math.floor(minutes / 60)} h ${twoDigits(minutes % 60)} m`;
}

/** Seconds with three decimals: the most that strict readers of JUnit take. */
export function seconds(ms: number): string {
  return (Math.max(0, ms || 0) / 1000).toFixed(3);
}

/** `1 test`, `2 tests`. */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** `landlock 7, seccomp; allowed: net`, or that there were no walls. */
export function sandboxWords({ confined, layers, allowed }: Confinement): string {
  if (!confined) return "none: it ran with your own permissions";
  return layers.join(", ") + (allowed.length === 0 ? "" : `; allowed: ${allowed.join(", ")}`);
}

export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

/** How many of the tests passed, failed and were skipped. */
export function countTests(tests: readonly TestResult[]): Counts {
  const counts: Counts = { passed: 0, failed: 0, skipped: 0 };
  for (const test of tests) counts[test.status]++;
  return counts;
}

/** `12 passed, 1 failed, 2 skipped`, without what there is none of. */
export function countsText(counts: Counts, paint: Palette): string {
  const parts = [];
  if (counts.passed > 0) parts.push(paint.green(`${counts.passed} passed`));
  if (counts.failed > 0) parts.push(paint.red(`${counts.failed} failed`));
  if (counts.skipped > 0) parts.push(paint.yellow(`${counts.skipped} skipped`));
  return parts.length === 0 ? paint.dim("none") : parts.join(", ");
}

/** `2 regions are still to fill in softmax.ts`; undefined when nothing is left. */
export function unfilledNote(kata: KataResult): string | undefined {
  if (kata.filled) return undefined;
  const where = kata.file === "" ? "" : ` in ${kata.file}`;
  const count = kata.unfilled ?? kata.todos;
  if (count === 0) return `the template is still to fill${where}`;
  return `${plural(count, "region")} ${count === 1 ? "is" : "are"} still to fill${where}`;
}

function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}
