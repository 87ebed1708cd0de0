/** Expressions to WGSL: types, literals, operators. Where elements lie is the layouts' matter. */

import { type DType, isFloat } from "../dtype.ts";
import type { Expr, Reducer } from "../expr.ts";
import { wgslFloat } from "./functions.ts";

/** The dtypes that WGSL has no numbers for never come here. */
type WgslDType = Exclude<DType, "int64" | "float64">;

/** What an element is in a buffer. */
const STORED: Record<WgslDType, string> = {
  float32: "f32",
  float16: "f16",
  int32: "i32",
  uint32: "u32",
  bool: "u32",
};
/** What it is in a variable: float16 is computed in float32, and rounded by the store. */
const VALUE: Record<WgslDType, string> = {
  ...STORED,
  float16: "f32",
  bool: "bool",
};

function has(dtype: DType): WgslDType {
  if (dtype !== "int64" && dtype !== "float64") return dtype;
  throw new TypeError(`${dtype} has no WGSL`);
}

/** What an element is in a buffer. */
export function element(dtype: DType): string {
  return STORED[has(dtype)];
}

/** What a value is in a variable. */
export function variable(dtype: DType): string {
  return VALUE[has(dtype)];
}

const IDENTITY: Record<"float" | "int32" | "uint32", Record<Reducer, string>> = {
  float: { sum: "0.0f", prod: "1.0f", max: "-infinity()", min: "infinity()" },
  int32: { sum: "0i", prod: "1i", max: "(-2147483647i - 1i)", min: "2147483647i" },
  uint32: { sum: "0u", prod: "1u", max: "0u", min: "4294967295u" },
};

export function identityOf(reducer: Reducer, dtype: DType): string {
  return IDENTITY[dtype === "int32" || dtype === "uint32" ? dtype : "float"][reducer];
}

export function fold(reducer: Reducer, dtype: DType, a: string, b: string): string {
  if (reducer === "sum") return `${a} + ${b}`;
  if (reducer === "prod") return `${a} * ${b}`;
  if (isFloat(dtype)) return `${reducer === "max" ? "larger" : "smaller"}(${a}, ${b})`;
  return `${reducer}(${a}, ${b})`;
}

export function stored(dtype: DType, value: string): string {
  if (dtype === "float16") return `f16(${value})`;
  return dtype === "bool" ? `select(0u, 1u, ${value})` : value;
}

export function loaded(dtype: DType, element: string): string {
  if (dtype === "float16") return `f32(${element})`;
  return dtype === "bool" ? `${element} != 0u` : element;
}

function literal(value: number, dtype: DType): string {
  if (isFloat(dtype)) return wgslFloat(value);
  if (dtype === "bool") return String(value !== 0);
  return `${value}${dtype === "uint32" ? "u" : "i"}`;
}

function castTo(dtype: DType, from: DType, a: string): string {
  if (dtype === "bool") {
    return isFloat(from) ? `(is_nan(${a}) | (${a} != 0.0f))` : `${a} != ${literal(0, from)}`;
  }
  if (from === "bool") return `select(${literal(0, dtype)}, ${literal(1, dtype)}, ${a})`;
  if (dtype === "float16") return `f32(f16(${a}))`;
  if (isFloat(from) && dtype === "int32") return `to_int(${a})`;
  if (isFloat(from) && dtype === "uint32") return `to_uint(${a})`;
  return `${variable(dtype)}(${a})`;
}

/** What an expression's leaves are where it is printed. */
export interface Leaves {
  /** An input's element, as it is stored. */
  element(input: number): string;
  /** The element of an input that is `steps` (an i32) elements on from there. */
  beyond(input: number, steps: string): string;
  index(dim: number): string;
  /** What an earlier fold came to. */
  folded(fold: number): string;
  /** What waits in the output at this element. */
  readonly waiting: string;
  readonly params: readonly string[];
}

/** One operator over values that have names. */
export function printWgsl(expr: Expr, args: readonly string[], leaves: Leaves): string {
  const [a = "", b = "", c = ""] = args;
  const float = isFloat(expr.dtype);
  switch (expr.op) {
    case "input":
      return loaded(expr.dtype, leaves.element(expr.input));
    case "lookup": {
      const steps = `${a} * bitcast<i32>(${leaves.params[expr.stride]})`;
      return loaded(expr.dtype, leaves.beyond(expr.input, steps));
    }
    case "param":
      return expr.dtype === "bool"
        ? `${leaves.params[expr.param]} != 0u`
        : `bitcast<${variable(expr.dtype)}>(${leaves.params[expr.param]})`;
    case "const":
      return literal(expr.value, expr.dtype);
    case "index":
      return leaves.index(expr.dim);
    case "folded":
      return leaves.folded(expr.fold);
    case "element":
      return loaded(expr.dtype, leaves.waiting);
    case "cast":
      return castTo(expr.dtype, expr.a.dtype, a);
    case "where":
      return `select(${c}, ${b}, ${a})`;
    case "neg":
      return expr.dtype === "uint32" ? `0u - ${a}` : `-${a}`;
    case "abs":
    case "floor":
    case "ceil":
    case "round":
      return `${expr.op}(${a})`;
    case "exp":
    case "log":
    case "sqrt":
    case "sin":
    case "cos":
    case "tanh":
    case "erf":
      return `${expr.op}_(${a})`;
    case "isnan":
      return `is_nan(${a})`;
    case "not":
      return `!${a}`;
    case "add":
      return `${a} + ${b}`;
    case "sub":
      return `${a} - ${b}`;
    case "mul":
      return `${a} * ${b}`;
    case "div":
      return `${a} / ${b}`;
    case "pow":
      if (float) return `pow_(${a}, ${b})`;
      return expr.dtype === "uint32" ? `upow(${a}, ${b})` : `ipow(${a}, ${b})`;
    case "maximum":
      return float ? `larger(${a}, ${b})` : `max(${a}, ${b})`;
    case "minimum":
      return float ? `smaller(${a}, ${b})` : `min(${a}, ${b})`;
    case "eq":
      return isFloat(expr.a.dtype) ? `equal(${a}, ${b})` : `${a} == ${b}`;
    case "lt":
      return isFloat(expr.a.dtype) ? `less(${a}, ${b})` : `${a} < ${b}`;
    case "le":
      return isFloat(expr.a.dtype) ? `less_equal(${a}, ${b})` : `${a} <= ${b}`;
    case "and":
      return `${a} & ${b}`;
    case "or":
      return `${a} | ${b}`;
  }
}
