import type { Kata, KataFiles, Variation } from "../catalog/kata.ts";
import type { EventPayload, KataKey, Lang, PlannedKata, SkipReason } from "../events/event.ts";
import type { Confinement } from "../sandbox/confine.ts";
import type { Devices } from "./device.ts";

/** One kata of a run: in one language, in one variation, on one file. */
export interface PlanItem {
  kata: Kata;
  lang: Lang;
  files: KataFiles;
  variation: Variation | undefined;
  /** The file under test, absolute. */
  subject: string;
  /** The same, as a person would name it. */
  display: string;
  /** A mutant: text in the place of the subject's own. It runs until its first failure. */
  mutant?: string;
  /** References may share a worker; a learner's file gets one of its own. */
  trusted: boolean;
  /** False for kata's own references; what anybody else wrote runs confined. */
  foreign: boolean;
}

export interface RunnerOptions {
  seed: number;
  devices: Devices;
  /** Milliseconds a test may take, where neither it nor its kata says otherwise. */
  timeoutMs: number;
  filter: string | undefined;
  bail: boolean;
  /** How many workers run side by side. */
  jobs: number;
  /** What foreign items run behind, and how much they may use. */
  confinement: Confinement;
  signal: AbortSignal;
  emit: (payload: EventPayload) => void;
  /** Awaited before an item's worker starts; each then has a worker of its own. */
  beforeKata?: (item: PlanItem) => Promise<void>;
  /** Names a path as a person would. */
  display: (path: string) => string;
}

/** What stands in the way of running an item at all. */
export interface Obstacle {
  reason: SkipReason;
  message: string;
}

export function keyOfItem(item: PlanItem): KataKey {
  return { kata_id: item.kata.id, lang: item.lang, variation: item.variation?.name ?? "" };
}

export function planned(item: PlanItem): PlannedKata {
  const { kata } = item;
  return {
    ...keyOfItem(item),
    name: kata.name,
    category: kata.category,
    difficulty: kata.difficulty,
    dependencies: kata.dependencies,
    file: item.display,
  };
}
