/**
 * The public plugin API (`kata/plugin`).
 *
 * A reporter is a function from events to proposed actions and has no other
 * way to the world: the host decides, acts and records. So any report can be
 * made again from a ledger, and a stranger's reporter is safe to run.
 */
import type { KataEvent } from "../events/event.ts";

export * from "../events/event.ts";
export * from "../events/failure-text.ts";
export * from "../events/verdict.ts";
export * from "./text.ts";

/** Appends text to the reporter's own output: stdout, or the file it was given. */
export interface WriteAction {
  action: "write";
  payload: { text: string };
}

/**
 * Writes a whole file, relative to the folder of the reporter's output; with
 * `append` the text is added to what the file holds.
 */
export interface WriteFileAction {
  action: "write_file";
  payload: { path: string; text: string; append?: boolean };
}

/**
 * Attaches a message to a source line, where the surroundings can show one: it
 * is written to the reporter's output in their words. A line of 0 is the file.
 */
export interface AnnotateAction {
  action: "annotate";
  payload: {
    level: "error" | "warning" | "notice";
    file: string;
    line: number;
    title: string;
    message: string;
  };
}

/** Replaces the live line; drawn on a terminal alone and left out of replays. */
export interface StatusAction {
  action: "status";
  payload: { text: string };
}

/** Asks that the run does not pass; kata fails it for the gates among `kata.toml`'s plugins alone. */
export interface ProposeFailureAction {
  action: "propose_failure";
  payload: { message: string };
}

/** Asks to move a file that was detected; see `kata plugin plan`. */
export interface ProposeMoveAction {
  action: "propose_move";
  /** Both relative to the folder that is walked. */
  payload: { from: string; to: string; rationale: string };
}

/** Asks to put a file aside, where it does nothing. */
export interface ProposeQuarantineAction {
  action: "propose_quarantine";
  payload: { path: string; reason_code: string; note: string };
}

/** Asks to put a file aside because another one holds the same. */
export interface ProposeDedupeAction {
  action: "propose_dedupe";
  payload: { path: string; same_as: string; rationale: string };
}

/** What a plugin can ask the host to do. */
export type Action =
  | WriteAction
  | WriteFileAction
  | AnnotateAction
  | StatusAction
  | ProposeFailureAction
  | ProposeMoveAction
  | ProposeQuarantineAction
  | ProposeDedupeAction;

/** What a reporter is told about its surroundings. */
export interface ReporterContext {
  /** The width to lay out for; 80 when the output is no terminal. */
  columns: number;
  /** True when the output is a terminal; elsewhere nothing has to be cut to fit. */
  terminal: boolean;
  /** True when ANSI colours may be written. */
  color: boolean;
  /** Options of this reporter, as given by the user. */
  options: Readonly<Record<string, string>>;
}

/** A function from events to proposed actions. */
export interface Reporter {
  /**
   * Called once for each event, in order. Returns what it proposes to do; null
   * is nothing. The last event is always a `RunFinished`: of a run that broke
   * off the host makes one, with `interrupted` set. Events are frozen.
   */
  handle(event: KataEvent): readonly Action[] | null;
}

/** What a reporter's module exports as `createReporter`. State lives in its closure. */
export type CreateReporter = (context: ReporterContext) => Reporter;

/** What a reporter says of itself, beside `createReporter`, as `spec`. */
export interface ReporterSpec {
  /** Kebab-case. */
  name: string;
  /** SemVer, X.Y.Z. */
  version: string;
  /** The events that it looks at. */
  handles_event: readonly KataEvent["event"][];
  /** One sentence. */
  description: string;
}

/** Shorthand for the commonest action. */
export function write(text: string): WriteAction {
  return { action: "write", payload: { text } };
}
