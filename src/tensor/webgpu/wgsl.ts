/** Primitives to WGSL: a source for each expression and rank, and the words that each run adds. */

import { type DType, isFloat } from "../dtype.ts";
import { type Expr, type Matmul, printAssignments, type Reducer } from "../expr.ts";
import { functionsFor, wgslFloat } from "./functions.ts";

/** Barrier-free programs of one dim; 64 suits every adapter's width. */
export const WORKGROUP = 64;

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

/** What a value is in a variable. */
export function variable(dtype: DType): string {
  return VALUE[has(dtype)];
}

/** Hands out the uniform words in the order in which a run must write them. */
export class Words {
  count = 0;

  next(): string {
    const at = this.count++;
    return `u[${at >> 2}].${"xyzw"[at & 3]}`;
  }
  list(count: number): string[] {
    return Array.from({ length: count }, () => this.next());
  }
  ints(count: number): string[] {
    return this.list(count).map((word) => `bitcast<i32>(${word})`);
  }
}

export interface Place {
  offset: string;
  strides: string[];
}

export function place(words: Words, rank: number): Place {
  const [offset = ""] = words.ints(1);
  return { offset, strides: words.ints(rank) };
}

export function address({ offset, strides }: Place, coordinates: readonly string[]): string {
  return [offset, ...strides.map((stride, dim) => `${coordinates[dim]} * ${stride}`)].join(" + ");
}

/** Splits a linear index (a u32 in `from`) into coordinates, last dim fastest. */
export function unravel(from: string, sizes: readonly string[], prefix: string): string[] {
  const lines: string[] = [];
  let rest = from;
  for (let dim = sizes.length - 1; dim >= 0; dim--) {
    if (dim === 0) lines.push(`let ${prefix}0 = i32(${rest});`);
    else {
      lines.push(`let ${prefix}${dim} = i32(${rest} % ${sizes[dim]});`);
      lines.push(`let ${prefix}r${dim} = ${rest} / ${sizes[dim]};`);
      rest = `${prefix}r${dim}`;
    }
  }
  return lines;
}

/** A whole program: each thread takes every so many-th of `total` places, called `at` in `body`. */
export function finish(
  inputs: readonly DType[],
  output: DType,
  words: Words,
  total: string,
  body: string[],
): string {
  const bindings = [
    ...inputs.map(
      (dtype, i) =>
        `@group(0) @binding(${i}) var<storage, read> a${i}: array<${STORED[has(dtype)]}>;`,
    ),
    `@group(0) @binding(${inputs.length}) var<storage, read_write> result: array<${STORED[has(output)]}>;`,
    `@group(0) @binding(${inputs.length + 1}) var<uniform> u: array<vec4<u32>, ${Math.ceil(words.count / 4)}>;`,
  ];
  const main = `@compute @workgroup_size(${WORKGROUP})
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let stride = groups.x * groups.y * ${WORKGROUP}u;
  for (var at = id.y * (groups.x * ${WORKGROUP}u) + id.x; at < ${total}; at += stride) {
  ${body.join("\n  ")}
  }
}`;
  const half = [...inputs, output].includes("float16") || main.includes("f16(");
  return [...(half ? ["enable f16;"] : []), ...bindings, functionsFor(main), main].join("\n");
}

/** Words: count, sizes, each input's offset and strides, the output's, parameters. */
export function elementwiseSource(
  expr: Expr,
  rank: number,
  inputs: readonly DType[],
  params: number,
): string {
  const words = new Words();
  const count = words.next();
  const sizes = words.list(rank);
  const places = inputs.map(() => place(words, rank));
  const output = place(words, rank);
  const param = words.list(params);
  const coordinates = sizes.map((_, dim) => `i${dim}`);
  const { lines, result } = printAssignments(
    expr,
    (name, _, value) => `let ${name} = ${value};`,
    (one, args) =>
      printWgsl(one, args, param, (input) => address(places[input] as Place, coordinates)),
  );
  return finish(inputs, expr.dtype, words, count, [
    ...unravel("at", sizes, "i"),
    ...lines,
    `result[${address(output, coordinates)}] = ${stored(expr.dtype, result)};`,
  ]);
}

/**
 * Words: outputs times threads, threads for each output, elements to fold,
 * sizes, each input's offset and strides, parameters. Thread `t` of an output
 * folds elements t, t + threads, …, in blocks of 8, so that rounding stays small.
 * Results are stored as `output`, which is wider than float16 until the last pass.
 */
export function reduceSource(
  expr: Expr,
  reducer: Reducer,
  kept: number,
  rank: number,
  inputs: readonly DType[],
  params: number,
  output: DType,
): string {
  const words = new Words();
  const total = words.next();
  const threads = words.next();
  const inner = words.next();
  const sizes = words.list(rank);
  const places = inputs.map(() => place(words, rank));
  const param = words.list(params);
  const coordinates = sizes.map((_, dim) => (dim < kept ? `i${dim}` : `j${dim - kept}`));
  const { lines, result } = printAssignments(
    expr,
    (name, _, value) => `let ${name} = ${value};`,
    (one, args) =>
      printWgsl(one, args, param, (input) => address(places[input] as Place, coordinates), kept),
  );
  const dtype = expr.dtype;
  const start = identityOf(reducer, dtype);
  return finish(inputs, output, words, total, [
    `let first = at % ${threads};`,
    `let output = at / ${threads};`,
    ...unravel("output", sizes.slice(0, kept), "i"),
    `var acc = ${start};`,
    `var block = ${start};`,
    "var step = 0u;",
    `for (var j = first; j < ${inner}; j += ${threads}) {`,
    ...unravel("j", sizes.slice(kept), "j"),
    ...lines,
    `block = ${fold(reducer, expr.dtype, "block", result)};`,
    `step += 1u;`,
    `if ((step & 7u) == 0u) { acc = ${fold(reducer, expr.dtype, "acc", "block")}; block = ${start}; }`,
    "}",
    `result[at] = ${stored(output, fold(reducer, dtype, "acc", "block"))};`,
  ]);
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

/** Each thread computes a tile of TILE × TILE cells, so that each value it reads is used TILE times. */
export const TILE = 4;

/**
 * Words: tiles, tiles in a row, tiles in a column, m, n, k, batch sizes, and
 * offset and strides of both operands. Products are summed in blocks of 32.
 */
export function matmulSource({ dtype, batch }: Pick<Matmul, "dtype" | "batch">): string {
  const rank = batch.length;
  const words = new Words();
  const total = words.next();
  const [across, down, m, n, k] = words.list(5);
  const sizes = words.list(rank);
  const a = place(words, rank + 2);
  const b = place(words, rank + 2);
  const coordinates = sizes.map((_, dim) => `i${dim}`);
  const type = variable(dtype);
  const cells = Array.from({ length: TILE * TILE }, (_, cell) => cell);
  const tile = Array.from({ length: TILE }, (_, i) => i);
  const base = (one: Place): string =>
    address({ offset: one.offset, strides: one.strides.slice(0, rank) }, coordinates);
  const stride = (one: Place, dim: number): string => one.strides[rank + dim] ?? "";
  return finish([dtype, dtype], dtype, words, total, [
    `let column = (at % ${across}) * ${TILE}u;`,
    `let row = ((at / ${across}) % ${down}) * ${TILE}u;`,
    `let matrix = at / (${across} * ${down});`,
    ...unravel("matrix", sizes, "i"),
    // Rows and columns past the end repeat the last one and are not stored.
    ...tile.map(
      (i) => `var pa${i} = ${base(a)} + i32(min(row + ${i}u, ${m} - 1u)) * ${stride(a, 0)};`,
    ),
    ...tile.map(
      (i) => `var pb${i} = ${base(b)} + i32(min(column + ${i}u, ${n} - 1u)) * ${stride(b, 1)};`,
    ),
    `let sa = ${stride(a, 1)};`,
    `let sb = ${stride(b, 0)};`,
    ...cells.map((cell) => `var c${cell} = ${type}(0);`),
    `for (var start = 0u; start < ${k}; start += 32u) {`,
    ...cells.map((cell) => `var s${cell} = ${type}(0);`),
    `let end = min(start + 32u, ${k});`,
    "for (var p = start; p < end; p++) {",
    ...tile.map((i) => `let x${i} = ${loaded(dtype, `a0[pa${i}]`)}; pa${i} += sa;`),
    ...tile.map((i) => `let y${i} = ${loaded(dtype, `a1[pb${i}]`)}; pb${i} += sb;`),
    ...cells.map((cell) => `s${cell} += x${Math.floor(cell / TILE)} * y${cell % TILE};`),
    "}",
    ...cells.map((cell) => `c${cell} += s${cell};`),
    "}",
    `let corner = (matrix * ${m} + row) * ${n} + column;`,
    ...cells.map((cell) => {
      const [i, j] = [Math.floor(cell / TILE), cell % TILE];
      return `if (row + ${i}u < ${m} && column + ${j}u < ${n}) { result[corner + ${i}u * ${n} + ${j}u] = ${stored(dtype, `c${cell}`)}; }`;
    }),
  ]);
}

export function stored(dtype: DType, value: string): string {
  if (dtype === "float16") return `f16(${value})`;
  return dtype === "bool" ? `select(0u, 1u, ${value})` : value;
}

function loaded(dtype: DType, element: string): string {
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
    return isFloat(from) ? `(is_nan(${a}) || ${a} != 0.0f)` : `${a} != ${literal(0, from)}`;
  }
  if (from === "bool") return `select(${literal(0, dtype)}, ${literal(1, dtype)}, ${a})`;
  if (dtype === "float16") return `f32(f16(${a}))`;
  if (isFloat(from) && dtype === "int32") return `to_int(${a})`;
  if (isFloat(from) && dtype === "uint32") return `to_uint(${a})`;
  return `${variable(dtype)}(${a})`;
}

export function printWgsl(
  expr: Expr,
  args: string[],
  param: readonly string[],
  at: (input: number) => string,
  kept: number = Infinity,
): string {
  const [a = "", b = "", c = ""] = args;
  const float = isFloat(expr.dtype);
  switch (expr.op) {
    case "input":
      return loaded(expr.dtype, `a${expr.input}[${at(expr.input)}]`);
    case "lookup":
      return loaded(
        expr.dtype,
        `a${expr.input}[${at(expr.input)} + ${a} * bitcast<i32>(${param[expr.stride]})]`,
      );
    case "param":
      return expr.dtype === "bool"
        ? `${param[expr.param]} != 0u`
        : `bitcast<${variable(expr.dtype)}>(${param[expr.param]})`;
    case "const":
      return literal(expr.value, expr.dtype);
    case "index":
      return expr.dim < kept ? `i${expr.dim}` : `j${expr.dim - kept}`;
    case "folded":
      return `f${expr.fold}`;
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
      return `${a} && ${b}`;
    case "or":
      return `${a} || ${b}`;
  }
}
