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
  // BLANK_START
  // TODO: the convolution, its adjoint, and FISTA steps until the objective settles.
  throw new Error("not implemented");
  // BLANK_END
}
