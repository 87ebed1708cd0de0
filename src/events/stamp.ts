/** Turns what happened into an event: version, sequence number, id and time. */
import { EVENT_VERSION, type EventPayload, type KataEvent } from "./event.ts";
import { readFailure } from "./failure.ts";
import { createUlids, SYSTEM_SOURCES, ulidTime, type UlidSources } from "./ulid.ts";

export interface Stamper {
  /** The payload as the run's next event. */
  stamp(payload: EventPayload): KataEvent;
  /** An id from the same source, for lines that are no events; never repeats. */
  ulid(): string;
}

/** A stamper for one run; `seq` counts from 1. */
export function createStamper(sources: UlidSources = SYSTEM_SOURCES): Stamper {
  const ulids = createUlids(sources);
  let seq = 0;
  return {
    stamp: (payload) => {
      const ulid = ulids();
      return stamped(payload, ++seq, ulid, isoTime(ulid));
    },
    ulid: ulids,
  };
}

/**
 * Puts an event together with its keys in the one order that every writer of
 * events prints them in.
 */
export function stamped(
  payload: EventPayload,
  seq: number,
  ulid: string,
  ts: string,
  v: number = EVENT_VERSION,
): KataEvent {
  const { event, ...inputs } = wellFormed(readable(payload)) as EventPayload;
  // Assigned twice: the first fixes the order, the last keeps a payload read
  // from a file from passing for the stamp. A union's parts are no union to
  // the compiler, so `event` has to say again which member this is.
  const stamp = { v, seq, ulid, ts };
  return Object.assign({ ...stamp, event }, inputs, stamp) as KataEvent;
}

/** A failure is what a test threw, and may be anything. */
function readable(payload: EventPayload): EventPayload {
  if (payload.event !== "TestFinished" || payload.failure === undefined) return payload;
  return { ...payload, failure: readFailure(payload.failure) };
}

/**
 * The value with U+FFFD in place of surrogates without a partner, which UTF-8
 * cannot hold and strict readers of JSON refuse. What needs none is not copied.
 */
function wellFormed(value: unknown): unknown {
  if (typeof value === "string") return value.isWellFormed() ? value : value.toWellFormed();
  if (typeof value !== "object" || value === null) return value;
  const before = Object.values(value);
  const after = before.map(wellFormed);
  if (after.every((inner, at) => Object.is(inner, before[at]))) return value;
  if (Array.isArray(value)) return after;
  return Object.fromEntries(Object.keys(value).map((name, at) => [name, after[at]]));
}

/** The time inside an id, as ISO 8601 in UTC with milliseconds. */
export function isoTime(ulid: string): string {
  return new Date(ulidTime(ulid)).toISOString();
}
