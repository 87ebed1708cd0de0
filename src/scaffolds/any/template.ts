import type { Tensor } from "kata";

/**
 * Takes from every row its mean: `out[..., :] = x[..., :] - mean(x[..., :])`.
 *
 * @param x shape [..., d]; a row is a vector along the last axis
 * @returns shape [..., d]
 */
export function centerRows(x: Tensor): Tensor {
  // BLANK_START
  // TODO: subtract the mean of each row.
  throw new Error("not implemented");
  // BLANK_END
}
