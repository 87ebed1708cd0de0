/** `format % values`: what the conversions make of objects. */
import { fault } from "../fault.ts";
import { bufferOf, PyByteArray, PyBytes } from "../objects/bytes.ts";
import type { Value } from "../objects/object.ts";
import { PyTuple } from "../objects/tuple.ts";
import { lookup } from "../objects/type.ts";
import { formatPercent, type PercentValues } from "../text/percent.ts";
import type { Int } from "../text/integers.ts";
import type { Str } from "../text/wide.ts";
import { encode } from "../text/encode.ts";
import { latin } from "./bytes.ts";
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

/** `format % values` of bytes, as text of the same length. */
export function percentBytes(format: string, values: Value): string {
  const isBytes = values instanceof PyBytes || values instanceof PyByteArray;
  const made = percentValues(values, isBytes || textOf(values) !== undefined);
  return formatPercent(format, {
    ...made,
    isBytes: true,
    named: (key) => subscript(values, new PyBytes(encode(key, "latin-1"))),
    text: (value, conversion) =>
      conversion === "s" ? latin(bytesForPercent(value as Value)) : convert(value as Value, "a"),
    character: (value) => byteForPercent(value as Value),
  }) as string;
}

function bytesForPercent(value: Value): Uint8Array {
  const buffer = bufferOf(value);
  if (buffer !== undefined) return buffer;
  const made = typeof value === "object" ? callSpecial(value, "__bytes__") : undefined;
  if (made instanceof PyBytes) return made.data;
  return fault(
    "TypeError",
    `%b requires a bytes-like object, or an object that implements __bytes__, not '${typeName(value)}'`,
  );
}

function byteForPercent(value: Value): string {
  const buffer = bufferOf(value);
  if (buffer?.length === 1) return latin(buffer);
  const index = buffer === undefined && textOf(value) === undefined ? indexOf(value) : undefined;
  if (index === undefined) {
    fault("TypeError", "%c requires an integer in range(256) or a single byte");
  }
  if (index < 0 || index > 255) fault("OverflowError", "%c arg not in range(256)");
  return String.fromCharCode(Number(index));
}

/** A tuple's items one by one, or the one value; a mapping, which no text is, too by its names. */
function percentValues(given: Value, isText: boolean = textOf(given) !== undefined): PercentValues {
  const items = given instanceof PyTuple ? given.items : [given];
  let at = 0;
  const isMapping =
    !(given instanceof PyTuple) && !isText && lookup(typeOf(given), "__getitem__") !== undefined;
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
function integerFor(value: Value, conversion: string): Int {
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
