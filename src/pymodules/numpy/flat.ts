/** `array.flat`: the elements in C's order, whatever the memory's is. */
import { fault } from "../../python/fault.ts";
import { computed, methods } from "../../python/objects/define.ts";
import { iteratorType, PyIterator } from "../../python/objects/iterator.ts";
import { None, type Value } from "../../python/objects/object.ts";
import { PySlice } from "../../python/objects/slice.ts";
import type { PyType } from "../../python/objects/type.ts";
import { extentOf } from "../../python/operations/subscript.ts";
import { memory, PyArray, work } from "./array.ts";
import { BOOL } from "./dtype.ts";
import { setElement } from "./elements.ts";
import { intOf } from "./failure.ts";
import { trueAt } from "./indexing.ts";
import { asArray } from "./read.ts";
import { elementAt } from "./scalar.ts";
import { needWriteable } from "./ufuncs/run.ts";
import { copyOf, elements, raveled } from "./views.ts";
import { planned, walk } from "./walk.ts";

export class PyFlat extends PyIterator {
  readonly x: PyArray;
  at = 0;
  #places: number[] | undefined;

  constructor(x: PyArray) {
    super();
    this.x = x;
  }

  /** Where in memory each element is. */
  places(): number[] {
    if (this.#places !== undefined) return this.#places;
    const list: number[] = [];
    const plan = planned(this.x.shape, [this.x.strides], true);
    work(this.x.size);
    walk(plan, [this.x.offset], (count, [at]) => {
      for (let i = 0; i < count; i++) list.push(at! + i * plan.steps[0]!);
    });
    this.#places = list;
    return list;
  }

  next(): Value | undefined {
    const place = this.places()[this.at++];
    return place === undefined ? undefined : elementAt(this.x, place);
  }
}
const flatType: PyType = iteratorType("flatiter", PyFlat, "numpy");

/** The elements that a key names, by their number. */
function chosen(self: PyFlat, key: Value): { places: number[]; one: boolean } {
  const all = self.places();
  if (key instanceof PySlice) {
    const { start, step, count } = extentOf(key, all.length);
    return { places: Array.from({ length: count }, (_, i) => all[start + i * step]!), one: false };
  }
  const list = key instanceof PyArray || typeof key === "object" ? asArray(key) : undefined;
  const numbers =
    list === undefined || list.ndim === 0
      ? [intOf(key)]
      : elements(list.dtype === BOOL ? trueAt(list)[0]! : list).map(Number);
  const places = numbers.map((index) => {
    if (index < -all.length || index >= all.length) {
      fault("IndexError", `index ${index} is out of bounds for size ${all.length}`);
    }
    return all[index < 0 ? index + all.length : index]!;
  });
  return { places, one: list === undefined || list.ndim === 0 };
}

methods(flatType, {
  __len__: (self: PyFlat) => self.x.size,
  __getitem__: (self: PyFlat, key: Value) => {
    const { places, one } = chosen(self, key);
    if (one) return elementAt(self.x, places[0]!);
    const data = memory(self.x.dtype, places.length);
    places.forEach((place, i) => (data[i] = self.x.data[place]!));
    return new PyArray(data, self.x.dtype, [places.length]);
  },
  __setitem__: (self: PyFlat, key: Value, value: Value) => {
    needWriteable(self.x);
    const { places } = chosen(self, key);
    const list = elements(asArray(value, self.x.dtype));
    places.forEach((place, i) => {
      setElement(self.x.data, self.x.dtype, place, list[i % list.length]!);
    });
    return None;
  },
  copy: (self: PyFlat) => copyOf(raveled(self.x), "C"),
  __array__: (self: PyFlat) => copyOf(raveled(self.x), "C"),
});
computed(flatType, {
  base: (self: PyFlat) => self.x,
  index: (self: PyFlat) => self.at,
});
