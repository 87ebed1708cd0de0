/** Losses: for each its arguments, the step it is, and the layer's operator. */
import { fault } from "../../../python/fault.ts";
import { isFloat } from "../../../tensor/dtype.ts";
import * as layer from "../../../tensor/functional/index.ts";
import type { Tensor } from "../../../tensor/index.ts";
import { where } from "../../../tensor/elementwise.ts";
import { broadcast } from "../arithmetic.ts";
import { C_NAMES } from "../dtype.ts";
import { work } from "../failure.ts";
import { sameSizes, wrap } from "../tensor.ts";
import { type Entries, type Entry, type Given, named } from "./given.ts";

type Reduction = "mean" | "sum" | "none";

/** What becomes of the losses of the elements; `reduce` and `size_average` are how it was once said. */
function reductionOf(given: Given): Reduction {
  const [reduce, average] = [given.value("reduce"), given.value("size_average")];
  if (reduce !== undefined || average !== undefined) {
    return reduce === false ? "none" : average === false ? "sum" : "mean";
  }
  const reduction = given.text("reduction");
  if (reduction === "mean" || reduction === "sum" || reduction === "none") return reduction;
  fault("ValueError", `${reduction} is not a valid value for reduction`);
}

const REDUCTION = "size_average=None, reduce=None, reduction='mean'";

/** A loss's step where a fold ends it: `Abs` names what is folded. */
const folded = (each: string) => (reduction: Reduction) =>
  ({ mean: "Mean0", sum: "Sum0", none: each })[reduction];

/** A row of the table: `tensors` come first, then `options`, then how they are reduced. */
function loss(
  name: string,
  tensors: string,
  options: string,
  made: string | ((reduction: Reduction) => string),
  run: (given: Given, reduction: { reduction: Reduction }) => Tensor,
  signature: string = [tensors, options, REDUCTION].filter(Boolean).join(", "),
): Entry {
  return named(name, signature, (given) => {
    const [first] = tensors.split(", ");
    work(given.tensor(first!).numel);
    const reduction = reductionOf(given);
    const step = typeof made === "string" ? made : made(reduction);
    return wrap(run(given, { reduction }), step);
  });
}

/** Both tensors at the shape and dtype that they come to together. */
function fitted(given: Given): [Tensor, Tensor] {
  const [a, b] = [given.tensor("input"), given.tensor("target")];
  const shape = broadcast(a.shape, b.shape);
  const fit = (x: Tensor): Tensor => (sameSizes(x.shape, shape) ? x : x.expand(shape));
  if (a.dtype !== b.dtype && isFloat(a.dtype) && isFloat(b.dtype)) {
    return [fit(a).to("float64"), fit(b).to("float64")];
  }
  return [fit(a), fit(b)];
}

const size = (x: Tensor): string => `torch.Size([${x.shape.join(", ")}])`;

function checkClasses(x: Tensor, target: Tensor, ignore: number): void {
  if (isFloat(target.dtype)) {
    if (sameSizes(x.shape, target.shape)) return;
    if (x.ndim > 1 && target.ndim === x.ndim - 1) {
      fault("RuntimeError", `expected scalar type Long but found ${C_NAMES[target.dtype]}`);
    }
    fault(
      "RuntimeError",
      "Expected floating point type for target with class probabilities, got same shape",
    );
  }
  const dim = x.ndim === 1 ? 0 : 1;
  if (x.ndim === 2 && target.ndim > 1) {
    fault("RuntimeError", "0D or 1D target tensor expected, multi-target not supported");
  }
  const mismatched = x.ndim > 1 && target.ndim > 0 && x.shape[0] !== target.shape[0];
  if (mismatched || (x.ndim === 1 && target.ndim === 1)) {
    fault(
      "ValueError",
      `Expected input batch_size (${x.shape[0]}) to match target batch_size (${target.shape[0]}).`,
    );
  }
  if (target.dtype !== "int64") {
    fault("RuntimeError", `expected scalar type Long but found ${C_NAMES[target.dtype]}`);
  }
  const classes = x.shape[dim] ?? 1;
  for (const one of target.toTypedArray() as Iterable<number | bigint>) {
    const value = Number(one);
    if (value !== ignore && (value < 0 || value >= classes)) {
      fault("IndexError", `Target ${value} is out of bounds.`);
    }
  }
}

function classes(given: Given): [Tensor, Tensor, { weight?: Tensor; ignoreIndex: number }] {
  const [x, target, weight] = [
    given.tensor("input"),
    given.tensor("target"),
    given.maybe("weight"),
  ];
  const ignoreIndex = given.int("ignore_index");
  checkClasses(x, target, ignoreIndex);
  return [x, target, weight === undefined ? { ignoreIndex } : { weight, ignoreIndex }];
}

/** The part of a Stirling series that `full` adds for targets above 1. */
function stirling(target: Tensor): Tensor {
  const term = target
    .mul(target.log())
    .sub(target)
    .add(
      target
        .mul(2 * Math.PI)
        .log()
        .mul(0.5),
    );
  return where(target.gt(1), term, 0);
}

function reduced(each: Tensor, { reduction }: { reduction: Reduction }): Tensor {
  return reduction === "none" ? each : reduction === "sum" ? each.sum() : each.mean();
}

function distance(a: Tensor, b: Tensor, given: Given): Tensor {
  return layer.norm(a.sub(b).add(given.number("eps")), { p: given.number("p"), dim: -1 });
}

const PAIR = "input, target";
const THREE = "input1, input2, target";
const CLASSES = `${PAIR}, weight=None, size_average=None, ignore_index=-100, reduce=None, reduction='mean'`;
const LOGITS = "binary_cross_entropy_with_logits";

/** Checks that a target has the size of its input, in the words of each loss. */
function sameSize(name: string, given: Given): [Tensor, Tensor] {
  const [x, t] = [given.tensor("input"), given.tensor("target")];
  if (sameSizes(x.shape, t.shape)) return [x, t];
  fault(
    "ValueError",
    name === LOGITS
      ? `Target size (${size(t)}) must be the same as input size (${size(x)})`
      : `Using a target size (${size(t)}) that is different to the input size (${size(x)}) is deprecated. Please ensure they have the same size.`,
  );
}

const maybe = <K extends string>(name: K, tensor: Tensor | undefined): { [key in K]?: Tensor } =>
  (tensor === undefined ? {} : { [name]: tensor }) as { [key in K]?: Tensor };

export const LOSSES: Entries = {
  mse_loss: loss("mse_loss", PAIR, "", "MseLoss", (given, how) =>
    layer.mseLoss(...fitted(given), how),
  ),
  l1_loss: loss("l1_loss", PAIR, "", folded("Abs"), (given, how) =>
    layer.l1Loss(...fitted(given), how),
  ),
  smooth_l1_loss: loss(
    "smooth_l1_loss",
    PAIR,
    "",
    "SmoothL1Loss",
    (given, how) => layer.smoothL1Loss(...fitted(given), { ...how, beta: given.number("beta") }),
    `${PAIR}, ${REDUCTION}, beta=1.0`,
  ),
  huber_loss: loss(
    "huber_loss",
    PAIR,
    "",
    "HuberLoss",
    (given, how) => layer.huberLoss(...fitted(given), { ...how, delta: given.number("delta") }),
    `${PAIR}, reduction='mean', delta=1.0`,
  ),
  kl_div: named("kl_div", `${PAIR}, ${REDUCTION}, log_target=False`, (given) => {
    const [x, target] = fitted(given);
    const logTarget = given.flag("log_target");
    if (given.text("reduction") === "batchmean") {
      return wrap(layer.klDiv(x, target, { logTarget, reduction: "batchmean" }), "Div0");
    }
    const reduction = reductionOf(given);
    return wrap(
      layer.klDiv(x, target, { logTarget, reduction }),
      folded(logTarget ? "Mul0" : "Sub0")(reduction),
    );
  }),
  cross_entropy: loss(
    "cross_entropy_loss",
    PAIR,
    "",
    "NllLoss",
    (given, how) => {
      const [x, target, options] = classes(given);
      const labelSmoothing = given.number("label_smoothing");
      return layer.crossEntropy(x, target, { ...options, ...how, labelSmoothing });
    },
    `${CLASSES}, label_smoothing=0.0`,
  ),
  nll_loss: loss(
    "nll_loss",
    PAIR,
    "",
    "NllLoss",
    (given, how) => {
      const [x, target, options] = classes(given);
      return layer.nllLoss(x, target, { ...options, ...how });
    },
    CLASSES,
  ),
  binary_cross_entropy: loss(
    "binary_cross_entropy",
    PAIR,
    "weight=None",
    "BinaryCrossEntropy",
    (given, how) => {
      const [x, target] = sameSize("binary_cross_entropy", given);
      if (x.lt(0).logicalOr(x.gt(1)).any().item() === true) {
        fault("RuntimeError", "all elements of input should be between 0 and 1");
      }
      return layer.binaryCrossEntropy(x, target, {
        ...maybe("weight", given.maybe("weight")),
        ...how,
      });
    },
  ),
  [LOGITS]: loss(
    LOGITS,
    PAIR,
    "weight=None",
    "BinaryCrossEntropyWithLogits",
    (given, how) =>
      layer.binaryCrossEntropyWithLogits(...sameSize(LOGITS, given), {
        ...maybe("weight", given.maybe("weight")),
        ...maybe("posWeight", given.maybe("pos_weight")),
        ...how,
      }),
    `${PAIR}, weight=None, ${REDUCTION}, pos_weight=None`,
  ),
  cosine_embedding_loss: loss(
    "cosine_embedding_loss",
    THREE,
    "margin=0.0",
    folded("Add0"),
    (given, how) =>
      layer.cosineEmbeddingLoss(
        given.tensor("input1"),
        given.tensor("input2"),
        given.tensor("target"),
        { ...how, margin: given.number("margin") },
      ),
  ),
  margin_ranking_loss: loss(
    "margin_ranking_loss",
    THREE,
    "margin=0.0",
    folded("ClampMin0"),
    (given, how) =>
      layer.marginRankingLoss(
        given.tensor("input1"),
        given.tensor("input2"),
        given.tensor("target"),
        { ...how, margin: given.number("margin") },
      ),
  ),
  hinge_embedding_loss: loss(
    "hinge_embedding_loss",
    PAIR,
    "margin=1.0",
    folded("Add0"),
    (given, how) =>
      layer.hingeEmbeddingLoss(given.tensor("input"), given.tensor("target"), {
        ...how,
        margin: given.number("margin"),
      }),
  ),
  triplet_margin_loss: loss(
    "triplet_margin_loss",
    "anchor, positive, negative",
    "margin=1.0, p=2, eps=1e-06, swap=False",
    folded("ClampMin0"),
    (given, how) => {
      const [a, p, n] = [
        given.tensor("anchor"),
        given.tensor("positive"),
        given.tensor("negative"),
      ];
      const far = distance(a, n, given);
      const least = given.flag("swap") ? far.minimum(distance(p, n, given)) : far;
      return reduced(distance(a, p, given).sub(least).add(given.number("margin")).relu(), how);
    },
  ),
  poisson_nll_loss: loss(
    "poisson_nll_loss",
    PAIR,
    "",
    folded("Sub0"),
    (given, how) => {
      const [x, target] = [given.tensor("input"), given.tensor("target")];
      const options = { logInput: given.flag("log_input"), eps: given.number("eps") };
      const each = layer.poissonNllLoss(x, target, { ...options, reduction: "none" });
      return reduced(given.flag("full") ? each.add(stirling(target)) : each, how);
    },
    `${PAIR}, log_input=True, full=False, size_average=None, eps=1e-08, reduce=None, reduction='mean'`,
  ),
  gaussian_nll_loss: loss(
    "gaussian_nll_loss",
    "input, target, var",
    "",
    folded("Mul0"),
    (given, how) => {
      const [x, target, variance] = [
        given.tensor("input"),
        given.tensor("target"),
        given.tensor("var"),
      ];
      if (variance.lt(0).any().item() === true) {
        fault("ValueError", "var has negative entry/entries");
      }
      const v = sameSizes(variance.shape, x.shape)
        ? variance
        : (variance.ndim < x.ndim ? variance.unsqueeze(-1) : variance).expand(x.shape);
      const each = layer.gaussianNllLoss(x, target, v, {
        eps: given.number("eps"),
        reduction: "none",
      });
      return reduced(given.flag("full") ? each.add(0.5 * Math.log(2 * Math.PI)) : each, how);
    },
    "input, target, var, full=False, eps=1e-06, reduction='mean'",
  ),
};
