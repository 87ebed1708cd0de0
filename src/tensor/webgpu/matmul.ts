/**
 * Matrix products, in three layouts that share their uniform words.
 *
 * The small one has a thread for each cell, takes operands of any strides and
 * compiles in no time. The others load fours from operands in which those lie
 * side by side and aligned; any other operand is copied into one first.
 *
 * In registers, each thread computes a tile of 4 columns, four k at a time,
 * and waits for nobody; where four threads make a subgroup they sit side by
 * side, and each loads a quarter of the rows that all four need. In tiles, a
 * workgroup brings 64 × 64 or 128 × 128 cells about through workgroup memory,
 * 8 × 8 to a thread.
 */

import type { Operand } from "../device.ts";
import {
  binaryExpr,
  constExpr,
  type Elementwise,
  indexExpr,
  inputExpr,
  type Matmul,
  paramExpr,
  whereExpr,
} from "../expr.ts";
import { contiguousStrides, product } from "../shape.ts";
import { type Layout, LANES, modeOf, placeWords, shareWords } from "./layout.ts";
import {
  type Along,
  QUAD_ROWS,
  registerSource,
  ROWS,
  smallSource,
  tiledSource,
} from "./matmul-source.ts";
import { inWorkgroups, type Tuning, WORKGROUP } from "./tuning.ts";

/** Tiles that fill a GPU. */
const MANY_TILES = 128;

type Variant = "small" | "registers" | "tiles";

/** `heat` is how many products the device was asked for so far. */
export function variantOf({ batch, m, n, k }: Matmul, heat: number, tuning: Tuning): Variant {
  if (tuning.inRuns) return heat >= tuning.productsFrom ? "registers" : "small";
  if (Math.min(m, n) >= 16 && m * n >= 1024) return "tiles";
  return product(batch) * m * n * k >= tuning.productsFrom ? "registers" : "small";
}

/** The operand as a copy in which fours lie side by side; undefined when they do so already. */
export function packingOf(
  { batch, m, n, k }: Matmul,
  which: 0 | 1,
  one: Operand,
): { program: Elementwise; strides: number[] } | undefined {
  const rank = batch.length;
  if (k % LANES === 0 && alongOf(rank, which, one) !== undefined) return undefined;
  const [rows, columns] = which === 0 ? [m, k] : [k, n];
  // Past the end of k, both operands hold zeros.
  const shape = [
    ...batch.map((size, dim) => (one.strides[dim] === 0 ? 1 : size)),
    which === 0 ? rows : fourfold(rows),
    fourfold(columns),
  ];
  const inside = binaryExpr(
    "and",
    binaryExpr("lt", indexExpr(rank), paramExpr(0, "int32")),
    binaryExpr("lt", indexExpr(rank + 1), paramExpr(1, "int32")),
  );
  const { dtype } = one.storage;
  const expr = whereExpr(inside, inputExpr(0, dtype), constExpr(0, dtype));
  const strides = contiguousStrides(shape).map((stride, dim) =>
    dim < rank && one.strides[dim] === 0 ? 0 : stride,
  );
  return { program: { kind: "elementwise", expr, shape, params: [rows, columns] }, strides };
}

function fourfold(size: number): number {
  return Math.ceil(size / LANES) * LANES;
}

/** Fours past the end of a kept dim hold what is never stored; `packingOf` cares for the end of k. */
function alongOf(rank: number, which: 0 | 1, { strides, offset }: Operand): Along | undefined {
  const [dimK, dimKept] = which === 0 ? [rank + 1, rank] : [rank, rank + 1];
  if (modeOf(strides, offset, dimK) === "vector") return "k";
  return modeOf(strides, offset, dimKept) === "vector" ? "kept" : undefined;
}

export function matmulLayout(
  program: Matmul,
  variant: Variant,
  inputs: readonly Operand[],
  tuning: Tuning,
): Layout {
  const { m, n, k, batch } = program;
  const count = product(batch);
  if (variant === "small") {
    const total = count * m * n;
    const threads = Math.min(inWorkgroups(total), tuning.threads);
    const words = [...shareWords(total, threads, false), n, m, m, n, k, ...batch];
    return {
      key: `m${program.dtype}${batch.length}`,
      source: () => smallSource(program),
      words: [...words, ...inputs.flatMap(({ offset, strides }) => placeWords(offset, strides))],
      groups: threads / WORKGROUP,
    };
  }
  const rank = batch.length;
  const alongs = inputs.map((one, i) => alongOf(rank, i as 0 | 1, one) ?? "k") as [Along, Along];
  const dims = { k: [rank + 1, rank], kept: [rank, rank + 1] };
  const operands = inputs.flatMap(({ offset, strides }, i) =>
    placeWords(offset, strides, "vector", dims[alongs[i] ?? "k"][i]),
  );
  const whole = n % LANES === 0;
  const key = `${program.dtype}${rank}${alongs.join("/")}${whole}`;
  if (variant === "tiles") {
    const tiles = (size: number): number => count * Math.ceil(m / size) * Math.ceil(n / size);
    const size = tiles(128) >= MANY_TILES ? 128 : 64;
    const [across, down] = [Math.ceil(n / size), Math.ceil(m / size)];
    return {
      key: `mt${size}${key}`,
      source: () => tiledSource(program, alongs, whole, size),
      words: [...shareWords(tiles(size), 1, true), across, down, m, n, k, ...batch, ...operands],
      groups: tiles(size),
    };
  }
  const width = tuning.quads ? LANES : 1;
  const across = Math.ceil(n / LANES / width);
  const down = Math.ceil(m / (tuning.quads ? QUAD_ROWS : ROWS));
  const total = count * across * down * width;
  const threads = Math.min(inWorkgroups(total), 2 ** 20);
  return {
    key: `mr${width}${key}`,
    source: () => registerSource(program, alongs, whole, tuning.quads),
    words: [...shareWords(total, threads, false), across, down, m, n, k, ...batch, ...operands],
    groups: threads / WORKGROUP,
  };
}
