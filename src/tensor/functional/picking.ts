/**
 * Operators that pick or put elements by index or mask. Where the result's
 * shape, or which write wins, depends on values, the host reads them; what
 * moves then are whole rows, so gradients flow.
 */

import {
  hostIndices,
  type Index,
  indicesOf,
  int32,
  placesOf,
  put,
  putAt,
  rowsOf,
} from "../advanced.ts";
import { full, tensor } from "../creation.ts";
import { type HostValue, isInteger } from "../dtype.ts";
import type { TensorLike } from "../elementwise.ts";
import { stack } from "../indexing.ts";
import {
  broadcastPair,
  describe,
  disagreement,
  formatShape,
  normalizeDim,
  product,
} from "../shape.ts";
import { Tensor } from "../tensor.ts";
import { scatterAdd } from "./classes.ts";

function needBool(operator: string, mask: Tensor): void {
  if (mask instanceof Tensor && mask.dtype === "bool") return;
  const got = mask instanceof Tensor ? `a ${mask.dtype} tensor` : describe(mask);
  throw new TypeError(`${operator}: mask must be a bool tensor, got ${got}`);
}

/** The indices of the elements that are not 0, in row-major order: int32 of [count, dims]. Reads x. */
export function nonzero(x: Tensor): Tensor {
  return indicesOf(x);
}

/** The elements where the mask is true, row-major, as a vector; both broadcast. Reads the mask. */
export function maskedSelect(x: Tensor, mask: Tensor): Tensor {
  needBool("maskedSelect", mask);
  const shape = broadcastPair("maskedSelect", x.shape, mask.shape);
  const places = placesOf(mask.expand(shape));
  return x
    .expand(shape)
    .reshape(product(shape))
    .indexSelect(0, int32(places, [places.length]));
}

/** The elements of x as though it were flat, at int32 indices (negative ones from the end); shaped as `index`. */
export function take(x: Tensor, index: Tensor): Tensor {
  const at = hostIndices("take", index, x.numel, `the ${x.numel} elements`);
  return x
    .reshape(x.numel)
    .indexSelect(0, int32(at, [at.length]))
    .reshape(index.shape);
}

/** As `gather`, with an index that broadcasts against x in the other dims. */
export function takeAlongDim(x: Tensor, index: Tensor, dim: number): Tensor {
  const at = normalizeDim("takeAlongDim", dim, x.ndim);
  if (index.ndim !== x.ndim) {
    throw new RangeError(
      `takeAlongDim: index must have as many dims as the tensor, got shapes ${formatShape(index.shape)} and ${formatShape(x.shape)}`,
    );
  }
  const shape = broadcastPair("takeAlongDim", x.shape.with(at, 1), index.shape.with(at, 1));
  return x
    .expand(shape.with(at, x.shape[at] ?? 1))
    .gather(at, index.expand(shape.with(at, index.shape[at] ?? 1)));
}

/**
 * NumPy's `x[i, j, …]` for int32 tensors (which broadcast together), numbers, and bool
 * masks over the leading dims: the index's shape, then the dims left. A copy;
 * with numbers alone use `get`, which is a view.
 */
export function index(x: Tensor, ...indices: Index[]): Tensor {
  const { places, shape, leading, rest } = rowsOf("index", x, indices);
  return x
    .reshape([leading, ...rest])
    .indexSelect(0, int32(places, [places.length]))
    .reshape([...shape, ...rest]);
}

/**
 * x with `value`, which broadcasts to what `index` would give, at those places;
 * of several writes to one place the last wins. `x.set(…)` does so in place.
 */
export function indexPut(x: Tensor, indices: readonly Index[], value: TensorLike): Tensor {
  return putAt("indexPut", x, indices, value);
}

/** Row-major places in x that `index` names along `at`, as `gather` reads them. */
function scatterPlaces(operator: string, x: Tensor, at: number, index: Tensor): Int32Array {
  const name = `dim ${at} of shape ${formatShape(x.shape)}`;
  const along = hostIndices(operator, index, x.shape[at] ?? 1, name);
  const steps = x.shape.map((_, dim) => product(x.shape.slice(dim + 1)));
  const counts = index.shape.map((_, dim) => product(index.shape.slice(dim + 1)));
  return along.map((value, i) =>
    steps.reduce((place, step, dim) => {
      const own = Math.floor(i / (counts[dim] ?? 1)) % (index.shape[dim] ?? 1);
      return place + step * (dim === at ? value : own);
    }, 0),
  );
}

/**
 * x with, for dim 0, `src[i][j]` at `[index[i][j]][j]`, and so on; of several
 * writes to one place the last wins. `src` is a number, or has at least the sizes of `index`.
 */
export function scatter(x: Tensor, dim: number, index: Tensor, src: TensorLike): Tensor {
  const at = normalizeDim("scatter", dim, x.ndim);
  if (index.ndim !== x.ndim || (src instanceof Tensor && src.ndim !== x.ndim)) {
    throw new RangeError(
      `scatter: tensor, index and src must have the same number of dims, got shapes ${formatShape(x.shape)}, ${formatShape(index.shape)}${src instanceof Tensor ? ` and ${formatShape(src.shape)}` : ""}`,
    );
  }
  let part = src;
  index.shape.forEach((size, d) => {
    if (d !== at && size > (x.shape[d] ?? 0)) {
      throw disagreement("scatter", x.shape, d, index.shape, d);
    }
    if (!(part instanceof Tensor)) return;
    if (size > (part.shape[d] ?? 0)) {
      throw disagreement("scatter", index.shape, d, part.shape, d);
    }
    part = part.narrow(d, 0, size);
  });
  const places = scatterPlaces("scatter", x, at, index);
  return put(
    x,
    places,
    x.numel,
    [],
    part instanceof Tensor ? part.to(x.dtype).reshape(index.numel) : part,
  );
}

/** x plus `alpha` times the slices of `source` at the places of `dim` that a vector of int32 names. */
export function indexAdd(
  x: Tensor,
  dim: number,
  index: Tensor,
  source: Tensor,
  { alpha = 1 }: { alpha?: number } = {},
): Tensor {
  const at = checkSlices("indexAdd", x, dim, index, source);
  const along = index.reshape(x.shape.map((_, d) => (d === at ? index.numel : 1)));
  const scaled = alpha === 1 ? source : source.mul(alpha);
  return scatterAdd(x, at, along.expand(source.shape), scaled);
}

/** x with the slices of `source` at the places of `dim` that a vector of int32 names; the last wins. */
export function indexCopy(x: Tensor, dim: number, index: Tensor, source: Tensor): Tensor {
  const at = checkSlices("indexCopy", x, dim, index, source);
  const [moved, rows] = [x.transpose(0, at), source.transpose(0, at)];
  return indexPut(moved, [index], rows).transpose(0, at);
}

/** x with `value` in the slices of `dim` that a vector of int32 names. */
export function indexFill(x: Tensor, dim: number, index: Tensor, value: number): Tensor {
  const at = normalizeDim("indexFill", dim, x.ndim);
  return indexPut(x.transpose(0, at), [index], value).transpose(0, at);
}

function checkSlices(
  operator: string,
  x: Tensor,
  dim: number,
  index: Tensor,
  source: Tensor,
): number {
  const at = normalizeDim(operator, dim, x.ndim);
  if (index.ndim !== 1 || source.ndim !== x.ndim || x.ndim === 0) {
    throw new RangeError(
      `${operator}: needs a vector of indices, and a source of as many dims as the tensor, got shapes ${formatShape(index.shape)}, ${formatShape(source.shape)} and ${formatShape(x.shape)}`,
    );
  }
  const other = x.shape.findIndex((size, d) => d !== at && size !== source.shape[d]);
  if (other >= 0) throw disagreement(operator, x.shape, other, source.shape, other);
  if (index.shape[0] !== source.shape[at]) {
    throw disagreement(operator, index.shape, 0, source.shape, at);
  }
  return at;
}

/** What `unique` finds. */
export interface Unique {
  /** Each value once, ascending, NaN last: a vector. */
  values: Tensor;
  /** For each element of x, where its value is: int32 shaped as x. */
  inverse: Tensor;
  /** How often each value is there, as int32. */
  counts: Tensor;
}

/** Each value of x once, in order. Reads x. */
export function unique(x: Tensor): Unique {
  const all: ArrayLike<HostValue> = x.toTypedArray();
  const order = Int32Array.from({ length: all.length }, (_, i) => i).sort((a, b) =>
    ascending(all[a] ?? 0, all[b] ?? 0),
  );
  const firsts: number[] = [];
  const counts: number[] = [];
  const inverse = new Int32Array(all.length);
  order.forEach((place, i) => {
    // Each NaN is a value of its own, as in torch.
    if (i === 0 || all[place] !== all[order[i - 1] ?? 0]) {
      firsts.push(place);
      counts.push(0);
    }
    counts[counts.length - 1] = (counts.at(-1) ?? 0) + 1;
    inverse[place] = firsts.length - 1;
  });
  return {
    values: x
      .detach()
      .reshape(x.numel)
      .indexSelect(0, int32(firsts, [firsts.length])),
    inverse: int32(inverse, x.shape),
    counts: int32(counts, [counts.length]),
  };
}

/** NaN last. */
function ascending(a: HostValue, b: HostValue): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return a < b ? -1 : Number(a > b);
}

/** How often each whole number from 0 stands in a vector of int32, as int32; with `weights`, their sums. */
export function bincount(
  x: Tensor,
  { weights, minlength = 0 }: { weights?: Tensor; minlength?: number } = {},
): Tensor {
  if (x.ndim !== 1 || !isInteger(x.dtype)) {
    throw new TypeError(
      `bincount: needs a vector of whole numbers, got ${x.dtype} of shape ${formatShape(x.shape)}`,
    );
  }
  if (weights !== undefined && formatShape(weights.shape) !== formatShape(x.shape)) {
    throw new RangeError(
      `bincount: weights must have shape ${formatShape(x.shape)}, got ${formatShape(weights.shape)}`,
    );
  }
  const values = Float64Array.from(x.toTypedArray(), Number);
  const negative = values.find((value) => value < 0);
  if (negative !== undefined) {
    throw new RangeError(`bincount: values must not be negative, got ${negative}`);
  }
  let size = minlength;
  for (const value of values) size = Math.max(size, value + 1);
  if (weights !== undefined) {
    return scatterAdd(full([size], 0, { dtype: weights.dtype }), 0, x, weights);
  }
  const counts = new Int32Array(size);
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return int32(counts, [size]);
}

/**
 * Where each value would go in the last dim of an ascending tensor so that it
 * stays ascending, before equal ones, or after them with `right`: int32 shaped
 * as `values`. Dims before the last agree, or the sorted tensor is a vector. Reads both.
 */
export function searchsorted(
  sorted: Tensor,
  values: Tensor,
  { right = false }: { right?: boolean } = {},
): Tensor {
  if (sorted.ndim === 0) throw new RangeError("searchsorted: the sorted tensor needs a dim");
  if (sorted.ndim > 1) {
    const dim = sorted.shape.slice(0, -1).findIndex((size, d) => size !== values.shape[d]);
    if (dim >= 0 || values.ndim !== sorted.ndim) {
      throw disagreement(
        "searchsorted",
        sorted.shape,
        Math.max(dim, 0),
        values.shape,
        Math.max(dim, 0),
      );
    }
  }
  const [rows, wanted] = [sorted, values].map((one): ArrayLike<HostValue> =>
    one.toTypedArray(),
  ) as [ArrayLike<HostValue>, ArrayLike<HostValue>];
  const size = sorted.shape.at(-1) ?? 0;
  const each = sorted.ndim === 1 ? wanted.length : (values.shape.at(-1) ?? 0);
  const places = Int32Array.from(wanted, (value, i) => {
    const start = Math.floor(i / Math.max(each, 1)) * size;
    let low = 0;
    for (let high = size; low < high;) {
      const middle = (low + high) >> 1;
      const own = rows[start + middle] ?? 0;
      // NaN goes last.
      const before = right
        ? !(own > value)
        : own < value || (Number.isNaN(value) && !Number.isNaN(own));
      if (before) low = middle + 1;
      else high = middle;
    }
    return low;
  });
  return int32(places, values.shape);
}

/** How many elements lie in each of `bins` equal parts of [min, max] (those of x when both are 0): float32. Reads x. */
export function histc(
  x: Tensor,
  bins: number = 100,
  { min = 0, max = 0 }: { min?: number; max?: number } = {},
): Tensor {
  if (!Number.isInteger(bins) || bins < 1 || !(min <= max)) {
    throw new RangeError(
      `histc: bins must be a whole number from 1 and min at most max, got ${describe(bins)}, ${min} and ${max}`,
    );
  }
  const values = Float64Array.from(x.toTypedArray(), Number);
  let [low, high] = [min, max];
  if (low === high && values.length > 0) {
    [low, high] = [Infinity, -Infinity];
    for (const value of values) [low, high] = [Math.min(low, value), Math.max(high, value)];
  }
  if (low === high) [low, high] = [low - 1, high + 1];
  const counts = new Float32Array(bins);
  for (const value of values) {
    if (!(value >= low && value <= high)) continue;
    const at = Math.min(Math.floor(((value - low) / (high - low)) * bins), bins - 1);
    counts[at] = (counts[at] ?? 0) + 1;
  }
  return tensor(counts);
}

/** The indices that `index` names for each place of a flat tensor, as one int32 vector for each dim. */
export function unravelIndex(index: Tensor, shape: readonly number[]): Tensor {
  const at = hostIndices("unravelIndex", index, product(shape), `shape ${formatShape(shape)}`);
  const columns = shape.map((size, dim) => {
    const step = product(shape.slice(dim + 1));
    return int32(
      at.map((place) => Math.floor(place / step) % size),
      index.shape,
    );
  });
  return stack(columns, -1);
}
