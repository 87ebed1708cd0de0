/** What will run for a tensor, in words: to see what fusion does, and what it saves. */

import { bytesOf, type HostValue } from "./dtype.ts";
import {
  type Expr,
  operands,
  printAssignments,
  type Program,
  type Reduce,
  type Rows,
  rowsOf,
} from "./expr.ts";
import { type Source, valueOf } from "./graph.ts";
import { type Job, plan } from "./graph-plan.ts";
import { formatShape, product, type Shape } from "./shape.ts";
import type { Tensor } from "./tensor.ts";

/**
 * The programs that reading `tensor` would run now, in order: what each
 * computes, the bytes it reads and writes, and how many operations that takes.
 * Runs nothing itself.
 */
export function explain(tensor: Tensor): string {
  const { kind } = tensor.storage.device;
  const jobs = plan(valueOf(tensor.storage));
  const what = `a ${tensor.dtype} tensor of shape ${formatShape(tensor.shape)} on device ${kind}`;
  if (jobs.length === 0) return `Nothing will run for ${what}: its values are there already`;
  const names = new Map(jobs.map((job, at) => [job.value, `result ${at + 1}`]));
  const lines = jobs.flatMap((job, at) => describeJob(job, at + 1, kind === "cpu" ? 1 : 4, names));
  const count = jobs.length === 1 ? "1 program" : `${jobs.length} programs`;
  return [`${count} will run for ${what}`, ...lines].join("\n");
}

function describeJob(
  { program, inputs, value, inlined }: Job,
  number: number,
  boolBytes: number,
  names: ReadonlyMap<Job["value"], string>,
): string[] {
  const size = ({ dtype }: Source["value"]): number =>
    dtype === "bool" ? boolBytes : bytesOf(dtype);
  const shape = shapeOf(program);
  const reads = inputs.map(
    (one) => Math.min(touched(shape, one), one.value.length) * size(one.value),
  );
  const written = writtenBy(program) * size(value);
  const sources = inputs.map(
    (one, at) => `x${at}: ${names.get(one.value) ?? "a tensor"}, ${reads[at]} bytes`,
  );
  const saved = inlined.length === 0 ? "" : `, ${inlined.length + 1} operators in one`;
  const passes = partsOf(program);
  const operations = passes.reduce((sum, one) => sum + one.operations, 0);
  return [
    `${number}. ${title(program)}${saved}`,
    ...passes.flatMap(({ what, expr }) => [
      ...(what === "" ? [] : [`   ${what}`]),
      ...(expr === undefined ? [] : formula(expr, program.params ?? [])),
    ]),
    `   reads ${reads.reduce((sum, one) => sum + one, 0)} bytes (${sources.join("; ") || "no tensor"})`,
    `   writes ${written} bytes, in ${operations} operations`,
  ];
}

function title(program: Program): string {
  switch (program.kind) {
    case "elementwise":
      return `each element of ${formatShape(program.shape)}`;
    case "matmul": {
      const { batch, m, k, n } = program;
      return `matrix product ${formatShape([...batch, m, k])} by ${formatShape([...batch, k, n])}`;
    }
    case "reduce":
      return `${program.reducer} of ${rowsText(program)}`;
    case "scan":
      return `running ${program.reducer} along the last dim of ${formatShape(program.shape)}`;
    case "scatter": {
      const { reducer, shape, dim, size } = program;
      return `${reducer} of what leads to each of ${size} places along dim ${dim}, from ${formatShape(shape)}`;
    }
    case "rows":
      return `${program.folds.flatMap((one) => one.reducer ?? []).join(", then ")} of ${rowsText(program)}`;
  }
}

function rowsText({ shape, kept }: Reduce | Rows): string {
  return `${product(shape.slice(kept))} elements for each of ${product(shape.slice(0, kept))}`;
}

function shapeOf(program: Program): Shape {
  if (program.kind !== "matmul") return program.shape;
  return [...program.batch, program.m, program.n, program.k];
}

/** Distinct elements that a walk meets; a stride of 0 meets the same again. */
function touched(shape: Shape, { strides, value }: Source): number {
  if (strides.length !== shape.length) return value.length;
  return product(shape.filter((_, dim) => strides[dim] !== 0));
}

function writtenBy(program: Program): number {
  if (program.kind === "matmul") return product(program.batch) * program.m * program.n;
  if (program.kind === "scatter") return product(program.shape.with(program.dim, program.size));
  const each = program.kind !== "reduce" && (program.kind !== "rows" || program.each);
  if (each) return product(program.shape);
  return product(program.shape.slice(0, program.kept));
}

/** What a program does, one walk over its elements after another. */
function partsOf(program: Program): { what: string; expr?: Expr; operations: number }[] {
  const { params = [] } = program;
  const count = product(shapeOf(program));
  const steps = (expr: Expr): number => stepsOf(expr, params).length;
  const after = (expr: Expr, what: string): { what: string; expr: Expr; operations: number }[] =>
    expr.op === "folded" ? [] : [{ what, expr, operations: writtenBy(program) * steps(expr) }];
  if (program.kind === "elementwise") return after(program.expr, "");
  if (program.kind === "matmul") {
    const { epilogue } = program;
    const product = { what: "", operations: 2 * count };
    return epilogue === undefined
      ? [product]
      : [product, ...after(epilogue, "then, of product f0:")];
  }
  if (program.kind === "scan" || program.kind === "scatter") {
    const value = { what: "", expr: program.expr, operations: count * (steps(program.expr) + 1) };
    if (program.kind === "scan") return [value];
    return [
      value,
      { what: "which leads to:", expr: program.at, operations: count * steps(program.at) },
    ];
  }
  const { folds, expr, each, kept } = rowsOf(program);
  const rows = product(program.shape.slice(0, kept));
  return [
    ...folds.map(({ reducer, expr: one }, at) => {
      const plain = program.kind === "reduce" && expr.op === "folded";
      const what = reducer === undefined ? `f${at}, once a row:` : `f${at} is the ${reducer} of:`;
      const each = reducer === undefined ? rows * steps(one) : count * (steps(one) + 1);
      return { what: plain ? "" : what, expr: one, operations: each };
    }),
    ...after(expr, each ? "and then, each element:" : "and then, once:"),
  ];
}

/** One line for each operation; what is shared is there once. */
function stepsOf(expr: Expr, params: readonly HostValue[]): string[] {
  const text = new Map<string, string>();
  let count = 0;
  const read = (name: string): string => text.get(name) ?? name;
  const { lines } = printAssignments(
    expr,
    (name, one, value) => {
      const rounds = one.op === "cast" && one.dtype === one.a.dtype;
      if (operands(one).length === 0 || rounds) {
        text.set(name, value);
        return "";
      }
      const short = `t${count++}`;
      text.set(name, short);
      return `${short} = ${value}`;
    },
    (one, args) => print(one, args.map(read), params),
  );
  return lines.filter((line) => line !== "");
}

function formula(expr: Expr, params: readonly HostValue[]): string[] {
  const steps = stepsOf(expr, params);
  if (steps.length > 0) return steps.map((line) => `     ${line}`);
  return [`     ${print(expr, [], params)}`];
}

const INFIX: Partial<Record<Expr["op"], string>> = {
  add: "+",
  sub: "-",
  mul: "*",
  div: "/",
  eq: "==",
  lt: "<",
  le: "<=",
};

function print(expr: Expr, args: readonly string[], params: readonly HostValue[]): string {
  switch (expr.op) {
    case "input":
      return `x${expr.input}`;
    case "lookup":
      return `x${expr.input} at ${args[0]}`;
    case "param":
      return String(params[expr.param]);
    case "const":
      return String(expr.value);
    case "index":
      return `index ${expr.dim}`;
    case "folded":
      return `f${expr.fold}`;
    case "element":
      return "what was folded last";
    case "cast":
      return expr.dtype === expr.a.dtype ? (args[0] ?? "") : `${expr.dtype}(${args[0]})`;
    default: {
      const infix = INFIX[expr.op];
      return infix === undefined ? `${expr.op}(${args.join(", ")})` : args.join(` ${infix} `);
    }
  }
}
