/** Ways through values: how one program walks what another one reads. */

import {
  binaryExpr,
  constExpr,
  type Elementwise,
  type Expr,
  indexExpr,
  usesIndex,
} from "./expr.ts";
import type { Source, Step } from "./graph.ts";
import { coalesce, contiguousStrides, type Shape } from "./shape.ts";

/**
 * The dims of a shape without those of size 1: first those along which a slot
 * moves, the largest steps first, then those along which it repeats.
 */
export function rowsFirst(shape: Shape, { strides }: Source): number[] | undefined {
  const dims = [...shape.keys()].filter((dim) => shape[dim] !== 1);
  const stride = (dim: number): number => strides[dim] ?? 0;
  if (dims.some((dim) => stride(dim) < 0)) return undefined;
  const moves = dims.filter((dim) => stride(dim) > 0);
  return [
    ...moves.toSorted((a, b) => stride(b) - stride(a)),
    ...dims.filter((dim) => stride(dim) === 0),
  ];
}

export function isSame(a: Source, b: Source): boolean {
  return (
    a.value === b.value &&
    a.offset === b.offset &&
    a.strides.every((stride, dim) => stride === b.strides[dim])
  );
}

export interface Walk {
  /** The inner program's inputs, over the outer one's shape. */
  inputs: Source[];
  /** The inner program's index along a dim, in the outer one's indices. */
  index(dim: number): Expr;
}

/**
 * How an outer program over `shape` that reads `slot` walks the inputs of the
 * program that makes it. Undefined when that takes more than strides: each dim
 * of the outer must be a straight line through the dims of the inner.
 */
export function follow(shape: Shape, slot: Source, { program, inputs }: Step): Walk | undefined {
  const inner = program as Elementwise;
  const walks = inputs.map(({ strides }) => strides);
  const { shape: sizes, strides } = usesIndex(inner.expr)
    ? { shape: inner.shape, strides: walks }
    : coalesce(inner.shape, walks);
  const units = contiguousStrides(sizes);
  const start = split(slot.offset, units);
  const low = [...start];
  const high = [...start];
  const moves = shape.map((size, dim) => {
    const stride = slot.strides[dim] ?? 0;
    if (size === 1) return units.map(() => 0);
    const move = split(Math.abs(stride), units).map((step) => (stride < 0 ? -step : step));
    move.forEach((step, at) => {
      const far = step * (size - 1);
      if (far < 0) low[at] = (low[at] ?? 0) + far;
      else high[at] = (high[at] ?? 0) + far;
    });
    return move;
  });
  if (low.some((at) => at < 0) || high.some((at, dim) => at >= (sizes[dim] ?? 1))) return undefined;
  const along = (steps: readonly number[], walk: readonly number[]): number =>
    steps.reduce((sum, step, dim) => sum + step * (walk[dim] ?? 0), 0);
  return {
    inputs: inputs.map(({ value, offset }, at) => {
      const walk = strides[at] ?? [];
      return {
        value,
        strides: moves.map((move) => along(move, walk)),
        offset: offset + along(start, walk),
      };
    }),
    index(dim): Expr {
      let sum: Expr | undefined;
      moves.forEach((move, outer) => {
        const step = move[dim] ?? 0;
        if (step === 0) return;
        const index = indexExpr(outer);
        const term = step === 1 ? index : binaryExpr("mul", index, constExpr(step, "int32"));
        sum = sum === undefined ? term : binaryExpr("add", sum, term);
      });
      const from = constExpr(start[dim] ?? 0, "int32");
      if (sum === undefined) return from;
      return from.op === "const" && from.value === 0 ? sum : binaryExpr("add", sum, from);
    },
  };
}

/** A distance in elements as steps along dims, the largest first. */
function split(distance: number, units: readonly number[]): number[] {
  let rest = distance;
  return units.map((unit) => {
    const steps = Math.floor(rest / unit);
    rest -= steps * unit;
    return steps;
  });
}
