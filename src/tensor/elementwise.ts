/** Operators that compute each element by itself, with broadcasting and promotion. */

import * as gradients from "./autograd/elementwise.ts";
import { track } from "./autograd/graph.ts";
import { currentDevice, type Device } from "./device.ts";
import {
  castValue,
  type DType,
  floatOf,
  type HostValue,
  isFloat,
  isInteger,
  promote,
  type Scalar,
  scalarDType,
  wideOf,
} from "./dtype.ts";
import {
  type BinaryOp,
  binaryExpr,
  castExpr,
  constExpr,
  type Expr,
  inputExpr,
  paramExpr,
  unaryExpr,
  whereExpr,
} from "./expr.ts";
import { broadcastAll, needDType, runElementwise } from "./run.ts";
import { describe } from "./shape.ts";
import { Tensor } from "./tensor.ts";
import type { Either } from "./typing.ts";

/** What stands on either side of a binary operator. */
export type TensorLike = Tensor | Scalar;

/** Tensors and scalars of one operator, sorted into inputs and parameters. */
class Operands {
  readonly operator: string;
  readonly tensors: Tensor[] = [];
  readonly params: HostValue[] = [];

  constructor(operator: string) {
    this.operator = operator;
  }

  /** The expression for one operand; `beside` is the dtype of what stands on its other side. */
  add(value: TensorLike, beside: DType): Expr {
    if (value instanceof Tensor) {
      this.tensors.push(value);
      return inputExpr(this.tensors.length - 1, value.dtype);
    }
    if (!isScalar(value)) {
      throw new TypeError(
        `${this.operator}: operand must be a tensor, a number or a boolean, got ${describe(value)}`,
      );
    }
    const dtype = scalarDType(value, beside);
    this.params.push(paramValue(this.operator, value, dtype));
    return paramExpr(this.params.length - 1, dtype);
  }

  /** The dtype of both; uint32 beside int32 needs a device that has int64. */
  promote(a: Expr, b: Expr): DType {
    const dtype = promote(a.dtype, b.dtype);
    if (dtype !== a.dtype && dtype !== b.dtype) needDType(this.operator, this.device, dtype);
    return dtype;
  }

  get device(): Device {
    return this.tensors[0]?.storage.device ?? currentDevice();
  }

  run(expr: Expr): Tensor {
    const shape = broadcastAll(this.operator, this.tensors);
    return runElementwise(this.device, expr, shape, this.tensors, this.params);
  }
}

function isScalar(value: unknown): value is Scalar {
  return typeof value === "number" || typeof value === "boolean" || typeof value === "bigint";
}

/** A bare value as a parameter of `dtype`. @throws RangeError when a whole number is too large for it */
function paramValue(operator: string, value: Scalar, dtype: DType): HostValue {
  const bare = typeof value === "boolean" ? Number(value) : value;
  // Operators compute float16 in more digits, and only results are rounded to it.
  if (dtype === "float16") return castValue(bare, "float32");
  const held = castValue(bare, dtype);
  if (isInteger(dtype) && BigInt(held) !== BigInt(bare)) {
    throw new RangeError(
      `${operator}: ${bare} does not fit into a tensor of ${dtype}; bring the tensor to a dtype that holds it with .to() first`,
    );
  }
  return held;
}

function dtypeOf(value: TensorLike): DType {
  if (value instanceof Tensor) return value.dtype;
  if (typeof value === "boolean") return "bool";
  return typeof value === "bigint" ? "int64" : "float32";
}

/** Both operands, at the dtype they promote to. */
function pair(operator: string, a: TensorLike, b: TensorLike): { ops: Operands; a: Expr; b: Expr } {
  const ops = new Operands(operator);
  const left = ops.add(a, dtypeOf(b));
  const right = ops.add(b, dtypeOf(a));
  const dtype = ops.promote(left, right);
  return { ops, a: castExpr(left, dtype), b: castExpr(right, dtype) };
}

export type Arithmetic = "add" | "sub" | "mul" | "div" | "pow" | "maximum" | "minimum";
export type Comparison = "eq" | "ne" | "lt" | "le" | "gt" | "ge";

const ON_BOOLS: Partial<Record<Arithmetic, BinaryOp>> = {
  add: "or",
  maximum: "or",
  mul: "and",
  minimum: "and",
};

/** `a op b`. Whole numbers wrap; `div` is true division and gives floats. */
export function arithmetic(operator: Arithmetic, a: TensorLike, b: TensorLike): Tensor {
  const out = compute(operator, a, b);
  return track(operator, [a, b], out, () => gradients.ARITHMETIC[operator](a, b, out));
}

function compute(operator: Arithmetic, a: TensorLike, b: TensorLike): Tensor {
  if (operator === "pow" && a instanceof Tensor && typeof b === "number") return power(a, b);
  const { ops, a: left, b: right } = pair(operator, a, b);
  if (operator === "div") {
    const dtype = floatOf(left.dtype);
    return ops.run(binaryExpr("div", castExpr(left, dtype), castExpr(right, dtype)));
  }
  if (left.dtype !== "bool") return ops.run(binaryExpr(operator, left, right));
  const onBools = ON_BOOLS[operator];
  if (onBools === undefined) {
    throw new TypeError(
      `${operator}: bool tensors have no ${operator}; bring one to int32 or float32 with .to() first`,
    );
  }
  return ops.run(binaryExpr(onBools, left, right));
}

/** Common exponents as products and roots, which every device gets exactly right. */
function power(base: Tensor, exponent: number): Tensor {
  const ops = new Operands("pow");
  const x = ops.add(base, base.dtype);
  const square = binaryExpr("mul", x, x);
  if (x.dtype !== "bool" && exponent === 2) return ops.run(square);
  if (x.dtype !== "bool" && exponent === 3) return ops.run(binaryExpr("mul", square, x));
  if (isInteger(x.dtype) && Number.isInteger(exponent) && exponent < 0) {
    throw new RangeError(
      `pow: ${x.dtype} tensors have no power of ${exponent}; bring the base to float32 with .to("float32") first`,
    );
  }
  const e = ops.add(exponent, base.dtype);
  const dtype = ops.promote(x, e);
  return ops.run(binaryExpr("pow", castExpr(x, dtype), castExpr(e, dtype)));
}

export function compare(operator: Comparison, a: TensorLike, b: TensorLike): Tensor {
  const { ops, a: left, b: right } = pair(operator, a, b);
  // Booleans have no order of their own on every device.
  const [x, y] =
    left.dtype === "bool" ? [castExpr(left, "int32"), castExpr(right, "int32")] : [left, right];
  switch (operator) {
    case "ne":
      return ops.run(unaryExpr("not", binaryExpr("eq", x, y)));
    case "gt":
      return ops.run(binaryExpr("lt", y, x));
    case "ge":
      return ops.run(binaryExpr("le", y, x));
    default:
      return ops.run(binaryExpr(operator, x, y));
  }
}

export function logical(operator: "and" | "or", a: TensorLike, b: TensorLike): Tensor {
  const ops = new Operands(operator === "and" ? "logicalAnd" : "logicalOr");
  const left = ops.add(a, dtypeOf(b));
  const right = ops.add(b, dtypeOf(a));
  return ops.run(binaryExpr(operator, castExpr(left, "bool"), castExpr(right, "bool")));
}

/** Maps of one tensor whose result is a float whatever comes in. */
export type FloatMap =
  | "exp"
  | "log"
  | "sqrt"
  | "rsqrt"
  | "reciprocal"
  | "sin"
  | "cos"
  | "tanh"
  | "sigmoid"
  | "erf"
  | "gelu";

const FLOAT_MAPS: Record<FloatMap, (x: Expr) => Expr> = {
  exp: (x) => unaryExpr("exp", x),
  log: (x) => unaryExpr("log", x),
  sqrt: (x) => unaryExpr("sqrt", x),
  rsqrt: (x) => binaryExpr("div", constExpr(1, x.dtype), unaryExpr("sqrt", x)),
  reciprocal: (x) => binaryExpr("div", constExpr(1, x.dtype), x),
  sin: (x) => unaryExpr("sin", x),
  cos: (x) => unaryExpr("cos", x),
  tanh: (x) => unaryExpr("tanh", x),
  erf: (x) => unaryExpr("erf", x),
  sigmoid: (x) =>
    binaryExpr(
      "div",
      constExpr(1, x.dtype),
      binaryExpr("add", constExpr(1, x.dtype), unaryExpr("exp", unaryExpr("neg", x))),
    ),
  // x/2 · (1 + erf(x/√2)): Hendrycks & Gimpel 2016, the exact form.
  gelu: (x) =>
    binaryExpr(
      "mul",
      binaryExpr("mul", constExpr(0.5, x.dtype), x),
      binaryExpr(
        "add",
        constExpr(1, x.dtype),
        unaryExpr("erf", binaryExpr("mul", x, constExpr(Math.SQRT1_2, x.dtype))),
      ),
    ),
};

/** An expression of each element, brought to a float; records no gradient. */
export function mapExpr(operator: string, x: Tensor, expr: (x: Expr) => Expr): Tensor {
  const ops = new Operands(operator);
  return ops.run(expr(castExpr(ops.add(x, x.dtype), floatOf(x.dtype))));
}

export function floatMap(operator: FloatMap, x: Tensor): Tensor {
  const out = mapExpr(operator, x, FLOAT_MAPS[operator]);
  return track(operator, [x], out, () => gradients.floatMapFlows(operator, x, out));
}

/** Maps that keep the dtype of numbers. */
export type NumberMap = "neg" | "abs" | "square" | "relu" | "sign" | "floor" | "ceil" | "round";

const NUMBER_MAPS: Record<NumberMap, (x: Expr) => Expr> = {
  neg: (x) => unaryExpr("neg", x),
  abs: (x) => unaryExpr("abs", x),
  square: (x) => binaryExpr("mul", x, x),
  relu: (x) => binaryExpr("maximum", x, constExpr(0, x.dtype)),
  // The difference of two comparisons: 0 for NaN, as in PyTorch.
  sign: (x) =>
    binaryExpr(
      "sub",
      castExpr(binaryExpr("lt", constExpr(0, x.dtype), x), x.dtype),
      castExpr(binaryExpr("lt", x, constExpr(0, x.dtype)), x.dtype),
    ),
  floor: (x) => (isFloat(x.dtype) ? unaryExpr("floor", x) : x),
  ceil: (x) => (isFloat(x.dtype) ? unaryExpr("ceil", x) : x),
  round: (x) => (isFloat(x.dtype) ? unaryExpr("round", x) : x),
};

export function numberMap(operator: NumberMap, x: Tensor): Tensor {
  if (x.dtype === "bool") {
    throw new TypeError(
      `${operator}: bool tensors have no ${operator}; bring it to int32 or float32 with .to() first`,
    );
  }
  const ops = new Operands(operator);
  const out = ops.run(NUMBER_MAPS[operator](ops.add(x, x.dtype)));
  return track(operator, [x], out, () => gradients.numberMapFlows(operator, x));
}

export function isnan(x: Tensor): Tensor {
  const ops = new Operands("isnan");
  return ops.run(unaryExpr("isnan", castExpr(ops.add(x, x.dtype), floatOf(x.dtype))));
}

export function logicalNot(x: Tensor): Tensor {
  const ops = new Operands("logicalNot");
  return ops.run(unaryExpr("not", castExpr(ops.add(x, x.dtype), "bool")));
}

/** Values below `min` become `min`, above `max` `max`; NaN stays. */
export function clamp(x: Tensor, { min, max }: { min?: number; max?: number }): Tensor {
  if (min === undefined && max === undefined) {
    throw new TypeError("clamp: needs { min }, { max } or both");
  }
  const ops = new Operands("clamp");
  let expr = ops.add(x, x.dtype);
  for (const [op, bound] of [
    ["maximum", min],
    ["minimum", max],
  ] as const) {
    if (bound === undefined) continue;
    const limit = ops.add(bound, expr.dtype);
    const dtype = ops.promote(expr, limit);
    expr = binaryExpr(op, castExpr(expr, dtype), castExpr(limit, dtype));
  }
  return track("clamp", [x], ops.run(expr), () => gradients.clampFlows(x, min, max));
}

/** `a` where `condition` is not 0, else `b`; all three broadcast. */
export function where<A extends TensorLike, B extends TensorLike>(
  condition: TensorLike,
  a: A,
  b: B,
): Tensor<Either<A, B>> {
  return choose("where", condition, a, b);
}

/** `where`, for operators that go by another name in messages. */
export function choose(
  operator: string,
  condition: TensorLike,
  a: TensorLike,
  b: TensorLike,
): Tensor {
  const ops = new Operands(operator);
  const when = castExpr(ops.add(condition, "bool"), "bool");
  const left = ops.add(a, dtypeOf(b));
  const right = ops.add(b, dtypeOf(a));
  const dtype = ops.promote(left, right);
  const out = ops.run(whereExpr(when, castExpr(left, dtype), castExpr(right, dtype)));
  return track(operator, [a, b], out, () => gradients.chooseFlows(condition, a, b));
}

export function cast(x: Tensor, dtype: DType): Tensor {
  if (x.dtype === dtype) return x;
  needDType("to", x.storage.device, dtype);
  const ops = new Operands("to");
  const out = ops.run(castExpr(ops.add(x, x.dtype), dtype));
  return track("to", [x], out, () => gradients.sameFlows(x));
}

/** What has several steps computes float16 in float32, and rounds once. */
export function widened(x: Tensor, operator: (wide: Tensor) => Tensor): Tensor {
  const wide = cast(x, wideOf(x.dtype));
  const out = operator(wide);
  return wide === x ? out : cast(out, x.dtype);
}

/** The same values in a storage of their own, row-major. */
export function copy(x: Tensor): Tensor {
  const ops = new Operands("copy");
  const out = ops.run(ops.add(x, x.dtype));
  return track("copy", [x], out, () => gradients.sameFlows(x));
}
