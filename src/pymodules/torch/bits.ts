/** Operators on the bits of whole numbers and bools, computed on the host: the layer has none. */
import { fault } from "../../python/fault.ts";
import { NotImplemented, type Value } from "../../python/objects/object.ts";
import { typeName } from "../../python/operations/typeof.ts";
import { fromValues } from "../../tensor/creation.ts";
import { castValue, type DType, hostArray, type HostValue, isFloat } from "../../tensor/dtype.ts";
import { full, type Tensor } from "../../tensor/index.ts";
import { product } from "../../tensor/shape.ts";
import { broadcast, operandOf } from "./arithmetic.ts";
import { C_NAMES, resultType } from "./dtype.ts";
import { room } from "./failure.ts";
import type { Entry, Table } from "./register.ts";
import { PyTensor, wrap } from "./tensor.ts";

interface Bits {
  readonly int: (a: number, b: number) => number;
  readonly long: (a: bigint, b: bigint) => bigint;
  /** Whether bools, which are one bit, have it too. */
  readonly bool: boolean;
}

/** Both, broadcast, element by element. */
function each(bits: Pick<Bits, "int" | "long">, a: Tensor, b: Tensor, dtype: DType): Tensor {
  const shape = broadcast(a.shape, b.shape);
  const count = product(shape);
  room(count);
  const [left, right] = [a, b].map(
    (one) => one.to(dtype).expand(shape).toTypedArray() as ArrayLike<HostValue>,
  ) as [ArrayLike<HostValue>, ArrayLike<HostValue>];
  const out = hostArray(dtype, count);
  const put = out as unknown as HostValue[];
  if (dtype === "int64") {
    for (let i = 0; i < count; i++) {
      put[i] = castValue(bits.long(left[i] as bigint, right[i] as bigint), dtype);
    }
  } else {
    for (let i = 0; i < count; i++) put[i] = bits.int(left[i] as number, right[i] as number);
  }
  return fromValues(dtype, out, shape);
}

const notFor = (name: string, dtype: DType): never =>
  fault("RuntimeError", `"${name}_cpu" not implemented for '${C_NAMES[dtype]}'`);

/** `a op b` of a program; NotImplemented where one is no operand. */
function operate(name: string, bits: Bits, a: Value, b: Value): Value {
  const [left, right] = [operandOf(a), operandOf(b)];
  if (left === undefined || right === undefined) return NotImplemented;
  const shapes = [left, right].map((one) => one.tensor?.shape ?? []);
  broadcast(shapes[0]!, shapes[1]!);
  const dtype = resultType([left, right]);
  if (isFloat(dtype) || (dtype === "bool" && !bits.bool)) notFor(name, dtype);
  const [x, y] = [left, right].map((one) => one.tensor ?? full([], one.scalar!, { dtype }));
  return wrap(each(bits, x!, y!, dtype));
}

function entry(name: string, bits: Bits): Entry {
  return [
    "other",
    (x: PyTensor, other: Value) => {
      const result = operate(name, bits, x, other);
      if (result !== NotImplemented) return result;
      fault(
        "TypeError",
        `${name}(): argument 'other' (position 2) must be Tensor, not ${typeName(other)}`,
      );
    },
  ];
}

const OPERATORS: Readonly<Record<string, Bits>> = {
  bitwise_and: { int: (a, b) => a & b, long: (a, b) => a & b, bool: true },
  bitwise_or: { int: (a, b) => a | b, long: (a, b) => a | b, bool: true },
  bitwise_xor: { int: (a, b) => a ^ b, long: (a, b) => a ^ b, bool: true },
  bitwise_left_shift: { int: (a, b) => a << b, long: (a, b) => a << b, bool: false },
  bitwise_right_shift: { int: (a, b) => a >> b, long: (a, b) => a >> b, bool: false },
  gcd: { int: (a, b) => Number(gcd(BigInt(a), BigInt(b))), long: gcd, bool: false },
  lcm: {
    int: (a, b) => Number(BigInt.asIntN(32, lcm(BigInt(a), BigInt(b)))),
    long: lcm,
    bool: false,
  },
};

const size = (x: bigint): bigint => (x < 0n ? -x : x);

function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [size(a), size(b)];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

function lcm(a: bigint, b: bigint): bigint {
  const divisor = gcd(a, b);
  return divisor === 0n ? 0n : size((a / divisor) * b);
}

const not: Entry = [
  "",
  (x: PyTensor) => {
    const { dtype } = x.t;
    if (dtype === "bool") return wrap(x.t.logicalNot());
    if (isFloat(dtype)) notFor("bitwise_not", dtype);
    return wrap(x.t.neg().sub(dtype === "int64" ? 1n : 1));
  },
];

/** Functions, methods, and those with an underscore. */
export const BITS: Table = {
  ...Object.fromEntries(Object.entries(OPERATORS).map(([name, bits]) => [name, entry(name, bits)])),
  bitwise_not: not,
};

/** `x & y` and its kind, by the names of Python's methods. */
export const BIT_SIGNS: Readonly<Record<string, string>> = {
  and: "bitwise_and",
  or: "bitwise_or",
  xor: "bitwise_xor",
  lshift: "bitwise_left_shift",
  rshift: "bitwise_right_shift",
};

/** Python's special methods of them, in place too. */
export const BIT_METHODS: Table = {
  ...Object.fromEntries(
    Object.entries(BIT_SIGNS).flatMap(([sign, name]) => [
      [
        `__${sign}__`,
        ["other", (x: PyTensor, other: Value) => operate(name, OPERATORS[name]!, x, other)],
      ],
      [
        `__r${sign}__`,
        ["other", (x: PyTensor, other: Value) => operate(name, OPERATORS[name]!, other, x)],
      ],
    ]),
  ),
  __invert__: [
    "",
    (x: PyTensor) => {
      if (isFloat(x.t.dtype)) {
        fault(
          "TypeError",
          "~ (operator.invert) is only implemented on integer and Boolean-type tensors",
        );
      }
      return (not[1] as (x: PyTensor) => Value)(x);
    },
  ],
};
