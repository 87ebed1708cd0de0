/**
 * Binary operators. Each begins with what is common and cheap; everything else
 * goes through the methods of the operands' classes, reflected ones included
 * (https://docs.python.org/3/reference/datamodel.html#emulating-numeric-types).
 * The first lines are short on purpose: the engine copies them into callers.
 */
import { allocate } from "../budget.ts";
import { fault } from "../fault.ts";
import { pow as complexPower } from "../numeric/complex.ts";
import * as floats from "../numeric/floats.ts";
import * as integers from "../numeric/integers.ts";
import { pow as power } from "../numeric/powers.ts";
import { toFloat, truediv as quotient } from "../numeric/rounding.ts";
import type { Int } from "../numeric/sizes.ts";
import { PyComplex } from "../objects/complex.ts";
import { PyFloat, floatType } from "../objects/float.ts";
import { PyFunction, PyMethodDescriptor } from "../objects/function.ts";
import { NotImplemented, type PyObject, type Value } from "../objects/object.ts";
import { PyTuple } from "../objects/tuple.ts";
import { isSubtype, specialKey } from "../objects/type.ts";
import { callSpecial } from "./call.ts";
import { typeName, typeOf } from "./typeof.ts";

export function add(a: Value, b: Value): Value {
  if (typeof a === "number" && typeof b === "number") {
    const sum = a + b;
    if (sum <= 9007199254740991 && sum >= -9007199254740991) return sum;
  } else if ((a as PyFloat).isFloat && (b as PyFloat).isFloat) {
    return new PyFloat((a as PyFloat).v + (b as PyFloat).v);
  }
  return addSlowly(a, b);
}

/** A sum of which one side is a text in the source. */
export function addText(a: Value, b: Value): Value {
  if (typeof a === "string" && typeof b === "string" && b.length <= 32) return a + b;
  return add(a, b);
}

function addSlowly(a: Value, b: Value): Value {
  if (typeof a === "string" && typeof b === "string") {
    if (b.length > 32) allocate(b.length);
    return a + b;
  }
  if (isInt(a) && isInt(b)) return integers.add(intOf(a), intOf(b));
  if (isReal(a) && isReal(b)) return new PyFloat(doubleOf(a) + doubleOf(b));
  return operate(a, b, "__add__", "__radd__", "+");
}

export function sub(a: Value, b: Value): Value {
  if (typeof a === "number" && typeof b === "number") {
    const difference = a - b;
    if (difference <= 9007199254740991 && difference >= -9007199254740991) return difference;
  } else if ((a as PyFloat).isFloat && (b as PyFloat).isFloat) {
    return new PyFloat((a as PyFloat).v - (b as PyFloat).v);
  }
  return subSlowly(a, b);
}

function subSlowly(a: Value, b: Value): Value {
  if (isInt(a) && isInt(b)) return integers.sub(intOf(a), intOf(b));
  if (isReal(a) && isReal(b)) return new PyFloat(doubleOf(a) - doubleOf(b));
  return operate(a, b, "__sub__", "__rsub__", "-");
}

export function mul(a: Value, b: Value): Value {
  if (typeof a === "number" && typeof b === "number") {
    const product = a * b;
    // Zero may have come out negative, which an int has no room for.
    if (product <= 9007199254740991 && product >= -9007199254740991) return product + 0;
  } else if ((a as PyFloat).isFloat && (b as PyFloat).isFloat) {
    return new PyFloat((a as PyFloat).v * (b as PyFloat).v);
  }
  return mulSlowly(a, b);
}

function mulSlowly(a: Value, b: Value): Value {
  if (isInt(a) && isInt(b)) return integers.mul(intOf(a), intOf(b));
  if (isReal(a) && isReal(b)) return new PyFloat(doubleOf(a) * doubleOf(b));
  return operate(a, b, "__mul__", "__rmul__", "*");
}

export function truediv(a: Value, b: Value): Value {
  if ((a as PyFloat).isFloat && (b as PyFloat).isFloat) {
    const divisor = (b as PyFloat).v;
    if (divisor !== 0) return new PyFloat((a as PyFloat).v / divisor);
  }
  return divideSlowly(a, b);
}

function divideSlowly(a: Value, b: Value): Value {
  // Numbers are exact, so their quotient is rounded once.
  if (isInt(a) && isInt(b)) return new PyFloat(quotient(intOf(a), intOf(b)));
  if (isReal(a) && isReal(b)) return new PyFloat(floats.div(doubleOf(a), doubleOf(b)));
  return operate(a, b, "__truediv__", "__rtruediv__", "/");
}

export function floordiv(a: Value, b: Value): Value {
  if (typeof a === "number" && typeof b === "number" && b !== 0) return exactFloor(a, b);
  if (isInt(a) && isInt(b)) return integers.floordiv(intOf(a), intOf(b));
  if (isReal(a) && isReal(b)) return new PyFloat(floats.floordiv(doubleOf(a), doubleOf(b)));
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
  if (isInt(a) && isInt(b)) return integers.mod(intOf(a), intOf(b));
  if (isReal(a) && isReal(b)) return new PyFloat(floats.mod(doubleOf(a), doubleOf(b)));
  return operate(a, b, "__mod__", "__rmod__", "%");
}

/** The quotient and the rest of `divmod()`. */
export function divmod(a: Value, b: Value): Value {
  if (isInt(a) && isInt(b)) return new PyTuple(integers.divmod(intOf(a), intOf(b)));
  return operate(a, b, "__divmod__", "__rdivmod__", "divmod()");
}

export function pow(a: Value, b: Value): Value {
  if (typeof a === "number" && typeof b === "number" && b >= 0) {
    const power = a ** b;
    if (power <= 9007199254740991 && power >= -9007199254740991) return power + 0;
  } else if ((a as PyFloat).isFloat && (b as PyFloat).isFloat) {
    const x = (a as PyFloat).v;
    const y = (b as PyFloat).v;
    // Whole exponents are multiplied out by the engine, with errors.
    if (x > 0 && (y | 0) !== y) {
      const power = x ** y;
      if (power < Infinity) return new PyFloat(power);
    }
  }
  return powSlowly(a, b);
}

function powSlowly(a: Value, b: Value): Value {
  if (isInt(a) && isInt(b)) return powerOfInts(intOf(a), intOf(b));
  if (isReal(a) && isReal(b)) return powerOfFloats(doubleOf(a), doubleOf(b));
  return operate(a, b, "__pow__", "__rpow__", "** or pow()");
}

/** a ** b of ints: a float where the exponent is negative. */
export function powerOfInts(a: Int, b: Int): Value {
  return b < 0 ? powerOfFloats(toFloat(a), toFloat(b)) : power(a, b);
}

/** a ** b of floats: a complex where the base is negative and the exponent has a fraction. */
export function powerOfFloats(a: number, b: number): Value {
  if (!floats.isComplexPower(a, b)) return new PyFloat(floats.pow(a, b));
  const [real, imaginary] = complexPower([a, 0], [b, 0]);
  return new PyComplex(real, imaginary);
}

export function matmul(a: Value, b: Value): Value {
  return operate(a, b, "__matmul__", "__rmatmul__", "@");
}

export function lshift(a: Value, b: Value): Value {
  if (isInt(a) && isInt(b)) return integers.lshift(intOf(a), intOf(b));
  return operate(a, b, "__lshift__", "__rlshift__", "<<");
}

export function rshift(a: Value, b: Value): Value {
  if (typeof a === "number" && typeof b === "number" && (a | 0) === a && b >= 0) {
    return b > 31 ? (a < 0 ? -1 : 0) : a >> b;
  }
  if (isInt(a) && isInt(b)) return integers.rshift(intOf(a), intOf(b));
  return operate(a, b, "__rshift__", "__rrshift__", ">>");
}

export function and(a: Value, b: Value): Value {
  if (typeof a === "number" && typeof b === "number" && (a | 0) === a && (b | 0) === b)
    return a & b;
  if (typeof a === "boolean" && typeof b === "boolean") return a && b;
  if (isInt(a) && isInt(b)) return integers.and(intOf(a), intOf(b));
  return operate(a, b, "__and__", "__rand__", "&");
}

export function or(a: Value, b: Value): Value {
  if (typeof a === "number" && typeof b === "number" && (a | 0) === a && (b | 0) === b)
    return a | b;
  if (typeof a === "boolean" && typeof b === "boolean") return a || b;
  if (isInt(a) && isInt(b)) return integers.or(intOf(a), intOf(b));
  return operate(a, b, "__or__", "__ror__", "|");
}

export function xor(a: Value, b: Value): Value {
  if (typeof a === "number" && typeof b === "number" && (a | 0) === a && (b | 0) === b)
    return a ^ b;
  if (typeof a === "boolean" && typeof b === "boolean") return a !== b;
  if (isInt(a) && isInt(b)) return integers.xor(intOf(a), intOf(b));
  return operate(a, b, "__xor__", "__rxor__", "^");
}

/** An int or a bool, and no object of a class derived from int. */
function isInt(value: Value): value is Int | boolean {
  return typeof value === "number" || typeof value === "bigint" || typeof value === "boolean";
}

function intOf(value: Int | boolean): Int {
  return typeof value === "boolean" ? Number(value) : value;
}

function isReal(value: Value): value is Int | boolean | PyFloat {
  return isInt(value) || (value as PyObject).type === floatType;
}

/** The nearest float; OverflowError for ints beyond all floats. */
function doubleOf(value: Int | boolean | PyFloat): number {
  if (typeof value === "number") return value;
  return typeof value === "object" ? value.v : toFloat(intOf(value));
}

/** An operator by the methods of its operands: the right one's first where its class derives from the left one's and has its own. */
function operate(a: Value, b: Value, left: string, right: string, sign: string): Value {
  const result = tryOperate(a, b, left, right);
  if (result !== NotImplemented) return result;
  if (sign === "+" || sign === "+=" || sign === "*" || sign === "*=")
    refuseSequence(a, b, sign[0]!);
  const hint =
    sign === ">>" && isPrint(a) ? `. Did you mean "print(<message>, file=<output_stream>)"?` : "";
  fault(
    "TypeError",
    `unsupported operand type(s) for ${sign}: '${typeName(a)}' and '${typeName(b)}'${hint}`,
  );
}

/** Sequences say for themselves what they can be joined with and repeated by. */
function refuseSequence(a: Value, b: Value, sign: string): void {
  if (sign === "*") {
    const other = repeats(a) ? b : repeats(b) ? a : undefined;
    if (other !== undefined) {
      fault("TypeError", `can't multiply sequence by non-int of type '${typeName(other)}'`);
    }
    return;
  }
  const method = typeOf(a).proto["c___add__"];
  const owner = method instanceof PyMethodDescriptor ? method.owner.name : "";
  if (/^(list|tuple|str|deque)$/.test(owner)) {
    fault("TypeError", `can only concatenate ${owner} (not "${typeName(b)}") to ${owner}`);
  }
  if (/^(bytes|bytearray)$/.test(owner)) {
    fault("TypeError", `can't concat ${typeName(b)} to ${typeName(a)}`);
  }
}

function repeats(value: Value): boolean {
  const method = typeOf(value).proto["c___mul__"];
  return (
    method instanceof PyMethodDescriptor &&
    /^(list|tuple|str|bytes|bytearray|deque|array)$/.test(method.owner.name)
  );
}

function isPrint(value: Value): boolean {
  return (
    (value as { name?: string }).name === "print" &&
    typeName(value) === "builtin_function_or_method"
  );
}

/** The same, giving NotImplemented where no method knows what to do. */
function tryOperate(a: Value, b: Value, left: string, right: string): Value {
  const ta = typeOf(a);
  const tb = typeOf(b);
  const reflected = ta === tb ? undefined : tb.proto[specialKey(right)];
  const first =
    reflected !== undefined && isSubtype(tb, ta) && ta.proto[specialKey(right)] !== reflected;
  if (first) {
    const result = callSpecial(b, right, a);
    if (result !== undefined && result !== NotImplemented) return result;
  }
  const direct = ta.proto[specialKey(left)];
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
  if (typeof a === "object" && a.type.proto[specialKey(method)] !== undefined) {
    const result = callSpecial(a, method, b)!;
    if (result !== NotImplemented) return result;
  }
  return operate(a, b, left, right, sign);
}

function hasInPlace(a: Value): boolean {
  return typeof a === "object" && (a as PyObject).type !== floatType;
}

// Numbers have no in-place methods, and come first.
export function iadd(a: Value, b: Value): Value {
  if (typeof a === "number" && typeof b === "number") {
    const sum = a + b;
    if (sum <= 9007199254740991 && sum >= -9007199254740991) return sum;
  } else if ((a as PyFloat).isFloat && (b as PyFloat).isFloat) {
    return new PyFloat((a as PyFloat).v + (b as PyFloat).v);
  }
  return iaddSlowly(a, b);
}
function iaddSlowly(a: Value, b: Value): Value {
  return hasInPlace(a) ? inPlace(a, b, "__iadd__", "__add__", "__radd__", "+=") : addSlowly(a, b);
}
export function isub(a: Value, b: Value): Value {
  if (typeof a === "number" && typeof b === "number") {
    const difference = a - b;
    if (difference <= 9007199254740991 && difference >= -9007199254740991) return difference;
  } else if ((a as PyFloat).isFloat && (b as PyFloat).isFloat) {
    return new PyFloat((a as PyFloat).v - (b as PyFloat).v);
  }
  return isubSlowly(a, b);
}
function isubSlowly(a: Value, b: Value): Value {
  return hasInPlace(a) ? inPlace(a, b, "__isub__", "__sub__", "__rsub__", "-=") : subSlowly(a, b);
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
