import type { Tensor } from "kata";

/**
 * True at the `k` largest elements of each row, and nowhere else. Of equal elements the first
 * ones are taken, so that there are always exactly k; rows of fewer elements are true throughout.
 *
 * @param scores shape [..., n]
 * @param k a whole number from 0
 * @returns bool, shape [..., n]
 */
export function topKMask(scores: Tensor, k: number): Tensor<"bool"> {
  // BLANK_START
  // TODO: at which place would each element stand if its row were sorted?
  throw new Error("not implemented");
  // BLANK_END
}

/**
 * Scores for sampling from the `k` best alone: the others become -Infinity.
 *
 * @param scores shape [..., n]
 * @returns shape [..., n]
 */
export function keepTopK(scores: Tensor, k: number): Tensor {
  // BLANK_START
  // TODO: hide what the mask does not name.
  throw new Error("not implemented");
  // BLANK_END
}
