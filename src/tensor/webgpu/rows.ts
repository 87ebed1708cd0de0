/**
 * Folds of the same rows, one after another, in one program: what was folded
 * stays in registers. A thread takes a row, in lanes of four if its elements
 * lie so; where threads are many and rows are long, a workgroup does.
 */

import type { Operand } from "../device.ts";
import { type Expr, exprKey, keptFold, type Rows, usesIndex } from "../expr.ts";
import { coalesce, product } from "../shape.ts";
import {
  along,
  foldAlong,
  foldGroup,
  foldLanes,
  GROUP,
  groupLoop,
  groupMemory,
  type Range,
} from "./fold.ts";
import {
  bindings,
  declare,
  evaluate,
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
import { TOGETHER } from "./reduce.ts";
import { inWorkgroups, type Tuning, WORKGROUP } from "./tuning.ts";
import { variable } from "./wgsl.ts";

/**
 * Words: how threads share the rows, places of a row, sizes, each input's
 * offset and strides, the output's, parameters. `heat` is how many elements
 * these expressions computed so far.
 */
export function rowsLayout(
  program: Rows,
  inputs: readonly Operand[],
  output: Operand,
  tuning: Tuning,
  heat: number,
): Layout {
  const { folds, expr, each, shape, kept, params } = program;
  const exprs = [...folds.map((one) => one.expr), expr];
  const walks = [...inputs, output].map(({ strides }) => shape.map((_, dim) => strides[dim] ?? 0));
  const indexed = exprs.some(usesIndex);
  const merge = (from: number, to: number): { shape: number[]; strides: number[][] } => {
    const part = walks.map((walk) => walk.slice(from, to));
    const sizes = shape.slice(from, to);
    return indexed ? { shape: sizes, strides: part } : coalesce(sizes, part);
  };
  const [outer, inner] = [merge(0, kept), merge(kept, shape.length)];
  const rows = outer.shape.length;
  const strides = walks.map((_, at) => [
    ...(outer.strides[at] ?? []),
    ...(inner.strides[at] ?? []),
  ]);
  const whole = [...outer.shape, ...inner.shape];
  const last = whole.length - 1;
  const lanes = heat >= tuning.lanesFrom && last >= rows && (whole[last] ?? 0) % LANES === 0;
  const dim = lanes ? last : undefined;
  const modes = modesOf(exprs, inputs, strides, dim);
  const outStrides = strides[inputs.length] ?? [];
  const outMode = each && dim !== undefined ? modeOf(outStrides, output.offset, dim) : "apart";
  const sizes = whole.map((size, at) => (at === dim ? size / LANES : size));
  const total = product(sizes.slice(0, rows));
  const length = product(sizes.slice(rows));
  const together = !tuning.inRuns && length >= TOGETHER / LANES;
  const threads = Math.min(inWorkgroups(total), tuning.threads);
  const dtypes = inputs.map(({ storage }) => storage.dtype);

  const source = (): string => {
    const words = new Words();
    const shared = share(words);
    const places = words.next();
    const named = words.list(sizes.length);
    const ways = modes.map((mode) => place(words, sizes.length, mode, dim));
    const out = place(words, sizes.length, outMode, dim);
    const param = words.list(params.length);
    const names = named.map((_, at) => (at < rows ? `i${at}` : `j${at - rows}`));
    // What is the same along the row is computed at its start.
    const atStart = names.map((name, at) => (at < rows ? name : "0"));
    const folded: string[] = [];
    const evaluation = (one: Expr, coordinates: readonly string[], lane?: number) => ({
      expr: one,
      places: ways,
      params: param,
      coordinates,
      dim: lane,
      folded,
      out,
    });
    const waits = keptFold(program);
    const range: Range = {
      begin: together ? "l" : "0u",
      end: places,
      step: together ? `${GROUP}u` : "1u",
      sizes: named.slice(rows),
    };
    const body = folds.flatMap((one, at) => {
      const { dtype } = one.expr;
      const name = `fold${at}`;
      const { reducer } = one;
      let lines: string[];
      if (reducer === undefined) {
        const single = evaluate(evaluation(one.expr, atStart), (value) => `${name} = ${value};`);
        lines = [`var ${name}: ${variable(dtype)};`, "{", ...single, "}"];
      } else {
        const folding = foldAlong(
          name,
          reducer,
          evaluation(one.expr, names, dim),
          range,
          at === waits ? out : undefined,
        );
        const value = foldLanes(reducer, dtype, folding.lanes);
        const both = together
          ? foldGroup(name, reducer, dtype, value)
          : [`let ${name} = ${value};`];
        lines = [...folding.lines, ...both];
      }
      folded.push(name);
      return lines;
    });
    const write = each
      ? along(range, evaluateInto(out, evaluation(expr, names, dim)))
      : evaluateInto(out, evaluation(expr, atStart));
    const all = [...unravel("at", named.slice(0, rows), "i"), ...body];
    const inFours = bindings(dtypes, modes);
    const result = { dtype: output.storage.dtype, vector: outMode === "vector" };
    if (!together) {
      const main = loop(WORKGROUP, shared, [...all, ...write]);
      return declare(inFours, result, words, main);
    }
    const once = each ? write : ["if (l == 0u) {", ...write, "}"];
    const memory = groupMemory(
      folds.flatMap((one) => (one.reducer === undefined ? [] : [one.expr.dtype])),
    );
    return declare(
      inFours,
      result,
      words,
      `${memory}\n${groupLoop(shared.total, [...all, ...once])}`,
    );
  };
  const text = folds.map((one) => one.reducer + exprKey(one.expr)).join(";");
  const lay = `${together ? "g" : ""}${dim === undefined ? "" : [...modes, outMode].map((mode) => mode[0]).join("")}`;
  return {
    key: `rows${each}${rows}/${sizes.length}${lay}/${params.length}/${dtypes.join()}/${text}/${exprKey(expr)}`,
    source,
    words: [
      ...shareWords(total, together ? total : threads, false),
      length,
      ...sizes,
      ...inputs.flatMap(({ offset }, at) => placeWords(offset, strides[at] ?? [], modes[at], dim)),
      ...placeWords(output.offset, outStrides, outMode, dim),
    ],
    groups: together ? total : threads / WORKGROUP,
  };
}
