/** A recursion `c[t] = g1 c[t-1] + g2 c[t-2]` and its roots, the slower one first. */
export interface Ar2 {
  g1: number;
  g2: number;
  d: number;
  r: number;
}

/**
 * The recursion that `exp(-t / tauDecay)` and `exp(-t / tauRise)` obey when they are
 * sampled `fs` times a second.
 *
 * @param tauRise seconds; smaller than `tauDecay`
 * @param tauDecay seconds
 * @param fs samples a second
 * @returns the coefficients `g1` and `g2`, and the roots: `d` of the decay, `r` of the rise
 */
export function tauToAr2(tauRise: number, tauDecay: number, fs: number): Ar2 {
  // BLANK_START
  // TODO: by which factor does each exponential shrink in one sample?
  throw new Error("not implemented");
  // BLANK_END
}
