import { describe, expect, test } from "bun:test";
import { params, randn, tensor, type Tensor, zeros, zerosLike } from "kata";
import { assertClose } from "kata/testing";
import { trainingStep } from "./template.ts";

const PLAIN = { lr: 0.1, momentum: 0, weightDecay: 0 } as const;
const settings = {
  lr: 0.05,
  momentum: Number(params.momentum ?? 0.9),
  weightDecay: Number(params.weightDecay ?? 0.01),
};

function leaf(values: readonly number[] | number): Tensor {
  return tensor(values as number[], { dtype: "float32", requiresGrad: true });
}

/** Half of `scale · |p - goal|²`, whose gradient is `scale · (p - goal)`. */
function bowl(p: Tensor, goal: readonly number[], scale: number = 1): Tensor {
  return p
    .sub(tensor(goal))
    .square()
    .sum()
    .mul(scale / 2);
}

describe("plain gradient descent", () => {
  test("a parameter moves against its gradient, by the learning rate", () => {
    const p = leaf([3, -1]);
    trainingStep(() => bowl(p, [1, 1]), [p], [zeros([2])], PLAIN);
    assertClose(p, [3 - 0.2, -1 + 0.2], { name: "parameter" });
  });

  test("the loss that is returned is the one before the step, as a number", () => {
    const p = leaf([3, -1]);
    expect(trainingStep(() => bowl(p, [1, 1]), [p], [zeros([2])], PLAIN)).toBe(4);
    const next = trainingStep(() => bowl(p, [1, 1]), [p], [zeros([2])], PLAIN);
    expect(next).toBeCloseTo(4 * 0.81, 4);
  });

  test("gradients of the step before are not added to those of this one", () => {
    const p = leaf([10]);
    for (let step = 0; step < 3; step++) {
      trainingStep(() => bowl(p, [0]), [p], [zeros([1])], PLAIN);
      expect(p.grad).toBeUndefined();
    }
    assertClose(p, [10 * 0.9 ** 3], { name: "parameter" });
  });

  test("every parameter moves by its own gradient", () => {
    const [a, b] = [leaf([1, 2]), leaf([5])];
    const loss = (): Tensor => bowl(a, [0, 0]).add(bowl(b, [0], 3));
    trainingStep(loss, [a, b], [zeros([2]), zeros([1])], PLAIN);
    assertClose(a, [0.9, 1.8], { name: "first parameter" });
    assertClose(b, [5 - 0.1 * 15], { name: "second parameter" });
  });
});

describe("momentum", () => {
  test("the velocity is written in place, and carries on", () => {
    const p = leaf([8]);
    const v = zeros([1]);
    const heavy = { lr: 0.25, momentum: 0.5, weightDecay: 0 };
    trainingStep(() => bowl(p, [0]), [p], [v], heavy);
    assertClose(v, [8], { name: "velocity after one step" });
    assertClose(p, [6], { name: "parameter after one step" });
    trainingStep(() => bowl(p, [0]), [p], [v], heavy);
    assertClose(v, [10], { name: "velocity after two steps" });
    assertClose(p, [3.5], { name: "parameter after two steps" });
  });

  test("a velocity that is there moves a parameter without a slope", () => {
    const p = leaf([2]);
    const v = tensor([4]);
    trainingStep(() => p.mul(0).sum(), [p], [v], { lr: 0.5, momentum: 0.75, weightDecay: 0 });
    assertClose(v, [3], { name: "velocity" });
    assertClose(p, [0.5], { name: "parameter" });
  });
});

describe("weight decay", () => {
  test("pulls towards zero in proportion to the parameter", () => {
    const p = leaf([4, -2]);
    trainingStep(() => p.mul(0).sum(), [p], [zeros([2])], {
      lr: 0.5,
      momentum: 0,
      weightDecay: 0.1,
    });
    assertClose(p, [3.8, -1.9], { name: "parameter" });
  });

  test("goes through the velocity, with the parameter as it was before the step", () => {
    const p = leaf([2]);
    const v = tensor([1]);
    trainingStep(() => bowl(p, [1]), [p], [v], { lr: 1, momentum: 0.5, weightDecay: 3 });
    assertClose(v, [0.5 + 1 + 6], { name: "velocity" });
    assertClose(p, [2 - 7.5], { name: "parameter" });
  });
});

describe("bookkeeping", () => {
  test("a parameter that the loss does not need stays, and so does its velocity", () => {
    const [used, idle] = [leaf([1]), leaf([7])];
    const velocities = [zeros([1]), tensor([5])];
    trainingStep(() => bowl(used, [0]), [idle, used], velocities.toReversed(), {
      lr: 0.1,
      momentum: 0.9,
      weightDecay: 0.5,
    });
    assertClose(idle, [7], { name: "idle parameter" });
    assertClose(velocities[1]!, [5], { name: "idle velocity" });
    assertClose(used, [1 - 0.1 * 1.5], { name: "used parameter" });
  });

  test("parameters stay leaves that require gradients, and velocities record nothing", () => {
    const p = leaf([1, 2]);
    const v = zeros([2]);
    trainingStep(() => bowl(p, [0, 0]), [p], [v], settings);
    expect(p.requiresGrad).toBe(true);
    expect(v.requiresGrad).toBe(false);
    p.square().sum().backward();
    assertClose(p.grad!, p.detach().mul(2), { name: "gradient of the next loss" });
  });

  test("thirty steps of a regression with the variation's settings match a loop in float64", () => {
    const [n, d] = [12, 3];
    const x = randn([n, d]);
    const goal = randn([n]);
    const w = zeros([d], { requiresGrad: true });
    const b = zeros([], { requiresGrad: true });
    const velocities = [zerosLike(w), zerosLike(b)];
    const loss = (): Tensor => x.matmul(w).add(b).sub(goal).square().mean();
    const [xs, ys] = [x.toTypedArray(), goal.toTypedArray()];
    const weights = Array.from<number>({ length: d + 1 }).fill(0);
    const speeds = Array.from<number>({ length: d + 1 }).fill(0);
    for (let step = 0; step < 30; step++) {
      const slopes = Array.from<number>({ length: d + 1 }).fill(0);
      let expected = 0;
      for (let i = 0; i < n; i++) {
        let error = weights[d]! - ys[i]!;
        for (let j = 0; j < d; j++) error += xs[i * d + j]! * weights[j]!;
        expected += error ** 2 / n;
        for (let j = 0; j <= d; j++) {
          slopes[j]! += ((j < d ? xs[i * d + j]! : 1) * 2 * error) / n;
        }
      }
      const found = trainingStep(loss, [w, b], velocities, settings);
      expect(Math.abs(found - expected)).toBeLessThan(1e-3 * (1 + expected));
      for (let j = 0; j <= d; j++) {
        const { lr, momentum, weightDecay } = settings;
        speeds[j] = momentum * speeds[j]! + slopes[j]! + weightDecay * weights[j]!;
        weights[j]! -= lr * speeds[j]!;
      }
    }
    assertClose(w.detach(), weights.slice(0, d), { name: "weights", rtol: 1e-3, atol: 1e-4 });
    assertClose(b.detach(), weights[d]!, { name: "bias", rtol: 1e-3, atol: 1e-4 });
  });
});
