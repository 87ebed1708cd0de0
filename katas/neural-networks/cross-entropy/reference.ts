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
  const ignored = targets.eq(ignoreIndex);
  const index = targets.maskedFill(ignored, 0).unsqueeze(-1);
  const losses = logits.logSoftmax(-1).gather(-1, index).squeeze(-1).neg();
  const counted = ignored.logicalNot();
  const total = losses.mul(counted).sum();
  return total.div(counted.sum().clamp({ min: 1 }));
}
