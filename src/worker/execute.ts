/**
 * Runs one test: the seed, the hooks around it, its body, its time limit and
 * its tries; and says what happened. Nothing is thrown on to Bun, whose own
 * count of failures is then a second witness: any failure it sees is one that
 * no test of ours was told of.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import type { Failure, FailureReason } from "../events/event.ts";
import { OutputMeter } from "./capture.ts";
import type { Say } from "./channel.ts";
import { AssertionLog } from "./expect.ts";
import { failureOf, type Paths, reasonOf, TestSkipped, WorkerError } from "./failure.ts";
import { ancestors, type Body, type Scope, type TestCase } from "./suite.ts";

/** One try of one test. */
export interface Attempt {
  test: TestCase;
  assertions: AssertionLog;
  /** Hooks that the test asked for while it ran. */
  finishers: Body[];
}

/** Says that it passed, or why not: what says neither has not passed. */
type Outcome =
  | { readonly passed: true }
  | { readonly passed: false; readonly skipped: TestSkipped }
  | {
      readonly passed: false;
      readonly skipped?: never;
      readonly reason: FailureReason;
      readonly failure: Failure;
    };

// Bound before any other code is loaded: a solution that replaces one of them changes nothing.
const { setTimeout: startTimer, clearTimeout: stopTimer } = globalThis;
const now = performance.now.bind(performance);
const { apply } = Reflect;
const { max, round } = Math;
// oxlint-disable-next-line typescript/unbound-method -- called through `apply`
const { run: runStore, getStore } = AsyncLocalStorage.prototype as AsyncLocalStorage<Attempt>;
const PASSED: Outcome = { passed: true };

export class Executor {
  readonly #say: Say;
  readonly #paths: Paths;
  readonly #reseed: () => void;
  readonly #attempts = new AsyncLocalStorage<Attempt>();
  readonly #meters = new Map<number, OutputMeter>();
  readonly #outside = new OutputMeter();
  /** A test has failed. */
  failed = false;
  /** The only one running, for callbacks that lost their asynchronous context. */
  #running: Attempt[] = [];

  constructor(say: Say, paths: Paths, reseed: () => void) {
    this.#say = say;
    this.#paths = paths;
    this.#reseed = reseed;
  }

  current(): Attempt | undefined {
    const store = apply(getStore, this.#attempts, []) as Attempt | undefined;
    return store ?? (this.#running.length === 1 ? this.#running[0] : undefined);
  }

  /** Gives what was printed to the test that is running. */
  print(stream: "stdout" | "stderr", text: string): void {
    const test = this.current()?.test.number;
    const kept = this.#meter(test).take(text);
    if (kept === "") return;
    this.#say({ type: "output", stream, text: kept, ...(test === undefined ? {} : { test }) });
  }

  /** Runs a test until it has passed as often as it must, or its tries are used up. */
  async run(test: TestCase): Promise<void> {
    const started = now();
    let outcome: Outcome;
    let assertions: AssertionLog;
    let attempt = 0;
    do {
      attempt++;
      assertions = new AssertionLog();
      this.#say({ type: "started", test: test.number, attempt, deadline_ms: test.timeoutMs });
      outcome = await this.#try(test, assertions);
    } while (attempt < (outcome.passed === true ? test.repeats : test.attempts));
    this.#note(test.number);
    const duration_ms = round((now() - started) * 1000) / 1000;
    const made = { duration_ms, attempt, assertions: assertions.count };
    const end = { type: "finished", test: test.number, ...made } as const;
    if (outcome.passed === true) this.#say({ ...end, status: "passed" });
    else if (outcome.skipped !== undefined) {
      const { reason, message } = outcome.skipped;
      this.#say({ ...end, status: "skipped", reason, failure: { message, type: "" } });
    } else {
      this.failed = true;
      this.#say({ ...end, status: "failed", reason: outcome.reason, failure: outcome.failure });
    }
  }

  /** Runs a hook that belongs to no single test; returns what it threw. */
  async hook(name: string, body: Body, timeoutMs: number): Promise<{ error: unknown } | undefined> {
    this.#say({ type: "hook", name, deadline_ms: timeoutMs });
    try {
      await withLimit(() => call(body, []), timeoutMs, `${name} did not finish`);
      return undefined;
    } catch (error) {
      return { error };
    }
  }

  /** Says what was dropped of the output outside of tests. */
  close(): void {
    this.#note(undefined);
  }

  #meter(test: number | undefined): OutputMeter {
    if (test === undefined) return this.#outside;
    let meter = this.#meters.get(test);
    if (meter === undefined) {
      meter = new OutputMeter();
      this.#meters.set(test, meter);
    }
    return meter;
  }

  #note(test: number | undefined): void {
    const text = this.#meter(test).note();
    if (test !== undefined) this.#meters.delete(test);
    if (text === undefined) return;
    this.#say({ type: "output", stream: "stdout", text, ...(test === undefined ? {} : { test }) });
  }

  async #try(test: TestCase, assertions: AssertionLog): Promise<Outcome> {
    const attempt: Attempt = { test, assertions, finishers: [] };
    this.#running.push(attempt);
    try {
      return await (apply(runStore, this.#attempts, [
        attempt,
        () => this.#phases(attempt),
      ]) as Promise<Outcome>);
    } finally {
      this.#running = this.#running.filter((one) => one !== attempt);
    }
  }

  async #phases(attempt: Attempt): Promise<Outcome> {
    const { test } = attempt;
    const scopes = [...rootFirst(test.scope)];
    const broken = scopes.find((scope) => scope.setupFailure !== undefined);
    if (broken !== undefined) return this.#failed(broken.setupFailure, "setup");
    this.#reseed();
    let outcome: Outcome | undefined;
    try {
      for (const scope of scopes) {
        for (const hook of scope.beforeEach) await this.#limited(hook, test, "beforeEach");
      }
    } catch (error) {
      outcome = this.#failed(error, "setup");
    }
    outcome ??= await this.#body(attempt);
    try {
      for (const scope of scopes.toReversed()) {
        for (const hook of scope.afterEach) await this.#limited(hook, test, "afterEach");
      }
      for (const finisher of attempt.finishers)
        await this.#limited(finisher, test, "onTestFinished");
    } catch (error) {
      if (outcome.passed === true) outcome = this.#failed(error, "setup");
    }
    return outcome;
  }

  async #body({ test, assertions }: Attempt): Promise<Outcome> {
    const { body, args, marks } = test;
    let outcome: Outcome;
    try {
      if (body === undefined) throw new WorkerError("error", "The test has no body");
      await withLimit(() => call(body, args), test.timeoutMs, "Did not finish");
      assertions.check();
      outcome = PASSED;
    } catch (error) {
      if (error instanceof TestSkipped) return { passed: false, skipped: error };
      outcome = this.#failed(error, reasonOf(error));
    }
    if (marks.failing !== true) return outcome;
    if (outcome.passed === false) return PASSED;
    return this.#failed(
      new WorkerError("assertion", "The test is marked as failing, and it passed"),
      "assertion",
    );
  }

  #limited(hook: Body, test: TestCase, name: string): Promise<void> {
    return withLimit(() => call(hook, []), test.timeoutMs, `${name} did not finish`);
  }

  #failed(error: unknown, reason: FailureReason): Outcome {
    const timeout = error instanceof WorkerError && error.reason === "timeout";
    return {
      passed: false,
      reason: timeout && reason !== "setup" ? "timeout" : reason,
      failure: failureOf(error, this.#paths),
    };
  }
}

function rootFirst(scope: Scope): Scope[] {
  let root = scope;
  while (root.parent !== undefined) root = root.parent;
  return [root, ...ancestors(scope)];
}

/** Calls a body; one that takes one argument more than it is given gets a `done`. */
function call(body: Body, args: readonly unknown[]): unknown {
  if (body.length <= args.length) return body(...args);
  return new Promise<void>((resolve, reject) => {
    const done = (error?: unknown): void =>
      error === undefined || error === null ? resolve() : reject(error);
    const result = body(...args, done);
    if (isThenable(result)) result.then(undefined, reject);
  });
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { then?: unknown } | null | undefined)?.then === "function";
}

/** Waits for the work, but not longer than this; a synchronous loop is the runner's to end. */
async function withLimit(work: () => unknown, limitMs: number, what: string): Promise<void> {
  const started = now();
  const late = (): WorkerError => new WorkerError("timeout", `${what} within ${limitMs} ms`);
  const result = work();
  const left = limitMs - (now() - started);
  if (left < 0) throw late();
  if (!isThenable(result)) return;
  let timer: ReturnType<typeof startTimer> | undefined;
  try {
    // Not `Promise.race`: what it looks at is an array, whose iterator is anybody's.
    await new Promise<unknown>((resolve, reject) => {
      timer = startTimer(() => reject(late()), max(1, left));
      result.then(resolve, reject);
    });
  } finally {
    stopTimer(timer);
  }
}
