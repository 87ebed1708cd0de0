/** Dates and times as pickle stores them: bytes, or text where Python 2 wrote them. */
import { PyBytes } from "../../objects/bytes.ts";
import { fault } from "../../fault.ts";
import { None, type Value } from "../../objects/object.ts";
import { PyTuple } from "../../objects/tuple.ts";
import type { PyType } from "../../objects/type.ts";
import { textOf } from "../../operations/repr.ts";
import { sizeOf, toPoints } from "../../text/wide.ts";
import { type Clock, type PyDate, PyTzinfo } from "./objects.ts";

/** The second of two times that a clock shows is marked in this bit. */
const FOLD = 0x80;

/** The bytes of a stored value of this size, or `undefined` where the argument is none. */
export function storedBytes(given: Value | undefined, size: number): readonly number[] | undefined {
  if (given instanceof PyBytes) return given.data.length === size ? [...given.data] : undefined;
  const text = given === undefined ? undefined : textOf(given);
  if (text === undefined || sizeOf(text) !== size) return undefined;
  const bytes = [...toPoints(text)];
  return bytes.every((byte) => byte < 256) ? bytes : undefined;
}

export const isMonth = (byte: number): boolean => (byte & 0x7f) >= 1 && (byte & 0x7f) <= 12;

/** The zone that a stored value goes with. */
export function storedZone(zone: Value | undefined): Value {
  if (zone === undefined || zone === None || zone instanceof PyTzinfo) return zone ?? None;
  fault("TypeError", "bad tzinfo state arg");
}

/** Year, month and day of four bytes; the fold may be marked in the month. */
export function dayOf(bytes: readonly number[]): [number, number, number] {
  return [bytes[0]! * 256 + bytes[1]!, bytes[2]! & 0x7f, bytes[3]!];
}

/** Hour, minute, second and microseconds of six bytes. */
export function clockOf(bytes: readonly number[]): [number, number, number, number] {
  const micro = (bytes[3]! << 16) | (bytes[4]! << 8) | bytes[5]!;
  return [bytes[0]! & 0x7f, bytes[1]!, bytes[2]!, micro];
}

export const foldIn = (byte: number): number => (byte & FOLD) >> 7;

export function bytesOfDay({ year, month, day }: PyDate, fold = 0): number[] {
  return [year >> 8, year & 255, month | (fold * FOLD), day];
}

export function bytesOfClock(clock: Clock, fold = 0): number[] {
  const { hour, minute, second, microsecond: micro } = clock;
  return [hour | (fold * FOLD), minute, second, micro >> 16, (micro >> 8) & 255, micro & 255];
}

/** What `__reduce__` gives: the class, and what its constructor takes. */
export function reduced(type: PyType, bytes: readonly number[], zone: Value = None): PyTuple {
  const state = new PyBytes(Uint8Array.from(bytes));
  return new PyTuple([type, new PyTuple(zone === None ? [state] : [state, zone])]);
}
