/** One JSON object for the whole run: what graders, editors and models read. */
import {
  isError,
  type CreateReporter,
  type KataResult,
  type ReporterSpec,
  type TestResult,
  type Verdict,
} from "kata/plugin";
import { EVERY_EVENT } from "../shared/every-event.ts";
import { verdictJson } from "../shared/verdict-json.ts";
import { countTests } from "../shared/words.ts";

/** The version of the report; fields are only ever added to it. */
const RUN_SCHEMA = "kata.run/1";

export const spec: ReporterSpec = {
  name: "json",
  version: "1.0.0",
  handles_event: EVERY_EVENT,
  description: "One JSON object for the whole run",
};

export const createReporter: CreateReporter = verdictJson(runReport);

function runReport(verdict: Verdict): object {
  const ids = new Set(verdict.katas.map((kata) => kata.kata_id));
  const [only] = ids;
  return {
    schema: RUN_SCHEMA,
    ...(ids.size === 1 ? { kata_id: only } : {}),
    passed: verdict.passed,
    num_passed: verdict.num_passed,
    num_failed: verdict.num_failed,
    num_skipped: verdict.num_skipped,
    num_errors: verdict.num_errors,
    duration_ms: Math.round(verdict.duration_ms),
    ...(verdict.error === undefined ? {} : { error: verdict.error }),
    interrupted: verdict.interrupted,
    reference: verdict.reference,
    device: verdict.device,
    seed: verdict.seed,
    next: verdict.next,
    ...(verdict.shard === undefined ? {} : { shard: verdict.shard }),
    ...(verdict.extensions === undefined ? {} : { extensions: verdict.extensions }),
    katas: verdict.katas.map(kataReport),
    results: verdict.katas.flatMap((kata) => kata.tests.map(testReport)),
  };
}

function kataReport(kata: KataResult): object {
  const counts = countTests(kata.tests);
  return {
    kata_id: kata.kata_id,
    lang: kata.lang,
    variation: kata.variation,
    name: kata.name,
    category: kata.category,
    file: kata.file,
    status: kata.status,
    num_passed: counts.passed,
    num_failed: counts.failed,
    num_skipped: counts.skipped,
    num_errors: kata.tests.filter(isError).length,
    duration_ms: Math.round(kata.duration_ms),
    device: kata.device,
    ...(kata.sandbox === undefined ? {} : { sandbox: kata.sandbox }),
    todos: kata.todos,
    filled: kata.filled,
    ...(kata.unfilled === undefined ? {} : { unfilled: kata.unfilled }),
    output: kata.output,
    ...(kata.output_cut === 0 ? {} : { output_cut: kata.output_cut }),
  };
}

function testReport(test: TestResult): object {
  return {
    test_name: test.test_name,
    status: test.status,
    ...(test.reason === undefined ? {} : { reason: test.reason }),
    output: test.output,
    ...(test.printed_cut === 0 ? {} : { output_cut: test.printed_cut }),
    kata_id: test.kata_id,
    lang: test.lang,
    variation: test.variation,
    duration_ms: Math.round(test.duration_ms),
    attempt: test.attempt,
    file: test.file,
    line: test.line,
    ...(test.failure === undefined ? {} : { failure: test.failure }),
  };
}
