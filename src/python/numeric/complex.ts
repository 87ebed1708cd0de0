/** Arithmetic of complex: pairs of floats, with C's care for zeros and CPython's errors. */
import { fault } from "../fault.ts";
import { floatRepr, libraryPow } from "./floats.ts";
import { isNegative } from "./rounding.ts";
import { hypot } from "./sums.ts";

export type Complex = readonly [real: number, imaginary: number];

export function add(a: Complex, b: Complex): Complex {
  return [a[0] + b[0], a[1] + b[1]];
}

export function sub(a: Complex, b: Complex): Complex {
  return [a[0] - b[0], a[1] - b[1]];
}

export function mul(a: Complex, b: Complex): Complex {
  return [a[0] * b[0] - a[1] * b[1], a[0] * b[1] + a[1] * b[0]];
}

/** R. L. Smith, Algorithm 116: Complex division, 1962. */
function quotient(a: Complex, b: Complex): Complex {
  const [x, y] = b;
  if (Math.abs(x) >= Math.abs(y)) {
    const ratio = y / x;
    const bottom = x + y * ratio;
    return [(a[0] + a[1] * ratio) / bottom, (a[1] - a[0] * ratio) / bottom];
  }
  if (Math.abs(y) >= Math.abs(x)) {
    const ratio = x / y;
    const bottom = x * ratio + y;
    return [(a[0] * ratio + a[1]) / bottom, (a[1] * ratio - a[0]) / bottom];
  }
  return [Number.NaN, Number.NaN];
}

export function div(a: Complex, b: Complex): Complex {
  if (b[0] === 0 && b[1] === 0) fault("ZeroDivisionError", "complex division by zero");
  return quotient(a, b);
}

/** abs(z). */
export function abs(a: Complex): number {
  const size = hypot(a);
  if (size - size !== 0 && a[0] - a[0] === 0 && a[1] - a[1] === 0) {
    fault("OverflowError", "absolute value too large");
  }
  return size;
}

function powWhole(a: Complex, n: number): Complex {
  let [power, result]: [Complex, Complex] = [a, [1, 0]];
  for (let bit = 1; bit <= n; bit *= 2) {
    if (n & bit) result = mul(result, power);
    power = mul(power, power);
  }
  return result;
}

function powPolar(a: Complex, b: Complex): Complex {
  if (b[0] === 0 && b[1] === 0) return [1, 0];
  if (a[0] === 0 && a[1] === 0) {
    if (b[1] !== 0 || b[0] < 0) {
      fault("ZeroDivisionError", "0.0 to a negative or complex power");
    }
    return [0, 0];
  }
  const size = hypot(a);
  const angle = Math.atan2(a[1], a[0]);
  let length = libraryPow(size, b[0]);
  let phase = angle * b[0];
  if (b[1] !== 0) {
    length /= Math.exp(angle * b[1]);
    phase += b[1] * Math.log(size);
  }
  return [length * Math.cos(phase), length * Math.sin(phase)];
}

/** a ** b. */
export function pow(a: Complex, b: Complex): Complex {
  const n = b[0];
  let result: Complex;
  if (b[1] === 0 && Number.isInteger(n) && Math.abs(n) <= 100) {
    if (n < 0 && a[0] === 0 && a[1] === 0) {
      fault("ZeroDivisionError", "0.0 to a negative or complex power");
    }
    result = n > 0 ? powWhole(a, n) : quotient([1, 0], powWhole(a, -n));
  } else result = powPolar(a, b);
  if (
    Math.abs(result[0]) === Number.POSITIVE_INFINITY ||
    Math.abs(result[1]) === Number.POSITIVE_INFINITY
  ) {
    fault("OverflowError", "complex exponentiation");
  }
  return result;
}

function partText(x: number): string {
  const text = floatRepr(x);
  return text.endsWith(".0") ? text.slice(0, -2) : text;
}

/** repr(z). */
export function complexRepr([real, imaginary]: Complex): string {
  const text = partText(imaginary);
  if (real === 0 && !isNegative(real)) return `${text}j`;
  const sign = text.startsWith("-") ? "" : "+";
  return `(${partText(real)}${sign}${text}j)`;
}

const NUMBER =
  /[+-]?(?:(?:\d+(?:_\d+)*\.?(?:\d+(?:_\d+)*)?|\.\d+(?:_\d+)*)(?:[eE][+-]?\d+(?:_\d+)*)?|inf(?:inity)?|nan)/iy;

/** complex(text); `quoted` is its repr, for the message; the text's digits and spaces are ASCII, as str's own methods make them. */
export function parseComplex(text: string, quoted: string): Complex {
  const bad = (): never => fault("ValueError", "complex() arg is a malformed string");
  if (/^_|_$|\D_|_\D/.test(text)) {
    fault("ValueError", `could not convert string to complex: ${quoted}`);
  }
  let body = text.trim();
  if (body.startsWith("(") && body.endsWith(")")) body = body.slice(1, -1).trim();
  let at = 0;
  const number = (): number | undefined => {
    NUMBER.lastIndex = at;
    const match = NUMBER.exec(body)?.[0];
    if (match === undefined) return undefined;
    at += match.length;
    const plain = match.replaceAll("_", "").toLowerCase();
    if (plain.endsWith("nan")) return Number.NaN;
    if (/^[+-]?inf/.test(plain)) return plain.startsWith("-") ? -Infinity : Infinity;
    return Number(plain);
  };
  const imaginary = (): number => {
    const value = number();
    if (value !== undefined) return value;
    const sign = body.charAt(at);
    if (sign === "+" || sign === "-") at++;
    return sign === "-" ? -1 : 1;
  };
  const isJ = (): boolean => at === body.length - 1 && "jJ".includes(body.charAt(at));
  const first = imaginary();
  if (isJ()) return [0, first];
  if (at === 0 || "+-".includes(body.charAt(at - 1))) bad();
  if (at === body.length) return [first, 0];
  if (!"+-".includes(body.charAt(at))) bad();
  const second = imaginary();
  return isJ() ? [first, second] : bad();
}
