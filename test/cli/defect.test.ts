import { expect, test } from "bun:test";
import { defectText } from "../../src/cli/execute.ts";

test("defectText() says whose fault it is, and keeps the stack for KATA_DEBUG", () => {
  const error = new TypeError("x is undefined");
  expect(defectText(error, false)).toBe(
    "error: This is a defect in kata, not in your files: TypeError: x is undefined\n" +
      "hint: run it again with KATA_DEBUG=1 for the stack\n",
  );
  expect(defectText(error, true)).toContain("defect.test.ts");
});

test("defectText() takes whatever was thrown", () => {
  for (const thrown of [undefined, null, "text", 7, Symbol("s"), { a: 1 }]) {
    expect(defectText(thrown, true)).toStartWith("error: This is a defect in kata");
  }
});
