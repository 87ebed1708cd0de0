import { fault } from "../fault.ts";
import * as integers from "../numeric/integers.ts";
import { PyFloat, floatType } from "../objects/float.ts";
import type { PyObject, Value } from "../objects/object.ts";
import { callSpecial } from "./call.ts";
import { typeName } from "./typeof.ts";

export function neg(a: Value): Value {
  if (typeof a === "number") return 0 - a;
  if ((a as PyObject).type === floatType) return new PyFloat(-(a as PyFloat).v);
  return callSpecial(a, "__neg__") ?? bad("unary -", a);
}

export function pos(a: Value): Value {
  if (typeof a === "number" || (a as PyObject).type === floatType) return a;
  return callSpecial(a, "__pos__") ?? bad("unary +", a);
}

export function invert(a: Value): Value {
  if (typeof a === "number") return integers.invert(a);
  return callSpecial(a, "__invert__") ?? bad("unary ~", a);
}

/** `abs(a)`. */
export function abs(a: Value): Value {
  if (typeof a === "number") return Math.abs(a);
  if ((a as PyObject).type === floatType) return new PyFloat(Math.abs((a as PyFloat).v));
  return callSpecial(a, "__abs__") ?? bad("abs()", a);
}

function bad(sign: string, a: Value): never {
  fault("TypeError", `bad operand type for ${sign}: '${typeName(a)}'`);
}
