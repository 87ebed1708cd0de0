/**
 * What dict and set are made of: a JavaScript Map that remembers the order of
 * insertion. Strings and ints are their own keys in it; so is an object that
 * is equal to itself alone. A bool or a whole float goes under the int that it
 * equals, with the key as it was given beside it. All other keys are found by
 * hash, in buckets, and stand in the map as the object that came first.
 */
import { allocate, spend } from "../budget.ts";
import { equal } from "../operations/compare.ts";
import { hash, isIdentityHashed } from "../operations/hash.ts";
import { PyFloat, floatType } from "./float.ts";
import { PyObject, type Value } from "./object.ts";
import { PyIntObject, PyStrObject } from "./scalars.ts";
import { lookup } from "./type.ts";
import { intType, strType } from "./scalars.ts";

const ENTRY_BYTES = 64;

export class Keyed<V> extends PyObject {
  map: Map<Value, V> = new Map();
  /** Keys as they were given, for those that stand under another value. */
  aliases: Map<Value, Value> | undefined = undefined;
  buckets: Map<Value, Value[]> | undefined = undefined;
  /** All keys in order, for taking from the end, once that was done. What was removed meanwhile may still be in it. */
  private tail: Value[] | undefined = undefined;
  /** Strings by their hashes, once a key with an `__eq__` of its own was looked for; some may be gone. */
  private texts: Map<Value, string[]> | undefined = undefined;

  get size(): number {
    return this.map.size;
  }

  get(key: Value): V | undefined {
    if (typeof key === "string" || typeof key === "number") {
      const value = this.map.get(key);
      if (value !== undefined || this.buckets === undefined) return value;
    }
    const at = this.find(key);
    return at === undefined ? undefined : this.map.get(at);
  }

  has(key: Value): boolean {
    if ((typeof key === "string" || typeof key === "number") && this.buckets === undefined) {
      return this.map.has(key);
    }
    return this.find(key) !== undefined;
  }

  set(key: Value, value: V): void {
    const map = this.map;
    const before = map.size;
    let at = key;
    if ((typeof key === "string" || typeof key === "number") && this.buckets === undefined) {
      map.set(key, value);
    } else map.set((at = this.find(key) ?? this.place(key)), value);
    if (map.size !== before) {
      allocate(ENTRY_BYTES);
      this.came(at);
    }
  }

  /** Keeps up what was made of the keys when somebody asked. */
  protected came(key: Value): void {
    const { tail, texts } = this;
    if (tail !== undefined) {
      if (tail.length > 64 + 2 * this.map.size) this.tail = undefined;
      else tail.push(key);
    }
    if (texts !== undefined && typeof key === "string") noteText(texts, key);
  }

  /** Removes a key; returns what stood under it. */
  delete(key: Value): V | undefined {
    const at = this.find(key);
    if (at === undefined) return undefined;
    const value = this.map.get(at);
    this.map.delete(at);
    this.aliases?.delete(at);
    if (this.buckets !== undefined && simpleKey(at) === undefined) this.leaveBucket(at);
    return value;
  }

  clear(): void {
    this.map.clear();
    this.aliases = this.buckets = this.tail = this.texts = undefined;
  }

  /** The key as it was given, for one of the map's. */
  given(key: Value): Value {
    return this.aliases?.get(key) ?? key;
  }

  keys(): IterableIterator<Value> {
    return this.aliases === undefined ? this.map.keys() : this.givenKeys();
  }

  values(): IterableIterator<V> {
    return this.map.values();
  }

  entries(): IterableIterator<[Value, V]> {
    return this.aliases === undefined ? this.map.entries() : this.givenEntries();
  }

  private *givenKeys(): IterableIterator<Value> {
    for (const key of this.map.keys()) yield this.given(key);
  }

  private *givenEntries(): IterableIterator<[Value, V]> {
    for (const [key, value] of this.map) yield [this.given(key), value];
  }

  /** Takes the last key out and returns it with its value. */
  popLast(): [Value, V] | undefined {
    if (this.tail === undefined) {
      spend(this.map.size);
      this.tail = [...this.map.keys()];
    }
    let at: Value | undefined;
    while ((at = this.tail.pop()) !== undefined) {
      const value = this.map.get(at);
      if (value === undefined) continue;
      const key = this.given(at);
      this.delete(at);
      return [key, value];
    }
    return undefined;
  }

  /** The map's key that equals this one. */
  find(key: Value): Value | undefined {
    const simple = simpleKey(key);
    if (simple !== undefined) {
      if (this.map.has(simple)) return simple;
      if (this.buckets === undefined) return undefined;
    }
    const code = hash(key);
    if (this.buckets !== undefined) {
      for (const one of this.buckets.get(code) ?? [])
        if (one === key || equal(one, key)) return one;
    }
    return simple === undefined ? this.findSimple(key, code) : undefined;
  }

  /** A key with its own `__eq__` may equal a string or an int. */
  private findSimple(key: Value, code: Value): Value | undefined {
    if (this.map.has(code) && typeof code !== "object" && equal(code, key)) return code;
    if (!(key instanceof PyObject && key.type.open)) return undefined;
    if (this.texts === undefined) {
      spend(this.map.size);
      this.texts = new Map();
      for (const one of this.map.keys()) if (typeof one === "string") noteText(this.texts, one);
    }
    for (const one of this.texts.get(code) ?? []) {
      if (this.map.has(one) && equal(one, key)) return one;
    }
    return undefined;
  }

  /** Makes room for a key that is not there; returns what it stands under. */
  private place(key: Value): Value {
    const simple = simpleKey(key);
    if (simple === undefined) {
      const code = hash(key);
      this.buckets ??= new Map();
      const bucket = this.buckets.get(code);
      if (bucket === undefined) this.buckets.set(code, [key]);
      else bucket.push(key);
      return key;
    }
    if (simple !== key) (this.aliases ??= new Map()).set(simple, key);
    return simple;
  }

  private leaveBucket(key: Value): void {
    const code = hash(key);
    const bucket = this.buckets!.get(code);
    if (bucket === undefined) return;
    const left = bucket.filter((one) => one !== key);
    if (left.length === 0) this.buckets!.delete(code);
    else this.buckets!.set(code, left);
  }

  /** Takes over all of another's entries, into an empty one. */
  copyFrom(other: Keyed<V>): void {
    this.map = new Map(other.map);
    this.tail = this.texts = undefined;
    this.aliases = other.aliases === undefined ? undefined : new Map(other.aliases);
    this.buckets =
      other.buckets === undefined
        ? undefined
        : new Map([...other.buckets].map(([code, keys]) => [code, [...keys]]));
    allocate(this.map.size * ENTRY_BYTES);
  }
}

function noteText(texts: Map<Value, string[]>, text: string): void {
  const code = hash(text);
  const known = texts.get(code);
  if (known === undefined) texts.set(code, [text]);
  else if (!known.includes(text)) known.push(text);
}

/** What a key stands under, where that can be told without its hash. */
function simpleKey(key: Value): Value | undefined {
  if (typeof key === "string" || typeof key === "number" || typeof key === "bigint") return key;
  if (typeof key === "boolean") return key ? 1 : 0;
  if (key instanceof PyFloat && key.type === floatType) {
    if (!Number.isInteger(key.v)) return undefined;
    return Number.isSafeInteger(key.v) ? key.v + 0 : BigInt(key.v);
  }
  if (key instanceof PyIntObject) return inherits(key, intType) ? key.int : undefined;
  if (key instanceof PyStrObject) {
    return typeof key.str === "string" && inherits(key, strType) ? key.str : undefined;
  }
  return key instanceof PyObject && isIdentityHashed(key.type) ? key : undefined;
}

function inherits(key: PyObject, base: typeof intType): boolean {
  return (
    lookup(key.type, "__hash__") === lookup(base, "__hash__") &&
    lookup(key.type, "__eq__") === lookup(base, "__eq__")
  );
}
