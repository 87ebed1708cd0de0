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
