/** Gathers, scatters and running folds against loops, on every device. */

import { expect, setDefaultTimeout, test } from "bun:test";
import fc from "fast-check";
import {
  cummax,
  cummin,
  cumprod,
  cumsum,
  embedding,
  explain,
  oneHot,
  scatterAdd,
  type Tensor,
  tensor,
  zeros,
} from "../../src/tensor/index.ts";
import { onEveryDevice } from "./devices.ts";

// A software adapter on a busy machine is slow.
setDefaultTimeout(30_000);

function wave(length: number, step = 1): Float32Array {
  return Float32Array.from({ length }, (_, i) => Math.sin(i * 12.9898 * step) * 3);
}

function int(values: readonly number[] | Int32Array, shape?: readonly number[]): Tensor {
  return tensor(Int32Array.from(values), { shape: shape ?? [values.length] });
}

function near(got: Tensor, want: ArrayLike<number>, tolerance = 1e-4): void {
  const values = got.toTypedArray();
  expect(values.length).toBe(want.length);
  for (let i = 0; i < values.length; i++) {
    const [a, b] = [Number(values[i]), want[i] ?? NaN];
    if (Object.is(a, b) || Math.abs(a - b) <= tolerance * (1 + Math.abs(b))) continue;
    throw new Error(`element ${i}: expected ${b}, got ${a}`);
  }
}

/** Sums of rows of `values` by place, in float64. */
function sumsByPlace(
  values: Float32Array,
  places: readonly number[],
  size: number,
  width: number,
): Float64Array {
  const out = new Float64Array(size * width);
  places.forEach((place, row) => {
    for (let c = 0; c < width; c++) out[place * width + c]! += values[row * width + c] ?? 0;
  });
  return out;
}

onEveryDevice((device) => {
  for (const [rows, length] of [
    [3, 5000],
    [1, 129],
    [2100, 70],
    [2, 1],
  ] as const) {
    test(`running folds of [${rows}, ${length}] agree with loops along both dims`, () => {
      const values = wave(rows * length);
      const x = tensor(values, { shape: [rows, length] });
      const sums = new Float64Array(values.length);
      const most = new Float64Array(values.length);
      for (let i = 0; i < values.length; i++) {
        const first = i % length === 0;
        sums[i] = (first ? 0 : (sums[i - 1] ?? 0)) + (values[i] ?? 0);
        most[i] = Math.max(first ? -Infinity : (most[i - 1] ?? 0), values[i] ?? 0);
      }
      near(cumsum(x, 1), sums, 1e-3);
      near(cumsum(x.T, 0).T, sums, 1e-3);
      const { values: best, indices } = cummax(x, 1);
      near(best, most);
      near(x.gather(1, indices), most);
    });
  }

  test("running folds keep NaN, wrap integers, and start at bools", () => {
    expect(cummax(tensor([1, NaN, 3]), 0).values.toArray()).toEqual([1, NaN, NaN]);
    expect(cummax(tensor([2, 1, 2, 0]), 0).indices.toArray()).toEqual([0, 0, 2, 2]);
    expect(cummin(tensor([2, 1, 3]), 0).values.toArray()).toEqual([2, 1, 1]);
    expect(cumprod(int([65536, 65536, 3]), 0).toArray()).toEqual([65536, 0, 0]);
    expect(cumsum(tensor([true, true]), 0).toArray()).toEqual([1, 2]);
    expect(cumsum(zeros([0, 3]), 0).shape).toEqual([0, 3]);
    const x = tensor([1, 3, 2, 4], { requiresGrad: true });
    cummax(x, 0)
      .values.mul(tensor([1, 10, 100, 1000]))
      .sum()
      .backward();
    expect(x.grad?.toArray()).toEqual([1, 110, 0, 1000]);
    const y = tensor([2, 0, 3], { requiresGrad: true });
    cumprod(y, 0).sum().backward();
    expect(y.grad?.toArray()).toEqual([1, 8, 0]);
    const z = tensor([1, 2, 3], { requiresGrad: true });
    cumsum(z, 0).sum().backward();
    expect(z.grad?.toArray()).toEqual([3, 2, 1]);
  });

  test("gradients of embedding and scatterAdd sum what meets, the same on every run", () => {
    for (const [count, size, width] of [
      [3000, 7, 5],
      [500, 400, 3],
      [64, 1, 2],
    ] as const) {
      const places = Array.from({ length: count }, (_, i) => (i * i * 7 + i) % size);
      const g = wave(count * width);
      const run = (): Tensor => {
        const weight = zeros([size, width], { requiresGrad: true });
        embedding(int(places), weight).backward(tensor(g, { shape: [count, width] }));
        return weight.grad as Tensor;
      };
      const first = run();
      near(first, sumsByPlace(g, places, size, width), 1e-3);
      expect(run().toTypedArray()).toEqual(first.toTypedArray());
    }
  });

  test("scatterAdd() agrees with loops for random indices, dims and views", () => {
    const shape = fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }));
    const cases = fc.tuple(
      shape,
      fc.nat(1),
      fc.integer({ min: 1, max: 6 }),
      fc.nat(1000),
      fc.boolean(),
    );
    fc.assert(
      fc.property(cases, ([[rows, columns], dim, size, seed, turned]) => {
        const count = rows * columns;
        const places = Array.from({ length: count }, (_, i) => (i * 31 + seed * 17) % size);
        const index = int(places, [rows, columns]);
        const source = tensor(wave(count, seed + 1), { shape: [rows, columns] });
        const whole = dim === 0 ? [size, columns] : [rows, size];
        const want = new Float64Array((whole[0] ?? 0) * (whole[1] ?? 0));
        const values = wave(count, seed + 1);
        places.forEach((place, i) => {
          const [r, c] = [Math.floor(i / columns), i % columns];
          const at = dim === 0 ? place * columns + c : r * size + place;
          want[at]! += values[i] ?? 0;
        });
        const out = turned
          ? scatterAdd(zeros(whole).T, 1 - dim, index.T, source.T).T
          : scatterAdd(zeros(whole), dim, index, source);
        near(out, want);
        near(
          out.gather(dim, index),
          [...places.keys()].map((i) => {
            const [r, c] = [Math.floor(i / columns), i % columns];
            const place = places[i] ?? 0;
            return want[dim === 0 ? place * columns + c : r * size + place] ?? NaN;
          }),
        );
      }),
      { numRuns: device === "cpu" ? 100 : 20, seed: 5 },
    );
  });

  test("an index that is outside is an error at the next read at the latest", () => {
    const x = wave(12);
    const table = (): Tensor => tensor(x, { shape: [4, 3] });
    const bad = int([0, 4]);
    for (const [name, run] of [
      ["indexSelect", (): Tensor => table().indexSelect(0, bad)],
      ["gather", (): Tensor => table().gather(0, int([-1, 0, 0], [1, 3]))],
      ["embedding", (): Tensor => embedding(bad, table())],
      ["oneHot", (): Tensor => oneHot(bad, 4)],
      ["scatterAdd", (): Tensor => scatterAdd(zeros([2]), 0, bad, tensor([1, 2]))],
    ] as const) {
      expect(() => run().sum().item()).toThrow(
        new RegExp(`${name}: index (4|-1) is outside a dim of size`),
      );
      // It is told once, and what comes after is not touched by it.
      expect(
        table()
          .indexSelect(0, int([1]))
          .get(0, 0)
          .item(),
      ).toBe(x[3] as number);
    }
    const scores = wave(3000);
    const long = tensor(scores).gather(0, int([2999]));
    expect(long.item()).toBe(scores[2999] as number);
  });

  test("explain() has words for running folds and for what leads to a place", () => {
    const x = zeros([100, 100], { requiresGrad: true });
    expect(explain(cumsum(x, 1))).toContain("running sum along the last dim of [100, 100]");
    const index = zeros([100], { dtype: "int32" });
    const scattered = scatterAdd(
      zeros([9000]),
      0,
      index.expand(100, 100).reshape(10_000).narrow(0, 0, 5000),
      zeros([5000]),
    );
    expect(explain(scattered)).toContain("places along dim 0");
  });
});
