/** Operators that pick elements by index or by place, and that put tensors side by side. */

import { track } from "./autograd/graph.ts";
import * as gradients from "./autograd/matrices.ts";
import { cast, choose } from "./elementwise.ts";
import { type HostValue, isInteger, promote, type Scalar } from "./dtype.ts";
import {
  binaryExpr,
  castExpr,
  constExpr,
  indexExpr,
  inputExpr,
  paramExpr,
  whereExpr,
} from "./expr.ts";
import { emptyTensor, needDType, needTensors, runElementwise, runInto } from "./run.ts";
import { disagreement, formatShape, normalizeDim, outside } from "./shape.ts";
import { Tensor } from "./tensor.ts";
import type { DTypeOf, Promoted } from "./typing.ts";
import { narrow, unsqueeze } from "./views.ts";

/**
 * An index as int32, from 0 to `size` − 1. On the cpu an index that is outside
 * is an error at once; other devices look for themselves, and the next read of
 * anything throws it, so that nothing waits for them here.
 * @throws TypeError when the dtype has no whole numbers
 */
export function checkIndex(operator: string, index: Tensor, size: number): Tensor {
  if (!(index instanceof Tensor) || !isInteger(index.dtype)) {
    const got = index instanceof Tensor ? `a ${index.dtype} tensor` : typeof index;
    throw new TypeError(
      `${operator}: index must be an int32 tensor, got ${got}; write tensor([…], { dtype: "int32" })`,
    );
  }
  if (index.dtype === "int64") {
    // What int32 cannot hold would wrap; only the cpu has int64.
    const values: ArrayLike<HostValue> = index.toTypedArray();
    const bad = Array.from(values).find((one) => one < 0 || one >= size);
    if (bad !== undefined) throw outside(operator, bad, size);
  }
  const whole = cast(index, "int32");
  const { storage, shape, strides, offset } = whole;
  storage.device.checkIndices(operator, { storage, strides, offset }, shape, size);
  return whole;
}

/** The element that `at` (input 1) counts along a dim whose stride input 0 leaves out. */
function lookup(x: Tensor, dim: number, shape: readonly number[], index: Tensor): Tensor {
  const strides = x.strides.with(dim, 0);
  const source = new Tensor(x.storage, shape, strides, x.offset);
  const expr = {
    op: "lookup",
    dtype: x.dtype,
    input: 0,
    at: inputExpr(1, "int32"),
    stride: 0,
  } as const;
  return runElementwise(x.storage.device, expr, shape, [source, index], [x.strides[dim] ?? 0]);
}

/** The slices of `x` along `dim` that a 1-D `index` of whole numbers names. */
export function indexSelect(
  x: Tensor,
  dim: number,
  indices: Tensor,
  operator: string = "indexSelect",
): Tensor {
  const at = normalizeDim(operator, dim, x.ndim);
  const index = checkIndex(operator, indices, x.shape[at] ?? 1);
  if (index.ndim !== 1 || x.ndim === 0) {
    throw new RangeError(
      `${operator}: index must have 1 dim and the tensor at least 1, got shapes ${formatShape(index.shape)} and ${formatShape(x.shape)}`,
    );
  }
  const shape = x.shape.with(at, index.numel);
  const along = new Tensor(
    index.storage,
    shape,
    shape.map((_, d) => (d === at ? (index.strides[0] ?? 0) : 0)),
    index.offset,
  );
  const out = lookup(x, at, shape, along);
  return track(operator, [x], out, () => gradients.indexSelectFlows(x, at, index));
}

/** `out[i][j] = x[index[i][j]][j]` for dim 0, and so on: `index` has the result's shape. */
export function gather(x: Tensor, dim: number, indices: Tensor): Tensor {
  const at = normalizeDim("gather", dim, x.ndim);
  const index = checkIndex("gather", indices, x.shape[at] ?? 1);
  if (index.ndim !== x.ndim) {
    throw new RangeError(
      `gather: index must have as many dims as the tensor, got shapes ${formatShape(index.shape)} and ${formatShape(x.shape)}`,
    );
  }
  x.shape.forEach((size, d) => {
    if (d !== at && (index.shape[d] ?? 0) > size) {
      throw disagreement("gather", x.shape, d, index.shape, d);
    }
  });
  if (x.ndim === 0) return x;
  const out = lookup(x, at, index.shape, index);
  return track("gather", [x], out, () => gradients.gatherFlows(x, at, index));
}

/** Keeps one side of a diagonal of the last two dims: `k` counts diagonals above the main one. */
export function triangle(operator: "tril" | "triu", x: Tensor, k: number): Tensor {
  if (x.ndim < 2) {
    throw new RangeError(`${operator}: needs at least 2 dims, got shape ${formatShape(x.shape)}`);
  }
  if (!Number.isInteger(k)) throw new RangeError(`${operator}: k must be a whole number, got ${k}`);
  const above = binaryExpr("sub", indexExpr(x.ndim - 1), indexExpr(x.ndim - 2));
  const diagonal = paramExpr(0, "int32");
  const keep =
    operator === "tril" ? binaryExpr("le", above, diagonal) : binaryExpr("le", diagonal, above);
  const expr = whereExpr(keep, inputExpr(0, x.dtype), constExpr(0, x.dtype));
  const out = runElementwise(x.storage.device, expr, x.shape, [x], [k]);
  return track(operator, [x], out, () => gradients.triangleFlows(operator, x, k));
}

/** `value` where `mask` is true, `x` elsewhere; `x` keeps its dtype. */
export function maskedFill(x: Tensor, mask: Tensor, value: Scalar): Tensor {
  if (!(mask instanceof Tensor) || mask.dtype !== "bool") {
    throw new TypeError(
      `maskedFill: mask must be a bool tensor, got ${mask instanceof Tensor ? mask.dtype : typeof mask}`,
    );
  }
  if (isInteger(x.dtype) && typeof value === "number" && !Number.isInteger(value)) {
    throw new RangeError(`maskedFill: a tensor of ${x.dtype} cannot hold ${value}`);
  }
  return choose("maskedFill", mask, x.dtype === "bool" ? Number(value) !== 0 : value, x);
}

/** Tensors joined along a dim that is there. Dtypes are promoted. */
export function cat<T extends Tensor>(
  tensors: readonly T[],
  dim: number = 0,
): Tensor<Promoted<DTypeOf<T>>> {
  const [first] = tensors;
  if (first === undefined) throw new RangeError("cat: needs at least one tensor");
  needTensors("cat", tensors);
  if (first.ndim === 0)
    throw new RangeError("cat: tensors without dims cannot be joined; use stack");
  const at = normalizeDim("cat", dim, first.ndim);
  let length = 0;
  for (const one of tensors) {
    if (one.ndim !== first.ndim) {
      throw new RangeError(
        `cat: shapes ${formatShape(first.shape)} and ${formatShape(one.shape)} have different numbers of dims`,
      );
    }
    one.shape.forEach((size, d) => {
      if (d !== at && size !== first.shape[d]) {
        throw disagreement("cat", first.shape, d, one.shape, d);
      }
    });
    length += one.shape[at] ?? 0;
  }
  const dtype = tensors.map((one) => one.dtype).reduce(promote);
  needDType("cat", first.storage.device, dtype);
  const output = emptyTensor(first.storage.device, dtype, first.shape.with(at, length));
  let start = 0;
  for (const one of tensors) {
    const size = one.shape[at] ?? 0;
    runInto(narrow(output, at, start, size), castExpr(inputExpr(0, one.dtype), dtype), [one]);
    start += size;
  }
  return track("cat", tensors, output, () => gradients.catFlows(tensors, at));
}

/** Tensors of one shape joined along a new dim. */
export function stack<T extends Tensor>(
  tensors: readonly T[],
  dim: number = 0,
): Tensor<Promoted<DTypeOf<T>>> {
  const [first] = tensors;
  if (first === undefined) throw new RangeError("stack: needs at least one tensor");
  needTensors("stack", tensors);
  for (const one of tensors) {
    const other = one.shape.findIndex((size, d) => size !== first.shape[d]);
    if (other >= 0 && other < first.ndim) {
      throw disagreement("stack", first.shape, other, one.shape, other);
    }
    if (one.ndim !== first.ndim) {
      throw new RangeError(
        `stack: shapes ${formatShape(first.shape)} and ${formatShape(one.shape)} have different numbers of dims`,
      );
    }
  }
  const at = normalizeDim("stack", dim, first.ndim + 1);
  return cat(
    tensors.map((one) => unsqueeze(one, at)),
    at,
  );
}
