import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { cpuTime } from "../cpu-time.ts";
import type { Failure, KataResult } from "../../src/plugins/reporter.ts";
import { tensorLines } from "../../reporters/pretty/tensors.ts";
import { excerpt, oneLine, wrap } from "../../reporters/pretty/layout.ts";
import { palette } from "../../reporters/shared/colors.ts";
import { diffLines, firstDifference, foldCommon, parseDiff } from "../../reporters/shared/diff.ts";
import { duration, plural, seconds, unfilledNote } from "../../reporters/shared/words.ts";
import { attribute, cdata } from "../../reporters/shared/xml.ts";

describe("duration()", () => {
  test.each([
    [0, "0 ms"],
    [-3, "0 ms"],
    [Number.NaN, "0 ms"],
    [0.4, "0 ms"],
    [999.4, "999 ms"],
    [999.6, "1.00 s"],
    [59_994, "59.99 s"],
    [59_995, "1 m 00 s"],
    [123_000, "2 m 03 s"],
    [3_599_600, "1 h 00 m"],
    [3_900_000, "1 h 05 m"],
  ])("of %p is %p", (ms, text) => {
    expect(duration(ms)).toBe(text);
  });
});

describe("seconds()", () => {
  test("has three decimals and is never negative or NaN", () => {
    expect([0, 1234.5678, -1, Number.NaN].map(seconds)).toEqual([
      "0.000",
      "1.235",
      "0.000",
      "0.000",
    ]);
  });
});

describe("plural()", () => {
  test("counts", () => {
    expect([0, 1, 2].map((count) => plural(count, "test"))).toEqual([
      "0 tests",
      "1 test",
      "2 tests",
    ]);
  });
});

describe("unfilledNote()", () => {
  const kata: KataResult = {
    kata_id: "a",
    lang: "ts",
    variation: "",
    name: "A",
    category: "",
    file: "a.ts",
    device: "",
    status: "failed",
    duration_ms: 0,
    todos: 2,
    filled: false,
    output: "",
    output_cut: 0,
    tests: [],
  };
  test("counts regions, else TODOs, else only says that something is left", () => {
    expect(unfilledNote({ ...kata, filled: true })).toBeUndefined();
    expect(unfilledNote({ ...kata, unfilled: 1 })).toBe("1 region is still to fill in a.ts");
    expect(unfilledNote(kata)).toBe("2 regions are still to fill in a.ts");
    expect(unfilledNote({ ...kata, todos: 0, file: "" })).toBe("the template is still to fill");
  });
});

describe("diffLines()", () => {
  test("keeps common lines once, in order", () => {
    expect(diffLines("a\nb\nc\nd", "a\nx\nc\ny\nd").map(({ sign, text }) => sign + text)).toEqual([
      " a",
      "-b",
      "+x",
      " c",
      "+y",
      " d",
    ]);
  });

  test("gives both texts again when it is fuzzed", () => {
    const text = fc.array(fc.constantFrom("a", "b", "c", "")).map((lines) => lines.join("\n"));
    fc.assert(
      fc.property(text, text, (left, right) => {
        const lines = diffLines(left, right);
        const without = (sign: string): string =>
          lines
            .filter((line) => line.sign !== sign)
            .map((line) => line.text)
            .join("\n");
        expect(without("+")).toBe(left);
        expect(without("-")).toBe(right);
      }),
    );
  });

  test("replaces the middle whole when it is too long to compare", () => {
    const left = Array.from({ length: 2000 }, (_, at) => `l${at}`).join("\n");
    const right = left.replaceAll("l", "r");
    const start = cpuTime();
    expect(diffLines(left, right)).toHaveLength(4000);
    expect(cpuTime() - start).toBeLessThan(500);
  });
});

describe("foldCommon()", () => {
  test("leaves out what is far from a change", () => {
    const lines = diffLines("1\n2\n3\n4\n5\n6\n7", "1\n2\n3\nx\n5\n6\n7");
    expect(
      foldCommon(lines, 1).map((line) => (typeof line === "number" ? line : line.sign + line.text)),
    ).toEqual([2, " 3", "-4", "+x", " 5", 2]);
  });
});

describe("parseDiff()", () => {
  test("reads signs with and without a space behind", () => {
    expect(parseDiff("  a\n- b\n+c\n").map(({ sign, text }) => sign + text)).toEqual([
      " a",
      "-b",
      "+c",
      " ",
    ]);
  });
});

describe("firstDifference()", () => {
  test.each([
    ["abc", "abd", 2],
    ["a", "ab", 1],
    ["", "", 0],
  ] as const)("of %p and %p is %p", (left, right, at) => {
    expect(firstDifference(left, right)).toBe(at);
  });
});

describe("tensorLines()", () => {
  const plain = palette(false);
  const of = (
    shape: number[],
    values: (number | string)[],
    first?: number[],
    got = values,
  ): Failure => ({
    message: "",
    type: "",
    tensors: [
      { role: "expected", shape, dtype: "float32", values, capped: false },
      { role: "received", shape, dtype: "float32", values: got, capped: false },
    ],
    ...(first === undefined ? {} : { first_difference: first }),
  });

  test("shows a scalar", () => {
    expect(tensorLines(of([], [1], [], ["NaN"]), plain, 80)).toEqual([
      "shape [] float32 · first difference at []",
      "",
      "Expected    Got",
      "[1]         [NaN]",
    ]);
  });

  test("shows a vector's neighbours and what is left out", () => {
    expect(
      tensorLines(
        of([9], [0, 1, 2, 3, 4, 5, 6, 7, 8], [4], [0, 1, 2, 3, 44, 5, 6, 7, 8]),
        plain,
        80,
      ),
    ).toEqual([
      "shape [9] float32 · first difference at [4]",
      "",
      "Expected                     Got",
      "…  1  2  3 [4] 5  6  7  …    …  1  2  3 [44] 5  6  7  …",
    ]);
  });

  test("shows no more digits than it takes to see the difference", () => {
    const third = Math.fround(1 / 3);
    const print = (got: number): string =>
      tensorLines(of([2], [third, 1], [0], [got, 1]), plain, 80).at(-1) ?? "";
    expect(print(0.5)).toBe("[0.33333] 1     [0.5] 1");
    expect(print(0.33333349)).toBe("[0.333333343] 1     [0.33333349] 1");
  });

  test("stacks the two when there is no room", () => {
    expect(tensorLines(of([3], [1, 2, 3], [0], [9, 2, 3]), plain, 20)).toEqual([
      "shape [3] float32 ·…",
      "",
      "Expected",
      "[1] 2  3",
      "",
      "Got",
      "[9] 2  3",
    ]);
  });

  test("takes the last two axes of more, and says what was not kept", () => {
    const lines = tensorLines(of([2, 2, 2], [1, 2, 3, 4, 5, 6], [1, 1, 0]), plain, 80);
    expect(lines).toEqual([
      "shape [2, 2, 2] float32 · first difference at [1, 1, 0]",
      "",
      "Expected    Got",
      " 5  6        5  6",
      "[?] ?       [?] ?",
    ]);
  });

  test("shows the shape alone when no element differs, nothing when there are not two", () => {
    expect(tensorLines(of([2], [1, 2]), plain, 80)).toEqual(["shape [2] float32"]);
    expect(tensorLines({ message: "", type: "" }, plain, 80)).toEqual([]);
  });
});

describe("excerpt()", () => {
  test("says how many lines and characters were cut", () => {
    expect(excerpt("a\nb\nc\n", 10, { lines: 2 })).toEqual(["a", "b", "… 1 more line"]);
    expect(excerpt("x".repeat(35), 10, { lines: 2 })).toEqual([
      "x".repeat(10),
      "x".repeat(10),
      "… 15 more characters",
    ]);
    expect(excerpt("a", 10, { lines: 2, cut: 1234 })).toEqual([
      "a",
      "… 1,234 more characters that were not kept",
    ]);
    expect(excerpt("\n\n", 10, { lines: 2 })).toEqual([]);
  });

  test("cuts the middle when a tail is asked for", () => {
    expect(excerpt("1\n2\n3\n4\n5\n6", 10, { lines: 4, tail: 2 })).toEqual([
      "1",
      "2",
      "… 2 more lines",
      "5",
      "6",
    ]);
  });

  test("never cuts a character in half and always fits when it is fuzzed", () => {
    const text = fc.string({ unit: "grapheme", maxLength: 200 });
    fc.assert(
      fc.property(
        text,
        fc.integer({ min: 20, max: 40 }),
        fc.integer({ min: 1, max: 5 }),
        (of, columns, lines) => {
          const shown = excerpt(of, columns, { lines });
          expect(shown.join("").isWellFormed()).toBe(true);
          for (const line of shown.slice(0, lines))
            expect(Bun.stringWidth(line)).toBeLessThanOrEqual(columns);
        },
      ),
    );
  });
});

describe("wrap()", () => {
  test("keeps the indent and breaks long words", () => {
    expect(wrap("  aaa bbb ccc", 7)).toEqual(["  aaa", "  bbb", "  ccc"]);
    expect(wrap("aaaaaaaaaa", 4)).toEqual(["aaaa", "aaaa", "aa"]);
    expect(wrap(`${" ".repeat(9)}abc`, 10)).toEqual([`${" ".repeat(9)}…`]);
  });
});

describe("oneLine()", () => {
  test("shows line ends and cuts", () => {
    expect(oneLine("a\nb", 10)).toBe("a#x0Ab");
    expect(oneLine("abcdef", 4)).toBe("abc…");
  });
});

describe("xml", () => {
  test("attribute() escapes what ends it and what XML forbids", () => {
    expect(attribute("a", `<&>"\n\x1b[1m\x00\ud800`)).toBe(
      ' a="&lt;&amp;&gt;&quot;#x0A#x00#xD800"',
    );
  });

  test("cdata() splits what would end it", () => {
    expect(cdata("a]]>b]]>")).toBe("<![CDATA[a]]]]><![CDATA[>b]]]]><![CDATA[>]]>");
  });
});
