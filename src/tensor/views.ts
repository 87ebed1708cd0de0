/** Other ways through the same storage: nothing here moves data, but `reshape` where it must. */

import { trackView } from "./autograd/graph.ts";
import { unview } from "./autograd/region.ts";
import { copy } from "./elementwise.ts";
import {
  checkShape,
  contiguousStrides,
  describe,
  expandStrides,
  formatShape,
  isContiguous,
  normalizeDim,
  normalizeDims,
  product,
  reshapeStrides,
  type Shape,
} from "./shape.ts";
import { Tensor } from "./tensor.ts";

/** `back` is what brings the result's gradient to that of `x`. */
function view(
  operator: string,
  back: (gradient: Tensor) => Tensor,
  x: Tensor,
  shape: Shape,
  strides: readonly number[],
  offset: number = x.offset,
): Tensor {
  return trackView(operator, x, new Tensor(x.storage, shape, strides, offset), back);
}

/** The way back of a view that has each element once, in the same order. */
function reshapeTo(shape: Shape): (gradient: Tensor) => Tensor {
  return (gradient) => reshape(gradient, shape);
}

/** The way back of a view that picks elements: the same view of zeros, filled. */
function pickFrom(shape: Shape, pick: (whole: Tensor) => Tensor): (gradient: Tensor) => Tensor {
  return (gradient) => unview(gradient, shape, pick);
}

/** A tensor of the same values whose storage is in row-major order; `x` itself when it is already. */
export function contiguous(x: Tensor): Tensor {
  return isContiguous(x) ? x : copy(x);
}

/** One size may be -1 and is worked out; copies only when strides cannot express the result. */
export function reshape(x: Tensor, shape: Shape): Tensor {
  const unknown = shape.indexOf(-1);
  const known = checkShape("reshape", unknown < 0 ? shape : shape.toSpliced(unknown, 1, 1));
  if (unknown >= 0) {
    const rest = product(known);
    if (rest === 0 || x.numel % rest !== 0) throw cannotReshape(x, shape);
    known[unknown] = x.numel / rest;
  }
  if (product(known) !== x.numel) throw cannotReshape(x, shape);
  const strides = reshapeStrides(x, known);
  const back = reshapeTo(x.shape);
  if (strides !== undefined) return view("reshape", back, x, known, strides);
  return view("reshape", back, copy(x), known, contiguousStrides(known), 0);
}

function cannotReshape(x: Tensor, shape: Shape): RangeError {
  return new RangeError(
    `reshape: shape ${formatShape(x.shape)} has ${x.numel} elements and cannot become ${formatShape(shape)}`,
  );
}

export function flatten(x: Tensor, startDim: number, endDim: number): Tensor {
  const start = normalizeDim("flatten", startDim, x.ndim);
  const end = normalizeDim("flatten", endDim, x.ndim);
  if (start > end) {
    throw new RangeError(`flatten: startDim ${startDim} comes after endDim ${endDim}`);
  }
  const middle = product(x.shape.slice(start, end + 1));
  return reshape(x, [...x.shape.slice(0, start), middle, ...x.shape.slice(end + 1)]);
}

export function unsqueeze(x: Tensor, dim: number): Tensor {
  const at = normalizeDim("unsqueeze", dim, x.ndim + 1);
  const shape = x.shape.toSpliced(at, 0, 1);
  return view("unsqueeze", reshapeTo(x.shape), x, shape, x.strides.toSpliced(at, 0, 0));
}

/** Drops dims of size 1; a named dim of another size stays. */
export function squeeze(x: Tensor, dim: number | readonly number[] | undefined): Tensor {
  const dims = normalizeDims("squeeze", dim, x.ndim);
  const stays = (_: number, at: number): boolean => x.shape[at] !== 1 || !dims.includes(at);
  const shape = x.shape.filter(stays);
  return view("squeeze", reshapeTo(x.shape), x, shape, x.strides.filter(stays));
}

/** Repeats dims of size 1 without copying; -1 keeps a dim's size. */
export function expand(x: Tensor, sizes: Shape): Tensor {
  const added = sizes.length - x.ndim;
  const cannot = (why: string): RangeError =>
    new RangeError(
      `expand: shape ${formatShape(x.shape)} cannot become ${formatShape(sizes)}: ${why}`,
    );
  if (added < 0) throw cannot(`it has ${x.ndim} dims and ${sizes.length} are asked for`);
  const shape = checkShape(
    "expand",
    sizes.map((size, dim) => (size === -1 && dim >= added ? x.shape[dim - added] : size)),
  );
  x.shape.forEach((own, dim) => {
    const size = shape[dim + added];
    if (own !== 1 && own !== size) {
      throw cannot(`dim ${dim} is ${own}, and only a dim of size 1 repeats`);
    }
  });
  return view("expand", repeated, x, shape, expandStrides(x, shape));
}

/** What was repeated is summed wherever gradients arrive. */
function repeated(gradient: Tensor): Tensor {
  return gradient;
}

export function transpose(x: Tensor, d0: number, d1: number): Tensor {
  const a = normalizeDim("transpose", d0, x.ndim);
  const b = normalizeDim("transpose", d1, x.ndim);
  if (x.ndim === 0) return x;
  const order = [...x.shape.keys()];
  order[a] = b;
  order[b] = a;
  return permute(x, order);
}

export function permute(x: Tensor, dims: readonly number[]): Tensor {
  const order = dims.map((dim) => normalizeDim("permute", dim, x.ndim));
  if (order.length !== x.ndim || new Set(order).size !== x.ndim) {
    throw new RangeError(
      `permute: dims ${formatShape(dims)} must name each dim of shape ${formatShape(x.shape)} once`,
    );
  }
  return view(
    "permute",
    permuteBack(order),
    x,
    order.map((dim) => x.shape[dim] ?? 1),
    order.map((dim) => x.strides[dim] ?? 0),
  );
}

function permuteBack(order: readonly number[]): (gradient: Tensor) => Tensor {
  return (gradient) =>
    permute(
      gradient,
      order.map((_, dim) => order.indexOf(dim)),
    );
}

export function flip(x: Tensor, dims: readonly number[]): Tensor {
  const flipped = dims.length === 0 ? [] : normalizeDims("flip", dims, x.ndim);
  let offset = x.offset;
  const strides = x.strides.map((stride, dim) => {
    if (!flipped.includes(dim)) return stride;
    offset += stride * Math.max((x.shape[dim] ?? 1) - 1, 0);
    return -stride;
  });
  return view("flip", flipBack(flipped), x, x.shape, strides, offset);
}

function flipBack(dims: readonly number[]): (gradient: Tensor) => Tensor {
  return (gradient) => flip(gradient, dims);
}

/** `length` elements of `dim` from `start`. */
export function narrow(x: Tensor, dim: number, start: number, length: number): Tensor {
  const at = normalizeDim("narrow", dim, x.ndim);
  const size = x.shape[at] ?? 1;
  const from = start < 0 ? start + size : start;
  const whole = Number.isInteger(start) && Number.isInteger(length);
  if (x.ndim === 0 || !whole || from < 0 || length < 0 || from + length > size) {
    throw new RangeError(
      `narrow: ${length} elements from ${start} are not all in dim ${dim} of shape ${formatShape(x.shape)}`,
    );
  }
  return stepped(x, at, from, length, 1);
}

/** As Python's `x[start:end:step]` along `dim`: negative ends count from the end, and ends are cut to fit. */
export function slice(x: Tensor, dim: number, start: number, end: number, step: number): Tensor {
  const at = normalizeDim("slice", dim, x.ndim);
  if (x.ndim === 0) throw new RangeError("slice: a tensor without dims cannot be sliced");
  if (!Number.isInteger(step) || step < 1) {
    throw new RangeError(
      `slice: step must be a whole number from 1, got ${describe(step)}; see flip`,
    );
  }
  const size = x.shape[at] ?? 1;
  const cut = (edge: number): number => {
    if (Number.isNaN(edge) || (Number.isFinite(edge) && !Number.isInteger(edge))) {
      throw new RangeError(`slice: start and end must be whole numbers, got ${describe(edge)}`);
    }
    return Math.min(Math.max(edge < 0 ? edge + size : edge, 0), size);
  };
  const from = cut(start);
  return stepped(x, at, from, Math.ceil(Math.max(cut(end) - from, 0) / step), step);
}

function stepped(x: Tensor, dim: number, start: number, length: number, step: number): Tensor {
  const stride = x.strides[dim] ?? 0;
  return view(
    "slice",
    pickFrom(x.shape, stepper(dim, start, length, step)),
    x,
    x.shape.with(dim, length),
    x.strides.with(dim, stride * step),
    length === 0 ? x.offset : x.offset + start * stride,
  );
}

/** The elements whose indices along two dims differ by `offset`, as a new last dim; those two go away. */
export function diagonal(x: Tensor, offset: number, dim1: number, dim2: number): Tensor {
  const [a, b] = [dim1, dim2].map((dim) =>
    x.ndim < 2 ? dim : normalizeDim("diagonal", dim, x.ndim),
  ) as [number, number];
  if (x.ndim < 2 || a === b || !Number.isInteger(offset)) {
    throw new RangeError(
      `diagonal: needs two different dims and a whole offset, got dims ${dim1} and ${dim2} of shape ${formatShape(x.shape)} and offset ${describe(offset)}`,
    );
  }
  const [rows, columns] = [Math.max(-offset, 0), Math.max(offset, 0)];
  const length = Math.max(Math.min((x.shape[a] ?? 0) - rows, (x.shape[b] ?? 0) - columns), 0);
  const rest = [...x.shape.keys()].filter((dim) => dim !== a && dim !== b);
  const [down, across] = [x.strides[a] ?? 0, x.strides[b] ?? 0];
  const start = length === 0 ? x.offset : x.offset + rows * down + columns * across;
  return view(
    "diagonal",
    pickFrom(x.shape, diagonaller(offset, a, b)),
    x,
    [...rest.map((dim) => x.shape[dim] ?? 1), length],
    [...rest.map((dim) => x.strides[dim] ?? 0), down + across],
    start,
  );
}

/** The values at one index of `dim`, which goes away. */
export function select(x: Tensor, dim: number, index: number, operator: string = "select"): Tensor {
  const at = normalizeDim(operator, dim, x.ndim);
  const size = x.shape[at] ?? 0;
  if (x.ndim === 0 || !Number.isInteger(index) || index < -size || index >= size) {
    throw new RangeError(
      `${operator}: index ${describe(index)} is outside dim ${dim} of shape ${formatShape(x.shape)}`,
    );
  }
  const from = index < 0 ? index + size : index;
  const offset = x.offset + from * (x.strides[at] ?? 0);
  const back = pickFrom(x.shape, selector(at, from));
  return view(operator, back, x, x.shape.toSpliced(at, 1), x.strides.toSpliced(at, 1), offset);
}

// Made apart from the views, so that they hold on to no tensor.
function selector(dim: number, index: number): (whole: Tensor) => Tensor {
  return (whole) => select(whole, dim, index);
}

function diagonaller(offset: number, a: number, b: number): (whole: Tensor) => Tensor {
  return (whole) => diagonal(whole, offset, a, b);
}

function getter(indices: readonly number[]): (whole: Tensor) => Tensor {
  return (whole) => get(whole, indices);
}

function stepper(
  dim: number,
  start: number,
  length: number,
  step: number,
): (whole: Tensor) => Tensor {
  return (whole) => stepped(whole, dim, start, length, step);
}

/** `x[i][j]…`: each index selects the dim then leading. */
export function get(x: Tensor, indices: readonly number[], operator: string = "get"): Tensor {
  if (indices.length > x.ndim) {
    throw new RangeError(
      `${operator}: ${indices.length} indices for shape ${formatShape(x.shape)}, which has ${x.ndim} dims`,
    );
  }
  let offset = x.offset;
  indices.forEach((index, dim) => {
    const size = x.shape[dim] ?? 0;
    if (!Number.isInteger(index) || index < -size || index >= size) {
      throw new RangeError(
        `${operator}: index ${describe(index)} is outside dim ${dim} of shape ${formatShape(x.shape)}`,
      );
    }
    offset += (index < 0 ? index + size : index) * (x.strides[dim] ?? 0);
  });
  const back = pickFrom(x.shape, getter(indices));
  const strides = x.strides.slice(indices.length);
  return view("get", back, x, x.shape.slice(indices.length), strides, offset);
}
