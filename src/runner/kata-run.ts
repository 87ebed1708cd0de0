/**
 * One kata while it runs: turns what its worker says, and how its worker
 * ended, into events. Whatever happens, its tests all end and it is finished.
 */
import { readFileSync } from "node:fs";
import { dirname, relative } from "node:path";
import { hasRules } from "../catalog/kata.ts";
import { report as reportRegions } from "../catalog/regions.ts";
import type { RuleBreak } from "../catalog/rules.ts";
import type { ChannelMessage } from "../events/channel.ts";
import type {
  Confinement,
  EventPayload,
  Failure,
  FailureReason,
  Frame,
  KataKey,
  Reason,
  SkipReason,
} from "../events/event.ts";
import { label } from "../events/verdict.ts";
import type { Excess } from "../sandbox/watch.ts";
import { keyOfItem, type PlanItem, type RunnerOptions } from "./plan.ts";
import type { TestCode } from "./test-code.ts";

/** How a worker came to its end before a kata was closed. */
export type Death =
  | { cause: "timeout"; limitMs: number }
  | { cause: "interrupted" }
  | { cause: "flood" }
  | { cause: "limit"; excess: Excess }
  | { cause: "exit"; code: number | null; signal: string | null; stderr: string };

/** How much is kept of what a kata prints past the worker's own capture. */
const RAW_OUTPUT_CAP = 65_536;
/** Lines shown on each side of the one that failed. */
const CONTEXT_LINES = 2;

export class KataRun {
  readonly item: PlanItem;
  readonly #key: KataKey;
  readonly #emit: (payload: EventPayload) => void;
  readonly #display: (path: string) => string;
  readonly #tests = new Map<number, { id: string; started: boolean; ended: boolean }>();
  readonly #names = new Map<string, number>();
  readonly #code: TestCode;
  #since = performance.now();
  #started = false;
  #loaded = false;
  #closed = false;
  #finished = false;
  #failed = false;
  #loose = 0;
  #rawLeft = RAW_OUTPUT_CAP;
  #exitCode: number | undefined;
  /** Undefined while the solution is still being held against the kata's rules. */
  #breaks: readonly RuleBreak[] | undefined = [];
  /** All else has ended, and the rules are what it waits for. */
  #isWaiting = false;
  /** The file under test is not one to be read: a folder, a pipe, no text. */
  #refused = false;

  /** `code` reads the item's test file; katas with the same one share it. */
  constructor(
    item: PlanItem,
    emit: (payload: EventPayload) => void,
    options: Pick<RunnerOptions, "display">,
    code: TestCode,
  ) {
    this.item = item;
    this.#key = keyOfItem(item);
    this.#emit = emit;
    this.#display = options.display;
    this.#code = code;
  }

  get closed(): boolean {
    return this.#closed;
  }

  get failed(): boolean {
    return this.#failed;
  }

  start(device: string, sandbox?: Confinement): void {
    if (this.#started) return;
    this.#started = true;
    this.#since = performance.now();
    this.#emit({
      event: "KataStarted",
      ...this.#key,
      device,
      ...(sandbox === undefined ? {} : { sandbox }),
    });
  }

  hear(message: ChannelMessage): void {
    switch (message.type) {
      case "found":
        this.#find(message.test, message.name, message.file, message.line);
        break;
      case "loaded":
        this.#loaded = true;
        break;
      case "started": {
        const test = this.#tests.get(message.test);
        if (test === undefined) break;
        test.started = true;
        this.#emit({ event: "TestStarted", test_id: test.id, attempt: message.attempt });
        break;
      }
      case "output":
        this.#print(message.stream, message.text, message.test);
        break;
      case "finished":
        this.#end(message.test, message);
        break;
      case "exit":
        this.#exitCode = message.code;
        break;
      case "closed":
        this.#closed = true;
        break;
      default:
    }
  }

  /** What was written past `console`, straight to the descriptor. */
  hearRaw(text: string): void {
    const kept = text.slice(0, this.#rawLeft);
    this.#rawLeft -= kept.length;
    if (kept !== "") this.#print("stdout", kept, undefined);
  }

  /** An error that no test was told of, seen by Bun alone: of a timer, of a promise nobody awaits. */
  uncaught(message: string, number: number | undefined): void {
    const failure = {
      message: `An error was thrown or a promise rejected, and nothing caught it: ${message}`,
      type: "",
    };
    const test = number === undefined ? undefined : this.#tests.get(number);
    if (number !== undefined && test?.started === true && !test.ended) {
      // Bun gives a running test up at once, so its own end never comes.
      this.#end(number, { status: "failed", reason: "error", duration_ms: 0, attempt: 1, failure });
    } else {
      this.#looseFailure("(uncaught)", "error", failure);
    }
  }

  /** Ends a kata that never got to run. */
  skip(reason: SkipReason, message: string): void {
    this.start("");
    const test = this.#looseTest(`(${reason})`);
    this.#end(test, {
      status: "skipped",
      reason,
      duration_ms: 0,
      attempt: 1,
      failure: { message, type: "" },
    });
    this.finish();
  }

  /** Whether there are rules: then the kata finishes only once `breaks` was called. */
  awaitRules(): boolean {
    const { kata, mutant } = this.item;
    if (mutant !== undefined || !hasRules(kata.rules)) return false;
    this.#breaks = undefined;
    return true;
  }

  /** What the solution's syntax tree breaks of the kata's rules; told once everything has run. */
  breaks(found: readonly RuleBreak[]): void {
    this.#breaks = found;
    if (this.#isWaiting) this.finish();
  }

  /** Ends a kata whose file cannot even be handed to a worker. */
  refuse(message: string): void {
    this.#refused = true;
    this.start("");
    this.#looseFailure("(load)", "error", { message, type: "" });
    this.finish();
  }

  /** Ends a kata whose worker is gone; does nothing when it had closed before. */
  die(death: Death): void {
    if (this.#closed) return;
    this.start("");
    const running = [...this.#tests].filter(([, test]) => test.started && !test.ended);
    const { reason, message } = this.#explain(death, running.length > 0);
    for (const [number] of running) {
      this.#end(number, {
        status: "failed",
        reason,
        duration_ms: 0,
        attempt: 1,
        failure: { message, type: "" },
      });
    }
    if (running.length === 0) {
      this.#looseFailure(this.#loaded ? "(exit)" : "(load)", reason, { message, type: "" });
    }
    this.#endRest("Did not run: the test process had ended before");
    this.#closed = true;
  }

  /** A process that had said everything, and then did not end well. */
  failedAfterwards(death: Death): void {
    const { message } = this.#explain(death, false);
    this.#looseFailure("(exit)", "error", { message, type: "" });
  }

  finish(): void {
    if (this.#finished) return;
    if (this.#breaks === undefined) {
      this.#isWaiting = true;
      return;
    }
    this.#finished = true;
    this.#endRest("Was found and never ended");
    for (const { rule, message, line, column } of this.#breaks) {
      const frame = { file: this.item.subject, line, column, lines: [], solution: true };
      this.#looseFailure(`(rule) ${rule}`, "rule", { message, type: "", frame });
    }
    const { todos, filled, unfilled } = this.#regions();
    this.#emit({
      event: "KataFinished",
      ...this.#key,
      duration_ms: Math.round(performance.now() - this.#since),
      todos,
      filled,
      unfilled,
    });
  }

  #endRest(message: string): void {
    for (const [number, test] of this.#tests) {
      if (test.ended) continue;
      this.#end(number, {
        status: "failed",
        reason: "unfinished",
        duration_ms: 0,
        attempt: 1,
        failure: { message, type: "" },
      });
    }
  }

  #explain(death: Death, inTest: boolean): { reason: FailureReason; message: string } {
    const doing = this.#doing(inTest);
    switch (death.cause) {
      case "timeout":
        return {
          reason: "timeout",
          message: `Did not finish within ${death.limitMs} ms while ${doing}; the test process was ended`,
        };
      case "interrupted":
        return { reason: "unfinished", message: "The run was interrupted" };
      case "flood":
        return { reason: "error", message: `The result channel was flooded while ${doing}` };
      case "limit":
        return {
          reason: "error",
          message: `${excessText(death.excess)} while ${doing}; the test process was ended`,
        };
      case "exit": {
        const code = this.#exitCode ?? death.code;
        const how =
          death.signal === null
            ? `exited with code ${code ?? "unknown"}`
            : `was ended by ${death.signal}`;
        const said = death.stderr.trim();
        return {
          reason: "error",
          message: `The test process ${how} while ${doing}${said === "" ? "" : `\n${said}`}`,
        };
      }
    }
  }

  #doing(inTest: boolean): string {
    if (inTest) return "this test ran";
    if (this.#closed) return "it was ending, after its last test";
    return this.#loaded ? "the kata was running" : "the file was loading";
  }

  #find(number: number, name: string, file: string, line: number): void {
    if (this.#tests.has(number)) return;
    const id = `${label(this.#key)}#${number}`;
    this.#tests.set(number, { id, started: false, ended: false });
    const code = file === this.item.files.tests ? this.#code.at(line) : undefined;
    this.#emit({
      event: "TestFound",
      ...this.#key,
      test_id: id,
      name: this.#unique(name),
      file: file === "" ? "" : this.#display(file),
      line,
      ...(code === undefined ? {} : { code }),
    });
  }

  #unique(name: string): string {
    const seen = (this.#names.get(name) ?? 0) + 1;
    this.#names.set(name, seen);
    return seen === 1 ? name : this.#unique(`${name} (${seen})`);
  }

  /** Numbers below zero are the worker's own; these lie below them. */
  #looseTest(name: string): number {
    const number = -1_000_000 - this.#loose++;
    this.#find(number, name, "", 0);
    return number;
  }

  #looseFailure(name: string, reason: FailureReason, failure: Failure): void {
    this.#end(this.#looseTest(name), {
      status: "failed",
      reason,
      duration_ms: 0,
      attempt: 1,
      failure,
    });
  }

  #end(
    number: number,
    end: {
      status: "passed" | "failed" | "skipped";
      reason?: Reason;
      duration_ms: number;
      attempt: number;
      assertions?: number;
      failure?: Failure;
    },
  ): void {
    const test = this.#tests.get(number);
    if (test === undefined || test.ended) return;
    test.ended = true;
    if (end.status === "failed") this.#failed = true;
    this.#emit({
      event: "TestFinished",
      test_id: test.id,
      status: end.status,
      ...(end.reason === undefined ? {} : { reason: end.reason }),
      duration_ms: end.duration_ms,
      attempt: end.attempt,
      ...(end.assertions === undefined ? {} : { assertions: end.assertions }),
      ...(end.failure === undefined ? {} : { failure: this.#illustrate(end.failure) }),
    });
  }

  #print(stream: "stdout" | "stderr", text: string, number: number | undefined): void {
    const test = number === undefined ? undefined : this.#tests.get(number);
    this.#emit({
      event: "Output",
      ...this.#key,
      stream,
      text,
      ...(test === undefined ? {} : { test_id: test.id }),
    });
  }

  /** Adds the source lines, and names the files as a person would. */
  #illustrate(failure: Failure): Failure {
    const shown: Failure = { ...failure };
    if (failure.stack !== undefined) shown.stack = this.#named(failure.stack);
    shown.message = this.#named(failure.message);
    if (failure.frame !== undefined) {
      shown.frame = {
        ...failure.frame,
        file: this.#display(failure.frame.file),
        lines: this.#isOurs(failure.frame.file) ? linesAround(failure.frame) : [],
      };
    }
    return shown;
  }

  /** A frame comes out of the test process: it may not have any other file shown. */
  #isOurs(file: string): boolean {
    const { files, subject } = this.item;
    return file === subject || !relative(dirname(files.tests), file).startsWith("..");
  }

  #named(text: string): string {
    return text
      .replaceAll(this.item.subject, this.item.display)
      .replaceAll(this.item.files.tests, this.#display(this.item.files.tests));
  }

  #regions(): { todos: number; filled: boolean; unfilled: number } {
    if (this.#refused) return { todos: 0, filled: false, unfilled: 0 };
    try {
      const solution = readFileSync(this.item.subject, "utf8");
      const template = readFileSync(this.item.files.template, "utf8");
      const { todos, filled, regions } = reportRegions(solution, template, this.item.lang);
      return { todos, filled, unfilled: regions.filter((region) => !region.filled).length };
    } catch {
      return { todos: 0, filled: false, unfilled: 0 };
    }
  }
}

function excessText({ limit, allowed }: Excess): string {
  switch (limit) {
    case "memory":
      return `Used more than ${mebibytes(allowed)} of memory (--max-memory)`;
    case "cpu":
      return `Used more than ${allowed} s of processor time (--max-cpu)`;
    case "output":
      return `Wrote more than ${mebibytes(allowed)} (--max-output)`;
    case "threads":
      return `Ran more than ${allowed} threads`;
  }
}

function mebibytes(bytes: number): string {
  return `${Math.round(bytes / 2 ** 20)} MiB`;
}

function linesAround(frame: Frame): Frame["lines"] {
  let source: string[];
  try {
    source = readFileSync(frame.file, "utf8").split(/\r?\n/);
  } catch {
    return [];
  }
  const first = Math.max(1, frame.line - CONTEXT_LINES);
  const last = Math.min(source.length, frame.line + CONTEXT_LINES);
  const lines: Frame["lines"] = [];
  for (let number = first; number <= last; number++) {
    lines.push({ number, text: (source[number - 1] ?? "").slice(0, 400) });
  }
  return lines;
}
