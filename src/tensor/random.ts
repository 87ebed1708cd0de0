/**
 * Random tensors from a counter-based generator: number `i` of a seed is a
 * function of `i` alone, made on the host, so every device gets the same bits.
 */

import { checkCount, checkDType, type DTypeOption, fromValues, leaf } from "./creation.ts";
import { type DType, fillWith, type FloatDType, floatOf, hostArray } from "./dtype.ts";
import { checkShape, formatShape, product, type Shape } from "./shape.ts";
import type { Tensor } from "./tensor.ts";

let seed = 0;
let counter = 0;

/** Starts the sequence of `n` (a whole number) from its beginning. */
export function manualSeed(n: number): void {
  if (!Number.isSafeInteger(n)) throw new RangeError(`manualSeed: needs a whole number, got ${n}`);
  seed = n;
  counter = 0;
}

/** The upper 32 bits of the product of two unsigned numbers, in halves: engines are quick at int32. */
function multiplyHigh(a: number, b: number): number {
  const [aHigh, aLow, bHigh, bLow] = [a >>> 16, a & 0xffff, b >>> 16, b & 0xffff];
  const middle = (Math.imul(aHigh, bLow) + (Math.imul(aLow, bLow) >>> 16)) | 0;
  const other = (Math.imul(aLow, bHigh) + (middle & 0xffff)) | 0;
  return (Math.imul(aHigh, bHigh) + (middle >>> 16) + (other >>> 16)) | 0;
}

/**
 * Philox4x32-10 (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3",
 * 2011): four 32-bit words for a counter and a key, as far as `out` has room from `at`.
 */
export function philox(
  count: readonly number[],
  key: readonly number[],
  out: Uint32Array = new Uint32Array(4),
  at: number = 0,
): Uint32Array {
  let [a = 0, b = 0, c = 0, d = 0] = count;
  let [k0 = 0, k1 = 0] = key;
  for (let round = 0; round < 10; round++) {
    const high0 = multiplyHigh(0xd2511f53, a);
    const low0 = Math.imul(0xd2511f53, a);
    const high1 = multiplyHigh(0xcd9e8d57, c);
    const low1 = Math.imul(0xcd9e8d57, c);
    a = high1 ^ b ^ k0;
    b = low1;
    c = high0 ^ d ^ k1;
    d = low0;
    k0 = (k0 + 0x9e3779b9) | 0;
    k1 = (k1 + 0xbb67ae85) | 0;
  }
  out[at] = a;
  out[at + 1] = b;
  out[at + 2] = c;
  out[at + 3] = d;
  return out;
}

/** The next `count` 32-bit words. */
function words(count: number): Uint32Array {
  const out = new Uint32Array(count);
  const key = [seed >>> 0, Math.floor(seed / 2 ** 32) >>> 0];
  for (let at = 0; at < count; at += 4) {
    philox([counter >>> 0, Math.floor(counter / 2 ** 32) >>> 0, 0, 0], key, out, at);
    counter++;
  }
  return out;
}

function prepare(operator: string, shape: Shape): { sizes: number[]; count: number } {
  const sizes = checkShape(operator, shape);
  return { sizes, count: checkCount(operator, product(sizes)) };
}

function needFloat(operator: string, dtype: DType): DType {
  if (floatOf(checkDType(operator, dtype)) === dtype) return dtype;
  throw new TypeError(`${operator}: dtype must be a float, got ${dtype}; use randint`);
}

/** Uniform in [0, 1): multiples of 2⁻²⁴, of 2⁻⁵³ in float64 and of 2⁻¹¹ in float16. */
export function rand<D extends FloatDType = "float32">(
  shape: Shape,
  options: DTypeOption<D> = {},
): Tensor<NoInfer<D>> {
  const dtype = needFloat("rand", options.dtype ?? "float32");
  const { sizes, count } = prepare("rand", shape);
  const values = hostArray(dtype, count);
  if (dtype === "float64") {
    const source = words(2 * count);
    fillWith(values, dtype, (i) => fraction(source, i));
  } else {
    const bits = dtype === "float16" ? 11 : 24;
    const source = words(count);
    const unit = 2 ** -bits;
    fillWith(values, dtype, (i) => ((source[i] ?? 0) >>> (32 - bits)) * unit);
  }
  return leaf(fromValues(dtype, values, sizes), options);
}

/** 53 bits of the `i`th two words, in [0, 1). */
function fraction(source: Uint32Array, i: number): number {
  return ((source[2 * i] ?? 0) * 2 ** 21 + ((source[2 * i + 1] ?? 0) >>> 11)) / 2 ** 53;
}

/** Standard normal, by Box and Muller's transform; float32 unless `dtype` says otherwise. */
export function randn<D extends FloatDType = "float32">(
  shape: Shape,
  options: DTypeOption<D> = {},
): Tensor<NoInfer<D>> {
  const dtype = needFloat("randn", options.dtype ?? "float32");
  const { sizes, count } = prepare("randn", shape);
  const source = words(count + (count % 2));
  const values = new Float64Array(count);
  for (let i = 0; i < count; i += 2) {
    // Away from 0 by half a step, so that the logarithm is finite.
    const radius = Math.sqrt(-2 * Math.log(((source[i] ?? 0) + 0.5) / 2 ** 32));
    const angle = (2 * Math.PI * (source[i + 1] ?? 0)) / 2 ** 32;
    values[i] = radius * Math.cos(angle);
    if (i + 1 < count) values[i + 1] = radius * Math.sin(angle);
  }
  const held = hostArray(dtype, count);
  fillWith(held, dtype, (i) => values[i] ?? 0);
  return leaf(fromValues(dtype, held, sizes), options);
}

/** The `i`th whole number below `n`: 53 bits against at most 32, so that none is favoured measurably. */
function below(source: Uint32Array, i: number, n: number): number {
  return Math.floor(fraction(source, i) * n);
}

/** Whole numbers from `low` up to, not including, `high`; int32 unless `dtype` says otherwise. */
export function randint<D extends DType = "int32">(
  low: number,
  high: number,
  shape: Shape,
  options: DTypeOption<D> = {},
): Tensor<NoInfer<D>> {
  const dtype = checkDType("randint", options.dtype ?? "int32");
  const { sizes, count } = prepare("randint", shape);
  const [least, most] = dtype === "uint32" ? [0, 2 ** 32] : [-(2 ** 31), 2 ** 31];
  const whole = Number.isInteger(low) && Number.isInteger(high);
  if (!whole || low >= high || low < least || high > most) {
    throw new RangeError(
      `randint: low and high must be whole numbers of 32 bits with low below high, got ${low} and ${high}`,
    );
  }
  const source = words(2 * count);
  const values = hostArray(dtype, count);
  fillWith(values, dtype, (i) => low + below(source, i, high - low));
  return leaf(fromValues(dtype, values, sizes), options);
}

/** As `rand`, in the shape of `x`. */
export function randLike(x: Tensor): Tensor {
  return rand(x.shape);
}

/** As `randn`, in the shape of `x`. */
export function randnLike(x: Tensor): Tensor {
  return randn(x.shape);
}

/** The whole numbers below `n` in random order, as int32: [n] (Fisher & Yates' shuffle). */
export function randperm(n: number): Tensor {
  const { count } = prepare("randperm", [n]);
  const order = Int32Array.from({ length: count }, (_, i) => i);
  const source = words(2 * count);
  for (let i = count - 1; i > 0; i--) {
    const j = below(source, i, i + 1);
    [order[i], order[j]] = [order[j] ?? 0, order[i] ?? 0];
  }
  return fromValues("int32", order, [count]);
}

/** 1 with each element's chance, else 0: the shape and dtype of `p`. Reads nothing. */
export function bernoulli(p: Tensor): Tensor {
  return rand(p.shape).lt(p).to(p.dtype);
}

/**
 * Indices of `weights` drawn with chances in their proportion, as int32: [k] to
 * [count], or [n, k] to [n, count], each row by itself. Without `replacement` an index
 * is drawn once at most (by the largest of E^(1/w), Efraimidis & Spirakis 2006). Reads the weights.
 */
export function multinomial(
  weights: Tensor,
  count: number,
  { replacement = false }: { replacement?: boolean } = {},
): Tensor {
  const size = weights.shape.at(-1) ?? 0;
  const values = Float64Array.from(weights.toTypedArray(), Number);
  if (weights.ndim < 1 || weights.ndim > 2 || !values.every((w) => w >= 0 && w < Infinity)) {
    throw new RangeError(
      `multinomial: weights must be finite numbers from 0 in 1 or 2 dims, got shape ${formatShape(weights.shape)}`,
    );
  }
  const rows = weights.ndim === 1 ? 1 : (weights.shape[0] ?? 0);
  const { sizes } = prepare("multinomial", [rows, count]);
  const out = new Int32Array(rows * count);
  for (let row = 0; row < rows; row++) {
    const own = values.subarray(row * size, (row + 1) * size);
    const possible = own.filter((w) => w > 0).length;
    if (possible === 0 || (!replacement && count > possible)) {
      throw new RangeError(
        `multinomial: ${count} draws ${replacement ? "with" : "without"} replacement from ${possible} weights above 0 in row ${row}`,
      );
    }
    out.set(replacement ? drawAgain(own, count) : drawOnce(own, count), row * count);
  }
  return fromValues("int32", out, weights.ndim === 1 ? [count] : sizes);
}

function drawAgain(weights: Float64Array, count: number): number[] {
  const sums: number[] = [];
  let total = 0;
  for (const w of weights) sums.push((total += w));
  const source = words(2 * count);
  const last = weights.findLastIndex((w) => w > 0);
  return Array.from({ length: count }, (_, i) => {
    const goal = fraction(source, i) * total;
    const at = sums.findIndex((sum) => sum > goal);
    return at < 0 ? last : at;
  });
}

function drawOnce(weights: Float64Array, count: number): number[] {
  const source = words(2 * weights.length);
  const keys = Array.from(weights, (w, i) => Math.log(fraction(source, i) + 2 ** -54) / w);
  return [...keys.keys()]
    .filter((i) => (weights[i] ?? 0) > 0)
    .sort((a, b) => (keys[b] ?? 0) - (keys[a] ?? 0))
    .slice(0, count);
}
