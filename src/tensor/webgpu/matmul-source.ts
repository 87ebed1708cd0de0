/**
 * The sources of matrix products. What a software adapter pays for most, when
 * it compiles and when it runs, is loads and stores, so each is written once
 * and results leave in a loop.
 */

import type { DType } from "../dtype.ts";
import type { Matmul } from "../expr.ts";
import {
  address,
  declare,
  LANES,
  loop,
  type Place,
  place,
  share,
  unravel,
  Words,
} from "./layout.ts";
import { WORKGROUP } from "./tuning.ts";
import { element, loaded, stored, variable } from "./wgsl.ts";

/** Where fours of an operand go along: the summed dim, or the kept one. */
export type Along = "k" | "kept";

/** Rows of a thread's tile; more where four threads share what they load. */
export const ROWS = 4;
export const QUAD_ROWS = 8;
/** Fours of k, or k, that are summed before the sum goes to another, so that rounding stays small. */
const BLOCK = 16;
const TILE_K = 16;
const AXIS = "xyzw";

/** The words of every layout, in order, and the ways through one matrix of each operand. */
function begin(
  { batch }: Matmul,
  alongs?: readonly [Along, Along],
): {
  words: Words;
  shared: ReturnType<typeof share>;
  across: string;
  down: string;
  m: string;
  n: string;
  k: string;
  matrix: string[];
} {
  const words = new Words();
  const shared = share(words);
  const [across = "", down = "", m = "", n = "", k = ""] = words.ints(5);
  const rank = batch.length;
  const sizes = words.list(rank);
  const mode = alongs === undefined ? "apart" : "vector";
  const a = place(words, rank + 2, mode, alongs?.[0] === "kept" ? rank : rank + 1);
  const b = place(words, rank + 2, mode, alongs?.[1] === "kept" ? rank + 1 : rank);
  const coordinates = sizes.map((_, dim) => `i${dim}`);
  const base = ({ offset, strides }: Place): string =>
    address({ mode, offset, strides: strides.slice(0, rank) }, coordinates);
  const matrix = [
    ...unravel("u32(matrix)", sizes, "i"),
    `let base_a = ${base(a)};`,
    `let row_a = ${a.strides[rank]};`,
    `let step_a = ${a.strides[rank + 1]};`,
    `let base_b = ${base(b)};`,
    `let step_b = ${b.strides[rank]};`,
    `let column_b = ${b.strides[rank + 1]};`,
  ];
  return { words, shared, across, down, m, n, k, matrix };
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i);
}

function sourceOf(
  { dtype }: Matmul,
  vectors: boolean,
  whole: boolean,
  words: Words,
  main: string,
): string {
  const input = { dtype, vector: vectors };
  return declare([input, input], { dtype, vector: whole }, words, main);
}

/** A thread for each cell. */
export function smallSource(program: Matmul): string {
  const { words, shared, across, down, k, matrix } = begin(program);
  const type = variable(program.dtype);
  const value = (text: string): string => loaded(program.dtype, text);
  const main = loop(WORKGROUP, shared, [
    `let tall = i32(at) / ${across};`,
    `let column = i32(at) - tall * ${across};`,
    `let matrix = tall / ${down};`,
    `let row = tall - matrix * ${down};`,
    ...matrix,
    "var x = base_a + row * row_a;",
    "var y = base_b + column * column_b;",
    `var sum = ${type}();`,
    `for (var block = 0; block < ${k}; block += ${BLOCK}) {`,
    `var part = ${type}();`,
    `let stop = min(block + ${BLOCK}, ${k});`,
    `for (var d = block; d < stop; d++) { part += ${value("a0[x]")} * ${value("a1[y]")}; x += step_a; y += step_b; }`,
    "sum += part;",
    "}",
    `result[at] = ${stored(program.dtype, "sum")};`,
  ]);
  return sourceOf(program, false, false, words, main);
}

/** Stores `count` fours of which the one of number `i` is found by `select`, each if it exists. */
function stores(
  dtype: DType,
  count: number,
  names: (i: number) => string,
  spot: { row: string; column: string },
  { m, n }: { m: string; n: string },
  whole: boolean,
): string[] {
  return [
    `for (var i = 0; i < ${count}; i++) {`,
    `var value = ${names(0)};`,
    ...range(count - 1).map((i) => `value = select(value, ${names(i + 1)}, i == ${i + 1});`),
    `let r = ${spot.row};`,
    `let c = ${spot.column};`,
    `let corner = (matrix * ${m} + r) * ${n} + c;`,
    ...(whole
      ? [`if ((r < ${m}) & (c < ${n})) { result[corner >> 2u] = vec4<${element(dtype)}>(value); }`]
      : [
          `if (r < ${m}) {`,
          `for (var j = 0; j < min(${LANES}, ${n} - c); j++) { result[corner + j] = ${stored(dtype, "value[j]")}; }`,
          "}",
        ]),
    "}",
  ];
}

/** Four columns of some rows for each thread. */
export function registerSource(
  program: Matmul,
  [alongA, alongB]: [Along, Along],
  whole: boolean,
  quads: boolean,
): string {
  const { words, shared, across, down, m, n, k, matrix } = begin(program, [alongA, alongB]);
  const four = `vec4<${variable(program.dtype)}>`;
  const width = quads ? LANES : 1;
  const rows = quads ? QUAD_ROWS : ROWS;
  // The four vectors of rows 4·group … at four k are each a row, or else each a k.
  const loadA = (group: number, one: string): string =>
    alongA === "k"
      ? `${four}(a0[base_a + min(row + ${group * LANES} + ${one}, ${m} - 1) * row_a + p * step_a])`
      : `${four}(a0[base_a + min(row / 4 + ${group}, (${m} - 1) / 4) * row_a + (p * 4 + ${one}) * step_a])`;
  const loadB = (one: number): string =>
    alongB === "kept"
      ? `${four}(a1[base_b + (p * 4 + ${one}) * step_b + min(column / 4, (${n} - 1) / 4) * column_b])`
      : `${four}(a1[base_b + p * step_b + min(column + ${one}, ${n} - 1) * column_b])`;
  const rowOfB = (depth: number): string =>
    alongB === "kept"
      ? `y${depth}`
      : `${four}(${range(LANES)
          .map((j) => `y${j}.${AXIS[depth]}`)
          .join(", ")})`;
  const groups = range(rows / LANES);
  const products = groups.flatMap((group) =>
    range(LANES).flatMap((one) => [
      `{ let x = ${quads ? `subgroupBroadcast(w${group}, ${one}u)` : loadA(group, String(one))};`,
      ...range(LANES).map((i) =>
        alongA === "k"
          ? `s${group * LANES + one} += x.${AXIS[i]} * z${i};`
          : `s${group * LANES + i} += x.${AXIS[i]} * z${one};`,
      ),
      "}",
    ]),
  );
  const all = range(rows);
  const main = loop(WORKGROUP, shared, [
    ...(quads ? ["let lane = i32(at & 3u);"] : []),
    `let tile = i32(at) / ${width};`,
    `let tall = tile / ${down};`,
    `let row = (tile - tall * ${down}) * ${rows};`,
    `let matrix = tall / ${across};`,
    `let column = ((tall - matrix * ${across}) * ${width} + i32(at) % ${width}) * ${LANES};`,
    ...matrix,
    `let fours = (${k} + 3) / 4;`,
    ...all.map((i) => `var c${i} = ${four}();`),
    `for (var block = 0; block < fours; block += ${BLOCK}) {`,
    ...all.map((i) => `var s${i} = ${four}();`),
    `let stop = min(block + ${BLOCK}, fours);`,
    "for (var p = block; p < stop; p++) {",
    ...(quads ? groups.map((group) => `let w${group} = ${loadA(group, "lane")};`) : []),
    ...range(LANES).map((one) => `let y${one} = ${loadB(one)};`),
    ...range(LANES).map((depth) => `let z${depth} = ${rowOfB(depth)};`),
    ...products,
    "}",
    ...all.map((i) => `c${i} += s${i};`),
    "}",
    ...stores(
      program.dtype,
      rows,
      (i) => `c${i}`,
      { row: "row + i", column: "column" },
      { m, n },
      whole,
    ),
  ]);
  const source = sourceOf(program, true, whole, words, main);
  // A subgroup's four invocations have the same tile, so they take every branch together.
  return quads ? `enable subgroups;\ndiagnostic(off, subgroup_uniformity);\n${source}` : source;
}

/**
 * Each pass over 16 of k goes through workgroup memory: fours along k for the
 * left operand, along the columns for the right one, whichever way they come.
 * A pass is loaded while the one before it is multiplied.
 */
export function tiledSource(
  program: Matmul,
  [alongA, alongB]: [Along, Along],
  whole: boolean,
  size: number,
): string {
  const { words, shared, across, down, m, n, k, matrix } = begin(program, [alongA, alongB]);
  const four = `vec4<${variable(program.dtype)}>`;
  const side = size / 8;
  const threads = side * side;
  const loads = range((size * TILE_K) / LANES / threads);
  const deep = TILE_K / LANES;
  const wide = size / LANES;
  // Threads next to each other load fours next to each other.
  const quotient = (by: number): { low: string; high: string } => ({
    low: `i32(item % ${by}u)`,
    high: `i32(item / ${by}u)`,
  });
  const a = quotient(alongA === "k" ? deep : wide);
  const b = quotient(alongB === "kept" ? wide : deep);
  const loadA =
    alongA === "k"
      ? { r: `row + ${a.high}`, d: `depth + ${a.low} * 4`, at: "r * row_a + (d / 4) * step_a" }
      : { r: `row + ${a.low} * 4`, d: `depth + ${a.high}`, at: "(r / 4) * row_a + d * step_a" };
  const loadB =
    alongB === "kept"
      ? {
          c: `column + ${b.low} * 4`,
          d: `depth + ${b.high}`,
          at: "d * step_b + (c / 4) * column_b",
        }
      : {
          c: `column + ${b.high}`,
          d: `depth + ${b.low} * 4`,
          at: "(d / 4) * step_b + c * column_b",
        };
  const load = loads.flatMap((i) => [
    `{ let item = l + ${i * threads}u; let r = ${loadA.r}; let d = ${loadA.d}; next_a${i} = ${four}();`,
    `if ((r < ${m}) & (d < ${k})) { next_a${i} = ${four}(a0[base_a + ${loadA.at}]); } }`,
    `{ let item = l + ${i * threads}u; let c = ${loadB.c}; let d = ${loadB.d}; next_b${i} = ${four}();`,
    `if ((c < ${n}) & (d < ${k})) { next_b${i} = ${four}(a1[base_b + ${loadB.at}]); } }`,
  ]);
  const turned = (tile: string, value: string, line: string, from: number): string =>
    range(LANES)
      .map((i) => `${tile}[(${line} + ${i}) * ${from} + q][part] = ${value}.${AXIS[i]};`)
      .join(" ");
  const keep = loads.flatMap((i) => [
    `{ let item = l + ${i * threads}u;`,
    alongA === "k"
      ? `tile_a[item] = next_a${i};`
      : `let q = ${a.high} / 4; let part = ${a.high} % 4; ${turned("tile_a", `next_a${i}`, `${a.low} * 4`, deep)}`,
    "}",
    `{ let item = l + ${i * threads}u;`,
    alongB === "kept"
      ? `tile_b[item] = next_b${i};`
      : `let q = ${b.high} / 4; let part = ${b.high} % 4; ${turned("tile_b", `next_b${i}`, `${b.low} * 4`, wide)}`,
    "}",
  ]);
  const halves = range(2);
  const cells = range(8).flatMap((i) => halves.map((half) => `c${i}_${half}`));
  const main = `var<workgroup> tile_a: array<${four}, ${size * deep}>;
var<workgroup> tile_b: array<${four}, ${TILE_K * wide}>;
@compute @workgroup_size(${threads})
fn main(@builtin(local_invocation_index) l: u32, @builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
  let at = group.y * groups.x + group.x;
  if (at >= ${shared.total}) { return; }
  let tall = i32(at) / ${across};
  let column = (i32(at) - tall * ${across}) * ${size};
  let matrix = tall / ${down};
  let row = (tall - matrix * ${down}) * ${size};
  ${matrix.join("\n  ")}
  let x = l % ${side}u;
  let y = l / ${side}u;
  ${cells.map((name) => `var ${name} = ${four}();`).join(" ")}
  ${loads.map((i) => `var next_a${i} = ${four}(); var next_b${i} = ${four}();`).join(" ")}
  for (var depth = 0; depth < ${k} + ${TILE_K}; depth += ${TILE_K}) {
    ${load.join("\n    ")}
    if (depth > 0) {
      for (var q = 0u; q < ${deep}u; q++) {
        ${range(LANES)
          .flatMap((d) =>
            halves.map(
              (half) =>
                `let b${d}_${half} = tile_b[(q * 4u + ${d}u) * ${wide}u + x + ${half * side}u];`,
            ),
          )
          .join("\n        ")}
        ${range(8)
          .map((i) => {
            const sums = halves.flatMap((half) =>
              range(LANES).map((d) => `c${i}_${half} += a.${AXIS[d]} * b${d}_${half};`),
            );
            return `{ let a = tile_a[(y * 8u + ${i}u) * ${deep}u + q]; ${sums.join(" ")} }`;
          })
          .join("\n        ")}
      }
    }
    workgroupBarrier();
    ${keep.join("\n    ")}
    workgroupBarrier();
  }
  ${halves
    .flatMap((half) =>
      stores(
        program.dtype,
        8,
        (i) => `c${i}_${half}`,
        { row: "row + i32(y) * 8 + i", column: `column + i32(x) * 4 + ${half * side * LANES}` },
        { m, n },
        whole,
      ),
    )
    .join("\n  ")}
}`;
  return sourceOf(program, true, whole, words, main);
}
