/** Operators of each element by itself. */
import { fault } from "../../python/fault.ts";
import { PyFloat } from "../../python/objects/float.ts";
import { NotImplemented, type Value } from "../../python/objects/object.ts";
import { typeName } from "../../python/operations/typeof.ts";
import { type DType, isFloat } from "../../tensor/dtype.ts";
import * as each from "../../tensor/elementwise.ts";
import { where as layerWhere } from "../../tensor/elementwise.ts";
import * as layer from "../../tensor/functional/index.ts";
import type { Tensor } from "../../tensor/index.ts";
import {
  ADD,
  DIV,
  FLOOR_DIVIDE,
  MUL,
  type Operator,
  POW,
  REMAINDER,
  SUB,
  apply,
  bothTensors,
  broadcast,
  compareWith,
  needDivisor,
  operandOf,
  operate,
  refuseBools,
  tensors,
} from "./arithmetic.ts";
import { MASK, clamp, maskedFill } from "./clamping.ts";
import { C_NAMES } from "./dtype.ts";
import { MAPS, map } from "./maps.ts";
import { type Entry, type Table, underivable } from "./register.ts";
import { PyTensor, given, numberOf, tensorOf, wrap } from "./tensor.ts";

function scaled(what: string, other: Value, alpha: Value | undefined): Value {
  if (alpha === undefined || alpha === 1) return other;
  const operand = operandOf(other);
  if (operand === undefined) return other;
  if (typeof alpha === "boolean" && operand.dtype !== "bool") {
    fault("RuntimeError", "Boolean alpha only supported for Boolean results.");
  }
  if (alpha instanceof PyFloat && !isFloat(operand.dtype)) {
    fault(
      "RuntimeError",
      "For integral input tensors, argument alpha must not be a floating point number.",
    );
  }
  return apply({ ...MUL, name: what }, other, alpha);
}

const binary = (operator: Operator): Entry => [
  "other",
  (x: PyTensor, other: Value) => apply(operator, x, other),
];

const withAlpha = (operator: Operator): Entry => [
  "other, *, alpha=1",
  (x: PyTensor, other: Value, alpha?: Value) => {
    if (operator === SUB) refuseBools(x, other);
    return apply(operator, x, scaled(operator.name, other, alpha));
  },
];

const div: Entry = [
  "other, *, rounding_mode=None",
  (x: PyTensor, other: Value, mode?: Value) => {
    const rounding = given(mode);
    if (rounding === undefined) return apply(DIV, x, other);
    const made = other instanceof PyTensor ? "Div1" : "Div2";
    if (rounding === "floor") return apply(FLOOR_DIVIDE, x, other, made);
    if (rounding === "trunc") return apply(TRUNC_DIVIDE, x, other, made);
    fault(
      "RuntimeError",
      `div expected rounding_mode to be one of None, 'trunc', or 'floor' but found '${String(rounding)}'`,
    );
  },
];

/** PyTorch numbers the step by whether the second operand is a tensor. */
const byKind = (made: string, other: Value): string =>
  `${made}${other instanceof PyTensor ? 1 : 0}`;

const FMOD: Operator = {
  name: "fmod",
  made: "Fmod",
  compute: (pair) => {
    needDivisor(pair);
    return layer.fmod(...bothTensors(pair));
  },
};

const TRUNC_DIVIDE: Operator = {
  name: "div",
  made: "Div1",
  compute: (pair) => {
    needDivisor(pair);
    const [a, b] = bothTensors(pair);
    // Whole numbers are cut exactly: the rest goes first.
    return isFloat(pair.dtype)
      ? layer.trunc(a.div(b))
      : layer.floorDivide(a.sub(layer.fmod(a, b)), b);
  },
};

const FLOATS_ONLY: ReadonlySet<string> = new Set(["hypot", "logaddexp"]);

function compute(
  name: string,
  made: string,
  run: (a: Tensor, b: Tensor | number | bigint | boolean) => Tensor,
  least?: DType,
): Entry {
  const operator: Operator = {
    name,
    made,
    compute: (pair) => {
      if (FLOATS_ONLY.has(name) && !isFloat(pair.dtype)) {
        fault("RuntimeError", `"${name}_cpu" not implemented for '${C_NAMES[pair.dtype]}'`);
      }
      const [a, b] = tensors(pair);
      return run(a, b);
    },
    ...(least === undefined ? {} : { least }),
  };
  return [
    "other",
    (x: PyTensor, other: Value) => {
      tensorOf(name, "other", 2, other);
      return apply(operator, x, other);
    },
  ];
}

function compared(name: each.Comparison): Entry {
  return [
    "other",
    (x: PyTensor, other: Value) => {
      const result = compareWith(name, x, other);
      if (result !== NotImplemented) return result;
      fault(
        "TypeError",
        `${name}(): argument 'other' (position 2) must be Tensor, not ${typeName(other)}`,
      );
    },
  ];
}

function logical(run: (a: Tensor, b: Tensor) => Tensor, name: string): Entry {
  return [
    "other",
    (x: PyTensor, other: Value) => {
      const b = tensorOf(name, "other", 2, other);
      broadcast(x.t.shape, b.shape);
      return wrap(run(x.t, b));
    },
  ];
}

function lerp(x: PyTensor, end: Value, weight: Value): PyTensor {
  const w = weight instanceof PyTensor ? weight.t : numberOf("lerp", "weight", weight);
  return wrap(
    layer.lerp(x.t, tensorOf("lerp", "end", 2, end), w),
    weight instanceof PyTensor ? "Lerp1" : "Lerp0",
  );
}

function tolerance(rtol?: Value, atol?: Value, nan?: Value): layer.Tolerance {
  return {
    rtol: rtol === undefined ? 1e-5 : numberOf("isclose", "rtol", rtol),
    atol: atol === undefined ? 1e-8 : numberOf("isclose", "atol", atol),
    equalNan: nan === true,
  };
}

function closeOperands(what: string, x: PyTensor, other: Value): Tensor {
  const b = tensorOf(what, "other", 2, other);
  if (b.dtype !== x.t.dtype) {
    fault("RuntimeError", `${C_NAMES[x.t.dtype]} did not match ${C_NAMES[b.dtype]}`);
  }
  broadcast(x.t.shape, b.shape);
  return b;
}

const CLOSE = "other, rtol=1e-05, atol=1e-08, equal_nan=False";

function floorDivide(a: Value, b: Value): Value {
  const result = apply(FLOOR_DIVIDE, a, b);
  const inputs = [a, b].flatMap((one) => (one instanceof PyTensor ? [one.t] : []));
  return underivable("floor_divide", result.t, ...inputs);
}

/** Functions and methods. */
export const POINTWISE: Table = {
  ...MAPS,
  add: withAlpha(ADD),
  sub: withAlpha(SUB),
  mul: binary(MUL),
  div,
  floor_divide: ["other", (x: PyTensor, other: Value) => floorDivide(x, other)],
  remainder: [
    "other",
    (x: PyTensor, other: Value) => apply(REMAINDER, x, other, byKind("Remainder", other)),
  ],
  pow: [
    "exponent",
    (x: PyTensor, exponent: Value) =>
      apply(POW, x, exponent, exponent instanceof PyTensor ? "Pow1" : "Pow0"),
  ],
  fmod: ["other", (x: PyTensor, other: Value) => apply(FMOD, x, other, byKind("Fmod", other))],
  maximum: compute("maximum", "Maximum", (a, b) => each.arithmetic("maximum", a, b)),
  minimum: compute("minimum", "Minimum", (a, b) => each.arithmetic("minimum", a, b)),
  fmax: compute("fmax", "Fmax", (a, b) =>
    layerWhere(a.isnan(), b, layerWhere((b as Tensor).isnan(), a, a.maximum(b))),
  ),
  fmin: compute("fmin", "Fmin", (a, b) =>
    layerWhere(a.isnan(), b, layerWhere((b as Tensor).isnan(), a, a.minimum(b))),
  ),
  atan2: compute("atan2", "Atan2Backward0", (a, b) => layer.atan2(a, b as Tensor), "float32"),
  hypot: compute("hypot", "Hypot", (a, b) =>
    a
      .square()
      .add((b as Tensor).square())
      .sqrt(),
  ),
  logaddexp: compute("logaddexp", "Logaddexp", (a, b) => layer.logaddexp(a, b as Tensor)),
  xlogy: compute("xlogy", "Xlogy", (a, b) => layer.xlogy(a, b as Tensor), "float32"),
  eq: compared("eq"),
  ne: compared("ne"),
  lt: compared("lt"),
  le: compared("le"),
  gt: compared("gt"),
  ge: compared("ge"),
  logical_and: logical((a, b) => a.logicalAnd(b), "logical_and"),
  logical_or: logical((a, b) => a.logicalOr(b), "logical_or"),
  logical_xor: logical((a, b) => layer.logicalXor(a, b), "logical_xor"),
  clamp: ["min=None, max=None", clamp],
  masked_fill: [MASK, maskedFill],
  lerp: ["end, weight", lerp],
  addcmul: [
    "tensor1, tensor2, *, value=1",
    (x: PyTensor, a: Value, b: Value, value?: Value) =>
      wrap(apply(ADD, x, scaled("addcmul", apply(MUL, a, b), value)).t, "Addcmul"),
  ],
  addcdiv: [
    "tensor1, tensor2, *, value=1",
    (x: PyTensor, a: Value, b: Value, value?: Value) => {
      const [over, under] = [
        tensorOf("addcdiv", "tensor1", 2, a),
        tensorOf("addcdiv", "tensor2", 3, b),
      ];
      if (!isFloat(over.dtype) && !isFloat(under.dtype)) {
        fault(
          "RuntimeError",
          "Integer division with addcdiv is no longer supported, and in a future  release addcdiv will perform a true division of tensor1 and tensor2. The historic addcdiv behavior can be implemented as (input + value * torch.trunc(tensor1 / tensor2)).to(input.dtype) for integer inputs and as (input + value * tensor1 / tensor2) for float inputs. The future addcdiv behavior is just the latter implementation: (input + value * tensor1 / tensor2), for all dtypes.",
        );
      }
      return wrap(apply(ADD, x, scaled("addcdiv", apply(DIV, a, b), value)).t, "Addcdiv");
    },
  ],
};

/** Without an in-place form. */
export const QUESTIONS: Table = {
  rsub: [
    "other, *, alpha=1",
    (x: PyTensor, other: Value, alpha?: Value) => {
      refuseBools(x, other);
      return apply(
        SUB,
        other,
        scaled("rsub", x, alpha),
        other instanceof PyTensor ? "Rsub0" : "Rsub1",
      );
    },
  ],
  isnan: map("", (x) => x.isnan()),
  isinf: map("", (x) => (isFloat(x.dtype) ? layer.isinf(x) : x.ne(x))),
  isfinite: map("", (x) => (isFloat(x.dtype) ? layer.isfinite(x) : x.eq(x))),
  signbit: map("", (x) => x.lt(0)),
  isclose: [
    CLOSE,
    (x: PyTensor, other: Value, rtol?: Value, atol?: Value, nan?: Value) =>
      wrap(layer.isclose(x.t, closeOperands("isclose", x, other), tolerance(rtol, atol, nan))),
  ],
  allclose: [
    CLOSE,
    (x: PyTensor, other: Value, rtol?: Value, atol?: Value, nan?: Value) =>
      layer.allclose(x.t, closeOperands("allclose", x, other), tolerance(rtol, atol, nan)),
  ],
  equal: [
    "other",
    (x: PyTensor, other: Value) => {
      const b = tensorOf("equal", "other", 2, other);
      return layer.equal(x.t, b);
    },
  ],
};

/** Those of `POINTWISE` under another name. */
export const POINTWISE_ALIASES: Readonly<Record<string, string>> = {
  absolute: "abs",
  negative: "neg",
  subtract: "sub",
  multiply: "mul",
  divide: "div",
  true_divide: "div",
  arccos: "acos",
  arcsin: "asin",
  arctan: "atan",
  arctan2: "atan2",
  clip: "clamp",
  greater: "gt",
  greater_equal: "ge",
  less: "lt",
  less_equal: "le",
  not_equal: "ne",
  fix: "trunc",
};

/** Special methods of `Tensor`. */
export const OPERATORS: Readonly<Record<string, (x: PyTensor, other: Value) => Value>> = {
  __add__: (x, other) => operate(ADD, x, other),
  __radd__: (x, other) => operate(ADD, x, other),
  __sub__: (x, other) => operate(SUB, x, other),
  __rsub__: (x, other) => operate(SUB, other, x, other instanceof PyTensor ? "Rsub0" : "Rsub1"),
  __mul__: (x, other) => operate(MUL, x, other),
  __rmul__: (x, other) => operate(MUL, x, other),
  __truediv__: (x, other) => operate(DIV, x, other),
  __rtruediv__: (x, other) => operate(DIV, other, x, "Mul"),
  __floordiv__: (x, other) =>
    operandOf(other) === undefined ? NotImplemented : floorDivide(x, other),
  __rfloordiv__: (x, other) =>
    operandOf(other) === undefined ? NotImplemented : floorDivide(other, x),
  __mod__: (x, other) => operate(REMAINDER, x, other, byKind("Remainder", other)),
  __rmod__: (x, other) => operate(REMAINDER, other, x),
  __pow__: (x, other) => operate(POW, x, other, other instanceof PyTensor ? "Pow1" : "Pow0"),
  __rpow__: (x, other) => operate(POW, other, x, "Pow1"),
  // What is no operand has its own say: `pytest.approx` on the right, for instance.
  __eq__: (x, other) => compareWith("eq", x, other),
  __ne__: (x, other) => compareWith("ne", x, other),
  __lt__: (x, other) => compareWith("lt", x, other),
  __le__: (x, other) => compareWith("le", x, other),
  __gt__: (x, other) => compareWith("gt", x, other),
  __ge__: (x, other) => compareWith("ge", x, other),
};
