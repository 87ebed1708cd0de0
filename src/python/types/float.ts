/** The methods of `float`. */
import { fault } from "../fault.ts";
import * as floats from "../numeric/floats.ts";
import { hashFloat } from "../numeric/hashes.ts";
import { integerRatio, truncate } from "../numeric/rounding.ts";
import { bufferOf } from "../objects/bytes.ts";
import { classMethods, computed, maker, methods, staticMethods } from "../objects/define.ts";
import { floatType, PyFloat } from "../objects/float.ts";
import { type Keywords, None, NotImplemented, type Value } from "../objects/object.ts";
import { type Native, signed } from "../objects/signature.ts";
import { runtime } from "../objects/state.ts";
import { PyTuple } from "../objects/tuple.ts";
import { lookup, type PyType } from "../objects/type.ts";
import { powerOfFloats } from "../operations/binary.ts";
import { call1, callSpecial } from "../operations/call.ts";
import { derived, doubleOf, intOf, floatOf } from "../operations/numbers.ts";
import { textOf } from "../operations/repr.ts";
import { requireIndex } from "../operations/subscript.ts";
import { typeName } from "../operations/typeof.ts";
import { floatFromBytes, floatFromText } from "../text/float-text.ts";
import { floatFromHex, hexFloat, reprFloat, roundFloat, roundToInt } from "../text/floats.ts";
import { formatFloat } from "../text/format.ts";
import { requireText } from "./int.ts";

/** An operator and its reflected form, for a float and any real number. */
function pair(name: string, apply: (a: number, b: number) => Value): Record<string, Native> {
  return {
    [`__${name}__`]: (self: PyFloat, other: Value) => {
      const b = floatOf(other);
      return b === undefined ? NotImplemented : apply(self.v, b);
    },
    [`__r${name}__`]: (self: PyFloat, other: Value) => {
      const a = floatOf(other);
      return a === undefined ? NotImplemented : apply(a, self.v);
    },
  };
}

/** A comparison with any real number, exact where that is an int. */
function comparison(apply: (a: number, b: number | bigint) => boolean): Native {
  return (self: PyFloat, other: Value) => {
    const b = other instanceof PyFloat ? other.v : intOf(other);
    return b === undefined ? NotImplemented : apply(self.v, b);
  };
}

function noModulus(modulus: Value | undefined): void {
  if (modulus !== undefined && modulus !== None) {
    fault("TypeError", "pow() 3rd argument not allowed unless all arguments are integers");
  }
}

const plain: Native = (self: PyFloat) => new PyFloat(self.v);
const text = (self: PyFloat): string => reprFloat(self.v);

methods(floatType, {
  ...pair("add", (a, b) => new PyFloat(a + b)),
  ...pair("sub", (a, b) => new PyFloat(a - b)),
  ...pair("mul", (a, b) => new PyFloat(a * b)),
  ...pair("truediv", (a, b) => new PyFloat(floats.div(a, b))),
  ...pair("floordiv", (a, b) => new PyFloat(floats.floordiv(a, b))),
  ...pair("mod", (a, b) => new PyFloat(floats.mod(a, b))),
  ...pair("divmod", (a, b) => {
    const [quotient, rest] = floats.divmod(a, b);
    return new PyTuple([new PyFloat(quotient), new PyFloat(rest)]);
  }),
  __pow__: signed("value, mod=None, /", (self: PyFloat, value: Value, mod?: Value) => {
    noModulus(mod);
    const b = floatOf(value);
    return b === undefined ? NotImplemented : powerOfFloats(self.v, b);
  }),
  __rpow__: signed("value, mod=None, /", (self: PyFloat, value: Value, mod?: Value) => {
    noModulus(mod);
    const a = floatOf(value);
    return a === undefined ? NotImplemented : powerOfFloats(a, self.v);
  }),
  // JavaScript compares a number with a bigint exactly.
  // eslint-disable-next-line eqeqeq -- a number equals a bigint of the same value
  __eq__: comparison((a, b) => a == b),
  // eslint-disable-next-line eqeqeq -- the same
  __ne__: comparison((a, b) => a != b),
  __lt__: comparison((a, b) => a < b),
  __le__: comparison((a, b) => a <= b),
  __gt__: comparison((a, b) => a > b),
  __ge__: comparison((a, b) => a >= b),
  __hash__: (self: PyFloat) => (Number.isNaN(self.v) ? runtime().id(self) : hashFloat(self.v)),
  __neg__: (self: PyFloat) => new PyFloat(-self.v),
  __pos__: plain,
  __abs__: (self: PyFloat) => new PyFloat(Math.abs(self.v)),
  __bool__: (self: PyFloat) => self.v !== 0,
  __int__: (self: PyFloat) => truncate(self.v),
  __trunc__: (self: PyFloat) => truncate(self.v),
  __floor__: (self: PyFloat) => truncate(Math.floor(self.v)),
  __ceil__: (self: PyFloat) => truncate(Math.ceil(self.v)),
  __float__: plain,
  __round__: signed("ndigits=None, /", (self: PyFloat, ndigits?: Value) => {
    if (ndigits === undefined || ndigits === None) return roundToInt(self.v);
    const digits = requireIndex(ndigits);
    return new PyFloat(roundFloat(self.v, Number(digits)));
  }),
  __repr__: text,
  __format__: (self: PyFloat, spec: Value) =>
    formatFloat(self.v, requireText(spec), typeName(self)) as Value,
  __getnewargs__: (self: PyFloat) => new PyTuple([new PyFloat(self.v)]),
  __sizeof__: (_self: PyFloat) => 24,
  conjugate: plain,
  hex: (self: PyFloat) => hexFloat(self.v),
  is_integer: (self: PyFloat) => Number.isInteger(self.v),
  as_integer_ratio: (self: PyFloat) => new PyTuple(integerRatio(self.v)),
});

computed(floatType, {
  real: (self: PyFloat) => new PyFloat(self.v),
  imag: (_self: PyFloat) => new PyFloat(0),
});

classMethods(floatType, {
  fromhex: (cls: PyType, hexadecimal: Value) => {
    const source = textOf(hexadecimal);
    if (source === undefined) fault("TypeError", "bad argument type for built-in operation");
    const value = new PyFloat(floatFromHex(String(source)));
    return cls === floatType ? value : call1(cls, value);
  },
});

staticMethods(floatType, {
  __getformat__: (kind: Value) => {
    if (textOf(kind) === undefined) {
      fault("TypeError", `__getformat__() argument must be str, not ${typeName(kind)}`);
    }
    if (kind === "double" || kind === "float") return "IEEE, little-endian";
    fault("ValueError", "__getformat__() argument 1 must be 'double' or 'float'");
  },
});

/** float(value). */
function toReal(value: Value): number {
  if (typeof value === "number") return value;
  const source = textOf(value);
  if (typeof value === "string" || source !== undefined) {
    const own = typeof value === "object" ? doubleOf(value) : undefined;
    return own ?? floatFromText(source!);
  }
  const bytes = bufferOf(value);
  if (bytes !== undefined) return floatFromBytes(bytes);
  // A class derived from float may say otherwise what its instances are as floats.
  const made = value instanceof PyFloat ? callSpecial(value, "__float__")! : value;
  const real = doubleOf(made);
  if (real !== undefined) return real;
  fault(
    "TypeError",
    `float() argument must be a string or a real number, not '${typeName(value)}'`,
  );
}

function make(value: Value): PyFloat {
  return (value as PyFloat).type === floatType ? (value as PyFloat) : new PyFloat(toReal(value));
}

/** Whether a class has no `__init__` of its own, which would take the keywords. */
function keepsInit(cls: PyType): boolean {
  return lookup(cls, "__init__") === lookup(floatType, "__init__");
}

maker(
  floatType,
  signed("cls, x=0.0, /, **kwargs", (cls: PyType, x?: Value, given?: Keywords) => {
    if (given !== undefined && given.size > 0 && keepsInit(cls)) {
      fault("TypeError", "float() takes no keyword arguments");
    }
    if (cls !== floatType) return derived(cls, x === undefined ? 0 : toReal(x));
    return x === undefined ? new PyFloat(0) : make(x);
  }),
);
floatType.c1 = make as (x?: Value) => Value;
