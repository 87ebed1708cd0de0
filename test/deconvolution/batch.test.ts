import { describe, expect, setDefaultTimeout, test } from "bun:test";
import {
  buildKernel,
  type CellResult,
  computeLipschitz,
  deconvolveCells,
  fista,
  recursion,
  recursionOf,
  runDeconvolution,
} from "../../src/deconvolution/index.ts";
import { onEveryDevice, use } from "../tensor/devices.ts";
import { expectClose, refusal, simulate } from "./helpers.ts";
import reference from "../fixtures/deconvolution/fista_ref.json";

// A software adapter on a busy machine is slow.
setDefaultTimeout(60_000);

const USUAL = { tauRise: 0.02, tauDecay: 0.4, fs: 30 } as const;

function batch(
  traces: readonly ArrayLike<number>[],
  options: Parameters<typeof deconvolveCells>[1],
): CellResult[] {
  const results: CellResult[] = [];
  const source = {
    cells: [...traces.keys()],
    length: traces[0]?.length ?? 0,
    read: (cell: number): ArrayLike<number> => traces[cell] ?? [],
  };
  for (const finished of deconvolveCells(source, options)) {
    for (const one of finished) results[one.cell] = one;
  }
  expect(results.filter(Boolean)).toHaveLength(traces.length);
  return results;
}

onEveryDevice((device) => {
  for (const run of reference.runs) {
    test(`deconvolveCells() agrees with the reference for ${run.name}`, () => {
      const times = { tauRise: run.tau_rise, tauDecay: run.tau_decay, fs: run.fs };
      const [found] = batch([run.trace], { ...times, lambda: run.lambda, device });
      expect(found?.iterations).toBe(run.iterations);
      expect(found?.converged).toBe(true);
      expectClose(found?.solution ?? [], run.solution, 1e-4, 1e-5);
    });
  }

  test("deconvolveCells() agrees with float64 at 1e-4 for many noisy cells", () => {
    const traces = simulate(21, 333);
    const stop = { tolerance: 0, maxIterations: 60 };
    const found = batch(traces, { ...USUAL, ...stop, device });
    const operators = recursion(recursionOf(0.02, 0.4, 30));
    const lipschitz = computeLipschitz(buildKernel(0.02, 0.4, 30));
    traces.forEach((trace, cell) => {
      const exact = fista({ trace, operators, lipschitz, lambda: 0.01 }, stop);
      expect(found[cell]).toMatchObject({ iterations: 60, converged: false });
      expectClose(found[cell]?.solution ?? [], exact.solution, 1e-4, 1e-4);
    });
  });

  test("deconvolveCells() is the same for every scale of traces and λ", () => {
    const traces = simulate(3, 100);
    // The change that ends a cell is measured against a constant as well.
    const stop = { tolerance: 0, maxIterations: 50 };
    const plain = batch(traces, { ...USUAL, ...stop, lambda: 0.5, device });
    for (const scale of [2 ** -30, 2 ** 40]) {
      const scaled = batch(
        traces.map((trace) => trace.map((value) => value * scale)),
        { ...USUAL, ...stop, lambda: 0.5 * scale, device },
      );
      expectClose(
        scaled[0]?.solution.map((value) => value / scale) ?? [],
        plain[0]?.solution ?? [],
        1e-5,
        1e-5,
      );
    }
  });

  test("deconvolveCells() gives exact zeros when λ is the largest gain, and for silence", () => {
    const [zero, one] = batch([new Float64Array(50), simulate(1, 50)[0] ?? []], {
      ...USUAL,
      lambda: 1e3,
      device,
    });
    for (const found of [zero, one]) {
      expect(found?.solution.every((value) => value === 0)).toBe(true);
      expect(found?.converged).toBe(true);
    }
  });

  test("deconvolveCells() refuses a trace that is not finite, by its cell", () => {
    const traces = [...simulate(2, 20), new Float64Array(20).fill(Number.NaN)];
    expect(refusal(() => batch(traces, { ...USUAL, device }))).toContain(
      "trace of cell 2 must hold finite numbers",
    );
    expect(refusal(() => batch(traces, { ...USUAL, fs: 0, device }))).toContain("fs must be");
    expect(refusal(() => batch(traces, { ...USUAL, lambda: -1, device }))).toContain("lambda");
  });

  test("runDeconvolution() keeps the shape and tells how far it is", () => {
    const traces = simulate(5, 64);
    const seen: number[] = [];
    const found = runDeconvolution(traces, {
      ...USUAL,
      device,
      onProgress: (done, total) => seen.push(done / total),
    });
    expect(found).toHaveLength(5);
    expect(seen.at(-1)).toBe(1);
    const one = runDeconvolution(traces[0] ?? [], { ...USUAL, device });
    expect(one).toBeInstanceOf(Float64Array);
    expectClose(one, found[0] ?? [], 1e-6, 1e-6);
  });
});

describe("on the cpu", () => {
  test("every cell is as in float64, to its last iteration, whatever the times", () => {
    use("cpu");
    for (const times of [
      [0.005, 0.1, 100],
      [0.05, 1, 20],
      [0.001, 2, 100],
    ] as const) {
      const [tauRise, tauDecay, fs] = times;
      const traces = simulate(9, 200, times);
      const found = batch(traces, { tauRise, tauDecay, fs, device: "cpu" });
      const operators = recursion(recursionOf(tauRise, tauDecay, fs));
      const lipschitz = computeLipschitz(buildKernel(tauRise, tauDecay, fs));
      traces.forEach((trace, cell) => {
        const exact = fista({ trace, operators, lipschitz, lambda: 0.01 });
        expect(found[cell]?.iterations).toBe(exact.iterations);
        expectClose(found[cell]?.solution ?? [], exact.solution, 1e-6, 1e-6);
      });
    }
  });

  test("lanes are taken again: cells give the same alone and among others", () => {
    use("cpu");
    const traces = simulate(40, 90);
    const together = batch(traces, { ...USUAL, device: "cpu" });
    for (const cell of [0, 17, 39]) {
      const [alone] = batch([traces[cell] ?? []], { ...USUAL, device: "cpu" });
      expect(alone?.solution).toEqual(together[cell]?.solution ?? new Float32Array());
    }
  });

  test("deconvolveCells() can be left early, and started again", () => {
    use("cpu");
    const traces = simulate(10, 500);
    const source = { cells: [0, 1, 2], length: 500, read: (cell: number) => traces[cell] ?? [] };
    for (const _ of deconvolveCells(source, { ...USUAL, device: "cpu" })) break;
    expect(batch(traces, { ...USUAL, device: "cpu" })).toHaveLength(10);
  });

  test("deconvolveCells() refuses a device that is not current", () => {
    use("cpu");
    expect(refusal(() => batch(simulate(1, 10), { ...USUAL, device: "gpu" }))).toBe(
      "device gpu is not the current one",
    );
  });
});
