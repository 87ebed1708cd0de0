/** The digits of numbers of each float dtype: as few as tell it from its neighbours. */
import { PyComplex } from "../../python/objects/complex.ts";
import { reprComplex } from "../../python/text/format.ts";
import { type Digits, fixed, reprFloat, shortest, significant } from "../../python/text/floats.ts";
import type { Dtype, Element } from "./dtype.ts";
import { partOf } from "./dtype.ts";

/** The float64 whose shortest digits are those of a number in its dtype. */
function plainNumber(value: number, dtype: Dtype): number {
  if (dtype.size === 8 || !Number.isFinite(value)) return value;
  const size = Math.abs(value);
  if (size === 0) return value;
  const rounds = dtype.size === 4 ? Math.fround : Math.f16round;
  for (let digits = 1; digits < 10; digits++) {
    const { digits: text, point } = significant(size, digits);
    const short = Number(`0.${text}e${point}`);
    if (rounds(short) === size) return value < 0 || Object.is(value, -0) ? -short : short;
  }
  return value;
}

/** The text of an element by itself, as `str` of a scalar. */
export function elementText(value: Element, dtype: Dtype): string {
  if (dtype.kind === "b") return value === 0 ? "False" : "True";
  if (value instanceof PyComplex) {
    const part = partOf(dtype);
    return reprComplex(plainNumber(value.real, part), plainNumber(value.imag, part));
  }
  return dtype.kind === "f" ? reprFloat(plainNumber(value as number, dtype)) : String(value);
}

function trimmed(text: string): string {
  return text.replace(/0+$/, "");
}

/** Digits before and after the point, at most so many after it; the size alone. */
export function positional(
  size: number,
  dtype: Dtype,
  precision: number,
  unique: boolean,
): [whole: string, rest: string] {
  const short = plainNumber(size, dtype);
  if (unique) {
    const { digits, point } = size === 0 ? { digits: "0", point: 1 } : shortest(short);
    if (digits.length - point <= precision) {
      if (point <= 0) return ["0", trimmed("0".repeat(-point) + digits)];
      // Before the point all digits are shown, the shortest or not.
      if (digits.length < point) return [fixed(size, 0), ""];
      return [digits.slice(0, point), trimmed(digits.slice(point))];
    }
  }
  const [whole = "", rest = ""] = fixed(size, precision).split(".");
  return [whole, unique ? trimmed(rest) : rest];
}

/** The first digit, those after it, at most so many, and the exponent. */
export function scientific(
  size: number,
  dtype: Dtype,
  precision: number,
): { lead: string; rest: string; exponent: number } {
  if (size === 0) return { lead: "0", rest: "", exponent: 0 };
  let found: Digits = shortest(plainNumber(size, dtype));
  if (found.digits.length > precision + 1) found = significant(size, precision + 1);
  return {
    lead: found.digits[0]!,
    rest: trimmed(found.digits.slice(1)),
    exponent: found.point - 1,
  };
}
