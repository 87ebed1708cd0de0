/** A character for each test as it ends, then what failed: for long runs in a narrow log. */
import {
  isError,
  label,
  Tally,
  visible,
  visibleLine,
  write,
  type CreateReporter,
  type ReporterSpec,
  type TestResult,
  type Verdict,
} from "kata/plugin";
import { palette, type Palette } from "../shared/colors.ts";
import { EVERY_EVENT } from "../shared/every-event.ts";
import { countTests, countsText, duration } from "../shared/words.ts";

const MIN_COLUMNS = 20;
/** Lines of a failure that are shown. */
const LINES = 40;
const LINE_WIDTH = 2000;

export const spec: ReporterSpec = {
  name: "dots",
  version: "1.0.0",
  handles_event: EVERY_EVENT,
  description: "One character a test, then the failures",
};

export const createReporter: CreateReporter = ({ color, columns }) => {
  const tally = new Tally();
  const paint = palette(color);
  const width = Math.max(MIN_COLUMNS, columns);
  const marked = new Set<string>();
  const mark = (test: TestResult): string => {
    if (marked.has(test.test_id)) return "";
    marked.add(test.test_id);
    return markOf(test, paint) + (marked.size % width === 0 ? "\n" : "");
  };
  return {
    handle: (event) => {
      tally.push(event);
      if (event.event === "TestFinished") {
        const test = tally.test(event.test_id);
        const text = test === undefined ? "" : mark(test);
        return text === "" ? null : [write(text)];
      }
      if (event.event !== "RunFinished") return null;
      const verdict = tally.verdict();
      const tests = verdict.katas.flatMap((kata) => kata.tests);
      const rest = tests.map(mark).join("");
      const end = marked.size % width === 0 ? "" : "\n";
      return [write(rest + end + failures(tests, paint) + conclusion(verdict, tests, paint))];
    },
  };
};

/** `.` passed, `F` failed an assertion, `E` any other failure, `S` skipped. */
function markOf(test: TestResult, paint: Palette): string {
  if (test.status === "passed") return paint.green(".");
  if (test.status === "skipped") return paint.yellow("S");
  return paint.red(isError(test) ? "E" : "F");
}

function failures(tests: readonly TestResult[], paint: Palette): string {
  return tests
    .filter(({ status }) => status === "failed")
    .map((test, at) => {
      const name = visibleLine(`${label(test)} › ${test.test_name}`).slice(0, LINE_WIDTH);
      return `\n${paint.red(`${at + 1}) ${name}`)}\n${indented(test.output)}`;
    })
    .join("");
}

function indented(text: string): string {
  const lines = visible(text)
    .replaceAll("\t", "    ")
    .split("\n")
    .map((line) => line.slice(0, LINE_WIDTH).trimEnd());
  while (lines.at(-1) === "") lines.pop();
  const more = lines.length - LINES;
  const shown = more > 1 ? [...lines.slice(0, LINES), `… ${more} more lines`] : lines;
  return shown.map((line) => `${line === "" ? "" : `   ${line}`}\n`).join("");
}

function conclusion(verdict: Verdict, tests: readonly TestResult[], paint: Palette): string {
  const before = tests.length === 0 ? "" : "\n";
  const counts = countsText(countTests(tests), paint);
  const time = paint.dim(duration(verdict.duration_ms));
  const red = !verdict.passed && !tests.some(({ status }) => status === "failed");
  const error = verdict.error ?? (red ? "The run did not pass" : "");
  const why = error === "" ? "" : `${paint.red(visibleLine(error).slice(0, LINE_WIDTH))}\n`;
  return `${before}${counts}  ${time}\n${why}`;
}
