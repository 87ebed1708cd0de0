/**
 * Initial values for weights, written in place. A weight of [outputs, inputs, …kernel]
 * has `inputs · kernel` elements that each output sums (fan in), and
 * `outputs · kernel` that each input goes to (fan out).
 */

import { noGrad } from "../autograd/leaf.ts";
import { eye } from "../creation.ts";
import { qr } from "../functional/linear-algebra.ts";
import { where } from "../elementwise.ts";
import { rand, randn } from "../random.ts";
import { describe, formatShape, product } from "../shape.ts";
import type { Tensor } from "../tensor.ts";

/** What follows a layer, and so how much its weights are enlarged. */
export type Nonlinearity = "linear" | "sigmoid" | "tanh" | "relu" | "leakyRelu" | "selu";

/** The factor that keeps the variance through a nonlinearity (He et al. 2015); `slope` is `leakyRelu`'s. */
export function calculateGain(nonlinearity: Nonlinearity, slope: number = 0.01): number {
  const gains: Record<Nonlinearity, number> = {
    linear: 1,
    sigmoid: 1,
    tanh: 5 / 3,
    relu: Math.SQRT2,
    leakyRelu: Math.sqrt(2 / (1 + slope ** 2)),
    selu: 3 / 4,
  };
  const gain = Object.hasOwn(gains, nonlinearity) ? gains[nonlinearity] : undefined;
  if (gain !== undefined) return gain;
  throw new TypeError(
    `calculateGain: nonlinearity must be one of ${Object.keys(gains).join(", ")}, got ${describe(nonlinearity)}`,
  );
}

function fans(operator: string, x: Tensor): { fanIn: number; fanOut: number } {
  const [outputs, inputs, ...kernel] = x.shape;
  if (outputs === undefined || inputs === undefined) {
    throw new RangeError(
      `${operator}: needs a weight of at least 2 dims, got shape ${formatShape(x.shape)}`,
    );
  }
  return { fanIn: inputs * product(kernel), fanOut: outputs * product(kernel) };
}

function write(x: Tensor, values: Tensor | number): Tensor {
  return noGrad(() => x.copy_(values));
}

/** Numbers drawn evenly from [low, high). */
export function uniform_(x: Tensor, low: number = 0, high: number = 1): Tensor {
  return write(
    x,
    rand(x.shape)
      .mul(high - low)
      .add(low),
  );
}

/** Normal numbers. */
export function normal_(x: Tensor, mean: number = 0, std: number = 1): Tensor {
  return write(x, randn(x.shape).mul(std).add(mean));
}

/** Normal numbers, drawn again (at most 100 times, then cut) while they lie outside [low, high]. */
export function truncNormal_(
  x: Tensor,
  mean: number = 0,
  std: number = 1,
  low: number = -2,
  high: number = 2,
): Tensor {
  const draw = (): Tensor => randn(x.shape).mul(std).add(mean);
  let values = draw();
  for (let i = 0; i < 100; i++) {
    const outside = values.lt(low).logicalOr(values.gt(high));
    if (outside.any().item() === false) break;
    values = where(outside, draw(), values);
  }
  return write(x, values.clamp({ min: low, max: high }));
}

/** `value` everywhere. */
export function constant_(x: Tensor, value: number): Tensor {
  return write(x, value);
}

/** 1 on the diagonal of a matrix, 0 elsewhere. */
export function eye_(x: Tensor): Tensor {
  const [rows = 0, columns] = x.shape;
  if (x.ndim !== 2 || columns === undefined) {
    throw new RangeError(`eye_: needs 2 dims, got shape ${formatShape(x.shape)}`);
  }
  return write(x, eye(rows, columns));
}

/** Even numbers in ±gain·√(6 / (fan in + fan out)) (Glorot & Bengio 2010). */
export function xavierUniform_(x: Tensor, { gain = 1 }: { gain?: number } = {}): Tensor {
  const { fanIn, fanOut } = fans("xavierUniform_", x);
  const bound = gain * Math.sqrt(6 / (fanIn + fanOut));
  return uniform_(x, -bound, bound);
}

/** Normal numbers of deviation gain·√(2 / (fan in + fan out)) (Glorot & Bengio 2010). */
export function xavierNormal_(x: Tensor, { gain = 1 }: { gain?: number } = {}): Tensor {
  const { fanIn, fanOut } = fans("xavierNormal_", x);
  return normal_(x, 0, gain * Math.sqrt(2 / (fanIn + fanOut)));
}

/** Which sums keep their variance, and what follows the layer. */
export interface KaimingOptions {
  /** `leakyRelu`'s slope; 0 when left out. */
  slope?: number;
  /** Keeps the variance forwards ("fanIn", when left out) or backwards. */
  mode?: "fanIn" | "fanOut";
  /** "leakyRelu" when left out. */
  nonlinearity?: Nonlinearity;
}

function kaiming(
  operator: string,
  x: Tensor,
  { slope = 0, mode = "fanIn", nonlinearity = "leakyRelu" }: KaimingOptions,
): number {
  const fan = fans(operator, x)[mode];
  if (fan === undefined) {
    throw new TypeError(`${operator}: mode must be "fanIn" or "fanOut", got ${describe(mode)}`);
  }
  return calculateGain(nonlinearity, slope) / Math.sqrt(fan);
}

/** Even numbers in ±√3·gain/√fan (He et al. 2015). */
export function kaimingUniform_(x: Tensor, options: KaimingOptions = {}): Tensor {
  const bound = Math.sqrt(3) * kaiming("kaimingUniform_", x, options);
  return uniform_(x, -bound, bound);
}

/** Normal numbers of deviation gain/√fan (He et al. 2015). */
export function kaimingNormal_(x: Tensor, options: KaimingOptions = {}): Tensor {
  return normal_(x, 0, kaiming("kaimingNormal_", x, options));
}

/** Rows, or columns where they are fewer, at right angles and of length `gain` (Saxe et al. 2013). */
export function orthogonal_(x: Tensor, { gain = 1 }: { gain?: number } = {}): Tensor {
  const rows = x.shape[0] ?? 0;
  const columns = product(x.shape.slice(1));
  if (x.ndim < 2) {
    throw new RangeError(
      `orthogonal_: needs a weight of at least 2 dims, got shape ${formatShape(x.shape)}`,
    );
  }
  const { q } = qr(randn([Math.max(rows, columns), Math.min(rows, columns)]));
  return write(x, (rows < columns ? q.T : q).reshape(x.shape).mul(gain));
}
