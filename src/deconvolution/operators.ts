/**
 * The linear map K from spikes to a trace, and its adjoint Kᵀ: exactly, by
 * convolution with the sampled calcium kernel in O(T·length), or in O(T) by the
 * recursion, whose kernel does not end after `length` samples (its tail is
 * below 1e-6, so the two agree to about 3e-6).
 *
 * Indices stay inside their arrays by construction; `?? 0` is for the compiler
 * alone, and costs nothing in compiled loops.
 */
import { buildKernel, tauToAr2 } from "./kernel.ts";

/** A linear map between vectors of one length. Both write all of `out`, which is neither input. */
export interface Operators {
  /** `out = K·x`. */
  forward: (x: Float64Array, out: Float64Array) => void;
  /** `out = Kᵀ·residual`. */
  adjoint: (residual: Float64Array, out: Float64Array) => void;
}

/**
 * Causal convolution, cut at the trace's length: `(Kx)[t] = Σᵢ h[i]·x[t−i]` and
 * `(Kᵀr)[i] = Σₜ h[t−i]·r[t]`, which is the full correlation from its sample
 * `length − 1` on.
 *
 * @param before is told how many multiplications come next, about one row at a time
 */
export function convolution(
  kernel: Float64Array,
  before: (multiplications: number) => void = () => {},
): Operators {
  return {
    forward(x, out) {
      const n = x.length;
      out.fill(0);
      // Spikes are rare: each one adds its own response.
      for (let at = 0; at < n; at++) {
        const value = x[at] ?? 0;
        if (value === 0) continue;
        const end = Math.min(kernel.length, n - at);
        before(end);
        for (let i = 0; i < end; i++) out[at + i] = (out[at + i] ?? 0) + (kernel[i] ?? 0) * value;
      }
    },
    adjoint(residual, out) {
      const n = residual.length;
      const { length } = kernel;
      // Four sums at once share what they read, and do not wait for one another.
      let at = 0;
      for (; at + length + 3 <= n; at += 4) {
        let [a, b, c, d] = [0, 0, 0, 0];
        let x = residual[at] ?? 0;
        let y = residual[at + 1] ?? 0;
        let z = residual[at + 2] ?? 0;
        before(4 * length);
        for (let i = 0; i < length; i++) {
          const h = kernel[i] ?? 0;
          const next = residual[at + i + 3] ?? 0;
          a += h * x;
          b += h * y;
          c += h * z;
          d += h * next;
          x = y;
          y = z;
          z = next;
        }
        out[at] = a;
        out[at + 1] = b;
        out[at + 2] = c;
        out[at + 3] = d;
      }
      for (; at < n; at++) {
        const end = Math.min(length, n - at);
        before(end);
        let sum = 0;
        for (let i = 0; i < end; i++) sum += (kernel[i] ?? 0) * (residual[at + i] ?? 0);
        out[at] = sum;
      }
    },
  };
}

/** The recursion's roots and the factor that makes its peak 1. */
export interface Recursion {
  d: number;
  r: number;
  /** `(d − r) / peak`, peak the largest sample of `dⁱ − rⁱ`. */
  gain: number;
}

/** The recursion that has the calcium kernel as its impulse response. */
export function recursionOf(tauRise: number, tauDecay: number, fs: number): Recursion {
  const { d, r } = tauToAr2(tauRise, tauDecay, fs);
  const kernel = buildKernel(tauRise, tauDecay, fs);
  // The first response after a spike is (d − r) before scaling, and kernel[1] after.
  return { d, r, gain: kernel[1] ?? 0 };
}

/**
 * `c[t] = g1·c[t−1] + g2·c[t−2] + gain·x[t−1]`, as two filters of first order in
 * a row: the same values with less rounding where both roots are near 1.
 */
export function recursion({ d, r, gain }: Recursion): Operators {
  return {
    forward(x, out) {
      let [fast, slow, before] = [0, 0, 0];
      for (let t = 0; t < x.length; t++) {
        fast = r * fast + before;
        slow = d * slow + fast;
        out[t] = slow;
        before = gain * (x[t] ?? 0);
      }
    },
    adjoint(residual, out) {
      let [fast, slow, after] = [0, 0, 0];
      for (let t = residual.length - 1; t >= 0; t--) {
        fast = r * fast + after;
        slow = d * slow + fast;
        out[t] = slow;
        after = gain * (residual[t] ?? 0);
      }
    },
  };
}
