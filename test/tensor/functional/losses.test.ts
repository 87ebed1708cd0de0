import { beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import {
  batchNorm,
  binaryCrossEntropyWithLogits,
  crossEntropy,
  elu,
  glu,
  groupNorm,
  hardtanh,
  huberLoss,
  klDiv,
  l1Loss,
  layerNorm,
  leakyRelu,
  logSigmoid,
  mish,
  mseLoss,
  nllLoss,
  ones,
  rmsNorm,
  silu,
  softplus,
  tensor,
  zeros,
} from "../../../src/tensor/index.ts";
import { onEveryDevice, use } from "../devices.ts";
import {
  expectClose,
  type Grid,
  grid,
  integers,
  map,
  put,
  random,
  reduce,
  zip,
} from "../reference.ts";

setDefaultTimeout(30_000);

const sum = (values: number[]): number => values.reduce((a, b) => a + b, 0);
const mean = (values: number[]): number => sum(values) / values.length;
const scalar = (value: number): Grid => grid([], [value]);
const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

onEveryDevice(() => {
  test("activations agree with float64, and are finite where x is large", () => {
    const x = grid([2, 3, 5], [...random([27], 6).values, 0, 150, -150]);
    const plus = (v: number): number => Math.max(v, 0) + Math.log1p(Math.exp(-Math.abs(v)));
    expectClose(
      silu(put(x)),
      map(x, (v) => v * sigmoid(v)),
    );
    expectClose(
      leakyRelu(put(x), 0.2),
      map(x, (v) => (v > 0 ? v : 0.2 * v)),
    );
    expectClose(
      elu(put(x), 1.5),
      map(x, (v) => (v > 0 ? v : 1.5 * Math.expm1(v))),
    );
    expectClose(softplus(put(x)), map(x, plus));
    expectClose(
      softplus(put(x), { beta: 2 }),
      map(x, (v) => plus(2 * v) / 2),
    );
    expectClose(
      logSigmoid(put(x)),
      map(x, (v) => -plus(-v)),
    );
    expectClose(
      mish(put(x)),
      map(x, (v) => v * Math.tanh(plus(v))),
      1e-5,
    );
    expectClose(
      hardtanh(put(x), -2, 1),
      map(x, (v) => Math.min(Math.max(v, -2), 1)),
    );
    expect(silu(tensor(NaN)).item()).toBeNaN();
    const halves = glu(tensor([[1, 2, 0, Infinity]]));
    expect(halves.toArray()).toEqual([[0.5, 2]]);
    expect(() => glu(ones([2, 3]))).toThrow("glu: dim -1 of shape [2, 3] must have an even size");
  });

  test("elementwise losses agree with float64 in every reduction", () => {
    const [x, y] = [random([3, 7], 2, 1), random([3, 7], 2, 2)];
    const difference = zip(x, y, (a, b) => a - b);
    const huber = (d: number): number =>
      Math.abs(d) <= 0.7 ? d ** 2 / 2 : 0.7 * (Math.abs(d) - 0.35);
    const cases = [
      [mseLoss(put(x), put(y)), mean(map(difference, (d) => d ** 2).values)],
      [mseLoss(put(x), put(y), { reduction: "sum" }), sum(map(difference, (d) => d ** 2).values)],
      [l1Loss(put(x), put(y)), mean(map(difference, Math.abs).values)],
      [huberLoss(put(x), put(y), { delta: 0.7 }), mean(map(difference, huber).values)],
    ] as const;
    for (const [actual, expected] of cases) expectClose(actual, scalar(expected));
    expectClose(l1Loss(put(x), put(y), { reduction: "none" }), map(difference, Math.abs));
    const t = map(y, (v) => (v > 0 ? 1 : 0.25));
    const bce = (p: number) => (v: number, c: number) =>
      -(p * c * Math.log(sigmoid(v)) + (1 - c) * Math.log(sigmoid(-v)));
    expectClose(
      binaryCrossEntropyWithLogits(put(x), put(t)),
      scalar(mean(zip(x, t, bce(1)).values)),
    );
    expectClose(
      binaryCrossEntropyWithLogits(put(x), put(t), { posWeight: tensor(3), reduction: "none" }),
      zip(x, t, bce(3)),
    );
    expect(binaryCrossEntropyWithLogits(tensor([200, -200]), tensor([0, 1])).item()).toBe(200);
    const p = tensor([0.5, 0.5, 0]);
    const logs = tensor([0.25, 0.5, 0.25]).log();
    const divergence = 0.5 * Math.log(2);
    expectClose(klDiv(logs, p, { reduction: "sum" }), scalar(divergence));
    expectClose(klDiv(logs, p.log(), { logTarget: true, reduction: "sum" }).isnan(), scalar(1));
    expectClose(klDiv(logs, p, { reduction: "batchmean" }), scalar(divergence / 3));
  });

  test("crossEntropy() agrees with float64 with weights, smoothing and ignored targets", () => {
    for (const [shape, targetShape] of [
      [[6, 5], [6]],
      [
        [2, 5, 3],
        [2, 3],
      ],
    ] as const) {
      const x = random([...shape], 4, 3);
      const target = integers([...targetShape], 0, 5, 7);
      target.values[1] = -1;
      const weight = [0.5, 1, 2, 0.25, 3];
      const inner = shape.length === 3 ? 3 : 1;
      const rows = target.values.map((_, i) => {
        const [n, j] = [Math.floor(i / inner), i % inner];
        const row = Array.from(
          { length: 5 },
          (_, c) => x.values[(n * 5 + c) * inner + j] as number,
        );
        const total = Math.log(sum(row.map(Math.exp)));
        return row.map((v) => v - total);
      });
      for (const smoothing of [0, 0.1]) {
        for (const weights of [undefined, weight]) {
          let [loss, total] = [0, 0];
          target.values.forEach((c, i) => {
            if (c === -1) return;
            const w = weights ?? [1, 1, 1, 1, 1];
            const row = rows[i] as number[];
            loss -= (1 - smoothing) * (w[c] as number) * (row[c] as number);
            loss -= (smoothing / 5) * sum(row.map((v, k) => v * (w[k] as number)));
            total += w[c] as number;
          });
          const options = {
            ignoreIndex: -1,
            labelSmoothing: smoothing,
            ...(weights === undefined ? {} : { weight: tensor(weights) }),
          };
          const actual = crossEntropy(put(x), put(target, "int32"), options);
          expectClose(actual, scalar(loss / total), 5e-6);
          if (smoothing > 0) continue;
          const negative = nllLoss(put(x).logSoftmax(1), put(target, "int32"), options);
          expectClose(negative, scalar(loss / total), 5e-6);
        }
      }
      const none = crossEntropy(put(x), put(target, "int32"), {
        ignoreIndex: -1,
        reduction: "none",
      });
      expect([...none.shape]).toEqual([...targetShape]);
      expect(none.flatten().get(1).item()).toBe(0);
    }
    const soft = crossEntropy(tensor([[1, 2, 3]]), tensor([[0.2, 0.3, 0.5]]));
    const total = Math.log(Math.exp(1) + Math.exp(2) + Math.exp(3));
    expectClose(soft, scalar(total - (0.2 + 0.6 + 1.5)));
    expect(crossEntropy(tensor([-Infinity, 0]), tensor(1, { dtype: "int32" })).item()).toBe(0);
    expect(crossEntropy(zeros([0, 3]), zeros([0], { dtype: "int32" })).item()).toBeNaN();
  });

  test("norms agree with float64 when sizes are odd", () => {
    const x = random([3, 6, 5], 3, 5);
    const eps = 1e-5;
    const normal = (a: Grid, dims: number[]): Grid => {
      const centred = zip(a, reduce(a, dims, mean, true), (v, m) => v - m);
      const spread = reduce(
        map(centred, (v) => v * v),
        dims,
        mean,
        true,
      );
      return zip(centred, spread, (v, s) => v / Math.sqrt(s + eps));
    };
    const [w, b] = [random([5], 2, 6), random([5], 2, 7)];
    const last = zip(
      zip(normal(x, [2]), w, (v, k) => v * k),
      b,
      (v, k) => v + k,
    );
    expectClose(layerNorm(put(x), 5, { weight: put(w), bias: put(b) }), last, 1e-5);
    expectClose(layerNorm(put(x), [6, 5]), normal(x, [1, 2]), 1e-5);
    const squares = reduce(
      map(x, (v) => v * v),
      [2],
      mean,
      true,
    );
    expectClose(
      rmsNorm(put(x), 5),
      zip(x, squares, (v, s) => v / Math.sqrt(s + 2 ** -23)),
      1e-5,
    );
    expectClose(batchNorm(put(x)), normal(x, [0, 2]), 1e-5);
    const c = random([6], 1, 8);
    const fixed = batchNorm(put(x), { mean: put(c), variance: ones([6]), weight: put(c) });
    const along = grid([6, 1], c.values);
    expectClose(
      fixed,
      zip(
        zip(x, along, (v, k) => v - k),
        along,
        (v, k) => (v * k) / Math.sqrt(1 + eps),
      ),
    );
    const grouped = normal(grid([3, 2, 15], x.values), [2]);
    expectClose(groupNorm(put(x), 2), grid([3, 6, 5], grouped.values), 1e-5);
    expect(layerNorm(tensor([1e4, 1e4]), 2).toArray()).toEqual([0, 0]);
  });
});

describe("messages", () => {
  beforeAll(() => use("cpu"));
  const x = zeros([4, 3]);
  test("losses and norms name the operator, the shapes and the dim", () => {
    expect(() => mseLoss(x, zeros([4, 2]))).toThrow(
      "mseLoss: shapes [4, 3] and [4, 2] disagree: dim 1 of the first is 3, dim 1 of the second is 2",
    );
    expect(() => l1Loss(x, zeros([3]))).toThrow(
      "l1Loss: input [4, 3] and target [3] must have the same shape",
    );
    expect(() => huberLoss(x, x, { delta: 0 })).toThrow("huberLoss: delta must be above 0, got 0");
    expect(() => crossEntropy(x, zeros([3], { dtype: "int32" }))).toThrow(
      "crossEntropy: input [4, 3] has its classes in dim 1, so target must have shape [4], got [3]",
    );
    expect(() => crossEntropy(x, zeros([4], { dtype: "int32" }).add(3))).toThrow(
      "index 3 is outside a dim of size 3",
    );
    expect(() => nllLoss(x, zeros([4]))).toThrow(
      "nllLoss: target must be int32 classes, got float32",
    );
    expect(() => crossEntropy(x, zeros([4], { dtype: "int32" }), { weight: ones([4]) })).toThrow(
      "crossEntropy: weight must have shape [3], one for each class, got [4]",
    );
    expect(() => mseLoss(x, x, { reduction: "avg" as "mean" })).toThrow('got "avg"');
    expect(() => layerNorm(x, 4)).toThrow(
      "layerNorm: shape [4, 3] does not end in [4]: dim 1 is 3",
    );
    expect(() => groupNorm(x, 2)).toThrow(
      "groupNorm: 3 channels (dim 1 of [4, 3]) do not make 2 groups",
    );
    expect(() => batchNorm(x, { weight: ones([4]) })).toThrow(
      "batchNorm: weight must have shape [3]",
    );
    expect(() => batchNorm(ones([3]))).toThrow("batchNorm: needs shape [N, C, …], got [3]");
  });
});
