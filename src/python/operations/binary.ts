/**
 * Binary operators. Each begins with what is common and cheap; everything else
 * goes through the methods of the operands' classes, reflected ones included
 * (https://docs.python.org/3/reference/datamodel.html#emulating-numeric-types).
 * The first lines are short on purpose: the engine copies them into callers.
 */
import { allocate } from "../budget.ts";
import { fault } from "../fault.ts";
import * as floats from "../numeric/floats.ts";
import * as integers from "../numeric/integers.ts";
import { PyFloat, floatType } from "../objects/float.ts";
import { PyFunction, PyMethodDescriptor } from "../objects/function.ts";
import { NotImplemented, type PyObject, type Value } from "../objects/object.ts";
import { isSubtype } from "../objects/type.ts";
import { callSpecial } from "./call.ts";
import { typeName, typeOf } from "./typeof.ts";

const MOST = Number.MAX_SAFE_INTEGER;

export function add(a: Value, b: Value): Value {
  if (typeof a === "number" && typeof b === "number") {
    const sum = a + b;
    if (sum <= MOST && sum >= -MOST) return sum;
  } else if ((a as PyObject).type === floatType && (b as PyObject).type === floatType) {
    return new PyFloat((a as PyFloat).v + (b as PyFloat).v);
  }
  return addSlowly(a, b);
}

function addSlowly(a: Value, b: Value): Value {
  if (typeof a === "string" && typeof b === "string") {
    if (b.length > 32) allocate(b.length);
    return a + b;
  }
  if (isInt(a) && isInt(b)) return integers.add(a, b);
  const x = doubleOf(a);
  const y = doubleOf(b);
  if (x !== undefined && y !== undefined) return new PyFloat(x + y);
  return operate(a, b, "__add__", "__radd__", "+");
}

export function sub(a: Value, b: Value): Value {
  if (typeof a === "number" && typeof b === "number") {
    const difference = a - b;
    if (difference <= MOST && difference >= -MOST) return difference;
  } else if ((a as PyObject).type === floatType && (b as PyObject).type === floatType) {
    return new PyFloat((a as PyFloat).v - (b as PyFloat).v);
  }
  return subSlowly(a, b);
}

function subSlowly(a: Value, b: Value): Value {
  if (isInt(a) && isInt(b)) return integers.sub(a, b);
  const x = doubleOf(a);
  const y = doubleOf(b);
  if (x !== undefined && y !== undefined) return new PyFloat(x - y);
  return operate(a, b, "__sub__", "__rsub__", "-");
}

export function mul(a: Value, b: Value): Value {
  if (typeof a === "number" && typeof b === "number") {
    const product = a * b;
    // Zero may have come out negative, which an int has no room for.
    if (product <= MOST && product >= -MOST) return product + 0;
  } else if ((a as PyObject).type === floatType && (b as PyObject).type === floatType) {
    return new PyFloat((a as PyFloat).v * (b as PyFloat).v);
  }
  return mulSlowly(a, b);
}

function mulSlowly(a: Value, b: Value): Value {
  if (isInt(a) && isInt(b)) return integers.mul(a, b);
  const x = doubleOf(a);
  const y = doubleOf(b);
  if (x !== undefined && y !== undefined) return new PyFloat(x * y);
  return operate(a, b, "__mul__", "__rmul__", "*");
}

export function truediv(a: Value, b: Value): Value {
  if ((a as PyObject).type === floatType && (b as PyObject).type === floatType) {
    const divisor = (b as PyFloat).v;
    if (divisor !== 0) return new PyFloat((a as PyFloat).v / divisor);
  }
  const x = doubleOf(a);
  const y = doubleOf(b);
  // Numbers are exact, so their quotient is rounded once.
  if (x !== undefined && y !== undefined) {
    if (y === 0)
      fault(
        "ZeroDivisionError",
        isInt(a) && isInt(b) ? "division by zero" : "float division by zero",
      );
    return new PyFloat(x / y);
  }
  return operate(a, b, "__truediv__", "__rtruediv__", "/");
}

export function floordiv(a: Value, b: Value): Value {
  if (typeof a === "number" && typeof b === "number" && b !== 0) return exactFloor(a, b);
  if (isInt(a) && isInt(b)) return integers.floordiv(a, b);
  const x = doubleOf(a);
  const y = doubleOf(b);
  if (x !== undefined && y !== undefined) return new PyFloat(floats.floordiv(x, y));
  return operate(a, b, "__floordiv__", "__rfloordiv__", "//");
}

/** The floor of a quotient of safe integers: by the remainder, which is exact. */
function exactFloor(a: number, b: number): number {
  const rest = a % b;
  const quotient = (a - rest) / b;
  return rest !== 0 && rest < 0 !== b < 0 ? quotient - 1 : quotient + 0;
}

export function mod(a: Value, b: Value): Value {
  if (typeof a === "number" && typeof b === "number" && b !== 0) {
    const rest = a % b;
    if (rest !== 0) return rest < 0 === b < 0 ? rest : rest + b;
    return 0;
  }
  if (isInt(a) && isInt(b)) return integers.mod(a, b);
  const x = doubleOf(a);
  const y = doubleOf(b);
  if (x !== undefined && y !== undefined) return new PyFloat(floats.mod(x, y));
  return operate(a, b, "__mod__", "__rmod__", "%");
}

export function pow(a: Value, b: Value): Value {
  if (typeof a === "number" && typeof b === "number" && b >= 0) {
    const power = a ** b;
    if (power <= MOST && power >= -MOST) return power + 0;
  } else if ((a as PyObject).type === floatType && (b as PyObject).type === floatType) {
    const x = (a as PyFloat).v;
    if (x > 0) {
      const power = x ** (b as PyFloat).v;
      if (power < Infinity) return new PyFloat(power);
    }
  }
  return operate(a, b, "__pow__", "__rpow__", "** or pow()");
}

export function matmul(a: Value, b: Value): Value {
  return operate(a, b, "__matmul__", "__rmatmul__", "@");
}

export function lshift(a: Value, b: Value): Value {
  if (isInt(a) && isInt(b)) return integers.lshift(a, b);
  return operate(a, b, "__lshift__", "__rlshift__", "<<");
}

export function rshift(a: Value, b: Value): Value {
  if (typeof a === "number" && typeof b === "number" && (a | 0) === a && b >= 0) {
    return b > 31 ? (a < 0 ? -1 : 0) : a >> b;
  }
  if (isInt(a) && isInt(b)) return integers.rshift(a, b);
  return operate(a, b, "__rshift__", "__rrshift__", ">>");
}

export function and(a: Value, b: Value): Value {
  if (typeof a === "number" && typeof b === "number" && (a | 0) === a && (b | 0) === b)
    return a & b;
  if (isInt(a) && isInt(b)) return integers.and(a, b);
  if (typeof a === "boolean" && typeof b === "boolean") return a && b;
  return operate(a, b, "__and__", "__rand__", "&");
}

export function or(a: Value, b: Value): Value {
  if (typeof a === "number" && typeof b === "number" && (a | 0) === a && (b | 0) === b)
    return a | b;
  if (isInt(a) && isInt(b)) return integers.or(a, b);
  if (typeof a === "boolean" && typeof b === "boolean") return a || b;
  return operate(a, b, "__or__", "__ror__", "|");
}

export function xor(a: Value, b: Value): Value {
  if (typeof a === "number" && typeof b === "number" && (a | 0) === a && (b | 0) === b)
    return a ^ b;
  if (isInt(a) && isInt(b)) return integers.xor(a, b);
  if (typeof a === "boolean" && typeof b === "boolean") return a !== b;
  return operate(a, b, "__xor__", "__rxor__", "^");
}

function isInt(value: Value): value is number | bigint {
  return typeof value === "number" || typeof value === "bigint";
}

/** A float, or an int that is exact as one. */
function doubleOf(value: Value): number | undefined {
  if (typeof value === "number") return value;
  return (value as PyObject).type === floatType ? (value as PyFloat).v : undefined;
}

/** An operator by the methods of its operands: the right one's first where its class derives from the left one's and has its own. */
export function operate(a: Value, b: Value, left: string, right: string, sign: string): Value {
  const result = tryOperate(a, b, left, right);
  if (result !== NotImplemented) return result;
  const hint =
    sign === ">>" && isPrint(a) ? `. Did you mean "print(<message>, file=<output_stream>)"?` : "";
  fault(
    "TypeError",
    `unsupported operand type(s) for ${sign}: '${typeName(a)}' and '${typeName(b)}'${hint}`,
  );
}

function isPrint(value: Value): boolean {
  return (
    (value as { name?: string }).name === "print" &&
    typeName(value) === "builtin_function_or_method"
  );
}

/** The same, giving NotImplemented where no method knows what to do. */
export function tryOperate(a: Value, b: Value, left: string, right: string): Value {
  const ta = typeOf(a);
  const tb = typeOf(b);
  const reflected = ta === tb ? undefined : tb.proto[`c_${right}`];
  const first =
    reflected !== undefined && isSubtype(tb, ta) && ta.proto[`c_${right}`] !== reflected;
  if (first) {
    const result = callSpecial(b, right, a);
    if (result !== undefined && result !== NotImplemented) return result;
  }
  const direct = ta.proto[`c_${left}`];
  if (direct !== undefined) {
    const result = callMethod(direct, a, b) ?? callSpecial(a, left, b)!;
    if (result !== NotImplemented) return result;
  }
  if (reflected !== undefined && !first) {
    const result = callMethod(reflected, b, a) ?? callSpecial(b, right, a)!;
    if (result !== NotImplemented) return result;
  }
  return NotImplemented;
}

function callMethod(method: Value, self: Value, other: Value): Value | undefined {
  if (method instanceof PyFunction || method instanceof PyMethodDescriptor) {
    return method.m1?.(self, other);
  }
  return undefined;
}

/** Augmented assignment: the in-place method, else the plain operator. */
function inPlace(
  a: Value,
  b: Value,
  method: string,
  left: string,
  right: string,
  sign: string,
): Value {
  if (typeof a === "object" && a.type.proto[`c_${method}`] !== undefined) {
    const result = callSpecial(a, method, b)!;
    if (result !== NotImplemented) return result;
  }
  return operate(a, b, left, right, sign);
}

function hasInPlace(a: Value): boolean {
  return typeof a === "object" && (a as PyObject).type !== floatType;
}

export function iadd(a: Value, b: Value): Value {
  return hasInPlace(a) ? inPlace(a, b, "__iadd__", "__add__", "__radd__", "+=") : add(a, b);
}
export function isub(a: Value, b: Value): Value {
  return hasInPlace(a) ? inPlace(a, b, "__isub__", "__sub__", "__rsub__", "-=") : sub(a, b);
}
export function imul(a: Value, b: Value): Value {
  return hasInPlace(a) ? inPlace(a, b, "__imul__", "__mul__", "__rmul__", "*=") : mul(a, b);
}
export function itruediv(a: Value, b: Value): Value {
  return hasInPlace(a)
    ? inPlace(a, b, "__itruediv__", "__truediv__", "__rtruediv__", "/=")
    : truediv(a, b);
}
export function ifloordiv(a: Value, b: Value): Value {
  return hasInPlace(a)
    ? inPlace(a, b, "__ifloordiv__", "__floordiv__", "__rfloordiv__", "//=")
    : floordiv(a, b);
}
export function imod(a: Value, b: Value): Value {
  return hasInPlace(a) ? inPlace(a, b, "__imod__", "__mod__", "__rmod__", "%=") : mod(a, b);
}
export function ipow(a: Value, b: Value): Value {
  return hasInPlace(a) ? inPlace(a, b, "__ipow__", "__pow__", "__rpow__", "**=") : pow(a, b);
}
export function imatmul(a: Value, b: Value): Value {
  return inPlace(a, b, "__imatmul__", "__matmul__", "__rmatmul__", "@=");
}
export function ilshift(a: Value, b: Value): Value {
  return hasInPlace(a)
    ? inPlace(a, b, "__ilshift__", "__lshift__", "__rlshift__", "<<=")
    : lshift(a, b);
}
export function irshift(a: Value, b: Value): Value {
  return hasInPlace(a)
    ? inPlace(a, b, "__irshift__", "__rshift__", "__rrshift__", ">>=")
    : rshift(a, b);
}
export function iand(a: Value, b: Value): Value {
  return hasInPlace(a) ? inPlace(a, b, "__iand__", "__and__", "__rand__", "&=") : and(a, b);
}
export function ior(a: Value, b: Value): Value {
  return hasInPlace(a) ? inPlace(a, b, "__ior__", "__or__", "__ror__", "|=") : or(a, b);
}
export function ixor(a: Value, b: Value): Value {
  return hasInPlace(a) ? inPlace(a, b, "__ixor__", "__xor__", "__rxor__", "^=") : xor(a, b);
}
