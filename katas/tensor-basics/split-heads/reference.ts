import type { Tensor } from "kata";

/**
 * Cuts the feature axis into heads and moves the heads in front of the sequence:
 * `out[..., h, t, i] = x[..., t, h * width + i]`.
 *
 * @param x shape [..., length, heads * width]
 * @param heads how many heads lie side by side in the last axis
 * @returns shape [..., heads, length, width]
 */
export function splitHeads(x: Tensor, heads: number): Tensor {
  return x.reshape(...x.shape.slice(0, -1), heads, -1).transpose(-3, -2);
}

/**
 * Undoes `splitHeads`: `out[..., t, h * width + i] = x[..., h, t, i]`.
 *
 * @param x shape [..., heads, length, width]
 * @returns shape [..., length, heads * width]
 */
export function mergeHeads(x: Tensor): Tensor {
  return x.transpose(-3, -2).flatten(-2);
}
