/** Arithmetic of float where it is not JavaScript's. */
import { fault } from "../fault.ts";
import { powInteger } from "./doubles.ts";
import { isNegative } from "./rounding.ts";

/** A zero with the sign of another number. */
function zeroLike(x: number): number {
  return isNegative(x) ? -0 : 0;
}

export function div(a: number, b: number): number {
  if (b === 0) fault("ZeroDivisionError", "float division by zero");
  return a / b;
}

export function mod(a: number, b: number): number {
  if (b === 0) fault("ZeroDivisionError", "float modulo");
  const rest = a % b;
  if (rest === 0) return zeroLike(b);
  return b < 0 === rest < 0 ? rest : rest + b;
}

function quotient(a: number, b: number): [number, number] {
  let rest = a % b;
  let times = (a - rest) / b;
  if (rest === 0) rest = zeroLike(b);
  else if (b < 0 !== rest < 0) {
    rest += b;
    times -= 1;
  }
  if (times === 0) return [zeroLike(a / b), rest];
  const floor = Math.floor(times);
  return [times - floor > 0.5 ? floor + 1 : floor, rest];
}

export function floordiv(a: number, b: number): number {
  if (b === 0) fault("ZeroDivisionError", "float floor division by zero");
  return quotient(a, b)[0];
}

export function divmod(a: number, b: number): [number, number] {
  if (b === 0) fault("ZeroDivisionError", "float divmod()");
  return quotient(a, b);
}

/** C's pow(): JavaScript's, but for ones, and for whole exponents, which the engine multiplies out with errors. */
export function libraryPow(x: number, y: number): number {
  if (x === 1 || y === 0) return 1;
  if (x === -1 && (y === Number.POSITIVE_INFINITY || y === Number.NEGATIVE_INFINITY)) return 1;
  return y > 2 && y <= 1000 && Number.isInteger(y) ? powInteger(x, y) : x ** y;
}

/** Whether a ** b has a complex result. */
export function isComplexPower(a: number, b: number): boolean {
  return a < 0 && a - a === 0 && b - b === 0 && !Number.isInteger(b);
}

/** a ** b where the result is real (see {@link isComplexPower}). */
export function pow(a: number, b: number): number {
  if (a === 0 && b < 0 && b !== Number.NEGATIVE_INFINITY) {
    fault("ZeroDivisionError", "0.0 cannot be raised to a negative power");
  }
  const power = libraryPow(a, b);
  if (power - power !== 0 && a - a === 0 && b - b === 0) {
    fault("OverflowError", 34, "Numerical result out of range");
  }
  return power;
}

/** repr(x): the shortest digits that read back as x, with an exponent below 1e-4 and from 1e16. */
export function floatRepr(x: number): string {
  if (x - x !== 0) return Number.isNaN(x) ? "nan" : x < 0 ? "-inf" : "inf";
  if (x === 0) return isNegative(x) ? "-0.0" : "0.0";
  const size = Math.abs(x);
  if (size >= 1e-4 && size < 1e16) {
    const text = String(x);
    return Number.isInteger(x) ? `${text}.0` : text;
  }
  const [digits = "", exponent = ""] = x.toExponential().split("e");
  const sign = exponent.charAt(0);
  return `${digits}e${sign}${exponent.slice(1).padStart(2, "0")}`;
}
