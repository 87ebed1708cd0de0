/**
 * Primitives to JavaScript: one function for each expression and rank, made
 * with `new Function` and kept, since a closure for each operator of an
 * expression would cost ten times as much at each element.
 *
 * Everything is computed in float64 and rounded once, by the store; a
 * float32 sum therefore needs no tree here.
 */

import type { DType, TypedArray } from "../dtype.ts";
import { type Expr, exprKey, type Fold, printAssignments, type Reducer } from "../expr.ts";
import * as functions from "./functions.ts";

/** `offsets` and `strides` list the inputs and then the output; `strides[i]` has one number for each dim. */
export type CompiledProgram = (
  inputs: readonly TypedArray[],
  output: TypedArray,
  shape: readonly number[],
  offsets: readonly number[],
  strides: readonly (readonly number[])[],
  params: readonly number[],
) => void;

/** The loops of programs that fold. */
export interface Folding {
  readonly folds: readonly Fold[];
  /** How many leading dims are kept. */
  readonly kept: number;
  /** Whether the result is written at each element, or once for the kept dims. */
  readonly each: boolean;
}

const compiled = new Map<string, CompiledProgram>();

/** The function for an expression over `inputs` strided inputs in `rank` dims. */
export function compileProgram(
  expr: Expr,
  rank: number,
  inputs: number,
  folding?: Folding,
): CompiledProgram {
  const folds = folding?.folds.map((one) => one.reducer + exprKey(one.expr)).join(";") ?? "";
  const key = `${rank}/${inputs}/${folding?.kept}${folding?.each}/${folds}/${exprKey(expr)}`;
  let program = compiled.get(key);
  if (program === undefined) {
    const body = printProgram(expr, rank, inputs, folding);
    // oxlint-disable-next-line typescript/no-implied-eval -- the text is printed from a program's data above
    const make = new Function("f", body) as (f: typeof functions) => CompiledProgram;
    program = make(functions);
    compiled.set(key, program);
  }
  return program;
}

/** The body of a function that gets the helpers as `f` and returns the program. */
function printProgram(expr: Expr, rank: number, inputs: number, folding?: Folding): string {
  const { folds, kept, each } = folding ?? { folds: [], kept: rank, each: false };
  const all = Array.from({ length: inputs }, (_, i) => i);
  const dims = Array.from({ length: rank }, (_, dim) => dim);
  const written = each ? rank : kept;
  const head = [
    ...all.map((i) => `const a${i} = inputs[${i}];`),
    ...dims.map((dim) => `const n${dim} = shape[${dim}];`),
    ...all.flatMap((i) => dims.map((dim) => `const s${i}_${dim} = strides[${i}][${dim}];`)),
    ...dims.slice(0, written).map((dim) => `const so_${dim} = strides[${inputs}][${dim}];`),
  ];
  const loop = (dim: number): string => {
    const before = (who: string | number): string =>
      dim === 0 ? (who === "o" ? `offsets[${inputs}]` : `offsets[${who}]`) : `p${who}_${dim - 1}`;
    const walks: (string | number)[] = dim < written ? [...all, "o"] : all;
    const starts = walks.map((who) => `, p${who}_${dim} = ${before(who)}`).join("");
    const steps = walks.map((who) => `, p${who}_${dim} += s${who}_${dim}`).join("");
    return `for (let i${dim} = 0${starts}; i${dim} < n${dim}; i${dim}++${steps}) {`;
  };
  const place = (who: string | number, count: number): string =>
    count > 0 ? `p${who}_${count - 1}` : `offsets[${who === "o" ? inputs : who}]`;
  const print = (one: Expr, depth: number): { lines: string[]; result: string } =>
    printAssignments(
      one,
      (name, _, value) => `const ${name} = ${value};`,
      (part, args) => printJs(part, args, (input) => place(input, depth)),
    );
  const inner = ["{", ...dims.slice(kept).map(loop)];
  const close = "}".repeat(inner.length);
  const folded = folds.flatMap((fold, at) => {
    const { dtype } = fold.expr;
    if (fold.reducer === undefined) {
      const { lines, result } = print(fold.expr, kept);
      return [`let f${at};`, "{", ...lines, `f${at} = ${result};`, "}"];
    }
    const { lines, result } = print(fold.expr, rank);
    return [
      `let f${at} = ${IDENTITY[dtype === "float32" ? "float" : "int"][fold.reducer]};`,
      ...inner,
      ...lines,
      `f${at} = ${foldJs(fold.reducer, dtype, `f${at}`, result)};`,
      close,
    ];
  });
  const { lines, result } = print(expr, written);
  const store = `out[${place("o", written)}] = ${result};`;
  const body = each ? [...inner, ...lines, store, close] : [...lines, store];
  const open = dims.slice(0, kept).map(loop);
  const program = [...head, ...open, ...folded, ...body, "}".repeat(open.length)].join("\n");
  return `return (inputs, out, shape, offsets, strides, params) => {\n${program}\n};`;
}

const IDENTITY: Record<"float" | "int", Record<Reducer, string>> = {
  float: { sum: "0", prod: "1", max: "-Infinity", min: "Infinity" },
  int: { sum: "0", prod: "1", max: "-2147483648", min: "2147483647" },
};

function foldJs(reducer: Reducer, dtype: DType, acc: string, value: string): string {
  const float = dtype === "float32";
  if (reducer === "sum") return float ? `${acc} + ${value}` : `(${acc} + ${value}) | 0`;
  if (reducer === "prod") return float ? `${acc} * ${value}` : `Math.imul(${acc}, ${value})`;
  const better = `${value} ${reducer === "max" ? ">" : "<"} ${acc}`;
  // A NaN is taken once seen and nothing compares greater than it afterwards.
  return `${better}${float ? ` || ${value} !== ${value}` : ""} ? ${value} : ${acc}`;
}

function printJs(expr: Expr, args: string[], place: (input: number) => string): string {
  const [a = "", b = "", c = ""] = args;
  const float = expr.dtype === "float32";
  switch (expr.op) {
    case "input":
      return `a${expr.input}[${place(expr.input)}]`;
    case "lookup":
      return `a${expr.input}[${place(expr.input)} + ${a} * params[${expr.stride}]]`;
    case "param":
      return `params[${expr.param}]`;
    case "const":
      return Object.is(expr.value, -0) ? "-0" : String(expr.value);
    case "index":
      return `i${expr.dim}`;
    case "folded":
      return `f${expr.fold}`;
    case "cast":
      if (expr.dtype === "bool") return `${a} === 0 ? 0 : 1`;
      if (float) return expr.a.dtype === "bool" ? a : `Math.fround(${a})`;
      return expr.a.dtype === "float32" ? `f.toInt(${a})` : a;
    case "where":
      return `${a} ? ${b} : ${c}`;
    case "neg":
      return float ? `-${a}` : `-${a} | 0`;
    case "abs":
      return float ? `Math.abs(${a})` : `Math.abs(${a}) | 0`;
    case "exp":
    case "log":
    case "sqrt":
    case "sin":
    case "cos":
    case "tanh":
    case "floor":
    case "ceil":
      return `Math.${expr.op}(${a})`;
    case "erf":
    case "round":
      return `f.${expr.op}(${a})`;
    case "isnan":
      return `${a} !== ${a} ? 1 : 0`;
    case "not":
      return `${a} ? 0 : 1`;
    case "add":
      return float ? `${a} + ${b}` : `(${a} + ${b}) | 0`;
    case "sub":
      return float ? `${a} - ${b}` : `(${a} - ${b}) | 0`;
    case "mul":
      return float ? `${a} * ${b}` : `Math.imul(${a}, ${b})`;
    case "div":
      return `${a} / ${b}`;
    case "pow":
      return float ? `f.pow(${a}, ${b})` : `f.ipow(${a}, ${b})`;
    case "maximum":
      return `${a} > ${b} || ${a} !== ${a} ? ${a} : ${b}`;
    case "minimum":
      return `${a} < ${b} || ${a} !== ${a} ? ${a} : ${b}`;
    case "eq":
      return `${a} === ${b} ? 1 : 0`;
    case "lt":
      return `${a} < ${b} ? 1 : 0`;
    case "le":
      return `${a} <= ${b} ? 1 : 0`;
    case "and":
      return `${a} & ${b}`;
    case "or":
      return `${a} | ${b}`;
  }
}
