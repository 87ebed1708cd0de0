import { describe, expect, test } from "bun:test";
import { arange, cat, eye, full, kernel, ones, params, randn, type Tensor, tensor } from "kata";
import { assertClose, assertShape } from "kata/testing";
import { source } from "./template.ts";

const TILE = 8;

/**
 * Runs the kernel on a [m, k] and b [k, n], with `spare` workgroups too many each way.
 * c starts at -7 and has `below` rows more than the product.
 */
function product(a: Tensor, b: Tensor, { spare = 0, below = 0 } = {}): Tensor {
  const [m, k] = a.shape as readonly [number, number];
  const [, n] = b.shape as readonly [number, number];
  const [c] = kernel(source).run({
    inputs: [a, b],
    outputs: [{ shape: [m + below, n], fill: -7 }],
    uniforms: [m, k, n],
    workgroups: [Math.ceil(n / TILE) + spare, Math.ceil(m / TILE) + spare],
  });
  return c!;
}

/** The product in float64. */
function productOf(a: Tensor, b: Tensor): number[][] {
  const [m, k] = a.shape as readonly [number, number];
  const [, n] = b.shape as readonly [number, number];
  const x = a.toTypedArray();
  const y = b.toTypedArray();
  return Array.from({ length: m }, (_, i) =>
    Array.from({ length: n }, (__, j) => {
      let sum = 0;
      for (let l = 0; l < k; l++) sum += x[i * k + l]! * y[l * n + j]!;
      return sum;
    }),
  );
}

/** The WGSL without its comments. */
function code(): string {
  return source.replace(/\/\/.*$/gm, "").replace(/\/\*[\s\S]*?\*\//g, "");
}

describe("within one tile", () => {
  test("two small matrices give the product by hand", () => {
    const a = tensor([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    const b = tensor([
      [1, 0],
      [0, -1],
      [10, 100],
    ]);
    assertClose(product(a, b), [
      [31, 298],
      [64, 595],
    ]);
  });

  test("one element times one element", () => {
    assertClose(product(tensor([[-3]]), tensor([[4]])), [[-12]]);
  });

  test("a column times a row is the outer product", () => {
    const c = product(tensor([[1], [2], [3]]), tensor([[5, -1]]));
    assertClose(c, [
      [5, -1],
      [10, -2],
      [15, -3],
    ]);
  });

  test("the identity on either side changes nothing, and the order of factors matters", () => {
    const a = arange(0, 64).reshape(8, 8);
    assertClose(product(a, eye(8)), a, { name: "a times identity" });
    assertClose(product(eye(8), a), a, { name: "identity times a" });
    const b = arange(64, 0, -1).reshape(8, 8);
    assertClose(product(a, b), productOf(a, b), { name: "a times b" });
    assertClose(product(b, a), productOf(b, a), { name: "b times a" });
  });
});

describe("across tiles", () => {
  test("a shared axis of two and a half tiles is summed to its end", () => {
    assertClose(product(ones([2, 20]), ones([20, 3])), [
      [20, 20, 20],
      [20, 20, 20],
    ]);
  });

  test("sizes one below and one above a tile are right to the last element", () => {
    for (const [m, k, n] of [
      [7, 9, 7],
      [9, 7, 9],
      [8, 9, 8],
      [9, 8, 7],
      [7, 8, 9],
      [17, 16, 15],
    ] as const) {
      const a = arange(0, m * k)
        .reshape(m, k)
        .sub(20);
      const b = arange(0, k * n)
        .reshape(k, n)
        .mul(0.5);
      const name = `[${m}, ${k}] times [${k}, ${n}]`;
      assertClose(product(a, b), productOf(a, b), { name, rtol: 1e-5, atol: 1e-3 });
    }
  });

  test("random matrices of the variation's sizes match three nested loops", () => {
    const m = Number(params.m ?? 19);
    const k = Number(params.k ?? 33);
    const n = Number(params.n ?? 27);
    const a = randn([m, k]);
    const b = randn([k, n]);
    const c = product(a, b);
    assertShape(c, [m, n], "c");
    assertClose(c, productOf(a, b), { name: "c", rtol: 1e-4, atol: 1e-4 });
  });

  test("a transposed factor is read in its own order", () => {
    const a = arange(0, 30).reshape(10, 3).T;
    const b = arange(0, 40).reshape(4, 10).T;
    assertClose(product(a, b), productOf(a, b), { name: "c" });
  });

  test("numbers beyond the end of the shared axis take no part, not even times zero", () => {
    const a = tensor([
      [1, 2, 3],
      [Infinity, 1, 1],
    ]);
    const c = product(a, ones([3, 2]));
    assertClose(c.get(0), [6, 6], { name: "the finite row" });
    // Five rows more than k says: they belong to somebody else.
    const b = cat([ones([3, 2]), full([5, 2], Infinity)]);
    const d = product(ones([2, 3]), b);
    assertClose(
      d,
      [
        [3, 3],
        [3, 3],
      ],
      { name: "c of the first three rows" },
    );
  });

  test("workgroups outside the result spoil no element", () => {
    const a = arange(1, 28).reshape(9, 3);
    const b = arange(1, 34).reshape(3, 11);
    assertClose(product(a, b, { spare: 2 }), productOf(a, b), { name: "c" });
  });

  test("rows below the result keep their value", () => {
    const a = arange(1, 10).reshape(3, 3);
    const b = arange(1, 7).reshape(3, 2);
    const c = product(a, b, { spare: 1, below: 2 });
    assertClose(c, [...productOf(a, b), [-7, -7], [-7, -7]], { name: "c and two rows" });
  });
});

describe("the way there", () => {
  test("threads share workgroup memory and wait at barriers", () => {
    expect(code()).toMatch(/var\s*<\s*workgroup\s*>/);
    expect(code()).toContain("workgroupBarrier()");
    assertClose(
      product(ones([9, 9]), ones([9, 9])),
      Array.from({ length: 9 }, () => Array.from({ length: 9 }, () => 9)),
    );
  });
});
