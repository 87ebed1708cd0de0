/** The places of a run at which a project's own steps may stand. The table is closed. */

export interface SlotFacts {
  /** True where a failure may fail the run. */
  may_block: boolean;
  /** True where an extension runs for one kata, and not once for the run. */
  per_kata: boolean;
  /** When it runs and what it is handed, in words for the help. */
  hands: string;
}

export type Slot =
  | "after:discover"
  | "guard"
  | "before:run"
  | "before:kata"
  | "on:failure"
  | "after:kata"
  | "after:run"
  | "gate"
  | "before:report"
  | "after:report";

/** In the order of a run. */
export const SLOTS: Readonly<Record<Slot, SlotFacts>> = {
  "after:discover": { may_block: false, per_kata: false, hands: "the plan, once it is known" },
  guard: {
    may_block: true,
    per_kata: false,
    hands: "the plan, before anything runs; a failure ends the run there",
  },
  "before:run": { may_block: false, per_kata: false, hands: "the plan, before the first kata" },
  "before:kata": { may_block: false, per_kata: true, hands: "the kata that runs next" },
  "on:failure": {
    may_block: false,
    per_kata: true,
    hands: "the kata that failed, its first failed test and the diff from its template",
  },
  "after:kata": { may_block: false, per_kata: true, hands: "the kata and its tests" },
  "after:run": { may_block: false, per_kata: false, hands: "the verdict, after the last kata" },
  gate: {
    may_block: true,
    per_kata: false,
    hands: "the verdict, before it is final; a failure fails the run",
  },
  "before:report": {
    may_block: false,
    per_kata: false,
    hands: "the final verdict and the reports that will be written",
  },
  "after:report": { may_block: false, per_kata: false, hands: "the reports that were written" },
};

export const SLOT_NAMES: readonly Slot[] = Object.keys(SLOTS) as Slot[];
/** The slots in which `on_fail: block` may stand. */
export const BLOCKING: readonly Slot[] = SLOT_NAMES.filter((slot) => SLOTS[slot].may_block);

export function isSlot(name: unknown): name is Slot {
  return typeof name === "string" && Object.hasOwn(SLOTS, name);
}
