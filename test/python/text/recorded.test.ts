/** What CPython 3.11 answered, recorded by test/oracles/python-text.ts. */
import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Job } from "./jobs.ts";
import { answer } from "./operations.ts";

const FIXTURE = join(import.meta.dir, "../../fixtures/python/text.ndjson");

const byOperation = new Map<string, [Job, unknown][]>();
for (const line of readFileSync(FIXTURE, "utf8").trim().split("\n")) {
  const [job, expected] = JSON.parse(line) as [Job, unknown];
  byOperation.set(job[0], [...(byOperation.get(job[0]) ?? []), [job, expected]]);
}

for (const [operation, cases] of byOperation) {
  test(`${operation}() answers as CPython does when asked ${cases.length} times`, () => {
    const wrong = cases.flatMap(([job, expected]) => {
      const got = answer(job);
      return got === JSON.stringify(expected) ? [] : [{ job, got, expected }];
    });
    expect(wrong).toEqual([]);
  });
}

test("the record holds every operation", () => {
  expect(byOperation.size).toBeGreaterThan(60);
});
