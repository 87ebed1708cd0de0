/**
 * Reductions: each thread folds part of what makes an output. Lanes go along
 * the folded elements, and are folded together at the end, or along four
 * outputs at once, whichever lies side by side in memory. Where an output's
 * elements are shared out in parts, another reduction folds the parts.
 */

import type { Operand } from "../device.ts";
import { type DType, wideOf } from "../dtype.ts";
import { exprKey, type Reduce, usesIndex } from "../expr.ts";
import { coalesce, product } from "../shape.ts";
import { foldAlong, foldGroup, foldLanes, GROUP, groupLoop, groupMemory } from "./fold.ts";
import {
  bindings,
  declare,
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
import { inWorkgroups, type Tuning, WORKGROUP } from "./tuning.ts";
import { element, stored } from "./wgsl.ts";

/** Elements, or fours of them, that one thread should fold at least. */
const PART = 32;
/** From so many places on, a workgroup folds them together. */
export const TOGETHER = 128;

export interface ReduceLayout extends Layout {
  /** Into how many partial results each output is shared out, and how they lie. */
  readonly parts: number;
  readonly partStrides: readonly [output: number, part: number];
  /** What results are stored as: wider than float16 until the last pass. */
  readonly target: DType;
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

/**
 * Words: how threads share outputs times parts, the parts' own shares, outputs,
 * parts, sizes, inputs, parameters. `heat` is how many elements this expression
 * folded so far, and `output` the dtype of the storage for it.
 */
export function reduceLayout(
  program: Reduce,
  inputs: readonly Operand[],
  tuning: Tuning,
  heat: number,
  output: DType,
): ReduceLayout {
  const { expr, reducer, params } = program;
  const plan = planOf(program, inputs, tuning, heat >= tuning.lanesFrom);
  const { kept, sizes, strides, dim, modes, outputs, places, parts, together } = plan;
  const dtypes = inputs.map(({ storage }) => storage.dtype);
  const total = outputs * parts;
  const threads = Math.min(inWorkgroups(total), tuning.threads);
  const outer = outputs * (dim !== undefined && dim < kept ? LANES : 1);
  const shape = `${kept}/${sizes.length}/${together ? "g" : ""}${dim ?? ""}`;
  const target = parts === 1 ? output : wideOf(expr.dtype);
  const lanes = dim === undefined ? "" : modes.map((mode) => mode[0]).join("");
  return {
    key: `r${reducer}${shape}${lanes}/${params.length}/${dtypes.join()}/${target}/${exprKey(expr)}`,
    source: () => reduceSource(program, plan, dtypes, target),
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
    target,
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
  const modes = modesOf([expr], inputs, strides, dim);
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
  dtypes: readonly DType[],
  target: DType,
): string {
  const { dtype } = expr;
  const words = new Words();
  const shared = share(words);
  const part = share(words);
  const [outputs = "", parts = ""] = words.list(2);
  const named = words.list(sizes.length);
  const places = modes.map((mode) => place(words, sizes.length, mode, dim));
  const param = words.list(params.length);
  const coordinates = named.map((_, at) => (at < kept ? `i${at}` : `j${at - kept}`));
  const across = dim !== undefined && dim < kept;
  const { lines, lanes } = foldAlong(
    "acc",
    reducer,
    { expr, places, params: param, coordinates, dim },
    { begin: "begin", end: "end", step: part.step, sizes: named.slice(kept) },
  );
  const folding = (thread: string): string[] => [
    ...unravel("output", named.slice(0, kept), "i"),
    `let begin = ${thread} * ${part.run};`,
    `let end = min(begin + ${part.span}, ${part.total});`,
    ...lines,
  ];
  const inputs = bindings(dtypes, modes);
  const output = { dtype: target, vector: across };
  const one = foldLanes(reducer, dtype, lanes);
  if (together) {
    const main = groupLoop(shared.total, [
      `let output = at / ${parts};`,
      ...folding(`((at - output * ${parts}) * ${GROUP}u + l)`),
      ...foldGroup("whole", reducer, dtype, one),
      `if (l == 0u) { result[at] = ${stored(target, "whole")}; }`,
    ]);
    return declare(inputs, output, words, `${groupMemory([dtype])}\n${main}`);
  }
  const main = loop(
    WORKGROUP,
    shared,
    across
      ? [
          `let piece = at / ${outputs};`,
          `let output = at - piece * ${outputs};`,
          ...folding("piece"),
          `result[at] = vec4<${element(target)}>(${lanes.map((lane) => stored(target, lane)).join(", ")});`,
        ]
      : [
          `let output = at / ${parts};`,
          `let piece = at - output * ${parts};`,
          ...folding("piece"),
          `result[at] = ${stored(target, one)};`,
        ],
  );
  return declare(inputs, output, words, main);
}
