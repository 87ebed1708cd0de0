/** The element types: their names and sizes, how they are stored, how they mix, and how values become one. */

/** What an element is. */
export type DType = "bool" | "uint32" | "int32" | "int64" | "float16" | "float32" | "float64";
/** The dtypes that have fractions, and gradients. */
export type FloatDType = "float16" | "float32" | "float64";
/** The dtypes of whole numbers. */
export type IntegerDType = "uint32" | "int32" | "int64";
/** A bare value, as operators take it beside a tensor; a bigint is a whole number of any size. */
export type Scalar = number | boolean | bigint;
/** An element on the host: a bigint for int64, else a number; 0 or 1 for bool. */
export type HostValue = number | bigint;
/** Row-major values of a tensor on the host; `Uint8Array` holds booleans as 0 and 1. */
export type TypedArray =
  | Float16Array
  | Float32Array
  | Float64Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | Uint8Array;
/** The host arrays whose elements are numbers: all but those of int64. */
export type NumberArray = Exclude<TypedArray, BigInt64Array>;

interface Info {
  /** Mixed dtypes become the one of the higher rank. */
  readonly rank: number;
  /** Of an element on the host. */
  readonly bytes: number;
  /** One letter, for the keys that compiled programs go by. */
  readonly letter: string;
  readonly array: {
    new (length: number): TypedArray;
    new (buffer: ArrayBufferLike, offset: number, length: number): TypedArray;
  };
}

const DTYPES: Record<DType, Info> = {
  bool: { rank: 0, bytes: 1, letter: "b", array: Uint8Array },
  uint32: { rank: 1, bytes: 4, letter: "u", array: Uint32Array },
  int32: { rank: 1, bytes: 4, letter: "i", array: Int32Array },
  int64: { rank: 2, bytes: 8, letter: "l", array: BigInt64Array },
  float16: { rank: 3, bytes: 2, letter: "h", array: Float16Array },
  float32: { rank: 4, bytes: 4, letter: "f", array: Float32Array },
  float64: { rank: 5, bytes: 8, letter: "d", array: Float64Array },
};

export function isDType(value: unknown): value is DType {
  return typeof value === "string" && Object.hasOwn(DTYPES, value);
}

/** All names, for messages. */
export const DTYPE_NAMES: string = Object.keys(DTYPES).join(", ");

export function isFloat(dtype: DType): dtype is FloatDType {
  return DTYPES[dtype].rank >= DTYPES.float16.rank;
}

export function isInteger(dtype: DType): dtype is IntegerDType {
  return dtype !== "bool" && !isFloat(dtype);
}

/** Bytes of one element on the host. */
export function bytesOf(dtype: DType): number {
  return DTYPES[dtype].bytes;
}

/** A letter that no other dtype has. */
export function letterOf(dtype: DType): string {
  return DTYPES[dtype].letter;
}

/**
 * The dtype that two operands are brought to: the later of bool, uint32,
 * int32, int64, float16, float32, float64, as in PyTorch; uint32 beside int32
 * gives int64, which holds the values of both.
 */
export function promote(a: DType, b: DType): DType {
  const [left, right] = [DTYPES[a].rank, DTYPES[b].rank];
  if (left === right) return a === b ? a : "int64";
  return left > right ? a : b;
}

/** The dtype of what only floats can hold, such as a root or a quotient: float32 for whole numbers. */
export function floatOf(dtype: DType): FloatDType {
  return isFloat(dtype) ? dtype : "float32";
}

/** What an operator of several steps computes a dtype in: float16 holds neither long sums nor large ones. */
export function wideOf(dtype: DType): DType {
  return dtype === "float16" ? "float32" : dtype;
}

/** What sums and products of a dtype are: bool counts in int32. */
export function sumOf(dtype: DType): DType {
  return dtype === "bool" ? "int32" : dtype;
}

/**
 * The dtype that a bare value takes beside a tensor of `other`: it never
 * widens the tensor, except that a fraction makes whole numbers float32, and
 * a whole number makes a bool int32, or int64 when it is a bigint.
 */
export function scalarDType(value: Scalar, other: DType): DType {
  if (typeof value === "boolean" || isFloat(other)) return other;
  if (typeof value === "number" && !Number.isInteger(value)) return "float32";
  if (other !== "bool") return other;
  return typeof value === "bigint" ? "int64" : "int32";
}

/** A zeroed host array for `length` elements of `dtype`. */
export function hostArray(dtype: DType, length: number): TypedArray {
  return new DTYPES[dtype].array(length);
}

/** Elements that lie in a buffer, `offset` bytes from its start. */
export function hostView(
  dtype: DType,
  buffer: ArrayBufferLike,
  offset: number,
  length: number,
): TypedArray {
  return new DTYPES[dtype].array(buffer, offset, length);
}

/** The dtype whose elements a typed array holds; smaller whole numbers count as int32. */
export function dtypeOfArray(array: ArrayBufferView): DType {
  const found = Object.entries(DTYPES).find(
    ([dtype, info]) => dtype !== "bool" && array instanceof info.array,
  );
  return found === undefined ? "int32" : (found[0] as DType);
}

/**
 * A value as `dtype` would hold it. Numbers become whole ones by cutting the
 * fraction, saturating at the ends, and NaN becomes 0; bigints wrap.
 */
export function castValue(value: HostValue, dtype: DType): HostValue {
  switch (dtype) {
    case "bool":
      return Number(value) === 0 ? 0 : 1;
    case "float16":
      return Math.f16round(Number(value));
    case "float32":
      return Math.fround(Number(value));
    case "float64":
      return Number(value);
    case "int64":
      return typeof value === "bigint" ? BigInt.asIntN(64, value) : toInt64(value);
    case "int32":
      return typeof value === "bigint" ? Number(BigInt.asIntN(32, value)) : toInt32(value);
    case "uint32":
      return typeof value === "bigint" ? Number(BigInt.asUintN(32, value)) : toUint32(value);
  }
}

/** Fills `into` with values as its dtype holds them. */
export function fillWith(
  into: TypedArray,
  dtype: DType,
  valueAt: (index: number) => HostValue,
): void {
  if (into instanceof BigInt64Array) {
    for (let i = 0; i < into.length; i++) into[i] = castValue(valueAt(i), dtype) as bigint;
  } else {
    for (let i = 0; i < into.length; i++) into[i] = castValue(valueAt(i), dtype) as number;
  }
}

export function toInt32(x: number): number {
  return saturate(x, -2147483648, 2147483647);
}

export function toUint32(x: number): number {
  return saturate(x, 0, 4294967295);
}

function saturate(x: number, least: number, most: number): number {
  // Adding 0 takes the sign from -0.
  return Number.isNaN(x) ? 0 : Math.trunc(Math.min(Math.max(x, least), most)) + 0;
}

export function toInt64(x: number): bigint {
  if (Number.isNaN(x)) return 0n;
  if (x >= 2 ** 63) return 2n ** 63n - 1n;
  return x <= -(2 ** 63) ? -(2n ** 63n) : BigInt(Math.trunc(x));
}

/** What a float dtype can hold. */
export interface FloatInfo {
  readonly dtype: FloatDType;
  readonly bits: number;
  /** The distance from 1 to the next larger number. */
  readonly eps: number;
  readonly max: number;
  readonly min: number;
  /** The smallest positive number with all its digits. */
  readonly smallestNormal: number;
}

/** Bits, and bits of the fraction and of the exponent. */
const FLOATS: Record<FloatDType, readonly [bits: number, fraction: number, bias: number]> = {
  float16: [16, 10, 15],
  float32: [32, 23, 127],
  float64: [64, 52, 1023],
};

/** The limits of a float dtype. @throws TypeError for other dtypes */
export function finfo(dtype: DType): FloatInfo {
  if (!isDType(dtype) || !isFloat(dtype)) {
    throw new TypeError(
      `finfo: needs float16, float32 or float64, got ${dtype}; use iinfo for whole numbers`,
    );
  }
  const [bits, fraction, bias] = FLOATS[dtype];
  const eps = 2 ** -fraction;
  const max = (2 - eps) * 2 ** bias;
  return { dtype, bits, eps, max, min: -max, smallestNormal: 2 ** (1 - bias) };
}

/** What a dtype of whole numbers can hold; bigints for int64. */
export interface IntegerInfo {
  readonly dtype: IntegerDType;
  readonly bits: number;
  readonly min: HostValue;
  readonly max: HostValue;
}

const INTEGERS: Record<IntegerDType, IntegerInfo> = {
  uint32: { dtype: "uint32", bits: 32, min: 0, max: 4294967295 },
  int32: { dtype: "int32", bits: 32, min: -2147483648, max: 2147483647 },
  int64: { dtype: "int64", bits: 64, min: -(2n ** 63n), max: 2n ** 63n - 1n },
};

/** The limits of a dtype of whole numbers. @throws TypeError for other dtypes */
export function iinfo(dtype: DType): IntegerInfo {
  if (isDType(dtype) && isInteger(dtype)) return INTEGERS[dtype];
  throw new TypeError(`iinfo: needs uint32, int32 or int64, got ${dtype}; use finfo for floats`);
}
