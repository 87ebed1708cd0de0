/** How operators start programs: operands from tensors, a fresh tensor for the result. */

import type { Device } from "./device.ts";
import { type DType, DTYPE_NAMES, type HostValue, isDType } from "./dtype.ts";
import { type Expr, indexExpr, inputExpr, type Reducer, rewrite } from "./expr.ts";
import {
  broadcastPair,
  contiguousStrides,
  describe,
  expandStrides,
  product,
  type Shape,
} from "./shape.ts";
import { Tensor } from "./tensor.ts";

/** @throws TypeError when `dtype` is none, or the device has no tensors of it */
export function needDType(operator: string, device: Device, dtype: unknown): DType {
  if (!isDType(dtype)) {
    throw new TypeError(`${operator}: dtype must be one of ${DTYPE_NAMES}, got ${describe(dtype)}`);
  }
  const lack = device.lacks(dtype);
  if (lack === undefined) return dtype;
  throw new TypeError(`${operator}: ${lack}`);
}

/** A new contiguous tensor whose elements are not set yet. */
export function emptyTensor(device: Device, dtype: DType, shape: Shape): Tensor {
  return new Tensor(device.allocate(dtype, product(shape)), shape, contiguousStrides(shape), 0);
}

/** @throws TypeError when one of `values` is no tensor */
export function needTensors(operator: string, values: readonly unknown[]): void {
  const other = values.findIndex((one) => !(one instanceof Tensor));
  if (other < 0) return;
  throw new TypeError(`${operator}: needs tensors, got ${describe(values[other])} at ${other}`);
}

/** The shape that the operator's tensors broadcast to. */
export function broadcastAll(operator: string, tensors: readonly Tensor[]): number[] {
  let shape: number[] = [];
  for (const one of tensors) shape = broadcastPair(operator, shape, one.shape);
  return shape;
}

/** `expr` at each index of `shape`, to which every input must broadcast. */
export function runElementwise(
  device: Device,
  expr: Expr,
  shape: Shape,
  inputs: readonly Tensor[],
  params: readonly HostValue[] = [],
): Tensor {
  const output = emptyTensor(device, expr.dtype, shape);
  runInto(output, expr, inputs, params);
  return output;
}

/** As `runElementwise`, into a tensor or a view that is there already. */
export function runInto(
  output: Tensor,
  expr: Expr,
  inputs: readonly Tensor[],
  params: readonly HostValue[] = [],
): void {
  if (output.numel === 0) return;
  const { shape, storage, strides, offset } = output;
  storage.device.run(
    { kind: "elementwise", expr, shape, params },
    inputs.map((one) => ({
      storage: one.storage,
      strides: expandStrides(one, shape),
      offset: one.offset,
    })),
    { storage, strides, offset },
  );
}

/** The running fold of `expr` along `dim` of `shape`, which stays. */
export function runScan(
  reducer: Reducer,
  expr: Expr,
  shape: Shape,
  dim: number,
  inputs: readonly Tensor[],
): Tensor {
  const [first] = inputs;
  if (first === undefined) throw new Error("a scan needs an input");
  const output = emptyTensor(first.storage.device, expr.dtype, shape);
  if (output.numel === 0) return output;
  const last = <T>(list: readonly T[]): T[] => [...list.toSpliced(dim, 1), list[dim] as T];
  output.storage.device.run(
    { kind: "scan", reducer, expr, shape: last(shape), params: [] },
    inputs.map((one) => ({
      storage: one.storage,
      strides: last(expandStrides(one, shape)),
      offset: one.offset,
    })),
    { storage: output.storage, strides: last(output.strides), offset: 0 },
  );
  return output;
}

/**
 * Folds the elements of `x` that `index`, which has its shape, sends to the
 * same one of `size` places along `dim`.
 */
export function runScatter(
  reducer: Reducer,
  x: Tensor,
  dim: number,
  index: Tensor,
  size: number,
): Tensor {
  const { shape } = x;
  const output = emptyTensor(x.storage.device, x.dtype, shape.with(dim, size));
  if (output.numel === 0) return output;
  output.storage.device.run(
    {
      kind: "scatter",
      reducer,
      expr: inputExpr(0, x.dtype),
      at: inputExpr(1, "int32"),
      shape,
      dim,
      size,
      params: [],
    },
    [x, index].map((one) => ({
      storage: one.storage,
      strides: expandStrides(one, shape),
      offset: one.offset,
    })),
    { storage: output.storage, strides: output.strides, offset: 0 },
  );
  return output;
}

/**
 * Folds `expr`, computed over `shape`, along `dims` (ascending, from the
 * front). Reduced dims stay with size 1.
 */
export function runReduce(
  reducer: Reducer,
  expr: Expr,
  shape: Shape,
  dims: readonly number[],
  inputs: readonly Tensor[],
  params: readonly HostValue[] = [],
): Tensor {
  const [first] = inputs;
  if (first === undefined) throw new Error("a reduction needs an input");
  const { device } = first.storage;
  const reduced = new Set(dims);
  const order = [...shape.keys()].filter((dim) => !reduced.has(dim));
  const kept = order.length;
  order.push(...dims);
  const result = shape.map((size, dim) => (reduced.has(dim) ? 1 : size));
  const output = emptyTensor(device, expr.dtype, result);
  if (output.numel === 0) return output;
  device.run(
    {
      kind: "reduce",
      reducer,
      expr: rewrite(expr, (leaf) =>
        leaf.op === "index" ? indexExpr(order.indexOf(leaf.dim)) : leaf,
      ),
      shape: order.map((dim) => shape[dim] ?? 1),
      kept,
      params,
    },
    inputs.map((one) => {
      const strides = expandStrides(one, shape);
      return {
        storage: one.storage,
        strides: order.map((dim) => strides[dim] ?? 0),
        offset: one.offset,
      };
    }),
    {
      storage: output.storage,
      strides: order.slice(0, kept).map((dim) => output.strides[dim] ?? 0),
      offset: 0,
    },
  );
  return output;
}
