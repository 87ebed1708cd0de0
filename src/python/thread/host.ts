/** The host's side: a program goes on in a Worker, which this thread answers without being blocked by it. */
import { KataError } from "../../errors.ts";
import { packProgram } from "../compiler/packed.ts";
import { CallbackError, HostFailure } from "../host/failure.ts";
import { type Answer, type Host, NOT_NOW } from "../host/host.ts";
import { plainCopy } from "../host/plain.ts";
import type { RunOptions } from "../options.ts";
import type { RunResult } from "../result.ts";
import type { Runnable } from "../session.ts";
import {
  FOR_HOST,
  FOR_PROGRAM,
  type Job,
  nextMessage,
  type Outcome,
  send,
  type ToHost,
  type ToProgram,
} from "./messages.ts";

/** A program's thread. */
export interface Thread {
  /** What the last of the jobs that it began with came to. */
  readonly first: Promise<Omit<RunResult, "events">>;
  /** Runs one more. */
  run(job: Job): Promise<Omit<RunResult, "events">>;
  /** Milliseconds that the program has left, by what it said last. */
  readonly leftMs: number;
  end(): void;
}

interface Beginning {
  readonly host: Host;
  readonly options: RunOptions;
  readonly log: string;
  readonly usedMs: number;
  readonly jobs: readonly Job[];
  /** Takes output that no effect could hand on any more. */
  readonly rest: (stream: "stdout" | "stderr", text: string) => void;
}

/** Options that are data. */
const DATA = [
  "filename",
  "argv",
  "path",
  "cwd",
  "lines",
  "maxLog",
  "suspendAt",
  "keep",
  "profile",
  "telemetry",
  "maxSteps",
  "maxTimeMs",
  "maxMemory",
  "maxOutput",
  "maxDepth",
] as const satisfies (keyof RunOptions)[];

/** Whether a run with these options can go on in another thread: a host's own objects cannot, and one file has no others. */
export function canMove(options: RunOptions): boolean {
  return options.natives === undefined && !Bun.isStandaloneExecutable;
}

/** What is run, as another thread takes it. */
export function jobOf(source: Runnable, kind: Job["kind"]): Job {
  const isPlain = typeof source === "string" || source instanceof Uint8Array;
  return { source: isPlain ? source : { packed: packProgram(source) }, kind };
}

/** Starts a thread, where the log answers what was asked so far and the host what is asked then. */
export function openThread({ host, options, log, usedMs, jobs, rest }: Beginning): Thread {
  const { MessageChannel, receiveMessageOnPort } = process.getBuiltinModule("node:worker_threads");
  const { port1: port, port2 } = new MessageChannel();
  const counts = new Int32Array(new SharedArrayBuffer(8));
  const worker = new Worker(new URL("./program.ts", import.meta.url));
  let leftMs = Infinity;
  let ended = Promise.withResolvers<Omit<RunResult, "events">>();
  const { promise: first } = ended;
  /** What went wrong where nobody could be told: the next effect says it. */
  let broken: unknown;
  const tell = (message: ToProgram): void => send(port, message, counts, FOR_PROGRAM);
  const answer = (outcome: Outcome): void => tell({ to: "answer", outcome });

  /** Does an effect; `undefined` while its answer is on its way. */
  const perform = (
    { name, args, at }: Extract<ToHost, { to: "effect" }>,
    inside: boolean,
  ): void => {
    const raised = new Map<unknown, number>();
    const ofError = (error: unknown): Outcome => outcomeOf(error, raised);
    const ofValue = (value: unknown): Outcome => {
      try {
        return { ok: plainCopy(value, `the result of ${name}`) };
      } catch (error) {
        return ofError(error);
      }
    };
    let found: Answer;
    try {
      if (broken !== undefined) throw broken;
      found = host.effects.get(name)!.run(args, at, (index, given) => {
        tell({ to: "call", index, args: given });
        for (;;) {
          const reply = nextMessage<ToHost>(
            () => receiveMessageOnPort(port) ?? undefined,
            counts,
            FOR_HOST,
          );
          if (reply.to === "returned") return reply.value;
          if (reply.to === "raised") {
            const { kind, message, number } = reply;
            const error =
              kind === undefined ? new Error(message) : new CallbackError(kind, message, undefined);
            raised.set(error, number);
            throw error;
          }
          take(reply, true);
        }
      });
    } catch (error) {
      return answer(ofError(error));
    }
    if (found === NOT_NOW) return answer({ later: "not now" });
    if (!(found instanceof Promise)) return answer(ofValue(found));
    if (inside) return answer({ later: "promised" });
    found.then(
      (value) => answer(ofValue(value)),
      (error) => answer(ofError(error)),
    );
  };

  /** Takes a message; `inside` of a callback nothing is waited for. */
  const take = (message: ToHost, inside: boolean): void => {
    try {
      if (message.to === "line") options.record?.(message.line);
      else if (message.to === "rest") rest(message.stream, message.text);
    } catch (error) {
      broken = error;
    }
    if (message.to === "effect") {
      ({ leftMs } = message);
      perform(message, inside);
    } else if (message.to === "end") {
      // It waits for more, and holds nobody up who wants to end.
      worker.unref();
      port.unref();
      ended.resolve(message.result);
    }
  };

  port.on("message", (message: ToHost) => take(message, false));
  worker.addEventListener("error", (event) => ended.reject(new Error(event.message)));
  const effects = [...host.effects.keys()];
  const data = Object.fromEntries(
    DATA.flatMap((name) => (options[name] === undefined ? [] : [[name, options[name]]])),
  );
  const start = { options: data, effects, log, usedMs, jobs, counts };
  worker.postMessage({ port: port2, start }, [port2 as never]);
  return {
    first,
    run: (job) => {
      ended = Promise.withResolvers();
      worker.ref();
      port.ref();
      worker.postMessage({ job });
      return ended.promise;
    },
    get leftMs() {
      return leftMs;
    },
    end: () => {
      worker.terminate();
      port.close();
    },
  };
}

function outcomeOf(error: unknown, raised: ReadonlyMap<unknown, number>): Outcome {
  if (error instanceof HostFailure) return { failure: error.failure };
  const number = raised.get(error);
  if (number !== undefined) return { raised: number };
  const message = error instanceof Error ? error.message : String(error);
  if (!(error instanceof KataError)) return { error: { message } };
  const { code, hint } = error;
  return { error: { message, code, ...(hint === undefined ? {} : { hint }) } };
}
