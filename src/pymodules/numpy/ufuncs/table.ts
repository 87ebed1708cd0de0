/** The ufuncs: how many elements go in, which dtypes they meet in, and what is done with them. */
import type { Dtype, Element, Operand } from "../dtype.ts";
import {
  BOOL,
  FLOAT64,
  floatFor,
  INT64,
  INT8,
  minScalarType,
  promoteTypes,
  rankOf,
  partOf,
  resultType,
  UINT64,
} from "../dtype.ts";
import type { Texts } from "./kernels.ts";

/**
 * The dtypes that a ufunc meets its operands in:
 * - `all`: what holds all operands, bool too
 * - `numbers`: the same, and bool is refused
 * - `int8`: the same, and bool becomes int8
 * - `floats`: the float that holds them
 * - `quotient`: floats, and whole numbers become float64
 * - `bits`: bool and whole numbers alone; `ints` has no bool
 * - `double`: float64
 */
export type Rule =
  "all" | "numbers" | "int8" | "floats" | "real" | "quotient" | "bits" | "ints" | "double";

export interface Spec {
  readonly inputs: 1 | 2;
  readonly rule: Rule;
  readonly texts: Texts;
  /** What comes out: as the loop's dtype where left out. */
  readonly result?: "bool" | "part";
  /** What a fold begins with. */
  readonly identity?: Element;
  /** A fold of several axes may go through them in any order. */
  readonly reorderable?: boolean;
}

/** One text for all real domains. */
const real = (text: string): Texts => ({ i: text, l: text, f: text });
const every = (text: string): Texts => ({ b: text, ...real(text) });

function unary(rule: Rule, texts: Texts, result?: "bool" | "part"): Spec {
  return { inputs: 1, rule, texts, ...(result === undefined ? {} : { result }) };
}

function binary(rule: Rule, texts: Texts, more: Partial<Spec> = {}): Spec {
  return { inputs: 2, rule, texts, ...more };
}

const float = (text: string, complex?: string): Spec =>
  unary("floats", complex === undefined ? { f: text } : { f: text, c: complex });
const realFloat = (text: string): Spec => unary("real", { f: text });
const compare = (sign: string, complex: string): Spec =>
  binary("all", { ...every(`a ${sign} b`), c: complex }, { result: "bool" });
const logical = (text: string, complex: string, identity?: Element): Spec =>
  binary(
    "all",
    { ...every(text), c: complex },
    { result: "bool", ...(identity === undefined ? {} : { identity }), reorderable: true },
  );
const asks = (text: string, other: string, complex: string): Spec =>
  unary("all", { f: text, c: complex, b: other, i: other, l: other }, "bool");

const TRUE_A = "(a.real !== 0 || a.imag !== 0)";
const TRUE_B = TRUE_A.replaceAll("a.", "b.");

export const UFUNCS: Readonly<Record<string, Spec>> = {
  add: binary(
    "all",
    { b: "a | b", i: "a + b", l: "add64(a, b)", f: "a + b", c: "cadd(a, b)" },
    { identity: 0, reorderable: true },
  ),
  subtract: binary("numbers", { i: "a - b", l: "sub64(a, b)", f: "a - b", c: "csub(a, b)" }),
  multiply: binary(
    "all",
    { b: "a & b", i: "Math.imul(a, b)", l: "mul64(a, b)", f: "a * b", c: "cmul(a, b)" },
    { identity: 1, reorderable: true },
  ),
  divide: binary("quotient", { f: "a / b", c: "cdiv(a, b)" }),
  floor_divide: binary("int8", { i: "div32(a, b)", l: "div64(a, b)", f: "floorDivide(a, b)" }),
  remainder: binary("int8", { i: "mod32(a, b)", l: "mod64(a, b)", f: "floorRest(a, b)" }),
  fmod: binary("int8", { i: "(b === 0 ? 0 : a % b)", l: "rest64(a, b)", f: "a % b" }),
  power: binary("int8", { i: "pow32(a, b)", l: "pow64(a, b)", f: "pow(a, b)", c: "cpow(a, b)" }),
  float_power: binary("double", { f: "pow(a, b)", c: "cpow(a, b)" }),
  maximum: binary(
    "all",
    {
      ...every("(a >= b ? a : b)"),
      f: "(a >= b || a !== a ? a : b)",
      c: "(cnan(a) || (!cnan(b) && cle(b, a)) ? a : b)",
    },
    { reorderable: true },
  ),
  minimum: binary(
    "all",
    {
      ...every("(a <= b ? a : b)"),
      f: "(a <= b || a !== a ? a : b)",
      c: "(cnan(a) || (!cnan(b) && cle(a, b)) ? a : b)",
    },
    { reorderable: true },
  ),
  fmax: binary(
    "all",
    {
      ...every("(a >= b ? a : b)"),
      f: "(a >= b || b !== b ? a : b)",
      c: "(cnan(b) || (!cnan(a) && cle(b, a)) ? a : b)",
    },
    { reorderable: true },
  ),
  fmin: binary(
    "all",
    {
      ...every("(a <= b ? a : b)"),
      f: "(a <= b || b !== b ? a : b)",
      c: "(cnan(b) || (!cnan(a) && cle(a, b)) ? a : b)",
    },
    { reorderable: true },
  ),
  arctan2: binary("real", { f: "Math.atan2(a, b)" }),
  hypot: binary("real", { f: "Math.hypot(a, b)" }, { identity: 0 }),
  logaddexp: binary("real", { f: "logaddexp(a, b)" }, { identity: -Infinity }),
  logaddexp2: binary("real", { f: "logaddexp2(a, b)" }, { identity: -Infinity }),
  copysign: binary("real", { f: "copysign(a, b)" }),
  nextafter: binary("real", { f: "nextafter(a, b, SIZE)" }),
  heaviside: binary("real", { f: "heaviside(a, b)" }),
  equal: compare("===", "ceq(a, b)"),
  not_equal: compare("!==", "!ceq(a, b)"),
  less: compare("<", "clt(a, b)"),
  less_equal: compare("<=", "cle(a, b)"),
  greater: compare(">", "clt(b, a)"),
  greater_equal: compare(">=", "cle(b, a)"),
  logical_and: logical("a != 0 && b != 0", `${TRUE_A} && ${TRUE_B}`, 1),
  logical_or: logical("a != 0 || b != 0", `${TRUE_A} || ${TRUE_B}`, 0),
  logical_xor: logical("(a != 0) !== (b != 0)", `${TRUE_A} !== ${TRUE_B}`, 0),
  bitwise_and: binary(
    "bits",
    { b: "a & b", i: "a & b", l: "and64(a, b)" },
    { identity: -1, reorderable: true },
  ),
  bitwise_or: binary(
    "bits",
    { b: "a | b", i: "a | b", l: "or64(a, b)" },
    { identity: 0, reorderable: true },
  ),
  bitwise_xor: binary(
    "bits",
    { b: "a ^ b", i: "a ^ b", l: "xor64(a, b)" },
    { identity: 0, reorderable: true },
  ),
  left_shift: binary("ints", {
    i: "(b >= 0 && b < BITS ? a << b : 0)",
    l: "shiftLeft(a, b, BITS)",
  }),
  right_shift: binary("ints", {
    i: "(b >= 0 && b < BITS ? (a >= 0 ? Math.floor(a / 2 ** b) : a >> b) : a < 0 ? -1 : 0)",
    l: "shiftRight(a, b, BITS)",
  }),
  gcd: binary(
    "ints",
    { i: "Number(gcd(a, b))", l: "gcd(a, b)" },
    { identity: 0, reorderable: true },
  ),
  lcm: binary("ints", { i: "Number(lcm(a, b))", l: "lcm(a, b)" }, { reorderable: true }),

  absolute: unary(
    "all",
    { b: "a", i: "Math.abs(a)", l: "abs64(a)", f: "Math.abs(a)", c: "cabs(a)" },
    "part",
  ),
  fabs: realFloat("Math.abs(a)"),
  negative: unary("numbers", {
    i: "0 - a",
    l: "neg64(a)",
    f: "-a",
    c: "new PyComplex(-a.real, -a.imag)",
  }),
  positive: unary("numbers", { i: "a", l: "a", f: "a", c: "a" }),
  sign: unary("numbers", {
    i: "Math.sign(a)",
    l: "(a > 0 ? 1 : a < 0 ? -1 : 0)",
    f: "(a > 0 ? 1 : a < 0 ? -1 : a === 0 ? 0 : a)",
    c: "csign(a)",
  }),
  square: unary("int8", { i: "Math.imul(a, a)", l: "mul64(a, a)", f: "a * a", c: "cmul(a, a)" }),
  reciprocal: unary("int8", {
    i: "(a === 0 ? -2147483648 : Math.trunc(1 / a))",
    l: "(a === 0 ? -9223372036854775808n : a === 1 || a === -1 ? a : 0)",
    f: "1 / a",
    c: "cdiv(new PyComplex(1, 0), a)",
  }),
  conjugate: unary("int8", { i: "a", l: "a", f: "a", c: "new PyComplex(a.real, -a.imag)" }),
  invert: unary("bits", { b: "a ^ 1", i: "~a", l: "sub64(-1, a)" }),
  logical_not: unary("all", { ...every("a == 0"), c: `!${TRUE_A}` }, "bool"),
  sqrt: float("Math.sqrt(a)", "csqrt(a)"),
  cbrt: realFloat("cbrt(a)"),
  exp: float("Math.exp(a)", "cexp(a)"),
  exp2: float("2 ** a"),
  expm1: float("Math.expm1(a)"),
  log: float("Math.log(a)", "clog(a)"),
  log2: float("Math.log2(a)"),
  log10: float("Math.log10(a)", "clog10(a)"),
  log1p: float("Math.log1p(a)"),
  sin: float("Math.sin(a)", "csin(a)"),
  cos: float("Math.cos(a)", "ccos(a)"),
  tan: float("Math.tan(a)", "ctan(a)"),
  arcsin: float("Math.asin(a)"),
  arccos: float("Math.acos(a)"),
  arctan: float("Math.atan(a)"),
  sinh: float("Math.sinh(a)", "csinh(a)"),
  cosh: float("Math.cosh(a)", "ccosh(a)"),
  tanh: float("Math.tanh(a)", "ctanh(a)"),
  arcsinh: float("Math.asinh(a)"),
  arccosh: float("Math.acosh(a)"),
  arctanh: float("Math.atanh(a)"),
  degrees: realFloat("a * (180 / Math.PI)"),
  radians: realFloat("a * (Math.PI / 180)"),
  rint: float("rint(a)", "new PyComplex(rint(a.real), rint(a.imag))"),
  floor: realFloat("Math.floor(a)"),
  ceil: realFloat("Math.ceil(a)"),
  trunc: realFloat("Math.trunc(a)"),
  spacing: realFloat("(a - a !== 0 ? NaN : nextafter(a, a < 0 ? -Infinity : Infinity, SIZE) - a)"),
  isnan: asks("a !== a", "false", "cnan(a)"),
  isinf: asks(
    "a === Infinity || a === -Infinity",
    "false",
    "Math.abs(a.real) === Infinity || Math.abs(a.imag) === Infinity",
  ),
  isfinite: asks("a - a === 0", "true", "a.real - a.real === 0 && a.imag - a.imag === 0"),
  signbit: unary("real", { f: "signbit(a) === 1" }, "bool"),
};

/** Second names. */
export const ALIASES: Readonly<Record<string, string>> = {
  true_divide: "divide",
  mod: "remainder",
  abs: "absolute",
  conj: "conjugate",
  bitwise_not: "invert",
  rad2deg: "degrees",
  deg2rad: "radians",
};

/** The dtypes of a call: of the loop, and of what comes out; `undefined` where there is no loop for them. */
export function resolve(
  spec: Spec,
  operands: readonly Operand[],
  asked?: Dtype,
): { loop: Dtype; result: Dtype } | undefined {
  const floats = spec.rule === "real" || spec.rule === "floats";
  const common =
    asked ?? (floats && operands.length > 1 ? floatsFor(operands) : resultType(operands));
  const loop = loopFor(spec.rule, common);
  if (loop === undefined || spec.texts[loop.domain] === undefined) return undefined;
  const result = spec.result === "bool" ? BOOL : spec.result === "part" ? partOf(loop) : loop;
  return { loop, result };
}

/** The first float that each operand by itself fits in: whole numbers need not fit in one another. */
function floatsFor(operands: readonly Operand[]): Dtype {
  const weak = operands.filter((one) => one.scalar);
  const strong = operands.filter((one) => !one.scalar);
  const byValue =
    strong.length > 0 &&
    weak.every((one) => strong.some((other) => rankOf(one.dtype) <= rankOf(other.dtype)));
  return operands
    .map((one) => floatFor(one.scalar && byValue ? minScalarType(one) : one.dtype))
    .reduce(promoteTypes);
}

function loopFor(rule: Rule, common: Dtype): Dtype | undefined {
  switch (rule) {
    case "all":
      return common;
    case "numbers":
      return common === BOOL ? undefined : common;
    case "int8":
      return common === BOOL ? INT8 : common;
    case "floats":
      return floatFor(common);
    case "real":
      return common.kind === "c" ? undefined : floatFor(common);
    case "quotient":
      return common.kind === "f" || common.kind === "c" ? common : FLOAT64;
    case "bits":
      return common.kind === "f" || common.kind === "c" ? undefined : common;
    case "ints":
      if (common === BOOL) return INT8;
      return common.kind === "f" || common.kind === "c" ? undefined : common;
    case "double":
      return common.kind === "c" ? common : FLOAT64;
  }
}

/** For folds of `add` and `multiply`: small whole numbers are folded in 64 bits. */
export function foldDtype(name: string, dtype: Dtype): Dtype {
  if (name !== "add" && name !== "multiply") return dtype;
  if (dtype.kind === "b" || (dtype.kind === "i" && dtype.size < 8)) return INT64;
  if (dtype.kind === "u" && dtype.size < 8) return UINT64;
  return dtype;
}
