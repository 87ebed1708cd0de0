import { describe, expect, test } from "bun:test";
import { runDeconvolution } from "../../src/deconvolution/index.ts";
import { expectClose, refusal, simulate } from "./helpers.ts";
import reference from "../fixtures/deconvolution/fista_ref.json";

const USUAL = { tauRise: 0.02, tauDecay: 0.4, fs: 30 } as const;
const run = reference.runs.find(({ name }) => name === "four_spikes_l0.01");

describe("runDeconvolution()", () => {
  test("takes one trace to one, and cells to cells, with the reference's defaults", () => {
    const trace = run?.trace ?? [];
    const one = runDeconvolution(trace, USUAL);
    expect(one).toBeInstanceOf(Float64Array);
    expectClose(one, run?.solution ?? [], 1e-10, 1e-12);
    const two = runDeconvolution([trace, trace.map((value) => 2 * value)], USUAL);
    expect(two).toHaveLength(2);
    expectClose(two[0] ?? [], one, 0);
  });

  test("gives the same by recursion, to 1e-5", () => {
    const trace = run?.trace ?? [];
    const fast = runDeconvolution(trace, { ...USUAL, method: "recursion" });
    expectClose(fast, runDeconvolution(trace, USUAL), 1e-5, 1e-5);
  });

  test("takes λ, tolerance and maxIterations, and says how far it is", () => {
    const traces = simulate(3, 120);
    const seen: number[][] = [];
    runDeconvolution(traces, { ...USUAL, onProgress: (...at) => seen.push(at) });
    expect(seen).toEqual([
      [1, 3],
      [2, 3],
      [3, 3],
    ]);
    const none = runDeconvolution(traces, { ...USUAL, lambda: 1e6 });
    expect(none.every((row) => row.every((value) => value === 0))).toBe(true);
    const [short] = runDeconvolution(traces, { ...USUAL, maxIterations: 1 });
    const [rough] = runDeconvolution(traces, { ...USUAL, tolerance: 1e9, maxIterations: 6 });
    expect(short).not.toEqual(rough ?? new Float64Array());
  });

  test("refuses wrong traces, by name and cell", () => {
    const wrong = (traces: unknown, change = {}): string =>
      refusal(() => runDeconvolution(traces as number[], { ...USUAL, ...change }));
    expect(wrong([])).toContain("traces is empty");
    expect(wrong([[]])).toContain("traces, cell 0, is empty");
    expect(wrong([[1, 2], [3]])).toContain("cell 1 has 1 samples, cell 0 has 2");
    expect(wrong([[1, 2], 3])).toContain("one or two dimensions");
    expect(wrong([[[1]]])).toContain("one or two dimensions");
    expect(wrong([[1, Number.NaN]])).toContain("cell 0, must hold finite numbers, got NaN");
    expect(wrong([1, "2"])).toContain('got "2" at sample 1');
    expect(wrong(null)).toContain("traces must be a trace");
    expect(wrong(5)).toContain("traces must be a trace");
    expect(wrong([1], { tauRise: 1 })).toContain("tauRise must be smaller");
    expect(wrong([1], { lambda: -1 })).toContain("lambda");
    expect(wrong([1], { tolerance: Number.NaN })).toContain("tolerance");
    expect(wrong([1], { maxIterations: 0 })).toContain("maxIterations");
    expect(wrong([1], { method: "fft" })).toContain("method must be convolution or recursion");
    expect(wrong([1], { method: "convolution", device: "cpu" })).toContain(
      "method must be recursion",
    );
  });
});
