/** `format % values`: what the conversions make of objects. */
import { fault } from "../fault.ts";
import { type Value } from "../objects/object.ts";
import { PyTuple } from "../objects/tuple.ts";
import { lookup } from "../objects/type.ts";
import { formatPercent, type PercentValues } from "../text/percent.ts";
import type { Int } from "../text/integers.ts";
import type { Str } from "../text/wide.ts";
import { callSpecial } from "./call.ts";
import { realOf } from "./numbers.ts";
import { convert, textOf } from "./repr.ts";
import { indexOf, subscript } from "./subscript.ts";
import { intType } from "../objects/scalars.ts";
import { isInstance, typeName, typeOf } from "./typeof.ts";
import { PyFloat } from "../objects/float.ts";
import { truncate } from "../text/floats.ts";

/** `format % values` of a str. */
export function percent(format: Str, values: Value): Str {
  return formatPercent(format, percentValues(values));
}

/** A tuple's items one by one, or the one value; a mapping too by its names. */
function percentValues(given: Value): PercentValues {
  const items = given instanceof PyTuple ? given.items : [given];
  let at = 0;
  const isMapping =
    !(given instanceof PyTuple) &&
    textOf(given) === undefined &&
    lookup(typeOf(given), "__getitem__") !== undefined;
  return {
    isMapping,
    next: () => items[at++] ?? fault("TypeError", "not enough arguments for format string"),
    named: (key) => subscript(given, key),
    star: (value) => (isInstance(value as Value, intType) ? indexOf(value as Value) : undefined),
    text: (value, conversion) => convert(value as Value, conversion),
    integer: (value, conversion) => integerFor(value as Value, conversion),
    float: (value) => realOf(value as Value),
    character: (value) => {
      const text = textOf(value as Value);
      return text ?? indexOf(value as Value);
    },
    isDone: () => isMapping || at >= items.length,
  };
}

/** What `%d` and `%x` write of a value. */
export function integerFor(value: Value, conversion: string): Int {
  if (typeof value === "number") return value;
  if (conversion === "d" || conversion === "i" || conversion === "u") {
    if (value instanceof PyFloat) return truncate(value.v);
    const index = indexOf(value) ?? numberOf(value);
    if (index !== undefined) return index;
    return fault(
      "TypeError",
      `%${conversion} format: a real number is required, not ${typeName(value)}`,
    );
  }
  return (
    indexOf(value) ??
    fault("TypeError", `%${conversion} format: an integer is required, not ${typeName(value)}`)
  );
}

/** What `__int__` gives. */
function numberOf(value: Value): Int | undefined {
  const result = callSpecial(value, "__int__");
  return result === undefined ? undefined : indexOf(result);
}
