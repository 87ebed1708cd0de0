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
import type { DType, Scalar, TypedArray } from "./dtype.ts";
import * as each from "./elementwise.ts";
import type { TensorLike } from "./elementwise.ts";
import { extremeAlong, type Picked } from "./extremes.ts";
import * as indexing from "./indexing.ts";
import { formatTensor } from "./print.ts";
import { matmul } from "./products.ts";
import * as reductions from "./reductions.ts";
import type { DimOptions, Dims } from "./reductions.ts";
import { formatShape, product, type Shape } from "./shape.ts";
import type {
  ArrayOf,
  Beside,
  Either,
  ElementOf,
  FloatOf,
  NestedValues,
  Promoted,
  SumOf,
} from "./typing.ts";
import * as views from "./views.ts";

/** The larger of both, element by element; broadcasts, NaN wins. */
export function maximum<A extends TensorLike, B extends TensorLike>(
  a: A,
  b: B,
): Tensor<Either<A, B>> {
  return each.arithmetic("maximum", a, b);
}

/** The smaller of both, element by element; broadcasts, NaN wins. */
export function minimum<A extends TensorLike, B extends TensorLike>(
  a: A,
  b: B,
): Tensor<Either<A, B>> {
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

/** A grid of numbers on a device; `D` is its dtype, where that is known. Views share their storage. */
export class Tensor<D extends DType = DType> {
  /**
   * Never there: it tells tensors of one dtype from those of another. As a
   * method's parameter is compared both ways, an unknown dtype goes with every other.
   */
  declare protected readonly holds: { these(dtype: D): void }["these"];
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
  add<O extends TensorLike>(other: O): Tensor<Beside<D, O>> {
    return each.arithmetic("add", this, other);
  }
  /** `this - other`; broadcasts. */
  sub<O extends TensorLike>(other: O): Tensor<Beside<D, O>> {
    return each.arithmetic("sub", this, other);
  }
  /** `this * other`, element by element; broadcasts. */
  mul<O extends TensorLike>(other: O): Tensor<Beside<D, O>> {
    return each.arithmetic("mul", this, other);
  }
  /** True division: int32 operands give float32. */
  div<O extends TensorLike>(other: O): Tensor<FloatOf<Beside<D, O>>> {
    return each.arithmetic("div", this, other);
  }
  /** `this` to the power of `other`; broadcasts. */
  pow<O extends TensorLike>(other: O): Tensor<Beside<D, O>> {
    return each.arithmetic("pow", this, other);
  }
  /** The larger of both; NaN wins. */
  maximum<O extends TensorLike>(other: O): Tensor<Beside<D, O>> {
    return each.arithmetic("maximum", this, other);
  }
  /** The smaller of both; NaN wins. */
  minimum<O extends TensorLike>(other: O): Tensor<Beside<D, O>> {
    return each.arithmetic("minimum", this, other);
  }
  /** `this == other` as bool; NaN equals nothing. */
  eq(other: TensorLike): Tensor<"bool"> {
    return each.compare("eq", this, other);
  }
  /** `this != other` as bool. */
  ne(other: TensorLike): Tensor<"bool"> {
    return each.compare("ne", this, other);
  }
  /** `this < other` as bool. */
  lt(other: TensorLike): Tensor<"bool"> {
    return each.compare("lt", this, other);
  }
  /** `this <= other` as bool. */
  le(other: TensorLike): Tensor<"bool"> {
    return each.compare("le", this, other);
  }
  /** `this > other` as bool. */
  gt(other: TensorLike): Tensor<"bool"> {
    return each.compare("gt", this, other);
  }
  /** `this >= other` as bool. */
  ge(other: TensorLike): Tensor<"bool"> {
    return each.compare("ge", this, other);
  }
  /** True where both are not 0. */
  logicalAnd(other: TensorLike): Tensor<"bool"> {
    return each.logical("and", this, other);
  }
  /** True where one is not 0. */
  logicalOr(other: TensorLike): Tensor<"bool"> {
    return each.logical("or", this, other);
  }
  /** True where the element is 0. */
  logicalNot(): Tensor<"bool"> {
    return each.logicalNot(this);
  }
  /** `-x`. */
  neg(): Tensor<D> {
    return each.numberMap("neg", this);
  }
  /** `|x|`. */
  abs(): Tensor<D> {
    return each.numberMap("abs", this);
  }
  /** `x * x`. */
  square(): Tensor<D> {
    return each.numberMap("square", this);
  }
  /** -1, 0 or 1; 0 for NaN. */
  sign(): Tensor<D> {
    return each.numberMap("sign", this);
  }
  /** max(x, 0); NaN stays NaN. */
  relu(): Tensor<D> {
    return each.numberMap("relu", this);
  }
  /** The largest integer not above x. */
  floor(): Tensor<D> {
    return each.numberMap("floor", this);
  }
  /** The smallest integer not below x. */
  ceil(): Tensor<D> {
    return each.numberMap("ceil", this);
  }
  /** Halves go to the even neighbour. */
  round(): Tensor<D> {
    return each.numberMap("round", this);
  }
  /** e to the power of x. */
  exp(): Tensor<FloatOf<D>> {
    return each.floatMap("exp", this);
  }
  /** The natural logarithm. */
  log(): Tensor<FloatOf<D>> {
    return each.floatMap("log", this);
  }
  /** The square root; NaN below 0. */
  sqrt(): Tensor<FloatOf<D>> {
    return each.floatMap("sqrt", this);
  }
  /** `1 / sqrt(x)`. */
  rsqrt(): Tensor<FloatOf<D>> {
    return each.floatMap("rsqrt", this);
  }
  /** `1 / x`. */
  reciprocal(): Tensor<FloatOf<D>> {
    return each.floatMap("reciprocal", this);
  }
  /** The sine of x in radians. */
  sin(): Tensor<FloatOf<D>> {
    return each.floatMap("sin", this);
  }
  /** The cosine of x in radians. */
  cos(): Tensor<FloatOf<D>> {
    return each.floatMap("cos", this);
  }
  /** The hyperbolic tangent. */
  tanh(): Tensor<FloatOf<D>> {
    return each.floatMap("tanh", this);
  }
  /** `1 / (1 + exp(-x))`. */
  sigmoid(): Tensor<FloatOf<D>> {
    return each.floatMap("sigmoid", this);
  }
  /** The error function. */
  erf(): Tensor<FloatOf<D>> {
    return each.floatMap("erf", this);
  }
  /** x·Φ(x) with the exact error function. */
  gelu(): Tensor<FloatOf<D>> {
    return each.floatMap("gelu", this);
  }
  /** x, but not below `min` and not above `max`. */
  clamp(bounds: { min?: number; max?: number }): Tensor<Beside<D, number>> {
    return each.clamp(this, bounds);
  }
  /** True where the element is NaN. */
  isnan(): Tensor<"bool"> {
    return each.isnan(this);
  }
  /** Floats to int32 lose their fraction; to bool, all but 0 is true. */
  to<E extends DType>(dtype: E): Tensor<E> {
    return each.cast(this, dtype);
  }
  /** `value` where the mask is true, x elsewhere; the mask broadcasts. */
  maskedFill(mask: Tensor<"bool">, value: Scalar): Tensor<D> {
    return indexing.maskedFill(this, mask, value);
  }

  // Reductions: `dim` left out means all dims, negative ones count from the end
  /** The sum; of bool and int32 as int32. */
  sum(dim?: Dims, options?: DimOptions): Tensor<SumOf<D>> {
    return reductions.sum(this, dim, options);
  }
  /** The mean; of float32 alone, as in torch. */
  mean(dim?: Dims, options?: DimOptions): Tensor<D> {
    return reductions.mean(this, dim, options);
  }
  /** The product. */
  prod(dim?: Dims, options?: DimOptions): Tensor<SumOf<D>> {
    return reductions.prod(this, dim, options);
  }
  /** NaN when any element is NaN. */
  amax(dim?: Dims, options?: DimOptions): Tensor<D> {
    return reductions.extreme("amax", "max", this, dim, options);
  }
  /** NaN when any element is NaN. */
  amin(dim?: Dims, options?: DimOptions): Tensor<D> {
    return reductions.extreme("amin", "min", this, dim, options);
  }
  /** The largest of all elements; along `dim` also the first place it is at. */
  max(): Tensor<D>;
  max(dim: number, options?: DimOptions): Picked<D>;
  max(dim?: number, options?: DimOptions): Tensor<D> | Picked<D> {
    if (dim !== undefined) return extremeAlong("max", this, dim, options);
    return reductions.extreme("max", "max", this, undefined);
  }
  /** The smallest of all elements; along `dim` also the first place it is at. */
  min(): Tensor<D>;
  min(dim: number, options?: DimOptions): Picked<D>;
  min(dim?: number, options?: DimOptions): Tensor<D> | Picked<D> {
    if (dim !== undefined) return extremeAlong("min", this, dim, options);
    return reductions.extreme("min", "min", this, undefined);
  }
  /** Divides by n − correction; `correction` is 1 when left out. */
  var(dim?: Dims, options?: DimOptions & { correction?: number }): Tensor<D> {
    return reductions.variance("var", this, dim, options);
  }
  /** Divides by n − correction; `correction` is 1 when left out. */
  std(dim?: Dims, options?: DimOptions & { correction?: number }): Tensor<D> {
    return reductions.variance("std", this, dim, options);
  }
  /** The first place, as int32; NaN wins. */
  argmax(dim?: number, options?: DimOptions): Tensor<"int32"> {
    return reductions.argExtreme("argmax", this, dim, options);
  }
  /** The first place, as int32; NaN wins. */
  argmin(dim?: number, options?: DimOptions): Tensor<"int32"> {
    return reductions.argExtreme("argmin", this, dim, options);
  }
  /** True where any element is not 0. */
  any(dim?: Dims, options?: DimOptions): Tensor<"bool"> {
    return reductions.truth("any", this, dim, options);
  }
  /** True where every element is not 0. */
  all(dim?: Dims, options?: DimOptions): Tensor<"bool"> {
    return reductions.truth("all", this, dim, options);
  }
  /** `log(sum(exp(x)))`, without overflow. */
  logsumexp(dim?: Dims, options?: DimOptions): Tensor<FloatOf<D>> {
    return reductions.logsumexp(this, dim, options);
  }
  /** `exp(x)` over its sum along `dim`, without overflow. */
  softmax(dim: number): Tensor<FloatOf<D>> {
    return reductions.softmax(this, dim);
  }
  /** The logarithm of the softmax along `dim`, without overflow. */
  logSoftmax(dim: number): Tensor<FloatOf<D>> {
    return reductions.logSoftmax(this, dim);
  }

  // Matrices
  /** The product of the last two dims; dims before them broadcast. */
  matmul<E extends DType>(other: Tensor<E>): Tensor<Promoted<D | E>> {
    return matmul(this, other);
  }
  /** The transpose of a matrix. */
  get T(): Tensor<D> {
    if (this.ndim !== 2) {
      throw new RangeError(`T: needs 2 dims, got shape ${formatShape(this.shape)}; use transpose`);
    }
    return views.transpose(this, 0, 1);
  }
  /** Swaps two dims. */
  transpose(d0: number, d1: number): Tensor<D> {
    return views.transpose(this, d0, d1);
  }
  /** Puts the dims in this order. */
  permute(...dims: number[] | [readonly number[]]): Tensor<D> {
    return views.permute(this, sizes(dims));
  }
  /** The lower triangle, up to the `k`th diagonal above the main one. */
  tril(k: number = 0): Tensor<D> {
    return indexing.triangle("tril", this, k);
  }
  /** The upper triangle, from the `k`th diagonal above the main one. */
  triu(k: number = 0): Tensor<D> {
    return indexing.triangle("triu", this, k);
  }

  // Views: no data moves, but where `reshape` must
  /** One size may be -1 and is worked out. */
  reshape(...shape: number[] | [readonly number[]]): Tensor<D> {
    return views.reshape(this, sizes(shape));
  }
  /** Makes the dims from `startDim` to `endDim` one. */
  flatten(startDim: number = 0, endDim: number = -1): Tensor<D> {
    return views.flatten(this, startDim, endDim);
  }
  /** Puts a dim of size 1 before `dim`. */
  unsqueeze(dim: number): Tensor<D> {
    return views.unsqueeze(this, dim);
  }
  /** Drops dims of size 1: all of them, or those named. */
  squeeze(dim?: number | readonly number[]): Tensor<D> {
    return views.squeeze(this, dim);
  }
  /** Repeats dims of size 1; -1 keeps a size. */
  expand(...shape: number[] | [readonly number[]]): Tensor<D> {
    return views.expand(this, sizes(shape));
  }
  /** Reverses these dims. */
  flip(...dims: number[] | [readonly number[]]): Tensor<D> {
    return views.flip(this, sizes(dims));
  }
  /** The part at one index of `dim`, without that dim. */
  select(dim: number, index: number): Tensor<D> {
    return views.select(this, dim, index);
  }
  /** `length` indices of `dim`, from `start`. */
  narrow(dim: number, start: number, length: number): Tensor<D> {
    return views.narrow(this, dim, start, length);
  }
  /** Python's `x[start:end:step]` along `dim`. */
  slice(dim: number, start: number = 0, end: number = Infinity, step: number = 1): Tensor<D> {
    return views.slice(this, dim, start, end, step);
  }
  /** `x.get(1, 2)` is `x[1][2]`. */
  get(...indices: number[]): Tensor<D> {
    return views.get(this, indices);
  }
  /** The parts of `dim` at these indices, a vector of int32. */
  indexSelect(dim: number, index: Tensor): Tensor<D> {
    return indexing.indexSelect(this, dim, index);
  }
  /** `out[i][j] = x[index[i][j]][j]` for dim 0, and so on; shaped as `index`. */
  gather(dim: number, index: Tensor): Tensor<D> {
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
  get grad(): Tensor<D> | undefined {
    return this.autograd?.grad;
  }
  set grad(gradient: Tensor<D> | undefined) {
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
  detach(): Tensor<D> {
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
  /** The one element: a boolean, a bigint for int64, else a number. @throws RangeError when there is not exactly one */
  item<T extends DType>(this: Tensor<T>): ElementOf<T> {
    if (this.numel !== 1) {
      throw new RangeError(
        `item: needs exactly one element, got shape ${formatShape(this.shape)}; use toArray`,
      );
    }
    const values = this.storage.device.read(this.storage, this.offset, 1);
    return nest(values, [], this.dtype) as ElementOf<T>;
  }
  /** Nested lists; a bare value for a scalar. */
  toArray<T extends DType>(this: Tensor<T>): NestedValues<ElementOf<T>> {
    const values = nest(this.toTypedArray(), this.shape, this.dtype);
    return values as NestedValues<ElementOf<T>>;
  }
  /** A row-major copy; booleans are 0 and 1. */
  toTypedArray<T extends DType>(this: Tensor<T>): ArrayOf<T> {
    const { storage, offset, numel } = views.contiguous(this);
    return storage.device.read(storage, offset, numel) as ArrayOf<T>;
  }
  /** As `toTypedArray`, without blocking. */
  data<T extends DType>(this: Tensor<T>): Promise<ArrayOf<T>> {
    const { storage, offset, numel } = views.contiguous(this);
    return storage.device.readAsync(storage, offset, numel) as Promise<ArrayOf<T>>;
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
