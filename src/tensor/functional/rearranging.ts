/** Operators that repeat, split, move and join what a tensor holds. */

import { arange, tensor } from "../creation.ts";
import { where } from "../elementwise.ts";
import { cat } from "../indexing.ts";
import { checkShape, describe, formatShape, normalizeDim, product } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import * as views from "../views.ts";
import { pad } from "./pad.ts";

/**
 * Moves elements on by `shifts` along `dims`, those at the end to the start. Without
 * `dims` the tensor is rolled as though it were flat. The shape stays.
 */
export function roll(
  x: Tensor,
  shifts: number | readonly number[],
  dims?: number | readonly number[],
): Tensor {
  const by = typeof shifts === "number" ? [shifts] : shifts;
  const along = dims === undefined ? [] : typeof dims === "number" ? [dims] : dims;
  if (!by.every(Number.isInteger) || by.length !== Math.max(along.length, 1)) {
    throw new RangeError(
      `roll: shifts must be whole numbers, one for each of dims ${formatShape(along)}, got ${formatShape(by)}`,
    );
  }
  if (dims === undefined) return roll(x.reshape(x.numel), by, 0).reshape(x.shape);
  return along.reduce((result, dim, i) => {
    const at = normalizeDim("roll", dim, x.ndim);
    const size = x.shape[at] ?? 0;
    if (x.ndim === 0 || size === 0) return result;
    const shift = (((by[i] ?? 0) % size) + size) % size;
    if (shift === 0) return result;
    return cat([result.narrow(at, size - shift, shift), result.narrow(at, 0, size - shift)], at);
  }, x);
}

/**
 * Each element `repeats` times, one after the other, along `dim`; without it
 * the tensor is flattened first. A vector of int32 says how often for each index.
 */
export function repeatInterleave(x: Tensor, repeats: number | Tensor, dim?: number): Tensor {
  if (dim === undefined) return repeatInterleave(x.reshape(x.numel), repeats, 0);
  const at = normalizeDim("repeatInterleave", dim, x.ndim);
  const size = x.shape[at] ?? 1;
  const counts =
    typeof repeats === "number"
      ? Array.from({ length: size }, () => repeats)
      : Array.from(repeats.toTypedArray(), Number);
  if (counts.length !== size || !counts.every((count) => Number.isInteger(count) && count >= 0)) {
    throw new RangeError(
      `repeatInterleave: repeats must be a whole number from 0, or one for each of the ${size} indices of dim ${dim} of shape ${formatShape(x.shape)}, got ${typeof repeats === "number" ? repeats : formatShape(counts)}`,
    );
  }
  const places = counts.flatMap((count, i) => Array.from({ length: count }, () => i));
  return x.indexSelect(at, tensor(places, { dtype: "int32" }));
}

/** The whole tensor so many times along each dim; missing dims are put in front. As torch's `tile`. */
export function tile(x: Tensor, ...repeats: number[] | [readonly number[]]): Tensor {
  const [first] = repeats;
  const given = checkShape("tile", Array.isArray(first) ? first : repeats);
  const ndim = Math.max(given.length, x.ndim);
  const times = [...Array.from({ length: ndim - given.length }, () => 1), ...given];
  const shape = [...Array.from({ length: ndim - x.ndim }, () => 1), ...x.shape];
  return x
    .reshape(shape.flatMap((size) => [1, size]))
    .expand(shape.flatMap((size, dim) => [times[dim] ?? 1, size]))
    .reshape(shape.map((size, dim) => size * (times[dim] ?? 1)));
}

/**
 * Views of parts along `dim`, each of `size` but for the last, or of the listed
 * sizes, which must sum to the dim's.
 */
export function split(x: Tensor, size: number | readonly number[], dim: number = 0): Tensor[] {
  const at = normalizeDim("split", dim, x.ndim);
  const whole = x.shape[at] ?? 0;
  const even = typeof size === "number";
  const bad = even
    ? !Number.isInteger(size) || size < 1
    : size.reduce((a, b) => a + b, 0) !== whole || checkShape("split", [...size]).length === 0;
  if (x.ndim === 0 || bad) {
    throw new RangeError(
      `split: size must be a whole number from 1, or a list that sums to ${whole}, dim ${dim} of shape ${formatShape(x.shape)}, got ${even ? describe(size) : formatShape(size)}`,
    );
  }
  const sizes = even
    ? Array.from({ length: Math.max(Math.ceil(whole / size), 1) }, (_, i) =>
        Math.min(size, whole - i * size),
      )
    : size;
  let start = 0;
  return sizes.map((length) => {
    start += length;
    return x.narrow(at, start - length, length);
  });
}

/** Views of `count` parts along `dim`, or fewer, all but the last of one size. */
export function chunk(x: Tensor, count: number, dim: number = 0): Tensor[] {
  const at = normalizeDim("chunk", dim, x.ndim);
  if (x.ndim === 0 || !Number.isInteger(count) || count < 1) {
    throw new RangeError(
      `chunk: count must be a whole number from 1 and the tensor have a dim, got ${describe(count)} and shape ${formatShape(x.shape)}`,
    );
  }
  const whole = x.shape[at] ?? 0;
  return split(x, Math.max(Math.ceil(whole / count), 1), at);
}

/** A view of each index of `dim`, without that dim. */
export function unbind(x: Tensor, dim: number = 0): Tensor[] {
  const at = normalizeDim("unbind", dim, x.ndim);
  if (x.ndim === 0) throw new RangeError("unbind: a tensor without dims has no parts");
  return Array.from({ length: x.shape[at] ?? 0 }, (_, i) => x.select(at, i));
}

/** Moves the dims `from` to the places `to`; the others keep their order. A view. */
export function movedim(
  x: Tensor,
  from: number | readonly number[],
  to: number | readonly number[],
): Tensor {
  const list = (dims: number | readonly number[]): number[] =>
    (typeof dims === "number" ? [dims] : dims).map((dim) => normalizeDim("movedim", dim, x.ndim));
  const [source, target] = [list(from), list(to)];
  const distinct = (dims: number[]): boolean => new Set(dims).size === dims.length;
  if (source.length !== target.length || !distinct(source) || !distinct(target)) {
    throw new RangeError(
      `movedim: from ${formatShape(source)} and to ${formatShape(target)} must name as many dims, each once`,
    );
  }
  const rest = [...x.shape.keys()].filter((dim) => !source.includes(dim));
  const order = x.shape.map((_, place) => {
    const moved = target.indexOf(place);
    return moved >= 0 ? (source[moved] ?? 0) : (rest.shift() ?? 0);
  });
  return x.permute(order);
}

/**
 * The elements whose indices along `dim1` and `dim2` differ by `offset`, as a
 * new last dim in their place. A view: what is written to it is seen in x.
 */
export function diagonal(
  x: Tensor,
  offset: number = 0,
  dim1: number = 0,
  dim2: number = 1,
): Tensor {
  return views.diagonal(x, offset, dim1, dim2);
}

/** [..., n] as the `offset`th diagonal of matrices of zeros: [..., n + |offset|, n + |offset|]. */
export function diagEmbed(x: Tensor, offset: number = 0): Tensor {
  if (x.ndim === 0 || !Number.isInteger(offset)) {
    throw new RangeError(
      `diagEmbed: needs at least 1 dim and a whole offset, got shape ${formatShape(x.shape)} and ${describe(offset)}`,
    );
  }
  const size = (x.shape.at(-1) ?? 0) + Math.abs(offset);
  const rows = pad(x, [Math.max(-offset, 0), Math.max(offset, 0)]).unsqueeze(-1);
  const place = arange(0, size, 1, { dtype: "int32" });
  return where(place.eq(place.unsqueeze(-1).add(offset)), rows, 0);
}

/** A vector as the diagonal of a matrix, or the diagonal of a matrix. As torch's `diag`. */
export function diag(x: Tensor, offset: number = 0): Tensor {
  if (x.ndim === 1) return diagEmbed(x, offset);
  if (x.ndim === 2) return diagonal(x, offset);
  throw new RangeError(`diag: needs 1 or 2 dims, got shape ${formatShape(x.shape)}`);
}

/** The sum of a matrix's diagonal. */
export function trace(x: Tensor): Tensor {
  if (x.ndim !== 2) throw new RangeError(`trace: needs 2 dims, got shape ${formatShape(x.shape)}`);
  return diagonal(x).sum();
}

/** `a[i] · b[j]` of two vectors: [n] and [m] to [n, m]. */
export function outer(a: Tensor, b: Tensor): Tensor {
  if (a.ndim !== 1 || b.ndim !== 1) {
    throw new RangeError(
      `outer: needs two vectors, got shapes ${formatShape(a.shape)} and ${formatShape(b.shape)}`,
    );
  }
  return a.unsqueeze(1).mul(b);
}

/** Kronecker's product: each element of a times all of b; dims multiply, missing ones are put in front. */
export function kron(a: Tensor, b: Tensor): Tensor {
  const ndim = Math.max(a.ndim, b.ndim);
  const full = (x: Tensor): number[] => [
    ...Array.from({ length: ndim - x.ndim }, () => 1),
    ...x.shape,
  ];
  const [shapeA, shapeB] = [full(a), full(b)];
  const left = a.reshape(shapeA.flatMap((size) => [size, 1]));
  const right = b.reshape(shapeB.flatMap((size) => [1, size]));
  return left.mul(right).reshape(shapeA.map((size, dim) => size * (shapeB[dim] ?? 1)));
}

/**
 * Vectors as grids: tensor i of the result varies along dim i alone, and all
 * have the shape of the vectors' sizes. `indexing` "xy" exchanges the first two dims.
 */
export function meshgrid(
  vectors: readonly Tensor[],
  { indexing = "ij" }: { indexing?: "ij" | "xy" } = {},
): Tensor[] {
  if (indexing !== "ij" && indexing !== "xy") {
    throw new TypeError(`meshgrid: indexing must be "ij" or "xy", got ${describe(indexing)}`);
  }
  const bad = vectors.findIndex((one) => one.ndim > 1);
  if (bad >= 0) {
    throw new RangeError(
      `meshgrid: needs vectors, got shape ${formatShape(vectors[bad]?.shape ?? [])} at ${bad}`,
    );
  }
  const sizes = vectors.map((one) => one.numel);
  const grids = vectors.map((one, i) =>
    one.reshape(sizes.map((size, dim) => (dim === i ? size : 1))).expand(sizes),
  );
  return indexing === "xy" && vectors.length > 1 ? grids.map((one) => one.transpose(0, 1)) : grids;
}

/**
 * The windows of `size` elements of `dim`, `step` apart, as a new last dim:
 * [..., n, ...] to [..., ⌊(n − size) / step⌋ + 1, ..., size]. As torch's `Tensor.unfold`.
 */
export function slidingWindows(x: Tensor, dim: number, size: number, step: number = 1): Tensor {
  const at = normalizeDim("slidingWindows", dim, x.ndim);
  const length = x.shape[at] ?? 1;
  const whole = Number.isInteger(size) && Number.isInteger(step);
  if (x.ndim === 0 || !whole || size < 1 || size > length || step < 1) {
    throw new RangeError(
      `slidingWindows: windows of ${size}, ${step} apart, do not fit in dim ${dim} of shape ${formatShape(x.shape)}`,
    );
  }
  const count = Math.floor((length - size) / step) + 1;
  const starts = arange(0, count, 1, { dtype: "int32" }).mul(step).unsqueeze(1);
  const places = starts.add(arange(0, size, 1, { dtype: "int32" }));
  const rest = x.shape.slice(at + 1);
  const picked = x
    .indexSelect(at, places.flatten())
    .reshape([...x.shape.slice(0, at), count, size, ...rest]);
  return product(rest) === 1 && rest.length === 0 ? picked : movedim(picked, at + 1, -1);
}
