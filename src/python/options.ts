/** What a caller says of a run. */
import type { Grants, Output } from "./host/grants.ts";
import type { Natives } from "./run.ts";

/** What a run may use; what is left out has a default that no ordinary program meets. */
export interface Limits {
  /** About one for each call, turn of a loop and element that a built-in touches; 10¹² by default. */
  readonly maxSteps?: number;
  /** Milliseconds of the program's own: host effects are not counted, sleeping is; 60,000 by default. */
  readonly maxTimeMs?: number;
  /** Bytes held at once; 1 GiB by default. */
  readonly maxMemory?: number;
  /** Characters of standard output and error together; 10⁷ by default. */
  readonly maxOutput?: number;
  /** Calls in one another, as `sys.getrecursionlimit()` has it; 1000 by default. */
  readonly maxDepth?: number;
}

/**
 * What a run is granted, what it may use, and what it is called. Clock and randomness are the system's
 * unless they are given or `false`; files, environment, standard input and modules are none.
 */
export interface RunOptions extends Limits, Omit<Grants, "clock" | "random"> {
  readonly clock?: Grants["clock"] | false;
  readonly random?: Grants["random"] | false;
  /** Modules made of Python's own objects, which the host trusts as it does the library; none by default. */
  readonly natives?: Natives;
  /** What tracebacks call the program, and `__file__`; `<string>` by default. */
  readonly filename?: string;
  /** `sys.argv`; the file name alone by default. */
  readonly argv?: readonly string[];
  /** `sys.path`, of use where files are granted; the directory of the program by default. */
  readonly path?: readonly string[];
  /** Where relative paths begin; `/` by default. */
  readonly cwd?: string;
  /** Takes output as soon as a line is whole, and not only in larger parts. */
  readonly lines?: boolean;
  /** The text of an event log: what it answers is not done again, and after it the run goes on. */
  readonly replay?: string | Uint8Array;
  /** Takes each line of the event log as soon as its effect is done. */
  readonly record?: (line: string) => void;
  /** Characters that the log may have; 2²⁸ by default. */
  readonly maxLog?: number;
  /** Suspends the run before the effect of this number, from 0. */
  readonly suspendAt?: number;
  /** Keeps output and log for the result, which a program that runs for long has no room for; true by default. */
  readonly keep?: boolean;
  /** Measures time and calls of functions and lines; the program runs slower. */
  readonly profile?: boolean;
  /** Collects spans of the run and of its host effects, and of its calls where it is profiled. */
  readonly telemetry?: boolean;
}

export type { Output };
