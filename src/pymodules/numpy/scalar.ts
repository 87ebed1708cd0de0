/** NumPy's scalars: single elements that know their dtype, and the tree of their classes. */
import { PyComplex, complexType } from "../../python/objects/complex.ts";
import { computed, type methods, methods as define } from "../../python/objects/define.ts";
import { PyFloat, floatType } from "../../python/objects/float.ts";
import { PyObject, type Value } from "../../python/objects/object.ts";
import { builtinType, objectType } from "../../python/objects/root.ts";
import type { PyType } from "../../python/objects/type.ts";
import { PyArray } from "./array.ts";
import {
  BOOL,
  COMPLEX128,
  type Dtype,
  dtypeOfType,
  DTYPES,
  type Element,
  FLOAT64,
} from "./dtype.ts";
import { setElement } from "./elements.ts";

export class PyScalar extends PyObject {
  /** On the prototype. */
  declare readonly dtype: Dtype;
  readonly value: Element;
  constructor(value: Element) {
    super();
    this.value = value;
  }
}
class PyNumber extends PyScalar {}
class PyInteger extends PyNumber {}
class PySigned extends PyInteger {}
class PyUnsigned extends PyInteger {}
class PyInexact extends PyNumber {}
class PyFloating extends PyInexact {}
class PyComplexFloating extends PyInexact {}

/** `numpy.float64`, which is a `float` too. */
class PyFloat64 extends PyFloat {
  declare readonly dtype: Dtype;
  get value(): number {
    return this.v;
  }
}
(PyFloat64.prototype as { isFloat: boolean }).isFloat = false;

/** `numpy.complex128`, which is a `complex` too. */
class PyComplex128 extends PyComplex {
  declare readonly dtype: Dtype;
  constructor(value: PyComplex) {
    super(value.real, value.imag);
  }
  get value(): PyComplex {
    return this;
  }
}

/** Any scalar. */
export type Scalar = PyScalar | PyFloat64 | PyComplex128;

const make = (name: string, js: unknown, base: PyType): PyType =>
  builtinType(name, js, { module: "numpy", base });

const genericType: PyType = make("generic", PyScalar, objectType);
const numberType: PyType = make("number", PyNumber, genericType);
const integerType: PyType = make("integer", PyInteger, numberType);
const signedType = make("signedinteger", PySigned, integerType);
const unsignedType = make("unsignedinteger", PyUnsigned, integerType);
const inexactType: PyType = make("inexact", PyInexact, numberType);
const floatingType: PyType = make("floating", PyFloating, inexactType);
const complexFloatingType: PyType = make("complexfloating", PyComplexFloating, inexactType);

/** The abstract classes, by name. */
export const ABSTRACT: Readonly<Record<string, PyType>> = {
  generic: genericType,
  number: numberType,
  integer: integerType,
  signedinteger: signedType,
  unsignedinteger: unsignedType,
  inexact: inexactType,
  floating: floatingType,
  complexfloating: complexFloatingType,
};

const PARENTS = {
  b: genericType,
  i: signedType,
  u: unsignedType,
  f: floatingType,
  c: complexFloatingType,
};

const typeByDtype: Map<Dtype, PyType> = new Map();

for (const dtype of DTYPES) {
  const parent = PARENTS[dtype.kind];
  const js =
    dtype === FLOAT64
      ? PyFloat64
      : dtype === COMPLEX128
        ? PyComplex128
        : class extends (parent.js as unknown as typeof PyScalar) {};
  const name = dtype === BOOL ? "bool_" : dtype.name;
  const type = make(name, js, parent);
  (js.prototype as { dtype: Dtype }).dtype = dtype;
  if (dtype === FLOAT64 || dtype === COMPLEX128) {
    const own = dtype === FLOAT64 ? floatType : complexType;
    type.bases = [parent, own];
    type.mro = [type, ...parent.mro.slice(0, -1), own, objectType];
  }
  typeByDtype.set(dtype, type);
  dtypeOfType.set(type, dtype);
}

/** The class of a dtype's scalars. */
export function scalarType(dtype: Dtype): PyType {
  return typeByDtype.get(dtype)!;
}

/** The classes that share no prototype with `generic`, as they derive from Python's own. */
const APART = [scalarType(FLOAT64), scalarType(COMPLEX128)];

/** Methods of all scalars. */
export function scalarMethods(table: Parameters<typeof methods>[1]): void {
  for (const type of [genericType, ...APART]) define(type, table);
}

export function scalarAttributes(table: Parameters<typeof computed>[1]): void {
  for (const type of [genericType, ...APART]) computed(type, table);
}

/** A scalar of a value that is the dtype's. */
export function scalarFrom(value: Element, dtype: Dtype): Value {
  if (dtype === FLOAT64) return new PyFloat64(value as number);
  const js = scalarType(dtype).js as unknown as new (value: Element) => PyObject;
  return new js(value);
}

/** A scalar seen as what it is; `undefined` for everything else. */
export function scalarOf(value: Value): Scalar | undefined {
  if (value instanceof PyScalar || value instanceof PyFloat64 || value instanceof PyComplex128) {
    return value;
  }
  return undefined;
}

/** An array without axes around an element. */
export function zeroDim(value: Element, dtype: Dtype): PyArray {
  const data = dtype.make(1);
  setElement(data, dtype, 0, value);
  return new PyArray(data, dtype, [], [], 0);
}

/** What a function gives: a scalar where the array has no axes. */
export function unwrapped(x: PyArray): Value {
  return x.shape.length === 0 ? elementAt(x, x.offset) : x;
}

/** The element at a place in an array's memory, as a scalar. */
export function elementAt(x: PyArray, at: number): Value {
  const value = x.data[at]!;
  return scalarFrom(typeof value === "bigint" ? smaller(value) : value, x.dtype);
}

function smaller(value: bigint): number | bigint {
  return value >= -9007199254740991n && value <= 9007199254740991n ? Number(value) : value;
}
