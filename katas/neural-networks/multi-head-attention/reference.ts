import { scaledDotProductAttention, type Tensor } from "kata";

/** Each multiplies features from the right: `x.matmul(query)`. */
export interface Weights {
  /** Shape [width, heads * size]. */
  query: Tensor;
  /** Shape [width, groups * size]. */
  key: Tensor;
  /** Shape [width, groups * size]. */
  value: Tensor;
  /** Shape [heads * size, width]. */
  output: Tensor;
}

export interface Heads {
  heads: number;
  /** How many heads of keys and values there are; it divides `heads`. */
  groups: number;
}

/**
 * Causal self-attention with several heads that share keys and values in groups.
 * Head h attends with its own queries to the keys and values of group `floor(h / (heads / groups))`;
 * what the heads find is set side by side and mixed by `output`.
 *
 * `scaledDotProductAttention(q, k, v, { isCausal: true })` of `kata` does one head's work.
 *
 * @param x shape [..., length, width]
 * @returns shape [..., length, width]
 */
export function selfAttention(x: Tensor, weights: Weights, { heads, groups }: Heads): Tensor {
  const split = (features: Tensor, count: number): Tensor =>
    features.reshape(...features.shape.slice(0, -1), count, -1).transpose(-3, -2);
  const share = (few: Tensor): Tensor => few.repeatInterleave(heads / groups, -3);
  const q = split(x.matmul(weights.query), heads);
  const k = share(split(x.matmul(weights.key), groups));
  const v = share(split(x.matmul(weights.value), groups));
  const found = scaledDotProductAttention(q, k, v, { isCausal: true });
  return found.transpose(-3, -2).flatten(-2).matmul(weights.output);
}
