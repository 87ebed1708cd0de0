/** Whole numbers of a range: by masks and rejection, as `RandomState` draws them, or by products (D. Lemire, 2018), as `Generator` does. */
import type { Bits } from "./bits.ts";

/** All bits set up to the highest one of a number. */
function maskOf(most: number): number {
  return most === 0 ? 0 : 0xffffffff >>> Math.clz32(most);
}

/** In [0, most], of at most 32 bits. */
function upTo32(bits: Bits, most: number, masked: boolean): number {
  if (most === 0xffffffff) return bits.next32();
  if (masked) {
    const mask = maskOf(most);
    for (;;) {
      const value = (bits.next32() & mask) >>> 0;
      if (value <= most) return value;
    }
  }
  const count = most + 1;
  // The high word of the product; the low one says whether it is to be thrown away.
  let word = bits.next32();
  let low = Math.imul(word, count) >>> 0;
  if (low < count) {
    const threshold = (0xffffffff - most) % count;
    while (low < threshold) {
      word = bits.next32();
      low = Math.imul(word, count) >>> 0;
    }
  }
  return highWord(word, count);
}

/** The high 32 bits of a product of two words. */
function highWord(a: number, b: number): number {
  const [al, ah, bl, bh] = [a & 0xffff, a >>> 16, b & 0xffff, b >>> 16];
  const middle = ah * bl + Math.floor((al * bl) / 65536);
  const other = al * bh + (middle % 65536);
  return ah * bh + Math.floor(middle / 65536) + Math.floor(other / 65536);
}

function long(bits: Bits): bigint {
  bits.next64();
  return (BigInt(bits.high) << 32n) | BigInt(bits.low);
}

const MOST = 0xffffffffffffffffn;

/** In [0, most], of at most 64 bits. */
export function upTo(bits: Bits, most: number | bigint, masked: boolean): number | bigint {
  if (most === 0) return 0;
  if (most <= 0xffffffff) return upTo32(bits, Number(most), masked);
  const wide = BigInt(most);
  if (wide === MOST) return long(bits);
  if (masked) {
    const mask = (1n << BigInt(wide.toString(2).length)) - 1n;
    for (;;) {
      const value = long(bits) & mask;
      if (value <= wide) return value;
    }
  }
  const count = wide + 1n;
  let product = long(bits) * count;
  if ((product & MOST) < count) {
    const threshold = (MOST - wide) % count;
    while ((product & MOST) < threshold) product = long(bits) * count;
  }
  return product >> 64n;
}

/** Draws of small dtypes share one word: of 1, 8 or 16 bits each. */
export function smallDraws(
  bits: Bits,
  most: number,
  width: 1 | 8 | 16,
  masked: boolean,
): () => number {
  let word = 0;
  let left = 0;
  const all = 2 ** width - 1;
  const next = (): number => {
    if (left === 0) {
      word = bits.next32();
      left = 32 / width - 1;
    } else {
      word >>>= width;
      left--;
    }
    return word & all;
  };
  if (most === 0) return () => 0;
  if (most === all) return next;
  if (masked) {
    const mask = maskOf(most);
    return () => {
      for (;;) {
        const value = next() & mask;
        if (value <= most) return value;
      }
    };
  }
  const count = most + 1;
  return () => {
    let product = next() * count;
    if ((product & all) < count) {
      const threshold = (all - most) % count;
      while ((product & all) < threshold) product = next() * count;
    }
    return Math.floor(product / (all + 1));
  };
}
