/** Arithmetic of int: floor division, shifts and bits on numbers that become bigints when they must. */
import { allocate, spend } from "../budget.ts";
import { fault } from "../fault.ts";
import {
  SAFE,
  bitLength,
  canonical,
  chargeLinear,
  chargeProduct,
  reserve,
  words,
  type Int,
} from "./sizes.ts";

function isSafe(n: number): boolean {
  return n <= SAFE && n >= -SAFE;
}

export function add(a: Int, b: Int): Int {
  if (typeof a === "number" && typeof b === "number") {
    const sum = a + b;
    return isSafe(sum) ? sum : BigInt(a) + BigInt(b);
  }
  chargeLinear(a, b);
  return canonical(BigInt(a) + BigInt(b));
}

export function sub(a: Int, b: Int): Int {
  if (typeof a === "number" && typeof b === "number") {
    const difference = a - b;
    return isSafe(difference) ? difference : BigInt(a) - BigInt(b);
  }
  chargeLinear(a, b);
  return canonical(BigInt(a) - BigInt(b));
}

export function mul(a: Int, b: Int): Int {
  if (typeof a === "number" && typeof b === "number") {
    const product = a * b;
    return isSafe(product) ? product + 0 : BigInt(a) * BigInt(b);
  }
  chargeProduct(a, b);
  return canonical(BigInt(a) * BigInt(b));
}

export function neg(a: Int): Int {
  return typeof a === "number" ? 0 - a : canonical(-a);
}

export function abs(a: Int): Int {
  return a < 0 ? neg(a) : a;
}

export function invert(a: Int): Int {
  return sub(-1, a);
}

function divideBig(a: bigint, b: bigint): [bigint, bigint] {
  chargeProduct(a, b);
  const quotient = a / b;
  const rest = a - quotient * b;
  return rest !== 0n && rest < 0n !== b < 0n ? [quotient - 1n, rest + b] : [quotient, rest];
}

/** a // b; `word` is what CPython says of a division by zero. */
export function floordiv(a: Int, b: Int, word = "integer division or modulo by zero"): Int {
  if (b === 0) fault("ZeroDivisionError", word);
  if (typeof a === "number" && typeof b === "number") {
    const rest = a % b;
    const quotient = (a - rest) / b;
    return rest !== 0 && rest < 0 !== b < 0 ? quotient - 1 : quotient + 0;
  }
  return canonical(divideBig(BigInt(a), BigInt(b))[0]);
}

/** a % b, with the sign of b. */
export function mod(a: Int, b: Int): Int {
  if (b === 0) fault("ZeroDivisionError", "integer modulo by zero");
  if (typeof a === "number" && typeof b === "number") {
    const rest = a % b;
    return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest + 0;
  }
  if (typeof b === "number") {
    chargeProduct(a, b);
    const rest = Number(BigInt(a) % BigInt(b));
    return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest + 0;
  }
  return canonical(divideBig(BigInt(a), b)[1]);
}

export function divmod(a: Int, b: Int): [Int, Int] {
  if (typeof a === "number" && typeof b === "number") return [floordiv(a, b), mod(a, b)];
  if (b === 0) fault("ZeroDivisionError", "integer division or modulo by zero");
  const [quotient, rest] = divideBig(BigInt(a), BigInt(b));
  return [canonical(quotient), canonical(rest)];
}

export function lshift(a: Int, count: Int): Int {
  if (count < 0) fault("ValueError", "negative shift count");
  if (a === 0) return 0;
  if (typeof count !== "number") fault("OverflowError", "too many digits in integer");
  if (typeof a === "number" && count < 53) {
    const shifted = a * 2 ** count;
    if (isSafe(shifted)) return shifted;
  }
  const bits = bitLength(a) + count;
  if (bits > 1024) {
    reserve(bits);
    spend(Math.ceil(bits / 64));
  }
  return canonical(BigInt(a) << BigInt(count));
}

export function rshift(a: Int, count: Int): Int {
  if (count < 0) fault("ValueError", "negative shift count");
  if (typeof count !== "number") return a < 0 ? -1 : 0;
  if (typeof a === "number") {
    return count > 53 ? (a < 0 ? -1 : 0) : Math.floor(a / 2 ** count);
  }
  chargeLinear(a, 0);
  return canonical(a >> BigInt(count));
}

const HALF = 0x100000000;

function joined(high: number, low: number): Int {
  const whole = high * HALF + (low >>> 0);
  return whole >= -SAFE ? whole : BigInt(whole);
}

export function and(a: Int, b: Int): Int {
  if (typeof a === "number" && typeof b === "number") {
    if ((a | 0) === a && (b | 0) === b) return a & b;
    return joined(Math.floor(a / HALF) & Math.floor(b / HALF), a & b);
  }
  chargeLinear(a, b);
  return canonical(BigInt(a) & BigInt(b));
}

export function or(a: Int, b: Int): Int {
  if (typeof a === "number" && typeof b === "number") {
    if ((a | 0) === a && (b | 0) === b) return a | b;
    return joined(Math.floor(a / HALF) | Math.floor(b / HALF), a | b);
  }
  chargeLinear(a, b);
  return canonical(BigInt(a) | BigInt(b));
}

export function xor(a: Int, b: Int): Int {
  if (typeof a === "number" && typeof b === "number") {
    if ((a | 0) === a && (b | 0) === b) return a ^ b;
    return joined(Math.floor(a / HALF) ^ Math.floor(b / HALF), a ^ b);
  }
  chargeLinear(a, b);
  return canonical(BigInt(a) ^ BigInt(b));
}

function ones(n: number): number {
  let left = n - ((n >>> 1) & 0x55555555);
  left = (left & 0x33333333) + ((left >>> 2) & 0x33333333);
  return Math.imul((left + (left >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** int.bit_count(): ones in the magnitude. */
export function bitCount(a: Int): number {
  if (typeof a === "number") {
    const size = Math.abs(a);
    return ones(Math.floor(size / HALF)) + ones(size | 0);
  }
  spend(words(a) * 8);
  const text = (a < 0n ? -a : a).toString(16);
  let count = 0;
  for (let i = 0; i < text.length; i += 8) count += ones(Number.parseInt(text.slice(i, i + 8), 16));
  return count;
}

/** int.to_bytes(length, order, signed=signed). */
export function toBytes(n: Int, length: Int, order: string, signed: boolean): Uint8Array {
  const little = isLittle(order);
  if (length < 0) fault("ValueError", "length argument must be non-negative");
  if (n < 0 && !signed) fault("OverflowError", "can't convert negative int to unsigned");
  allocate(Number(length));
  const size = Number(length);
  // -1 has no bit beside its sign: CPython fits it into no bytes at all.
  const bits =
    signed && n !== 0 && n !== -1
      ? bitLength(n < 0 ? invert(n) : n) + 1
      : n === -1
        ? 0
        : bitLength(n);
  if (bits > size * 8) fault("OverflowError", "int too big to convert");
  spend(size >> 2);
  const bytes = new Uint8Array(size);
  if (typeof n === "number") {
    let rest = n;
    const fill = n < 0 ? 255 : 0;
    for (let i = size - 1; i >= 0; i--) {
      if (rest === 0 || rest === -1) {
        bytes.fill(fill, 0, i + 1);
        break;
      }
      bytes[i] = rest % 256;
      rest = Math.floor(rest / 256);
    }
  } else {
    const text = (n < 0n ? ~n : n).toString(16);
    for (let at = size - 1, end = text.length; end > 0; at--, end -= 2) {
      bytes[at] = Number.parseInt(text.slice(Math.max(0, end - 2), end), 16);
    }
    if (n < 0n) for (let i = 0; i < size; i++) bytes[i] = ~bytes[i]!;
  }
  return little ? bytes.reverse() : bytes;
}

function isLittle(order: string): boolean {
  if (order !== "little" && order !== "big") {
    fault("ValueError", "byteorder must be either 'little' or 'big'");
  }
  return order === "little";
}

/** int.from_bytes(bytes, order, signed=signed). */
export function fromBytes(bytes: Uint8Array, order: string, signed: boolean): Int {
  const big = isLittle(order) ? bytes.toReversed() : bytes;
  const size = big.length;
  if (size <= 6) {
    let value = 0;
    for (const byte of big) value = value * 256 + byte;
    return signed && size > 0 && big[0]! > 127 ? value - 256 ** size : value;
  }
  // The engine reads a literal in quadratic time.
  spend(size + Math.ceil((size / 64) ** 2));
  const value = BigInt(`0x${big.toHex()}`);
  return canonical(signed ? BigInt.asIntN(size * 8, value) : value);
}
