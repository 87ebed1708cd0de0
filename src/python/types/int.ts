/** The methods of `int`. */
import { fault } from "../fault.ts";
import * as integers from "../numeric/integers.ts";
import { pow, powmod } from "../numeric/powers.ts";
import { BigRatio, roundHalfEven } from "../numeric/ratios.ts";
import { toFloat, truediv } from "../numeric/rounding.ts";
import { bitLength, type Int } from "../numeric/sizes.ts";
import { hashInt } from "../numeric/hashes.ts";
import { bufferOf, PyBytes } from "../objects/bytes.ts";
import { classMethods, computed, maker, methods } from "../objects/define.ts";
import { PyFloat } from "../objects/float.ts";
import { None, NotImplemented, type Value } from "../objects/object.ts";
import { intType } from "../objects/scalars.ts";
import { type Native, signed } from "../objects/signature.ts";
import { runtime } from "../objects/state.ts";
import { PyTuple } from "../objects/tuple.ts";
import type { PyType } from "../objects/type.ts";
import { powerOfInts } from "../operations/binary.ts";
import { call1, callSpecial } from "../operations/call.ts";
import { toArray } from "../operations/iterate.ts";
import { derived, intOf } from "../operations/numbers.ts";
import { textOf } from "../operations/repr.ts";
import { indexOf, requireIndex } from "../operations/subscript.ts";
import { truth } from "../operations/truth.ts";
import { typeName } from "../operations/typeof.ts";
import { formatInt } from "../text/format.ts";
import { integerFromBytes, integerFromText, integerText } from "../text/integers.ts";
import { sizeOf, type Str } from "../text/wide.ts";

/** The integer of a receiver, which is known to be one. */
function own(self: Value): Int {
  return typeof self === "number" ? self : intOf(self)!;
}

/** An operator and its reflected form, for two ints of any form. */
function pair(name: string, apply: (a: Int, b: Int) => Value): Record<string, Native> {
  return {
    [`__${name}__`]: (self: Value, other: Value) => {
      const b = intOf(other);
      return b === undefined ? NotImplemented : apply(own(self), b);
    },
    [`__r${name}__`]: (self: Value, other: Value) => {
      const a = intOf(other);
      return a === undefined ? NotImplemented : apply(a, own(self));
    },
  };
}

function comparison(apply: (a: Int, b: Int) => boolean): Native {
  return (self: Value, other: Value) => {
    const b = intOf(other);
    return b === undefined ? NotImplemented : apply(own(self), b);
  };
}

function power(base: Value, exponent: Value, modulus: Value | undefined): Value {
  const a = intOf(base);
  const b = intOf(exponent);
  if (a === undefined || b === undefined) return NotImplemented;
  if (modulus === undefined || modulus === None) return powerOfInts(a, b);
  const m = intOf(modulus);
  return m === undefined ? NotImplemented : powmod(a, b, m);
}

const plain: Native = (self: Value) => own(self);
const ratio = (self: Value): Value => new PyTuple([own(self), 1]);

methods(intType, {
  ...pair("add", integers.add),
  ...pair("sub", integers.sub),
  ...pair("mul", integers.mul),
  ...pair("floordiv", integers.floordiv),
  ...pair("mod", integers.mod),
  ...pair("truediv", (a, b) => new PyFloat(truediv(a, b))),
  ...pair("divmod", (a, b) => new PyTuple(integers.divmod(a, b))),
  ...pair("lshift", integers.lshift),
  ...pair("rshift", integers.rshift),
  ...pair("and", integers.and),
  ...pair("or", integers.or),
  ...pair("xor", integers.xor),
  __pow__: signed("value, mod=None, /", (self: Value, value: Value, mod?: Value) =>
    power(self, value, mod),
  ),
  __rpow__: signed("value, mod=None, /", (self: Value, value: Value, mod?: Value) =>
    power(value, self, mod),
  ),
  __eq__: comparison((a, b) => a === b),
  __ne__: comparison((a, b) => a !== b),
  __lt__: comparison((a, b) => a < b),
  __le__: comparison((a, b) => a <= b),
  __gt__: comparison((a, b) => a > b),
  __ge__: comparison((a, b) => a >= b),
  __hash__: (self: Value) => hashInt(own(self)),
  __neg__: (self: Value) => integers.neg(own(self)),
  __pos__: plain,
  __abs__: (self: Value) => integers.abs(own(self)),
  __invert__: (self: Value) => integers.invert(own(self)),
  __bool__: (self: Value) => own(self) !== 0,
  __int__: plain,
  __index__: plain,
  __trunc__: plain,
  __floor__: plain,
  __ceil__: plain,
  conjugate: plain,
  __float__: (self: Value) => new PyFloat(toFloat(own(self))),
  __round__: signed("ndigits=None, /", (self: Value, ndigits?: Value) =>
    ndigits === undefined ? own(self) : rounded(own(self), requireIndex(ndigits)),
  ),
  __repr__: (self: Value) => decimal(own(self)),
  __format__: (self: Value, spec: Value) => formatted(self, requireText(spec)) as Value,
  __getnewargs__: (self: Value) => new PyTuple([own(self)]),
  __sizeof__: (self: Value) => 24 + 4 * Math.ceil(bitLength(own(self)) / 30),
  bit_length: (self: Value) => bitLength(own(self)),
  bit_count: (self: Value) => integers.bitCount(own(self)),
  as_integer_ratio: ratio,
  is_integer: (_self: Value) => true,
  to_bytes: signed(
    "length=1, byteorder='big', *, signed=False",
    (self: Value, length?: Value, byteorder?: Value, isSigned?: Value) => {
      const size = length === undefined ? 1 : requireIndex(length);
      const order = orderOf(byteorder, "to_bytes");
      const signedness = isSigned !== undefined && truth(isSigned);
      return new PyBytes(integers.toBytes(own(self), size, order, signedness));
    },
  ),
});

computed(intType, {
  real: (self: Value) => own(self),
  imag: (_self: Value) => 0,
  numerator: (self: Value) => own(self),
  denominator: (_self: Value) => 1,
});

classMethods(intType, {
  from_bytes: signed(
    "cls, bytes, byteorder='big', *, signed=False",
    (cls: PyType, bytes: Value, byteorder?: Value, isSigned?: Value) => {
      const order = orderOf(byteorder, "from_bytes");
      const signedness = isSigned !== undefined && truth(isSigned);
      const value = integers.fromBytes(bytesOf(bytes), order, signedness);
      return cls === intType ? value : call1(cls, value);
    },
  ),
});

function orderOf(order: Value | undefined, name: string): string {
  if (order === undefined) return "big";
  const text = textOf(order);
  if (text === undefined) {
    fault("TypeError", `${name}() argument 'byteorder' must be str, not ${typeName(order)}`);
  }
  return String(text);
}

/** The bytes of bytes-like objects, of what has `__bytes__`, and of iterables of ints. */
function bytesOf(value: Value): Uint8Array {
  const bytes = bufferOf(value);
  if (bytes !== undefined) return bytes;
  if (typeof value === "object") {
    const made = callSpecial(value, "__bytes__");
    if (made instanceof PyBytes) return made.data;
    if (made !== undefined) {
      fault("TypeError", `__bytes__ returned non-bytes (type ${typeName(made)})`);
    }
  }
  if (textOf(value) !== undefined || typeof value !== "object") {
    fault("TypeError", `cannot convert '${typeName(value)}' object to bytes`);
  }
  const items = toArray(value);
  return Uint8Array.from(items, (item) => {
    const byte = requireIndex(item);
    if (byte < 0 || byte > 255) fault("ValueError", "bytes must be in range(0, 256)");
    return Number(byte);
  });
}

/** round(n, ndigits): the nearest multiple of 10 ** -ndigits, the even one of two. */
function rounded(n: Int, ndigits: Int): Int {
  if (ndigits >= 0) return n;
  const unit = pow(10, integers.neg(ndigits));
  return integers.mul(roundHalfEven(new BigRatio(BigInt(n), BigInt(unit))), unit);
}

/** The decimal text of an int; ValueError for one with more digits than the program may ask for. */
function decimal(n: Int): string {
  return integerText(n, 10, runtime().digitLimit);
}

function formatted(self: Value, spec: Str): Str {
  if (sizeOf(spec) > 0) return formatInt(own(self), spec, typeName(self));
  return textOf(callSpecial(self, "__str__")!)!;
}

/** The argument of `__format__`. */
export function requireText(spec: Value): Str {
  const text = textOf(spec);
  if (text !== undefined) return text;
  fault("TypeError", `__format__() argument must be str, not ${typeName(spec)}`);
}

/** int(value, base). */
function fromText(value: Value, base: Value): Int {
  const wanted = requireIndex(base);
  const radix = typeof wanted === "number" ? wanted : -1;
  const limit = runtime().digitLimit;
  const text = textOf(value);
  if (text !== undefined) return integerFromText(text, radix, limit);
  const bytes = bufferOf(value);
  if (bytes !== undefined) return integerFromBytes(bytes, radix, limit);
  fault("TypeError", "int() can't convert non-string with explicit base");
}

/** int(value). */
function toInt(value: Value): Int {
  if (typeof value === "number" || typeof value === "bigint") return value;
  if (typeof value === "string") return integerFromText(value, 10, runtime().digitLimit);
  if (typeof value === "boolean") return value ? 1 : 0;
  const result = callSpecial(value, "__int__");
  if (result !== undefined) {
    return (
      intOf(result) ?? fault("TypeError", `__int__ returned non-int (type ${typeName(result)})`)
    );
  }
  const index = indexOf(value);
  if (index !== undefined) return index;
  const truncated = callSpecial(value, "__trunc__");
  if (truncated !== undefined) {
    const whole = indexOf(truncated);
    if (whole !== undefined) return whole;
    fault("TypeError", `__trunc__ returned non-Integral (type ${typeName(truncated)})`);
  }
  const text = textOf(value);
  if (text !== undefined) return integerFromText(text, 10, runtime().digitLimit);
  const bytes = bufferOf(value);
  if (bytes !== undefined) return integerFromBytes(bytes, 10, runtime().digitLimit);
  fault(
    "TypeError",
    `int() argument must be a string, a bytes-like object or a real number, not '${typeName(value)}'`,
  );
}

maker(
  intType,
  signed("cls, x=0, /, base=10", (cls: PyType, x?: Value, base?: Value): Value => {
    let value: Int = 0;
    if (x === undefined) {
      if (base !== undefined) fault("TypeError", "int() missing string argument");
    } else value = base === undefined ? toInt(x) : fromText(x, base);
    return cls === intType ? value : derived(cls, value);
  }),
);
intType.c1 = toInt as (x?: Value) => Value;
