import { describe, expect, test } from "bun:test";
import { cat, full, kernel, params, randn, type Tensor, tensor } from "kata";
import { assertClose, assertShape } from "kata/testing";
import { source } from "./template.ts";

const FILL = -5;
const CLOSE = { rtol: 1e-4, atol: 1e-6 } as const;

/** Runs the kernel, one workgroup a row. y starts at -5, and has `below` rows more than x is worked on. */
function softmaxRows(x: Tensor, { below = 0 } = {}): Tensor {
  const [rows, columns] = x.shape as readonly [number, number];
  const [y] = kernel(source).run({
    inputs: [x],
    outputs: [{ shape: [rows, columns], fill: FILL }],
    uniforms: [columns],
    workgroups: [rows - below],
  });
  return y!;
}

/** Softmax of each row in float64. */
function softmaxOf(x: Tensor): number[][] {
  const [rows, columns] = x.shape as readonly [number, number];
  const values = [...(x.toTypedArray() as Float32Array)];
  return Array.from({ length: rows }, (_, r) => {
    const row = values.slice(r * columns, (r + 1) * columns);
    const most = Math.max(...row);
    const weights = row.map((value) => Math.exp(value - most));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    return weights.map((weight) => weight / total);
  });
}

/** The WGSL without its comments. */
function code(): string {
  return source.replace(/\/\/.*$/gm, "").replace(/\/\*[\s\S]*?\*\//g, "");
}

describe("short rows", () => {
  test("logarithms of weights turn into the weights' shares", () => {
    const x = tensor([[Math.log(1), Math.log(2), Math.log(5)]]);
    assertClose(softmaxRows(x), [[1 / 8, 2 / 8, 5 / 8]], CLOSE);
  });

  test("each row is shared out by itself", () => {
    const x = tensor([
      [0, Math.log(3)],
      [Math.log(4), 0],
      [7, 7],
    ]);
    assertClose(
      softmaxRows(x),
      [
        [0.25, 0.75],
        [0.8, 0.2],
        [0.5, 0.5],
      ],
      CLOSE,
    );
  });

  test("a row of one score is one", () => {
    assertClose(softmaxRows(tensor([[-300], [12]])), [[1], [1]], CLOSE);
  });

  test("threads without a column add nothing, also where all scores are negative", () => {
    const x = tensor([
      [-200, -200, -200, -200],
      [-1000, -1000 + Math.log(3), -2000, -3000],
    ]);
    assertClose(
      softmaxRows(x),
      [
        [0.25, 0.25, 0.25, 0.25],
        [0.25, 0.75, 0, 0],
      ],
      { rtol: 1e-3, atol: 1e-6 },
    );
  });
});

describe("long rows", () => {
  test("the largest score is found wherever it is", () => {
    for (const place of [0, 1, 31, 32, 33, 63, 64, 65, 127, 128, 129]) {
      const values = Array.from({ length: 130 }, (_, i) => (i === place ? 500 : 0));
      const expected = values.map((value) => (value === 500 ? 1 : 0));
      assertClose(softmaxRows(tensor([values])), [expected], { ...CLOSE, name: `500 at ${place}` });
    }
  });

  test("every column counts in the sum, once", () => {
    for (const columns of [31, 63, 64, 65, 127, 129, 200]) {
      const expected = full([2, columns], 1 / columns);
      const out = softmaxRows(full([2, columns], 3));
      assertClose(out, expected, { ...CLOSE, name: `${columns} columns` });
    }
  });

  test("random rows of the variation's sizes match a loop in float64", () => {
    const rows = Number(params.rows ?? 5);
    const x = randn([rows, Number(params.columns ?? 203)]).mul(Number(params.scale ?? 2));
    const y = softmaxRows(x);
    assertShape(y, x.shape, "y");
    assertClose(y, softmaxOf(x), { name: "y", rtol: 1e-3, atol: 1e-6 });
  });

  test("random rows of many lengths match a loop in float64", () => {
    for (const columns of [2, 5, 33, 66, 100, 193]) {
      const x = randn([3, columns]);
      assertClose(softmaxRows(x), softmaxOf(x), { ...CLOSE, name: `${columns} columns` });
    }
  });

  test("scores of thousands neither overflow nor vanish", () => {
    const x = cat([full([1, 70], 5000), full([1, 70], -5000)]);
    const y = softmaxRows(x);
    expect([...(y.toTypedArray() as Float32Array)].every(Number.isFinite)).toBe(true);
    assertClose(y, full([2, 70], 1 / 70), CLOSE);
  });
});

describe("neighbours", () => {
  test("a row does not see the next one's scores", () => {
    const x = cat([full([1, 5], 0), full([1, 5], 900), full([1, 5], -900)]);
    assertClose(softmaxRows(x), full([3, 5], 0.2), CLOSE);
  });

  test("rows without a workgroup keep their value", () => {
    const y = softmaxRows(full([4, 3], 1), { below: 2 });
    assertClose(y, cat([full([2, 3], 1 / 3), full([2, 3], FILL)]), CLOSE);
  });
});

describe("the way there", () => {
  test("threads share workgroup memory and wait at barriers", () => {
    expect(code()).toMatch(/var\s*<\s*workgroup\s*>/);
    expect((code().match(/workgroupBarrier\(\)/g) ?? []).length).toBeGreaterThanOrEqual(4);
    assertClose(softmaxRows(full([1, 4], 2)), full([1, 4], 0.25), CLOSE);
  });
});
