/** What an `array.array` holds: numbers of one kind, side by side in memory. */
import { allocate, spend } from "../../budget.ts";
import { fault } from "../../fault.ts";
import { canonical } from "../../numeric/sizes.ts";
import type { ByteSource } from "../../objects/bytes.ts";
import { PyFloat } from "../../objects/float.ts";
import { PyObject, type Value } from "../../objects/object.ts";
import { realOf } from "../../operations/numbers.ts";
import { textOf } from "../../operations/repr.ts";
import { requireIndex } from "../../operations/subscript.ts";
import { chr, pointAt, sizeOf } from "../../text/wide.ts";

/** The part of JavaScript's typed arrays that all of them share, whatever they hold. */
export interface Cells {
  [index: number]: number | bigint;
  readonly length: number;
  readonly buffer: ArrayBuffer;
  set(other: Cells, at?: number): void;
  slice(start?: number, stop?: number): Cells;
  subarray(start: number, stop: number): Cells;
  copyWithin(to: number, start: number, stop: number): Cells;
  reverse(): Cells;
}

export interface Kind {
  readonly code: string;
  /** Bytes. */
  readonly width: number;
  /** CPython's number of the format that pickles name, where it is little-endian. */
  readonly format: number;
  make(source: number | ArrayBuffer): Cells;
}

function kind(
  code: string,
  format: number,
  Made: { new (source: never): unknown; readonly BYTES_PER_ELEMENT: number },
): Kind {
  return {
    code,
    format,
    width: Made.BYTES_PER_ELEMENT,
    make: (source) => new Made(source as never) as Cells,
  };
}

/** By their codes, which stand for the sizes that C has on 64-bit machines. */
export const KINDS: readonly Kind[] = [
  kind("b", 1, Int8Array),
  kind("B", 0, Uint8Array),
  kind("u", 20, Uint32Array),
  kind("h", 4, Int16Array),
  kind("H", 2, Uint16Array),
  kind("i", 8, Int32Array),
  kind("I", 6, Uint32Array),
  kind("l", 12, BigInt64Array),
  kind("L", 10, BigUint64Array),
  kind("q", 12, BigInt64Array),
  kind("Q", 10, BigUint64Array),
  kind("f", 14, Float32Array),
  kind("d", 16, Float64Array),
];

const LEAST = 8;

/** `array.array`: its cells lie in a store that has room to grow. */
export class PyArray extends PyObject implements ByteSource {
  readonly kind: Kind;
  private store: Cells;
  size: number;

  constructor(of: Kind, cells: Cells = of.make(0)) {
    super();
    this.kind = of;
    this.store = cells;
    this.size = cells.length;
  }

  /** What it holds, to be read and written until its length changes. */
  get cells(): Cells {
    return this.size === this.store.length ? this.store : this.store.subarray(0, this.size);
  }

  byteView(): Uint8Array {
    return new Uint8Array(this.store.buffer, 0, this.size * this.kind.width);
  }

  /** The letter by which a memoryview shows it: CPython has one of its own for characters. */
  get letter(): string {
    return this.kind.code === "u" ? "w" : this.kind.code;
  }

  get itemSize(): number {
    return this.kind.width;
  }

  at(index: number): Value {
    const cell = this.store[index]!;
    const { code } = this.kind;
    if (typeof cell === "bigint") return canonical(cell);
    if (code === "u") return character(cell);
    return code === "f" || code === "d" ? new PyFloat(cell) : cell;
  }

  put(index: number, cell: number | bigint): void {
    this.store[index] = cell;
  }

  push(cell: number | bigint): void {
    this.reserve(this.size + 1);
    this.store[this.size++] = cell;
  }

  /** Puts cells, of its own kind, in the place of some. */
  splice(at: number, removed: number, cells: Cells): void {
    const size = this.size - removed + cells.length;
    spend((this.size - at + cells.length) >> 4);
    this.reserve(size);
    const taken = cells.buffer === this.store.buffer ? cells.slice() : cells;
    this.store.copyWithin(at + taken.length, at + removed, this.size);
    this.store.set(taken, at);
    this.size = size;
  }

  private reserve(size: number): void {
    if (size <= this.store.length) return;
    const length = Math.max(size, Math.floor(this.store.length * 1.5), LEAST);
    const store = newCells(this.kind, length);
    store.set(this.cells);
    this.store = store;
  }
}

/** Room for so many cells, paid for. */
export function newCells(of: Kind, count: number): Cells {
  allocate(count * of.width);
  spend(count >> 4);
  if (count * of.width > 0x7fffffff) fault("MemoryError");
  return of.make(count);
}

function character(point: number): Value {
  if (point > 0x10ffff) {
    fault("ValueError", `character U+${point.toString(16)} is not in range [U+0000; U+10ffff]`);
  }
  return chr(point) as Value;
}

const LEAST_LONG = -(2n ** 63n);
const MOST_LONG = 2n ** 63n - 1n;
const MOST_UNSIGNED_LONG = 2n ** 64n - 1n;

/** Throws OverflowError, in C's words, where an int lies outside of what its type holds. */
function within(int: number | bigint, least: number, most: number, what: string): void {
  if (int < least) fault("OverflowError", `${what} is less than minimum`);
  if (int > most) fault("OverflowError", `${what} is greater than maximum`);
}

/** What a value is in an array of a kind; throws TypeError or OverflowError. */
export function toCell(of: Kind, value: Value): number | bigint {
  const { code } = of;
  if (code === "u") {
    const text = textOf(value);
    if (text === undefined || sizeOf(text) !== 1)
      fault("TypeError", "array item must be unicode character");
    return pointAt(text, 0);
  }
  if (code === "d" || code === "f") return realOf(value);
  const int = requireIndex(value);
  if (code === "q" || code === "Q") return toLongLong(int, code === "Q");
  if (code === "I" || code === "L") return toUnsigned(int, code === "I");
  if (int < LEAST_LONG || int > MOST_LONG)
    fault("OverflowError", "Python int too large to convert to C long");
  if (code === "l") return BigInt(int);
  if (code === "B") within(int, 0, 0xff, "unsigned byte integer");
  else if (code === "b" || code === "h") within(int, -0x8000, 0x7fff, "signed short integer");
  else within(int, -0x80000000, 0x7fffffff, "signed integer");
  if (code === "b") within(int, -0x80, 0x7f, "signed char");
  if (code === "H") within(int, 0, 0xffff, "unsigned short");
  return Number(int);
}

function toLongLong(int: number | bigint, unsigned: boolean): bigint {
  if (unsigned && int < 0) fault("OverflowError", "can't convert negative int to unsigned");
  if (int < LEAST_LONG || int > (unsigned ? MOST_UNSIGNED_LONG : MOST_LONG))
    fault("OverflowError", "int too big to convert");
  return BigInt(int);
}

function toUnsigned(int: number | bigint, short: boolean): number | bigint {
  if (int < 0) fault("OverflowError", "can't convert negative value to unsigned int");
  if (int > MOST_UNSIGNED_LONG)
    fault("OverflowError", "Python int too large to convert to C unsigned long");
  if (!short) return BigInt(int);
  if (int > 0xffffffff) fault("OverflowError", "unsigned int is greater than maximum");
  return Number(int);
}
