import { describe, test } from "bun:test";
import { randn, tensor } from "kata";
import { assertClose, assertShape } from "kata/testing";
import { centerRows } from "./template.ts";

describe("a matrix", () => {
  test("each row is centered around its own mean", () => {
    const x = tensor([
      [1, 2, 6],
      [-4, 0, 1],
    ]);
    assertClose(centerRows(x), [
      [-2, -1, 3],
      [-3, 1, 2],
    ]);
  });

  test("a square matrix is centered by rows and not by columns", () => {
    const x = tensor([
      [1, 3],
      [5, 15],
    ]);
    assertClose(centerRows(x), [
      [-1, 1],
      [-5, 5],
    ]);
  });

  test("random rows keep their shape and sum to zero", () => {
    const out = centerRows(randn([4, 9]));
    assertShape(out, [4, 9], "centered");
    assertClose(out.sum(-1), [0, 0, 0, 0], { name: "sums", atol: 1e-5 });
  });
});

test("a single vector is one row", () => {
  assertClose(centerRows(tensor([10, 20, 60])), [-20, -10, 30]);
});
