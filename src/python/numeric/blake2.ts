/** BLAKE2b and BLAKE2s with all their parameters (RFC 7693; the engine has neither keys nor lengths). */
import { spend } from "../budget.ts";
import { fault } from "../fault.ts";
import type { Digest } from "./digests.ts";

/** The parameter block; what is missing is the default of hashlib. */
export interface Blake2Options {
  digestSize?: number;
  key?: Uint8Array;
  salt?: Uint8Array;
  person?: Uint8Array;
  fanout?: number;
  depth?: number;
  leafSize?: number;
  nodeOffset?: bigint;
  nodeDepth?: number;
  innerSize?: number;
  lastNode?: boolean;
}

interface Variant {
  name: string;
  bits: bigint;
  block: number;
  most: number;
  rounds: number;
  turns: readonly [bigint, bigint, bigint, bigint];
  start: readonly bigint[];
}

const VARIANTS: Record<"blake2b" | "blake2s", Variant> = {
  blake2b: {
    name: "blake2b",
    bits: 64n,
    block: 128,
    most: 64,
    rounds: 12,
    turns: [32n, 24n, 16n, 63n],
    start: [
      0x6a09e667f3bcc908n,
      0xbb67ae8584caa73bn,
      0x3c6ef372fe94f82bn,
      0xa54ff53a5f1d36f1n,
      0x510e527fade682d1n,
      0x9b05688c2b3e6c1fn,
      0x1f83d9abfb41bd6bn,
      0x5be0cd19137e2179n,
    ],
  },
  blake2s: {
    name: "blake2s",
    bits: 32n,
    block: 64,
    most: 32,
    rounds: 10,
    turns: [16n, 12n, 8n, 7n],
    start: [
      0x6a09e667n,
      0xbb67ae85n,
      0x3c6ef372n,
      0xa54ff53an,
      0x510e527fn,
      0x9b05688cn,
      0x1f83d9abn,
      0x5be0cd19n,
    ],
  },
};

/** The words' order in each round, a hexadecimal digit each. */
const ORDER = [
  "0123456789abcdef",
  "ea489fd61c02b753",
  "b8c052fdae367194",
  "7931dcbe265a40f8",
  "905724afe1bc683d",
  "2c6a0b834d75fe19",
  "c51fed4a0763928b",
  "db7ec13950f4862a",
  "6fe9b308c2d714a5",
  "a2847615fb9e3cd0",
] as const;
const COLUMNS = ["048c", "159d", "26ae", "37bf", "05af", "16bc", "278d", "349e"] as const;

function mix(v: bigint[], where: string, x: bigint, y: bigint, { bits, turns }: Variant): void {
  const [a, b, c, d] = Array.from(where, (digit) => Number.parseInt(digit, 16)) as [
    number,
    number,
    number,
    number,
  ];
  const wrap = (n: bigint): bigint => BigInt.asUintN(Number(bits), n);
  const turn = (n: bigint, by: bigint): bigint => (n >> by) | wrap(n << (bits - by));
  v[a] = wrap(v[a]! + v[b]! + x);
  v[d] = turn(v[d]! ^ v[a], turns[0]);
  v[c] = wrap(v[c]! + v[d]);
  v[b] = turn(v[b]! ^ v[c], turns[1]);
  v[a] = wrap(v[a] + v[b] + y);
  v[d] = turn(v[d] ^ v[a], turns[2]);
  v[c] = wrap(v[c] + v[d]);
  v[b] = turn(v[b] ^ v[c], turns[3]);
}

function wordsOf(bytes: Uint8Array, variant: Variant): bigint[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: bytes.length / (Number(variant.bits) / 8) }, (_, i) =>
    variant.bits === 64n ? view.getBigUint64(i * 8, true) : BigInt(view.getUint32(i * 4, true)),
  );
}

function compress(
  state: bigint[],
  block: Uint8Array,
  count: bigint,
  last: [boolean, boolean],
  variant: Variant,
): void {
  spend(2000);
  const { bits, start } = variant;
  const message = wordsOf(block, variant);
  const v = [...state, ...start];
  const ones = (1n << bits) - 1n;
  v[12]! ^= count & ones;
  v[13]! ^= count >> bits;
  if (last[0]) v[14]! ^= ones;
  if (last[1]) v[15]! ^= ones;
  for (let round = 0; round < variant.rounds; round++) {
    const order = ORDER[round % 10]!;
    COLUMNS.forEach((where, i) => {
      const [x, y] = [order[2 * i]!, order[2 * i + 1]!].map(
        (d) => message[Number.parseInt(d, 16)]!,
      );
      mix(v, where, x!, y!, variant);
    });
  }
  for (let i = 0; i < 8; i++) state[i]! ^= v[i]! ^ v[i + 8]!;
}

function parameters(variant: Variant, options: Blake2Options): Uint8Array {
  const wide = variant.bits === 64n;
  const bytes = new Uint8Array(wide ? 64 : 32);
  const view = new DataView(bytes.buffer);
  const size = options.digestSize ?? variant.most;
  const key = options.key ?? new Uint8Array(0);
  const sixth = wide ? 16 : 8;
  if (size <= 0 || size > variant.most) {
    fault("ValueError", `digest_size must be between 1 and ${variant.most} bytes`);
  }
  for (const [what, part] of [
    ["salt", options.salt],
    ["person", options.person],
  ] as const) {
    if (part !== undefined && part.length > sixth) {
      fault("ValueError", `maximum ${what} length is ${sixth} bytes`);
    }
  }
  if (key.length > variant.most) {
    fault("ValueError", `maximum key length is ${variant.most} bytes`);
  }
  bytes.set([size, key.length, options.fanout ?? 1, options.depth ?? 1]);
  view.setUint32(4, options.leafSize ?? 0, true);
  view.setBigUint64(8, options.nodeOffset ?? 0n, true);
  // BLAKE2s gives the offset 6 bytes, so what follows overwrites its top.
  bytes[wide ? 16 : 14] = options.nodeDepth ?? 0;
  bytes[wide ? 17 : 15] = options.innerSize ?? 0;
  bytes.set(options.salt ?? [], bytes.length - 2 * sixth);
  bytes.set(options.person ?? [], bytes.length - sixth);
  return bytes;
}

/** A digest of either variant. */
export function makeBlake2(kind: "blake2b" | "blake2s", options: Blake2Options = {}): Digest {
  const variant = VARIANTS[kind];
  const block = parameters(variant, options);
  const state = wordsOf(block, variant).map((word, i) => word ^ variant.start[i]!);
  const size = options.digestSize ?? variant.most;
  const digest = resume(variant, size, options.lastNode ?? false, state, new Uint8Array(0), 0n);
  if ((options.key?.length ?? 0) > 0) {
    const first = new Uint8Array(variant.block);
    first.set(options.key!);
    digest.update(first);
  }
  return digest;
}

function resume(
  variant: Variant,
  size: number,
  lastNode: boolean,
  state: bigint[],
  held: Uint8Array,
  count: bigint,
): Digest {
  return {
    name: variant.name,
    size,
    block: variant.block,
    update(bytes) {
      const all = new Uint8Array(held.length + bytes.length);
      all.set(held);
      all.set(bytes, held.length);
      let at = 0;
      // The last block waits, full or not: it is compressed with a flag.
      for (; all.length - at > variant.block; at += variant.block) {
        count += BigInt(variant.block);
        compress(state, all.subarray(at, at + variant.block), count, [false, false], variant);
      }
      held = all.slice(at);
    },
    digest() {
      const end = [...state];
      const block = new Uint8Array(variant.block);
      block.set(held);
      compress(end, block, count + BigInt(held.length), [true, lastNode], variant);
      const bytes = new Uint8Array(variant.most);
      const view = new DataView(bytes.buffer);
      end.forEach((word, i) =>
        variant.bits === 64n
          ? view.setBigUint64(i * 8, word, true)
          : view.setUint32(i * 4, Number(word), true),
      );
      return bytes.slice(0, size);
    },
    copy: () => resume(variant, size, lastNode, [...state], held, count),
  };
}
