/** Windows that slide over the spatial dims, as convolution, pooling and unfold see them. */

import { stack } from "../indexing.ts";
import { formatShape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";

/** A number for every spatial dim, or one for each. */
export type Sizes = number | readonly number[];

/** How windows slide. */
export interface WindowOptions {
  /** How far each window is from the next; 1 when left out, in pooling the window's size. */
  stride?: Sizes;
  /** How many elements are put before and after each dim; 0 when left out. */
  padding?: Sizes;
  /** How far the elements of a window are apart; 1 when left out. */
  dilation?: Sizes;
}

export function perDim(
  operator: string,
  name: string,
  given: Sizes,
  rank: number,
  least: number,
): number[] {
  const sizes = typeof given === "number" ? Array.from({ length: rank }, () => given) : [...given];
  if (sizes.length !== rank || !sizes.every((size) => Number.isInteger(size) && size >= least)) {
    throw new RangeError(
      `${operator}: ${name} must be a whole number from ${least}, or a list of ${rank}, got ${formatShape(sizes)}`,
    );
  }
  return sizes;
}

/**
 * x of [N, C, …spatial] as [N, C, …kernel, …out]: element [n, c, k, o] is
 * `x[n, c, o · stride + k · dilation]`.
 */
export function windows(
  operator: string,
  x: Tensor,
  kernel: readonly number[],
  stride: readonly number[],
  dilation: readonly number[],
): Tensor {
  let result = x;
  kernel.forEach((size, i) => {
    // Each dim already done has become two: its place in the window, and the window's.
    const dim = 2 + 2 * i;
    const [step = 1, apart = 1] = [stride[i], dilation[i]];
    const length = result.shape[dim] ?? 0;
    const out = Math.floor((length - apart * (size - 1) - 1) / step) + 1;
    if (out < 1) {
      throw new RangeError(
        `${operator}: a window of ${apart * (size - 1) + 1} does not fit in dim ${2 + i} of shape ${formatShape(x.shape)} (with its padding)`,
      );
    }
    const slices = Array.from({ length: size }, (_, k) =>
      result.slice(dim, k * apart, k * apart + (out - 1) * step + 1, step),
    );
    result = stack(slices, dim);
  });
  const order = kernel.map((_, i) => 2 + 2 * i);
  return result.permute(0, 1, ...order, ...order.map((dim) => dim + 1));
}
