/**
 * Plugins that are no reporters, attached to a run by its project: they see its events,
 * and what they propose ends in one outcome each, which stands in the log and in every
 * report. A gate's outcome decides whether the run passes.
 */
import type { ExtensionFinished } from "../events/event.ts";
import { cutText } from "../events/failure-text.ts";
import { answerErrors } from "./check.ts";
import type { Contract } from "./contract.ts";
import { guestOf, type PluginModule, type StartGuest } from "./guest.ts";
import type { HostReporter } from "./host.ts";
import { RefusedError } from "./outputs.ts";
import type { PluginSpec } from "./spec.ts";
import type { Walls } from "../sandbox/layers.ts";

export interface AttachedPlugin extends HostReporter {
  /** The files that it is made of, absolute. */
  reads: readonly string[];
  /** What it comes to, once it has no more to say. */
  outcome(): ExtensionFinished;
}

/** Lines of source that an outcome points at. */
const MOST_ANCHORS = 20;
/** Characters of what an outcome says. */
const MESSAGE_CAP = 4000;
/** The last word is before the run's end, and files are met under `kata plugin plan` alone. */
const NEVER_HANDED: ReadonlySet<string> = new Set(["RunFinished", "FileDetected"]);

/** The events of its spec that a plugin is handed in a run. */
export function eventsInRun({ handles_event }: PluginSpec): string[] {
  return handles_event.filter((name) => !NEVER_HANDED.has(name));
}

/** A plugin of one's own that a run is to have. */
export interface Attaching {
  spec: PluginSpec;
  /** True when it may fail the run. */
  gate: boolean;
  /** Its handler, or its rules. */
  module: PluginModule;
}

/** A plugin, ready for a host. `walls` absent: it has its caller's permissions. */
export function attach(
  { spec, gate, module }: Attaching,
  contract: Contract,
  walls: Walls | undefined,
): AttachedPlugin {
  const { name } = spec;
  const start = guestOf(module, "handler", walls);
  /** Each said once, and no more than are shown. */
  const failures = new Set<string>();
  let room = MESSAGE_CAP;
  const anchors: NonNullable<ExtensionFinished["anchors"]> = [];
  let broken: string | undefined;
  return {
    name,
    reads: [module.path],
    reporter: { start: withinSpec(spec, contract, start) },
    attached: {
      events: new Set(eventsInRun(spec)),
      take: ({ action, payload }) => {
        switch (action) {
          case "propose_failure": {
            if (room <= 0) return "ignored";
            const message = cutText(payload.message, MESSAGE_CAP);
            if (!failures.has(message)) room -= message.length;
            failures.add(message);
            return "applied";
          }
          case "annotate":
            if (anchors.length === MOST_ANCHORS) return "ignored";
            anchors.push(anchorOf(payload));
            return "applied";
          case "write":
          case "write_file":
            throw new RefusedError(`only reporters may propose ${action}`);
          default:
            return "ignored";
        }
      },
      failed: (message) => {
        broken = message;
      },
    },
    outcome: () => ({
      event: "ExtensionFinished",
      id: name,
      slot: gate ? "gate" : "after:run",
      ...said(broken, [...failures], anchors.length, gate),
      ...(anchors.length === 0 ? {} : { anchors }),
    }),
  };
}

/** Switches off what answers with anything that its own spec does not name. */
function withinSpec({ outputs }: PluginSpec, contract: Contract, start: StartGuest): StartGuest {
  return (context, listener) => {
    const guest = start(context, {
      ...listener,
      answered: (actions) => {
        const [error] = answerErrors(actions, outputs, contract);
        if (error === undefined) {
          listener.answered(actions);
          return;
        }
        guest.stop();
        listener.failed(error);
      },
    });
    return guest;
  };
}

function said(
  broken: string | undefined,
  failures: readonly string[],
  lines: number,
  gate: boolean,
): Pick<ExtensionFinished, "outcome" | "message"> {
  const words = broken === undefined ? failures : [...failures, `did not finish: ${broken}`];
  if (words.length > 0) {
    const message = cutText(words.join("; "), MESSAGE_CAP);
    // What a plugin that broke had to say it did not say: that is no pass.
    return { outcome: gate ? "failed" : failures.length > 0 ? "warned" : "skipped", message };
  }
  if (lines === 0) return { outcome: "passed", message: "" };
  return {
    outcome: "suggested",
    message: `${lines} ${lines === 1 ? "note" : "notes"} on the source`,
  };
}

function anchorOf(given: {
  file: string;
  line: number;
  title: string;
  message: string;
}): NonNullable<ExtensionFinished["anchors"]>[number] {
  const { file, line, title, message } = given;
  const text = title === "" ? message : `${title}: ${message}`;
  return { file, line: Math.max(0, Math.trunc(line)), message: cutText(text, MESSAGE_CAP) };
}
