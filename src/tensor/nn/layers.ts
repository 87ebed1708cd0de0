/** Layers of one input, with PyTorch's shapes and initial values. */

import { noGrad } from "../autograd/leaf.ts";
import { ones, zeros } from "../creation.ts";
import {
  conv1d,
  conv2d,
  type ConvOptions,
  convTranspose1d,
  convTranspose2d,
  type ConvTransposeOptions,
} from "../functional/convolution.ts";
import { dropout } from "../functional/dropout.ts";
import { embedding } from "../functional/classes.ts";
import { batchNorm, groupNorm, layerNorm, rmsNorm } from "../functional/normalization.ts";
import { perDim, type Sizes } from "../functional/windows.ts";
import { randn } from "../random.ts";
import { formatShape, product } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { Module, parameter, uniform } from "./module.ts";

/** What takes one tensor and gives one: a layer, or a function such as `(x) => x.relu()`. */
export type Layer = (Module & { forward(x: Tensor): Tensor }) | ((x: Tensor) => Tensor);

/** `x·Wᵀ + b` on the last dim: [..., inputs] to [..., outputs]; W and b from ±1/√inputs. */
export class Linear extends Module {
  /** [outputs, inputs]. */
  weight: Tensor;
  /** [outputs]. */
  bias: Tensor | undefined;

  constructor(inputs: number, outputs: number, { bias = true }: { bias?: boolean } = {}) {
    super();
    const bound = 1 / Math.sqrt(inputs);
    this.weight = uniform([outputs, inputs], bound);
    this.bias = bias ? uniform([outputs], bound) : undefined;
  }

  /** [..., inputs] to [..., outputs]. */
  forward(x: Tensor): Tensor {
    const [outputs = 0, inputs = 0] = this.weight.shape;
    if (x.ndim === 0 || x.shape.at(-1) !== inputs) {
      throw new RangeError(
        `Linear: dim -1 of shape ${formatShape(x.shape)} must be ${inputs}, as the weight ${formatShape([outputs, inputs])} has it`,
      );
    }
    const result = x.matmul(this.weight.T);
    return this.bias === undefined ? result : result.add(this.bias);
  }
}

/** A row of `weight` for each index; rows are standard normal. */
export class Embedding extends Module {
  /** [rows, width]. */
  weight: Tensor;

  constructor(rows: number, width: number) {
    super();
    this.weight = parameter(randn([rows, width]));
  }

  /** int32 [...] to [..., width]. */
  forward(index: Tensor): Tensor {
    return embedding(index, this.weight);
  }
}

/** `layerNorm` over the last dims, of the sizes `shape`, with weight 1 and bias 0. */
export class LayerNorm extends Module {
  private readonly shape: readonly number[];
  private readonly eps: number;
  weight: Tensor;
  bias: Tensor;

  constructor(shape: number | readonly number[], { eps = 1e-5 }: { eps?: number } = {}) {
    super();
    this.shape = typeof shape === "number" ? [shape] : shape;
    this.eps = eps;
    this.weight = parameter(ones(this.shape));
    this.bias = parameter(zeros(this.shape));
  }

  /** The shape stays. */
  forward(x: Tensor): Tensor {
    return layerNorm(x, this.shape, { weight: this.weight, bias: this.bias, eps: this.eps });
  }
}

/** `rmsNorm` over the last dims, of the sizes `shape`, with weight 1. */
export class RMSNorm extends Module {
  private readonly shape: readonly number[];
  private readonly eps: number;
  weight: Tensor;

  constructor(shape: number | readonly number[], { eps = 2 ** -23 }: { eps?: number } = {}) {
    super();
    this.shape = typeof shape === "number" ? [shape] : shape;
    this.eps = eps;
    this.weight = parameter(ones(this.shape));
  }

  /** The shape stays. */
  forward(x: Tensor): Tensor {
    return rmsNorm(x, this.shape, { weight: this.weight, eps: this.eps });
  }
}

/**
 * `batchNorm` of each channel by the batch in training, else by running
 * statistics, which training moves by `momentum` to those of each batch.
 */
abstract class BatchNorm extends Module {
  private readonly eps: number;
  private readonly momentum: number;
  weight: Tensor;
  bias: Tensor;
  runningMean: Tensor;
  runningVar: Tensor;

  constructor(
    channels: number,
    { eps = 1e-5, momentum = 0.1 }: { eps?: number; momentum?: number } = {},
  ) {
    super();
    this.eps = eps;
    this.momentum = momentum;
    this.weight = parameter(ones([channels]));
    this.bias = parameter(zeros([channels]));
    this.runningMean = zeros([channels]);
    this.runningVar = ones([channels]);
  }

  protected normalize(x: Tensor): Tensor {
    const { weight, bias, eps } = this;
    if (!this.training) {
      return batchNorm(x, { mean: this.runningMean, variance: this.runningVar, weight, bias, eps });
    }
    const result = batchNorm(x, { weight, bias, eps });
    noGrad(() => {
      const dims = [...x.shape.keys()].filter((dim) => dim !== 1);
      const move = (running: Tensor, now: Tensor): Tensor =>
        running.mul_(1 - this.momentum).add_(now.mul(this.momentum));
      move(this.runningMean, x.mean(dims));
      // The variance of the population is estimated, as in PyTorch.
      move(this.runningVar, x.var(dims));
    });
    return result;
  }
}

function needRank(name: string, x: Tensor, ranks: readonly number[], shapes: string): void {
  if (ranks.includes(x.ndim)) return;
  throw new RangeError(`${name}: needs shape ${shapes}, got ${formatShape(x.shape)}`);
}

/** Batch normalisation of [N, C] or [N, C, L], with running statistics. */
export class BatchNorm1d extends BatchNorm {
  /** The shape stays. */
  forward(x: Tensor): Tensor {
    needRank("BatchNorm1d", x, [2, 3], "[N, C] or [N, C, L]");
    return this.normalize(x);
  }
}

/** Batch normalisation of [N, C, H, W], with running statistics. */
export class BatchNorm2d extends BatchNorm {
  /** The shape stays. */
  forward(x: Tensor): Tensor {
    needRank("BatchNorm2d", x, [4], "[N, C, H, W]");
    return this.normalize(x);
  }
}

/** Normalises `groups` groups of channels, with weight 1 and bias 0 for each channel. */
export class GroupNorm extends Module {
  private readonly groups: number;
  private readonly eps: number;
  weight: Tensor;
  bias: Tensor;

  constructor(groups: number, channels: number, { eps = 1e-5 }: { eps?: number } = {}) {
    super();
    if (channels % groups !== 0) {
      throw new RangeError(`GroupNorm: ${channels} channels do not make ${groups} groups`);
    }
    this.groups = groups;
    this.eps = eps;
    this.weight = parameter(ones([channels]));
    this.bias = parameter(zeros([channels]));
  }

  /** [N, C, …]; the shape stays. */
  forward(x: Tensor): Tensor {
    return groupNorm(x, this.groups, { weight: this.weight, bias: this.bias, eps: this.eps });
  }
}

/** How a convolution layer slides. */
export interface ConvLayerOptions extends Omit<ConvOptions, "bias"> {
  /** Whether there is a bias; true when left out. */
  bias?: boolean;
}
/** As `ConvLayerOptions`, for the transpose. */
export interface ConvTransposeLayerOptions extends Omit<ConvTransposeOptions, "bias"> {
  /** Whether there is a bias; true when left out. */
  bias?: boolean;
}

/** Weight and bias of a convolution, from ±1/√(second dim of the weight · kernel). */
function convolution(
  name: string,
  rank: number,
  inputs: number,
  outputs: number,
  groups: number,
  kernel: Sizes,
  bias: boolean,
  transposed: boolean,
): { weight: Tensor; bias: Tensor | undefined } {
  if (!Number.isInteger(groups) || groups < 1 || inputs % groups !== 0 || outputs % groups !== 0) {
    throw new RangeError(
      `${name}: ${inputs} inputs and ${outputs} outputs do not make ${groups} groups`,
    );
  }
  const channels = transposed ? [inputs, outputs / groups] : [outputs, inputs / groups];
  const shape = [...channels, ...perDim(name, "kernel", kernel, rank, 1)];
  const bound = 1 / Math.sqrt(product(shape.slice(1)));
  return {
    weight: uniform(shape, bound),
    bias: bias ? uniform([outputs], bound) : undefined,
  };
}

abstract class Conv extends Module {
  /** [outputs, inputs/groups, …kernel]. */
  weight: Tensor;
  /** [outputs]. */
  bias: Tensor | undefined;
  protected readonly options: Omit<ConvOptions, "bias">;

  constructor(
    name: string,
    rank: number,
    inputs: number,
    outputs: number,
    kernel: Sizes,
    { bias = true, ...options }: ConvLayerOptions,
  ) {
    super();
    const groups = options.groups ?? 1;
    const made = convolution(name, rank, inputs, outputs, groups, kernel, bias, false);
    this.weight = made.weight;
    this.bias = made.bias;
    this.options = options;
  }
}

/** `conv1d` with weight and bias from ±1/√(inputs/groups · kernel). */
export class Conv1d extends Conv {
  constructor(inputs: number, outputs: number, kernel: Sizes, options: ConvLayerOptions = {}) {
    super("Conv1d", 1, inputs, outputs, kernel, options);
  }

  /** [N, inputs, L] to [N, outputs, L′]. */
  forward(x: Tensor): Tensor {
    return conv1d(x, this.weight, { ...this.options, bias: this.bias });
  }
}

/** `conv2d` with weight and bias from ±1/√(inputs/groups · kernel height · width). */
export class Conv2d extends Conv {
  constructor(inputs: number, outputs: number, kernel: Sizes, options: ConvLayerOptions = {}) {
    super("Conv2d", 2, inputs, outputs, kernel, options);
  }

  /** [N, inputs, H, W] to [N, outputs, H′, W′]. */
  forward(x: Tensor): Tensor {
    return conv2d(x, this.weight, { ...this.options, bias: this.bias });
  }
}

abstract class ConvTranspose extends Module {
  /** [inputs, outputs/groups, …kernel]. */
  weight: Tensor;
  /** [outputs]. */
  bias: Tensor | undefined;
  protected readonly options: Omit<ConvTransposeOptions, "bias">;

  constructor(
    name: string,
    rank: number,
    inputs: number,
    outputs: number,
    kernel: Sizes,
    { bias = true, ...options }: ConvTransposeLayerOptions,
  ) {
    super();
    const groups = options.groups ?? 1;
    const made = convolution(name, rank, inputs, outputs, groups, kernel, bias, true);
    this.weight = made.weight;
    this.bias = made.bias;
    this.options = options;
  }
}

/** `convTranspose1d` with weight and bias from ±1/√(outputs/groups · kernel). */
export class ConvTranspose1d extends ConvTranspose {
  constructor(
    inputs: number,
    outputs: number,
    kernel: Sizes,
    options: ConvTransposeLayerOptions = {},
  ) {
    super("ConvTranspose1d", 1, inputs, outputs, kernel, options);
  }

  /** [N, inputs, L] to [N, outputs, L′]. */
  forward(x: Tensor): Tensor {
    return convTranspose1d(x, this.weight, { ...this.options, bias: this.bias });
  }
}

/** `convTranspose2d` with weight and bias from ±1/√(outputs/groups · kernel height · width). */
export class ConvTranspose2d extends ConvTranspose {
  constructor(
    inputs: number,
    outputs: number,
    kernel: Sizes,
    options: ConvTransposeLayerOptions = {},
  ) {
    super("ConvTranspose2d", 2, inputs, outputs, kernel, options);
  }

  /** [N, inputs, H, W] to [N, outputs, H′, W′]. */
  forward(x: Tensor): Tensor {
    return convTranspose2d(x, this.weight, { ...this.options, bias: this.bias });
  }
}

/** `dropout` in training, nothing else. */
export class Dropout extends Module {
  private readonly p: number;

  constructor(p: number = 0.5) {
    super();
    this.p = p;
  }

  /** The shape stays. */
  forward(x: Tensor): Tensor {
    return dropout(x, this.p, this.training);
  }
}

/** Layers and functions, one after the other. */
export class Sequential extends Module {
  readonly layers: Layer[];

  constructor(...layers: Layer[]) {
    super();
    this.layers = layers;
  }

  /** What the last layer gives. */
  forward(x: Tensor): Tensor {
    return this.layers.reduce(
      (value, layer) => (typeof layer === "function" ? layer(value) : layer.forward(value)),
      x,
    );
  }
}
