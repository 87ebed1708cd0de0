import { describe, expect, test } from "bun:test";
import { params, randn, tensor } from "kata";
import { assertClose, assertShape } from "kata/testing";
import { stableSoftmax } from "./template.ts";

const scale = Number(params.scale ?? 1);
const size = Number(params.size ?? 7);

/** Softmax of one slice in float64. */
function softmaxOf(scores: readonly number[]): number[] {
  const top = Math.max(...scores);
  const weights = scores.map((score) => Math.exp(score - top));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

describe("values", () => {
  test("logarithms of weights turn into the weights' shares", () => {
    const x = tensor([Math.log(1), Math.log(2), Math.log(5)]);
    assertClose(stableSoftmax(x), [1 / 8, 2 / 8, 5 / 8], { rtol: 1e-5, atol: 1e-6 });
  });

  test("equal scores share evenly, whatever their value", () => {
    const x = tensor([
      [0, 0, 0, 0],
      [-3, -3, -3, -3],
      [88, 88, 88, 88],
    ]);
    const even = [0.25, 0.25, 0.25, 0.25];
    assertClose(stableSoftmax(x), [even, even, even]);
  });

  test("random rows of the variation's size match a loop in float64", () => {
    const x = randn([5, size]).mul(scale);
    const values = [...x.toTypedArray()];
    const expected = Array.from({ length: 5 }, (_, row) =>
      softmaxOf(values.slice(row * size, (row + 1) * size)),
    );
    assertClose(stableSoftmax(x), expected, { name: "softmax", rtol: 1e-4, atol: 1e-6 });
  });

  test("a slice of one score has probability one", () => {
    assertClose(stableSoftmax(tensor([[-7], [300]])), [[1], [1]]);
  });
});

describe("axes", () => {
  test("the last axis is the default, with three axes too", () => {
    const x = tensor([
      [
        [0, Math.log(3)],
        [Math.log(4), 0],
        [0, 0],
      ],
      [
        [Math.log(9), 0],
        [0, 0],
        [0, Math.log(7)],
      ],
    ]);
    assertClose(
      stableSoftmax(x),
      [
        [
          [0.25, 0.75],
          [0.8, 0.2],
          [0.5, 0.5],
        ],
        [
          [0.9, 0.1],
          [0.5, 0.5],
          [0.125, 0.875],
        ],
      ],
      { rtol: 1e-5, atol: 1e-6 },
    );
  });

  test("dim 0 makes the columns sum to one", () => {
    const x = tensor([
      [0, Math.log(4), 5],
      [Math.log(3), 0, 5],
    ]);
    assertClose(
      stableSoftmax(x, 0),
      [
        [0.25, 0.8, 0.5],
        [0.75, 0.2, 0.5],
      ],
      { rtol: 1e-5, atol: 1e-6 },
    );
  });

  test("a middle axis can be named from the front and from the end", () => {
    const x = randn([2, 3, 4]);
    const values = x.toTypedArray();
    const expected = Array.from({ length: 2 }, () =>
      Array.from({ length: 3 }, () => Array.from({ length: 4 }, () => 0)),
    );
    for (let i = 0; i < 2; i++) {
      for (let k = 0; k < 4; k++) {
        const slice = softmaxOf([0, 1, 2].map((j) => values[(i * 3 + j) * 4 + k]!));
        slice.forEach((value, j) => {
          expected[i]![j]![k] = value;
        });
      }
    }
    assertClose(stableSoftmax(x, 1), expected, { name: "dim 1", rtol: 1e-4, atol: 1e-6 });
    assertClose(stableSoftmax(x, -2), expected, { name: "dim -2", rtol: 1e-4, atol: 1e-6 });
  });

  test("a square matrix is normalized by rows, and its transpose by columns", () => {
    const x = tensor([
      [0, Math.log(3)],
      [Math.log(4), 0],
    ]);
    assertClose(
      stableSoftmax(x.T),
      [
        [0.2, 0.8],
        [0.75, 0.25],
      ],
      { rtol: 1e-5, atol: 1e-6 },
    );
    assertClose(
      stableSoftmax(x.T, 0),
      [
        [0.25, 0.8],
        [0.75, 0.2],
      ],
      { rtol: 1e-5, atol: 1e-6 },
    );
  });

  test("the shape stays, with four axes and any dim", () => {
    const x = randn([2, 1, 3, 5]);
    for (const dim of [0, 1, 2, 3, -1, -4]) {
      const out = stableSoftmax(x, dim);
      assertShape(out, [2, 1, 3, 5], `softmax over dim ${dim}`);
      const sums = out.sum(dim);
      assertClose(sums, sums.mul(0).add(1), { name: `sums over dim ${dim}`, rtol: 1e-5 });
    }
  });
});

describe("stability", () => {
  test("scores around a thousand do not overflow", () => {
    const x = tensor([1000, 1000 + Math.log(3), 900]);
    const out = stableSoftmax(x);
    expect([...out.toTypedArray()].every(Number.isFinite)).toBe(true);
    assertClose(out, [0.25, 0.75, 0], { rtol: 1e-3, atol: 1e-6 });
  });

  test("scores around minus a thousand do not underflow", () => {
    assertClose(
      stableSoftmax(
        tensor([
          [-1000, -1000],
          [-2000, -1000],
        ]),
      ),
      [
        [0.5, 0.5],
        [0, 1],
      ],
    );
  });

  test("rows of very different size each get their own maximum", () => {
    const x = tensor([
      [-5000, -5000, -9000],
      [5000, 0, 5000],
      [0, 0, -Infinity],
    ]);
    const half = [0.5, 0.5, 0];
    assertClose(stableSoftmax(x), [half, [0.5, 0, 0.5], half]);
  });

  test("adding a constant to all scores changes nothing", () => {
    const x = tensor([-1.5, 0.25, 2, -8]);
    const out = stableSoftmax(x);
    assertClose(stableSoftmax(x.add(512)), out, { name: "shifted", rtol: 1e-4, atol: 1e-6 });
    assertClose(out, softmaxOf([-1.5, 0.25, 2, -8]), { rtol: 1e-4, atol: 1e-6 });
  });
});
