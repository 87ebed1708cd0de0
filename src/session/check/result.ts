import type { Kata } from "../../catalog/kata.ts";
import type { Problem } from "../../catalog/problem.ts";
import type { Lang } from "../../events/event.ts";
import type { PlanItem } from "../../runner/plan.ts";

/** How the tests of one kata ended, added up. */
export interface Counts {
  passed: number;
  failed: number;
}

/** One thing that a kata was held against. */
export interface Check {
  name: string;
  /** `skipped`: it could not be looked at here. */
  status: "passed" | "failed" | "skipped";
  problems: Problem[];
}

/** A mutant that every test passes on. */
export interface Survivor {
  /** 1-based, in the reference. */
  line: number;
  /** 1-based. */
  column: number;
  /** The lines that the change touches, before and after it. */
  from: string;
  to: string;
}

export interface MutantCounts {
  total: number;
  killed: number;
  /** Survivors that the manifest lists, each with a reason. */
  equivalent: number;
  survivors: Survivor[];
}

export interface CheckResult {
  kata_id: string;
  lang: Lang;
  category: string;
  ok: boolean;
  checks: Check[];
  /** Those of all checks. */
  problems: Problem[];
  template: Counts;
  reference: Counts;
  /** Absent unless mutants were asked for. */
  mutants?: MutantCounts;
  /** The devices that the reference passed on, or was tried on. */
  devices: string[];
  duration_ms: number;
}

/** A kata in one language, as it is checked. */
export interface Subject {
  kata: Kata;
  lang: Lang;
  files: PlanItem["files"];
  /** The executable carries it, so it has no excuse. */
  bundled: boolean;
}

export function problemOf(file: string, line: number, message: string, expected: string): Problem {
  return { severity: "error", file, line, column: line === 0 ? 0 : 1, message, expected };
}
