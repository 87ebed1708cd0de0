/**
 * Sums of elements that go to the same place: what `indexSelect` and `gather`
 * are on the way back. Devices have no atomic sums and need none: the host
 * knows the indices, and lays out rounds in which every place adds two of its
 * terms to one, so the work stays below two of the gradient's sizes, the order
 * of the sum is fixed, and the error grows with the logarithm of its length.
 */

import { lookup } from "../indexing.ts";
import { product, type Shape } from "../shape.ts";
import { Tensor } from "../tensor.ts";
import { where } from "../elementwise.ts";
import { flow, track, withGrad } from "./graph.ts";
import { zerosBeside } from "./region.ts";

/** A tensor of `shape`, zero but for the sums of what `operator` took from there. */
export function scatterSum(
  operator: "indexSelect" | "gather",
  g: Tensor,
  shape: Shape,
  dim: number,
  index: Tensor,
): Tensor {
  const out = withGrad("scatterSum", false, () =>
    operator === "gather" ? elements(g, shape, dim, index) : slices(g, shape, dim, index),
  );
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

function slices(g: Tensor, shape: Shape, dim: number, index: Tensor): Tensor {
  const order = [dim, ...[...shape.keys()].filter((one) => one !== dim)];
  const moved = order.map((one) => shape[one] ?? 1);
  const [size = 0, ...rest] = moved;
  const rows = g.permute(order).reshape(index.numel, product(rest));
  const sums = sumRows(rows, index.toTypedArray(), size).reshape(moved);
  return sums.permute(order.map((_, at) => order.indexOf(at)));
}

function elements(g: Tensor, shape: Shape, dim: number, index: Tensor): Tensor {
  const along = index.toTypedArray();
  const places = new Int32Array(along.length);
  const sizes = index.shape;
  const at = sizes.map(() => 0);
  for (let i = 0; i < places.length; i++) {
    let place = 0;
    for (let d = 0; d < sizes.length; d++) {
      place = place * (shape[d] ?? 1) + (d === dim ? (along[i] ?? 0) : (at[d] ?? 0));
    }
    places[i] = place;
    for (let d = sizes.length - 1; d >= 0; d--) {
      const next = (at[d] ?? 0) + 1;
      at[d] = next === sizes[d] ? 0 : next;
      if (next !== sizes[d]) break;
    }
  }
  return sumRows(g.reshape(places.length, 1), places, product(shape)).reshape(shape);
}

/** `out[p]` is the sum of the rows `i` whose `places[i]` is `p`. */
function sumRows(rows: Tensor, places: ArrayLike<number>, size: number): Tensor {
  if (rows.numel === 0) return zerosBeside(rows, [size, rows.shape[1] ?? 1]);
  // Rows in the order of their places: equal ones stand side by side.
  let owners = Int32Array.from(places);
  let sources = Int32Array.from(owners.keys()).sort(
    (a, b) => (owners[a] ?? 0) - (owners[b] ?? 0) || a - b,
  );
  owners = owners.toSorted();
  let level = rows;
  for (;;) {
    const left: number[] = [];
    const right: number[] = [];
    const kept: number[] = [];
    for (let i = 0; i < owners.length; i++) {
      const pairs = owners[i] === owners[i + 1];
      kept.push(owners[i] ?? 0);
      left.push(sources[i] ?? 0);
      right.push(pairs ? (sources[i + 1] ?? 0) : -1);
      if (pairs) i++;
    }
    if (kept.length === owners.length) break;
    level = rowsAt(level, left).add(rowsAt(level, right));
    owners = Int32Array.from(kept);
    sources = Int32Array.from(kept.keys());
  }
  const from: number[] = Array.from({ length: size }, () => -1);
  owners.forEach((owner, i) => (from[owner] = sources[i] ?? 0));
  return rowsAt(level, from);
}

/** The rows at these indices; zeros for -1. */
function rowsAt(x: Tensor, indices: readonly number[]): Tensor {
  const shape = [indices.length, x.shape[1] ?? 1];
  const along = (values: number[]): Tensor => {
    const storage = x.storage.device.upload("int32", Int32Array.from(values));
    return new Tensor(storage, shape, [1, 0], 0);
  };
  const rows = lookup(x, 0, shape, along(indices.map((at) => Math.max(at, 0))));
  if (!indices.includes(-1)) return rows;
  return where(along(indices.map((at) => (at < 0 ? 0 : 1))), rows, 0);
}
