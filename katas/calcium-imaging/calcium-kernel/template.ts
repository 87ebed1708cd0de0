/**
 * What one spike looks like in a trace:
 * `h[i] = exp(-i dt / tauDecay) - exp(-i dt / tauRise)` with `dt = 1 / fs`,
 * divided by its largest sample.
 *
 * @param tauRise seconds; smaller than `tauDecay`
 * @param tauDecay seconds
 * @param fs samples a second
 * @returns as many samples as `exp(-i dt / tauDecay)` takes to fall to 1e-6, rounded up; at least 2
 */
export function buildKernel(tauRise: number, tauDecay: number, fs: number): Float64Array {
  // BLANK_START
  // TODO: how long is it, what are its samples, and which is the largest?
  throw new Error("not implemented");
  // BLANK_END
}
