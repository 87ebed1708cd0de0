import assert from "node:assert";
import { describe, expect, test } from "bun:test";
import { failureOf, reasonOf, WorkerError } from "../../src/worker/failure.ts";

const paths = { tests: import.meta.path, template: "/t/template.ts", subject: "/s/solution.ts" };

function thrown(act: () => unknown): unknown {
  try {
    act();
  } catch (error) {
    return error;
  }
  throw new Error("Nothing was thrown");
}

describe("reasonOf()", () => {
  test.each([
    ["an expectation", thrown(() => expect(1).toBe(2)), "assertion"],
    ["node's assert", thrown(() => assert.equal(1, 2)), "assertion"],
    ["our own", Object.assign(new Error("x"), { name: "AssertionError" }), "assertion"],
    ["unreachable", thrown(() => expect.unreachable("here")), "assertion"],
    ["a TypeError", new TypeError("x"), "error"],
    ["a string", "x", "error"],
    ["nothing", undefined, "error"],
    ["a limit", new WorkerError("timeout", "x"), "timeout"],
  ])("knows %s", (_, error, reason) => {
    expect(reasonOf(error)).toBe(reason as ReturnType<typeof reasonOf>);
  });
});

describe("failureOf()", () => {
  test("finds both values, and the line of the test", () => {
    const failing = (): void => {
      expect(1).toBe(2);
    };
    const failure = failureOf(thrown(failing), paths);
    expect(failure).toMatchObject({ type: "AssertionError", expected: "2", received: "1" });
    expect(failure.frame).toMatchObject({ file: import.meta.path, solution: false, lines: [] });
    expect(failure.frame?.line).toBeGreaterThan(30);
  });

  test("finds the diff of longer values", () => {
    const failure = failureOf(
      thrown(() => expect({ a: [1, 2] }).toEqual({ a: [1, 3] })),
      paths,
    );
    expect(failure.diff).toContain("-     3");
    expect(failure.diff).toContain("+     2");
  });

  test("takes the values of node's assert", () => {
    const failure = failureOf(
      thrown(() => assert.deepEqual({ a: 1 }, { a: 2 })),
      paths,
    );
    expect(failure).toMatchObject({ expected: "{ a: 2 }", received: "{ a: 1 }" });
  });

  test("says what the solution does not export", () => {
    const error = new SyntaxError(
      "Export named 'add' not found in module '/s/solution.ts?kata=3'.",
    );
    expect(failureOf(error, paths).message).toBe('The solution does not export "add"');
    const other = new SyntaxError("Export named 'add' not found in module '/else.ts'.");
    expect(failureOf(other, paths).message).toContain("/else.ts");
  });

  test("prefers the learner's frame to the test's", () => {
    const error = new RangeError("x");
    error.stack = `RangeError: x\n    at inner (/s/solution.ts?kata=0:4:9)\n    at test (${paths.tests}:9:1)\n    at run (/cache/worker.js:1:1)\n    at late (/s/solution.ts:1:1)`;
    const failure = failureOf(error, paths);
    expect(failure.frame).toMatchObject({
      file: "/s/solution.ts",
      line: 4,
      column: 9,
      solution: true,
    });
    expect(failure.stack?.split("\n")).toHaveLength(2);
  });

  test("survives whatever is thrown", () => {
    const cyclic: Record<string, unknown> = {};
    cyclic.self = cyclic;
    for (const value of [
      undefined,
      null,
      1,
      "x",
      Symbol("s"),
      cyclic,
      () => 1,
      new Proxy({}, {}),
    ]) {
      expect(failureOf(value, paths).message).toStartWith("Threw ");
    }
    expect(failureOf(new Error(""), paths).message).toBe("(no message)");
  });

  test("names the cause, and cuts what is too long", () => {
    const cause = new Error("outer", { cause: new Error("inner") });
    expect(failureOf(cause, paths).message).toMatch(/^outer\nCaused by: Error: inner/);
    const long = failureOf(new Error("y".repeat(200_000)), paths).message;
    expect(long.length).toBeLessThan(101_000);
    expect(long).toEndWith("more characters");
  });
});
