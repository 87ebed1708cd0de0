/**
 * Python for TypeScript: `import { compile, run } from "kata/python"`.
 *
 * A program is compiled to JavaScript and runs in this process, in a world of its own: it reaches what
 * its options grant and nothing else, it stops when a part of its budget is used up, and two runs never
 * see each other, not even when one is inside of a host's function of the other.
 *
 *     const result = run("print(greet('you'))\n6 * 7", {
 *       modules: { builtins_of_mine: { greet: (name: string) => `hello ${name}` } },
 *       maxTimeMs: 1000,
 *     });
 *     if (result.ok) result.value; // 42
 *     else result.error; // {kind, message, line, column, exceptionType, traceback, text}
 */
import { compileSource, type Kind, type Program } from "./compiler/compile.ts";
import { KataError } from "../errors.ts";
import type { Answered } from "./host/log-text.ts";
import { answerLine, type Request } from "./host/log.ts";
import { type Plain, plainText, plainValue } from "./host/plain.ts";
import type { RunOptions } from "./options.ts";
import { syntaxError } from "./report.ts";
import type { Finished, RunError, RunResult } from "./result.ts";
import { openSession, type Runnable } from "./session.ts";
import { PythonSyntaxError } from "./syntax/error.ts";

export { HostFailure, CallbackError, failWith } from "./host/failure.ts";
export {
  type Argument,
  type Clock,
  type Input,
  type InjectedFunction,
  type InjectedModule,
  type Mount,
  type Output,
  type ProgramFunction,
  withSignature,
} from "./host/grants.ts";
export { NOT_NOW } from "./host/host.ts";
export { type Answered, type LogEvent, readLog } from "./host/log-text.ts";
export type { Request } from "./host/log.ts";
export { type Plain, plainText } from "./host/plain.ts";
export type { Limits, RunOptions } from "./options.ts";
export type {
  ErrorKind,
  Failed,
  Finished,
  Profile,
  ProfileEntry,
  RunError,
  RunResult,
  TracebackFrame,
} from "./result.ts";
export { needsMore } from "./prompt.ts";
export { openSession, type Runnable, type Session } from "./session.ts";
export { spanTree, type Telemetry, type TelemetrySpan } from "./telemetry.ts";
export { PythonSyntaxError } from "./syntax/error.ts";
export type { Kind, Program } from "./compiler/compile.ts";

/** What is compiled, and how. */
export interface CompileOptions {
  /** What tracebacks call it; `<string>` by default. */
  readonly filename?: string;
  /** `exec` (a file), `eval` (one expression), `single` (what is typed at a prompt); `exec` by default. */
  readonly kind?: Kind;
}

/** Compiles a program, which may then run any number of times. Throws a PythonSyntaxError. */
export function compile(source: string | Uint8Array, options: CompileOptions = {}): Program {
  try {
    return compileSource(source, options.filename ?? "<string>", options.kind ?? "exec");
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const span = { lineno: 1, offset: 1, end_lineno: 1, end_offset: null };
    throw new PythonSyntaxError("too deeply nested to be compiled", span);
  }
}

/** Compiles, and gives what is wrong as data, `undefined` for nothing. Nothing of the program runs. */
export function check(
  source: string | Uint8Array,
  options: CompileOptions = {},
): RunError | undefined {
  try {
    compile(source, options);
    return undefined;
  } catch (error) {
    if (!(error instanceof PythonSyntaxError)) throw error;
    return syntaxError(error, { filename: options.filename ?? "<string>", text: String(source) });
  }
}

/**
 * Runs a program; whatever the program does, this returns. Throws a KataError for options that cannot
 * be, and for a log to replay that is not this program's.
 */
export function run(source: Runnable, options: RunOptions = {}): RunResult {
  return runUsed(source, options, 0);
}

function runUsed(source: Runnable, options: RunOptions, usedMs: number): RunResult {
  const session = openSession(options, usedMs);
  try {
    return session.run(source);
  } finally {
    session.close();
  }
}

/**
 * The same where the host's functions may answer by promises, which the program does not notice: for such
 * an answer it runs again from its start, with what the log holds, and goes on; after some, in a Worker.
 */
export async function runAsync(source: Runnable, options: RunOptions = {}): Promise<RunResult> {
  const session = openSession(options);
  try {
    return await session.runAsync(source);
  } finally {
    session.close();
  }
}

/** A run that did not come to its end; its result is `result`. */
export class RunFailed extends Error {
  override readonly name = "RunFailed";
  readonly result: Extract<RunResult, { ok: false }>;

  constructor(result: Extract<RunResult, { ok: false }>) {
    const { exceptionType, message } = result.error;
    super(exceptionType === undefined ? message : `${exceptionType}: ${message}`);
    this.result = result;
  }
}

/** The same, but throws {@link RunFailed} for a run that does not come to its end. */
export function runOrThrow(source: Runnable, options: RunOptions = {}): Finished {
  const result = run(source, options);
  if (result.ok) return result;
  throw new RunFailed(result);
}

/** Options that are data, and go with a run when it is stored. */
const STORED = [
  "filename",
  "argv",
  "path",
  "cwd",
  "maxSteps",
  "maxTimeMs",
  "maxMemory",
  "maxOutput",
  "maxDepth",
] as const satisfies (keyof RunOptions)[];

/**
 * A run as text, to go on with it in another process: the program, its log, what it used of its time, and
 * those of its options that are data. The result is of a run that was suspended, or cut off anywhere.
 */
export function snapshot(source: Runnable, options: RunOptions, result: RunResult): string {
  const text = typeof source === "string" || source instanceof Uint8Array ? source : source.source;
  if (text === undefined) {
    throw new KataError("no-source", "Cannot store a program that was compiled without its source");
  }
  const stored = STORED.flatMap((name) => {
    const value = options[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  const request = "request" in result ? { request: result.request as unknown as Plain } : {};
  return plainText({
    snapshot: "python-run",
    v: 1,
    source: text,
    options: Object.fromEntries(stored),
    log: result.log,
    usedMs: result.used.timeMs,
    ...request,
  });
}

/**
 * Goes on with a stored run: what it did is answered from its log, so no effect is repeated, and it is
 * charged for nothing twice. `answer` is for the effect that it waits for; without one the host that
 * `options` grant is asked. Throws a KataError for a text that is no snapshot.
 */
export function resume(text: string, options: RunOptions = {}, answer?: Answered): RunResult {
  const { source, options: stored, log, usedMs, request } = readSnapshot(text);
  const line = answer === undefined || request === undefined ? "" : answerLine(request, answer);
  return runUsed(source, { ...stored, ...options, replay: log + line }, usedMs);
}

interface Snapshot {
  readonly source: string | Uint8Array;
  readonly options: RunOptions;
  readonly log: string;
  readonly usedMs: number;
  readonly request?: Request;
}

function readSnapshot(text: string): Snapshot {
  let json: Plain;
  try {
    json = plainValue(JSON.parse(text));
  } catch (cause) {
    throw new KataError("snapshot-damaged", "Cannot read the snapshot: it is not JSON", { cause });
  }
  const found = json as unknown as (Snapshot & { snapshot?: unknown; v?: unknown }) | null;
  if (found?.snapshot !== "python-run" || typeof found.log !== "string") {
    throw new KataError("snapshot-damaged", "Cannot read the snapshot: it is none of a Python run");
  }
  if (found.v !== 1) {
    throw new KataError(
      "snapshot-version",
      `Cannot read the snapshot: it has version ${String(found.v)}, and this kata reads version 1`,
      { hint: "Go on with the kata that wrote it" },
    );
  }
  return found;
}
