/** `time`: the clock of the host, in UTC, which is the local time of every program. */
import { fault } from "../fault.ts";
import { DAYS, momentOf, MONTHS, strftime, strptime } from "../numeric/date-text.ts";
import type { Moment } from "../numeric/date-text.ts";
import { canonical } from "../numeric/sizes.ts";
import { dayOfYear, weekday } from "../numeric/calendar.ts";
import { maker } from "../objects/define.ts";
import { PyDict } from "../objects/dict.ts";
import { PyFloat } from "../objects/float.ts";
import type { PyModule } from "../objects/module.ts";
import { None, type Value } from "../objects/object.ts";
import { signed } from "../objects/signature.ts";
import { runtime } from "../objects/state.ts";
import { PyTuple } from "../objects/tuple.ts";
import type { PyType } from "../objects/type.ts";
import { toArray } from "../operations/iterate.ts";
import { repr, textOf } from "../operations/repr.ts";
import { requireIndex } from "../operations/subscript.ts";
import { typeName } from "../operations/typeof.ts";
import { reprStr } from "../text/quote.ts";
import { functions } from "./native.ts";
import { type StructSequence, structSequence } from "./struct-sequence.ts";

const FIELDS = [
  "tm_year",
  "tm_mon",
  "tm_mday",
  "tm_hour",
  "tm_min",
  "tm_sec",
  "tm_wday",
  "tm_yday",
  "tm_isdst",
  "tm_zone",
  "tm_gmtoff",
];

let sequence: StructSequence | undefined;

/** The class of broken-down times, made when it is first asked for. */
function structTimes(): StructSequence {
  if (sequence !== undefined) return sequence;
  const made = structSequence("time", "struct_time", FIELDS, 9);
  maker(
    made.type,
    signed("cls, sequence, dict=None", (_cls: PyType, source: Value, more?: Value) => {
      if (more !== undefined && more !== None && !(more instanceof PyDict))
        fault("TypeError", "time.struct_time() takes a dict as second arg, if any");
      const named = more instanceof PyDict ? more : new PyDict();
      const items = toArray(source);
      if (items.length < 9) {
        fault(
          "TypeError",
          `time.struct_time() takes an at least 9-sequence (${items.length}-sequence given)`,
        );
      }
      return made.make([
        ...items.slice(0, 9),
        items[9] ?? named.get("tm_zone") ?? None,
        items[10] ?? named.get("tm_gmtoff") ?? None,
      ]);
    }),
  );
  return (sequence = made);
}

/** A struct_time of its nine fields. */
export function structTime(fields: readonly number[], zone?: string, offset?: number): PyTuple {
  return structTimes().make([...fields, zone ?? None, offset ?? None]) as PyTuple;
}

/** A number of seconds as an argument. */
function seconds(value: Value): number {
  return value instanceof PyFloat ? value.v : Number(requireIndex(value));
}

const MOST = 8.64e12;

function utc(value?: Value): PyTuple {
  const now = value === undefined || value === None ? clock("time") : seconds(value);
  if (Number.isNaN(now)) fault("ValueError", "Invalid value NaN (not a number)");
  if (Math.abs(now) > MOST) {
    fault("OverflowError", "timestamp out of range for platform time_t");
  }
  const date = new Date(Math.floor(now) * 1000);
  const year = date.getUTCFullYear();
  const start = new Date(Date.UTC(2000, 0, 1));
  start.setUTCFullYear(year);
  return structTime(
    [
      year,
      date.getUTCMonth() + 1,
      date.getUTCDate(),
      date.getUTCHours(),
      date.getUTCMinutes(),
      date.getUTCSeconds(),
      (date.getUTCDay() + 6) % 7,
      Math.floor((date.getTime() - start.getTime()) / 864e5) + 1,
      0,
    ],
    "UTC",
    0,
  );
}

function fieldsOf(value: Value): number[] {
  if (!(value instanceof PyTuple)) fault("TypeError", "Tuple or struct_time argument required");
  if (value.items.length < 9) {
    fault("TypeError", `function takes exactly 9 arguments (${value.items.length} given)`);
  }
  return value.items.slice(0, 9).map((item) => {
    const field = requireIndex(item);
    if (typeof field === "bigint")
      fault("OverflowError", "Python int too large to convert to C long");
    if (field > 2 ** 31 - 1) fault("OverflowError", "signed integer is greater than maximum");
    if (field < -(2 ** 31)) fault("OverflowError", "signed integer is less than minimum");
    return field;
  });
}

/** The moment of nine fields, which have to be in their ranges; zeros count as ones. */
function moment(fields: readonly number[]): Moment {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, ofWeek = 0, ofYear = 0] =
    fields;
  const check = (value: number, from: number, to: number, name: string): void => {
    if (value < from || value > to) fault("ValueError", `${name} out of range`);
  };
  check(month, 0, 12, "month");
  check(day, 0, 31, "day of month");
  check(hour, 0, 23, "hour");
  check(minute, 0, 59, "minute");
  check(second, 0, 61, "seconds");
  if (ofWeek < -1) fault("ValueError", "day of week out of range");
  check(ofYear, 0, 366, "day of year");
  const at = momentOf([year, month || 1, day || 1, hour, minute, second, 0]);
  at.ofWeek = (ofWeek + 7) % 7;
  at.ofYear = ofYear || 1;
  at.zone = "UTC";
  at.offset = 0;
  return at;
}

function ascii(fields: readonly number[]): string {
  const at = moment(fields);
  const two = (n: number): string => String(n).padStart(2, "0");
  const day = DAYS[at.ofWeek!]!.slice(0, 3);
  const month = MONTHS[at.month - 1]!.slice(0, 3);
  const clock = `${two(at.hour)}:${two(at.minute)}:${two(at.second)}`;
  return `${day} ${month}${String(at.day).padStart(3)} ${clock} ${at.year}`;
}

function clock(which: "time" | "monotonic"): number {
  return runtime().perform(`clock.${which}`) as number;
}

function parse(string: Value, format?: Value): PyTuple {
  const text = textOf(string);
  const wanted = format === undefined ? "%a %b %d %H:%M:%S %Y" : textOf(format);
  if (text === undefined) {
    fault("TypeError", `strptime() argument 0 must be str, not ${String(repr(string))}`);
  }
  if (wanted === undefined) {
    fault("TypeError", `strptime() argument 1 must be str, not ${String(repr(format!))}`);
  }
  const found = strptime(String(text), String(wanted), (shown) => String(reprStr(shown)));
  const { year, month, day, hour, minute, second } = found;
  return structTime(
    [
      year,
      month,
      day,
      hour,
      minute,
      second,
      weekday(year, month, day),
      dayOfYear(year, month, day),
      -1,
    ],
    found.zone,
    found.offset === undefined ? undefined : found.offset / 1e6,
  );
}

function secondsOf(fields: readonly number[]): number {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = fields;
  const date = new Date(Date.UTC(2000, month - 1, 1, hour, minute, second));
  date.setUTCFullYear(date.getUTCFullYear() + year - 2000);
  const time = date.getTime() / 1000 + (day - 1) * 86400;
  if (Number.isNaN(time)) fault("OverflowError", "mktime argument out of range");
  return time;
}

export function fillTime(module: PyModule): void {
  module.set("struct_time", structTimes().type);
  module.set("timezone", 0);
  module.set("altzone", 0);
  module.set("daylight", 0);
  module.set("tzname", new PyTuple(["UTC", "UTC"]));
  const float = (which: "time" | "monotonic") => () => new PyFloat(clock(which));
  const nanoseconds = (which: "time" | "monotonic") => () => {
    const now = clock(which);
    const whole = Math.floor(now);
    return canonical(BigInt(whole) * 1_000_000_000n + BigInt(Math.floor((now - whole) * 1e9)));
  };
  functions(module, {
    time: float("time"),
    time_ns: nanoseconds("time"),
    monotonic: float("monotonic"),
    monotonic_ns: nanoseconds("monotonic"),
    perf_counter: float("monotonic"),
    perf_counter_ns: nanoseconds("monotonic"),
    process_time: float("monotonic"),
    process_time_ns: nanoseconds("monotonic"),
    thread_time: float("monotonic"),
    sleep: (duration: Value) => {
      const length = seconds(duration);
      if (Number.isNaN(length)) fault("ValueError", "Invalid value NaN (not a number)");
      if (length < 0) fault("ValueError", "sleep length must be non-negative");
      runtime().perform("clock.sleep", length);
      return None;
    },
    gmtime: signed("seconds=None, /", utc),
    localtime: signed("seconds=None, /", utc),
    mktime: (fields: Value) => new PyFloat(secondsOf(fieldsOf(fields))),
    asctime: signed("t=None, /", (fields?: Value) => ascii(fieldsOf(fields ?? utc()))),
    ctime: signed("seconds=None, /", (at?: Value) => ascii(fieldsOf(utc(at)))),
    strftime: signed("format, t=None, /", (format: Value, fields?: Value) => {
      const text = textOf(format);
      if (text === undefined) {
        fault("TypeError", `strftime() argument 1 must be str, not ${typeName(format)}`);
      }
      return strftime(moment(fieldsOf(fields ?? utc())), String(text));
    }),
    strptime: signed("string, format='%a %b %d %H:%M:%S %Y', /", parse),
  });
}
