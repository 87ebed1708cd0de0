/** The largest or the mean element of each window. */

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

/** The mean of each window of [N, C, L] or [C, L]; padding counts as zeros. */
export function avgPool1d(
  x: Tensor,
  kernel: Sizes,
  options: Omit<WindowOptions, "dilation"> = {},
): Tensor {
  return pool("avgPool1d", 1, x, kernel, options, 0, (w, dims) => w.mean(dims));
}

/** The mean of each window of [N, C, H, W] or [C, H, W]; padding counts as zeros. */
export function avgPool2d(
  x: Tensor,
  kernel: Sizes,
  options: Omit<WindowOptions, "dilation"> = {},
): Tensor {
  return pool("avgPool2d", 2, x, kernel, options, 0, (w, dims) => w.mean(dims));
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
  if (x.ndim !== rank + 2 && x.ndim !== rank + 1) {
    const spatial = rank === 1 ? "L" : "H, W";
    throw new RangeError(
      `${operator}: needs shape [N, C, ${spatial}] or [C, ${spatial}], got ${formatShape(x.shape)}`,
    );
  }
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
