/** Operators of two operands: what they are brought to, and the layer's operator that computes them. */
import { fault } from "../../python/fault.ts";
import { NotImplemented, type Value } from "../../python/objects/object.ts";
import { typeName } from "../../python/operations/typeof.ts";
import { type DType, isFloat, isInteger, type Scalar } from "../../tensor/dtype.ts";
import * as each from "../../tensor/elementwise.ts";
import { floorDivide, remainder } from "../../tensor/functional/index.ts";
import { product } from "../../tensor/shape.ts";
import { full, type Tensor, type TensorLike } from "../../tensor/index.ts";
import { C_NAMES, type Participant, resultType } from "./dtype.ts";
import { room } from "./failure.ts";
import { dtypeOfScalar, isTrueNumber, PyTensor, scalarOf, wrap } from "./tensor.ts";

/** An operand: a tensor, or a number that only its kind counts of. */
interface Operand extends Participant {
  readonly tensor: Tensor | undefined;
  readonly scalar: Scalar | undefined;
}

/** What an operator can take; `undefined` for anything else. */
export function operandOf(value: Value): Operand | undefined {
  if (value instanceof PyTensor) {
    const { t } = value;
    return { tensor: t, scalar: undefined, dtype: t.dtype, strength: t.ndim === 0 ? 1 : 2 };
  }
  if (!isTrueNumber(value)) return undefined;
  return { tensor: undefined, scalar: scalarOf(value)!, dtype: dtypeOfScalar(value), strength: 0 };
}

/** Both at one dtype, as the layer's operators take them. */
export interface Pair {
  readonly dtype: DType;
  readonly a: TensorLike;
  readonly b: TensorLike;
}

/** The shape that two broadcast to. @throws RuntimeError as torch words it */
export function broadcast(a: readonly number[], b: readonly number[]): number[] {
  const ndim = Math.max(a.length, b.length);
  const shape: number[] = [];
  for (let dim = ndim - 1; dim >= 0; dim--) {
    const left = a[a.length - ndim + dim] ?? 1;
    const right = b[b.length - ndim + dim] ?? 1;
    if (left !== right && left !== 1 && right !== 1) {
      fault(
        "RuntimeError",
        `The size of tensor a (${left}) must match the size of tensor b (${right}) at non-singleton dimension ${dim}`,
      );
    }
    shape[dim] = left === 1 ? right : left;
  }
  room(product(shape), 0);
  return shape;
}

/** Brings two operands to the dtype they promote to; `undefined` where one is none. */
function pairOf(a: Value, b: Value, least?: DType): Pair | undefined {
  const left = operandOf(a);
  const right = operandOf(b);
  if (left === undefined || right === undefined) return undefined;
  let dtype = resultType([left, right]);
  if (least !== undefined && !isFloat(dtype)) dtype = least;
  broadcast(left.tensor?.shape ?? [], right.tensor?.shape ?? []);
  return { dtype, a: brought(left, dtype), b: brought(right, dtype) };
}

function brought({ tensor, scalar }: Operand, dtype: DType): TensorLike {
  if (tensor !== undefined) return tensor.dtype === dtype ? tensor : each.cast(tensor, dtype);
  const value = scalar!;
  if (dtype === "bool") return value;
  if (isFloat(dtype)) return Number(value);
  if (dtype !== "int64") return Number(BigInt.asIntN(32, BigInt(value)));
  return typeof value === "boolean" ? BigInt(Number(value)) : BigInt(value);
}

/** One operator, by both operands at their common dtype. */
export type Compute = (pair: Pair) => Tensor;

/** What PyTorch calls the step, by whether the second operand is a tensor. */
export interface Operator {
  readonly name: string;
  readonly made: string;
  readonly compute: Compute;
  /** The dtype of the result where whole numbers have no place. */
  readonly least?: DType;
}

export const ADD: Operator = {
  name: "add",
  made: "Add",
  compute: ({ a, b }) => each.arithmetic("add", a, b),
};
export const MUL: Operator = {
  name: "mul",
  made: "Mul",
  compute: ({ a, b }) => each.arithmetic("mul", a, b),
};
export const SUB: Operator = {
  name: "sub",
  made: "Sub",
  compute: ({ a, b }) => each.arithmetic("sub", a, b),
};
export const DIV: Operator = {
  name: "div",
  made: "Div",
  least: "float32",
  compute: ({ a, b }) => each.arithmetic("div", a, b),
};
export const POW: Operator = {
  name: "pow",
  made: "Pow",
  compute: ({ a, b, dtype }) => {
    if (isInteger(dtype) && typeof b === "bigint" && b < 0n) {
      fault("RuntimeError", "Integers to negative integer powers are not allowed.");
    }
    if (dtype === "bool") fault("RuntimeError", `"pow" not implemented for 'Bool'`);
    return each.arithmetic("pow", a, typeof b === "bigint" ? Number(b) : b);
  },
};
export const FLOOR_DIVIDE: Operator = {
  name: "floor_divide",
  made: "NotImplemented",
  compute: (pair) => {
    if (pair.dtype === "bool") fault("RuntimeError", `"div_floor_cpu" not implemented for 'Bool'`);
    needDivisor(pair);
    const [a, b] = tensors(pair);
    return floorDivide(a, b);
  },
};
export const REMAINDER: Operator = {
  name: "remainder",
  made: "Remainder",
  compute: (pair) => {
    if (pair.dtype === "bool") fault("RuntimeError", `"remainder_cpu" not implemented for 'Bool'`);
    needDivisor(pair);
    const [a, b] = tensors(pair);
    return remainder(a, b);
  },
};

/** Whole numbers have no quotient by 0. */
export function needDivisor({ a, b, dtype }: Pair): void {
  if (isFloat(dtype) || (typeof a === "object" && a.numel === 0)) return;
  const zero =
    typeof b === "object" ? b.numel > 0 && b.eq(0).any().item() === true : Number(b) === 0;
  if (zero) fault("RuntimeError", "ZeroDivisionError");
}

/** Both as tensors: some of the layer's functions take no bare number on the left. */
export function tensors({ a, b, dtype }: Pair): [Tensor, TensorLike] {
  if (typeof a === "object") return [a, b];
  const other = b as Tensor;
  return [each.arithmetic("add", other.mul(0).to(dtype), a).expand(other.shape), b];
}

/** Both as tensors of their common dtype. */
export function bothTensors(pair: Pair): [Tensor, Tensor] {
  const [a, b] = tensors(pair);
  return [a, typeof b === "object" ? b : full([], b, { dtype: pair.dtype })];
}

/** @throws RuntimeError where a bool is taken from something, or something from one */
export function refuseBools(a: Value, b: Value): void {
  const bools = [a, b].filter((one) => operandOf(one)?.dtype === "bool").length;
  if (bools === 0) return;
  fault(
    "RuntimeError",
    bools === 2
      ? "Subtraction, the `-` operator, with two bool tensors is not supported. Use the `^` or `logical_xor()` operator instead."
      : "Subtraction, the `-` operator, with a bool tensor is not supported. If you are trying to invert a mask, use the `~` or `logical_not()` operator instead.",
  );
}

/** `a op b` of a program; NotImplemented where one is no operand. */
export function operate(
  operator: Operator,
  a: Value,
  b: Value,
  made: string = operator.made,
): Value {
  const pair = pairOf(a, b, operator.least);
  if (pair === undefined) return NotImplemented;
  if (operator === SUB) refuseBools(a, b);
  return wrap(operator.compute(pair), made);
}

/** The same for functions and methods, which name what is wrong. */
export function apply(
  operator: Operator,
  a: Value,
  b: Value,
  made: string = operator.made,
): PyTensor {
  const result = operate(operator, a, b, made);
  if (result instanceof PyTensor) return result;
  const [name, place, wrong] =
    operandOf(a) === undefined ? ["input", 1, a] : (["other", 2, b] as const);
  fault(
    "TypeError",
    `${operator.name}(): argument '${name}' (position ${place}) must be Tensor, not ${typeName(wrong)}`,
  );
}

/** `a < b` and its kind: bool, after promotion. */
export function compareWith(operator: each.Comparison, a: Value, b: Value): Value {
  const pair = pairOf(a, b);
  if (pair === undefined) return NotImplemented;
  const { dtype } = pair;
  const left = dtype === "bool" ? asBoolTensor(pair.a) : pair.a;
  const right = dtype === "bool" ? asBoolTensor(pair.b) : pair.b;
  return wrap(each.compare(operator, left, right));
}

function asBoolTensor(x: TensorLike): TensorLike {
  return typeof x === "object" ? x.to("int32") : Number(x);
}

/** Checks that a result fits into what it is written to. */
export function needCast(result: DType, into: DType): void {
  const kind = (dtype: DType): number => (dtype === "bool" ? 0 : isFloat(dtype) ? 2 : 1);
  if (kind(result) <= kind(into)) return;
  fault(
    "RuntimeError",
    `result type ${C_NAMES[result]} can't be cast to the desired output type ${C_NAMES[into]}`,
  );
}
