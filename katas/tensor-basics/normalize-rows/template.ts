import type { Tensor } from "kata";

/**
 * Scales every row to Euclidean length one: `out[..., :] = x[..., :] / max(|x[..., :]|, eps)`.
 *
 * @param x shape [..., d]; a row is a vector along the last axis
 * @param eps the least length a row is divided by, so that zero rows stay zero
 * @returns shape [..., d]
 */
export function normalizeRows(x: Tensor, eps: number = 1e-12): Tensor {
  // BLANK_START
  // TODO: reduce each row to its length, bound the length by `eps`, divide.
  throw new Error("not implemented");
  // BLANK_END
}
