import { afterAll, expect, test } from "bun:test";
import { join } from "node:path";
import { MAX_BYTES, decode, readText } from "../../src/catalog/read-text.ts";
import { folder, removeFolders } from "./kata-builder.ts";

afterAll(removeFolders);

test("readText() says why when there is no file, a folder, or too much of it", () => {
  const root = folder({ big: "x".repeat(MAX_BYTES + 1), good: "\uFEFFa\r\n" });
  for (const [name, reason] of [
    ["none", "ENOENT"],
    [".", "is not a regular file"],
    ["big", `has ${MAX_BYTES + 1} bytes`],
  ] as const) {
    const read = readText(join(root, name));
    expect("problem" in read && read.problem.message).toContain(reason);
  }
  expect(readText("/dev/zero")).toHaveProperty("problem");
  expect(readText("a\0b")).toHaveProperty("problem");
  expect(readText(join(root, "good"))).toEqual({ text: "\uFEFFa\r\n" });
});

test("decode() points at the first byte that is not UTF-8", () => {
  const bytes = (...parts: (string | number)[]): Uint8Array =>
    Buffer.concat(
      parts.map((part) => (typeof part === "string" ? Buffer.from(part) : Buffer.of(part))),
    );
  const cases: [Uint8Array, number, number][] = [
    [bytes(0xff), 1, 1],
    [bytes("a\n\u00e9", 0xc3), 2, 2],
    [bytes("a\n\u00e9", 0xc3, "\n"), 2, 2],
    [bytes("ok\n".repeat(1000), 0xff, "x".repeat(1000)), 1001, 1],
    [bytes(0xed, 0xa0, 0x80), 1, 1],
  ];
  for (const [input, line, column] of cases) {
    const read = decode(input, "f");
    expect("problem" in read && [read.problem.line, read.problem.column]).toEqual([line, column]);
  }
  expect(decode(bytes("\u00e9"), "f")).toEqual({ text: "\u00e9" });
});
