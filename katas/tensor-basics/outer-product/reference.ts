import type { Tensor } from "kata";

/**
 * The outer product of the last axes: `out[..., i, j] = a[..., i] * b[..., j]`.
 *
 * @param a shape [..., n]
 * @param b shape [..., m], with the same leading (batch) axes as `a`
 * @returns shape [..., n, m]
 */
export function outerProduct(a: Tensor, b: Tensor): Tensor {
  return a.unsqueeze(-1).mul(b.unsqueeze(-2));
}
