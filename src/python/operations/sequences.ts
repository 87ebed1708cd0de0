/** What list, tuple and other sequences share: room for items, repetition, searching, text. */
import { allocate, spend } from "../budget.ts";
import { fault } from "../fault.ts";
import { filled } from "../objects/arrays.ts";
import type { Value } from "../objects/object.ts";
import { state } from "../objects/state.ts";
import { concatAll, type Str } from "../text/wide.ts";
import { equal } from "./compare.ts";
import { repr } from "./repr.ts";
import { indexOf } from "./subscript.ts";
import { typeName } from "./typeof.ts";

const SLOT_BYTES = 8;

/** Charges for a copy of so many items before it is made. */
export function reserveItems(count: number): void {
  if (count > Number.MAX_SAFE_INTEGER / SLOT_BYTES) fault("MemoryError");
  spend(count >> 2);
  allocate(count * SLOT_BYTES);
}

/** The items `count` times; `undefined` where the count is no int. */
export function repeated(items: readonly Value[], count: Value): Value[] | undefined {
  const times = repetitions(count);
  if (times === undefined) return undefined;
  const size = items.length;
  if (times <= 0 || size === 0) return [];
  reserveItems(size * times);
  spend(size * times);
  if (size === 1) return filled(times, items[0]!);
  const result: Value[] = [];
  for (let i = 0; i < times; i++) for (let j = 0; j < size; j++) result.push(items[j]!);
  return result;
}

/** How often a sequence is to be repeated; `undefined` for what is no int. */
export function repetitions(count: Value): number | undefined {
  const times = indexOf(count);
  if (typeof times === "bigint") {
    if (times < 0n) return 0;
    if (times >> 63n !== 0n) fault("OverflowError", "cannot fit 'int' into an index-sized integer");
    return Number(times);
  }
  return times;
}

/** A bound of `index(value, start, stop)`: within 0 and the length. */
export function searchBound(bound: Value | undefined, length: number, otherwise: number): number {
  if (bound === undefined) return otherwise;
  const at = indexOf(bound);
  if (at === undefined) {
    fault("TypeError", "slice indices must be integers or have an __index__ method");
  }
  if (at < 0) return Math.max(0, Number(at) + length);
  return Number(at);
}

/** The place of the first item that equals a value, or -1. The items may change meanwhile. */
export function findItem(
  items: readonly Value[],
  value: Value,
  start = 0,
  stop: number = Infinity,
): number {
  for (let i = start; i < stop && i < items.length; i++) {
    spend(1);
    if (equal(items[i]!, value)) return i;
  }
  return -1;
}

export function countItems(items: readonly Value[], value: Value): number {
  let count = 0;
  for (let i = 0; i < items.length; i++) {
    spend(1);
    if (equal(items[i]!, value)) count++;
  }
  return count;
}

/** Makes the text of a container, or gives `within` where that is being made already. */
export function showing(container: Value, within: string, show: () => Str): Str {
  if (state.showing.has(container)) return within;
  state.showing.add(container);
  try {
    return show();
  } finally {
    state.showing.delete(container);
  }
}

/** The reprs of items with commas between. The items may change meanwhile. */
export function reprItems(items: readonly Value[], open: string, close: string): Str {
  const parts: Str[] = [open];
  for (let i = 0; i < items.length; i++) {
    spend(2);
    if (i > 0) parts.push(", ");
    parts.push(repr(items[i]!));
  }
  parts.push(close);
  return concatAll(parts);
}

/** The problem with a key that is no index. */
export function noIndex(what: string, key: Value): never {
  fault("TypeError", `${what} indices must be integers or slices, not ${typeName(key)}`);
}
