/** `datetime.time`. */
import { fault } from "../../fault.ts";
import { checkTime } from "../../numeric/calendar.ts";
import { offsetText, parseIsoTime, strftime } from "../../numeric/date-text.ts";
import { classMethods, computed, constants, maker, methods } from "../../objects/define.ts";
import { None, NotImplemented, type Value } from "../../objects/object.ts";
import { builtinType } from "../../objects/root.ts";
import { type Native, signed } from "../../objects/signature.ts";
import type { PyType } from "../../objects/type.ts";
import { callSpecial } from "../../operations/call.ts";
import { hash, hashTuple } from "../../operations/hash.ts";
import { derived } from "../../operations/numbers.ts";
import { repr, textOf } from "../../operations/repr.ts";
import { fromJs, toJs } from "../../text/wide.ts";
import { reprStr } from "../../text/quote.ts";
import { format, requireStr } from "./date.ts";
import {
  clockText,
  field,
  foldOf,
  instance,
  momentFor,
  offsetOf,
  PyTime,
  PyTimedelta,
  PyTimezone,
  titleOf,
  zoneOf,
  type Clock,
} from "./objects.ts";
import { bytesOfClock, clockOf, foldIn, reduced, storedBytes, storedZone } from "./stored.ts";
import { named } from "./timedelta.ts";
import { isGt } from "../../operations/compare.ts";

/** Microseconds since midnight. */
export function microsecondsOfDay({ hour, minute, second, microsecond }: Clock): number {
  return ((hour * 60 + minute) * 60 + second) * 1e6 + microsecond;
}

/** An offset as an object, or None. */
export function offsetValue(offset: number | undefined): Value {
  return offset === undefined ? None : new PyTimedelta(offset);
}

/** The zone of an offset that a text names. */
export function zoneOfOffset(offset: number | undefined, utc: Value): Value {
  if (offset === undefined) return None;
  return offset === 0 ? utc : new PyTimezone(new PyTimedelta(offset));
}

/** The sign of the difference of two times; `undefined` where one knows its zone and the other does not. */
function difference(a: PyTime, b: PyTime): number | undefined {
  const [x, y] = [microsecondsOfDay(a), microsecondsOfDay(b)];
  if (a.zone === b.zone) return x - y;
  const [p, q] = [offsetOf(a.zone, None), offsetOf(b.zone, None)];
  if ((p === undefined) !== (q === undefined)) return undefined;
  return x - (p ?? 0) - (y - (q ?? 0));
}

function order(apply: (sign: number) => boolean): Native {
  return (self: PyTime, other: Value) => {
    if (!(other instanceof PyTime)) return NotImplemented;
    const sign = difference(self, other);
    if (sign === undefined) {
      fault("TypeError", "can't compare offset-naive and offset-aware times");
    }
    return apply(sign);
  };
}

export function makeTime(utc: Value): PyType {
  const type = builtinType("time", PyTime, { module: "datetime" });
  maker(
    type,
    signed(
      "cls, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0",
      (
        cls: PyType,
        hour?: Value,
        minute?: Value,
        second?: Value,
        microsecond?: Value,
        zone?: Value,
        fold?: Value,
      ) => {
        const stored = storedBytes(hour, 6);
        if (stored !== undefined && (stored[0]! & 0x7f) < 24) {
          return derived(cls, ...clockOf(stored), storedZone(minute), foldIn(stored[0]!));
        }
        const fields = [
          field(hour, 0),
          field(minute, 0),
          field(second, 0),
          field(microsecond, 0),
        ] as const;
        checkTime(...fields);
        const twice = foldOf(fold);
        return derived(cls, ...fields, zoneOf(zone), twice);
      },
    ),
  );
  classMethods(type, {
    fromisoformat: signed("cls, time_string, /", (cls: PyType, string: Value) => {
      const text = textOf(string);
      if (text === undefined) fault("TypeError", "fromisoformat: argument must be str");
      const source = toJs(text);
      const found = parseIsoTime(
        source.startsWith("T") ? source.slice(1) : source,
        String(reprStr(text)),
      );
      const zone = zoneOfOffset(found.offset, utc);
      return instance(cls, type, [found.hour, found.minute, found.second, found.microsecond, zone]);
    }),
  });
  computed(type, {
    hour: (self: PyTime) => self.hour,
    minute: (self: PyTime) => self.minute,
    second: (self: PyTime) => self.second,
    microsecond: (self: PyTime) => self.microsecond,
    tzinfo: (self: PyTime) => self.zone,
    fold: (self: PyTime) => self.fold,
  });
  methods(type, {
    replace: signed(
      "hour=None, minute=None, second=None, microsecond=None, tzinfo=None, *, fold=None",
      (
        self: PyTime,
        hour?: Value,
        minute?: Value,
        second?: Value,
        microsecond?: Value,
        zone?: Value,
        fold?: Value,
      ) => {
        const fields = [
          field(hour, self.hour),
          field(minute, self.minute),
          field(second, self.second),
          field(microsecond, self.microsecond),
        ] as const;
        checkTime(...fields);
        const twice = fold === undefined ? self.fold : foldOf(fold);
        const kept = zone === undefined ? self.zone : zoneOf(zone);
        return instance(self.type, type, [...fields, kept], twice);
      },
    ),
    utcoffset: (self: PyTime) => offsetValue(offsetOf(self.zone, None)),
    dst: (self: PyTime) => offsetValue(offsetOf(self.zone, None, "dst")),
    tzname: (self: PyTime) => titleOf(self.zone, None),
    isoformat: signed("timespec='auto'", (self: PyTime, timespec?: Value) => {
      const wanted =
        timespec === undefined ? "auto" : requireStr(timespec, "isoformat() argument 1");
      const offset = offsetOf(self.zone, None);
      return clockText(self, wanted) + (offset === undefined ? "" : offsetText(offset, ":"));
    }),
    strftime: signed("format", (self: PyTime, wanted: Value) => {
      const source = requireStr(wanted, "strftime() argument 1");
      const title = source.includes("%Z") ? titleOf(self.zone, None) : None;
      const moment = momentFor(self);
      moment.zone = title === None ? undefined : String(title);
      moment.offset = source.includes("%z") ? offsetOf(self.zone, None) : undefined;
      return fromJs(strftime(moment, source)) as Value;
    }),
    __format__: format,
    __str__: (self: PyTime) => callSpecial(self, "isoformat")!,
    __repr__: (self: PyTime) => {
      const { hour, minute, second, microsecond, zone, fold } = self;
      const parts: (number | string)[] = [hour, minute];
      if (second !== 0 || microsecond !== 0) parts.push(second);
      if (microsecond !== 0) parts.push(microsecond);
      if (zone !== None) parts.push(`tzinfo=${String(repr(zone))}`);
      if (fold !== 0) parts.push(`fold=${fold}`);
      return `${named(self.type)}(${parts.join(", ")})`;
    },
    __hash__: (self: PyTime) => {
      const offset = offsetOf(self.zone, None);
      const micro = microsecondsOfDay(self);
      return offset === undefined ? hash(micro) : hashTuple([micro - offset, 1]);
    },
    __eq__: (self: PyTime, other: Value) =>
      other instanceof PyTime ? difference(self, other) === 0 : NotImplemented,
    __ne__: (self: PyTime, other: Value) =>
      other instanceof PyTime ? difference(self, other) !== 0 : NotImplemented,
    __lt__: order((sign) => sign < 0),
    __le__: order((sign) => sign <= 0),
    __gt__: order((sign) => sign > 0),
    __ge__: order((sign) => sign >= 0),
    __reduce__: (self: PyTime) => reduced(self.type, bytesOfClock(self), self.zone),
    __reduce_ex__: (self: PyTime, protocol: Value) =>
      reduced(self.type, bytesOfClock(self, isGt(protocol, 3) ? self.fold : 0), self.zone),
  });
  constants(type, {
    min: new PyTime(0, 0, 0, 0),
    max: new PyTime(23, 59, 59, 999999),
    resolution: new PyTimedelta(1),
  });
  return type;
}
