/** What `bytes`, `bytearray` and their callers share: making bytes of things, and telling what is an argument. */
import { allocate, spend } from "../budget.ts";
import { fault } from "../fault.ts";
import { bufferOf, PyBytes } from "../objects/bytes.ts";
import { None, type Value } from "../objects/object.ts";
import { PyTuple } from "../objects/tuple.ts";
import { lookup } from "../objects/type.ts";
import { decode } from "../text/decode.ts";
import { encode } from "../text/encode.ts";
import { requireText } from "./arguments.ts";
import { callSpecial } from "./call.ts";
import { iterate } from "./iterate.ts";
import { textOf } from "./repr.ts";
import { indexOf, requireIndex } from "./subscript.ts";
import { typeName, typeOf } from "./typeof.ts";

/** Bytes as text of the same length, so that what searches and splits text does it for bytes. */
export function latin(data: Uint8Array): string {
  return decode(data, "latin-1") as string;
}

/** The way back. */
export function fromLatin(text: string): Uint8Array {
  return encode(text, "latin-1");
}

/** The bytes of a bytes-like argument; throws TypeError. */
export function requireBytes(value: Value): Uint8Array {
  return (
    bufferOf(value) ??
    fault("TypeError", `a bytes-like object is required, not '${typeName(value)}'`)
  );
}

/** One byte: an int from 0 to 255. */
export function requireByte(value: Value, what = "byte"): number {
  const index = requireIndex(value);
  if (index < 0 || index > 255) fault("ValueError", `${what} must be in range(0, 256)`);
  return Number(index);
}

/** What `find`, `count` and `in` look for: bytes, or one byte. */
export function soughtBytes(value: Value): Uint8Array {
  const buffer = bufferOf(value);
  if (buffer !== undefined) return buffer;
  const index = indexOf(value);
  if (index === undefined) {
    fault("TypeError", `argument should be integer or bytes-like object, not '${typeName(value)}'`);
  }
  return Uint8Array.of(requireByte(index as Value));
}

/** What the constructors of `bytes` and `bytearray` make of their arguments. */
export function bytesFrom(
  what: "bytes" | "bytearray",
  source: Value | undefined,
  encoding: Value | undefined,
  errors: Value | undefined,
): Uint8Array {
  const text = source === undefined ? undefined : textOf(source);
  if (encoding !== undefined || errors !== undefined) {
    if (text === undefined) {
      const which = encoding === undefined ? "errors" : "encoding";
      fault("TypeError", `${which} without a string argument`);
    }
    if (encoding === undefined) fault("TypeError", "string argument without an encoding");
    const codec = String(requireText(encoding, `${what}() argument 'encoding' `));
    const handler =
      errors === undefined ? "strict" : String(requireText(errors, `${what}() argument 'errors' `));
    return encode(text, codec, handler);
  }
  if (source === undefined) return new Uint8Array(0);
  if (text !== undefined) fault("TypeError", "string argument without an encoding");
  if (what === "bytes" && !(source instanceof PyBytes && !source.type.open)) {
    const made = typeof source === "object" ? callSpecial(source, "__bytes__") : undefined;
    if (made !== undefined) {
      if (made instanceof PyBytes) return made.data;
      fault("TypeError", `__bytes__ returned non-bytes (type ${typeName(made)})`);
    }
  }
  const buffer = bufferOf(source);
  if (buffer !== undefined) {
    allocate(buffer.length);
    spend(buffer.length >>> 6);
    return buffer.slice();
  }
  if (lookup(typeOf(source), "__index__") !== undefined || typeof source !== "object")
    return zeros(source);
  if (source === None || !canIterate(source)) {
    fault("TypeError", `cannot convert '${typeName(source)}' object to ${what}`);
  }
  return bytesOfItems(source, what === "bytes" ? "bytes" : "byte");
}

function canIterate(value: Value): boolean {
  const type = typeOf(value);
  return lookup(type, "__iter__") !== undefined || lookup(type, "__getitem__") !== undefined;
}

function zeros(count: Value): Uint8Array {
  const size = requireIndex(count);
  if (typeof size === "bigint")
    fault("OverflowError", "cannot fit 'int' into an index-sized integer");
  if (size < 0) fault("ValueError", "negative count");
  allocate(size);
  if (size > 0x7fffffff) fault("MemoryError");
  return new Uint8Array(size);
}

/** The bytes that an iterable's ints are. */
export function bytesOfItems(source: Value, what = "byte"): Uint8Array {
  if (source instanceof PyTuple) {
    const { items } = source;
    spend(items.length);
    allocate(items.length);
    return Uint8Array.from(items, (item) => requireByte(item, what));
  }
  const bytes: number[] = [];
  const iterator = iterate(source);
  let item: Value | undefined;
  while ((item = iterator.next()) !== undefined) {
    spend(1);
    allocate(8);
    bytes.push(requireByte(item, what));
  }
  return Uint8Array.from(bytes);
}
