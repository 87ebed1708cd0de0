import { buildKernel, computeLipschitz } from "kata/deconvolution";

export interface Options {
  /** Seconds, seconds, samples a second. */
  tauRise: number;
  tauDecay: number;
  fs: number;
  /** What a unit of spike costs. */
  lambda: number;
  /** The relative change of the objective that ends it. */
  tolerance?: number;
  maxIterations?: number;
}

export interface Result {
  /** None is negative. */
  spikes: Float64Array;
  iterations: number;
  /** False when `maxIterations` ended it. */
  converged: boolean;
}

/**
 * The spikes that explain a trace: the x ≥ 0 with the least
 * `½ |K x - trace|² + lambda · (sum of x)`, by FISTA from x = 0. It ends when, after more than
 * five iterations, the objective has changed by less than
 * `tolerance · (|objective before| + 1e-10)`, or after `maxIterations`.
 *
 * `buildKernel` and `computeLipschitz` are in `kata/deconvolution`.
 *
 * @param trace fluorescence, any length
 */
export function deconvolve(trace: Float64Array, options: Options): Result {
  const { tauRise, tauDecay, fs, lambda, tolerance = 1e-6, maxIterations = 2000 } = options;
  const kernel = buildKernel(tauRise, tauDecay, fs);
  const lipschitz = computeLipschitz(kernel);
  const n = trace.length;
  const forward = (x: Float64Array): Float64Array =>
    x.map((_, at) => {
      let sum = 0;
      for (let i = 0; i < kernel.length && i <= at; i++) sum += kernel[i]! * x[at - i]!;
      return sum;
    });
  const adjoint = (r: Float64Array): Float64Array =>
    r.map((_, at) => {
      let sum = 0;
      for (let i = 0; i < kernel.length && at + i < n; i++) sum += kernel[i]! * r[at + i]!;
      return sum;
    });
  let x = new Float64Array(n);
  let y = x;
  let t = 1;
  let before = Infinity;
  for (let iterations = 1; iterations <= maxIterations; iterations++) {
    const gradient = adjoint(forward(y).map((value, i) => value - trace[i]!));
    const next = y.map((value, i) => Math.max(0, value - (gradient[i]! + lambda) / lipschitz));
    let objective = 0;
    forward(next).forEach((value, i) => {
      objective += 0.5 * (value - trace[i]!) ** 2 + lambda * next[i]!;
    });
    if (objective > before) t = 1;
    const to = (1 + Math.sqrt(1 + 4 * t * t)) / 2;
    y = next.map((value, i) => Math.max(0, value + ((t - 1) / to) * (value - x[i]!)));
    x = next;
    t = to;
    const settled = Math.abs(objective - before) / (Math.abs(before) + 1e-10) < tolerance;
    if (iterations > 5 && settled) return { spikes: x, iterations, converged: true };
    before = objective;
  }
  return { spikes: x, iterations: maxIterations, converged: false };
}
