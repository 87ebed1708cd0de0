/** Normalisation over the features of an element, of a batch, or of a group of channels. */

import { widened } from "../elementwise.ts";
import { formatShape, product } from "../shape.ts";
import type { Tensor } from "../tensor.ts";

/** What follows the normalisation, and what keeps it from dividing by 0. */
export interface NormOptions {
  /** Multiplies the normalised values. */
  weight?: Tensor | undefined;
  /** Is added to them. */
  bias?: Tensor | undefined;
  /** Is added to the variance. */
  eps?: number;
}

/** The trailing dims that `shape` describes. */
function trailing(operator: string, x: Tensor, shape: number | readonly number[]): number[] {
  const sizes = typeof shape === "number" ? [shape] : shape;
  const start = x.ndim - sizes.length;
  const differs = sizes.findIndex((size, dim) => size !== x.shape[start + dim]);
  if (start < 0 || sizes.length === 0 || differs >= 0) {
    throw new RangeError(
      `${operator}: shape ${formatShape(x.shape)} does not end in ${formatShape(sizes)}` +
        (start < 0 || differs < 0 ? "" : `: dim ${start + differs} is ${x.shape[start + differs]}`),
    );
  }
  return sizes.map((_, dim) => start + dim);
}

function checkChannels(
  operator: string,
  name: string,
  of: Tensor | undefined,
  channels: number,
): void {
  if (of === undefined || (of.ndim === 1 && of.shape[0] === channels)) return;
  throw new RangeError(
    `${operator}: ${name} must have shape [${channels}], one for each channel, got ${formatShape(of.shape)}`,
  );
}

function affine(x: Tensor, weight: Tensor | undefined, bias: Tensor | undefined): Tensor {
  const scaled = weight === undefined ? x : x.mul(weight);
  return bias === undefined ? scaled : scaled.add(bias);
}

/**
 * `(x − mean) / √(var + eps) · weight + bias` over the last dims, which have
 * the sizes of `shape`, as weight and bias have (Ba, Kiros & Hinton 2016).
 */
export function layerNorm(
  x: Tensor,
  shape: number | readonly number[],
  { weight, bias, eps = 1e-5 }: NormOptions = {},
): Tensor {
  const dims = trailing("layerNorm", x, shape);
  return affine(standardize(x, dims, eps), weight, bias);
}

function standardize(x: Tensor, dims: readonly number[], eps: number): Tensor {
  return widened(x, (wide) => {
    const centred = wide.sub(wide.mean(dims, { keepdim: true }));
    return centred.mul(centred.square().mean(dims, { keepdim: true }).add(eps).rsqrt());
  });
}

/** `x / √(mean(x²) + eps) · weight` over the last dims, which have the sizes of `shape` (Zhang & Sennrich 2019). */
export function rmsNorm(
  x: Tensor,
  shape: number | readonly number[],
  { weight, eps = 2 ** -23 }: Omit<NormOptions, "bias"> = {},
): Tensor {
  const dims = trailing("rmsNorm", x, shape);
  const normal = widened(x, (wide) =>
    wide.mul(wide.square().mean(dims, { keepdim: true }).add(eps).rsqrt()),
  );
  return affine(normal, weight, undefined);
}

/**
 * Normalises each channel of [N, C, …] by `mean` and `variance` ([C]), or by
 * those of the batch where they are left out; then weight and bias, [C] each
 * (Ioffe & Szegedy 2015). Keeping running statistics is `nn.BatchNorm`'s work.
 */
export function batchNorm(
  x: Tensor,
  {
    mean,
    variance,
    weight,
    bias,
    eps = 1e-5,
  }: NormOptions & { mean?: Tensor | undefined; variance?: Tensor | undefined } = {},
): Tensor {
  const channels = needChannels("batchNorm", x);
  for (const [name, of] of Object.entries({ mean, variance, weight, bias })) {
    checkChannels("batchNorm", name, of, channels);
  }
  const along = x.shape.map((_, dim) => (dim === 1 ? channels : 1));
  const dims = [...x.shape.keys()].filter((dim) => dim !== 1);
  const normal = widened(x, (wide) => {
    const centre = mean?.reshape(along) ?? wide.mean(dims, { keepdim: true });
    const spread = variance?.reshape(along) ?? wide.var(dims, { keepdim: true, correction: 0 });
    return wide.sub(centre).mul(spread.add(eps).rsqrt());
  });
  return affine(normal, weight?.reshape(along), bias?.reshape(along));
}

function needChannels(operator: string, x: Tensor): number {
  const [, channels] = x.shape;
  if (channels !== undefined) return channels;
  throw new RangeError(`${operator}: needs shape [N, C, …], got ${formatShape(x.shape)}`);
}

/**
 * Normalises `groups` groups of the channels of [N, C, …], each element of the
 * batch by itself; weight and bias are [C] (Wu & He 2018).
 */
export function groupNorm(
  x: Tensor,
  groups: number,
  { weight, bias, eps = 1e-5 }: NormOptions = {},
): Tensor {
  const channels = needChannels("groupNorm", x);
  if (!Number.isInteger(groups) || groups < 1 || channels % groups !== 0) {
    throw new RangeError(
      `groupNorm: ${channels} channels (dim 1 of ${formatShape(x.shape)}) do not make ${groups} groups`,
    );
  }
  checkChannels("groupNorm", "weight", weight, channels);
  checkChannels("groupNorm", "bias", bias, channels);
  const rest = (channels / groups) * product(x.shape.slice(2));
  const normal = standardize(x.reshape(x.shape[0] ?? 1, groups, rest), [2], eps).reshape(x.shape);
  const along = x.shape.map((_, dim) => (dim === 1 ? channels : 1));
  return affine(normal, weight?.reshape(along), bias?.reshape(along));
}
