/** Dates and times as text: strftime, strptime and the ISO 8601 forms, in the C locale. */
import { spend } from "../budget.ts";
import { fault } from "../fault.ts";
import {
  checkDate,
  checkTime,
  dayOfYear,
  fromIsoCalendar,
  fromOrdinal,
  isoCalendar,
  parts,
  toOrdinal,
  weekday,
  type Duration,
} from "./calendar.ts";

/** The fields of a moment; the offset is in microseconds. */
export interface Moment {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  microsecond: number;
  offset?: number | undefined;
  zone?: string | undefined;
  /** Day of the week from Monday, 0, and of the year, where they are given and not the date's own. */
  ofWeek?: number | undefined;
  ofYear?: number | undefined;
}

/** A moment of year, month, day, hour, minute, second, microsecond. */
export function momentOf(fields: readonly number[]): Moment {
  const [year = 1900, month = 1, day = 1, hour = 0, minute = 0, second = 0, microsecond = 0] =
    fields;
  return { year, month, day, hour, minute, second, microsecond };
}

/** Its fields, the offset last. */
export function fieldsOf(m: Moment): (number | undefined)[] {
  return [m.year, m.month, m.day, m.hour, m.minute, m.second, m.microsecond, m.offset];
}

export const DAYS: readonly string[] = [
  "Monday",
  "Tuesday",
  "Wednesday",
  "Thursday",
  "Friday",
  "Saturday",
  "Sunday",
];
export const MONTHS: readonly string[] = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

function pad(n: number, width: number, fill = "0"): string {
  return String(n).padStart(width, fill);
}

/** The offset as +HH:MM, with seconds where it has them. */
export function offsetText(offset: number, colon: string): string {
  const size = Math.abs(offset);
  const seconds = Math.floor(size / 1e6);
  let text = `${offset < 0 ? "-" : "+"}${pad(Math.floor(seconds / 3600), 2)}${colon}${pad(Math.floor(seconds / 60) % 60, 2)}`;
  if (size % 6e7 !== 0) text += colon + pad(seconds % 60, 2);
  if (size % 1e6 !== 0) text += `.${pad(size % 1e6, 6)}`;
  return text;
}

function directive(m: Moment, letter: string): string | undefined {
  const { year, month, day, hour, minute, second } = m;
  const ofWeek = m.ofWeek ?? weekday(year, month, day);
  const ofYear = m.ofYear ?? dayOfYear(year, month, day);
  switch (letter) {
    case "a":
      return DAYS[ofWeek]!.slice(0, 3);
    case "A":
      return DAYS[ofWeek]!;
    case "w":
      return String((ofWeek + 1) % 7);
    case "u":
      return String(ofWeek + 1);
    case "d":
      return pad(day, 2);
    case "e":
      return pad(day, 2, " ");
    case "b":
    case "h":
      return MONTHS[month - 1]!.slice(0, 3);
    case "B":
      return MONTHS[month - 1]!;
    case "m":
      return pad(month, 2);
    case "y":
      return pad(year % 100, 2);
    case "C":
      return pad(Math.floor(year / 100), 2);
    case "Y":
      return String(year);
    case "H":
      return pad(hour, 2);
    case "k":
      return pad(hour, 2, " ");
    case "I":
      return pad(hour % 12 || 12, 2);
    case "l":
      return pad(hour % 12 || 12, 2, " ");
    case "p":
      return hour < 12 ? "AM" : "PM";
    case "P":
      return hour < 12 ? "am" : "pm";
    case "M":
      return pad(minute, 2);
    case "S":
      return pad(second, 2);
    case "f":
      return pad(m.microsecond, 6);
    case "z":
      return m.offset === undefined ? "" : offsetText(m.offset, "");
    case "Z":
      return m.zone ?? "";
    case "j":
      return pad(ofYear, 3);
    case "U":
      return pad(Math.floor((ofYear + 6 - ((ofWeek + 1) % 7)) / 7), 2);
    case "W":
      return pad(Math.floor((ofYear + 6 - ofWeek) / 7), 2);
    case "G":
      return String(isoCalendar(year, month, day)[0]);
    case "g":
      return pad(isoCalendar(year, month, day)[0] % 100, 2);
    case "V":
      return pad(isoCalendar(year, month, day)[1], 2);
    case "c":
      return strftime(m, "%a %b %e %H:%M:%S %Y");
    case "x":
    case "D":
      return strftime(m, "%m/%d/%y");
    case "X":
    case "T":
      return strftime(m, "%H:%M:%S");
    case "F":
      return strftime(m, "%Y-%m-%d");
    case "R":
      return strftime(m, "%H:%M");
    case "r":
      return strftime(m, "%I:%M:%S %p");
    case "s":
      return String(
        (toOrdinal(year, month, day) - 719163) * 86400 + hour * 3600 + minute * 60 + second,
      );
    case "n":
      return "\n";
    case "t":
      return "\t";
    case "%":
      return "%";
    default:
      return undefined;
  }
}

/** What the C library's flags make of a part: `-` no filling, `_` blanks, `0` zeros, `^` capitals, `#` the other case. */
function shaped(part: string, letter: string, flag: string, width: string): string {
  const isNumber = /^[ 0]*\d+$/.test(part);
  let text = part;
  if (flag === "^") text = text.toUpperCase();
  if (flag === "#")
    text = letter === "p" || letter === "Z" ? text.toLowerCase() : text.toUpperCase();
  if (isNumber && flag === "-") return text.replace(/^[ 0]+(?=\d)/, "");
  if (isNumber && flag === "_")
    text = text.replace(/^0+(?=\d)/, (zeros) => " ".repeat(zeros.length));
  const fill = flag === "_" || (!isNumber && flag !== "0") ? " " : "0";
  return text.padStart(Number(width), fill);
}

/** strftime; letters that nobody knows stay as they are. */
export function strftime(m: Moment, format: string): string {
  spend(format.length);
  let text = "";
  for (let i = 0; i < format.length; i++) {
    const char = format.charAt(i);
    if (char !== "%" || i + 1 === format.length) text += char;
    else {
      const [whole, flag = "", width = "", letter = ""] = /^%([-_0^#]?)(\d{0,3})[EO]?(.?)/s.exec(
        format.slice(i, i + 8),
      ) as unknown as [string, ...string[]];
      const found = directive(m, letter);
      i += whole.length - 1;
      text += found === undefined ? whole : shaped(found, letter, flag, width);
    }
  }
  return text;
}

/** repr(timedelta). */
export function durationRepr(duration: Duration): string {
  const [days, seconds, micro] = parts(duration);
  const named: string[] = [];
  if (days !== 0) named.push(`days=${days}`);
  if (seconds !== 0) named.push(`seconds=${seconds}`);
  if (micro !== 0) named.push(`microseconds=${micro}`);
  return `datetime.timedelta(${named.join(", ") || "0"})`;
}

/** date.fromisoformat: YYYY-MM-DD, YYYYMMDD, YYYY-Www[-D], YYYYWww[D]. */
export function parseIsoDate(text: string, quoted: string): [number, number, number] {
  const bad = (): never => fault("ValueError", `Invalid isoformat string: ${quoted}`);
  const plain = /^(\d{4})(-?)(\d\d)\2(\d\d)$/.exec(text);
  if (plain !== null) {
    const [year, month, day] = [plain[1], plain[3], plain[4]].map(Number) as [
      number,
      number,
      number,
    ];
    checkDate(year, month, day);
    return [year, month, day];
  }
  const week = /^(\d{4})(-?)W(\d\d)(?:\2(\d))?$/.exec(text);
  if (week === null) return bad();
  return fromOrdinal(fromIsoCalendar(Number(week[1]), Number(week[3]), Number(week[4] ?? 1)));
}

const CLOCK = /^(\d\d)(?:(:?)(\d\d)(?:\2(\d\d)(?:[.,](\d+))?)?)?$/;

function clock(text: string): number[] | undefined {
  const match = CLOCK.exec(text);
  if (match === null) return undefined;
  const fraction = (match[5] ?? "").slice(0, 6).padEnd(6, "0");
  return [match[1], match[3] ?? 0, match[4] ?? 0, fraction].map(Number);
}

/** time.fromisoformat, and what stands behind the separator of a datetime. */
export function parseIsoTime(text: string, quoted: string): Moment {
  const bad = (): never => fault("ValueError", `Invalid isoformat string: ${quoted}`);
  const at = text.search(/[-+Z]/);
  const fields = clock(at < 0 ? text : text.slice(0, at)) ?? bad();
  const moment = momentOf([1900, 1, 1, ...fields]);
  if (at >= 0) {
    const zone = text.slice(at);
    if (zone === "Z") moment.offset = 0;
    else {
      const [h = 0, m = 0, s = 0, u = 0] = zone === "Z" ? [] : (clock(zone.slice(1)) ?? bad());
      if (zone.startsWith("Z")) bad();
      moment.offset = ((h * 60 + m) * 60 + s) * 1e6 + u;
      if (moment.offset >= 864e8) {
        const sign = zone.startsWith("-") ? "-" : "";
        fault(
          "ValueError",
          `offset must be a timedelta strictly between -timedelta(hours=24) and timedelta(hours=24), not ${sign}${durationRepr(moment.offset)}.`,
        );
      }
      if (zone.startsWith("-")) moment.offset = 0 - moment.offset;
    }
  }
  checkTime(moment.hour, moment.minute, moment.second, moment.microsecond);
  return moment;
}

/** How long the date is that a moment begins with: what follows it may be anything, a digit too. */
function dateLength(text: string): number {
  const isDigit = (at: number): boolean => /^\d/.test(text.slice(at, at + 1));
  if (text.length === 7) return 7;
  if (text.startsWith("-", 4)) {
    if (!text.startsWith("W", 5)) return 10;
    return text.startsWith("-", 8) && !(text.length > 10 && isDigit(10)) ? 10 : 8;
  }
  if (!text.startsWith("W", 4)) return 8;
  let end = 7;
  while (isDigit(end)) end++;
  if (end < 9) return end;
  return end % 2 === 0 ? 7 : 8;
}

/** datetime.fromisoformat. */
export function parseIsoDatetime(text: string, quoted: string): Moment {
  spend(text.length);
  const bad = (): never => fault("ValueError", `Invalid isoformat string: ${quoted}`);
  if (text.length < 7) bad();
  const length = dateLength(text);
  const [year, month, day] = parseIsoDate(text.slice(0, length), quoted);
  if (text.length === length) return momentOf([year, month, day]);
  const rest = text.slice(length + (text.codePointAt(length)! > 0xffff ? 2 : 1));
  if (rest === "") bad();
  return { ...parseIsoTime(rest, quoted), year, month, day };
}

const FIELDS: Record<string, string> = {
  d: "(?<d>3[01]|[12]\\d|0[1-9]|[1-9]| [1-9])",
  f: "(?<f>[0-9]{1,6})",
  H: "(?<H>2[0-3]|[01]\\d|\\d)",
  I: "(?<I>1[0-2]|0[1-9]|[1-9])",
  G: "(?<G>\\d\\d\\d\\d)",
  j: "(?<j>36[0-6]|3[0-5]\\d|[12]\\d\\d|0[1-9]\\d|00[1-9]|[1-9]\\d|0[1-9]|[1-9])",
  m: "(?<m>1[0-2]|0[1-9]|[1-9])",
  M: "(?<M>[0-5]\\d|\\d)",
  S: "(?<S>6[0-1]|[0-5]\\d|\\d)",
  U: "(?<U>5[0-3]|[0-4]\\d|\\d)",
  W: "(?<W>5[0-3]|[0-4]\\d|\\d)",
  w: "(?<w>[0-6])",
  u: "(?<u>[1-7])",
  V: "(?<V>5[0-3]|0[1-9]|[1-4]\\d|\\d)",
  y: "(?<y>\\d\\d)",
  Y: "(?<Y>\\d\\d\\d\\d)",
  z: "(?<z>[+-]\\d\\d:?[0-5]\\d(?::?[0-5]\\d(?:\\.\\d{1,6})?)?|Z)",
  p: "(?<p>am|pm)",
  Z: "(?<Z>utc|gmt)",
};
const WHOLE: Record<string, string> = { c: "%a %b %d %H:%M:%S %Y", x: "%m/%d/%y", X: "%H:%M:%S" };

function named(letter: string): string | undefined {
  const list = (names: readonly string[], short: boolean): string =>
    `(?<${letter}>${names
      .map((name) => (short ? name.slice(0, 3) : name))
      .toSorted((a, b) => b.length - a.length)
      .join("|")})`;
  if (letter === "a" || letter === "A") return list(DAYS, letter === "a");
  if (letter === "b" || letter === "B") return list(MONTHS, letter === "b");
  return FIELDS[letter];
}

/** The pattern of a format: every repeat in it is bounded but that of blanks. */
function pattern(format: string, show: (text: string) => string): string {
  let source = "";
  const seen = new Set<string>();
  for (let i = 0; i < format.length; i++) {
    const char = format.charAt(i);
    if (char === "%") {
      const letter = format.charAt(++i);
      if (letter === "") fault("ValueError", `stray % in format ${show(format)}`);
      if (letter === "%") source += "%";
      else if (WHOLE[letter] !== undefined) source += pattern(WHOLE[letter], show);
      else {
        const part = named(letter);
        if (part === undefined) {
          fault("ValueError", `${show(letter)} is a bad directive in format ${show(format)}`);
        }
        if (seen.has(letter)) fault("ValueError", `redefinition of group name ${show(letter)}`);
        seen.add(letter);
        source += part;
      }
    } else if (/\s/.test(char)) {
      while (/\s/.test(format.charAt(i + 1))) i++;
      source += "\\s+";
    } else source += char.replace(/[\\^$.*+?()[\]{}|/-]/, "\\$&");
  }
  return source;
}

/** datetime.strptime; `show` is repr of a str, for the messages. */
export function strptime(text: string, format: string, show: (text: string) => string): Moment {
  spend(text.length * 4 + format.length * 16);
  const match = new RegExp(`^${pattern(format, show)}`, "i").exec(text);
  if (match === null) {
    fault("ValueError", `time data ${show(text)} does not match format ${show(format)}`);
  }
  if (match[0].length < text.length) {
    fault("ValueError", `unconverted data remains: ${text.slice(match[0].length)}`);
  }
  const found: Record<string, string | undefined> = match.groups ?? {};
  const numberOf = (letter: string): number | undefined =>
    found[letter] === undefined ? undefined : Number(found[letter]);
  const index = (names: readonly string[], word: string): number =>
    names.findIndex((name) => name.slice(0, word.length).toLowerCase() === word.toLowerCase());
  const short = numberOf("y");
  let year =
    numberOf("Y") ?? (short === undefined ? undefined : short + (short < 69 ? 2000 : 1900));
  const month = found["B"] ?? found["b"];
  let m = numberOf("m") ?? (month === undefined ? 1 : index(MONTHS, month) + 1);
  let d = numberOf("d") ?? 1;
  const name = found["A"] ?? found["a"];
  const sunday = numberOf("w");
  const iso = numberOf("u");
  let ofWeek = name === undefined ? undefined : index(DAYS, name);
  if (sunday !== undefined) ofWeek = (sunday + 6) % 7;
  if (iso !== undefined) ofWeek = iso - 1;
  let hour = numberOf("H") ?? 0;
  const twelve = numberOf("I");
  if (twelve !== undefined) {
    hour = twelve % 12;
    if (found["p"]?.toLowerCase() === "pm") hour += 12;
  }
  const isoYear = numberOf("G");
  const isoWeek = numberOf("V");
  const ofYear = numberOf("j");
  checkIso(isoYear, isoWeek, ofYear, year, ofWeek);
  const leapDay = year === undefined && m === 2 && d === 29;
  const week = numberOf("U") ?? numberOf("W");
  if (isoYear !== undefined && isoWeek !== undefined && ofWeek !== undefined) {
    [year, m, d] = fromOrdinal(fromIsoCalendar(isoYear, isoWeek, ofWeek + 1));
  } else if (
    ofYear !== undefined &&
    found["m"] === undefined &&
    month === undefined &&
    found["d"] === undefined
  ) {
    [year, m, d] = fromOrdinal(toOrdinal(year ?? 1900, 1, 1) + ofYear - 1);
  } else if (year !== undefined && week !== undefined && ofWeek !== undefined) {
    const monday = found["U"] === undefined;
    const first = weekday(year, 1, 1);
    const start = monday ? first : (first + 1) % 7;
    const day = monday ? ofWeek : (ofWeek + 1) % 7;
    const days = week === 0 ? day - start : ((7 - start) % 7) + 7 * (week - 1) + day;
    [year, m, d] = fromOrdinal(toOrdinal(year, 1, 1) + days);
  }
  if (leapDay) fault("ValueError", "day is out of range for month");
  checkDate(year ?? 1900, m, d);
  const second = numberOf("S") ?? 0;
  const fraction = found["f"] === undefined ? 0 : Number(found["f"].padEnd(6, "0"));
  const minute = numberOf("M") ?? 0;
  checkTime(hour, minute, second, fraction);
  const moment = momentOf([year ?? 1900, m, d, hour, minute, second, fraction]);
  if (found["z"] !== undefined) moment.offset = offset(found["z"]);
  if (found["Z"] !== undefined) moment.zone = found["Z"];
  return moment;
}

function checkIso(
  isoYear: number | undefined,
  isoWeek: number | undefined,
  ofYear: number | undefined,
  year: number | undefined,
  ofWeek: number | undefined,
): void {
  if (isoYear !== undefined) {
    if (ofYear !== undefined) {
      fault(
        "ValueError",
        "Day of the year directive '%j' is not compatible with ISO year directive '%G'. Use '%Y' instead.",
      );
    }
    if (isoWeek === undefined || ofWeek === undefined) {
      fault(
        "ValueError",
        "ISO year directive '%G' must be used with the ISO week directive '%V' and a weekday directive ('%A', '%a', '%w', or '%u').",
      );
    }
  } else if (isoWeek !== undefined) {
    if (year === undefined || ofWeek === undefined) {
      fault(
        "ValueError",
        "ISO week directive '%V' must be used with the ISO year directive '%G' and a weekday directive ('%A', '%a', '%w', or '%u').",
      );
    }
    fault(
      "ValueError",
      "ISO week directive '%V' is incompatible with the year directive '%Y'. Use the ISO year '%G' instead.",
    );
  }
}

function offset(text: string): number {
  if (text.toUpperCase() === "Z") return 0;
  const [digits = "", fraction = ""] = text.slice(1).replaceAll(":", "").split(".");
  const [hours, minutes, seconds] = [0, 2, 4].map((at) => Number(digits.slice(at, at + 2)));
  const size = ((hours! * 60 + minutes!) * 60 + seconds!) * 1e6 + Number(fraction.padEnd(6, "0"));
  return text.startsWith("-") ? 0 - size : size;
}
