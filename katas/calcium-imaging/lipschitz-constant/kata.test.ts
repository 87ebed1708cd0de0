import { describe, expect, test } from "bun:test";
import { params } from "kata";
import { buildKernel } from "kata/deconvolution";
import { computeLipschitz } from "./template.ts";

const tauRise = Number(params.tauRise ?? 0.02);
const tauDecay = Number(params.tauDecay ?? 0.4);
const fs = Number(params.fs ?? 30);

/** From a solver in float64 of another hand. */
const KNOWN = [
  [0.02, 0.4, 30, 193.34193645140274],
  [0.005, 0.1, 100, 136.5086873240539],
  [0.05, 1, 20, 544.4836997602497],
] as const;

function expectClose(value: number, expected: number, rtol: number = 1e-10): void {
  const close = Math.abs(value - expected) <= rtol * Math.abs(expected);
  expect({ value, expected, close }).toEqual({ value, expected, close: true });
}

const sum = (values: readonly number[]): number =>
  values.reduce((total, value) => total + value, 0);

describe("small kernels", () => {
  test("an empty kernel gives 1e-10, and so does one of zeros", () => {
    expect(computeLipschitz([])).toBe(1e-10);
    expect(computeLipschitz([0, 0, 0])).toBe(1e-10);
    expect(computeLipschitz([1e-6])).toBe(1e-10);
  });

  test("a kernel of one sample stretches everything alike", () => {
    expectClose(computeLipschitz([3]), 9);
    expectClose(computeLipschitz([-3]), 9);
  });

  test("a sum is largest for a constant", () => {
    expectClose(computeLipschitz([1, 1]), 4);
    expectClose(computeLipschitz([1, 2, 3]), 36);
  });

  test("a difference is largest for what alternates", () => {
    expectClose(computeLipschitz([1, -1]), 4);
    expectClose(computeLipschitz([1, -2, 3, -4]), 100);
  });

  test("the largest frequency may lie in the middle", () => {
    // |1 - exp(-2iw)|² is 4 where exp(-2iw) = -1, a quarter of the way round.
    expectClose(computeLipschitz([1, 0, -1]), 4);
    expectClose(computeLipschitz([0, 2, 0, -2]), 16);
  });

  test("the transform is on the next power of two from twice the length", () => {
    // |H(w)|² of this kernel on 8 points and on no other number nearby.
    const [a, b, c] = [3, -1, -0.5];
    const on = (n: number): number =>
      Math.max(
        ...Array.from({ length: n }, (_, w) => {
          const angle = (2 * Math.PI * w) / n;
          const real = a + b * Math.cos(angle) + c * Math.cos(2 * angle);
          const imaginary = b * Math.sin(angle) + c * Math.sin(2 * angle);
          return real * real + imaginary * imaginary;
        }),
      );
    expectClose(computeLipschitz([a, b, c]), on(8));
    expect(Math.abs(on(6) - on(8))).toBeGreaterThan(1e-3);
    expect(Math.abs(on(16) - on(8))).toBeGreaterThan(1e-3);
  });

  test.each([
    ["four samples on 8 points", [3, 0, -2, 3], 8, [4, 16]],
    ["five samples on 16 points", [3, 0, -2, 3, 0], 16, [8, 10]],
  ])("%s", (_, kernel, points, others) => {
    const on = (n: number): number =>
      Math.max(
        ...Array.from({ length: n }, (_, w) => {
          const part = (f: (x: number) => number): number =>
            sum(kernel.map((value, i) => value * f((2 * Math.PI * w * i) / n)));
          return part(Math.cos) ** 2 + part(Math.sin) ** 2;
        }),
      );
    expectClose(computeLipschitz(kernel), on(points));
    for (const other of others) expect(Math.abs(on(other) - on(points))).toBeGreaterThan(1e-3);
  });
});

describe("calcium kernels", () => {
  for (const [rise, decay, rate, expected] of KNOWN) {
    test(`tauRise ${rise}, tauDecay ${decay}, fs ${rate}`, () => {
      expectClose(computeLipschitz(buildKernel(rise, decay, rate)), expected);
    });
  }

  test("the variation's is between the sum of squares and the square of the sum", () => {
    const kernel = [...buildKernel(tauRise, tauDecay, fs)];
    const lipschitz = computeLipschitz(kernel);
    expect(lipschitz).toBeGreaterThanOrEqual(sum(kernel.map((value) => value * value)));
    expect(lipschitz).toBeLessThanOrEqual(sum(kernel) ** 2 * (1 + 1e-12));
  });

  test("a kernel without negative samples is stretched most at frequency zero", () => {
    const kernel = [...buildKernel(tauRise, tauDecay, fs)];
    expectClose(computeLipschitz(kernel), sum(kernel) ** 2);
  });

  test("twice the kernel gives four times the constant", () => {
    const kernel = [...buildKernel(tauRise, tauDecay, fs)];
    expectClose(computeLipschitz(kernel.map((value) => 2 * value)), 4 * computeLipschitz(kernel));
  });
});
