import { describe, expect, test } from "bun:test";
import { full, kernel, params, rand, type Tensor, tensor } from "kata";
import { assertClose, assertShape } from "kata/testing";
import { source } from "./template.ts";

const BINS = 16;

interface Options {
  n?: number;
  /** What `counts` holds before. */
  fill?: number;
  /** Workgroups too many. */
  spare?: number;
}

/** Runs the kernel once. */
function histogram(x: Tensor, { n = x.numel, fill = 0, spare = 0 }: Options = {}): Tensor {
  const [counts] = kernel(source).run({
    inputs: [x],
    outputs: [{ shape: [BINS], dtype: "uint32", fill }],
    uniforms: [n],
    workgroups: [Math.ceil(n / 64) + spare],
  });
  return counts!;
}

/** Counts by a loop. */
function countsOf(values: Iterable<number>): number[] {
  const counts = Array.from<number>({ length: BINS }).fill(0);
  for (const value of values) {
    const bin = Math.floor(value * BINS);
    if (bin >= 0 && bin < BINS) counts[bin]! += 1;
  }
  return counts;
}

/** Zeros, but for the given bins. */
function only(bins: Readonly<Record<number, number>>): number[] {
  return Array.from({ length: BINS }, (_, bin) => bins[bin] ?? 0);
}

/** The WGSL without its comments. */
function code(): string {
  return source.replace(/\/\/.*$/gm, "").replace(/\/\*[\s\S]*?\*\//g, "");
}

describe("bins", () => {
  test("elements are counted in the sixteenth that they lie in", () => {
    const x = tensor([0.03, 0.1, 0.11, 0.5, 0.51, 0.55, 0.99]);
    assertClose(histogram(x), only({ 0: 1, 1: 2, 8: 3, 15: 1 }), { name: "counts" });
  });

  test("an element on a border belongs to the bin that begins there", () => {
    const x = tensor([0, 1 / 16, 2 / 16, 2 / 16, 8 / 16, 15 / 16]);
    assertClose(histogram(x), only({ 0: 1, 1: 1, 2: 2, 8: 1, 15: 1 }), { name: "counts" });
  });

  test("an element just below a border belongs to the bin that ends there", () => {
    const below = (border: number): number => border - 1e-4;
    const x = tensor([below(1 / 16), below(3 / 16), below(8 / 16), below(1)]);
    assertClose(histogram(x), only({ 0: 1, 2: 1, 7: 1, 15: 1 }), { name: "counts" });
  });

  test("what is below 0 does not count, and neither does what is 1 or above", () => {
    const x = tensor([-0.001, -0.06, -0.5, -1000, 1, 1.01, 7, 1e6, 0.99]);
    assertClose(histogram(x), only({ 15: 1 }), { name: "counts" });
  });

  test("every bin counts", () => {
    const x = tensor(Array.from({ length: 160 }, (_, i) => (i % 16) / 16 + 0.01));
    assertClose(
      histogram(x),
      Array.from({ length: BINS }, () => 10),
      { name: "counts" },
    );
  });
});

describe("many at once", () => {
  test("no count is lost when all want the same bin", () => {
    assertClose(histogram(full([6400], 0.3)), only({ 4: 6400 }), { name: "counts" });
  });

  test("each workgroup adds to what the others have counted", () => {
    const values = Array.from({ length: 192 }, (_, i) => (i < 64 ? 0.01 : i < 128 ? 0.2 : 0.9));
    assertClose(histogram(tensor(values)), only({ 0: 64, 3: 64, 14: 64 }), { name: "counts" });
  });

  test("random elements of the variation's sizes match a loop", () => {
    const n = Number(params.n ?? 500);
    const x = rand([n])
      .mul(Number(params.spread ?? 1.2))
      .sub(0.01);
    const counts = histogram(x);
    assertShape(counts, [BINS], "counts");
    assertClose(counts, countsOf(x.toTypedArray() as Float32Array), { name: "counts" });
  });
});

describe("what is not there", () => {
  test("elements from n on do not count", () => {
    const x = full([200], 0.7);
    for (const n of [1, 63, 64, 65, 127, 199]) {
      assertClose(histogram(x, { n }), only({ 11: n }), { name: `counts of the first ${n}` });
    }
  });

  test("workgroups with nothing to do count nothing", () => {
    const x = tensor([0.2, 0.4]);
    assertClose(histogram(x, { spare: 4 }), only({ 3: 1, 6: 1 }), { name: "counts" });
  });

  test("counts that are there are added to", () => {
    const counts = histogram(tensor([0.2, 0.2]), { fill: 5 });
    assertClose(
      counts,
      only({ 3: 2 }).map((value) => value + 5),
      { name: "counts" },
    );
  });
});

describe("the way there", () => {
  test("each group counts in memory of its own, atomically, and waits", () => {
    expect(code()).toMatch(/var\s*<\s*workgroup\s*>/);
    expect(code()).toMatch(/atomicAdd/);
    expect(code()).toContain("workgroupBarrier()");
    assertClose(histogram(tensor([0.5])), only({ 8: 1 }), { name: "counts" });
  });
});
