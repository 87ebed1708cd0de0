import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../../src/python/index.ts";

/** Programs, each with what CPython 3.11 prints for the exception that ends it. */
const recorded = JSON.parse(readFileSync(join(import.meta.dir, "tracebacks.json"), "utf8")) as {
  before: string;
  cases: { source: string; text: string }[];
};

test("run() tells an exception as CPython prints it", () => {
  for (const { source, text } of recorded.cases) {
    const result = run(recorded.before + source, { filename: "program.py" });
    expect(result.ok).toBe(false);
    const told = result.stderr + (result.ok ? "" : result.error.text);
    expect({ source, text: told }).toEqual({ source, text });
  }
});

test("run() refuses at once what nests too deep when it is compiled", () => {
  const n = 3000;
  const calls = `def f(x=None): return f\nf${"()".repeat(n)}`;
  for (const source of [
    calls,
    `x = ${"(".repeat(n)}1${")".repeat(n)}`,
    `x = ${"not ".repeat(n)}1`,
  ]) {
    const result = run(source);
    expect(result.ok ? "" : result.error.exceptionType).toBe("SyntaxError");
  }
  expect(run(`x = 1\nprint(${"x + ".repeat(n)}x)`).output).toBe("3001\n");
});
