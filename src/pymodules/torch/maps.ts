/** Maps of one tensor, element by element. */
import { fault } from "../../python/fault.ts";
import type { Value } from "../../python/objects/object.ts";
import { isFloat } from "../../tensor/dtype.ts";
import { copy } from "../../tensor/elementwise.ts";
import * as layer from "../../tensor/functional/index.ts";
import type { Tensor } from "../../tensor/index.ts";
import { C_NAMES } from "./dtype.ts";
import type { Entry, Table } from "./register.ts";
import { PyTensor, given, numberOf, wrap } from "./tensor.ts";

type Map1 = (x: Tensor) => Tensor;

export function map(made: string, run: Map1): Entry {
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
export const MAPS: Table = {
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
