import { describe, expect, test } from "bun:test";
import { arange, cat, full, kernel, params, randn, type Tensor, tensor } from "kata";
import { assertClose, assertShape } from "kata/testing";
import { source } from "./template.ts";

const TILE = 8;
const FILL = -5;

/** Runs the kernel, with `spare` workgroups too many each way; y starts at -5 and has `below` rows more. */
function transposed(x: Tensor, { spare = 0, below = 0 } = {}): Tensor {
  const [rows, columns] = x.shape as readonly [number, number];
  const [y] = kernel(source).run({
    inputs: [x],
    outputs: [{ shape: [columns + below, rows], fill: FILL }],
    uniforms: [rows, columns],
    workgroups: [Math.ceil(columns / TILE) + spare, Math.ceil(rows / TILE) + spare],
  });
  return y!;
}

/** 1, 2, … so that no element is mistaken for another, for zero or for the fill. */
function counting(rows: number, columns: number): Tensor {
  return arange(1, rows * columns + 1).reshape(rows, columns);
}

/** The transpose by two loops. */
function turned(x: Tensor): number[][] {
  const [rows, columns] = x.shape as readonly [number, number];
  const values = x.toTypedArray() as Float32Array;
  return Array.from({ length: columns }, (_, c) =>
    Array.from({ length: rows }, (__, r) => values[r * columns + c]!),
  );
}

/** The WGSL without its comments. */
function code(): string {
  return source.replace(/\/\/.*$/gm, "").replace(/\/\*[\s\S]*?\*\//g, "");
}

describe("within one tile", () => {
  test("two rows of three become three rows of two", () => {
    const x = tensor([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    assertClose(transposed(x), [
      [1, 4],
      [2, 5],
      [3, 6],
    ]);
  });

  test("a row becomes a column, and a column a row", () => {
    assertClose(transposed(tensor([[1, 2, 3, 4, 5]])), [[1], [2], [3], [4], [5]]);
    assertClose(transposed(tensor([[1], [2], [3]])), [[1, 2, 3]]);
    assertClose(transposed(tensor([[7]])), [[7]], { name: "a single element" });
  });

  test("a whole tile is mirrored at its diagonal", () => {
    const x = counting(8, 8);
    assertClose(transposed(x), turned(x), { name: "y" });
  });
});

describe("across tiles", () => {
  test("tiles change places too", () => {
    const x = counting(16, 24);
    assertClose(transposed(x), turned(x), { name: "y" });
  });

  test("sizes one below and one above a tile are right to the last element", () => {
    for (const [rows, columns] of [
      [7, 9],
      [9, 7],
      [8, 9],
      [9, 8],
      [17, 15],
      [1, 17],
    ] as const) {
      const x = counting(rows, columns);
      assertClose(transposed(x), turned(x), { name: `[${rows}, ${columns}] transposed` });
    }
  });

  test("a random matrix of the variation's sizes matches two loops", () => {
    const x = randn([Number(params.rows ?? 19), Number(params.columns ?? 45)]);
    const y = transposed(x);
    assertShape(y, [x.shape[1]!, x.shape[0]!], "y");
    assertClose(y, turned(x), { name: "y" });
  });

  test("transposing twice gives the matrix back", () => {
    const x = randn([13, 21]);
    assertShape(transposed(x), [21, 13], "y");
    assertClose(transposed(transposed(x)), x, { name: "y, transposed" });
  });
});

describe("what is not there", () => {
  test("workgroups outside of the matrix write nothing", () => {
    for (const [rows, columns] of [
      [9, 3],
      [3, 9],
      [8, 16],
    ] as const) {
      const x = counting(rows, columns);
      const y = transposed(x, { spare: 2, below: 3 });
      const nothing = Array.from({ length: 3 }, () => Array.from({ length: rows }, () => FILL));
      assertClose(y, [...turned(x), ...nothing], { name: `[${rows}, ${columns}] and three rows` });
    }
  });

  test("no element of y is left as it was", () => {
    const y = transposed(counting(10, 11)).toTypedArray() as Float32Array;
    expect([...y].filter((value) => value === FILL)).toEqual([]);
    expect(new Set(y).size).toBe(110);
  });
});

describe("the way there", () => {
  test("a tile passes through workgroup memory, and all wait for it", () => {
    expect(code()).toMatch(/var\s*<\s*workgroup\s*>/);
    expect(code()).toContain("workgroupBarrier()");
    const x = counting(5, 6);
    assertClose(transposed(x), turned(x), { name: "y" });
  });

  test("the first row of threads writes a row of y, and not a column", () => {
    const firstRow = source.replace(/\by\s*\[[^;]*;/, "if (local.y == 0u) { $& }");
    const x = counting(8, 8);
    const [y] = kernel(firstRow).run({
      inputs: [x],
      outputs: [{ shape: [8, 8], fill: FILL }],
      uniforms: [8, 8],
      workgroups: [1],
    });
    const rest = full([7, 8], FILL);
    assertClose(y!, cat([tensor([turned(x)[0]!]), rest]), { name: "y of the first eight threads" });
  });
});
