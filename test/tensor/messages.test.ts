/**
 * What a caller reads after a mistake: the operator, the shapes, the dim that
 * disagrees or what was expected, in one style.
 */
import { beforeAll, describe, expect, test } from "bun:test";
import * as kata from "../../src/tensor/index.ts";
import { ones, type Tensor, tensor } from "../../src/tensor/index.ts";
import { use } from "./devices.ts";

beforeAll(() => use("cpu"));

const f = (...shape: number[]): Tensor => ones(shape);
const i = (...values: number[]): Tensor => tensor(values, { dtype: "int32" });
const b = (...shape: number[]): Tensor => ones(shape, { dtype: "bool" });
const wrong = "x" as never;

/** The operator, and calls that are wrong, each with the words that must be in its message. */
const TABLE: Record<string, [call: () => unknown, ...words: string[]][]> = {
  // Two shapes that must broadcast, name the dims that disagree
  ...Object.fromEntries(
    (
      [
        "add",
        "sub",
        "mul",
        "div",
        "pow",
        "maximum",
        "minimum",
        "eq",
        "ne",
        "lt",
        "le",
        "gt",
        "ge",
      ] as const
    ).map((name): [string, [() => unknown, ...string[]][]] => [
      name,
      [
        [
          () => f(2, 3)[name](f(4, 3)),
          "[2, 3]",
          "[4, 3]",
          "dim 0 of the first is 2",
          "dim 0 of the second is 4",
        ],
        [() => f(5, 2, 3)[name](f(2)), "[5, 2, 3]", "[2]", "dim 2 of the first is 3"],
        [() => f(2)[name](wrong), "operand must be a tensor, a number", '"x"'],
        [() => f(2)[name](undefined as never), "operand must be a tensor", "undefined"],
      ],
    ]),
  ),
  logicalAnd: [[() => f(2).logicalAnd(f(3)), "[2]", "[3]", "dim 0"]],
  logicalOr: [[() => f(2).logicalOr(f(3)), "[2]", "[3]", "dim 0"]],
  where: [
    [() => kata.where(b(2), f(3), 0), "[2]", "[3]", "dim 0"],
    [() => kata.where(b(2), wrong, 0), "operand must be a tensor"],
  ],
  neg: [[() => b(2).neg(), "bool tensors have no neg", ".to()"]],
  clamp: [[() => f(2).clamp({}), "needs { min }, { max } or both"]],
  to: [[() => f(2).to(wrong), "dtype must be", '"x"']],
  maskedFill: [
    [() => f(2, 3).maskedFill(f(2, 3), 1), "mask must be a bool tensor", "float32"],
    [() => f(2, 3).maskedFill(b(2), 1), "[2, 3]", "[2]", "dim"],
    [() => i(1).maskedFill(b(1), 0.5), "0.5"],
  ],
  // Dims
  ...Object.fromEntries(
    (
      [
        "sum",
        "mean",
        "prod",
        "amax",
        "amin",
        "var",
        "std",
        "argmax",
        "argmin",
        "any",
        "all",
        "logsumexp",
        "softmax",
        "logSoftmax",
        "cumsum",
        "cumprod",
        "cummax",
        "cummin",
        "logcumsumexp",
        "sort",
        "argsort",
        "unbind",
        "max",
        "min",
      ] as const
    ).map((name): [string, [() => unknown, ...string[]][]] => [
      name,
      [
        [
          () => (f(2, 3)[name] as (dim: number) => unknown)(2),
          "dim must be from -2 to 1",
          "2 dims",
          "got 2",
        ],
        [
          () => (f(2, 3)[name] as (dim: number) => unknown)(0.5),
          "dim must be from -2 to 1",
          "got 0.5",
        ],
      ],
    ]),
  ),
  amax: [
    [() => f(2, 0).amax(1), "dim 1 of shape [2, 0] has no elements"],
    [() => f(2, 2).amax([0, -2]), "names the same dim twice", "[0, -2]"],
  ],
  argmin: [[() => f(0).argmin(), "has no elements"]],
  mean: [[() => i(1).mean(), "needs a float", "int32", '.to("float32")']],
  // Views
  reshape: [
    [() => f(2, 3).reshape(4, 2), "[2, 3] has 6 elements", "[4, 2]"],
    [() => f(2, 3).reshape(-1, 4), "[2, 3]", "[-1, 4]"],
    [() => f(2, 3).reshape(-1, -1), "must be a whole number from 0", "-1"],
  ],
  flatten: [[() => f(2, 3).flatten(1, 0), "startDim 1 comes after endDim 0"]],
  unsqueeze: [[() => f(2).unsqueeze(3), "dim must be from -2 to 1", "got 3"]],
  squeeze: [[() => f(2).squeeze(1), "dim must be from -1 to 0", "got 1"]],
  expand: [
    [() => f(2, 3).expand(2, 4), "[2, 3]", "[2, 4]", "dim 1 is 3"],
    [() => f(2, 3).expand(3), "[2, 3]", "[3]", "2 dims"],
  ],
  permute: [[() => f(2, 3).permute(0, 0), "[0, 0]", "[2, 3]", "each dim"]],
  transpose: [[() => f(2, 3).transpose(0, 2), "dim must be from -2 to 1", "got 2"]],
  T: [[() => f(2, 3, 4).T, "needs 2 dims", "[2, 3, 4]", "transpose"]],
  flip: [[() => f(2, 3).flip(1, 1), "names the same dim twice", "[1, 1]"]],
  select: [[() => f(2, 3).select(1, 3), "index 3", "dim 1", "[2, 3]"]],
  narrow: [[() => f(2, 3).narrow(1, 2, 2), "2 elements from 2", "dim 1", "[2, 3]"]],
  slice: [[() => f(3).slice(0, 0, 3, -1), "step must be a whole number from 1", "-1", "flip"]],
  get: [
    [() => f(2).get(0, 0), "2 indices", "[2]", "1 dims"],
    [() => f(2).get(2), "index 2", "dim 0", "[2]"],
  ],
  diagonal: [
    [() => f(3).diagonal(), "[3]", "two different dims"],
    [() => f(3, 3).diagonal(0, 1, 1), "two different dims", "[3, 3]"],
  ],
  split: [[() => f(5).split([2, 2]), "sums to 5", "[2, 2]", "dim 0", "[5]"]],
  chunk: [[() => f(5).chunk(0), "count must be a whole number from 1", "got 0"]],
  roll: [[() => f(5).roll([1, 2], 0), "shifts", "[0]", "[1, 2]"]],
  movedim: [[() => f(2, 3).movedim([0, 1], 0), "[0, 1]", "[0]", "as many dims"]],
  repeatInterleave: [
    [() => f(3).repeatInterleave(i(1, 2), 0), "3 indices of dim 0", "[3]", "[1, 2]"],
  ],
  tile: [[() => f(3).tile(-1), "must be a whole number from 0", "-1"]],
  diag: [[() => f(1, 1, 1).diag(), "1 or 2 dims", "[1, 1, 1]"]],
  trace: [[() => f(1).trace(), "needs 2 dims", "[1]"]],
  meshgrid: [[() => kata.meshgrid([f(2, 2)]), "needs vectors", "[2, 2]"]],
  slidingWindows: [[() => kata.slidingWindows(f(3), 0, 4), "windows of 4", "dim 0", "[3]"]],
  // Joined
  cat: [
    [() => kata.cat([f(2, 3), f(2, 4)]), "[2, 3]", "[2, 4]", "dim 1 of the first is 3"],
    [() => kata.cat([f(2), f(2, 2)]), "[2]", "[2, 2]", "numbers of dims"],
    [() => kata.cat([]), "at least one tensor"],
    [() => kata.cat([wrong]), "tensor"],
  ],
  stack: [
    [() => kata.stack([f(2), f(3)]), "[2]", "[3]", "dim 0 of the first is 2"],
    [() => kata.stack([]), "at least one tensor"],
  ],
  // Matrices
  matmul: [
    [
      () => f(2, 3).matmul(f(4, 5)),
      "[2, 3]",
      "[4, 5]",
      "dim 1 of the first is 3",
      "dim 0 of the second is 4",
    ],
    [() => f(2, 2, 3).matmul(f(3, 3, 4)), "disagree"],
    [() => f().matmul(f(2)), "at least 1 dim"],
    [() => b(2, 2).matmul(b(2, 2)), "bool"],
    [() => f(2, 2).matmul(wrong), "tensor", '"x"'],
  ],
  bmm: [[() => f(2, 3, 4).bmm(f(3, 4, 5)), "[2, 3, 4]", "[3, 4, 5]", "dim 0 of the first is 2"]],
  dot: [[() => f(2).dot(f(3)), "[2]", "[3]", "dim 0"]],
  addmm: [[() => f(2).addmm(f(2), f(2)), "2 dims", "[2]"]],
  outer: [[() => f(2, 2).outer(f(2)), "two vectors", "[2, 2]"]],
  det: [[() => f(2, 3).det(), "square", "[2, 3]"]],
  inverse: [[() => f(2, 3).inverse(), "square", "[2, 3]"]],
  cholesky: [[() => f(2, 3).cholesky(), "square", "[2, 3]"]],
  solve: [[() => kata.solve(f(2, 2), f(3, 1)), "[2, 2]", "[3, 1]", "disagree"]],
  lstsq: [[() => kata.lstsq(f(3, 2), f(2, 1)), "[3, 2]", "[2, 1]", "disagree"]],
  matrixPower: [[() => f(2, 2).matrixPower(0.5), "whole number", "0.5"]],
  tril: [[() => f(2).tril(), "at least 2 dims", "[2]"]],
  triu: [[() => f(2, 2).triu(0.5), "whole number", "0.5"]],
  einsum: [[() => kata.einsum("ij,jk->ik", f(2, 3), f(4, 5)), '"j"', "3", "4"]],
  rearrange: [[() => kata.rearrange(f(2, 3), "a b c -> a"), "a b c", "[2, 3]"]],
  // By index
  gather: [
    [() => f(2, 3).gather(1, i(0)), "[1]", "[2, 3]", "as many dims"],
    [() => f(2, 3).gather(1, f(2, 1)), "int32", "float32"],
    [() => f(2, 3).gather(1, i(5).reshape(1, 1)), "index 5", "size 3"],
  ],
  indexSelect: [[() => f(2).indexSelect(0, i(2)), "index 2", "size 2"]],
  take: [[() => f(2).take(i(2)), "index 2", "the 2 elements"]],
  scatter: [
    [() => f(2, 3).scatter(0, i(0, 1), f(2, 3)), "[2, 3]", "[2]", "same number of dims"],
    [() => f(2, 3).scatter(1, i(9).reshape(1, 1), 1), "index 9", "dim 1", "[2, 3]"],
  ],
  scatterAdd: [
    [() => f(2, 3).scatterAdd(0, i(0), f(2, 3)), "[2, 3]", "[1]", "same number of dims"],
  ],
  indexAdd: [[() => f(2, 3).indexAdd(0, i(0), f(1, 4)), "[2, 3]", "[1, 4]", "dim 1"]],
  indexCopy: [[() => f(2, 3).indexCopy(0, i(0, 1), f(1, 3)), "[2]", "[1, 3]", "dim 0"]],
  maskedSelect: [[() => f(2).maskedSelect(f(2)), "mask must be a bool tensor", "float32"]],
  index: [[() => f(2).index(wrong), "an index must be a number or a tensor", '"x"']],
  bincount: [[() => f(2).bincount(), "whole numbers", "float32", "[2]"]],
  searchsorted: [[() => kata.searchsorted(f(2, 3), f(3, 3)), "[2, 3]", "[3, 3]", "dim 0"]],
  embedding: [[() => kata.embedding(f(1), f(2, 2)), "int32", "float32"]],
  oneHot: [[() => kata.oneHot(i(3), 3), "index 3", "size 3"]],
  topk: [[() => f(2).topk(3), "from 0 to 2", "[2]", "got 3"]],
  quantile: [[() => f(2).quantile(2), "q must be in [0, 1]", "[2]"]],
  diff: [[() => f(2).diff(-1), "n must be a whole number", "-1"]],
  // Library
  pad: [[() => kata.pad(f(2), [1]), "pairs of whole numbers", "[2]", "[1]"]],
  conv1d: [
    [
      () => kata.conv1d(f(1, 2, 3), f(1, 3, 1)),
      "[1, 2, 3]",
      "[1, 3, 1]",
      "dim 1 of the first is 2",
    ],
    [() => kata.conv1d(f(1, 1, 3), f(1, 1, 5)), "window of 5", "[1, 1, 3]"],
    [() => kata.conv1d(f(1, 1, 3), f(1, 1, 1), { padding: "full" as never }), "padding", '"full"'],
  ],
  conv2d: [[() => kata.conv2d(f(3, 3), f(1, 1, 3, 3)), "[3, 3]", "[1, 1, 3, 3]", "[N, C, H, W]"]],
  convTranspose1d: [
    [() => kata.convTranspose1d(f(1, 2, 3), f(3, 1, 1)), "[1, 2, 3]", "[3, 1, 1]", "dim 1"],
  ],
  fold: [[() => kata.fold(f(1, 3, 4), [2, 2], 2), "[1, 3, 4]", "[N, C · 4, 1]", "[2, 2]"]],
  unfold: [[() => kata.unfold(f(2, 2), 1), "[N, C, …]", "[2, 2]"]],
  maxPool1d: [[() => kata.maxPool1d(f(2), 2), "[N, C, L] or [C, L]", "[2]"]],
  interpolate: [[() => kata.interpolate(f(1, 1, 4), {}), "either size or scale", "[1, 1, 4]"]],
  pixelShuffle: [[() => kata.pixelShuffle(f(3, 2, 2), 2), "[..., C·2², H, W]", "[3, 2, 2]"]],
  layerNorm: [[() => kata.layerNorm(f(2, 3), 4), "[2, 3]", "[4]"]],
  groupNorm: [[() => kata.groupNorm(f(2, 3), 2), "3 channels", "[2, 3]", "2 groups"]],
  batchNorm: [[() => kata.batchNorm(f(2)), "[N, C, …]", "[2]"]],
  crossEntropy: [
    [() => kata.crossEntropy(f(2, 3), i(0)), "[2, 3]", "[2]", "[1]"],
    [() => kata.crossEntropy(f(2, 3), i(0, 1), { weight: f(2) }), "[3]", "[2]"],
    [() => kata.crossEntropy(f(2, 3), i(0, 1), { reduction: wrong }), "reduction must be", '"x"'],
  ],
  mseLoss: [
    [() => kata.mseLoss(f(2), f(3)), "[2]", "[3]", "dim 0"],
    [() => kata.mseLoss(f(2), [1, 2] as never), "needs tensors", "a list of 2 at 1"],
  ],
  smoothL1Loss: [[() => kata.smoothL1Loss(f(2), f(2), { beta: -1 }), "beta", "-1"]],
  huberLoss: [[() => kata.huberLoss(f(2, 1), f(2)), "[2, 1]", "[2]", "same shape"]],
  binaryCrossEntropy: [[() => kata.binaryCrossEntropy(f(2), f(3)), "[2]", "[3]"]],
  tripletMarginLoss: [
    [() => kata.tripletMarginLoss(f(2, 1), f(2, 1), f(3, 1)), "[2, 1]", "[3, 1]"],
  ],
  scaledDotProductAttention: [
    [
      () => kata.scaledDotProductAttention(f(2, 3), f(2, 4), f(2, 4)),
      "[2, 3], [2, 4], [2, 4]",
      "dim -1",
    ],
  ],
  rope: [[() => kata.rope(f(2, 3)), "even width", "[2, 3]"]],
  glu: [[() => kata.glu(f(3)), "even size", "[3]", "dim -1"]],
  prelu: [[() => kata.prelu(f(2, 3), f(2)), "[2, 3]", "[2]", "dim 1"]],
  dropout: [[() => kata.dropout(f(2), 2), "p must be in [0, 1]", "got 2"]],
  fft: [[() => kata.fft(f(4)), "last dim of 2", "[4]", "rfft"]],
  rfft: [
    [() => kata.rfft(f(2, 0)), "at least one element", "[2, 0]"],
    [() => kata.rfft(f(2), { norm: wrong }), "norm must be", '"x"'],
  ],
  irfft: [[() => kata.irfft(f(1, 2)), "n must be a whole number from 1", "[1, 2]"]],
  complexMul: [[() => kata.complexMul(f(3), f(2)), "last dim of 2", "[3]"]],
  cdist: [[() => kata.cdist(f(2, 3), f(2, 4)), "[2, 3]", "[2, 4]"]],
  associativeScan: [[() => kata.associativeScan((x) => x, [], 0), "at least one tensor"]],
  // Creation
  tensor: [
    [() => tensor([[1], [1, 2]]), "data[1] has 2 elements where 1"],
    [() => tensor(wrong), "data must be a number"],
    [() => tensor([1, 2], { shape: [3] }), "2 values", "[3]"],
    [() => tensor([1], { dtype: wrong }), "dtype must be", '"x"'],
  ],
  zeros: [[() => kata.zeros([-1]), "size of dim 0 must be a whole number from 0", "-1"]],
  full: [[() => kata.full([2], wrong), "value must be a number", '"x"']],
  arange: [[() => kata.arange(0, 5, -1), "start 0, end 5 and step -1"]],
  linspace: [[() => kata.linspace(0, 1, -1), "whole number from 0", "-1"]],
  rand: [[() => kata.rand([0.5]), "whole number from 0", "0.5"]],
  randint: [[() => kata.randint(3, 3, [1]), "low below high", "3 and 3"]],
  // Reading and writing
  item: [[() => f(2).item(), "exactly one element", "[2]", "toArray"]],
  copy_: [[() => f(2).copy_(f(3)), "[2]", "[3]", "dim 0"]],
  add_: [[() => f(2).add_(f(2, 2)), "[2, 2]", "[2]", "keeps its shape"]],
  div_: [[() => i(1).div_(2), "float32", "int32", "use div"]],
  set: [[() => f(2).set(5, 1), "index 5", "dim 0", "[2]"]],
};

function messageOf(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    if (error instanceof RangeError || error instanceof TypeError) return error.message;
    throw error;
  }
  throw new Error("nothing was thrown");
}

describe("mistakes are told with the operator's name, the shapes and the dim", () => {
  for (const [name, calls] of Object.entries(TABLE)) {
    test(`${name}()`, () => {
      for (const [call, ...words] of calls) {
        const message = messageOf(call);
        expect(message).toStartWith(`${name}: `);
        expect(message).not.toMatch(/[.\s]$|\bis not a function\b|\bobject Object\b/);
        for (const word of words) expect(message).toContain(word);
      }
    });
  }
});
