/** `datetime.date`. */
import { fault } from "../../fault.ts";
import * as calendar from "../../numeric/calendar.ts";
import { DAYS, MONTHS, parseIsoDate, strftime } from "../../numeric/date-text.ts";
import * as integers from "../../numeric/integers.ts";
import { canonical } from "../../numeric/sizes.ts";
import { classMethods, computed, constants, maker, methods } from "../../objects/define.ts";
import { PyFloat } from "../../objects/float.ts";
import { NotImplemented, type PyObject, type Value } from "../../objects/object.ts";
import { builtinType } from "../../objects/root.ts";
import { type Native, signed } from "../../objects/signature.ts";
import { runtime } from "../../objects/state.ts";
import { PyTuple, tupleType } from "../../objects/tuple.ts";
import type { PyType } from "../../objects/type.ts";
import { getAttribute } from "../../operations/attributes.ts";
import { call1, callSpecial } from "../../operations/call.ts";
import { hashTuple } from "../../operations/hash.ts";
import { derived } from "../../operations/numbers.ts";
import { str, textOf } from "../../operations/repr.ts";
import { requireIndex } from "../../operations/subscript.ts";
import { typeName } from "../../operations/typeof.ts";
import { roundToInt } from "../../text/floats.ts";
import { fromJs, toJs } from "../../text/wide.ts";
import { reprStr } from "../../text/quote.ts";
import { structTime } from "../time.ts";
import { field, instance, momentFor, needed, PyDate, PyDatetime, PyTimedelta } from "./objects.ts";
import { bytesOfDay, dayOf, isMonth, reduced, storedBytes } from "./stored.ts";
import { named } from "./timedelta.ts";

const DAY = 86_400_000_000;

/** YYYY-MM-DD. */
export function dateText({ year, month, day }: PyDate): string {
  const two = (n: number): string => String(n).padStart(2, "0");
  return `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}`;
}

export function ordinalOf({ year, month, day }: PyDate): number {
  return calendar.toOrdinal(year, month, day);
}

/** `%a %b %e %T %Y` of any day. */
export function ctime(date: PyDate, clock: string): string {
  const name = DAYS[calendar.weekday(date.year, date.month, date.day)]!.slice(0, 3);
  const month = MONTHS[date.month - 1]!.slice(0, 3);
  return `${name} ${month} ${String(date.day).padStart(2)} ${clock} ${String(date.year).padStart(4, "0")}`;
}

/** The argument of a function that wants a str. */
export function requireStr(value: Value, where: string): string {
  const text = textOf(value);
  if (text === undefined) fault("TypeError", `${where} must be str, not ${typeName(value)}`);
  return toJs(text);
}

/** `__format__` of dates and times. */
export const format: Native = (self: PyObject, spec: Value) => {
  const wanted = textOf(spec);
  if (wanted === undefined) fault("TypeError", `must be str, not ${typeName(spec)}`);
  if (wanted === "") return str(self) as Value;
  return callSpecial(self, "strftime", spec)!;
};

/** Where a timestamp lies: seconds since 1970 as an argument, in whole microseconds rounded half to even. */
export function microsecondsOf(timestamp: Value): bigint {
  const seconds = timestamp instanceof PyFloat ? timestamp.v : Number(requireIndex(timestamp));
  if (Number.isNaN(seconds)) fault("ValueError", "Invalid value NaN (not a number)");
  if (Math.abs(seconds) > 1e18) {
    fault("OverflowError", "timestamp out of range for platform time_t");
  }
  const whole = Math.trunc(seconds);
  const total = BigInt(whole) * 1_000_000n + BigInt(roundToInt((seconds - whole) * 1e6));
  const year = 1970 + seconds / 31_556_952;
  if (year < 0.9 || year > 10_000.1) {
    fault("ValueError", `year ${Math.floor(year)} is out of range`);
  }
  return total;
}

function order(apply: (sign: number) => boolean): Native {
  return (self: PyDate, other: Value) => {
    if (other instanceof PyDatetime || !(other instanceof PyDate)) {
      return other instanceof PyDatetime ? cannotCompare(self, other) : NotImplemented;
    }
    return apply(ordinalOf(self) - ordinalOf(other));
  };
}

function cannotCompare(self: Value, other: Value): never {
  fault("TypeError", `can't compare ${typeName(self)} to ${typeName(other)}`);
}

function equals(self: PyDate, other: Value): boolean | undefined {
  if (!(other instanceof PyDate)) return undefined;
  return other instanceof PyDatetime ? false : ordinalOf(self) === ordinalOf(other);
}

export function makeDate(): PyType {
  const type = builtinType("date", PyDate, { module: "datetime" });
  const week = makeWeek();
  const ofOrdinal = (cls: PyType, ordinal: number): PyObject =>
    instance(cls, type, calendar.fromOrdinal(ordinal));
  maker(
    type,
    signed(
      "cls, year=None, month=None, day=None",
      (cls: PyType, year?: Value, month?: Value, day?: Value) => {
        const stored = month === undefined ? storedBytes(year, 4) : undefined;
        if (stored !== undefined && isMonth(stored[2]!)) return derived(cls, ...dayOf(stored));
        const fields = [
          needed(year, "year", 1),
          needed(month, "month", 2),
          needed(day, "day", 3),
        ] as const;
        calendar.checkDate(...fields);
        return derived(cls, ...fields);
      },
    ),
  );
  classMethods(type, {
    today: signed("cls", (cls: PyType) => {
      const now = new PyFloat(runtime().perform("clock.time") as number);
      return call1(getAttribute(cls, "fromtimestamp"), now);
    }),
    fromtimestamp: signed("cls, timestamp, /", (cls: PyType, timestamp: Value) =>
      fromTimestamp(cls, timestamp),
    ),
    fromordinal: signed("cls, ordinal, /", (cls: PyType, ordinal: Value) =>
      ofOrdinal(cls, Number(requireIndex(ordinal))),
    ),
    fromisoformat: signed("cls, date_string, /", (cls: PyType, string: Value) => {
      const text = textOf(string);
      if (text === undefined) fault("TypeError", "fromisoformat: argument must be str");
      const shown = toJs(text);
      return instance(cls, type, parseIsoDate(shown, String(reprStr(text))));
    }),
    fromisocalendar: signed(
      "cls, year, week, day",
      (cls: PyType, year: Value, week: Value, day: Value) =>
        ofOrdinal(cls, calendar.fromIsoCalendar(field(year, 0), field(week, 0), field(day, 0))),
    ),
  });
  function fromTimestamp(cls: PyType, timestamp: Value): PyObject {
    const days = integers.floordiv(canonical(microsecondsOf(timestamp)), DAY);
    return ofOrdinal(cls, Number(days) + 719163);
  }
  computed(type, {
    year: (self: PyDate) => self.year,
    month: (self: PyDate) => self.month,
    day: (self: PyDate) => self.day,
  });
  const shifted = (self: PyDate, by: PyTimedelta, sign: number): Value => {
    const days = Number(calendar.parts(by.duration)[0]) * sign;
    const ordinal = ordinalOf(self) + days;
    if (ordinal < 1 || ordinal > calendar.MAX_ORDINAL) {
      fault("OverflowError", "date value out of range");
    }
    return ofOrdinal(self.type, ordinal);
  };
  methods(type, {
    replace: signed(
      "year=None, month=None, day=None",
      (self: PyDate, year?: Value, month?: Value, day?: Value) => {
        const fields = [
          field(year, self.year),
          field(month, self.month),
          field(day, self.day),
        ] as const;
        calendar.checkDate(...fields);
        return instance(self.type, type, fields);
      },
    ),
    toordinal: (self: PyDate) => ordinalOf(self),
    weekday: (self: PyDate) => calendar.weekday(self.year, self.month, self.day),
    isoweekday: (self: PyDate) => calendar.weekday(self.year, self.month, self.day) + 1,
    isocalendar: (self: PyDate) =>
      derived(week, calendar.isoCalendar(self.year, self.month, self.day)),
    isoformat: dateText,
    ctime: (self: PyDate) => ctime(self, "00:00:00"),
    timetuple: (self: PyDate) =>
      structTime([
        self.year,
        self.month,
        self.day,
        0,
        0,
        0,
        calendar.weekday(self.year, self.month, self.day),
        calendar.dayOfYear(self.year, self.month, self.day),
        -1,
      ]),
    strftime: signed(
      "format",
      (self: PyDate, wanted: Value) =>
        fromJs(strftime(momentFor(self), requireStr(wanted, "strftime() argument 1"))) as Value,
    ),
    __format__: format,
    __str__: (self: PyDate) => callSpecial(self, "isoformat")!,
    __repr__: (self: PyDate) => `${named(self.type)}(${self.year}, ${self.month}, ${self.day})`,
    __hash__: (self: PyDate) => hashTuple([self.year, self.month, self.day]),
    __eq__: (self: PyDate, other: Value) => equals(self, other) ?? NotImplemented,
    __ne__: (self: PyDate, other: Value) => {
      const same = equals(self, other);
      return same === undefined ? NotImplemented : !same;
    },
    __lt__: order((sign) => sign < 0),
    __le__: order((sign) => sign <= 0),
    __gt__: order((sign) => sign > 0),
    __ge__: order((sign) => sign >= 0),
    __add__: (self: PyDate, other: Value) =>
      other instanceof PyTimedelta ? shifted(self, other, 1) : NotImplemented,
    __radd__: (self: PyDate, other: Value) =>
      other instanceof PyTimedelta ? shifted(self, other, 1) : NotImplemented,
    __sub__: (self: PyDate, other: Value) => {
      if (other instanceof PyTimedelta) return shifted(self, other, -1);
      if (!(other instanceof PyDate) || other instanceof PyDatetime) return NotImplemented;
      return new PyTimedelta(integers.mul(ordinalOf(self) - ordinalOf(other), DAY));
    },
    __reduce__: (self: PyDate) => reduced(self.type, bytesOfDay(self)),
  });
  constants(type, {
    min: new PyDate(1, 1, 1),
    max: new PyDate(9999, 12, 31),
    resolution: new PyTimedelta(DAY),
  });
  return type;
}

class PyWeek extends PyTuple {}

/** What `isocalendar` gives. */
function makeWeek(): PyType {
  const type = builtinType("IsoCalendarDate", PyWeek, { base: tupleType, module: "datetime" });
  ["year", "week", "weekday"].forEach((name, i) =>
    computed(type, { [name]: (self: PyWeek) => self.items[i]! }),
  );
  methods(type, {
    __reduce__: (self: PyWeek) =>
      new PyTuple([tupleType, new PyTuple([new PyTuple([...self.items])])]),
    __repr__: (self: PyWeek) => {
      const [year, week, weekday] = self.items.map(String);
      return `datetime.IsoCalendarDate(year=${year}, week=${week}, weekday=${weekday})`;
    },
  });
  return type;
}
