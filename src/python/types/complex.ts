/** The methods of `complex`. */
import { fault } from "../fault.ts";
import * as complexes from "../numeric/complex.ts";
import type { Complex } from "../numeric/complex.ts";
import { hashComplex } from "../numeric/hashes.ts";
import { complexType, PyComplex } from "../objects/complex.ts";
import { computed, maker, methods } from "../objects/define.ts";
import { PyFloat } from "../objects/float.ts";
import { None, NotImplemented, type Value } from "../objects/object.ts";
import { type Native, signed } from "../objects/signature.ts";
import { PyTuple } from "../objects/tuple.ts";
import type { PyType } from "../objects/type.ts";
import { callSpecial } from "../operations/call.ts";
import { derived, doubleOf, intOf, floatOf } from "../operations/numbers.ts";
import { textOf } from "../operations/repr.ts";
import { typeName } from "../operations/typeof.ts";
import { complexFromText } from "../text/float-text.ts";
import { formatComplex, reprComplex } from "../text/format.ts";
import { requireText } from "./int.ts";

/** The two parts of any number. */
function partsOf(value: Value): Complex | undefined {
  if (value instanceof PyComplex) return [value.real, value.imag];
  const real = floatOf(value);
  return real === undefined ? undefined : [real, 0];
}

function box([real, imaginary]: Complex): PyComplex {
  return new PyComplex(real, imaginary);
}

/** An operator and its reflected form, for a complex and any number. */
function pair(name: string, apply: (a: Complex, b: Complex) => Complex): Record<string, Native> {
  return {
    [`__${name}__`]: (self: PyComplex, other: Value) => {
      const b = partsOf(other);
      return b === undefined ? NotImplemented : box(apply([self.real, self.imag], b));
    },
    [`__r${name}__`]: (self: PyComplex, other: Value) => {
      const a = partsOf(other);
      return a === undefined ? NotImplemented : box(apply(a, [self.real, self.imag]));
    },
  };
}

function power(base: Value, exponent: Value, modulus: Value | undefined): Value {
  if (modulus !== undefined && modulus !== None) fault("ValueError", "complex modulo");
  const a = partsOf(base);
  const b = partsOf(exponent);
  return a === undefined || b === undefined ? NotImplemented : box(complexes.pow(a, b));
}

function equals(self: PyComplex, other: Value): boolean | undefined {
  if (other instanceof PyComplex) return self.real === other.real && self.imag === other.imag;
  const real = other instanceof PyFloat ? other.v : intOf(other);
  // eslint-disable-next-line eqeqeq -- a number equals a bigint of the same value
  return real === undefined ? undefined : self.imag === 0 && self.real == real;
}

const unordered: Native = (_self: PyComplex, _other: Value) => NotImplemented;

methods(complexType, {
  ...pair("add", complexes.add),
  ...pair("sub", complexes.sub),
  ...pair("mul", complexes.mul),
  ...pair("truediv", complexes.div),
  __pow__: signed("value, mod=None, /", (self: PyComplex, value: Value, mod?: Value) =>
    power(self, value, mod),
  ),
  __rpow__: signed("value, mod=None, /", (self: PyComplex, value: Value, mod?: Value) =>
    power(value, self, mod),
  ),
  __eq__: (self: PyComplex, other: Value) => equals(self, other) ?? NotImplemented,
  __ne__: (self: PyComplex, other: Value) => {
    const same = equals(self, other);
    return same === undefined ? NotImplemented : !same;
  },
  __lt__: unordered,
  __le__: unordered,
  __gt__: unordered,
  __ge__: unordered,
  __hash__: (self: PyComplex) => hashComplex(self.real, self.imag),
  __neg__: (self: PyComplex) => new PyComplex(-self.real, -self.imag),
  __pos__: (self: PyComplex) => new PyComplex(self.real, self.imag),
  __abs__: (self: PyComplex) => new PyFloat(complexes.abs([self.real, self.imag])),
  __bool__: (self: PyComplex) => self.real !== 0 || self.imag !== 0,
  __complex__: (self: PyComplex) => new PyComplex(self.real, self.imag),
  __repr__: (self: PyComplex) => reprComplex(self.real, self.imag),
  __format__: (self: PyComplex, spec: Value) =>
    formatComplex(self.real, self.imag, requireText(spec), typeName(self)) as Value,
  __getnewargs__: (self: PyComplex) =>
    new PyTuple([new PyFloat(self.real), new PyFloat(self.imag)]),
  conjugate: (self: PyComplex) => new PyComplex(self.real, -self.imag),
});

computed(complexType, {
  real: (self: PyComplex) => new PyFloat(self.real),
  imag: (self: PyComplex) => new PyFloat(self.imag),
});

/** What is a complex or has `__complex__`. */
export function complexOf(value: Value): Complex | undefined {
  if (value instanceof PyComplex) return [value.real, value.imag];
  if (typeof value !== "object") return undefined;
  const made = callSpecial(value, "__complex__");
  if (made === undefined) return undefined;
  if (made instanceof PyComplex) return [made.real, made.imag];
  fault(
    "TypeError",
    `${typeName(value)}.__complex__() must return a complex, not ${typeName(made)}`,
  );
}

/** One argument of the constructor, which is no text. */
function argument(value: Value, place: string): Complex {
  // Only the first one is asked for a method, which a class derived from complex may have too.
  const asked = place === "first" && value instanceof PyComplex && value.type.open;
  const made = asked ? callSpecial(value, "__complex__")! : value;
  const found = place === "second" && !(made instanceof PyComplex) ? undefined : complexOf(made);
  if (found !== undefined) return found;
  const real = doubleOf(value);
  if (real !== undefined) return [real, 0];
  const kind = place === "first" ? "a string or a number" : "a number";
  fault("TypeError", `complex() ${place} argument must be ${kind}, not '${typeName(value)}'`);
}

maker(
  complexType,
  signed("cls, real=0, imag=0", (cls: PyType, real?: Value, imag?: Value): Value => {
    if (cls === complexType && imag === undefined && (real as PyComplex)?.type === complexType) {
      return real!;
    }
    const make = (parts: Complex): Value =>
      cls === complexType ? box(parts) : derived(cls, parts[0], parts[1]);
    const source = real === undefined ? undefined : textOf(real);
    if (source !== undefined) {
      if (imag !== undefined) {
        fault("TypeError", "complex() can't take second arg if first is a string");
      }
      return make(complexFromText(source));
    }
    if (imag !== undefined && textOf(imag) !== undefined) {
      fault("TypeError", "complex() second arg can't be a string");
    }
    const first: Complex = real === undefined ? [0, 0] : argument(real, "first");
    if (imag === undefined) return make(first);
    const second = argument(imag, "second");
    // A real number has no imaginary part that could change a zero's sign.
    const low = second[1] === 0 && !(imag instanceof PyComplex) ? first[0] : first[0] - second[1];
    const isComplex = first[1] !== 0 || real instanceof PyComplex;
    return make([low, isComplex ? first[1] + second[0] : second[0]]);
  }),
);
