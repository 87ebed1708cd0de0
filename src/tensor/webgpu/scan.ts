/**
 * Running folds in blocks (Blelloch 1990): short rows are one block, which a
 * thread walks. Of longer ones the blocks are folded first, what those come to
 * is scanned in turn, and then each block goes on from the one before it.
 */

import type { DType } from "../dtype.ts";
import { exprKey, type Scan, printAssignments } from "../expr.ts";
import {
  address,
  finish,
  fold,
  identityOf,
  type Place,
  place,
  printWgsl,
  stored,
  unravel,
  variable,
  Words,
} from "./wgsl.ts";

/** Elements that a thread walks, unless there are rows enough for all threads. */
export const BLOCK = 64;
export const MANY_ROWS = 2048;

/** The folds of blocks, or the elements, going on from what is before their block. */
export type ScanPart = "totals" | "elements";

export function scanKey(
  { reducer, expr, shape, params }: Scan,
  part: ScanPart,
  dtypes: readonly DType[],
): string {
  return `scan${part}${reducer}${shape.length}/${params.length}/${dtypes.join()}/${exprKey(expr)}`;
}

/**
 * Words: rows times blocks, blocks, elements of a block, sizes, each input's
 * offset and strides, the output's, parameters. With `before`, the last input
 * holds what each row's blocks come to together with those before them.
 */
export function scanSource(
  { reducer, expr, shape, params }: Scan,
  part: ScanPart,
  dtypes: readonly DType[],
  before: boolean,
  output: DType,
): string {
  const { dtype } = expr;
  const words = new Words();
  const [total = "", blocks = "", length = ""] = words.list(3);
  const sizes = words.list(shape.length);
  const places = dtypes.map(() => place(words, shape.length));
  const out = place(words, shape.length);
  const param = words.list(params.length);
  const names = sizes.map((_, dim) => `i${dim}`);
  const last = shape.length - 1;
  const { lines, result } = printAssignments(
    expr,
    (name, _, value) => `let ${name} = ${value};`,
    (one, args) => printWgsl(one, args, param, (input) => address(places[input] as Place, names)),
  );
  const both = (a: string, b: string): string => fold(reducer, dtype, a, b);
  const store =
    part === "elements" ? [`result[${address(out, names)}] = ${stored(output, "acc")};`] : [];
  return finish(dtypes, output, words, total, [
    `let block = at % ${blocks};`,
    `let row = at / ${blocks};`,
    ...unravel("row", sizes.slice(0, last), "i"),
    `var acc = ${variable(dtype)}(${identityOf(reducer, dtype)});`,
    ...(before ? [`if (block > 0u) { acc = a${dtypes.length - 1}[at - 1u]; }`] : []),
    `let end = min((block + 1u) * ${length}, ${sizes[last]});`,
    `for (var j = block * ${length}; j < end; j++) {`,
    `let i${last} = i32(j);`,
    ...lines,
    `acc = ${both("acc", result)};`,
    ...store,
    "}",
    ...(part === "totals" ? [`result[at] = ${stored(output, "acc")};`] : []),
  ]);
}
