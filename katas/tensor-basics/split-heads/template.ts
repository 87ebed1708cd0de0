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
  // BLANK_START
  // TODO: cut the last axis in two, then bring the heads forward.
  throw new Error("not implemented");
  // BLANK_END
}

/**
 * Undoes `splitHeads`: `out[..., t, h * width + i] = x[..., h, t, i]`.
 *
 * @param x shape [..., heads, length, width]
 * @returns shape [..., length, heads * width]
 */
export function mergeHeads(x: Tensor): Tensor {
  // BLANK_START
  // TODO: bring the heads back beside their features, then join the two axes.
  throw new Error("not implemented");
  // BLANK_END
}
