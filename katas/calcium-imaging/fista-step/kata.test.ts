import { describe, expect, test } from "bun:test";
import { params } from "kata";
import { buildKernel, computeLipschitz, convolution } from "kata/deconvolution";
import { fistaStep, type Problem, type State } from "./template.ts";

const GOLDEN = (1 + Math.sqrt(5)) / 2;

function problemOf(
  kernel: readonly number[] | Float64Array,
  trace: readonly number[] | Float64Array,
  lambda: number,
  lipschitz: number = computeLipschitz(kernel),
): Problem {
  const operators = convolution(Float64Array.from(kernel));
  return { trace: Float64Array.from(trace), operators, lipschitz, lambda };
}

function cold(n: number): State {
  return { x: new Float64Array(n), y: new Float64Array(n), t: 1, objective: Infinity };
}

function expectValues(values: ArrayLike<number>, expected: readonly number[], rtol = 1e-10): void {
  expect(values).toHaveLength(expected.length);
  expected.forEach((value, i) => {
    const got = values[i] ?? Number.NaN;
    const close = Math.abs(got - value) <= 1e-12 + rtol * Math.abs(value);
    expect({ i, got, value, close }).toEqual({ i, got, value, close: true });
  });
}

/** A trace of unit spikes. */
function spikesAt(places: readonly number[], kernel: Float64Array, n: number): Float64Array {
  const trace = new Float64Array(n);
  for (const at of places) {
    kernel.forEach((value, i) => {
      if (at + i < n) trace[at + i]! += value;
    });
  }
  return trace;
}

describe("the first step", () => {
  test("with a kernel of one sample takes lambda off the trace, down to zero", () => {
    const { x } = fistaStep(problemOf([1], [3, 0.25, -2, 0.5], 0.5), cold(4));
    expectValues(x, [2.5, 0, 0, 0]);
  });

  test("divides the gradient and lambda by the Lipschitz constant", () => {
    const { x } = fistaStep(problemOf([2], [3, 1, 0.1], 0.4), cold(3));
    expectValues(x, [1.4, 0.4, 0]);
    expectValues(fistaStep(problemOf([2], [3, 1, 0.1], 0.4, 8), cold(3)).x, [0.7, 0.2, 0]);
  });

  test("takes the gradient through the adjoint, which looks back in time", () => {
    const { x } = fistaStep(problemOf([0, 1], [5, 0, 7, 1], 0, 1), cold(4));
    expectValues(x, [0, 7, 1, 0]);
  });

  test("takes the objective at the new x", () => {
    const { objective } = fistaStep(problemOf([1], [3, 0.25, -2, 0.5], 0.5), cold(4));
    // Errors 0.5, 0.25, 2 and 0.5, and 2.5 units of spikes.
    expectValues([objective], [0.5 * (0.25 + 0.0625 + 4 + 0.25) + 0.5 * 2.5]);
  });

  test("has no momentum yet: y is x, and t goes to the golden ratio", () => {
    const { x, y, t } = fistaStep(problemOf([1, 0.5], [3, 1, 2], 0.1), cold(3));
    expectValues(y, [...x]);
    expectValues([t], [GOLDEN]);
  });
});

describe("a later step", () => {
  const before: State = {
    x: Float64Array.of(1, 2, 0, 0.5),
    y: Float64Array.of(1.5, 2.5, 0, 0),
    t: 3,
    objective: 1e6,
  };

  test("starts from y and not from x", () => {
    const { x } = fistaStep(problemOf([1], [4, 1, 0, 2], 0.25, 2), before);
    expectValues(x, [1.5 + 2.5 / 2 - 0.125, 2.5 - 1.5 / 2 - 0.125, 0, 0 + 2 / 2 - 0.125]);
  });

  test("goes ahead along the last move, but not below zero", () => {
    const { x, y, t } = fistaStep(problemOf([1], [4, 1, 0, -2], 0.25, 2), before);
    const next = (1 + Math.sqrt(37)) / 2;
    expectValues([t], [next]);
    const ahead = (i: number): number => x[i]! + (2 / next) * (x[i]! - before.x[i]!);
    expectValues(x, [2.625, 1.625, 0, 0]);
    expectValues(y, [ahead(0), ahead(1), 0, 0]);
    expect(ahead(3)).toBeLessThan(0);
  });

  test("throws the momentum away when the objective rises", () => {
    const risen = fistaStep(problemOf([1], [4, 1, 0, 2], 0.25, 2), { ...before, objective: 0.01 });
    expectValues([risen.t], [GOLDEN]);
    expectValues(risen.y, [...risen.x]);
    const kept = fistaStep(problemOf([1], [4, 1, 0, 2], 0.25, 2), before);
    expectValues(risen.x, [...kept.x]);
    expectValues([risen.objective], [kept.objective]);
  });

  test("keeps the momentum when the objective stays as it is", () => {
    const problem = problemOf([1], [4, 1, 0, 2], 0.25, 2);
    const { objective } = fistaStep(problem, before);
    expect(fistaStep(problem, { ...before, objective }).t).toBeGreaterThan(3);
  });

  test("leaves the state before as it is", () => {
    const given = { ...before, x: before.x.slice(), y: before.y.slice() };
    const after = fistaStep(problemOf([1, 0.5], [4, 1, 0, 2], 0.25), given);
    expectValues(given.x, [...before.x]);
    expectValues(given.y, [...before.y]);
    expect(after.x).not.toBe(after.y);
  });
});

describe("many steps", () => {
  /** Objectives of the first ten steps, from a solver in float64 of another hand. */
  const KNOWN = [
    {
      lambda: 0.01,
      times: [0.02, 0.4, 30],
      spikes: [10, 50, 100, 150],
      objectives: [
        5.518651198950398, 4.041155515758406, 3.0591283811683936, 2.4504559639026886,
        2.050229003822931, 1.7547761666260326, 1.523973269227343, 1.3392601813289102,
        1.1903592532395464, 1.070571556210252,
      ],
    },
    {
      lambda: 1,
      times: [0.02, 0.4, 30],
      spikes: [50, 100],
      objectives: [
        4.491497646764603, 3.7661097102833545, 3.3329116693782397, 3.056261076290834,
        2.8629496213245487, 2.7185133983592666, 2.608668543446924, 2.520972302324731,
        2.452234888167667, 2.3933039320591716,
      ],
    },
    {
      lambda: 0.01,
      times: [0.005, 0.1, 100],
      spikes: [50, 120],
      objectives: [
        2.419770744184699, 1.7187735575507896, 1.3225719251800054, 1.068042145955644,
        0.8907310426177102, 0.7603275896469741, 0.6612092756897717, 0.582724458799362,
        0.519111900434604, 0.4660581338357037,
      ],
    },
  ] as const;

  for (const { lambda, times, spikes, objectives } of KNOWN) {
    test(`tauRise ${times[0]}, lambda ${lambda}: the objectives are the known ones`, () => {
      const kernel = buildKernel(times[0], times[1], times[2]);
      const problem = problemOf(kernel, spikesAt(spikes, kernel, 200), lambda);
      let state = cold(200);
      const found = objectives.map(() => (state = fistaStep(problem, state)).objective);
      expectValues(found, objectives, 1e-9);
    });
  }

  test("the variation's spikes are found where they were", () => {
    const { tauRise = 0.02, tauDecay = 0.4, fs = 30, lambda = 0.01 } = params;
    const kernel = buildKernel(Number(tauRise), Number(tauDecay), Number(fs));
    const problem = problemOf(kernel, spikesAt([20, 60, 110], kernel, 160), Number(lambda));
    let state = cold(160);
    for (let step = 0; step < 300; step++) state = fistaStep(problem, state);
    const found = [...state.x.keys()].filter((i) => state.x[i]! > 0.3);
    expect(found).toEqual([20, 60, 110]);
    expect(state.x.filter((value) => value === 0).length).toBeGreaterThan(100);
  });

  test("a cost above every gain leaves no spikes at all", () => {
    const kernel = buildKernel(0.02, 0.4, 30);
    const trace = spikesAt([30], kernel, 100);
    const gain = new Float64Array(100);
    convolution(kernel).adjoint(trace, gain);
    const { x, y } = fistaStep(problemOf(kernel, trace, Math.max(...gain) * 1.0001), cold(100));
    expectValues(x, Array.from<number>({ length: 100 }).fill(0));
    expectValues(y, [...x]);
  });
});
