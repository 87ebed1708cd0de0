import { describe, expect, test } from "bun:test";
import { params } from "kata";
import { buildKernel } from "kata/deconvolution";
import { tauToAr2 } from "./template.ts";

const tauRise = Number(params.tauRise ?? 0.02);
const tauDecay = Number(params.tauDecay ?? 0.4);
const fs = Number(params.fs ?? 30);

/** From a solver in float64 of another hand. */
const KNOWN = [
  {
    times: [0.02, 0.4, 30],
    ar2: {
      g1: 1.1089200174668852,
      g2: -0.17377394345044514,
      d: 0.9200444146293233,
      r: 0.18887560283756186,
    },
  },
  {
    times: [0.005, 0.1, 100],
    ar2: {
      g1: 1.0401727012725723,
      g2: -0.12245642825298193,
      d: 0.9048374180359596,
      r: 0.1353352832366127,
    },
  },
  {
    times: [0.05, 1, 20],
    ar2: {
      g1: 1.3191088656721563,
      g2: -0.3499377491111554,
      d: 0.951229424500714,
      r: 0.36787944117144233,
    },
  },
] as const;

function expectClose(value: number, expected: number, rtol: number = 1e-10): void {
  const close = Math.abs(value - expected) <= rtol * Math.abs(expected);
  expect({ value, expected, close }).toEqual({ value, expected, close: true });
}

describe("reference values", () => {
  for (const { times, ar2 } of KNOWN) {
    test(`tauRise ${times[0]}, tauDecay ${times[1]}, fs ${times[2]}`, () => {
      const found = tauToAr2(times[0], times[1], times[2]);
      for (const name of ["g1", "g2", "d", "r"] as const) expectClose(found[name], ar2[name]);
    });
  }
});

describe("the roots", () => {
  test("lie between zero and one, the slower one closer to one", () => {
    const { d, r } = tauToAr2(tauRise, tauDecay, fs);
    expect(r).toBeGreaterThan(0);
    expect(d).toBeGreaterThan(r);
    expect(d).toBeLessThan(1);
  });

  test("shrink to 1/e in as many samples as their time constants last", () => {
    const { d, r } = tauToAr2(tauRise, tauDecay, fs);
    expectClose(d ** (tauDecay * fs), Math.exp(-1));
    expectClose(r ** (tauRise * fs), Math.exp(-1));
  });

  test("solve the recursion's equation", () => {
    const { g1, g2, d, r } = tauToAr2(tauRise, tauDecay, fs);
    for (const root of [d, r]) expectClose(g1 * root + g2, root * root);
  });

  test("come closer to one at a higher rate", () => {
    const [low, high] = [tauToAr2(tauRise, tauDecay, fs), tauToAr2(tauRise, tauDecay, 2 * fs)];
    expectClose(high.d * high.d, low.d);
    expectClose(high.r * high.r, low.r);
  });
});

describe("the recursion", () => {
  test("makes each sample of the calcium kernel from the two before it", () => {
    const { g1, g2 } = tauToAr2(tauRise, tauDecay, fs);
    const kernel = buildKernel(tauRise, tauDecay, fs);
    for (let t = 2; t < 60; t++) {
      expectClose(g1 * (kernel[t - 1] ?? 0) + g2 * (kernel[t - 2] ?? 0), kernel[t] ?? 0, 1e-9);
    }
  });

  test("forgets: without spikes any state decays to nothing", () => {
    const { g1, g2 } = tauToAr2(tauRise, tauDecay, fs);
    let [now, before] = [1, -2];
    for (let t = 0; t < 40 * tauDecay * fs; t++) [now, before] = [g1 * now + g2 * before, now];
    expect(Math.abs(now)).toBeLessThan(1e-12);
  });

  test("gains 1 / ((1 - d)(1 - r)) from a constant input", () => {
    const { g1, g2, d, r } = tauToAr2(tauRise, tauDecay, fs);
    expectClose(1 / (1 - g1 - g2), 1 / ((1 - d) * (1 - r)), 1e-9);
  });
});

describe("extremes", () => {
  test("a rise within one sample leaves a recursion of almost first order", () => {
    const { g1, g2, d, r } = tauToAr2(0.001, 2, 100);
    expectClose(d, Math.exp(-0.005));
    expectClose(r, Math.exp(-10));
    expectClose(g1, Math.exp(-0.005) + Math.exp(-10));
    expectClose(g2, -Math.exp(-10.005));
  });
});
