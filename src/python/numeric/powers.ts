/** Powers, roots and the functions of number theory on int. */
import { spend } from "../budget.ts";
import { fault } from "../fault.ts";
import { abs, floordiv, mod, mul } from "./integers.ts";
import { SAFE, bitLength, canonical, chargeProduct, reserve, words, type Int } from "./sizes.ts";

/** base ** exponent, for an exponent that is not negative. */
export function pow(base: Int, exponent: Int): Int {
  if (exponent < 0) fault("ValueError", "pow() needs an exponent that is not negative");
  if (exponent === 0) return 1;
  if (base === 0 || base === 1) return base;
  if (base === -1) return (typeof exponent === "number" ? exponent % 2 : exponent & 1n) ? -1 : 1;
  if (typeof base === "number" && typeof exponent === "number") {
    let product = base;
    if (exponent <= 53) {
      for (let i = 1; i < exponent && Math.abs(product) <= SAFE; i++) product *= base;
      if (Math.abs(product) <= SAFE) return product;
    }
  }
  // For a power of two the engine only shifts; of others the last squaring counts most.
  const least = (bitLength(base) - 1) * Number(exponent);
  const bits = least + Number(exponent);
  reserve(least > 0 ? Math.max(least, bits / 2) : bits);
  const size = Math.ceil(bits / 64);
  if (size > 4) spend(Math.ceil((size * size) / 6) + size);
  return canonical(BigInt(base) ** BigInt(exponent));
}

/** 1 / a modulo m > 0. */
function inverse(a: bigint, m: bigint): bigint {
  let [rest, next] = [a % m, m];
  if (rest < 0n) rest += m;
  let [x, y] = [1n, 0n];
  while (next !== 0n) {
    chargeProduct(rest, next);
    spend(1);
    const quotient = rest / next;
    [rest, next] = [next, rest - quotient * next];
    [x, y] = [y, x - quotient * y];
  }
  if (rest !== 1n && m !== 1n) {
    fault("ValueError", "base is not invertible for the given modulus");
  }
  return x < 0n ? x + m : x;
}

/** pow(base, exponent, modulus); a negative exponent asks for the inverse. */
export function powmod(base: Int, exponent: Int, modulus: Int): Int {
  if (modulus === 0) fault("ValueError", "pow() 3rd argument cannot be 0");
  const m = BigInt(abs(modulus));
  let [left, b] = [BigInt(exponent), BigInt(mod(base, canonical(m)))];
  if (left < 0n) {
    b = inverse(b, m);
    left = -left;
  }
  if (m === 1n) return 0;
  let result = 1n;
  const size = words(m);
  const step = Math.ceil((size * size) / 2) + size;
  const bits = left.toString(2);
  spend(bits.length);
  if (m <= 94906265n) {
    const [small, factor] = [Number(m), Number(b)];
    let product = 1;
    for (let i = 0; i < bits.length; i++) {
      product = (product * product) % small;
      if (bits.charCodeAt(i) === 49) product = (product * factor) % small;
    }
    result = BigInt(product);
  } else {
    for (let i = 0; i < bits.length; i++) {
      spend(step);
      result = (result * result) % m;
      if (bits.charCodeAt(i) === 49) result = (result * b) % m;
    }
  }
  return canonical(modulus < 0 && result !== 0n ? result - m : result);
}

/** math.isqrt; the steps double their precision (Mark Dickinson's algorithm). */
export function isqrt(n: Int): Int {
  if (n < 0) fault("ValueError", "isqrt() argument must be nonnegative");
  if (typeof n === "number") {
    const root = Math.floor(Math.sqrt(n));
    return root * root > n ? root - 1 : root;
  }
  chargeProduct(n, n);
  const c = Math.floor((bitLength(n) - 1) / 2);
  let [root, d] = [1n, 0];
  for (let s = bitLength(c) - 1; s >= 0; s--) {
    const e = d;
    d = Math.floor(c / 2 ** s);
    root = (root << BigInt(d - e - 1)) + (n >> BigInt(2 * c - e - d + 1)) / root;
  }
  return canonical(root * root > n ? root - 1n : root);
}

/** math.gcd of two. */
export function gcd(a: Int, b: Int): Int {
  let [x, y] = [abs(a), abs(b)];
  while (typeof y === "bigint" || typeof x === "bigint") {
    if (y === 0) return x;
    spend(words(x) * 2);
    [x, y] = [y, canonical(BigInt(x) % BigInt(y))];
  }
  let [p, q] = [x, y];
  while (q !== 0) [p, q] = [q, p % q];
  return p;
}

/** math.lcm of two. */
export function lcm(a: Int, b: Int): Int {
  return a === 0 || b === 0 ? 0 : abs(mul(floordiv(a, gcd(a, b)), b));
}

/** The product of the terms of an arithmetic progression of step 1, halved so that factors stay alike. */
function progression(from: bigint, to: bigint): bigint {
  if (to - from < 16n) {
    let product = from;
    for (let n = from + 1n; n <= to; n++) {
      chargeProduct(product, n);
      product *= n;
    }
    return product;
  }
  const middle = (from + to) >> 1n;
  const [low, high] = [progression(from, middle), progression(middle + 1n, to)];
  chargeProduct(low, high);
  return low * high;
}

function charge(n: Int, factors: Int): void {
  spend(Number(factors));
  reserve(Number(factors) * (bitLength(n) - 1) * 0.5);
}

/** math.factorial. */
export function factorial(n: Int): Int {
  if (n < 0) fault("ValueError", "factorial() not defined for negative values");
  if (BigInt(n) > 0x7fffffffffffffffn) {
    fault("OverflowError", "factorial() argument should not exceed 9223372036854775807");
  }
  if (n < 2) return 1;
  charge(n, n);
  return canonical(progression(2n, BigInt(n)));
}

function checkPair(n: Int, k: Int): void {
  if (n < 0) fault("ValueError", "n must be a non-negative integer");
  if (k < 0) fault("ValueError", "k must be a non-negative integer");
}

/** math.perm(n, k). */
export function perm(n: Int, k: Int): Int {
  checkPair(n, k);
  if (k > n) return 0;
  if (BigInt(k) > 0x7fffffffffffffffn) {
    fault("OverflowError", "k must not exceed 9223372036854775807");
  }
  if (k === 0) return 1;
  charge(n, k);
  return canonical(progression(BigInt(n) - BigInt(k) + 1n, BigInt(n)));
}

/** Factors lo..hi of comb(n, k), as CPython splits them: comb(n, k) = comb(n, j) * comb(n-j, k-j) / comb(k, j). */
function choose(n: bigint, k: bigint): bigint {
  if (k === 0n) return 1n;
  if (k < 16n) {
    let product = n;
    for (let i = 1n; i < k; i++) {
      chargeProduct(product, n);
      product = (product * (n - i)) / (i + 1n);
    }
    return product;
  }
  const j = k >> 1n;
  const [low, high] = [choose(n, j), choose(n - j, k - j)];
  chargeProduct(low, high);
  return (low * high) / choose(k, j);
}

/** math.comb(n, k). */
export function comb(n: Int, k: Int): Int {
  checkPair(n, k);
  if (k > n) return 0;
  const [big, other] = [BigInt(n), BigInt(k)];
  const least = big - other < other ? big - other : other;
  if (least > 0x7fffffffffffffffn) {
    fault("OverflowError", "min(n - k, k) must not exceed 9223372036854775807");
  }
  if (least > 0n) {
    spend(Number(least));
    reserve(Number(least));
  }
  return canonical(choose(big, least));
}
