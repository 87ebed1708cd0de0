import { describe, expect, test } from "bun:test";
import { arange, full, kernel, ones, params, randn, type Tensor, tensor } from "kata";
import { assertClose, assertShape } from "kata/testing";
import { source } from "./template.ts";

const TILE = 64;

/** One pass: the sums of the tiles of the first `n` elements. The output starts at -5. */
function tileSums(x: Tensor, n: number = x.numel): Tensor {
  const tiles = Math.ceil(n / TILE);
  const [partial] = kernel(source).run({
    inputs: [x],
    outputs: [{ shape: [tiles], fill: -5 }],
    uniforms: [n],
    workgroups: [tiles],
  });
  return partial!;
}

/** Passes until one number remains. */
function total(x: Tensor): { sum: number; passes: number } {
  let rest = tileSums(x);
  let passes = 1;
  while (rest.numel > 1) {
    rest = tileSums(rest);
    passes++;
  }
  return { sum: Number(rest.item()), passes };
}

/** The WGSL without its comments. */
function code(): string {
  return source.replace(/\/\/.*$/gm, "").replace(/\/\*[\s\S]*?\*\//g, "");
}

describe("one tile", () => {
  test("64 elements are summed to one", () => {
    const partial = tileSums(arange(1, 65));
    assertShape(partial, [1], "partial");
    assertClose(partial, [2080], { name: "partial" });
  });

  test("each of the 64 threads counts once", () => {
    for (const place of [0, 1, 2, 15, 16, 31, 32, 33, 47, 48, 62, 63]) {
      const values = Array.from({ length: TILE }, (_, i) => (i === place ? 3 : 0));
      assertClose(tileSums(tensor(values)), [3], { name: `sum with a 3 at ${place}` });
    }
  });

  test("one, two and 63 elements are summed in a group of 64 threads", () => {
    assertClose(tileSums(tensor([7])), [7], { name: "sum of one" });
    assertClose(tileSums(tensor([7, -2])), [5], { name: "sum of two" });
    assertClose(tileSums(ones([63])), [63], { name: "sum of 63" });
  });

  test("elements from n on do not count", () => {
    const x = full([TILE], 1000);
    for (const n of [1, 31, 32, 33, 63]) {
      assertClose(tileSums(x, n), [1000 * n], { name: `sum of the first ${n}` });
    }
  });
});

describe("many tiles", () => {
  test("each workgroup writes the sum of its own tile", () => {
    const partial = tileSums(arange(0, 192));
    assertClose(partial, [2016, 6112, 10208], { name: "partial" });
  });

  test("the last tile may be a single element", () => {
    assertClose(tileSums(arange(1, 130)), [2080, 6176, 129], { name: "partial" });
  });

  test("an array longer than n is cut in the middle of a tile", () => {
    assertClose(tileSums(ones([300]), 100), [64, 36], { name: "partial" });
  });

  test("whole numbers up to the variation's n are summed exactly, pass after pass", () => {
    const n = Number(params.n ?? 777);
    const { sum, passes } = total(arange(1, n + 1));
    expect({ sum, passes }).toEqual({
      sum: (n * (n + 1)) / 2,
      passes: Math.max(1, Math.ceil(Math.log(n) / Math.log(TILE) - 1e-9)),
    });
  });

  test("random elements match a sum in float64", () => {
    const x = randn([1000]);
    const values = [...x.toTypedArray()];
    const expected = Array.from({ length: 16 }, (_, tile) =>
      values.slice(tile * TILE, (tile + 1) * TILE).reduce((sum, value) => sum + value, 0),
    );
    assertClose(tileSums(x), expected, { name: "partial", rtol: 1e-4, atol: 1e-5 });
  });
});

describe("the way there", () => {
  test("threads share workgroup memory and wait at barriers", () => {
    expect(code()).toMatch(/var\s*<\s*workgroup\s*>/);
    expect(code()).toContain("workgroupBarrier()");
    assertClose(tileSums(ones([128])), [64, 64], { name: "partial" });
  });
});
