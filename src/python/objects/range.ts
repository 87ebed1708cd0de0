import { iteratorType, PyIterator } from "./iterator.ts";
import { PyObject, type Value } from "./object.ts";
import { builtinType } from "./root.ts";
import type { PyType } from "./type.ts";

/** `range(start, stop, step)`: numbers where all three and the length are exact, else bigints throughout. */
export class PyRange extends PyObject {
  readonly start: number | bigint;
  readonly stop: number | bigint;
  readonly step: number | bigint;

  constructor(start: number | bigint, stop: number | bigint, step: number | bigint) {
    super();
    this.start = start;
    this.stop = stop;
    this.step = step;
  }
}
export const rangeType: PyType = builtinType("range", PyRange, { final: true });

/** Over numbers that are exact. */
export class RangeIterator extends PyIterator {
  private at: number;
  private left: number;
  private readonly step: number;

  constructor(start: number, count: number, step: number) {
    super();
    this.at = start;
    this.left = count;
    this.step = step;
  }

  next(): Value | undefined {
    if (this.left <= 0) return undefined;
    this.left--;
    const value = this.at;
    this.at = value + this.step;
    return value;
  }

  override lengthHint(): number {
    return this.left;
  }
}
export const rangeIteratorType: PyType = iteratorType("range_iterator", RangeIterator);
