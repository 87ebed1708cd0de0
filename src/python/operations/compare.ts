/** Comparisons: https://docs.python.org/3/reference/expressions.html#value-comparisons */
import { enter, leave, spend } from "../budget.ts";
import { fault } from "../fault.ts";
import { PyFloat, floatType } from "../objects/float.ts";
import { NotImplemented, type PyObject, type Value } from "../objects/object.ts";
import { isSubtype, specialKey } from "../objects/type.ts";
import { callSpecial } from "./call.ts";
import { truth } from "./truth.ts";
import { typeName, typeOf } from "./typeof.ts";

export type Order = "__lt__" | "__le__" | "__gt__" | "__ge__";
const MIRROR = { __lt__: "__gt__", __le__: "__ge__", __gt__: "__lt__", __ge__: "__le__" } as const;
const SIGN = { __lt__: "<", __le__: "<=", __gt__: ">", __ge__: ">=" } as const;

export function lt(a: Value, b: Value): Value {
  if (typeof a === "number" && typeof b === "number") return a < b;
  return orderSlowly(a, b, "__lt__");
}
export function le(a: Value, b: Value): Value {
  if (typeof a === "number" && typeof b === "number") return a <= b;
  return orderSlowly(a, b, "__le__");
}
export function gt(a: Value, b: Value): Value {
  if (typeof a === "number" && typeof b === "number") return a > b;
  return orderSlowly(a, b, "__gt__");
}
export function ge(a: Value, b: Value): Value {
  if (typeof a === "number" && typeof b === "number") return a >= b;
  return orderSlowly(a, b, "__ge__");
}

/** The same, as conditions. */
export function isLt(a: Value, b: Value): boolean {
  if (typeof a === "number" && typeof b === "number") return a < b;
  return truth(orderSlowly(a, b, "__lt__"));
}
export function isLe(a: Value, b: Value): boolean {
  if (typeof a === "number" && typeof b === "number") return a <= b;
  return truth(orderSlowly(a, b, "__le__"));
}
export function isGt(a: Value, b: Value): boolean {
  if (typeof a === "number" && typeof b === "number") return a > b;
  return truth(orderSlowly(a, b, "__gt__"));
}
export function isGe(a: Value, b: Value): boolean {
  if (typeof a === "number" && typeof b === "number") return a >= b;
  return truth(orderSlowly(a, b, "__ge__"));
}

function orderSlowly(a: Value, b: Value, order: Order): Value {
  if ((a as PyFloat).isFloat && (b as PyFloat).isFloat) {
    return orderNumbers((a as PyFloat).v, (b as PyFloat).v, order);
  }
  const result = tryOrder(a, b, order);
  if (result !== NotImplemented) return result;
  fault(
    "TypeError",
    `'${SIGN[order]}' not supported between instances of '${typeName(a)}' and '${typeName(b)}'`,
  );
}

function tryOrder(a: Value, b: Value, order: Order): Value {
  if (typeof a === "string" && typeof b === "string")
    return decide(order, a < b ? -1 : a > b ? 1 : 0);
  const x = plainNumber(a);
  const y = plainNumber(b);
  if (x !== undefined && y !== undefined) {
    return orderNumbers(x, y, order);
  }
  return rich(a, b, order, MIRROR[order]);
}

/** JavaScript compares a number with a bigint exactly. */
function orderNumbers(x: number | bigint, y: number | bigint, order: Order): boolean {
  if (order === "__lt__") return x < y;
  if (order === "__le__") return x <= y;
  return order === "__gt__" ? x > y : x >= y;
}

/** What an order says of two things of which the first is less (-1), equal (0) or greater (1). */
export function decide(order: Order, sign: number): boolean {
  if (order === "__lt__") return sign < 0;
  if (order === "__le__") return sign <= 0;
  return order === "__gt__" ? sign > 0 : sign >= 0;
}

function plainNumber(value: Value): number | bigint | undefined {
  if (typeof value === "number" || typeof value === "bigint") return value;
  if (typeof value === "boolean") return value ? 1 : 0;
  return (value as PyObject).type === floatType ? (value as PyFloat).v : undefined;
}

/** A comparison by methods; NotImplemented where neither side knows. */
function rich(a: Value, b: Value, method: string, mirror: string): Value {
  const ta = typeOf(a);
  const tb = typeOf(b);
  enter();
  const first = ta !== tb && isSubtype(tb, ta) && tb.proto[specialKey(mirror)] !== undefined;
  let result = first ? callSpecial(b, mirror, a)! : NotImplemented;
  if (result === NotImplemented) result = callSpecial(a, method, b) ?? NotImplemented;
  if (result === NotImplemented && !first) result = callSpecial(b, mirror, a) ?? NotImplemented;
  leave();
  return result;
}

export function eq(a: Value, b: Value): Value {
  if (typeof a === "number" && typeof b === "number") return a === b;
  return eqSlowly(a, b);
}

function eqSlowly(a: Value, b: Value): Value {
  if (typeof a === "string" && typeof b === "string") return a === b;
  const x = plainNumber(a);
  if (x !== undefined) {
    const y = plainNumber(b);
    // eslint-disable-next-line eqeqeq -- a number equals a bigint of the same value
    if (y !== undefined) return x == y;
    if (typeof b === "string") return false;
  }
  const result = rich(a, b, "__eq__", "__eq__");
  return result === NotImplemented ? a === b : result;
}

export function ne(a: Value, b: Value): Value {
  if (typeof a === "number" && typeof b === "number") return a !== b;
  if (typeof a === "string" && typeof b === "string") return a !== b;
  if (plainNumber(a) !== undefined && plainNumber(b) !== undefined) return !eqSlowly(a, b);
  const result = rich(a, b, "__ne__", "__ne__");
  return result === NotImplemented ? a !== b : result;
}

/** `==` as a condition. */
export function isEq(a: Value, b: Value): boolean {
  if (typeof a === "number" && typeof b === "number") return a === b;
  if (typeof a === "string" && typeof b === "string") return a === b;
  return truth(eqSlowly(a, b));
}

/** `!=` as a condition. */
export function isNe(a: Value, b: Value): boolean {
  if (typeof a === "number" && typeof b === "number") return a !== b;
  return truth(ne(a, b));
}

/** What containers ask: the same object, or equal. */
export function equal(a: Value, b: Value): boolean {
  return a === b || isEq(a, b);
}

/** Whether two sequences hold equal items. */
export function equalItems(a: readonly Value[], b: readonly Value[]): boolean {
  if (a.length !== b.length) return false;
  // A list may change while its items are compared.
  for (let i = 0; i < a.length && i < b.length; i++) {
    spend(1);
    if (!equal(a[i]!, b[i]!) && i < a.length && i < b.length) return false;
  }
  return a.length === b.length;
}

/** Orders two sequences by their first items that differ. */
export function orderItems(a: readonly Value[], b: readonly Value[], order: Order): Value {
  for (let i = 0; i < a.length && i < b.length; i++) {
    spend(1);
    const x = a[i]!;
    const y = b[i]!;
    if (!equal(x, y)) return orderSlowly(x, y, order);
  }
  return decide(order, a.length - b.length);
}
