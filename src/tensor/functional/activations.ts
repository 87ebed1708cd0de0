/** Activation functions beside those that are methods of a tensor. */

import { where, widened } from "../elementwise.ts";
import type { Tensor } from "../tensor.ts";

/** `x · sigmoid(x)`, any shape (Elfwing et al. 2017; also called swish). */
export function silu(x: Tensor): Tensor {
  return x.mul(x.sigmoid());
}

/** x above 0, `slope · x` elsewhere; any shape (Maas et al. 2013). */
export function leakyRelu(x: Tensor, slope: number = 0.01): Tensor {
  return where(x.gt(0), x, x.mul(slope));
}

/** x above 0, `alpha · (eˣ − 1)` elsewhere; any shape (Clevert et al. 2015). */
export function elu(x: Tensor, alpha: number = 1): Tensor {
  // The exponential of the branch that is not taken must not overflow, or its gradient is NaN.
  return where(x.gt(0), x, x.clamp({ max: 0 }).exp().sub(1).mul(alpha));
}

/** `log(1 + exp(βx)) / β`, and x itself where βx is above `threshold`; any shape. */
export function softplus(
  x: Tensor,
  { beta = 1, threshold = 20 }: { beta?: number; threshold?: number } = {},
): Tensor {
  return widened(x, (wide) => {
    const scaled = wide.mul(beta);
    const soft = scaled.clamp({ max: threshold }).exp().add(1).log().div(beta);
    return where(scaled.gt(threshold), wide, soft);
  });
}

/** `log(sigmoid(x))` without overflow; any shape. */
export function logSigmoid(x: Tensor): Tensor {
  return softplus(x.neg()).neg();
}

/** `x · tanh(softplus(x))`; any shape (Misra 2019). */
export function mish(x: Tensor): Tensor {
  return x.mul(softplus(x).tanh());
}

/** x cut to [min, max]; any shape. */
export function hardtanh(x: Tensor, min: number = -1, max: number = 1): Tensor {
  return x.clamp({ min, max });
}

/** The first half of `dim` times the sigmoid of the second; halves that dim (Dauphin et al. 2016). */
export function glu(x: Tensor, dim: number = -1): Tensor {
  const size = x.shape.at(dim) ?? 0;
  if (x.ndim === 0 || size % 2 !== 0) {
    throw new RangeError(`glu: dim ${dim} of shape [${x.shape.join(", ")}] must have an even size`);
  }
  const half = size / 2;
  return x.narrow(dim, 0, half).mul(x.narrow(dim, half, half).sigmoid());
}

/** x cut to [0, 6]; any shape. */
export function relu6(x: Tensor): Tensor {
  return x.clamp({ min: 0, max: 6 });
}

/** `λ · elu(x, α)`, whose λ and α keep mean 0 and variance 1; any shape (Klambauer et al. 2017). */
export function selu(x: Tensor): Tensor {
  return elu(x, 1.6732632423543772).mul(1.0507009873554805);
}

/** `elu` made smooth: `alpha · (exp(x/alpha) − 1)` below 0; any shape (Barron 2017). */
export function celu(x: Tensor, alpha: number = 1): Tensor {
  return where(x.gt(0), x, x.clamp({ max: 0 }).div(alpha).exp().sub(1).mul(alpha));
}

/** A line through the sigmoid: `x/6 + 1/2`, cut to [0, 1]; any shape. */
export function hardsigmoid(x: Tensor): Tensor {
  return relu6(x.add(3)).div(6);
}

/** `x · hardsigmoid(x)`; any shape (Howard et al. 2019). */
export function hardswish(x: Tensor): Tensor {
  return x.mul(hardsigmoid(x));
}

/** `x / (1 + |x|)`; any shape. */
export function softsign(x: Tensor): Tensor {
  return x.div(x.abs().add(1));
}

/** `x − tanh(x)`; any shape. */
export function tanhshrink(x: Tensor): Tensor {
  return x.sub(x.tanh());
}

/** x brought nearer to 0 by `lambda`, and 0 within it; any shape. */
export function softshrink(x: Tensor, lambda: number = 0.5): Tensor {
  return where(x.gt(lambda), x.sub(lambda), where(x.lt(-lambda), x.add(lambda), 0));
}

/** x, and 0 within `lambda` of 0; any shape. */
export function hardshrink(x: Tensor, lambda: number = 0.5): Tensor {
  return where(x.abs().gt(lambda), x, 0);
}

/** x above 0, `weight · x` elsewhere; weight is [] or one for each channel, dim 1 (He et al. 2015). */
export function prelu(x: Tensor, weight: Tensor): Tensor {
  if (weight.numel === 1) return where(x.gt(0), x, x.mul(weight.reshape([])));
  if (weight.ndim !== 1 || x.ndim < 2 || weight.shape[0] !== x.shape[1]) {
    throw new RangeError(
      `prelu: weight must be one number or one for each channel, dim 1, got shapes [${x.shape.join(", ")}] and [${weight.shape.join(", ")}]`,
    );
  }
  const along = weight.reshape(x.shape.map((size, dim) => (dim === 1 ? size : 1)));
  return where(x.gt(0), x, x.mul(along));
}

/** The softmax of −x along `dim`. */
export function softmin(x: Tensor, dim: number): Tensor {
  return x.neg().softmax(dim);
}

/** `x/2 · (1 + tanh(√(2/π)·(x + 0.044715·x³)))`, near `gelu`; any shape (Hendrycks & Gimpel 2016). */
export function geluTanh(x: Tensor): Tensor {
  const inner = x.add(x.pow(3).mul(0.044715)).mul(Math.sqrt(2 / Math.PI));
  return x.mul(0.5).mul(inner.tanh().add(1));
}
