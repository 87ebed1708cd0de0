import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { buildKernel, computeLipschitz, tauToAr2 } from "../../src/deconvolution/index.ts";
import { expectClose, refusal } from "./helpers.ts";
import reference from "../fixtures/deconvolution/kernel_ref.json";

const EXTREME = [0.001, 2, 100] as const;
const SETS = [
  ...reference.sets.map((set) => [set.tau_rise, set.tau_decay, set.fs] as const),
  EXTREME,
];

/** |H(w)|² by the definition, on N points. */
function directTransform(kernel: ArrayLike<number>): number {
  let n = 1;
  while (n < 2 * kernel.length) n *= 2;
  let largest = 1e-10;
  for (let w = 0; w < n; w++) {
    let [real, imaginary] = [0, 0];
    for (let i = 0; i < kernel.length; i++) {
      const angle = (2 * Math.PI * ((w * i) % n)) / n;
      real += (kernel[i] ?? 0) * Math.cos(angle);
      imaginary += (kernel[i] ?? 0) * Math.sin(angle);
    }
    largest = Math.max(largest, real * real + imaginary * imaginary);
  }
  return largest;
}

describe("buildKernel()", () => {
  for (const set of reference.sets) {
    const { tau_rise, tau_decay, fs } = set;
    test(`gives the reference's samples when tauRise is ${tau_rise}`, () => {
      const kernel = buildKernel(tau_rise, tau_decay, fs);
      expect(kernel).toHaveLength(set.kernel_len);
      expectClose(kernel, set.kernel, 1e-10, 1e-16);
      expect(kernel.indexOf(Math.max(...kernel))).toBe(set.peak_index);
    });
  }

  for (const [tauRise, tauDecay, fs] of SETS) {
    test(`keeps its properties when times are ${tauRise}, ${tauDecay} and ${fs}`, () => {
      const kernel = buildKernel(tauRise, tauDecay, fs);
      expect(Math.abs(Math.max(...kernel) - 1)).toBeLessThan(1e-10);
      expect(kernel[0]).toBeLessThan(1e-15);
      expect(Math.min(...kernel)).toBeGreaterThanOrEqual(-1e-15);
      expect(buildKernel(tauRise, tauDecay * 1.5, fs).length).toBeGreaterThan(kernel.length);
      expect(buildKernel(tauRise, tauDecay, fs * 1.5).length).toBeGreaterThan(kernel.length);
      const again = buildKernel(tauRise, tauDecay, fs);
      expect(new Uint8Array(again.buffer)).toEqual(new Uint8Array(kernel.buffer));
    });
  }

  test("has two samples when the response is over within one", () => {
    expect([...buildKernel(1e-4, 2e-4, 100)]).toEqual([0, 1]);
  });
});

describe("tauToAr2()", () => {
  for (const { tau_rise, tau_decay, fs, g1, g2, d, r } of reference.sets) {
    test(`gives the reference's coefficients when tauRise is ${tau_rise}`, () => {
      const found = tauToAr2(tau_rise, tau_decay, fs);
      expectClose([found.g1, found.g2, found.d, found.r], [g1, g2, d, r], 1e-10);
    });
  }

  test("has roots between zero and one when times are extreme", () => {
    const { d, r, g1, g2 } = tauToAr2(...EXTREME);
    expectClose([d, r], [Math.exp(-0.005), Math.exp(-10)], 1e-12);
    expect(0 < r && r < d && d < 1).toBe(true);
    expectClose([g1, g2], [d + r, -d * r], 1e-15);
  });
});

describe("computeLipschitz()", () => {
  test("is bounded below when the kernel is empty or nothing", () => {
    expect(computeLipschitz([])).toBe(1e-10);
    expect(computeLipschitz([0, 0])).toBe(1e-10);
    expect(computeLipschitz([3])).toBe(9);
  });

  for (const { tau_rise, tau_decay, fs, lipschitz } of reference.sets) {
    test(`gives the reference's constant when tauRise is ${tau_rise}`, () => {
      expectClose([computeLipschitz(buildKernel(tau_rise, tau_decay, fs))], [lipschitz], 1e-10);
    });
  }

  test("agrees with a direct transform when kernels have any sign", () => {
    for (const times of SETS) {
      const kernel = buildKernel(...times).slice(0, 400);
      expectClose([computeLipschitz(kernel)], [directTransform(kernel)], 1e-10);
    }
    const values = fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { maxLength: 40 });
    fc.assert(
      fc.property(values, (kernel) => {
        expectClose([computeLipschitz(kernel)], [directTransform(kernel)], 1e-9, 1e-12);
      }),
    );
  });

  test("lies between the sum of squares and the squared sum when times are extreme", () => {
    for (const times of SETS) {
      const kernel = buildKernel(...times);
      const lipschitz = computeLipschitz(kernel);
      const squares = kernel.reduce((sum, value) => sum + value * value, 0);
      const sum = kernel.reduce((total, value) => total + Math.abs(value), 0);
      expect(lipschitz).toBeGreaterThanOrEqual(squares);
      expect(lipschitz).toBeLessThanOrEqual(sum ** 2 * (1 + 1e-12));
    }
  });

  test("refuses when a value is not finite", () => {
    for (const value of [Number.NaN, Infinity, 1e200]) {
      expect(refusal(() => computeLipschitz([1, value]))).toContain("kernel must hold finite");
    }
  });
});

describe("wrong times", () => {
  const cases: [readonly [number, number, number], string][] = [
    [[0, 0.4, 30], "tauRise must be a positive number of seconds, got 0"],
    [[-1, 0.4, 30], "tauRise must be"],
    [[Number.NaN, 0.4, 30], "tauRise must be a positive number of seconds, got NaN"],
    [["x" as unknown as number, 0.4, 30], 'got "x"'],
    [[0.02, Infinity, 30], "tauDecay must be"],
    [[0.02, 0, 30], "tauDecay must be"],
    [[0.02, 0.4, Number.NaN], "fs must be a positive number of samples a second"],
    [[0.02, 0.4, -30], "fs must be"],
    [[0.4, 0.4, 30], "tauRise must be smaller than tauDecay, got 0.4 and 0.4"],
    [[0.5, 0.4, 30], "tauRise must be smaller"],
    [[0.02, 1e9, 1e9], "samples, expected at most"],
    [[1e-5, 2e-5, 1e-3], "cannot be told apart"],
    [[0.3, 0.3 + 1e-16, 30], "tauRise"],
  ];
  for (const [times, message] of cases) {
    test(`buildKernel() and tauToAr2() refuse when they are ${times.join(", ")}`, () => {
      expect(refusal(() => buildKernel(...times))).toContain(message);
      expect(refusal(() => tauToAr2(...times))).toContain(message);
    });
  }

  test("never give an array of anything but finite samples when they are accepted", () => {
    const number = fc.double({ min: 1e-4, max: 10, noNaN: true });
    fc.assert(
      fc.property(number, number, fc.double({ min: 0.1, max: 1000, noNaN: true }), (a, b, fs) => {
        let kernel: Float64Array;
        try {
          kernel = buildKernel(a, b, fs);
        } catch {
          return;
        }
        expect(kernel.every(Number.isFinite)).toBe(true);
        expect(Math.max(...kernel)).toBe(1);
      }),
      { numRuns: 200 },
    );
  });
});
