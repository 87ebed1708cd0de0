/**
 * What the type checker knows of dtypes. `Tensor<"float32">` and
 * `Tensor<"bool">` are told apart; `Tensor` alone is one whose dtype is not
 * known, and goes wherever a tensor goes. Ranks are not followed: nearly every
 * operator changes them, so they would soon be unknown and only lengthen messages.
 */

import type { DType, FloatDType, NumberArray, Scalar, TypedArray } from "./dtype.ts";
import type { Tensor } from "./tensor.ts";

/** The dtype of a tensor type. */
export type DTypeOf<T> = T extends Tensor<infer D> ? D : never;

/** What `promote` gives for all dtypes of a union; unknown when one is. */
export type Promoted<U extends DType> = DType extends U
  ? DType
  : "float64" extends U
    ? "float64"
    : "float32" extends U
      ? "float32"
      : "float16" extends U
        ? "float16"
        : "int64" extends U
          ? "int64"
          : "int32" extends U
            ? "uint32" extends U
              ? "int64"
              : "int32"
            : "uint32" extends U
              ? "uint32"
              : "bool";

/** A tensor of `D` beside another operand; unknown where that depends on a number's value. */
export type Beside<D extends DType, O> = DType extends D
  ? DType
  : O extends Tensor<infer E>
    ? Promoted<D | E>
    : O extends Scalar
      ? BesideScalar<D, O>
      : DType;

type BesideScalar<D extends DType, V extends Scalar> = V extends boolean
  ? D
  : D extends FloatDType
    ? D
    : V extends bigint
      ? D extends "bool"
        ? "int64"
        : D
      : `${V}` extends `${bigint}`
        ? SumOf<D>
        : DType;

/** Of either operand of a function; unknown unless both are tensors. */
export type Either<A, B> =
  A extends Tensor<infer D> ? Beside<D, B> : B extends Tensor<infer E> ? Beside<E, A> : DType;

/** What `floatOf` gives. */
export type FloatOf<D extends DType> = DType extends D
  ? DType
  : D extends FloatDType
    ? D
    : "float32";

/** What `sumOf` gives. */
export type SumOf<D extends DType> = DType extends D ? DType : D extends "bool" ? "int32" : D;

/** One element on the host. A bigint only where the dtype is known to be int64. */
export type ElementOf<D extends DType> = DType extends D
  ? number | boolean
  : D extends "bool"
    ? boolean
    : D extends "int64"
      ? bigint
      : number;

interface Arrays {
  bool: Uint8Array;
  uint32: Uint32Array;
  int32: Int32Array;
  int64: BigInt64Array;
  float16: Float16Array;
  float32: Float32Array;
  float64: Float64Array;
}

/** All elements on the host. Of bigints only where the dtype is known to be int64. */
export type ArrayOf<D extends DType> = DType extends D ? NumberArray : Arrays[D];

/** Values in nested lists, as `tensor()` takes them. */
export type NestedArray = Scalar | readonly NestedArray[];
/** Values in nested lists, as `toArray()` gives them; bare for a scalar. */
export type NestedValues<E = number | boolean | bigint> = E | NestedValues<E>[];

/** The dtype that a bare value has by itself. */
export type ScalarDType<V> = V extends boolean ? "bool" : V extends bigint ? "int64" : "float32";

type ArrayDType<T> = {
  [D in Exclude<DType, "bool">]: T extends Arrays[D] ? D : never;
}[Exclude<DType, "bool">];

type Item<T> = T extends readonly (infer U)[] ? U : T;
/** What stands in lists up to six deep; without recursion, which nested lists have no end to. */
type LeafOf<T> = Item<Item<Item<Item<Item<Item<T>>>>>>;

/** The dtype that `tensor` finds in data; unknown where that is not plain from its type. */
export type DTypeOfData<T> = T extends TypedArray
  ? [ArrayDType<T>] extends [never]
    ? "int32"
    : ArrayDType<T>
  : [LeafOf<T>] extends [number]
    ? "float32"
    : [LeafOf<T>] extends [boolean]
      ? "bool"
      : [LeafOf<T>] extends [bigint]
        ? "int64"
        : DType;
