import { describe, expect, test } from "bun:test";
import { params, randint, tensor } from "kata";
import { assertClose, assertShape } from "kata/testing";
import { confusion, countClasses, encode } from "./template.ts";

const n = Number(params.n ?? 40);
const classes = Number(params.classes ?? 7);

function labels(values: readonly number[] | readonly number[][]) {
  return tensor(values as number[], { dtype: "int32" });
}

/** Counts of one row of labels, by a loop. */
function countsOf(values: readonly number[], count: number): number[] {
  const counts = Array.from<number>({ length: count }).fill(0);
  for (const value of values) if (value >= 0 && value < count) counts[value]! += 1;
  return counts;
}

describe("encode", () => {
  test("each label becomes a row with a single one in its column", () => {
    assertClose(encode(labels([2, 0, 3]), 4), [
      [0, 0, 1, 0],
      [1, 0, 0, 0],
      [0, 0, 0, 1],
    ]);
  });

  test("the result holds numbers and not true and false", () => {
    const out = encode(labels([1, 0]), 2);
    expect(out.dtype).toBe("float32");
    assertClose(out, [
      [0, 1],
      [1, 0],
    ]);
  });

  test("a label that is no class has a row of zeros", () => {
    assertClose(encode(labels([-1, 1, 2, 100]), 2), [
      [0, 0],
      [0, 1],
      [0, 0],
      [0, 0],
    ]);
  });

  test("the classes become a new last axis behind any others", () => {
    const out = encode(
      labels([
        [0, 2],
        [1, 1],
        [2, 0],
      ]),
      3,
    );
    assertShape(out, [3, 2, 3], "one-hot");
    assertClose(out, [
      [
        [1, 0, 0],
        [0, 0, 1],
      ],
      [
        [0, 1, 0],
        [0, 1, 0],
      ],
      [
        [0, 0, 1],
        [1, 0, 0],
      ],
    ]);
  });

  test("a single label has a single row", () => {
    assertClose(encode(tensor(1, { dtype: "int32" }), 3), [0, 1, 0]);
  });
});

describe("countClasses", () => {
  test("occurrences are counted, classes that never occur too", () => {
    assertClose(countClasses(labels([3, 1, 3, 3, 0]), 5), [1, 1, 0, 3, 0]);
  });

  test("each row is counted by itself", () => {
    const out = countClasses(
      labels([
        [0, 0, 1, 0],
        [2, 1, 2, 1],
      ]),
      3,
    );
    assertClose(out, [
      [3, 1, 0],
      [0, 2, 2],
    ]);
  });

  test("labels that are no class are not counted", () => {
    assertClose(countClasses(labels([-100, 0, 4, 0, 3]), 4), [2, 0, 0, 1]);
  });

  test("random labels of the variation's sizes match a loop", () => {
    const x = randint(-1, classes + 1, [3, n]);
    const values = [...x.toTypedArray()].map(Number);
    const expected = [0, 1, 2].map((row) =>
      countsOf(values.slice(row * n, (row + 1) * n), classes),
    );
    assertClose(countClasses(x, classes), expected, { name: "counts" });
  });
});

describe("confusion", () => {
  test("rows are what is and columns what was said", () => {
    const actual = labels([0, 0, 0, 1, 2, 2]);
    const given = labels([0, 1, 1, 1, 2, 0]);
    assertClose(confusion(actual, given, 3), [
      [1, 2, 0],
      [0, 1, 0],
      [1, 0, 1],
    ]);
  });

  test("answers that are all right fill the diagonal with the counts", () => {
    const x = labels([2, 1, 2, 2, 0]);
    assertClose(confusion(x, x, 3), [
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 3],
    ]);
  });

  test("a position where either is no class does not count", () => {
    const out = confusion(labels([0, -1, 1, 1]), labels([1, 0, 2, 0]), 2);
    assertClose(out, [
      [0, 1],
      [1, 0],
    ]);
  });

  test("random labels of the variation's sizes match a loop", () => {
    const actual = randint(0, classes, [n]);
    const given = randint(0, classes, [n]);
    const [a, g] = [actual, given].map((x) => [...x.toTypedArray()].map(Number));
    const expected = Array.from({ length: classes }, () =>
      Array.from<number>({ length: classes }).fill(0),
    );
    for (let t = 0; t < n; t++) expected[a![t]!]![g![t]!]! += 1;
    const out = confusion(actual, given, classes);
    assertShape(out, [classes, classes], "confusion");
    assertClose(out, expected, { name: "confusion" });
  });
});
