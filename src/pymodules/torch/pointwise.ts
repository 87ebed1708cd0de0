/** Operators of each element by itself. */
import { fault } from "../../python/fault.ts";
import { PyFloat } from "../../python/objects/float.ts";
import { NotImplemented, type Value } from "../../python/objects/object.ts";
import { type DType, isFloat } from "../../tensor/dtype.ts";
import * as each from "../../tensor/elementwise.ts";
import { copy, where as layerWhere } from "../../tensor/elementwise.ts";
import * as layer from "../../tensor/functional/index.ts";
import type { Tensor } from "../../tensor/index.ts";
import {
  ADD,
  apply,
  bothTensors,
  broadcast,
  compareWith,
  DIV,
  FLOOR_DIVIDE,
  MUL,
  needDivisor,
  operate,
  operandOf,
  POW,
  refuseBools,
  REMAINDER,
  SUB,
  tensors,
  type Operator,
} from "./arithmetic.ts";
import { C_NAMES } from "./dtype.ts";
import { type Entry, type Table, underivable } from "./register.ts";
import { given, isTrueNumber, numberOf, PyTensor, scalarOf, tensorOf, wrap } from "./tensor.ts";
import { typeName } from "../../python/operations/typeof.ts";

type Map1 = (x: Tensor) => Tensor;

function map(made: string, run: Map1): Entry {
  return ["", (x: PyTensor) => wrap(run(x.t), made)];
}

/** Of numbers: a bool is none. */
function numeric(name: string, made: string, run: Map1): Entry {
  return [
    "",
    (x: PyTensor) => {
      if (x.t.dtype === "bool") fault("RuntimeError", `"${name}_cpu" not implemented for 'Bool'`);
      return wrap(run(x.t), made);
    },
  ];
}

const neg: Entry = [
  "",
  (x: PyTensor) => {
    if (x.t.dtype === "bool") {
      fault(
        "RuntimeError",
        "Negation, the `-` operator, on a bool tensor is not supported. If you are trying to invert a mask, use the `~` or `logical_not()` operator instead.",
      );
    }
    return wrap(x.t.neg(), "Neg");
  },
];

const float = (x: Tensor): Tensor => (isFloat(x.dtype) ? x : x.to("float32"));

/** Maps of one tensor, each also with an underscore. */
const MAPS: Table = {
  exp: map("Exp", (x) => x.exp()),
  log: map("Log", (x) => x.log()),
  sqrt: map("Sqrt", (x) => x.sqrt()),
  rsqrt: map("Rsqrt", (x) => x.rsqrt()),
  reciprocal: map("Reciprocal", (x) => x.reciprocal()),
  sin: map("Sin", (x) => x.sin()),
  cos: map("Cos", (x) => x.cos()),
  tan: map("Tan", layer.tan),
  asin: map("Asin", layer.asin),
  acos: map("Acos", layer.acos),
  atan: map("Atan", layer.atan),
  sinh: map("Sinh", layer.sinh),
  cosh: map("Cosh", layer.cosh),
  asinh: map("Asinh", layer.asinh),
  acosh: map("Acosh", layer.acosh),
  atanh: map("Atanh", layer.atanh),
  tanh: map("Tanh", (x) => x.tanh()),
  sigmoid: map("Sigmoid", (x) => x.sigmoid()),
  erf: map("Erf", (x) => x.erf()),
  log1p: map("Log1PBackward0", layer.log1p),
  log2: map("Log2Backward0", layer.log2),
  log10: map("Log10Backward0", layer.log10),
  exp2: map("Exp2Backward0", layer.exp2),
  expm1: map("Expm1Backward0", layer.expm1),
  neg,
  abs: numeric("abs", "Abs", (x) => x.abs()),
  sign: map("Sign", (x) => (x.dtype === "bool" ? copy(x) : x.sign())),
  floor: numeric("floor_vml", "Floor", (x) => x.floor()),
  ceil: numeric("ceil_vml", "Ceil", (x) => x.ceil()),
  trunc: numeric("trunc_vml", "Trunc", layer.trunc),
  frac: [
    "",
    (x: PyTensor) => {
      if (!isFloat(x.t.dtype))
        fault("RuntimeError", `"frac_cpu" not implemented for '${C_NAMES[x.t.dtype]}'`);
      return wrap(layer.frac(x.t), "Frac");
    },
  ],
  square: map("Pow", (x) => (x.dtype === "bool" ? x.to("int64") : x.square())),
  relu: [
    "",
    (x: PyTensor) => {
      if (x.t.dtype === "bool") fault("RuntimeError", "Boolean inputs not supported for relu");
      return wrap(x.t.relu(), "Relu");
    },
  ],
  logical_not: map("", (x) => x.logicalNot()),
  deg2rad: map("Deg2RadBackward0", (x) => float(x).mul(Math.PI / 180)),
  rad2deg: map("Rad2DegBackward0", (x) => float(x).mul(180 / Math.PI)),
  round: [
    "*, decimals=0",
    (x: PyTensor, decimals?: Value) => {
      const scale = 10 ** (decimals === undefined ? 0 : numberOf("round", "decimals", decimals));
      const rounded = scale === 1 ? x.t.round() : x.t.mul(scale).round().div(scale);
      return wrap(rounded, decimals === undefined ? "Round0" : "Round1");
    },
  ],
  nan_to_num: [
    "nan=0.0, posinf=None, neginf=None",
    (x: PyTensor, nan?: Value, posinf?: Value, neginf?: Value) => {
      const options: { nan?: number; posinf?: number; neginf?: number } = {};
      const [a, b, c] = [given(nan), given(posinf), given(neginf)];
      if (a !== undefined) options.nan = numberOf("nan_to_num", "nan", a);
      if (b !== undefined) options.posinf = numberOf("nan_to_num", "posinf", b);
      if (c !== undefined) options.neginf = numberOf("nan_to_num", "neginf", c);
      return wrap(isFloat(x.t.dtype) ? layer.nanToNum(x.t, options) : copy(x.t), "NanToNum");
    },
  ],
  logit: [
    "eps=None",
    (x: PyTensor, eps?: Value) => {
      const edge = given(eps);
      const e = edge === undefined ? undefined : numberOf("logit", "eps", edge);
      const z = e === undefined ? float(x.t) : x.t.clamp({ min: e, max: 1 - e });
      return wrap(z.div(z.neg().add(1)).log(), "Logit");
    },
  ],
};

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
    const [a, b] = tensors(pair);
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

/** A bound: a number, or a tensor. */
function clampTo(x: PyTensor, min: Value | undefined, max: Value | undefined): PyTensor {
  const [low, high] = [given(min), given(max)];
  if (low === undefined && high === undefined) {
    fault("RuntimeError", "torch.clamp: At least one of 'min' or 'max' must not be None");
  }
  if (x.t.dtype === "bool" && operandOf(low ?? high!)?.dtype === "bool") {
    const kernel = low === undefined ? "clamp_max" : high === undefined ? "clamp_min" : "clamp";
    fault("RuntimeError", `"${kernel}_cpu" not implemented for 'Bool'`);
  }
  let result: PyTensor = x;
  if (low !== undefined)
    result = apply(
      { name: "clamp", made: "Clamp", compute: ({ a, b }) => each.arithmetic("maximum", a, b) },
      result,
      low,
    );
  if (high !== undefined)
    result = apply(
      { name: "clamp", made: "Clamp", compute: ({ a, b }) => each.arithmetic("minimum", a, b) },
      result,
      high,
    );
  return wrap(result.t, [low, high].some((one) => one instanceof PyTensor) ? "Clamp0" : "Clamp1");
}

function clamp(x: PyTensor, min?: Value, max?: Value): PyTensor {
  const [low, high] = [given(min), given(max)];
  const numbers = [low, high].every((one) => one === undefined || isTrueNumber(one));
  if (!numbers || (low === undefined && high === undefined) || !isFloat(x.t.dtype)) {
    return clampTo(x, min, max);
  }
  const bounds: { min?: number; max?: number } = {};
  if (low !== undefined) bounds.min = Number(scalarOf(low));
  if (high !== undefined) bounds.max = Number(scalarOf(high));
  return wrap(x.t.clamp(bounds), "Clamp1");
}

const MASK = "mask, value";
function maskedFill(x: PyTensor, mask: Value, value: Value): PyTensor {
  const m = tensorOf("masked_fill", "mask", 2, mask);
  if (m.dtype !== "bool") {
    fault(
      "RuntimeError",
      `masked_fill only supports boolean masks, but got mask with dtype ${m.dtype}`,
    );
  }
  const shape = broadcast(x.t.shape, m.shape);
  const scalar = scalarOf(value);
  if (scalar === undefined) {
    fault(
      "TypeError",
      `masked_fill(): argument 'value' (position 2) must be Tensor, not ${typeName(value)}`,
    );
  }
  if (value instanceof PyTensor) {
    return wrap(
      each.choose("masked_fill", m, value.t.to(x.t.dtype).reshape([]), x.t),
      "MaskedFill1",
    );
  }
  const { dtype } = x.t;
  const whole =
    dtype === "bool"
      ? Boolean(scalar)
      : !isFloat(dtype) && typeof scalar === "number"
        ? Math.trunc(scalar)
        : scalar;
  const base = x.t.shape.length === shape.length ? x.t : x.t.expand(shape);
  return wrap(base.maskedFill(m, whole), "MaskedFill");
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
