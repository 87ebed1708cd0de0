import { describe, test } from "bun:test";
import { arange, full, params, randn, tensor } from "kata";
import { assertClose, assertShape } from "kata/testing";
import { movingAverage } from "./template.ts";

const length = Number(params.length ?? 29);
const width = Number(params.width ?? 5);

/** The means of one signal, each window added up by itself in float64. */
function meansOf(values: readonly number[], size: number): number[] {
  return Array.from({ length: values.length - size + 1 }, (_, start) => {
    let sum = 0;
    for (let i = start; i < start + size; i++) sum += values[i]!;
    return sum / size;
  });
}

describe("a vector", () => {
  test("three neighbours at a time", () => {
    const out = movingAverage(tensor([3, 6, 0, 9, -3]), 3);
    assertClose(out, [3, 5, 2], { name: "means" });
  });

  test("two neighbours at a time, of numbers that have no pattern", () => {
    assertClose(movingAverage(tensor([1, 4, -2, 8, 0.5]), 2), [2.5, 1, 3, 4.25]);
  });

  test("a window of one element gives the signal back", () => {
    assertClose(movingAverage(tensor([7, -1, 0.5, 3]), 1), [7, -1, 0.5, 3]);
  });

  test("a window as long as the signal gives its mean alone", () => {
    const out = movingAverage(tensor([2, 4, 9]), 3);
    assertShape(out, [1], "means");
    assertClose(out, [5]);
  });

  test("a signal of one element is its own mean", () => {
    const out = movingAverage(tensor([-6]), 1);
    assertShape(out, [1], "means");
    assertClose(out, [-6]);
  });

  test("the first window begins at the first element and the last ends at the last", () => {
    const x = tensor([100, 0, 0, 0, 0, 0, 0, 1000]);
    assertClose(movingAverage(x, 4), [25, 0, 0, 0, 250]);
  });

  test("a constant stays what it is, and a ramp stays a ramp", () => {
    assertClose(movingAverage(full([20], 2.5), 7), full([14], 2.5), { name: "constant" });
    assertClose(movingAverage(arange(10), 5), [2, 3, 4, 5, 6, 7], { name: "ramp" });
  });
});

describe("more axes", () => {
  test("each row of a matrix is a signal of its own", () => {
    const x = tensor([
      [1, 3, 5, 7],
      [10, 20, -10, 0],
      [0, 0, 4, 0],
    ]);
    assertClose(movingAverage(x, 2), [
      [2, 4, 6],
      [15, 5, -5],
      [0, 2, 2],
    ]);
  });

  test("a square matrix is averaged along its rows, and its transpose along its own", () => {
    const x = tensor([
      [0, 2, 4],
      [10, 30, 50],
      [100, 500, 900],
    ]);
    assertClose(movingAverage(x, 2), [
      [1, 3],
      [20, 40],
      [300, 700],
    ]);
    assertClose(movingAverage(x.T, 2), [
      [5, 55],
      [16, 265],
      [27, 475],
    ]);
  });

  test("random signals of the variation's sizes match a loop in float64", () => {
    const x = randn([2, 3, length]);
    const values = [...x.toTypedArray()];
    const expected = [0, 1].map((i) =>
      [0, 1, 2].map((j) => {
        const start = (i * 3 + j) * length;
        return meansOf(values.slice(start, start + length), width);
      }),
    );
    const out = movingAverage(x, width);
    assertShape(out, [2, 3, length - width + 1], "means");
    assertClose(out, expected, { name: "means", rtol: 1e-3, atol: 1e-5 });
  });

  test("the input is left as it was", () => {
    const x = tensor([[1, 2, 6]]);
    assertClose(movingAverage(x, 2), [[1.5, 4]]);
    assertClose(x, [[1, 2, 6]], { name: "input" });
  });
});
