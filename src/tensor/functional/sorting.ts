/** Order along a dim, by a network of comparisons that is the same for all values. */

import { noGrad } from "../autograd/leaf.ts";
import { arange } from "../creation.ts";
import { where } from "../elementwise.ts";
import type { Picked } from "../extremes.ts";
import { stack } from "../indexing.ts";
import { formatShape, normalizeDim } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { pad } from "./pad.ts";

/** What decides the order of two elements; `rank` puts NaN and padding behind numbers. */
interface Keys {
  rank: Tensor;
  value: Tensor;
  index: Tensor;
}

const FIELDS = ["rank", "value", "index"] as const;

/**
 * The indices that would sort x along `dim`, as int32 of the same shape.
 * Stable; NaN comes last, whichever the direction. A bitonic network (Batcher
 * 1968): n·log²n comparisons, in log²n steps.
 */
export function argsort(
  x: Tensor,
  dim: number = -1,
  { descending = false }: { descending?: boolean } = {},
): Tensor {
  const at = normalizeDim("argsort", dim, x.ndim);
  if (x.ndim === 0) return arange(0, 1, 1, { dtype: "int32" }).reshape([]);
  const size = x.shape[at] ?? 0;
  // What moves here are places; the values are gathered by them.
  return noGrad(() => network(x, at, size, descending));
}

function network(x: Tensor, at: number, size: number, descending: boolean): Tensor {
  let length = 1;
  while (length < size) length *= 2;
  const last = (x.dtype === "bool" ? x.to("int32") : x).transpose(at, -1);
  const widths = [0, length - size];
  const nan = last.isnan();
  const index = arange(0, length, 1, { dtype: "int32" });
  let keys: Keys = {
    rank: pad(nan.to("int32"), widths, { value: 2 }),
    value: pad(last.maskedFill(nan, 0), widths),
    index: index.expand(last.shape.with(-1, length)),
  };
  for (let block = 2; block <= length; block *= 2) {
    for (let step = block / 2; step >= 1; step /= 2) {
      keys = exchange(keys, length, block, step, descending);
    }
  }
  return keys.index.narrow(-1, 0, size).transpose(at, -1);
}

/** Orders each pair that is `step` apart; every other block goes the other way. */
function exchange(
  keys: Keys,
  length: number,
  block: number,
  step: number,
  descending: boolean,
): Keys {
  const outer = keys.index.shape.slice(0, -1);
  const pairs = [...outer, length / (2 * step), 2, step];
  const half = (x: Tensor, which: number): Tensor => x.reshape(pairs).select(-2, which);
  const side = (which: number): Keys => ({
    rank: half(keys.rank, which),
    value: half(keys.value, which),
    index: half(keys.index, which),
  });
  const [a, b] = [side(0), side(1)];
  const less = descending ? b.value.lt(a.value) : a.value.lt(b.value);
  const tie = a.value.eq(b.value).logicalAnd(a.index.lt(b.index));
  const before = a.rank.lt(b.rank).logicalOr(a.rank.eq(b.rank).logicalAnd(less.logicalOr(tie)));
  // Whether the pair's block runs backwards follows from its place.
  const place = arange(0, length / (2 * step), 1, { dtype: "int32" });
  const backwards = place.mul((2 * step) / block).floor();
  const odd = backwards.sub(backwards.mul(0.5).floor().mul(2)).eq(1).unsqueeze(-1);
  const keep = before.ne(odd);
  const [rank, value, index] = FIELDS.map((field) =>
    stack([where(keep, a[field], b[field]), where(keep, b[field], a[field])], -2).reshape([
      ...outer,
      length,
    ]),
  ) as [Tensor, Tensor, Tensor];
  return { rank, value, index };
}

/** x in order along `dim`, and where each came from. Stable; NaN comes last. Differentiable in x. */
export function sort(x: Tensor, dim: number = -1, options: { descending?: boolean } = {}): Picked {
  const at = normalizeDim("sort", dim, x.ndim);
  const indices = argsort(x, at, options);
  return { values: x.gather(at, indices), indices };
}

/** The `k` largest (or smallest) along `dim`, in order, and where they are; NaN comes last. */
export function topk(
  x: Tensor,
  k: number,
  dim: number = -1,
  { largest = true }: { largest?: boolean } = {},
): Picked {
  const at = normalizeDim("topk", dim, x.ndim);
  const size = x.shape[at] ?? 1;
  if (x.ndim === 0 || !Number.isInteger(k) || k < 0 || k > size) {
    throw new RangeError(
      `topk: k must be a whole number from 0 to ${size}, dim ${dim} of shape ${formatShape(x.shape)}, got ${k}`,
    );
  }
  const indices = argsort(x, at, { descending: largest }).narrow(at, 0, k);
  return { values: x.gather(at, indices), indices };
}
