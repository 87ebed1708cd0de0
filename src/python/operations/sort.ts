/**
 * Sorting as Python does it: stable, by `<` alone, quick on what is in order
 * already. Runs that ascend (or strictly descend) are found and merged, short
 * ones after they were filled up by binary insertion; which runs are merged
 * when follows timsort's rule (https://github.com/python/cpython/blob/main/Objects/listsort.txt).
 */
import { allocate, spend } from "../budget.ts";
import { PyFloat, floatType } from "../objects/float.ts";
import { PyObject, type Value } from "../objects/object.ts";
import { PyTuple, tupleType } from "../objects/tuple.ts";
import { equal, isLt } from "./compare.ts";

/** Whether the first comes before the second. */
export type Less<T> = (a: T, b: T) => boolean;

/** Sorts an array in place, and `beside` in the same way. If `<` throws, both are as they were. */
export function sortValues(keys: Value[], beside?: Value[]): void {
  const size = keys.length;
  if (size < 2) return;
  // Twice the logarithm: comparing and moving.
  spend(size * 2 * (32 - Math.clz32(size)));
  allocate(size * 16);
  const kind = kindOf(keys);
  if (kind === "number") sortNumbers(keys as number[], beside);
  else if (kind === "string") sortBy(keys as string[], (a, b) => a < b, beside);
  else if (kind === "float") sortBy(keys as PyFloat[], (a, b) => a.v < b.v, beside);
  else if (kind === "tuple") sortBy(keys as PyTuple[], tupleLess, beside);
  else sortBy(keys, metered, beside);
}

type Kind = "number" | "string" | "float" | "tuple" | "other";

function kindOfOne(value: Value): Kind {
  if (typeof value === "number" || typeof value === "string") return typeof value as Kind;
  const type = (value as PyObject).type;
  if (type === floatType) return "float";
  return type === tupleType ? "tuple" : "other";
}

/** What all of the keys are. */
function kindOf(keys: readonly Value[]): Kind {
  const kind = kindOfOne(keys[0]!);
  if (kind === "other") return kind;
  for (let i = 1; i < keys.length; i++) if (kindOfOne(keys[i]!) !== kind) return "other";
  return kind;
}

function metered(a: Value, b: Value): boolean {
  spend(1);
  return isLt(a, b);
}

/** `<` of tuples: by their first items that differ. */
function tupleLess(a: PyTuple, b: PyTuple): boolean {
  const x = a.items;
  const y = b.items;
  const size = Math.min(x.length, y.length);
  for (let i = 0; i < size; i++) {
    const p = x[i]!;
    const q = y[i]!;
    if (p === q) continue;
    if (typeof p === "number" && typeof q === "number") return p < q;
    if (typeof p === "string" && typeof q === "string") return p < q;
    spend(1);
    if (!equal(p, q)) return isLt(p, q);
  }
  return x.length < y.length;
}

/** Ints that are exact have no identity, so their order among equals cannot be told. */
function sortNumbers(keys: number[], beside: Value[] | undefined): void {
  if (beside !== undefined) {
    if (!sortPacked(keys, beside)) sortBy(keys, (a, b) => a < b, beside);
    return;
  }
  const sorted = new Float64Array(keys.length);
  for (let i = 0; i < keys.length; i++) sorted[i] = keys[i]!;
  sorted.sort();
  for (let i = 0; i < sorted.length; i++) keys[i] = sorted[i]!;
}

/** Sorts keys together with their places where both fit into one number; false where they do not. */
function sortPacked(keys: number[], beside: Value[]): boolean {
  const size = keys.length;
  const span = 2 ** (32 - Math.clz32(size));
  const most = Math.floor(Number.MAX_SAFE_INTEGER / span) - 1;
  const packed = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    const key = keys[i]!;
    if (key > most || key < -most) return false;
    packed[i] = key * span + i;
  }
  packed.sort();
  const values = beside.slice();
  for (let i = 0; i < size; i++) {
    const both = packed[i]!;
    const key = Math.floor(both / span);
    keys[i] = key;
    beside[i] = values[both - key * span]!;
  }
  return true;
}

/** Runs shorter than this are filled up by insertion. */
const SHORT = 32;

function sortBy<T>(keys: T[], less: Less<T>, beside: Value[] | undefined): void {
  if (beside === undefined) {
    sortRuns(keys, less);
    return;
  }
  const before = keys.slice();
  const places = sortPlaces(before, less);
  const values = beside.slice();
  for (let i = 0; i < places.length; i++) {
    keys[i] = before[places[i]!]!;
    beside[i] = values[places[i]!]!;
  }
}

/** The places of the keys in their order. */
function sortPlaces<T>(keys: readonly T[], less: Less<T>): number[] {
  const places = keys.map((_, i) => i);
  sortRuns(places, (a, b) => less(keys[a]!, keys[b]!));
  return places;
}

/** Sorts in place; if `less` throws, the array is as it was. */
function sortRuns<T>(array: T[], less: Less<T>): void {
  const before = array.slice();
  try {
    mergeRuns(array, less);
  } catch (error) {
    for (let i = 0; i < before.length; i++) array[i] = before[i]!;
    throw error;
  }
}

function mergeRuns<T>(work: T[], less: Less<T>): void {
  const spare: T[] = [];
  const starts: number[] = [];
  const sizes: number[] = [];
  let at = 0;
  while (at < work.length) {
    let size = runFrom(work, at, less);
    if (size < SHORT) {
      const wanted = Math.min(SHORT, work.length - at);
      insertInto(work, at, at + size, at + wanted, less);
      size = wanted;
    }
    starts.push(at);
    sizes.push(size);
    at += size;
    settle(work, spare, starts, sizes, less);
  }
  while (starts.length > 1) mergeAt(work, spare, starts, sizes, starts.length - 2, less);
}

/** The length of the run that begins at a place, which ascends afterwards. */
function runFrom<T>(work: T[], from: number, less: Less<T>): number {
  let end = from + 1;
  if (end >= work.length) return work.length - from;
  if (less(work[end]!, work[from]!)) {
    end++;
    while (end < work.length && less(work[end]!, work[end - 1]!)) end++;
    for (let i = from, j = end - 1; i < j; i++, j--) {
      const item = work[i]!;
      work[i] = work[j]!;
      work[j] = item;
    }
  } else {
    end++;
    while (end < work.length && !less(work[end]!, work[end - 1]!)) end++;
  }
  return end - from;
}

/** Insertion of the items from `from` to `end` into the run before them, by halves. */
function insertInto<T>(work: T[], start: number, from: number, end: number, less: Less<T>): void {
  for (let i = from; i < end; i++) {
    const item = work[i]!;
    let low = start;
    let high = i;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (less(item, work[middle]!)) high = middle;
      else low = middle + 1;
    }
    for (let j = i; j > low; j--) work[j] = work[j - 1]!;
    work[low] = item;
  }
}

/** Merges until each run is longer than the two behind it together. */
function settle<T>(work: T[], spare: T[], starts: number[], sizes: number[], less: Less<T>): void {
  while (sizes.length > 1) {
    const n = sizes.length - 2;
    const tooSmall =
      (n > 0 && sizes[n - 1]! <= sizes[n]! + sizes[n + 1]!) ||
      (n > 1 && sizes[n - 2]! <= sizes[n - 1]! + sizes[n]!);
    if (tooSmall && sizes[n - 1]! < sizes[n + 1]!) mergeAt(work, spare, starts, sizes, n - 1, less);
    else if (tooSmall || sizes[n]! <= sizes[n + 1]!) mergeAt(work, spare, starts, sizes, n, less);
    else return;
  }
}

/** Merges run number `n` with the next one. */
function mergeAt<T>(
  work: T[],
  spare: T[],
  starts: number[],
  sizes: number[],
  n: number,
  less: Less<T>,
): void {
  const start = starts[n]!;
  const middle = starts[n + 1]!;
  const end = middle + sizes[n + 1]!;
  sizes[n]! += sizes[n + 1]!;
  starts.splice(n + 1, 1);
  sizes.splice(n + 1, 1);
  // Runs that follow one another in order need nothing.
  if (!less(work[middle]!, work[middle - 1]!)) return;
  if (middle - start <= end - middle) mergeUp(work, spare, start, middle, end, less);
  else mergeDown(work, spare, start, middle, end, less);
}

function mergeUp<T>(
  work: T[],
  spare: T[],
  start: number,
  middle: number,
  end: number,
  less: Less<T>,
): void {
  const count = middle - start;
  for (let i = 0; i < count; i++) spare[i] = work[start + i]!;
  let left = 0;
  let right = middle;
  let to = start;
  while (left < count && right < end) {
    if (less(work[right]!, spare[left]!)) work[to++] = work[right++]!;
    else work[to++] = spare[left++]!;
  }
  while (left < count) work[to++] = spare[left++]!;
}

function mergeDown<T>(
  work: T[],
  spare: T[],
  start: number,
  middle: number,
  end: number,
  less: Less<T>,
): void {
  const count = end - middle;
  for (let i = 0; i < count; i++) spare[i] = work[middle + i]!;
  let left = middle - 1;
  let right = count - 1;
  let to = end - 1;
  while (left >= start && right >= 0) {
    if (less(spare[right]!, work[left]!)) work[to--] = work[left--]!;
    else work[to--] = spare[right--]!;
  }
  while (right >= 0) work[to--] = spare[right--]!;
}
