/**
 * Calcium kernels: what one spike looks like in a fluorescence trace. It rises
 * and decays, the difference of two exponentials, which as a filter is an
 * autoregressive model of second order: Vogelstein et al. 2010, Friedrich,
 * Zhou and Paninski 2017.
 */
import { badArgument, checkTimes, kernelLength } from "./check.ts";

/** Keeps a step size finite for a calcium kernel of zeros. */
const SMALLEST_LIPSCHITZ = 1e-10;

/**
 * The response to one spike, sampled: `h[i] = exp(−i·dt/tauDecay) − exp(−i·dt/tauRise)`
 * with `dt = 1/fs`, divided by its largest sample. It is `max(2, ⌈ln(1e6)·tauDecay/dt⌉)`
 * samples long.
 *
 * @param tauRise seconds; smaller than `tauDecay`
 * @param tauDecay seconds
 * @param fs samples a second
 * @throws KataError that names the argument that is wrong
 */
export function buildKernel(tauRise: number, tauDecay: number, fs: number): Float64Array {
  checkTimes({ tauRise, tauDecay, fs });
  const kernel = new Float64Array(kernelLength(tauDecay, fs));
  const dt = 1 / fs;
  let peak = 0;
  for (let i = 0; i < kernel.length; i++) {
    const value = Math.exp((-i * dt) / tauDecay) - Math.exp((-i * dt) / tauRise);
    kernel[i] = value;
    peak = Math.max(peak, value);
  }
  for (let i = 0; i < kernel.length; i++) kernel[i] = (kernel[i] ?? 0) / peak;
  return kernel;
}

/** An autoregressive model of second order: `c[t] = g1·c[t−1] + g2·c[t−2] + spike`. */
export interface Ar2 {
  /** `d + r`. */
  g1: number;
  /** `−d·r`. */
  g2: number;
  /** The slower root, `exp(−dt/tauDecay)`. */
  d: number;
  /** The faster root, `exp(−dt/tauRise)`. */
  r: number;
}

/**
 * The coefficients whose impulse response is the calcium kernel, up to its scale.
 *
 * @param tauRise seconds; smaller than `tauDecay`
 * @param tauDecay seconds
 * @param fs samples a second
 * @throws KataError that names the argument that is wrong
 */
export function tauToAr2(tauRise: number, tauDecay: number, fs: number): Ar2 {
  checkTimes({ tauRise, tauDecay, fs });
  const dt = 1 / fs;
  const d = Math.exp(-dt / tauDecay);
  const r = Math.exp(-dt / tauRise);
  return { g1: d + r, g2: -d * r, d, r };
}

/**
 * The Lipschitz constant of the gradient of `½‖Kx − trace‖²`: the largest
 * `|H(w)|²` of the calcium kernel's transform over N points, N the next power of
 * two from twice its length; at least 1e-10. Its inverse is FISTA's step.
 *
 * @param kernel any length; `[]` gives 1e-10
 * @throws KataError when a value is not finite
 */
export function computeLipschitz(kernel: ArrayLike<number>): number {
  if (kernel.length === 0) return SMALLEST_LIPSCHITZ;
  const real = new Float64Array(2 ** Math.ceil(Math.log2(2 * kernel.length)));
  const imaginary = new Float64Array(real.length);
  for (let i = 0; i < kernel.length; i++) real[i] = kernel[i] ?? Number.NaN;
  transform(real, imaginary);
  let largest = SMALLEST_LIPSCHITZ;
  for (let w = 0; w <= real.length / 2; w++) {
    const [a, b] = [real[w] ?? 0, imaginary[w] ?? 0];
    const power = a * a + b * b;
    if (!(power < Infinity)) {
      throw badArgument("kernel must hold finite numbers whose transform is finite");
    }
    largest = Math.max(largest, power);
  }
  return largest;
}

/** The discrete Fourier transform in place, by Cooley and Tukey; the length is a power of two. */
function transform(real: Float64Array, imaginary: Float64Array): void {
  const n = real.length;
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1;
    for (; (j & bit) !== 0; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) [real[i], real[j]] = [real[j] ?? 0, real[i] ?? 0];
  }
  for (let size = 2; size <= n; size *= 2) {
    const half = size / 2;
    for (let k = 0; k < half; k++) {
      const angle = (-2 * Math.PI * k) / size;
      const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
      for (let i = k; i < n; i += size) {
        const [a, b] = [real[i + half] ?? 0, imaginary[i + half] ?? 0];
        const [x, y] = [a * cos - b * sin, a * sin + b * cos];
        real[i + half] = (real[i] ?? 0) - x;
        imaginary[i + half] = (imaginary[i] ?? 0) - y;
        real[i] = (real[i] ?? 0) + x;
        imaginary[i] = (imaginary[i] ?? 0) + y;
      }
    }
  }
}
