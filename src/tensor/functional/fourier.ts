/**
 * Discrete Fourier transforms of any length. Complex numbers are a last dim of
 * 2, real part first, as torch's `view_as_real` has them.
 *
 * A length is split into factors (Cooley & Tukey 1965), each a product with a
 * small matrix whose entries the host computes in float64; a large prime goes
 * over a convolution of a power of two (Bluestein 1970). All of it is made of
 * differentiable operators.
 */

import { arange, tensor } from "../creation.ts";
import { type DType, floatOf } from "../dtype.ts";
import { cat, stack } from "../indexing.ts";
import { matmul } from "../products.ts";
import { describe, formatShape, normalizeDim } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { pad } from "./pad.ts";
import { roll } from "./rearranging.ts";
import { norm } from "./statistics.ts";

/** What a transform of n is divided by: n on the way back, √n both ways, or n on the way there. */
export type FourierNorm = "backward" | "ortho" | "forward";

/** How long a transform is, and how it is scaled. */
export interface FourierOptions {
  /** Cuts the signal to this length, or widens it with zeros. */
  n?: number;
  /** "backward" when left out. */
  norm?: FourierNorm;
}

/** Vectors of complex numbers in the last dim; without an imaginary part they are real. */
interface Complex {
  readonly re: Tensor;
  readonly im: Tensor | undefined;
}

/** Above it a prime length costs less as a convolution than as one matrix. */
const LARGEST_MATRIX = 256;
/** Factors that are taken at once. */
const LARGEST_FACTOR = 32;

/** cos and sin of `sign · 2π · turns(i) / n` for `count` values of i, in float64 until they are stored. */
function circle(
  count: number,
  n: number,
  sign: number,
  turns: (i: number) => number,
  shape: readonly number[],
  dtype: DType,
): { re: Tensor; im: Tensor } {
  const angle = (i: number): number => (sign * 2 * Math.PI * (turns(i) % n)) / n;
  const table = (f: (angle: number) => number): Tensor =>
    tensor(
      Float64Array.from({ length: count }, (_, i) => f(angle(i))),
      { shape, dtype },
    );
  return { re: table(Math.cos), im: table(Math.sin) };
}

/** The product of complex numbers; `by` is that of their parts, one by one or of matrices. */
function times(a: Complex, b: { re: Tensor; im: Tensor }, by: Product = multiply): Complex {
  if (a.im === undefined) return { re: by(a.re, b.re), im: by(a.re, b.im) };
  return {
    re: by(a.re, b.re).sub(by(a.im, b.im)),
    im: by(a.re, b.im).add(by(a.im, b.re)),
  };
}

type Product = (a: Tensor, b: Tensor) => Tensor;

function multiply(a: Tensor, b: Tensor): Tensor {
  return a.mul(b);
}

function each(x: Complex, f: (part: Tensor) => Tensor): Complex {
  return { re: f(x.re), im: x.im === undefined ? undefined : f(x.im) };
}

/** The sums of `x[j] · exp(sign · 2πi·jk/n)` along the last dim, not scaled. */
function transform(x: Complex, sign: number): Complex {
  const n = x.re.shape.at(-1) ?? 0;
  const dtype = floatOf(x.re.dtype);
  const factor = factorOf(n);
  if (factor === n) {
    if (n > LARGEST_MATRIX) return bluestein(x, n, sign);
    const matrix = circle(n * n, n, sign, (i) => Math.floor(i / n) * (i % n), [n, n], dtype);
    return times(x, matrix, matmul);
  }
  const rest = n / factor;
  const outer = x.re.shape.slice(0, -1);
  // Index j is j₁·rest + j₂, and k is k₁ + factor·k₂: first over j₁, then over j₂.
  const columns = each(x, (part) => part.reshape([...outer, factor, rest]).transpose(-1, -2));
  const first = transform(columns, sign);
  const twiddles = circle(
    n,
    n,
    sign,
    (i) => Math.floor(i / factor) * (i % factor),
    [rest, factor],
    dtype,
  );
  const turned = each(times(first, twiddles), (part) => part.transpose(-1, -2));
  return each(transform(turned, sign), (part) => part.transpose(-1, -2).reshape([...outer, n]));
}

/** The largest factor that is worth one matrix, or n itself when it is small or prime. */
function factorOf(n: number): number {
  if (n <= LARGEST_FACTOR) return n;
  for (let factor = LARGEST_FACTOR; factor > 1; factor--) if (n % factor === 0) return factor;
  for (let factor = LARGEST_FACTOR + 1; factor * factor <= n; factor++) {
    if (n % factor === 0) return factor;
  }
  return n;
}

/** jk = (j² + k² − (k − j)²)/2: the transform as a convolution with a chirp. */
function bluestein(x: Complex, n: number, sign: number): Complex {
  const dtype = floatOf(x.re.dtype);
  let size = 1;
  while (size < 2 * n - 1) size *= 2;
  const chirp = circle(n, 2 * n, sign, (i) => (i * i) % (2 * n), [n], dtype);
  // The chirp's other sign at j and at size − j.
  const at = (i: number): number => (i < n ? i : size - i < n ? size - i : -1);
  const back = circle(size, 2 * n, -sign, (i) => at(i) ** 2 % (2 * n), [size], dtype);
  const there = tensor(Array.from({ length: size }, (_, i) => at(i) >= 0));
  const filter = transform({ re: back.re.mul(there), im: back.im.mul(there) }, -1);
  const wide = each(times(x, chirp), (part) => pad(part, [0, size - n]));
  const both = times(transform(wide, -1), { re: filter.re, im: filter.im as Tensor });
  const result = each(transform(both, 1), (part) => part.narrow(-1, 0, n).div(size));
  return times(result, chirp);
}

function scaled(
  operator: string,
  x: Complex,
  n: number,
  norm: FourierNorm,
  inverse: boolean,
): Complex {
  if (!["backward", "ortho", "forward"].includes(norm)) {
    throw new TypeError(
      `${operator}: norm must be "backward", "ortho" or "forward", got ${describe(norm)}`,
    );
  }
  if (norm === "ortho") return each(x, (part) => part.div(Math.sqrt(n)));
  return (norm === "backward") === inverse ? each(x, (part) => part.div(n)) : x;
}

/** Cut or widened to `n` along the last dim. */
function fit(operator: string, x: Tensor, n: number | undefined, dim: number = -1): Tensor {
  const size = x.shape.at(dim) ?? 0;
  const length = n ?? size;
  if (x.ndim < -dim || !Number.isInteger(length) || length < 1) {
    throw new RangeError(
      `${operator}: needs a signal of at least one element, and n a whole number from 1, got shape ${formatShape(x.shape)} and n ${describe(n)}`,
    );
  }
  if (length === size) return x;
  if (length < size) return x.narrow(dim, 0, length);
  return pad(x, [...Array.from({ length: 2 * (-dim - 1) }, () => 0), 0, length - size]);
}

function split(operator: string, x: Tensor): { re: Tensor; im: Tensor } {
  needComplex(operator, x);
  return { re: x.select(-1, 0), im: x.select(-1, 1) };
}

function needComplex(operator: string, x: Tensor): void {
  if (x.shape.at(-1) !== 2) {
    throw new RangeError(
      `${operator}: complex numbers need a last dim of 2 (real, imaginary), got shape ${formatShape(x.shape)}; rfft takes real ones`,
    );
  }
}

function join({ re, im }: Complex): Tensor {
  return stack([re, im ?? re.mul(0)], -1);
}

/** The transform of complex signals [..., n, 2], to the same shape. */
export function fft(x: Tensor, { n, norm = "backward" }: FourierOptions = {}): Tensor {
  needComplex("fft", x);
  const parts = split("fft", fit("fft", x, n, -2));
  const result = transform(parts, -1);
  return join(scaled("fft", result, parts.re.shape.at(-1) ?? 1, norm, false));
}

/** The inverse of `fft`: [..., n, 2] to the same shape. */
export function ifft(x: Tensor, { n, norm = "backward" }: FourierOptions = {}): Tensor {
  needComplex("ifft", x);
  const parts = split("ifft", fit("ifft", x, n, -2));
  const result = transform(parts, 1);
  return join(scaled("ifft", result, parts.re.shape.at(-1) ?? 1, norm, true));
}

/** The transform of real signals [..., n]: the first ⌊n/2⌋ + 1 frequencies, [..., ⌊n/2⌋ + 1, 2]. */
export function rfft(x: Tensor, { n, norm = "backward" }: FourierOptions = {}): Tensor {
  const signal = fit("rfft", x, n);
  const size = signal.shape.at(-1) ?? 1;
  const result = transform({ re: signal, im: undefined }, -1);
  const half = each(result, (part) => part.narrow(-1, 0, Math.floor(size / 2) + 1));
  return join(scaled("rfft", half, size, norm, false));
}

/**
 * The real signals [..., n] of the frequencies [..., m, 2]; n is 2·(m − 1) when left out. The
 * imaginary parts of the first, and for even n of the last, count as 0.
 */
export function irfft(x: Tensor, { n, norm = "backward" }: FourierOptions = {}): Tensor {
  needComplex("irfft", x);
  const size = n ?? 2 * ((x.shape.at(-2) ?? 1) - 1);
  if (!Number.isInteger(size) || size < 1) {
    throw new RangeError(
      `irfft: n must be a whole number from 1, got ${describe(size)}, from shape ${formatShape(x.shape)}`,
    );
  }
  const { re, im } = split("irfft", fit("irfft", x, Math.floor(size / 2) + 1, -2));
  // The other frequencies mirror these; 0 and n/2 mirror themselves.
  const middle = Math.floor((size - 1) / 2);
  const mirror = (part: Tensor): Tensor => part.narrow(-1, 1, middle).flip(-1);
  const own = im.narrow(-1, 1, middle);
  const zero = im.narrow(-1, 0, 1).mul(0);
  const ends = size % 2 === 0 ? [zero] : [];
  const whole = {
    re: cat([re, mirror(re)], -1),
    im: cat([zero, own, ...ends, mirror(im).neg()], -1),
  };
  return scaled("irfft", transform(whole, 1), size, norm, true).re;
}

/** The frequencies of `fft`'s result for samples `spacing` apart, in cycles per unit: [n]. */
export function fftfreq(n: number, spacing: number = 1): Tensor {
  const half = Math.ceil(n / 2);
  const order = arange(0, n, 1);
  return order.sub(order.ge(half).to("float32").mul(n)).div(n * spacing);
}

/** The frequencies of `rfft`'s result for samples `spacing` apart, in cycles per unit: [⌊n/2⌋ + 1]. */
export function rfftfreq(n: number, spacing: number = 1): Tensor {
  return arange(0, Math.floor(n / 2) + 1, 1).div(n * spacing);
}

/** Moves frequency 0 to the middle of these dims, the last when left out; not for complex parts. */
export function fftshift(x: Tensor, dims: number | readonly number[] = -1): Tensor {
  return shift(x, dims, (size) => Math.floor(size / 2));
}

/** The inverse of `fftshift`. */
export function ifftshift(x: Tensor, dims: number | readonly number[] = -1): Tensor {
  return shift(x, dims, (size) => -Math.floor(size / 2));
}

function shift(x: Tensor, dims: number | readonly number[], by: (size: number) => number): Tensor {
  const along = (typeof dims === "number" ? [dims] : dims).map((dim) =>
    normalizeDim("fftshift", dim, x.ndim),
  );
  return roll(
    x,
    along.map((dim) => by(x.shape[dim] ?? 1)),
    along,
  );
}

/** The products of complex numbers [..., 2]; broadcasts. */
export function complexMul(a: Tensor, b: Tensor): Tensor {
  return join(times(split("complexMul", a), split("complexMul", b)));
}

/** The sizes of complex numbers: [..., 2] to [...]. */
export function complexAbs(x: Tensor): Tensor {
  needComplex("complexAbs", x);
  return norm(x, { dim: -1 });
}
