/** The Common Test Report Format (https://ctrf.io): one JSON object. */
import {
  cutNote,
  cutText,
  headline,
  label,
  stripAnsi,
  Tally,
  write,
  type CreateReporter,
  type ReporterSpec,
  type TestResult,
  type Verdict,
} from "kata/plugin";
import { EVERY_EVENT } from "../shared/every-event.ts";
import { skipReason } from "../shared/words.ts";

/** The version of the format; its checker takes 0.0.x for the same. */
const SPEC_VERSION = "0.0.0";
/** Characters of a text that are kept. */
const TEXT_CAP = 65_535;

export const spec: ReporterSpec = {
  name: "ctrf",
  version: "1.0.0",
  handles_event: EVERY_EVENT,
  description: "One JSON object in the Common Test Report Format",
};

export const createReporter: CreateReporter = () => {
  const tally = new Tally();
  const starts = new Map<string, number>();
  let version = "";
  let start: number | undefined;
  return {
    handle: (event) => {
      tally.push(event);
      const now = Date.parse(event.ts) || 0;
      start ??= now;
      if (event.event === "RunStarted") version = event.kata_version;
      if (event.event === "TestStarted" && !starts.has(event.test_id)) {
        starts.set(event.test_id, now);
      }
      if (event.event !== "RunFinished") return null;
      const report = document(tally.verdict(), version, { start, stop: now, starts });
      return [write(`${JSON.stringify(report, null, 2)}\n`)];
    },
  };
};

/** Milliseconds since 1970. */
interface Times {
  start: number;
  stop: number;
  starts: ReadonlyMap<string, number>;
}

function document(verdict: Verdict, version: string, { start, stop, starts }: Times): object {
  const tests = verdict.katas.flatMap((kata) =>
    kata.tests.map((test) => testOf(test, starts.get(test.test_id), kata.device)),
  );
  if (!verdict.passed && (verdict.error !== undefined || !tests.some(isFailed))) {
    tests.push(runTest(verdict.error ?? "The run did not pass"));
  }
  const count = (status: string): number => tests.filter((test) => test.status === status).length;
  return {
    reportFormat: "CTRF",
    specVersion: SPEC_VERSION,
    generatedBy: "kata",
    timestamp: new Date(stop).toISOString(),
    results: {
      tool: { name: "kata", ...(version === "" ? {} : { version }) },
      summary: {
        tests: tests.length,
        passed: count("passed"),
        failed: count("failed"),
        skipped: count("skipped"),
        pending: count("pending"),
        other: 0,
        suites: verdict.katas.length,
        start,
        stop,
        duration: Math.max(0, Math.round(verdict.duration_ms)),
      },
      tests,
      environment: {
        ...(verdict.shard === undefined
          ? {}
          : { shardId: `${verdict.shard.index}/${verdict.shard.total}` }),
        extra: { seed: verdict.seed, device: verdict.device, reference: verdict.reference },
      },
    },
  };
}

interface CtrfTest {
  name: string;
  status: "passed" | "failed" | "skipped" | "pending";
  duration: number;
  [field: string]: unknown;
}

function isFailed({ status }: CtrfTest): boolean {
  return status === "failed";
}

function testOf(test: TestResult, start: number | undefined, device: string): CtrfTest {
  const { failure, reason, printed, file, line } = test;
  const duration = Math.max(0, Math.round(test.duration_ms) || 0);
  const status = test.status === "skipped" && reason === "todo" ? "pending" : test.status;
  return {
    name: test.test_name.trim() === "" ? "(no name)" : test.test_name,
    status,
    duration,
    ...(start === undefined ? {} : { start, stop: start + duration }),
    suite: [label(test)],
    ...messageOf(test),
    ...(failure?.stack === undefined ? {} : { trace: capped(failure.stack) }),
    ...(failure?.frame === undefined
      ? {}
      : { snippet: capped(failure.frame.lines.map(({ text }) => text).join("\n")) }),
    ...(line > 0 ? { line } : {}),
    ...(file === "" ? {} : { filePath: file }),
    ...(reason === undefined ? {} : { rawStatus: reason }),
    ...(test.attempt > 1 ? { retries: test.attempt - 1 } : {}),
    ...(test.attempt > 1 && test.status === "passed" ? { flaky: true } : {}),
    ...(printed === "" ? {} : { stdout: [stripAnsi(printed)] }),
    ...(device === "" ? {} : { device }),
    extra: { kata_id: test.kata_id, lang: test.lang, variation: test.variation },
  };
}

function messageOf(test: TestResult): { message?: string } {
  if (test.status === "passed") return {};
  if (test.status === "skipped") return { message: capped(skipReason(test)) };
  return { message: capped(test.failure === undefined ? test.output : headline(test.failure)) };
}

/** The run's own failure, in the shape of a test: no red run has a green report. */
function runTest(message: string): CtrfTest {
  return { name: "(run)", status: "failed", duration: 0, suite: ["(run)"], message };
}

function capped(text: string): string {
  const plain = stripAnsi(text);
  if (plain.length <= TEXT_CAP) return plain;
  const kept = cutText(plain, TEXT_CAP);
  return `${kept}\n${cutNote(plain.length - kept.length)}`;
}
