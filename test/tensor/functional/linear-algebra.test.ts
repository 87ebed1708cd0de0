import { expect, setDefaultTimeout, test } from "bun:test";
import {
  cholesky,
  det,
  eye,
  inverse,
  ones,
  solve,
  tensor,
  zeros,
} from "../../../src/tensor/index.ts";
import { onEveryDevice, use } from "../devices.ts";
import { gradcheck } from "../gradcheck.ts";
import { expectClose, type Grid, grid, put, random } from "../reference.ts";

setDefaultTimeout(30_000);

/** The determinant by Laplace's expansion along the first row. */
function expand(rows: number[][]): number {
  const [first] = rows;
  if (first === undefined) return 1;
  return first.reduce((sum, value, j) => {
    const minor = rows.slice(1).map((row) => row.toSpliced(j, 1));
    return sum + (j % 2 === 0 ? 1 : -1) * value * expand(minor);
  }, 0);
}

function unit(batch: number, size: number): Grid {
  const one = Array.from({ length: size * size }, (_, i) => (i % (size + 1) === 0 ? 1 : 0));
  return grid([batch, size, size], Array.from({ length: batch }, () => one).flat());
}

onEveryDevice(() => {
  test("det() agrees with Laplace's expansion, in batches, with zeros on the diagonal", () => {
    for (const size of [1, 2, 3, 5]) {
      const x = random([4, size, size], 2, size);
      const rows = put(x).toArray() as number[][][];
      expectClose(det(put(x)), grid([4], rows.map(expand)), 1e-4, 1e-4);
    }
    expect(
      det(
        tensor([
          [0, 1, 0],
          [0, 0, 2],
          [3, 0, 0],
        ]),
      ).item(),
    ).toBe(6);
    expect(
      det(
        tensor([
          [0, 1],
          [1, 0],
        ]),
      ).item(),
    ).toBe(-1);
    expect(det(ones([3, 3])).item()).toBe(0);
    expect(det(zeros([0, 0])).item()).toBe(1);
  });
  test("solve() and inverse() undo a product, also where pivots are 0", () => {
    const a = put(random([3, 4, 4], 2, 7));
    const b = put(random([3, 4, 2], 2, 8));
    expectClose(a.matmul(solve(a, b)), grid([3, 4, 2], [...b.toTypedArray()]), 1e-4, 1e-4);
    expectClose(inverse(a).matmul(a), unit(3, 4), 1e-4, 1e-4);
    expect(
      inverse(
        tensor([
          [0, 2],
          [4, 0],
        ]),
      ).toArray(),
    ).toEqual([
      [0, 0.25],
      [0.5, 0],
    ]);
    expect([...inverse(zeros([2, 0, 0])).shape]).toEqual([2, 0, 0]);
  });
  test("cholesky() gives a lower triangle whose square is the matrix", () => {
    const a = put(random([2, 5, 5], 1, 9));
    const x = a.matmul(a.transpose(1, 2)).add(eye(5));
    const root = cholesky(x);
    expectClose(
      root.matmul(root.transpose(1, 2)),
      grid([2, 5, 5], [...x.toTypedArray()]),
      1e-5,
      1e-4,
    );
    expect(root.triu(1).eq(0).all().item()).toBe(true);
    expect(cholesky(tensor([[-1]])).item()).toBeNaN();
  });
});

test("det(), inverse(), solve() and cholesky() have the gradients that differences give", () => {
  use("cpu");
  const x = put(random([3, 3], 1, 4)).add(eye(3).mul(3));
  gradcheck(det, [x]);
  gradcheck(inverse, [x]);
  gradcheck(solve, [x, put(random([3, 2], 1, 5))]);
  gradcheck((a) => cholesky(a.matmul(a.T).add(eye(3))), [x]);
});

test("messages name the operator and the shapes", () => {
  expect(() => det(ones([2, 3]))).toThrow("det: needs square matrices [..., n, n], got [2, 3]");
  expect(() => solve(ones([2, 2]), ones([3, 1]))).toThrow(
    "solve: shapes [2, 2] and [3, 1] disagree: dim 0 of the first is 2, dim 0 of the second is 3",
  );
});
