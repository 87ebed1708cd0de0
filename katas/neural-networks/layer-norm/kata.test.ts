import { describe, expect, test } from "bun:test";
import { ones, params, randn, tensor, zeros } from "kata";
import { assertClose, assertShape } from "kata/testing";
import { layerNorm } from "./template.ts";

const eps = Number(params.eps ?? 1e-5);
const features = Number(params.features ?? 6);

/** Layer norm of one row in float64. */
function normOf(
  row: readonly number[],
  weight: readonly number[],
  bias: readonly number[],
  epsilon: number,
): number[] {
  const mean = row.reduce((sum, value) => sum + value, 0) / row.length;
  const variance = row.reduce((sum, value) => sum + (value - mean) ** 2, 0) / row.length;
  const deviation = Math.sqrt(variance + epsilon);
  return row.map((value, i) => ((value - mean) / deviation) * weight[i]! + bias[i]!);
}

describe("normalization", () => {
  test("each row gets mean zero and biased variance one", () => {
    const x = tensor([
      [1, 3],
      [10, -10],
      [-4, -2],
    ]);
    const out = layerNorm(x, ones([2]), zeros([2]), 0);
    assertClose(out, [
      [-1, 1],
      [1, -1],
      [-1, 1],
    ]);
  });

  test("the variance divides by d and not by d - 1", () => {
    const out = layerNorm(tensor([2, 4, 6, 8]), ones([4]), zeros([4]), 0);
    const unit = 1 / Math.sqrt(5);
    assertClose(out, [-3 * unit, -unit, unit, 3 * unit]);
  });

  test("random rows of the variation's sizes match a loop in float64", () => {
    const x = randn([4, features]).mul(3).add(2);
    const weight = randn([features]);
    const bias = randn([features]);
    const values = [...x.toTypedArray()];
    const expected = Array.from({ length: 4 }, (_, row) =>
      normOf(
        values.slice(row * features, (row + 1) * features),
        [...weight.toTypedArray()],
        [...bias.toTypedArray()],
        eps,
      ),
    );
    assertClose(layerNorm(x, weight, bias, eps), expected, {
      name: "layer norm",
      rtol: 1e-4,
      atol: 1e-5,
    });
  });

  test("weight is applied before bias, and both by feature", () => {
    const out = layerNorm(
      tensor([
        [1, 3],
        [3, 1],
      ]),
      tensor([2, 10]),
      tensor([0.5, -100]),
      0,
    );
    assertClose(out, [
      [-1.5, -90],
      [2.5, -110],
    ]);
  });
});

describe("axes", () => {
  test("a square matrix is normalized by rows", () => {
    const x = tensor([
      [0, 2],
      [100, 50],
    ]);
    assertClose(layerNorm(x, ones([2]), zeros([2]), 0), [
      [-1, 1],
      [1, -1],
    ]);
  });

  test("leading axes are independent of each other", () => {
    const x = randn([2, 3, 4]);
    const weight = tensor([1, 2, 3, 4]);
    const bias = tensor([0, 1, 0, -1]);
    const values = [...x.toTypedArray()];
    const expected = [0, 1].map((i) =>
      [0, 1, 2].map((j) => {
        const start = (i * 3 + j) * 4;
        return normOf(values.slice(start, start + 4), [1, 2, 3, 4], [0, 1, 0, -1], 1e-5);
      }),
    );
    assertClose(layerNorm(x, weight, bias), expected, {
      name: "layer norm",
      rtol: 1e-4,
      atol: 1e-5,
    });
  });

  test("a vector is a single row", () => {
    const out = layerNorm(tensor([5, 7]), ones([2]), zeros([2]), 0);
    assertShape(out, [2], "layer norm");
    assertClose(out, [-1, 1]);
  });

  test("a transposed matrix is normalized along its own last axis", () => {
    const x = tensor([
      [1, 10, -6],
      [3, 30, -8],
    ]).T;
    assertClose(layerNorm(x, tensor([1, 3]), tensor([0, 1]), 0), [
      [-1, 4],
      [-1, 4],
      [1, -2],
    ]);
  });
});

describe("numerics", () => {
  test("a constant row becomes the bias and not NaN", () => {
    const out = layerNorm(tensor([[4, 4, 4]]), tensor([2, 3, 4]), tensor([7, 8, 9]));
    expect([...out.toTypedArray()].some(Number.isNaN)).toBe(false);
    assertClose(out, [[7, 8, 9]]);
  });

  test("eps is added to the variance, inside the root", () => {
    const out = layerNorm(tensor([[-4, 4]]), ones([2]), zeros([2]), 9);
    assertClose(out, [[-0.8, 0.8]]);
  });

  test("the default eps is 1e-5", () => {
    const x = tensor([[-0.002, 0.002]]);
    const value = 0.002 / Math.sqrt(4e-6 + 1e-5);
    assertClose(layerNorm(x, ones([2]), zeros([2])), [[-value, value]], { rtol: 1e-4 });
  });

  test("a large mean does not drown a small spread", () => {
    const x = tensor([[10000, 10001, 10002, 10003]]);
    const unit = 1 / Math.sqrt(5);
    assertClose(layerNorm(x, ones([4]), zeros([4]), 0), [[-3 * unit, -unit, unit, 3 * unit]], {
      rtol: 1e-4,
    });
  });
});
