/** What methods make of their arguments: texts, sizes and bounds. */
import { fault } from "../fault.ts";
import { type Keywords, None, type Value } from "../objects/object.ts";
import { lookup, type PyType } from "../objects/type.ts";
import type { Str } from "../text/wide.ts";
import { textOf } from "./repr.ts";
import { indexOf, requireIndex } from "./subscript.ts";
import { typeName } from "./typeof.ts";

/** The text of the receiver of a `str` method. */
export function own(self: Value): Str {
  return typeof self === "string" ? self : (self as unknown as { str: Str }).str;
}

/** An argument that has to be a str; `where` is how the message begins, such as `"replace() argument 1 "`. */
export function requireText(value: Value, where = ""): Str {
  if (typeof value === "string") return value;
  return textOf(value) ?? fault("TypeError", `${where}must be str, not ${nameOrNone(value)}`);
}

/** A bound of a search: absent or None is `undefined`; what is too large for an index is the largest one. */
export function bound(value: Value | undefined): number | undefined {
  if (typeof value === "number") return value;
  if (value === undefined || value === None) return undefined;
  const index =
    indexOf(value) ??
    fault("TypeError", "slice indices must be integers or None or have an __index__ method");
  if (typeof index === "number") return index;
  return index < 0n ? Number.MIN_SAFE_INTEGER : Number.MAX_SAFE_INTEGER;
}

const MOST = 2n ** 63n;

/** A length or count, as C's `Py_ssize_t` holds it: OverflowError for more. Numbers past 2**53 lose digits. */
export function size(value: Value | undefined, otherwise: number): number {
  if (typeof value === "number") return value;
  if (value === undefined) return otherwise;
  const index = requireIndex(value);
  if (typeof index === "number") return index;
  if (index >= MOST || index < -MOST) {
    fault("OverflowError", "Python int too large to convert to C ssize_t");
  }
  return Number(index);
}

/** How often a sequence is repeated: any int, `undefined` for what is none. */
export function times(value: Value): number | undefined {
  if (typeof value === "number") return value;
  const index = indexOf(value);
  if (index === undefined || typeof index === "number") return index;
  if (index >= MOST || index < -MOST) {
    fault("OverflowError", `cannot fit '${typeName(value)}' into an index-sized integer`);
  }
  return Number(index);
}

/** The name of a value's class, as C's argument parsers show it. */
function nameOrNone(value: Value): string {
  return value === None ? "None" : typeName(value);
}

/** Keyword arguments of a constructor: only a class that has its own other half of it may get some. */
export function refuseKeywords(
  own: PyType,
  base: PyType,
  other: "__new__" | "__init__",
  keywords: Keywords,
): void {
  if (keywords.size === 0 || (own !== base && lookup(own, other) !== lookup(base, other))) return;
  fault("TypeError", `${base.name}() takes no keyword arguments`);
}
