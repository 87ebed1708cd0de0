import { canonical } from "../numeric/sizes.ts";
import { iteratorType, PyIterator } from "./iterator.ts";
import { below, PyObject, type Value } from "./object.ts";
import { builtinType } from "./root.ts";
import type { PyType } from "./type.ts";

type Int = number | bigint;

/** `range(start, stop, step)` with its length; `exact` where all that it holds are numbers and not bigints. */
export class PyRange extends PyObject {
  readonly start: Int;
  readonly stop: Int;
  readonly step: Int;
  readonly length: Int;
  readonly exact: boolean;

  constructor(start: Int, stop: Int, step: Int) {
    super();
    this.start = start;
    this.stop = stop;
    this.step = step;
    this.length = rangeLength(start, stop, step);
    this.exact =
      typeof start === "number" &&
      typeof stop === "number" &&
      typeof step === "number" &&
      typeof this.length === "number";
  }
}
export const rangeType: PyType = builtinType("range", PyRange, { final: true });

function rangeLength(start: Int, stop: Int, step: Int): Int {
  if (step > 0 ? start >= stop : start <= stop) return 0;
  if (typeof start === "number" && typeof stop === "number" && typeof step === "number") {
    const distance = stop - start;
    if (Number.isSafeInteger(distance)) {
      const rest = distance % step;
      return (distance - rest) / step + (rest === 0 ? 0 : 1);
    }
  }
  const distance = BigInt(stop) - BigInt(start);
  const by = BigInt(step);
  const count = distance / by + (distance % by === 0n ? 0n : 1n);
  return count <= Number.MAX_SAFE_INTEGER ? Number(count) : count;
}

/** Over numbers that are exact. */
export interface RangeIterator extends PyIterator {
  at: number;
  left: number;
  readonly step: number;
}
export const RangeIterator: new (start: number, count: number, step: number) => RangeIterator =
  below(
    PyIterator,
    class {
      declare at: number;
      declare left: number;
      declare readonly step: number;

      constructor(start: number, count: number, step: number) {
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

      lengthHint(): number {
        return this.left;
      }
    },
  );
export const rangeIteratorType: PyType = iteratorType("range_iterator", RangeIterator);

/** Over ints of any size. */
export class LongRangeIterator extends PyIterator {
  at: bigint;
  left: bigint;
  readonly step: bigint;

  constructor(start: Int, count: Int, step: Int) {
    super();
    this.at = BigInt(start);
    this.left = BigInt(count);
    this.step = BigInt(step);
  }

  next(): Value | undefined {
    if (this.left <= 0n) return undefined;
    this.left--;
    const value = this.at;
    this.at = value + this.step;
    return canonical(value);
  }

  override lengthHint(): number {
    return Number(this.left);
  }
}
export const longRangeIteratorType: PyType = iteratorType("longrange_iterator", LongRangeIterator);
