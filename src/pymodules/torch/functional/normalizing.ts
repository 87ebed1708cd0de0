/** Normalization, and how alike vectors are. */
import { fault } from "../../../python/fault.ts";
import * as layer from "../../../tensor/functional/index.ts";
import type { Tensor } from "../../../tensor/index.ts";
import { broadcast } from "../arithmetic.ts";
import { work } from "../failure.ts";
import { dimIn } from "../dims.ts";
import { sameSizes, wrap } from "../tensor.ts";
import { type Entries, type Given, named } from "./given.ts";

const affine = (given: Given): { weight: Tensor | undefined; bias: Tensor | undefined } => ({
  weight: given.maybe("weight"),
  bias: given.maybe("bias"),
});

function checkNormalized(x: Tensor, sizes: readonly number[]): void {
  if (sameSizes(x.shape.slice(-sizes.length), sizes)) return;
  fault(
    "RuntimeError",
    `Given normalized_shape=[${sizes.join(", ")}], expected input with shape [*${sizes.map((s) => `, ${s}`).join("")}], but got input of size[${x.shape.join(", ")}]`,
  );
}

/** Takes a batch into the running mean and variance. */
function learn(x: Tensor, mean: Tensor, variance: Tensor, share: number): void {
  const dims = [...x.shape.keys()].filter((dim) => dim !== 1);
  const plain = x.detach();
  mean.copy_(mean.mul(1 - share).add(plain.mean(dims).mul(share)));
  variance.copy_(variance.mul(1 - share).add(plain.var(dims).mul(share)));
}

export const NORMALIZING: Entries = {
  layer_norm: named(
    "layer_norm",
    "input, normalized_shape, weight=None, bias=None, eps=1e-05",
    (given) => {
      const x = given.tensor("input");
      work(x.numel);
      const sizes = given.ints("normalized_shape");
      checkNormalized(x, sizes);
      return wrap(
        layer.layerNorm(x, sizes, { ...affine(given), eps: given.number("eps") }),
        "NativeLayerNorm",
      );
    },
  ),
  rms_norm: named("rms_norm", "input, normalized_shape, weight=None, eps=None", (given) => {
    const x = given.tensor("input");
    work(x.numel);
    const sizes = given.ints("normalized_shape");
    checkNormalized(x, sizes);
    const eps = given.some("eps");
    return wrap(
      layer.rmsNorm(x, sizes, {
        weight: given.maybe("weight"),
        ...(eps === undefined ? {} : { eps }),
      }),
      "Mul",
    );
  }),
  group_norm: named(
    "group_norm",
    "input, num_groups, weight=None, bias=None, eps=1e-05",
    (given) => {
      const x = given.tensor("input");
      work(x.numel);
      const groups = given.int("num_groups");
      if ((x.shape[1] ?? 0) % groups !== 0) {
        fault(
          "RuntimeError",
          `Expected number of channels in input to be divisible by num_groups, but got input of shape [${x.shape.join(", ")}] and num_groups=${groups}`,
        );
      }
      return wrap(
        layer.groupNorm(x, groups, { ...affine(given), eps: given.number("eps") }),
        "NativeGroupNorm",
      );
    },
  ),
  batch_norm: named(
    "batch_norm",
    "input, running_mean, running_var, weight=None, bias=None, training=False, momentum=0.1, eps=1e-05",
    (given) => {
      const x = given.tensor("input");
      work(x.numel);
      const learns = given.flag("training");
      const [mean, variance] = [given.maybe("running_mean"), given.maybe("running_var")];
      if (learns && x.numel / (x.shape[1] ?? 1) <= 1) {
        fault(
          "ValueError",
          `Expected more than 1 value per channel when training, got input size torch.Size([${x.shape.join(", ")}])`,
        );
      }
      if (!learns && (mean === undefined || variance === undefined)) {
        fault("RuntimeError", "running_mean must be defined in evaluation mode");
      }
      if (learns && mean !== undefined && variance !== undefined) {
        learn(x, mean, variance, given.number("momentum"));
      }
      const stats = learns || mean === undefined ? {} : { mean, variance };
      return wrap(
        layer.batchNorm(x, { ...stats, ...affine(given), eps: given.number("eps") }),
        "NativeBatchNorm",
      );
    },
  ),
  normalize: named("normalize", "input, p=2.0, dim=1, eps=1e-12, out=None", (given) => {
    const x = given.tensor("input");
    work(x.numel);
    const dim = dimIn(given.int("dim"), x.ndim);
    return wrap(layer.normalize(x, { p: given.number("p"), dim, eps: given.number("eps") }), "Div");
  }),
  cosine_similarity: named("cosine_similarity", "x1, x2, dim=1, eps=1e-08", (given) => {
    const [x, y] = [given.tensor("x1"), given.tensor("x2")];
    const shape = broadcast(x.shape, y.shape);
    const dim = dimIn(given.int("dim"), shape.length);
    return wrap(
      layer.cosineSimilarity(x.expand(shape), y.expand(shape), { dim, eps: given.number("eps") }),
      "SumBackward1",
    );
  }),
  pairwise_distance: named(
    "pairwise_distance",
    "x1, x2, p=2.0, eps=1e-06, keepdim=False",
    (given) => {
      const [x, y] = [given.tensor("x1"), given.tensor("x2")];
      broadcast(x.shape, y.shape);
      return wrap(
        layer.norm(x.sub(y).add(given.number("eps")), {
          p: given.number("p"),
          dim: -1,
          keepdim: given.flag("keepdim"),
        }),
        "Norm1",
      );
    },
  ),
};
