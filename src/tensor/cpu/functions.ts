/**
 * The functions that generated code on the cpu calls where JavaScript has no
 * operator of that meaning. Floats are float64; the store rounds.
 */

import { ERF64_CENTRE, ERF64_TAIL, ERF_TAIL_START } from "../coefficients.ts";

/** C's `powf`: unlike JavaScript's `**`, 1 to anything and anything to 0 is 1. */
export function pow(a: number, b: number): number {
  if (a === 1 || (a === -1 && (b === Infinity || b === -Infinity))) return 1;
  return a ** b;
}

/** Wrapping integer power; a negative exponent gives what the fraction truncates to. */
export function ipow(a: number, b: number): number {
  if (b < 0) return a === 1 ? 1 : a === -1 ? (b % 2 === 0 ? 1 : -1) : 0;
  let result = 1;
  for (let base = a, left = b; left > 0; left >>>= 1) {
    if (left & 1) result = Math.imul(result, base);
    base = Math.imul(base, base);
  }
  return result;
}

/** As `ipow`, at 64 bits. */
export function pow64(a: bigint, b: bigint): bigint {
  if (b < 0n) return a === 1n ? 1n : a === -1n ? (b % 2n === 0n ? 1n : -1n) : 0n;
  let result = 1n;
  for (let base = a, left = b; left > 0n; left >>= 1n) {
    if (left & 1n) result = BigInt.asIntN(64, result * base);
    base = BigInt.asIntN(64, base * base);
  }
  return result;
}

/** To the nearest integer, halves to the even one. */
export function round(x: number): number {
  const floor = Math.floor(x);
  const rest = x - floor;
  if (rest < 0.5 || Number.isNaN(rest)) return Number.isNaN(rest) ? x : floor;
  return rest > 0.5 || floor % 2 !== 0 ? floor + 1 : floor;
}

/** 2/√π ∫₀ˣ exp(−t²) dt, to the last digits of a float64. */
export function erf(x: number): number {
  const size = Math.abs(x);
  if (size <= ERF_TAIL_START) return x * horner(ERF64_CENTRE, x * x);
  if (size > 6) return Math.sign(x);
  return Math.sign(x) * (1 - Math.exp(-x * x) * horner(ERF64_TAIL, (size - 3) / (size + 3)));
}

export { toInt32, toInt64, toUint32 } from "../dtype.ts";

function horner(coefficients: readonly number[], x: number): number {
  let sum = 0;
  for (let i = coefficients.length - 1; i >= 0; i--) sum = sum * x + (coefficients[i] ?? 0);
  return sum;
}
