/** The element types, how they are stored, and how they mix. */

/** What an element is. */
export type DType = "float32" | "int32" | "bool";
/** A bare value, as operators take it beside a tensor. */
export type Scalar = number | boolean;
/** Row-major values of a tensor on the host; `Uint8Array` holds booleans as 0 and 1. */
export type TypedArray = Float32Array | Int32Array | Uint8Array;

const RANK: Record<DType, number> = { bool: 0, int32: 1, float32: 2 };

/** The dtype that two operands are brought to: bool < int32 < float32. */
export function promote(a: DType, b: DType): DType {
  return RANK[a] >= RANK[b] ? a : b;
}

/**
 * The dtype that a bare number or boolean takes beside a tensor of `other`:
 * it never widens the tensor, except that a fraction makes it float32, and an
 * integer makes a bool int32.
 */
export function scalarDType(value: Scalar, other: DType): DType {
  if (typeof value === "boolean" || other === "float32") return other;
  return Number.isInteger(value) ? "int32" : "float32";
}

/** A zeroed host array for `length` elements of `dtype`. */
export function hostArray(dtype: DType, length: number): TypedArray {
  if (dtype === "float32") return new Float32Array(length);
  return dtype === "int32" ? new Int32Array(length) : new Uint8Array(length);
}

/**
 * A number as `dtype` would hold it. Floats become integers by cutting the
 * fraction, saturating at the ends; NaN becomes 0.
 */
export function castNumber(value: number, dtype: DType): number {
  if (dtype === "float32") return Math.fround(value);
  if (dtype === "bool") return value === 0 ? 0 : 1;
  return Number.isNaN(value)
    ? 0
    : Math.trunc(Math.min(Math.max(value, -2147483648), 2147483647)) | 0;
}
