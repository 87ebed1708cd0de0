/**
 * A plugin in a process of its own: it computes behind walls, gets events and
 * answers each with what it proposes. Whatever it does, the host gets answers
 * in order, or one failure after which there is nothing more.
 */
import { dirname, join } from "node:path";
import { coreFolder } from "../assets.ts";
import { confine, launchFailure, type ConfinedProcess } from "../sandbox/confine.ts";
import type { Walls } from "../sandbox/layers.ts";
import { NO_PERMISSIONS, type Limits } from "../sandbox/permissions.ts";
import type { GuestAnswer, GuestJob, GuestKind } from "./messages.ts";
import type { ReporterContext } from "./reporter.ts";
import type { Rule } from "./rules.ts";

/** The module of a plugin, and what its process may read. */
export interface PluginModule {
  /** In the place of its code: then nothing of it is read. */
  rules?: readonly Rule[];
  /** Absolute, links followed. */
  path: string;
  /** Files, and folders with what is below them. */
  read: readonly string[];
  /** Folders in which names are looked for. */
  list: readonly string[];
}

/** How long a plugin is waited for, in milliseconds, and how much may wait for it. */
export interface Patience {
  /** Loading the module. */
  load: number;
  /** One event. */
  answer: number;
  /** Everything that is left at the end of the run. */
  finish: number;
  /** Bytes of events that it has not answered yet. */
  queue: number;
}

export const PATIENCE: Patience = {
  load: 10_000,
  answer: 5000,
  finish: 10_000,
  queue: 64 * 2 ** 20,
};
/** Milliseconds for each of the three, once the user has asked for the end. */
const HURRY_MS = 500;

/** What a plugin's process may use; `output` is all that it says in a run. */
const LIMITS: Limits = { memory: 2 ** 30, threads: 128, output: 128 * 2 ** 20 };
/** What a plugin prints is shown up to this many characters. */
const PRINTED = 4096;
/** Time to hear what was said and not read yet, when this process itself stood still. */
const LAG_MS = 100;
/** Time to read what an ended process has left in its pipes. */
const DRAIN_MS = 1000;

export interface GuestListener {
  /** What the plugin returned for the oldest event that was not answered; to be read with care. */
  answered(actions: unknown): void;
  /** The one failure; nothing is answered after it. */
  failed(message: string): void;
  /** It wrote to its stdout or stderr, which lead nowhere. */
  printed(text: string): void;
}

export interface Guest {
  /** Hands over an event, as JSON. */
  send(event: string): void;
  /** Resolves when little is waiting any more; of a plugin that failed at once. */
  caughtUp(): Promise<void>;
  /** Somebody waits for the end: from now on it has little time for each thing. */
  hurry(): void;
  /** Ends it at once; nothing is heard of it any more. */
  stop(): void;
  /** No more events: resolves when all are answered, it failed, or time is up. */
  end(): Promise<void>;
}

/** Starts plugins of a kind, behind walls or, where the user said so, without. */
export type StartGuest = (context: ReporterContext, listener: GuestListener) => Guest;

/** A plugin's module, ready to be started. `walls` absent: it has its caller's permissions. */
export function guestOf(
  module: PluginModule,
  kind: GuestKind,
  walls: Walls | undefined,
  patience: Patience = PATIENCE,
): StartGuest {
  return (context, listener) =>
    new GuestProcess(
      {
        module: module.path,
        kind,
        context,
        ...(module.rules === undefined ? {} : { rules: module.rules }),
      },
      module,
      walls,
      patience,
      listener,
    );
}

class GuestProcess implements Guest {
  readonly #child: ConfinedProcess;
  readonly #listener: GuestListener;
  #patience: Patience;
  /** What it is waited for, while it is. */
  #expected = "";
  /** The sizes of the events that it has not answered. */
  readonly #waiting: number[] = [];
  readonly #over = Promise.withResolvers<void>();
  #bytes = 0;
  #ready = false;
  #ending = false;
  #done = false;
  #printed = 0;
  #stderr = "";
  #timer: ReturnType<typeof setTimeout> | undefined;
  #endTimer: ReturnType<typeof setTimeout> | undefined;
  #wakers: (() => void)[] = [];

  constructor(
    job: GuestJob,
    module: PluginModule,
    walls: Walls | undefined,
    patience: Patience,
    listener: GuestListener,
  ) {
    this.#listener = listener;
    this.#patience = patience;
    const script = join(coreFolder(), "plugin.js");
    this.#child = confine(
      [
        process.execPath,
        "--config=/dev/null",
        // Not readable in there, and none of the plugin's business.
        "--tsconfig-override=/dev/null",
        "--no-env-file",
        // Ends with this process; behind walls it does anyway.
        ...(walls === undefined ? ["--no-orphans"] : []),
        script,
      ],
      {
        permissions: NO_PERMISSIONS,
        limits: LIMITS,
        ...(walls === undefined ? {} : { walls }),
      },
      {
        cwd: dirname(module.path),
        env: environment(),
        own: {
          read: [script, ...module.read],
          list: [dirname(script), ...module.list],
          gpu: false,
        },
        onExcess: ({ limit }) => this.#fail(`it went over its limit of ${limit}`),
      },
    );
    this.#write(JSON.stringify(job));
    this.#expect(patience.load, "it was not loaded");
    void this.#follow();
  }

  send(event: string): void {
    if (this.#done || this.#ending) return;
    this.#bytes += event.length;
    this.#waiting.push(event.length);
    if (this.#bytes > this.#patience.queue) {
      this.#fail(`it fell behind by ${this.#waiting.length} events`);
      return;
    }
    this.#write(event);
    if (this.#ready && this.#waiting.length === 1) this.#expectAnswer();
  }

  caughtUp(): Promise<void> {
    if (this.#done || this.#bytes < this.#patience.queue / 4) return Promise.resolve();
    return new Promise((wake) => this.#wakers.push(wake));
  }

  end(): Promise<void> {
    this.#ending = true;
    if (!this.#done) {
      this.#expectEnd();
      void this.#over.promise.then(() => clearTimeout(this.#endTimer));
      this.#endWhenAnswered();
    }
    return this.#over.promise;
  }

  hurry(): void {
    if (this.#done) return;
    const brief = (ms: number): number => Math.min(ms, HURRY_MS);
    const { load, answer, finish, queue } = this.#patience;
    this.#patience = { load: brief(load), answer: brief(answer), finish: brief(finish), queue };
    if (!this.#ready || this.#waiting.length > 0) this.#expect(HURRY_MS, this.#expected);
    if (this.#ending) this.#expectEnd();
  }

  stop(): void {
    if (!this.#done) this.#close();
  }

  async #follow(): Promise<void> {
    const { channel, stdout, stderr, ended } = this.#child;
    const read = Promise.all([
      this.#answers(channel),
      this.#prints(stdout),
      this.#prints(stderr, (text) => {
        this.#stderr = (this.#stderr + text).slice(0, PRINTED);
      }),
    ]);
    const { code, signal } = await ended;
    await Promise.race([read, Bun.sleep(DRAIN_MS)]);
    const launch = launchFailure(code, this.#stderr);
    this.#fail(launch?.message ?? `its process ended with ${signal ?? code}`);
    this.#over.resolve();
  }

  async #answers(stream: ReadableStream<Uint8Array>): Promise<void> {
    const decoder = new TextDecoder();
    const rest: string[] = [];
    for await (const chunk of stream) {
      const [head = "", ...lines] = decoder.decode(chunk, { stream: true }).split("\n");
      rest.push(head);
      for (const line of lines) {
        this.#hear(rest.splice(0).join(""));
        rest.push(line);
      }
    }
  }

  #hear(line: string): void {
    if (this.#done) return;
    const answer = readAnswer(line);
    if (answer === undefined) {
      this.#fail("it wrote something that is no answer to where its answers go");
    } else if ("error" in answer) {
      this.#fail(String(answer.error));
    } else if ("ready" in answer && !this.#ready) {
      this.#ready = true;
      clearTimeout(this.#timer);
      if (this.#waiting.length > 0) this.#expectAnswer();
      this.#endWhenAnswered();
    } else if ("actions" in answer && this.#ready && this.#waiting.length > 0) {
      this.#bytes -= this.#waiting.shift() ?? 0;
      this.#listener.answered(answer.actions);
      if (this.#waiting.length > 0) this.#expectAnswer();
      else clearTimeout(this.#timer);
      if (this.#bytes < this.#patience.queue / 4) this.#wake();
      this.#endWhenAnswered();
    } else {
      this.#fail("it answered what it was not asked");
    }
  }

  async #prints(
    stream: ReadableStream<Uint8Array>,
    keep: (text: string) => void = () => {},
  ): Promise<void> {
    const decoder = new TextDecoder();
    for await (const chunk of stream) {
      const text = decoder.decode(chunk, { stream: true });
      keep(text);
      if (this.#printed > PRINTED) continue;
      this.#printed += text.length;
      this.#listener.printed(this.#printed > PRINTED ? `${text.slice(0, PRINTED)} …` : text);
    }
  }

  #expectAnswer(): void {
    this.#expect(this.#patience.answer, "it did not answer");
  }

  #expectEnd(): void {
    const { finish } = this.#patience;
    clearTimeout(this.#endTimer);
    this.#endTimer = setTimeout(
      () => this.#fail(`it did not end within ${finish} ms of the run's end`),
      finish,
    );
  }

  #expect(ms: number, what: string): void {
    clearTimeout(this.#timer);
    this.#expected = what;
    this.#timer = setTimeout(() => {
      this.#timer = setTimeout(() => this.#fail(`${what} within ${ms} ms`), LAG_MS);
    }, ms);
  }

  #endWhenAnswered(): void {
    if (!this.#done && this.#ending && this.#ready && this.#waiting.length === 0) this.#close();
  }

  #fail(message: string): void {
    if (this.#done) return;
    this.#close();
    this.#listener.failed(message);
  }

  #close(): void {
    this.#done = true;
    clearTimeout(this.#timer);
    this.#child.kill();
    this.#wake();
  }

  #wake(): void {
    for (const wake of this.#wakers.splice(0)) wake();
  }

  #write(line: string): void {
    const { stdin } = this.#child;
    // It may be gone already, now or once this is written: its end says so.
    const ignore = (): void => {};
    try {
      Promise.resolve(stdin.write(`${line}\n`)).catch(ignore);
      Promise.resolve(stdin.flush()).catch(ignore);
    } catch {
      ignore();
    }
  }
}

function readAnswer(line: string): GuestAnswer | undefined {
  try {
    const answer: unknown = JSON.parse(line);
    return typeof answer === "object" && answer !== null ? (answer as GuestAnswer) : undefined;
  } catch {
    return undefined;
  }
}

/** Nothing of the caller's but what a system needs to start a program. */
function environment(): Record<string, string> {
  const kept = ["SystemRoot", "LD_LIBRARY_PATH"].flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value]];
  });
  return {
    ...(Object.fromEntries(kept) as Record<string, string>),
    // Started as itself, the executable is the plain `bun`.
    BUN_BE_BUN: "1",
    BUN_RUNTIME_TRANSPILER_CACHE_PATH: "0",
    DO_NOT_TRACK: "1",
    NO_COLOR: "1",
  };
}
