/**
 * Gamma by Lanczos' approximation with the coefficients and the order of
 * operations that CPython documents (g = 6.0246..., 13 terms, after Boost and
 * G. R. Pugh, An Analysis of the Lanczos Gamma Approximation, 2004), so that the
 * last bits agree; the error function in double-doubles.
 */
import { fault } from "../fault.ts";
import { addDouble, divDouble, mulDouble, twoProduct, type Double } from "./doubles.ts";
import { libraryPow } from "./floats.ts";
import { isNegative, scale } from "./rounding.ts";

// oxlint-disable no-loss-of-precision -- the constants as they were published
const G = 6.024680040776729583740234375;
const G_MINUS_HALF = 5.524680040776729583740234375;
const LOG_PI = 1.144729885849400174143427351353058711647;
const NUMERATOR = [
  23531376880.41075968857200767445163675473484680494,
  42919803642.649098768957899047001988850926355848959,
  35711959237.355668049440185451547166705960488635843,
  17921034426.03720969991975575445893111267140326539,
  6039542586.3520280050642916443072979210699388420708,
  1439720407.3117216736632230727949123939715485786372,
  248874557.86205415651146038641322942321632125127801,
  31426415.58540019438061423162831820536287468498764,
  2876370.6289353724412254090516208496135991145378768,
  186056.26539522349504029498971604569928220784236328,
  8071.6720023658162106380029022722506138218516325024,
  210.82427775157934587250973392071336271166969580291,
  2.5066282746310002701649081771338373386264310793408,
];
// oxlint-enable no-loss-of-precision
const DENOMINATOR = [
  0, 39916800, 120543840, 150917976, 105258076, 45995730, 13339535, 2637558, 357423, 32670, 1925,
  66, 1,
];

function lanczosSum(x: number): number {
  let [top, bottom] = [0, 0];
  for (let i = 0; i < 13; i++) {
    if (x < 5) {
      top = top * x + NUMERATOR[12 - i]!;
      bottom = bottom * x + DENOMINATOR[12 - i]!;
    } else {
      top = top / x + NUMERATOR[i]!;
      bottom = bottom / x + DENOMINATOR[i]!;
    }
  }
  return top / bottom;
}

/** sin(pi * x) for x >= 0, exact at its zeros. */
function sinPi(x: number): number {
  const y = x % 2;
  switch (Math.round(2 * y)) {
    case 0:
      return Math.sin(Math.PI * y);
    case 1:
      return Math.cos(Math.PI * (y - 0.5));
    case 2:
      return Math.sin(Math.PI * (1 - y));
    case 3:
      return -Math.cos(Math.PI * (y - 1.5));
    default:
      return Math.sin(Math.PI * (y - 2));
  }
}

function domain(): never {
  return fault("ValueError", "math domain error");
}

function inRange(x: number): number {
  return x - x === 0 ? x : fault("OverflowError", "math range error");
}

/** math.gamma. */
export function gamma(x: number): number {
  if (x - x !== 0) return x < 0 ? domain() : x;
  const size = Math.abs(x);
  if (Number.isInteger(x)) {
    if (x <= 0) domain();
    if (x <= 23) {
      let product = 1;
      for (let n = 2; n < x; n++) product *= n;
      return product;
    }
  }
  if (size < 1e-20) return inRange(1 / x);
  if (size > 200) return x < 0 ? (sinPi(size) > 0 ? -0 : 0) : inRange(Number.POSITIVE_INFINITY);
  const y = size + G_MINUS_HALF;
  const error = size > G_MINUS_HALF ? y - size - G_MINUS_HALF : y - G_MINUS_HALF - size;
  const z = (error * G) / y;
  let result: number;
  if (x < 0) {
    result = ((-Math.PI / sinPi(size) / size) * Math.exp(y)) / lanczosSum(size);
    result -= z * result;
  } else {
    result = lanczosSum(size) / Math.exp(y);
    result += z * result;
  }
  const factors =
    size < 140 ? [libraryPow(y, size - 0.5)] : Array(2).fill(libraryPow(y, size / 2 - 0.25));
  for (const factor of factors) result = x < 0 ? result / factor : result * factor;
  return inRange(result);
}

/** math.lgamma: the logarithm of the magnitude of gamma. */
export function lgamma(x: number): number {
  if (x - x !== 0) return Number.isNaN(x) ? x : Number.POSITIVE_INFINITY;
  if (Number.isInteger(x) && x <= 2) return x <= 0 ? domain() : 0;
  const size = Math.abs(x);
  if (size < 1e-20) return -Math.log(size);
  let result = Math.log(lanczosSum(size)) - G;
  result += (size - 0.5) * (Math.log(size + G - 0.5) - 1);
  if (x < 0) result = LOG_PI - Math.log(Math.abs(sinPi(size))) - Math.log(size) - result;
  return inRange(result);
}

const LN2: Double = [0.6931471805599453, 2.3190468138462996e-17];
const ROOT_PI: Double = [1.772453850905516, -7.666586499825799e-17];

/** e ** x as a double-double and a power of two, for |x| up to 1000. */
function expDouble(x: Double): [Double, number] {
  const k = Math.round(x[0] / LN2[0]);
  const part = addDouble(x, mulDouble(LN2, [-k, 0]));
  const r: Double = [part[0] / 256, part[1] / 256];
  let sum: Double = [1, 0];
  for (let n = 12; n > 0; n--) sum = addDouble([1, 0], divDouble(mulDouble(r, sum), [n, 0]));
  for (let i = 0; i < 8; i++) sum = mulDouble(sum, sum);
  return [sum, k];
}

/** 2/sqrt(pi) * exp(-x^2) * sum of (2x^2)^n x / (2n+1)!!, for 0 <= x < 2. */
function erfSeries(x: number): Double {
  const square = twoProduct(x, x);
  const twice: Double = [square[0] * 2, square[1] * 2];
  let [term, sum]: [Double, Double] = [
    [x, 0],
    [x, 0],
  ];
  for (let n = 1; term[0] > sum[0] * 1e-33; n++) {
    term = divDouble(mulDouble(term, twice), [2 * n + 1, 0]);
    sum = addDouble(sum, term);
  }
  const [power, k] = expDouble([-square[0], -square[1]]);
  const factor = 2 * 2 ** k;
  const product = divDouble(mulDouble(sum, power), ROOT_PI);
  return [product[0] * factor, product[1] * factor];
}

/** exp(-x^2) / sqrt(pi) over x + (1/2)/(x + (2/2)/(x + (3/2)/(x + ...))), for x >= 2, and a power of two. */
function erfcFraction(x: number): [Double, number] {
  let bottom: Double = [x, 0];
  for (let n = Math.ceil(30 + 320 / (x * x)); n > 0; n--) {
    bottom = addDouble([x, 0], divDouble([n / 2, 0], bottom));
  }
  const square = twoProduct(x, x);
  const [power, k] = expDouble([-square[0], -square[1]]);
  return [divDouble(power, mulDouble(ROOT_PI, bottom)), k];
}

/** math.erf, rounded right. */
export function erf(x: number): number {
  const size = Math.abs(x);
  if (!(size < 6)) return Number.isNaN(x) ? x : Math.sign(x);
  if (size < 1e-150) return x * 1.1283791670955126;
  const value = size < 2 ? erfSeries(size)[0] : 1 - erfc(size);
  return isNegative(x) ? -value : value;
}

/** math.erfc, rounded right. */
export function erfc(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x > 28) return 0;
  if (x < -6) return 2;
  if (x >= 2) {
    const [value, k] = erfcFraction(x);
    return scale(value[0], k);
  }
  if (Math.abs(x) < 1e-20) return 1;
  if (x <= -2) return 2 - erfc(-x);
  const part = erfSeries(Math.abs(x));
  return addDouble([1, 0], x < 0 ? part : [-part[0], -part[1]])[0];
}
