/** `decimal.Decimal`. */
import { fault } from "../../fault.ts";
import * as arithmetic from "../../numeric/decimal/arithmetic.ts";
import * as compare from "../../numeric/decimal/compare.ts";
import { power, powerModulo } from "../../numeric/decimal/functions.ts";
import {
  adjusted,
  type Context,
  type Decimal,
  finite,
  fromInt,
  infinity,
  isNan,
  isZero,
  SIGNAL,
} from "../../numeric/decimal/number.ts";
import { decimalText, formatDecimal, fromFloat, fromText } from "../../numeric/decimal/text.ts";
import { reduced } from "../../numeric/fractions.ts";
import { hashDecimal } from "../../numeric/hashes.ts";
import { canonical } from "../../numeric/sizes.ts";
import { classMethods, computed, maker, methods } from "../../objects/define.ts";
import { PyComplex } from "../../objects/complex.ts";
import { PyFloat } from "../../objects/float.ts";
import { PyList } from "../../objects/list.ts";
import { None, NotImplemented, type Value } from "../../objects/object.ts";
import { builtinType } from "../../objects/root.ts";
import { type Native, signed } from "../../objects/signature.ts";
import { runtime } from "../../objects/state.ts";
import { PyTuple, tupleType } from "../../objects/tuple.ts";
import { lookup, type PyType } from "../../objects/type.ts";
import { getAttribute } from "../../operations/attributes.ts";
import { call1 } from "../../operations/call.ts";
import { derived, intOf } from "../../operations/numbers.ts";
import { repr, textOf } from "../../operations/repr.ts";
import { requireIndex } from "../../operations/subscript.ts";
import { typeName, typeOf } from "../../operations/typeof.ts";
import { asciiOfNumber } from "../../text/integers.ts";
import { fromJs, toJs } from "../../text/wide.ts";
import {
  contextOf,
  currentContext,
  decimal,
  finish,
  operandOf,
  PyDecimal,
  PyDecimalTuple,
  requireDecimal,
  roundingOf,
} from "./objects.ts";
import { BINARY, PLAIN, UNARY } from "./operations.ts";

/** Numbers of more digits than this cannot be, exponents apart. */
const MOST_EXPONENT = 999_999_999_999_999_999n;

function operator(
  apply: (context: Context, x: Decimal, y: Decimal) => Decimal,
  reflected: boolean,
): Native {
  return (self: PyDecimal, other: Value) => {
    const y = operandOf(other);
    if (y === undefined) return NotImplemented;
    const context = currentContext();
    return decimal(
      context,
      reflected ? apply(context, y, self.value) : apply(context, self.value, y),
    );
  };
}

function divmod(x: Decimal, y: Decimal): PyTuple {
  const context = currentContext();
  const [quotient, rest] = finish(context, arithmetic.divmod(context, x, y));
  return new PyTuple([new PyDecimal(quotient), new PyDecimal(rest)]);
}

function raise(base: Value, exponent: Value, modulus: Value | undefined): Value {
  const [x, y] = [operandOf(base), operandOf(exponent)];
  if (x === undefined || y === undefined) return NotImplemented;
  const context = currentContext();
  if (modulus === undefined || modulus === None) return decimal(context, power(context, x, y));
  const m = operandOf(modulus);
  return m === undefined ? NotImplemented : decimal(context, powerModulo(context, x, y, m));
}

/** What a Decimal is compared with, exactly; floats are told of by a signal. */
function comparable(context: Context, other: Value, equality: boolean): Decimal | undefined {
  const own = operandOf(other);
  if (own !== undefined) return own;
  let real: number | undefined;
  if (other instanceof PyFloat) real = other.v;
  else if (other instanceof PyComplex && equality && other.imag === 0) real = other.real;
  if (real === undefined) return undefined;
  context.status |= SIGNAL.FloatOperation;
  if (!equality) finish(context, undefined);
  else {
    context.flags |= SIGNAL.FloatOperation;
    context.status = 0;
  }
  return fromFloat(real);
}

/** Which of two of one sign is larger by far, told by their digits alone: exponents may be beyond what numbers hold. */
function sizeBesideRatio(x: Decimal, top: number | bigint, bottom: number | bigint): number {
  if (isZero(x) || Number(top) === 0) return 0;
  if (x.negative !== top < 0) return 1;
  const digits = (n: number | bigint): number => String(n).length - (n < 0 ? 1 : 0);
  const places = adjusted(x) - (digits(top) - digits(bottom));
  return places > 2 ? 1 : places < -2 ? -1 : 0;
}

/** The sign of a Decimal's difference to a fraction, for what has a numerator and a denominator. */
function differenceToRatio(x: Decimal, other: Value): number | undefined {
  const type = typeOf(other);
  if (lookup(type, "numerator") === undefined || lookup(type, "denominator") === undefined) {
    return undefined;
  }
  const top = intOf(getAttribute(other, "numerator"));
  const bottom = intOf(getAttribute(other, "denominator"));
  if (top === undefined || bottom === undefined) return undefined;
  if (x.kind === "inf") return x.negative ? -1 : 1;
  const size = sizeBesideRatio(x, top, bottom);
  if (size !== 0) return x.negative ? -size : size;
  const [p, q] = compare.ratioOf(x);
  const [left, right] = [p * BigInt(bottom), BigInt(top) * q];
  return left < right ? -1 : left > right ? 1 : 0;
}

function comparison(apply: (sign: number) => boolean, equality: boolean, ofNan: boolean): Native {
  return (self: PyDecimal, other: Value) => {
    const context = currentContext();
    const y = comparable(context, other, equality);
    if (y === undefined) {
      if (isNan(self.value)) return NotImplemented;
      const sign = differenceToRatio(self.value, other);
      return sign === undefined ? NotImplemented : apply(sign);
    }
    const sign = finish(context, compare.compareOperator(context, self.value, y, equality));
    return sign === undefined ? ofNan : apply(sign);
  };
}

/** The number of `(sign, digits, exponent)`. */
function fromTuple(items: readonly Value[]): Decimal {
  const [sign, digits, exponent] = items;
  if (items.length !== 3 || sign === undefined || digits === undefined || exponent === undefined) {
    fault("ValueError", "argument must be a sequence of length 3");
  }
  const negative = intOf(sign);
  if (negative !== 0 && negative !== 1) {
    fault("ValueError", "sign must be an integer with the value 0 or 1");
  }
  if (!(digits instanceof PyTuple) && !(digits instanceof PyList)) {
    fault("ValueError", "coefficient must be a tuple of digits");
  }
  const text = digits.items
    .map((digit) => {
      const value = intOf(digit);
      if (value === undefined || value < 0 || value > 9) {
        fault("ValueError", "coefficient must be a tuple of digits");
      }
      return String(value);
    })
    .join("");
  const coefficient = BigInt(text === "" ? "0" : text);
  const special = textOf(exponent);
  if (special !== undefined) {
    if (special === "F") return infinity(negative === 1);
    if (special !== "n" && special !== "N") {
      fault("ValueError", "string argument in the third position must be 'F', 'n' or 'N'");
    }
    const kind = special === "n" ? "nan" : "snan";
    return { kind, negative: negative === 1, digits: coefficient, exponent: 0 };
  }
  const power = intOf(exponent);
  if (power === undefined) fault("ValueError", "exponent must be an integer");
  return finite(negative === 1, coefficient, Number(power));
}

/** Decimal(value): exact. */
export function decimalOf(value: Value, context: Context): Decimal {
  const own = operandOf(value);
  if (own !== undefined) return own;
  const text = textOf(value);
  if (text !== undefined) return finish(context, fromText(context, asciiOfNumber(text)));
  if (value instanceof PyTuple || value instanceof PyList) {
    const found = fromTuple(value.items);
    if (BigInt(Math.abs(found.exponent)) > MOST_EXPONENT * 2n) {
      context.status |= SIGNAL.InvalidOperation;
    }
    return finish(context, found);
  }
  if (value instanceof PyFloat) {
    context.status |= SIGNAL.FloatOperation;
    return finish(context, fromFloat(value.v));
  }
  fault("TypeError", `conversion from ${typeName(value)} to Decimal is not supported`);
}

function exponentOf(x: Decimal): Value {
  if (x.kind === "inf") return "F";
  if (x.kind === "nan") return "n";
  return x.kind === "snan" ? "N" : x.exponent;
}

function toFloat(x: Decimal): number {
  if (x.kind === "snan") fault("ValueError", "cannot convert signaling NaN to float");
  if (x.kind === "nan") return NaN;
  if (x.kind === "inf") return x.negative ? -Infinity : Infinity;
  return Number(decimalText(x));
}

function whole(x: Decimal, rounding: "ROUND_FLOOR" | "ROUND_CEILING" | "ROUND_HALF_EVEN"): Value {
  if (isNan(x)) fault("ValueError", "cannot convert NaN to integer");
  if (x.kind === "inf") fault("OverflowError", "cannot convert Infinity to integer");
  const work = { ...currentContext() };
  return canonical(compare.toBigInt(arithmetic.toIntegral(work, x, false, rounding)));
}

function hashOf(self: PyDecimal): Value {
  const x = self.value;
  if (x.kind === "snan") fault("TypeError", "Cannot hash a signaling NaN value");
  if (x.kind === "nan") return runtime().id(self);
  if (x.kind === "inf") return x.negative ? -314159 : 314159;
  return hashDecimal(x.digits, x.exponent, x.negative);
}

function ratio(x: Decimal): Value {
  const [top, bottom] = compare.ratioOf(x);
  return new PyTuple(reduced(canonical(top), canonical(bottom)));
}

/** Methods that a Context has under the same names. */
function shared(): Record<string, Native | ReturnType<typeof signed>> {
  const table: Record<string, Native | ReturnType<typeof signed>> = {};
  for (const [name, apply] of Object.entries(UNARY)) {
    table[name] = signed("context=None", (self: PyDecimal, context?: Value) =>
      apply(contextOf(context), self.value),
    );
  }
  for (const [name, apply] of Object.entries(BINARY)) {
    table[name] = signed(
      "other, context=None",
      (self: PyDecimal, other: Value, context?: Value) => {
        const used = contextOf(context);
        return apply(used, self.value, requireDecimal(other));
      },
    );
  }
  for (const [name, apply] of Object.entries(PLAIN)) {
    table[name] = (self: PyDecimal) => {
      const result = apply(self.value);
      return typeof result === "object" && "kind" in result ? new PyDecimal(result) : result;
    };
  }
  for (const [name, exact] of [
    ["to_integral_exact", true],
    ["to_integral_value", false],
    ["to_integral", false],
  ] as const) {
    table[name] = signed(
      "rounding=None, context=None",
      (self: PyDecimal, rounding?: Value, context?: Value) => {
        const used = contextOf(context);
        const how = roundingOf(rounding, used.rounding);
        return decimal(used, arithmetic.toIntegral(used, self.value, exact, how));
      },
    );
  }
  return table;
}

const two = (name: string, apply: (context: Context, x: Decimal, y: Decimal) => Decimal) => ({
  [`__${name}__`]: operator(apply, false),
  [`__r${name}__`]: operator(apply, true),
});

export function makeDecimal(): PyType {
  const type = builtinType("Decimal", PyDecimal, { module: "decimal" });
  const make = (cls: PyType, value: Decimal): Value =>
    cls === type ? new PyDecimal(value) : derived(cls, value);
  maker(
    type,
    signed("cls, value='0', context=None", (cls: PyType, value?: Value, context?: Value) => {
      if (value === undefined) return make(cls, fromInt(0n));
      if (cls === type && (value as PyDecimal).type === type) return value;
      return make(cls, decimalOf(value, contextOf(context)));
    }),
  );
  classMethods(type, {
    from_float: signed("cls, f, /", (cls: PyType, f: Value) => {
      const int = intOf(f);
      if (int === undefined && !(f instanceof PyFloat)) {
        fault("TypeError", "argument must be int or float");
      }
      const value = new PyDecimal(
        int === undefined ? fromFloat((f as PyFloat).v) : fromInt(BigInt(int)),
      );
      return cls === type ? value : call1(cls, value);
    }),
  });
  computed(type, {
    real: (self: PyDecimal) => self,
    imag: (_self: PyDecimal) => new PyDecimal(fromInt(0n)),
  });
  const tuple = makeTuple();
  methods(type, {
    ...shared(),
    ...two("add", arithmetic.add),
    ...two("sub", arithmetic.sub),
    ...two("mul", arithmetic.mul),
    ...two("truediv", arithmetic.div),
    ...two("floordiv", arithmetic.divideInt),
    ...two("mod", arithmetic.remainder),
    __divmod__: (self: PyDecimal, other: Value) => {
      const y = operandOf(other);
      return y === undefined ? NotImplemented : divmod(self.value, y);
    },
    __rdivmod__: (self: PyDecimal, other: Value) => {
      const x = operandOf(other);
      return x === undefined ? NotImplemented : divmod(x, self.value);
    },
    __pow__: signed("value, mod=None, /", (self: PyDecimal, value: Value, mod?: Value) =>
      raise(self, value, mod),
    ),
    __rpow__: signed("value, mod=None, /", (self: PyDecimal, value: Value, mod?: Value) =>
      raise(value, self, mod),
    ),
    __neg__: (self: PyDecimal) => {
      const context = currentContext();
      return decimal(context, arithmetic.minus(context, self.value));
    },
    __pos__: (self: PyDecimal) => {
      const context = currentContext();
      return decimal(context, arithmetic.plus(context, self.value));
    },
    __abs__: (self: PyDecimal) => {
      const context = currentContext();
      return decimal(context, arithmetic.abs(context, self.value));
    },
    __eq__: comparison((sign) => sign === 0, true, false),
    __ne__: comparison((sign) => sign !== 0, true, true),
    __lt__: comparison((sign) => sign < 0, false, false),
    __le__: comparison((sign) => sign <= 0, false, false),
    __gt__: comparison((sign) => sign > 0, false, false),
    __ge__: comparison((sign) => sign >= 0, false, false),
    __hash__: hashOf,
    __bool__: (self: PyDecimal) => !isZero(self.value),
    __int__: (self: PyDecimal) => canonical(compare.toBigInt(self.value)),
    __trunc__: (self: PyDecimal) => canonical(compare.toBigInt(self.value)),
    __floor__: (self: PyDecimal) => whole(self.value, "ROUND_FLOOR"),
    __ceil__: (self: PyDecimal) => whole(self.value, "ROUND_CEILING"),
    __round__: signed("ndigits=None, /", (self: PyDecimal, ndigits?: Value) => {
      if (ndigits === undefined) return whole(self.value, "ROUND_HALF_EVEN");
      const places = requireIndex(ndigits);
      const context = currentContext();
      const unit = finite(false, 1n, -Number(places));
      return decimal(context, arithmetic.quantize(context, self.value, unit));
    }),
    __float__: (self: PyDecimal) => new PyFloat(toFloat(self.value)),
    __complex__: (self: PyDecimal) => new PyComplex(toFloat(self.value), 0),
    __repr__: (self: PyDecimal) =>
      `Decimal('${decimalText(self.value, currentContext().capitals)}')`,
    __str__: (self: PyDecimal) => decimalText(self.value, currentContext().capitals),
    __format__: signed(
      "spec, override=None, /",
      (self: PyDecimal, spec: Value, _override?: Value) => {
        const text = textOf(spec);
        if (text === undefined) fault("TypeError", "format arg must be str");
        return fromJs(formatDecimal(currentContext(), self.value, toJs(text))) as Value;
      },
    ),
    __copy__: (self: PyDecimal) => self,
    __deepcopy__: (self: PyDecimal, _memo: Value) => self,
    __reduce__: (self: PyDecimal) =>
      new PyTuple([self.type, new PyTuple([decimalText(self.value)])]),
    __sizeof__: (_self: PyDecimal) => 104,
    adjusted: (self: PyDecimal) => (self.value.kind === "finite" ? adjusted(self.value) : 0),
    conjugate: (self: PyDecimal) => self,
    as_integer_ratio: (self: PyDecimal) => ratio(self.value),
    as_tuple: (self: PyDecimal) => {
      const x = self.value;
      const text = x.kind === "finite" || x.digits !== 0n ? x.digits.toString() : "";
      const digits = x.kind === "inf" ? [0] : Array.from(text, Number);
      return derived(tuple, [x.negative ? 1 : 0, new PyTuple(digits), exponentOf(x)]);
    },
    quantize: signed(
      "exp, rounding=None, context=None",
      (self: PyDecimal, exp: Value, rounding?: Value, context?: Value) => {
        const used = contextOf(context);
        const how = roundingOf(rounding, used.rounding);
        const unit = requireDecimal(exp);
        return decimal(used, arithmetic.quantize(used, self.value, unit, how));
      },
    ),
    fma: signed(
      "other, third, context=None",
      (self: PyDecimal, other: Value, third: Value, context?: Value) => {
        const used = contextOf(context);
        const [y, z] = [requireDecimal(other), requireDecimal(third)];
        return decimal(used, arithmetic.fma(used, self.value, y, z));
      },
    ),
  });
  return type;
}

let tupleMade: PyType | undefined;

/** `decimal.DecimalTuple`. */
export function makeTuple(): PyType {
  if (tupleMade !== undefined) return tupleMade;
  const type = builtinType("DecimalTuple", PyDecimalTuple, { base: tupleType, module: "decimal" });
  ["sign", "digits", "exponent"].forEach((name, i) =>
    computed(type, { [name]: (self: PyDecimalTuple) => self.items[i]! }),
  );
  methods(type, {
    __reduce__: (self: PyDecimalTuple) => new PyTuple([self.type, new PyTuple([...self.items])]),
    __repr__: (self: PyDecimalTuple) => {
      const [sign, digits, exponent] = self.items.map((item) => String(repr(item)));
      return `DecimalTuple(sign=${sign}, digits=${digits}, exponent=${exponent})`;
    },
  });
  maker(
    type,
    signed(
      "cls, sign, digits, exponent",
      (cls: PyType, sign: Value, digits: Value, exponent: Value) =>
        derived(cls, [sign, digits, exponent]),
    ),
  );
  return (tupleMade = type);
}
