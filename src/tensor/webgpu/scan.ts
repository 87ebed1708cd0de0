/**
 * Running folds in blocks (Blelloch 1990): short rows are one block, which a
 * thread walks. Of longer ones the blocks are folded first, what those come to
 * is scanned in turn, and then each block goes on from the one before it.
 */

import type { Operand } from "../device.ts";
import type { DType } from "../dtype.ts";
import { exprKey, type Scan } from "../expr.ts";
import { product } from "../shape.ts";
import {
  address,
  bindings,
  declare,
  evaluate,
  type Layout,
  loop,
  place,
  share,
  shareWords,
  unravel,
  Words,
} from "./layout.ts";
import { inWorkgroups, type Tuning, WORKGROUP } from "./tuning.ts";
import { fold, identityOf, stored, variable } from "./wgsl.ts";

/** Elements that a thread walks, unless there are rows enough for all threads. */
const BLOCK = 64;
const MANY_ROWS = 2048;

/** Into how many blocks each row is cut. */
export function blocksOf({ shape }: Scan): number {
  const length = shape.at(-1) ?? 1;
  const whole = product(shape) / length >= MANY_ROWS || length <= 2 * BLOCK;
  return whole ? 1 : Math.ceil(length / BLOCK);
}

/**
 * Folds blocks into `totals`, or writes `elements`, going on from what is
 * before their block: with `before`, the last input holds what each row's
 * blocks come to together with those before them. Words: how threads share the
 * blocks, blocks of a row, elements of a block, sizes, each input's offset and
 * strides, the output's, parameters.
 */
export function scanLayout(
  { reducer, expr, shape, params }: Scan,
  part: "totals" | "elements",
  inputs: readonly Operand[],
  output: Operand,
  before: boolean,
  tuning: Tuning,
): Layout {
  const dtypes = inputs.map(({ storage }) => storage.dtype);
  const made: DType = output.storage.dtype;
  const last = shape.length - 1;
  const length = shape[last] ?? 1;
  const blocks = blocksOf({ kind: "scan", reducer, expr, shape, params });
  const total = (product(shape) / length) * blocks;
  const threads = Math.min(inWorkgroups(total), tuning.threads);
  const source = (): string => {
    const words = new Words();
    const shared = share(words);
    const [inRow = "", each = ""] = words.list(2);
    const sizes = words.list(shape.length);
    const places = dtypes.map(() => place(words, shape.length));
    const out = place(words, shape.length);
    const names = sizes.map((_, dim) => `i${dim}`);
    const param = words.list(params.length);
    const evaluation = { expr, places, params: param, coordinates: names, dim: undefined };
    const step = evaluate(
      evaluation,
      (value) => `acc = ${fold(reducer, expr.dtype, "acc", value)};`,
    );
    const main = loop(WORKGROUP, shared, [
      `let row = at / ${inRow};`,
      `let block = at - row * ${inRow};`,
      ...unravel("row", sizes.slice(0, last), "i"),
      `var acc = ${variable(expr.dtype)}(${identityOf(reducer, expr.dtype)});`,
      ...(before ? [`if (block > 0u) { acc = a${dtypes.length - 1}[at - 1u]; }`] : []),
      `let end = min((block + 1u) * ${each}, ${sizes[last]});`,
      `for (var j = block * ${each}; j < end; j++) {`,
      `let i${last} = i32(j);`,
      ...step,
      ...(part === "elements" ? [`result[${address(out, names)}] = ${stored(made, "acc")};`] : []),
      "}",
      ...(part === "totals" ? [`result[at] = ${stored(made, "acc")};`] : []),
    ]);
    return declare(bindings(dtypes, []), { dtype: made, vector: false }, words, main);
  };
  const walks = [...inputs, output].flatMap(({ offset, strides }) => [
    offset,
    ...shape.map((_, dim) => strides[dim] ?? 0),
  ]);
  return {
    key: `scan${part}${reducer}${shape.length}${before}/${params.length}/${dtypes.join()}/${made}/${exprKey(expr)}`,
    source,
    words: [
      ...shareWords(total, threads, tuning.inRuns),
      blocks,
      blocks === 1 ? length : BLOCK,
      ...shape,
      ...walks,
    ],
    groups: threads / WORKGROUP,
  };
}
