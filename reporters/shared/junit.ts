/**
 * JUnit XML in two dialects: `strict` is valid against the schema that Jenkins'
 * xunit plugin ships, `dashboard` adds what GitLab, CircleCI and Jenkins read
 * beyond it. A suite is a kata.
 *
 * A run that is red as a whole has a suite of its own, so that no red run
 * leaves a file in which nothing failed.
 */
import {
  cutNote,
  cutText,
  failureText,
  headline,
  isError,
  keyOf,
  label,
  Tally,
  write,
  type Failure,
  type KataResult,
  type Reporter,
  type TestResult,
  type Verdict,
} from "kata/plugin";
import { countTests, sandboxWords, seconds, skipReason, type Counts } from "./words.ts";
import { attributes, cdata } from "./xml.ts";

export type JunitDialect = "strict" | "dashboard";

/** What common readers keep of a failure's text. */
const TEXT_CAP = 65_535;
const MESSAGE_CAP = 1000;
/** Values longer than this together stand in the text alone. */
const VALUES_CAP = 200;

interface Totals extends Counts {
  errors: number;
  tests: number;
}

/** Times at which the run and its katas began, as the events say. */
interface Times {
  run: string;
  katas: Map<string, string>;
}

/** Folds the events and writes the whole document when the run has finished. */
export function createJunit(dialect: JunitDialect): Reporter {
  const tally = new Tally();
  const times: Times = { run: "", katas: new Map() };
  return {
    handle: (event) => {
      tally.push(event);
      if (times.run === "") times.run = event.ts;
      if (event.event === "KataStarted") times.katas.set(keyOf(event), event.ts);
      return event.event === "RunFinished"
        ? [write(document(tally.verdict(), dialect, times))]
        : null;
    },
  };
}

function document(verdict: Verdict, dialect: JunitDialect, times: Times): string {
  const suites = verdict.katas.map((kata) => suite(kata, verdict, dialect, times));
  const totals = totalsOf(verdict.katas.flatMap((kata) => kata.tests));
  const green = totals.failed + totals.errors === 0;
  if (!verdict.passed && (verdict.error !== undefined || green)) {
    totals.tests++;
    totals.errors++;
    suites.push(runSuite(verdict.error ?? "The run did not pass"));
  }
  if (verdict.extensions !== undefined) suites.push(extensionSuite(verdict.extensions));
  const { tests, failed, errors, skipped } = totals;
  const head = attributes({
    name: "kata",
    tests,
    failures: failed,
    errors,
    time: seconds(verdict.duration_ms),
    ...(dialect === "dashboard" ? { skipped, timestamp: times.run } : {}),
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites${head}>\n${suites.join("")}</testsuites>\n`;
}

function suite(kata: KataResult, verdict: Verdict, dialect: JunitDialect, times: Times): string {
  const { tests, failed, errors, skipped } = totalsOf(kata.tests);
  const head = attributes({
    name: label(kata),
    tests,
    failures: failed,
    errors,
    skipped,
    time: seconds(kata.duration_ms),
    timestamp: times.katas.get(keyOf(kata)) ?? times.run,
  });
  const properties = propertyList("    ", {
    kata: kata.kata_id,
    lang: kata.lang,
    variation: kata.variation,
    device: kata.device,
    ...(kata.sandbox === undefined ? {} : { sandbox: sandboxWords(kata.sandbox) }),
    seed: verdict.seed ?? "",
    todos: kata.todos,
    filled: String(kata.filled),
  });
  const cases = kata.tests.map((test) => testCase(test, dialect)).join("");
  const output = element("    ", "system-out", joined(kata.output, kata.output_cut));
  return `  <testsuite${head}>\n${properties}${cases}${output}  </testsuite>\n`;
}

/** The run's own failure, in the shape of a test. */
function runSuite(message: string): string {
  const suiteHead = attributes({ name: "(run)", tests: 1, failures: 0, errors: 1, time: "0.000" });
  const caseHead = attributes({ name: "(run)", classname: "(run)", time: "0.000" });
  const error = `<error${attributes({ message, type: "error" })}>${cdata(message)}</error>`;
  return `  <testsuite${suiteHead}>\n    <testcase${caseHead}>\n      ${error}\n    </testcase>\n  </testsuite>\n`;
}

/** What the project's own steps came to. They are no tests: one that fails the run is its failure. */
function extensionSuite(extensions: NonNullable<Verdict["extensions"]>): string {
  const head = attributes({
    name: "(extensions)",
    tests: 0,
    failures: 0,
    errors: 0,
    time: "0.000",
  });
  const properties = extensions.map(({ id, slot, outcome, mode, message }) => {
    const how = mode === undefined ? outcome : `${outcome} (${mode})`;
    const value = cut(message === "" ? how : `${how}: ${firstLine(message)}`, MESSAGE_CAP);
    return `      <property${attributes({ name: `${slot} ${id}`, value })}/>\n`;
  });
  return `  <testsuite${head}>\n    <properties>\n${properties.join("")}    </properties>\n  </testsuite>\n`;
}

function testCase(test: TestResult, dialect: JunitDialect): string {
  const { file, line } = test;
  const dashboard = dialect === "dashboard";
  const head = attributes({
    name: test.test_name,
    classname: label(test),
    time: seconds(test.duration_ms),
    ...(dashboard && file !== "" ? { file } : {}),
    ...(dashboard && line > 0 ? { line } : {}),
  });
  let inner = "";
  if (dashboard && test.reason !== undefined) {
    inner += propertyList("      ", { reason: test.reason, attempt: test.attempt });
  }
  if (test.status === "skipped") {
    inner += `      <skipped${attributes({ message: skipReason(test) })}/>\n`;
  }
  if (test.status === "failed") inner += failureElement(test);
  inner += element("      ", "system-out", joined(test.printed, test.printed_cut));
  return inner === ""
    ? `    <testcase${head}/>\n`
    : `    <testcase${head}>\n${inner}    </testcase>\n`;
}

function failureElement(test: TestResult): string {
  const { failure, output, reason } = test;
  const tag = isError(test) ? "error" : "failure";
  const text = failure === undefined ? output : failureText(failure);
  const message = failure === undefined ? firstLine(output) : summary(failure);
  const type = failure === undefined || failure.type === "" ? (reason ?? "error") : failure.type;
  const head = attributes({ message: cut(message, MESSAGE_CAP), type: cut(type, MESSAGE_CAP) });
  return `      <${tag}${head}>${cdata(cut(text, TEXT_CAP))}</${tag}>\n`;
}

/** The first line of the message, with the values when they are short and not in it. */
function summary(failure: Failure): string {
  const { expected, received } = failure;
  const first = firstLine(headline(failure));
  if (expected === undefined || received === undefined) return first;
  if (expected.includes("\n") || received.includes("\n") || first.includes(received)) return first;
  if (expected.length + received.length > VALUES_CAP) return first;
  return `${first}: expected ${expected}, got ${received}`;
}

function firstLine(text: string): string {
  return text.split("\n", 1)[0] ?? "";
}

function propertyList(indent: string, values: Record<string, string | number>): string {
  const lines = Object.entries(values).map(
    ([name, value]) => `${indent}  <property${attributes({ name, value })}/>\n`,
  );
  return `${indent}<properties>\n${lines.join("")}${indent}</properties>\n`;
}

function element(indent: string, name: string, text: string): string {
  return text === "" ? "" : `${indent}<${name}>${cdata(text)}</${name}>\n`;
}

function joined(text: string, cutCount: number): string {
  return cutCount === 0 ? text : `${text}\n${cutNote(cutCount)}`;
}

/** At most so many characters, with a note of how many more there were. */
function cut(text: string, cap: number): string {
  if (text.length <= cap) return text;
  // Room for the note itself.
  const kept = cutText(text, cap - 40);
  return kept + cutNote(text.length - kept.length);
}

function totalsOf(tests: readonly TestResult[]): Totals {
  const errors = tests.filter(isError).length;
  const counts = countTests(tests);
  return { ...counts, failed: counts.failed - errors, errors, tests: tests.length };
}
