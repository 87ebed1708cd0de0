import { fault } from "../fault.ts";
import { PyFloat } from "../objects/float.ts";
import { PyList } from "../objects/list.ts";
import { Keyed } from "../objects/keyed.ts";
import { None, type Value } from "../objects/object.ts";
import { callSpecial } from "./call.ts";
import { typeName } from "./typeof.ts";

/** Whether a value counts as true. */
export function truth(value: Value): boolean {
  return value === true || (value !== false && truthSlowly(value));
}

function truthSlowly(value: Value): boolean {
  if (typeof value === "number") return value !== 0;
  if (typeof value === "string") return value !== "";
  if (value === None) return false;
  if (typeof value !== "object") return true;
  if (!value.type.open) {
    if (value instanceof PyList) return value.items.length > 0;
    if (value instanceof PyFloat) return value.v !== 0;
    if (value instanceof Keyed) return value.size > 0;
  }
  const result = callSpecial(value, "__bool__");
  if (result !== undefined) {
    if (typeof result === "boolean") return result;
    fault("TypeError", `__bool__ should return bool, returned ${typeName(result)}`);
  }
  const length = callSpecial(value, "__len__");
  return length === undefined || checkLength(length) !== 0;
}

/** What `__len__` may return. */
export function checkLength(length: Value): number {
  if (typeof length === "boolean") return length ? 1 : 0;
  if (typeof length === "bigint") {
    if (length < 0n) fault("ValueError", "__len__() should return >= 0");
    fault("OverflowError", "cannot fit 'int' into an index-sized integer");
  }
  const index = typeof length === "number" ? length : callSpecial(length, "__index__");
  if (typeof index !== "number") {
    fault("TypeError", `'${typeName(length)}' object cannot be interpreted as an integer`);
  }
  if (index < 0) fault("ValueError", "__len__() should return >= 0");
  return index;
}
