/** Convolutions as one matrix product over the windows they slide over. */

import { describe, disagreement, formatShape, product } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { pad } from "./pad.ts";
import { perDim, type Sizes, type WindowOptions, windows } from "./windows.ts";

/** How a convolution slides, what it adds, and which channels it sees. */
export interface ConvOptions extends Omit<WindowOptions, "padding"> {
  /**
   * How many zeros are put before and after each dim; 0 when left out. "valid" is 0, and
   * "same", for a stride of 1, gives as many elements as came in.
   */
  padding?: Sizes | "valid" | "same";
  /** [channels out], added to each. */
  bias?: Tensor | undefined;
  /** Channels are split into so many groups that do not see one another; 1 when left out. */
  groups?: number;
}
/** As `ConvOptions`, for the transpose. */
export interface ConvTransposeOptions extends Omit<ConvOptions, "padding"> {
  /** How many elements are cut from both ends of each dim; 0 when left out. */
  padding?: Sizes;
  /** How many elements more the end of each dim gets; 0 when left out. */
  outputPadding?: Sizes;
}

/**
 * [N, C, L] (or [C, L]) and weight [O, C/groups, K] to [N, O, L′], with
 * `L′ = ⌊(L + 2·padding − dilation·(K − 1) − 1) / stride⌋ + 1`: cross-correlation, as in PyTorch.
 */
export function conv1d(x: Tensor, weight: Tensor, options: ConvOptions = {}): Tensor {
  return convolve("conv1d", 1, x, weight, options);
}

/** As `conv1d`, for [N, C, H, W] (or [C, H, W]) and weight [O, C/groups, KH, KW]. */
export function conv2d(x: Tensor, weight: Tensor, options: ConvOptions = {}): Tensor {
  return convolve("conv2d", 2, x, weight, options);
}

/**
 * The transpose (gradient) of `conv1d`: [N, C, L] and weight [C, O/groups, K] to [N, O, L′],
 * with `L′ = (L − 1)·stride − 2·padding + dilation·(K − 1) + outputPadding + 1`.
 */
export function convTranspose1d(
  x: Tensor,
  weight: Tensor,
  options: ConvTransposeOptions = {},
): Tensor {
  return convolveTransposed("convTranspose1d", 1, x, weight, options);
}

/** As `convTranspose1d`, for [N, C, H, W] and weight [C, O/groups, KH, KW]. */
export function convTranspose2d(
  x: Tensor,
  weight: Tensor,
  options: ConvTransposeOptions = {},
): Tensor {
  return convolveTransposed("convTranspose2d", 2, x, weight, options);
}

/** Checks ranks and channels; `own` is how many channels one group of the weight sees. */
function check(
  operator: string,
  rank: number,
  x: Tensor,
  weight: Tensor,
  groups: number,
  transposed: boolean,
): void {
  const spatial = rank === 1 ? "L" : "H, W";
  if (weight.ndim !== rank + 2 || (x.ndim !== rank + 2 && x.ndim !== rank + 1)) {
    throw new RangeError(
      `${operator}: needs shapes [N, C, ${spatial}] and ${transposed ? "[C, O/groups" : "[O, C/groups"}, ${spatial.replaceAll(/\w/g, "K$&")}], got ${formatShape(x.shape)} and ${formatShape(weight.shape)}`,
    );
  }
  const channel = x.ndim - rank - 1;
  const channels = x.shape[channel] ?? 0;
  const [first = 0, second = 0] = weight.shape;
  const split = transposed ? channels : first;
  if (!Number.isInteger(groups) || groups < 1 || split % groups !== 0) {
    throw new RangeError(`${operator}: ${split} channels do not make ${groups} groups`);
  }
  if (channels === (transposed ? first : second * groups)) return;
  if (groups === 1)
    throw disagreement(operator, x.shape, channel, weight.shape, transposed ? 0 : 1);
  throw new RangeError(
    `${operator}: shapes ${formatShape(x.shape)} and ${formatShape(weight.shape)} disagree in ${groups} groups: dim ${channel} of the first is ${channels}`,
  );
}

/** pad() counts from the last dim. */
function widthsOf(before: readonly number[], after: readonly number[]): number[] {
  return before
    .map((width, i) => [width, after[i] ?? 0])
    .toReversed()
    .flat();
}

/** How many zeros come before and after each dim; of an odd number "same" puts one more after. */
function margins(
  operator: string,
  padding: Sizes | "valid" | "same",
  kernel: readonly number[],
  stride: readonly number[],
  dilation: readonly number[],
): [number[], number[]] {
  if (padding === "same") {
    if (stride.some((step) => step !== 1)) {
      throw new RangeError(
        `${operator}: padding "same" needs a stride of 1, got ${formatShape(stride)}`,
      );
    }
    const all = kernel.map((size, i) => (dilation[i] ?? 1) * (size - 1));
    return [all.map((width) => Math.floor(width / 2)), all.map((width) => Math.ceil(width / 2))];
  }
  if (typeof padding === "string" && padding !== "valid") {
    throw new TypeError(
      `${operator}: padding must be numbers, "valid" or "same", got ${describe(padding)}`,
    );
  }
  const both = perDim(operator, "padding", padding === "valid" ? 0 : padding, kernel.length, 0);
  return [both, both];
}

function convolve(
  operator: string,
  rank: number,
  x: Tensor,
  weight: Tensor,
  { bias, groups = 1, stride = 1, padding = 0, dilation = 1 }: ConvOptions,
): Tensor {
  check(operator, rank, x, weight, groups, false);
  const steps = perDim(operator, "stride", stride, rank, 1);
  const apart = perDim(operator, "dilation", dilation, rank, 1);
  const [before, after] = margins(operator, padding, weight.shape.slice(2), steps, apart);
  const batched = x.ndim === rank + 2 ? x : x.unsqueeze(0);
  const wide = pad(batched, widthsOf(before, after));
  const result = correlate(operator, wide, weight, groups, steps, apart, bias);
  return x.ndim === rank + 2 ? result : result.squeeze(0);
}

function correlate(
  operator: string,
  x: Tensor,
  weight: Tensor,
  groups: number,
  stride: readonly number[],
  dilation: readonly number[],
  bias: Tensor | undefined,
): Tensor {
  const [outputs = 0, own = 0, ...kernel] = weight.shape;
  const columns = windows(operator, x, kernel, stride, dilation);
  const out = columns.shape.slice(2 + kernel.length);
  const batch = x.shape[0] ?? 0;
  const seen = own * product(kernel);
  const matrix = columns.reshape(batch, groups, seen, product(out));
  const rows = weight.reshape(groups, outputs / groups, seen);
  const result = rows.matmul(matrix).reshape([batch, outputs, ...out]);
  if (bias === undefined) return result;
  if (bias.ndim !== 1 || bias.shape[0] !== outputs) {
    throw new RangeError(
      `${operator}: bias must have shape [${outputs}], one for each channel out, got ${formatShape(bias.shape)}`,
    );
  }
  return result.add(bias.reshape([outputs, ...kernel.map(() => 1)]));
}

function convolveTransposed(
  operator: string,
  rank: number,
  x: Tensor,
  weight: Tensor,
  {
    bias,
    groups = 1,
    stride = 1,
    padding = 0,
    dilation = 1,
    outputPadding = 0,
  }: ConvTransposeOptions,
): Tensor {
  check(operator, rank, x, weight, groups, true);
  const margin = perDim(operator, "padding", padding, rank, 0);
  const steps = perDim(operator, "stride", stride, rank, 1);
  const apart = perDim(operator, "dilation", dilation, rank, 1);
  const extra = perDim(operator, "outputPadding", outputPadding, rank, 0);
  const [channels = 0, own = 0, ...kernel] = weight.shape;
  let spaced = x.ndim === rank + 2 ? x : x.unsqueeze(0);
  steps.forEach((step, i) => {
    if (step > 1) spaced = spread(spaced, 2 + i, step);
  });
  const before = kernel.map((size, i) => (apart[i] ?? 1) * (size - 1) - (margin[i] ?? 0));
  const after = before.map((width, i) => width + (extra[i] ?? 0));
  const dims = kernel.map((_, i) => 3 + i);
  const swapped = weight
    .reshape([groups, channels / groups, own, ...kernel])
    .transpose(1, 2)
    .flip(dims)
    .reshape([groups * own, channels / groups, ...kernel]);
  const ones = kernel.map(() => 1);
  const wide = pad(spaced, widthsOf(before, after));
  const result = correlate(operator, wide, swapped, groups, ones, apart, bias);
  return x.ndim === rank + 2 ? result : result.squeeze(0);
}

/** Puts `step − 1` zeros between the elements of a dim. */
function spread(x: Tensor, dim: number, step: number): Tensor {
  const size = x.shape[dim] ?? 0;
  const apart = x.unsqueeze(dim + 1);
  const widths = Array.from({ length: 2 * (apart.ndim - dim - 1) }, () => 0);
  widths[widths.length - 1] = step - 1;
  const joined = pad(apart, widths).reshape(x.shape.with(dim, size * step));
  return joined.narrow(dim, 0, Math.max((size - 1) * step + 1, 0));
}

/**
 * The windows of [N, C, H, W] (or [N, C, L]) as columns: [N, C · kernel, windows],
 * PyTorch's `nn.functional.unfold` ("im2col").
 */
export function unfold(
  x: Tensor,
  kernel: Sizes,
  { stride = 1, padding = 0, dilation = 1 }: WindowOptions = {},
): Tensor {
  const rank = x.ndim - 2;
  if (rank < 1) {
    throw new RangeError(`unfold: needs shape [N, C, …], got ${formatShape(x.shape)}`);
  }
  const sizes = perDim("unfold", "kernel", kernel, rank, 1);
  const margin = perDim("unfold", "padding", padding, rank, 0);
  const steps = perDim("unfold", "stride", stride, rank, 1);
  const apart = perDim("unfold", "dilation", dilation, rank, 1);
  const columns = windows("unfold", pad(x, widthsOf(margin, margin)), sizes, steps, apart);
  const [batch = 0, channels = 0] = x.shape;
  const count = product(columns.shape.slice(2 + rank));
  return columns.reshape(batch, channels * product(sizes), count);
}

/**
 * The inverse of `unfold`'s way, summing where windows overlap: [N, C · kernel, windows] to
 * [N, C, …size] ("col2im"). As torch's `nn.functional.fold`.
 */
export function fold(
  columns: Tensor,
  size: readonly number[],
  kernel: Sizes,
  { stride = 1, padding = 0, dilation = 1 }: WindowOptions = {},
): Tensor {
  const rank = size.length;
  const sizes = perDim("fold", "kernel", kernel, rank, 1);
  const margin = perDim("fold", "padding", padding, rank, 0);
  const steps = perDim("fold", "stride", stride, rank, 1);
  const apart = perDim("fold", "dilation", dilation, rank, 1);
  const counts = size.map(
    (whole, i) =>
      Math.floor(
        (whole + 2 * (margin[i] ?? 0) - (apart[i] ?? 1) * ((sizes[i] ?? 1) - 1) - 1) /
          (steps[i] ?? 1),
      ) + 1,
  );
  const [batch = 0, rows = 0, windowCount] = columns.shape;
  const own = product(sizes);
  if (columns.ndim !== 3 || rows % own !== 0 || windowCount !== product(counts)) {
    throw new RangeError(
      `fold: needs shape [N, C · ${own}, ${product(counts)}] for size ${formatShape(size)}, got ${formatShape(columns.shape)}`,
    );
  }
  // One dim after the other: each place in its windows goes back to where it came from, and all are summed.
  const dim = rank + 1;
  let result = columns.reshape([batch, rows / own, ...sizes, ...counts]);
  for (let i = 0; i < rank; i++) {
    const [step = 1, gap = 1, edge = 0, whole = 0] = [steps[i], apart[i], margin[i], size[i]];
    const parts = Array.from({ length: sizes[i] ?? 1 }, (_, j) => {
      const spaced = spread(result.select(2, j), dim, step);
      const inner = Array.from({ length: 2 * (spaced.ndim - dim - 1) }, () => 0);
      const after = whole + 2 * edge - j * gap - (spaced.shape[dim] ?? 0);
      return pad(spaced, [...inner, j * gap, after]);
    });
    result = parts.reduce((a, b) => a.add(b)).narrow(dim, edge, whole);
  }
  return result;
}
