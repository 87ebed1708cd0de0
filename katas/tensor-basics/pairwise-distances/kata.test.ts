import { describe, test } from "bun:test";
import { params, randn, tensor } from "kata";
import { assertClose, assertShape } from "kata/testing";
import { pairwiseDistances } from "./template.ts";

describe("known distances", () => {
  test("right triangles in the plane", () => {
    const a = tensor([
      [0, 0],
      [3, 0],
      [1, 1],
    ]);
    const b = tensor([
      [0, 4],
      [6, 8],
    ]);
    assertClose(pairwiseDistances(a, b), [
      [4, 10],
      [5, Math.sqrt(73)],
      [Math.sqrt(10), Math.sqrt(74)],
    ]);
  });

  test("negative coordinates count by their difference", () => {
    const a = tensor([[-1, -2, -2]]);
    const b = tensor([
      [1, 2, 2],
      [-1, -2, -2],
      [-3, -3, 0],
    ]);
    assertClose(pairwiseDistances(a, b), [[6, 0, 3]]);
  });

  test("points on a line are apart by the absolute difference", () => {
    const a = tensor([[5], [-2]]);
    const b = tensor([[1], [7], [-2.5]]);
    assertClose(pairwiseDistances(a, b), [
      [4, 2, 7.5],
      [3, 9, 0.5],
    ]);
  });

  test("one point against one point gives a one by one table", () => {
    assertClose(pairwiseDistances(tensor([[1, 2]]), tensor([[4, 6]])), [[5]]);
  });
});

describe("all pairs", () => {
  test("random points of the variation's sizes match three nested loops", () => {
    const n = Number(params.n ?? 6);
    const m = Number(params.m ?? 4);
    const d = Number(params.d ?? 3);
    const a = randn([n, d]);
    const b = randn([m, d]);
    const x = a.toTypedArray();
    const y = b.toTypedArray();
    const expected = Array.from({ length: n }, (_, i) =>
      Array.from({ length: m }, (__, j) => {
        let sum = 0;
        for (let c = 0; c < d; c++) sum += (x[i * d + c]! - y[j * d + c]!) ** 2;
        return Math.sqrt(sum);
      }),
    );
    const out = pairwiseDistances(a, b);
    assertShape(out, [n, m], "distances");
    assertClose(out, expected, { name: "distances", rtol: 1e-4, atol: 1e-6 });
  });

  test("as many points as coordinates does not confuse the axes", () => {
    const a = tensor([
      [0, 0],
      [10, 0],
    ]);
    const b = tensor([
      [0, 1],
      [10, 2],
    ]);
    assertClose(pairwiseDistances(a, b), [
      [1, Math.sqrt(104)],
      [Math.sqrt(101), 2],
    ]);
  });

  test("swapping the sets transposes the table", () => {
    const a = randn([3, 4]);
    const b = randn([5, 4]);
    const swapped = pairwiseDistances(b, a);
    assertShape(swapped, [5, 3], "swapped distances");
    assertClose(swapped, pairwiseDistances(a, b).T, { name: "swapped distances" });
  });

  test("transposed point sets are read in their own order", () => {
    const a = tensor([
      [0, 3, 6],
      [0, 4, 8],
    ]).T;
    const b = tensor([
      [0, 3],
      [0, 0],
    ]).T;
    assertClose(pairwiseDistances(a, b), [
      [0, 3],
      [5, 4],
      [10, Math.sqrt(73)],
    ]);
  });
});

describe("precision", () => {
  test("the distance of a point to itself is exactly zero, far from the origin too", () => {
    const points = tensor([
      [1000.1, 2000.7, -3000.3],
      [1000.1, 2000.7, -3000.2],
      [4321.5, -1234.25, 777.125],
    ]);
    const out = pairwiseDistances(points, points);
    assertShape(out, [3, 3], "distances");
    for (let i = 0; i < 3; i++) {
      assertClose(out.get(i, i), 0, { name: `distance of point ${i} to itself`, rtol: 0, atol: 0 });
    }
    assertClose(out.get(0, 2), Math.hypot(3321.4, 3234.95, 3777.425), { rtol: 1e-4 });
  });

  test("close points far from the origin keep their small distance", () => {
    const a = tensor([[4096, 4096]]);
    const b = tensor([
      [4096.25, 4096],
      [4096, 4095.5],
    ]);
    assertClose(pairwiseDistances(a, b), [[0.25, 0.5]]);
  });
});
