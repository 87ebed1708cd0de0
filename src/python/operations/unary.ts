import { fault } from "../fault.ts";
import { PyFloat, floatType } from "../objects/float.ts";
import type { PyObject, Value } from "../objects/object.ts";
import { callSpecial } from "./call.ts";
import { typeName } from "./typeof.ts";

export function neg(a: Value): Value {
  if (typeof a === "number") return 0 - a;
  if ((a as PyObject).type === floatType) return new PyFloat(-(a as PyFloat).v);
  return callSpecial(a, "__neg__") ?? bad("-", a);
}

export function pos(a: Value): Value {
  if (typeof a === "number" || (a as PyObject).type === floatType) return a;
  return callSpecial(a, "__pos__") ?? bad("+", a);
}

export function invert(a: Value): Value {
  if (typeof a === "number") return -a - 1;
  return callSpecial(a, "__invert__") ?? bad("~", a);
}

function bad(sign: string, a: Value): never {
  fault("TypeError", `bad operand type for unary ${sign}: '${typeName(a)}'`);
}
