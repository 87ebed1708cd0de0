import { describe, expect, test } from "bun:test";
import { params, randn, tensor, zeros } from "kata";
import { assertClose, assertShape } from "kata/testing";
import { outerProduct } from "./template.ts";

describe("vectors", () => {
  test("rows follow the first vector and columns the second", () => {
    const out = outerProduct(tensor([1, 2, 3]), tensor([10, -1]));
    assertClose(
      out,
      [
        [10, -1],
        [20, -2],
        [30, -3],
      ],
      { name: "outer product" },
    );
  });

  test("two vectors of equal length still give a matrix", () => {
    const out = outerProduct(tensor([2, 3]), tensor([5, 7]));
    assertShape(out, [2, 2], "outer product");
    assertClose(out, [
      [10, 14],
      [15, 21],
    ]);
  });

  test("vectors of one element give a one by one matrix", () => {
    assertClose(outerProduct(tensor([-4]), tensor([0.5])), [[-2]]);
  });

  test("swapping the arguments transposes the result", () => {
    const a = tensor([1, 2, 3, 4]);
    const b = tensor([-1, 0.5, 6]);
    assertShape(outerProduct(b, a), [3, 4], "swapped product");
    assertClose(outerProduct(b, a), outerProduct(a, b).T);
  });

  test("random vectors of the variation's sizes match two nested loops", () => {
    const n = Number(params.n ?? 7);
    const m = Number(params.m ?? 5);
    const a = randn([n]);
    const b = randn([m]);
    const left = [...a.toTypedArray()];
    const right = [...b.toTypedArray()];
    const expected = left.map((x) => right.map((y) => x * y));
    assertClose(outerProduct(a, b), expected, { name: "outer product", rtol: 1e-5, atol: 1e-6 });
  });
});

describe("batches", () => {
  test("each row of a batch is multiplied with its own partner", () => {
    const a = tensor([
      [1, 2],
      [3, 4],
    ]);
    const b = tensor([
      [1, 10, 100],
      [2, 20, 200],
    ]);
    assertClose(outerProduct(a, b), [
      [
        [1, 10, 100],
        [2, 20, 200],
      ],
      [
        [6, 60, 600],
        [8, 80, 800],
      ],
    ]);
  });

  test("two batch axes are carried along", () => {
    const a = randn([2, 3, 4]);
    const b = randn([2, 3, 5]);
    const out = outerProduct(a, b);
    assertShape(out, [2, 3, 4, 5], "outer product");
    const x = a.toTypedArray();
    const y = b.toTypedArray();
    const got = out.toTypedArray();
    for (let row = 0; row < 6; row++) {
      for (let i = 0; i < 4; i++) {
        for (let j = 0; j < 5; j++) {
          const expected = x[row * 4 + i]! * y[row * 5 + j]!;
          expect(got[(row * 4 + i) * 5 + j]!).toBeCloseTo(expected, 5);
        }
      }
    }
  });

  test("a transposed input is read in its own order", () => {
    const a = tensor([
      [1, 2, 3],
      [4, 5, 6],
    ]).T;
    const b = tensor([[10], [20], [30]]);
    assertClose(outerProduct(a, b), [
      [[10], [40]],
      [[40], [100]],
      [[90], [180]],
    ]);
  });

  test("an empty vector gives an empty matrix that keeps the other axis", () => {
    assertShape(outerProduct(zeros([0]), tensor([1, 2, 3])), [0, 3], "outer product");
  });
});
