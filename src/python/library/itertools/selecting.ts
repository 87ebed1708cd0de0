/** What chains, picks and pairs values of other iterators. */
import { allocate, spend } from "../../budget.ts";
import { fault } from "../../fault.ts";
import { classMethods, maker } from "../../objects/define.ts";
import type { PyIterator } from "../../objects/iterator.ts";
import { iteratorType } from "../../objects/iterator.ts";
import { type Keywords, None, type Value } from "../../objects/object.ts";
import { signed } from "../../objects/signature.ts";
import { PyTuple } from "../../objects/tuple.ts";
import type { PyType } from "../../objects/type.ts";
import { call, call1 } from "../../operations/call.ts";
import { equal } from "../../operations/compare.ts";
import { parameterize } from "../../operations/generics.ts";
import { iterate, toArray } from "../../operations/iterate.ts";
import { indexOf, requireSize } from "../../operations/subscript.ts";
import { truth } from "../../operations/truth.ts";
import { iteration } from "../../types/iterators.ts";
import { instance, type Step, StepIterator, tool } from "./tool.ts";

const MODULE = "itertools";

export function chainType(): PyType {
  const chained = (sources: Step): Step => {
    let inner: PyIterator | undefined;
    let over = false;
    /** What cannot be iterated ends the chain. */
    const opened = (source: Value): PyIterator => {
      over = true;
      const iterator = iterate(source);
      over = false;
      return iterator;
    };
    return () => {
      while (!over) {
        const value = inner?.next();
        if (value !== undefined) return value;
        spend(1);
        const source = sources();
        if (source === undefined) over = true;
        else inner = opened(source);
      }
      return undefined;
    };
  };
  const type = tool("chain", MODULE, "/, *iterables", (iterables: Value[]) => {
    let at = 0;
    return chained(() => iterables[at++]);
  });
  classMethods(type, {
    from_iterable: (cls: PyType, iterable: Value) => {
      const sources = iterate(iterable);
      return instance(
        cls,
        chained(() => sources.next()),
      );
    },
    __class_getitem__: parameterize,
  });
  return type;
}

export function compressType(): PyType {
  return tool("compress", MODULE, "data, selectors", (data: Value, selectors: Value): Step => {
    const values = iterate(data);
    const flags = iterate(selectors);
    return () => {
      for (;;) {
        const value = values.next();
        if (value === undefined) return undefined;
        const flag = flags.next();
        if (flag === undefined) return undefined;
        spend(1);
        if (truth(flag)) return value;
      }
    };
  });
}

const PREDICATE = "function, iterable, /";

export function dropwhileType(): PyType {
  return tool("dropwhile", MODULE, PREDICATE, (test: Value, iterable: Value): Step => {
    const source = iterate(iterable);
    let begun = false;
    return () => {
      for (;;) {
        const value = source.next();
        if (value === undefined || begun) return value;
        spend(1);
        if (truth(call1(test, value))) continue;
        begun = true;
        return value;
      }
    };
  });
}

export function takewhileType(): PyType {
  return tool("takewhile", MODULE, PREDICATE, (test: Value, iterable: Value): Step => {
    const source = iterate(iterable);
    let over = false;
    return () => {
      if (over) return undefined;
      const value = source.next();
      if (value !== undefined && truth(call1(test, value))) return value;
      over = value !== undefined;
      return undefined;
    };
  });
}

export function filterfalseType(): PyType {
  return tool("filterfalse", MODULE, PREDICATE, (test: Value, iterable: Value): Step => {
    const source = iterate(iterable);
    return () => {
      for (;;) {
        const value = source.next();
        if (value === undefined) return undefined;
        spend(1);
        if (!truth(test === None ? value : call1(test, value))) return value;
      }
    };
  });
}

export function starmapType(): PyType {
  return tool("starmap", MODULE, PREDICATE, (func: Value, iterable: Value): Step => {
    const source = iterate(iterable);
    return () => {
      const row = source.next();
      return row === undefined ? undefined : call(func, toArray(row));
    };
  });
}

export function pairwiseType(): PyType {
  return tool("pairwise", MODULE, "iterable, /", (iterable: Value): Step => {
    const source = iterate(iterable);
    let before: Value | undefined;
    let begun = false;
    return () => {
      if (!begun) {
        begun = true;
        before = source.next();
      }
      if (before === undefined) return undefined;
      const first = before;
      before = source.next();
      return before === undefined ? undefined : new PyTuple([first, before]);
    };
  });
}

export function batchedType(): PyType {
  return tool("batched", MODULE, "iterable, n", (iterable: Value, n: Value): Step => {
    const size = requireSize(n);
    if (size < 1) fault("ValueError", "n must be at least one");
    const source = iterate(iterable);
    let over = false;
    return () => {
      const batch: Value[] = [];
      while (!over && batch.length < size) {
        const value = source.next();
        if (value === undefined) over = true;
        else {
          spend(1);
          allocate(8);
          batch.push(value);
        }
      }
      return batch.length === 0 ? undefined : new PyTuple(batch);
    };
  });
}

export function isliceType(): PyType {
  return tool("islice", MODULE, "iterable, *bounds", (iterable: Value, bounds: Value[]): Step => {
    if (bounds.length === 0) fault("TypeError", "islice expected at least 2 arguments, got 1");
    if (bounds.length > 3) {
      fault("TypeError", `islice expected at most 4 arguments, got ${bounds.length + 1}`);
    }
    const one = bounds.length === 1;
    const stop = sliceBound(bounds[one ? 0 : 1], Infinity, "Stop argument");
    const start = one ? 0 : sliceBound(bounds[0], 0, "Indices");
    const step = sliceBound(bounds[2], 1, "Step");
    let source: PyIterator | undefined = iterate(iterable);
    let at = 0;
    let wanted = start;
    return () => {
      if (source === undefined) return undefined;
      const until = Math.min(wanted, stop);
      let value: Value | undefined;
      while (at < until) {
        spend(1);
        at++;
        if (source.next() === undefined) return (source = undefined);
      }
      if (at >= stop || (value = source.next()) === undefined) return (source = undefined);
      at++;
      wanted += step;
      return value;
    };
  });
}

function sliceBound(value: Value | undefined, otherwise: number, what: string): number {
  if (value === undefined || value === None) return otherwise;
  const index = indexOf(value);
  const least = what === "Step" ? 1 : 0;
  if (typeof index === "number" && index >= least) return index;
  if (what === "Step") fault("ValueError", "Step for islice() must be a positive integer or None.");
  fault("ValueError", `${what} for islice() must be None or an integer: 0 <= x <= sys.maxsize.`);
}

export function zipLongestType(): PyType {
  const type = iteration(iteratorType("zip_longest", class extends StepIterator {}, MODULE));
  maker(
    type,
    signed(
      "cls, /, *iterables, **kwargs",
      (cls: PyType, iterables: Value[], keywords: Keywords) => {
        for (const name of keywords.keys()) {
          if (name !== "fillvalue")
            fault("TypeError", "zip_longest() got an unexpected keyword argument");
        }
        const fill = keywords.get("fillvalue") ?? None;
        const sources: (PyIterator | undefined)[] = iterables.map(iterate);
        let active = sources.length;
        return instance(cls, () => {
          if (active === 0) return undefined;
          spend(sources.length);
          const row: Value[] = [];
          for (let i = 0; i < sources.length; i++) {
            const value = sources[i]?.next();
            if (value === undefined && sources[i] !== undefined) {
              sources[i] = undefined;
              if (--active === 0) return undefined;
            }
            row.push(value ?? fill);
          }
          return new PyTuple(row);
        });
      },
    ),
  );
  return type;
}

/** `groupby`; a group ends when the next one is asked for. */
export function groupbyType(): PyType {
  const group = iteration(iteratorType("_grouper", class extends StepIterator {}, MODULE));
  return tool("groupby", MODULE, "iterable, key=None", (iterable: Value, key?: Value): Step => {
    const source = iterate(iterable);
    const by = key === undefined || key === None ? undefined : key;
    let value: Value | undefined;
    let valueKey: Value | undefined;
    let groupKey: Value | undefined;
    let current = 0;
    const advance = (): boolean => {
      spend(1);
      value = source.next();
      if (value === undefined) return false;
      valueKey = by === undefined ? value : call1(by, value);
      return true;
    };
    return () => {
      const own = ++current;
      while (valueKey === undefined || (groupKey !== undefined && equal(groupKey, valueKey))) {
        if (!advance()) return undefined;
      }
      groupKey = valueKey;
      const wanted = groupKey;
      return new PyTuple([
        wanted,
        instance(group, () => {
          if (own !== current) return undefined;
          if (value === undefined && !advance()) return undefined;
          if (!equal(wanted, valueKey!)) return undefined;
          const item = value;
          value = undefined;
          return item;
        }),
      ]);
    };
  });
}
