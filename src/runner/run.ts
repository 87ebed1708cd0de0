/** Runs a plan: hands its items to workers, and lets their events out in the plan's order. */
import { lstatSync, readFileSync } from "node:fs";
import type { EventPayload } from "../events/event.ts";
import { deviceFor } from "./device.ts";
import { KataRun } from "./kata-run.ts";
import type { PlanItem, RunnerOptions } from "./plan.ts";
import { TestCode } from "./test-code.ts";
import { runWorker, type WorkerTask } from "./worker.ts";

/** No solution that a person writes is longer, in bytes. */
const SUBJECT_CAP = 8 * 2 ** 20;
/** Jobs of one worker: modules are never unloaded, so it must not live for ever. */
const BATCH_CAP = 500;

interface Slot {
  run: KataRun;
  /** Events that wait until every item before has finished. */
  held: EventPayload[];
  finished: boolean;
}

/** Runs every item; resolves when all of them have finished. */
export async function runPlan(items: readonly PlanItem[], options: RunnerOptions): Promise<void> {
  const slots = openSlots(items, options);
  const bound = slots.filter(({ run }) => run.awaitRules());
  const groups = group(slots, options);
  const work = async (): Promise<void> => {
    for (let tasks = groups.shift(); tasks !== undefined; tasks = groups.shift()) {
      await runGroup(tasks, slots, options);
    }
  };
  // With --bail nothing may begin that a broken rule before it forbids.
  if (options.bail) await holdAgainstRules(bound);
  const working = Promise.all(Array.from({ length: Math.max(1, options.jobs) }, work));
  if (!options.bail) {
    // While the first workers start, there is time to load the parser.
    await Bun.sleep(0);
    await holdAgainstRules(bound);
  }
  await working;
}

/** Tells each of these katas what its solution breaks. The parser is loaded for them alone. */
async function holdAgainstRules(bound: readonly Slot[]): Promise<void> {
  if (bound.length === 0) return;
  const { checkRules } = await import("../catalog/rules.ts");
  for (const { run } of bound) {
    const { subject, lang, kata } = run.item;
    const read = readSubject(subject);
    run.breaks("text" in read ? checkRules(read.text, lang, kata.rules) : []);
  }
}

/** One slot an item; the first unfinished one speaks directly, the others wait. */
function openSlots(items: readonly PlanItem[], options: RunnerOptions): Slot[] {
  const slots: Slot[] = [];
  const codes = new Map<string, TestCode>();
  let first = 0;
  const release = (): void => {
    for (let slot = slots[first]; slot !== undefined; slot = slots[first]) {
      for (const payload of slot.held.splice(0)) options.emit(payload);
      if (!slot.finished) return;
      first++;
    }
  };
  for (const [index, item] of items.entries()) {
    const emit = (payload: EventPayload): void => {
      const slot = slots[index];
      if (slot === undefined) return;
      if (payload.event === "KataFinished") slot.finished = true;
      if (index === first && slot.held.length === 0 && !slot.finished) return options.emit(payload);
      slot.held.push(payload);
      if (index === first) release();
    };
    const { tests } = item.files;
    const code = codes.get(tests) ?? new TestCode(tests, item.lang);
    codes.set(tests, code);
    slots.push({ run: new KataRun(item, emit, options, code), held: [], finished: false });
  }
  return slots;
}

/** Ends at once what cannot run, and cuts the rest into the workers' batches. */
function group(slots: readonly Slot[], options: RunnerOptions): WorkerTask[][] {
  const trusted: WorkerTask[] = [];
  const own: WorkerTask[][] = [];
  for (const { run } of slots) {
    const { item } = run;
    const device = deviceFor(item.kata, item.lang, options.devices);
    if (typeof device !== "string") {
      run.skip(device.reason, device.message);
      continue;
    }
    const read = readSubject(item.subject);
    if ("broken" in read) {
      run.refuse(`Cannot load ${item.display}: ${read.broken}`);
      continue;
    }
    const task = { run, device, timeoutMs: item.kata.timeoutMs ?? options.timeoutMs };
    if (item.trusted) trusted.push(task);
    else own.push([task]);
  }
  return [...split(trusted, options.jobs), ...own];
}

/** Cuts into as many runs of neighbours as there are workers. */
function split(tasks: readonly WorkerTask[], parts: number): WorkerTask[][] {
  const size = Math.min(Math.ceil(tasks.length / Math.max(1, parts)), BATCH_CAP);
  return Array.from({ length: size === 0 ? 0 : Math.ceil(tasks.length / size) }, (_, index) =>
    tasks.slice(index * size, (index + 1) * size),
  );
}

async function runGroup(
  tasks: WorkerTask[],
  slots: readonly Slot[],
  options: RunnerOptions,
): Promise<void> {
  let left = tasks;
  while (left.length > 0) {
    if (options.signal.aborted) return stop(left, "interrupted");
    if (options.bail && slots.some(({ run, finished }) => finished && run.failed))
      return stop(left, "bail");
    // With --bail one kata at a time: nothing runs that a failure before it forbids.
    const alone = options.bail || options.beforeKata !== undefined;
    const batch = alone ? left.slice(0, 1) : left;
    for (const { run } of batch) await options.beforeKata?.(run.item);
    const unbegun = await runWorker(batch, options);
    left = [...unbegun, ...left.slice(batch.length)];
  }
}

function stop(tasks: readonly WorkerTask[], why: "interrupted" | "bail"): void {
  for (const { run } of tasks) {
    if (why === "bail") {
      run.skip("bail", "Did not run: --bail, and a kata before it failed");
    } else {
      run.die({ cause: "interrupted" });
      run.finish();
    }
  }
}

/** The file under test, or why it cannot even be tried. */
function readSubject(path: string): { text: string } | { broken: string } {
  try {
    const info = lstatSync(path);
    if (info.isSymbolicLink())
      return { broken: "it is a link to a file outside of its folder; name that file itself" };
    if (info.isDirectory()) return { broken: "it is a folder, and a file was expected" };
    if (!info.isFile()) return { broken: "it is no regular file" };
    if (info.size > SUBJECT_CAP)
      return { broken: `it has ${info.size} bytes, and at most ${SUBJECT_CAP} were expected` };
    const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
    return { text: decoder.decode(readFileSync(path)) };
  } catch (error) {
    if (error instanceof TypeError) return { broken: "it is not UTF-8 text" };
    return { broken: (error as Error).message };
  }
}
