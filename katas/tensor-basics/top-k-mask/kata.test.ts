import { describe, expect, test } from "bun:test";
import { params, randint, randn, tensor, type Tensor } from "kata";
import { assertClose, assertShape } from "kata/testing";
import { keepTopK, topKMask } from "./template.ts";

const n = Number(params.n ?? 13);
const k = Number(params.k ?? 4);

/** The mask as zeros and ones. */
function bits(mask: Tensor): Tensor {
  expect(mask.dtype).toBe("bool");
  return mask.to("float32");
}

/** The places of the `count` largest of a row, by taking the largest that is left, again and again. */
function bestOf(row: readonly number[], count: number): Set<number> {
  const taken = new Set<number>();
  while (taken.size < Math.min(count, row.length)) {
    let best = -1;
    for (const [i, value] of row.entries()) {
      if (!taken.has(i) && (best < 0 || value > row[best]!)) best = i;
    }
    taken.add(best);
  }
  return taken;
}

function rowsOf(x: Tensor): number[][] {
  const [rows = 0, columns = 0] = x.shape;
  const values = [...x.toTypedArray()].map(Number);
  return Array.from({ length: rows }, (_, r) => values.slice(r * columns, (r + 1) * columns));
}

describe("topKMask", () => {
  test("the largest elements are true", () => {
    assertClose(bits(topKMask(tensor([5, 1, 9, -2, 7]), 3)), [1, 0, 1, 0, 1]);
  });

  test("each row has its own largest elements", () => {
    const x = tensor([
      [1, 2, 3, 4],
      [40, 10, 30, 20],
      [-4, -3, -1, -2],
    ]);
    assertClose(bits(topKMask(x, 2)), [
      [0, 0, 1, 1],
      [1, 0, 1, 0],
      [0, 0, 1, 1],
    ]);
  });

  test("a square matrix is ranked by rows, and its transpose by its own", () => {
    const x = tensor([
      [1, 8, 3],
      [9, 5, 7],
      [2, 4, 6],
    ]);
    assertClose(bits(topKMask(x, 1)), [
      [0, 1, 0],
      [1, 0, 0],
      [0, 0, 1],
    ]);
    assertClose(bits(topKMask(x.T, 1)), [
      [0, 1, 0],
      [1, 0, 0],
      [0, 1, 0],
    ]);
  });

  test("of equal elements the first are taken", () => {
    assertClose(bits(topKMask(tensor([3, 7, 3, 3, 1]), 3)), [1, 1, 1, 0, 0]);
    assertClose(bits(topKMask(tensor([0, 0, 0, 0]), 2)), [1, 1, 0, 0], { name: "all equal" });
  });

  test("none and all", () => {
    const x = tensor([2, 2, 1]);
    assertClose(bits(topKMask(x, 0)), [0, 0, 0], { name: "none" });
    assertClose(bits(topKMask(x, 3)), [1, 1, 1], { name: "all" });
    assertClose(bits(topKMask(x, 50)), [1, 1, 1], { name: "more than there are" });
  });

  test("infinities are the largest and the smallest there are", () => {
    const x = tensor([-Infinity, 0, Infinity, -5]);
    assertClose(bits(topKMask(x, 1)), [0, 0, 1, 0]);
    assertClose(bits(topKMask(x, 3)), [0, 1, 1, 1]);
  });

  test("random rows of the variation's sizes match a loop", () => {
    const x = randn([5, n]);
    const expected = rowsOf(x).map((row) => {
      const best = bestOf(row, k);
      return row.map((_, i) => (best.has(i) ? 1 : 0));
    });
    assertClose(bits(topKMask(x, k)), expected, { name: "mask" });
  });

  test("rows full of ties match a loop too", () => {
    const x = randint(0, 4, [6, n]).to("float32");
    const expected = rowsOf(x).map((row) => {
      const best = bestOf(row, k);
      return row.map((_, i) => (best.has(i) ? 1 : 0));
    });
    assertClose(bits(topKMask(x, k)), expected, { name: "mask" });
  });

  test("leading axes are batches of rows", () => {
    const x = tensor([[[1, 2, 3]], [[6, 5, 4]]]);
    const mask = topKMask(x, 2);
    assertShape(mask, [2, 1, 3], "mask");
    assertClose(bits(mask), [[[0, 1, 1]], [[1, 1, 0]]]);
  });
});

describe("keepTopK", () => {
  test("what is kept keeps its value, and the rest is minus infinity", () => {
    const out = keepTopK(
      tensor([
        [0.5, -1, 2],
        [3, 3, 3],
      ]),
      2,
    );
    assertClose(out, [
      [0.5, -Infinity, 2],
      [3, 3, -Infinity],
    ]);
  });

  test("softmax of it shares everything among the k best", () => {
    const x = tensor([Math.log(3), 9, Math.log(5), 9]).sub(tensor([0, 100, 0, 100]));
    assertClose(keepTopK(x, 2).softmax(-1), [0.375, 0, 0.625, 0], { rtol: 1e-4 });
  });

  test("the scores themselves are left as they were", () => {
    const x = tensor([4, 1]);
    assertClose(keepTopK(x, 1), [4, -Infinity]);
    assertClose(x, [4, 1], { name: "scores" });
  });
});
