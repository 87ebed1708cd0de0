import { expect, setDefaultTimeout, test } from "bun:test";
import { matmul, tensor, zeros } from "../../src/tensor/index.ts";
import { onEveryDevice } from "./devices.ts";
import { expectClose, grid, integers, matmul as reference, put, random } from "./reference.ts";

// A software adapter on a busy machine is slow.
setDefaultTimeout(30_000);

onEveryDevice(() => {
  test("matmul() agrees with float64 when sizes are odd", () => {
    for (const [m, k, n] of [
      [1, 1, 1],
      [3, 5, 7],
      [4, 4, 4],
      [5, 33, 9],
      [1, 130, 1],
      [17, 65, 2],
    ] as const) {
      const a = random([m, k], 1, m + 1);
      const b = random([k, n], 1, n + 2);
      expectClose(put(a).matmul(put(b)), reference(a, b));
    }
  });
  test("matmul() agrees with float64 when operands are transposed, flipped and stepped", () => {
    const a = random([5, 6], 1, 1);
    const b = random([7, 5], 1, 2);
    const flat = (
      rows: number,
      columns: number,
      value: (i: number, j: number) => number,
    ): ReturnType<typeof grid> =>
      grid(
        [rows, columns],
        Array.from({ length: rows * columns }, (_, i) =>
          value(Math.floor(i / columns), i % columns),
        ),
      );
    const left = flat(6, 5, (i, j) => a.values[j * 6 + i] as number);
    const right = flat(5, 4, (i, j) => b.values[j * 2 * 5 + (4 - i)] as number);
    expectClose(put(a).T.matmul(put(b).flip(1).slice(0, 0, 7, 2).T), reference(left, right));
  });
  test("matmul() broadcasts batches when their dims differ", () => {
    const a = random([2, 1, 3, 4], 1, 3);
    const b = random([5, 4, 2], 1, 4);
    const out = put(a).matmul(put(b));
    expect([...out.shape]).toEqual([2, 5, 3, 2]);
    for (let i = 0; i < 2; i++) {
      for (let j = 0; j < 5; j++) {
        const left = grid([3, 4], a.values.slice(i * 12, i * 12 + 12));
        const right = grid([4, 2], b.values.slice(j * 8, j * 8 + 8));
        expectClose(out.get(i, j), reference(left, right));
      }
    }
  });
  test("matmul() drops the added dim when an operand has one", () => {
    const a = tensor([
      [1, 2],
      [3, 4],
    ]);
    const v = tensor([1, -1]);
    expect(a.matmul(v).toArray()).toEqual([-1, -1]);
    expect(v.matmul(a).toArray()).toEqual([-2, -2]);
    expect(v.matmul(v).item()).toBe(2);
    expect([...zeros([3, 2, 2]).matmul(v).shape]).toEqual([3, 2]);
  });
  test("matmul() wraps when operands are int32, and promotes when they differ", () => {
    const a = integers([3, 4], -1000, 1000, 1);
    const b = integers([4, 5], -1000, 1000, 2);
    expectClose(put(a, "int32").matmul(put(b, "int32")), reference(a, b), 0, 0);
    const big = tensor([[65536, 1]], { dtype: "int32" });
    expect(big.matmul(big.T).item()).toBe(1);
    expect(
      tensor([[2]], { dtype: "int32" })
        .matmul(tensor([[0.5]]))
        .item(),
    ).toBe(1);
  });
  test("matmul() is zeros or empty when a dim has no elements", () => {
    expect(
      zeros([2, 0])
        .matmul(zeros([0, 3]))
        .toArray(),
    ).toEqual([
      [0, 0, 0],
      [0, 0, 0],
    ]);
    expect([...zeros([0, 2]).matmul(zeros([2, 3])).shape]).toEqual([0, 3]);
    expect([...zeros([0, 2, 2]).matmul(zeros([2, 3])).shape]).toEqual([0, 2, 3]);
  });
  test("matmul() keeps NaN and infinities when they meet numbers", () => {
    expect(
      tensor([[NaN, 1]])
        .matmul(tensor([[0], [1]]))
        .item(),
    ).toBeNaN();
    expect(
      tensor([[Infinity, 1]])
        .matmul(tensor([[1], [1]]))
        .item(),
    ).toBe(Infinity);
  });
  test("matmul() names shapes and dims when they disagree", () => {
    expect(() => matmul(zeros([2, 3]), zeros([4, 5]))).toThrow(
      "matmul: shapes [2, 3] and [4, 5] disagree: dim 1 of the first is 3, dim 0 of the second is 4",
    );
    expect(() => matmul(zeros([2, 2, 2]), zeros([3, 2, 2]))).toThrow(
      "matmul: shapes [2] and [3] disagree",
    );
    expect(() => matmul(zeros([]), zeros([2]))).toThrow("at least 1 dim");
    expect(() => tensor([[true]]).matmul(tensor([[true]]))).toThrow("got bool");
  });
});
