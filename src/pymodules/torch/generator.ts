/**
 * PyTorch's generator on the cpu, so that a seed gives the numbers it gives
 * there: MT19937 (Matsumoto & Nishimura 1998), seeded by one word, and how
 * floats, normal numbers, whole numbers and permutations are made of its words.
 */
import type { DType } from "../../tensor/dtype.ts";

const SIZE = 624;
const PERIOD = 397;

/** Words, the place in them, and the second number of a pair of normal ones. */
export type GeneratorState = readonly [words: Uint32Array, at: number, normal: number | undefined];

export class Generator {
  readonly #words: Uint32Array = new Uint32Array(SIZE);
  #at = SIZE;
  /** The second normal number of a pair. */
  #normal: number | undefined;
  seed = 67280421310721n;

  constructor() {
    this.manualSeed(this.seed);
  }

  manualSeed(seed: bigint): void {
    this.seed = BigInt.asUintN(64, seed);
    const words = this.#words;
    words[0] = Number(BigInt.asUintN(32, seed));
    for (let i = 1; i < SIZE; i++) {
      const before = words[i - 1]!;
      words[i] = Math.imul(1812433253, before ^ (before >>> 30)) + i;
    }
    this.#at = SIZE;
    this.#normal = undefined;
  }

  /** Its words, where it is in them, and the normal number kept: to be put back. */
  get state(): GeneratorState {
    return [this.#words.slice(), this.#at, this.#normal];
  }

  set state([words, at, normal]: GeneratorState) {
    this.#words.set(words);
    this.#at = at;
    this.#normal = normal;
  }

  #twist(): void {
    const words = this.#words;
    for (let i = 0; i < SIZE; i++) {
      const y = (words[i]! & 0x80000000) | (words[(i + 1) % SIZE]! & 0x7fffffff);
      words[i] = words[(i + PERIOD) % SIZE]! ^ (y >>> 1) ^ (y & 1 ? 0x9908b0df : 0);
    }
    this.#at = 0;
  }

  /** 32 bits. */
  word(): number {
    if (this.#at === SIZE) this.#twist();
    let y = this.#words[this.#at++]!;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c5680;
    y ^= (y << 15) & 0xefc60000;
    return (y ^ (y >>> 18)) >>> 0;
  }

  /** 64 bits. */
  long(): bigint {
    const high = this.word();
    return (BigInt(high) << 32n) | BigInt(this.word());
  }

  /** In [0, 1): 53 bits for float64, 24 for float32, 11 for float16. */
  uniform(dtype: DType): number {
    if (dtype === "float64") {
      const high = this.word() & 0x1fffff;
      return (high * 2 ** 32 + this.word()) * 2 ** -53;
    }
    const bits = dtype === "float16" ? 11 : 24;
    return (this.word() & (2 ** bits - 1)) * 2 ** -bits;
  }

  /** One normal number; the second of a pair is kept for the next call. */
  normal(): number {
    const kept = this.#normal;
    if (kept !== undefined) {
      this.#normal = undefined;
      return kept;
    }
    const angle = 2 * Math.PI * this.uniform("float64");
    const radius = Math.sqrt(-2 * Math.log1p(-this.uniform("float64")));
    this.#normal = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  }

  /** So many normal numbers, as a tensor of that dtype is filled: from 16 on in blocks of 16. */
  normals(count: number, dtype: DType, mean: number, std: number): Float64Array {
    const out = new Float64Array(count);
    if (count < 16) {
      for (let i = 0; i < count; i++) out[i] = this.normal() * std + mean;
      return out;
    }
    const round = dtype === "float64" ? (x: number): number => x : Math.fround;
    for (let i = 0; i < count; i++) out[i] = this.uniform(dtype);
    const block = (start: number): void => {
      for (let j = start; j < start + 8; j++) {
        const radius = round(Math.sqrt(round(-2 * round(Math.log(round(1 - out[j]!))))));
        const angle = round(round(2 * Math.PI) * out[j + 8]!);
        out[j] = round(round(radius * round(Math.cos(angle))) * std + mean);
        out[j + 8] = round(round(radius * round(Math.sin(angle))) * std + mean);
      }
    };
    for (let i = 0; i + 16 <= count; i += 16) block(i);
    if (count % 16 !== 0) {
      for (let i = count - 16; i < count; i++) out[i] = this.uniform(dtype);
      block(count - 16);
    }
    return out;
  }

  /** A whole number below `range`. */
  below(range: number): number {
    if (range >= 2 ** 32) return Number(this.long() % BigInt(range));
    return this.word() % range;
  }

  /** The whole numbers below `n` in random order. */
  permutation(n: number): number[] {
    const order = Array.from({ length: n }, (_, i) => i);
    for (let i = 0; i < n - 1; i++) {
      const j = i + (this.word() % (n - i));
      [order[i], order[j]] = [order[j]!, order[i]!];
    }
    return order;
  }
}
