import { describe, expect, test } from "bun:test";
import { params, randn } from "kata";
import { buildKernel, computeLipschitz, convolution, fista } from "kata/deconvolution";
import { deconvolve, type Options } from "./template.ts";

const USUAL = { tauRise: 0.02, tauDecay: 0.4, fs: 30 } as const;
const FAST = { tauRise: 0.005, tauDecay: 0.1, fs: 100 } as const;

/** A trace of spikes, each `[sample, size]`. */
function traceOf(
  spikes: readonly (readonly [at: number, size: number])[],
  n: number,
  { tauRise, tauDecay, fs }: Pick<Options, "tauRise" | "tauDecay" | "fs"> = USUAL,
): Float64Array {
  const kernel = buildKernel(tauRise, tauDecay, fs);
  const trace = new Float64Array(n);
  for (const [at, size] of spikes) {
    for (let i = 0; i < Math.min(kernel.length, n - at); i++) trace[at + i]! += size * kernel[i]!;
  }
  return trace;
}

function expectClose(value: number | undefined, expected: number, rtol: number): void {
  const close =
    Math.abs((value ?? Number.NaN) - expected) <= rtol * Math.max(1, Math.abs(expected));
  expect({ value, expected, close }).toEqual({ value, expected, close: true });
}

/** Half the squared error, and what the spikes cost. */
function objectiveOf(spikes: Float64Array, trace: Float64Array, options: Options): number {
  const { tauRise, tauDecay, fs, lambda } = options;
  const fit = new Float64Array(trace.length);
  convolution(buildKernel(tauRise, tauDecay, fs)).forward(spikes, fit);
  return spikes.reduce(
    (sum, value, i) => sum + 0.5 * (fit[i]! - trace[i]!) ** 2 + lambda * value,
    0,
  );
}

test("after three iterations the objective is the one that a solver of another hand had there", () => {
  const trace = traceOf(
    [10, 50, 100, 150].map((at) => [at, 1] as const),
    200,
  );
  const options = { ...USUAL, lambda: 0.01, maxIterations: 3 };
  const { spikes, iterations, converged } = deconvolve(trace, options);
  expect({ iterations, converged }).toEqual({ iterations: 3, converged: false });
  expectClose(objectiveOf(spikes, trace, options), 3.0591283811683936, 1e-10);
});

describe("a solver of another hand", () => {
  const KNOWN = [
    {
      name: "a single spike",
      at: [0],
      n: 166,
      times: USUAL,
      lambda: 0.001,
      iterations: 103,
      objective: 0.0009999416288163537,
      sizes: [0.9998191390329663],
    },
    {
      name: "four spikes",
      at: [10, 50, 100, 150],
      n: 200,
      times: USUAL,
      lambda: 0.01,
      iterations: 122,
      objective: 0.039975249676364705,
      sizes: [0.9987278441284222, 0.9987384494929918, 0.9987253180624286, 0.9987146783362717],
    },
    {
      name: "four cheap spikes",
      at: [10, 50, 100, 150],
      n: 200,
      times: USUAL,
      lambda: 0.001,
      iterations: 122,
      objective: 0.003999755844032928,
      sizes: [0.999860685675518, 0.9998588448687703, 0.9998617735738639, 0.9998641657679771],
    },
    {
      name: "two costly spikes",
      at: [50, 100],
      n: 200,
      times: USUAL,
      lambda: 1,
      iterations: 98,
      objective: 1.8738780033657982,
      sizes: [0.8741784684090963, 0.8741784597807606],
    },
    {
      name: "a fast indicator",
      at: [50, 120],
      n: 200,
      times: FAST,
      lambda: 0.01,
      iterations: 97,
      objective: 0.019984994655665875,
      sizes: [0.9984257588509694, 0.998425758732342],
    },
  ] as const;

  for (const { name, at, n, times, lambda, iterations, objective, sizes } of KNOWN) {
    test(`${name}: as many iterations, the same spikes`, () => {
      const trace = traceOf(
        at.map((one) => [one, 1] as const),
        n,
        times,
      );
      const found = deconvolve(trace, { ...times, lambda });
      expect(found.iterations).toBe(iterations);
      expect(found.converged).toBe(true);
      at.forEach((one, i) => expectClose(found.spikes[one], sizes[i]!, 1e-9));
      expectClose(objectiveOf(found.spikes, trace, { ...times, lambda }), objective, 1e-10);
    });
  }

  test("a trace of zeros takes six iterations and holds no spikes", () => {
    const found = deconvolve(new Float64Array(100), { ...USUAL, lambda: 0.01 });
    expect(found).toEqual({ spikes: new Float64Array(100), iterations: 6, converged: true });
  });
});

describe("spikes", () => {
  test("of different sizes come back with their sizes", () => {
    const trace = traceOf(
      [
        [20, 0.5],
        [70, 2],
        [130, 1],
      ],
      200,
    );
    const { spikes } = deconvolve(trace, { ...USUAL, lambda: 1e-4, tolerance: 1e-9 });
    for (const [at, size] of [
      [20, 0.5],
      [70, 2],
      [130, 1],
    ] as const) {
      expectClose(spikes[at], size, 5e-3);
    }
  });

  test("are never negative, also under a trace that dips below zero", () => {
    const trace = traceOf([[40, 1]], 120).map((value) => value - 0.4);
    const { spikes } = deconvolve(trace, { ...USUAL, lambda: 0.01 });
    expect(Math.min(...spikes)).toBe(0);
    expect(spikes[40]).toBeGreaterThan(0.2);
  });

  test("at the end of a trace are found by what is left of their response", () => {
    const { spikes } = deconvolve(traceOf([[117, 1]], 120), { ...USUAL, lambda: 1e-3 });
    expect([...spikes.keys()].filter((i) => spikes[i]! > 0.5)).toEqual([117]);
  });

  test("cost too much when lambda is the largest gain, and are exactly zero", () => {
    const trace = traceOf([[30, 1]], 100);
    const gain = new Float64Array(100);
    convolution(buildKernel(0.02, 0.4, 30)).adjoint(trace, gain);
    const { spikes } = deconvolve(trace, { ...USUAL, lambda: Math.max(...gain) * 1.000001 });
    expect(spikes).toEqual(new Float64Array(100));
  });

  test("of the variation are found in noise", () => {
    const n = Number(params.samples ?? 300);
    const lambda = Number(params.lambda ?? 0.05);
    const places = [40, 41, 120, 200, n - 60];
    const noise = randn([n])
      .mul(Number(params.noise ?? 0.02))
      .toTypedArray();
    const trace = traceOf(
      places.map((at) => [at, 2] as const),
      n,
    ).map((v, i) => v + noise[i]!);
    const { spikes, converged } = deconvolve(trace, { ...USUAL, lambda });
    expect(converged).toBe(true);
    const around = (at: number): number => spikes.slice(at - 1, at + 2).reduce((a, b) => a + b, 0);
    for (const at of [120, 200, n - 60]) expectClose(around(at), 2, 0.25);
    expect(around(160)).toBeLessThan(0.5);
  });
});

test("noise is solved as the library solves it, iteration for iteration", () => {
  const kernel = buildKernel(0.02, 0.4, 30);
  const operators = convolution(kernel);
  const lipschitz = computeLipschitz(kernel);
  for (const lambda of [0.01, 0.2]) {
    const trace = Float64Array.from(randn([120]).toTypedArray());
    const expected = fista({ trace, operators, lipschitz, lambda });
    const { spikes, iterations } = deconvolve(trace, { ...USUAL, lambda });
    expect(iterations).toBe(expected.iterations);
    spikes.forEach((value, i) => expectClose(value, expected.solution[i]!, 1e-9));
  }
});

describe("the end", () => {
  const trace = traceOf(
    [
      [10, 1],
      [60, 1.5],
    ],
    150,
  );
  const options = { ...USUAL, lambda: 0.01 };

  test("comes after maxIterations, converged or not", () => {
    const found = deconvolve(trace, { ...options, maxIterations: 7 });
    expect(found).toMatchObject({ iterations: 7, converged: false });
    const whole = deconvolve(trace, options).iterations;
    expect(deconvolve(trace, { ...options, maxIterations: whole })).toMatchObject({
      iterations: whole,
      converged: true,
    });
  });

  test("comes later with a smaller tolerance, at a smaller objective", () => {
    const [rough, fine] = [1e-3, 1e-8].map((tolerance) =>
      deconvolve(trace, { ...options, tolerance }),
    );
    expect(rough!.iterations).toBeLessThan(fine!.iterations);
    expect(objectiveOf(fine!.spikes, trace, options)).toBeLessThan(
      objectiveOf(rough!.spikes, trace, options),
    );
  });

  test("never comes before the sixth iteration", () => {
    expect(deconvolve(trace, { ...options, tolerance: 1 }).iterations).toBe(6);
  });

  test("comes after 2000 iterations with a tolerance of zero, since nothing is below that", () => {
    const found = deconvolve(new Float64Array(5), { ...options, tolerance: 0 });
    expect(found).toMatchObject({ iterations: 2000, converged: false });
  });

  test("is decided by a change against 1e-10 when the objective itself is smaller", () => {
    const scale = 1e-5;
    const faint = trace.map((value) => value * scale);
    const lambda = options.lambda * scale;
    const kernel = buildKernel(options.tauRise, options.tauDecay, options.fs);
    const expected = fista({
      trace: faint,
      operators: convolution(kernel),
      lipschitz: computeLipschitz(kernel),
      lambda,
    });
    expect(expected.converged).toBe(true);
    expect(deconvolve(faint, { ...options, lambda }).iterations).toBe(expected.iterations);
  });

  test("leaves the trace as it was", () => {
    const copy = trace.slice();
    const { spikes } = deconvolve(copy, options);
    expect([...copy]).toEqual([...trace]);
    expect(spikes).toHaveLength(trace.length);
  });
});
