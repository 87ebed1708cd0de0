/**
 * The verdict: a pure function of a run's events, and the one place that
 * decides what passed. What did not finish did not pass.
 */
import type {
  Failure,
  FailureReason,
  KataEvent,
  KataKey,
  PlannedKata,
  Reason,
  Status,
} from "./event.ts";

export interface TestResult extends KataKey {
  test_id: string;
  test_name: string;
  file: string;
  line: number;
  status: Status;
  reason?: Reason;
  duration_ms: number;
  attempt: number;
  /** What the test printed; of a failed one also its message and frame. */
  output: string;
  failure?: Failure;
}

export interface KataResult extends KataKey {
  name: string;
  category: string;
  device: string;
  status: Status;
  duration_ms: number;
  todos: number;
  filled: boolean;
  /** What the kata printed outside of its tests. */
  output: string;
  tests: TestResult[];
}

export interface Verdict {
  passed: boolean;
  num_passed: number;
  num_failed: number;
  num_skipped: number;
  /** The part of `num_failed` that are not assertions. */
  num_errors: number;
  duration_ms: number;
  interrupted: boolean;
  /** Why the run as a whole did not pass, when no single test says it. */
  error?: string;
  katas: KataResult[];
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

/** The failure as plain text: its message, and the frame it points at. */
export function failureText(failure: Failure): string {
  const type = failure.type === "" || failure.type === "AssertionError" ? "" : `${failure.type}: `;
  const parts = [type + failure.message];
  if (failure.frame !== undefined) {
    const { file, line, column, lines } = failure.frame;
    const width = String(lines.at(-1)?.number ?? line).length;
    parts.push(
      "",
      `at ${file}:${line}:${column}`,
      ...lines.map(
        (source) =>
          `${source.number === line ? ">" : " "} ${String(source.number).padStart(width)} | ${source.text}`,
      ),
    );
  }
  return parts.join("\n");
}

/** The whole verdict of a finished (or broken off) list of events. */
export function judge(events: Iterable<KataEvent>): Verdict {
  const tally = new Tally();
  for (const event of events) tally.push(event);
  return tally.verdict();
}

type OpenTest = TestResult & { finished: boolean };
type OpenKata = Omit<KataResult, "tests"> & {
  tests: OpenTest[];
  started: boolean;
  finished: boolean;
};

/** Folds events into a verdict, one at a time. */
export class Tally {
  readonly #katas = new Map<string, OpenKata>();
  readonly #tests = new Map<string, OpenTest>();
  #finished = false;
  #interrupted = false;
  #duration = 0;
  #next: Verdict["next"] = null;

  push(event: KataEvent): void {
    switch (event.event) {
      case "RunStarted":
        for (const planned of event.plan) this.#plan(planned);
        break;
      case "KataStarted": {
        const kata = this.#kata(event);
        kata.device = event.device;
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
        if (test === undefined || test.finished) break;
        test.finished = true;
        test.status = event.status;
        test.duration_ms = event.duration_ms;
        test.attempt = event.attempt;
        if (event.reason === undefined) delete test.reason;
        else test.reason = event.reason;
        if (event.failure !== undefined) test.failure = event.failure;
        break;
      }
      case "KataFinished": {
        const kata = this.#kata(event);
        kata.finished = true;
        kata.duration_ms = event.duration_ms;
        kata.todos = event.todos;
        kata.filled = event.filled;
        break;
      }
      case "RunFinished":
        this.#finished = true;
        this.#interrupted = event.interrupted;
        this.#duration = event.duration_ms;
        this.#next = event.next;
        break;
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

  verdict(): Verdict {
    const katas = [...this.#katas.values()].map(publicKata);
    const counts = { passed: 0, failed: 0, skipped: 0 };
    let errors = 0;
    for (const kata of katas) {
      for (const test of kata.tests) {
        counts[test.status]++;
        if (isError(test)) errors++;
      }
    }
    const error = this.#runError(katas, counts);
    const complete = this.#finished && !this.#interrupted;
    const verdict: Verdict = {
      passed: complete && error === undefined && katas.every((kata) => kata.status !== "failed"),
      num_passed: counts.passed,
      num_failed: counts.failed,
      num_skipped: counts.skipped,
      num_errors: errors,
      duration_ms: this.#duration,
      interrupted: this.#interrupted || !this.#finished,
      katas,
      next: this.#next,
    };
    if (error !== undefined) verdict.error = error;
    return verdict;
  }

  #runError(katas: KataResult[], counts: Record<Status, number>): string | undefined {
    if (this.#interrupted) return "The run was interrupted";
    if (!this.#finished) return "The run did not finish";
    if (katas.length === 0) return "No katas were selected";
    if (counts.failed > 0 || counts.passed > 0) return undefined;
    return counts.skipped > 0 ? "Every test was skipped" : "No tests ran";
  }

  #plan(planned: PlannedKata): void {
    this.#katas.set(keyOf(planned), {
      kata_id: planned.kata_id,
      lang: planned.lang,
      variation: planned.variation,
      name: planned.name,
      category: planned.category,
      device: "",
      status: "failed",
      duration_ms: 0,
      todos: 0,
      filled: true,
      output: "",
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
      output: "",
      finished: false,
    };
    this.#tests.set(event.test_id, test);
    this.#kata(event).tests.push(test);
  }

  #print(event: KataEvent & { event: "Output" }): void {
    const test = event.test_id === undefined ? undefined : this.#tests.get(event.test_id);
    const target = test ?? this.#kata(event);
    target.output = capped(target.output + event.text);
  }
}

function capped(text: string): string {
  return text.length <= OUTPUT_CAP ? text : text.slice(0, OUTPUT_CAP);
}

function publicTest(test: OpenTest): TestResult {
  const { finished: _, ...result } = test;
  if (result.status === "failed" && result.failure !== undefined) {
    const printed = result.output === "" || result.output.endsWith("\n") ? result.output : `${result.output}\n`;
    result.output = printed + failureText(result.failure);
  } else if (result.reason === "unfinished") {
    result.output += "The test was found and never ended";
  }
  return result;
}

function publicKata(kata: OpenKata): KataResult {
  const { started, finished, tests, ...rest } = kata;
  const result: KataResult = { ...rest, tests: tests.map(publicTest) };
  const failed = result.tests.some((test) => test.status === "failed");
  if (!finished && !failed) result.tests.push(unfinishedKata(result, started));
  if (failed || !finished) result.status = "failed";
  else if (result.tests.some((test) => test.status === "passed")) result.status = "passed";
  else result.status = result.tests.length > 0 ? "skipped" : "failed";
  return result;
}

/** Stands in the reports for a kata whose end was never seen. */
function unfinishedKata(kata: KataResult, started: boolean): TestResult {
  return {
    kata_id: kata.kata_id,
    lang: kata.lang,
    variation: kata.variation,
    test_id: `${label(kata)}#unfinished`,
    test_name: "(unfinished)",
    file: "",
    line: 0,
    status: "failed",
    reason: "unfinished",
    duration_ms: 0,
    attempt: 1,
    output: started ? "The kata was started and never finished" : "The kata was planned and never started",
  };
}
