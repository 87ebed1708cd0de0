/** Elementwise programs: flat or along few dims, alone or in lanes of four. */

import type { Operand } from "../device.ts";
import { type Elementwise, exprKey, usesIndex } from "../expr.ts";
import { coalesce, product } from "../shape.ts";
import {
  bindings,
  declare,
  evaluateInto,
  type Layout,
  LANES,
  loop,
  modeOf,
  modesOf,
  place,
  placeWords,
  share,
  shareWords,
  unravel,
  Words,
} from "./layout.ts";
import { inWorkgroups, threadsFor, type Tuning, WORKGROUP } from "./tuning.ts";

/**
 * Words: how threads share the places, sizes, each operand's offset and strides,
 * the output's, parameters. `heat` is how many elements this expression computed so far.
 */
export function elementwiseLayout(
  { expr, shape, params }: Elementwise,
  inputs: readonly Operand[],
  output: Operand,
  tuning: Tuning,
  heat: number,
): Layout {
  const walks = [...inputs, output].map(({ strides }) => strides);
  const merged = usesIndex(expr) ? { shape: [...shape], strides: walks } : coalesce(shape, walks);
  const rank = merged.shape.length;
  const count = product(shape);
  const outStrides = merged.strides[inputs.length] ?? [];
  const dim = lanesAlong(merged.shape, outStrides, output, heat >= tuning.lanesFrom);
  const modes = modesOf([expr], inputs, merged.strides, dim);
  const outMode = dim === undefined ? "apart" : modeOf(outStrides, output.offset, dim);
  const sizes = merged.shape.map((size, at) => (at === dim ? Math.ceil(size / LANES) : size));
  const places = dim === undefined ? count : product(sizes);
  // Programs that are small, and mostly new, compile faster without a loop.
  const one = places <= tuning.alone;
  const threads = one ? inWorkgroups(places) : threadsFor(places, tuning);
  const dtypes = inputs.map(({ storage }) => storage.dtype);
  const { dtype } = expr;

  const source = (): string => {
    const words = new Words();
    const shared = share(words);
    const named = words.list(rank);
    const ways = modes.map((mode) => place(words, rank, mode, dim));
    const out = place(words, rank, outMode, dim);
    const coordinates = named.map((_, at) => `i${at}`);
    const evaluation = {
      expr,
      places: ways,
      params: words.list(params.length),
      coordinates,
      dim,
    };
    const main = loop(WORKGROUP, shared, [
      ...unravel("at", named, "i"),
      ...evaluateInto(out, evaluation),
    ]);
    return declare(bindings(dtypes, modes), { dtype, vector: outMode === "vector" }, words, main);
  };
  const lanes = dim === undefined ? "" : [...modes, outMode].map((mode) => mode[0]).join("");
  return {
    key: `e${one ? "o" : ""}${rank}${lanes}/${params.length}/${dtypes.join()}/${exprKey(expr)}`,
    source,
    words: [
      ...shareWords(places, threads, tuning.inRuns),
      ...sizes,
      ...inputs.flatMap(({ offset }, at) =>
        placeWords(offset, merged.strides[at] ?? [], modes[at], dim),
      ),
      ...placeWords(output.offset, outStrides, outMode, dim),
    ],
    groups: threads / WORKGROUP,
  };
}

/** The last dim, if it divides into fours, or if the last four may be longer than what is asked for. */
function lanesAlong(
  shape: readonly number[],
  strides: readonly number[],
  { offset, storage }: Operand,
  worthIt: boolean,
): number | undefined {
  const dim = shape.length - 1;
  if (dim < 0 || !worthIt) return undefined;
  if ((shape[dim] ?? 0) % LANES === 0) return dim;
  // A storage ends in room for a whole four.
  const flat = dim === 0 && modeOf(strides, offset, dim) === "vector";
  return flat && offset + (shape[0] ?? 0) === storage.length ? dim : undefined;
}
