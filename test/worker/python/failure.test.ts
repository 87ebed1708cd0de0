import { describe, expect, test } from "bun:test";
import type { WorkerJob } from "../../../src/events/channel.ts";
import type { PythonFailure } from "../../../src/pymodules/pytest/tests.ts";
import { failureOf, reasonOf } from "../../../src/worker/python/failure.ts";

const JOB: WorkerJob = {
  index: 0,
  lang: "py",
  entry: "",
  tests: "/k/test_kata.py",
  template: "/k/template.py",
  subject: "/s/mine.py",
  params: {},
  seed: 0,
  device: "cpu",
  timeout_ms: 1000,
};

function failed(more: Partial<PythonFailure>): PythonFailure {
  const base = { kind: "error", type: "ValueError", message: "ValueError: x" } as const;
  return { ...base, traceback: "", frames: [], ...more };
}

const at = (file: string, line: number) => ({ file, line, column: 3, function: "f" });

describe("reasonOf()", () => {
  test("counts a limit that was reached as an error", () => {
    const kinds = ["assertion", "error", "timeout", "limit"] as const;
    expect(kinds.map((kind) => reasonOf(failed({ kind })))).toEqual([
      "assertion",
      "error",
      "timeout",
      "error",
    ]);
  });
});

describe("failureOf()", () => {
  test("points at the solution's innermost line if the error passed through it, else at the test's", () => {
    const frames = [
      at("test_kata.py", 9),
      at("user_kata.py", 2),
      at("user_kata.py", 4),
      at("h.py", 1),
    ];
    expect(failureOf(failed({ frames }), JOB).frame).toEqual({
      file: "/s/mine.py",
      line: 4,
      column: 3,
      lines: [],
      solution: true,
    });
    expect(
      failureOf(failed({ frames: [at("test_kata.py", 9), at("h.py", 1)] }), JOB).frame,
    ).toEqual({
      file: "/k/test_kata.py",
      line: 9,
      column: 3,
      lines: [],
      solution: false,
    });
    expect(failureOf(failed({ frames: [at("h.py", 1)] }), JOB).frame).toBeUndefined();
  });

  test("names tests and solution by their own paths, and nothing else", () => {
    const traceback =
      'Traceback (most recent call last):\n  File "test_kata.py", line 9, in f\n  File "user_kata.py", line 2, in g\n';
    const message = "no /kata/user_kata.py, /kata/test_kata.py, /kata/data.txt";
    const failure = failureOf(failed({ traceback, message }), JOB);
    expect(failure.message).toBe("no /s/mine.py, /k/test_kata.py, /kata/data.txt");
    expect(failure.stack).toContain('File "/s/mine.py", line 2');
  });

  test("says what a solution lacks", () => {
    const message = "ImportError: cannot import name 'f' from 'user_kata' (/kata/user_kata.py)";
    const failure = failureOf(failed({ type: "ImportError", message }), JOB);
    expect(failure.message).toBe('The solution does not define "f"');
    const other = "ImportError: cannot import name 'f' from 'torch' (unknown location)";
    expect(failureOf(failed({ message: other }), JOB).message).toBe(other);
  });

  test("hands on what was compared", () => {
    const tensors = [
      { role: "expected", shape: [1], dtype: "float32", values: [1], capped: false } as const,
    ].map((tensor) => ({ ...tensor, shape: [1], values: [1] }));
    const compared = { expected: "a", received: "b", diff: "- a", tensors, first_difference: [0] };
    expect(failureOf(failed(compared), JOB)).toMatchObject(compared);
  });
});
