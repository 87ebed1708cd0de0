import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import {
  buildKernel,
  coldState,
  computeLipschitz,
  convolution,
  fista,
  type FistaProblem,
  loadState,
  type Operators,
  recursion,
  recursionOf,
  saveState,
} from "../../src/deconvolution/index.ts";
import { expectClose, refusal, simulate } from "./helpers.ts";
import reference from "../fixtures/deconvolution/fista_ref.json";

const TIMES = [0.02, 0.4, 30] as const;

function problemOf(
  trace: ArrayLike<number>,
  times: readonly [number, number, number] = TIMES,
  lambda = 0.01,
  operators: Operators = convolution(buildKernel(...times)),
): FistaProblem {
  const lipschitz = computeLipschitz(buildKernel(...times));
  return { trace: Float64Array.from(trace), operators, lipschitz, lambda };
}

describe("operators", () => {
  const dot = (a: Float64Array, b: Float64Array): number =>
    a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
  const vector = (n: number): fc.Arbitrary<Float64Array> =>
    fc
      .array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: n, maxLength: n })
      .map((values) => Float64Array.from(values));
  const kinds = {
    convolution: convolution(buildKernel(...TIMES)),
    recursion: recursion(recursionOf(...TIMES)),
  };

  for (const [name, { forward, adjoint }] of Object.entries(kinds)) {
    test(`${name}() has an adjoint: ⟨Kx, r⟩ = ⟨x, Kᵀr⟩`, () => {
      const pairs = fc.integer({ min: 1, max: 400 }).chain((n) => fc.tuple(vector(n), vector(n)));
      fc.assert(
        fc.property(pairs, ([x, r]) => {
          const [kx, kr] = [new Float64Array(x.length), new Float64Array(x.length)];
          forward(x, kx);
          adjoint(r, kr);
          expect(Math.abs(dot(kx, r) - dot(x, kr))).toBeLessThan(1e-10 * Math.max(1, x.length));
        }),
        { numRuns: 60 },
      );
    });
  }

  test("convolution() is the sum of its definition, and the adjoint starts at length − 1", () => {
    const kernel = Float64Array.of(0, 1, 0.5, 0.25, 0.125);
    const { forward, adjoint } = convolution(kernel);
    for (const n of [1, 3, 5, 12, 23]) {
      const x = Float64Array.from({ length: n }, (_, i) => ((i * 7) % 5) - 2);
      const [kx, kr] = [new Float64Array(n).fill(9), new Float64Array(n).fill(9)];
      forward(x, kx);
      adjoint(x, kr);
      const full = Array.from({ length: n + 4 }, (_, at) =>
        x.reduce((sum, value, i) => sum + value * (kernel[4 - (at - i)] ?? 0), 0),
      );
      expectClose(kr, full.slice(4), 1e-14, 1e-14);
      const direct = Array.from(x, (_, t) =>
        x.reduce((sum, value, i) => sum + value * (kernel[t - i] ?? 0), 0),
      );
      expectClose(kx, direct, 1e-14, 1e-14);
    }
  });

  test("recursion() is the convolution to 1e-5, and exactly so before the kernel ends", () => {
    const sets: [number, number, number][] = [[...TIMES], [0.005, 0.1, 100], [0.001, 2, 100]];
    for (const times of sets) {
      const x = Float64Array.from({ length: 3000 }, (_, i) => (i % 40 === 7 ? 1 : 0));
      const [a, b] = [new Float64Array(3000), new Float64Array(3000)];
      for (const way of ["forward", "adjoint"] as const) {
        convolution(buildKernel(...times))[way](x, a);
        recursion(recursionOf(...times))[way](x, b);
        expectClose(b, a, 1e-5, 1e-5);
      }
      recursion(recursionOf(...times)).forward(x, b);
      convolution(buildKernel(...times)).forward(x, a);
      expectClose(b.slice(0, 100), a.slice(0, 100), 1e-12, 1e-14);
    }
  });
});

describe("fista()", () => {
  for (const run of reference.runs) {
    const times = [run.tau_rise, run.tau_decay, run.fs] as const;
    test(`does what the reference did for ${run.name}`, () => {
      const found = fista(problemOf(run.trace, times, run.lambda));
      expect(found.iterations).toBe(run.iterations);
      expect(found.converged).toBe(run.converged);
      const first = found.objectives.slice(0, run.objectives_first10.length);
      expectClose(first, run.objectives_first10, 1e-10, 1e-14);
      expectClose([found.objectives.at(-1) ?? Number.NaN], [run.objective_final], 1e-10, 1e-14);
      expectClose(found.solution, run.solution, 1e-10, 1e-12);
      expectClose(found.reconvolution, run.reconvolution, 1e-10, 1e-12);
    });

    test(`does the same with the recursion, to 1e-5, for ${run.name}`, () => {
      const operators = recursion(recursionOf(...times));
      const found = fista(problemOf(run.trace, times, run.lambda, operators));
      expect(found.iterations).toBe(run.iterations);
      expectClose(found.solution, run.solution, 1e-5, 1e-5);
    });
  }

  test("is exactly zero when λ is the largest gain", () => {
    const [trace = new Float64Array()] = simulate(1, 300);
    const gain = new Float64Array(300);
    convolution(buildKernel(...TIMES)).adjoint(trace, gain);
    const at = fista(problemOf(trace, TIMES, Math.max(...gain)));
    expect(at.solution.every((value) => value === 0)).toBe(true);
    const below = fista(problemOf(trace, TIMES, Math.max(...gain) * 0.9));
    expect(below.solution.some((value) => value > 0)).toBe(true);
  });

  test("stops at maxIterations and says that it has not converged", () => {
    const [trace = new Float64Array()] = simulate(1, 300);
    const found = fista(problemOf(trace), { maxIterations: 9 });
    expect(found).toMatchObject({ iterations: 9, converged: false });
    expect(found.objectives).toHaveLength(9);
  });

  test("never takes fewer than six iterations, however large the tolerance", () => {
    expect(fista(problemOf([0, 1, 2]), { tolerance: 10 }).iterations).toBe(6);
  });

  test("refuses what it cannot solve, by name", () => {
    const wrong = (change: Partial<FistaProblem>, options = {}): string =>
      refusal(() => fista({ ...problemOf([0, 1]), ...change }, options));
    expect(wrong({ trace: new Float64Array() })).toBe(
      "trace is empty, expected at least one sample",
    );
    expect(wrong({ trace: Float64Array.of(1, Number.NaN) })).toContain("got NaN at sample 1");
    expect(wrong({ trace: Float64Array.of(-Infinity) })).toContain("got -Infinity at sample 0");
    expect(wrong({ lambda: -1 })).toContain("lambda must be");
    expect(wrong({ lambda: Number.NaN })).toContain("lambda must be");
    expect(wrong({ lipschitz: 0 })).toContain("lipschitz must be");
    expect(wrong({}, { tolerance: -1 })).toContain("tolerance must be");
    expect(wrong({}, { maxIterations: 0 })).toContain("maxIterations must be");
    expect(wrong({}, { maxIterations: 1.5 })).toContain("maxIterations must be");
  });
});

describe("a warm start", () => {
  const [trace = new Float64Array()] = simulate(1, 400);

  test("goes on where it stopped, through bytes", () => {
    const whole = fista(problemOf(trace), { maxIterations: 40, tolerance: 0 });
    const half = fista(problemOf(trace), { maxIterations: 20, tolerance: 0 });
    const start = loadState(saveState(half.state), 400);
    expect(start).toEqual(half.state);
    const rest = fista(problemOf(trace), { maxIterations: 20, tolerance: 0, start });
    expect(rest.solution).toEqual(whole.solution);
    expect(rest.state.iteration).toBe(40);
    expect(start).toEqual(half.state);
  });

  test("needs fewer iterations than a cold one", () => {
    const cold = fista(problemOf(trace));
    expect(fista(problemOf(trace), { start: cold.state }).iterations).toBeLessThan(
      cold.iterations / 2,
    );
    const near = fista(problemOf(trace, TIMES, 0.011), { start: cold.state });
    expect(near.iterations).toBeLessThan(fista(problemOf(trace, TIMES, 0.011)).iterations);
  });

  test("is a cold one when the size is wrong", () => {
    const start = coldState(399);
    start.x.fill(5);
    expect(fista(problemOf(trace), { start })).toEqual(fista(problemOf(trace)));
  });

  test("loadState() is cold when bytes are of another length, cut, foreign or impossible", () => {
    const { state } = fista(problemOf([0, 1, 2, 1]), { maxIterations: 7 });
    const bytes = saveState(state);
    expect(loadState(bytes, 5)).toEqual(coldState(5));
    const broken: ((view: DataView) => void)[] = [
      (view) => view.setUint32(0, 1, true),
      (view) => view.setUint32(4, 3, true),
      (view) => view.setFloat64(8, 0.5, true),
      (view) => view.setFloat64(8, Number.NaN, true),
      (view) => view.setFloat64(16, -1, true),
      (view) => view.setFloat64(24, -1, true),
      (view) => view.setFloat64(24 + 32, Infinity, true),
    ];
    for (const change of broken) {
      const copy = bytes.slice();
      change(new DataView(copy.buffer));
      expect(loadState(copy, 4)).toEqual(coldState(4));
    }
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (noise) => {
        expect(loadState(noise, 4)).toEqual(coldState(4));
      }),
    );
    expect(loadState(bytes.subarray(0, -1), 4)).toEqual(coldState(4));
  });
});
