import { onesLike, type Tensor } from "kata";

/**
 * Scaled dot-product attention: `softmax(q kᵀ / sqrt(d)) v`.
 *
 * @param q queries, shape [..., n, d]
 * @param k keys, shape [..., m, d]
 * @param v values, shape [..., m, e]
 * @param causal when true, query i attends to the keys 0 to i only
 * @returns shape [..., n, e]
 */
export function attention(q: Tensor, k: Tensor, v: Tensor, causal: boolean = false): Tensor {
  const width = q.shape.at(-1) as number;
  let scores = q.matmul(k.transpose(-2, -1)).div(Math.sqrt(width));
  if (causal) {
    const future = onesLike(scores).triu(1).to("bool");
    scores = scores.maskedFill(future, -Infinity);
  }
  return scores.softmax(-1).matmul(v);
}
