/**
 * Primitives to JavaScript: one function for each expression and rank, made
 * with `new Function` and kept, since a closure for each operator of an
 * expression would cost ten times as much at each element.
 *
 * Floats are computed in float64 and rounded once, by the store; a float32 sum
 * therefore needs no tree here. int64 is computed in bigints, which are slow and exact.
 */

import {
  type DType,
  type HostValue,
  type IntegerDType,
  isFloat,
  isInteger,
  type TypedArray,
} from "../dtype.ts";
import {
  type Expr,
  exprKey,
  type Fold,
  keptFold,
  printAssignments,
  type Reducer,
  type Scatter,
} from "../expr.ts";
import * as functions from "./functions.ts";

/** `offsets` and `strides` list the inputs and then the output; `strides[i]` has one number for each dim. */
export type CompiledProgram = (
  inputs: readonly TypedArray[],
  output: TypedArray,
  shape: readonly number[],
  offsets: readonly number[],
  strides: readonly (readonly number[])[],
  params: readonly HostValue[],
) => void;

/** What the loops do besides writing an expression at each index. */
export interface Loops {
  /** What is folded over the dims that are not kept, ahead of the expression. */
  readonly folds?: readonly Fold[];
  /** How many leading dims are kept; all when left out. */
  readonly kept?: number;
  /** Whether the result is written at each element, or once for the kept dims. */
  readonly each?: boolean;
  /** Writes how far this fold of the result has come, starting anew for each index of the kept dims. */
  readonly running?: Reducer;
  /** Folds each result into the place that `at` says along `dim`, where something is already. */
  readonly scatter?: Pick<Scatter, "reducer" | "at" | "dim">;
}

const compiled = new Map<string, CompiledProgram>();

/** The function for an expression over `inputs` strided inputs in `rank` dims. */
export function compileProgram(
  expr: Expr,
  rank: number,
  inputs: number,
  loops: Loops = {},
): CompiledProgram {
  const { folds = [], kept = rank, each = false, running = "", scatter } = loops;
  const before = folds.map((one) => one.reducer + exprKey(one.expr)).join(";");
  const to = scatter === undefined ? "" : scatter.reducer + scatter.dim + exprKey(scatter.at);
  const key = `${rank}/${inputs}/${kept}${each}${running}/${to}/${before}/${exprKey(expr)}`;
  let program = compiled.get(key);
  if (program === undefined) {
    const body = printProgram(expr, rank, inputs, loops);
    // oxlint-disable-next-line typescript/no-implied-eval -- the text is printed from a program's data above
    const make = new Function("f", body) as (f: typeof functions) => CompiledProgram;
    program = make(functions);
    compiled.set(key, program);
  }
  return program;
}

/** The body of a function that gets the helpers as `f` and returns the program. */
function printProgram(expr: Expr, rank: number, inputs: number, loops: Loops): string {
  const { folds = [], kept = rank, each = false, running, scatter } = loops;
  const all = Array.from({ length: inputs }, (_, i) => i);
  const dims = Array.from({ length: rank }, (_, dim) => dim);
  const written = each ? rank : kept;
  const head = [
    ...all.map((i) => `const a${i} = inputs[${i}];`),
    ...dims.map((dim) => `const n${dim} = shape[${dim}];`),
    ...all.flatMap((i) => dims.map((dim) => `const s${i}_${dim} = strides[${i}][${dim}];`)),
    ...dims.slice(0, written).map((dim) => {
      const step = `strides[${inputs}][${dim}]`;
      if (dim !== scatter?.dim) return `const so_${dim} = ${step};`;
      return `const so_${dim} = 0; const step = ${step};`;
    }),
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
      (part, args) =>
        part.op === "element"
          ? `out[${place("o", written)}]`
          : printJs(part, args, (input) => place(input, depth)),
    );
  const waits = keptFold({ folds, expr });
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
      `let f${at} = ${identity(fold.reducer, dtype)};`,
      ...inner,
      ...lines,
      ...(at === waits ? [`out[${place("o", written)}] = ${result};`] : []),
      `f${at} = ${foldJs(fold.reducer, dtype, `f${at}`, result)};`,
      close,
    ];
  });
  const { lines, result } = print(expr, written);
  const to = place("o", written);
  const store = [`out[${to}] = ${result};`];
  if (running !== undefined) {
    folded.push(`let run = ${identity(running, expr.dtype)};`);
    store[0] = `run = ${foldJs(running, expr.dtype, "run", result)}; out[${to}] = run;`;
  } else if (scatter !== undefined) {
    const at = print(scatter.at, written);
    const sum = foldJs(scatter.reducer, expr.dtype, "out[to]", "value");
    store.splice(0, 1, `const value = ${result};`, "{", ...at.lines);
    store.push(`const to = ${to} + ${at.result} * step;`, `out[to] = ${sum};`, "}");
  }
  const body = each ? [...inner, ...lines, ...store, close] : [...lines, ...store];
  const open = dims.slice(0, kept).map(loop);
  const program = [...head, ...open, ...folded, ...body, "}".repeat(open.length)].join("\n");
  return `return (inputs, out, shape, offsets, strides, params) => {\n${program}\n};`;
}

const IDENTITY: Record<"float" | IntegerDType, Record<Reducer, string>> = {
  float: { sum: "0", prod: "1", max: "-Infinity", min: "Infinity" },
  int32: { sum: "0", prod: "1", max: "-2147483648", min: "2147483647" },
  uint32: { sum: "0", prod: "1", max: "0", min: "4294967295" },
  int64: { sum: "0n", prod: "1n", max: "-9223372036854775808n", min: "9223372036854775807n" },
};

/** What a fold of nothing gives. */
export function identityOf(reducer: Reducer, dtype: DType): HostValue {
  const text = identity(reducer, dtype);
  return text.endsWith("n") ? BigInt(text.slice(0, -1)) : Number(text);
}

function identity(reducer: Reducer, dtype: DType): string {
  return IDENTITY[isInteger(dtype) ? dtype : "float"][reducer];
}

/** What keeps the result of an operator inside its dtype. */
function wrap(dtype: DType, value: string): string {
  if (dtype === "int32") return `(${value}) | 0`;
  if (dtype === "uint32") return `(${value}) >>> 0`;
  return dtype === "int64" ? `BigInt.asIntN(64, ${value})` : value;
}

function times(dtype: DType, a: string, b: string): string {
  const product = dtype === "int32" || dtype === "uint32" ? `Math.imul(${a}, ${b})` : `${a} * ${b}`;
  return wrap(dtype, product);
}

function foldJs(reducer: Reducer, dtype: DType, acc: string, value: string): string {
  if (reducer === "sum") return wrap(dtype, `${acc} + ${value}`);
  if (reducer === "prod") return times(dtype, acc, value);
  const better = `${value} ${reducer === "max" ? ">" : "<"} ${acc}`;
  // A NaN is taken once seen and nothing compares greater than it afterwards.
  return `${better}${isFloat(dtype) ? ` || ${value} !== ${value}` : ""} ? ${value} : ${acc}`;
}

function castJs(to: DType, from: DType, a: string): string {
  if (to === "bool") return `${a} === ${from === "int64" ? "0n" : "0"} ? 0 : 1`;
  if (isFloat(to)) {
    const value = from === "int64" ? `Number(${a})` : a;
    if (to === "float64" || from === "bool") return value;
    return to === "float32" ? `Math.fround(${value})` : `Math.f16round(${value})`;
  }
  if (isFloat(from)) {
    return `f.${to === "int32" ? "toInt32" : to === "uint32" ? "toUint32" : "toInt64"}(${a})`;
  }
  if (to === "int64") return from === "int64" ? a : `BigInt(${a})`;
  if (from === "int64") return `Number(BigInt.${to === "int32" ? "asIntN" : "asUintN"}(32, ${a}))`;
  return wrap(to, a);
}

function constantJs(value: number, dtype: DType): string {
  if (dtype === "int64") return `${BigInt(value)}n`;
  return Object.is(value, -0) ? "-0" : String(value);
}

function printJs(expr: Expr, args: string[], place: (input: number) => string): string {
  const [a = "", b = "", c = ""] = args;
  const { dtype } = expr;
  switch (expr.op) {
    case "input":
      return `a${expr.input}[${place(expr.input)}]`;
    case "lookup":
      return `a${expr.input}[${place(expr.input)} + ${a} * params[${expr.stride}]]`;
    case "param":
      return `params[${expr.param}]`;
    case "const":
      return constantJs(expr.value, dtype);
    case "index":
      return `i${expr.dim}`;
    case "folded":
      return `f${expr.fold}`;
    case "element":
      throw new Error("an element waits in the output of rows alone");
    case "cast":
      return castJs(dtype, expr.a.dtype, a);
    case "where":
      return `${a} ? ${b} : ${c}`;
    case "neg":
      return wrap(dtype, `-${a}`);
    case "abs":
      return dtype === "int64"
        ? wrap(dtype, `${a} < 0n ? -${a} : ${a}`)
        : wrap(dtype, `Math.abs(${a})`);
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
      return wrap(dtype, `${a} + ${b}`);
    case "sub":
      return wrap(dtype, `${a} - ${b}`);
    case "mul":
      return times(dtype, a, b);
    case "div":
      return `${a} / ${b}`;
    case "pow":
      if (isFloat(dtype)) return `f.pow(${a}, ${b})`;
      return dtype === "int64" ? `f.pow64(${a}, ${b})` : wrap(dtype, `f.ipow(${a}, ${b})`);
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
