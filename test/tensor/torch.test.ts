/** The library of operators against torch's recorded answers and gradients (test/fixtures/torch_answers.py). */
import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as kata from "../../src/tensor/index.ts";
import { type DType, grad, tensor, Tensor } from "../../src/tensor/index.ts";
import { onEveryDevice } from "./devices.ts";
import { expectClose } from "./reference.ts";

// A software adapter on a busy machine is slow.
setDefaultTimeout(60_000);

interface Packed {
  shape: number[];
  dtype: string;
  values: (number | string | boolean)[];
}
interface Case {
  inputs: Packed[];
  outputs: Packed[];
  gradients?: [number, Packed][];
}
type Result = Tensor | readonly Tensor[];
type Operator = (...inputs: Tensor[]) => Result;

const CASES: Record<string, Case> = Object.fromEntries(
  readFileSync(join(import.meta.dir, "../fixtures/torch.ndjson"), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Case & { name: string })
    .map(({ name, ...one }) => [name, one]),
);
const { optim } = kata;

function unpack({ shape, dtype, values }: Packed): Tensor {
  const numbers = values.map((value) =>
    typeof value === "string" ? Number(value.replace("inf", "Infinity")) : Number(value),
  );
  return tensor(numbers, { shape, dtype: dtype as DType });
}

const both = ({ values, indices }: kata.Picked): Tensor[] => [values, indices];

function trained(make: (parameters: Tensor[]) => kata.optim.Optimizer): Operator {
  return () => {
    const [start, end] = CASES["SGD"]?.outputs ?? [];
    if (start === undefined || end === undefined) throw new Error("no recorded start");
    const w = unpack(start).requiresGrad_();
    const optimizer = make([w]);
    for (let step = 0; step < 4; step++) {
      optimizer.zeroGrad();
      w.sub(0.5)
        .square()
        .mul(step + 1)
        .sum()
        .backward();
      optimizer.step();
    }
    return [unpack(start), w.detach()];
  };
}

const weights = (): Tensor => tensor([1, 2, 3, 4, 5]);
const losses = ["mean", "sum", "none"] as const;
const norms = ["backward", "ortho", "forward"] as const;

/** How a case is written here; one that is missing is the export of its name, of all inputs. */
const OPERATORS: Record<string, Operator> = {
  nan_to_num: (x) => kata.nanToNum(x as Tensor),
  "floorDivide int": (a, b) => a!.floorDivide(b!),
  "remainder int": (a, b) => a!.remainder(b!),
  "fmod int": (a, b) => a!.fmod(b!),
  "lerp number": (a, b) => a!.lerp(b!, 0.25),
  roll: (x) => x!.roll([1, -2], [0, 2]),
  "roll flat": (x) => x!.roll(5),
  repeatInterleave: (x) => x!.repeatInterleave(2, 1),
  "repeatInterleave flat": (x) => x!.repeatInterleave(3),
  "repeatInterleave each": (x, n) => x!.repeatInterleave(n!, 1),
  tile: (x) => x!.tile(2, 1, 3),
  "tile short": (x) => x!.tile([2]),
  split: (x) => x!.split(3, 2),
  "split sizes": (x) => x!.split([1, 0, 3], 2),
  chunk: (x) => x!.chunk(3, 2),
  unbind: (x) => x!.unbind(1),
  movedim: (x) => x!.movedim([0, 2], [2, 1]),
  diagonal: (x) => x!.diagonal(1, -1, 0),
  "diagonal below": (x) => x!.diagonal(-1, 1, 2),
  diagEmbed: (x) => x!.diagEmbed(-1),
  "diag vector": (x) => x!.diag(1),
  "diag matrix": (x) => x!.diag(-1),
  meshgrid: (a, b) => kata.meshgrid([a!, b!]),
  "meshgrid xy": (a, b) => kata.meshgrid([a!, b!], { indexing: "xy" }),
  slidingWindows: (x) => kata.slidingWindows(x!, 1, 2),
  "slidingWindows stepped": (x) => kata.slidingWindows(x!, -1, 3, 2),
  takeAlongDim: (x, i) => x!.takeAlongDim(i!, 1),
  "index number": (x, i) => x!.index(1, i!),
  "index mask": (x, m) => x!.index(m!),
  indexPut: (x, i, v) => x!.indexPut([i!], v!),
  "indexPut mask": (x, m, v) => x!.indexPut([m!], v!),
  scatter: (x, i, s) => x!.scatter(1, i!, s!),
  "scatter number": (x, i) => x!.scatter(0, i!, 9.5),
  indexAdd: (x, i, s) => x!.indexAdd(1, i!, s!, { alpha: 2 }),
  indexCopy: (x, i, s) => x!.indexCopy(1, i!, s!),
  indexFill: (x, i) => x!.indexFill(0, i!, -1),
  unique: (x) => {
    const { values, inverse, counts } = x!.unique();
    return [values, inverse, counts];
  },
  bincount: (x) => x!.bincount({ minlength: 6 }),
  "bincount weights": (x, w) => x!.bincount({ weights: w! }),
  "searchsorted right": (a, b) => kata.searchsorted(a!, b!, { right: true }),
  histc: (x) => kata.histc(x!, 4),
  "histc bounds": (x) => kata.histc(x!, 3, { min: 0, max: 3 }),
  "max dim": (x) => both(x!.max(1)),
  "min dim": (x) => both(x!.min(-1, { keepdim: true })),
  median: (x) => kata.median(x!),
  "median dim": (x) => both(kata.median(x!, 1)),
  "median nan": (x) => kata.median(x!, 1).values,
  quantile: (x) => x!.quantile(0.3, 1),
  "quantile list": (x) => x!.quantile([0, 0.5, 0.99], 0, { keepdim: true }),
  "quantile all": (x) => x!.quantile(0.75),
  countNonzero: (x) => x!.countNonzero(1),
  nansum: (x) => x!.nansum(1),
  nanmean: (x) => x!.nanmean(1),
  cummax: (x) => both(x!.cummax(1)),
  cummin: (x) => both(x!.cummin(0)),
  logcumsumexp: (x) => x!.logcumsumexp(1),
  cumsum: (x) => x!.cumsum(1),
  cumprod: (x) => x!.cumprod(-1),
  diff: (x) => x!.diff(2, 2),
  ...Object.fromEntries(
    [0, 1, 2, 3, Infinity, -Infinity].map((p): [string, Operator] => [
      `norm ${String(p).replace("Infinity", "inf")}`,
      (x) => x!.norm({ p, dim: 1 }),
    ]),
  ),
  "norm zero": (x) => x!.norm({ dim: 1 }),
  "std all": (x) => x!.std(),
  "var correction": (x) => x!.var([0, 2], { correction: 0, keepdim: true }),
  logspace: () => kata.logspace(-1, 2, 7),
  linspace: () => kata.linspace(-1, 2, 6),
  addmm: (x, a, b) => x!.addmm(a!, b!, { beta: 0.5, alpha: 2 }),
  baddbmm: (x, a, b) => x!.baddbmm(a!, b!, { beta: 0, alpha: 2 }),
  matrixPower: (x) => x!.matrixPower(5),
  "matrixPower inverse": (x) => x!.matrixPower(-2),
  softmin: (x) => kata.softmin(x!, 1),
  selu: (x) => kata.selu(x!),
  celu: (x) => kata.celu(x!),
  softshrink: (x) => kata.softshrink(x!),
  hardshrink: (x) => kata.hardshrink(x!),
  ...Object.fromEntries(
    losses.map((reduction): [string, Operator] => [
      `binaryCrossEntropy ${reduction}`,
      (x, t) => kata.binaryCrossEntropy(x!, t!, { reduction }),
    ]),
  ),
  "binaryCrossEntropy ends": (x, t) => kata.binaryCrossEntropy(x!, t!, { reduction: "none" }),
  smoothL1Loss: (x, t) => kata.smoothL1Loss(x!, t!, { beta: 0.5 }),
  marginRankingLoss: (x, y, t) => kata.marginRankingLoss(x!, y!, t!, { margin: 0.3 }),
  cosineEmbeddingLoss: (x, y, t) => kata.cosineEmbeddingLoss(x!, y!, t!, { margin: 0.1 }),
  crossEntropy: (x) =>
    kata.crossEntropy(x!, tensor([1, -100, 4, 0], { dtype: "int32" }), {
      weight: weights(),
      labelSmoothing: 0.1,
    }),
  "crossEntropy probabilities": (x) =>
    kata.crossEntropy(x!, kata.full([4, 5], 0.2), { labelSmoothing: 0.2 }),
  "conv2d same": (x, w) => kata.conv2d(x!, w!, { padding: "same", dilation: [1, 2] }),
  "conv1d same": (x, w) => kata.conv1d(x!, w!, { padding: "same" }),
  fold: (x) => kata.fold(x!, [5, 6], [3, 2], { dilation: [1, 2], padding: [1, 0], stride: [2, 1] }),
  avgPool2d: (x) => kata.avgPool2d(x!, 3, { stride: 2, padding: 1, countIncludePad: false }),
  adaptiveAvgPool2d: (x) => kata.adaptiveAvgPool2d(x!, [3, 4]),
  adaptiveMaxPool2d: (x) => kata.adaptiveMaxPool2d(x!, [2, 6]),
  adaptiveAvgPool1d: (x) => kata.adaptiveAvgPool1d(x!, 3),
  "interpolate nearest": (x) => kata.interpolate(x!, { size: [7, 4] }),
  "interpolate linear": (x) => kata.interpolate(x!, { size: [7, 4], mode: "linear" }),
  "interpolate corners": (x) =>
    kata.interpolate(x!, { size: [7, 4], mode: "linear", alignCorners: true }),
  "interpolate scale": (x) => kata.interpolate(x!, { scale: 1.7, mode: "linear" }),
  pixelShuffle: (x) => kata.pixelShuffle(x!, 2),
  ...Object.fromEntries(
    [4, 7].flatMap((n) =>
      norms.flatMap((norm): [string, Operator][] => [
        [`rfft ${n} ${norm}`, (x) => kata.rfft(x!, { norm })],
        [`irfft ${n} ${norm}`, (x) => kata.irfft(x!, { n, norm })],
      ]),
    ),
  ),
  ifft: (x) => kata.ifft(x!, { norm: "ortho" }),
  "fft padded": (x) => kata.fft(x!, { n: 7 }),
  "rfft cut": (x) => kata.rfft(x!, { n: 4 }),
  fftfreq: () => kata.fftfreq(5, 0.5),
  "fftfreq even": () => kata.fftfreq(6),
  rfftfreq: () => kata.rfftfreq(7, 2),
  fftshift: (x) => kata.fftshift(x!, [0, 1]),
  ifftshift: (x) => kata.ifftshift(x!, 1),
  RMSprop: trained((p) => new optim.RMSprop(p, { lr: 0.05, momentum: 0.9, weightDecay: 0.01 })),
  Adagrad: trained((p) => new optim.Adagrad(p, { lr: 0.1, weightDecay: 0.01 })),
  SGD: trained(
    (p) => new optim.SGD(p, { lr: 0.05, momentum: 0.9, nesterov: true, weightDecay: 0.01 }),
  ),
  Adam: trained((p) => new optim.Adam(p, { lr: 0.05, weightDecay: 0.01 })),
  AdamW: trained((p) => new optim.AdamW(p, { lr: 0.05, weightDecay: 0.1 })),
};

function operatorOf(name: string): Operator {
  const known = OPERATORS[name] ?? (kata as Record<string, unknown>)[name.split(" ")[0] ?? ""];
  if (typeof known === "function") return known as Operator;
  throw new Error(`no operator for the case ${name}`);
}

function expectSame(actual: Tensor, expected: Packed): void {
  expect(actual.dtype).toBe(expected.dtype as DType);
  const { values } = { values: [...unpack({ ...expected, dtype: "float32" }).toTypedArray()] };
  expectClose(actual, { shape: expected.shape, values }, 3e-6);
}

/** What software runs, without gradients: new expressions, and one of each way to move data. */
const ON_SOFTWARE = new Set(
  [
    "log1p expm1 log2 log10 exp2 atan asin acos sinh cosh asinh acosh atanh trunc".split(" "),
    ["nan_to_num", "atan2", "atan2 far", "floorDivide int", "remainder", "xlogy", "logaddexp"],
    ["roll", "tile", "diagonal", "diagEmbed", "index", "indexPut", "scatter", "cummax", "quantile"],
    ["fft 15", "fft 37", "irfft 7 ortho", "conv2d same", "fold", "interpolate linear", "Adagrad"],
  ].flat(),
);

onEveryDevice((device) => {
  test("torch.ndjson holds no case without an operator", () => {
    expect(Object.keys(CASES).length).toBeGreaterThan(150);
    for (const name of [...Object.keys(OPERATORS), ...ON_SOFTWARE]) {
      expect(CASES).toHaveProperty([name]);
    }
  });

  describe("agrees with torch:", () => {
    for (const [name, { inputs, outputs, gradients: recordedGradients = [] }] of Object.entries(
      CASES,
    )) {
      if (device === "software" && !ON_SOFTWARE.has(name)) continue;
      const gradients = device === "software" ? [] : recordedGradients;
      test(name, () => {
        const tensors = inputs.map(unpack);
        for (const [index] of gradients) tensors[index]?.requiresGrad_();
        const result = operatorOf(name)(...tensors);
        const list = result instanceof Tensor ? [result] : result;
        expect(list.length).toBe(outputs.length);
        list.forEach((one, i) => expectSame(one, outputs[i] as Packed));
        const [first] = list;
        if (gradients.length === 0 || first === undefined) return;
        const weighing = tensor(
          Float32Array.from({ length: first.numel }, (_, i) => Math.cos(i)),
          { shape: first.shape },
        );
        const wanted = gradients.map(([index]) => tensors[index] as Tensor);
        const found = grad(first, wanted, { gradOutputs: weighing, allowUnused: true });
        found.forEach((one, i) => expectSame(one, gradients[i]?.[1] as Packed));
      });
    }
  });
});
