import { describe, expect, test } from "bun:test";
import { cpuTime } from "../cpu-time.ts";
import type { Failure, TestResult } from "../../src/plugins/reporter.ts";
import { failureLines } from "../../reporters/pretty/failure.ts";
import { palette } from "../../reporters/shared/colors.ts";

function linesOf(failure: Partial<Failure>, columns = 40): string[] {
  const result: TestResult = {
    kata_id: "a",
    lang: "ts",
    variation: "",
    test_id: "t",
    test_name: "a",
    file: "",
    line: 0,
    status: "failed",
    duration_ms: 0,
    attempt: 1,
    output: "",
    printed: "",
    printed_cut: 0,
    failure: { message: "differs", type: "", ...failure },
  };
  const lines = failureLines(result, palette(false), columns);
  for (const line of lines) expect(Bun.stringWidth(line)).toBeLessThanOrEqual(columns);
  return lines;
}

describe("failureLines()", () => {
  test("shows one value when there is one", () => {
    expect(linesOf({ expected: "an error" })).toEqual(["differs", "", "Expected  an error"]);
    expect(linesOf({ received: "x".repeat(40) })).toEqual([
      "differs",
      "",
      `Got       ${"x".repeat(30)}`,
      `          ${"x".repeat(10)}`,
    ]);
  });

  test("marks where two values differ", () => {
    expect(linesOf({ expected: "[1, 2, 3, 4]", received: "[1, 2, 9, 4]" })).toEqual([
      "differs",
      "",
      "Expected  [1, 2, 3, 4]",
      "Got       [1, 2, 9, 4]",
      "                 ^",
    ]);
    expect(linesOf({ expected: "漢字漢字漢字漢字x", received: "漢字漢字漢字漢字y" }).at(-1)).toBe(
      `${" ".repeat(26)}^`,
    );
  });

  test("shows long values around the place where they differ", () => {
    const lines = linesOf({
      expected: `${"a".repeat(100)}b${"c".repeat(50)}`,
      received: `${"a".repeat(100)}d`,
    });
    expect(lines.slice(2)).toEqual([
      `Expected  …${"a".repeat(10)}b${"c".repeat(17)}…`,
      `Got       …${"a".repeat(10)}d`,
      `${" ".repeat(21)}^`,
    ]);
  });

  test("shows a diff that the event holds, folded", () => {
    const diff = ["  1", "  2", "  3", "  4", "  5", "- a", "+ b", "  6"].join("\n");
    expect(linesOf({ diff })).toEqual([
      "differs",
      "",
      "- Expected  + Got",
      "… 2 equal lines",
      "  3",
      "  4",
      "  5",
      "- a",
      "+ b",
      "  6",
    ]);
  });

  test("makes a diff of values with more than one line, and caps it", () => {
    const expected = Array.from({ length: 100 }, (_, at) => `line ${at}`).join("\n");
    const lines = linesOf({ expected, received: "none\nhere" });
    expect(lines).toHaveLength(2 + 1 + 40 + 1);
    expect(lines.at(-1)).toBe("… 62 more lines");
  });

  test("does not compare values that are too long line by line", () => {
    const long = `${"x\n".repeat(20_000)}`;
    const start = cpuTime();
    const lines = linesOf({ expected: long, received: `${long}y`, diff: long });
    expect(lines.length).toBeLessThan(10);
    expect(cpuTime() - start).toBeLessThan(500);
  });

  test("puts no caret where the column is not shown", () => {
    const frame = {
      file: "a.ts",
      line: 1,
      column: 200,
      lines: [{ number: 1, text: "x".repeat(300) }],
      solution: true,
    };
    expect(linesOf({ frame })).toEqual(["differs", "", "a.ts:1:200", `> 1 │ ${"x".repeat(33)}…`]);
    expect(linesOf({ frame: { ...frame, lines: [] } })).toEqual(["differs", "", "a.ts:1:200"]);
    const empty = { ...frame, column: 1, lines: [{ number: 1, text: "" }] };
    expect(linesOf({ frame: empty })).toEqual(["differs", "", "a.ts:1:1", "> 1 │", "    │ ^"]);
  });

  test("has nothing to say when there is nothing", () => {
    expect(linesOf({ message: "" })).toEqual([]);
  });
});
