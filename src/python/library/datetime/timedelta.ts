/** `datetime.timedelta`. */
import { fault } from "../../fault.ts";
import * as calendar from "../../numeric/calendar.ts";
import { durationRepr } from "../../numeric/date-text.ts";
import * as integers from "../../numeric/integers.ts";
import { truediv } from "../../numeric/rounding.ts";
import type { Int } from "../../numeric/sizes.ts";
import { computed, constants, maker, methods } from "../../objects/define.ts";
import { PyFloat } from "../../objects/float.ts";
import { NotImplemented, type Value } from "../../objects/object.ts";
import { builtinType } from "../../objects/root.ts";
import { type Native, signed } from "../../objects/signature.ts";
import { PyTuple } from "../../objects/tuple.ts";
import type { PyType } from "../../objects/type.ts";
import { hashTuple } from "../../operations/hash.ts";
import { derived, intOf } from "../../operations/numbers.ts";
import { typeName } from "../../operations/typeof.ts";
import { PyTimedelta } from "./objects.ts";

const UNITS = [
  ["microseconds", 1],
  ["milliseconds", 1000],
  ["seconds", 1e6],
  ["minutes", 6e7],
  ["hours", 3.6e9],
  ["days", 8.64e10],
  ["weeks", 6.048e11],
] as const;

function amountOf(value: Value, name: string): calendar.Amount {
  const amount = value instanceof PyFloat ? value : intOf(value);
  if (amount !== undefined) return amount;
  fault("TypeError", `unsupported type for timedelta ${name} component: ${typeName(value)}`);
}

function delta(duration: Int): PyTimedelta {
  return new PyTimedelta(calendar.checkDuration(duration));
}

/** A float that may multiply or divide. */
function factor(x: number): number {
  if (Number.isNaN(x)) fault("ValueError", "cannot convert NaN to integer ratio");
  if (x - x !== 0) fault("OverflowError", "cannot convert Infinity to integer ratio");
  return x;
}

function times(self: PyTimedelta, other: Value): Value {
  const by = intOf(other);
  if (by !== undefined) return delta(integers.mul(self.duration, by));
  if (!(other instanceof PyFloat)) return NotImplemented;
  return new PyTimedelta(calendar.multiply(self.duration, factor(other.v)));
}

function order(apply: (a: Int, b: Int) => boolean): Native {
  return (self: PyTimedelta, other: Value) =>
    other instanceof PyTimedelta ? apply(self.duration, other.duration) : NotImplemented;
}

/** An operator for two durations. */
function between(apply: (a: Int, b: Int) => Value): Native {
  return (self: PyTimedelta, other: Value) =>
    other instanceof PyTimedelta ? apply(self.duration, other.duration) : NotImplemented;
}

export function makeTimedelta(): PyType {
  const type = builtinType("timedelta", PyTimedelta, { module: "datetime" });
  maker(
    type,
    signed(
      "cls, days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, weeks=0",
      (
        cls: PyType,
        days?: Value,
        seconds?: Value,
        microseconds?: Value,
        milliseconds?: Value,
        minutes?: Value,
        hours?: Value,
        weeks?: Value,
      ) => {
        const given = { microseconds, milliseconds, seconds, minutes, hours, days, weeks };
        const amounts: [calendar.Amount, number][] = [];
        for (const [name, unit] of UNITS) {
          const value = given[name];
          if (value !== undefined) amounts.push([amountOf(value, name), unit]);
        }
        return derived(cls, calendar.durationOf(amounts));
      },
    ),
  );
  const parts = (self: PyTimedelta) => calendar.parts(self.duration);
  computed(type, {
    days: (self: PyTimedelta) => parts(self)[0],
    seconds: (self: PyTimedelta) => parts(self)[1],
    microseconds: (self: PyTimedelta) => parts(self)[2],
  });
  methods(type, {
    total_seconds: (self: PyTimedelta) => new PyFloat(calendar.totalSeconds(self.duration)),
    __add__: between((a, b) => delta(integers.add(a, b))),
    __radd__: between((a, b) => delta(integers.add(a, b))),
    __sub__: between((a, b) => delta(integers.sub(a, b))),
    __rsub__: between((a, b) => delta(integers.sub(b, a))),
    __neg__: (self: PyTimedelta) => delta(integers.neg(self.duration)),
    __pos__: (self: PyTimedelta) => new PyTimedelta(self.duration),
    __abs__: (self: PyTimedelta) => delta(integers.abs(self.duration)),
    __bool__: (self: PyTimedelta) => self.duration !== 0,
    __mul__: times,
    __rmul__: times,
    __truediv__: (self: PyTimedelta, other: Value) => {
      if (other instanceof PyTimedelta) {
        return new PyFloat(truediv(self.duration, other.duration));
      }
      const by = other instanceof PyFloat ? other : intOf(other);
      if (by === undefined) return NotImplemented;
      if (other instanceof PyFloat) factor(other.v);
      return new PyTimedelta(calendar.divide(self.duration, by));
    },
    __floordiv__: (self: PyTimedelta, other: Value) => {
      if (other instanceof PyTimedelta) return integers.floordiv(self.duration, other.duration);
      const by = intOf(other);
      return by === undefined ? NotImplemented : delta(integers.floordiv(self.duration, by));
    },
    __mod__: between((a, b) => delta(integers.mod(a, b))),
    __divmod__: between((a, b) => {
      const [quotient, rest] = integers.divmod(a, b);
      return new PyTuple([quotient, delta(rest)]);
    }),
    __eq__: order((a, b) => a === b),
    __ne__: order((a, b) => a !== b),
    __lt__: order((a, b) => a < b),
    __le__: order((a, b) => a <= b),
    __gt__: order((a, b) => a > b),
    __ge__: order((a, b) => a >= b),
    __hash__: (self: PyTimedelta) => hashTuple(parts(self)),
    __repr__: (self: PyTimedelta) =>
      durationRepr(self.duration).replace(/^datetime\.timedelta/, named(self.type)),
    __str__: (self: PyTimedelta) => calendar.durationText(self.duration),
    __reduce__: (self: PyTimedelta) => new PyTuple([self.type, new PyTuple([...parts(self)])]),
  });
  constants(type, {
    resolution: new PyTimedelta(1),
    min: new PyTimedelta(-999_999_999n * 86_400_000_000n),
    max: new PyTimedelta(999_999_999n * 86_400_000_000n + 86_399_999_999n),
  });
  return type;
}

/** What a repr calls a class: with its module where it is ours. */
export function named(type: PyType): string {
  return type.open ? type.qualname : `datetime.${type.name}`;
}
