/**
 * Folds of the same rows, one after another, in one program: a thread takes a
 * row, and what it folded stays in registers. Sums go in blocks, so that
 * rounding stays small.
 */

import type { Operand } from "../device.ts";
import { type Expr, exprKey, type Rows, printAssignments, usesIndex } from "../expr.ts";
import { coalesce, product } from "../shape.ts";
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

/** What the device dispatches: a source, equal for equal keys, and the words ahead of the parameters. */
export interface RowsLayout {
  readonly key: string;
  readonly source: () => string;
  readonly words: readonly number[];
  readonly threads: number;
}

/** Words: rows, elements of a row, sizes, each input's offset and strides, the output's, parameters. */
export function rowsLayout(
  { folds, expr, each, shape, kept, params }: Rows,
  inputs: readonly Operand[],
  output: Operand,
): RowsLayout {
  const exprs = [...folds.map((one) => one.expr), expr];
  const walks = [...inputs, output].map(({ strides }) => shape.map((_, dim) => strides[dim] ?? 0));
  const merge = (from: number, to: number): { shape: number[]; strides: number[][] } => {
    const part = walks.map((walk) => walk.slice(from, to));
    const sizes = shape.slice(from, to);
    return exprs.some(usesIndex) ? { shape: sizes, strides: part } : coalesce(sizes, part);
  };
  const [outer, inner] = [merge(0, kept), merge(kept, shape.length)];
  const [rows, row] = [outer.shape, inner.shape];
  const dtypes = inputs.map(({ storage }) => storage.dtype);
  const total = product(rows);
  const text = folds.map((one) => one.reducer + exprKey(one.expr)).join(";");
  const source = (): string => {
    const words = new Words();
    const count = words.next();
    const length = words.next();
    const sizes = words.list(rows.length + row.length);
    const places = dtypes.map(() => place(words, sizes.length));
    const out = place(words, sizes.length);
    const param = words.list(params.length);
    const names = sizes.map((_, dim) => (dim < rows.length ? `i${dim}` : `j${dim - rows.length}`));
    const inRow = (written: number): string[] =>
      names.map((name, dim) => (dim < written ? name : "0"));
    const evaluate = (one: Expr, at: readonly string[]): { lines: string[]; result: string } =>
      printAssignments(
        one,
        (name, _, value) => `let ${name} = ${value};`,
        (part, args) =>
          printWgsl(part, args, param, (input) => address(places[input] as Place, at), rows.length),
      );
    const along = (body: readonly string[]): string[] => [
      `for (var j = 0u; j < ${length}; j++) {`,
      ...unravel("j", sizes.slice(rows.length), "j"),
      ...body,
      "}",
    ];
    const folded = folds.flatMap((one, at) => {
      const { dtype } = one.expr;
      const { reducer } = one;
      if (reducer === undefined) {
        const { lines, result } = evaluate(one.expr, inRow(rows.length));
        return [`var f${at}: ${variable(dtype)};`, "{", ...lines, `f${at} = ${result};`, "}"];
      }
      const start = `${variable(dtype)}(${identityOf(reducer, dtype)})`;
      const both = (a: string, b: string): string => fold(reducer, dtype, a, b);
      const { lines, result } = evaluate(one.expr, names);
      return [
        `var f${at} = ${start};`,
        `var block${at} = ${start};`,
        ...along([
          ...lines,
          `block${at} = ${both(`block${at}`, result)};`,
          `if ((j & 15u) == 15u) { f${at} = ${both(`f${at}`, `block${at}`)}; block${at} = ${start}; }`,
        ]),
        `f${at} = ${both(`f${at}`, `block${at}`)};`,
      ];
    });
    const here = each ? names : inRow(rows.length);
    const { lines, result } = evaluate(expr, here);
    const write = [...lines, `result[${address(out, here)}] = ${stored(expr.dtype, result)};`];
    return finish(dtypes, expr.dtype, words, count, [
      ...unravel("at", sizes.slice(0, rows.length), "i"),
      ...folded,
      ...(each ? along(write) : write),
    ]);
  };
  return {
    key: `rows${each}${rows.length}/${row.length}/${params.length}/${dtypes.join()}/${text}/${exprKey(expr)}`,
    source,
    words: [
      total,
      product(row),
      ...rows,
      ...row,
      ...[...inputs, output].flatMap(({ offset }, i) => [
        offset,
        ...(outer.strides[i] ?? []),
        ...(inner.strides[i] ?? []),
      ]),
    ],
    threads: total,
  };
}
