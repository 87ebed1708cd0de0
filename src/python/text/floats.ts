/** Digits of floats: shortest, rounded half to even on the exact value, exact, hexadecimal. */
import { spend } from "../budget.ts";
import { fault } from "../fault.ts";
import { canonical, type Int, trimmed } from "./integers.ts";
import { room } from "./wide.ts";

/** Decimal digits of a number, the point `point` places after the first one's front: 0.digits × 10**point. */
export interface Digits {
  digits: string;
  point: number;
}

/** More digits after the point than the engine's own methods give. */
const NATIVE_DIGITS = 100;
/** No float has more digits after the point than this. */
const MOST_DECIMALS = 1074;

/** The text of a finite or infinite float, as `repr` and `str` give it. */
export function reprFloat(value: number): string {
  if (Number.isInteger(value)) {
    if (value < 1e16 && value > -1e16) {
      return value === 0 && Object.is(value, -0) ? "-0.0" : `${value}.0`;
    }
  } else {
    const size = Math.abs(value);
    if (size >= 1e-4 && size < 1e16) return `${value}`;
    if (size === Infinity) return value > 0 ? "inf" : "-inf";
    if (value !== value) return "nan";
  }
  const text = value.toExponential();
  const at = text.indexOf("e");
  return text.length - at > 3 ? text : `${text.slice(0, at + 2)}0${text.slice(at + 2)}`;
}

/** The fewest digits that read back as the same float; `value` is finite and not negative. */
export function shortest(value: number): Digits {
  return scientific(value.toExponential());
}

function scientific(text: string): Digits {
  const at = text.indexOf("e");
  return { digits: text.charAt(0) + text.slice(2, at), point: Number(text.slice(at + 1)) + 1 };
}

/** `count` significant digits, at least 1; `value` is finite and not negative. */
export function significant(value: number, count: number): Digits {
  if (value === 0) return { digits: "0".repeat(count), point: 1 };
  if (count <= NATIVE_DIGITS - 25) {
    // The engine rounds halves up. A number of 15 digits is its own shortest form, so
    // a half shows there; of more, nothing but zeros follow its five.
    if (count <= 14) {
      const short = value.toExponential();
      const at = short.indexOf("e");
      const isHalf = at === count + 2 && short.charCodeAt(at - 1) === 53;
      if (!isHalf) return scientific(value.toExponential(count - 1));
    }
    const longer = value.toExponential(count + 24);
    if (!longer.startsWith("5000000000", count + 1))
      return scientific(value.toExponential(count - 1));
  }
  const { digits, scale } = exact(value);
  let point = digits.length - scale;
  let kept = roundedDigits(digits, count);
  if (kept.length > count) {
    kept = kept.slice(0, count);
    point++;
  }
  return { digits: kept.padEnd(count, "0"), point };
}

/** The first `count` of a number's digits, rounded half to even; one more where all were nines. */
function roundedDigits(digits: string, count: number): string {
  if (digits.length <= count) return digits;
  const kept = digits.slice(0, count);
  const next = digits.charCodeAt(count) - 48;
  const half = next === 5 && !/[1-9]/.test(digits.slice(count + 1));
  const odd = count > 0 && kept.charCodeAt(count - 1) % 2 === 1;
  if (next < 5 || (half && !odd)) return kept;
  return count === 0 ? "1" : (BigInt(kept) + 1n).toString().padStart(count, "0");
}

/** `value` with `decimals` digits after the point, as C's `%.*f`; finite and not negative. */
export function fixed(value: number, decimals: number): string {
  if (value < 1e21 && decimals <= NATIVE_DIGITS) {
    const text = value.toFixed(decimals);
    // A half has exactly one bit more behind the point than there are decimals.
    const scaled = value * 2 ** (decimals + 1);
    if (scaled % 2 !== 1) return text;
    const last = text.charCodeAt(text.length - 1) - 48;
    return last % 2 === 0 ? text : text.slice(0, -1) + String(last - 1);
  }
  room(decimals);
  const { digits, scale } = exact(value);
  if (decimals >= scale) return dotted(digits, scale) + zeros(scale, decimals);
  const kept = digits.length - scale + decimals;
  return dotted(kept < 0 ? "0" : roundedDigits(digits, kept) || "0", decimals);
}

function zeros(scale: number, decimals: number): string {
  return (scale === 0 && decimals > 0 ? "." : "") + "0".repeat(decimals - scale);
}

/** An integer's digits with the point before the last `scale`. */
function dotted(digits: string, scale: number): string {
  if (scale === 0) return digits;
  const all = digits.padStart(scale + 1, "0");
  return `${all.slice(0, -scale)}.${all.slice(-scale)}`;
}

/** All digits of a finite float that is not negative: digits / 10**scale. */
function exact(value: number): { digits: string; scale: number } {
  const [mantissa, exponent] = parts(value);
  if (exponent >= 0) return { digits: (mantissa << BigInt(exponent)).toString(), scale: 0 };
  const scale = -exponent;
  return { digits: (mantissa * 5n ** BigInt(scale)).toString(), scale };
}

const CELL = new DataView(new ArrayBuffer(8));

/** mantissa × 2**exponent, the mantissa odd or zero, of a finite float that is not negative. */
function parts(value: number): [mantissa: bigint, exponent: number] {
  CELL.setFloat64(0, value);
  const bits = CELL.getBigUint64(0);
  const biased = Number(bits >> 52n) & 0x7ff;
  let mantissa = bits & 0xfffffffffffffn;
  if (mantissa === 0n && biased === 0) return [0n, 0];
  if (biased > 0) mantissa |= 0x10000000000000n;
  let exponent = Math.max(biased, 1) - 1075;
  while ((mantissa & 1n) === 0n) {
    mantissa >>= 1n;
    exponent++;
  }
  return [mantissa, exponent];
}

/** `round(value, ndigits)`. */
export function roundFloat(value: number, ndigits: number): number {
  // Beyond these, all digits or none are kept.
  if (!Number.isFinite(value) || value === 0 || ndigits > 323) return value;
  if (ndigits < -308) return value < 0 ? -0 : 0;
  const size = Math.abs(value);
  let rounded: number;
  if (ndigits >= 0) rounded = Number(fixed(size, ndigits));
  else {
    const { digits, scale } = exact(size);
    const kept = digits.length - scale + ndigits;
    rounded = kept < 0 ? 0 : Number(`${roundedDigits(digits, kept) || "0"}e${-ndigits}`);
  }
  if (rounded === Infinity) fault("OverflowError", "rounded value too large to represent");
  return value < 0 ? -rounded : rounded;
}

/** `round(value)`: the nearest int, the even one of two. */
export function roundToInt(value: number): Int {
  const floor = Math.floor(value);
  const rest = value - floor;
  return truncate(rest > 0.5 || (rest === 0.5 && floor % 2 !== 0) ? floor + 1 : floor);
}

/** `int(value)`: without what is behind the point. */
export function truncate(value: number): Int {
  if (value !== value) fault("ValueError", "cannot convert float NaN to integer");
  const whole = Math.trunc(value);
  if (Number.isSafeInteger(whole)) return whole + 0;
  if (!Number.isFinite(value)) fault("OverflowError", "cannot convert float infinity to integer");
  return canonical(BigInt(whole));
}

/** `value.as_integer_ratio()`. */
export function integerRatio(value: number): [numerator: Int, denominator: Int] {
  if (value !== value) fault("ValueError", "cannot convert NaN to integer ratio");
  if (!Number.isFinite(value)) fault("OverflowError", "cannot convert Infinity to integer ratio");
  const [mantissa, exponent] = parts(Math.abs(value));
  const signed = value < 0 ? -mantissa : mantissa;
  if (exponent >= 0) return [canonical(signed << BigInt(exponent)), 1];
  return [canonical(signed), canonical(1n << BigInt(-exponent))];
}

/** `value.hex()`. */
export function hexFloat(value: number): string {
  if (!Number.isFinite(value)) return reprFloat(value);
  CELL.setFloat64(0, value);
  const bits = CELL.getBigUint64(0);
  const sign = bits >> 63n === 1n ? "-" : "";
  const biased = Number(bits >> 52n) & 0x7ff;
  const mantissa = bits & 0xfffffffffffffn;
  if (biased === 0 && mantissa === 0n) return `${sign}0x0.0p+0`;
  const exponent = Math.max(biased, 1) - 1023;
  const lead = biased === 0 ? "0" : "1";
  const digits = mantissa.toString(16).padStart(13, "0");
  return `${sign}0x${lead}.${digits}p${exponent < 0 ? "" : "+"}${exponent}`;
}

/** `float.fromhex(text)`. */
export function floatFromHex(text: string): number {
  spend(text.length);
  const [start, end] = trimmed(text);
  const body = text.slice(start, end).toLowerCase();
  const sign = body.startsWith("-") ? -1 : 1;
  const rest = /^[+-]/.test(body) ? body.slice(1) : body;
  if (rest === "inf" || rest === "infinity") return sign * Infinity;
  if (rest === "nan") return NaN;
  const match = /^(?:0x)?([\da-f]*)(?:\.([\da-f]*))?(?:p([+-]?\d+))?/.exec(rest);
  const digits = match === null ? "" : `${match[1]}${match[2] ?? ""}`;
  if (match === null || digits === "") return notHexadecimal();
  const kept = digits.replace(/^0+/, "");
  const isWhole = match[0].length === rest.length;
  if (kept === "") return isWhole ? (sign < 0 ? -0 : 0) : notHexadecimal();
  // One digit stands for all that have no influence but on halves.
  const most = 20;
  const sticky = /[1-9a-f]/.test(kept.slice(most)) ? "1" : "0";
  const shown = kept.slice(0, most) + sticky;
  const written = BigInt(`0x${shown}`);
  const dropped = kept.length - shown.length - (match[2]?.length ?? 0);
  const power = Number(match[3] ?? 0) + 4 * dropped;
  const value = scaled(written, power);
  // Too large comes first, as CPython reads.
  return isWhole ? sign * value : notHexadecimal();
}

function notHexadecimal(): never {
  return fault("ValueError", "invalid hexadecimal floating-point string");
}

/** mantissa × 2**power, rounded half to even. */
function scaled(mantissa: bigint, power: number): number {
  const bits = mantissa.toString(2).length;
  const top = bits + power;
  if (top > 1024) return tooLarge();
  if (top < -1075) return 0;
  const keep = Math.min(53, top + MOST_DECIMALS);
  const drop = bits - keep;
  if (drop <= 0) return Number(mantissa << BigInt(-drop)) * 2 ** (top - keep);
  const unit = 1n << BigInt(drop);
  const rest = mantissa & (unit - 1n);
  let kept = mantissa >> BigInt(drop);
  if (rest * 2n > unit || (rest * 2n === unit && (kept & 1n) === 1n)) kept += 1n;
  const exponent = power + drop;
  // A power of two below the smallest normal one is not a float of its own.
  const value = Number(kept) * 2 ** Math.max(exponent, -1074);
  return value === Infinity ? tooLarge() : value;
}

function tooLarge(): never {
  return fault("OverflowError", "hexadecimal value too large to represent as a float");
}
