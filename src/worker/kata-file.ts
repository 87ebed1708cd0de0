/**
 * One kata inside the test process: its job, its channel, its tests, and how
 * they went. A process runs one learner's file, or many references in turn.
 */
import type { Seal, WorkerJob } from "../events/channel.ts";
import type { FailureReason } from "../events/event.ts";
import { openChannel, type Say } from "./channel.ts";
import { Executor } from "./execute.ts";
import { failureOf, type Paths, WorkerError } from "./failure.ts";
import { type Body, Suite, type TestCase } from "./suite.ts";

export class KataFile {
  readonly job: WorkerJob;
  readonly suite: Suite;
  readonly executor: Executor;
  /** `afterAll` hooks of the file itself, run before the kata is closed. */
  readonly lastHooks: Body[] = [];
  readonly #say: Say;
  readonly #paths: Paths;
  #loose = 0;
  #failedToLoad = false;
  #settled = false;
  #closed = false;

  constructor(job: WorkerJob, seal: Seal, reseed: () => void) {
    this.job = job;
    this.#say = openChannel(job.index, seal);
    this.#paths = { tests: job.tests, template: job.template, subject: job.subject };
    this.suite = new Suite(job.timeout_ms, job.filter);
    this.executor = new Executor(this.#say, this.#paths, reseed);
  }

  open(): void {
    this.#say({ type: "opened" });
  }

  found(number: number, name: string, line: number): void {
    this.#say({ type: "found", test: number, name, file: this.job.tests, line });
  }

  /**
   * The line of the test file that called `test(…)` or its like, 0 where it
   * cannot be seen. A solution that calls one gets an error: it could mark a
   * test of its own as the only one.
   */
  caller(): number {
    const stack = (new Error().stack ?? "").split("\n");
    if (stack.some((frame) => frame.includes(this.job.subject))) {
      throw new WorkerError(
        "error",
        "A solution cannot register tests or hooks, nor change what judges it",
      );
    }
    const at = stack.find((frame) => frame.includes(this.job.tests));
    return Number(/:(\d+):\d+\)?$/.exec(at ?? "")?.[1] ?? 0);
  }

  /** A failed result that belongs to no test: of the file, of a `describe`, of an `afterAll`. */
  loose(name: string, reason: FailureReason, error: unknown): void {
    if (name === "(load)") this.#failedToLoad = true;
    this.#standIn(name, { status: "failed", reason, failure: failureOf(error, this.#paths) });
  }

  /** A kata that is not one for here, as the message says: it has no tests, and has not failed. */
  unsupported(message: string): void {
    this.#failedToLoad = true;
    const failure = { message, type: "" };
    this.#standIn("(unsupported)", { status: "skipped", reason: "unsupported", failure });
  }

  /** Called once every test is known: `describe` bodies run after the file has been loaded. */
  settle(): void {
    if (this.#settled) return;
    this.#settled = true;
    const { tests, filtered } = this.suite;
    for (const test of tests) {
      const reason = this.suite.skipReason(test);
      if (reason === undefined) continue;
      const said = test.skipMessage;
      const failure = said ? { failure: { message: said, type: "" } } : {};
      const end = { status: "skipped", reason, duration_ms: 0, attempt: 1, ...failure } as const;
      this.#say({ type: "finished", test: test.number, ...end });
    }
    if (tests.length === 0 && filtered > 0) {
      this.#standIn("(filter)", { status: "skipped", reason: "filter" });
    } else if (tests.length === 0 && !this.#failedToLoad) {
      this.loose("(load)", "error", new WorkerError("error", "The test file holds no tests"));
    }
    this.#say({ type: "loaded" });
  }

  /** Runs a test, unless a failure before it was enough. */
  async run(test: TestCase): Promise<void> {
    if (this.suite.skipReason(test) !== undefined) return;
    if (this.job.bail === true && this.executor.failed) {
      const end = { status: "skipped", reason: "bail", duration_ms: 0, attempt: 1 } as const;
      this.#say({ type: "finished", test: test.number, ...end });
    } else await this.executor.run(test);
  }

  async close(): Promise<void> {
    this.settle();
    for (const hook of this.lastHooks) await hook();
    this.executor.close();
    this.#closed = true;
    this.#say({ type: "closed" });
  }

  /** Called when the process is being ended from within. */
  exit(code: number): void {
    if (!this.#closed) this.#say({ type: "exit", code });
  }

  /** Stands among the results for what is no test; its number lies below every test's. */
  #standIn(
    name: string,
    end: Pick<Parameters<Say>[0] & { type: "finished" }, "status" | "reason" | "failure">,
  ): void {
    const test = -1 - this.#loose++;
    this.#say({ type: "found", test, name, file: this.job.tests, line: 0 });
    this.#say({ type: "finished", test, duration_ms: 0, attempt: 1, ...end });
  }
}
