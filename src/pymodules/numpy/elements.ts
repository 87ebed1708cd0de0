/** Single elements: reading and writing them in any dtype, and as what a dtype makes of a value. */
import { fault } from "../../python/fault.ts";
import { PyComplex } from "../../python/objects/complex.ts";
import { PyFloat } from "../../python/objects/float.ts";
import type { Value } from "../../python/objects/object.ts";
import { canonical } from "../../python/text/integers.ts";
import { BOOL, type Data, type Dtype, type Element } from "./dtype.ts";

/** The memory of 64-bit ints as pairs of words, the low one first. */
export function wordsOf(data: Data): Int32Array {
  const { w } = data as { w?: Int32Array };
  if (w !== undefined) return w;
  const { buffer, byteOffset, length } = data as BigInt64Array;
  const made = new Int32Array(buffer, byteOffset, length * 2);
  (data as { w?: Int32Array }).w = made;
  return made;
}

/** A signed 64-bit int: a number where that is exact. */
export function get64(data: Data, w: Int32Array, at: number): number | bigint {
  const high = w[2 * at + 1]!;
  if (high >= -2097151 && high < 2097152) return high * 4294967296 + (w[2 * at]! >>> 0);
  return canonical(data[at] as bigint);
}

/** An unsigned one. */
export function getU64(data: Data, w: Int32Array, at: number): number | bigint {
  const high = w[2 * at + 1]! >>> 0;
  if (high < 2097152) return high * 4294967296 + (w[2 * at]! >>> 0);
  return data[at] as bigint;
}

/** Stores an int in 64 bits, of which it keeps the low ones. */
export function set64(data: Data, w: Int32Array, at: number, value: number | bigint): void {
  if (typeof value === "number") {
    w[2 * at] = value | 0;
    w[2 * at + 1] = Math.floor(value / 4294967296);
  } else data[at] = value;
}

/** An element as arithmetic has it. */
export function getElement(data: Data, dtype: Dtype, at: number): Element {
  const value = data[at]!;
  return typeof value === "bigint"
    ? canonical(value)
    : dtype.domain === "l"
      ? Number(value)
      : value;
}

/** Stores what is the dtype's. */
export function setElement(data: Data, dtype: Dtype, at: number, value: Element): void {
  data[at] = dtype.domain === "l" && typeof value === "number" ? BigInt(value) : value;
}

const INT64_MIN = -(2n ** 63n);

/** A float cut to a whole number of at most 64 bits; what does not fit is the least of them, as on x86-64. */
export function truncated(x: number): number | bigint {
  const whole = Math.trunc(x);
  if (whole >= -9007199254740991 && whole <= 9007199254740991) return whole + 0;
  if (whole >= -9223372036854775808 && whole < 9223372036854775808) return BigInt(whole);
  return INT64_MIN;
}

/** The same for 64 bits without a sign. */
export function truncatedU64(x: number): number | bigint {
  if (x >= 9223372036854775808 && x < 18446744073709551616) return BigInt(Math.trunc(x));
  return truncated(x);
}

/** The low 32 bits of a float cut to a whole number, as on x86-64: of 32 bits for signed and small dtypes. */
export function cut32(x: number): number {
  const whole = Math.trunc(x);
  return whole >= -2147483648 && whole <= 2147483647 ? whole : -2147483648;
}

export function cutU32(x: number): number {
  const whole = truncated(x);
  return typeof whole === "number" ? whole : Number(BigInt.asUintN(32, whole));
}

/** The low bits of an int. */
export function low32(x: number | bigint): number {
  return typeof x === "number" ? x : Number(BigInt.asIntN(32, x));
}

/** What a dtype makes of an element of another: ints wrap, floats lose their fraction. */
export function castElement(value: Element, from: Dtype, to: Dtype): Element {
  if (from === to) return value;
  const real = typeof value === "object" ? value.real : value;
  switch (to.domain) {
    case "b":
      if (typeof value === "object") return value.real !== 0 || value.imag !== 0 ? 1 : 0;
      return value == 0 ? 0 : 1;
    case "f": {
      const x = Number(real);
      return to.size === 4 ? Math.fround(x) : to.size === 2 ? Math.f16round(x) : x;
    }
    case "c": {
      const z = typeof value === "object" ? value : new PyComplex(Number(value), 0);
      return to.size === 8 ? new PyComplex(Math.fround(z.real), Math.fround(z.imag)) : z;
    }
    case "l": {
      const int =
        from.kind === "f" || from.kind === "c"
          ? to.kind === "u"
            ? truncatedU64(Number(real))
            : truncated(Number(real))
          : (real as number | bigint);
      const big = BigInt(int);
      return canonical(to.kind === "u" ? BigInt.asUintN(64, big) : BigInt.asIntN(64, big));
    }
    case "i": {
      const int =
        from.kind === "f" || from.kind === "c"
          ? to.name === "uint32"
            ? cutU32(Number(real))
            : cut32(Number(real))
          : low32(real as number | bigint);
      const one = to.make(1);
      one[0] = int;
      return one[0];
    }
  }
}

/** An element as Python has it. */
export function toPython(value: Element, dtype: Dtype): Value {
  if (typeof value === "object") return value;
  if (dtype.kind === "b") return value !== 0;
  if (dtype.kind === "f") return new PyFloat(value as number);
  return value;
}

/** Whether an int is one of a dtype's. */
export function intFits(value: number | bigint, dtype: Dtype): boolean {
  if (dtype === BOOL) return true;
  const bits = dtype.size * 8;
  if (dtype.kind === "u") return value >= 0 && value < 2n ** BigInt(bits);
  return value >= -(2n ** BigInt(bits - 1)) && value < 2n ** BigInt(bits - 1);
}

/** @throws OverflowError for an int that a dtype cannot hold */
export function refuseInt(value: number | bigint, dtype: Dtype): never {
  const wide = value >= 2n ** 63n || value < INT64_MIN;
  if (dtype.kind === "u" && value < 0 && dtype.size === 8) {
    fault("OverflowError", "can't convert negative int to unsigned");
  }
  fault(
    "OverflowError",
    wide || dtype.size === 8
      ? `Python int too large to convert to C ${dtype.kind === "u" ? "unsigned " : ""}long`
      : `Python integer ${value} out of bounds for ${dtype.name}`,
  );
}
