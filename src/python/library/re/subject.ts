/** What a pattern is matched against: a str or bytes, as the engine reads it. */
import { fault } from "../../fault.ts";
import { bufferOf, PyBytes } from "../../objects/bytes.ts";
import type { Value } from "../../objects/object.ts";
import { textOf } from "../../operations/repr.ts";
import { typeName } from "../../operations/typeof.ts";
import type { Subject } from "../../regex/matcher.ts";
import { slice } from "../../text/wide.ts";

/** A subject with the value that it was. */
export interface Target {
  readonly value: Value;
  readonly subject: Subject;
  /** What lies from one place up to another, as a str or bytes. */
  cut(from: number, to: number): Value;
}

/** The subject of a pattern; throws TypeError where it does not fit. */
export function targetOf(value: Value, isBytes: boolean): Target {
  const text = textOf(value);
  if (text === undefined) {
    const data = bufferOf(value);
    if (data === undefined) {
      fault("TypeError", `expected string or bytes-like object, got '${typeName(value)}'`);
    }
    if (!isBytes) fault("TypeError", "cannot use a string pattern on a bytes-like object");
    return { value, subject: data, cut: (from, to) => new PyBytes(data.slice(from, to)) };
  }
  if (isBytes) fault("TypeError", "cannot use a bytes pattern on a string-like object");
  if (typeof text === "string") {
    return { value, subject: text, cut: (from, to) => text.slice(from, to) };
  }
  return { value, subject: text.points, cut: (from, to) => slice(text, from, to) };
}
