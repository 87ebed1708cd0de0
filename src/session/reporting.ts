/** The host of a run's, a replay's or a merge's reporters. */
import { EXIT } from "../errors.ts";
import type { ExtensionFinished } from "../events/event.ts";
import type { LedgerWriter } from "../events/ledger.ts";
import type { Verdict } from "../events/verdict.ts";
import type { Stamper } from "../events/stamp.ts";
import { workflowCommand } from "../plugins/annotation.ts";
import type { AttachedPlugin } from "../plugins/attached.ts";
import { createHost, type Host } from "../plugins/host.ts";
import { visible, visibleLine } from "../plugins/text.ts";
import { ciOptions } from "./ci.ts";
import type { FoundReporter } from "./reporters.ts";
import type { ReportRequest, RunSurroundings } from "./request.ts";

export interface Recording {
  /** Files that no reporter may write to. */
  inputs: readonly string[];
  /** What the project attaches to a run. */
  attached?: readonly AttachedPlugin[];
  /** Absent in replays. */
  stamper?: Stamper;
  ledger?: LedgerWriter;
}

/** @throws KataError when an output cannot be written */
export function openHost(
  reporters: readonly FoundReporter[],
  cwd: string,
  surroundings: RunSurroundings,
  recording: Recording,
): Host {
  const { stderr } = surroundings;
  const { attached = [], ...rest } = recording;
  const kindOf = (name: string): string =>
    attached.some((plugin) => plugin.name === name) ? "plugin" : "reporter";
  const modules = reporters.flatMap(({ module }) => (module === undefined ? [] : [module]));
  const host = createHost({
    reporters: [
      ...reporters.map(({ name, file, reporter }) => ({
        name,
        reporter,
        ...ciOptions(name, surroundings.env, cwd),
        ...(file === undefined ? {} : { output: file }),
      })),
      ...attached,
    ],
    surroundings,
    cwd,
    ...rest,
    inputs: [...rest.inputs, ...modules, ...attached.flatMap(({ reads }) => reads)],
    annotate: workflowCommand,
    onPluginFailed: ({ plugin, message }) => {
      stderr.write(
        `warning: ${kindOf(plugin)} "${plugin}" was switched off: ${visibleLine(message)}\n`,
      );
    },
    onPluginPrinted: (plugin, text) => {
      for (const line of visible(text).trimEnd().split("\n"))
        stderr.write(`note: ${kindOf(plugin)} "${plugin}" printed: ${line}\n`);
    },
  });
  surroundings.signal.addEventListener("abort", host.hurry.bind(host), { once: true });
  return host;
}

/** The exit code of a report: a failed plugin counts where the user said so. */
export function reportExit(
  verdict: Verdict,
  { strictPlugins }: ReportRequest,
  { failures }: Host,
): number {
  if (!verdict.passed) return EXIT.failed;
  return strictPlugins === true && failures.length > 0 ? EXIT.usage : EXIT.passed;
}

/** What a step after the reports has to say, for stderr: in the reports it cannot stand. */
export function lateNote({ id, outcome, message }: ExtensionFinished): string {
  return outcome === "passed" ? "" : `warning: extension ${id} ${outcome}: ${message}\n`;
}
