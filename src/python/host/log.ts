/**
 * The event log, through which every effect of a run goes.
 *
 * With a history, effects are answered from it and not done; when it ends, the run goes on live and
 * appends. So a run that was cut off anywhere goes on when it is run again with what was written: the
 * program comes to the same place, since all that could differ was answered as before. An effect whose
 * line was not yet whole when the process died is done once more.
 *
 * A host's function may call the program back: then what the program does meanwhile lies in the log
 * before the function's own answer, and a replay calls back where the log says so.
 *
 * What ends a run here (a suspension, a mismatch, a full log) is no Python exception, so programs cannot
 * catch it; and whatever a program's `finally` still asks for gets the same answer.
 */
import { KataError } from "../../errors.ts";
import { CallbackError, failWith, HostFailure } from "./failure.ts";
import { type Answer, deny, type Effect, type Host, NOT_NOW } from "./host.ts";
import {
  argumentsText,
  type ArgumentsText,
  CALLBACK,
  eventLine,
  HEAD,
  type History,
  type LogEvent,
  type Answered,
} from "./log-text.ts";
import { type Plain, plainCopy, plainText, plainValue } from "./plain.ts";

/** An effect that waits for its answer; plain data, to be stored with the log. */
export interface Request {
  readonly seq: number;
  readonly at: number;
  readonly effect: string;
  readonly args: readonly Plain[];
}

/** Ends a run at an effect that has no answer yet. */
export class Suspended extends Error {
  override readonly name = "Suspended";
  readonly request: Request;
  /** Brings the answer, when it is on its way. */
  readonly answer: Promise<unknown> | undefined;

  constructor(request: Request, answer?: Promise<unknown>) {
    super(`suspended at effect ${request.seq}, ${request.effect}`);
    this.request = request;
    this.answer = answer;
    // Whoever settles it sees the failure; nobody may be there to.
    answer?.catch(() => {});
  }
}

/** A function of the program that a host's function may call, as long as that has not returned. */
export type Callback = (args: readonly Plain[]) => Plain;

export interface LogOptions {
  /** Takes each line as soon as its effect is done; a line that it has taken counts as kept. */
  write(line: string): void;
  /** What happened before, from `readLog`. */
  readonly history?: History;
  /** Whether this host itself did what the history tells, so that it has nothing to bring along. */
  readonly warm?: boolean;
  /** Characters that the log may have, those of the history counted; 2²⁸ when left out. */
  readonly limit?: number;
  /** Suspends the run before the effect of this number, if it would be done. */
  readonly suspendAt?: number;
  /** Called when the history has given its last answer. */
  onLive?(): void;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
}

export class EventLog {
  readonly #effects: ReadonlyMap<string, Effect>;
  readonly #options: LogOptions;
  readonly #past: readonly LogEvent[];
  readonly #limit: number;
  readonly #now: () => number;
  #seq = 0;
  #size: number;
  /** The effect that is being done, and how many there are around it. */
  #doing: string | undefined;
  #depth = 0;
  /** What has ended the run. */
  #end: Error | undefined;

  constructor(host: Host, options: LogOptions) {
    this.#effects = host.effects;
    this.#options = options;
    this.#past = options.history?.events ?? [];
    this.#limit = options.limit ?? 2 ** 28;
    this.#now = options.now ?? (() => Date.now());
    this.#size = options.history?.text.length ?? 0;
    if (this.#size === 0) this.#write(HEAD);
  }

  /** The number of the next event. */
  get seq(): number {
    return this.#seq;
  }

  /** Whether the next effect is answered from the history. */
  get replaying(): boolean {
    return this.#seq < this.#past.length;
  }

  /**
   * The result of an effect, freshly made for the caller. Throws a HostFailure when it failed;
   * {@link Suspended} when it has no answer yet; a KataError when the program asks for something else
   * than the history tells, or when the log is full.
   */
  perform(effect: string, ...args: readonly Plain[]): Plain {
    return this.performWith(effect, args, []);
  }

  /** The same for an effect that may call back; a callback throws a {@link CallbackError} when it fails. */
  performWith(effect: string, args: readonly Plain[], callbacks: readonly Callback[]): Plain {
    if (this.#end !== undefined) throw this.#end;
    if (this.#doing !== undefined) this.#stop(nested(effect, this.#doing));
    const asked = { effect, args, text: argumentsText(args), callbacks };
    return this.replaying ? this.#replay(asked) : this.#live(asked);
  }

  /** What was being done was ended from outside. */
  abandon(): void {
    this.#doing = undefined;
    this.#depth = 0;
  }

  #replay(asked: Asked): Plain {
    const { effect, args } = asked;
    const raised = this.#callAgain(asked);
    const event = this.#past[this.#seq]!;
    if (event.effect !== effect || event.args !== asked.text) {
      this.#stop(mismatch(event, effect, args));
    }
    this.#seq++;
    const last = !this.replaying;
    if ("failure" in event) {
      if (last) this.#options.onLive?.();
      throw new HostFailure(event.failure, raised[Number(event.failure.callback)]);
    }
    const result = plainCopy(event.ok, effect);
    try {
      if (this.#options.warm !== true)
        this.#effects.get(effect)?.replay?.(args, event.at, event.ok);
    } catch (error) {
      // The log's answer stands: what the state here lacks shows when the run goes on live.
      if (!(error instanceof HostFailure)) this.#stop(asError(error));
    }
    if (last) this.#options.onLive?.();
    return result;
  }

  /** Calls back where the log says so, and gives what was raised there. */
  #callAgain(asked: Asked): (CallbackError | undefined)[] {
    const raised: (CallbackError | undefined)[] = [];
    for (let event; (event = this.#past[this.#seq]) !== undefined;) {
      if (event.effect !== CALLBACK || event.in !== this.#depth + 1) break;
      const [index, ...args] = plainValue(JSON.parse(event.args)) as Plain[];
      const callback = asked.callbacks[Number(index)];
      if (callback === undefined) this.#stop(mismatch(event, asked.effect, asked.args));
      this.#seq++;
      this.#depth++;
      try {
        callback(args);
        raised.push(undefined);
      } catch (error) {
        if (!(error instanceof CallbackError)) throw error;
        raised.push(error);
      } finally {
        this.#depth--;
      }
    }
    return raised;
  }

  #live(asked: Asked): Plain {
    const { effect, args } = asked;
    if (this.#size > this.#limit) this.#stop(full(this.#limit));
    const request = { seq: this.#seq, at: this.#now(), effect, args };
    const { suspendAt } = this.#options;
    if (this.#seq === suspendAt && this.#depth === 0) this.#stop(new Suspended(request));
    const raised: CallbackError[] = [];
    const outcome = this.#do(request, asked.callbacks, raised);
    this.#append({ seq: this.#seq, at: request.at, effect, args: asked.text, ...outcome });
    if ("failure" in outcome) {
      throw new HostFailure(outcome.failure, raised[Number(outcome.failure.callback)]);
    }
    return outcome.ok;
  }

  /** `raised` gets what the callbacks raised, by their numbers. */
  #do(request: Request, callbacks: readonly Callback[], raised: CallbackError[]): Answered {
    const { effect, args, at } = request;
    let open = true;
    let count = 0;
    const callBack = (index: number, given: readonly Plain[]): Plain => {
      if (this.#end !== undefined) throw this.#end;
      if (!open) throw new Error(`${effect} has returned: nothing is there to be called back`);
      const number = count++;
      const text = plainText([index, ...given]);
      this.#depth++;
      this.#doing = undefined;
      try {
        this.#append({ seq: this.#seq, at: this.#now(), effect: CALLBACK, args: text, ok: null });
        return callbacks[index]!(given);
      } catch (error) {
        if (error instanceof CallbackError) raised[number] = error;
        throw error;
      } finally {
        this.#depth--;
        this.#doing = effect;
      }
    };
    let answer: Answer;
    this.#doing = effect;
    try {
      const found = this.#effects.get(effect);
      answer = found === undefined ? deny(effect) : found.run(args, at, callBack);
      if (this.#end !== undefined) throw this.#end;
      if (answer !== NOT_NOW && !(answer instanceof Promise))
        return { ok: checked(answer, effect) };
      if (this.#depth > 0)
        failWith("RuntimeError", `${effect} has to be waited for, in a callback`);
    } catch (error) {
      if (this.#end !== undefined) throw this.#end;
      if (error instanceof HostFailure) return { failure: error.failure };
      const number = raised.indexOf(error as CallbackError);
      if (number >= 0) {
        const { kind, message } = raised[number]!;
        return { failure: { kind, message, callback: String(number) } };
      }
      return this.#stop(asError(error));
    } finally {
      open = false;
      this.#doing = undefined;
    }
    return this.#stop(new Suspended(request, answer === NOT_NOW ? undefined : answer));
  }

  #append(event: LogEvent): void {
    this.#write(eventLine(this.#depth === 0 ? event : { ...event, in: this.#depth }));
    this.#seq++;
  }

  #write(line: string): void {
    this.#size += line.length;
    try {
      this.#options.write(line);
    } catch (error) {
      this.#stop(asError(error));
    }
  }

  #stop(end: Error): never {
    this.#end = end;
    throw end;
  }
}

/** What a program asks for. */
interface Asked {
  readonly effect: string;
  readonly args: readonly Plain[];
  readonly text: ArgumentsText;
  readonly callbacks: readonly Callback[];
}

/** The line that answers a request: appended to the log, it lets the run go on. */
export function answerLine(request: Request, outcome: Answered): string {
  const { seq, at, effect, args } = request;
  return eventLine({ seq, at, effect, args: argumentsText(args), ...outcome });
}

/** Waits for the answer that is on its way, and gives its line. Throws what is no failure of the effect. */
export async function settle(suspended: Suspended): Promise<string> {
  const { request, answer } = suspended;
  if (answer === undefined) {
    throw new KataError("no-answer", `Cannot wait for ${request.effect}: no answer is on its way`, {
      hint: "Give its answer with answerLine()",
    });
  }
  let outcome: Answered;
  try {
    outcome = { ok: checked(await answer, request.effect) };
  } catch (error) {
    if (!(error instanceof HostFailure)) throw error;
    outcome = { failure: error.failure };
  }
  return answerLine(request, outcome);
}

/** A failed result is a failure of its effect, in the log as before the program. */
function checked(answer: unknown, effect: string): Plain {
  return plainCopy(answer, `the result of ${effect}`);
}

/** Characters of arguments that a message shows. */
const SHOWN = 200;

function shown(effect: string, args: ArgumentsText): string {
  const inside = args.startsWith("[") ? args.slice(1, -1) : args;
  return `${effect}(${inside.length > SHOWN ? `${inside.slice(0, SHOWN)}…` : inside})`;
}

function mismatch(event: LogEvent, effect: string, args: readonly Plain[]): KataError {
  const asked = shown(effect, event.args.startsWith("[") ? plainText(args) : argumentsText(args));
  return new KataError(
    "log-mismatch",
    `The log goes on with ${shown(event.effect, event.args)} at event ${event.seq}, the program asks for ${asked}`,
    { hint: "Replay a log with the program and the options that it was written with" },
  );
}

function full(limit: number): KataError {
  return new KataError("log-full", `The event log has more than ${limit} characters`, {
    hint: "Raise its limit, or let the program ask its host less often",
  });
}

function nested(effect: string, doing: string): KataError {
  return new KataError("nested-effect", `Cannot do ${effect} while ${doing} is being done`);
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
