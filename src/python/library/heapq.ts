/** `heapq`: https://docs.python.org/3/library/heapq.html */
import { allocate, spend } from "../budget.ts";
import { fault } from "../fault.ts";
import { NativeIterator, type PyIterator } from "../objects/iterator.ts";
import { PyList } from "../objects/list.ts";
import type { PyModule } from "../objects/module.ts";
import { None, type Value } from "../objects/object.ts";
import { signed } from "../objects/signature.ts";
import { call1 } from "../operations/call.ts";
import { isLt } from "../operations/compare.ts";
import { iterate, toArray } from "../operations/iterate.ts";
import { sortValues } from "../operations/sort.ts";
import { requireIndex } from "../operations/subscript.ts";
import { truth } from "../operations/truth.ts";
import { typeName } from "../operations/typeof.ts";
import { functions } from "./native.ts";

type Less = (a: Value, b: Value) => boolean;

const least: Less = isLt;
const most: Less = (a, b) => isLt(b, a);

function heapOf(heap: Value): PyList {
  if (!(heap instanceof PyList)) {
    fault("TypeError", `heappush() argument 1 must be list, not ${typeName(heap)}`);
  }
  return heap;
}

/** A comparison may run a program's code, which must leave the heap alone. */
function checked(list: PyList, size: number): void {
  if (list.items.length !== size) fault("RuntimeError", "list changed size during iteration");
}

/** Lets the item at a place rise towards the root, as far as `start`. */
function rise(list: PyList, start: number, from: number, less: Less): void {
  const { items } = list;
  const size = items.length;
  const item = items[from]!;
  let at = from;
  while (at > start) {
    const parent = (at - 1) >> 1;
    spend(1);
    const smaller = less(item, items[parent]!);
    checked(list, size);
    if (!smaller) break;
    const above = items[parent]!;
    items[parent] = items[at]!;
    items[at] = above;
    at = parent;
  }
}

/** Lets the item at a place sink to a leaf along the smaller children, then rise to where it belongs. */
function sink(list: PyList, from: number, less: Less): void {
  const { items } = list;
  const size = items.length;
  const half = size >> 1;
  let at = from;
  while (at < half) {
    let child = 2 * at + 1;
    spend(1);
    if (child + 1 < size) {
      const leftFirst = less(items[child]!, items[child + 1]!);
      checked(list, size);
      if (!leftFirst) child++;
    }
    const below = items[child]!;
    items[child] = items[at]!;
    items[at] = below;
    at = child;
  }
  rise(list, from, at, less);
}

function push(heap: Value, item: Value, less: Less): Value {
  const list = heapOf(heap);
  allocate(8);
  list.items.push(item);
  rise(list, 0, list.items.length - 1, less);
  return None;
}

function pop(heap: Value, less: Less): Value {
  const list = heapOf(heap);
  const last = list.items.pop();
  if (last === undefined) fault("IndexError", "index out of range");
  if (list.items.length === 0) return last;
  const first = list.items[0]!;
  list.items[0] = last;
  sink(list, 0, less);
  return first;
}

function replace(heap: Value, item: Value, less: Less): Value {
  const list = heapOf(heap);
  const first = list.items[0];
  if (first === undefined) fault("IndexError", "index out of range");
  list.items[0] = item;
  sink(list, 0, less);
  return first;
}

function pushPop(heap: Value, item: Value, less: Less): Value {
  const list = heapOf(heap);
  if (list.items.length === 0 || !less(list.items[0]!, item)) return item;
  return replace(list, item, less);
}

function heapify(heap: Value, less: Less): Value {
  const list = heapOf(heap);
  for (let i = (list.items.length >> 1) - 1; i >= 0; i--) sink(list, i, less);
  return None;
}

/** The first values in an order, ties as they came. */
function firstOf(n: Value, iterable: Value, key: Value | undefined, down: boolean): Value {
  const count = Math.max(0, Number(requireIndex(n)));
  const values = toArray(iterable);
  const keys = values.map((value) => {
    spend(1);
    return key === undefined || key === None ? value : call1(key, value);
  });
  if (down) {
    values.reverse();
    keys.reverse();
  }
  if (key === undefined || key === None) sortValues(values);
  else sortValues(keys, values);
  if (down) values.reverse();
  return new PyList(values.slice(0, count));
}

/** Values of sorted iterables in order; those of the first iterable come first among equals. */
function* merge(
  sources: PyIterator[],
  key: Value | undefined,
  down: boolean,
): Generator<Value, void> {
  const before: Less = down ? most : least;
  const by = (value: Value): Value =>
    key === undefined || key === None ? value : call1(key, value);
  let heads: { value: Value; key: Value; source: PyIterator }[] = [];
  const take = (source: PyIterator): void => {
    const value = source.next();
    if (value === undefined) return;
    spend(1);
    const own = by(value);
    let low = 0;
    let high = heads.length;
    // A value goes behind those that are equal and of an iterable before its own.
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = heads[middle]!;
      const later = sources.indexOf(other.source) > sources.indexOf(source);
      if (later ? !before(other.key, own) : before(own, other.key)) high = middle;
      else low = middle + 1;
    }
    heads.splice(low, 0, { value, key: own, source });
  };
  for (const source of sources) take(source);
  while (heads.length > 0) {
    const [first, ...rest] = heads;
    heads = rest;
    yield first!.value;
    take(first!.source);
  }
}

export function fillHeapq(module: PyModule): void {
  functions(module, {
    heappush: (heap: Value, item: Value) => push(heap, item, least),
    heappop: (heap: Value) => pop(heap, least),
    heapreplace: (heap: Value, item: Value) => replace(heap, item, least),
    heappushpop: (heap: Value, item: Value) => pushPop(heap, item, least),
    heapify: (heap: Value) => heapify(heap, least),
    _heappop_max: (heap: Value) => pop(heap, most),
    _heapreplace_max: (heap: Value, item: Value) => replace(heap, item, most),
    _heapify_max: (heap: Value) => heapify(heap, most),
    nlargest: signed("n, iterable, key=None", (n: Value, iterable: Value, key?: Value) =>
      firstOf(n, iterable, key, true),
    ),
    nsmallest: signed("n, iterable, key=None", (n: Value, iterable: Value, key?: Value) =>
      firstOf(n, iterable, key, false),
    ),
    merge: signed(
      "*iterables, key=None, reverse=False",
      (iterables: Value[], key?: Value, reverse?: Value) =>
        new NativeIterator(
          merge(iterables.map(iterate), key, reverse !== undefined && truth(reverse)),
        ),
    ),
  });
}
