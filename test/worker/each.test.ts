import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { expandTable, formatName } from "../../src/worker/each.ts";

describe("formatName()", () => {
  test.each([
    ["%d plus %i is %f", [1.5, 2.9, 4.4], "1.5 plus 2 is 4.4"],
    ["%s and %p", ["a", "b"], 'a and "b"'],
    ["row %#, %d%%", [7], "row 3, 7%"],
    ["%j", [{ a: [1] }], '{"a":[1]}'],
    ["%d %d", [1], "1 %d"],
    ["%o", [[1, 2]], "[ 1, 2 ]"],
    ["%d", [12n], "12n"],
    ["%j", [undefined], "undefined"],
  ])("fills %p with %p", (name, args, filled) => {
    expect(formatName(name, args, 3)).toBe(filled);
  });

  test("fills $ from a row that is an object, and leaves what it does not have", () => {
    const row = { a: 1, deep: { b: "x" }, list: [1, 2] };
    expect(formatName("$a $deep.b $list $missing $deep.none", [row], 0)).toBe(
      "1 x [ 1, 2 ] $missing $deep.none",
    );
    expect(formatName("$a", [[1]], 0)).toBe("$a");
  });

  test("does not fill what a value itself says", () => {
    expect(formatName("%s", ["%d $a"], 0)).toBe("%d $a");
  });

  test("never throws, whatever the name and the values", () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.anything()), (name, args) => {
        expect(typeof formatName(name, args, 0)).toBe("string");
      }),
      { numRuns: 300 },
    );
  });
});

describe("expandTable()", () => {
  test("spreads arrays and hands over anything else as it is", () => {
    expect(expandTable([[1, 2], { a: 3 }, "x"], "n")).toEqual([
      { name: "n", args: [1, 2] },
      { name: "n", args: [{ a: 3 }] },
      { name: "n", args: ["x"] },
    ]);
  });
});
