/** One run from its options to its results: the program, then whatever else is run in the same place. */
import { Account, type Budget } from "./account.ts";
import { compileSource, type Kind, type Program } from "./compiler/compile.ts";
import { toPlain } from "./exchange.ts";
import type { Grants } from "./host/grants.ts";
import { createHost, type Host } from "./host/host.ts";
import { readLog } from "./host/log-text.ts";
import { EventLog, Suspended } from "./host/log.ts";
import { PyModule } from "./objects/module.ts";
import { None } from "./objects/object.ts";
import type { RunOptions } from "./options.ts";
import { directoryOf } from "./paths.ts";
import { describe, exitOf } from "./report.ts";
import type { Outcome, RunResult } from "./result.ts";
import { Run } from "./run.ts";

/** A place where programs run one after the other, as at a prompt: names that one defines the next has. */
export interface Session {
  /** Runs a program in `__main__`; whatever it does, this returns. `single` prints expressions' values. */
  run(source: string | Uint8Array | Program, kind?: Kind): RunResult;
  /** Gives back what the host holds open. */
  close(): void;
}

/** Opens one. Throws a KataError for grants that cannot be and for a log that is none. */
export function openSession(options: RunOptions = {}, usedMs = 0): Session {
  const filename = options.filename ?? "<string>";
  const written = { stdout: "", stderr: "" };
  const take = (stream: "stdout" | "stderr", text: string, again: boolean): void => {
    written[stream] += text;
    options[stream]?.(text, again);
  };
  const host = hostOf(options, take);
  const history = readLog(options.replay ?? "");
  const lines = [history.text];
  const account = new Account(budgetOf(options));
  if (history.events.length === 0) account.restart(usedMs);
  const log = new EventLog(host, {
    history,
    write: (line) => {
      lines.push(line);
      options.record?.(line);
    },
    onLive: () => account.restart(usedMs),
    ...(options.maxLog === undefined ? {} : { limit: options.maxLog }),
    ...(options.suspendAt === undefined ? {} : { suspendAt: options.suspendAt }),
  });
  const run = new Run({
    account,
    log,
    argv: options.argv ?? [filename],
    path: options.path ?? defaultPath(options, filename),
    cwd: options.cwd ?? "/",
    lines: options.lines ?? false,
  });
  const main = mainModule(run, filename);

  const result = <T extends object>(own: T): T & Outcome => {
    const text = lines.join("");
    const { usedSteps: steps, usedMs: timeMs } = account;
    return {
      ...own,
      output: written.stdout,
      stderr: written.stderr,
      used: { steps, timeMs },
      log: text,
      get events() {
        return readLog(text).events;
      },
    };
  };

  const attempt = (source: string | Uint8Array | Program, kind: Kind): RunResult => {
    try {
      const program = isProgram(source) ? source : compileSource(source, filename, kind);
      const value = run.execute(program, main);
      run.flush();
      account.check();
      return result({ ok: true, value: toPlain(value ?? None), exitCode: 0 });
    } catch (thrown) {
      return fail(thrown, source);
    }
  };

  const fail = (thrown: unknown, source: string | Uint8Array | Program): RunResult => {
    try {
      run.flush();
    } catch {
      // What ended the run stands; what waited is handed on below.
    }
    const rest = run.rest();
    if (rest.text !== "") take(rest.stream, rest.text, false);
    const exit = exitOf(thrown);
    if (exit?.message !== undefined) take("stderr", `${exit.message}\n`, false);
    if (exit?.code === 0) return result({ ok: true, value: undefined, exitCode: 0 });
    const known = isProgram(source) ? source.source : source;
    const error = describe(run, thrown, { filename, text: String(known ?? "") });
    const request = thrown instanceof Suspended ? { request: thrown.request } : {};
    return result({ ok: false, error, exitCode: exit?.code ?? 1, ...request });
  };

  return {
    run: (source, kind = "exec") => run.enter(() => attempt(source, kind)),
    close: () => host.close(),
  };
}

function isProgram(source: string | Uint8Array | Program): source is Program {
  return typeof source === "object" && !(source instanceof Uint8Array);
}

/** The effects that the options grant. */
function hostOf(
  options: RunOptions,
  take: (stream: "stdout" | "stderr", text: string, again: boolean) => void,
): Host {
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
  return createHost(grants);
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
  if (options.files === undefined) return [];
  return [directoryOf(filename) === "" ? (options.cwd ?? "/") : directoryOf(filename)];
}

function mainModule(run: Run, filename: string): PyModule {
  const main = new PyModule("__main__");
  for (const name of ["__doc__", "__package__", "__loader__", "__spec__"]) main.set(name, None);
  main.set("__builtins__", run.builtins);
  if (!filename.startsWith("<")) main.set("__file__", filename);
  run.modules.set("__main__", main);
  return main;
}
