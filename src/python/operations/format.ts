/** Formatting: `format()`, f-strings. */
import { fault } from "../fault.ts";
import type { Value } from "../objects/object.ts";
import { asciiStr } from "../text/quote.ts";
import type { Str } from "../text/wide.ts";
import { callSpecial } from "./call.ts";
import { repr, str, textOf } from "./repr.ts";
import { typeName } from "./typeof.ts";

/** A replacement field of an f-string. `conversion` is a character's code, or -1. */
export function formatted(value: Value, conversion: number, spec: Str): Str {
  let converted = value;
  if (conversion === 115) converted = str(value) as Value;
  else if (conversion === 114) converted = repr(value) as Value;
  else if (conversion === 97) converted = asciiStr(repr(value));
  return format(converted, spec);
}

/** `format(value, spec)`. */
export function format(value: Value, spec: Str): Str {
  if (spec === "" && (typeof value === "string" || typeof value === "number")) return String(value);
  const result = callSpecial(value, "__format__", spec as Value)!;
  return (
    textOf(result) ?? fault("TypeError", `__format__ must return a str, not ${typeName(result)}`)
  );
}
