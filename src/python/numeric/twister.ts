/**
 * The Mersenne Twister MT19937 with 53-bit floats, seeded as CPython seeds it
 * (M. Matsumoto, T. Nishimura, Mersenne Twister, 1998; mt19937ar's initialisation by an array).
 */
import { spend } from "../budget.ts";
import { fault } from "../fault.ts";
import { sha512 } from "./digests.ts";
import { fromBytes, toBytes } from "./integers.ts";
import { bitLength, reserve, type Int } from "./sizes.ts";

const SIZE = 624;
const PERIOD = 397;

/** A generator: 624 words, where in them it is, and the second normal number of a pair. */
export interface Twister {
  readonly words: Uint32Array;
  index: number;
  gauss: number | undefined;
  /** Makes the next words where they are not the twister's own: of a generator that is not seeded yet, or of the system's. */
  refill: ((twister: Twister) => void) | undefined;
  /** What a program put in the place of `random()` and `getrandbits()`. */
  draw: (() => number) | undefined;
  bits: ((k: Int) => Int) | undefined;
}

/** One that is not seeded yet. */
export function makeTwister(refill?: (twister: Twister) => void): Twister {
  const words = new Uint32Array(SIZE);
  return { words, index: SIZE, gauss: undefined, refill, draw: undefined, bits: undefined };
}

function seedWords(twister: Twister, key: readonly number[] | Uint32Array): void {
  const { words } = twister;
  words[0] = 19650218;
  for (let i = 1; i < SIZE; i++) {
    const before = words[i - 1]!;
    words[i] = Math.imul(1812433253, before ^ (before >>> 30)) + i;
  }
  spend(key.length + 64);
  let i = 1;
  let j = 0;
  const mix = (factor: number): number => {
    const before = words[i - 1]!;
    return words[i]! ^ Math.imul(before ^ (before >>> 30), factor);
  };
  const step = (): void => {
    if (++i === SIZE) {
      words[0] = words[SIZE - 1]!;
      i = 1;
    }
  };
  for (let left = Math.max(SIZE, key.length); left > 0; left--) {
    words[i] = mix(1664525) + key[j]! + j;
    if (++j === key.length) j = 0;
    step();
  }
  for (let left = SIZE - 1; left > 0; left--) {
    words[i] = mix(1566083941) - i;
    step();
  }
  words[0] = 0x80000000;
  twister.refill = undefined;
  twister.index = SIZE;
  twister.gauss = undefined;
}

/** seed(n) of an int; of a float or another object, n is its hash as an unsigned 64-bit number. */
export function seedInt(twister: Twister, n: Int): void {
  const size = n < 0 ? -n : n;
  const bytes = toBytes(size, Math.max(4, Math.ceil(bitLength(size) / 32) * 4), "little", false);
  seedWords(twister, new Uint32Array(bytes.buffer, 0, bytes.length / 4));
}

/** seed(text or bytes): the bytes and their SHA-512, as one int. */
export function seedBytes(twister: Twister, bytes: Uint8Array): void {
  const digest = sha512(bytes);
  const all = new Uint8Array(bytes.length + digest.length);
  all.set(bytes);
  all.set(digest, bytes.length);
  seedInt(twister, fromBytes(all, "big", false));
}

/** The words that version 1 of seed() makes of a str (code points) or bytes. */
export function seedOld(points: readonly number[] | Uint8Array): Int {
  spend(points.length);
  let hash = points.length === 0 ? 0n : BigInt(points[0]!) << 7n;
  for (const point of points) hash = BigInt.asUintN(64, (1000003n * hash) ^ BigInt(point));
  return hash ^ BigInt(points.length);
}

function generate(twister: Twister): void {
  twister.refill?.(twister);
  if (twister.refill === undefined) twist(twister.words);
  twister.index = 0;
}

function twist(words: Uint32Array): void {
  for (let i = 0; i < SIZE; i++) {
    const y = (words[i]! & 0x80000000) | (words[(i + 1) % SIZE]! & 0x7fffffff);
    words[i] = words[(i + PERIOD) % SIZE]! ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
  }
}

/** 32 random bits. */
export function next32(twister: Twister): number {
  if (twister.index >= SIZE) generate(twister);
  let y = twister.words[twister.index++]!;
  y ^= y >>> 11;
  y ^= (y << 7) & 0x9d2c5680;
  y ^= (y << 15) & 0xefc60000;
  return (y ^ (y >>> 18)) >>> 0;
}

/** random(): [0, 1) in steps of 2^-53. */
export function random(twister: Twister): number {
  if (twister.draw !== undefined) return twister.draw();
  const high = next32(twister) >>> 5;
  return (high * 67108864 + (next32(twister) >>> 6)) / 9007199254740992;
}

/** getrandbits(k). */
export function getrandbits(twister: Twister, k: Int): Int {
  if (k < 0) fault("ValueError", "number of bits must be non-negative");
  if (k === 0) return 0;
  const bits = Number(k);
  if (bits <= 32) return next32(twister) >>> (32 - bits);
  return fromBytes(randomWords(twister, bits), "little", false);
}

function randomWords(twister: Twister, bits: number): Uint8Array {
  reserve(bits);
  spend(Math.ceil(bits / 32));
  const count = Math.ceil(bits / 32);
  const words = new Uint32Array(count);
  for (let i = 0; i < count; i++) words[i] = next32(twister);
  if (bits % 32 > 0) words[count - 1]! >>>= 32 - (bits % 32);
  return new Uint8Array(words.buffer);
}

/** randbytes(n). */
export function randbytes(twister: Twister, n: Int): Uint8Array {
  if (n < 0) fault("ValueError", "number of bits must be non-negative");
  return n === 0 ? new Uint8Array(0) : randomWords(twister, Number(n) * 8).subarray(0, Number(n));
}

/** getstate()'s words: the 624 and the index. */
export function getState(twister: Twister): number[] {
  // One that nobody seeded has its first words now.
  if (twister.refill !== undefined) {
    twister.refill(twister);
    twister.index = SIZE;
  }
  return [...twister.words, twister.index];
}

/** Sets what {@link getState} gave. */
export function setState(twister: Twister, state: readonly Int[], gauss: number | undefined): void {
  if (state.length !== SIZE + 1) fault("ValueError", "state vector is the wrong size");
  const index = state[SIZE]!;
  if (index < 0 || index > SIZE) fault("ValueError", "invalid state");
  for (let i = 0; i < SIZE; i++) twister.words[i] = Number(BigInt.asUintN(32, BigInt(state[i]!)));
  twister.refill = undefined;
  twister.index = Number(index);
  twister.gauss = gauss;
}
