/** The largest or the mean element of each window. */

import { onesLike } from "../creation.ts";
import { stack } from "../indexing.ts";
import { formatShape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { pad } from "./pad.ts";
import { perDim, type Sizes, type WindowOptions, windows } from "./windows.ts";

/** The largest of each window of [N, C, L] or [C, L]; padding never wins. */
export function maxPool1d(x: Tensor, kernel: Sizes, options: WindowOptions = {}): Tensor {
  return pool("maxPool1d", 1, x, kernel, options, -Infinity, (w, dims) => w.amax(dims));
}

/** The largest of each window of [N, C, H, W] or [C, H, W]; padding never wins. */
export function maxPool2d(x: Tensor, kernel: Sizes, options: WindowOptions = {}): Tensor {
  return pool("maxPool2d", 2, x, kernel, options, -Infinity, (w, dims) => w.amax(dims));
}

/** How windows of a mean slide, and what padding counts as. */
export interface AvgPoolOptions extends Omit<WindowOptions, "dilation"> {
  /** Whether padding counts as zeros, or not at all; true when left out. */
  countIncludePad?: boolean;
}

/** The mean of each window of [N, C, L] or [C, L]. */
export function avgPool1d(x: Tensor, kernel: Sizes, options: AvgPoolOptions = {}): Tensor {
  return average("avgPool1d", 1, x, kernel, options);
}

/** The mean of each window of [N, C, H, W] or [C, H, W]. */
export function avgPool2d(x: Tensor, kernel: Sizes, options: AvgPoolOptions = {}): Tensor {
  return average("avgPool2d", 2, x, kernel, options);
}

function average(
  operator: string,
  rank: number,
  x: Tensor,
  kernel: Sizes,
  { countIncludePad = true, ...options }: AvgPoolOptions,
): Tensor {
  const mean = (of: Tensor): Tensor =>
    pool(operator, rank, of, kernel, options, 0, (w, dims) => w.mean(dims));
  const result = mean(x);
  // The mean over the share of each window that is no padding.
  return countIncludePad ? result : result.div(mean(onesLike(x.detach())));
}

/** The mean of each of `size` parts of [N, C, L] or [C, L], which overlap where they do not fit. */
export function adaptiveAvgPool1d(x: Tensor, size: number): Tensor {
  return adaptive("adaptiveAvgPool1d", 1, x, size, (part, dim) => part.mean(dim));
}

/** The mean of each of `size` parts of [N, C, H, W] or [C, H, W], by height and width. */
export function adaptiveAvgPool2d(x: Tensor, size: Sizes): Tensor {
  return adaptive("adaptiveAvgPool2d", 2, x, size, (part, dim) => part.mean(dim));
}

/** As `adaptiveAvgPool1d`, the largest. */
export function adaptiveMaxPool1d(x: Tensor, size: number): Tensor {
  return adaptive("adaptiveMaxPool1d", 1, x, size, (part, dim) => part.amax(dim));
}

/** As `adaptiveAvgPool2d`, the largest. */
export function adaptiveMaxPool2d(x: Tensor, size: Sizes): Tensor {
  return adaptive("adaptiveMaxPool2d", 2, x, size, (part, dim) => part.amax(dim));
}

/** Part i of m of a dim of n is from ⌊i·n/m⌋ to ⌈(i + 1)·n/m⌉; one dim after the other. */
function adaptive(
  operator: string,
  rank: number,
  x: Tensor,
  size: Sizes,
  fold: (part: Tensor, dim: number) => Tensor,
): Tensor {
  needSpatial(operator, rank, x);
  return perDim(operator, "size", size, rank, 1).reduce((result, parts, i) => {
    const dim = x.ndim - rank + i;
    const whole = x.shape[dim] ?? 0;
    const folded = Array.from({ length: parts }, (_, part) => {
      const start = Math.floor((part * whole) / parts);
      const end = Math.ceil(((part + 1) * whole) / parts);
      return fold(result.narrow(dim, start, end - start), dim);
    });
    return stack(folded, dim);
  }, x);
}

function needSpatial(operator: string, rank: number, x: Tensor): void {
  if (x.ndim === rank + 2 || x.ndim === rank + 1) return;
  const spatial = rank === 1 ? "L" : "H, W";
  throw new RangeError(
    `${operator}: needs shape [N, C, ${spatial}] or [C, ${spatial}], got ${formatShape(x.shape)}`,
  );
}

function pool(
  operator: string,
  rank: number,
  x: Tensor,
  kernel: Sizes,
  { stride = kernel, padding = 0, dilation = 1 }: WindowOptions,
  value: number,
  fold: (windows: Tensor, dims: number[]) => Tensor,
): Tensor {
  needSpatial(operator, rank, x);
  const sizes = perDim(operator, "kernel", kernel, rank, 1);
  const steps = perDim(operator, "stride", stride, rank, 1);
  const margin = perDim(operator, "padding", padding, rank, 0);
  const apart = perDim(operator, "dilation", dilation, rank, 1);
  if (margin.some((width, i) => 2 * width > (sizes[i] ?? 1))) {
    throw new RangeError(
      `${operator}: padding ${formatShape(margin)} must be at most half of kernel ${formatShape(sizes)}`,
    );
  }
  const batched = x.ndim === rank + 2 ? x : x.unsqueeze(0);
  const widths = margin.toReversed().flatMap((width) => [width, width]);
  const wide = pad(batched, widths, { value });
  const dims = sizes.map((_, i) => 2 + i);
  const result = fold(windows(operator, wide, sizes, steps, apart), dims);
  return x.ndim === rank + 2 ? result : result.squeeze(0);
}
