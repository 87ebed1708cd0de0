/** Set algebra over anything that can be iterated; what comes out is new. */
import { spend } from "../budget.ts";
import { fault } from "../fault.ts";
import type { Keyed } from "../objects/keyed.ts";
import { dictType } from "../objects/dict.ts";
import type { PyObject, Value } from "../objects/object.ts";
import { PyFrozenSet, PySet, PySetBase } from "../objects/set.ts";
import { iterate } from "./iterate.ts";

/** Calls for every value of an iterable, until it says false. */
export function forEach(values: Value, visit: (value: Value) => boolean | void): boolean {
  if (values instanceof PySetBase && !values.type.open) {
    const { size } = values;
    for (const key of values.keys()) {
      spend(1);
      if (visit(key) === false) return false;
      if (values.size !== size) fault("RuntimeError", "Set changed size during iteration");
    }
    return true;
  }
  const iterator = iterate(values);
  let value: Value | undefined;
  while ((value = iterator.next()) !== undefined) {
    spend(1);
    if (visit(value) === false) return false;
  }
  return true;
}

/** Adds all values of an iterable. */
export function addAll(set: PySetBase, values: Value): void {
  if (values === set) return;
  if (values instanceof PySetBase && set.size === 0) {
    spend(values.size);
    set.copyFrom(values);
    return;
  }
  if (values instanceof PySetBase || (values as PyObject).type === dictType) {
    set.expect((values as Keyed<unknown>).size);
  }
  forEach(values, (value) => set.add(value));
}

/** Takes out all values of an iterable. */
export function removeAll(set: PySetBase, values: Value): void {
  if (values === set) {
    set.clear();
    return;
  }
  forEach(values, (value) => void set.delete(value));
  set.tidy();
}

/** Something to look values up in: a set or dict as it is, anything else as a set of its values. */
export function lookable(values: Value): Keyed<unknown> {
  if (values instanceof PySetBase) return values;
  const set = new PySet();
  addAll(set, values);
  return set;
}

export type SetMaker = () => PySetBase;

export function union(make: SetMaker, a: Value, b: Value): PySetBase {
  const set = make();
  addAll(set, a);
  addAll(set, b);
  return set;
}

export function intersection(make: SetMaker, a: PySetBase, b: Value): PySetBase {
  const set = make();
  let inner = a;
  let outer = b;
  if (b instanceof PySetBase && b.size > a.size) {
    inner = b;
    outer = a;
  }
  forEach(outer, (value) => {
    if (inner.has(value)) set.add(value);
  });
  return set;
}

export function difference(make: SetMaker, a: Value, b: Value): PySetBase {
  const set = make();
  if (a instanceof PySetBase && b instanceof PySetBase && a.size >> 2 <= b.size) {
    forEach(a, (value) => {
      if (!b.has(value)) set.add(value);
    });
    return set;
  }
  addAll(set, a);
  removeAll(set, b);
  return set;
}

/** What is in one of them alone: begun with the first one. */
export function symmetric(make: SetMaker, a: Value, b: Value): PySetBase {
  const set = make();
  addAll(set, a);
  toggleAll(set, b);
  return set;
}

/** Takes out what is there and adds what is not. */
export function toggleAll(set: PySetBase, values: Value): void {
  const others = lookable(values);
  if (others === set) {
    set.clear();
    return;
  }
  for (const value of others.keys()) {
    spend(1);
    if (set.delete(value) === undefined) set.add(value);
  }
}

/** Whether all of the first are in the second. */
export function isSubset(a: Keyed<unknown>, b: Keyed<unknown>): boolean {
  if (a.size > b.size) return false;
  for (const value of a.keys()) {
    spend(1);
    if (!b.has(value)) return false;
  }
  return true;
}

/** A set that a set may hold or look for: lists of its members stay frozen. */
export function frozen(value: Value): Value {
  if (!(value instanceof PySet)) return value;
  const copy = new PyFrozenSet();
  addAll(copy, value);
  return copy;
}
