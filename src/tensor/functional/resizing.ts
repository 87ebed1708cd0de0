/** Images and signals of another size. */

import { tensor } from "../creation.ts";
import { floatOf } from "../dtype.ts";
import { describe, formatShape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { perDim, type Sizes } from "./windows.ts";

/** How `interpolate` finds the elements between those that are there. */
export interface InterpolateOptions {
  /** The sizes of the spatial dims; this, or `scale`. */
  size?: Sizes;
  /** What the spatial sizes are multiplied by, and cut to whole numbers. */
  scale?: Sizes;
  /** The nearest one before, or a line between both; "nearest" when left out. */
  mode?: "nearest" | "linear";
  /** Whether the first and last elements, rather than their outer edges, stay in place; for "linear". */
  alignCorners?: boolean;
}

/**
 * x of [N, C, …spatial] with other spatial sizes. "linear" works on one dim after
 * the other, so it is what PyTorch calls bilinear for images.
 */
export function interpolate(
  x: Tensor,
  { size, scale, mode = "nearest", alignCorners = false }: InterpolateOptions,
): Tensor {
  const rank = x.ndim - 2;
  if (rank < 1 || (size === undefined) === (scale === undefined)) {
    throw new RangeError(
      `interpolate: needs shape [N, C, …] and either size or scale, got ${formatShape(x.shape)}`,
    );
  }
  if (mode !== "nearest" && mode !== "linear") {
    throw new TypeError(`interpolate: mode must be "nearest" or "linear", got ${describe(mode)}`);
  }
  const factors = typeof scale === "number" ? x.shape.slice(2).map(() => scale) : scale;
  const wanted =
    size ?? factors?.map((factor, i) => Math.floor((x.shape[2 + i] ?? 0) * factor)) ?? [];
  return perDim("interpolate", "size", wanted, rank, 1).reduce((result, length, i) => {
    const from = x.shape[2 + i] ?? 0;
    // A scale that was given counts, not the one that whole sizes come to.
    const step = factors === undefined || alignCorners ? from / length : 1 / (factors[i] ?? 1);
    return mode === "nearest"
      ? nearest(result, 2 + i, length, step)
      : linear(result, 2 + i, length, alignCorners ? undefined : step);
  }, x);
}

function vector(values: readonly number[]): Tensor {
  return tensor(values, { dtype: "int32" });
}

function nearest(x: Tensor, dim: number, length: number, step: number): Tensor {
  const last = (x.shape[dim] ?? 1) - 1;
  const places = Array.from({ length }, (_, i) => Math.min(Math.floor(i * step), last));
  return x.indexSelect(dim, vector(places));
}

function linear(x: Tensor, dim: number, length: number, step: number | undefined): Tensor {
  const last = (x.shape[dim] ?? 1) - 1;
  const places = Array.from({ length }, (_, i) =>
    step === undefined
      ? length === 1
        ? 0
        : (i * last) / (length - 1)
      : Math.max((i + 0.5) * step - 0.5, 0),
  );
  const low = places.map((place) => Math.min(Math.floor(place), last));
  const high = low.map((place) => Math.min(place + 1, last));
  const shape = x.shape.map((_, d) => (d === dim ? length : 1));
  const weight = tensor(
    places.map((place, i) => place - (low[i] ?? 0)),
    { shape, dtype: floatOf(x.dtype) },
  );
  const [a, b] = [x.indexSelect(dim, vector(low)), x.indexSelect(dim, vector(high))];
  return a.add(b.sub(a).mul(weight));
}

/** Channels as pixels: [..., C·r², H, W] to [..., C, H·r, W·r] (Shi et al. 2016). */
export function pixelShuffle(x: Tensor, factor: number): Tensor {
  const [channels = 0, height = 0, width = 0] = x.shape.slice(-3);
  const whole = Number.isInteger(factor) && factor >= 1;
  if (x.ndim < 3 || !whole || channels % (factor * factor) !== 0) {
    throw new RangeError(
      `pixelShuffle: needs shape [..., C·${factor}², H, W], got ${formatShape(x.shape)}`,
    );
  }
  const outer = x.shape.slice(0, -3);
  const own = channels / (factor * factor);
  const n = outer.length;
  const order = [n, n + 3, n + 1, n + 4, n + 2].map((dim) => dim);
  return x
    .reshape([...outer, own, factor, factor, height, width])
    .permute([...outer.keys(), ...order])
    .reshape([...outer, own, height * factor, width * factor]);
}
