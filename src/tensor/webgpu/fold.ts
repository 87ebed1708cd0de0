/**
 * Folding along places, in lanes where there are some. Sums go in blocks of 32,
 * and blocks in a sum of their own, so that rounding grows slowly.
 */

import { type DType, isFloat } from "../dtype.ts";
import type { Reducer } from "../expr.ts";
import { address, evaluate, type Evaluation, LANES, type Place, unravel } from "./layout.ts";
import { element, fold, identityOf, stored, variable } from "./wgsl.ts";

const BLOCK = 32;
/** Invocations that fold together through workgroup memory. */
export const GROUP = 256;

/** The places `j` that a thread takes, and the sizes that they are split by. */
export interface Range {
  readonly begin: string;
  readonly end: string;
  readonly step: string;
  readonly sizes: readonly string[];
}

/** A loop over a range, with the index along each of its dims in `j0`, `j1`, … */
export function along({ begin, end, step, sizes }: Range, body: readonly string[]): string[] {
  return [
    `for (var j = ${begin}; j < ${end}; j += ${step}) {`,
    ...unravel("j", sizes, "j"),
    ...body,
    "}",
  ];
}

/**
 * Folds an expression along a range; the names of what each lane came to start
 * with `name`. With `keep`, what is folded is also written there.
 */
export function foldAlong(
  name: string,
  reducer: Reducer,
  evaluation: Evaluation,
  range: Range,
  keep?: Place,
): { lines: string[]; lanes: string[] } {
  const { dtype } = evaluation.expr;
  const start = `${variable(dtype)}(${identityOf(reducer, dtype)})`;
  const count = evaluation.dim === undefined ? 1 : LANES;
  const lanes = Array.from({ length: count }, (_, lane) => `${name}_${lane}`);
  const set = (names: readonly string[]): string[] => names.map((one) => `var ${one} = ${start};`);
  const { coordinates, dim } = evaluation;
  const inFours = keep?.mode === "vector";
  const kept = (value: string, lane: number): string => {
    if (keep === undefined) return "";
    if (inFours) return `kept.${"xyzw"[lane]} = ${stored(dtype, value)};`;
    const here = coordinates.map((one, at) => (at === dim ? `(${one} * ${LANES} + ${lane})` : one));
    return `result[${address(keep, here)}] = ${stored(dtype, value)};`;
  };
  const into = (names: readonly string[]): string[] => [
    ...(inFours ? [`var kept: vec4<${element(dtype)}>;`] : []),
    ...evaluate(evaluation, (value, lane) => {
      const one = names[lane] ?? "";
      return `${one} = ${fold(reducer, dtype, one, value)};${kept(value, lane)}`;
    }),
    ...(inFours && keep !== undefined ? [`result[${address(keep, coordinates)}] = kept;`] : []),
  ];
  const rounds = isFloat(dtype) && (reducer === "sum" || reducer === "prod");
  if (!rounds) return { lines: [...set(lanes), ...along(range, into(lanes))], lanes };
  const blocks = lanes.map((one) => `${one}b`);
  const lines = [
    ...set(lanes),
    `for (var block = ${range.begin}; block < ${range.end}; block += ${BLOCK}u * ${range.step}) {`,
    ...set(blocks),
    `let stop = min(block + ${BLOCK}u * ${range.step}, ${range.end});`,
    ...along({ ...range, begin: "block", end: "stop" }, into(blocks)),
    ...lanes.map((one, lane) => `${one} = ${fold(reducer, dtype, one, blocks[lane] ?? "")};`),
    "}",
  ];
  return { lines, lanes };
}

/** What lanes come to together. */
export function foldLanes(reducer: Reducer, dtype: DType, lanes: readonly string[]): string {
  const [a = "", b, c, d] = lanes;
  if (b === undefined || c === undefined || d === undefined) return a;
  const both = (x: string, y: string): string => `(${fold(reducer, dtype, x, y)})`;
  return both(both(a, b), both(c, d));
}

/** Workgroup memory for `foldGroup`, by dtype. */
export function groupMemory(dtypes: readonly DType[]): string {
  const types = [...new Set(dtypes.map(variable))];
  return types.map((type) => `var<workgroup> group_${type}: array<${type}, ${GROUP}>;`).join("\n");
}

/** Folds one value of each invocation as a tree; after it, `result` is the same in all. */
export function foldGroup(result: string, reducer: Reducer, dtype: DType, value: string): string[] {
  const memory = `group_${variable(dtype)}`;
  return [
    `${memory}[l] = ${value};`,
    `for (var half = ${GROUP / 2}u; half > 0u; half = half >> 1u) {`,
    "workgroupBarrier();",
    `if (l < half) { ${memory}[l] = ${fold(reducer, dtype, `${memory}[l]`, `${memory}[l + half]`)}; }`,
    "}",
    "workgroupBarrier();",
    `let ${result} = ${memory}[0];`,
    // Nobody may write the next value before all have read this one.
    "workgroupBarrier();",
  ];
}

/** A main function with a workgroup for each of `total` places, called `at`, and `l` for each of its invocations. */
export function groupLoop(total: string, body: readonly string[]): string {
  return `@compute @workgroup_size(${GROUP})
fn main(@builtin(local_invocation_index) l: u32, @builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let at = group.y * groups.x + group.x;
  if (at >= ${total}) { return; }
  ${body.join("\n  ")}
}`;
}
