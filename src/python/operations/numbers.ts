/** What numbers are asked to be by those who take any of them. */
import { fault } from "../fault.ts";
import { PyFloat } from "../objects/float.ts";
import type { Value } from "../objects/object.ts";
import { toFloat } from "../text/format.ts";
import { callSpecial } from "./call.ts";
import { indexOf } from "./subscript.ts";
import { typeName } from "./typeof.ts";

/** A real number as a double: a float, what `__float__` gives, or an int; throws TypeError, or OverflowError for large ints. */
export function realOf(value: Value): number {
  if (typeof value === "number") return value;
  if (value instanceof PyFloat) return value.v;
  const made = typeof value === "object" ? callSpecial(value, "__float__") : undefined;
  if (made !== undefined && typeof value === "object") {
    if (made instanceof PyFloat) return made.v;
    fault("TypeError", `${typeName(value)}.__float__ returned non-float (type ${typeName(made)})`);
  }
  const index = indexOf(value);
  if (index === undefined) fault("TypeError", `must be real number, not ${typeName(value)}`);
  return toFloat(index);
}
