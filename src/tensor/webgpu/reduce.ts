/**
 * Reductions: each thread folds part of what makes an output. Lanes go along
 * the folded elements, and are folded together at the end, or along four
 * outputs at once, whichever lies side by side in memory. Where an output's
 * elements are shared out in parts, another reduction folds the parts.
 *
 * Sums go in blocks of 32, and blocks in a sum of their own, so that rounding
 * grows with the root of the number of elements, or slower.
 */

import type { Operand } from "../device.ts";
import { exprKey, type Expr, type Reduce, type Reducer, usesIndex } from "../expr.ts";
import { coalesce, product } from "../shape.ts";
import {
  bindings,
  declare,
  evaluate,
  type Layout,
  LANES,
  loop,
  type Mode,
  modeOf,
  modesOf,
  place,
  placeWords,
  share,
  shareWords,
  unravel,
  Words,
} from "./layout.ts";
import { type Tuning, WORKGROUP } from "./tuning.ts";
import { fold, IDENTITY, VALUE } from "./wgsl.ts";

/** Elements, or fours of them, that one thread should fold at least. */
const PART = 32;
const BLOCK = 32;
/** From so many places on, a workgroup folds one output together. */
const TOGETHER = 128;
const GROUP = 256;

export interface ReduceLayout extends Layout {
  /** Into how many partial results each output is shared out, and how they lie. */
  readonly parts: number;
  readonly partStrides: readonly [output: number, part: number];
}

interface Plan {
  readonly kept: number;
  readonly sizes: readonly number[];
  readonly strides: readonly (readonly number[])[];
  readonly dim: number | undefined;
  readonly modes: readonly Mode[];
  /** Outputs, and places that are folded into each; in fours along the lanes. */
  readonly outputs: number;
  readonly places: number;
  readonly parts: number;
  readonly together: boolean;
}

/** `heat` is how many elements this expression folded so far. Words: how threads share outputs times parts, the parts' own shares, outputs, parts, sizes, inputs, parameters. */
export function reduceLayout(
  program: Reduce,
  inputs: readonly Operand[],
  tuning: Tuning,
  heat: number,
): ReduceLayout {
  const { expr, reducer, params } = program;
  const plan = planOf(program, inputs, tuning, heat >= tuning.lanesFrom);
  const { kept, sizes, strides, dim, modes, outputs, places, parts, together } = plan;
  const dtypes = inputs.map(({ storage }) => storage.dtype);
  const total = outputs * parts;
  const threads = Math.min(Math.ceil(total / WORKGROUP) * WORKGROUP, tuning.threads);
  const outer = outputs * (dim !== undefined && dim < kept ? LANES : 1);
  const shape = `${kept}/${sizes.length}/${together ? "g" : ""}${dim ?? ""}`;
  const lanes = dim === undefined ? "" : modes.map((mode) => mode[0]).join("");
  return {
    key: `r${reducer}${shape}${lanes}/${params.length}/${dtypes.join()}/${exprKey(expr)}`,
    source: () => reduceSource(program, plan, dtypes),
    words: [
      ...shareWords(total, together ? total : threads, false),
      ...shareWords(places, together ? parts * GROUP : parts, tuning.inRuns && !together),
      outputs,
      parts,
      ...sizes,
      ...inputs.flatMap(({ offset }, at) => placeWords(offset, strides[at] ?? [], modes[at], dim)),
    ],
    groups: together ? total : threads / WORKGROUP,
    parts,
    partStrides: dim !== undefined && dim < kept ? [1, outer] : [parts, 1],
  };
}

function planOf(
  { expr, shape, kept }: Reduce,
  inputs: readonly Operand[],
  tuning: Tuning,
  lanes: boolean,
): Plan {
  const walks = inputs.map(({ strides }) => strides);
  const indexed = usesIndex(expr);
  const merge = (from: number, to: number): { shape: number[]; strides: number[][] } => {
    const part = walks.map((walk) => walk.slice(from, to));
    const sizes = shape.slice(from, to);
    return indexed ? { shape: sizes, strides: part } : coalesce(sizes, part);
  };
  const left = merge(0, kept);
  const right = merge(kept, shape.length);
  const sizes = [...left.shape, ...right.shape];
  const strides = walks.map((_, at) => [...(left.strides[at] ?? []), ...(right.strides[at] ?? [])]);
  const dim = lanes ? lanesAlong(sizes, left.shape.length, inputs, strides) : undefined;
  const modes = modesOf(expr, inputs, strides, dim);
  const inFours = sizes.map((size, at) => (at === dim ? size / LANES : size));
  const outputs = product(inFours.slice(0, left.shape.length));
  const places = product(inFours.slice(left.shape.length));
  const alongParts = dim === undefined || dim >= left.shape.length;
  const together = !tuning.inRuns && alongParts && places >= TOGETHER;
  const most = Math.ceil(places / PART / (together ? GROUP : 1));
  const wanted = Math.ceil(tuning.reducers / outputs / (together ? GROUP : 1));
  return {
    kept: left.shape.length,
    sizes: inFours,
    strides,
    dim,
    modes,
    outputs,
    places,
    parts: Math.max(1, Math.min(most, wanted)),
    together,
  };
}

/** The last folded dim or the last kept one, if it divides into fours that lie side by side. */
function lanesAlong(
  sizes: readonly number[],
  kept: number,
  inputs: readonly Operand[],
  strides: readonly (readonly number[])[],
): number | undefined {
  const vectors = (dim: number): boolean =>
    dim >= 0 &&
    (sizes[dim] ?? 0) % LANES === 0 &&
    inputs.some(({ offset }, at) => modeOf(strides[at] ?? [], offset, dim) === "vector");
  if (sizes.length > kept && vectors(sizes.length - 1)) return sizes.length - 1;
  return vectors(kept - 1) ? kept - 1 : undefined;
}

function reduceSource(
  { expr, reducer, params }: Reduce,
  { kept, sizes, dim, modes, together }: Plan,
  dtypes: readonly Operand["storage"]["dtype"][],
): string {
  const { dtype } = expr;
  const words = new Words();
  const shared = share(words);
  const part = share(words);
  const [outputs = "", parts = ""] = words.list(2);
  const named = words.list(sizes.length);
  const places = modes.map((mode) => place(words, sizes.length, mode));
  const param = words.list(params.length);
  const coordinates = named.map((_, at) => (at < kept ? `i${at}` : `j${at - kept}`));
  const identity = IDENTITY[dtype === "float32" ? "float" : "int"][reducer];
  const across = dim !== undefined && dim < kept;
  const lanes = Array.from({ length: dim === undefined ? 1 : LANES }, (_, lane) => lane);
  const blocks = dtype === "float32" && (reducer === "sum" || reducer === "prod");
  const both = (a: string, b: string): string => fold(reducer, dtype, a, b);
  const into = blocks ? "block" : "acc";
  const evaluation = { expr, places, params: param, coordinates, dim };
  const step = [
    ...unravel("j", named.slice(kept), "j"),
    ...evaluate(evaluation, (value, lane) => `${into}${lane} = ${both(`${into}${lane}`, value)};`),
  ];
  const all = (print: (lane: number) => string): string[] => lanes.map(print);
  const folding = [
    ...unravel("output", named.slice(0, kept), "i"),
    ...all((lane) => `var acc${lane} = ${VALUE[dtype]}(${identity});`),
    ...(blocks
      ? [
          `for (var start = begin; start < end; start += ${BLOCK}u * ${part.step}) {`,
          ...all((lane) => `var block${lane} = ${VALUE[dtype]}(${identity});`),
          `let stop = min(start + ${BLOCK}u * ${part.step}, end);`,
          `for (var j = start; j < stop; j += ${part.step}) {`,
          ...step,
          "}",
          ...all((lane) => `acc${lane} = ${both(`acc${lane}`, `block${lane}`)};`),
          "}",
        ]
      : [`for (var j = begin; j < end; j += ${part.step}) {`, ...step, "}"]),
  ];
  const bounds = (thread: string): string[] => [
    `let begin = ${thread} * ${part.run};`,
    `let end = min(begin + ${part.span}, ${part.total});`,
  ];
  const one = lanes.length === 1 ? "acc0" : both("quad0", "quad1");
  const together4 =
    lanes.length === 1
      ? []
      : [`let quad0 = ${both("acc0", "acc1")};`, `let quad1 = ${both("acc2", "acc3")};`];
  const output = { dtype, vector: across };
  const inputs = bindings(dtypes, modes);
  if (together) {
    const main = groupMain(dtype, reducer, shared.total, [
      `let output = place / ${parts};`,
      ...bounds(`((place - output * ${parts}) * ${GROUP}u + l)`),
      ...folding,
      ...together4,
      `shared_[l] = ${one};`,
    ]);
    const memory = `var<workgroup> shared_: array<${VALUE[dtype]}, ${GROUP}>;`;
    return declare(inputs, output, words, `${memory}\n${main}`);
  }
  const where = across
    ? [`let piece = at / ${outputs};`, `let output = at - piece * ${outputs};`]
    : [`let output = at / ${parts};`, `let piece = at - output * ${parts};`];
  const result = across
    ? [`result[at] = vec4<${VALUE[dtype]}>(acc0, acc1, acc2, acc3);`]
    : [...together4, `result[at] = ${one};`];
  const main = loop(WORKGROUP, shared, [...where, ...bounds("piece"), ...folding, ...result]);
  return declare(inputs, output, words, main);
}

/** One workgroup for each place: its threads leave their parts in `shared_`, which are folded as a tree. */
function groupMain(
  dtype: Expr["dtype"],
  reducer: Reducer,
  total: string,
  body: readonly string[],
): string {
  return `@compute @workgroup_size(${GROUP})
fn main(@builtin(local_invocation_index) l: u32, @builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let place = group.y * groups.x + group.x;
  if (place >= ${total}) { return; }
  ${body.join("\n  ")}
  for (var half = ${GROUP / 2}u; half > 0u; half = half >> 1u) {
    workgroupBarrier();
    if (l < half) { shared_[l] = ${fold(reducer, dtype, "shared_[l]", "shared_[l + half]")}; }
  }
  if (l == 0u) { result[place] = shared_[0]; }
}`;
}
