/** Operators of each element by itself. */
import { fault } from "../../python/fault.ts";
import { NotImplemented, type Value } from "../../python/objects/object.ts";
import { type DType, isFloat } from "../../tensor/dtype.ts";
import * as each from "../../tensor/elementwise.ts";
import { where as layerWhere } from "../../tensor/elementwise.ts";
import * as layer from "../../tensor/functional/index.ts";
import type { Tensor } from "../../tensor/index.ts";
import {
  ADD,
  apply,
  broadcast,
  compareWith,
  DIV,
  FLOOR_DIVIDE,
  MUL,
  needDivisor,
  operate,
  operandOf,
  POW,
  REMAINDER,
  SUB,
  tensors,
  type Operator,
} from "./arithmetic.ts";
import { C_NAMES } from "./dtype.ts";
import type { Entry, Table } from "./register.ts";
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
  log1p: map("Log1p", layer.log1p),
  log2: map("Log2", layer.log2),
  log10: map("Log10", layer.log10),
  exp2: map("Exp2", layer.exp2),
  expm1: map("Expm1", layer.expm1),
  neg,
  abs: numeric("abs", "Abs", (x) => x.abs()),
  sign: map("Sign", (x) => (x.dtype === "bool" ? x : x.sign())),
  floor: numeric("floor", "Floor", (x) => x.floor()),
  ceil: numeric("ceil", "Ceil", (x) => x.ceil()),
  trunc: numeric("trunc", "Trunc", layer.trunc),
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
  deg2rad: map("Mul", (x) => float(x).mul(Math.PI / 180)),
  rad2deg: map("Mul", (x) => float(x).mul(180 / Math.PI)),
  round: [
    "*, decimals=0",
    (x: PyTensor, decimals?: Value) => {
      const scale = 10 ** (decimals === undefined ? 0 : numberOf("round", "decimals", decimals));
      const rounded = scale === 1 ? x.t.round() : x.t.mul(scale).round().div(scale);
      return wrap(rounded, "Round");
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
      return wrap(isFloat(x.t.dtype) ? layer.nanToNum(x.t, options) : x.t, "NanToNum");
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
  if (operandOf(other) === undefined) return other;
  return apply({ ...MUL, name: what }, other, alpha);
}

const binary = (operator: Operator): Entry => [
  "other",
  (x: PyTensor, other: Value) => apply(operator, x, other),
];

const withAlpha = (operator: Operator): Entry => [
  "other, *, alpha=1",
  (x: PyTensor, other: Value, alpha?: Value) =>
    apply(operator, x, scaled(operator.name, other, alpha)),
];

const div: Entry = [
  "other, *, rounding_mode=None",
  (x: PyTensor, other: Value, mode?: Value) => {
    const rounding = given(mode);
    if (rounding === undefined) return apply(DIV, x, other);
    if (rounding === "floor") return apply(FLOOR_DIVIDE, x, other, "Div1");
    if (rounding === "trunc") return apply(TRUNC_DIVIDE, x, other, "Div1");
    fault(
      "RuntimeError",
      `div expected rounding_mode to be one of None, 'trunc', or 'floor' but found '${String(rounding)}'`,
    );
  },
];

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

/** `&`, `|`, `^` of masks; of whole numbers the layer has none. */
function bits(name: string, sign: string, run: (a: Tensor, b: Tensor) => Tensor): Entry {
  return [
    "other",
    (x: PyTensor, other: Value) => {
      const b = operandOf(other);
      if (b === undefined) return NotImplemented;
      if (x.t.dtype === "bool" && b.dtype === "bool") {
        const right = b.tensor ?? layerWhere(b.scalar!, x.t.eq(x.t), x.t.ne(x.t));
        broadcast(x.t.shape, right.shape);
        return wrap(run(x.t, right));
      }
      if (isFloat(x.t.dtype) || isFloat(b.dtype)) {
        fault("RuntimeError", `"${name}_cpu" not implemented for 'Float'`);
      }
      fault(
        "NotImplementedError",
        `torch.${name}: '${sign}' is here for bool tensors; there is none of whole numbers. Nearest: arithmetic with //, % and 2**n`,
      );
    },
  ];
}

/** A bound: a number, or a tensor. */
function clampTo(x: PyTensor, min: Value | undefined, max: Value | undefined): PyTensor {
  const [low, high] = [given(min), given(max)];
  if (low === undefined && high === undefined) {
    fault("ValueError", "torch.clamp: At least one of 'min' or 'max' must not be None");
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
  return wrap(result.t, "Clamp1");
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
      "MaskedFill",
    );
  }
  const whole = !isFloat(x.t.dtype) && typeof scalar === "number" ? Math.trunc(scalar) : scalar;
  const base = x.t.shape.length === shape.length ? x.t : x.t.expand(shape);
  return wrap(base.maskedFill(m, whole), "MaskedFill");
}

function lerp(x: PyTensor, end: Value, weight: Value): PyTensor {
  const w = weight instanceof PyTensor ? weight.t : numberOf("lerp", "weight", weight);
  return wrap(layer.lerp(x.t, tensorOf("lerp", "end", 2, end), w), "Lerp");
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

/** Functions and methods. */
export const POINTWISE: Table = {
  ...MAPS,
  add: withAlpha(ADD),
  sub: withAlpha(SUB),
  mul: binary(MUL),
  div,
  floor_divide: binary(FLOOR_DIVIDE),
  remainder: binary(REMAINDER),
  pow: [
    "exponent",
    (x: PyTensor, exponent: Value) =>
      apply(POW, x, exponent, exponent instanceof PyTensor ? "Pow1" : "Pow0"),
  ],
  fmod: binary({
    name: "fmod",
    made: "Fmod",
    compute: (pair) => {
      needDivisor(pair);
      return layer.fmod(...tensors(pair));
    },
  }),
  maximum: compute("maximum", "Maximum", (a, b) => each.arithmetic("maximum", a, b)),
  minimum: compute("minimum", "Minimum", (a, b) => each.arithmetic("minimum", a, b)),
  fmax: compute("fmax", "Fmax", (a, b) =>
    layerWhere(a.isnan(), b, layerWhere((b as Tensor).isnan(), a, a.maximum(b))),
  ),
  fmin: compute("fmin", "Fmin", (a, b) =>
    layerWhere(a.isnan(), b, layerWhere((b as Tensor).isnan(), a, a.minimum(b))),
  ),
  atan2: compute("atan2", "Atan2", (a, b) => layer.atan2(a, b as Tensor), "float32"),
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
  bitwise_and: bits("bitwise_and", "&", (a, b) => a.logicalAnd(b)),
  bitwise_or: bits("bitwise_or", "|", (a, b) => a.logicalOr(b)),
  bitwise_xor: bits("bitwise_xor", "^", (a, b) => layer.logicalXor(a, b)),
  bitwise_not: [
    "",
    (x: PyTensor) => {
      if (x.t.dtype === "bool") return wrap(x.t.logicalNot());
      if (isFloat(x.t.dtype)) {
        fault(
          "TypeError",
          "~ (operator.invert) is only implemented on integer and Boolean-type tensors",
        );
      }
      return wrap(x.t.neg().sub(x.t.dtype === "int64" ? 1n : 1));
    },
  ],
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
    (x: PyTensor, a: Value, b: Value, value?: Value) =>
      wrap(apply(ADD, x, scaled("addcdiv", apply(DIV, a, b), value)).t, "Addcdiv"),
  ],
};

/** Without an in-place form. */
export const QUESTIONS: Table = {
  rsub: [
    "other, *, alpha=1",
    (x: PyTensor, other: Value, alpha?: Value) =>
      apply(SUB, other, scaled("rsub", x, alpha), "Rsub1"),
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
  __rsub__: (x, other) => operate(SUB, other, x, "Rsub1"),
  __mul__: (x, other) => operate(MUL, x, other),
  __rmul__: (x, other) => operate(MUL, x, other),
  __truediv__: (x, other) => operate(DIV, x, other),
  __rtruediv__: (x, other) => operate(DIV, other, x, "Mul"),
  __floordiv__: (x, other) => operate(FLOOR_DIVIDE, x, other),
  __rfloordiv__: (x, other) => operate(FLOOR_DIVIDE, other, x),
  __mod__: (x, other) => operate(REMAINDER, x, other),
  __rmod__: (x, other) => operate(REMAINDER, other, x),
  __pow__: (x, other) => operate(POW, x, other, other instanceof PyTensor ? "Pow1" : "Pow0"),
  __rpow__: (x, other) => operate(POW, other, x, "Pow1"),
  __eq__: (x, other) => {
    const result = compareWith("eq", x, other);
    return result === NotImplemented ? false : result;
  },
  __ne__: (x, other) => {
    const result = compareWith("ne", x, other);
    return result === NotImplemented ? true : result;
  },
  __lt__: (x, other) => compareWith("lt", x, other),
  __le__: (x, other) => compareWith("le", x, other),
  __gt__: (x, other) => compareWith("gt", x, other),
  __ge__: (x, other) => compareWith("ge", x, other),
};
