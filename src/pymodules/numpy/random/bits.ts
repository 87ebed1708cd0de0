/** The bit generators of `numpy.random`: MT19937, and PCG64 with the seeds that SeedSequence makes. */
import { makeTwister, next32, type Twister } from "../../../python/numeric/twister.ts";

/** Random bits, in the portions that distributions ask for. */
export interface Bits {
  next32(): number;
  /** 64 bits as two words, the high one first in `high`. */
  next64(): void;
  high: number;
  low: number;
  /** In [0, 1), in steps of 2^-53. */
  double(): number;
}

const SIZE = 624;

/** MT19937, as NumPy's `RandomState` uses it (Matsumoto & Nishimura 1998). */
export class Mt19937 implements Bits {
  readonly twister: Twister = makeTwister();
  high = 0;
  low = 0;

  /** One word: mt19937ar's init_genrand. */
  seed(word: number): void {
    const { words } = this.twister;
    words[0] = word;
    for (let i = 1; i < SIZE; i++) {
      const before = words[i - 1]!;
      words[i] = Math.imul(1812433253, before ^ (before >>> 30)) + i;
    }
    this.begin();
  }

  /** Several words: mt19937ar's init_by_array. */
  seedWords(key: readonly number[]): void {
    this.seed(19650218);
    const { words } = this.twister;
    let i = 1;
    let j = 0;
    const mixed = (factor: number): number => {
      const before = words[i - 1]!;
      return words[i]! ^ Math.imul(before ^ (before >>> 30), factor);
    };
    const step = (): void => {
      if (++i < SIZE) return;
      words[0] = words[SIZE - 1]!;
      i = 1;
    };
    for (let left = Math.max(SIZE, key.length); left > 0; left--) {
      words[i] = mixed(1664525) + key[j]! + j;
      if (++j === key.length) j = 0;
      step();
    }
    for (let left = SIZE - 1; left > 0; left--) {
      words[i] = mixed(1566083941) - i;
      step();
    }
    words[0] = 0x80000000;
    this.begin();
  }

  private begin(): void {
    this.twister.index = SIZE;
    this.twister.refill = undefined;
  }

  next32(): number {
    return next32(this.twister);
  }

  next64(): void {
    this.high = next32(this.twister);
    this.low = next32(this.twister);
  }

  double(): number {
    const high = next32(this.twister) >>> 5;
    return (high * 67108864 + (next32(this.twister) >>> 6)) / 9007199254740992;
  }
}

/** PCG64: a linear congruence of 128 bits whose halves are folded and turned (M. O'Neill, PCG, 2014; XSL-RR). */
export class Pcg64 implements Bits {
  /** In words of 16 bits, the lowest first: products of two are exact with room for sums. */
  readonly #state = new Float64Array(8);
  readonly #increment = new Float64Array(8);
  /** The half of 64 bits that was not asked for yet. */
  half: number | undefined;
  high = 0;
  low = 0;

  seed(state: bigint, sequence: bigint): void {
    const increment = BigInt.asUintN(128, (sequence << 1n) | 1n);
    this.set(0n, increment);
    this.#step();
    this.set(BigInt.asUintN(128, this.state + state), increment);
    this.#step();
    this.half = undefined;
  }

  set(state: bigint, increment: bigint): void {
    for (let i = 0; i < 8; i++) {
      this.#state[i] = Number((state >> BigInt(16 * i)) & 0xffffn);
      this.#increment[i] = Number((increment >> BigInt(16 * i)) & 0xffffn);
    }
  }

  get state(): bigint {
    return joined(this.#state);
  }

  get increment(): bigint {
    return joined(this.#increment);
  }

  /** The product with the multiplier 0x2360ed051fc65da44385df649fccf645 and the increment, written out: 36 products of 16 bits, exact in floats. */
  #step(): void {
    const s = this.#state;
    const c = this.#increment;
    const [s0, s1, s2, s3] = [s[0]!, s[1]!, s[2]!, s[3]!];
    const [s4, s5, s6, s7] = [s[4]!, s[5]!, s[6]!, s[7]!];
    let carry = 0;
    const t0 = c[0]! + carry + s0 * 63045;
    carry = Math.floor(t0 / 65536);
    s[0] = t0 - carry * 65536;
    const t1 = c[1]! + carry + s0 * 40908 + s1 * 63045;
    carry = Math.floor(t1 / 65536);
    s[1] = t1 - carry * 65536;
    const t2 = c[2]! + carry + s0 * 57188 + s1 * 40908 + s2 * 63045;
    carry = Math.floor(t2 / 65536);
    s[2] = t2 - carry * 65536;
    const t3 = c[3]! + carry + s0 * 17285 + s1 * 57188 + s2 * 40908 + s3 * 63045;
    carry = Math.floor(t3 / 65536);
    s[3] = t3 - carry * 65536;
    const t4 = c[4]! + carry + s0 * 23972 + s1 * 17285 + s2 * 57188 + s3 * 40908 + s4 * 63045;
    carry = Math.floor(t4 / 65536);
    s[4] = t4 - carry * 65536;
    const t5 =
      c[5]! + carry + s0 * 8134 + s1 * 23972 + s2 * 17285 + s3 * 57188 + s4 * 40908 + s5 * 63045;
    carry = Math.floor(t5 / 65536);
    s[5] = t5 - carry * 65536;
    const t6 =
      c[6]! +
      carry +
      s0 * 60677 +
      s1 * 8134 +
      s2 * 23972 +
      s3 * 17285 +
      s4 * 57188 +
      s5 * 40908 +
      s6 * 63045;
    carry = Math.floor(t6 / 65536);
    s[6] = t6 - carry * 65536;
    const t7 =
      c[7]! +
      carry +
      s0 * 9056 +
      s1 * 60677 +
      s2 * 8134 +
      s3 * 23972 +
      s4 * 17285 +
      s5 * 57188 +
      s6 * 40908 +
      s7 * 63045;
    s[7] = t7 % 65536;
  }

  next64(): void {
    this.#step();
    const s = this.#state;
    const turn = (s[7]! >>> 10) & 63;
    const high = (((s[7]! << 16) | s[6]!) ^ ((s[3]! << 16) | s[2]!)) >>> 0;
    const low = (((s[5]! << 16) | s[4]!) ^ ((s[1]! << 16) | s[0]!)) >>> 0;
    const [a, b] = turn < 32 ? [high, low] : [low, high];
    const by = turn & 31;
    this.high = by === 0 ? a : ((a >>> by) | (b << (32 - by))) >>> 0;
    this.low = by === 0 ? b : ((b >>> by) | (a << (32 - by))) >>> 0;
  }

  next32(): number {
    if (this.half !== undefined) {
      const kept = this.half;
      this.half = undefined;
      return kept;
    }
    this.next64();
    this.half = this.high;
    return this.low;
  }

  double(): number {
    this.next64();
    return (this.high * 2097152 + (this.low >>> 11)) / 9007199254740992;
  }
}

function joined(words: Float64Array): bigint {
  let value = 0n;
  for (let i = 7; i >= 0; i--) value = (value << 16n) | BigInt(words[i]!);
  return value;
}

const POOL = 4;

/** `numpy.random.SeedSequence`: words of a seed mixed into a pool of four (M. O'Neill, seed_seq, 2015). */
export class Seeds {
  readonly pool: Uint32Array = new Uint32Array(POOL);

  constructor(entropy: readonly number[], spawned: readonly number[]) {
    const words = [...entropy];
    if (spawned.length > 0) while (words.length < POOL) words.push(0);
    words.push(...spawned);
    let constant = 0x43b0d7e5;
    const hashed = (word: number): number => {
      let value = word ^ constant;
      constant = Math.imul(constant, 0x931e8875);
      value = Math.imul(value, constant);
      return (value ^ (value >>> 16)) >>> 0;
    };
    const mixed = (x: number, y: number): number => {
      const value = Math.imul(0xca01f9dd, x) - Math.imul(0x4973f715, y);
      return (value ^ (value >>> 16)) >>> 0;
    };
    const { pool } = this;
    for (let i = 0; i < POOL; i++) pool[i] = hashed(words[i] ?? 0);
    for (let from = 0; from < POOL; from++) {
      for (let to = 0; to < POOL; to++) {
        if (from !== to) pool[to] = mixed(pool[to]!, hashed(pool[from]!));
      }
    }
    for (let from = POOL; from < words.length; from++) {
      for (let to = 0; to < POOL; to++) pool[to] = mixed(pool[to]!, hashed(words[from]!));
    }
  }

  /** `generate_state` in words of 32 bits. */
  words(count: number): Uint32Array {
    let constant = 0x8b51f9dd;
    return Uint32Array.from({ length: count }, (_, i) => {
      let value = this.pool[i % POOL]! ^ constant;
      constant = Math.imul(constant, 0x58f38ded);
      value = Math.imul(value, constant);
      return (value ^ (value >>> 16)) >>> 0;
    });
  }
}

/** The PCG64 of a seed. */
export function seededPcg(seeds: Seeds): Pcg64 {
  const words = seeds.words(8);
  const long = (i: number): bigint => (BigInt(words[2 * i + 1]!) << 32n) | BigInt(words[2 * i]!);
  const bits = new Pcg64();
  bits.seed((long(0) << 64n) | long(1), (long(2) << 64n) | long(3));
  return bits;
}
