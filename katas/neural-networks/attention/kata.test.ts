import { describe, expect, test } from "bun:test";
import { params, randn, tensor } from "kata";
import { assertClose, assertShape } from "kata/testing";
import { attention } from "./template.ts";

const batch = Number(params.batch ?? 2);
const queries = Number(params.queries ?? 5);
const keys = Number(params.keys ?? 7);
const width = Number(params.width ?? 3);

type Sizes = { n: number; m: number; d: number; e: number };

/** Attention of one batch element in float64, on flat row-major arrays. */
function attentionOf(
  q: readonly number[],
  k: readonly number[],
  v: readonly number[],
  { n, m, d, e }: Sizes,
  causal: boolean,
): number[][] {
  return Array.from({ length: n }, (_, i) => {
    const visible = causal ? Math.min(i + 1, m) : m;
    const scores = Array.from({ length: visible }, (__, j) => {
      let dot = 0;
      for (let c = 0; c < d; c++) dot += q[i * d + c]! * k[j * d + c]!;
      return dot / Math.sqrt(d);
    });
    const top = Math.max(...scores);
    const weights = scores.map((score) => Math.exp(score - top));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return Array.from({ length: e }, (__, c) =>
      weights.reduce((sum, weight, j) => sum + (weight / total) * v[j * e + c]!, 0),
    );
  });
}

/** The same for a batch: the arrays hold `count` elements after each other. */
function batchOf(
  q: Iterable<number>,
  k: Iterable<number>,
  v: Iterable<number>,
  count: number,
  sizes: Sizes,
  causal: boolean,
): number[][][] {
  const { n, m, d, e } = sizes;
  const [qs, ks, vs] = [[...q], [...k], [...v]];
  return Array.from({ length: count }, (_, b) =>
    attentionOf(
      qs.slice(b * n * d, (b + 1) * n * d),
      ks.slice(b * m * d, (b + 1) * m * d),
      vs.slice(b * m * e, (b + 1) * m * e),
      sizes,
      causal,
    ),
  );
}

describe("full attention", () => {
  test("a query of zeros takes the plain mean of the values", () => {
    const q = tensor([[0, 0]]);
    const k = tensor([
      [1, 2],
      [3, -4],
      [5, 6],
    ]);
    const v = tensor([
      [3, 0],
      [6, 0],
      [0, 12],
    ]);
    assertClose(attention(q, k, v), [[3, 4]], { rtol: 1e-5, atol: 1e-6 });
  });

  test("scores are divided by the root of the query's width", () => {
    // q·k is 2·log(3) and 0; divided by √4 that is log(3) and 0: weights 3/4 and 1/4.
    const q = tensor([[2, 0, 0, 0]]);
    const k = tensor([
      [Math.log(3), 5, 5, 5],
      [0, -5, 5, 5],
    ]);
    const v = tensor([[8], [4]]);
    assertClose(attention(q, k, v), [[7]], { rtol: 1e-4 });
  });

  test("a query picks the value of the key it matches", () => {
    const k = tensor([
      [40, 0],
      [0, 40],
    ]);
    const v = tensor([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    const out = attention(k, k, v);
    assertShape(out, [2, 3], "attention");
    assertClose(out, [
      [1, 2, 3],
      [4, 5, 6],
    ]);
  });

  test("random tensors of the variation's sizes match a loop in float64", () => {
    const sizes = { n: queries, m: keys, d: width, e: width + 2 };
    const q = randn([batch, queries, width]);
    const k = randn([batch, keys, width]);
    const v = randn([batch, keys, width + 2]);
    const expected = batchOf(
      q.toTypedArray(),
      k.toTypedArray(),
      v.toTypedArray(),
      batch,
      sizes,
      false,
    );
    const out = attention(q, k, v);
    assertShape(out, [batch, queries, width + 2], "attention");
    assertClose(out, expected, { name: "attention", rtol: 1e-3, atol: 1e-5 });
  });

  test("two batch axes, as heads need them, are carried along", () => {
    const sizes = { n: 4, m: 4, d: 2, e: 3 };
    const q = randn([2, 3, 4, 2]);
    const k = randn([2, 3, 4, 2]);
    const v = randn([2, 3, 4, 3]);
    const flat = batchOf(q.toTypedArray(), k.toTypedArray(), v.toTypedArray(), 6, sizes, false);
    const out = attention(q, k, v);
    assertShape(out, [2, 3, 4, 3], "attention");
    assertClose(out, [flat.slice(0, 3), flat.slice(3)], {
      name: "attention",
      rtol: 1e-3,
      atol: 1e-5,
    });
  });

  test("keys that are a transposed view are read in their own order", () => {
    const q = tensor([[2, 0, 0, 0]]);
    const k = tensor([
      [Math.log(3), 0],
      [5, -5],
      [5, 5],
      [5, 5],
    ]).T;
    const v = tensor([[8, 4]]).T;
    assertClose(attention(q, k, v), [[7]], { rtol: 1e-4 });
  });

  test("huge scores stay finite", () => {
    const q = tensor([
      [300, 0],
      [0, -300],
    ]);
    const k = tensor([
      [300, 300],
      [-300, 300],
      [0, 0],
    ]);
    const v = tensor([[1], [2], [3]]);
    const out = attention(q, k, v);
    expect([...out.toTypedArray()].every(Number.isFinite)).toBe(true);
    assertClose(out, [[1], [3]]);
  });
});

describe("causal attention", () => {
  test("query i takes the mean of the values 0 to i when all scores are equal", () => {
    const zero = tensor([[0], [0], [0], [0]]);
    const v = tensor([[12], [0], [6], [-2]]);
    assertClose(attention(zero, zero, v, true), [[12], [6], [6], [4]], { rtol: 1e-5 });
    assertClose(attention(zero, zero, v), [[4], [4], [4], [4]], { rtol: 1e-5 });
  });

  test("the first query sees the first key alone, however well a later one matches", () => {
    const q = tensor([[100], [100]]);
    const k = tensor([[-100], [100]]);
    const v = tensor([[5], [9]]);
    assertClose(attention(q, k, v, true), [[5], [9]]);
  });

  test("changing the future leaves the past as it was", () => {
    // The last query is zero, so it weighs all four values alike: 50 more becomes 12.5 more.
    const q = randn([4, 3]).mul(tensor([[1], [1], [1], [0]]));
    const k = randn([4, 3]);
    const v = randn([4, 3]);
    const later = tensor([[0], [0], [0], [50]]);
    const before = attention(q, k, v, true);
    const after = attention(q, k.add(later), v.add(later), true);
    assertClose(after.narrow(0, 0, 3), before.narrow(0, 0, 3), {
      name: "past",
      rtol: 1e-4,
      atol: 1e-5,
    });
    assertClose(after.get(3), before.get(3).add(12.5), { name: "present", rtol: 1e-4, atol: 1e-4 });
  });

  test("random tensors of the variation's sizes match a masked loop in float64", () => {
    const sizes = { n: queries, m: keys, d: width, e: width };
    const q = randn([batch, queries, width]);
    const k = randn([batch, keys, width]);
    const v = randn([batch, keys, width]);
    const expected = batchOf(
      q.toTypedArray(),
      k.toTypedArray(),
      v.toTypedArray(),
      batch,
      sizes,
      true,
    );
    assertClose(attention(q, k, v, true), expected, {
      name: "causal attention",
      rtol: 1e-3,
      atol: 1e-5,
    });
  });

  test("more queries than keys leaves the last queries with every key", () => {
    const q = tensor([[0], [0], [0]]);
    const k = tensor([[1], [2]]);
    const v = tensor([[10], [20]]);
    assertClose(attention(q, k, v, true), [[10], [15], [15]], { rtol: 1e-5 });
  });

  test("the mask is the same for every batch and head", () => {
    const zero = tensor([[0], [0]]).expand(2, 3, 2, 1);
    const v = randn([2, 3, 2, 1]);
    const out = attention(zero, zero, v, true);
    assertShape(out, [2, 3, 2, 1], "attention");
    const values = v.toTypedArray();
    const expected: number[] = [];
    for (let b = 0; b < 6; b++) {
      const [first, second] = [values[b * 2]!, values[b * 2 + 1]!];
      expected.push(first, (first + second) / 2);
    }
    assertClose(out.flatten(), expected, { rtol: 1e-4, atol: 1e-6 });
  });
});
