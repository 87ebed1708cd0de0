import { describe, expect, test } from "bun:test";
import { cpuTime } from "../cpu-time.ts";
import fc from "fast-check";
import {
  padEnd,
  stringWidth,
  stripAnsi,
  truncate,
  visible,
  visibleLine,
} from "../../src/plugins/text.ts";

describe("visible()", () => {
  test.each([
    ["plain\ttext\n", "plain\ttext\n"],
    ["\x1b[31mred\x1b[0m", "red"],
    ["\x1b[38;2;1;2;3mtrue\x1b[m", "true"],
    ["\x9b31mc1", "c1"],
    ["\x1b]0;title\x07x", "x"],
    ["\x1b]8;;http://x\x1b\\link\x1b]8;;\x1b\\", "link"],
    ["\x1bPq#1\x1b\\x", "x"],
    ["\x1bc\x1b7x", "x"],
    ["\x1b(Bx", "x"],
    ["\x1b[2J\x1b[1;1H", ""],
    // An open sequence shows itself and hides nothing.
    ["\x1b]0;title\nnext line", "#x1B]0;title\nnext line"],
    ["\x1b[", "#x1B["],
    ["\x1b", "#x1B"],
    ["\x00\x07\x08\x7f\x85", "#x00#x07#x08#x7F#x85"],
    ["a\r\nb\rc", "a\nb#x0Dc"],
    ["\u202eabc\u2066\u2028\ufeff", "#x202Eabc#x2066#x2028#xFEFF"],
    ["\ufffe\uffff", "#xFFFE#xFFFF"],
    ["\ud83d x \ude00", "#xD83D x #xDE00"],
    ["👩‍👩‍👧 漢字 é", "👩‍👩‍👧 漢字 é"],
  ])("of %p is %p", (text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  test("is well-formed and holds no control character when it is fuzzed", () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.nat(0xffff), fc.constantFrom(0x1b, 0x5b, 0x5d, 0x9b, 7))),
        (units) => {
          const shown = visible(String.fromCharCode(...units));
          expect(shown.isWellFormed()).toBe(true);
          // oxlint-disable-next-line no-control-regex -- that there are none is the point
          expect(shown).not.toMatch(/[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]/);
        },
      ),
    );
  });

  test("takes linear time when there are many open sequences", () => {
    const start = cpuTime();
    expect(visible("\x1b]0;".repeat(50_000)).length).toBeGreaterThan(0);
    expect(visible("\x9d".repeat(200_000)).length).toBeGreaterThan(0);
    expect(visible(`\x1b[${"0".repeat(200_000)}`).length).toBeGreaterThan(0);
    expect(cpuTime() - start).toBeLessThan(2000);
  });
});

describe("visibleLine()", () => {
  test("has one line", () => {
    expect(visibleLine("a\nb\tc\r\n")).toBe("a#x0Ab#x09c#x0A");
  });
});

describe("stripAnsi()", () => {
  test("leaves all else as it is", () => {
    expect(stripAnsi("\x07\x1b[1mx\r\n")).toBe("\x07x\r\n");
  });
});

describe("truncate()", () => {
  test.each([
    ["abc", 3, "abc"],
    ["abcd", 3, "ab…"],
    ["漢字漢字", 5, "漢字…"],
    ["漢字漢字", 4, "漢…"],
    ["漢字", 1, "…"],
    ["漢字", 0, ""],
    ["👩‍👩‍👧👩‍👩‍👧", 3, "👩‍👩‍👧…"],
  ])("of %p at %p is %p", (text, columns, cut) => {
    expect(truncate(text, columns)).toBe(cut);
  });

  test("closes the colours that it cuts", () => {
    expect(truncate("\x1b[31mabcdef\x1b[39m", 4)).toBe("\x1b[31mabc…\x1b[39m");
  });

  test("never is wider than it may be when it is fuzzed", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.nat(30), (text, columns) => {
        expect(stringWidth(truncate(text, columns))).toBeLessThanOrEqual(columns);
      }),
    );
  });
});

describe("padEnd()", () => {
  test("counts columns and not characters", () => {
    expect(padEnd("漢", 4)).toBe("漢  ");
    expect(padEnd("long", 2)).toBe("long");
  });
});
