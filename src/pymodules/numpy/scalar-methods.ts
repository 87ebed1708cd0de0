/** What NumPy's scalars can do: operators, and most of what arrays can. */
import { fault } from "../../python/fault.ts";
import { PyBytes } from "../../python/objects/bytes.ts";
import { PyComplex } from "../../python/objects/complex.ts";
import { maker } from "../../python/objects/define.ts";
import { PyFloat } from "../../python/objects/float.ts";
import { None, NotImplemented, type Value } from "../../python/objects/object.ts";
import { signed } from "../../python/objects/signature.ts";
import { PyTuple } from "../../python/objects/tuple.ts";
import type { PyType } from "../../python/objects/type.ts";
import { call1 } from "../../python/operations/call.ts";
import { format } from "../../python/operations/format.ts";
import { hash } from "../../python/operations/hash.ts";
import { integerRatio, truncate } from "../../python/text/floats.ts";
import { BOOL, DTYPES, type Dtype, dtypeArgument, FLOAT64, INT64, partOf } from "./dtype.ts";
import { elementText } from "./digits.ts";
import { castElement, toPython } from "./elements.ts";
import { intOf, intsOf } from "./failure.ts";
import { bytesOfArray } from "./functions/creation.ts";
import { getItem } from "./indexing.ts";
import { COMPARISONS, divmod, OPERATORS } from "./methods.ts";
import { asArray, cast, numberOf, stored } from "./read.ts";
import {
  ABSTRACT,
  type Scalar,
  scalarAttributes,
  scalarFrom,
  scalarMethods,
  scalarType,
  unwrapped,
  zeroDim,
} from "./scalar.ts";
import { operate, ufunc } from "./ufuncs/ufunc.ts";
import { roundedTo } from "./functions/reductions.ts";
import { inOrder, reshaped } from "./views.ts";
import { textOf } from "../../python/operations/repr.ts";

const asZeroDim = (self: Scalar): ReturnType<typeof zeroDim> => zeroDim(self.value, self.dtype);
const python = (self: Scalar): Value =>
  self instanceof PyComplex
    ? new PyComplex(self.real, self.imag)
    : toPython(self.value, self.dtype);

const table: Record<string, (self: never, other: never) => Value> = {};
/** What two numbers of 64 bits come to needs no table. */
const DIRECTLY: Readonly<Record<string, (a: number, b: number) => number>> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  truediv: (a, b) => a / b,
};

/** An operator between a scalar and something else; `turned` where the scalar stands on the right. */
function operator(
  name: string,
  own: string,
  turned: boolean,
): (self: Value, other: Value) => Value {
  const direct = DIRECTLY[name];
  const run = (self: Value, other: Value): Value =>
    turned ? operate(own, other, self) : operate(own, self, other);
  if (direct === undefined) return run;
  return (self, other) => {
    const plain =
      self instanceof PyFloat && (other instanceof PyFloat || typeof other === "number");
    if (!plain) return run(self, other);
    const b = typeof other === "number" ? other : (other as PyFloat).v;
    return scalarFrom(turned ? direct(b, self.v) : direct(self.v, b), FLOAT64);
  };
}

for (const [name, own] of Object.entries(OPERATORS)) {
  if (name === "pow") continue;
  table[`__${name}__`] = operator(name, own, false);
  table[`__r${name}__`] = operator(name, own, true);
}
for (const [name, own] of Object.entries(COMPARISONS)) {
  table[`__${name}__`] = (self: Value, other: Value) => {
    if (other === None || textOf(other) !== undefined) {
      return name === "eq" || name === "ne" ? name === "ne" : NotImplemented;
    }
    return operate(own, self, other);
  };
}
scalarMethods(table);

scalarMethods({
  __pow__: signed("value, mod=None, /", (self: Value, other: Value) =>
    operate("power", self, other),
  ),
  __rpow__: signed("value, mod=None, /", (self: Value, other: Value) =>
    operate("power", other, self),
  ),
  __divmod__: (self: Value, other: Value) => divmod(self, other),
  __rdivmod__: (self: Value, other: Value) => divmod(other, self),
  __neg__: (self: Value) => call1(ufunc("negative"), self),
  __pos__: (self: Value) => call1(ufunc("positive"), self),
  __abs__: (self: Value) => call1(ufunc("absolute"), self),
  __invert__: (self: Value) => call1(ufunc("invert"), self),
  __bool__: (self: Scalar) => castElement(self.value, self.dtype, BOOL) !== 0,
  __float__: (self: Scalar) => {
    if (self.value instanceof PyComplex) return new PyFloat(self.value.real);
    return new PyFloat(Number(self.value));
  },
  __int__: (self: Scalar) => {
    const { value } = self;
    if (value instanceof PyComplex) return truncate(value.real);
    return self.dtype.kind === "f" ? truncate(value as number) : value;
  },
  __complex__: (self: Scalar) =>
    self.value instanceof PyComplex
      ? new PyComplex(self.value.real, self.value.imag)
      : new PyComplex(Number(self.value), 0),
  __index__: (self: Scalar) => {
    if (self.dtype.kind === "i" || self.dtype.kind === "u") return self.value as number | bigint;
    const name = self.dtype === BOOL ? "bool_" : self.dtype.name;
    fault("TypeError", `'numpy.${name}' object cannot be interpreted as an integer`);
  },
  __hash__: (self: Scalar) => hash(python(self)),
  __repr__: (self: Scalar) => elementText(self.value, self.dtype),
  __str__: (self: Scalar) => elementText(self.value, self.dtype),
  __format__: (self: Scalar, spec: Value) => format(python(self), String(spec)) as Value,
  __round__: signed("ndigits=None, /", (self: Scalar, digits?: Value) => {
    const rounded = roundedTo(
      asZeroDim(self),
      digits === undefined || digits === None ? 0 : intOf(digits),
    );
    if (digits !== undefined && digits !== None) return unwrapped(rounded);
    return self.dtype.kind === "f" ? truncate(Number(rounded.data[0])) : unwrapped(rounded);
  }),
  __getitem__: (self: Scalar, key: Value) => {
    const x = asZeroDim(self);
    if (key instanceof PyTuple && key.items.length === 0) return self as Value;
    if (key === None || (key instanceof PyTuple && key.items.every((one) => one === None)))
      return getItem(x, key);
    fault("IndexError", "invalid index to scalar variable.");
  },
  __copy__: (self: Value) => self,
  __deepcopy__: (self: Value, _memo: Value) => self,
  __array__: signed("dtype=None", (self: Scalar, dtype?: Value) =>
    cast(asZeroDim(self), dtypeArgument(dtype) ?? self.dtype),
  ),
  __reduce__: (self: Scalar) => new PyTuple([scalarType(self.dtype), new PyTuple([python(self)])]),
  tolist: (self: Scalar) => python(self),
  item: signed("*args", (self: Scalar) => python(self)),
  tobytes: signed(
    "order='C'",
    (self: Scalar) => new PyBytes(bytesOfArray(asZeroDim(self)).slice()),
  ),
  astype: signed(
    "dtype, order='K', casting='unsafe', subok=True, copy=True",
    (self: Scalar, dtype: Value) => {
      const to = dtypeArgument(dtype) ?? FLOAT64;
      return scalarFrom(castElement(self.value, self.dtype, to), to);
    },
  ),
  copy: signed("order='C'", (self: Value) => self),
  conj: (self: Value) => call1(ufunc("conjugate"), self),
  conjugate: (self: Value) => call1(ufunc("conjugate"), self),
  flatten: signed("order='C'", (self: Scalar) => zeroDim(self.value, self.dtype).view([1], [1])),
  reshape: signed("*shape, order='C'", (self: Scalar, shape: Value[]) => {
    const sizes = shape.length === 1 ? intsOf(shape[0]!) : shape.map(intOf);
    return reshaped(zeroDim(self.value, self.dtype), sizes);
  }),
  transpose: signed("*axes", (self: Value) => self),
  view: signed("dtype=None, type=None", (self: Scalar, dtype?: Value) => {
    const to = dtypeArgument(dtype) ?? self.dtype;
    const from = inOrder(asZeroDim(self)).data as Float64Array;
    const made = to.make(1) as Float64Array;
    if (made.byteLength !== from.byteLength)
      fault(
        "ValueError",
        "Changing the dtype of a 0d array is only supported if the itemsize is unchanged",
      );
    new Uint8Array(made.buffer).set(new Uint8Array(from.buffer));
    return unwrapped(asArrayOf(made, to));
  }),
  is_integer: (self: Scalar) =>
    self.dtype.kind === "f" ? Number.isInteger(self.value as number) : true,
  as_integer_ratio: (self: Scalar) => new PyTuple(integerRatio(self.value as number)),
});

function asArrayOf(data: Float64Array, dtype: Dtype): ReturnType<typeof zeroDim> {
  const x = zeroDim(0, dtype);
  x.data = data;
  return x;
}

scalarAttributes({
  dtype: (self: Scalar) => self.dtype,
  shape: () => new PyTuple([]),
  strides: () => new PyTuple([]),
  ndim: () => 0,
  size: () => 1,
  itemsize: (self: Scalar) => self.dtype.size,
  nbytes: (self: Scalar) => self.dtype.size,
  T: (self: Value) => self,
  flat: (self: Scalar) => asZeroDim(self).view([1], [1]),
  base: () => None,
  real: (self: Scalar) =>
    self.value instanceof PyComplex
      ? scalarFrom(self.value.real, partOf(self.dtype))
      : (self as Value),
  imag: (self: Scalar) =>
    scalarFrom(self.value instanceof PyComplex ? self.value.imag : 0, partOf(self.dtype)),
});

for (const dtype of DTYPES) {
  const type = scalarType(dtype);
  maker(
    type,
    signed("cls, x=0, /", (cls: PyType, x?: Value) => {
      if (cls !== type && !cls.mro.includes(type))
        fault("TypeError", "object.__new__(X): X is not a type object");
      if (x === undefined) return scalarFrom(castElement(0, INT64, dtype), dtype);
      const number = numberOf(x);
      if (number !== undefined)
        return scalarFrom(stored(number.value, number.dtype, dtype, x), dtype);
      if (x === None && dtype.kind === "f") return scalarFrom(NaN, dtype);
      return unwrapped(asArray(x, dtype));
    }),
  );
}
for (const [name, type] of Object.entries(ABSTRACT)) {
  maker(
    type,
    signed("cls, *args, **kwargs", () =>
      fault("TypeError", `cannot create 'numpy.${name}' instances`),
    ),
  );
}
