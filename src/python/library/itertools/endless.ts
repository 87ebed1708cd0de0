/** `count`, `cycle`, `repeat`, `accumulate`: iterators without an end of their own, and sums. */
import { allocate, spend } from "../../budget.ts";
import { fault } from "../../fault.ts";
import { floatType } from "../../objects/float.ts";
import { maker, methods } from "../../objects/define.ts";
import { iteratorType, PyIterator } from "../../objects/iterator.ts";
import { None, type Value } from "../../objects/object.ts";
import { signed } from "../../objects/signature.ts";
import { PyTuple } from "../../objects/tuple.ts";
import { lookup, type PyType } from "../../objects/type.ts";
import { add } from "../../operations/binary.ts";
import { call2 } from "../../operations/call.ts";
import { iterate } from "../../operations/iterate.ts";
import { repr } from "../../operations/repr.ts";
import { requireSize } from "../../operations/subscript.ts";
import { typeOf } from "../../operations/typeof.ts";
import { concatAll } from "../../text/wide.ts";
import { iteration } from "../../types/iterators.ts";
import { instance, type Step, tool } from "./tool.ts";

class Count extends PyIterator {
  at: Value;
  readonly by: Value;
  constructor(at: Value, by: Value) {
    super();
    this.at = at;
    this.by = by;
  }
  next(): Value {
    const { at } = this;
    this.at = add(at, this.by);
    return at;
  }
}

/** Whether `count` takes a value: anything that can serve as a number. */
function isNumeric(value: Value): boolean {
  if (typeof value !== "object") return typeof value !== "string";
  const own = typeOf(value);
  return (
    own === floatType ||
    ["__index__", "__float__", "__complex__", "__int__"].some(
      (name) => lookup(own, name) !== undefined,
    )
  );
}

export function countType(): PyType {
  const type = iteration(iteratorType("count", Count, "itertools"));
  maker(
    type,
    signed("cls, start=0, step=1", (cls: PyType, start?: Value, step?: Value) => {
      const at = start ?? 0;
      const by = step ?? 1;
      if (!isNumeric(at) || !isNumeric(by)) fault("TypeError", "a number is required");
      return instance(cls, at, by);
    }),
  );
  methods(type, {
    __repr__: (self: Count) => {
      const name = self.type.name;
      const parts = [`${name}(`, repr(self.at)];
      if (self.by !== 1) parts.push(", ", repr(self.by));
      return concatAll([...parts, ")"]) as Value;
    },
    __reduce__: (self: Count) =>
      new PyTuple([self.type, new PyTuple(self.by === 1 ? [self.at] : [self.at, self.by])]),
  });
  return type;
}

export function cycleType(): PyType {
  return tool("cycle", "itertools", "iterable, /", (iterable: Value): Step => {
    const source = iterate(iterable);
    const saved: Value[] = [];
    let at = -1;
    return () => {
      if (at < 0) {
        const value = source.next();
        if (value !== undefined) {
          allocate(8);
          saved.push(value);
          return value;
        }
        at = 0;
      }
      if (saved.length === 0) return undefined;
      if (at === saved.length) at = 0;
      return saved[at++];
    };
  });
}

class Repeat extends PyIterator {
  readonly value: Value;
  left: number;
  constructor(value: Value, left: number) {
    super();
    this.value = value;
    this.left = left;
  }
  next(): Value | undefined {
    if (this.left <= 0) return undefined;
    this.left--;
    return this.value;
  }
}

export function repeatType(): PyType {
  const type = iteration(iteratorType("repeat", Repeat, "itertools"));
  maker(
    type,
    signed("cls, object, times=None", (cls: PyType, value: Value, times?: Value) =>
      instance(cls, value, times === undefined ? Infinity : Math.max(0, requireSize(times))),
    ),
  );
  methods(type, {
    __repr__: (self: Repeat) => {
      const times = self.left === Infinity ? "" : `, ${self.left}`;
      return concatAll(["repeat(", repr(self.value), `${times})`]) as Value;
    },
    __length_hint__: (self: Repeat) => {
      if (self.left === Infinity) fault("TypeError", "len() of unsized object");
      return self.left;
    },
    __reduce__: (self: Repeat) =>
      new PyTuple([
        self.type,
        new PyTuple(self.left === Infinity ? [self.value] : [self.value, self.left]),
      ]),
  });
  return type;
}

export function accumulateType(): PyType {
  return tool(
    "accumulate",
    "itertools",
    "iterable, func=None, *, initial=None",
    (iterable: Value, func?: Value, initial?: Value): Step => {
      const source = iterate(iterable);
      const join =
        func === undefined || func === None ? add : (a: Value, b: Value) => call2(func, a, b);
      let total = initial === undefined || initial === None ? undefined : initial;
      let waiting = total;
      return () => {
        if (waiting !== undefined) {
          const first = waiting;
          waiting = undefined;
          return first;
        }
        const value = source.next();
        if (value === undefined) return undefined;
        spend(1);
        total = total === undefined ? value : join(total, value);
        return total;
      };
    },
  );
}
