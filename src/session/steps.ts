/** A project's own steps, each at its place in a run. Loaded only where `kata.toml` lists any. */
import { basename, extname } from "node:path";
import type { Project } from "../catalog/project.ts";
import type { EventPayload, ExtensionFinished } from "../events/event.ts";
import { type KataResult, keyOf } from "../events/verdict.ts";
import type { ProbeSurroundings } from "../extensions/capabilities.ts";
import { checkCapabilities, loadExtensions, type Ready } from "../extensions/load.ts";
import { didNotRun, type ExtensionCall, runExtension } from "../extensions/run.ts";
import { isSlot, type Slot } from "../extensions/slots.ts";
import { resolveDevices } from "../runner/device.ts";
import { keyOfItem, type PlanItem } from "../runner/plan.ts";
import type { RunSurroundings } from "./request.ts";
import { type RunFacts, stepContext } from "./step-context.ts";

type Emit = (payload: EventPayload) => void;
type Capable = Awaited<ReturnType<typeof checkCapabilities>>;
type ListedProject = Project & Required<Pick<Project, "extensions">>;

/**
 * Loads what `kata.toml` lists and looks for what it needs; nothing has run
 * then. What is broken is said on stderr, and is no error here.
 *
 * @throws KataError when `kata.toml` names a slot that there is not
 */
export async function loadSteps(
  project: ListedProject,
  cwd: string,
  surroundings: RunSurroundings,
): Promise<LoadedSteps> {
  const { agents } = project;
  const loaded = loadExtensions(project.extensions, cwd, { strict: false });
  const { env, stderr, signal } = surroundings;
  const ready = await checkCapabilities(loaded, probeSurroundings(cwd, env, agents));
  for (const { message } of ready.problems) stderr.write(`warning: extension ${message}\n`);
  const around = { cwd, env, agents, signal };
  return {
    open: (facts, emit) => new Steps(ready, around, facts, emit),
    again: async (recorded, facts) => await runAgain(recorded, ready, around, facts),
  };
}

type Around = Pick<ExtensionCall, "cwd" | "env" | "agents" | "signal">;

export interface LoadedSteps {
  /** The steps of a run. */
  open(facts: RunFacts, emit: Emit): Steps;
  /** The outcome that a recorded step has now; undefined when it is not listed any more. */
  again(recorded: ExtensionFinished, facts: RunFacts): Promise<ExtensionFinished | undefined>;
}

/** What the probes of capabilities look at. */
export function probeSurroundings(
  cwd: string,
  env: RunSurroundings["env"],
  agents: Project["agents"],
): ProbeSurroundings {
  const gpu = async (): Promise<boolean> => (await resolveDevices("auto")).any === "gpu";
  return { cwd, env, agents, gpu };
}

/** The steps of one run. */
export class Steps {
  readonly #loaded: Capable;
  readonly #around: Around;
  readonly #facts: RunFacts;
  readonly #emit: Emit;
  /** Events that wait until a step before them has ended. */
  readonly #queue: EventPayload[] = [];
  /** What was said before a kata began: it stands in the log where the kata begins. */
  readonly #before = new Map<string, ExtensionFinished[]>();
  readonly #begun = new Set<string>();
  #isPumping = false;
  #pumped: Promise<void> = Promise.resolve();

  constructor(loaded: Capable, around: Around, facts: RunFacts, emit: Emit) {
    this.#loaded = loaded;
    this.#around = around;
    this.#facts = facts;
    this.#emit = emit;
  }

  /** `after:discover`, `guard` and `before:run`; false when a guard said no. */
  async begin(): Promise<boolean> {
    let guarded = true;
    const emit = (event: ExtensionFinished): void => {
      if (event.slot === "guard" && event.outcome === "failed") guarded = false;
      this.#emit(event);
    };
    // What cannot take part says so at once, and where it has to, fails the run.
    for (const { file, slot, message, blocks } of this.#loaded.problems) {
      const id = basename(file, extname(file));
      const said = didNotRun({ on_fail: blocks ? "block" : "warn" }, message);
      emit({ event: "ExtensionFinished", id, slot, ...said });
    }
    for (const slot of ["after:discover", "guard", "before:run"] as const) {
      if (guarded) await this.#run(slot, emit);
    }
    return guarded;
  }

  /** For the runner: `before:kata`, once for each kata. Absent when there is no such step. */
  get beforeKata(): ((item: PlanItem) => Promise<void>) | undefined {
    if (this.#loaded.slots["before:kata"].length === 0) return undefined;
    return async (item) => {
      const key = keyOf(keyOfItem(item));
      if (this.#begun.has(key)) return;
      this.#begun.add(key);
      const said: ExtensionFinished[] = [];
      const kata = this.#facts.tally.kata(keyOfItem(item));
      await this.#run("before:kata", (event) => said.push(event), { ...kata, tests: [] });
      this.#before.set(key, said);
    };
  }

  /** Lets the runner's events through, with `on:failure` and `after:kata` behind each kata's own. */
  readonly emit = (payload: EventPayload): void => {
    this.#queue.push(payload);
    if (!this.#isPumping) this.#pumped = this.#pump();
  };

  /** Resolves when all of the runner's events are through, each kata's steps with them. */
  async caughtUp(): Promise<void> {
    await this.#pumped;
  }

  /** `after:run` and `gate`, where katas have run, and `before:report`. */
  async end(ran: boolean): Promise<void> {
    if (ran) for (const slot of ["after:run", "gate"] as const) await this.#run(slot, this.#emit);
    await this.#run("before:report", this.#emit);
  }

  /** `after:report`: the reports are written, so `emit` is not theirs. */
  async afterReport(emit: (event: ExtensionFinished) => void): Promise<void> {
    await this.#run("after:report", emit);
  }

  async #pump(): Promise<void> {
    this.#isPumping = true;
    for (let payload = this.#queue.shift(); payload !== undefined; payload = this.#queue.shift()) {
      if (payload.event === "KataStarted" || payload.event === "KataFinished") {
        for (const said of this.#before.get(keyOf(payload)) ?? []) this.#emit(said);
        this.#before.delete(keyOf(payload));
      }
      this.#emit(payload);
      if (payload.event !== "KataFinished") continue;
      const kata = this.#facts.tally.kata(payload);
      if (kata.status === "failed") await this.#run("on:failure", this.#emit, kata);
      await this.#run("after:kata", this.#emit, kata);
    }
    this.#isPumping = false;
  }

  async #run(
    slot: Slot,
    emit: (event: ExtensionFinished) => void,
    kata?: KataResult,
  ): Promise<void> {
    for (const ready of this.#loaded.slots[slot]) {
      emit(await runStep(ready, slot, this.#around, this.#facts, kata));
    }
  }
}

async function runStep(
  ready: Ready,
  slot: Slot,
  around: Around,
  facts: RunFacts,
  kata: KataResult | undefined,
): Promise<ExtensionFinished> {
  const finished = await runExtension(ready, { ...around, ...stepContext(slot, facts, kata) });
  if (kata === undefined) return { event: "ExtensionFinished", ...finished };
  const { kata_id, lang, variation } = kata;
  return { event: "ExtensionFinished", ...finished, kata_id, lang, variation };
}

async function runAgain(
  { id, slot, kata_id, lang, variation }: ExtensionFinished,
  { slots }: Capable,
  around: Around,
  facts: RunFacts,
): Promise<ExtensionFinished | undefined> {
  if (!isSlot(slot)) return undefined;
  const ready = slots[slot].find(({ extension }) => extension.id === id);
  if (ready?.extension.mode !== "deterministic") return undefined;
  const key =
    kata_id === undefined || lang === undefined || variation === undefined
      ? undefined
      : { kata_id, lang, variation };
  const kata = key === undefined ? undefined : facts.tally.kata(key);
  return await runStep(ready, slot, around, facts, kata);
}
