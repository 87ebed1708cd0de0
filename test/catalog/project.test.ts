import { describe, expect, test } from "bun:test";
import { parseProject } from "../../src/catalog/project.ts";

function problems(text: string): string[] {
  return parseProject(text, "kata.toml").problems.map(
    ({ line, column, message }) => `${line}:${column}: ${message}`,
  );
}

describe("parseProject()", () => {
  test("reads every setting of the sandbox", () => {
    const text = `[sandbox]
allow-read = ["data", "more"]
allow-write = true
allow-env = ["KEY"]
allow-net = true
allow-run = false
max-memory = 512
max-cpu = 3
max-output = 9
`;
    expect(parseProject(text, "kata.toml")).toEqual({
      problems: [],
      sandbox: {
        read: ["data", "more"],
        write: "all",
        env: ["KEY"],
        net: true,
        run: false,
        memory: 512,
        cpu: 3,
        output: 9,
      },
    });
  });

  test("grants nothing where nothing is said, and leaves other tables alone", () => {
    const empty = { sandbox: {}, problems: [] };
    expect(parseProject("", "kata.toml")).toEqual(empty);
    expect(parseProject("[plugins]\nx = 1\n", "kata.toml")).toEqual(empty);
    expect(parseProject("[sandbox]\nallow-read = false\n", "kata.toml")).toEqual(empty);
  });

  test("says what is wrong, each with its place", () => {
    expect(problems("sandbox = 1")).toEqual(["1:1: Cannot read sandbox: it is the integer 1"]);
    const text =
      '[sandbox]\nallow-reed = true\nallow-net = "yes"\nmax-memory = 1\nmax-cpu = 1.5\nallow-write = "out"\nallow-env = [1]\n';
    expect(problems(text).toSorted()).toEqual([
      "2:1: Unknown key: sandbox.allow-reed",
      '3:1: Cannot read sandbox.allow-net: it is the string "yes"',
      "4:1: Cannot read sandbox.max-memory: 1 is out of range",
      "5:1: Cannot read sandbox.max-cpu: it is the float 1.5",
      '6:1: Cannot read sandbox.allow-write: it is the string "out"',
      "7:14: Cannot read sandbox.allow-env[0]: it is the integer 1",
    ]);
    expect(problems("[sandbox\n")).toHaveLength(1);
  });
});
