/** The arithmetic of datetime: days of the proleptic Gregorian calendar, ISO weeks, exact durations. */
import { fault } from "../fault.ts";
import { add, divmod, mul } from "./integers.ts";
import { integerRatio, ratioToFloat, truncate } from "./rounding.ts";
import { BigRatio, roundHalfEven } from "./ratios.ts";
import { canonical, type Int } from "./sizes.ts";

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

const BEFORE = [0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365];

/** Days of a month, 1 to 12. */
function daysInMonth(year: number, month: number): number {
  return month === 2 && isLeap(year) ? 29 : BEFORE[month + 1]! - BEFORE[month]!;
}

/** Days of a year before a month. */
function daysBefore(year: number, month: number): number {
  return BEFORE[month]! + (month > 2 && isLeap(year) ? 1 : 0);
}

function daysBeforeYear(year: number): number {
  const y = year - 1;
  return y * 365 + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400);
}

/** Refuses a date that is none. */
export function checkDate(year: number, month: number, day: number): void {
  if (year < 1 || year > 9999) fault("ValueError", `year ${year} is out of range`);
  if (month < 1 || month > 12) fault("ValueError", "month must be in 1..12");
  if (day < 1 || day > daysInMonth(year, month)) {
    fault("ValueError", "day is out of range for month");
  }
}

/** Refuses a time that is none. */
export function checkTime(hour: number, minute: number, second: number, micro: number): void {
  if (hour < 0 || hour > 23) fault("ValueError", "hour must be in 0..23");
  if (minute < 0 || minute > 59) fault("ValueError", "minute must be in 0..59");
  if (second < 0 || second > 59) fault("ValueError", "second must be in 0..59");
  if (micro < 0 || micro > 999999) fault("ValueError", "microsecond must be in 0..999999");
}

/** date.toordinal(): 1 is 1 January of year 1. */
export function toOrdinal(year: number, month: number, day: number): number {
  return daysBeforeYear(year) + daysBefore(year, month) + day;
}

export const MAX_ORDINAL = 3652059;

/** date.fromordinal(). */
export function fromOrdinal(ordinal: number): [year: number, month: number, day: number] {
  if (ordinal < 1) fault("ValueError", "ordinal must be >= 1");
  if (ordinal > MAX_ORDINAL) fault("ValueError", "year is out of range");
  let year = Math.floor((ordinal - 1) / 365.2425) + 1;
  while (daysBeforeYear(year + 1) < ordinal) year++;
  while (daysBeforeYear(year) >= ordinal) year--;
  const inYear = ordinal - daysBeforeYear(year);
  let month = 12;
  while (daysBefore(year, month) >= inYear) month--;
  return [year, month, inYear - daysBefore(year, month)];
}

/** 0 is Monday. */
export function weekday(year: number, month: number, day: number): number {
  return (toOrdinal(year, month, day) + 6) % 7;
}

export function dayOfYear(year: number, month: number, day: number): number {
  return daysBefore(year, month) + day;
}

/** The ordinal of the Monday of an ISO year's first week. */
function firstMonday(year: number): number {
  const first = toOrdinal(year, 1, 1);
  const day = (first + 6) % 7;
  return first - day + (day > 3 ? 7 : 0);
}

/** date.isocalendar(): ISO year, week, and weekday from 1. */
export function isoCalendar(year: number, month: number, day: number): [number, number, number] {
  const ordinal = toOrdinal(year, month, day);
  let iso = year + 1;
  while (firstMonday(iso) > ordinal) iso--;
  const days = ordinal - firstMonday(iso);
  return [iso, Math.floor(days / 7) + 1, (days % 7) + 1];
}

/** The ordinal of date.fromisocalendar(). */
export function fromIsoCalendar(year: number, week: number, day: number): number {
  if (year < 1 || year > 9999) fault("ValueError", `Year is out of range: ${year}`);
  const weeks = Math.round((firstMonday(year + 1) - firstMonday(year)) / 7);
  if (week < 1 || week > weeks) fault("ValueError", `Invalid week: ${week}`);
  if (day < 1 || day > 7) fault("ValueError", `Invalid day: ${day} (range is [1, 7])`);
  return firstMonday(year) + (week - 1) * 7 + day - 1;
}

/** A duration is its microseconds, exactly. */
export type Duration = Int;

const DAY = 86_400_000_000;
const MOST = 999_999_999n * BigInt(DAY) + BigInt(DAY) - 1n;
const LEAST = -999_999_999n * BigInt(DAY);

/** Days, seconds and microseconds as timedelta has them. */
export function parts(duration: Duration): [days: Int, seconds: number, microseconds: number] {
  const [days, rest] = divmod(duration, DAY);
  const small = Number(rest);
  return [days, Math.floor(small / 1e6), small % 1e6];
}

/** Refuses a duration of more than 999999999 days. */
export function checkDuration(duration: Duration): Duration {
  const size = BigInt(duration);
  if (size < LEAST || size > MOST) {
    fault("OverflowError", `days=${parts(duration)[0]}; must have magnitude <= 999999999`);
  }
  return duration;
}

/** A part of a sum of units: an int, or a float in a box. */
export type Amount = Int | { readonly v: number };

/**
 * The sum of amounts of units (of so many microseconds each), as timedelta()
 * makes it: whole parts are exact, and what floats have beyond them is summed as
 * floats and rounded half to even.
 */
export function durationOf(
  amounts: readonly (readonly [amount: Amount, unit: number])[],
): Duration {
  let whole: Int = 0;
  let left = 0;
  for (const [amount, unit] of amounts) {
    if (typeof amount !== "object") whole = add(whole, mul(amount, unit));
    else {
      const floor = truncate(amount.v);
      whole = add(whole, mul(floor, unit));
      const fraction = (amount.v - Number(floor)) * unit;
      const more = Math.trunc(fraction);
      whole = add(whole, more + 0);
      left += fraction - more;
    }
  }
  if (left !== 0) {
    // The tie goes to the even sum, not to the even fraction.
    const odd = BigInt(whole) & 1n ? 1 : 0;
    const half = (left + odd) / 2;
    const nearest = 2 * roundEven(half) === left + odd ? left : roundToEvenSum(left, odd);
    whole = add(whole, nearest + 0);
  }
  return checkDuration(whole);
}

function roundEven(x: number): number {
  const floor = Math.floor(x);
  const rest = x - floor;
  return rest > 0.5 || (rest === 0.5 && floor % 2 !== 0) ? floor + 1 : floor;
}

function roundToEvenSum(left: number, odd: number): number {
  const floor = Math.floor(left);
  const rest = left - floor;
  if (rest !== 0.5) return rest > 0.5 ? floor + 1 : floor;
  return (floor + odd) % 2 === 0 ? floor : floor + 1;
}

/** duration * x. */
export function multiply(duration: Duration, x: number): Duration {
  const [top, bottom] = integerRatio(x);
  return checkDuration(roundHalfEven(new BigRatio(BigInt(duration) * BigInt(top), BigInt(bottom))));
}

/** duration / x, for an int or a float in a box. */
export function divide(duration: Duration, by: Amount): Duration {
  const [top, bottom] = typeof by === "object" ? integerRatio(by.v) : [by, 1];
  if (top === 0) fault("ZeroDivisionError", "integer division or modulo by zero");
  return checkDuration(roundHalfEven(new BigRatio(BigInt(duration) * BigInt(bottom), BigInt(top))));
}

/** total_seconds(). */
export function totalSeconds(duration: Duration): number {
  return ratioToFloat(BigInt(duration), 1_000_000n);
}

/** str(timedelta). */
export function durationText(duration: Duration): string {
  const [days, seconds, micro] = parts(duration);
  const two = (n: number): string => String(n).padStart(2, "0");
  const minutes = Math.floor(seconds / 60);
  const clock = `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
  const day = days === 0 ? "" : `${days} day${days === 1 || days === -1 ? "" : "s"}, `;
  return day + clock + (micro > 0 ? `.${String(micro).padStart(6, "0")}` : "");
}

/** An exact duration as a canonical int. */
export function duration(microseconds: bigint): Duration {
  return checkDuration(canonical(microseconds));
}
