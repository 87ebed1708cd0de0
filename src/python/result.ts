/** What becomes of a run, as data. */
import type { LogEvent } from "./host/log-text.ts";
import type { Request } from "./host/log.ts";
import type { Plain } from "./host/plain.ts";
import type { Telemetry } from "./telemetry.ts";

/** One call that was going on where an error came up. */
export interface TracebackFrame {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** `<module>` outside of functions. */
  readonly function: string;
  /** The line itself without its indentation, where the source is known. */
  readonly source?: string;
}

/**
 * What an error is: `syntax` (the source is no Python), `python` (an exception), `import` and `io`
 * (an ImportError, an OSError), `timeout` (the time is used up), `limit` (another part of the budget),
 * `suspended` (an effect has no answer yet), `internal` (a defect of ours).
 */
export type ErrorKind =
  | "syntax"
  | "python"
  | "import"
  | "io"
  | "timeout"
  | "limit"
  | "suspended"
  | "route_not_found"
  | "internal";

/** Why a run did not come to its end. */
export interface RunError {
  readonly kind: ErrorKind;
  /** Without the class of the exception: `division by zero`. */
  readonly message: string;
  /** From 1, where the place is known. */
  readonly line?: number;
  readonly column?: number;
  /** The class of the exception: `ZeroDivisionError`. */
  readonly exceptionType?: string;
  /** Outermost call first. */
  readonly traceback: readonly TracebackFrame[];
  /** All that Python prints for it, its causes included. */
  readonly text: string;
}

/** What every result has. */
export interface Outcome {
  /** What the program wrote to standard output. */
  readonly output: string;
  /** What it wrote to standard error. */
  readonly stderr: string;
  /** The effects of the host, in their order. */
  readonly events: readonly LogEvent[];
  /** The same as the text of an event log, for `replay` and `resume`. */
  readonly log: string;
  /** What was used of the budget; bytes are those asked for, given back or not. */
  readonly used: { readonly steps: number; readonly timeMs: number; readonly bytes: number };
  /** Time and calls, where they were asked for. */
  readonly profile?: Profile;
  /** Spans as OpenTelemetry's JSON, where they were asked for; {@link spanTree} prints them. */
  readonly telemetry?: Telemetry;
}

/** Time and calls of a run, by function and by line. */
export interface Profile {
  readonly functions: readonly ProfileEntry[];
  readonly lines: readonly ProfileEntry[];
}

/** One function, or one line. */
export interface ProfileEntry {
  readonly file: string;
  readonly line: number;
  /** The function, or the one that the line is in. */
  readonly function: string;
  /** How often it was called, or the line begun. */
  readonly calls: number;
  /** Milliseconds in it, those in functions that it called not counted. */
  readonly selfMs: number;
  /** Milliseconds in it and all that it called. */
  readonly totalMs: number;
}

/** A run that came to its end. */
export interface Finished extends Outcome {
  readonly ok: true;
  /** Value of the last statement, if that is an expression and the value has a plain form. */
  readonly value: Plain | undefined;
  readonly exitCode: 0;
  /** The program ended itself, by `sys.exit()`. */
  readonly ended?: true;
}

/** A run that did not. */
export interface Failed extends Outcome {
  readonly ok: false;
  readonly error: RunError;
  /** 1, or what `sys.exit()` was called with. */
  readonly exitCode: number;
  /** The effect that waits for its answer, when the run was suspended. */
  readonly request?: Request;
}

/** What becomes of a run; `ok` tells which. */
export type RunResult = Finished | Failed;
