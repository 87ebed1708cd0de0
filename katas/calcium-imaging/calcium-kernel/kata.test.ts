import { describe, expect, test } from "bun:test";
import { params } from "kata";
import { buildKernel } from "./template.ts";

const tauRise = Number(params.tauRise ?? 0.02);
const tauDecay = Number(params.tauDecay ?? 0.4);
const fs = Number(params.fs ?? 30);

/** First samples, length and sum of kernels, from a solver in float64 of another hand. */
const KNOWN = [
  {
    times: [0.02, 0.4, 30],
    length: 166,
    first: [0, 0.9017782926169085, 1, 0.9522144474408354, 0.8821557182378664, 0.8127700749345669],
    last: 1.3168399467558385e-6,
    sum: 13.904745105589054,
    squares: 7.803710857609196,
  },
  {
    times: [0.005, 0.1, 100],
    length: 139,
    first: [0, 0.9613788160144716, 1, 0.9224456852653595, 0.8370463919667162, 0.7577134027475092],
    last: 1.2688809256572304e-6,
    sum: 11.683693222780796,
    squares: 6.643453441334067,
  },
  {
    times: [0.05, 1, 20],
    length: 277,
    first: [0, 0.7193672989669974, 0.9489237817815325, 1, 0.9870446133974815, 0.9520815512354087],
    last: 1.2524420827127795e-6,
    sum: 23.33417450350986,
    squares: 13.06009162110768,
  },
] as const;

function expectClose(value: number | undefined, expected: number): void {
  const error = Math.abs((value ?? Number.NaN) - expected);
  expect({ value, error: error <= 1e-12 + 1e-10 * Math.abs(expected) }).toEqual({
    value,
    error: true,
  });
}

describe("reference values", () => {
  for (const { times, length, first, last, sum, squares } of KNOWN) {
    test(`tauRise ${times[0]}, tauDecay ${times[1]}, fs ${times[2]}`, () => {
      const kernel = buildKernel(times[0], times[1], times[2]);
      expect(kernel).toHaveLength(length);
      first.forEach((value, i) => expectClose(kernel[i], value));
      expectClose(kernel.at(-1), last);
      expectClose(
        kernel.reduce((total, value) => total + value, 0),
        sum,
      );
      expectClose(
        kernel.reduce((total, value) => total + value * value, 0),
        squares,
      );
    });
  }
});

describe("the variation's kernel", () => {
  test("is a Float64Array of finite samples", () => {
    const kernel = buildKernel(tauRise, tauDecay, fs);
    expect(kernel).toBeInstanceOf(Float64Array);
    expect(kernel.every(Number.isFinite)).toBe(true);
  });

  test("starts at zero and is never negative", () => {
    const kernel = buildKernel(tauRise, tauDecay, fs);
    expect(Math.abs(kernel[0] ?? 1)).toBeLessThan(1e-15);
    expect(kernel.every((value) => value >= -1e-15)).toBe(true);
  });

  test("has a largest sample of one", () => {
    expectClose(Math.max(...buildKernel(tauRise, tauDecay, fs)), 1);
  });

  test("rises to one peak and falls from there", () => {
    const kernel = buildKernel(tauRise, tauDecay, fs);
    const peak = kernel.indexOf(1);
    expect(peak).toBeGreaterThan(0);
    for (let i = 1; i < kernel.length; i++) {
      expect((kernel[i] ?? 0) > (kernel[i - 1] ?? 0)).toBe(i <= peak);
    }
  });

  test("ends with the first sample whose slow exponential is at a millionth", () => {
    const { length } = buildKernel(tauRise, tauDecay, fs);
    expect(Math.exp(-length / (tauDecay * fs))).toBeLessThanOrEqual(1e-6 * (1 + 1e-12));
    expect(Math.exp(-(length - 1) / (tauDecay * fs))).toBeGreaterThan(1e-6);
  });

  test("is twice as long for twice the decay, and for twice the rate", () => {
    const { length } = buildKernel(tauRise, tauDecay, fs);
    for (const longer of [
      buildKernel(tauRise, 2 * tauDecay, fs),
      buildKernel(tauRise, tauDecay, 2 * fs),
    ]) {
      expect(Math.abs(longer.length - 2 * length)).toBeLessThanOrEqual(1);
    }
  });

  test("depends on time in seconds: all clocks twice as fast change nothing", () => {
    const kernel = buildKernel(tauRise, tauDecay, fs);
    const faster = buildKernel(tauRise / 2, tauDecay / 2, fs * 2);
    expect(faster).toHaveLength(kernel.length);
    kernel.forEach((value, i) => expectClose(faster[i], value));
  });
});

describe("extremes", () => {
  test("a kernel that is gone at once still has two samples", () => {
    const kernel = buildKernel(1e-4, 2e-4, 100);
    expect(kernel).toHaveLength(2);
    expect([...kernel]).toEqual([0, 1]);
  });

  test("a rise within one sample and a decay of seconds peak at the first sample", () => {
    const kernel = buildKernel(0.001, 2, 100);
    expect(kernel).toHaveLength(2764);
    expect(kernel.indexOf(1)).toBe(1);
    expectClose(kernel[2], (Math.exp(-0.01) - Math.exp(-20)) / (Math.exp(-0.005) - Math.exp(-10)));
  });
});
