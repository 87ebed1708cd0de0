/** What the host and a plugin's process say to each other: JSON, one message a line. */
import type { ReporterContext } from "./reporter.ts";
import type { Rule } from "./rules.ts";

/** The first line to the process; each line after it is an event. */
export interface GuestJob {
  /** The module, absolute. */
  module: string;
  /** A reporter exports `createReporter`, a handler `handle`. */
  kind: GuestKind;
  /** In the place of a handler's code: the module is not loaded. */
  rules?: readonly Rule[];
  context: ReporterContext;
}

export type GuestKind = "reporter" | "handler";

/**
 * What the process answers: `ready` once the module is loaded, then for each
 * event, in order, what the plugin returned or how it failed. After a failure
 * it says nothing more.
 */
export type GuestAnswer = { ready: true } | { actions: unknown } | { error: string };
