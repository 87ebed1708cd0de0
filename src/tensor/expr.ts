/**
 * What a device must be able to do, as plain data: few primitives, which every
 * operator is expressed over. A device's lowering prints them (WGSL) or
 * compiles them (JavaScript); nothing here knows about either.
 *
 * `Elementwise` computes an expression at every index of a shape and writes it
 * through strides, so it is also the copy, the fill, the gather and the scatter
 * of a slice. `Reduce` folds an expression over the trailing dims of a shape.
 * `Matmul` is apart because no device gets it right as a reduction.
 */

import { type DType, type HostValue, letterOf } from "./dtype.ts";
import type { Shape } from "./shape.ts";

export type UnaryOp =
  | "neg"
  | "abs"
  | "exp"
  | "log"
  | "sqrt"
  | "sin"
  | "cos"
  | "tanh"
  | "erf"
  | "floor"
  | "ceil"
  | "round"
  | "isnan"
  | "not";

export type BinaryOp =
  "add" | "sub" | "mul" | "div" | "pow" | "maximum" | "minimum" | "eq" | "lt" | "le" | "and" | "or";

/** A value at one index of the program's shape. */
export type Expr =
  /** Element of an input at this index. */
  | { readonly op: "input"; readonly dtype: DType; readonly input: number }
  /** Element of an input at this index, moved on by `at` times the int32 parameter `stride`. */
  | {
      readonly op: "lookup";
      readonly dtype: DType;
      readonly input: number;
      readonly at: Expr;
      readonly stride: number;
    }
  /** A number that is handed in with each run, so that new values need no new code. */
  | { readonly op: "param"; readonly dtype: DType; readonly param: number }
  | { readonly op: "const"; readonly dtype: DType; readonly value: number }
  /** The index itself along one dim of the program's shape. */
  | { readonly op: "index"; readonly dtype: "int32"; readonly dim: number }
  /** From a float dtype to itself it rounds, where a device computes in more digits. */
  | { readonly op: "cast"; readonly dtype: DType; readonly a: Expr }
  | { readonly op: UnaryOp; readonly dtype: DType; readonly a: Expr }
  | { readonly op: BinaryOp; readonly dtype: DType; readonly a: Expr; readonly b: Expr }
  | {
      readonly op: "where";
      readonly dtype: DType;
      readonly condition: Expr;
      readonly a: Expr;
      readonly b: Expr;
    };

export type Reducer = "sum" | "prod" | "max" | "min";

/** `output[index] = expr(index)` for every index of `shape`. */
export interface Elementwise {
  readonly kind: "elementwise";
  readonly expr: Expr;
  readonly shape: Shape;
  readonly params: readonly HostValue[];
}

/** `output[kept] = reducer over reduced of expr(kept, reduced)`; the first `kept` dims of `shape` are kept. */
export interface Reduce {
  readonly kind: "reduce";
  readonly reducer: Reducer;
  readonly expr: Expr;
  readonly shape: Shape;
  readonly kept: number;
  readonly params: readonly HostValue[];
}

/** `output[batch, i, j] = Σₖ a[batch, i, k] · b[batch, k, j]`, for numbers. */
export interface Matmul {
  readonly kind: "matmul";
  readonly dtype: DType;
  readonly batch: Shape;
  readonly m: number;
  readonly n: number;
  readonly k: number;
}

export type Program = Elementwise | Reduce | Matmul;

export function inputExpr(input: number, dtype: DType): Expr {
  return { op: "input", dtype, input };
}

export function paramExpr(param: number, dtype: DType): Expr {
  return { op: "param", dtype, param };
}

/** A number that every dtype can hold, such as 0 or 1. */
export function constExpr(value: number, dtype: DType): Expr {
  return { op: "const", dtype, value };
}

export function indexExpr(dim: number): Expr {
  return { op: "index", dtype: "int32", dim };
}

export function castExpr(a: Expr, dtype: DType): Expr {
  return a.dtype === dtype ? a : { op: "cast", dtype, a };
}

/** A value as a store would leave it: a device that computes in more digits rounds here. */
export function storedExpr(a: Expr): Expr {
  const rounds = a.dtype === "float32" || a.dtype === "float16";
  return rounds && !isExact(a) ? { op: "cast", dtype: a.dtype, a } : a;
}

/** True when the expression is one of its operands as it was stored, or has no fraction of its own. */
function isExact(expr: Expr): boolean {
  switch (expr.op) {
    case "input":
    case "lookup":
    case "cast":
      return true;
    case "param":
      // A float16 computes with the digits that a float32 holds of a bare number.
      return expr.dtype !== "float16";
    case "neg":
    case "abs":
    case "maximum":
    case "minimum":
      return operands(expr).every(isExact);
    case "where":
      return isExact(expr.a) && isExact(expr.b);
    default:
      return false;
  }
}

export function unaryExpr(op: UnaryOp, a: Expr): Expr {
  return { op, dtype: op === "isnan" || op === "not" ? "bool" : a.dtype, a };
}

export function binaryExpr(op: BinaryOp, a: Expr, b: Expr): Expr {
  const truth = op === "eq" || op === "lt" || op === "le";
  return { op, dtype: truth ? "bool" : a.dtype, a, b };
}

export function whereExpr(condition: Expr, a: Expr, b: Expr): Expr {
  return { op: "where", dtype: a.dtype, condition, a, b };
}

/** The operands of an expression, in the order in which they are printed. */
export function operands(expr: Expr): Expr[] {
  if (expr.op === "where") return [expr.condition, expr.a, expr.b];
  if (expr.op === "lookup") return [expr.at];
  if ("b" in expr) return [expr.a, expr.b];
  return "a" in expr ? [expr.a] : [];
}

/** The same expression over other leaves: `leaf` is given inputs, parameters, indices, and lookups with their new place. */
export function rewrite(expr: Expr, leaf: (expr: Expr) => Expr): Expr {
  switch (expr.op) {
    case "const":
      return expr;
    case "input":
    case "param":
    case "index":
      return leaf(expr);
    case "lookup":
      return leaf({ ...expr, at: rewrite(expr.at, leaf) });
    case "where":
      return {
        ...expr,
        condition: rewrite(expr.condition, leaf),
        a: rewrite(expr.a, leaf),
        b: rewrite(expr.b, leaf),
      };
    default: {
      const a = rewrite(expr.a, leaf);
      return "b" in expr ? { ...expr, a, b: rewrite(expr.b, leaf) } : { ...expr, a };
    }
  }
}

/** True when the expression asks where it is, so that its dims must keep their meaning. */
export function usesIndex(expr: Expr): boolean {
  return expr.op === "index" || operands(expr).some(usesIndex);
}

/** A text equal for equal expressions, to find compiled code by. */
export function exprKey(expr: Expr): string {
  const head = `${expr.op}.${letterOf(expr.dtype)}`;
  switch (expr.op) {
    case "input":
      return head + expr.input;
    case "param":
      return head + expr.param;
    case "const":
      return `${head}${Object.is(expr.value, -0) ? "-0" : expr.value}`;
    case "index":
      return head + expr.dim;
    case "lookup":
      return `${head}${expr.input}*${expr.stride}(${exprKey(expr.at)})`;
    default:
      return `${head}(${operands(expr).map(exprKey).join()})`;
  }
}

/**
 * Prints an expression as a list of assignments, each shared value once.
 * `print` gets an expression and the names of its operands' values.
 */
export function printAssignments(
  expr: Expr,
  assign: (name: string, expr: Expr, value: string) => string,
  print: (expr: Expr, args: string[]) => string,
): { lines: string[]; result: string } {
  const lines: string[] = [];
  const names = new Map<string, string>();
  const visit = (one: Expr): string => {
    const key = exprKey(one);
    const known = names.get(key);
    if (known !== undefined) return known;
    const value = print(one, operands(one).map(visit));
    const name = `t${names.size}`;
    names.set(key, name);
    lines.push(assign(name, one, value));
    return name;
  };
  return { result: visit(expr), lines };
}
