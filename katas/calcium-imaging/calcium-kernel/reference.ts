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
  const dt = 1 / fs;
  const length = Math.max(2, Math.ceil((-Math.log(1e-6) * tauDecay) / dt));
  const kernel = Float64Array.from(
    { length },
    (_, i) => Math.exp((-i * dt) / tauDecay) - Math.exp((-i * dt) / tauRise),
  );
  const peak = Math.max(...kernel);
  return kernel.map((value) => value / peak);
}
