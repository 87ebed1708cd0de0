import { beforeAll, describe, expect, test } from "bun:test";
import { type NestedArray, tensor, type Tensor, zeros } from "../../src/tensor/index.ts";
import { AssertionError, assertClose, assertShape } from "../../src/testing/index.ts";
import { onEveryDevice, use } from "../tensor/devices.ts";

function failure(body: () => void): AssertionError {
  try {
    body();
  } catch (error) {
    if (error instanceof AssertionError) return error;
    throw error;
  }
  throw new Error("the assertion passed");
}

onEveryDevice(() => {
  test("assertShape() and assertClose() pass when shapes and values fit", () => {
    const x = tensor([
      [1, 2],
      [3, 4],
    ]);
    assertShape(x, [2, 2]);
    assertShape(tensor(1), []);
    assertClose(x, [
      [1, 2],
      [3, 4],
    ]);
    assertClose(x.T.T, x);
    assertClose(x.sum(), 10);
    assertClose(x.sum().item(), 10);
    assertClose(x.gt(2), [
      [0, 0],
      [1, 1],
    ]);
    assertClose(tensor([true]), [true]);
    assertClose(zeros([0, 3]), zeros([0, 3]));
    assertClose(tensor([0.1]), [0.1]);
    assertClose(tensor([NaN, Infinity, -Infinity]), [NaN, Infinity, -Infinity]);
    assertClose(tensor([1.1]), [1], { atol: 0.2 });
    assertClose(tensor([110]), [100], { rtol: 0.11 });
  });
});

describe("messages", () => {
  beforeAll(() => use("cpu"));

  test("assertShape() says both shapes when they differ", () => {
    const error = failure(() => assertShape(zeros([2, 3]), [3, 2], "scores"));
    expect(error.message).toBe("scores has wrong shape.\nExpected: [3, 2]\nGot: [2, 3]");
    expect(error.name).toBe("AssertionError");
    expect(error).toMatchObject({ expected: "[3, 2]", received: "[2, 3]" });
    expect(error.tensors).toEqual([
      {
        role: "received",
        shape: [2, 3],
        dtype: "float32",
        values: [0, 0, 0, 0, 0, 0],
        capped: false,
      },
    ]);
  });
  test("assertShape() and assertClose() say what they got when it is no tensor", () => {
    const given: [unknown, string][] = [
      [undefined, "undefined (does the function return its result?)"],
      [null, "null"],
      [Promise.resolve(zeros([1])), "a Promise (is an await missing?)"],
      [() => 1, "the function"],
      ["1", '"1" (a string), not a tensor'],
      [{ shape: [1] }, "an object of class Object"],
    ];
    for (const [value, words] of given) {
      expect(failure(() => assertShape(value, [1])).message).toStartWith(
        "tensor has wrong shape.\n",
      );
      expect(failure(() => assertShape(value, [1])).message).toContain(words);
      const error = failure(() => assertClose(value, [1]));
      expect(error.message).toStartWith(
        "tensor values don't match.\nExpected: tensor([1.])\nGot: ",
      );
      expect(error.message).toContain(words);
      expect(error.tensors).toHaveLength(1);
    }
    expect(failure(() => assertShape([1], [1])).message).toContain("a list of 1, not a tensor");
  });
  test("assertClose() fails on the shape first when it only broadcasts", () => {
    const cases: [Tensor, NestedArray][] = [
      [tensor([1]), 1],
      [tensor([[1, 1]]), [1, 1]],
      [tensor([1, 1]), [[1], [1]]],
      [zeros([0, 2]), [[], []]],
    ];
    for (const [actual, expected] of cases) {
      expect(failure(() => assertClose(actual, expected, { name: "x" })).message).toStartWith(
        "x has wrong shape.\n",
      );
    }
  });
  test("assertClose() says where and how much when values differ", () => {
    const actual = tensor([
      [1, 2, 3],
      [4, 5.5, 60],
    ]);
    const error = failure(() =>
      assertClose(
        actual,
        [
          [1, 2, 3],
          [4, 5, 50],
        ],
        { name: "logits" },
      ),
    );
    expect(error.message.split("\n")).toEqual([
      "logits values don't match.",
      "Expected: tensor([[ 1.,  2.,  3.],",
      "        [ 4.,  5., 50.]])",
      "Got: tensor([[ 1.0000,  2.0000,  3.0000],",
      "        [ 4.0000,  5.5000, 60.0000]])",
      "Largest absolute difference: 10 at [1, 2]",
      "Largest relative difference: 0.2 at [1, 2]",
      "First difference at [1, 1]: expected 5, got 5.5",
      "2 of 6 elements differ (rtol 0.00001, atol 1e-8)",
    ]);
    expect(error.first_difference).toEqual([1, 1]);
    expect(error.tensors.map(({ role, shape }) => [role, shape])).toEqual([
      ["expected", [2, 3]],
      ["received", [2, 3]],
    ]);
    expect(Object.keys(error)).toEqual(
      expect.arrayContaining(["expected", "received", "tensors", "first_difference"]),
    );
  });
  test("assertClose() holds to its tolerances when a value is just outside", () => {
    assertClose(1.000_009, 1);
    expect(failure(() => assertClose(1.000_02, 1)).first_difference).toEqual([]);
    expect(() => assertClose(1e-9, 0)).not.toThrow();
    expect(() => assertClose(1e-7, 0)).toThrow("relative difference: Infinity");
  });
  test("assertClose() fails when kinds of not-a-number differ in place", () => {
    const pairs: [number, number][] = [
      [NaN, 0],
      [0, NaN],
      [Infinity, -Infinity],
      [Infinity, 3e38],
      [1, Infinity],
      [NaN, Infinity],
    ];
    for (const [actual, expected] of pairs) {
      const error = failure(() =>
        assertClose(tensor([0, actual]), [0, expected], { rtol: 10, atol: 10 }),
      );
      expect(error.first_difference).toEqual([1]);
      expect(error.message).toContain("a NaN or an infinity");
      for (const { values } of error.tensors) {
        for (const value of values)
          expect(typeof value === "string" || Number.isFinite(value)).toBe(true);
      }
    }
  });
  test("assertClose() carries at most 256 values when tensors are large", () => {
    const error = failure(() => assertClose(zeros([300]), zeros([300]).add(1)));
    for (const value of error.tensors) {
      expect(value.values).toHaveLength(256);
      expect(value.capped).toBe(true);
    }
    expect(error.message.length).toBeLessThan(6000);
    expect(error.message).toContain("300 of 300 elements differ");
  });
  test("assertClose() is an error of its own when the expected value is ragged", () => {
    expect(() => assertClose(zeros([2]), [[1], [1, 2]])).toThrow("lists at one depth");
  });
});
