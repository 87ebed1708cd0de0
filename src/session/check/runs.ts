/** The runs that a check is made of: the same runner and the same verdict as a learner's. */
import type { KataEvent } from "../../events/event.ts";
import { createStamper } from "../../events/stamp.ts";
import { type KataResult, Tally } from "../../events/verdict.ts";
import type { Devices } from "../../runner/device.ts";
import { keyOfItem, type PlanItem } from "../../runner/plan.ts";
import { runPlan } from "../../runner/run.ts";
import type { Confinement } from "../../sandbox/confine.ts";
import { displayPath } from "../plan.ts";
import { DEFAULT_SEED, DEFAULT_TIMEOUT_MS } from "../session.ts";
import type { Subject } from "./result.ts";

/** How runs are made, the same for all of one check. */
export interface Runs {
  devices: Devices;
  /** Workers side by side. */
  jobs: number;
  /** What katas from elsewhere run behind. */
  confinement: Confinement;
  signal: AbortSignal;
}

/** A kata with `path` in the solution's place. */
export function itemOf({ kata, lang, files, bundled }: Subject, path: string): PlanItem {
  const file = { subject: path, display: path };
  return { kata, lang, files, variation: undefined, ...file, trusted: true, foreign: !bundled };
}

/** Runs the items. `hear` is told every event as it comes. */
export async function runItems(
  items: PlanItem[],
  { devices, jobs, confinement, signal }: Runs,
  hear: (event: KataEvent) => void = () => undefined,
): Promise<KataResult[]> {
  const tally = new Tally();
  const stamper = createStamper();
  await runPlan(items, {
    seed: DEFAULT_SEED,
    devices,
    timeoutMs: DEFAULT_TIMEOUT_MS,
    filter: undefined,
    bail: false,
    jobs,
    confinement,
    signal,
    emit(payload) {
      const event = stamper.stamp(payload);
      tally.push(event);
      hear(event);
    },
    display: (path) => displayPath(path, process.cwd()),
  });
  return items.map((item) => tally.kata(keyOfItem(item)));
}
