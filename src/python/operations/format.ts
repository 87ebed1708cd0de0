/** Formatting: `format()`, f-strings. */
import { fault } from "../fault.ts";
import { floatType, type PyFloat } from "../objects/float.ts";
import type { Value } from "../objects/object.ts";
import { formatFloat, formatInt, formatStr } from "../text/format.ts";
import { integerText } from "../text/integers.ts";
import type { Str } from "../text/wide.ts";
import { callSpecial } from "./call.ts";
import { convert, textOf } from "./repr.ts";
import { typeName } from "./typeof.ts";

const CONVERSIONS: Readonly<Record<number, "s" | "r" | "a">> = { 115: "s", 114: "r", 97: "a" };

/** A replacement field of an f-string. `conversion` is a character's code, or -1. */
export function formatted(value: Value, conversion: number, spec: Str): Str {
  if (conversion === -1) return format(value, spec);
  const text = convert(value, CONVERSIONS[conversion]!);
  return spec === "" ? text : formatStr(text, spec);
}

/** `format(value, spec)`. */
export function format(value: Value, spec: Str): Str {
  if (typeof value === "string") return spec === "" ? value : formatStr(value, spec);
  if (typeof value === "number") return spec === "" ? `${value}` : formatInt(value, spec);
  if (typeof value === "bigint") return spec === "" ? integerText(value) : formatInt(value, spec);
  if (typeof value === "object" && value.type === floatType) {
    return formatFloat((value as PyFloat).v, spec);
  }
  const result = callSpecial(value, "__format__", spec)!;
  return (
    textOf(result) ?? fault("TypeError", `__format__ must return a str, not ${typeName(result)}`)
  );
}
