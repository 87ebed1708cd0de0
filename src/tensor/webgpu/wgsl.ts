/** Expressions to WGSL: types, literals, operators. Where elements lie is the layouts' matter. */

import type { DType } from "../dtype.ts";
import type { Expr, Reducer } from "../expr.ts";
import { wgslFloat } from "./functions.ts";

export const STORED: Record<DType, string> = { float32: "f32", int32: "i32", bool: "u32" };
export const VALUE: Record<DType, string> = { float32: "f32", int32: "i32", bool: "bool" };

export const IDENTITY: Record<"float" | "int", Record<Reducer, string>> = {
  float: { sum: "0.0f", prod: "1.0f", max: "-infinity()", min: "infinity()" },
  int: { sum: "0i", prod: "1i", max: "(-2147483647i - 1i)", min: "2147483647i" },
};

export function fold(reducer: Reducer, dtype: DType, a: string, b: string): string {
  if (reducer === "sum") return `${a} + ${b}`;
  if (reducer === "prod") return `${a} * ${b}`;
  if (dtype === "float32") return `${reducer === "max" ? "larger" : "smaller"}(${a}, ${b})`;
  return `${reducer}(${a}, ${b})`;
}

export function stored(dtype: DType, value: string): string {
  return dtype === "bool" ? `select(0u, 1u, ${value})` : value;
}

function loaded(dtype: DType, element: string): string {
  return dtype === "bool" ? `${element} != 0u` : element;
}

function literal(value: number, dtype: DType): string {
  if (dtype === "float32") return wgslFloat(value);
  return dtype === "int32" ? `${value}i` : String(value !== 0);
}

function castTo(dtype: DType, from: DType, a: string): string {
  if (dtype === "bool")
    return from === "float32" ? `(is_nan(${a}) | (${a} != 0.0f))` : `${a} != 0i`;
  if (from === "bool") return `select(${literal(0, dtype)}, ${literal(1, dtype)}, ${a})`;
  return dtype === "int32" ? `to_int(${a})` : `f32(${a})`;
}

/** What an expression's leaves are where it is printed. */
export interface Leaves {
  /** An input's element, as it is stored. */
  element(input: number): string;
  /** The element of an input that is `steps` (an i32) elements on from there. */
  beyond(input: number, steps: string): string;
  index(dim: number): string;
  readonly params: readonly string[];
}

/** One operator over values that have names. */
export function printWgsl(expr: Expr, args: readonly string[], leaves: Leaves): string {
  const [a = "", b = "", c = ""] = args;
  const float = expr.dtype === "float32";
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
        : `bitcast<${VALUE[expr.dtype]}>(${leaves.params[expr.param]})`;
    case "const":
      return literal(expr.value, expr.dtype);
    case "index":
      return leaves.index(expr.dim);
    case "cast":
      return castTo(expr.dtype, expr.a.dtype, a);
    case "where":
      return `select(${c}, ${b}, ${a})`;
    case "neg":
      return `-${a}`;
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
      return float ? `pow_(${a}, ${b})` : `ipow(${a}, ${b})`;
    case "maximum":
      return float ? `larger(${a}, ${b})` : `max(${a}, ${b})`;
    case "minimum":
      return float ? `smaller(${a}, ${b})` : `min(${a}, ${b})`;
    case "eq":
      return expr.a.dtype === "float32" ? `equal(${a}, ${b})` : `${a} == ${b}`;
    case "lt":
      return expr.a.dtype === "float32" ? `less(${a}, ${b})` : `${a} < ${b}`;
    case "le":
      return expr.a.dtype === "float32" ? `less_equal(${a}, ${b})` : `${a} <= ${b}`;
    case "and":
      return `${a} & ${b}`;
    case "or":
      return `${a} | ${b}`;
  }
}
