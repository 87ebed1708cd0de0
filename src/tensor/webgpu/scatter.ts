/**
 * Folds of what leads to the same place, in an order that is always the same,
 * without float atomics: first each index joins the list of its place, by an
 * exchange of the list's head, and then a thread for each place folds its list.
 * Where the order matters it looks for the next index each time, or through
 * all of them where a list is so long that this is less work. So a place takes
 * at most as many steps as there are indices, and mostly as few as lead to it.
 */

import type { Operand } from "../device.ts";
import { isFloat } from "../dtype.ts";
import { exprKey, type Expr, operands, type Scatter } from "../expr.ts";
import { product, type Shape } from "../shape.ts";
import {
  address,
  bindings,
  declare,
  evaluate,
  type Evaluation,
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

/** A scatter, and along which dims it depends where an index leads; along the others they go together. */
export interface Lists {
  readonly program: Scatter;
  readonly needs: readonly boolean[];
  /** The indices that are linked, and the places that have a list. */
  readonly links: number;
  readonly places: number;
}

export function listsOf(program: Scatter, inputs: readonly Operand[]): Lists {
  const { at, shape, dim, size } = program;
  const needs = shape.map((_, d) => d === dim);
  const visit = (one: Expr): void => {
    if (one.op === "index") needs[one.dim] = true;
    if (one.op === "input" || one.op === "lookup") {
      inputs[one.input]?.strides.forEach((stride, d) => (needs[d] ||= stride !== 0));
    }
    operands(one).forEach(visit);
  };
  visit(at);
  const own = shape.map((length, d) => (needs[d] === true ? length : 1));
  return { program, needs, links: product(own), places: product(own.with(dim, size)) };
}

/** Links the indices of each place: writes where each list starts, and what is next after each index. */
export function linkLayout(lists: Lists, inputs: readonly Operand[], tuning: Tuning): Layout {
  const { program, needs, links } = lists;
  const { at, dim } = program;
  return layoutOf("link", links, lists, inputs, tuning, (parts) => {
    const { words, shared, size, sizes, names, evaluation } = parts;
    const own = sizes.map((one, d) => (needs[d] === true ? one : "1u"));
    const main = loop(WORKGROUP, shared, [
      ...unravel("at", own, "i"),
      ...evaluate(evaluation(at, names), (value) => `let leads = ${value};`),
      `if (leads >= 0 && u32(leads) < ${size}) {`,
      `next[at] = atomicExchange(&head[${headOf(names.with(dim, "leads"), parts, needs, dim)}], i32(at));`,
      "}",
    ]);
    const dtypes = inputs.map(({ storage }) => storage.dtype);
    const written = ["head: array<atomic<i32>>", "next: array<i32>"];
    return declare(bindings(dtypes, []), written, words, main);
  });
}

/** Folds each list; `inputs` are followed by the heads and the links. */
export function foldLayout(lists: Lists, inputs: readonly Operand[], tuning: Tuning): Layout {
  const { program, needs } = lists;
  const { at, expr, reducer, dim, shape, size: length } = program;
  const { dtype } = expr;
  return layoutOf("fold", product(shape.with(dim, length)), lists, inputs, tuning, (parts) => {
    const { words, shared, size, sizes, names, evaluation } = parts;
    const [head, next] = [`a${inputs.length}`, `a${inputs.length + 1}`];
    const here = names.with(dim, "source");
    const acc = (value: string): string => `acc = ${fold(reducer, dtype, "acc", value)};`;
    const take = evaluate(evaluation(expr, here), acc);
    // How far apart two indices are in the lists that are neighbours along the dim.
    const apart = needs.reduce(
      (text, needed, d) => (needed && d > dim ? `${text} * ${sizes[d]}` : text),
      "1u",
    );
    const source = (link: string): string =>
      `let source = i32((u32(${link}) / (${apart})) % ${sizes[dim]});`;
    const along = `for (var link = first; link >= 0; link = ${next}[link])`;
    const inOrder = [
      "var count = 0u;",
      `${along} { count += 1u; }`,
      `if (count * count > ${sizes[dim]}) {`,
      `for (var source = 0; source < i32(${sizes[dim]}); source++) {`,
      ...evaluate(evaluation(at, here), (value) => `let leads = ${value};`),
      "if (leads == place) {",
      ...take,
      "}",
      "}",
      "} else {",
      "var last = -1;",
      "for (var taken = 0u; taken < count; taken++) {",
      "var least = 2147483647;",
      `${along} { if (link > last) { least = min(least, link); } }`,
      "last = least;",
      source("last"),
      ...take,
      "}",
      "}",
    ];
    const ordered = isFloat(dtype) && (reducer === "sum" || reducer === "prod");
    const main = loop(WORKGROUP, shared, [
      ...unravel("at", sizes.with(dim, size), "o"),
      ...names.map((name, d) => `let ${d === dim ? "place" : name} = o${d};`),
      `let first = ${head}[${headOf(names.with(dim, "place"), parts, needs, dim)}];`,
      `var acc = ${variable(dtype)}(${identityOf(reducer, dtype)});`,
      ...(ordered ? inOrder : [`${along} {`, source("link"), ...take, "}"]),
      `result[at] = ${stored(dtype, "acc")};`,
    ]);
    const dtypes = inputs.map(({ storage }) => storage.dtype);
    const all = bindings([...dtypes, "int32", "int32"], []);
    return declare(all, { dtype, vector: false }, words, main);
  });
}

interface Parts {
  words: Words;
  shared: ReturnType<typeof share>;
  /** Of the scattered dim of the output. */
  size: string;
  sizes: string[];
  names: string[];
  evaluation: (expr: Expr, coordinates: readonly string[]) => Evaluation;
}

/** Words: how threads share the places, size of the scattered dim, sizes, each input's offset and strides, parameters. */
function layoutOf(
  what: "link" | "fold",
  total: number,
  { program, needs }: Lists,
  inputs: readonly Operand[],
  tuning: Tuning,
  print: (parts: Parts) => string,
): Layout {
  const { reducer, expr, at, shape, dim, size, params } = program;
  const threads = Math.min(inWorkgroups(total), tuning.threads);
  const form = `${what}${dim}/${needs.map(Number).join("")}/${params.length}`;
  const dtypes = inputs.map(({ storage }) => storage.dtype).join();
  const source = (): string => {
    const words = new Words();
    const shared = share(words);
    const own = words.next();
    const sizes = words.list(shape.length);
    const places = inputs.map(() => place(words, shape.length));
    const param = words.list(params.length);
    return print({
      words,
      shared,
      size: own,
      sizes,
      names: sizes.map((_, d) => `i${d}`),
      evaluation: (one, coordinates) => ({
        expr: one,
        places,
        params: param,
        coordinates,
        dim: undefined,
      }),
    });
  };
  return {
    key: `scatter${reducer}${form}/${dtypes}/${exprKey(at)}/${exprKey(expr)}`,
    source,
    words: [
      ...shareWords(total, threads, tuning.inRuns),
      size,
      ...shape,
      ...inputs.flatMap(({ offset, strides }) => [offset, ...strides]),
    ],
    groups: threads / WORKGROUP,
  };
}

/** Which list is that of a place. */
function headOf(
  coordinates: readonly string[],
  { sizes, size }: Parts,
  needs: readonly boolean[],
  dim: number,
): string {
  let text = "0u";
  needs.forEach((needed, d) => {
    const length = d === dim ? size : sizes[d];
    if (needed) text = `(${text} * ${length} + u32(${coordinates[d]}))`;
  });
  return text;
}

/**
 * Leaves in `flag` which check found an index that is outside, and the index,
 * unless another one did before. Words: how threads share the indices, size,
 * the number of the check, sizes, offset and strides.
 */
export function checkLayout(
  indices: Operand,
  shape: Shape,
  size: number,
  number: number,
  tuning: Tuning,
): Layout {
  const total = product(shape);
  const threads = Math.min(inWorkgroups(total), tuning.threads);
  const source = (): string => {
    const words = new Words();
    const shared = share(words);
    const [within = "", own = ""] = words.list(2);
    const sizes = words.list(shape.length);
    const from = place(words, shape.length);
    const names = sizes.map((_, d) => `i${d}`);
    const main = loop(WORKGROUP, shared, [
      ...unravel("at", sizes, "i"),
      `let index = a0[${address(from, names)}];`,
      `if ((index < 0 || u32(index) >= ${within}) && atomicLoad(&flag[0]) == 0) {`,
      "atomicStore(&flag[1], index);",
      `atomicStore(&flag[0], i32(${own}));`,
      "}",
    ]);
    return declare(bindings(["int32"], []), ["flag: array<atomic<i32>>"], words, main);
  };
  return {
    key: `check${shape.length}`,
    source,
    words: [
      ...shareWords(total, threads, tuning.inRuns),
      size,
      number,
      ...shape,
      indices.offset,
      ...indices.strides,
    ],
    groups: threads / WORKGROUP,
  };
}
