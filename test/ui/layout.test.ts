import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import {
  definitions,
  oneLine,
  pad,
  paragraphs,
  table,
  truncate,
  wrap,
} from "../../src/ui/layout.ts";

const widths = (text: string) => text.split("\n").map((line) => Bun.stringWidth(line));

describe("table()", () => {
  test("aligns columns by display width", () => {
    const rows = [
      ["\u5b89\u5b81", "x"],
      ["ab", "y"],
      ["\u{1f680}!", "z"],
      ["\u001b[1mbold\u001b[22m", "w"],
    ];
    const lines = table(rows, { columns: 80 }).split("\n");
    for (const line of lines) expect(Bun.stringWidth(line)).toBe(7);
  });

  test("cuts the widest column until the line fits, and indents", () => {
    const text = table([["id", "a long description of it", "after: x"]], {
      columns: 30,
      indent: 2,
    });
    expect(text).toBe("  id  a long descri\u2026  after: x");
    expect(Bun.stringWidth(text)).toBeLessThanOrEqual(30);
  });

  test("cuts nothing for an infinite width", () => {
    const long = "x".repeat(500);
    expect(table([[long, "y"]], { columns: Number.POSITIVE_INFINITY })).toBe(`${long}  y`);
  });

  test("is empty for no rows, and takes rows of different lengths", () => {
    expect(table([], { columns: 80 })).toBe("");
    expect(table([["a"], ["b", "c"]], { columns: 80 })).toBe("a\nb  c");
  });

  test("never exceeds the width while there is room for it", () => {
    const cell = fc.string({ unit: "grapheme", maxLength: 60 }).map(oneLine);
    const rows = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { maxLength: 6 });
    fc.assert(
      fc.property(rows, fc.integer({ min: 24, max: 120 }), (cells, columns) => {
        for (const width of widths(table(cells, { columns }))) {
          expect(width).toBeLessThanOrEqual(columns);
        }
      }),
    );
  });
});

describe("definitions()", () => {
  test("wraps beside the term", () => {
    expect(definitions([["--a", "one two three four five six"]], 30)).toBe(
      "  --a  one two three four five\n       six",
    );
  });

  test("goes below a term that is too wide, and takes an empty text", () => {
    const term = "--an-extremely-long-flag VALUE";
    expect(
      definitions(
        [
          [term, "text"],
          ["--b", ""],
        ],
        40,
      ),
    ).toBe(`  ${term}\n${" ".repeat(17)}text\n  --b`);
  });
});

test("oneLine() leaves nothing that moves a terminal's cursor", () => {
  expect(oneLine("  a\n\t b\u001b[31mc\u001b[0m ")).toBe("a bc");
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(oneLine(text)).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
    }),
  );
});

test("truncate() counts display columns and keeps what fits", () => {
  expect(truncate("abc", 3)).toBe("abc");
  expect(truncate("abcd", 3)).toBe("ab\u2026");
  expect(Bun.stringWidth(truncate("\u5b89\u5b81\u54c8", 4))).toBeLessThanOrEqual(4);
});

test("pad() counts display columns", () => {
  expect(pad("\u5b89", 4)).toBe("\u5b89  ");
  expect(pad("abc", 2)).toBe("abc");
});

test("wrap() indents every line but empty ones", () => {
  expect(wrap("one two three", 22, 2)).toBe("  one two three");
  expect(wrap("aaaa bbbb cccc dddd eeee ffff", 24, 2).split("\n")).toEqual([
    "  aaaa bbbb cccc dddd",
    "  eeee ffff",
  ]);
});

test("paragraphs() joins lines and keeps paragraphs apart", () => {
  expect(paragraphs("a\nb\n\n  c\nd\n", 80)).toBe("a b\n\nc d");
});
