/**
 * What a device must be able to do, as plain data: few primitives, which every
 * operator is expressed over. A device's lowering prints them (WGSL) or
 * compiles them (JavaScript); nothing here knows about either.
 *
 * `Elementwise` computes an expression at every index of a shape and writes it
 * through strides, so it is also the copy, the fill, the gather and the scatter
 * of a slice. `Reduce` folds an expression over the trailing dims of a shape, and
 * `Rows` does so several times over the same rows, as a softmax needs. `Scan`
 * keeps every step of a fold, `Scatter` folds what leads to the same place.
 * `Matmul` is apart because no device gets it right as a reduction.
 *
 * What comes after a fold or a product, element by element, is an epilogue: an
 * expression over what was folded, written in place of it.
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
  /** What an earlier fold of the program came to for this row; a product is its program's fold 0. */
  | { readonly op: "folded"; readonly dtype: DType; readonly fold: number }
  /** What the last fold of `Rows` took at this element, which waits in the output. */
  | { readonly op: "element"; readonly dtype: DType }
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

/**
 * `output[kept] = reducer over reduced of expr(kept, reduced)`; the first
 * `kept` dims of `shape` are kept. An epilogue is over them alone: what it
 * reads has strides of 0 along the others.
 */
export interface Reduce {
  readonly kind: "reduce";
  readonly reducer: Reducer;
  readonly expr: Expr;
  readonly epilogue?: Expr;
  readonly shape: Shape;
  readonly kept: number;
  readonly params: readonly HostValue[];
}

/**
 * One fold of `Rows`, or without a reducer a value that is the same along the
 * row and computed once. It may refer to the folds before it.
 */
export interface Fold {
  readonly reducer?: Reducer;
  readonly expr: Expr;
}

/**
 * The folds of each row, one after another, and then an expression over them:
 * at every element of the row if `each`, so that `output` has all dims of
 * `shape`, or else once for the row. What the last fold went over may wait in
 * the output meanwhile ("element"), which then has its dtype.
 */
export interface Rows {
  readonly kind: "rows";
  readonly folds: readonly Fold[];
  readonly expr: Expr;
  readonly each: boolean;
  readonly shape: Shape;
  readonly kept: number;
  readonly params: readonly HostValue[];
}

/** `output[i, j]` folds `expr` at `[i, 0]` to `[i, j]`: the running fold along the last dim of `shape`. */
export interface Scan {
  readonly kind: "scan";
  readonly reducer: Reducer;
  readonly expr: Expr;
  readonly shape: Shape;
  readonly params: readonly HostValue[];
}

/**
 * Folds `expr` over all indices that lead to one place: `output` has the dims
 * of `shape`, but `size` elements along `dim`, and there each index leads to
 * `at`, which must be one of them. Where nothing leads it holds what a fold of
 * nothing gives. The order of a sum is that of the indices, on every run.
 */
export interface Scatter {
  readonly kind: "scatter";
  readonly reducer: Reducer;
  readonly expr: Expr;
  readonly at: Expr;
  readonly shape: Shape;
  readonly dim: number;
  readonly size: number;
  readonly params: readonly HostValue[];
}

/**
 * `output[batch, i, j] = Σₖ a[batch, i, k] · b[batch, k, j]`, for
 * numbers. What an epilogue reads are the inputs from the third, over `[...batch, m, n]`.
 */
export interface Matmul {
  readonly kind: "matmul";
  readonly dtype: DType;
  readonly batch: Shape;
  readonly m: number;
  readonly n: number;
  readonly k: number;
  readonly epilogue?: Expr;
  readonly params?: readonly HostValue[];
}

export type Program = Elementwise | Reduce | Rows | Scan | Scatter | Matmul;

/** A reduction as rows of one fold. */
export function rowsOf(program: Reduce | Rows): Rows {
  if (program.kind === "rows") return program;
  const { reducer, expr, shape, kept, params, epilogue = foldedExpr(0, expr.dtype) } = program;
  return {
    kind: "rows",
    folds: [{ reducer, expr }],
    expr: epilogue,
    each: false,
    shape,
    kept,
    params,
  };
}

export function inputExpr(input: number, dtype: DType): Expr {
  return { op: "input", dtype, input };
}

export function paramExpr(param: number, dtype: DType): Expr {
  return { op: "param", dtype, param };
}

export function foldedExpr(fold: number, dtype: DType): Expr {
  return { op: "folded", dtype, fold };
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

/** The same expression over other leaves: `leaf` is given inputs, parameters, indices, folds, and lookups with their new place. */
export function rewrite(expr: Expr, leaf: (expr: Expr) => Expr): Expr {
  switch (expr.op) {
    case "const":
    case "element":
      return expr;
    case "input":
    case "param":
    case "index":
    case "folded":
      return leaf(expr);
    case "lookup":
      return leaf(mapOperands(expr, (one) => rewrite(one, leaf)));
    default:
      return mapOperands(expr, (one) => rewrite(one, leaf));
  }
}

function mapOperands(expr: Expr, change: (expr: Expr) => Expr): Expr {
  if (expr.op === "lookup") return { ...expr, at: change(expr.at) };
  if (!("a" in expr)) return expr;
  const a = change(expr.a);
  if (expr.op === "where")
    return { ...expr, condition: change(expr.condition), a, b: change(expr.b) };
  return "b" in expr ? { ...expr, a, b: change(expr.b) } : { ...expr, a };
}

/** Puts `to` in the place of each part that is equal to `from`. */
export function substitute(expr: Expr, from: Expr, to: Expr): Expr {
  if (exprKey(expr) === exprKey(from)) return to;
  return mapOperands(expr, (one) => substitute(one, from, to));
}

/** The fold whose elements wait in the output for the expression after it; -1 when there is none. */
export function keptFold({ folds, expr }: Pick<Rows, "folds" | "expr">): number {
  const asks = (one: Expr): boolean => one.op === "element" || operands(one).some(asks);
  return asks(expr) ? folds.findLastIndex(({ reducer }) => reducer !== undefined) : -1;
}

/** The inputs that an expression reads, ascending. */
export function inputsOf(...exprs: readonly Expr[]): number[] {
  const found = new Set<number>();
  const visit = (one: Expr): void => {
    if (one.op === "input" || one.op === "lookup") found.add(one.input);
    for (const part of operands(one)) visit(part);
  };
  exprs.forEach(visit);
  return [...found].toSorted((a, b) => a - b);
}

/** The same expression with its inputs numbered anew. */
export function renumber(expr: Expr, number: (input: number) => number): Expr {
  return rewrite(expr, (leaf) =>
    leaf.op === "input" || leaf.op === "lookup" ? { ...leaf, input: number(leaf.input) } : leaf,
  );
}

/**
 * An epilogue by itself: what was folded is input 0, and then come those that
 * `used` lists of the inputs before.
 */
export function apart(epilogue: Expr): { expr: Expr; used: number[] } {
  const used = inputsOf(epilogue);
  const moved = renumber(epilogue, (input) => used.indexOf(input) + 1);
  const expr = rewrite(moved, (leaf) => (leaf.op === "folded" ? inputExpr(0, leaf.dtype) : leaf));
  return { expr, used };
}

/** True when the expression asks where it is, so that its dims must keep their meaning. */
export function usesIndex(expr: Expr): boolean {
  return expr.op === "index" || operands(expr).some(usesIndex);
}

/** A text equal for equal expressions, to find compiled code by. */
export function exprKey(expr: Expr): string {
  let key = keys.get(expr);
  if (key === undefined) keys.set(expr, (key = keyOf(expr)));
  return key;
}

/** Plans that are used again bring the same expressions. */
const keys = new WeakMap<Expr, string>();

function keyOf(expr: Expr): string {
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
    case "folded":
      return head + expr.fold;
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
