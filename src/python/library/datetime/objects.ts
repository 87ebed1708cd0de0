/** The objects of `datetime`, and what their parts share. Their classes are made when the module is first imported. */
import { fault } from "../../fault.ts";
import type { Moment } from "../../numeric/date-text.ts";
import type { Duration } from "../../numeric/calendar.ts";
import { None, PyObject, type Value } from "../../objects/object.ts";
import type { PyType } from "../../objects/type.ts";
import { getAttribute } from "../../operations/attributes.ts";
import { call, call1 } from "../../operations/call.ts";
import { textOf } from "../../operations/repr.ts";
import { requireIndex } from "../../operations/subscript.ts";
import { typeName } from "../../operations/typeof.ts";

export class PyTimedelta extends PyObject {
  /** Microseconds. */
  readonly duration: Duration;
  constructor(duration: Duration) {
    super();
    this.duration = duration;
  }
}

export class PyTzinfo extends PyObject {}

/** A zone of one offset. */
export class PyTimezone extends PyTzinfo {
  readonly offset: PyTimedelta;
  readonly title: string | undefined;
  constructor(offset: PyTimedelta, title?: string) {
    super();
    this.offset = offset;
    this.title = title;
  }
}

export class PyDate extends PyObject {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  constructor(year: number, month: number, day: number) {
    super();
    this.year = year;
    this.month = month;
    this.day = day;
  }
}

/** What has a time of day and a zone. */
export interface Clock {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly microsecond: number;
  readonly zone: Value;
  readonly fold: number;
}

export class PyTime extends PyObject implements Clock {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly microsecond: number;
  readonly zone: Value;
  readonly fold: number;
  constructor(
    hour: number,
    minute: number,
    second: number,
    microsecond: number,
    zone: Value = None,
    fold = 0,
  ) {
    super();
    this.hour = hour;
    this.minute = minute;
    this.second = second;
    this.microsecond = microsecond;
    this.zone = zone;
    this.fold = fold;
  }
}

export class PyDatetime extends PyDate implements Clock {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly microsecond: number;
  readonly zone: Value;
  readonly fold: number;
  constructor(
    year: number,
    month: number,
    day: number,
    hour: number,
    minute: number,
    second: number,
    microsecond: number,
    zone: Value = None,
    fold = 0,
  ) {
    super(year, month, day);
    this.hour = hour;
    this.minute = minute;
    this.second = second;
    this.microsecond = microsecond;
    this.zone = zone;
    this.fold = fold;
  }
}

/** Makes an instance: of the built-in class at once, of a program's by calling it; `fold` is given by its name alone. */
export function instance(
  cls: PyType,
  own: PyType,
  args: readonly Value[],
  fold: number = 0,
): PyObject {
  if (cls === own) {
    return new (own.js as unknown as new (...args: Value[]) => PyObject)(...args, fold);
  }
  const keywords = fold === 0 ? undefined : new Map<string, Value>([["fold", fold]]);
  return call(cls, [...args], keywords) as PyObject;
}

/** A field of a date or a time as an argument. */
export function field(value: Value | undefined, otherwise: number): number {
  return value === undefined ? otherwise : Number(requireIndex(value));
}

/** A field that has to be given. */
export function needed(value: Value | undefined, name: string, place: number): number {
  if (value === undefined) {
    fault("TypeError", `function missing required argument '${name}' (pos ${place})`);
  }
  return Number(requireIndex(value));
}

export function foldOf(value: Value | undefined): number {
  const fold = field(value, 0);
  if (fold !== 0 && fold !== 1) fault("ValueError", "fold must be either 0 or 1");
  return fold;
}

/** A zone as an argument. */
export function zoneOf(value: Value | undefined): Value {
  if (value === undefined || value === None) return None;
  if (value instanceof PyTzinfo) return value;
  fault(
    "TypeError",
    `tzinfo argument must be None or of a tzinfo subclass, not type '${typeName(value)}'`,
  );
}

const DAY = 86_400_000_000;

/** What a zone says of a moment: `utcoffset` or `dst`, in microseconds. */
export function offsetOf(
  zone: Value,
  moment: Value,
  method: "utcoffset" | "dst" = "utcoffset",
): number | undefined {
  if (zone === None) return undefined;
  if (zone instanceof PyTimezone && !zone.type.open) {
    return method === "dst" ? undefined : Number(zone.offset.duration);
  }
  const result = call1(getAttribute(zone, method), moment);
  if (result === None) return undefined;
  if (!(result instanceof PyTimedelta)) {
    fault(
      "TypeError",
      `tzinfo.${method}() must return None or a timedelta, not '${typeName(result)}'`,
    );
  }
  const offset = Number(result.duration);
  if (Math.abs(offset) >= DAY) {
    fault(
      "ValueError",
      "offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24).",
    );
  }
  return offset;
}

/** `tzname()`. */
export function titleOf(zone: Value, moment: Value): Value {
  if (zone === None) return None;
  const title = call1(getAttribute(zone, "tzname"), moment);
  if (title === None || textOf(title) !== undefined) return title;
  fault("TypeError", `tzinfo.tzname() must return None or a string, not '${typeName(title)}'`);
}

/** For strftime: the fields of a date, of a time on 1 January 1900, or of both. */
export function momentFor(value: PyDate | PyTime): Moment {
  const date = value instanceof PyDate ? value : { year: 1900, month: 1, day: 1 };
  const clock: Clock | undefined =
    value instanceof PyTime || value instanceof PyDatetime ? value : undefined;
  return {
    year: date.year,
    month: date.month,
    day: date.day,
    hour: clock?.hour ?? 0,
    minute: clock?.minute ?? 0,
    second: clock?.second ?? 0,
    microsecond: clock?.microsecond ?? 0,
  };
}

/** The text of `timespec` applied to a time of day. */
export function clockText(clock: Clock, timespec: string): string {
  const two = (n: number): string => String(n).padStart(2, "0");
  const micro = String(clock.microsecond).padStart(6, "0");
  const minutes = `${two(clock.hour)}:${two(clock.minute)}`;
  const seconds = `${minutes}:${two(clock.second)}`;
  switch (timespec) {
    case "auto":
      return clock.microsecond === 0 ? seconds : `${seconds}.${micro}`;
    case "hours":
      return two(clock.hour);
    case "minutes":
      return minutes;
    case "seconds":
      return seconds;
    case "milliseconds":
      return `${seconds}.${micro.slice(0, 3)}`;
    case "microseconds":
      return `${seconds}.${micro}`;
    default:
      fault("ValueError", "Unknown timespec value");
  }
}
