/** Order: sorting, the places that would sort, parts, and searching in what is sorted. */
import { fault } from "../../../python/fault.ts";
import { None, type Value } from "../../../python/objects/object.ts";
import { spend } from "../../../python/budget.ts";
import { isRowMajor, memory, PyArray, work } from "../array.ts";
import { type Element, INT64, promoteTypes } from "../dtype.ts";
import { setElement } from "../elements.ts";
import { axisIn, given, intOf, intsOf } from "../failure.ts";
import { needWriteable } from "../ufuncs/run.ts";
import { asArray, cast, copyInto } from "../read.ts";
import type { Table } from "../register.ts";
import { unwrapped } from "../scalar.ts";
import { strideLike } from "../walk.ts";
import { copyOf, elements, inOrder, moved, raveled } from "../views.ts";
import { arraysOf } from "./shapes.ts";

/** Whether one comes before another: nan comes last. */
function isLess(a: Element, b: Element): boolean {
  if (typeof a === "object" || typeof b === "object") {
    const [p, q] = [a, b] as { real: number; imag: number }[];
    return (
      p!.real < q!.real ||
      (p!.real === q!.real && p!.imag < q!.imag) ||
      (p!.real === p!.real && q!.real !== q!.real)
    );
  }
  return a < b || (b !== b && a === a);
}

const SMALL = 16;

/**
 * The places that sort the keys, by the quicksort of three medians that NumPy
 * uses too, so that what is equal comes out in the same order.
 */
function quickPlaces(keys: readonly Element[]): number[] {
  const places = keys.map((_, i) => i);
  const plain = keys.every((one) => typeof one === "number")
    ? Float64Array.from(keys as number[])
    : undefined;
  const less =
    plain === undefined
      ? (a: number, b: number): boolean => isLess(keys[a]!, keys[b]!)
      : (a: number, b: number): boolean => {
          const [x, y] = [plain[a]!, plain[b]!];
          return x < y || (y !== y && x === x);
        };
  const swap = (a: number, b: number): void => {
    const kept = places[a]!;
    places[a] = places[b]!;
    places[b] = kept;
  };
  const stack: [number, number, number][] = [];
  let [left, right] = [0, keys.length - 1];
  let depth = 2 * Math.floor(Math.log2(Math.max(keys.length, 1)));
  for (;;) {
    if (depth < 0) {
      const part = places
        .slice(left, right + 1)
        .sort((a, b) => (less(a, b) ? -1 : less(b, a) ? 1 : 0));
      part.forEach((place, i) => (places[left + i] = place));
    } else {
      while (right - left > SMALL) {
        const middle = left + ((right - left) >> 1);
        if (less(places[middle]!, places[left]!)) swap(middle, left);
        if (less(places[right]!, places[middle]!)) swap(right, middle);
        if (less(places[middle]!, places[left]!)) swap(middle, left);
        const pivot = places[middle]!;
        let [i, j] = [left, right - 1];
        swap(middle, j);
        for (;;) {
          do i++;
          while (less(places[i]!, pivot));
          do j--;
          while (less(pivot, places[j]!));
          if (i >= j) break;
          swap(i, j);
        }
        swap(i, right - 1);
        depth--;
        if (i - left < right - i) {
          stack.push([i + 1, right, depth]);
          right = i - 1;
        } else {
          stack.push([left, i - 1, depth]);
          left = i + 1;
        }
      }
      for (let i = left + 1; i <= right; i++) {
        const one = places[i]!;
        let to = i;
        while (to > left && less(one, places[to - 1]!)) {
          places[to] = places[to - 1]!;
          to--;
        }
        places[to] = one;
      }
    }
    const next = stack.pop();
    if (next === undefined) return places;
    [left, right, depth] = next;
  }
}

/** The places that sort the keys and leave equal ones in order. */
function stablePlaces(keys: readonly Element[]): number[] {
  const order = (a: number, b: number): number =>
    isLess(keys[a]!, keys[b]!) ? -1 : isLess(keys[b]!, keys[a]!) ? 1 : 0;
  return keys.map((_, i) => i).sort(order);
}

function isStable(kind: Value | undefined): boolean {
  const own = given(kind);
  if (own === undefined || own === "quicksort" || own === "heapsort") return false;
  if (own === "stable" || own === "mergesort") return true;
  return fault(
    "ValueError",
    `sort kind must be one of 'quick', 'heap', or 'stable' (got '${String(own)}')`,
  );
}

/** Charges what sorting so many lines of a length costs. */
function charge(size: number, line: number): void {
  spend(1 + Math.ceil(size * Math.log2(line + 2)));
}

/** Sorts a copy along its last axis. */
function sortLines(x: PyArray): PyArray {
  const count = x.shape.at(-1)!;
  charge(x.size, count);
  const { data } = x;
  for (let at = x.offset; at < x.offset + x.size; at += Math.max(count, 1)) {
    if (x.dtype.kind !== "c") (data as Float64Array).subarray(at, at + count).sort();
    else {
      const line = Array.from({ length: count }, (_, i) => data[at + i]!);
      line.sort((a, b) => (isLess(a, b) ? -1 : 1)).forEach((one, i) => (data[at + i] = one));
    }
  }
  return x;
}

function sorted(x: PyArray, axis: Value | undefined): PyArray {
  if (axis === None || x.ndim === 0) {
    if (x.ndim === 0 && axis !== None) axisIn(axis === undefined ? -1 : intOf(axis), 0);
    return sortLines(copyOf(raveled(x), "C"));
  }
  const dim = axisIn(axis === undefined ? -1 : intOf(axis), x.ndim);
  const last = copyOf(moved(x, dim, x.ndim - 1), "C");
  const result = moved(sortLines(last), x.ndim - 1, dim);
  return dim === x.ndim - 1 && isRowMajor(x)
    ? result
    : cast(result, x.dtype, strideLike(x.shape, [x]));
}

function placesSorting(x: PyArray, axis: Value | undefined, kind: Value | undefined): PyArray {
  const stable = isStable(kind);
  const flat = axis === None;
  const line = flat ? raveled(x) : x.ndim === 0 ? x.view([1], [0]) : x;
  const dim = flat ? 0 : axisIn(axis === undefined ? -1 : intOf(axis), line.ndim);
  const last = inOrder(moved(line, dim, line.ndim - 1));
  const count = last.shape.at(-1)!;
  charge(x.size, count);
  const data = memory(INT64, x.size);
  const keys = elements(last);
  for (let at = 0; at < x.size; at += count) {
    const own = keys.slice(at, at + count);
    (stable ? stablePlaces(own) : quickPlaces(own)).forEach(
      (place, i) => (data[at + i] = BigInt(place)),
    );
  }
  return inOrder(moved(new PyArray(data, INT64, last.shape), line.ndim - 1, dim));
}

function checkPlaces(kth: Value, count: number): void {
  for (const place of intsOf(kth)) {
    if (place < -count || place >= count) {
      fault("ValueError", `kth(=${place}) out of bounds (${count})`);
    }
  }
}

/** Where values belong in what is sorted. */
function searched(a: PyArray, v: PyArray, right: boolean): PyArray {
  const dtype = promoteTypes(a.dtype, v.dtype);
  const keys = elements(cast(a, dtype));
  const values = elements(cast(v, dtype));
  const data = memory(INT64, v.size);
  work(values.length * Math.ceil(Math.log2(keys.length + 2)));
  values.forEach((value, i) => {
    let [low, high] = [0, keys.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const before = right ? !isLess(value, keys[middle]!) : isLess(keys[middle]!, value);
      if (before) low = middle + 1;
      else high = middle;
    }
    data[i] = BigInt(low);
  });
  return new PyArray(data, INT64, v.shape);
}

export const SORTING_METHODS: Table = {
  argsort: [
    "a, axis=-1, kind=None, order=None",
    (a: Value, axis?: Value, kind?: Value) => placesSorting(asArray(a), axis, kind),
  ],
  argpartition: [
    "a, kth, axis=-1, kind='introselect', order=None",
    (a: Value, kth: Value, axis?: Value) => {
      const x = asArray(a);
      const dim =
        axis === None ? x.size : x.shape[axisIn(axis === undefined ? -1 : intOf(axis), x.ndim)]!;
      checkPlaces(kth, dim);
      return placesSorting(x, axis, undefined);
    },
  ],
  searchsorted: [
    "a, v, side='left', sorter=None",
    (a: Value, v: Value, side?: Value, sorter?: Value) => {
      const x = asArray(a);
      if (x.ndim !== 1) fault("ValueError", "object too deep for desired array");
      if (side !== undefined && side !== "left" && side !== "right") {
        fault("ValueError", `search side must be 'left' or 'right' (got '${String(side)}')`);
      }
      const order =
        given(sorter) === undefined ? undefined : elements(asArray(sorter!)).map(Number);
      let own = x;
      if (order !== undefined) {
        const keys = elements(x);
        own = new PyArray(memory(x.dtype, x.size), x.dtype, x.shape);
        order.forEach((place, i) => setElement(own.data, x.dtype, i, keys[place]!));
      }
      return unwrapped(searched(own, asArray(v), side === "right"));
    },
  ],
};

export const SORTING: Table = {
  sort: [
    "a, axis=-1, kind=None, order=None",
    (a: Value, axis?: Value, kind?: Value) => {
      isStable(kind);
      return sorted(asArray(a), axis);
    },
  ],
  partition: [
    "a, kth, axis=-1, kind='introselect', order=None",
    (a: Value, kth: Value, axis?: Value) => {
      const x = asArray(a);
      checkPlaces(
        kth,
        axis === None ? x.size : x.shape[axisIn(axis === undefined ? -1 : intOf(axis), x.ndim)]!,
      );
      return sorted(x, axis);
    },
  ],
  lexsort: [
    "keys, axis=-1",
    (keys: Value) => {
      const list = arraysOf(keys);
      if (list.length === 0) fault("TypeError", "need sequence of keys with len > 0 in lexsort");
      const columns = list.map(elements);
      const count = columns[0]!.length;
      charge(count * columns.length, count);
      const order = Array.from({ length: count }, (_, i) => i).sort((p, q) => {
        for (let k = columns.length - 1; k >= 0; k--) {
          const [a, b] = [columns[k]![p]!, columns[k]![q]!];
          if (isLess(a, b)) return -1;
          if (isLess(b, a)) return 1;
        }
        return 0;
      });
      const data = memory(INT64, count);
      order.forEach((place, i) => (data[i] = BigInt(place)));
      return unwrapped(new PyArray(data, INT64, list[0]!.ndim === 0 ? [] : [count]));
    },
  ],
};

/** `array.sort()` and `array.partition()`: in place. */
export function sortInPlace(x: PyArray, axis: Value | undefined): void {
  needWriteable(x, "assignment destination is read-only");
  if (x.ndim === 0) axisIn(-1, 0);
  copyInto(x, sorted(x, axis === None ? -1 : axis));
}
