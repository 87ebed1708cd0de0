import { describe, expect, test } from "bun:test";
import { grad, ones, params, randn, tensor, type Tensor } from "kata";
import { assertClose, assertShape } from "kata/testing";
import { numericalGradient, smoothRelu } from "./template.ts";

const size = Number(params.size ?? 6);
const scale = Number(params.scale ?? 1);

/** The gradient of the sum of `smoothRelu`, as the kata wrote it. */
function slopeOf(values: readonly number[]): Tensor {
  const x = tensor(values, { requiresGrad: true });
  return grad([smoothRelu(x).sum()], [x])[0]!;
}

describe("numericalGradient", () => {
  test("a square has twice its argument as its slope, exactly but for rounding", () => {
    const out = numericalGradient((x) => x.square().sum(), tensor([3, -1, 0.5]));
    assertClose(out, [6, -2, 1], { name: "gradient", rtol: 1e-3, atol: 1e-3 });
  });

  test("each element has a slope of its own, in the shape of x", () => {
    const weights = tensor([
      [1, -2, 3],
      [40, 0, 0.5],
    ]);
    const f = (x: Tensor): Tensor => x.mul(weights).sum();
    const out = numericalGradient(f, ones([2, 3]));
    assertShape(out, [2, 3], "gradient");
    assertClose(out, weights, { name: "gradient", rtol: 1e-3, atol: 1e-3 });
  });

  test("elements that are multiplied with each other have each other as slopes", () => {
    const out = numericalGradient((x) => x.prod(), tensor([2, 3, 5]));
    assertClose(out, [15, 10, 6], { name: "gradient", rtol: 1e-3 });
  });

  test("the steps go to both sides: curvature does not show", () => {
    const f = (x: Tensor): Tensor => x.square().mul(50).sum();
    const out = numericalGradient(f, tensor([0, 1]), 0.5);
    assertClose(out, [0, 100], { name: "gradient", rtol: 1e-4, atol: 1e-3 });
  });

  test("the steps are as long as asked, and 1e-2 by default", () => {
    // The slope of x³ by central differences is 3x² + h².
    const cube = (x: Tensor): Tensor => x.mul(x).mul(x).sum();
    assertClose(numericalGradient(cube, tensor([0, 2]), 1), [1, 13], { rtol: 1e-3, atol: 1e-4 });
    assertClose(numericalGradient(cube, tensor([0])), [1e-4], { rtol: 1e-3 });
  });

  test("a tensor of shape [] has a slope of shape []", () => {
    const out = numericalGradient((x) => x.mul(x), tensor(4));
    assertShape(out, [], "gradient");
    assertClose(out, 8, { rtol: 1e-3 });
  });
});

describe("smoothRelu", () => {
  test("values are those of log(1 + exp(x))", () => {
    const values = [-3, -1, -0.25, 0, 0.25, 1, 3];
    const expected = values.map((x) => Math.log1p(Math.exp(x)));
    assertClose(smoothRelu(tensor(values)), expected, { rtol: 1e-4 });
  });

  test("large arguments come back as they are, and small ones go to zero", () => {
    const out = smoothRelu(tensor([1000, 89, -1000, -Infinity, Infinity]));
    assertClose(out, [1000, 89, 0, 0, Infinity], { rtol: 1e-4 });
  });

  test("small results keep their digits", () => {
    const out = smoothRelu(tensor([-12]));
    assertClose(out, [Math.log1p(Math.exp(-12))], { rtol: 1e-3 });
  });

  test("the derivative is the logistic function", () => {
    const values = [-3, -1, 0, 0.5, 2];
    const expected = values.map((x) => 1 / (1 + Math.exp(-x)));
    assertClose(slopeOf(values), expected, { name: "slope", rtol: 1e-4 });
  });

  test("the derivative is finite however large the argument", () => {
    assertClose(slopeOf([1000, -1000, 100, -100]), [1, 0, 1, 0], { name: "slope", atol: 1e-6 });
  });

  test("the gradient that arrives is multiplied, by the chain rule", () => {
    const x = tensor([0, 0, 0], { requiresGrad: true });
    smoothRelu(x)
      .mul(tensor([2, -4, 10]))
      .sum()
      .backward();
    assertClose(x.grad!, [1, -2, 5], { name: "gradient" });
  });

  test("the gradient has a gradient: s (1 - s)", () => {
    const x = tensor([-2, 0, 1], { requiresGrad: true });
    const [first] = grad([smoothRelu(x).sum()], [x], { createGraph: true });
    const [second] = grad([first!.sum()], [x]);
    const expected = [-2, 0, 1].map((v) => {
      const s = 1 / (1 + Math.exp(-v));
      return s * (1 - s);
    });
    assertClose(second!, expected, { name: "second derivative", rtol: 1e-4 });
  });
});

test("the gradient by hand and the one by differences agree on the variation's sizes", () => {
  const x = randn([size]).mul(scale);
  const weights = randn([size]);
  const f = (at: Tensor): Tensor => smoothRelu(at).mul(weights).sum();
  const leaf = x.detach().requiresGrad_();
  f(leaf).backward();
  const numerical = numericalGradient(f, x, 0.05);
  expect(numerical.shape).toEqual([size]);
  assertClose(leaf.grad!, numerical, { name: "gradient", rtol: 1e-2, atol: 2e-3 });
});
