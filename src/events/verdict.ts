/**
 * The verdict: a pure function of a run's events, and the one place that
 * decides what passed. What did not finish did not pass.
 */
import { cutNote, cutText, failureText } from "./failure-text.ts";
import { readFailure } from "./failure.ts";
import type {
  Confinement,
  ExtensionFinished,
  Failure,
  FailureReason,
  KataEvent,
  KataKey,
  PlannedKata,
  Reason,
  RunStarted,
  Status,
} from "./event.ts";

/** How one test ended. */
export interface TestResult extends KataKey {
  test_id: string;
  test_name: string;
  file: string;
  line: number;
  /** The source of the test's body, when it is known. */
  code?: string;
  status: Status;
  reason?: Reason;
  duration_ms: number;
  attempt: number;
  /** What the test printed; of a failed one also its message and frame. */
  output: string;
  /** What the test printed, alone. */
  printed: string;
  /** Characters that it printed beyond `OUTPUT_CAP`, and that are in neither. */
  printed_cut: number;
  failure?: Failure;
}

/** How one kata ended, with its tests in the order they were found. */
export interface KataResult extends KataKey {
  name: string;
  category: string;
  /** The file under test, as a person would name it; `""` when unknown. */
  file: string;
  device: string;
  /** What it ran behind; absent for kata's own references, and for what never ran. */
  sandbox?: Confinement;
  status: Status;
  duration_ms: number;
  todos: number;
  filled: boolean;
  /** How many regions are still empty, when that was counted. */
  unfilled?: number;
  /** What the kata printed outside of its tests. */
  output: string;
  /** Characters beyond `OUTPUT_CAP` that are not in `output`. */
  output_cut: number;
  tests: TestResult[];
}

/** What one of the project's own steps came to; what it printed is in the log alone. */
export type ExtensionResult = Omit<ExtensionFinished, "event" | "stdout" | "stderr" | "output_cut">;

/** How a whole run ended. */
export interface Verdict {
  passed: boolean;
  num_passed: number;
  num_failed: number;
  num_skipped: number;
  /** The part of `num_failed` that are not assertions. */
  num_errors: number;
  duration_ms: number;
  interrupted: boolean;
  /** The run's seed; null when its start was never seen. */
  seed: number | null;
  /** What the katas ran on; what was asked for when none did. */
  device: string;
  /** True when the references were run in the place of solutions. */
  reference: boolean;
  /** Which shard of a plan this is; absent when the plan was whole. */
  shard?: { index: number; total: number };
  /** Why the run as a whole did not pass, when no single test says it. */
  error?: string;
  katas: KataResult[];
  /** What the project's own steps came to, in the order they ended; absent when there were none. */
  extensions?: ExtensionResult[];
  next: { kata_id: string; name: string } | null;
}

/** How many characters of a test's prints are kept; the rest is counted. */
export const OUTPUT_CAP = 65_536;

/** One string for a kata's key; for maps only. */
export function keyOf(key: KataKey): string {
  return `${key.kata_id}\n${key.lang}\n${key.variation}`;
}

/** The printed form of a key: `softmax`, `softmax:py`, `softmax[wide]`. */
export function label(key: KataKey): string {
  const lang = key.lang === "ts" ? "" : `:${key.lang}`;
  return key.kata_id + lang + (key.variation === "" ? "" : `[${key.variation}]`);
}

/** True when a failed result is an error and not an assertion. */
export function isError(result: { status: Status; reason?: Reason }): boolean {
  return result.status === "failed" && result.reason !== "assertion";
}

/** The whole verdict of a finished (or broken off) list of events. */
export function judge(events: Iterable<KataEvent>): Verdict {
  const tally = new Tally();
  for (const event of events) tally.push(event);
  return tally.verdict();
}

type OpenTest = Omit<TestResult, "output"> & { finished: boolean };
type OpenKata = Omit<KataResult, "tests"> & {
  tests: OpenTest[];
  started: boolean;
  finished: boolean;
};

/** Folds events into a verdict, one at a time. */
export class Tally {
  readonly #katas = new Map<string, OpenKata>();
  readonly #tests = new Map<string, OpenTest>();
  readonly #devices = new Set<string>();
  #started: RunStarted | undefined;
  /** A test that ended without having been found. */
  #stranger: string | undefined;
  /** An extension that said no. */
  #gate: string | undefined;
  readonly #extensions: ExtensionResult[] = [];
  #finished = false;
  #interrupted = false;
  #duration = 0;
  #next: Verdict["next"] = null;

  push(event: KataEvent): void {
    switch (event.event) {
      case "RunStarted":
        this.#started = event;
        for (const planned of event.plan) this.#plan(planned);
        break;
      case "KataStarted": {
        const kata = this.#kata(event);
        this.#devices.add(event.device);
        kata.device = event.device;
        if (event.sandbox !== undefined) kata.sandbox = event.sandbox;
        kata.started = true;
        break;
      }
      case "TestFound":
        this.#find(event);
        break;
      case "TestStarted": {
        const test = this.#tests.get(event.test_id);
        if (test !== undefined) test.attempt = event.attempt;
        break;
      }
      case "Output":
        this.#print(event);
        break;
      case "TestFinished": {
        const test = this.#tests.get(event.test_id);
        if (test === undefined) this.#stranger ??= event.test_id;
        // The first end counts: nothing may turn a failure into a pass later.
        if (test === undefined || test.finished) break;
        test.finished = true;
        test.status = event.status;
        test.duration_ms = event.duration_ms;
        test.attempt = event.attempt;
        if (event.reason === undefined) delete test.reason;
        else test.reason = event.reason;
        if (event.failure !== undefined) test.failure = readFailure(event.failure);
        break;
      }
      case "KataFinished": {
        const kata = this.#kata(event);
        kata.finished = true;
        kata.duration_ms = event.duration_ms;
        kata.todos = event.todos;
        kata.filled = event.filled;
        if (event.unfilled !== undefined) kata.unfilled = event.unfilled;
        break;
      }
      case "RunFinished":
        this.#finished = true;
        this.#interrupted = event.interrupted;
        this.#duration = event.duration_ms;
        this.#next = event.next;
        break;
      case "ExtensionFinished": {
        if (event.outcome === "failed") this.#gate ??= `${event.id} failed: ${event.message}`;
        const { v: _v, seq: _seq, ulid: _ulid, ts: _ts, event: _event, ...rest } = event;
        const { stdout: _out, stderr: _err, output_cut: _cut, ...extension } = rest;
        this.#extensions.push(extension);
        break;
      }
      default:
    }
  }

  /** The result of one finished test, with its output; for streaming reporters. */
  test(testId: string): TestResult | undefined {
    const test = this.#tests.get(testId);
    return test === undefined ? undefined : publicTest(test);
  }

  /** The result of one kata as it stands, with its tests' output. */
  kata(key: KataKey): KataResult {
    return publicKata(this.#kata(key));
  }

  /** With `ended` as if the run ended now: what steps before its end are told. */
  verdict(ended: boolean = this.#finished): Verdict {
    const katas = [...this.#katas.values()].map(publicKata);
    const counts = { passed: 0, failed: 0, skipped: 0 };
    let errors = 0;
    for (const kata of katas) {
      for (const test of kata.tests) {
        counts[test.status]++;
        if (isError(test)) errors++;
      }
    }
    const error = this.#runError(katas, ended);
    const complete = ended && !this.#interrupted;
    const verdict: Verdict = {
      passed: complete && error === undefined && katas.every((kata) => kata.status !== "failed"),
      num_passed: counts.passed,
      num_failed: counts.failed,
      num_skipped: counts.skipped,
      num_errors: errors,
      duration_ms: this.#duration,
      interrupted: this.#interrupted || !ended,
      seed: this.#started?.seed ?? null,
      device: [...this.#devices].sort().join(", ") || (this.#started?.options.device ?? ""),
      reference: this.#started?.options.reference ?? false,
      katas,
      next: this.#next,
    };
    if (this.#started?.shard !== undefined) {
      const { index, total } = this.#started.shard;
      verdict.shard = { index, total };
    }
    if (this.#extensions.length > 0) verdict.extensions = [...this.#extensions];
    if (error !== undefined) verdict.error = error;
    return verdict;
  }

  #runError(katas: KataResult[], ended: boolean): string | undefined {
    if (this.#interrupted) return "The run was interrupted";
    if (!ended) return "The run did not finish";
    // First: where a guard said no, nothing ran, and that is why.
    if (this.#gate !== undefined) return this.#gate;
    // Of more shards than katas some are empty; what they are of is not.
    if (katas.length === 0 && (this.#started?.shard?.planned ?? 0) > 0) return undefined;
    if (katas.length === 0) return "No katas were selected";
    if (this.#stranger !== undefined) {
      return `A test ended that was never found: ${JSON.stringify(this.#stranger)}`;
    }
    if (this.#tests.size === 0) return "No tests ran";
    const skipped = katas.every((kata) => kata.tests.every((test) => test.status === "skipped"));
    return skipped ? "Every test was skipped" : undefined;
  }

  #plan(planned: PlannedKata): void {
    this.#katas.set(keyOf(planned), {
      kata_id: planned.kata_id,
      lang: planned.lang,
      variation: planned.variation,
      name: planned.name,
      category: planned.category,
      file: planned.file,
      device: "",
      status: "failed",
      duration_ms: 0,
      todos: 0,
      filled: true,
      output: "",
      output_cut: 0,
      tests: [],
      started: false,
      finished: false,
    });
  }

  #kata(key: KataKey): OpenKata {
    const known = this.#katas.get(keyOf(key));
    if (known !== undefined) return known;
    this.#plan({
      kata_id: key.kata_id,
      lang: key.lang,
      variation: key.variation,
      name: key.kata_id,
      category: "",
      difficulty: 0,
      dependencies: [],
      file: "",
    });
    return this.#kata(key);
  }

  #find(event: KataEvent & { event: "TestFound" }): void {
    const test: OpenTest = {
      kata_id: event.kata_id,
      lang: event.lang,
      variation: event.variation,
      test_id: event.test_id,
      test_name: event.name,
      file: event.file,
      line: event.line,
      status: "failed",
      reason: "unfinished" satisfies FailureReason,
      duration_ms: 0,
      attempt: 1,
      printed: "",
      printed_cut: 0,
      finished: false,
    };
    if (event.code !== undefined) test.code = event.code;
    this.#tests.set(event.test_id, test);
    this.#kata(event).tests.push(test);
  }

  #print(event: KataEvent & { event: "Output" }): void {
    const test = event.test_id === undefined ? undefined : this.#tests.get(event.test_id);
    if (test !== undefined) {
      [test.printed, test.printed_cut] = appended(test.printed, test.printed_cut, event.text);
    } else {
      const kata = this.#kata(event);
      [kata.output, kata.output_cut] = appended(kata.output, kata.output_cut, event.text);
    }
  }
}

/** The first `OUTPUT_CAP` characters, and how many there were beyond them. */
function appended(text: string, cut: number, more: string): [string, number] {
  const room = OUTPUT_CAP - text.length;
  if (more.length <= room) return [text + more, cut];
  const kept = cutText(more, room);
  return [text + kept, cut + more.length - kept.length];
}

function publicTest(test: OpenTest): TestResult {
  const { finished: _, ...result } = test;
  const parts = [test.printed, cutNote(test.printed_cut)];
  if (test.failure !== undefined) parts.push(failureText(test.failure));
  else if (test.reason === "unfinished") parts.push("The test was found and never ended");
  return { ...result, output: joinLines(parts) };
}

/** Each part on lines of its own; a part's own last line end is kept. */
function joinLines(parts: string[]): string {
  let text = "";
  for (const part of parts) {
    if (part === "") continue;
    if (text !== "" && !text.endsWith("\n")) text += "\n";
    text += part;
  }
  return text;
}

function publicKata(kata: OpenKata): KataResult {
  const { started, finished, tests, ...rest } = kata;
  const result: KataResult = { ...rest, tests: tests.map(publicTest) };
  const failed = result.tests.some((test) => test.status === "failed");
  if (!finished && !failed) {
    const what = started ? "started and never finished" : "planned and never started";
    result.tests.push(standIn(result, "(unfinished)", "unfinished", `The kata was ${what}`));
  } else if (finished && tests.length === 0) {
    result.tests.push(standIn(result, "(no tests)", "error", "No tests were found"));
  }
  if (result.tests.some((test) => test.status === "failed")) result.status = "failed";
  else if (result.tests.some((test) => test.status === "passed")) result.status = "passed";
  else result.status = "skipped";
  return result;
}

/** A failed result for what no test can say; so no report of a red kata is green. */
function standIn(
  kata: KataResult,
  name: string,
  reason: FailureReason,
  message: string,
): TestResult {
  return {
    kata_id: kata.kata_id,
    lang: kata.lang,
    variation: kata.variation,
    test_id: `${label(kata)}#${name}`,
    test_name: name,
    file: kata.file,
    line: 0,
    status: "failed",
    reason,
    duration_ms: 0,
    attempt: 1,
    output: message,
    printed: "",
    printed_cut: 0,
    failure: { message, type: "" },
  };
}
