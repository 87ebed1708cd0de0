import type { Tensor } from "kata";

/**
 * Takes from every row its mean: `out[..., :] = x[..., :] - mean(x[..., :])`.
 *
 * @param x shape [..., d]; a row is a vector along the last axis
 * @returns shape [..., d]
 */
export function centerRows(x: Tensor): Tensor {
  return x.sub(x.mean(-1, { keepdim: true }));
}
