/**
 * The class that katas use. Each method is one line over a function in the
 * file of its kind (elementwise, reductions, views, indexing, products), which
 * in turn import the class; nothing is called while the modules load. It is
 * long because it is the whole list of what a tensor can do, and nothing else.
 */

import type { Index } from "./advanced.ts";
import { backward, type BackwardOptions } from "./autograd/engine.ts";
import { type Autograd, type Hook, nodeOf } from "./autograd/graph.ts";
import * as inplace from "./autograd/inplace.ts";
import * as leaf from "./autograd/leaf.ts";
import type { DeviceKind, Storage } from "./device.ts";
import type { DType, NumberArray, Scalar, TypedArray } from "./dtype.ts";
import * as each from "./elementwise.ts";
import type { TensorLike } from "./elementwise.ts";
import { extremeAlong, type Picked } from "./extremes.ts";
import * as indexing from "./indexing.ts";
import { formatTensor } from "./print.ts";
import { matmul } from "./products.ts";
import * as reductions from "./reductions.ts";
import type { DimOptions, Dims } from "./reductions.ts";
import { formatShape, product, type Shape } from "./shape.ts";
import * as views from "./views.ts";

/** What `toArray` returns: numbers, booleans for bool, bigints for int64, in nested lists. */
export type NestedValues = number | boolean | bigint | NestedValues[];

/** The larger of both, element by element; broadcasts, NaN wins. */
export function maximum(a: TensorLike, b: TensorLike): Tensor {
  return each.arithmetic("maximum", a, b);
}

/** The smaller of both, element by element; broadcasts, NaN wins. */
export function minimum(a: TensorLike, b: TensorLike): Tensor {
  return each.arithmetic("minimum", a, b);
}

/** Sizes written one by one or as one list. */
function sizes(given: number[] | [readonly number[]]): readonly number[] {
  const [first] = given;
  return Array.isArray(first) ? first : (given as number[]);
}

function nest(values: TypedArray, shape: Shape, dtype: DType): NestedValues {
  let at = 0;
  const build = (dim: number): NestedValues => {
    const size = shape[dim];
    if (size !== undefined) return Array.from({ length: size }, () => build(dim + 1));
    const value = values[at++] ?? 0;
    return dtype === "bool" ? value !== 0 : value;
  };
  return build(0);
}

/** A grid of numbers on a device. Views share their storage. */
export class Tensor {
  readonly shape: Shape;
  readonly strides: readonly number[];
  /** Where element 0 lies in the storage. */
  readonly offset: number;
  readonly storage: Storage;
  /** What the way back needs to know; undefined for most tensors. For operators, not for callers. */
  autograd: Autograd | undefined = undefined;

  constructor(storage: Storage, shape: Shape, strides: readonly number[], offset: number) {
    this.storage = storage;
    this.shape = Object.freeze([...shape]);
    this.strides = Object.freeze([...strides]);
    this.offset = offset;
  }

  /** What each element is. */
  get dtype(): DType {
    return this.storage.dtype;
  }
  /** Where the elements live. */
  get device(): DeviceKind {
    return this.storage.device.kind;
  }
  /** How many dims there are. */
  get ndim(): number {
    return this.shape.length;
  }
  /** How many elements there are: the product of the shape. */
  get numel(): number {
    return product(this.shape);
  }

  // Elementwise, with broadcasting
  /** `this + other`; broadcasts. */
  add(other: TensorLike): Tensor {
    return each.arithmetic("add", this, other);
  }
  /** `this - other`; broadcasts. */
  sub(other: TensorLike): Tensor {
    return each.arithmetic("sub", this, other);
  }
  /** `this * other`, element by element; broadcasts. */
  mul(other: TensorLike): Tensor {
    return each.arithmetic("mul", this, other);
  }
  /** True division: int32 operands give float32. */
  div(other: TensorLike): Tensor {
    return each.arithmetic("div", this, other);
  }
  /** `this` to the power of `other`; broadcasts. */
  pow(other: TensorLike): Tensor {
    return each.arithmetic("pow", this, other);
  }
  /** The larger of both; NaN wins. */
  maximum(other: TensorLike): Tensor {
    return each.arithmetic("maximum", this, other);
  }
  /** The smaller of both; NaN wins. */
  minimum(other: TensorLike): Tensor {
    return each.arithmetic("minimum", this, other);
  }
  /** `this == other` as bool; NaN equals nothing. */
  eq(other: TensorLike): Tensor {
    return each.compare("eq", this, other);
  }
  /** `this != other` as bool. */
  ne(other: TensorLike): Tensor {
    return each.compare("ne", this, other);
  }
  /** `this < other` as bool. */
  lt(other: TensorLike): Tensor {
    return each.compare("lt", this, other);
  }
  /** `this <= other` as bool. */
  le(other: TensorLike): Tensor {
    return each.compare("le", this, other);
  }
  /** `this > other` as bool. */
  gt(other: TensorLike): Tensor {
    return each.compare("gt", this, other);
  }
  /** `this >= other` as bool. */
  ge(other: TensorLike): Tensor {
    return each.compare("ge", this, other);
  }
  /** True where both are not 0. */
  logicalAnd(other: TensorLike): Tensor {
    return each.logical("and", this, other);
  }
  /** True where one is not 0. */
  logicalOr(other: TensorLike): Tensor {
    return each.logical("or", this, other);
  }
  /** True where the element is 0. */
  logicalNot(): Tensor {
    return each.logicalNot(this);
  }
  /** `-x`. */
  neg(): Tensor {
    return each.numberMap("neg", this);
  }
  /** `|x|`. */
  abs(): Tensor {
    return each.numberMap("abs", this);
  }
  /** `x * x`. */
  square(): Tensor {
    return each.numberMap("square", this);
  }
  /** -1, 0 or 1; 0 for NaN. */
  sign(): Tensor {
    return each.numberMap("sign", this);
  }
  /** max(x, 0); NaN stays NaN. */
  relu(): Tensor {
    return each.numberMap("relu", this);
  }
  /** The largest integer not above x. */
  floor(): Tensor {
    return each.numberMap("floor", this);
  }
  /** The smallest integer not below x. */
  ceil(): Tensor {
    return each.numberMap("ceil", this);
  }
  /** Halves go to the even neighbour. */
  round(): Tensor {
    return each.numberMap("round", this);
  }
  /** e to the power of x. */
  exp(): Tensor {
    return each.floatMap("exp", this);
  }
  /** The natural logarithm. */
  log(): Tensor {
    return each.floatMap("log", this);
  }
  /** The square root; NaN below 0. */
  sqrt(): Tensor {
    return each.floatMap("sqrt", this);
  }
  /** `1 / sqrt(x)`. */
  rsqrt(): Tensor {
    return each.floatMap("rsqrt", this);
  }
  /** `1 / x`. */
  reciprocal(): Tensor {
    return each.floatMap("reciprocal", this);
  }
  /** The sine of x in radians. */
  sin(): Tensor {
    return each.floatMap("sin", this);
  }
  /** The cosine of x in radians. */
  cos(): Tensor {
    return each.floatMap("cos", this);
  }
  /** The hyperbolic tangent. */
  tanh(): Tensor {
    return each.floatMap("tanh", this);
  }
  /** `1 / (1 + exp(-x))`. */
  sigmoid(): Tensor {
    return each.floatMap("sigmoid", this);
  }
  /** The error function. */
  erf(): Tensor {
    return each.floatMap("erf", this);
  }
  /** x·Φ(x) with the exact error function. */
  gelu(): Tensor {
    return each.floatMap("gelu", this);
  }
  /** x, but not below `min` and not above `max`. */
  clamp(bounds: { min?: number; max?: number }): Tensor {
    return each.clamp(this, bounds);
  }
  /** True where the element is NaN. */
  isnan(): Tensor {
    return each.isnan(this);
  }
  /** Floats to int32 lose their fraction; to bool, all but 0 is true. */
  to(dtype: DType): Tensor {
    return each.cast(this, dtype);
  }
  /** `value` where the mask is true, x elsewhere; the mask broadcasts. */
  maskedFill(mask: Tensor, value: Scalar): Tensor {
    return indexing.maskedFill(this, mask, value);
  }

  // Reductions: `dim` left out means all dims, negative ones count from the end
  /** The sum; of bool and int32 as int32. */
  sum(dim?: Dims, options?: DimOptions): Tensor {
    return reductions.sum(this, dim, options);
  }
  /** The mean; of float32 alone, as in torch. */
  mean(dim?: Dims, options?: DimOptions): Tensor {
    return reductions.mean(this, dim, options);
  }
  /** The product. */
  prod(dim?: Dims, options?: DimOptions): Tensor {
    return reductions.prod(this, dim, options);
  }
  /** NaN when any element is NaN. */
  amax(dim?: Dims, options?: DimOptions): Tensor {
    return reductions.extreme("amax", "max", this, dim, options);
  }
  /** NaN when any element is NaN. */
  amin(dim?: Dims, options?: DimOptions): Tensor {
    return reductions.extreme("amin", "min", this, dim, options);
  }
  /** The largest of all elements; along `dim` also the first place it is at. */
  max(): Tensor;
  max(dim: number, options?: DimOptions): Picked;
  max(dim?: number, options?: DimOptions): Tensor | Picked {
    if (dim !== undefined) return extremeAlong("max", this, dim, options);
    return reductions.extreme("max", "max", this, undefined);
  }
  /** The smallest of all elements; along `dim` also the first place it is at. */
  min(): Tensor;
  min(dim: number, options?: DimOptions): Picked;
  min(dim?: number, options?: DimOptions): Tensor | Picked {
    if (dim !== undefined) return extremeAlong("min", this, dim, options);
    return reductions.extreme("min", "min", this, undefined);
  }
  /** Divides by n − correction; `correction` is 1 when left out. */
  var(dim?: Dims, options?: DimOptions & { correction?: number }): Tensor {
    return reductions.variance("var", this, dim, options);
  }
  /** Divides by n − correction; `correction` is 1 when left out. */
  std(dim?: Dims, options?: DimOptions & { correction?: number }): Tensor {
    return reductions.variance("std", this, dim, options);
  }
  /** The first place, as int32; NaN wins. */
  argmax(dim?: number, options?: DimOptions): Tensor {
    return reductions.argExtreme("argmax", this, dim, options);
  }
  /** The first place, as int32; NaN wins. */
  argmin(dim?: number, options?: DimOptions): Tensor {
    return reductions.argExtreme("argmin", this, dim, options);
  }
  /** True where any element is not 0. */
  any(dim?: Dims, options?: DimOptions): Tensor {
    return reductions.truth("any", this, dim, options);
  }
  /** True where every element is not 0. */
  all(dim?: Dims, options?: DimOptions): Tensor {
    return reductions.truth("all", this, dim, options);
  }
  /** `log(sum(exp(x)))`, without overflow. */
  logsumexp(dim?: Dims, options?: DimOptions): Tensor {
    return reductions.logsumexp(this, dim, options);
  }
  /** `exp(x)` over its sum along `dim`, without overflow. */
  softmax(dim: number): Tensor {
    return reductions.softmax(this, dim);
  }
  /** The logarithm of the softmax along `dim`, without overflow. */
  logSoftmax(dim: number): Tensor {
    return reductions.logSoftmax(this, dim);
  }

  // Matrices
  /** The product of the last two dims; dims before them broadcast. */
  matmul(other: Tensor): Tensor {
    return matmul(this, other);
  }
  /** The transpose of a matrix. */
  get T(): Tensor {
    if (this.ndim !== 2) {
      throw new RangeError(`T: needs 2 dims, got shape ${formatShape(this.shape)}; use transpose`);
    }
    return views.transpose(this, 0, 1);
  }
  /** Swaps two dims. */
  transpose(d0: number, d1: number): Tensor {
    return views.transpose(this, d0, d1);
  }
  /** Puts the dims in this order. */
  permute(...dims: number[] | [readonly number[]]): Tensor {
    return views.permute(this, sizes(dims));
  }
  /** The lower triangle, up to the `k`th diagonal above the main one. */
  tril(k: number = 0): Tensor {
    return indexing.triangle("tril", this, k);
  }
  /** The upper triangle, from the `k`th diagonal above the main one. */
  triu(k: number = 0): Tensor {
    return indexing.triangle("triu", this, k);
  }

  // Views: no data moves, but where `reshape` must
  /** One size may be -1 and is worked out. */
  reshape(...shape: number[] | [readonly number[]]): Tensor {
    return views.reshape(this, sizes(shape));
  }
  /** Makes the dims from `startDim` to `endDim` one. */
  flatten(startDim: number = 0, endDim: number = -1): Tensor {
    return views.flatten(this, startDim, endDim);
  }
  /** Puts a dim of size 1 before `dim`. */
  unsqueeze(dim: number): Tensor {
    return views.unsqueeze(this, dim);
  }
  /** Drops dims of size 1: all of them, or those named. */
  squeeze(dim?: number | readonly number[]): Tensor {
    return views.squeeze(this, dim);
  }
  /** Repeats dims of size 1; -1 keeps a size. */
  expand(...shape: number[] | [readonly number[]]): Tensor {
    return views.expand(this, sizes(shape));
  }
  /** Reverses these dims. */
  flip(...dims: number[] | [readonly number[]]): Tensor {
    return views.flip(this, sizes(dims));
  }
  /** The part at one index of `dim`, without that dim. */
  select(dim: number, index: number): Tensor {
    return views.select(this, dim, index);
  }
  /** `length` indices of `dim`, from `start`. */
  narrow(dim: number, start: number, length: number): Tensor {
    return views.narrow(this, dim, start, length);
  }
  /** Python's `x[start:end:step]` along `dim`. */
  slice(dim: number, start: number = 0, end: number = Infinity, step: number = 1): Tensor {
    return views.slice(this, dim, start, end, step);
  }
  /** `x.get(1, 2)` is `x[1][2]`. */
  get(...indices: number[]): Tensor {
    return views.get(this, indices);
  }
  /** The parts of `dim` at these indices, a vector of int32. */
  indexSelect(dim: number, index: Tensor): Tensor {
    return indexing.indexSelect(this, dim, index);
  }
  /** `out[i][j] = x[index[i][j]][j]` for dim 0, and so on; shaped as `index`. */
  gather(dim: number, index: Tensor): Tensor {
    return indexing.gather(this, dim, index);
  }

  // In place: every view of the same storage sees what is written
  /** `this = this + other`. */
  add_(other: TensorLike): this {
    inplace.update("add_", "add", this, other);
    return this;
  }
  /** `this = this - other`. */
  sub_(other: TensorLike): this {
    inplace.update("sub_", "sub", this, other);
    return this;
  }
  /** `this = this * other`. */
  mul_(other: TensorLike): this {
    inplace.update("mul_", "mul", this, other);
    return this;
  }
  /** `this = this / other`. */
  div_(other: TensorLike): this {
    inplace.update("div_", "div", this, other);
    return this;
  }
  /** Copies the values of `source`, which may broadcast and have another dtype. */
  copy_(source: TensorLike): this {
    inplace.assign("copy_", this, source);
    return this;
  }
  /** `this` cut to `min` and `max`. */
  clamp_(bounds: { min?: number; max?: number }): this {
    inplace.replace("clamp_", this, (x) => each.clamp(x, bounds));
    return this;
  }
  /** `value` where the mask is true. */
  maskedFill_(mask: Tensor, value: Scalar): this {
    inplace.replace("maskedFill_", this, (x) => indexing.maskedFill(x, mask, value));
    return this;
  }
  /** `value` everywhere. */
  fill_(value: Scalar): this {
    inplace.assign("fill_", this, value);
    return this;
  }
  /** 0 everywhere. */
  zero_(): this {
    inplace.assign("zero_", this, 0);
    return this;
  }
  /**
   * `x.set(1, 2, value)` is `x[1][2] = value`, `x.set(mask, value)` `x[mask] = value`; whole
   * numbers in a tensor are places, as in `index`. The value may broadcast.
   */
  set(...indicesAndValue: [...indices: Index[], value: TensorLike]): this {
    inplace.assignAt(this, indicesAndValue);
    return this;
  }

  // Gradients
  /** True when gradients flow to or through this tensor. */
  get requiresGrad(): boolean {
    return nodeOf(this) !== undefined;
  }
  /** True for a tensor that no recorded operator made. */
  get isLeaf(): boolean {
    const node = nodeOf(this);
    return node === undefined || node.leaf !== undefined;
  }
  /** What `backward` has gathered for this leaf, or for a tensor with `retainGrad`. */
  get grad(): Tensor | undefined {
    return this.autograd?.grad;
  }
  set grad(gradient: Tensor | undefined) {
    leaf.setGrad(this, gradient);
  }
  /** From now on, gradients flow to this leaf, or no more. */
  requiresGrad_(requires: boolean = true): this {
    leaf.requireGrad(this, requires);
    return this;
  }
  /**
   * Adds to the `grad` of every leaf how much it moves this tensor, times
   * `gradient`, which a tensor of one element may leave out.
   * @throws Error when the tensor has no graph, or what the graph saved was freed or overwritten
   */
  backward(gradient?: Tensor, options: BackwardOptions = {}): void {
    backward(this, gradient, options);
  }
  /** The same values in the same storage, through which no gradient flows. */
  detach(): Tensor {
    return leaf.detach(this);
  }
  /** Keeps the gradient of a tensor that is no leaf in its `grad`. */
  retainGrad(): this {
    leaf.retainGrad(this);
    return this;
  }
  /** Calls `hook` with this tensor's whole gradient; what it returns takes its place. */
  registerHook(hook: Hook): leaf.HookHandle {
    return leaf.registerHook(this, hook);
  }

  // Reading: synchronous on every device
  /** The one element. @throws RangeError when there is not exactly one */
  item(): number | boolean {
    if (this.numel !== 1) {
      throw new RangeError(
        `item: needs exactly one element, got shape ${formatShape(this.shape)}; use toArray`,
      );
    }
    const [value = 0] = this.storage.device.read(this.storage, this.offset, 1) as NumberArray;
    return this.dtype === "bool" ? value !== 0 : value;
  }
  /** Nested lists; a bare value for a scalar. */
  toArray(): NestedValues {
    return nest(this.toTypedArray(), this.shape, this.dtype);
  }
  /** A row-major copy; booleans are 0 and 1. */
  toTypedArray(): NumberArray {
    const whole = views.contiguous(this);
    return whole.storage.device.read(whole.storage, whole.offset, whole.numel) as NumberArray;
  }
  /** As `toTypedArray`, without blocking. */
  data(): Promise<NumberArray> {
    const whole = views.contiguous(this);
    const { device } = whole.storage;
    return device.readAsync(whole.storage, whole.offset, whole.numel) as Promise<NumberArray>;
  }
  /** Gives the storage back at once, for all views of it, rather than when it is collected. */
  dispose(): void {
    this.storage.device.release(this.storage);
  }
  /** `using x = …` disposes of the tensor where its block ends. */
  [Symbol.dispose](): void {
    this.dispose();
  }
  /** As torch prints: `tensor([[1.0000, 2.0000]])`. */
  toString(): string {
    return formatTensor(this.toTypedArray(), this.shape, this.dtype);
  }
}

// A computed member cannot be declared in isolation, so it is put there by hand.
Object.defineProperty(Tensor.prototype, Symbol.for("nodejs.util.inspect.custom"), {
  value(this: Tensor): string {
    return this.toString();
  },
});
