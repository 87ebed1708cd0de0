import { describe, test } from "bun:test";
import { arange, ones, params, randn, tensor, zeros } from "kata";
import { assertClose, assertShape } from "kata/testing";
import { rotate } from "./template.ts";

const length = Number(params.length ?? 6);
const width = Number(params.width ?? 8);

/** One sequence in float64, on a flat row-major array. */
function rotated(
  x: readonly number[],
  size: { length: number; width: number },
  offset: number,
  base: number,
): number[][] {
  return Array.from({ length: size.length }, (_, t) => {
    const row = x.slice(t * size.width, (t + 1) * size.width);
    return row.map((value, c) => {
      const first = c - (c % 2);
      const angle = (t + offset) / base ** (first / size.width);
      const other = row[c === first ? c + 1 : first]!;
      const sine = Math.sin(angle) * (c === first ? -1 : 1);
      return value * Math.cos(angle) + other * sine;
    });
  });
}

describe("one token", () => {
  test("the token at position 0 is not turned", () => {
    const x = randn([1, 8]);
    assertClose(rotate(x), x, { name: "turned" });
    assertClose(
      rotate(randn([3, 4]))
        .narrow(0, 0, 1)
        .mul(0),
      zeros([1, 4]),
    );
  });

  test("the first pair turns by one radian a position, against the clock", () => {
    const x = tensor([
      [1, 0],
      [1, 0],
      [0, 1],
    ]);
    assertClose(
      rotate(x),
      [
        [1, 0],
        [Math.cos(1), Math.sin(1)],
        [-Math.sin(2), Math.cos(2)],
      ],
      { name: "turned", rtol: 1e-4, atol: 1e-6 },
    );
  });

  test("later pairs turn more slowly, by powers of the base", () => {
    // With base 16 and eight features the speeds are 1, 1/2, 1/4 and 1/8.
    const out = rotate(tensor([[1, 0, 1, 0, 1, 0, 1, 0]]), 1, 16);
    const expected = [1, 1 / 2, 1 / 4, 1 / 8].flatMap((at) => [Math.cos(at), Math.sin(at)]);
    assertClose(out, [expected], { name: "turned", rtol: 1e-4 });
  });

  test("the base is 10000 by default", () => {
    const out = rotate(tensor([[0, 0, 1, 0]]), 1);
    assertClose(out, [[0, 0, Math.cos(0.01), Math.sin(0.01)]], { rtol: 1e-3, atol: 1e-6 });
  });
});

describe("sequences", () => {
  test("random tokens of the variation's sizes match a loop in float64", () => {
    const x = randn([length, width]);
    const expected = rotated([...x.toTypedArray()], { length, width }, 0, 10_000);
    const out = rotate(x);
    assertShape(out, [length, width], "turned");
    assertClose(out, expected, { name: "turned", rtol: 1e-3, atol: 1e-4 });
  });

  test("an offset continues a sequence", () => {
    const x = randn([length, width]);
    const expected = rotated([...x.toTypedArray()], { length, width }, 5, 100);
    assertClose(rotate(x, 5, 100), expected, { name: "turned", rtol: 1e-3, atol: 1e-4 });
    const tail = rotate(x.narrow(0, 2, length - 2), 2);
    assertClose(tail, rotate(x).narrow(0, 2, length - 2), { name: "tail", rtol: 1e-4, atol: 1e-5 });
  });

  test("batches and heads are turned alike", () => {
    const x = randn([2, 3, 4, 6]);
    const values = [...x.toTypedArray()];
    const expected = [0, 1].map((i) =>
      [0, 1, 2].map((j) => {
        const start = (i * 3 + j) * 24;
        return rotated(values.slice(start, start + 24), { length: 4, width: 6 }, 1, 50);
      }),
    );
    assertClose(rotate(x, 1, 50), expected, { name: "turned", rtol: 1e-3, atol: 1e-5 });
  });

  test("as many tokens as pairs does not confuse the axes", () => {
    const x = arange(16).reshape(4, 4).add(1).narrow(0, 0, 2);
    const expected = rotated([1, 2, 3, 4, 5, 6, 7, 8], { length: 2, width: 4 }, 3, 10);
    assertClose(rotate(x, 3, 10), expected, { name: "turned", rtol: 1e-4, atol: 1e-5 });
  });

  test("a transposed input is read in its own order", () => {
    const x = randn([4, 3]);
    const expected = rotated([...x.T.toTypedArray()], { length: 3, width: 4 }, 2, 10_000);
    assertClose(rotate(x.T, 2), expected, { name: "turned", rtol: 1e-4, atol: 1e-5 });
  });
});

describe("what it is good for", () => {
  test("lengths stay as they were", () => {
    const x = randn([length, width]);
    const before = x.square().sum(-1);
    assertClose(rotate(x, 7).square().sum(-1), before, { name: "squared lengths", rtol: 1e-4 });
    const first = rotate(ones([1, width]), 3)
      .get(0)
      .narrow(0, 0, 2);
    const turned = [Math.cos(3) - Math.sin(3), Math.sin(3) + Math.cos(3)];
    assertClose(first, turned, { name: "first pair", rtol: 1e-4 });
  });

  test("dot products depend on the distance of two tokens, not on where they are", () => {
    const [q, k] = [randn([1, width]), randn([1, width])];
    const score = (at: number, from: number) => rotate(q, at).mul(rotate(k, from)).sum();
    const near = score(4, 1);
    assertClose(score(13, 10), near, { name: "score", rtol: 1e-3, atol: 1e-4 });
    const by = rotated([...q.toTypedArray()], { length: 1, width }, 3, 10_000)[0]!;
    const expected = [...k.toTypedArray()].reduce((sum, value, c) => sum + value * by[c]!, 0);
    assertClose(near, expected, { name: "score at a distance of three", rtol: 1e-3, atol: 1e-4 });
  });
});
