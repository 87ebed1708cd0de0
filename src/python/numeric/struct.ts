/** Python's struct formats: native on 64-bit Linux, and the standard ones. */
import { allocate, spend } from "../budget.ts";
import { fault } from "../fault.ts";
import { LibraryFault } from "./library-fault.ts";
import { canonical, type Int } from "./sizes.ts";

/** One item: its letter, and bytes that it takes; strings are one item of many bytes. */
export interface StructItem {
  readonly code: string;
  readonly offset: number;
  readonly size: number;
}

export interface StructFormat {
  readonly little: boolean;
  readonly native: boolean;
  readonly size: number;
  readonly items: readonly StructItem[];
}

/** What an item holds: ints, floats (of e, f, d), booleans (of ?), bytes (of c, s, p). */
export type StructValue = Int | boolean | Uint8Array;

function wrong(message: string): never {
  throw new LibraryFault("struct.error", message);
}

const SIZES = "x1c1b1B1?1h2H2i4I4l4L4q8Q8e2f4d8s1p1";
const NATIVE = "x1c1b1B1?1h2H2i4I4l8L8q8Q8e2f4d8s1p1n8N8P8";

function sizeOf(code: string, native: boolean): number {
  const sizes = native ? NATIVE : SIZES;
  const at = sizes.indexOf(code);
  return at < 0 || at % 2 === 1 ? wrong("bad char in struct format") : Number(sizes.charAt(at + 1));
}

/** Reads a format. */
export function parseFormat(format: string): StructFormat {
  spend(format.length);
  const mode = format.charAt(0);
  const prefixed = mode !== "" && "@=<>!".includes(mode);
  const native = !prefixed || mode === "@";
  const items: StructItem[] = [];
  let offset = 0;
  for (let i = prefixed ? 1 : 0; i < format.length; i++) {
    const char = format.charAt(i);
    if (" \t\n\r\v\f".includes(char)) continue;
    let count = 1;
    const start = i;
    while (format.charAt(i) >= "0" && format.charAt(i) <= "9") i++;
    if (i > start) {
      count = Number(format.slice(start, i));
      if (i === format.length) wrong("repeat count given without format specifier");
    }
    const code = format.charAt(i);
    const size = sizeOf(code, native);
    if (native && !"sp".includes(code)) offset = Math.ceil(offset / size) * size;
    if (offset + count * size > Number.MAX_SAFE_INTEGER) wrong("total struct size too long");
    if (code === "s" || code === "p") items.push({ code, offset, size: count });
    else if (code !== "x") {
      spend(count);
      allocate(count * 32);
      for (let k = 0; k < count; k++) items.push({ code, offset: offset + k * size, size });
    }
    offset += count * size;
  }
  return { little: mode !== ">" && mode !== "!", native, size: offset, items };
}

const SHORT: Record<string, string> = { b: "byte", B: "ubyte", h: "short", H: "ushort" };

function packInt(view: DataView, item: StructItem, little: boolean, value: Int): void {
  const { code, offset, size } = item;
  const big = BigInt(value);
  const signed = code === code.toLowerCase();
  const unsignedWide = !signed && (!(code in SHORT) || (!little && size === 2));
  const wide = unsignedWide ? BigInt.asUintN(64, big) : BigInt.asIntN(64, big);
  if (wide !== big) {
    wrong(size === 8 && !little ? "int too large to convert" : "argument out of range");
  }
  const bits = size * 8;
  if ((signed ? BigInt.asIntN(bits, big) : BigInt.asUintN(bits, big)) !== big) {
    const least = signed ? -(2n ** BigInt(bits - 1)) : 0n;
    const most = 2n ** BigInt(signed ? bits - 1 : bits) - 1n;
    wrong(
      `${(size === 1 || little ? SHORT[code] : undefined) ?? `'${code}'`} format requires ${least} <= number <= ${most}`,
    );
  }
  if (size === 8) view.setBigUint64(offset, BigInt.asUintN(64, big), little);
  else if (size === 4) view.setUint32(offset, Number(big), little);
  else if (size === 2) view.setUint16(offset, Number(big), little);
  else view.setUint8(offset, Number(big));
}

function packFloat(view: DataView, format: StructFormat, item: StructItem, value: number): void {
  const { code, offset } = item;
  const { little, native } = format;
  if (code === "d") view.setFloat64(offset, value, little);
  else {
    if (code === "e") view.setFloat16(offset, value, little);
    else view.setFloat32(offset, value, little);
    const stored = code === "e" ? view.getFloat16(offset, little) : view.getFloat32(offset, little);
    if (stored - stored !== 0 && value - value === 0 && !(native && code === "f")) {
      fault("OverflowError", `float too large to pack with ${code} format`);
    }
  }
}

/** The bytes of values, one for each item. */
export function pack(format: StructFormat, values: readonly StructValue[]): Uint8Array {
  if (values.length !== format.items.length) {
    wrong(`pack expected ${format.items.length} items for packing (got ${values.length})`);
  }
  allocate(format.size);
  spend(format.size >> 3);
  const bytes = new Uint8Array(format.size);
  const view = new DataView(bytes.buffer);
  format.items.forEach((item, i) => {
    const { code, offset, size } = item;
    const value = values[i]!;
    if (code === "?") view.setUint8(offset, value ? 1 : 0);
    else if (value instanceof Uint8Array) {
      if (code === "c") {
        if (value.length !== 1) wrong("char format requires a bytes object of length 1");
        bytes[offset] = value[0]!;
      } else if (code === "s") bytes.set(value.subarray(0, size), offset);
      else if (code === "p") {
        if (size > 0) {
          bytes.set(value.subarray(0, size - 1), offset + 1);
          bytes[offset] = Math.min(value.length, size - 1, 255);
        }
      } else {
        wrong(`required argument is not ${"efd".includes(code) ? "a float" : "an integer"}`);
      }
    } else if (code === "c") wrong("char format requires a bytes object of length 1");
    else if ("sp".includes(code)) wrong(`argument for '${code}' must be a bytes object`);
    else if ("efd".includes(code)) packFloat(view, format, item, Number(value));
    else packInt(view, item, format.little, typeof value === "boolean" ? Number(value) : value);
  });
  return bytes;
}

/** The values in bytes, whose length is the format's from `start` on. */
export function unpack(format: StructFormat, bytes: Uint8Array, start = 0): StructValue[] {
  spend(format.items.length);
  allocate(format.items.length * 8 + format.size);
  const { little } = format;
  const view = new DataView(bytes.buffer, bytes.byteOffset + start, bytes.length - start);
  return format.items.map(({ code, offset, size }) => {
    if (code === "e") return view.getFloat16(offset, little);
    if (code === "f") return view.getFloat32(offset, little);
    if (code === "d") return view.getFloat64(offset, little);
    if (code === "?") return view.getUint8(offset) !== 0;
    const at = start + offset;
    if (code === "c" || code === "s") return bytes.slice(at, at + size);
    if (code === "p") {
      return size === 0
        ? new Uint8Array(0)
        : bytes.slice(at + 1, at + 1 + Math.min(bytes[at]!, size - 1));
    }
    const signed = code === code.toLowerCase();
    if (size === 8) {
      return canonical(
        signed ? view.getBigInt64(offset, little) : view.getBigUint64(offset, little),
      );
    }
    if (size === 4) return signed ? view.getInt32(offset, little) : view.getUint32(offset, little);
    if (size === 2) return signed ? view.getInt16(offset, little) : view.getUint16(offset, little);
    return signed ? view.getInt8(offset) : view.getUint8(offset);
  });
}

/** struct.unpack: the bytes are the format's and no more. */
export function unpackWhole(format: StructFormat, bytes: Uint8Array): StructValue[] {
  if (bytes.length !== format.size) wrong(`unpack requires a buffer of ${format.size} bytes`);
  return unpack(format, bytes);
}

/** Where struct.unpack_from and pack_into begin; an offset below zero counts from the end. */
export function resolveOffset(
  format: StructFormat,
  length: number,
  offset: number,
  packing: boolean,
): number {
  const { size } = format;
  if (offset < 0) {
    if (offset + size > 0) {
      wrong(
        packing
          ? `no space to pack ${size} bytes at offset ${offset}`
          : `not enough data to unpack ${size} bytes at offset ${offset}`,
      );
    }
    if (offset + length < 0) wrong(`offset ${offset} out of range for ${length}-byte buffer`);
    return offset + length;
  }
  if (length - offset < size) {
    const [name, doing] = packing ? ["pack_into", "packing"] : ["unpack_from", "unpacking"];
    wrong(
      `${name} requires a buffer of at least ${size + offset} bytes for ${doing} ${size} bytes at offset ${offset} (actual buffer size is ${length})`,
    );
  }
  return offset;
}
