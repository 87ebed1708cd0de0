/** The library's functions against differences, so that a formula that is right forwards is right backwards. */
import { expect, setDefaultTimeout, test } from "bun:test";
import {
  associativeScan,
  avgPool1d,
  avgPool2d,
  batchNorm,
  binaryCrossEntropyWithLogits,
  conv1d,
  conv2d,
  convTranspose1d,
  convTranspose2d,
  crossEntropy,
  cumprod,
  cumsum,
  einsum,
  elu,
  embedding,
  glu,
  groupNorm,
  hardtanh,
  huberLoss,
  klDiv,
  l1Loss,
  layerNorm,
  leakyRelu,
  logSigmoid,
  maxPool1d,
  maxPool2d,
  mish,
  mseLoss,
  nllLoss,
  pad,
  rearrange,
  reduce,
  repeat,
  rmsNorm,
  rope,
  scaledDotProductAttention,
  scatterAdd,
  silu,
  softplus,
  sort,
  stack,
  tensor,
  topk,
  unfold,
  type Tensor,
} from "../../../src/tensor/index.ts";
import { use } from "../devices.ts";
import { gradcheck } from "../gradcheck.ts";
import { count, grid, put, random } from "../reference.ts";

setDefaultTimeout(30_000);

use("cpu");

/** Smooth functions need only random values. */
function any(shape: number[], seed: number = 1): Tensor {
  return put(random(shape, 1.2, seed));
}

/** Values apart from one another and from 0, for functions with kinks. */
function apart(shape: number[]): Tensor {
  const size = count(shape);
  return put(
    grid(
      shape,
      Array.from({ length: size }, (_, i) => (((i * 7) % size) - size / 2) * 0.1 + 0.03),
    ),
  );
}

const classes = tensor([2, 0, -1, 1], { dtype: "int32" });
const mask = tensor([
  [true, false, true],
  [false, false, false],
]);
const CASES: Record<string, [(...inputs: Tensor[]) => Tensor, Tensor[]]> = {
  rearrange: [(x) => rearrange(x, "a (b c) -> c b a", { b: 2 }), [any([3, 4])]],
  reduce: [(x) => reduce(x, "a (b 2) -> b", "mean"), [any([3, 4])]],
  repeat: [(x) => repeat(x, "a b -> b (a 3)"), [any([2, 3])]],
  einsum: [(x, y) => einsum("bij,bjk->ik", x, y), [any([2, 3, 2]), any([2, 2, 4], 2)]],
  "einsum of a diagonal": [(x) => einsum("ii->i", x), [any([3, 3])]],
  silu: [silu, [any([5])]],
  leakyRelu: [(x) => leakyRelu(x), [apart([7])]],
  elu: [(x) => elu(x), [apart([7])]],
  softplus: [(x) => softplus(x), [any([6])]],
  logSigmoid: [logSigmoid, [any([6])]],
  mish: [mish, [any([6])]],
  hardtanh: [(x) => hardtanh(x, -0.2, 0.2), [apart([11])]],
  glu: [(x) => glu(x), [any([2, 4])]],
  mseLoss: [(x, y) => mseLoss(x, y), [any([2, 3]), any([2, 3], 2)]],
  l1Loss: [(x, y) => l1Loss(x, y), [apart([5]), any([5]).mul(0)]],
  huberLoss: [(x, y) => huberLoss(x, y, { delta: 0.25 }), [apart([7]), any([7]).mul(0)]],
  binaryCrossEntropyWithLogits: [
    (x, y) => binaryCrossEntropyWithLogits(x, y),
    [any([4]), any([4], 2).sigmoid()],
  ],
  klDiv: [(x, y) => klDiv(x.logSoftmax(-1), y.softmax(-1)), [any([2, 3]), any([2, 3], 2)]],
  nllLoss: [(x) => nllLoss(x.logSoftmax(1), classes, { ignoreIndex: -1 }), [any([4, 3])]],
  crossEntropy: [
    (x) =>
      crossEntropy(x, classes, { ignoreIndex: -1, labelSmoothing: 0.1, weight: tensor([1, 2, 3]) }),
    [any([4, 3])],
  ],
  layerNorm: [
    (x, weight, bias) => layerNorm(x, 4, { weight, bias }),
    [any([3, 4]), any([4], 2), any([4], 3)],
  ],
  rmsNorm: [(x, weight) => rmsNorm(x, 4, { weight }), [any([3, 4]), any([4], 2)]],
  batchNorm: [(x, weight) => batchNorm(x, { weight }), [any([4, 2, 3]), any([2], 2)]],
  groupNorm: [(x) => groupNorm(x, 2), [any([2, 4, 3])]],
  attention: [
    (q, k, v) => scaledDotProductAttention(q, k, v, { mask }),
    [any([2, 4]), any([3, 4], 2), any([3, 2], 3)],
  ],
  "causal attention": [
    (q, k, v) => scaledDotProductAttention(q, k, v, { isCausal: true }),
    [any([3, 2]), any([3, 2], 2), any([3, 2], 3)],
  ],
  rope: [(x) => rope(x), [any([3, 4])]],
  embedding: [(w) => embedding(tensor([1, 1, 0], { dtype: "int32" }), w), [any([3, 2])]],
  scatterAdd: [
    (x, src) => scatterAdd(x, 0, tensor([[1], [1]], { dtype: "int32" }), src),
    [any([3, 2]), any([2, 1], 2)],
  ],
  "pad by reflection": [(x) => pad(x, [2, -1, 1, 0], { mode: "reflect" }), [any([3, 4])]],
  conv2d: [
    (x, w, bias) => conv2d(x, w, { bias, stride: 2, padding: 1, dilation: 2, groups: 2 }),
    [any([1, 2, 5, 5]), any([2, 1, 2, 2], 2), any([2], 3)],
  ],
  convTranspose2d: [
    (x, w) => convTranspose2d(x, w, { stride: 2, padding: 1 }),
    [any([1, 2, 3, 3]), any([2, 2, 3, 3], 2)],
  ],
  conv1d: [(x, w) => conv1d(x, w, { padding: 2, stride: 2 }), [any([2, 2, 5]), any([3, 2, 3], 2)]],
  convTranspose1d: [
    (x, w) => convTranspose1d(x, w, { dilation: 2 }),
    [any([1, 2, 4]), any([2, 1, 3], 2)],
  ],
  maxPool1d: [(x) => maxPool1d(x, 2), [apart([2, 2, 6])]],
  avgPool1d: [(x) => avgPool1d(x, 3, { padding: 1 }), [any([2, 2, 6])]],
  associativeScan: [
    (a, b) =>
      stack(
        associativeScan(
          ([a1, b1], [a2, b2]) => [
            (a2 as Tensor).mul(a1 as Tensor),
            (a2 as Tensor).mul(b1 as Tensor).add(b2 as Tensor),
          ],
          [a, b],
          0,
        ),
      ),
    [any([5, 2]), any([5, 2], 2)],
  ],
  maxPool2d: [(x) => maxPool2d(x, 3, { stride: 2, padding: 1 }), [apart([1, 2, 5, 4])]],
  avgPool2d: [(x) => avgPool2d(x, 2), [any([1, 2, 4, 5])]],
  unfold: [(x) => unfold(x, 2), [any([1, 2, 3, 3])]],
  cumsum: [(x) => cumsum(x, 0), [any([5, 2])]],
  cumprod: [(x) => cumprod(x, 1), [any([2, 5])]],
  sort: [(x) => sort(x).values, [apart([2, 5])]],
  topk: [(x) => topk(x, 2, 0).values, [apart([5, 2])]],
};

test.each(Object.keys(CASES))("%s has the gradient that differences give", (name) => {
  use("cpu");
  const [fn, inputs] = CASES[name] ?? [];
  if (fn === undefined || inputs === undefined) throw new Error(`no case ${name}`);
  gradcheck(fn, inputs);
});

test("softplus() and silu() have finite gradients where x is large, and half of one at 0", () => {
  use("cpu");
  const x = tensor([-200, 0, 200]).requiresGrad_();
  softplus(x).sum().backward();
  expect(x.grad?.toArray()).toEqual([0, 0.5, 1]);
  const y = tensor([-200, 0, 200]).requiresGrad_();
  elu(silu(y)).sum().backward();
  expect(y.grad?.isnan().any().item()).toBe(false);
});
