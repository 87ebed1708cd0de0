/** Attention, and the positions that queries and keys are turned by. */

import { ones, tensor } from "../creation.ts";
import { finfo, floatOf, isFloat, isInteger } from "../dtype.ts";
import { cat, stack } from "../indexing.ts";
import { formatShape } from "../shape.ts";
import type { Tensor } from "../tensor.ts";
import { dropout } from "./dropout.ts";

/** How queries see keys. */
export interface AttentionOptions {
  /** bool (true: this query sees this key) or a float (added to the scores); broadcasts to [..., L, S]. */
  mask?: Tensor | undefined;
  /** Query i sees keys 0 to i. */
  isCausal?: boolean;
  /** What scores are multiplied by; `1 / √E` when left out. */
  scale?: number;
  /** The share of weights that is dropped; 0 when left out. */
  dropoutP?: number;
}

/**
 * `softmax(Q·Kᵀ · scale)·V` for queries [..., L, E], keys [..., S, E] and
 * values [..., S, V], which gives [..., L, V] (Vaswani et al. 2017). A query
 * that sees no key gets zeros.
 */
export function scaledDotProductAttention(
  query: Tensor,
  key: Tensor,
  value: Tensor,
  { mask, isCausal = false, scale, dropoutP = 0 }: AttentionOptions = {},
): Tensor {
  const shapes = [query, key, value].map(({ shape }) => formatShape(shape)).join(", ");
  const wrong = (what: string): RangeError =>
    new RangeError(`scaledDotProductAttention: shapes ${shapes} (query, key, value): ${what}`);
  if (Math.min(query.ndim, key.ndim, value.ndim) < 2) throw wrong("each needs at least 2 dims");
  const [width = 1, keys = 0] = [query.shape.at(-1), key.shape.at(-2)];
  if (key.shape.at(-1) !== width) {
    throw wrong(`dim -1 of query is ${width}, dim -1 of key is ${key.shape.at(-1)}`);
  }
  if (value.shape.at(-2) !== keys) {
    throw wrong(`dim -2 of key is ${keys}, dim -2 of value is ${value.shape.at(-2)}`);
  }
  const queries = query.shape.at(-2) ?? 0;
  let scores = query.mul(scale ?? 1 / Math.sqrt(width)).matmul(key.transpose(-1, -2));
  if (isCausal) {
    const hidden = ones([queries, keys], { dtype: "bool" }).triu(1);
    scores = scores.maskedFill(hidden, -Infinity);
  }
  if (mask !== undefined && isInteger(mask.dtype)) {
    throw new TypeError(
      `scaledDotProductAttention: mask must be bool or a float, got ${mask.dtype}`,
    );
  }
  if (mask !== undefined && isFloat(mask.dtype)) scores = scores.add(mask);
  const hidden = mask?.dtype === "bool" ? mask.logicalNot() : undefined;
  // A finite number, so that a row of it alone gives no NaN, forwards or backwards.
  if (hidden !== undefined) scores = scores.maskedFill(hidden, finfo(floatOf(scores.dtype)).min);
  let weights = scores.softmax(-1);
  if (hidden !== undefined) weights = weights.maskedFill(hidden, 0);
  return dropout(weights, dropoutP).matmul(value);
}

/**
 * Turns pairs of features by angles that grow with the position, for x of
 * [..., L, D] with D even: `angle = position · base^(−2i/D)` (Su et al. 2021,
 * RoFormer). Pairs are features i and i + D/2, or 2i and 2i + 1 when `interleaved`.
 */
export function rope(
  x: Tensor,
  {
    base = 10_000,
    offset = 0,
    interleaved = false,
  }: { base?: number; offset?: number; interleaved?: boolean } = {},
): Tensor {
  const [length, width] = x.shape.slice(-2);
  if (length === undefined || width === undefined || width % 2 !== 0) {
    throw new RangeError(
      `rope: needs shape [..., length, width] with an even width, got ${formatShape(x.shape)}`,
    );
  }
  const half = width / 2;
  // On the host in float64: float32 loses the fraction of large angles.
  const angles = Array.from(
    { length: length * half },
    (_, i) => (Math.floor(i / half) + offset) * base ** ((-2 * (i % half)) / width),
  );
  const table = (f: (angle: number) => number): Tensor =>
    tensor(Float64Array.from(angles, f), { shape: [length, half], dtype: floatOf(x.dtype) });
  const [cos, sin] = [table(Math.cos), table(Math.sin)];
  const a = interleaved ? x.slice(-1, 0, Infinity, 2) : x.narrow(-1, 0, half);
  const b = interleaved ? x.slice(-1, 1, Infinity, 2) : x.narrow(-1, half, half);
  const [first, second] = [a.mul(cos).sub(b.mul(sin)), b.mul(cos).add(a.mul(sin))];
  if (!interleaved) return cat([first, second], -1);
  return stack([first, second], -1).flatten(-2, -1);
}
