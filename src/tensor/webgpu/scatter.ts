/**
 * Folds of what leads to the same place, in an order that is always the same,
 * without float atomics: first each index joins the list of its place, by an
 * exchange of the list's head, and then a thread for each place folds its list.
 * Where the order matters it looks for the next index each time, or through
 * all of them where a list is so long that this is less work. So a place takes
 * at most as many steps as there are indices, and mostly as few as lead to it.
 */

import { type DType, isFloat } from "../dtype.ts";
import { exprKey, type Expr, operands, printAssignments, type Scatter } from "../expr.ts";
import {
  address,
  arrayOf,
  bind,
  fold,
  identityOf,
  loop,
  type Place,
  place,
  printWgsl,
  stored,
  unravel,
  variable,
  Words,
} from "./wgsl.ts";

/** Whether where an index leads depends on a dim; along the others they go together. */
export function dimsOf(
  { at, shape, dim }: Scatter,
  strides: readonly (readonly number[])[],
): boolean[] {
  const needs = shape.map((_, d) => d === dim);
  const visit = (one: Expr): void => {
    if (one.op === "index") needs[one.dim] = true;
    if (one.op === "input" || one.op === "lookup") {
      strides[one.input]?.forEach((stride, d) => (needs[d] ||= stride !== 0));
    }
    operands(one).forEach(visit);
  };
  visit(at);
  return needs;
}

export function scatterKey(
  { reducer, expr, at, shape, dim, params }: Scatter,
  part: "link" | "fold",
  needs: readonly boolean[],
  dtypes: readonly DType[],
): string {
  const place = `${part}${dim}/${needs.map(Number).join("")}/${shape.length}/${params.length}`;
  return `scatter${reducer}${place}/${dtypes.join()}/${exprKey(at)}/${exprKey(expr)}`;
}

/** Where a place's list starts: its coordinates with `along` in the dim that is scattered. */
function headOf(
  coordinates: readonly string[],
  needs: readonly boolean[],
  sizes: readonly string[],
  dim: number,
  size: string,
  along: string,
): string {
  let text = "0u";
  needs.forEach((needed, d) => {
    if (!needed) return;
    const [length, at] = d === dim ? [size, along] : [sizes[d] ?? "1u", coordinates[d] ?? "0"];
    text = `(${text} * ${length} + u32(${at}))`;
  });
  return text;
}

/**
 * Words, here and in `foldSource`: threads, size of the scattered dim, sizes of
 * the others, each input's offset and strides, parameters.
 */
export function linkSource(
  { at, shape, dim, params }: Scatter,
  needs: readonly boolean[],
  dtypes: readonly DType[],
): string {
  const words = new Words();
  const [total = "", size = ""] = words.list(2);
  const sizes = words.list(shape.length);
  const places = dtypes.map(() => place(words, shape.length));
  const param = words.list(params.length);
  const names = sizes.map((_, d) => `i${d}`);
  const own = sizes.map((one, d) => (needs[d] ? one : "1u"));
  const { lines, result } = print(at, names, places, param);
  const body = loop(total, [
    ...unravel("at", own, "i"),
    ...lines,
    `let leads = ${result};`,
    `if (leads >= 0 && u32(leads) < ${size}) {`,
    `next[at] = atomicExchange(&head[${headOf(names, needs, sizes, dim, size, "leads")}], i32(at));`,
    "}",
  ]);
  return bind(dtypes, ["head: array<atomic<i32>>", "next: array<i32>"], words, body);
}

/** As `linkSource`; the last two inputs are the lists. */
export function foldSource(
  { expr, at, reducer, shape, dim, params }: Scatter,
  needs: readonly boolean[],
  dtypes: readonly DType[],
): string {
  const { dtype } = expr;
  const words = new Words();
  const [total = "", size = ""] = words.list(2);
  const sizes = words.list(shape.length);
  const places = dtypes.map(() => place(words, shape.length));
  const param = words.list(params.length);
  const [head, next] = [`a${dtypes.length}`, `a${dtypes.length + 1}`];
  const there = sizes.map((_, d) => (d === dim ? "place" : `i${d}`));
  const here = sizes.map((_, d) => (d === dim ? "source" : `i${d}`));
  const outer = sizes.map((one, d) => (d === dim ? size : one));
  const value = print(expr, here, places, param);
  const leads = print(at, here, places, param);
  // How far apart in the lists two indices are that are neighbours along the dim.
  const step = needs.reduce(
    (text, needed, d) => (needed && d > dim ? `${text} * ${sizes[d]}` : text),
    "1u",
  );
  const ordered = isFloat(dtype) && (reducer === "sum" || reducer === "prod");
  const take = [...value.lines, `acc = ${fold(reducer, dtype, "acc", value.result)};`];
  const source = (link: string): string =>
    `let source = i32((u32(${link}) / (${step})) % ${sizes[dim]});`;
  const walk = ordered
    ? [
        "var count = 0u;",
        `for (var link = first; link >= 0; link = ${next}[link]) { count += 1u; }`,
        `if (count * count > ${sizes[dim]}) {`,
        `for (var source = 0; source < i32(${sizes[dim]}); source++) {`,
        ...leads.lines,
        `if (${leads.result} == place) {`,
        ...take,
        "}",
        "}",
        "} else {",
        "var last = -1;",
        "for (var taken = 0u; taken < count; taken++) {",
        "var least = 2147483647;",
        `for (var link = first; link >= 0; link = ${next}[link]) { if (link > last) { least = min(least, link); } }`,
        "last = least;",
        source("last"),
        ...take,
        "}",
        "}",
      ]
    : [`for (var link = first; link >= 0; link = ${next}[link]) {`, source("link"), ...take, "}"];
  const body = loop(total, [
    ...unravel("at", outer, "o"),
    ...sizes.map((_, d) => (d === dim ? `let place = o${d};` : `let i${d} = o${d};`)),
    `let first = ${head}[${headOf(there, needs, sizes, dim, size, "place")}];`,
    `var acc = ${variable(dtype)}(${identityOf(reducer, dtype)});`,
    ...walk,
    `result[at] = ${stored(dtype, "acc")};`,
  ]);
  return bind([...dtypes, "int32", "int32"], [`result: ${arrayOf(dtype)}`], words, body);
}

function print(
  expr: Expr,
  names: readonly string[],
  places: readonly Place[],
  param: readonly string[],
): { lines: string[]; result: string } {
  return printAssignments(
    expr,
    (name, _, value) => `let ${name} = ${value};`,
    (one, args) => printWgsl(one, args, param, (input) => address(places[input] as Place, names)),
  );
}

/**
 * Leaves in `flag` which check has found an index that is outside, and the
 * index, unless another one did before. Words: threads, size, the number of
 * the check, sizes, offset and strides.
 */
export function checkSource(rank: number): string {
  const words = new Words();
  const [total = "", size = "", number = ""] = words.list(3);
  const sizes = words.list(rank);
  const indices = place(words, rank);
  const names = sizes.map((_, d) => `i${d}`);
  const body = loop(total, [
    ...unravel("at", sizes, "i"),
    `let index = a0[${address(indices, names)}];`,
    `if ((index < 0 || u32(index) >= ${size}) && atomicLoad(&flag[0]) == 0) {`,
    `atomicStore(&flag[1], index);`,
    `atomicStore(&flag[0], i32(${number}));`,
    "}",
  ]);
  return bind(["int32"], ["flag: array<atomic<i32>>"], words, body);
}
