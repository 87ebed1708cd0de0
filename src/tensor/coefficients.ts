/**
 * Polynomials for functions whose built-in versions are missing or too coarse,
 * shared by the cpu and the printed WGSL. Fitted to float64 values of each
 * function at Chebyshev nodes; lowest power first. Errors are relative, before
 * float32 rounding.
 */

/** erf(x)/x in x² for |x| ≤ 1.25, to 5e-11. */
export const ERF_CENTRE: readonly number[] = [
  1.128379167, -0.3761263852, 0.1128378505, -0.02686573173, 0.005222511958, -0.0008520607934,
  0.0001174312809, -1.282079644e-5, 8.306594005e-7,
];
/** Where the tail takes over from the centre. */
export const ERF_TAIL_START = 1.25;
/** erfc(x)·exp(x²) in 1/x for 1.25 ≤ x ≤ 6, to 3e-10 of erf. */
export const ERF_TAIL: readonly number[] = [
  4.88430981e-6, 0.5641074661, 9.979392446e-5, -0.2742002001, -0.08715578149, 0.8846689695,
  -1.39497699, 1.155409193, -0.5225820165, 0.1022373669,
];
/** (tanh(x) − x)/x³ in x² for |x| ≤ 0.55. */
export const TANH: readonly number[] = [
  -0.3333333329, 0.1333332377, -0.05396456809, 0.02181706366, -0.008520498234, 0.002517888807,
];
/** (sin(x) − x)/x³ in x² for |x| ≤ π/4. */
export const SIN: readonly number[] = [
  -0.1666666666, 0.008333331813, -0.0001984005742, 2.724634638e-6,
];
/** (cos(x) − 1 + x²/2)/x⁴ in x² for |x| ≤ π/4. */
export const COS: readonly number[] = [
  0.04166666666, -0.001388888749, 2.480053491e-5, -2.729423708e-7,
];
/** (exp(x) − 1 − x)/x² for |x| ≤ ln(2)/2. */
export const EXP: readonly number[] = [
  0.5000000013, 0.1666666668, 0.04166646471, 0.008333310903, 0.001393367373, 0.0001989101657,
];
