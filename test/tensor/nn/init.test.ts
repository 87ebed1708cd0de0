import { beforeAll, expect, test } from "bun:test";
import { manualSeed, nn, type Tensor, zeros } from "../../../src/tensor/index.ts";
import { use } from "../devices.ts";

const { init } = nn;
beforeAll(() => use("cpu"));

function spread(x: Tensor): { low: number; high: number; mean: number; std: number } {
  const [low, high, mean, std] = [x.min(), x.max(), x.mean(), x.std()].map(
    (one) => one.item() as number,
  ) as [number, number, number, number];
  return { low, high, mean, std };
}

test("uniform_() and normal_() write numbers of their distribution to a leaf, and return it", () => {
  manualSeed(1);
  const w = nn.parameter(zeros([200, 200]));
  expect(init.uniform_(w, -2, 4)).toBe(w);
  const even = spread(w.detach());
  expect(even.low).toBeGreaterThanOrEqual(-2);
  expect(even.high).toBeLessThan(4);
  expect(even.mean).toBeCloseTo(1, 1);
  expect(even.std).toBeCloseTo(6 / Math.sqrt(12), 1);
  init.normal_(w, 3, 0.5);
  const normal = spread(w.detach());
  expect(normal.mean).toBeCloseTo(3, 1);
  expect(normal.std).toBeCloseTo(0.5, 1);
  expect(w.requiresGrad && w.isLeaf).toBe(true);
});

test("truncNormal_() keeps to its bounds, and constant_() and eye_() to their pattern", () => {
  const cut = spread(init.truncNormal_(zeros([100, 50]), 0, 1, -0.5, 1));
  expect(cut.low).toBeGreaterThanOrEqual(-0.5);
  expect(cut.high).toBeLessThanOrEqual(1);
  expect(cut.std).toBeGreaterThan(0.3);
  expect(init.constant_(zeros([2]), 7).toArray()).toEqual([7, 7]);
  expect(init.eye_(zeros([2, 3])).toArray()).toEqual([
    [1, 0, 0],
    [0, 1, 0],
  ]);
});

test("xavier and kaiming weights have the deviations of their formulas, with kernels in both fans", () => {
  manualSeed(2);
  const shape = [60, 40, 3, 3];
  const [fanIn, fanOut] = [40 * 9, 60 * 9];
  const glorot = Math.sqrt(2 / (fanIn + fanOut));
  expect(spread(init.xavierUniform_(zeros(shape))).std / glorot).toBeCloseTo(1, 1);
  expect(spread(init.xavierNormal_(zeros(shape), { gain: 2 })).std / glorot).toBeCloseTo(2, 1);
  const he = Math.sqrt(2 / fanIn);
  expect(spread(init.kaimingUniform_(zeros(shape))).std / he).toBeCloseTo(1, 1);
  expect(spread(init.kaimingUniform_(zeros(shape))).high).toBeLessThanOrEqual(he * Math.sqrt(3));
  const out = init.kaimingNormal_(zeros(shape), { mode: "fanOut", nonlinearity: "tanh" });
  expect(spread(out).std / ((5 / 3) * Math.sqrt(1 / fanOut))).toBeCloseTo(1, 1);
  expect(init.calculateGain("leakyRelu", 0.2)).toBeCloseTo(Math.sqrt(2 / 1.04));
});

test("orthogonal_() gives rows, or columns, at right angles", () => {
  for (const shape of [
    [3, 5],
    [5, 3],
    [4, 2, 2],
  ]) {
    const w = init.orthogonal_(zeros(shape), { gain: 2 }).flatten(1);
    const [rows = 0, columns = 0] = w.shape;
    const square = rows < columns ? w.matmul(w.T) : w.T.matmul(w);
    const off = square.div(4).toArray() as number[][];
    off.forEach((row, i) => row.forEach((value, j) => expect(value).toBeCloseTo(+(i === j), 5)));
  }
});

test("messages name the function and what it was given", () => {
  expect(() => init.xavierNormal_(zeros([3]))).toThrow(
    "xavierNormal_: needs a weight of at least 2 dims, got shape [3]",
  );
  expect(() => init.kaimingNormal_(zeros([3, 3]), { mode: "in" as never })).toThrow(
    'kaimingNormal_: mode must be "fanIn" or "fanOut", got "in"',
  );
  expect(() => init.calculateGain("cubed" as never)).toThrow(
    'calculateGain: nonlinearity must be one of linear, sigmoid, tanh, relu, leakyRelu, selu, got "cubed"',
  );
  expect(() => init.eye_(zeros([3]))).toThrow("eye_: needs 2 dims, got shape [3]");
  expect(() => init.orthogonal_(zeros([3]))).toThrow("orthogonal_: needs a weight of at least 2");
});
