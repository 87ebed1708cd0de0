/**
 * What the layouts of programs share: uniform words in order, the way through
 * storages, the loop over what a thread does, and lanes. A program in lanes
 * computes four neighbours along one dim at once, so that addresses are worked
 * out once for four elements, and loads and stores move 16 bytes.
 */

import type { Operand } from "../device.ts";
import type { DType } from "../dtype.ts";
import { type Expr, operands, printAssignments } from "../expr.ts";
import { functionsFor } from "./functions.ts";
import { element, type Leaves, printWgsl, stored } from "./wgsl.ts";

export const LANES = 4;

/** A program for the device: its source, and what a run hands in. */
export interface Layout {
  /** Equal for equal sources. */
  readonly key: string;
  readonly source: () => string;
  /** Uniform words ahead of the parameters. */
  readonly words: readonly number[];
  readonly groups: number;
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

/**
 * How an operand lies along the dim of the lanes: four neighbours side by side
 * and aligned, one element for all, or anyhow. Without lanes it is "apart".
 */
export type Mode = "vector" | "same" | "apart";

export function modeOf(strides: readonly number[], offset: number, dim: number): Mode {
  if (strides[dim] === 0) return "same";
  const aligned = (stride: number, at: number): boolean => at === dim || stride % LANES === 0;
  const vector = strides[dim] === 1 && offset % LANES === 0 && strides.every(aligned);
  return vector ? "vector" : "apart";
}

/** The modes of a program's inputs; what is looked up goes by single elements. */
export function modesOf(
  exprs: readonly Expr[],
  inputs: readonly Operand[],
  strides: readonly (readonly number[])[],
  dim: number | undefined,
): Mode[] {
  const looked = new Set<number>();
  const visit = (one: Expr): void => {
    if (one.op === "lookup") looked.add(one.input);
    operands(one).forEach(visit);
  };
  exprs.forEach(visit);
  return inputs.map(({ offset }, input) =>
    dim === undefined || looked.has(input) ? "apart" : modeOf(strides[input] ?? [], offset, dim),
  );
}

/** A way through a storage; in vectors of four where the mode is "vector". */
export interface Place {
  readonly mode: Mode;
  readonly offset: string;
  readonly strides: readonly string[];
}

/** Along `dim`, a vector is next to the one before it. */
export function place(words: Words, rank: number, mode: Mode = "apart", dim: number = -1): Place {
  const [offset = ""] = words.ints(1);
  const strides = words.ints(rank);
  return { mode, offset, strides: mode === "vector" ? strides.with(dim, "1") : strides };
}

/** The words that `place` names. */
export function placeWords(
  offset: number,
  strides: readonly number[],
  mode: Mode = "apart",
  dim: number = -1,
): number[] {
  if (mode !== "vector") return [offset, ...strides];
  return [offset / LANES, ...strides.map((stride, at) => (at === dim ? 1 : stride / LANES))];
}

export function address({ offset, strides }: Place, coordinates: readonly string[]): string {
  const steps = strides.map((stride, dim) =>
    stride === "1" ? coordinates[dim] : `${coordinates[dim]} * ${stride}`,
  );
  return [offset, ...steps].join(" + ");
}

/** Splits a linear index (a u32 in `from`) into coordinates, last dim fastest. */
export function unravel(from: string, sizes: readonly string[], prefix: string): string[] {
  const lines: string[] = [];
  let rest = from;
  for (let dim = sizes.length - 1; dim >= 0; dim--) {
    if (dim === 0) lines.push(`let ${prefix}0 = i32(${rest});`);
    else {
      lines.push(`let ${prefix}r${dim} = ${rest} / ${sizes[dim]};`);
      lines.push(`let ${prefix}${dim} = i32(${rest} - ${prefix}r${dim} * ${sizes[dim]});`);
      rest = `${prefix}r${dim}`;
    }
  }
  return lines;
}

export interface Evaluation {
  readonly expr: Expr;
  readonly places: readonly Place[];
  readonly params: readonly string[];
  /** Names of the index along each dim; along `dim` it counts fours when there are lanes. */
  readonly coordinates: readonly string[];
  readonly dim: number | undefined;
  /** Names of what was folded before. */
  readonly folded?: readonly string[];
  /** The output, where elements wait in it. */
  readonly out?: Place;
}

/** Computes an expression, in every lane if there are lanes, and hands each result on as it is not stored yet. */
export function evaluate(
  { expr, places, params, coordinates, dim, folded = [], out }: Evaluation,
  use: (result: string, lane: number) => string,
): string[] {
  const used = new Set<number>();
  const asked = new Set<number>();
  const visit = (one: Expr): void => {
    if (one.op === "input") used.add(one.input);
    if (one.op === "param") asked.add(one.param);
    operands(one).forEach(visit);
  };
  visit(expr);
  const shared =
    dim === undefined
      ? []
      : places.flatMap((one, input) => {
          if (one.mode === "apart" || !used.has(input)) return [];
          return [`let v${input} = a${input}[${address(one, coordinates)}];`];
        });
  const inLane = (lane: number): string[] => {
    const here = coordinates.map((name, at) =>
      at !== dim ? name : lane === 0 ? `(${name} * 4)` : `(${name} * 4 + ${lane})`,
    );
    const leaves: Leaves = {
      element(input) {
        const one = places[input] as Place;
        if (dim === undefined || one.mode === "apart") return `a${input}[${address(one, here)}]`;
        return one.mode === "same" ? `v${input}` : `v${input}.${"xyzw"[lane]}`;
      },
      beyond: (input, steps) => `a${input}[${address(places[input] as Place, here)} + ${steps}]`,
      index: (at) => here[at] ?? "0",
      folded: (at) => folded[at] ?? "0",
      waiting:
        out === undefined
          ? "0"
          : out.mode === "vector"
            ? `result[${address(out, coordinates)}].${"xyzw"[lane]}`
            : `result[${address(out, here)}]`,
      params:
        dim === undefined ? params : params.map((word, at) => (asked.has(at) ? `p${at}` : word)),
    };
    const { lines, result } = printAssignments(
      expr,
      (name, _, value) => `let ${name} = ${value};`,
      (one, args) => printWgsl(one, args, leaves),
    );
    return [...lines, use(result, lane)];
  };
  if (dim === undefined) return inLane(0);
  return [
    ...shared,
    ...[...asked].map((at) => `let p${at} = ${params[at]};`),
    ...Array.from({ length: LANES }, (_, lane) => `{ ${inLane(lane).join("\n  ")} }`),
  ];
}

export interface Binding {
  readonly dtype: DType;
  readonly vector: boolean;
}

/**
 * Declares inputs, the result (or other variables that are written) and the
 * uniform words, and the functions that `main` calls.
 */
export function declare(
  inputs: readonly Binding[],
  output: Binding | readonly string[],
  words: Words,
  main: string,
): string {
  const array = ({ dtype, vector }: Binding): string =>
    vector ? `array<vec4<${element(dtype)}>>` : `array<${element(dtype)}>`;
  const half =
    [...inputs, output].some((one) => "dtype" in one && one.dtype === "float16") ||
    main.includes("f16(");
  const written = "dtype" in output ? [`result: ${array(output)}`] : output;
  return [
    ...(half ? ["enable f16;"] : []),
    ...inputs.map((one, i) => `@group(0) @binding(${i}) var<storage, read> a${i}: ${array(one)};`),
    ...written.map(
      (one, i) => `@group(0) @binding(${inputs.length + i}) var<storage, read_write> ${one};`,
    ),
    `@group(0) @binding(${inputs.length + written.length}) var<uniform> u: array<vec4<u32>, ${Math.ceil(words.count / 4)}>;`,
    functionsFor(main),
    main,
  ].join("\n");
}

export function bindings(dtypes: readonly DType[], modes: readonly Mode[]): Binding[] {
  return dtypes.map((dtype, i) => ({ dtype, vector: modes[i] === "vector" }));
}

/**
 * How threads share `total` places between them: each does `span` from its
 * number times `run` on, one every `step`. Threads of a GPU go side by side,
 * since neighbours load together; those of a CPU each have a run of their own.
 */
export interface Share {
  readonly total: string;
  readonly run: string;
  readonly span: string;
  readonly step: string;
}

export function share(words: Words): Share {
  const [total = "", run = "", span = "", step = ""] = words.list(4);
  return { total, run, span, step };
}

export function shareWords(total: number, threads: number, inRuns: boolean): number[] {
  const run = Math.ceil(total / threads);
  return inRuns ? [total, run, run, 1] : [total, 1, total, threads];
}

/** A main function whose threads compute `body` at each of their places, called `at`; without a loop where all have `one`. */
export function loop(
  workgroup: number,
  { total, run, span, step }: Share,
  body: readonly string[],
  one: boolean = false,
): string {
  const places = one
    ? "let at = first; if (at < last) {"
    : `for (var at = first; at < last; at += ${step}) {`;
  return `@compute @workgroup_size(${workgroup})
fn main(@builtin(global_invocation_id) id: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let first = (id.y * (groups.x * ${workgroup}u) + id.x) * ${run};
  let last = min(first + ${span}, ${total});
  ${places}
  ${body.join("\n  ")}
  }
}`;
}

/** Evaluates an expression and writes what it comes to, in fours where the output lies so. */
export function evaluateInto(out: Place, evaluation: Evaluation): string[] {
  const { expr, coordinates, dim } = evaluation;
  const target = `result[${address(out, coordinates)}]`;
  if (out.mode === "vector" && dim !== undefined) {
    return [
      `var out: vec4<${element(expr.dtype)}>;`,
      ...evaluate(
        evaluation,
        (value, lane) => `out.${"xyzw"[lane]} = ${stored(expr.dtype, value)};`,
      ),
      `${target} = out;`,
    ];
  }
  return evaluate(evaluation, (value, lane) => {
    const here = coordinates.map((name, at) =>
      at === dim ? `(${name} * ${LANES} + ${lane})` : name,
    );
    return `result[${address(out, here)}] = ${stored(expr.dtype, value)};`;
  });
}
