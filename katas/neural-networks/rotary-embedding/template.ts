import type { Tensor } from "kata";

/**
 * Rotary position embedding (Su et al. 2021, RoFormer). The features of a token are taken in
 * pairs (2i, 2i + 1), and pair i of the token at position p is turned by the angle
 * `p · base^(-2i / width)`: `(a, b)` becomes `(a cos - b sin, a sin + b cos)`.
 *
 * @param x shape [..., length, width], width even
 * @param offset the position of the first token
 * @returns same shape as x
 */
export function rotate(x: Tensor, offset: number = 0, base: number = 10_000): Tensor {
  // BLANK_START
  // TODO: an angle for each token and pair, then turn the pairs.
  throw new Error("not implemented");
  // BLANK_END
}
