/** Tensors from values, and tensors of a pattern. */

import { currentDevice } from "./device.ts";
import {
  castValue,
  type DType,
  dtypeOfArray,
  fillWith,
  hostArray,
  type HostValue,
  type Scalar,
  type TypedArray,
} from "./dtype.ts";
import { binaryExpr, castExpr, type Expr, indexExpr, paramExpr } from "./expr.ts";
import { needDType, runElementwise } from "./run.ts";
import {
  checkShape,
  contiguousStrides,
  describe,
  formatShape,
  product,
  type Shape,
} from "./shape.ts";
import { Tensor } from "./tensor.ts";
import type { DTypeOfData, NestedArray, ScalarDType } from "./typing.ts";

/** What the elements of a new tensor are. */
export interface DTypeOption<D extends DType = DType> {
  dtype?: D;
  /** Makes a leaf, whose `grad` is gathered by `backward`; floats only. */
  requiresGrad?: boolean;
}

/** A tensor on the current device that holds `values`, row-major. */
export function fromValues(dtype: DType, values: TypedArray, shape: Shape): Tensor {
  const storage = currentDevice().upload(dtype, values);
  return new Tensor(storage, shape, contiguousStrides(shape), 0);
}

/**
 * A tensor of nested lists, a number, a boolean, or a typed array. Lists of
 * booleans give bool, lists of bigints int64, other lists float32, and typed
 * arrays the dtype of their elements, unless `dtype` says otherwise;
 * `shape` reshapes the values. With `requiresGrad`, a leaf that gathers its gradient.
 * @throws RangeError naming the path of the list whose length does not fit
 */
export function tensor<T extends NestedArray | TypedArray, D extends DType = DTypeOfData<T>>(
  data: T,
  options: DTypeOption<D> & { shape?: Shape } = {},
): Tensor<NoInfer<D>> {
  const { values: flat, shape: found, dtype: inferred } = readNested(data);
  const dtype = checkDType("tensor", options.dtype ?? inferred);
  const shape = options.shape === undefined ? found : checkShape("tensor", options.shape);
  if (product(shape) !== flat.length) {
    throw new RangeError(`tensor: ${flat.length} values do not fill shape ${formatShape(shape)}`);
  }
  const values = hostArray(dtype, flat.length);
  fillWith(values, dtype, (i) => flat[i] as HostValue);
  return leaf(fromValues(dtype, values, shape), options);
}

/** A new tensor, which gathers its gradient if it is asked to. */
export function leaf(x: Tensor, { requiresGrad = false }: DTypeOption): Tensor {
  return requiresGrad ? x.requiresGrad_() : x;
}

/** Row-major numbers as they were written, their shape, and the dtype they suggest. */
export function readNested(data: NestedArray | TypedArray): {
  values: ArrayLike<HostValue>;
  shape: number[];
  dtype: DType;
} {
  if (ArrayBuffer.isView(data)) {
    return { values: data, shape: [data.length], dtype: dtypeOfArray(data) };
  }
  const seen: Seen = { number: false, boolean: false, bigint: false };
  const values: HostValue[] = [];
  const shape = measure(data);
  collect(data, shape, 0, "data", values, seen);
  if (seen.number || values.length === 0) return { values, shape, dtype: "float32" };
  return { values, shape, dtype: seen.bigint ? "int64" : "bool" };
}

/** The shape that nested lists have if their first elements speak for all. */
function measure(data: unknown): number[] {
  const shape: number[] = [];
  for (let one = data; Array.isArray(one); one = one[0]) {
    // A list that holds itself would never end.
    if (shape.length === 64) throw new RangeError("tensor: data is nested deeper than 64 lists");
    shape.push(one.length);
  }
  return shape;
}

/** Which kinds of values there are. */
type Seen = Record<"number" | "boolean" | "bigint", boolean>;

function collect(
  data: unknown,
  shape: Shape,
  depth: number,
  path: string,
  into: HostValue[],
  seen: Seen,
): void {
  const size = shape[depth];
  if (size === undefined) {
    if (typeof data !== "number" && typeof data !== "boolean" && typeof data !== "bigint") {
      throw new TypeError(
        Array.isArray(data)
          ? `tensor: ${path} is a list where a number was expected: lists at one depth must agree`
          : `tensor: ${path} must be a number or a boolean, got ${describe(data)}`,
      );
    }
    seen[typeof data as keyof Seen] = true;
    into.push(typeof data === "boolean" ? Number(data) : data);
    return;
  }
  if (!Array.isArray(data)) {
    throw new TypeError(`tensor: ${path} must be a list of ${size}, got ${describe(data)}`);
  }
  if (data.length !== size) {
    throw new RangeError(
      `tensor: ${path} has ${data.length} elements where ${size} were expected: lists at one depth must have the same length`,
    );
  }
  for (let i = 0; i < size; i++) collect(data[i], shape, depth + 1, `${path}[${i}]`, into, seen);
}

/** @throws TypeError when there is no such dtype, or none on the current device */
export function checkDType(operator: string, dtype: unknown): DType {
  return needDType(operator, currentDevice(), dtype);
}

function filled(operator: string, shape: Shape, value: Scalar, dtype: DType): Tensor {
  const sizes = checkShape(operator, shape);
  const expr = paramExpr(0, checkDType(operator, dtype));
  try {
    return runElementwise(
      currentDevice(),
      expr,
      sizes,
      [],
      [castValue(typeof value === "boolean" ? Number(value) : value, dtype)],
    );
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new RangeError(`${operator}: shape ${formatShape(sizes)}: ${error.message}`, {
      cause: error,
    });
  }
}

/** A tensor of zeros; float32 when no dtype is given. */
export function zeros<D extends DType = "float32">(
  shape: Shape,
  options: DTypeOption<D> = {},
): Tensor<NoInfer<D>> {
  return leaf(filled("zeros", shape, 0, options.dtype ?? "float32"), options);
}

/** A tensor of ones; float32 when no dtype is given. */
export function ones<D extends DType = "float32">(
  shape: Shape,
  options: DTypeOption<D> = {},
): Tensor<NoInfer<D>> {
  return leaf(filled("ones", shape, 1, options.dtype ?? "float32"), options);
}

/** `value` everywhere; bool for a boolean, int64 for a bigint and float32 for a number, unless `dtype` says otherwise. */
export function full<V extends Scalar, D extends DType = ScalarDType<V>>(
  shape: Shape,
  value: V,
  options: DTypeOption<D> = {},
): Tensor<NoInfer<D>> {
  if (typeof value !== "number" && typeof value !== "boolean" && typeof value !== "bigint") {
    throw new TypeError(`full: value must be a number or a boolean, got ${describe(value)}`);
  }
  const own = { boolean: "bool", bigint: "int64", number: "float32" } as const;
  const dtype = options.dtype ?? own[typeof value as keyof typeof own];
  return leaf(filled("full", shape, value, dtype), options);
}

/** `value` in the shape and dtype of `x`. */
export function fullLike<E extends DType, D extends DType = E>(
  x: Tensor<E>,
  value: Scalar,
  options: DTypeOption<D> = {},
): Tensor<NoInfer<D>> {
  return full(x.shape, value, { ...options, dtype: options.dtype ?? x.dtype });
}

/** Zeros of the shape and dtype of `x`. */
export function zerosLike<E extends DType, D extends DType = E>(
  x: Tensor<E>,
  options: DTypeOption<D> = {},
): Tensor<NoInfer<D>> {
  return leaf(filled("zerosLike", x.shape, 0, options.dtype ?? x.dtype), options);
}

/** Ones of the shape and dtype of `x`. */
export function onesLike<E extends DType, D extends DType = E>(
  x: Tensor<E>,
  options: DTypeOption<D> = {},
): Tensor<NoInfer<D>> {
  return leaf(filled("onesLike", x.shape, 1, options.dtype ?? x.dtype), options);
}

/** 1 on the diagonal of `n` rows and `m` columns (`n` when left out), 0 elsewhere. */
export function eye<D extends DType = "float32">(
  n: number,
  m: number = n,
  options: DTypeOption<D> = {},
): Tensor<NoInfer<D>> {
  const dtype = checkDType("eye", options.dtype ?? "float32");
  const shape = checkShape("eye", [n, m]);
  const same: Expr = binaryExpr("eq", indexExpr(0), indexExpr(1));
  return leaf(runElementwise(currentDevice(), castExpr(same, dtype), shape, []), options);
}

/** `start`, `start + step`, … below `end`; `arange(end)` starts at 0. */
export function arange<D extends DType = "float32">(
  start: number,
  end?: number | DTypeOption<D>,
  step?: number | DTypeOption<D>,
  options?: DTypeOption<D>,
): Tensor<NoInfer<D>> {
  const given = [start, end, step, options];
  const last = given.find((one) => typeof one === "object");
  const dtype = checkDType(
    "arange",
    (typeof last === "object" ? last.dtype : undefined) ?? "float32",
  );
  const numbers = given.filter((one) => typeof one === "number");
  const [from = 0, to = 0, by = 1] = numbers.length === 1 ? [0, ...numbers] : numbers;
  if (![from, to, by].every(Number.isFinite) || by === 0 || (to - from) * by < 0) {
    throw new RangeError(
      `arange: start ${from}, end ${to} and step ${by} must be finite, and the step must lead from start to end`,
    );
  }
  const count = Math.ceil((to - from) / by);
  const values = hostArray(dtype, checkCount("arange", count));
  fillWith(values, dtype, (i) => from + i * by);
  return leaf(fromValues(dtype, values, [count]), typeof last === "object" ? last : {});
}

/** `steps` powers of `base`, with exponents from `start` to `end`, both included, evenly apart. */
export function logspace<D extends DType = "float32">(
  start: number,
  end: number,
  steps: number,
  { base = 10, ...options }: DTypeOption<D> & { base?: number } = {},
): Tensor<NoInfer<D>> {
  return evenly("logspace", start, end, steps, options, (exponent) => base ** exponent);
}

/** `steps` numbers from `start` to `end`, both included, evenly apart. */
export function linspace<D extends DType = "float32">(
  start: number,
  end: number,
  steps: number,
  options: DTypeOption<D> = {},
): Tensor<NoInfer<D>> {
  return evenly("linspace", start, end, steps, options, (value) => value);
}

function evenly(
  operator: string,
  start: number,
  end: number,
  steps: number,
  options: DTypeOption<DType>,
  value: (at: number) => number,
): Tensor {
  const dtype = checkDType(operator, options.dtype ?? "float32");
  const [count = 0] = checkShape(operator, [steps]);
  const values = hostArray(dtype, checkCount(operator, count));
  const step = count > 1 ? (end - start) / (count - 1) : 0;
  // From both ends, so that the last value is `end` itself.
  fillWith(values, dtype, (i) =>
    value(i < count / 2 || count === 1 ? start + i * step : end - (count - 1 - i) * step),
  );
  return leaf(fromValues(dtype, values, [count]), options);
}

/** Values made on the host need memory there, whatever the device. */
export function checkCount(operator: string, count: number): number {
  if (count <= 2 ** 30) return count;
  throw new RangeError(`${operator}: ${count} elements are too many; at most ${2 ** 30} fit`);
}
