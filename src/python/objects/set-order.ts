/**
 * The order in which CPython's sets give their members, for those whose hashes are the same in every process:
 * numbers, and tuples of them. Programs print sets of ints and compare what was printed, so the order is part
 * of what they do. The table is CPython's: open addressing, nine places in a row, then a jump that mixes in the
 * higher bits of the hash (https://github.com/python/cpython/blob/3.11/Objects/setobject.c). It is made when an
 * order is first asked for, and kept up from then on; texts and objects stay in the order they were added.
 */
import { allocate, spend } from "../budget.ts";
import { hashFloat, hashInt } from "../numeric/hashes.ts";
import { filled } from "./arrays.ts";
import { floatType, type PyFloat } from "./float.ts";
import type { PyObject, Value } from "./object.ts";
import { PyTuple, tupleType } from "./tuple.ts";

const IN_A_ROW = 9;
/** Stands where a member was taken out. */
const GONE = Symbol("gone");

/** The halves of the last hash that was made: two results without an object. */
let high = 0;
let low = 0;

/** Finds CPython's hash of a value; false for what has another one in each process. */
function hashed(value: Value): boolean {
  if (typeof value === "number") {
    const code = value === -1 ? -2 : value;
    low = code | 0;
    high = Math.floor(code / 0x100000000) | 0;
    return true;
  }
  if (typeof value === "boolean") {
    low = value ? 1 : 0;
    high = 0;
    return true;
  }
  if (typeof value === "bigint") return split(hashInt(value));
  if (typeof value === "string") return false;
  if (value.type === floatType) {
    const { v } = value as PyObject & PyFloat;
    return !Number.isNaN(v) && split(hashFloat(v));
  }
  return value.type === tupleType && hashedTuple((value as PyTuple).items);
}

function split(code: number | bigint): boolean {
  if (typeof code === "number") return hashed(code);
  const bits = BigInt.asUintN(64, code);
  low = Number(bits & 0xffffffffn) | 0;
  high = Number(bits >> 32n) | 0;
  return true;
}

/** high:low times a constant, by 16 bits at a time. */
function multiply(h: number, l: number, ch: number, cl: number): void {
  const l0 = l & 0xffff;
  const l1 = l >>> 16;
  const c0 = cl & 0xffff;
  const c1 = cl >>> 16;
  const p00 = l0 * c0;
  const p01 = l0 * c1;
  const p10 = l1 * c0;
  const middle = (p00 >>> 16) + (p01 & 0xffff) + (p10 & 0xffff);
  low = (p00 & 0xffff) | (middle << 16) | 0;
  const carry = Math.floor(middle / 0x10000) + (p01 >>> 16) + (p10 >>> 16) + l1 * c1;
  high = (carry + Math.imul(l, ch) + Math.imul(h, cl)) | 0;
}

function sum(h1: number, l1: number, h2: number, l2: number): void {
  const l = (l1 >>> 0) + (l2 >>> 0);
  low = l | 0;
  high = (h1 + h2 + (l > 0xffffffff ? 1 : 0)) | 0;
}

/** CPython's hash of a tuple: xxHash with the hashes of its items (https://github.com/Cyan4973/xxHash). */
function hashedTuple(items: readonly Value[]): boolean {
  spend(items.length);
  let h = 0x27d4eb2f;
  let l = 0x165667c5;
  for (const item of items) {
    if (typeof item === "object" && item.type === tupleType && (item as PyTuple).items.length > 64)
      return false;
    if (!hashed(item)) return false;
    multiply(high, low, 0xc2b2ae3d, 0x27d4eb4f);
    sum(h, l, high, low);
    // Turned left by 31.
    const turned = (high << 31) | (low >>> 1) | 0;
    const rest = (low << 31) | (high >>> 1) | 0;
    multiply(turned, rest, 0x9e3779b1, 0x85ebca87);
    h = high;
    l = low;
  }
  const length = items.length;
  sum(h, l, 0x27d4eb2f, (length ^ (0x165667c5 ^ 3527539)) | 0);
  if (high === -1 && low === -1) {
    high = 0;
    low = 1546275796;
  }
  return true;
}

/** How a set began: with a table of so many places, and so many members that were copied into it. */
export interface Origin {
  readonly copied: number;
  readonly places: number;
}

/** The size of a table for more than so many members. */
export function placesFor(members: number): number {
  let places = 8;
  while (places <= members) places *= 2;
  return places;
}

export class SetOrder {
  private keys: (Value | typeof GONE | undefined)[];
  private mask: number;
  /** Places that are or were taken. */
  private fill = 0;
  private used = 0;
  private finger = 0;

  private constructor(places: number) {
    this.keys = filled(places, undefined);
    this.mask = places - 1;
  }

  /** The order of members that were added one after the other; `undefined` where it is no matter of numbers. */
  static of(
    members: Iterable<Value>,
    size: number,
    origin: Origin | undefined,
  ): SetOrder | undefined {
    const order = new SetOrder(origin?.places ?? 8);
    allocate(size * 16);
    let left = origin?.copied ?? 0;
    for (const key of members) {
      spend(1);
      if (left-- > 0) {
        if (!hashed(key)) return undefined;
        order.place(key);
        order.fill++;
        order.used++;
      } else if (!order.add(key)) return undefined;
    }
    return order;
  }

  /** How a copy of this set would be made. */
  get copyPlaces(): number {
    return this.used * 5 >= 7 * 3 ? placesFor(this.used * 2) : 8;
  }

  /** Makes room for so many more at once, as before a set or dict is added. */
  reserve(more: number): void {
    if ((this.fill + more) * 5 >= this.mask * 3) this.resize((this.used + more) * 2);
  }

  /** A copy as it is, where a copied set would have a table of the same size. */
  clone(): SetOrder | undefined {
    if (this.mask + 1 !== this.copyPlaces || this.fill !== this.used) return undefined;
    const copy = new SetOrder(1);
    copy.keys = this.keys.slice();
    copy.mask = this.mask;
    copy.fill = copy.used = this.used;
    return copy;
  }

  /** Adds a member that is not there; false where its hash is its own in each process. */
  add(key: Value): boolean {
    if (!hashed(key)) return false;
    const at = this.search(undefined);
    this.used++;
    if (this.keys[at] === GONE) {
      this.keys[at] = key;
      return true;
    }
    this.keys[at] = key;
    this.fill++;
    if (this.fill * 5 >= this.mask * 3)
      this.resize(this.used > 50_000 ? this.used * 2 : this.used * 4);
    return true;
  }

  /** Puts a key whose hash was just made where there was never one. */
  private place(key: Value): void {
    const at = this.search(undefined);
    this.keys[at] = key;
  }

  /** The place of a key, or of the first free one on its way. */
  private search(key: Value | undefined): number {
    const { keys, mask } = this;
    let h = high;
    let l = low;
    let i = l & mask;
    let free = -1;
    for (;;) {
      const end = i + IN_A_ROW <= mask ? i + IN_A_ROW : i;
      for (let at = i; at <= end; at++) {
        const one = keys[at];
        if (one === key && key !== undefined) return at;
        if (one === undefined) return key === undefined && free >= 0 ? free : at;
        if (one === GONE) free = at;
      }
      l = (l >>> 5) | (h << 27) | 0;
      h >>>= 5;
      i = (Math.imul(i, 5) + 1 + l) & mask;
    }
  }

  /** Takes a member out. */
  remove(key: Value): void {
    if (!hashed(key)) return;
    const at = this.search(key);
    if (this.keys[at] === undefined) return;
    this.keys[at] = GONE;
    this.used--;
  }

  /** The member that `pop` takes. */
  first(): Value | undefined {
    if (this.used === 0) return undefined;
    let at = this.finger & this.mask;
    for (;;) {
      spend(1);
      const key = this.keys[at];
      at++;
      if (key !== undefined && key !== GONE) {
        this.finger = at;
        return key as Value;
      }
      if (at > this.mask) at = 0;
    }
  }

  *members(): IterableIterator<Value> {
    const { keys } = this;
    for (let i = 0; i < keys.length; i++) {
      const key = keys[i];
      if (key !== undefined && key !== GONE) yield key as Value;
    }
  }

  /** As after many were taken out at once: where more than a quarter of the places are of no use, they go. */
  tidy(): void {
    if (this.fill - this.used > Math.floor(this.mask / 4)) {
      this.resize(this.used > 50_000 ? this.used * 2 : this.used * 4);
    }
  }

  private resize(members: number): void {
    const places = placesFor(members);
    spend(places >> 2);
    allocate(places * 8);
    const before = this.keys;
    this.keys = filled(places, undefined);
    this.mask = places - 1;
    this.fill = this.used;
    for (const key of before) {
      if (key === undefined || key === GONE) continue;
      hashed(key as Value);
      this.place(key as Value);
    }
  }
}
