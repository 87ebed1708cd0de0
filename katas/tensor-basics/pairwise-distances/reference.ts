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
  const difference = a.unsqueeze(1).sub(b);
  return difference.square().sum(-1).sqrt();
}
