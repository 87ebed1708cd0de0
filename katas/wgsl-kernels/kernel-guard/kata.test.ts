import { describe, expect, test } from "bun:test";
import { arange, kernel, params, randn, type Tensor } from "kata";
import { assertClose, assertShape } from "kata/testing";
import { source } from "./template.ts";

const FILL = -99;

/** Runs the kernel on as many threads as `x` has elements, rounded up, and `spare` workgroups more. */
function reverseFirst(x: Tensor, n: number, spare: number = 0): Tensor {
  const [y] = kernel(source).run({
    inputs: [x],
    outputs: [{ shape: x.shape, fill: FILL }],
    uniforms: [n],
    workgroups: [Math.ceil(x.numel / 64) + spare],
  });
  return y!;
}

/** What the kernel should give. */
function reversed(values: readonly number[], n: number): number[] {
  return values.map((_, i) => (i < n ? values[n - 1 - i]! : FILL));
}

/** 1, 2, … so that no element is mistaken for another, for zero or for the fill. */
function counting(length: number): { x: Tensor; values: number[] } {
  return { x: arange(1, length + 1), values: Array.from({ length }, (_, i) => i + 1) };
}

describe("arrays of exactly n elements", () => {
  test("five elements are reversed by a workgroup of 64 threads", () => {
    assertClose(reverseFirst(counting(5).x, 5), [5, 4, 3, 2, 1], { name: "y" });
  });

  test("a multiple of the workgroup's size is reversed to the last element", () => {
    const { x, values } = counting(128);
    assertClose(reverseFirst(x, 128), reversed(values, 128), { name: "y" });
  });

  test("one element more than two workgroups hold needs a third", () => {
    const { x, values } = counting(129);
    assertClose(reverseFirst(x, 129), reversed(values, 129), { name: "y" });
  });

  test("workgroups with nothing to do spoil no element", () => {
    const { x, values } = counting(100);
    assertClose(reverseFirst(x, 100, 5), reversed(values, 100), { name: "y" });
  });
});

describe("arrays longer than n", () => {
  test("elements from n on keep their value", () => {
    const y = reverseFirst(counting(8).x, 3);
    assertClose(y, [3, 2, 1, FILL, FILL, FILL, FILL, FILL], { name: "y" });
  });

  test("the first untouched element is the one at index n", () => {
    const { x } = counting(200);
    for (const n of [1, 63, 64, 65, 127, 128, 199]) {
      const y = reverseFirst(x, n).toTypedArray();
      expect({ n, first: y[0], last: y[n - 1], next: y[n] }).toEqual({
        n,
        first: n,
        last: 1,
        next: FILL,
      });
    }
  });

  test("random elements of the variation's sizes match a loop", () => {
    const length = Number(params.length ?? 300);
    const n = Number(params.n ?? 170);
    const x = randn([length]);
    const y = reverseFirst(x, n, 1);
    assertShape(y, [length], "y");
    assertClose(y, reversed([...x.toTypedArray()], n), { name: "y" });
  });

  test("when n is zero nothing is written, and with the same arrays n of two writes two", () => {
    const { x } = counting(4);
    assertClose(reverseFirst(x, 0), [FILL, FILL, FILL, FILL], { name: "y of none" });
    assertClose(reverseFirst(x, 2), [2, 1, FILL, FILL], { name: "y of two" });
  });
});
