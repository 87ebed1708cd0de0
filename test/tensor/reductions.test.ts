import { expect, setDefaultTimeout, test } from "bun:test";
import { ones, tensor, zeros } from "../../src/tensor/index.ts";
import { onEveryDevice } from "./devices.ts";
import { expectClose, type Grid, grid, integers, put, random, reduce, zip } from "./reference.ts";

// A software adapter on a busy machine is slow.
setDefaultTimeout(30_000);

const CASES: { shape: number[]; dims: number[] | undefined }[] = [
  { shape: [], dims: undefined },
  { shape: [1], dims: [0] },
  { shape: [7], dims: undefined },
  { shape: [5, 3], dims: [0] },
  { shape: [5, 3], dims: [-1] },
  { shape: [3, 129], dims: [1] },
  { shape: [130, 3], dims: [0] },
  { shape: [2, 3, 4], dims: [0, 2] },
  { shape: [2, 3, 4], dims: [-1, 0] },
  { shape: [3, 1, 70, 5], dims: [2, 3] },
  { shape: [2, 2, 2, 2, 3], dims: [1, 3] },
  { shape: [2, 1, 3, 2, 1, 3], dims: [0, 2, 5] },
];

const sum = (values: number[]): number => values.reduce((a, b) => a + b, 0);
const mean = (values: number[]): number => sum(values) / values.length;
const variance = (values: number[], correction: number): number => {
  const centre = mean(values);
  return sum(values.map((x) => (x - centre) ** 2)) / Math.max(values.length - correction, 0);
};
const logsumexp = (values: number[]): number => {
  const peak = Math.max(...values);
  return peak + Math.log(sum(values.map((x) => Math.exp(x - peak))));
};
const FOLDS = {
  sum,
  mean,
  prod: (values) => values.reduce((a, b) => a * b, 1),
  amax: (values) => Math.max(...values),
  amin: (values) => Math.min(...values),
  var: (values) => variance(values, 1),
  std: (values) => Math.sqrt(variance(values, 1)),
  logsumexp,
} satisfies Record<string, (values: number[]) => number>;

function fromFront(dims: number[] | undefined, ndim: number): number[] {
  return dims === undefined
    ? Array.from({ length: ndim }, (_, dim) => dim)
    : dims.map((dim) => (dim < 0 ? dim + ndim : dim));
}

onEveryDevice(() => {
  for (const [name, fold] of Object.entries(FOLDS)) {
    const method = name as keyof typeof FOLDS;
    test(`${name}() agrees with float64 when dims and ranks vary`, () => {
      for (const { shape, dims } of CASES) {
        const x = random(shape, name === "prod" ? 1.5 : 3, shape.length + 1);
        const front = fromFront(dims, shape.length);
        expectClose(put(x)[method](dims), reduce(x, front, fold));
        expectClose(put(x)[method](dims, { keepdim: true }), reduce(x, front, fold, true));
      }
    });
    test(`${name}() agrees with float64 when the input is permuted and flipped`, () => {
      const x = random([3, 4, 5], 1.5, 9);
      const view = put(x).permute(2, 0, 1).flip(1);
      expectClose(
        view[method](0),
        reduce({ ...x }, [2], fold).shape.length === 2 ? flipRows(reduce(x, [2], fold)) : x,
      );
      expectClose(view[method]([1, 2]), reduce(x, [0, 1], fold));
    });
  }

  function flipRows({ shape, values }: Grid): Grid {
    const [rows = 0, columns = 0] = shape;
    return grid(
      shape,
      values.map(
        (_, i) => values[(rows - 1 - Math.floor(i / columns)) * columns + (i % columns)] ?? 0,
      ),
    );
  }

  test("sum() keeps float32's precision when there are 100,003 terms", () => {
    const x = random([100_003], 1, 5);
    expectClose(put(x).sum(), reduce(x, [0], sum), 1.3e-6, 1e-4);
    expect(ones([70_001]).sum().item()).toBe(70_001);
    expect(tensor(Array(3000).fill(0.1)).mean().item()).toBeCloseTo(0.1, 7);
  });
  test("sum() gives int32 and wraps when the input is int32 or bool", () => {
    expect(tensor([2147483647, 1], { dtype: "int32" }).sum().item()).toBe(-2147483648);
    const bits = tensor([
      [true, true],
      [false, true],
    ]).sum(0);
    expect(bits.dtype).toBe("int32");
    expect(bits.toArray()).toEqual([1, 2]);
    const x = integers([6, 300], -50, 50);
    expectClose(put(x, "int32").sum(1), reduce(x, [1], sum), 0, 0);
    expectClose(put(x, "int32").amin(0), reduce(x, [0], FOLDS.amin), 0, 0);
    expect(tensor([3, -4, 5], { dtype: "int32" }).prod().item()).toBe(-60);
  });
  test("reductions give their neutral value when there are no elements", () => {
    expect(zeros([0]).sum().item()).toBe(0);
    expect(zeros([0]).prod().item()).toBe(1);
    expect(zeros([0]).mean().item()).toBeNaN();
    expect(zeros([0]).any().item()).toBe(false);
    expect(zeros([0]).all().item()).toBe(true);
    expect(zeros([0]).logsumexp().item()).toBe(-Infinity);
    expect(zeros([2, 0]).sum(1).toArray()).toEqual([0, 0]);
    expect([...zeros([2, 0]).sum(0).shape]).toEqual([0]);
    expect([...zeros([0, 3]).amax(1).shape]).toEqual([0]);
    expect(() => zeros([0, 3]).amax(0)).toThrow("amax: dim 0 of shape [0, 3] has no elements");
    expect(() => zeros([0]).argmax()).toThrow("has no elements");
  });
  test("var() is NaN when correction leaves nothing to divide by", () => {
    expect(tensor([4]).var().item()).toBeNaN();
    expect(tensor([4, 6]).var(0, { correction: 0 }).item()).toBe(1);
    expect(tensor([4]).std(0, { correction: 0 }).item()).toBe(0);
  });
  test("amax() and amin() are NaN when any element is", () => {
    for (const values of [
      [NaN, 1, 2],
      [1, NaN, 2],
      [1, 2, NaN],
    ]) {
      expect(tensor(values).amax().item()).toBeNaN();
      expect(tensor(values).min().item()).toBeNaN();
    }
    const long = Array.from({ length: 500 }, (_, i) => (i === 333 ? NaN : i));
    expect(tensor(long).max().item()).toBeNaN();
    expect(tensor([-Infinity, -5]).max().item()).toBe(-5);
    expect(tensor([true, false]).amax().item()).toBe(true);
  });
  test("argmax() gives the first place when values tie, and NaN wins", () => {
    expect(tensor([1, 3, 3, 2]).argmax().item()).toBe(1);
    expect(tensor([1, 0, 0, 2]).argmin().item()).toBe(1);
    expect(tensor([1, NaN, 3, NaN]).argmax().item()).toBe(1);
    expect(tensor([1, NaN, 3, NaN]).argmin().item()).toBe(1);
    expect(tensor([-Infinity, -Infinity]).argmax().item()).toBe(0);
    expect(
      tensor([
        [1, 9],
        [8, 2],
        [8, 9],
      ])
        .argmax(0)
        .toArray(),
    ).toEqual([1, 0]);
    expect(
      tensor([
        [1, 9],
        [8, 2],
        [8, 9],
      ])
        .argmax(1, { keepdim: true })
        .toArray(),
    ).toEqual([[1], [0], [1]]);
    expect(
      tensor([
        [1, 9],
        [8, 2],
      ])
        .T.argmax()
        .item(),
    ).toBe(2);
    expect(tensor(5).argmax().item()).toBe(0);
    expect(tensor([false, true, true]).argmax().item()).toBe(1);
    const long = random([1000], 1, 4);
    expect(put(long).argmax().item()).toBe(long.values.indexOf(Math.max(...long.values)));
    expect(put(long).argmax().dtype).toBe("int32");
  });
  test("any() and all() go by not being 0 when the input is float32", () => {
    const x = tensor([
      [0, 0],
      [0, NaN],
      [1, 2],
    ]);
    expect(x.any(1).toArray()).toEqual([false, true, true]);
    expect(x.all(1).toArray()).toEqual([false, false, true]);
    expect(x.any().item()).toBe(true);
  });
  test("softmax() and logSoftmax() agree with float64 when values are large", () => {
    const x = random([3, 4, 150], 100, 3);
    for (const dim of [0, 1, -1]) {
      const at = dim < 0 ? 2 : dim;
      const shift = reduce(x, [at], logsumexp, true);
      expectClose(
        put(x).logSoftmax(dim),
        zip(x, shift, (a, b) => a - b),
        1.3e-6,
        3e-5,
      );
      expectClose(
        put(x).softmax(dim),
        zip(x, shift, (a, b) => Math.exp(a - b)),
      );
    }
    expect(tensor(3).softmax(0).item()).toBe(1);
    expect(tensor([-Infinity, 0]).softmax(0).toArray()).toEqual([0, 1]);
    expect(tensor([-Infinity, -Infinity]).logsumexp(0).item()).toBe(-Infinity);
    expect(tensor([Infinity, 1]).logsumexp(0).item()).toBe(Infinity);
  });
  test("reductions name what is wrong when dims or dtypes do not fit", () => {
    expect(() => zeros([2, 3]).sum(2)).toThrow(
      "sum: dim must be from -2 to 1 for a tensor of 2 dims, got 2",
    );
    expect(() => zeros([2, 3]).sum([0, -2])).toThrow("names the same dim twice");
    expect(() => zeros([2], { dtype: "int32" }).mean()).toThrow(
      "mean: needs a float tensor, got int32",
    );
  });
});
