import type { Lang } from "../events/event.ts";

/** A named set of parameters that a kata can be run with. */
export interface Variation {
  name: string;
  description: string;
  /** Handed to the tests and the solution as `params`. */
  params: Record<string, unknown>;
}

/** What is forbidden and demanded of a solution's syntax. */
export interface Rules {
  /** Names, calls and constructs that a solution may not use. */
  forbid: string[];
  must_use: string[];
  /** Lines that hold code, imports aside. */
  max_lines?: number;
  /** Neither `for`, `while`, `do`, nor methods like `map` that walk over elements. */
  no_loops?: boolean;
}

/** A mutant of the reference that no test can tell from it, and why. */
export interface Equivalent {
  /** The lines that the change touches, before it. */
  from: string;
  /** The same, after it. */
  to: string;
  reason: string;
}

/** The files of a kata in one language, as absolute paths. */
export interface KataFiles {
  template: string;
  tests: string;
  reference: string;
}

/** A kata, as its manifest and its folder describe it. */
export interface Kata {
  /** The folder's name; unique in a catalogue. */
  id: string;
  name: string;
  category: string;
  /** 1 (first steps) to 5. */
  difficulty: number;
  description: string;
  /** Ids of the katas to do before. */
  dependencies: string[];
  tags: string[];
  hints: string[];
  /** Milliseconds a test may take; absent: the run's default. */
  timeoutMs?: number;
  /** `webgpu` katas need a WebGPU device and are skipped on `cpu`. */
  device: "any" | "webgpu";
  rules: Rules;
  variations: Variation[];
  /** Names of tests that may pass on the template as it is. */
  passesOnTemplate: string[];
  equivalent: Equivalent[];
  /** Absolute. */
  dir: string;
  /** At least one language; `ts` first. */
  files: Partial<Record<Lang, KataFiles>>;
}

export const MANIFEST = "manifest.toml";

/** The names of a kata's files, by language; `ts` comes first everywhere. */
export const FILE_NAMES: Readonly<Record<Lang, KataFiles>> = {
  ts: { template: "template.ts", tests: "kata.test.ts", reference: "reference.ts" },
  py: { template: "template.py", tests: "test_kata.py", reference: "reference.py" },
};

/** True when there is something to hold a solution against. */
export function hasRules({ forbid, must_use, max_lines, no_loops }: Rules): boolean {
  return forbid.length > 0 || must_use.length > 0 || max_lines !== undefined || no_loops === true;
}
