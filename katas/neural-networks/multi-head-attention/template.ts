import type { Tensor } from "kata";

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
  // BLANK_START
  // TODO: project, cut into heads, let each group serve its heads, attend, join, mix.
  throw new Error("not implemented");
  // BLANK_END
}
