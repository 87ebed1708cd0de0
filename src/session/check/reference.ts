/** What the runs of a reference say about it, and about the tests. */
import type { Problem } from "../../catalog/problem.ts";
import type { KataEvent } from "../../events/event.ts";
import { type KataResult, label, type TestResult } from "../../events/verdict.ts";
import { problemOf, type Subject } from "./result.ts";

type Files = Subject["files"];

/** Only a test that ran and passed says something about the reference. */
export function notPassed(result: KataResult, files: Files): Problem[] {
  const problems = result.tests.flatMap((test) => {
    if (test.status === "failed") {
      return problemOf(
        files.reference,
        test.failure?.frame?.solution === true ? test.failure.frame.line : 0,
        `The reference fails "${test.test_name}" of ${label(result)} on ${result.device}: ${firstLine(test.failure?.message ?? test.output)}`,
        "the reference to pass every test",
      );
    }
    return test.status === "skipped" ? skippedTest(result, test, files) : [];
  });
  if (problems.length > 0 || result.status === "passed") return problems;
  return [
    problemOf(
      files.tests,
      0,
      `No test of ${label(result)} ran on ${result.device}`,
      "tests that the reference passes",
    ),
  ];
}

function skippedTest(result: KataResult, test: TestResult, files: Files): Problem {
  if (test.reason === "device" || test.reason === "unsupported") {
    const what = test.reason === "device" ? "device" : "language";
    return {
      ...problemOf(
        files.reference,
        0,
        `${result.kata_id} was not checked in ${result.lang}: ${firstLine(test.failure?.message ?? test.output)}`,
        `a ${what} that kata can run here`,
      ),
      severity: "warning",
      ...(what === "device" ? { hint: "--device software runs it where there is no GPU" } : {}),
    };
  }
  return problemOf(
    files.tests,
    test.line,
    `The test "${test.test_name}" of ${label(result)} was left out (${test.reason ?? "skip"})`,
    "every test to run, with no mark that leaves it out",
  );
}

const ASSERTIONS = {
  ts: "a call of expect, assertClose or assertShape",
  py: "an assert, pytest.raises, assert_close or assert_shape",
} as const;

/** Watches for tests that pass without having asserted anything. */
export class AssertionWatch {
  readonly #empty = new Set<string>();

  hear(event: KataEvent): void {
    if (event.event !== "TestFinished" || event.status !== "passed") return;
    if (event.assertions === 0) this.#empty.add(event.test_id);
  }

  problems(results: readonly KataResult[], { files, lang }: Subject): Problem[] {
    const found = new Map<string, Problem>();
    for (const { test_id, test_name, line } of results.flatMap((result) => result.tests)) {
      if (!this.#empty.has(test_id)) continue;
      const message = `The test "${test_name}" asserts nothing`;
      const expected = `${ASSERTIONS[lang]} in every test`;
      found.set(test_name, problemOf(files.tests, line, message, expected));
    }
    return [...found.values()];
  }
}

function firstLine(text: string): string {
  return text.split("\n").find((line) => line.trim() !== "") ?? "";
}
