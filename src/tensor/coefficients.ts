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

/** As `ERF_CENTRE`, to 1e-18. */
export const ERF64_CENTRE: readonly number[] = [
  1.1283791670955126, -0.3761263890318373, 0.11283791670954209, -0.02686617064498058,
  0.005223977624149488, -0.0008548326956926665, 0.00012055330760279799, -1.4925599893253706e-5,
  1.6461312961700254e-6, -1.635683699479465e-7, 1.473560215188159e-8, -1.1894502173635332e-9,
  7.950926967407615e-11, -3.275693198242207e-12,
];
/** erfc(x)·exp(x²) in (x − 3)/(x + 3) for 1.25 ≤ x ≤ 6, to 1e-19. */
export const ERF64_TAIL: readonly number[] = [
  0.17900115118138996, -0.3262335600430372, 0.24560380171233087, -0.1501159365007772,
  0.07166583719797817, -0.02439249931867608, 0.004269136332847332, 0.0007077464392600621,
  -0.0005970619489007433, 4.525528633430527e-5, 6.405655934836946e-5, -1.2860266142201907e-5,
  -7.97805924626152e-6, 2.1176029554334586e-6, 1.2505070771324305e-6, -2.8092225891418004e-7,
  -2.184316499342248e-7,
];
