/** The program's side, in a Worker: a session whose host is in another thread. */
import { type MessagePort, receiveMessageOnPort } from "node:worker_threads";
import { KataError } from "../../errors.ts";
import { unpackProgram } from "../compiler/packed.ts";
import { CallbackError, HostFailure } from "../host/failure.ts";
import { type CallBack, type Effect, type Host, NOT_NOW } from "../host/host.ts";
import { readLog } from "../host/log-text.ts";
import type { Plain } from "../host/plain.ts";
import type { RunResult } from "../result.ts";
import { openOn, type Session } from "../session.ts";
import {
  FOR_HOST,
  FOR_PROGRAM,
  type Job,
  nextMessage,
  send,
  type Start,
  type ToHost,
  type ToProgram,
} from "./messages.ts";

/** What the host's thread posts to a Worker: first of all a port and how it begins, then further jobs. */
interface Posted {
  readonly port?: MessagePort;
  readonly start?: Start;
  readonly job?: Job;
}

let current: { session: Session; tell: (message: ToHost) => void } | undefined;

declare const self: { onmessage: ((event: { data: Posted }) => void) | null };
self.onmessage = ({ data: { port, start, job } }) => {
  if (port !== undefined && start !== undefined) current = open(port, start);
  if (current !== undefined && job !== undefined) end(run(current.session, job));
};

function open(port: MessagePort, start: Start): NonNullable<typeof current> {
  const { counts, options, log, usedMs, jobs } = start;
  const tell = (message: ToHost): void => send(port, message, counts, FOR_HOST);
  const next = (): ToProgram =>
    nextMessage(() => receiveMessageOnPort(port) ?? undefined, counts, FOR_PROGRAM);
  const effects = new Map(
    start.effects.map((name) => [name, effectOf(name, tell, next, () => session.leftMs)]),
  );
  const host: Host = { effects, close: () => {} };
  const session = openOn(
    {
      ...options,
      record: (line) => tell({ to: "line", line }),
      stdout: (text) => tell({ to: "rest", stream: "stdout", text }),
      stderr: (text) => tell({ to: "rest", stream: "stderr", text }),
    },
    { history: readLog(log), usedMs, warm: true },
    () => host,
  );
  current = { session, tell };
  const results = jobs.map((job) => run(session, job));
  end(results.at(-1)!);
  return current;
}

function run(session: Session, { source, kind }: Job): RunResult {
  const isPlain = typeof source === "string" || source instanceof Uint8Array;
  return session.run(isPlain ? source : unpackProgram(source.packed), kind);
}

function end(result: RunResult): void {
  // Read from the log where they are asked for.
  Reflect.deleteProperty(result, "events");
  current!.tell({ to: "end", result });
}

/** An effect that another thread does; meanwhile this one calls back what that asks for. */
function effectOf(
  name: string,
  tell: (message: ToHost) => void,
  next: () => ToProgram,
  leftMs: () => number,
): Effect {
  return {
    run: (args, at, callBack) => {
      const raised: unknown[] = [];
      tell({ to: "effect", name, args, at, leftMs: leftMs() });
      for (;;) {
        const message = next();
        if (message.to === "call") tell(called(callBack, message.index, message.args, raised));
        else return settled(message.outcome, raised);
      }
    },
  };
}

function called(
  callBack: CallBack,
  index: number,
  args: readonly Plain[],
  raised: unknown[],
): ToHost {
  try {
    return { to: "returned", value: callBack(index, args) };
  } catch (error) {
    const number = raised.push(error) - 1;
    const message = error instanceof Error ? error.message : String(error);
    if (!(error instanceof CallbackError)) return { to: "raised", number, message };
    return { to: "raised", number, message, kind: error.kind };
  }
}

function settled(outcome: Extract<ToProgram, { to: "answer" }>["outcome"], raised: unknown[]) {
  if ("ok" in outcome) return outcome.ok;
  if ("failure" in outcome) throw new HostFailure(outcome.failure);
  if ("raised" in outcome) throw raised[outcome.raised];
  if ("later" in outcome)
    return outcome.later === "not now" ? NOT_NOW : new Promise<never>(() => {});
  const { message, code, hint } = outcome.error;
  throw code === undefined
    ? new Error(message)
    : new KataError(code, message, hint === undefined ? {} : { hint });
}
