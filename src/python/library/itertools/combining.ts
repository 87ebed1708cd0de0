/** `product`, `permutations`, `combinations` and `tee`. */
import { allocate, spend } from "../../budget.ts";
import { fault } from "../../fault.ts";
import { maker, methods } from "../../objects/define.ts";
import { iteratorType, PyIterator } from "../../objects/iterator.ts";
import { type Keywords, None, type Value } from "../../objects/object.ts";
import { signed } from "../../objects/signature.ts";
import { PyTuple } from "../../objects/tuple.ts";
import type { PyType } from "../../objects/type.ts";
import { iterate, toArray } from "../../operations/iterate.ts";
import { requireIndex, requireSize } from "../../operations/subscript.ts";
import { iteration } from "../../types/iterators.ts";
import { instance, type Step, StepIterator, tool } from "./tool.ts";

const MODULE = "itertools";

export function productType(): PyType {
  const type = iteration(iteratorType("product", class extends StepIterator {}, MODULE));
  maker(
    type,
    signed(
      "cls, /, *iterables, **kwargs",
      (cls: PyType, iterables: Value[], keywords: Keywords) => {
        const repeat = keywords.get("repeat");
        // Repeating nothing is nothing, however often.
        const times =
          repeat === undefined || (iterables.length === 0 && requireIndex(repeat) >= 0)
            ? 1
            : requireSize(repeat);
        if (keywords.size > (repeat === undefined ? 0 : 1)) {
          fault("TypeError", "'product' is an invalid keyword argument for product()");
        }
        if (times < 0) fault("ValueError", "repeat argument cannot be negative");
        if (iterables.length === 0) return instance(cls, productOf([]));
        if (iterables.length * times > 2 ** 59) fault("OverflowError", "repeat argument too large");
        allocate(iterables.length * times * 16);
        const once = iterables.map(toArray);
        spend(once.length * times);
        const pools = Array.from({ length: times }, () => once).flat();
        return instance(cls, productOf(pools));
      },
    ),
  );
  return type;
}

function productOf(pools: readonly Value[][]): Step {
  const places = new Uint32Array(pools.length);
  let over = pools.some((pool) => pool.length === 0);
  let first = true;
  return () => {
    if (over) return undefined;
    spend(pools.length);
    if (first) first = false;
    else {
      let i = pools.length - 1;
      while (i >= 0 && ++places[i]! === pools[i]!.length) places[i--] = 0;
      if (i < 0) {
        over = true;
        return undefined;
      }
    }
    const row: Value[] = [];
    for (let i = 0; i < pools.length; i++) row.push(pools[i]![places[i]!]!);
    return new PyTuple(row);
  };
}

/** The length of a selection; not more than there is room for. */
function lengthOf(r: Value): number {
  const size = requireSize(r);
  if (size < 0) fault("ValueError", "r must be non-negative");
  return size;
}

export function permutationsType(): PyType {
  return tool("permutations", MODULE, "iterable, r=None", (iterable: Value, r?: Value): Step => {
    const pool = toArray(iterable);
    if (r !== undefined && r !== None && typeof r !== "number" && typeof r !== "bigint")
      fault("TypeError", "Expected int as r");
    const size = r === undefined || r === None ? pool.length : lengthOf(r);
    if (size > pool.length) return () => undefined;
    allocate(pool.length * 16);
    const order = pool.map((_, i) => i);
    const left = Array.from({ length: size }, (_, i) => pool.length - i);
    let first = true;
    let over = false;
    const advance = (): boolean => {
      for (let i = size - 1; i >= 0; i--) {
        if (--left[i]! > 0) {
          const j = pool.length - left[i]!;
          const one = order[i]!;
          order[i] = order[j]!;
          order[j] = one;
          return true;
        }
        spend(pool.length - i);
        const one = order[i]!;
        order.copyWithin(i, i + 1);
        order[pool.length - 1] = one;
        left[i] = pool.length - i;
      }
      return false;
    };
    return () => {
      if (over) return undefined;
      spend(size);
      if (first) first = false;
      else if (!advance()) {
        over = true;
        return undefined;
      }
      const row: Value[] = [];
      for (let i = 0; i < size; i++) row.push(pool[order[i]!]!);
      return new PyTuple(row);
    };
  });
}

/** Selections in order; `again` where a value may be taken more than once. */
function selections(name: string, again: boolean): PyType {
  return tool(name, MODULE, "iterable, r", (iterable: Value, r: Value): Step => {
    const pool = toArray(iterable);
    const size = lengthOf(r);
    if (size > 0x7fffffff) fault("MemoryError");
    allocate(size * 16);
    if (again ? pool.length === 0 && size > 0 : size > pool.length) return () => undefined;
    spend(size);
    const places = Array.from({ length: size }, (_, i) => (again ? 0 : i));
    let first = true;
    let over = false;
    const advance = (): boolean => {
      for (let i = size - 1; i >= 0; i--) {
        const last = again ? pool.length - 1 : i + pool.length - size;
        if (places[i] === last) continue;
        let place = places[i]! + 1;
        for (let j = i; j < size; j++) {
          places[j] = place;
          if (!again) place++;
        }
        return true;
      }
      return false;
    };
    return () => {
      if (over) return undefined;
      spend(size);
      if (first) first = false;
      else if (!advance()) {
        over = true;
        return undefined;
      }
      const row: Value[] = [];
      for (let i = 0; i < size; i++) row.push(pool[places[i]!]!);
      return new PyTuple(row);
    };
  });
}

export function combinationsType(): PyType {
  return selections("combinations", false);
}

export function combinationsWithReplacementType(): PyType {
  return selections("combinations_with_replacement", true);
}

/** A value that some of the iterators of a `tee` have yet to come to. */
interface Link {
  value: Value | undefined;
  next: Link | undefined;
}

class Tee extends PyIterator {
  readonly source: { iterator: PyIterator; running: boolean };
  at: Link;
  constructor(source: { iterator: PyIterator; running: boolean }, at: Link) {
    super();
    this.source = source;
    this.at = at;
  }
  next(): Value | undefined {
    if (this.at.next === undefined) {
      if (this.source.running) fault("RuntimeError", "tee() called reentrantly");
      this.source.running = true;
      let value: Value | undefined;
      try {
        value = this.source.iterator.next();
      } finally {
        this.source.running = false;
      }
      if (value === undefined) return undefined;
      allocate(16);
      this.at.value = value;
      this.at.next = { value: undefined, next: undefined };
    }
    const { value } = this.at;
    this.at = this.at.next;
    return value;
  }
}

export function teeType(): PyType {
  const type = iteration(iteratorType("_tee", Tee, MODULE));
  const of = (iterable: Value, cls: PyType): Value => {
    const iterator = iterate(iterable);
    return iterator instanceof Tee
      ? instance(cls, iterator.source, iterator.at)
      : instance(cls, { iterator, running: false }, { value: undefined, next: undefined });
  };
  maker(
    type,
    signed("cls, iterable, /", (cls: PyType, iterable: Value) => of(iterable, cls)),
  );
  methods(type, { __copy__: (self: Tee) => of(self, self.type) });
  return type;
}

/** `tee(iterable, n)`. */
export function tee(type: PyType, iterable: Value, n: Value | undefined): Value {
  const count = n === undefined ? 2 : requireSize(n);
  if (count < 0) fault("ValueError", "n must be >= 0");
  if (count === 0) return new PyTuple([]);
  allocate(count * 64);
  spend(count);
  const source = iterate(iterable);
  const first =
    source instanceof Tee
      ? source
      : (instance(
          type,
          { iterator: source, running: false },
          { value: undefined, next: undefined },
        ) as Tee);
  const all: Value[] = [first];
  while (all.length < count) all.push(instance(type, first.source, first.at));
  return new PyTuple(all);
}
