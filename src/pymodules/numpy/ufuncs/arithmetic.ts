/** What the texts of kernels call: arithmetic of one element, where it is no operator of JavaScript. */
import { fault } from "../../../python/fault.ts";
import * as cmath from "../../../python/numeric/cmath.ts";
import * as complexes from "../../../python/numeric/complex.ts";
import { cbrt } from "../../../python/numeric/doubles.ts";
import { libraryPow } from "../../../python/numeric/floats.ts";
import * as integers from "../../../python/numeric/integers.ts";
import { gcd, lcm } from "../../../python/numeric/powers.ts";
import { PyComplex } from "../../../python/objects/complex.ts";
import {
  castElement,
  cut32,
  cutU32,
  get64,
  getU64,
  low32,
  set64,
  truncated,
  truncatedU64,
} from "../elements.ts";

type Int = number | bigint;

const LARGEST = 9007199254740991;

function add64(a: Int, b: Int): Int {
  if (typeof a === "number" && typeof b === "number") {
    const sum = a + b;
    if (sum <= LARGEST && sum >= -LARGEST) return sum;
  }
  return BigInt(a) + BigInt(b);
}

function sub64(a: Int, b: Int): Int {
  if (typeof a === "number" && typeof b === "number") {
    const difference = a - b;
    if (difference <= LARGEST && difference >= -LARGEST) return difference;
  }
  return BigInt(a) - BigInt(b);
}

function mul64(a: Int, b: Int): Int {
  if (typeof a === "number" && typeof b === "number") {
    const product = a * b;
    if (product <= LARGEST && product >= -LARGEST) return product;
  }
  return BigInt(a) * BigInt(b);
}

function div64(a: Int, b: Int): Int {
  return b === 0 ? 0 : integers.floordiv(a, b);
}

function mod64(a: Int, b: Int): Int {
  return b === 0 ? 0 : integers.mod(a, b);
}

/** The rest with the sign of the first. */
function rest64(a: Int, b: Int): Int {
  if (b === 0) return 0;
  return typeof a === "number" && typeof b === "number" ? a % b : BigInt(a) % BigInt(b);
}

function div32(a: number, b: number): number {
  return b === 0 ? 0 : Math.floor(a / b);
}

function mod32(a: number, b: number): number {
  if (b === 0) return 0;
  const rest = a % b;
  return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest;
}

function refuseNegative(): never {
  fault("ValueError", "Integers to negative integer powers are not allowed.");
}

/** By squaring, in 32 bits that wrap. */
function pow32(a: number, b: number): number {
  if (b < 0) refuseNegative();
  let result = 1;
  for (let base = a, left = b; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result = Math.imul(result, base);
    base = Math.imul(base, base);
  }
  return result;
}

function pow64(a: Int, b: Int): Int {
  if (b < 0) refuseNegative();
  if (typeof a === "number" && typeof b === "number") {
    const power = a ** b;
    if (power <= LARGEST && power >= -LARGEST) return power;
  }
  let result = 1n;
  let base = BigInt(a);
  for (let left = BigInt(b); left > 0n; left >>= 1n) {
    if (left & 1n) result = BigInt.asUintN(64, result * base);
    base = BigInt.asUintN(64, base * base);
  }
  return result;
}

function shiftLeft(a: Int, b: Int, bits: number): Int {
  if (b < 0 || b >= bits) return 0;
  return BigInt(a) << BigInt(b);
}

function shiftRight(a: Int, b: Int, bits: number): Int {
  if (b < 0 || b >= bits) return a < 0 ? -1 : 0;
  return BigInt(a) >> BigInt(b);
}

function abs64(a: Int): Int {
  return a < 0 ? -a : a;
}

function neg64(a: Int): Int {
  return typeof a === "number" ? 0 - a : -a;
}

/** The floor of a quotient, exact where the quotient is whole. */
function floorDivide(a: number, b: number): number {
  if (b === 0) return a / b;
  const rest = a % b;
  let times = (a - rest) / b;
  if (rest !== 0 && b < 0 !== rest < 0) times -= 1;
  if (times === 0) return a / b < 0 || Object.is(a / b, -0) ? -0 : 0;
  const floor = Math.floor(times);
  return times - floor > 0.5 ? floor + 1 : floor;
}

function floorRest(a: number, b: number): number {
  const rest = a % b;
  if (b === 0 || rest !== rest) return rest;
  if (rest !== 0) return b < 0 !== rest < 0 ? rest + b : rest;
  return b < 0 || Object.is(b, -0) ? -0 : 0;
}

function copysign(a: number, b: number): number {
  const negative = b < 0 || Object.is(b, -0);
  return negative ? -Math.abs(a) : Math.abs(a);
}

function signbit(a: number): number {
  return a < 0 || Object.is(a, -0) ? 1 : 0;
}

/** To the nearest whole number, halves to the even one. */
function rint(a: number): number {
  if (!(Math.abs(a) < 4503599627370496)) return a;
  const floor = Math.floor(a);
  const rest = a - floor;
  if (rest === 0) return a;
  const rounded = rest > 0.5 || (rest === 0.5 && floor % 2 !== 0) ? floor + 1 : floor;
  return rounded === 0 ? copysign(0, a) : rounded;
}

function logaddexp(a: number, b: number): number {
  if (a === b) return a + Math.LN2;
  const difference = a - b;
  if (difference > 0) return a + Math.log1p(Math.exp(-difference));
  return difference <= 0 ? b + Math.log1p(Math.exp(difference)) : difference;
}

function logaddexp2(a: number, b: number): number {
  if (a === b) return a + 1;
  const difference = a - b;
  if (difference > 0) return a + Math.log1p(2 ** -difference) * Math.LOG2E;
  return difference <= 0 ? b + Math.log1p(2 ** difference) * Math.LOG2E : difference;
}

const doubles = new Float64Array(1);
const longs = new BigInt64Array(doubles.buffer);
const singles = new Float32Array(1);
const ints = new Int32Array(singles.buffer);
const halves = new Float16Array(1);
const shorts = new Int16Array(halves.buffer);

/** The next number of a dtype of so many bytes on the way to another. */
function nextafter(a: number, b: number, size: number): number {
  if (a !== a || b !== b) return NaN;
  if (a === b) return b;
  const up = b > a;
  if (a === 0) {
    const least = size === 8 ? 5e-324 : size === 4 ? 2 ** -149 : 2 ** -24;
    return up ? least : -least;
  }
  const away = up === a > 0;
  if (size === 8) {
    doubles[0] = a;
    longs[0]! += away ? 1n : -1n;
    return doubles[0];
  }
  if (size === 4) {
    singles[0] = a;
    ints[0]! += away ? 1 : -1;
    return singles[0];
  }
  halves[0] = a;
  shorts[0]! += away ? 1 : -1;
  return halves[0];
}

function heaviside(a: number, b: number): number {
  return a !== a ? a : a === 0 ? b : a < 0 ? 0 : 1;
}

/** A function of complex numbers as pairs, for complex numbers. */
function ofPairs(of: (z: complexes.Complex) => complexes.Complex): (z: PyComplex) => PyComplex {
  return (z) => {
    try {
      const [real, imag] = of([z.real, z.imag]);
      return new PyComplex(real, imag);
    } catch {
      // Where Python raises, NumPy goes on with what is no number.
      return new PyComplex(NaN, NaN);
    }
  };
}

const made = (z: complexes.Complex): PyComplex => new PyComplex(z[0], z[1]);
const cadd = (a: PyComplex, b: PyComplex): PyComplex =>
  new PyComplex(a.real + b.real, a.imag + b.imag);
const csub = (a: PyComplex, b: PyComplex): PyComplex =>
  new PyComplex(a.real - b.real, a.imag - b.imag);
const cmul = (a: PyComplex, b: PyComplex): PyComplex =>
  new PyComplex(a.real * b.real - a.imag * b.imag, a.real * b.imag + a.imag * b.real);

/** Smith's way, as NumPy divides. */
function cdiv(a: PyComplex, b: PyComplex): PyComplex {
  if (Math.abs(b.real) >= Math.abs(b.imag)) {
    if (b.real === 0 && b.imag === 0) return new PyComplex(a.real / 0, a.imag / 0);
    const ratio = b.imag / b.real;
    const scale = 1 / (b.real + b.imag * ratio);
    return new PyComplex((a.real + a.imag * ratio) * scale, (a.imag - a.real * ratio) * scale);
  }
  const ratio = b.real / b.imag;
  const scale = 1 / (b.imag + b.real * ratio);
  return new PyComplex((a.real * ratio + a.imag) * scale, (a.imag * ratio - a.real) * scale);
}

function cpow(a: PyComplex, b: PyComplex): PyComplex {
  if (b.imag === 0 && Number.isInteger(b.real) && Math.abs(b.real) < 100) {
    let result = new PyComplex(1, 0);
    for (let base = a, left = Math.abs(b.real); left > 0; left = Math.floor(left / 2)) {
      if (left % 2 === 1) result = cmul(result, base);
      base = cmul(base, base);
    }
    return b.real < 0 ? cdiv(new PyComplex(1, 0), result) : result;
  }
  if (a.real === 0 && a.imag === 0) return new PyComplex(0, 0);
  try {
    return made(complexes.pow([a.real, a.imag], [b.real, b.imag]));
  } catch {
    return new PyComplex(NaN, NaN);
  }
}

const cabs = (z: PyComplex): number => Math.hypot(z.real, z.imag);
const ceq = (a: PyComplex, b: PyComplex): boolean => a.real === b.real && a.imag === b.imag;
/** By the real parts, then by the others. */
const clt = (a: PyComplex, b: PyComplex): boolean =>
  a.real < b.real || (a.real === b.real && a.imag < b.imag);
const cle = (a: PyComplex, b: PyComplex): boolean => ceq(a, b) || clt(a, b);
const cnan = (z: PyComplex): boolean => z.real !== z.real || z.imag !== z.imag;
const csign = (z: PyComplex): PyComplex =>
  new PyComplex(z.real !== 0 ? Math.sign(z.real) : Math.sign(z.imag), 0);

/** By name, as the texts of kernels know them. */
export const ARITHMETIC: Readonly<Record<string, unknown>> = {
  PyComplex,
  castElement,
  get64,
  getU64,
  set64,
  low32,
  cut32,
  cutU32,
  truncated,
  truncatedU64,
  add64,
  sub64,
  mul64,
  div64,
  mod64,
  rest64,
  div32,
  mod32,
  pow32,
  pow64,
  shiftLeft,
  shiftRight,
  abs64,
  neg64,
  and64: integers.and,
  or64: integers.or,
  xor64: integers.xor,
  gcd: (a: Int, b: Int) => gcd(a, b),
  lcm: (a: Int, b: Int) => lcm(a, b),
  pow: libraryPow,
  cbrt,
  floorDivide,
  floorRest,
  copysign,
  signbit,
  rint,
  logaddexp,
  logaddexp2,
  nextafter,
  heaviside,
  cadd,
  csub,
  cmul,
  cdiv,
  cpow,
  cabs,
  ceq,
  clt,
  cle,
  cnan,
  csign,
  cexp: ofPairs(cmath.exp),
  clog: ofPairs(cmath.log),
  clog10: ofPairs(cmath.log10),
  csqrt: ofPairs(cmath.sqrt),
  csin: ofPairs(cmath.sin),
  ccos: ofPairs(cmath.cos),
  ctan: ofPairs(cmath.tan),
  csinh: ofPairs(cmath.sinh),
  ccosh: ofPairs(cmath.cosh),
  ctanh: ofPairs(cmath.tanh),
};
