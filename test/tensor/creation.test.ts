import { describe, expect, setDefaultTimeout, test } from "bun:test";
import {
  arange,
  broadcastShapes,
  eye,
  full,
  linspace,
  manualSeed,
  ones,
  onesLike,
  rand,
  randint,
  randn,
  tensor,
  zeros,
  zerosLike,
} from "../../src/tensor/index.ts";
import { philox } from "../../src/tensor/random.ts";
import { onEveryDevice, onSoftware, use } from "./devices.ts";

// A software adapter on a busy machine is slow.
setDefaultTimeout(30_000);

onEveryDevice((device) => {
  test("tensor() infers shape and dtype when data is nested", () => {
    expect([
      ...tensor([
        [1, 2],
        [3, 4],
        [5, 6],
      ]).shape,
    ]).toEqual([3, 2]);
    expect(tensor(1).dtype).toBe("float32");
    expect(tensor([true, false]).dtype).toBe("bool");
    expect(tensor([true, 2]).toArray()).toEqual([1, 2]);
    expect(tensor(new Int32Array([1, 2])).dtype).toBe("int32");
    expect(tensor(new Float32Array(6), { shape: [2, 3] }).ndim).toBe(2);
    expect([...tensor([[], []]).shape]).toEqual([2, 0]);
    expect(tensor([1.9, -1.9], { dtype: "int32" }).toArray()).toEqual([1, -1]);
    expect(tensor([[1]]).device).toBe(device);
  });
  test("tensor() names the path when data is ragged or no number", () => {
    expect(() => tensor([[1, 2], [3]])).toThrow("data[1] has 1 elements where 2 were expected");
    expect(() => tensor([[1, 2], 3])).toThrow("data[1] must be a list of 2, got 3");
    expect(() => tensor([1, [2]])).toThrow("data[1] is a list where a number was expected");
    expect(() => tensor([1, "2" as unknown as number])).toThrow(
      'data[1] must be a number or a boolean, got "2"',
    );
    expect(() => tensor(undefined as unknown as number)).toThrow(
      "data must be a number or a boolean, got undefined",
    );
    expect(() => tensor([1, 2, 3], { shape: [2] })).toThrow("3 values do not fill shape [2]");
    const loop: unknown[] = [];
    loop.push(loop);
    expect(() => tensor(loop as number[])).toThrow("nested deeper");
  });
  test("zeros(), ones(), full() and eye() fill when dtypes vary", () => {
    expect(zeros([2, 2]).toArray()).toEqual([
      [0, 0],
      [0, 0],
    ]);
    expect(ones([2], { dtype: "bool" }).toArray()).toEqual([true, true]);
    expect(full([2], -7, { dtype: "int32" }).toArray()).toEqual([-7, -7]);
    expect(full([1], NaN).item()).toBeNaN();
    expect(full([1], -Infinity).item()).toBe(-Infinity);
    expect(full([], true).item()).toBe(true);
    expect(eye(2, 3).toArray()).toEqual([
      [1, 0, 0],
      [0, 1, 0],
    ]);
    expect(eye(1, 1, { dtype: "bool" }).item()).toBe(true);
    expect(onesLike(tensor([1, 2], { dtype: "int32" })).dtype).toBe("int32");
    expect(zerosLike(tensor([[true]])).toArray()).toEqual([[false]]);
    expect(() => zeros([2, -1])).toThrow(
      "zeros: size of dim 1 must be a whole number from 0, got -1",
    );
    expect(() => zeros([1.5])).toThrow("got 1.5");
    expect(() => zeros(3 as unknown as number[])).toThrow("shape must be a list of sizes, got 3");
  });
  test("arange() and linspace() end where they should when steps are fractions", () => {
    expect(arange(3).toArray()).toEqual([0, 1, 2]);
    expect(arange(5, 0, -2).toArray()).toEqual([5, 3, 1]);
    expect(arange(0, 1, 0.1).numel).toBe(10);
    expect(arange(3, { dtype: "int32" }).dtype).toBe("int32");
    expect(arange(1, 4, { dtype: "int32" }).toArray()).toEqual([1, 2, 3]);
    expect(() => arange(0, 5, -1)).toThrow("must lead from start to end");
    expect(() => arange(0, 5, 0)).toThrow("arange");
    expect(linspace(-1, 1, 5).toArray()).toEqual([-1, -0.5, 0, 0.5, 1]);
    expect(linspace(0, 0.7, 8).toArray()).toEqual(
      Array.from(Float32Array.from({ length: 8 }, (_, i) => i / 10)),
    );
    expect(linspace(3, 9, 1).toArray()).toEqual([3]);
    expect(linspace(0, 1, 0).numel).toBe(0);
  });
  test("zeros() is a clear error when the memory is not there", () => {
    expect(() => zeros([1 << 20, 1 << 20])).toThrow(
      /zeros: shape \[1048576, 1048576\]: Cannot allocate .* out of memory/,
    );
  });
  test("rand(), randn() and randint() repeat when the seed does", () => {
    manualSeed(7);
    const first = [rand([5]), randn([5]), randint(-3, 4, [5])].map((x) => x.toArray());
    manualSeed(7);
    expect([rand([5]), randn([5]), randint(-3, 4, [5])].map((x) => x.toArray())).toEqual(first);
    manualSeed(8);
    expect(rand([5]).toArray()).not.toEqual(first[0]);
  });
});

describe("random", () => {
  test("philox() gives the published words when keys and counters are known", () => {
    // Known answers of the generator's authors: Random123's kat_vectors.
    expect([...philox([0, 0, 0, 0], [0, 0])]).toEqual([
      0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8,
    ]);
    const ones = 0xffffffff;
    expect([...philox([ones, ones, ones, ones], [ones, ones])]).toEqual([
      0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd,
    ]);
  });
  test("distributions have their moments when there are 20,000 draws", () => {
    use("cpu");
    manualSeed(1);
    const normal = randn([20_000]);
    expect(normal.mean().item()).toBeCloseTo(0, 1);
    expect(normal.std().item()).toBeCloseTo(1, 1);
    const uniform = rand([20_001]);
    expect(uniform.mean().item()).toBeCloseTo(0.5, 1);
    expect(uniform.min().item() as number).toBeGreaterThanOrEqual(0);
    expect(uniform.max().item() as number).toBeLessThan(1);
    const dice = randint(1, 7, [6000]);
    for (let face = 1; face <= 6; face++) {
      expect(Math.abs((dice.eq(face).sum().item() as number) - 1000)).toBeLessThan(150);
    }
    expect(() => randint(3, 3, [1])).toThrow("low below high");
    expect(() => manualSeed(0.5)).toThrow("whole number");
  });
});

onSoftware("across devices", () => {
  test("randn() has the same bits when the device differs", () => {
    const draw = (): unknown => {
      manualSeed(42);
      return [randn([33]).toArray(), rand([3, 3]).toArray()];
    };
    use("cpu");
    const onCpu = draw();
    use("software");
    expect(draw()).toEqual(onCpu);
  });
});

test("broadcastShapes() aligns at the last dims when ranks differ", () => {
  expect(broadcastShapes([2, 1, 3], [4, 1], [])).toEqual([2, 4, 3]);
  expect(broadcastShapes()).toEqual([]);
  expect(broadcastShapes([0], [1])).toEqual([0]);
  expect(() => broadcastShapes([2, 3], [4])).toThrow(
    "broadcastShapes: shapes [2, 3] and [4] disagree",
  );
});
