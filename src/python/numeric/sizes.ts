/** How long integers are, and what work on them is charged before it is done. */
import { allocate, spend } from "../budget.ts";
import { fault } from "../fault.ts";

/** An int: a number while its magnitude is at most 2^53-1, else a bigint; never -0. */
export type Int = number | bigint;

export const SAFE: number = Number.MAX_SAFE_INTEGER;
/** The engine refuses a longer BigInt. */
const MOST_BITS = 2 ** 30;

/** The one form of an integer. */
export function canonical(n: bigint): Int {
  // What is rounded here is not safe either.
  const near = Number(n);
  return near <= SAFE && near >= -SAFE ? near : n;
}

/** Bits of a safe number's magnitude. */
function safeBits(n: number): number {
  const high = Math.floor(n / 0x100000000);
  return high === 0 ? 32 - Math.clz32(n) : 64 - Math.clz32(high);
}

/** int.bit_length(). */
export function bitLength(n: Int): number {
  if (typeof n === "number") return safeBits(Math.abs(n));
  let rest = n < 0n ? -n : n;
  let shifted = 0;
  // Number() looks at the top digits alone, so a few shifts measure what a text of it would.
  for (let step = 1024; Number(rest) === Number.POSITIVE_INFINITY;) {
    const next = rest >> BigInt(step);
    if (next === 0n) step = Math.max(512, Math.floor(step / 4));
    else {
      rest = next;
      shifted += step;
      step *= 2;
    }
  }
  const low = Math.max(0, Math.floor(Math.log2(Number(rest))) - 48);
  return shifted + low + safeBits(Number(rest >> BigInt(low)));
}

/** 64-bit words of an integer, at least one; one for all below 2^1024. */
export function words(n: Int): number {
  if (typeof n === "number" || Math.abs(Number(n)) < Number.POSITIVE_INFINITY) return 1;
  return Math.ceil(bitLength(n) / 64);
}

/** Charges for an integer of so many bits that is about to be made. */
export function reserve(bits: number): void {
  if (bits <= 1024) return;
  allocate(Math.ceil(bits / 8));
  if (bits > MOST_BITS) fault("MemoryError");
}

/** Charges for one pass over both. */
export function chargeLinear(a: Int, b: Int): void {
  const size = Math.max(words(a), words(b));
  if (size > 1) {
    spend(size);
    allocate(size * 8);
  }
}

/** Charges for a product or a quotient. */
export function chargeProduct(a: Int, b: Int): void {
  const one = words(a);
  const two = words(b);
  if (one + two > 2) {
    reserve((one + two) * 64);
    spend(Math.ceil((one * two) / 4) + one + two);
  }
}
