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
  // BLANK_START
  // TODO: centre each row, divide by its standard deviation, then scale and shift.
  throw new Error("not implemented");
  // BLANK_END
}
