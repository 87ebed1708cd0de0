import { beforeAll, expect, test } from "bun:test";
import { arange, eye, full, tensor, zeros } from "../../src/tensor/index.ts";
import { use } from "./devices.ts";

beforeAll(() => use("cpu"));

// Expected texts are what PyTorch prints for the same values, apart from the name of int32.
test("toString() prints as PyTorch when numbers are whole, fractions or far apart", () => {
  expect(String(tensor([1, 2, 3]))).toBe("tensor([1., 2., 3.])");
  expect(String(tensor([1.5, -2, 100]))).toBe("tensor([  1.5000,  -2.0000, 100.0000])");
  expect(String(tensor([1e-5, 1]))).toBe("tensor([1.0000e-05, 1.0000e+00])");
  expect(String(tensor([1, 10000]))).toBe("tensor([1.0000e+00, 1.0000e+04])");
  expect(String(tensor([NaN, Infinity, -1]))).toBe("tensor([nan, inf, -1.])");
  expect(String(tensor([NaN, 1, 0]))).toBe("tensor([nan, 1., 0.])");
  expect(String(tensor([0.03125]))).toBe("tensor([0.0312])");
  expect(String(tensor([true, false]))).toBe("tensor([ True, False])");
  expect(String(tensor([1, -20], { dtype: "int32" }))).toBe("tensor([  1, -20], dtype=int32)");
  expect(String(tensor(3.14159))).toBe("tensor(3.1416)");
  expect(String(full([], NaN))).toBe("tensor(nan)");
});

test("toString() breaks lines as PyTorch when there are dims and many columns", () => {
  expect(String(eye(2))).toBe("tensor([[1., 0.],\n        [0., 1.]])");
  expect(String(zeros([2, 1, 2]))).toBe("tensor([[[0., 0.]],\n\n        [[0., 0.]]])");
  expect(String(zeros([0]))).toBe("tensor([])");
  expect(String(zeros([0, 3]))).toBe("tensor([], size=(0, 3))");
  expect(String(arange(20))).toBe(
    "tensor([ 0.,  1.,  2.,  3.,  4.,  5.,  6.,  7.,  8.,  9., 10., 11., 12., 13.,\n        14., 15., 16., 17., 18., 19.])",
  );
});

test("toString() leaves the middle out when there are more than 1,000 elements", () => {
  expect(String(zeros([2000]))).toBe("tensor([0., 0., 0.,  ..., 0., 0., 0.])");
  expect(String(arange(1001)).length).toBeLessThan(120);
  expect(String(zeros([50, 50]))).toContain("        ...,\n");
});

test("inspect() prints the values when a tensor is logged", () => {
  expect(Bun.inspect(tensor([1, 2]))).toBe("tensor([1., 2.])");
});
