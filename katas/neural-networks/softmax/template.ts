import type { Tensor } from "kata";

/**
 * Softmax over one axis, for scores of any size:
 * `out[i] = exp(x[i] - max(x)) / (sum over j of exp(x[j] - max(x)))`, with i and j along `dim`.
 *
 * @param x scores of any shape
 * @param dim the axis that sums to one; negative counts from the end
 * @returns probabilities, same shape as `x`
 */
export function stableSoftmax(x: Tensor, dim: number = -1): Tensor {
  // BLANK_START
  // TODO: shift by the largest score of each slice, exponentiate, normalize.
  throw new Error("not implemented");
  // BLANK_END
}
