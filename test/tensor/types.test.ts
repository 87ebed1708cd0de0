/**
 * What the type checker says of dtypes, and that it says what is so: each line
 * under `@ts-expect-error` must be an error of types, and no other one may be.
 */

import { beforeAll, expect, test } from "bun:test";
import {
  arange,
  cat,
  type DType,
  full,
  matmul,
  maximum,
  ones,
  rand,
  type Tensor,
  tensor,
  where,
  zeros,
} from "../../src/tensor/index.ts";
import { use } from "./devices.ts";

beforeAll(() => use("cpu"));

/** `x` has this dtype, and the checker knows it. */
function has<D extends DType>(x: Tensor<D>, dtype: DType extends D ? never : NoInfer<D>): void {
  expect<DType>(x.dtype).toBe(dtype);
}

/** What a function gets that says nothing of dtypes. */
function unknown(x: Tensor): Tensor {
  return x;
}

test("the types of created tensors are those of their values", () => {
  const numbers: number[][] = [[1], [2]];
  has(tensor([[1, 2]]), "float32");
  has(tensor([]), "float32");
  has(tensor(numbers), "float32");
  has(tensor([true, false]), "bool");
  has(tensor([1n]), "int64");
  has(tensor(new Float64Array(2)), "float64");
  has(tensor(new Uint8Array(2)), "int32");
  has(tensor([1, 2], { dtype: "uint32", shape: [2, 1] }), "uint32");
  has(full([2], true), "bool");
  has(full([2], 1), "float32");
  has(arange(3, { dtype: "int32" }), "int32");
  has(arange(0, 3, 1), "float32");
  // @ts-expect-error -- a list of numbers is float32
  tensor([1, 2]) satisfies Tensor<"int32">;
  // @ts-expect-error -- there is no such dtype
  expect(() => zeros([2], { dtype: "float8" })).toThrow("zeros: dtype must be one of");
  // @ts-expect-error -- random whole numbers are randint's
  expect(() => rand([2], { dtype: "int32" })).toThrow("rand: dtype must be a float");
});

test("the types of results are promoted as the results are", () => {
  const f32 = ones([2, 2]);
  const f64 = ones([2, 2], { dtype: "float64" });
  const i32 = ones([2, 2], { dtype: "int32" });
  const u32 = ones([2, 2], { dtype: "uint32" });
  const mask = f32.gt(0);
  has(mask, "bool");
  has(f32.add(i32).mul(2).reshape(4, -1).T, "float32");
  has(f32.add(f64).sum(0, { keepdim: true }), "float64");
  has(i32.add(1).sub(true).neg(), "int32");
  has(i32.div(2).exp(), "float32");
  has(u32.add(i32), "int64");
  has(u32.add(2n), "uint32");
  has(mask.mul(2), "int32");
  has(mask.sum(), "int32");
  has(f64.softmax(-1).gt(0.5).logicalNot(), "bool");
  has(f64.argmax(), "int32");
  has(i32.to("float16").mean(), "float16");
  has(matmul(f32, f64), "float64");
  has(cat([i32, f32]), "float32");
  has(where(mask, f32, 0), "float32");
  has(maximum(0, f64), "float64");
  // @ts-expect-error -- float64 wins
  f32.mul(f64) satisfies Tensor<"float32">;
  // @ts-expect-error -- a fraction makes whole numbers float32, and a number may have one
  expect(() => has(i32.add(Math.PI), "int32")).toThrow();
});

test("the type of a mask is bool", () => {
  const x = ones([2]);
  x.maskedFill(x.gt(0), 1);
  expect(() => x.maskedFill(unknown(x), 1)).toThrow("mask must be a bool tensor");
  // @ts-expect-error -- a mask of numbers
  expect(() => x.maskedFill(x, 1)).toThrow("mask must be a bool tensor");
});

test("the types of what is read are those of the elements", async () => {
  const f32 = ones([1]);
  const i64 = f32.to("int64");
  expect(f32.toTypedArray() satisfies Float32Array).toEqual(new Float32Array([1]));
  expect((await i64.data()) satisfies BigInt64Array).toEqual(new BigInt64Array([1n]));
  expect(f32.item() satisfies number).toBe(1);
  expect(i64.add(1).item() satisfies bigint).toBe(2n);
  expect(f32.gt(0).item() satisfies boolean).toBe(true);
  expect(i64.toArray() as bigint[]).toEqual([1n]);
  expect(unknown(f32).item() satisfies number | boolean).toBe(1);
  for (const value of unknown(f32).toTypedArray()) expect(value satisfies number).toBe(1);
  // @ts-expect-error -- int64 gives bigints
  i64.item() satisfies number;
});

test("a tensor of an unknown dtype goes wherever a tensor goes", () => {
  let sum = zeros([2]);
  sum = sum.add(unknown(sum));
  sum = unknown(sum);
  const back: Tensor = sum;
  has(back.matmul(sum).to("bool"), "bool");
  // @ts-expect-error -- but what is known is kept
  sum = zeros([2], { dtype: "int32" });
});
