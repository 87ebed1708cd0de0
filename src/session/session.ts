/** One run, composed: catalogue, plan, runner, ledger, and the host of its reporters. */
import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { VERSION, cacheFolder, verifyKatas } from "../assets.ts";
import { EXIT, KataError } from "../errors.ts";
import { EVENT_SCHEMA, type EventPayload, type RunStarted, type Shard } from "../events/event.ts";
import { LedgerWriter } from "../events/ledger.ts";
import { createStamper } from "../events/stamp.ts";
import { Tally, type Verdict } from "../events/verdict.ts";
import type { AttachedPlugin } from "../plugins/attached.ts";
import type { Host } from "../plugins/host.ts";
import { type Devices, resolveDevices } from "../runner/device.ts";
import { planned, type PlanItem } from "../runner/plan.ts";
import { runPlan } from "../runner/run.ts";
import type { Confinement } from "../sandbox/confine.ts";
import { catalogueNote } from "./catalogue-note.ts";
import { type Catalogue, loadCatalogue } from "./catalogue.ts";
import { confinementFor } from "./confinement.ts";
import { checkOutputs } from "./inputs.ts";
import { displayPath, nextKata, planRun } from "./plan.ts";
import { projectPlugins, projectSteps } from "./project.ts";
import { findReporters } from "./reporters.ts";
import { lateNote, openHost, reportExit } from "./reporting.ts";
import type { RunRequest, RunSurroundings } from "./request.ts";
import { shardOf } from "./shard.ts";
import type { Steps } from "./steps.ts";

/** Milliseconds a test may take when nobody says otherwise. */
export const DEFAULT_TIMEOUT_MS = 10_000;
/** The seed when nobody gives one: the same run gives the same verdict. */
export const DEFAULT_SEED = 0;

/**
 * Runs what was asked for and reports it.
 *
 * @throws KataError when the request itself cannot be carried out; then nothing has run
 */
export async function runKatas(
  request: RunRequest,
  surroundings: RunSurroundings,
): Promise<{ verdict: Verdict; exit: number }> {
  checkRequest(request);
  const project = request.sandbox.folder ?? request.cwd;
  const reporters = await findReporters(request);
  const attached = await projectPlugins(project, request.unconfined === true);
  const catalogue = await loadCatalogue(request.katas);
  const whole = planRun(request, catalogue);
  const inputs = checkOutputs(request, whole);
  const shard = shardOf(request, whole.map(planned), surroundings);
  const items = shard === undefined ? whole : whole.filter((_, at) => shard.positions.includes(at));
  if (catalogue.bundled) verifyKatas(items.map(({ kata }) => kata.dir));
  const foreign = items.some((item) => item.foreign);
  const [devices, confinement, loaded] = await Promise.all([
    resolveDevices(request.device),
    confinementFor(request.sandbox, request.cwd, foreign),
    projectSteps(project, surroundings),
  ]);
  const { note } = cacheFolder();
  if (note !== undefined) surroundings.stderr.write(`warning: ${note}\n`);
  const isWhole = request.selector === undefined;
  const said = catalogueNote(catalogue, items, isWhole, request.cwd);
  if (said !== "") surroundings.stderr.write(said);

  const stamper = createStamper();
  const tally = new Tally();
  const ledger =
    request.log === undefined
      ? undefined
      : new LedgerWriter(resolve(request.cwd, request.log), stamper);
  let host: Host;
  try {
    host = openHost(reporters, request.cwd, surroundings, {
      inputs,
      attached,
      stamper,
      ...(ledger === undefined ? {} : { ledger }),
    });
    const emit = (payload: EventPayload): void => {
      const event = stamper.stamp(payload);
      tally.push(event);
      host.handle(event);
    };
    const started = runStarted(request, items, shard);
    const { plan, options, seed } = started;
    const facts = { ...request, log: request.log, plan, items, options, seed, tally };
    const steps = loaded?.open(facts, emit);
    try {
      const how = { devices, confinement, signal: surroundings.signal };
      const lastWords = attached.length === 0 ? undefined : lastWordsOf(attached, host, emit);
      await run(request, catalogue, items, started, how, tally, emit, steps, lastWords);
    } finally {
      // Also of a run that broke off: its reports say so.
      await host.finish();
    }
    await steps?.afterReport((payload) => {
      const event = stamper.stamp(payload);
      tally.push(event);
      ledger?.append(event);
      surroundings.stderr.write(lateNote(payload));
    });
  } finally {
    ledger?.close();
  }
  const verdict = tally.verdict();
  const exit = verdict.interrupted ? EXIT.interrupted : reportExit(verdict, request, host);
  return { verdict, exit };
}

/** From `RunStarted` to `RunFinished`. */
async function run(
  request: RunRequest,
  catalogue: Catalogue,
  items: readonly PlanItem[],
  started: RunStarted,
  how: { devices: Devices; confinement: Confinement; signal: AbortSignal },
  tally: Tally,
  emit: (payload: EventPayload) => void,
  steps: Steps | undefined,
  lastWords: (() => Promise<void>) | undefined,
): Promise<void> {
  const since = performance.now();
  const names = new Map(items.map(({ subject, display }) => [subject, display]));
  emit(started);
  const runs = steps === undefined || (await steps.begin());
  if (runs) {
    await runPlan(items, {
      seed: started.seed,
      ...how,
      timeoutMs: request.timeoutMs ?? DEFAULT_TIMEOUT_MS,
      filter: request.filter,
      bail: request.bail,
      jobs: started.options.jobs,
      emit: steps?.emit ?? emit,
      ...(steps?.beforeKata === undefined ? {} : { beforeKata: steps.beforeKata }),
      display: (path) => names.get(path) ?? displayPath(path, request.cwd),
    });
  }
  await steps?.caughtUp();
  await lastWords?.();
  await steps?.end(runs);
  emit({
    event: "RunFinished",
    interrupted: how.signal.aborted,
    duration_ms: Math.round(performance.now() - since),
    next: findNext(request, catalogue, tally),
  });
}

/** What the attached plugins come to, before the project's own steps at the end. */
function lastWordsOf(
  attached: readonly AttachedPlugin[],
  host: Host,
  emit: (payload: EventPayload) => void,
): () => Promise<void> {
  return async () => {
    emit({ event: "KatasFinished" });
    await host.detach();
    for (const plugin of attached) emit(plugin.outcome());
  };
}

function checkRequest(request: RunRequest): void {
  if (request.solution !== undefined && request.reference) {
    throw new KataError("usage", "Cannot use --reference together with a solution file", {
      hint: "Leave out one of the two",
    });
  }
}

function runStarted(
  request: RunRequest,
  items: readonly PlanItem[],
  shard: Shard | undefined,
): RunStarted {
  return {
    event: "RunStarted",
    schema: EVENT_SCHEMA,
    kata_version: VERSION,
    seed: request.seed ?? DEFAULT_SEED,
    options: {
      reference: request.reference,
      device: request.device,
      timeout_ms: request.timeoutMs ?? null,
      filter: request.filter ?? null,
      bail: request.bail,
      // With --bail one after the other: what comes after a failure has not begun.
      jobs: request.bail ? 1 : (request.jobs ?? defaultJobs(items)),
    },
    plan: items.map(planned),
    ...(shard === undefined ? {} : { shard }),
  };
}

/** Learners' files run side by side; a batch of references is cut only where it is long. */
function defaultJobs(items: readonly PlanItem[]): number {
  const useful = items.some((item) => !item.trusted) ? items.length : Math.ceil(items.length / 4);
  return Math.max(1, Math.min(availableParallelism(), useful));
}

function findNext(
  request: RunRequest,
  catalogue: Catalogue,
  tally: Tally,
): { kata_id: string; name: string } | null {
  if (request.reference) return null;
  const { katas } = tally.verdict();
  const passed = new Set(
    katas.filter((kata) => kata.status === "passed").map((kata) => kata.kata_id),
  );
  return passed.size === 0 ? null : nextKata(catalogue.katas, passed, request.cwd);
}
