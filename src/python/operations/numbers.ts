/** What counts as a number: ints, bools, floats and the objects of classes derived from them, seen as JavaScript's. */
import { fault } from "../fault.ts";
import { toFloat } from "../numeric/rounding.ts";
import type { Int } from "../numeric/sizes.ts";
import { PyFloat } from "../objects/float.ts";
import type { PyObject, Value } from "../objects/object.ts";
import { PyIntObject } from "../objects/scalars.ts";
import { callSpecial } from "./call.ts";
import { indexOf } from "./subscript.ts";
import { typeName } from "./typeof.ts";

/** The integer of an int, a bool or an object of a class derived from int; `undefined` for anything else. */
export function intOf(value: Value): Int | undefined {
  if (typeof value === "number" || typeof value === "bigint") return value;
  if (typeof value === "boolean") return value ? 1 : 0;
  return value instanceof PyIntObject ? value.int : undefined;
}

/** The number of a float, or of an int as the nearest float; throws OverflowError for ints beyond all floats. */
export function floatOf(value: Value): number | undefined {
  if (value instanceof PyFloat) return value.v;
  const int = intOf(value);
  return int === undefined ? undefined : toFloat(int);
}

/** An argument that has to be a real number: a float, what has `__float__`, or an index. */
export function realOf(value: Value): number {
  if (typeof value === "number") return value;
  return doubleOf(value) ?? fault("TypeError", `must be real number, not ${typeName(value)}`);
}

/** The number of what is a float, has `__float__` or `__index__`; `undefined` for anything else. */
export function doubleOf(value: Value): number | undefined {
  if (value instanceof PyFloat) return value.v;
  if (typeof value === "object") {
    const result = callSpecial(value, "__float__");
    if (result !== undefined) {
      if (result instanceof PyFloat) return result.v;
      fault(
        "TypeError",
        `${typeName(value)}.__float__ returned non-float (type ${typeName(result)})`,
      );
    }
  }
  const index = typeof value === "string" ? undefined : indexOf(value);
  return index === undefined ? undefined : toFloat(index);
}

/** Makes the object of a class derived from a built-in class out of the JavaScript value it holds. */
export function derived(type: { js: unknown }, ...parts: unknown[]): PyObject {
  return new (type.js as new (...args: unknown[]) => PyObject)(...parts);
}
