/** `datetime.datetime`. */
import { fault } from "../../fault.ts";
import * as calendar from "../../numeric/calendar.ts";
import {
  fieldsOf,
  offsetText,
  parseIsoDatetime,
  strftime,
  strptime,
} from "../../numeric/date-text.ts";
import { classMethods, computed, constants, maker, methods } from "../../objects/define.ts";
import { PyFloat } from "../../objects/float.ts";
import { None, NotImplemented, type PyObject, type Value } from "../../objects/object.ts";
import { builtinType } from "../../objects/root.ts";
import { type Native, signed } from "../../objects/signature.ts";
import { runtime } from "../../objects/state.ts";
import { PyTuple } from "../../objects/tuple.ts";
import type { PyType } from "../../objects/type.ts";
import { getAttribute } from "../../operations/attributes.ts";
import { call1, callSpecial } from "../../operations/call.ts";
import { hash, hashTuple } from "../../operations/hash.ts";
import { derived } from "../../operations/numbers.ts";
import { repr, textOf } from "../../operations/repr.ts";
import { requireIndex } from "../../operations/subscript.ts";
import { typeName } from "../../operations/typeof.ts";
import { fromJs, toJs } from "../../text/wide.ts";
import { reprStr } from "../../text/quote.ts";
import { structTime } from "../time.ts";
import { ctime, dateText, microsecondsOf, ordinalOf, requireStr } from "./date.ts";
import {
  clockText,
  field,
  foldOf,
  instance,
  momentFor,
  needed,
  offsetOf,
  PyDate,
  PyDatetime,
  PyTime,
  PyTimedelta,
  PyTimezone,
  titleOf,
  zoneOf,
} from "./objects.ts";
import { microsecondsOfDay, offsetValue, zoneOfOffset } from "./time.ts";
import {
  bytesOfClock,
  bytesOfDay,
  clockOf,
  dayOf,
  foldIn,
  isMonth,
  reduced,
  storedBytes,
  storedZone,
} from "./stored.ts";
import { named } from "./timedelta.ts";
import { isGt } from "../../operations/compare.ts";

const DAY = 86_400_000_000;
const EPOCH = 719163;

/** Microseconds since the day before 1 January of year 1, as the clock shows it; exact up to 9999. */
function wall(moment: PyDatetime): bigint {
  return BigInt(ordinalOf(moment)) * BigInt(DAY) + BigInt(microsecondsOfDay(moment));
}

/** The offset, of the moment itself. */
function offset(moment: PyDatetime): number | undefined {
  return offsetOf(moment.zone, moment);
}

/** The difference in microseconds; `undefined` where one knows its zone and the other does not. */
function difference(a: PyDatetime, b: PyDatetime): bigint | undefined {
  if (a.zone === b.zone) return wall(a) - wall(b);
  const [p, q] = [offset(a), offset(b)];
  if ((p === undefined) !== (q === undefined)) return undefined;
  return wall(a) - BigInt(p ?? 0) - (wall(b) - BigInt(q ?? 0));
}

/** Fields of a moment by its clock. */
function fieldsAt(micro: bigint): number[] {
  const day = BigInt(DAY);
  let ordinal = micro / day;
  let rest = micro % day;
  if (rest < 0n) {
    rest += day;
    ordinal -= 1n;
  }
  if (ordinal < 1n || ordinal > BigInt(calendar.MAX_ORDINAL)) {
    fault("OverflowError", "date value out of range");
  }
  const left = Number(rest);
  const seconds = Math.floor(left / 1e6);
  return [
    ...calendar.fromOrdinal(Number(ordinal)),
    Math.floor(seconds / 3600),
    Math.floor(seconds / 60) % 60,
    seconds % 60,
    left % 1e6,
  ];
}

/** Two moments are alike unless a repeated hour makes one of them mean two. */
function isProblematic(moment: PyDatetime): boolean {
  if (moment.zone === None || (moment.zone instanceof PyTimezone && !moment.zone.type.open)) {
    return false;
  }
  return offset(moment) !== offset(flipped(moment));
}

function flipped(moment: PyDatetime): PyDatetime {
  const made = new PyDatetime(
    moment.year,
    moment.month,
    moment.day,
    moment.hour,
    moment.minute,
    moment.second,
    moment.microsecond,
    moment.zone,
    moment.fold === 0 ? 1 : 0,
  );
  Object.setPrototypeOf(made, Object.getPrototypeOf(moment) as object);
  return made;
}

function equals(self: PyDatetime, other: Value): boolean | undefined {
  if (!(other instanceof PyDatetime)) return other instanceof PyDate ? false : undefined;
  if (self.zone !== other.zone && (isProblematic(self) || isProblematic(other))) return false;
  return difference(self, other) === 0n;
}

function order(apply: (sign: bigint) => boolean): Native {
  return (self: PyDatetime, other: Value) => {
    if (!(other instanceof PyDatetime)) {
      if (other instanceof PyDate) {
        fault("TypeError", `can't compare ${typeName(self)} to ${typeName(other)}`);
      }
      return NotImplemented;
    }
    const sign = difference(self, other);
    if (sign === undefined) {
      fault("TypeError", "can't compare offset-naive and offset-aware datetimes");
    }
    return apply(sign);
  };
}

function stored(self: PyDatetime, fold: number): PyTuple {
  return reduced(self.type, [...bytesOfDay(self, fold), ...bytesOfClock(self)], self.zone);
}

/** `isoformat()`. */
function isoText(self: PyDatetime, separator: string, timespec: string): string {
  const at = offset(self);
  const tail = at === undefined ? "" : offsetText(at, ":");
  return `${dateText(self)}${separator}${clockText(self, timespec)}${tail}`;
}

export function makeDatetime(date: PyType, utc: PyTimezone): PyType {
  const type = builtinType("datetime", PyDatetime, { base: date, module: "datetime" });
  const at = (cls: PyType, micro: bigint, zone: Value, fold = 0): PyObject =>
    instance(cls, type, [...fieldsAt(micro), zone], fold);

  maker(
    type,
    signed(
      "cls, year=None, month=None, day=None, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0",
      (
        cls: PyType,
        year?: Value,
        month?: Value,
        day?: Value,
        hour?: Value,
        minute?: Value,
        second?: Value,
        microsecond?: Value,
        zone?: Value,
        fold?: Value,
      ) => {
        const stored = storedBytes(year, 10);
        if (stored !== undefined && isMonth(stored[2]!)) {
          const fields = [...dayOf(stored), ...clockOf(stored.slice(4))];
          return derived(cls, ...fields, storedZone(month), foldIn(stored[2]!));
        }
        const days = [
          needed(year, "year", 1),
          needed(month, "month", 2),
          needed(day, "day", 3),
        ] as const;
        const clock = [
          field(hour, 0),
          field(minute, 0),
          field(second, 0),
          field(microsecond, 0),
        ] as const;
        calendar.checkDate(...days);
        calendar.checkTime(...clock);
        const twice = foldOf(fold);
        return derived(cls, ...days, ...clock, zoneOf(zone), twice);
      },
    ),
  );

  /** The moment of a timestamp in a zone. */
  const fromMicroseconds = (cls: PyType, micro: bigint, zone: Value): Value => {
    const moment = at(cls, BigInt(EPOCH) * BigInt(DAY) + micro, zone);
    return zone === None ? moment : call1(getAttribute(zone, "fromutc"), moment);
  };
  const now = (): bigint => microsecondsOf(new PyFloat(runtime().perform("clock.time") as number));

  classMethods(type, {
    now: signed("cls, tz=None", (cls: PyType, zone?: Value) =>
      fromMicroseconds(cls, now(), zoneOf(zone)),
    ),
    today: signed("cls", (cls: PyType) => fromMicroseconds(cls, now(), None)),
    utcnow: signed("cls", (cls: PyType) => fromMicroseconds(cls, now(), None)),
    fromtimestamp: signed("cls, timestamp, tz=None", (cls: PyType, stamp: Value, zone?: Value) =>
      fromMicroseconds(cls, microsecondsOf(stamp), zoneOf(zone)),
    ),
    utcfromtimestamp: signed("cls, timestamp, /", (cls: PyType, stamp: Value) =>
      fromMicroseconds(cls, microsecondsOf(stamp), None),
    ),
    combine: signed(
      "cls, date, time, tzinfo=None",
      (cls: PyType, day: Value, time: Value, zone?: Value) => {
        if (!(day instanceof PyDate)) {
          fault("TypeError", `combine() argument 1 must be datetime.date, not ${typeName(day)}`);
        }
        if (!(time instanceof PyTime)) {
          fault("TypeError", `combine() argument 2 must be datetime.time, not ${typeName(time)}`);
        }
        const fields = [time.hour, time.minute, time.second, time.microsecond];
        const kept = zone === undefined ? time.zone : zoneOf(zone);
        return instance(cls, type, [day.year, day.month, day.day, ...fields, kept], time.fold);
      },
    ),
    fromordinal: signed("cls, ordinal, /", (cls: PyType, ordinal: Value) =>
      instance(cls, type, [
        ...calendar.fromOrdinal(Number(requireIndex(ordinal))),
        0,
        0,
        0,
        0,
        None,
      ]),
    ),
    fromisocalendar: signed(
      "cls, year, week, day",
      (cls: PyType, year: Value, week: Value, day: Value) => {
        const ordinal = calendar.fromIsoCalendar(field(year, 0), field(week, 0), field(day, 0));
        return instance(cls, type, [...calendar.fromOrdinal(ordinal), 0, 0, 0, 0, None]);
      },
    ),
    fromisoformat: signed("cls, date_string, /", (cls: PyType, string: Value) => {
      const text = textOf(string);
      if (text === undefined) fault("TypeError", "fromisoformat: argument must be str");
      const found = parseIsoDatetime(toJs(text), String(reprStr(text)));
      const fields = fieldsOf(found).slice(0, 7) as number[];
      return instance(cls, type, [...fields, zoneOfOffset(found.offset, utc)]);
    }),
    strptime: signed("cls, date_string, format, /", (cls: PyType, string: Value, wanted: Value) => {
      const text = requireStr(string, "strptime() argument 1");
      const source = requireStr(wanted, "strptime() argument 2");
      const found = strptime(text, source, (shown) => String(reprStr(fromJs(shown))));
      const fields = fieldsOf(found).slice(0, 7) as number[];
      let zone: Value = None;
      if (found.offset !== undefined) {
        zone =
          found.zone === undefined
            ? zoneOfOffset(found.offset, utc)
            : new PyTimezone(new PyTimedelta(found.offset), found.zone);
      }
      return instance(cls, type, [...fields, zone]);
    }),
  });

  computed(type, {
    hour: (self: PyDatetime) => self.hour,
    minute: (self: PyDatetime) => self.minute,
    second: (self: PyDatetime) => self.second,
    microsecond: (self: PyDatetime) => self.microsecond,
    tzinfo: (self: PyDatetime) => self.zone,
    fold: (self: PyDatetime) => self.fold,
  });

  const shifted = (self: PyDatetime, by: PyTimedelta, sign: bigint): Value =>
    at(self.type, wall(self) + BigInt(by.duration) * sign, self.zone);
  /** Seconds since 1970; of a moment without a zone as if it were UTC, the local time. */
  const sinceEpoch = (self: PyDatetime): bigint =>
    wall(self) - BigInt(EPOCH) * BigInt(DAY) - BigInt(offset(self) ?? 0);
  const tuple = (self: PyDatetime, daylight: number, shift: number): PyTuple => {
    const [year, month, day, hour, minute, second] = fieldsAt(wall(self) - BigInt(shift)) as [
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    const ofWeek = calendar.weekday(year, month, day);
    const ofYear = calendar.dayOfYear(year, month, day);
    return structTime([year, month, day, hour, minute, second, ofWeek, ofYear, daylight]);
  };

  methods(type, {
    date: (self: PyDatetime) =>
      new (date.js as unknown as new (...args: number[]) => PyObject)(
        self.year,
        self.month,
        self.day,
      ),
    time: (self: PyDatetime) =>
      new PyTime(self.hour, self.minute, self.second, self.microsecond, None, self.fold),
    timetz: (self: PyDatetime) =>
      new PyTime(self.hour, self.minute, self.second, self.microsecond, self.zone, self.fold),
    replace: signed(
      "year=None, month=None, day=None, hour=None, minute=None, second=None, microsecond=None, tzinfo=None, *, fold=None",
      (self: PyDatetime, ...given: (Value | undefined)[]) => {
        const own = [
          self.year,
          self.month,
          self.day,
          self.hour,
          self.minute,
          self.second,
          self.microsecond,
        ];
        const fields = own.map((value, i) => field(given[i], value)) as [
          number,
          number,
          number,
          number,
          number,
          number,
          number,
        ];
        calendar.checkDate(fields[0], fields[1], fields[2]);
        calendar.checkTime(fields[3], fields[4], fields[5], fields[6]);
        const zone = given[7] === undefined ? self.zone : zoneOf(given[7]);
        const fold = given[8] === undefined ? self.fold : foldOf(given[8]);
        return instance(self.type, type, [...fields, zone], fold);
      },
    ),
    astimezone: signed("tz=None", (self: PyDatetime, zone?: Value) => {
      const to = zone === undefined || zone === None ? utcNamed : zoneOf(zone);
      if (self.zone === to) return self;
      const from = offset(self) ?? 0;
      const moment = at(self.type, wall(self) - BigInt(from), to);
      return call1(getAttribute(to, "fromutc"), moment);
    }),
    utcoffset: (self: PyDatetime) => offsetValue(offset(self)),
    dst: (self: PyDatetime) => offsetValue(offsetOf(self.zone, self, "dst")),
    tzname: (self: PyDatetime) => titleOf(self.zone, self),
    timetuple: (self: PyDatetime) => {
      const daylight = offsetOf(self.zone, self, "dst");
      return tuple(self, daylight === undefined ? -1 : daylight === 0 ? 0 : 1, 0);
    },
    utctimetuple: (self: PyDatetime) => tuple(self, 0, offset(self) ?? 0),
    timestamp: (self: PyDatetime) => new PyFloat(calendar.totalSeconds(sinceEpoch(self))),
    ctime: (self: PyDatetime) => ctime(self, clockText(self, "seconds")),
    isoformat: signed(
      "sep='T', timespec='auto'",
      (self: PyDatetime, sep?: Value, timespec?: Value) => {
        const separator = sep === undefined ? "T" : requireStr(sep, "isoformat() argument 1");
        if (Array.from(separator).length !== 1) {
          fault("TypeError", "isoformat() argument 1 must be a unicode character, not str");
        }
        const wanted =
          timespec === undefined ? "auto" : requireStr(timespec, "isoformat() argument 2");
        return fromJs(isoText(self, separator, wanted)) as Value;
      },
    ),
    strftime: signed("format", (self: PyDatetime, wanted: Value) => {
      const source = requireStr(wanted, "strftime() argument 1");
      const moment = momentFor(self);
      const title = source.includes("%Z") ? titleOf(self.zone, self) : None;
      moment.zone = title === None ? undefined : String(title);
      moment.offset = source.includes("%z") ? offset(self) : undefined;
      return fromJs(strftime(moment, source)) as Value;
    }),
    __str__: (self: PyDatetime) => callSpecial(self, "isoformat", " ")!,
    __repr__: (self: PyDatetime) => {
      const parts: (number | string)[] = [self.year, self.month, self.day, self.hour, self.minute];
      if (self.second !== 0 || self.microsecond !== 0) parts.push(self.second);
      if (self.microsecond !== 0) parts.push(self.microsecond);
      if (self.fold !== 0) parts.push(`fold=${self.fold}`);
      if (self.zone !== None) parts.push(`tzinfo=${String(repr(self.zone))}`);
      return `${named(self.type)}(${parts.join(", ")})`;
    },
    __hash__: (self: PyDatetime) => {
      const first = self.fold === 0 ? self : flipped(self);
      const shift = offset(first);
      const micro = wall(self) - BigInt(shift ?? 0);
      return shift === undefined ? hash(micro) : hashTuple([micro, 1]);
    },
    __eq__: (self: PyDatetime, other: Value) => equals(self, other) ?? NotImplemented,
    __ne__: (self: PyDatetime, other: Value) => {
      const same = equals(self, other);
      return same === undefined ? NotImplemented : !same;
    },
    __lt__: order((sign) => sign < 0n),
    __le__: order((sign) => sign <= 0n),
    __gt__: order((sign) => sign > 0n),
    __ge__: order((sign) => sign >= 0n),
    __add__: (self: PyDatetime, other: Value) =>
      other instanceof PyTimedelta ? shifted(self, other, 1n) : NotImplemented,
    __radd__: (self: PyDatetime, other: Value) =>
      other instanceof PyTimedelta ? shifted(self, other, 1n) : NotImplemented,
    __sub__: (self: PyDatetime, other: Value) => {
      if (other instanceof PyTimedelta) return shifted(self, other, -1n);
      if (!(other instanceof PyDatetime)) return NotImplemented;
      const between = difference(self, other);
      if (between === undefined) {
        fault("TypeError", "can't subtract offset-naive and offset-aware datetimes");
      }
      return new PyTimedelta(calendar.duration(between));
    },
    __reduce__: (self: PyDatetime) => stored(self, 0),
    __reduce_ex__: (self: PyDatetime, protocol: Value) =>
      stored(self, isGt(protocol, 3) ? self.fold : 0),
  });
  const utcNamed = new PyTimezone(new PyTimedelta(0), "UTC");
  constants(type, {
    min: new PyDatetime(1, 1, 1, 0, 0, 0, 0),
    max: new PyDatetime(9999, 12, 31, 23, 59, 59, 999999),
    resolution: new PyTimedelta(1),
  });
  return type;
}
