/** The host of a run's, a replay's or a merge's reporters. */
import type { ExtensionFinished } from "../events/event.ts";
import type { LedgerWriter } from "../events/ledger.ts";
import type { Stamper } from "../events/stamp.ts";
import { workflowCommand } from "../plugins/annotation.ts";
import { createHost, type Host } from "../plugins/host.ts";
import type { ReporterArgument } from "../plugins/reporter-argument.ts";
import { ciOptions } from "./ci.ts";
import { findReporter } from "./reporters.ts";
import type { ReportRequest, RunSurroundings } from "./request.ts";

export interface Recording {
  /** Files that no reporter may write to. */
  inputs: readonly string[];
  /** Absent in replays. */
  stamper?: Stamper;
  ledger?: LedgerWriter;
}

/** @throws KataError when there is no such reporter, or an output cannot be written */
export function openHost(
  { reporters, cwd }: ReportRequest,
  surroundings: RunSurroundings,
  recording: Recording,
): Host {
  return createHost({
    reporters: withDefault(reporters).map(({ name, file }) => ({
      name,
      reporter: findReporter(name),
      ...ciOptions(name, surroundings.env, cwd),
      ...(file === undefined ? {} : { output: file }),
    })),
    surroundings,
    cwd,
    ...recording,
    annotate: workflowCommand,
    onPluginFailed: ({ plugin, message }) => {
      surroundings.stderr.write(`warning: reporter "${plugin}" was switched off: ${message}\n`);
    },
  });
}

/** If no reporter writes to stdout, `pretty` does. */
function withDefault(reporters: readonly ReporterArgument[]): readonly ReporterArgument[] {
  const taken = reporters.some(({ file }) => file === undefined);
  return taken ? reporters : [{ name: "pretty" }, ...reporters];
}

/** What a step after the reports has to say, for stderr: in the reports it cannot stand. */
export function lateNote({ id, outcome, message }: ExtensionFinished): string {
  return outcome === "passed" ? "" : `warning: extension ${id} ${outcome}: ${message}\n`;
}
