/** hashlib's digests: the engine's own, but BLAKE2 with parameters; HMAC; checksums. */
import { spend } from "../budget.ts";
import { fault } from "../fault.ts";

/** A digest that takes its message in pieces. */
export interface Digest {
  readonly name: string;
  /** Bytes; 0 for the extendable ones. */
  readonly size: number;
  readonly block: number;
  update(bytes: Uint8Array): void;
  /** What has been taken so far; `length` is for the extendable ones. */
  digest(length?: number): Uint8Array;
  copy(): Digest;
}

/** Python's name: the engine's name, the digest's bytes and its block's. */
const NAMES: Record<string, [engine: string, size: number, block: number]> = {
  md5: ["md5", 16, 64],
  sha1: ["sha1", 20, 64],
  sha224: ["sha224", 28, 64],
  sha256: ["sha256", 32, 64],
  sha384: ["sha384", 48, 128],
  sha512: ["sha512", 64, 128],
  sha512_224: ["sha512-224", 28, 128],
  sha512_256: ["sha512-256", 32, 128],
  sha3_224: ["sha3-224", 28, 144],
  sha3_256: ["sha3-256", 32, 136],
  sha3_384: ["sha3-384", 48, 104],
  sha3_512: ["sha3-512", 64, 72],
  ripemd160: ["ripemd160", 20, 64],
};

/** The digest of a name, or undefined where there is none of it. */
export function makeDigest(name: string): Digest | undefined {
  const known = Object.hasOwn(NAMES, name) ? NAMES[name] : undefined;
  if (known === undefined) return undefined;
  return wrap(name, known, new Bun.CryptoHasher(known[0] as Bun.SupportedCryptoAlgorithms));
}

function wrap(name: string, known: [string, number, number], hasher: Bun.CryptoHasher): Digest {
  return {
    name,
    size: known[1],
    block: known[2],
    update(bytes) {
      spend(bytes.length >> 2);
      hasher.update(bytes);
    },
    digest: () => new Uint8Array(hasher.copy().digest()),
    copy: () => wrap(name, known, hasher.copy()),
  };
}

/** SHA-512 of bytes. */
export function sha512(bytes: Uint8Array): Uint8Array {
  const digest = makeDigest("sha512")!;
  digest.update(bytes);
  return digest.digest();
}

/** HMAC (RFC 2104) over a maker of digests. */
export function makeHmac(make: () => Digest, key: Uint8Array): Digest {
  const inner = make();
  let short = key;
  if (key.length > inner.block) {
    const hashed = make();
    hashed.update(key);
    short = hashed.digest();
  }
  const pad = (byte: number): Uint8Array => {
    const bytes = new Uint8Array(inner.block).fill(byte);
    for (let i = 0; i < short.length; i++) bytes[i]! ^= short[i]!;
    return bytes;
  };
  const outer = make();
  outer.update(pad(0x5c));
  inner.update(pad(0x36));
  return hmacOf(inner, outer);
}

function hmacOf(inner: Digest, outer: Digest): Digest {
  return {
    name: `hmac-${inner.name}`,
    size: inner.size,
    block: inner.block,
    update: (bytes) => inner.update(bytes),
    digest() {
      const last = outer.copy();
      last.update(inner.digest());
      return last.digest();
    },
    copy: () => hmacOf(inner.copy(), outer),
  };
}

/** pbkdf2_hmac (RFC 8018). */
export function pbkdf2(
  make: () => Digest,
  password: Uint8Array,
  salt: Uint8Array,
  iterations: number,
  length: number,
): Uint8Array {
  if (iterations < 1) fault("ValueError", "iteration value must be greater than 0.");
  if (length < 1) fault("ValueError", "key length must be greater than 0.");
  const keyed = makeHmac(make, password);
  spend(length);
  const result = new Uint8Array(length);
  for (let block = 1, at = 0; at < length; block++, at += keyed.size) {
    const first = keyed.copy();
    first.update(salt);
    first.update(Uint8Array.of(block >>> 24, block >>> 16, block >>> 8, block));
    let round = first.digest();
    const sum = round.slice();
    for (let i = 1; i < iterations; i++) {
      spend(64);
      const next = keyed.copy();
      next.update(round);
      round = next.digest();
      for (let j = 0; j < sum.length; j++) sum[j]! ^= round[j]!;
    }
    result.set(sum.subarray(0, Math.min(sum.length, length - at)), at);
  }
  return result;
}

let crcTable: Int32Array | undefined;

/** zlib.crc32. */
export function crc32(bytes: Uint8Array, start = 0): number {
  spend(bytes.length >> 2);
  crcTable ??= Int32Array.from({ length: 256 }, (_, n) => {
    let c = n;
    for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
    return c;
  });
  let crc = ~start;
  for (const byte of bytes) crc = crcTable[(crc ^ byte) & 255]! ^ (crc >>> 8);
  return ~crc >>> 0;
}

/** zlib.adler32. */
export function adler32(bytes: Uint8Array, start = 1): number {
  spend(bytes.length >> 2);
  let [a, b] = [start & 0xffff, start >>> 16];
  for (let i = 0; i < bytes.length;) {
    // So many sums stay below 2^32.
    for (const end = Math.min(bytes.length, i + 3800); i < end; i++) b += a += bytes[i]!;
    a %= 65521;
    b %= 65521;
  }
  return ((b << 16) | a) >>> 0;
}

/** binascii.crc_hqx: CCITT's CRC of 16 bits. */
export function crcHqx(bytes: Uint8Array, start: number): number {
  spend(bytes.length);
  let crc = start & 0xffff;
  for (const byte of bytes) {
    crc ^= byte << 8;
    for (let k = 0; k < 8; k++) crc = crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1;
    crc &= 0xffff;
  }
  return crc;
}
