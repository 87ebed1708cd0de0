import { describe, expect, setDefaultTimeout, test } from "bun:test";
import fc from "fast-check";
import {
  argsort,
  associativeScan,
  avgPool1d,
  avgPool2d,
  conv1d,
  conv2d,
  convTranspose1d,
  convTranspose2d,
  cumprod,
  cumsum,
  maxPool1d,
  maxPool2d,
  ones,
  sort,
  tensor,
  topk,
  unfold,
  zeros,
} from "../../../src/tensor/index.ts";
import { onEveryDevice, use } from "../devices.ts";
import { build, expectClose, type Grid, grid, integers, put, random } from "../reference.ts";

setDefaultTimeout(30_000);

function value(g: Grid, ...index: number[]): number {
  return g.values[index.reduce((flat, i, dim) => flat * (g.shape[dim] ?? 1) + i, 0)] as number;
}

interface Slide {
  stride: number;
  padding: number;
  dilation: number;
  groups: number;
}

function outLength(size: number, kernel: number, { stride, padding, dilation }: Slide): number {
  return Math.floor((size + 2 * padding - dilation * (kernel - 1) - 1) / stride) + 1;
}

/** Cross-correlation of [N, C, H, W] and [O, C/groups, KH, KW] by loops. */
function correlate(x: Grid, w: Grid, slide: Slide): Grid {
  const [n = 0, , h = 0, l = 0] = x.shape;
  const [o = 0, own = 0, kh = 0, kw = 0] = w.shape;
  const { stride, padding, dilation, groups } = slide;
  const shape = [n, o, outLength(h, kh, slide), outLength(l, kw, slide)];
  return build(shape, ([b = 0, out = 0, i = 0, j = 0]) => {
    let total = 0;
    const group = Math.floor(out / (o / groups));
    for (let c = 0; c < own; c++) {
      for (let p = 0; p < kh; p++) {
        for (let q = 0; q < kw; q++) {
          const [y, z] = [i * stride + p * dilation - padding, j * stride + q * dilation - padding];
          if (y < 0 || z < 0 || y >= h || z >= l) continue;
          total += value(x, b, group * own + c, y, z) * value(w, out, c, p, q);
        }
      }
    }
    return total;
  });
}

/** The transpose by its definition: every input element adds the kernel to the output. */
function transposed(
  x: Grid,
  w: Grid,
  { stride, padding, dilation, groups }: Slide,
  extra: number,
): Grid {
  const [n = 0, c = 0, h = 0, l = 0] = x.shape;
  const [, own = 0, kh = 0, kw = 0] = w.shape;
  const length = (size: number, k: number): number =>
    (size - 1) * stride - 2 * padding + dilation * (k - 1) + extra + 1;
  const out = build([n, own * groups, length(h, kh), length(l, kw)], () => 0);
  const [, , oh = 0, ow = 0] = out.shape;
  build([n, c, h, l, own, kh, kw], ([b = 0, i = 0, y = 0, z = 0, k = 0, p = 0, q = 0]) => {
    const [to, at] = [y * stride + p * dilation - padding, z * stride + q * dilation - padding];
    if (to < 0 || at < 0 || to >= oh || at >= ow) return 0;
    const channel = Math.floor(i / (c / groups)) * own + k;
    const flat = ((b * own * groups + channel) * oh + to) * ow + at;
    out.values[flat] = (out.values[flat] ?? 0) + value(x, b, i, y, z) * value(w, i, k, p, q);
    return 0;
  });
  return out;
}

const SLIDES: Slide[] = [
  { stride: 1, padding: 0, dilation: 1, groups: 1 },
  { stride: 2, padding: 1, dilation: 1, groups: 2 },
  { stride: 3, padding: 2, dilation: 2, groups: 1 },
  { stride: 1, padding: 1, dilation: 2, groups: 4 },
];

onEveryDevice(() => {
  test("conv1d() and conv2d() agree with loops for strides, padding, dilation and groups", () => {
    for (const slide of SLIDES) {
      const x = random([2, 4, 7, 9], 1, 1);
      const w = random([8, 4 / slide.groups, 3, 2], 1, 2);
      expectClose(conv2d(put(x), put(w), slide), correlate(x, w, slide));
      const line = random([2, 4, 11], 1, 3);
      const kernel = random([4, 4 / slide.groups, 3], 1, 4);
      const flat = (g: Grid): Grid => grid(g.shape.toSpliced(2, 0, 1), g.values);
      // Padding would widen the dim of size 1 too, so the line is padded by hand.
      const bare = { ...slide, padding: 0 };
      const { shape, values } = correlate(flat(line), flat(kernel), bare);
      expectClose(conv1d(put(line), put(kernel), bare), grid(shape.toSpliced(2, 1), values));
    }
    const bias = conv1d(ones([1, 2, 4]), ones([3, 2, 2]), { bias: tensor([0, 1, 2]) });
    expect(bias.select(2, 0).toArray()).toEqual([[4, 5, 6]]);
    expect([...conv2d(ones([3, 5, 5]), ones([2, 3, 3, 3])).shape]).toEqual([2, 3, 3]);
    expect([...conv1d(zeros([0, 2, 5]), ones([3, 2, 2])).shape]).toEqual([0, 3, 4]);
  });

  test("convTranspose1d() and convTranspose2d() agree with loops", () => {
    for (const slide of SLIDES) {
      const extra = slide.stride > 1 ? 1 : 0;
      const x = random([2, 4, 4, 3], 1, 1);
      const w = random([4, 2, 3, 4], 1, 2);
      expectClose(
        convTranspose2d(put(x), put(w), { ...slide, outputPadding: extra }),
        transposed(x, w, slide, extra),
      );
    }
    const line = convTranspose1d(tensor([[[1, 2]]]), tensor([[[1, 10, 100]]]), { stride: 2 });
    expect(line.toArray()).toEqual([[[1, 10, 102, 20, 200]]]);
  });

  test("pools and unfold() agree with loops", () => {
    const x = random([2, 3, 7, 6], 1, 4);
    const largest = build([2, 3, 4, 3], ([n = 0, c = 0, i = 0, j = 0]) => {
      const found: number[] = [];
      for (let p = 0; p < 3; p++) {
        for (let q = 0; q < 3; q++) {
          const [y, z] = [2 * i + p - 1, 2 * j + q - 1];
          if (y >= 0 && z >= 0 && y < 7 && z < 6) found.push(value(x, n, c, y, z));
        }
      }
      return Math.max(...found);
    });
    expectClose(maxPool2d(put(x), 3, { stride: 2, padding: 1 }), largest);
    const means = build([2, 3, 3, 3], ([n = 0, c = 0, i = 0, j = 0]) => {
      const at = (p: number, q: number): number => value(x, n, c, 2 * i + p, 2 * j + q);
      return (at(0, 0) + at(0, 1) + at(1, 0) + at(1, 1)) / 4;
    });
    expectClose(avgPool2d(put(x), 2), means);
    expect(maxPool1d(tensor([[1, 5, 2, 4, 3]]), 2).toArray()).toEqual([[5, 4]]);
    expect(maxPool1d(tensor([[1, 2, 9, 4, 3]]), 2, { stride: 1, dilation: 2 }).toArray()).toEqual([
      [9, 4, 9],
    ]);
    expect(avgPool1d(tensor([[2, 4, 6]]), 2, { stride: 1, padding: 1 }).toArray()).toEqual([
      [1, 3, 5, 3],
    ]);
    const columns = unfold(put(x), [2, 3], { stride: 2 });
    const expected = build([2, 18, 6], ([n = 0, row = 0, at = 0]) => {
      const [c, p, q] = [Math.floor(row / 6), Math.floor((row % 6) / 3), row % 3];
      return value(x, n, c, 2 * Math.floor(at / 2) + p, 2 * (at % 2) + q);
    });
    expectClose(columns, expected, 0, 0);
  });

  test("cumsum(), cumprod() and associativeScan() agree with loops", () => {
    const x = random([3, 13, 2], 1.5, 4);
    for (const [scan, fold, start] of [
      [cumsum, (a: number, b: number) => a + b, 0],
      [cumprod, (a: number, b: number) => a * b, 1],
    ] as const) {
      const expected = build([3, 13, 2], ([i = 0, j = 0, k = 0]) =>
        Array.from({ length: j + 1 }, (_, t) => value(x, i, t, k)).reduce(fold, start),
      );
      expectClose(scan(put(x), 1), expected);
      expectClose(scan(put(x), -2), expected);
    }
    expect(cumsum(tensor([true, false, true]), 0).toArray()).toEqual([1, 1, 2]);
    expect([...cumsum(zeros([2, 0]), 1).shape]).toEqual([2, 0]);
    expect(cumsum(tensor([1, NaN, Infinity, 1]), 0).toArray()).toEqual([1, NaN, NaN, NaN]);
    // hₜ = aₜ·hₜ₋₁ + bₜ
    const [a, b] = [random([9], 1, 1), random([9], 1, 2)];
    const [, h] = associativeScan(
      ([a1, b1], [a2, b2]) => {
        if (!a1 || !b1 || !a2 || !b2) throw new Error("two tensors are scanned");
        return [a2.mul(a1), a2.mul(b1).add(b2)];
      },
      [put(a), put(b)],
      0,
    );
    let state = 0;
    expectClose(
      h ?? zeros([0]),
      grid(
        [9],
        b.values.map((one, t) => (state = (a.values[t] ?? 0) * state + one)),
      ),
    );
  });

  test("sort() is stable and puts NaN last when values tie or are missing", () => {
    const x = tensor([3, NaN, 1, 3, -Infinity, 1, Infinity]);
    expect(sort(x).values.toArray()).toEqual([-Infinity, 1, 1, 3, 3, Infinity, NaN]);
    expect(sort(x).indices.toArray()).toEqual([4, 2, 5, 0, 3, 6, 1]);
    expect(argsort(x, 0, { descending: true }).toArray()).toEqual([6, 0, 3, 2, 5, 4, 1]);
    const top = topk(
      tensor([
        [1, 9, 5],
        [7, 7, 8],
      ]),
      2,
    );
    expect(top.values.toArray()).toEqual([
      [9, 5],
      [8, 7],
    ]);
    expect(top.indices.toArray()).toEqual([
      [1, 2],
      [2, 0],
    ]);
    expect(topk(tensor([4, 2, 6]), 1, 0, { largest: false }).values.toArray()).toEqual([2]);
    expect(sort(tensor([2, -2147483648, 2147483647], { dtype: "int32" })).values.toArray()).toEqual(
      [-2147483648, 2, 2147483647],
    );
    const many = integers([3, 37, 2], 0, 9, 5);
    const order = build([3, 37, 2], ([i = 0, j = 0, k = 0]) => {
      const column = Array.from({ length: 37 }, (_, t) => value(many, i, t, k));
      const places = column
        .map((_, t) => t)
        .sort((s, t) => (column[s] ?? 0) - (column[t] ?? 0) || s - t);
      return places[j] ?? 0;
    });
    expectClose(argsort(put(many), 1), order, 0, 0);
    expect(sort(tensor(5)).values.item()).toBe(5);
    expect([...argsort(zeros([2, 0])).shape]).toEqual([2, 0]);
  });
});

test("sort() agrees with the host's sort for any list", () => {
  use("cpu");
  fc.assert(
    fc.property(
      fc.array(fc.float({ noNaN: false }), { maxLength: 40 }),
      fc.boolean(),
      (list, descending) => {
        const rank = (v: number): number => (Number.isNaN(v) ? 1 : 0);
        const expected = list
          .map((_, i) => i)
          .sort((s, t) => {
            const [a, b] = [list[s] ?? 0, list[t] ?? 0];
            const order = rank(a) - rank(b) || (a < b ? -1 : a > b ? 1 : 0) * (descending ? -1 : 1);
            return order || s - t;
          });
        expect(argsort(tensor(list), -1, { descending }).toArray()).toEqual(expected);
      },
    ),
  );
});

describe("messages", () => {
  test("name the operator, the shapes and the dim", () => {
    const x = ones([1, 2, 4, 4]);
    expect(() => conv2d(x, ones([3, 3, 2, 2]))).toThrow(
      "conv2d: shapes [1, 2, 4, 4] and [3, 3, 2, 2] disagree: dim 1 of the first is 2, dim 1 of the second is 3",
    );
    expect(() => conv2d(x, ones([3, 2, 5, 2]))).toThrow(
      "conv2d: a window of 5 does not fit in dim 2 of shape [1, 2, 4, 4]",
    );
    expect(() => conv1d(x, ones([3, 2, 2]))).toThrow(
      "conv1d: needs shapes [N, C, L] and [O, C/groups, KL]",
    );
    expect(() => conv2d(x, ones([3, 1, 2, 2]), { groups: 2 })).toThrow(
      "conv2d: 3 channels do not make 2 groups",
    );
    expect(() => conv2d(x, ones([3, 2, 2, 2]), { stride: 0 })).toThrow(
      "conv2d: stride must be a whole number from 1",
    );
    expect(() => maxPool2d(x, 2, { padding: 2 })).toThrow(
      "maxPool2d: padding [2, 2] must be at most half of kernel [2, 2]",
    );
    expect(() => topk(ones([3]), 4)).toThrow("topk: k must be a whole number from 0 to 3");
    expect(() => cumsum(x, 4)).toThrow("cumsum: dim must be from -4 to 3");
    expect(() => associativeScan((a) => a, [ones([2]), ones([3])], 0)).toThrow(
      "associativeScan: shapes [2] and [3] disagree along dim 0",
    );
  });
});
