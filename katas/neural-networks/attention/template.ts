import type { Tensor } from "kata";

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
  // BLANK_START
  // TODO: score every query against every key, hide the future if asked, average the values.
  throw new Error("not implemented");
  // BLANK_END
}
