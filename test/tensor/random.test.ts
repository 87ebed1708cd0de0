import { beforeAll, expect, test } from "bun:test";
import {
  bernoulli,
  full,
  manualSeed,
  multinomial,
  randLike,
  randnLike,
  randperm,
  tensor,
  zeros,
} from "../../src/tensor/index.ts";
import { use } from "./devices.ts";

beforeAll(() => use("cpu"));

test("randperm() holds each number once, in an order that follows from the seed", () => {
  manualSeed(3);
  const first = randperm(50).toArray() as number[];
  expect(first.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i));
  expect(first).not.toEqual(first.toSorted((a, b) => a - b));
  manualSeed(3);
  expect(randperm(50).toArray()).toEqual(first);
  expect(randperm(0).shape).toEqual([0]);
  expect(() => randperm(-1)).toThrow("randperm: size of dim 0 must be a whole number from 0");
});

test("randperm() gives each order about as often as the others", () => {
  manualSeed(4);
  const seen = new Map<string, number>();
  for (let i = 0; i < 6000; i++) {
    const order = String(randperm(3).toArray());
    seen.set(order, (seen.get(order) ?? 0) + 1);
  }
  expect(seen.size).toBe(6);
  for (const times of seen.values()) expect(Math.abs(times - 1000)).toBeLessThan(150);
});

test("multinomial() draws by weight, each index once without replacement", () => {
  manualSeed(5);
  const counts = multinomial(tensor([1, 0, 3]), 8000, { replacement: true }).bincount();
  const [a = 0, b, c = 0] = counts.toArray() as number[];
  expect(b).toBe(0);
  expect(c / a).toBeGreaterThan(2.7);
  expect(c / a).toBeLessThan(3.3);
  for (let i = 0; i < 20; i++) {
    const rows = multinomial(
      tensor([
        [1, 5, 0, 2],
        [0, 1, 1, 1],
      ]),
      3,
    );
    expect(rows.dtype).toBe("int32");
    const [first, second] = rows.toArray() as number[][];
    expect(first?.toSorted()).toEqual([0, 1, 3]);
    expect(second?.toSorted()).toEqual([1, 2, 3]);
  }
  let heavy = 0;
  for (let i = 0; i < 2000; i++) heavy += +(multinomial(tensor([1, 3]), 1).item() === 1);
  expect(heavy / 2000).toBeCloseTo(0.75, 1);
});

test("multinomial() is an error when weights are wrong or too few", () => {
  expect(() => multinomial(tensor([1, -1]), 1)).toThrow("multinomial: weights must be finite");
  expect(() => multinomial(tensor([1, NaN]), 1)).toThrow("multinomial: weights must be finite");
  expect(() => multinomial(tensor([1, 0]), 2)).toThrow(
    "multinomial: 2 draws without replacement from 1 weights above 0 in row 0",
  );
  expect(() => multinomial(tensor([0, 0]), 1, { replacement: true })).toThrow("from 0 weights");
});

test("bernoulli(), randLike() and randnLike() have the shape of what they are given", () => {
  manualSeed(6);
  const share = bernoulli(full([100, 100], 0.3));
  expect(share.mean().item() as number).toBeCloseTo(0.3, 1);
  expect(share.unique().values.toArray()).toEqual([0, 1]);
  expect(randLike(zeros([2, 3])).shape).toEqual([2, 3]);
  expect(randnLike(zeros([4])).shape).toEqual([4]);
});
