import type { Tensor } from "kata";

/**
 * The Euclidean distance of every point of `a` to every point of `b`:
 * `out[i, j] = sqrt(sum over c of (a[i, c] - b[j, c])²)`.
 *
 * @param a shape [n, d], n points with d coordinates
 * @param b shape [m, d]
 * @returns shape [n, m]
 */
export function pairwiseDistances(a: Tensor, b: Tensor): Tensor {
  // BLANK_START
  // TODO: let every pair of points meet, subtract, and fold the coordinates away.
  throw new Error("not implemented");
  // BLANK_END
}
