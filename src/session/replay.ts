/** Reports of runs that have ended: from one log, or from the logs of a run's shards. */
import { resolve } from "node:path";
import type { KataEvent, RunStarted } from "../events/event.ts";
import { LedgerWriter, readLedger } from "../events/ledger.ts";
import { mergeRuns } from "../events/merge.ts";
import { stamped } from "../events/stamp.ts";
import { Tally, type Verdict } from "../events/verdict.ts";
import { outputsOf, refuseInputs } from "./inputs.ts";
import { projectSteps } from "./project.ts";
import { findReporters, type FoundReporter } from "./reporters.ts";
import { lateNote, openHost, type Recording, reportExit } from "./reporting.ts";
import type { ReportRequest, RunSurroundings } from "./request.ts";

/** Events between two looks at whether the user has had enough. */
const STRIDE = 1000;

export interface ReplayRequest extends ReportRequest {
  log: string;
  /** Runs the project's own deterministic steps again, in the place of their recorded outcomes. */
  rerun?: boolean;
}

export interface MergeRequest extends ReportRequest {
  /** The logs of all shards of one run, in any order. */
  logs: readonly string[];
  /** Where the merged log goes. */
  out?: string;
}

export interface Replayed {
  verdict: Verdict;
  exit: number;
}

/**
 * Renders the reports of a log without running anything: byte for byte what
 * the live run wrote, given the same options and no terminal.
 *
 * @throws KataError when the log cannot be read
 */
export async function replayLog(
  request: ReplayRequest,
  surroundings: RunSurroundings,
): Promise<Replayed> {
  const log = resolve(request.cwd, request.log);
  refuseInputs(outputsOf(request), [log], request.cwd);
  const again = request.rerun === true ? await rerunner(request, surroundings) : undefined;
  const reporters = await findReporters(request);
  const recording = { inputs: [log] };
  return await report(readLedger(log), request, reporters, surroundings, recording, again);
}

/**
 * Reports the shards of a run as the one run that they are, and with `out`
 * writes the log that it would have had.
 *
 * @throws KataError when a log cannot be read, or they are not one run's, each once
 */
export async function mergeLogs(
  request: MergeRequest,
  surroundings: RunSurroundings,
): Promise<Replayed> {
  const { cwd, out } = request;
  const inputs = request.logs.map((log) => resolve(cwd, log));
  const merged = out === undefined ? [] : [{ flag: `--out ${out}`, file: out }];
  refuseInputs([...outputsOf(request), ...merged], inputs, cwd);
  const events = mergeRuns(
    request.logs.map((name, at) => ({ name, events: readLedger(inputs[at] ?? name) })),
  );
  const reporters = await findReporters(request);
  if (out === undefined) return await report(events, request, reporters, surroundings, { inputs });
  const ledger = new LedgerWriter(resolve(cwd, out));
  try {
    return await report(events, request, reporters, surroundings, { inputs, ledger });
  } finally {
    ledger.close();
  }
}

/** The event that takes a recorded one's place, if any does. */
type Again = (event: KataEvent, tally: Tally) => Promise<KataEvent | undefined>;

async function rerunner(request: ReplayRequest, surroundings: RunSurroundings): Promise<Again> {
  const steps = await projectSteps(request.cwd, surroundings);
  let started: RunStarted | undefined;
  return async (event, tally) => {
    if (event.event === "RunStarted") started = event;
    if (event.event !== "ExtensionFinished" || event.mode !== "deterministic") return undefined;
    if (started === undefined) return undefined;
    const { plan, options, seed } = started;
    const { cwd, reporters } = request;
    const facts = { cwd, reporters, log: request.log, plan, items: [], options, seed, tally };
    const payload = await steps?.again(event, facts);
    if (payload !== undefined) return stamped(payload, event.seq, event.ulid, event.ts, event.v);
    const why = "kata.toml does not list it here as one that may run again";
    surroundings.stderr.write(`warning: extension ${event.id} is shown as recorded: ${why}\n`);
    return undefined;
  };
}

async function report(
  events: Iterable<KataEvent>,
  request: ReportRequest,
  reporters: readonly FoundReporter[],
  surroundings: RunSurroundings,
  recording: Recording,
  again?: Again,
): Promise<Replayed> {
  const tally = new Tally();
  const readable = begun(events);
  const host = openHost(reporters, request.cwd, surroundings, recording);
  let count = 0;
  try {
    let ended = false;
    for (const recorded of readable) {
      if (++count % STRIDE === 0) await Promise.all([Bun.sleep(0), host.caughtUp()]);
      if (surroundings.signal.aborted) break;
      const replaced: KataEvent | undefined = ended ? undefined : await again?.(recorded, tally);
      const event: KataEvent = replaced ?? recorded;
      tally.push(event);
      // As in the run itself: by then the reports are written.
      const isLate = ended && event.event === "ExtensionFinished";
      if (isLate) surroundings.stderr.write(lateNote(event));
      else host.handle(event);
      ended ||= event.event === "RunFinished";
    }
  } finally {
    await host.finish();
  }
  const verdict = tally.verdict();
  return { verdict, exit: reportExit(verdict, request, host) };
}

/** The same events, the first of them read now: of a log that is refused no report is begun. */
function begun(events: Iterable<KataEvent>): Iterable<KataEvent> {
  const rest = events[Symbol.iterator]();
  const first = rest.next();
  return (function* () {
    if (first.done === true) return;
    yield first.value;
    yield* { [Symbol.iterator]: () => rest };
  })();
}
