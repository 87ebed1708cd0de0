/** One run from its options to its results: the program, then whatever else is run in the same place. */
import { Account, type Budget } from "./account.ts";
import { uncharged } from "./budget.ts";
import { compileSource, type Kind, type Program } from "./compiler/compile.ts";
import { toPlain } from "./exchange.ts";
import type { Grants } from "./host/grants.ts";
import { createHost, type Host } from "./host/host.ts";
import { type History, readLog } from "./host/log-text.ts";
import { EventLog, settle, Suspended } from "./host/log.ts";
import { PyModule } from "./objects/module.ts";
import { None, type Value } from "./objects/object.ts";
import { call0 } from "./operations/call.ts";
import { tellWarnings } from "./operations/source.ts";
import type { RunOptions } from "./options.ts";
import { directoryOf } from "./paths.ts";
import { describe, exitOf, type Source } from "./report.ts";
import { Profiler } from "./profile.ts";
import type { Outcome, RunError, RunResult } from "./result.ts";
import { Run } from "./run.ts";
import { Spans } from "./telemetry.ts";
import { canMove, jobOf, openThread, type Thread } from "./thread/host.ts";

/** A program to run, or its source. */
export type Runnable = string | Uint8Array | Program;

/** A place where programs run one after the other, as at a prompt: names that one defines the next has. */
export interface Session {
  /** Runs a program in `__main__`; whatever it does, this returns. `single` prints expressions' values. */
  run(source: Runnable, kind?: Kind): RunResult;
  /**
   * The same, and waits where the host answers by promises. Everything is run again from the start for
   * such an answer, with the log's answers: so it gets there exactly, and is charged for nothing twice.
   * Where that takes long, it is once more run again in a thread of its own, which waits for each answer.
   */
  runAsync(source: Runnable, kind?: Kind): Promise<RunResult>;
  /** Milliseconds that the program has left. */
  readonly leftMs: number;
  /** After a `run` that was ended from outside, by Ctrl-C for instance: its output is handed on, the next may run. */
  abandon(): void;
  /** Gives back what the host holds open. */
  close(): void;
}

/** A run from its start, or from the start again. */
interface Life {
  readonly run: Run;
  readonly main: PyModule;
  readonly account: Account;
  /** The lines of its log. */
  readonly lines: string[];
  readonly profiler: Profiler | undefined;
  readonly spans: Spans | undefined;
}

/** Milliseconds of running again, from which on a thread of its own is worth its start. */
const PATIENCE_MS = 60;

/** Opens one. Throws a KataError for grants that cannot be and for a log that is none. */
export function openSession(options: RunOptions = {}, usedMs = 0): Session {
  const start = { history: readLog(options.replay ?? ""), usedMs, warm: false };
  return openOn(options, start, (take, leftMs) => hostOf(options, take, leftMs));
}

/** Opens one on a host that may be elsewhere. */
export function openOn(
  options: RunOptions,
  start: Start,
  hostFor: (take: Take, leftMs: () => number) => Host,
): Session {
  const filename = options.filename ?? "<string>";
  const written = { stdout: "", stderr: "" };
  const take = (stream: "stdout" | "stderr", text: string, again: boolean): void => {
    if (options.keep !== false) written[stream] += text;
    options[stream]?.(text, again);
  };
  const leftMs = (): number => thread?.leftMs ?? life.account.leftMs;
  const host = hostFor(take, () => leftMs() + 1);
  const done: { source: Runnable; kind: Kind }[] = [];
  let life = begin(host, options, start);
  /** Where the programs went on, and what the last of them came to there. */
  let thread: Thread | undefined;
  let there: Omit<RunResult, "events"> | undefined;

  const result = <T extends object>(own: T): T & Outcome => {
    const log = life.lines.join("");
    const { profiler, spans, account } = life;
    const { usedSteps: steps, usedMs: timeMs, usedBytes: bytes } = account;
    const failed = "error" in own ? (own.error as RunError).message : undefined;
    return {
      ...own,
      output: written.stdout,
      stderr: written.stderr,
      used: { steps, timeMs, bytes },
      ...(profiler === undefined ? {} : { profile: profiler.profile() }),
      ...(spans === undefined ? {} : { telemetry: spans.telemetry(failed, steps) }),
      log,
      get events() {
        return readLog(log).events;
      },
    };
  };

  const fail = (thrown: unknown, source: Runnable): RunResult => {
    const { run } = life;
    const exit = exitOf(thrown);
    if (exit?.message !== undefined) run.write("stderr", `${exit.message}\n`);
    flushAnyhow(run, take);
    if (exit?.code === 0) {
      return result({ ok: true, value: undefined, exitCode: 0, ended: true as const });
    }
    const text = String((isProgram(source) ? source.source : source) ?? "");
    const error = told(run, thrown, { filename, text });
    const request = thrown instanceof Suspended ? { request: thrown.request } : {};
    return result({ ok: false, error, exitCode: exit?.code ?? 1, ...request });
  };

  const attempt = (source: Runnable, kind: Kind): RunResult => {
    const { run, main, account } = life;
    try {
      const program = isProgram(source)
        ? source
        : compileSource(source, filename, kind, options.profile);
      if (program.warnings !== undefined) tellWarnings(program);
      const value = toPlain(ending(run, kind, () => run.execute(program, main)));
      run.flush();
      account.check();
      return result({ ok: true, value, exitCode: 0 });
    } catch (thrown) {
      return fail(account.over ?? thrown, source);
    }
  };

  const once = (source: Runnable, kind: Kind): RunResult => {
    return life.run.enter(() => attempt(source, kind));
  };

  /** The log's answers again, from the start: the place is as it was. */
  const again = (log: string, usedMs: number): RunResult | undefined => {
    life = begin(host, options, { history: readLog(log), usedMs, warm: true });
    return done.map((one) => once(one.source, one.kind)).at(-1);
  };

  /** The programs come back from their thread. */
  const comeBack = (): void => {
    if (there === undefined) return;
    thread?.end();
    again(there.log, there.used.timeMs);
    thread = there = undefined;
  };

  const answered = async (coming: Promise<Omit<RunResult, "events">>): Promise<RunResult> => {
    there = await coming;
    const { log } = there;
    const { stdout: output, stderr } = written;
    const get = { get: () => readLog(log).events, enumerable: true };
    return Object.defineProperty({ ...there, output, stderr }, "events", get) as RunResult;
  };

  return {
    run: (source, kind = "exec") => {
      comeBack();
      done.push({ source, kind });
      return once(source, kind);
    },
    runAsync: async (source, kind = "exec") => {
      done.push({ source, kind });
      if (thread !== undefined) return answered(thread.run(jobOf(source, kind)));
      let repeatedMs = 0;
      for (let last = once(source, kind); ;) {
        const { over } = life.account;
        if (!(over instanceof Suspended) || over.answer === undefined) return last;
        const line = await settle(over);
        options.record?.(line);
        const log = last.log + line;
        const { timeMs: usedMs } = last.used;
        if (repeatedMs > PATIENCE_MS && canMove(options)) {
          const jobs = done.map((one) => jobOf(one.source, one.kind));
          const rest = (stream: "stdout" | "stderr", text: string): void =>
            take(stream, text, false);
          thread = openThread({ host, options, log, usedMs, jobs, rest });
          return answered(thread.first);
        }
        const begun = performance.now();
        last = again(log, usedMs)!;
        repeatedMs += performance.now() - begun;
      }
    },
    get leftMs() {
      return leftMs();
    },
    abandon: () => {
      life.run.abandon();
      flushAnyhow(life.run, take);
    },
    close: () => {
      thread?.end();
      host.close();
    },
  };
}

/** Runs a program, and then what it left for its end (`atexit`), however it ended; a limit leaves it nothing. */
function ending(run: Run, kind: Kind, program: () => Value): Value {
  const leave = (): void => {
    const functions = run.modules.get("atexit")?.get("_run_exitfuncs");
    if (functions !== undefined && kind === "exec") call0(functions);
  };
  let value: Value;
  try {
    value = program();
  } catch (error) {
    if (run.account.over === undefined) leave();
    throw error;
  }
  leave();
  return value;
}

/** A run for a host that drives Python's own objects: nothing is run in it yet, and its log is not kept. */
export function openRun(options: RunOptions): { readonly run: Run; close(): void } {
  const host = hostOf(
    options,
    (stream, text, again) => options[stream]?.(text, again),
    () => run.account.leftMs + 1,
  );
  const history = readLog("");
  const { run } = begin(host, { ...options, keep: false }, { history, usedMs: 0, warm: false });
  return { run, close: () => host.close() };
}

/** What ended a run, as data; its own budget may end while that is found out, for exceptions have methods. */
function told(run: Run, thrown: unknown, source: Source): RunError {
  const { account } = run;
  if (account.over === undefined) {
    try {
      return describe(run, thrown, source);
    } catch (error) {
      if (account.over === undefined) throw error;
    }
  }
  return uncharged(() => describe(run, account.over, source));
}

export interface Start {
  readonly history: History;
  /** What is used of the time already. */
  readonly usedMs: number;
  /** Whether this host itself did what the history tells: then it has nothing to bring along. */
  readonly warm: boolean;
}

function begin(host: Host, options: RunOptions, { history, usedMs, warm }: Start): Life {
  const filename = options.filename ?? "<string>";
  const lines = [history.text];
  const account = new Account(budgetOf(options));
  if (history.events.length === 0) account.restart(usedMs);
  const log = new EventLog(host, {
    history,
    warm,
    write: (line) => {
      if (options.keep !== false) lines.push(line);
      options.record?.(line);
    },
    onLive: () => account.restart(usedMs),
    ...(options.maxLog === undefined ? {} : { limit: options.maxLog }),
    ...(options.suspendAt === undefined ? {} : { suspendAt: options.suspendAt }),
  });
  const spans = options.telemetry === true ? new Spans(filename) : undefined;
  const profiler = options.profile === true ? new Profiler(spans?.call.bind(spans)) : undefined;
  const run = new Run({
    account,
    log,
    argv: options.argv ?? [filename],
    path: options.path ?? defaultPath(options, filename),
    cwd: options.cwd ?? "/",
    lines: options.lines ?? false,
    natives: options.natives ?? {},
    profiler,
    spans,
  });
  return { run, main: mainModule(run, filename), account, lines, profiler, spans };
}

/** Hands on what waits as output; after the end of a budget the log takes no more. */
function flushAnyhow(run: Run, take: Take): void {
  try {
    run.flush();
  } catch {
    // What ended the run stands.
  }
  const { stream, text } = run.rest();
  try {
    if (text !== "") take(stream, text, false);
  } catch {
    // There is nobody to take it.
  }
}

type Take = (stream: "stdout" | "stderr", text: string, again: boolean) => void;

function isProgram(source: Runnable): source is Program {
  return typeof source === "object" && !(source instanceof Uint8Array);
}

/** The effects that the options grant. */
function hostOf(options: RunOptions, take: Take, sleepMs: () => number): Host {
  const { clock = "system", random = "system", stdin, env, files, modules } = options;
  const grants: Grants = {
    stdout: (text, again) => take("stdout", text, again),
    stderr: (text, again) => take("stderr", text, again),
    ...(clock === false ? {} : { clock }),
    ...(random === false ? {} : { random }),
    ...(stdin === undefined ? {} : { stdin }),
    ...(env === undefined ? {} : { env }),
    ...(files === undefined ? {} : { files }),
    ...(modules === undefined ? {} : { modules }),
  };
  return createHost(grants, sleepMs);
}

function budgetOf(options: RunOptions): Budget {
  return {
    steps: options.maxSteps ?? 1e12,
    timeMs: options.maxTimeMs ?? 60_000,
    bytes: options.maxMemory ?? 2 ** 30,
    output: options.maxOutput ?? 1e7,
    depth: options.maxDepth ?? 1000,
  };
}

function defaultPath(options: RunOptions, filename: string): readonly string[] {
  return [directoryOf(filename) === "" ? (options.cwd ?? "/") : directoryOf(filename)];
}

function mainModule(run: Run, filename: string): PyModule {
  const main = new PyModule("__main__");
  for (const name of ["__doc__", "__package__", "__loader__", "__spec__"]) main.set(name, None);
  main.set("__builtins__", run.builtins);
  if (!filename.startsWith("<")) {
    main.set("__file__", filename);
    main.set("__cached__", None);
  }
  run.modules.set("__main__", main);
  return main;
}
