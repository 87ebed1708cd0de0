/** Linear maps, embeddings, dropout, padding, other sizes, attention. */
import { fault } from "../../../python/fault.ts";
import { reprFloat } from "../../../python/text/floats.ts";
import type { Value } from "../../../python/objects/object.ts";
import { PyTuple } from "../../../python/objects/tuple.ts";
import { replace } from "../../../tensor/autograd/inplace.ts";
import { isFloat, isInteger } from "../../../tensor/dtype.ts";
import * as layer from "../../../tensor/functional/index.ts";
import { noGrad, type Tensor, tensor as layerTensor } from "../../../tensor/index.ts";
import { product } from "../../../tensor/shape.ts";
import { C_NAMES } from "../dtype.ts";
import { room, work } from "../failure.ts";
import { matmul } from "../matrices.ts";
import { long } from "../reductions.ts";
import { checkWritable } from "../register.ts";
import { torchState } from "../state.ts";
import { numberOf, PyTensor, wrap } from "../tensor.ts";
import { type Entries, type Entry, type Given, named } from "./given.ts";

/** `x Wᵀ + b` for x of [..., in], W of [out, in]. */
function linear(x: Tensor, weight: Tensor, bias: Tensor | undefined): PyTensor {
  const inner = x.shape.at(-1);
  if (x.ndim > 0 && inner !== weight.shape.at(-1)) {
    const rows = product(x.shape.slice(0, -1));
    fault(
      "RuntimeError",
      `mat1 and mat2 shapes cannot be multiplied (${rows}x${inner} and ${weight.shape[1]}x${weight.shape[0]})`,
    );
  }
  if (x.dtype !== weight.dtype) {
    fault(
      "RuntimeError",
      x.ndim === 2 && bias !== undefined
        ? "mat1 and mat2 must have the same dtype"
        : `expected scalar type ${C_NAMES[x.dtype]} but found ${C_NAMES[weight.dtype]}`,
    );
  }
  const out = matmul(x, weight.ndim === 1 ? weight : weight.transpose(0, 1));
  if (bias === undefined) return wrap(out, x.ndim === 2 ? "Mm" : "UnsafeView");
  return wrap(out.add(bias), x.ndim === 2 ? "Addmm" : "View");
}

/** Zeroes each element with chance p: numbers are drawn as torch draws them. */
function dropped(x: Tensor, p: number, training: boolean, shape: readonly number[]): Tensor {
  if (p < 0 || p > 1)
    fault("ValueError", `dropout probability has to be between 0 and 1, but got ${reprFloat(p)}`);
  if (!training || p === 0) return x;
  const { generator } = torchState();
  const count = product(shape);
  room(count);
  const keep = 1 - p;
  const mask = Float32Array.from({ length: count }, () =>
    p === 1 ? 0 : generator.uniform("float64") < keep ? 1 : 0,
  );
  const noise = layerTensor(mask, { dtype: "float32", shape }).to(x.dtype);
  return x.mul(p === 1 ? noise : noise.div(keep));
}

/** One number drawn for each element of `shapeOf`, which broadcasts. */
function dropout(name: string, shapeOf: (x: Tensor) => readonly number[]): Entry {
  return named(name, "input, p=0.5, training=True, inplace=False", (given) => {
    const x = given.tensor("input");
    const [p, training] = [given.number("p"), given.flag("training")];
    const input = given.value("input")!;
    const run = (from: Tensor): Tensor => dropped(from, p, training, shapeOf(from));
    if (given.flag("inplace")) {
      checkWritable(x);
      replace(`${name}_`, x, run);
      (input as PyTensor).made = "Mul";
      return input;
    }
    const out = run(x);
    return out === x ? input : wrap(out, "Mul");
  });
}

/** Rows longer than `max_norm` are shortened where they lie, as PyTorch does. */
function shorten(given: Given, index: Tensor, weight: Tensor): void {
  const most = given.some("max_norm");
  if (most === undefined) return;
  noGrad(() => {
    const sizes = layer.norm(weight, { p: given.number("norm_type"), dim: -1, keepdim: true });
    const factor = sizes.add(1e-7).reciprocal().mul(most);
    const used = layer.oneHot(index.flatten(), weight.shape[0]!).sum(0).gt(0).unsqueeze(-1);
    const short = sizes.gt(most).logicalAnd(used);
    const changed = weight.mul(factor.maskedFill(short.logicalNot(), 1));
    replace("embedding_renorm_", weight.detach(), () => changed);
  });
}

function embedding(given: Given): PyTensor {
  const [index, weight] = [given.tensor("input"), given.tensor("weight")];
  for (const name of ["scale_grad_by_freq", "sparse"]) {
    if (given.flag(name)) {
      fault(
        "NotImplementedError",
        `torch.nn.functional.embedding(${name}=True) is not here; nearest: ${name}=False`,
      );
    }
  }
  if (!isInteger(index.dtype)) {
    fault(
      "RuntimeError",
      `Expected tensor for argument #1 'indices' to have one of the following scalar types: Long, Int; but got torch.${C_NAMES[index.dtype]}Tensor instead (while checking arguments for embedding)`,
    );
  }
  const rows = weight.shape[0]!;
  for (const one of index.toTypedArray() as Iterable<number | bigint>) {
    if (Number(one) < 0 || Number(one) >= rows) fault("IndexError", "index out of range in self");
  }
  room(index.numel * (weight.shape[1] ?? 1));
  shorten(given, index, weight);
  const padding = given.some("padding_idx");
  const out = layer.embedding(index, weight);
  if (padding === undefined) return wrap(out, "Embedding");
  if (padding >= rows || padding < -rows) {
    fault("AssertionError", "Padding_idx must be within num_embeddings");
  }
  // The row of padding gets no gradient.
  const held = index.eq(padding < 0 ? padding + rows : padding).unsqueeze(-1);
  const kept = out.detach().maskedFill(held.logicalNot(), 0);
  return wrap(out.maskedFill(held, 0).add(kept), "Embedding");
}

function oneHot(given: Given): PyTensor {
  const index = given.tensor("tensor");
  if (index.dtype !== "int64") {
    fault("RuntimeError", "one_hot is only applicable to index tensor.");
  }
  const values = Array.from(index.toTypedArray() as unknown as Iterable<number | bigint>, Number);
  const asked = given.int("num_classes");
  if (values.some((one) => one < 0)) fault("RuntimeError", "Class values must be non-negative.");
  const most = values.reduce((a, b) => Math.max(a, b), -1);
  if (asked > 0 && most >= asked) {
    fault("RuntimeError", "Class values must be smaller than num_classes.");
  }
  const count = asked > 0 ? asked : most + 1;
  room(index.numel * count);
  return wrap(long(layer.oneHot(index, count)));
}

function pad(given: Given): PyTensor {
  const x = given.tensor("input");
  const widths = given.ints("pad");
  if (widths.length % 2 !== 0) fault("RuntimeError", "Padding length must be divisible by 2");
  if (widths.length > 2 * x.ndim) fault("RuntimeError", "Padding length too large");
  const mode = given.text("mode") as layer.PadMode;
  const sizes = x.shape.map((size, d) => {
    const at = 2 * (x.ndim - 1 - d);
    return size + Math.max(0, widths[at] ?? 0) + Math.max(0, widths[at + 1] ?? 0);
  });
  room(product(sizes));
  const out = layer.pad(x, widths, { mode, value: given.some("value") ?? 0 });
  const made = { reflect: "ReflectionPad", replicate: "ReplicationPad" }[mode as string];
  const own = out.storage === x.storage ? out.add(0) : out;
  return wrap(own, made === undefined ? "ConstantPadNd" : `${made}${widths.length / 2}D`);
}

const RANKS: Readonly<Record<string, number>> = { linear: 3, bilinear: 4, trilinear: 5 };

function interpolate(given: Given): Value {
  const x = given.tensor("input");
  const mode = given.text("mode");
  const wanted = RANKS[mode];
  if (wanted !== undefined && wanted !== x.ndim) {
    fault("NotImplementedError", `Got ${x.ndim}D input, but ${mode} mode needs ${wanted}D input`);
  }
  const corners = given.flag("align_corners");
  if (mode === "nearest" && given.value("align_corners") !== undefined) {
    fault(
      "ValueError",
      "align_corners option can only be set with the interpolating modes: linear | bilinear | bicubic | trilinear",
    );
  }
  const [size, factor] = [given.value("size"), given.value("scale_factor")];
  if ((size === undefined) === (factor === undefined)) {
    fault(
      "ValueError",
      size === undefined
        ? "either size or scale_factor should be defined"
        : "only one of size or scale_factor should be defined",
    );
  }
  if (mode === "area" && size !== undefined && x.ndim === 4) {
    return wrap(layer.adaptiveAvgPool2d(x, given.sizes("size", 2)), "AdaptiveAvgPool2D");
  }
  if (mode !== "nearest" && wanted === undefined) {
    fault(
      "NotImplementedError",
      `torch.nn.functional.interpolate(mode='${mode}') is not here; nearest: mode='bilinear'`,
    );
  }
  const kind = mode === "nearest" ? "Nearest" : `${mode[0]!.toUpperCase()}${mode.slice(1)}`;
  const made = `Upsample${kind}${x.ndim - 2}DBackward${factor === undefined ? 0 : 1}`;
  const options = {
    mode: mode === "nearest" ? ("nearest" as const) : ("linear" as const),
    alignCorners: corners,
  };
  if (factor === undefined) {
    return wrap(layer.interpolate(x, { ...options, size: given.sizes("size", x.ndim - 2) }), made);
  }
  const scale =
    factor instanceof PyTuple
      ? factor.items.map((one) => numberOf("interpolate", "scale_factor", one))
      : numberOf("interpolate", "scale_factor", factor);
  return wrap(layer.interpolate(x, { ...options, scale }), made);
}

function attention(given: Given): PyTensor {
  const what = "scaled_dot_product_attention";
  const [query, key, value] = ["query", "key", "value"].map((name) => given.tensor(name)) as [
    Tensor,
    Tensor,
    Tensor,
  ];
  work(query.numel * (key.shape.at(-2) ?? 1));
  const mask = given.maybe("attn_mask");
  const isCausal = given.flag("is_causal");
  if (mask !== undefined && isCausal) {
    fault("RuntimeError", `${what}: Explicit attn_mask should not be set when is_causal=True`);
  }
  const scale = given.some("scale");
  const p = given.number("dropout_p");
  if (p === 0) {
    const options = { mask, isCausal, ...(scale === undefined ? {} : { scale }) };
    return wrap(layer.scaledDotProductAttention(query, key, value, options), "UnsafeView");
  }
  let scores = query.mul(scale ?? 1 / Math.sqrt(query.shape.at(-1)!)).matmul(key.transpose(-1, -2));
  const hidden = isCausal
    ? layerTensor(1).expand(scores.shape.slice(-2)).tril().eq(0)
    : mask?.dtype === "bool"
      ? mask.logicalNot()
      : undefined;
  if (hidden !== undefined) scores = scores.maskedFill(hidden, -Infinity);
  else if (mask !== undefined && isFloat(mask.dtype)) scores = scores.add(mask);
  const weights = scores.softmax(-1);
  return wrap(dropped(weights, p, true, weights.shape).matmul(value), "UnsafeView");
}

/** Channels are dropped whole: one number each. */
const channels = (x: Tensor): number[] => x.shape.map((size, d) => (d > 1 ? 1 : size));

export const LAYERS: Entries = {
  linear: named("linear", "input, weight, bias=None", (given) =>
    linear(given.tensor("input"), given.tensor("weight"), given.maybe("bias")),
  ),
  bilinear: named("bilinear", "input1, input2, weight, bias=None", (given) => {
    const [x, y, w] = [given.tensor("input1"), given.tensor("input2"), given.tensor("weight")];
    const left = matmul(x, w.permute(1, 0, 2).reshape(w.shape[1]!, -1)).reshape([
      ...x.shape.slice(0, -1),
      w.shape[0]!,
      w.shape[2]!,
    ]);
    const out = left.mul(y.unsqueeze(-2)).sum(-1);
    const bias = given.maybe("bias");
    return bias === undefined ? wrap(out, "ReshapeAlias") : wrap(out.add(bias), "Add");
  }),
  embedding: named(
    "embedding",
    "input, weight, padding_idx=None, max_norm=None, norm_type=2.0, scale_grad_by_freq=False, sparse=False",
    embedding,
  ),
  one_hot: named("one_hot", "tensor, num_classes=-1", oneHot),
  dropout: dropout("dropout", (x) => x.shape),
  dropout1d: dropout("dropout1d", (x) => (x.ndim === 2 ? [x.shape[0]!, 1] : channels(x))),
  dropout2d: dropout("dropout2d", channels),
  dropout3d: dropout("dropout3d", channels),
  pad: named("pad", "input, pad, mode='constant', value=None", pad),
  interpolate: named(
    "interpolate",
    "input, size=None, scale_factor=None, mode='nearest', align_corners=None, recompute_scale_factor=None, antialias=False",
    interpolate,
  ),
  pixel_shuffle: named("pixel_shuffle", "input, upscale_factor", (given) =>
    wrap(layer.pixelShuffle(given.tensor("input"), given.int("upscale_factor")), "PixelShuffle"),
  ),
  scaled_dot_product_attention: named(
    "scaled_dot_product_attention",
    "query, key, value, attn_mask=None, dropout_p=0.0, is_causal=False, scale=None",
    attention,
  ),
};
