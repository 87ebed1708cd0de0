import { describe, expect, setDefaultTimeout, test } from "bun:test";
import fc from "fast-check";
import {
  type AxisSizes,
  arange,
  einsum,
  ones,
  rearrange,
  reduce,
  repeat,
  stack,
  tensor,
  zeros,
} from "../../src/tensor/index.ts";
import { onEveryDevice, use } from "./devices.ts";
import { build, count, expectClose, type Grid, indices, put, random } from "./reference.ts";

setDefaultTimeout(30_000);

const NAMES = ["a", "b", "c", "d"];

/** A side of a pattern: which axes, in which order, which of them joined. */
interface Written {
  text: string;
  groups: string[][];
}

function write(axes: readonly string[], cuts: readonly boolean[]): Written {
  const groups: string[][] = [];
  axes.forEach((name, i) => {
    if (i > 0 && cuts[i] === true) groups.at(-1)?.push(name);
    else groups.push([name]);
  });
  return { groups, text: groups.map((g) => (g.length > 1 ? `(${g.join(" ")})` : g[0])).join(" ") };
}

const order = fc.shuffledSubarray(NAMES, { minLength: 4, maxLength: 4 });
const cuts = fc.array(fc.boolean(), { minLength: 4, maxLength: 4 });
const sizes = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 4, maxLength: 4 });

function shapeOf(groups: string[][], size: Record<string, number>): number[] {
  return groups.map((group) => count(group.map((name) => size[name] ?? 1)));
}

/** Where the element with these indices of axes lies in a tensor of these groups. */
function flatIndex(groups: string[][], size: Record<string, number>, at: Record<string, number>) {
  return groups.flat().reduce((flat, name) => flat * (size[name] ?? 1) + (at[name] ?? 0), 0);
}

function sizesOf(list: number[]): Record<string, number> {
  return Object.fromEntries(NAMES.map((name, i) => [name, list[i] ?? 1]));
}

/** Each output element from the list of the input elements that fall on it, by plain loops. */
function loops(
  x: Grid,
  left: string[][],
  right: string[][],
  size: Record<string, number>,
  fold: (values: number[]) => number,
): Grid {
  const names = [...new Set([...left.flat(), ...right.flat()])];
  const shape = shapeOf(right, size);
  const found: number[][] = Array.from({ length: count(shape) }, () => []);
  for (const index of indices(names.map((name) => size[name] ?? 1))) {
    const at = Object.fromEntries(names.map((name, i) => [name, index[i] ?? 0]));
    found[flatIndex(right, size, at)]?.push(x.values[flatIndex(left, size, at)] as number);
  }
  return { shape, values: found.map(fold) };
}

describe("properties", () => {
  test("rearrange() moves every element as plain loops do", () => {
    use("cpu");
    fc.assert(
      fc.property(order, cuts, order, cuts, sizes, (from, cutA, to, cutB, list) => {
        const [left, right, size] = [write(from, cutA), write(to, cutB), sizesOf(list)];
        // Left sizes of zero cannot be divided out, so all sizes are given.
        const x = random(shapeOf(left.groups, size));
        const expected = loops(x, left.groups, right.groups, size, ([one = 0]) => one);
        expectClose(rearrange(put(x), `${left.text} -> ${right.text}`, size), expected, 0, 0);
      }),
      { numRuns: 150 },
    );
  });
  test("reduce() and repeat() agree with plain loops for every subset of axes", () => {
    use("cpu");
    const folds = {
      sum: (values: number[]) => values.reduce((a, b) => a + b, 0),
      mean: (values: number[]) => values.reduce((a, b) => a + b, 0) / values.length,
      max: (values: number[]) => Math.max(...values),
      min: (values: number[]) => Math.min(...values),
      prod: (values: number[]) => values.reduce((a, b) => a * b, 1),
    };
    const positive = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(
        order,
        cuts,
        fc.shuffledSubarray(NAMES),
        cuts,
        positive,
        fc.constantFrom("sum", "mean", "max", "min", "prod"),
        (whole, cutA, part, cutB, list, name) => {
          const [long, short, size] = [write(whole, cutA), write(part, cutB), sizesOf(list)];
          const x = random(shapeOf(long.groups, size), 1.2);
          expectClose(
            reduce(put(x), `${long.text} -> ${short.text}`, name, size),
            loops(x, long.groups, short.groups, size, folds[name]),
            1e-5,
          );
          const y = random(shapeOf(short.groups, size));
          expectClose(
            repeat(put(y), `${short.text} -> ${long.text}`, size),
            loops(y, short.groups, long.groups, size, ([one = 0]) => one),
            0,
            0,
          );
        },
      ),
      { numRuns: 150 },
    );
  });
  test("einsum() agrees with plain loops for random terms", () => {
    use("cpu");
    const term = fc.array(fc.constantFrom(...NAMES), { maxLength: 3 });
    fc.assert(
      fc.property(
        fc.array(term, { minLength: 1, maxLength: 3 }),
        fc.nat(1000),
        sizes,
        (terms, pick, list) => {
          const size = sizesOf(list);
          const all = [...new Set(terms.flat())];
          const output = all.filter((_, i) => ((pick >> i) & 1) === 1);
          if (pick % 2 === 0) output.reverse();
          const grids = terms.map((names, i) =>
            random(
              names.map((name) => size[name] ?? 1),
              2,
              i + 1,
            ),
          );
          const expected = build(
            output.map((name) => size[name] ?? 1),
            () => 0,
          );
          for (const index of indices(all.map((name) => size[name] ?? 1))) {
            const at = Object.fromEntries(all.map((name, i) => [name, index[i] ?? 0]));
            const value = grids.reduce((product, grid, i) => {
              const flat = (terms[i] ?? []).reduce((f, n) => f * (size[n] ?? 1) + (at[n] ?? 0), 0);
              return product * (grid.values[flat] as number);
            }, 1);
            const to = output.reduce((f, n) => f * (size[n] ?? 1) + (at[n] ?? 0), 0);
            expected.values[to] = (expected.values[to] ?? 0) + value;
          }
          const equation = `${terms.map((names) => names.join("")).join(",")}->${output.join("")}`;
          expectClose(einsum(equation, ...grids.map((g) => put(g))), expected, 1e-5, 1e-4);
        },
      ),
      { numRuns: 200 },
    );
  });
  test("patterns and equations never fail with anything but words about them when they are noise", () => {
    use("cpu");
    const x = ones([2, 3]);
    const piece = fc.constantFrom(
      "a",
      "b",
      "(",
      ")",
      "->",
      "...",
      " ",
      "1",
      "3",
      "_",
      ".",
      ",",
      "é",
      "\n",
    );
    const noise = fc.oneof(
      fc.string(),
      fc.array(piece, { maxLength: 14 }).map((parts) => parts.join("")),
      fc.array(piece, { maxLength: 8 }).map((parts) => `a b -> ${parts.join(" ")}`),
    );
    const calls: [string, (text: string) => unknown][] = [
      ["rearrange", (text) => rearrange(x, text)],
      ["reduce", (text) => reduce(x, text, "sum")],
      ["repeat", (text) => repeat(x, text, { b: 3 })],
      ["einsum", (text) => einsum(text, x)],
    ];
    fc.assert(
      fc.property(noise, (text) => {
        for (const [name, call] of calls) {
          try {
            call(text);
          } catch (error) {
            expect(error).toBeInstanceOf(RangeError);
            expect((error as Error).message).toStartWith(`${name}: `);
          }
        }
      }),
      { numRuns: 1000 },
    );
  });
});

onEveryDevice(() => {
  test("rearrange() splits, joins, adds and drops dims when written so", () => {
    const x = arange(24).reshape(2, 3, 4);
    expect(rearrange(x, "b h w -> b (h w)").toArray()).toEqual(x.reshape(2, 12).toArray());
    expect([...rearrange(x, "b h w -> b 1 h () w").shape]).toEqual([2, 1, 3, 1, 4]);
    expect([...rearrange(x, "b h (w1 w2) -> w2 (b w1) h", { w2: 2 }).shape]).toEqual([2, 4, 3]);
    expect([...rearrange(x, "... w -> w ...").shape]).toEqual([4, 2, 3]);
    expect([...rearrange(x, "b ... -> (b ...)").shape]).toEqual([24]);
    expect([...rearrange(x, "b h w ... -> ... b h w").shape]).toEqual([2, 3, 4]);
    expect(rearrange([x, x.neg()], "n b h w -> b h w n").toArray()).toEqual(
      stack([x, x.neg()], -1).toArray(),
    );
    expect(rearrange(tensor(3), "-> 1").toArray()).toEqual([3]);
    expect([...rearrange(zeros([0, 4]), "a (b c) -> c (a b)", { b: 2 }).shape]).toEqual([2, 0]);
  });
  test("reduce() pools and repeat() tiles when axes are numbers", () => {
    const x = arange(16).reshape(1, 4, 4, 1);
    const pooled = reduce(x, "b (h 2) (w 2) c -> b h w c", "max");
    expect(pooled.toArray()).toEqual([
      [
        [[5], [7]],
        [[13], [15]],
      ],
    ]);
    expect(reduce(x, "b ... ->", "sum").item()).toBe(120);
    expect(repeat(tensor([1, 2]), "n -> n 2").toArray()).toEqual([
      [1, 1],
      [2, 2],
    ]);
    expect(repeat(tensor([1, 2]), "n -> (k n)", { k: 2 }).toArray()).toEqual([1, 2, 1, 2]);
    expect(repeat(tensor([1, 2]), "n -> (n k)", { k: 2 }).toArray()).toEqual([1, 1, 2, 2]);
  });
  test("einsum() computes attention scores, traces and outer products", () => {
    const q = random([2, 3, 4, 5], 1, 1);
    const k = random([2, 3, 6, 5], 1, 2);
    const scores = einsum("bhqd,bhkd->bhqk", put(q), put(k));
    expectClose(scores, gridOf(put(q).matmul(put(k).transpose(-1, -2))));
    const worded = "batch head q d, batch head k d -> batch head q k";
    expectClose(einsum(worded, put(q), put(k)), gridOf(scores), 0, 0);
    expect(einsum("ii", arange(9).reshape(3, 3)).item()).toBe(12);
    expect(einsum("ba", arange(6).reshape(2, 3)).toArray()).toEqual(
      arange(6).reshape(2, 3).T.toArray(),
    );
    expect([...einsum("...ij,...jk->...ik", ones([2, 1, 3, 4]), ones([5, 4, 2])).shape]).toEqual([
      2, 5, 3, 2,
    ]);
    expect([...einsum("i,j", ones([2]), ones([3])).shape]).toEqual([2, 3]);
    expect(einsum("ij,jk,kl->il", ones([2, 3]), ones([3, 4]), ones([4, 5])).toArray()).toEqual(
      Array.from({ length: 2 }, () => Array(5).fill(12)),
    );
  });
});

function gridOf(x: ReturnType<typeof tensor>): Grid {
  return { shape: [...x.shape], values: [...x.toTypedArray()] };
}

describe("messages", () => {
  const x = ones([2, 6]);
  const cases: [string, AxisSizes, string, number][] = [
    ["a b", {}, 'pattern needs "->" between its sides', 4],
    ["a b -> a -> b", {}, 'pattern has a second "->"', 10],
    ["a (b -> a b", {}, '"(" is never closed', 3],
    ["a b) -> a b", {}, '")" closes nothing', 4],
    ["a ((b)) -> a b", {}, "parentheses cannot be within parentheses", 4],
    ["a a -> a", {}, 'axis "a" stands twice on one side', 3],
    ["a b -> a c", {}, 'axis "b" is not on the right; reduce() can fold it', 3],
    ["a b -> a b c", {}, 'axis "c" is not on the left; repeat() can add it', 12],
    ["a (b c) -> a b c", {}, 'the sizes of "b" and "c" cannot both be worked out; give one', 6],
    ["a (b c) -> a b c", { b: 4 }, "dim 1 of shape [2, 6] is 6, which is not a multiple of 4", 3],
    ["a b -> b a", { a: 3 }, "dim 0 of shape [2, 6] is 2, but the pattern makes it 3", 1],
    ["a b c -> a b c", {}, "the left side describes 3 dims, but the tensor has shape [2, 6]", 1],
    ["a $ -> a", {}, '"$" has no meaning here; axes are names such as h or width_2', 3],
    ["a .. -> a", {}, 'a dot is only part of "..."', 3],
    ["a b -> a b ...", {}, '"..." is on the right but not on the left', 12],
    ["a (...) -> a ...", {}, '"..." cannot be in parentheses on the left', 3],
    ["a (b 0) -> a b", {}, "an axis cannot have size 0", 6],
    ["a _b -> a _b", {}, 'axis "_b" must not begin or end with an underscore', 3],
    [
      "a (b 2) -> a b",
      {},
      "an axis of 2 without a name cannot be found again on the right; name it",
      6,
    ],
  ];
  test.each(cases)("rearrange() points at the place in %p", (pattern, given, what, column) => {
    expect(() => rearrange(x, pattern, given)).toThrow(
      `rearrange: ${what}, at column ${column} of the pattern\n  ${pattern}\n  ${" ".repeat(column - 1)}^`,
    );
  });
  test("sizes and reductions that make no sense are named", () => {
    expect(() => rearrange(x, "a b -> b a", { c: 2 })).toThrow(
      'rearrange: a size is given for "c", but pattern "a b -> b a" has no such axis',
    );
    expect(() => rearrange(x, "a b -> b a", { a: 1.5 })).toThrow(
      'rearrange: size of "a" must be a whole number from 0, got 1.5',
    );
    expect(() => repeat(x, "a b -> a b c")).toThrow('axis "c" is new and needs a size: { c: … }');
    expect(() => reduce(x, "a b -> a", "median" as "mean")).toThrow('got "median"');
    expect(() => reduce(x, "a b -> a 3", "sum")).toThrow("an axis of 3 is not on the left");
  });
  test("einsum() names the equation and what disagrees", () => {
    const says = (equation: string, what: string, ...xs: (typeof x)[]): void =>
      expect(() => einsum(equation, ...xs)).toThrow(`einsum: equation "${equation}" ${what}`);
    says("ij,jk->ik", "describes 2 tensors, but got 1", x);
    says(
      "ij,jk->ik",
      'has index "j" of size 6, but dim 0 of operand 1, of shape [2, 6], is 2',
      x,
      x,
    );
    says("ijk->i", 'names 3 indices ("i j k") for operand 0, which has shape [2, 6]', x);
    says("ij->ik", 'has "k" on the right, but not on the left', x);
    says("ij->ii", 'has "i" twice on the right', x);
    says("i3->i", 'has "3" in term "i3", which is no index', x);
    says("ij->i->j", 'has more than one "->"', x);
  });
});
