/** Reports of runs that have ended: from one log, or from the logs of a run's shards. */
import { resolve } from "node:path";
import type { KataEvent } from "../events/event.ts";
import { LedgerWriter, readLedger } from "../events/ledger.ts";
import { mergeRuns } from "../events/merge.ts";
import { Tally, type Verdict } from "../events/verdict.ts";
import { outputsOf, refuseInputs } from "./inputs.ts";
import { findReporters, type FoundReporter } from "./reporters.ts";
import { openHost, type Recording, reportExit } from "./reporting.ts";
import type { ReportRequest, RunSurroundings } from "./request.ts";

/** Events between two looks at whether the user has had enough. */
const STRIDE = 1000;

export interface ReplayRequest extends ReportRequest {
  log: string;
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
  const reporters = await findReporters(request);
  return await report(readLedger(log), request, reporters, surroundings, { inputs: [log] });
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

async function report(
  events: Iterable<KataEvent>,
  request: ReportRequest,
  reporters: readonly FoundReporter[],
  surroundings: RunSurroundings,
  recording: Recording,
): Promise<Replayed> {
  const tally = new Tally();
  const host = openHost(reporters, request.cwd, surroundings, recording);
  let count = 0;
  try {
    for (const event of events) {
      if (++count % STRIDE === 0) await Promise.all([Bun.sleep(0), host.caughtUp()]);
      if (surroundings.signal.aborted) break;
      tally.push(event);
      host.handle(event);
    }
  } finally {
    await host.finish();
  }
  const verdict = tally.verdict();
  return { verdict, exit: reportExit(verdict, request, host) };
}
