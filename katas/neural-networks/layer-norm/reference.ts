import type { Tensor } from "kata";

/**
 * Layer normalization over the last axis:
 * `out = (x - mean) / sqrt(variance + eps) * weight + bias`, with the biased variance.
 *
 * @param x shape [..., d]
 * @param weight shape [d], scales each feature
 * @param bias shape [d], shifts each feature
 * @param eps added to the variance
 * @returns shape [..., d]
 */
export function layerNorm(x: Tensor, weight: Tensor, bias: Tensor, eps: number = 1e-5): Tensor {
  const centered = x.sub(x.mean(-1, { keepdim: true }));
  const variance = centered.square().mean(-1, { keepdim: true });
  return centered.div(variance.add(eps).sqrt()).mul(weight).add(bias);
}
