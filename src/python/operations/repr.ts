/** `str`, `repr` and what they ask of objects. */
import { enter, leave } from "../budget.ts";
import { fault } from "../fault.ts";
import { PyFloat, floatType } from "../objects/float.ts";
import { PyStrObject } from "../objects/scalars.ts";
import type { Value } from "../objects/object.ts";
import { runtime } from "../objects/state.ts";
import { reprFloat } from "../text/floats.ts";
import { integerText } from "../text/integers.ts";
import { escapeNonAscii, reprStr } from "../text/quote.ts";
import { type Str, WideStr } from "../text/wide.ts";
import { callSpecial } from "./call.ts";
import { typeName } from "./typeof.ts";

/** `repr(value)`. */
export function repr(value: Value): Str {
  if (typeof value === "string") return reprStr(value);
  if (typeof value === "number") return String(value);
  if (typeof value === "boolean") return value ? "True" : "False";
  if (typeof value === "bigint") return integerText(value, 10, runtime().digitLimit);
  if (value.type === floatType) return reprFloat((value as PyFloat).v);
  enter();
  const result = callSpecial(value, "__repr__")!;
  leave();
  return (
    textOf(result) ?? fault("TypeError", `__repr__ returned non-string (type ${typeName(result)})`)
  );
}

/** `str(value)`. */
export function str(value: Value): Str {
  if (typeof value === "string") return value;
  if (typeof value === "number") return String(value);
  if (typeof value === "object" && value.type !== floatType) {
    if (isWideStr(value)) return value;
    enter();
    const result = callSpecial(value, "__str__")!;
    leave();
    return (
      textOf(result) ?? fault("TypeError", `__str__ returned non-string (type ${typeName(result)})`)
    );
  }
  return repr(value);
}

export function isWideStr(value: unknown): value is WideStr {
  return value instanceof WideStr;
}

/** The text of a str, whatever its form; `undefined` for anything else. */
export function textOf(value: Value): Str | undefined {
  if (typeof value === "string" || isWideStr(value)) return value;
  return value instanceof PyStrObject ? value.str : undefined;
}

/** `str`, `repr` or `ascii` of a value, by the letter that asks for it in a format. */
export function convert(value: Value, conversion: "s" | "r" | "a"): Str {
  if (conversion === "s") return str(value);
  return conversion === "r" ? repr(value) : escapeNonAscii(repr(value));
}
