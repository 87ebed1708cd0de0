import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { editDistance, nearest } from "../../src/catalog/nearest.ts";

describe("nearest", () => {
  const names = ["softmax", "relu", "matmul", "layer-norm"];

  test("nearest() finds a slip when letters are swapped, missing, doubled or in another case", () => {
    expect(nearest("sofmtax", names)).toBe("softmax");
    expect(nearest("rel", names)).toBe("relu");
    expect(nearest("mattmul", names)).toBe("matmul");
    expect(nearest("LAYER_NORM", names)).toBe("layer-norm");
  });

  test("nearest() finds nothing when no name is near, or the name is none", () => {
    for (const name of ["", "attention", "x", "softmax".repeat(20)]) {
      expect(nearest(name, names)).toBeUndefined();
    }
    expect(nearest("x", ["y"])).toBeUndefined();
    expect(nearest("relu", [])).toBeUndefined();
  });

  test("nearest() takes the first when two are equally near", () => {
    expect(nearest("catz", ["cats", "cat"])).toBe("cats");
  });
});

describe("editDistance", () => {
  test("editDistance() counts a swap of neighbours once", () => {
    expect(editDistance("ab", "ba")).toBe(1);
    expect(editDistance("kitten", "sitting")).toBe(3);
    expect(editDistance("", "abc")).toBe(3);
  });

  test("editDistance() is symmetric, and zero for equals alone", () => {
    const word = fc.string({ maxLength: 8 });
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(editDistance(a, b)).toBe(editDistance(b, a));
        expect(editDistance(a, b) === 0).toBe(a === b);
      }),
    );
  });
});
