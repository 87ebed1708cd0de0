/** Losses, with PyTorch's formulas and defaults. All are floats and differentiable in their inputs. */

import { where } from "../elementwise.ts";
import { isFloat, isInteger } from "../dtype.ts";
import { needTensors } from "../run.ts";
import { describe, disagreement, formatShape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { softplus } from "./activations.ts";
import { cosineSimilarity, norm } from "./statistics.ts";

/** How the losses of the elements become one: their mean, their sum, or not at all. */
export type LossReduction = "mean" | "sum" | "none";
/** What every loss takes. */
export interface LossOptions {
  reduction?: LossReduction;
}
/** What losses over classes take. */
export interface ClassOptions extends LossOptions {
  /** One weight for each class: [classes]. */
  weight?: Tensor;
  /** Targets of this class count nothing; -100 when left out. */
  ignoreIndex?: number;
}

function finish(operator: string, loss: Tensor, reduction: LossReduction = "mean"): Tensor {
  checkReduction(operator, reduction);
  if (reduction === "none") return loss;
  return reduction === "sum" ? loss.sum() : loss.mean();
}

function checkReduction(operator: string, reduction: string): void {
  if (["mean", "sum", "none"].includes(reduction)) return;
  throw new TypeError(
    `${operator}: reduction must be "mean", "sum" or "none", got ${describe(reduction)}`,
  );
}

/** Broadcasting a target by accident is the commonest mistake with losses. */
function checkSame(operator: string, input: Tensor, target: Tensor): void {
  needTensors(operator, [input, target]);
  if (input.ndim !== target.ndim) {
    throw new RangeError(
      `${operator}: input ${formatShape(input.shape)} and target ${formatShape(target.shape)} must have the same shape`,
    );
  }
  const dim = input.shape.findIndex((size, d) => size !== target.shape[d]);
  if (dim >= 0) throw disagreement(operator, input.shape, dim, target.shape, dim);
}

/** `(input − target)²`; both of one shape. */
export function mseLoss(input: Tensor, target: Tensor, { reduction }: LossOptions = {}): Tensor {
  checkSame("mseLoss", input, target);
  return finish("mseLoss", input.sub(target).square(), reduction);
}

/** `|input − target|`; both of one shape. */
export function l1Loss(input: Tensor, target: Tensor, { reduction }: LossOptions = {}): Tensor {
  checkSame("l1Loss", input, target);
  return finish("l1Loss", input.sub(target).abs(), reduction);
}

/** `d²/2` where `|d| ≤ delta`, `delta·(|d| − delta/2)` elsewhere, for `d = input − target` (Huber 1964). */
export function huberLoss(
  input: Tensor,
  target: Tensor,
  { delta = 1, reduction }: LossOptions & { delta?: number } = {},
): Tensor {
  checkSame("huberLoss", input, target);
  if (!(delta > 0)) throw new RangeError(`huberLoss: delta must be above 0, got ${delta}`);
  const d = input.sub(target);
  const size = d.abs();
  const far = size.sub(delta / 2).mul(delta);
  return finish("huberLoss", where(size.le(delta), d.square().mul(0.5), far), reduction);
}

/**
 * `−(t·log σ(x) + (1 − t)·log(1 − σ(x)))` for logits x and targets t in [0, 1], both of one shape;
 * `posWeight` (broadcasts) multiplies the first part, `weight` (broadcasts) all.
 */
export function binaryCrossEntropyWithLogits(
  logits: Tensor,
  target: Tensor,
  { weight, posWeight, reduction }: LossOptions & { weight?: Tensor; posWeight?: Tensor } = {},
): Tensor {
  checkSame("binaryCrossEntropyWithLogits", logits, target);
  // −log σ(x) = softplus(−x) and −log(1 − σ(x)) = x + softplus(−x).
  const soft = softplus(logits.neg());
  const share = posWeight === undefined ? soft : posWeight.sub(1).mul(target).add(1).mul(soft);
  const loss = target.neg().add(1).mul(logits).add(share);
  const weighted = weight === undefined ? loss : loss.mul(weight);
  return finish("binaryCrossEntropyWithLogits", weighted, reduction);
}

/** `t·(log t − input)` for log-probabilities `input` and probabilities t (or their logarithms), of one shape. */
export function klDiv(
  input: Tensor,
  target: Tensor,
  {
    logTarget = false,
    reduction = "mean",
  }: { logTarget?: boolean; reduction?: LossReduction | "batchmean" } = {},
): Tensor {
  checkSame("klDiv", input, target);
  const some = target.gt(0);
  const loss = logTarget
    ? target.exp().mul(target.sub(input))
    : // 0·log 0 is 0, the limit of t·log t.
      where(some, target.mul(where(some, target, 1).log()), 0).sub(target.mul(input));
  if (reduction !== "batchmean") return finish("klDiv", loss, reduction);
  return loss.sum().div(input.shape[0] ?? 1);
}

/**
 * `−weight[t]·input[t]` for log-probabilities [N, C, …] and int32 classes
 * [N, …], or [C] and []. The mean is weighted: the sum over the sum of weights.
 */
export function nllLoss(input: Tensor, target: Tensor, options: ClassOptions = {}): Tensor {
  const { ignoreIndex = -100, reduction = "mean" } = options;
  checkReduction("nllLoss", reduction);
  const { loss, weights } = classLoss("nllLoss", input, target, options.weight, ignoreIndex);
  return average(loss, weights, reduction);
}

function average(loss: Tensor, weights: Tensor, reduction: LossReduction): Tensor {
  if (reduction === "none") return loss;
  return reduction === "sum" ? loss.sum() : loss.sum().div(weights.sum());
}

function checkWeight(operator: string, weight: Tensor | undefined, classes: number): void {
  if (weight === undefined || (weight.ndim === 1 && weight.shape[0] === classes)) return;
  throw new RangeError(
    `${operator}: weight must have shape [${classes}], one for each class, got ${formatShape(weight.shape)}`,
  );
}

/** The loss and the weight of each target; both are 0 where it is ignored. */
function classLoss(
  operator: string,
  input: Tensor,
  target: Tensor,
  weight: Tensor | undefined,
  ignoreIndex: number,
): { loss: Tensor; weights: Tensor; ignored: Tensor } {
  const dim = input.ndim === 1 ? 0 : 1;
  const expected = input.shape.filter((_, d) => d !== dim);
  const fits =
    target.ndim === expected.length && expected.every((size, d) => size === target.shape[d]);
  if (input.ndim === 0 || !fits) {
    throw new RangeError(
      `${operator}: input ${formatShape(input.shape)} has its classes in dim ${dim}, so target must have shape ${formatShape(expected)}, got ${formatShape(target.shape)}`,
    );
  }
  if (!isInteger(target.dtype)) {
    throw new TypeError(`${operator}: target must be int32 classes, got ${target.dtype}`);
  }
  checkWeight(operator, weight, input.shape[dim] ?? 0);
  const given = target.to("int32");
  const ignored = given.eq(ignoreIndex);
  const classes = given.maskedFill(ignored, 0);
  const picked = input.gather(dim, classes.unsqueeze(dim)).squeeze(dim).neg();
  const own =
    weight === undefined
      ? ignored.logicalNot().to(input.dtype)
      : weight.indexSelect(0, classes.flatten()).reshape(target.shape).maskedFill(ignored, 0);
  return { loss: picked.mul(own).maskedFill(ignored, 0), weights: own, ignored };
}

/**
 * Cross-entropy of logits [N, C, …] (or [C]) against int32 classes [N, …] or
 * probabilities (floats) shaped as the logits. `labelSmoothing` ε mixes the
 * target with the uniform distribution, `(1 − ε)·t + ε/C` (Szegedy et al. 2016).
 */
export function crossEntropy(
  logits: Tensor,
  target: Tensor,
  {
    weight,
    ignoreIndex = -100,
    labelSmoothing = 0,
    reduction = "mean",
  }: ClassOptions & { labelSmoothing?: number } = {},
): Tensor {
  checkReduction("crossEntropy", reduction);
  if (!(labelSmoothing >= 0 && labelSmoothing <= 1)) {
    throw new RangeError(`crossEntropy: labelSmoothing must be in [0, 1], got ${labelSmoothing}`);
  }
  if (logits.ndim === 0) throw new RangeError("crossEntropy: logits need a dim of classes");
  const dim = logits.ndim === 1 ? 0 : 1;
  const classes = logits.shape[dim] ?? 1;
  const logs = logits.logSoftmax(dim);
  checkWeight("crossEntropy", weight, classes);
  const alongDim = logits.shape.map((_, d) => (d === dim ? classes : 1));
  const weighted = weight === undefined ? logs : logs.mul(weight.reshape(alongDim));
  if (isFloat(target.dtype)) {
    checkSame("crossEntropy", logits, target);
    const mixed =
      labelSmoothing === 0 ? target : target.mul(1 - labelSmoothing).add(labelSmoothing / classes);
    const loss = weighted.mul(mixed).sum(dim).neg();
    return finish("crossEntropy", loss, reduction);
  }
  const { loss, weights, ignored } = classLoss("crossEntropy", logs, target, weight, ignoreIndex);
  if (labelSmoothing === 0) return average(loss, weights, reduction);
  const uniform = weighted.sum(dim).neg().maskedFill(ignored, 0).div(classes);
  const smooth = loss.mul(1 - labelSmoothing).add(uniform.mul(labelSmoothing));
  return average(smooth, weights, reduction);
}

/**
 * `−(t·log p + (1 − t)·log(1 − p))` for probabilities p and targets t in [0, 1], of one shape;
 * `weight` (broadcasts) multiplies it. Logarithms are at least −100, as in PyTorch.
 */
export function binaryCrossEntropy(
  input: Tensor,
  target: Tensor,
  { weight, reduction }: LossOptions & { weight?: Tensor } = {},
): Tensor {
  checkSame("binaryCrossEntropy", input, target);
  const log = (p: Tensor): Tensor => p.log().clamp({ min: -100 });
  const none = input.neg().add(1);
  const loss = target
    .mul(log(input))
    .add(target.neg().add(1).mul(log(none)))
    .neg();
  return finish("binaryCrossEntropy", weight === undefined ? loss : loss.mul(weight), reduction);
}

/** `d²/(2·beta)` where `|d| < beta`, `|d| − beta/2` elsewhere, for `d = input − target`; both of one shape. */
export function smoothL1Loss(
  input: Tensor,
  target: Tensor,
  { beta = 1, reduction }: LossOptions & { beta?: number } = {},
): Tensor {
  checkSame("smoothL1Loss", input, target);
  if (!(beta >= 0)) throw new RangeError(`smoothL1Loss: beta must be a number from 0, got ${beta}`);
  const size = input.sub(target).abs();
  if (beta === 0) return finish("smoothL1Loss", size, reduction);
  const near = size.square().div(2 * beta);
  return finish("smoothL1Loss", where(size.lt(beta), near, size.sub(beta / 2)), reduction);
}

/** `eˣ − t·x` for logarithms of rates x and counts t, of one shape; without `logInput`, `x − t·log(x + eps)`. */
export function poissonNllLoss(
  input: Tensor,
  target: Tensor,
  {
    logInput = true,
    eps = 1e-8,
    reduction,
  }: LossOptions & { logInput?: boolean; eps?: number } = {},
): Tensor {
  checkSame("poissonNllLoss", input, target);
  const loss = logInput
    ? input.exp().sub(target.mul(input))
    : input.sub(target.mul(input.add(eps).log()));
  return finish("poissonNllLoss", loss, reduction);
}

/** `(log v + (input − target)²/v)/2` for variances v, at least `eps`; all of one shape. The constant is left out. */
export function gaussianNllLoss(
  input: Tensor,
  target: Tensor,
  variance: Tensor,
  { eps = 1e-6, reduction }: LossOptions & { eps?: number } = {},
): Tensor {
  checkSame("gaussianNllLoss", input, target);
  checkSame("gaussianNllLoss", input, variance);
  const v = variance.clamp({ min: eps });
  const loss = v.log().add(input.sub(target).square().div(v)).mul(0.5);
  return finish("gaussianNllLoss", loss, reduction);
}

/** `max(0, −t·(a − b) + margin)` for t of 1 (a ranks higher) or −1; all of one shape. */
export function marginRankingLoss(
  a: Tensor,
  b: Tensor,
  target: Tensor,
  { margin = 0, reduction }: LossOptions & { margin?: number } = {},
): Tensor {
  checkSame("marginRankingLoss", a, b);
  checkSame("marginRankingLoss", a, target);
  return finish("marginRankingLoss", a.sub(b).mul(target).neg().add(margin).relu(), reduction);
}

/** `x` where the target is 1, `max(0, margin − x)` where it is −1; both of one shape. */
export function hingeEmbeddingLoss(
  input: Tensor,
  target: Tensor,
  { margin = 1, reduction }: LossOptions & { margin?: number } = {},
): Tensor {
  checkSame("hingeEmbeddingLoss", input, target);
  const apart = input.neg().add(margin).relu();
  return finish("hingeEmbeddingLoss", where(target.eq(1), input, apart), reduction);
}

/** `1 − cos(a, b)` where the target is 1, `max(0, cos(a, b) − margin)` where it is −1: [N, D] twice and [N]. */
export function cosineEmbeddingLoss(
  a: Tensor,
  b: Tensor,
  target: Tensor,
  { margin = 0, reduction }: LossOptions & { margin?: number } = {},
): Tensor {
  checkSame("cosineEmbeddingLoss", a, b);
  const cosine = cosineSimilarity(a, b, { dim: -1 });
  checkSame("cosineEmbeddingLoss", cosine, target);
  const apart = cosine.sub(margin).relu();
  return finish("cosineEmbeddingLoss", where(target.eq(1), cosine.neg().add(1), apart), reduction);
}

/**
 * `max(0, ‖a − p‖ − ‖a − n‖ + margin)` for an anchor, what is like it and what is
 * not: three of [N, D] (Balntas et al. 2016).
 */
export function tripletMarginLoss(
  anchor: Tensor,
  positive: Tensor,
  negative: Tensor,
  {
    margin = 1,
    p = 2,
    eps = 1e-6,
    reduction,
  }: LossOptions & { margin?: number; p?: number; eps?: number } = {},
): Tensor {
  checkSame("tripletMarginLoss", anchor, positive);
  checkSame("tripletMarginLoss", anchor, negative);
  const distance = (other: Tensor): Tensor => norm(anchor.sub(other).add(eps), { p, dim: -1 });
  const loss = distance(positive).sub(distance(negative)).add(margin).relu();
  return finish("tripletMarginLoss", loss, reduction);
}
