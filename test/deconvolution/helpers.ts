import { expect } from "bun:test";
import { buildKernel, convolution } from "../../src/deconvolution/index.ts";
import { KataError } from "../../src/errors.ts";

/** |actual − expected| ≤ atol + rtol·|expected|, element by element. */
export function expectClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  rtol: number,
  atol: number = 0,
): void {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) {
    const [a, b] = [actual[i] ?? Number.NaN, expected[i] ?? Number.NaN];
    if (Math.abs(a - b) <= atol + rtol * Math.abs(b)) continue;
    throw new Error(`at ${i}: ${a}, expected ${b}`);
  }
}

/** The message of the `KataError` that a call throws. */
export function refusal(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    if (error instanceof KataError && error.exit === 2) return error.message;
    throw error;
  }
  throw new Error("it was accepted");
}

/** Noisy traces with spikes, always the same ones. */
export function simulate(
  cells: number,
  length: number,
  times: readonly [tauRise: number, tauDecay: number, fs: number] = [0.02, 0.4, 30],
): Float64Array[] {
  let seed = 12345;
  const random = (): number => {
    seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
    return seed / 0x80000000;
  };
  const { forward } = convolution(buildKernel(...times));
  return Array.from({ length: cells }, () => {
    const spikes = Float64Array.from({ length }, () => (random() < 0.02 ? random() + 0.5 : 0));
    const trace = new Float64Array(length);
    forward(spikes, trace);
    return trace.map((value) => value + 0.2 * (random() - 0.5));
  });
}
