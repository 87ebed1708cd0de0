/** `numpy.dtype` objects, `finfo` and `iinfo`. */
import { fault } from "../../python/fault.ts";
import { computed, maker, methods } from "../../python/objects/define.ts";
import { None, PyObject, type Value } from "../../python/objects/object.ts";
import { builtinType } from "../../python/objects/root.ts";
import { signed } from "../../python/objects/signature.ts";
import { PyTuple } from "../../python/objects/tuple.ts";
import { PyType } from "../../python/objects/type.ts";

import { repr } from "../../python/operations/repr.ts";
import { PyArray } from "./array.ts";
import {
  BOOL,
  canCast,
  type Dtype,
  dtypeArgument,
  dtypeType,
  FLOAT64,
  minScalarType,
  type Operand,
  partOf,
  promoteTypes,
  resultType,
} from "./dtype.ts";
import { elementText } from "./digits.ts";
import { castElement } from "./elements.ts";
import { asArray, numberOf } from "./read.ts";
import type { Table } from "./register.ts";
import { ABSTRACT, scalarFrom, scalarOf, scalarType } from "./scalar.ts";
import { operand } from "./ufuncs/run.ts";

function same(self: Dtype, other: Value): boolean {
  try {
    return dtypeArgument(other) === self;
  } catch {
    return false;
  }
}

methods(dtypeType, {
  __repr__: (self: Dtype) => `dtype('${self.name}')`,
  __str__: (self: Dtype) => self.name,
  __hash__: (self: Dtype) => self.num + 7919,
  __eq__: (self: Dtype, other: Value) => same(self, other),
  __ne__: (self: Dtype, other: Value) => !same(self, other),
  __lt__: (self: Dtype, other: Value) => {
    const to = dtypeArgument(other)!;
    return self !== to && canCast(self, to);
  },
  __le__: (self: Dtype, other: Value) => canCast(self, dtypeArgument(other)!),
  __bool__: (_self: Dtype) => true,
  newbyteorder: signed("new_order='S', /", (self: Dtype) => self),
});
computed(dtypeType, {
  name: (self: Dtype) => self.name,
  kind: (self: Dtype) => self.kind,
  char: (self: Dtype) => self.char,
  num: (self: Dtype) => self.num,
  str: (self: Dtype) => self.str,
  byteorder: (self: Dtype) => (self.size === 1 ? "|" : "="),
  itemsize: (self: Dtype) => self.size,
  alignment: (self: Dtype) => (self.kind === "c" ? self.size / 2 : self.size),
  type: (self: Dtype) => scalarType(self),
  base: (self: Dtype) => self,
  names: () => None,
  fields: () => None,
  subdtype: () => None,
  shape: () => new PyTuple([]),
  ndim: () => 0,
  isbuiltin: () => 1,
  isnative: () => true,
  hasobject: () => false,
});
maker(
  dtypeType,
  signed(
    "cls, dtype, align=False, copy=False",
    (_cls: PyType, dtype: Value) => dtypeArgument(dtype) ?? FLOAT64,
  ),
);

class PyFinfo extends PyObject {
  readonly of: Dtype;
  constructor(of: Dtype) {
    super();
    this.of = of;
  }
}
export const finfoType: PyType = builtinType("finfo", PyFinfo, { module: "numpy" });

/** Bits of the fraction and of the exponent, and decimal digits. */
const FLOATS: Readonly<
  Record<number, readonly [fraction: number, exponent: number, digits: number]>
> = {
  2: [10, 5, 3],
  4: [23, 8, 6],
  8: [52, 11, 15],
};

function floatFacts({ of }: PyFinfo): Record<string, number> {
  const [fraction, exponent, digits] = FLOATS[of.size]!;
  const most = 2 ** (exponent - 1);
  const eps = 2 ** -fraction;
  return {
    eps,
    epsneg: eps / 2,
    max: (2 - eps) * 2 ** (most - 1),
    tiny: 2 ** (2 - most),
    sub: 2 ** (2 - most - fraction),
    digits,
    fraction,
    exponent,
    most,
  };
}

const finfoValue = (read: (facts: Record<string, number>) => number) => (self: PyFinfo) =>
  scalarFrom(read(floatFacts(self)), self.of);
computed(finfoType, {
  dtype: (self: PyFinfo) => self.of,
  bits: (self: PyFinfo) => self.of.size * 8,
  eps: finfoValue((x) => x["eps"]!),
  epsneg: finfoValue((x) => x["epsneg"]!),
  max: finfoValue((x) => x["max"]!),
  min: finfoValue((x) => -x["max"]!),
  tiny: finfoValue((x) => x["tiny"]!),
  smallest_normal: finfoValue((x) => x["tiny"]!),
  smallest_subnormal: finfoValue((x) => x["sub"]!),
  resolution: (self: PyFinfo) =>
    scalarFrom(castElement(10 ** -floatFacts(self)["digits"]!, FLOAT64, self.of), self.of),
  precision: (self: PyFinfo) => floatFacts(self)["digits"]!,
  nmant: (self: PyFinfo) => floatFacts(self)["fraction"]!,
  nexp: (self: PyFinfo) => floatFacts(self)["exponent"]!,
  maxexp: (self: PyFinfo) => floatFacts(self)["most"]!,
  minexp: (self: PyFinfo) => 2 - floatFacts(self)["most"]!,
  machep: (self: PyFinfo) => -floatFacts(self)["fraction"]!,
  negep: (self: PyFinfo) => -floatFacts(self)["fraction"]! - 1,
  iexp: (self: PyFinfo) => floatFacts(self)["exponent"]!,
});
methods(finfoType, {
  __repr__: (self: PyFinfo) => {
    const x = floatFacts(self);
    const number = (value: number): string =>
      elementText(castElement(value, FLOAT64, self.of), self.of);
    return `finfo(resolution=${number(10 ** -x["digits"]!)}, min=-${number(x["max"]!)}, max=${number(x["max"]!)}, dtype=${self.of.name})`;
  },
});

/** The dtype that a limit is asked of: of a dtype, a class, a number or an array. */
function limitDtype(value: Value): Dtype {
  if (value instanceof PyArray) return value.dtype;
  const scalar = scalarOf(value);
  if (scalar !== undefined) return scalar.dtype;
  const number = value instanceof PyType ? undefined : numberOf(value);
  return number?.dtype ?? dtypeArgument(value) ?? FLOAT64;
}

maker(
  finfoType,
  signed("cls, dtype", (_cls: PyType, dtype: Value) => {
    const own = partOf(limitDtype(dtype));
    if (own.kind !== "f") fault("ValueError", `data type ${typeText(own)} not inexact`);
    return new PyFinfo(own);
  }),
);

function typeText(dtype: Dtype): string {
  return `<class 'numpy.${dtype === BOOL ? "bool_" : dtype.name}'>`;
}

class PyIinfo extends PyObject {
  readonly of: Dtype;
  constructor(of: Dtype) {
    super();
    this.of = of;
  }
}
export const iinfoType: PyType = builtinType("iinfo", PyIinfo, { module: "numpy" });

function bounds({ of }: PyIinfo): [least: Value, most: Value] {
  const bits = BigInt(of.size * 8);
  const small = (x: bigint): Value => (Number.isSafeInteger(Number(x)) ? Number(x) : x);
  if (of.kind === "u") return [0, small(2n ** bits - 1n)];
  return [small(-(2n ** (bits - 1n))), small(2n ** (bits - 1n) - 1n)];
}
computed(iinfoType, {
  dtype: (self: PyIinfo) => self.of,
  bits: (self: PyIinfo) => self.of.size * 8,
  kind: (self: PyIinfo) => self.of.kind,
  key: (self: PyIinfo) => `${self.of.kind}${self.of.size * 8}`,
  min: (self: PyIinfo) => bounds(self)[0],
  max: (self: PyIinfo) => bounds(self)[1],
});
methods(iinfoType, {
  __repr__: (self: PyIinfo) => {
    const [least, most] = bounds(self);
    return `iinfo(min=${String(repr(least))}, max=${String(repr(most))}, dtype=${self.of.name})`;
  },
});
maker(
  iinfoType,
  signed("cls, type", (_cls: PyType, type: Value) => {
    const own = limitDtype(type);
    if (own.kind !== "i" && own.kind !== "u")
      fault("ValueError", `Invalid integer data type '${own.kind}'.`);
    return new PyIinfo(own);
  }),
);

/** An argument of promotion: an array, a number, or a dtype. */
function promoted(value: Value): Operand {
  if (value instanceof PyArray) return operand(value);
  const number = numberOf(value);
  if (number !== undefined) return { dtype: number.dtype, scalar: true, value: number.value };
  return { dtype: dtypeArgument(value) ?? FLOAT64, scalar: false };
}

function subtype(value: Value): PyType {
  if (value instanceof PyType && (value.mro.includes(ABSTRACT["generic"]!) || value.open))
    return value;
  return scalarType(dtypeArgument(value)!);
}

export const DTYPE_FUNCTIONS: Table = {
  promote_types: [
    "type1, type2",
    (a: Value, b: Value) => promoteTypes(dtypeArgument(a) ?? FLOAT64, dtypeArgument(b) ?? FLOAT64),
  ],
  result_type: [
    "*arrays_and_dtypes",
    (all: Value[]) => {
      if (all.length === 0) fault("ValueError", "at least one array or dtype is required");
      return resultType(all.map(promoted));
    },
  ],
  min_scalar_type: [
    "a",
    (a: Value) => {
      const own = promoted(a instanceof PyArray ? a : numberOf(a) === undefined ? asArray(a) : a);
      return own.scalar ? minScalarType(own) : own.dtype;
    },
  ],
  can_cast: [
    "from_, to, casting='safe'",
    (from: Value, to: Value, casting?: Value) => {
      const own = promoted(from);
      const wanted = dtypeArgument(to) ?? FLOAT64;
      const how = casting === undefined ? "safe" : String(casting);
      if (!own.scalar) return canCast(own.dtype, wanted, how);
      const least = minScalarType(own);
      return (
        canCast(least, wanted, how) ||
        (least.kind === "u" &&
          wanted.kind === "i" &&
          wanted.size >= least.size &&
          fitsSigned(own, wanted))
      );
    },
  ],
  issubdtype: ["arg1, arg2", (a: Value, b: Value) => subtype(a).mro.includes(subtype(b))],
  issubsctype: [
    "arg1, arg2",
    (a: Value, b: Value) => subtype(a instanceof PyArray ? a.dtype : a).mro.includes(subtype(b)),
  ],
  issubclass_: [
    "arg1, arg2",
    (a: Value, b: Value) => a instanceof PyType && b instanceof PyType && a.mro.includes(b),
  ],
  common_type: [
    "*arrays",
    (all: Value[]) => {
      const dtypes = all.map((one) => asArray(one).dtype);
      const wide = dtypes.map((one) => (one.kind === "f" || one.kind === "c" ? one : FLOAT64));
      return scalarType(wide.reduce(promoteTypes));
    },
  ],
  obj2sctype: ["rep, default=None", (rep: Value) => scalarType(limitDtype(rep))],
};

function fitsSigned(own: Operand, wanted: Dtype): boolean {
  return (own.value as number | bigint) < 2n ** BigInt(wanted.size * 8 - 1);
}
