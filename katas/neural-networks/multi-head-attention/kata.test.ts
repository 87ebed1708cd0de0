import { describe, test } from "bun:test";
import { eye, params, randn, tensor, type Tensor, zeros } from "kata";
import { assertClose, assertShape } from "kata/testing";
import { selfAttention, type Weights } from "./template.ts";

const heads = Number(params.heads ?? 4);
const groups = Number(params.groups ?? 2);

interface Sizes {
  length: number;
  width: number;
  heads: number;
  groups: number;
  size: number;
}

function randomWeights({ width, heads: h, groups: g, size }: Omit<Sizes, "length">): Weights {
  return {
    query: randn([width, h * size]),
    key: randn([width, g * size]),
    value: randn([width, g * size]),
    output: randn([h * size, width]),
  };
}

/** The product of flat row-major matrices [n, k] and [k, m]. */
function product(a: ArrayLike<number>, b: ArrayLike<number>, n: number, k: number): number[] {
  const m = b.length / k;
  return Array.from({ length: n * m }, (_, at) => {
    let sum = 0;
    for (let l = 0; l < k; l++) sum += a[Math.floor(at / m) * k + l]! * b[l * m + (at % m)]!;
    return sum;
  });
}

/** The layer on one sequence in float64, head by head and token by token. */
function layerOf(x: readonly number[], weights: Weights, sizes: Sizes): number[][] {
  const { length, width, heads: h, groups: g, size } = sizes;
  const [query, key, value, output] = [
    weights.query,
    weights.key,
    weights.value,
    weights.output,
  ].map((one) => one.toTypedArray() as Float32Array);
  const q = product(x, query!, length, width);
  const k = product(x, key!, length, width);
  const v = product(x, value!, length, width);
  const joined = Array.from<number>({ length: length * h * size }).fill(0);
  for (let head = 0; head < h; head++) {
    const group = Math.floor(head / (h / g));
    for (let t = 0; t < length; t++) {
      const shares: number[] = [];
      for (let s = 0; s <= t; s++) {
        let dot = 0;
        for (let c = 0; c < size; c++) {
          dot += q[(t * h + head) * size + c]! * k[(s * g + group) * size + c]!;
        }
        shares.push(Math.exp(dot / Math.sqrt(size)));
      }
      const total = shares.reduce((sum, share) => sum + share, 0);
      shares.forEach((share, s) => {
        for (let c = 0; c < size; c++) {
          joined[(t * h + head) * size + c]! += (share / total) * v[(s * g + group) * size + c]!;
        }
      });
    }
  }
  const out = product(joined, output!, length, h * size);
  return Array.from({ length }, (_, t) => out.slice(t * width, (t + 1) * width));
}

/** Weights under which every key is zero, so that each token takes the plain mean of its past. */
function meanWeights(width: number, value: Tensor, output: Tensor): Weights {
  const none = zeros([width, value.shape[1]!]);
  return { query: zeros([width, output.shape[0]!]), key: none, value, output };
}

describe("by hand", () => {
  test("without keys each token takes the mean of the values up to it", () => {
    const x = tensor([
      [2, 10],
      [4, 30],
      [0, -10],
    ]);
    const out = selfAttention(x, meanWeights(2, eye(2), eye(2)), { heads: 2, groups: 2 });
    assertClose(out, [
      [2, 10],
      [3, 20],
      [2, 10],
    ]);
  });

  test("the first token finds nothing but itself", () => {
    const x = randn([4, 6]);
    const sizes = { width: 6, heads: 2, groups: 1, size: 3 };
    const weights = randomWeights(sizes);
    const own = x.narrow(0, 0, 1).matmul(weights.value);
    const expected = own.tile(1, 2).matmul(weights.output);
    const out = selfAttention(x, weights, sizes);
    assertClose(out.narrow(0, 0, 1), expected, { name: "first token", rtol: 1e-4, atol: 1e-5 });
  });

  test("neighbouring heads share a group, in order", () => {
    // One token: each head finds its group's value. The output keeps them apart.
    const value = tensor([[1, 2]]);
    const out = selfAttention(
      tensor([[10]]),
      {
        query: zeros([1, 4]),
        key: zeros([1, 2]),
        value,
        output: tensor([[1], [10], [100], [1000]]),
      },
      { heads: 4, groups: 2 },
    );
    assertClose(out, [[10 + 100 + 2000 + 20_000]]);
  });

  test("a head scores by its own queries: what one looks for does not move another", () => {
    // Head 0 looks for feature 0 and head 1 for feature 1; both bring back the token's number.
    const x = tensor([
      [9, 0, 1],
      [0, 9, 2],
      [9, 9, 3],
    ]);
    const look = tensor([
      [9, 0],
      [0, 9],
      [0, 0],
    ]);
    const weights = {
      query: look,
      key: look,
      value: tensor([
        [0, 0],
        [0, 0],
        [1, 10],
      ]),
      output: tensor([
        [1, 0, 0],
        [0, 1, 0],
      ]),
    };
    const out = selfAttention(x, weights, { heads: 2, groups: 2 });
    assertClose(out.get(2), [2, 25, 0], { name: "third token", rtol: 1e-4, atol: 1e-4 });
  });
});

describe("a loop in float64", () => {
  test("matches on random tokens and the variation's heads", () => {
    const sizes = { length: 7, width: 5, heads, groups, size: 3 };
    const weights = randomWeights(sizes);
    const x = randn([7, 5]).mul(0.5);
    const out = selfAttention(x, weights, { heads, groups });
    assertShape(out, [7, 5], "tokens");
    const expected = layerOf([...x.toTypedArray()], weights, sizes);
    assertClose(out, expected, { name: "tokens", rtol: 1e-3, atol: 1e-4 });
  });

  test("matches where heads, tokens and their sizes are all the same number", () => {
    const sizes = { length: 4, width: 4, heads: 4, groups: 2, size: 4 };
    const weights = randomWeights(sizes);
    const x = randn([4, 4]).mul(0.5);
    const expected = layerOf([...x.toTypedArray()], weights, sizes);
    const out = selfAttention(x, weights, sizes);
    assertClose(out, expected, { name: "tokens", rtol: 1e-3, atol: 1e-4 });
  });

  test("matches for each sequence of a batch of batches", () => {
    const sizes = { length: 3, width: 4, heads, groups, size: 2 };
    const weights = randomWeights(sizes);
    const x = randn([2, 2, 3, 4]).mul(0.5);
    const values = [...x.toTypedArray()];
    const at = (i: number): number[][] =>
      layerOf(values.slice(i * 12, (i + 1) * 12), weights, sizes);
    const out = selfAttention(x, weights, { heads, groups });
    assertShape(out, [2, 2, 3, 4], "tokens");
    const expected = [
      [at(0), at(1)],
      [at(2), at(3)],
    ];
    assertClose(out, expected, { name: "tokens", rtol: 1e-3, atol: 1e-4 });
  });

  test("matches for transposed tokens", () => {
    const sizes = { length: 5, width: 3, heads, groups, size: 2 };
    const weights = randomWeights(sizes);
    const x = randn([3, 5]).mul(0.5).T;
    const expected = layerOf([...x.toTypedArray()], weights, sizes);
    const out = selfAttention(x, weights, { heads, groups });
    assertClose(out, expected, { name: "tokens", rtol: 1e-3, atol: 1e-4 });
  });
});

test("tokens to come change nothing", () => {
  const sizes = { width: 4, heads, groups, size: 2 };
  const weights = randomWeights(sizes);
  const x = randn([6, 4]).mul(0.5);
  const whole = selfAttention(x, weights, sizes);
  const part = selfAttention(x.narrow(0, 0, 3), weights, sizes);
  assertShape(part, [3, 4], "first three tokens");
  assertClose(part, whole.narrow(0, 0, 3), { name: "first three tokens", rtol: 1e-4, atol: 1e-5 });
});
