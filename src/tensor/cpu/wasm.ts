/**
 * An assembler for the few WebAssembly instructions that the generated
 * programs need. Code is a list of bytes; a value's code leaves it on the
 * stack, so functions that take and give code read like expressions.
 */

export type Code = readonly number[];
export type ValueType = "i32" | "f64" | "v128";
/** A local's number. */
export type Local = number;

const TYPES: Record<ValueType, number> = { i32: 0x7f, f64: 0x7c, v128: 0x7b };
/** Every program is `run(descriptor, chunk, scratch)`. */
const PARAMETERS = 3;

/** What every module starts with. */
const HEADER: Code = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];

/** Scalar instructions without immediates. */
const SCALAR = {
  "i32.eqz": 0x45,
  "i32.lt_u": 0x49,
  "i32.le_u": 0x4d,
  "i32.add": 0x6a,
  "i32.sub": 0x6b,
  "i32.mul": 0x6c,
  "i32.div_u": 0x6e,
  "i32.rem_u": 0x70,
  "i32.and": 0x71,
  "f64.add": 0xa0,
  "f64.mul": 0xa2,
  "f32.max": 0x97,
  "f32.min": 0x96,
  "f32.demote": 0xb6,
  select: 0x1b,
} as const;

/** SIMD instructions without immediates. */
const SIMD = {
  "i8x16.swizzle": 14,
  "i32x4.splat": 17,
  "f32x4.splat": 19,
  "i32x4.eq": 55,
  "i32x4.ne": 56,
  "i32x4.lt": 57,
  "i32x4.le": 61,
  "f32x4.eq": 65,
  "f32x4.ne": 66,
  "f32x4.lt": 67,
  "f32x4.gt": 68,
  "f32x4.le": 69,
  "v128.not": 77,
  "v128.and": 78,
  "v128.andnot": 79,
  "v128.or": 80,
  "v128.xor": 81,
  "v128.bitselect": 82,
  "v128.any_true": 83,
  "f32x4.demote_zero": 94,
  "f64x2.promote_low": 95,
  "f32x4.ceil": 103,
  "f32x4.floor": 104,
  "f32x4.nearest": 106,
  "i32x4.extend_low_16": 169,
  "i16x8.extend_low_8": 137,
  "i32x4.abs": 160,
  "i32x4.neg": 161,
  "i32x4.add": 174,
  "i32x4.sub": 177,
  "i32x4.mul": 181,
  "i32x4.min": 182,
  "i32x4.max": 184,
  "f32x4.abs": 224,
  "f32x4.neg": 225,
  "f32x4.sqrt": 227,
  "f32x4.add": 228,
  "f32x4.sub": 229,
  "f32x4.mul": 230,
  "f32x4.div": 231,
  "f32x4.min": 232,
  "f32x4.max": 233,
  "f32x4.pmin": 234,
  "f32x4.pmax": 235,
  "f64x2.lt": 73,
  "f64x2.gt": 74,
  "f64x2.le": 75,
  "f64x2.abs": 236,
  "f64x2.sqrt": 239,
  "f64x2.add": 240,
  "f64x2.sub": 241,
  "f64x2.mul": 242,
  "f64x2.div": 243,
  "f64x2.pmax": 247,
  "i32x4.trunc_sat": 248,
  "f32x4.convert": 250,
  "i32x4.shl": 171,
  "i32x4.shr_s": 172,
  "i32x4.shr_u": 173,
} as const;

/** Loads and stores: opcode bytes before the address, and the alignment's power. */
const MEMORY = {
  "i32.load": [0x28],
  "i32.store": [0x36],
  "i64.load": [0x29],
  "i64.store": [0x37],
  "i32.load8": [0x2d],
  "f32.store": [0x38],
  "v128.load": [0xfd, 0],
  "v128.load8_splat": [0xfd, 7],
  "v128.load32_splat": [0xfd, 9],
  "v128.load64_splat": [0xfd, 10],
  "v128.load32_zero": [0xfd, 92],
  "v128.load64_zero": [0xfd, 93],
  "v128.store": [0xfd, 11],
} as const;

const LANES = {
  "i32x4.extract": 27,
  "i32x4.replace": 28,
  "f32x4.extract": 31,
  "f64x2.extract": 33,
} as const;

const STORE_LANE = { 1: 88, 4: 90, 8: 91 } as const;

function unsigned(value: number): number[] {
  const out: number[] = [];
  let rest = value >>> 0;
  do {
    const low = rest & 0x7f;
    rest >>>= 7;
    out.push(rest === 0 ? low : low | 0x80);
  } while (rest !== 0);
  return out;
}

function signed(value: number): number[] {
  const out: number[] = [];
  for (let rest = value | 0; ;) {
    const low = rest & 0x7f;
    rest >>= 7;
    const done = (rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0);
    out.push(done ? low : low | 0x80);
    if (done) return out;
  }
}

export function op(name: keyof typeof SCALAR, ...args: Code[]): Code {
  return [...args.flat(), SCALAR[name]];
}

export function simd(name: keyof typeof SIMD, ...args: Code[]): Code {
  return [...args.flat(), 0xfd, ...unsigned(SIMD[name])];
}

/** A load of `address`, or a store of `value` there; `offset` is in bytes. */
export function memory(
  name: keyof typeof MEMORY,
  offset: number,
  address: Code,
  value: Code = [],
): Code {
  return [...address, ...value, ...MEMORY[name], 0, ...unsigned(offset)];
}

export function lane(name: keyof typeof LANES, index: number, ...args: Code[]): Code {
  return [...args.flat(), 0xfd, LANES[name], index];
}

/** Stores the lowest `bytes` bytes of a lane. */
export function storeLane(bytes: 1 | 4 | 8, index: number, address: Code, value: Code): Code {
  return [...address, ...value, 0xfd, STORE_LANE[bytes], 0, 0, index];
}

/** Bytes of one vector in another order. */
export function shuffle(a: Code, b: Code, bytes: readonly number[]): Code {
  return [...a, ...b, 0xfd, 13, ...bytes];
}

export function int(value: number): Code {
  return [0x41, ...signed(value)];
}

function vector(words: Float32Array | Int32Array | Float64Array): Code {
  return [0xfd, 12, ...new Uint8Array(words.buffer as ArrayBuffer)];
}

export function floats(value: number): Code {
  return vector(new Float32Array(4).fill(value));
}

export function doubles(value: number): Code {
  return vector(new Float64Array(2).fill(value));
}

export function ints(...values: number[]): Code {
  return vector(Int32Array.from({ length: 4 }, (_, i) => values[i] ?? values[0] ?? 0));
}

export function get(local: Local): Code {
  return [0x20, ...unsigned(local)];
}

export function set(local: Local, value: Code): Code {
  return [...value, 0x21, ...unsigned(local)];
}

export function add(a: Code, b: Code): Code {
  return op("i32.add", a, b);
}

export function mul(a: Code, b: Code): Code {
  return op("i32.mul", a, b);
}

/** Adds to an i32 local. */
export function bump(local: Local, by: Code): Code {
  return set(local, add(get(local), by));
}

export function when(condition: Code, body: Code): Code {
  return [...condition, 0x04, 0x40, ...body, 0x0b];
}

export function choose(condition: Code, yes: Code, no: Code): Code {
  return [...condition, 0x04, 0x40, ...yes, 0x05, ...no, 0x0b];
}

/** Runs `body` as long as the condition, which is tested first, holds. */
export function loop(condition: Code, body: Code): Code {
  const again = [...body, ...condition, 0x0d, 0, 0x0b];
  return when(condition, [0x03, 0x40, ...again]);
}

/** The smaller of two unsigned numbers; both are evaluated twice. */
export function least(a: Code, b: Code): Code {
  return op("select", a, b, op("i32.lt_u", a, b));
}

/** Hands out locals; 0, 1 and 2 are the parameters. */
export class Locals {
  readonly #types: ValueType[] = [];

  take(type: ValueType): Local {
    return this.#types.push(type) - 1 + PARAMETERS;
  }

  declared(): number[] {
    return [...unsigned(this.#types.length), ...this.#types.flatMap((type) => [1, TYPES[type]])];
  }
}

/** A module that exports the function as `run` and imports `env.memory`. */
export function assemble(
  locals: Locals,
  body: Code,
  limits: { shared: boolean; pages: number },
): Uint8Array<ArrayBuffer> {
  const section = (id: number, content: Code): number[] => [
    id,
    ...unsigned(content.length),
    ...content,
  ];
  const name = (text: string): number[] => [text.length, ...new TextEncoder().encode(text)];
  const memoryType = [limits.shared ? 3 : 1, 0, ...unsigned(limits.pages)];
  const code = [...locals.declared(), ...body, 0x0b];
  return new Uint8Array([
    ...HEADER,
    ...section(1, [1, 0x60, PARAMETERS, ...Array<number>(PARAMETERS).fill(TYPES.i32), 0]),
    ...section(2, [1, ...name("env"), ...name("memory"), 2, ...memoryType]),
    ...section(3, [1, 0]),
    ...section(7, [1, ...name("run"), 0, 0]),
    ...section(10, [1, ...unsigned(code.length), ...code]),
  ]);
}
