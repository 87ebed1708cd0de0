import { describe, test } from "bun:test";
import { kernel, params, randn, type Tensor, tensor } from "kata";
import { assertClose, assertShape } from "kata/testing";
import { source } from "./template.ts";

const workgroups = Number(params.workgroups ?? 3);

/** Runs the kernel over `x`, whose length is a multiple of 64. The output starts at 777. */
function leakyRelu(x: Tensor, slope: number): Tensor {
  const [y] = kernel(source).run({
    inputs: [x],
    outputs: [{ shape: x.shape, fill: 777 }],
    uniforms: [{ f32: slope }],
    workgroups: [x.numel / 64],
  });
  return y!;
}

/** 64 numbers: the given ones, then ones. */
function padded(values: readonly number[]): Tensor {
  return tensor([...values, ...Array.from({ length: 64 - values.length }, () => 1)]);
}

describe("values", () => {
  test("positive elements pass unchanged", () => {
    const x = padded([0.5, 2, 1e6, 3.25]);
    assertClose(leakyRelu(x, 0.1), x, { name: "y" });
  });

  test("negative elements are multiplied by the slope", () => {
    const y = leakyRelu(padded([-1, -8, -0.5, -1000]), 0.25);
    assertClose(y.narrow(0, 0, 5), [-0.25, -2, -0.125, -250, 1], { name: "y" });
  });

  test("zero stays zero", () => {
    const y = leakyRelu(padded([0, -4, 0]), 0.5);
    assertClose(y.narrow(0, 0, 4), [0, -2, 0, 1], { name: "y" });
  });

  test("a slope of zero gives the plain ReLU", () => {
    const y = leakyRelu(padded([-3, 3, -0.1]), 0);
    assertClose(y.narrow(0, 0, 4), [0, 3, 0, 1], { name: "y" });
  });

  test("a slope above one makes negative elements larger, and leaves positive ones alone", () => {
    const y = leakyRelu(padded([-3, 3, -0.5, 7]), 4);
    assertClose(y.narrow(0, 0, 4), [-12, 3, -2, 7], { name: "y" });
  });

  test("a negative slope mirrors the negative elements", () => {
    const y = leakyRelu(padded([-3, 3]), -1);
    assertClose(y.narrow(0, 0, 3), [3, 3, 1], { name: "y" });
  });
});

describe("the grid", () => {
  test("every element of every workgroup is written at its own index", () => {
    const count = workgroups * 64;
    const values = Array.from({ length: count }, (_, i) => (i % 3 === 0 ? -i : i));
    const y = leakyRelu(tensor(values), 0.5);
    assertShape(y, [count], "y");
    assertClose(
      y,
      values.map((v) => (v < 0 ? v / 2 : v)),
      { name: "y" },
    );
  });

  test("random elements match a loop", () => {
    const x = randn([workgroups * 64]);
    const expected = [...x.toTypedArray()].map((v) => (v > 0 ? v : v * 0.125));
    assertClose(leakyRelu(x, 0.125), expected, { name: "y" });
  });
});
