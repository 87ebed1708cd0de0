import { describe, expect, setDefaultTimeout, test } from "bun:test";
import {
  dropout,
  embedding,
  manualSeed,
  oneHot,
  ones,
  pad,
  rope,
  scaledDotProductAttention,
  scatterAdd,
  tensor,
  zeros,
} from "../../../src/tensor/index.ts";
import { onEveryDevice } from "../devices.ts";
import { build, expectClose, type Grid, integers, put, random } from "../reference.ts";

setDefaultTimeout(30_000);

function value(g: Grid, ...index: number[]): number {
  return g.values[index.reduce((flat, i, dim) => flat * (g.shape[dim] ?? 1) + i, 0)] as number;
}

/** softmax(q·kᵀ/√e + bias)·v by loops; a query whose biases are all −∞ gets zeros. */
function attend(q: Grid, k: Grid, v: Grid, bias: (i: number, j: number) => number): Grid {
  const [b = 0, l = 0, e = 0] = q.shape;
  const [, s = 0] = k.shape;
  return build([b, l, v.shape[2] ?? 0], ([n = 0, i = 0, c = 0]) => {
    let [total, weighted] = [0, 0];
    for (let j = 0; j < s; j++) {
      let score = bias(i, j);
      for (let p = 0; p < e; p++) score += (value(q, n, i, p) * value(k, n, j, p)) / Math.sqrt(e);
      total += Math.exp(score);
      weighted += Math.exp(score) * value(v, n, j, c);
    }
    return total === 0 ? 0 : weighted / total;
  });
}

onEveryDevice(() => {
  test("scaledDotProductAttention() agrees with loops with and without masks", () => {
    const [q, k, v] = [random([2, 5, 3], 2, 1), random([2, 7, 3], 2, 2), random([2, 7, 4], 2, 3)];
    const [tq, tk, tv] = [put(q), put(k), put(v)];
    expectClose(
      scaledDotProductAttention(tq, tk, tv),
      attend(q, k, v, () => 0),
    );
    expectClose(
      scaledDotProductAttention(tq, tk, tv, { isCausal: true }),
      attend(q, k, v, (i, j) => (j > i ? -Infinity : 0)),
    );
    const seen = integers([5, 7], 0, 2, 4);
    // A query that sees nothing.
    seen.values.fill(0, 14, 21);
    expectClose(
      scaledDotProductAttention(tq, tk, tv, { mask: put(seen, "bool") }),
      attend(q, k, v, (i, j) => (value(seen, i, j) === 0 ? -Infinity : 0)),
    );
    const bias = random([5, 7], 1, 5);
    expectClose(
      scaledDotProductAttention(tq, tk, tv, { mask: put(bias) }),
      attend(q, k, v, (i, j) => value(bias, i, j)),
    );
    const heads = tq.unsqueeze(1).expand(2, 3, 5, 3);
    expect([...scaledDotProductAttention(heads, tk.unsqueeze(1), tv.unsqueeze(1)).shape]).toEqual([
      2, 3, 5, 4,
    ]);
    const dropped = scaledDotProductAttention(tq, tk, tv, { dropoutP: 1 });
    expect(dropped.eq(0).all().item()).toBe(true);
  });

  test("rope() turns pairs by angles that depend on differences alone", () => {
    const x = random([2, 3, 4], 1, 6);
    const expected = build([2, 3, 4], ([n = 0, t = 0, d = 0]) => {
      const i = d % 2;
      const angle = (t + 5) * 10_000 ** ((-2 * i) / 4);
      const [a, b] = [value(x, n, t, i), value(x, n, t, i + 2)];
      return d < 2
        ? a * Math.cos(angle) - b * Math.sin(angle)
        : b * Math.cos(angle) + a * Math.sin(angle);
    });
    expectClose(rope(put(x), { offset: 5 }), expected);
    const paired = build([2, 3, 4], ([n = 0, t = 0, d = 0]) => {
      const angle = t * 100 ** (-Math.floor(d / 2) / 2);
      const [a, b] = [value(x, n, t, d - (d % 2)), value(x, n, t, d - (d % 2) + 1)];
      return d % 2 === 0
        ? a * Math.cos(angle) - b * Math.sin(angle)
        : b * Math.cos(angle) + a * Math.sin(angle);
    });
    expectClose(rope(put(x), { base: 100, interleaved: true }), paired);
  });

  test("embedding(), oneHot() and scatterAdd() agree with loops", () => {
    const rows = random([5, 3], 1, 2);
    const index = tensor(
      [
        [4, 0, 4],
        [1, 1, 3],
      ],
      { dtype: "int32" },
    );
    const picked = embedding(index, put(rows));
    expectClose(
      picked,
      build([2, 3, 3], ([i = 0, j = 0, c = 0]) =>
        value(
          rows,
          [
            [4, 0, 4],
            [1, 1, 3],
          ][i]?.[j] ?? 0,
          c,
        ),
      ),
    );
    expect(oneHot(tensor([2, 0], { dtype: "int32" }), 3).toArray()).toEqual([
      [0, 0, 1],
      [1, 0, 0],
    ]);
    for (const dim of [0, 1, -1, 2]) {
      const at = (dim + 3) % 3;
      const x = random([3, 4, 5], 1, 3);
      const shape = [2, 3, 4].with(at, 6);
      const where = integers(shape, 0, x.shape[at] ?? 1, 9);
      const src = random(shape, 1, 8);
      const expected = { shape: x.shape, values: [...x.values] };
      build(shape, (i) => {
        const to = i.with(at, value(where, ...i));
        const flat = to.reduce((f, one, d) => f * (x.shape[d] ?? 1) + one, 0);
        expected.values[flat] = (expected.values[flat] ?? 0) + value(src, ...i);
        return 0;
      });
      expectClose(scatterAdd(put(x), dim, put(where, "int32"), put(src)), expected);
    }
    const counts = scatterAdd(
      zeros([3], { dtype: "int32" }),
      0,
      tensor([1, 1, 0], { dtype: "int32" }),
      ones([3], { dtype: "int32" }),
    );
    expect(counts.toArray()).toEqual([1, 2, 0]);
  });

  test("pad() widens and crops in every mode", () => {
    const x = tensor([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect(pad(x, [1, 2], { value: 9 }).toArray()).toEqual([
      [9, 1, 2, 3, 9, 9],
      [9, 4, 5, 6, 9, 9],
    ]);
    expect(pad(x, [2, 1], { mode: "reflect" }).get(0).toArray()).toEqual([3, 2, 1, 2, 3, 2]);
    expect(pad(x, [1, 2], { mode: "replicate" }).get(0).toArray()).toEqual([1, 1, 2, 3, 3, 3]);
    expect(pad(x, [1, 2], { mode: "circular" }).get(0).toArray()).toEqual([3, 1, 2, 3, 1, 2]);
    expect(pad(x, [-1, 0, 0, 1]).toArray()).toEqual([
      [2, 3],
      [5, 6],
      [0, 0],
    ]);
    expect(pad(zeros([0, 2]), [1, 0]).shape.join()).toBe("0,3");
    expect(pad(tensor([true]), [0, 1]).toArray()).toEqual([true, false]);
  });

  test("dropout() zeroes a share and keeps the mean, the same from one seed", () => {
    manualSeed(3);
    const once = dropout(ones([100, 100]), 0.25);
    expect(once.mean().item()).toBeCloseTo(1, 1);
    expect(once.eq(0).to("float32").mean().item()).toBeCloseTo(0.25, 1);
    expect(once.amax().item()).toBeCloseTo(4 / 3, 6);
    manualSeed(3);
    expect(
      dropout(ones([100, 100]), 0.25)
        .eq(once)
        .all()
        .item(),
    ).toBe(true);
    expect(dropout(ones([4]), 1).toArray()).toEqual([0, 0, 0, 0]);
    const x = ones([2]);
    expect(dropout(x, 0.5, false)).toBe(x);
  });
});

describe("messages", () => {
  test("name the operator, the shapes and the dim", () => {
    const x = ones([2, 3]);
    expect(() => scaledDotProductAttention(x, ones([4, 5]), ones([4, 5]))).toThrow(
      "scaledDotProductAttention: shapes [2, 3], [4, 5], [4, 5] (query, key, value): dim -1 of query is 3, dim -1 of key is 5",
    );
    expect(() => scaledDotProductAttention(x, ones([4, 3]), ones([5, 3]))).toThrow(
      "dim -2 of key is 4, dim -2 of value is 5",
    );
    expect(() => rope(x)).toThrow(
      "rope: needs shape [..., length, width] with an even width, got [2, 3]",
    );
    expect(() => embedding(x, x)).toThrow(
      "embedding: index must be an int32 tensor, got a float32 tensor",
    );
    expect(() => oneHot(tensor([3], { dtype: "int32" }), 3).toArray()).toThrow(
      "oneHot: index 3 is outside a dim of size 3",
    );
    expect(() => scatterAdd(x, 0, tensor([[2]], { dtype: "int32" }), x).toArray()).toThrow(
      "scatterAdd: index 2 is outside a dim of size 2",
    );
    expect(() => pad(x, [3, 0], { mode: "reflect" })).toThrow(
      "pad: dim 1 of shape [2, 3] is too small for widths 3 and 0 in mode reflect",
    );
    expect(() => pad(x, [1])).toThrow("pad: widths must be pairs");
    expect(() => dropout(x, 2)).toThrow("dropout: p must be in [0, 1], got 2");
  });
});
