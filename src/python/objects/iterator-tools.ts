/** The iterators behind `enumerate`, `zip`, `map`, `filter` and `reversed`. */
import { DEPTH, meter } from "../budget.ts";
import { add } from "../numeric/integers.ts";
import { isException } from "./exception.ts";
import { PyIterator, iteratorType } from "./iterator.ts";
import { below, type Direct, type Value } from "./object.ts";
import { PyTuple } from "./tuple.ts";
import type { PyType } from "./type.ts";

/** The end of an iterator whose function, called at this depth, raised StopIteration; anything else goes on. */
export function ending(iterator: PyIterator, error: unknown, depth: number): undefined {
  if (!isException(error, "StopIteration", depth)) throw error;
  iterator.result = error.args.items[0];
  return undefined;
}

export interface EnumerateIterator extends PyIterator {
  readonly source: PyIterator;
  at: number | bigint;
}
export const EnumerateIterator: new (
  source: PyIterator,
  start: number | bigint,
) => EnumerateIterator = below(
  PyIterator,
  class {
    declare readonly source: PyIterator;
    declare at: number | bigint;

    constructor(source: PyIterator, start: number | bigint) {
      this.source = source;
      this.at = start;
    }

    next(): Value | undefined {
      const value = this.source.next();
      if (value === undefined) return undefined;
      const { at } = this;
      this.at = add(at, 1);
      return new PyTuple([at, value]);
    }
  },
);
export const enumerateType: PyType = iteratorType("enumerate", EnumerateIterator);

/** What `zip(strict=True)` says when one ends before the others: the number of that one, and whether those before it ended. */
export type Unequal = (place: number, shorter: boolean) => never;

export class ZipIterator extends PyIterator {
  readonly sources: readonly PyIterator[];
  readonly unequal: Unequal | undefined;

  constructor(sources: readonly PyIterator[], unequal: Unequal | undefined) {
    super();
    this.sources = sources;
    this.unequal = unequal;
  }

  next(): Value | undefined {
    const { sources } = this;
    if (sources.length === 0) return undefined;
    const row: Value[] = [];
    for (let i = 0; i < sources.length; i++) {
      const value = sources[i]!.next();
      if (value === undefined) {
        if (this.unequal !== undefined) this.compare(i);
        return undefined;
      }
      row.push(value);
    }
    return new PyTuple(row);
  }

  /** One has ended; in a strict zip all have to. */
  private compare(ended: number): void {
    if (ended > 0) this.unequal!(ended, true);
    for (let i = 1; i < this.sources.length; i++) {
      if (this.sources[i]!.next() !== undefined) this.unequal!(i, false);
    }
  }
}
export const zipType: PyType = iteratorType("zip", ZipIterator);

export class MapIterator extends PyIterator {
  readonly apply: (row: Value[]) => Value;
  readonly one: Direct;
  readonly first: PyIterator;
  readonly sources: readonly PyIterator[];

  constructor(one: Direct, apply: (row: Value[]) => Value, sources: readonly PyIterator[]) {
    super();
    this.one = one;
    this.apply = apply;
    this.first = sources[0]!;
    this.sources = sources;
  }

  next(): Value | undefined {
    const value = this.first.next();
    if (value === undefined) return undefined;
    const depth = meter[DEPTH]!;
    try {
      if (this.sources.length === 1) return this.one(value);
      return this.several(value);
    } catch (error) {
      return ending(this, error, depth);
    }
  }

  private several(first: Value): Value | undefined {
    const { sources } = this;
    const row = [first];
    for (let i = 1; i < sources.length; i++) {
      const other = sources[i]!.next();
      if (other === undefined) return undefined;
      row.push(other);
    }
    return this.apply(row);
  }
}
export const mapType: PyType = iteratorType("map", MapIterator);

export class FilterIterator extends PyIterator {
  readonly keep: (value: Value) => boolean;
  readonly source: PyIterator;

  constructor(keep: (value: Value) => boolean, source: PyIterator) {
    super();
    this.keep = keep;
    this.source = source;
  }

  next(): Value | undefined {
    const depth = meter[DEPTH]!;
    for (;;) {
      const value = this.source.next();
      try {
        if (value === undefined || this.keep(value)) return value;
      } catch (error) {
        return ending(this, error, depth);
      }
    }
  }
}
export const filterType: PyType = iteratorType("filter", FilterIterator);

/** Over a sequence from its end, by index. */
export class ReversedIterator extends PyIterator {
  private left: number;
  private readonly read: (index: number) => Value | undefined;

  /** `read` gives `undefined` where there is nothing any more. */
  constructor(length: number, read: (index: number) => Value | undefined) {
    super();
    this.left = length;
    this.read = read;
  }

  next(): Value | undefined {
    if (this.left <= 0) return undefined;
    const value = this.read(this.left - 1);
    this.left = value === undefined ? 0 : this.left - 1;
    return value;
  }

  override lengthHint(): number {
    return this.left;
  }
}
export const reversedType: PyType = iteratorType("reversed", ReversedIterator);
