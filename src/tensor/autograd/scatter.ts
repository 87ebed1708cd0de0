/** Sums of elements that go to the same place: what `indexSelect` and `gather` are on the way back. */

import { runInto, runScatter } from "../run.ts";
import { inputExpr } from "../expr.ts";
import { product, type Shape } from "../shape.ts";
import { Tensor } from "../tensor.ts";
import { narrow } from "../views.ts";
import { flow, track } from "./graph.ts";
import { zerosBeside } from "./region.ts";

/** A tensor of `shape`, zero but for the sums of what `operator` took from there. The index is checked already. */
export function scatterSum(
  operator: "indexSelect" | "gather",
  g: Tensor,
  shape: Shape,
  dim: number,
  index: Tensor,
): Tensor {
  const out = sums(g, shape, dim, operator === "gather" ? index : along(index, g.shape, dim));
  return track("scatterSum", [g], out, () => scatterFlows(operator, g, dim, index));
}

function scatterFlows(
  operator: "indexSelect" | "gather",
  g: Tensor,
  dim: number,
  index: Tensor,
): readonly ReturnType<typeof flow>[] {
  return [flow(g, (more, at) => more[operator](dim, at), index)];
}

/** A 1-D index for all slices of `shape`. */
function along(index: Tensor, shape: Shape, dim: number): Tensor {
  const strides = shape.map((_, d) => (d === dim ? (index.strides[0] ?? 0) : 0));
  return new Tensor(index.storage, shape, strides, index.offset);
}

function sums(g: Tensor, shape: Shape, dim: number, index: Tensor): Tensor {
  if (g.numel === 0) return zerosBeside(g, shape);
  const part = runScatter("sum", g, dim, index, shape[dim] ?? 1);
  if (part.numel === product(shape)) return part;
  // A gather may have left out the ends of other dims.
  const whole = zerosBeside(g, shape);
  let place = whole;
  part.shape.forEach((size, d) => (place = narrow(place, d, 0, size)));
  runInto(place, inputExpr(0, g.dtype), [part]);
  return whole;
}
