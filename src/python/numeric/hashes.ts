/** hash() of numbers: equal numbers of every type hash alike (modulo the prime 2^61-1). */
import { spend } from "../budget.ts";
import { powmod } from "./powers.ts";
import { frexp } from "./rounding.ts";
import { bitLength, canonical, words, type Int } from "./sizes.ts";

const MODULUS = (1n << 61n) - 1n;
const INFINITE = 314159;

function withoutMinusOne(hash: Int): Int {
  return hash === -1 ? -2 : hash;
}

export function hashInt(n: Int): Int {
  if (typeof n === "number") return n === -1 ? -2 : n;
  spend(words(n));
  return withoutMinusOne(canonical(n % MODULUS));
}

/** Of a float; of NaN 0, whose hash in CPython is its identity's. */
export function hashFloat(x: number): Int {
  if (Number.isSafeInteger(x)) return x === -1 ? -2 : x + 0;
  if (x - x !== 0) return Number.isNaN(x) ? 0 : x < 0 ? -INFINITE : INFINITE;
  const [fraction, exponent] = frexp(x);
  const shift = (((exponent - 53) % 61) + 61) % 61;
  return withoutMinusOne(canonical((BigInt(fraction * 2 ** 53) << BigInt(shift)) % MODULUS));
}

/** Of numerator / denominator in lowest terms, the denominator positive. */
export function hashRatio(numerator: Int, denominator: Int): Int {
  const bottom = BigInt(denominator) % MODULUS;
  if (bottom === 0n) return numerator < 0 ? -INFINITE : INFINITE;
  spend(words(numerator) + words(denominator));
  const top = BigInt(numerator) % MODULUS;
  const inverse = BigInt(powmod(canonical(bottom), canonical(MODULUS - 2n), canonical(MODULUS)));
  return withoutMinusOne(canonical((top * inverse) % MODULUS));
}

/** Of coefficient * 10 ** exponent, as Decimal has it. */
export function hashDecimal(coefficient: bigint, exponent: number, negative: boolean): Int {
  const ten = exponent >= 0 ? 10n : BigInt(powmod(10, canonical(MODULUS - 2n), canonical(MODULUS)));
  const power = BigInt(powmod(canonical(ten), Math.abs(exponent), canonical(MODULUS)));
  spend(Math.ceil(bitLength(canonical(coefficient)) / 64));
  const hash = ((coefficient % MODULUS) * power) % MODULUS;
  return withoutMinusOne(canonical(negative ? -hash : hash));
}

export function hashComplex(real: number, imaginary: number): Int {
  const sum = BigInt(hashFloat(real)) + 1000003n * BigInt(hashFloat(imaginary));
  return withoutMinusOne(canonical(BigInt.asIntN(64, sum)));
}
