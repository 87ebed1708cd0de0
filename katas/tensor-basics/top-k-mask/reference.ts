import { arange, type Tensor } from "kata";

/**
 * True at the `k` largest elements of each row, and nowhere else. Of equal elements the first
 * ones are taken, so that there are always exactly k; rows of fewer elements are true throughout.
 *
 * @param scores shape [..., n]
 * @param k a whole number from 0
 * @returns bool, shape [..., n]
 */
export function topKMask(scores: Tensor, k: number): Tensor<"bool"> {
  const mine = scores.unsqueeze(-1);
  const theirs = scores.unsqueeze(-2);
  const place = arange(scores.shape.at(-1)!);
  const isEarlier = place.lt(place.unsqueeze(1));
  const isAhead = theirs.gt(mine).logicalOr(theirs.eq(mine).logicalAnd(isEarlier));
  return isAhead.sum(-1).lt(k);
}

/**
 * Scores for sampling from the `k` best alone: the others become -Infinity.
 *
 * @param scores shape [..., n]
 * @returns shape [..., n]
 */
export function keepTopK(scores: Tensor, k: number): Tensor {
  return scores.maskedFill(topKMask(scores, k).logicalNot(), -Infinity);
}
