import type { Tensor } from "kata";

/**
 * The mean cross-entropy, in nats, of the positions whose target is not `ignoreIndex`:
 * position i costs `log(sum over c of exp(logits[i, c])) - logits[i, targets[i]]`.
 *
 * @param logits shape [..., classes], unnormalized scores of any size
 * @param targets shape [...], int32: the right class of each position, or `ignoreIndex`
 * @param ignoreIndex the target of positions that do not count
 * @returns shape [], 0 when no position counts
 */
export function crossEntropy(logits: Tensor, targets: Tensor, ignoreIndex: number = -100): Tensor {
  // BLANK_START
  // TODO: the log-probability of each target, negated, averaged over the positions that count.
  throw new Error("not implemented");
  // BLANK_END
}
