/**
 * Every kind of operator over every kind of layout: ranks 0 to 6, odd and zero
 * sizes, transposed, stepped, flipped, expanded and inner views, NaN and
 * infinities, against float64 at torch's tolerances.
 */
import { describe, expect, setDefaultTimeout, test } from "bun:test";
import fc from "fast-check";
import { cat, rearrange, stack, type Tensor, tensor, where } from "../../src/tensor/index.ts";
import { onEveryDevice, type TestedDevice } from "./devices.ts";
import * as reference from "./reference.ts";
import { count, expectClose, type Grid } from "./reference.ts";

// A software adapter on a busy machine is slow.
setDefaultTimeout(60_000);

const SHAPES = [
  [],
  [3],
  [0],
  [5, 1],
  [2, 0, 3],
  [3, 1, 5],
  [2, 3, 1, 5],
  [1, 2, 3, 1, 3],
  [2, 1, 3, 2, 1, 3],
];
const SPECIAL = [NaN, Infinity, -Infinity, 0, 1, -1, 0.5, -2.5];

/** Values that do not repeat soon, with those that break things strewn in. */
function fill(shape: readonly number[], seed: number, special = true): Tensor {
  const { values } = reference.random([...shape], 3, seed);
  const strewn = values.map((value, i) =>
    special && (i * 7 + seed) % 5 === 0 ? (SPECIAL[(i + seed) % SPECIAL.length] ?? 0) : value,
  );
  return tensor(strewn, { shape: [...shape] });
}

/** Tensors of a shape whose storage is walked in different ways. */
const LAYOUTS: Record<
  string,
  (shape: readonly number[], make: (s: readonly number[]) => Tensor) => Tensor
> = {
  plain: (shape, make) => make(shape),
  transposed: (shape, make) =>
    make(shape.toReversed()).permute(shape.map((_, dim) => shape.length - 1 - dim)),
  stepped: (shape, make) =>
    shape.reduce<Tensor>(
      (x, _, dim) => x.slice(dim, 1, Infinity, 2),
      make(shape.map((size) => 2 * size + 1)),
    ),
  flipped: (shape, make) => make(shape).flip(...shape.keys()),
  expanded: (shape, make) =>
    make(shape.map((size, dim) => (dim % 2 === 0 && size > 0 ? 1 : size))).expand(shape),
  inner: (shape, make) =>
    shape.reduce<Tensor>(
      (x, size, dim) => x.narrow(dim, 1, size),
      make(shape.map((size) => size + 2)),
    ),
};

type Make = (shape: readonly number[], seed?: number, special?: boolean) => Tensor;

/** On software, where each result is a wait and layouts are numbers to the same code, some stand for all. */
function eachLayout(
  device: TestedDevice,
  see: (name: string, make: Make, shape: readonly number[]) => void,
): void {
  for (const [name, lay] of Object.entries(LAYOUTS)) {
    if (device === "software" && !["plain", "flipped", "expanded"].includes(name)) continue;
    const shapes =
      device === "cpu" ? SHAPES : name === "plain" ? [[], [2, 0, 3]] : [[2, 1, 3, 2, 1, 3]];
    for (const shape of shapes) {
      see(name, (s, seed = 1, special = true) => lay(s, (raw) => fill(raw, seed, special)), shape);
    }
  }
}

function gridOf(x: Tensor): Grid {
  return { shape: [...x.shape], values: Array.from(x.toTypedArray(), Number) };
}

function hold(what: string, actual: Tensor, expected: Grid): void {
  try {
    expectClose(actual, expected);
  } catch (cause) {
    throw new Error(`${what}: ${String(cause)}`, { cause });
  }
}

function gamma(x: number): number {
  // Abramowitz & Stegun 7.1.5: the series of the error function, in float64.
  let [sum, term] = [x, x];
  for (let n = 1; n < 60; n++) {
    term *= (-x * x) / n;
    sum += term / (2 * n + 1);
  }
  return Math.abs(x) > 4 ? Math.sign(x) : (2 / Math.sqrt(Math.PI)) * sum;
}

function evenRound(x: number): number {
  const low = Math.floor(x);
  if (x - low !== 0.5) return Math.round(x);
  return low % 2 === 0 ? low : low + 1;
}

const UNARY = {
  neg: (x) => -x,
  abs: Math.abs,
  square: (x) => x * x,
  sign: (x) => (x > 0 ? 1 : x < 0 ? -1 : 0),
  relu: (x) => (x > 0 || Number.isNaN(x) ? x : 0),
  floor: Math.floor,
  ceil: Math.ceil,
  round: evenRound,
  trunc: Math.trunc,
  exp: Math.exp,
  log: Math.log,
  sqrt: Math.sqrt,
  rsqrt: (x) => 1 / Math.sqrt(x),
  reciprocal: (x) => 1 / x,
  tanh: Math.tanh,
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  erf: gamma,
  expm1: Math.expm1,
  log1p: Math.log1p,
  atan: Math.atan,
  isnan: (x) => Number(Number.isNaN(x)),
  isfinite: (x) => Number(Number.isFinite(x)),
  logicalNot: (x) => Number(x === 0),
} satisfies Record<string, (x: number) => number>;

const largest = (a: number, b: number): number =>
  Number.isNaN(a) ? a : Number.isNaN(b) ? b : Math.max(a, b);
const BINARY = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  maximum: largest,
  minimum: (a, b) => -largest(-a, -b),
  eq: (a, b) => Number(a === b),
  ne: (a, b) => Number(a !== b),
  lt: (a, b) => Number(a < b),
  le: (a, b) => Number(a <= b),
  gt: (a, b) => Number(a > b),
  ge: (a, b) => Number(a >= b),
} satisfies Record<string, (a: number, b: number) => number>;

const FOLDS = {
  sum: (v) => v.reduce((a, b) => a + b, 0),
  prod: (v) => v.reduce((a, b) => a * b, 1),
  mean: (v) => v.reduce((a, b) => a + b, 0) / v.length,
  amax: (v) => v.reduce(largest),
  amin: (v) => -v.map((x) => -x).reduce(largest),
  any: (v) => Number(v.some((x) => x !== 0)),
  all: (v) => Number(v.every((x) => x !== 0)),
  logsumexp: (v) => {
    const peak = v.reduce(largest, -Infinity);
    if (!Number.isFinite(peak)) return peak;
    return peak + Math.log(v.reduce((sum, x) => sum + Math.exp(x - peak), 0));
  },
} satisfies Record<string, (values: number[]) => number>;

/** The subsets of dims to fold: none named, each alone, and the outer ones together. */
function dimsOf(rank: number): number[][] {
  const each = Array.from({ length: rank }, (_, dim) => [dim]);
  return rank > 2 ? [...each.slice(0, 3), [0, rank - 1]] : each;
}

onEveryDevice((device) => {
  describe("in every layout", () => {
    test("maps are those of float64", () => {
      eachLayout(device, (layout, make, shape) => {
        const x = make(shape);
        const grid = gridOf(x);
        for (const [name, f] of Object.entries(UNARY)) {
          const out = x[name as keyof typeof UNARY]();
          hold(`${name} of ${layout} [${shape.join()}]`, out, reference.map(grid, f));
        }
      });
    });
    test("operators of two are those of float64, with both broadcast", () => {
      eachLayout(device, (layout, make, shape) => {
        const x = make(shape);
        const others = [
          shape,
          shape.slice(1),
          shape.map((size, dim) => (dim % 2 === 0 ? 1 : size)),
        ];
        for (const [i, other] of others.entries()) {
          const y = make(other, 2);
          const [a, b] = [gridOf(x), gridOf(y)];
          for (const [name, f] of Object.entries(BINARY)) {
            if (device === "software" && i > 0 && name.length === 2) continue;
            const operator = name as keyof typeof BINARY;
            const what = `${name} of ${layout} [${shape.join()}] and [${other.join()}]`;
            hold(what, x[operator](y), reference.zip(a, b, f));
          }
        }
      });
    });
    test("folds are those of float64, of one dim, of several and of all", () => {
      eachLayout(device, (layout, make, shape) => {
        for (const special of [true, false]) {
          const x = make(shape, 3, special);
          const grid = gridOf(x);
          const some = device === "cpu" ? dimsOf(shape.length) : dimsOf(shape.length).slice(-2);
          for (const dims of [undefined, ...some]) {
            const all = dims ?? [...shape.keys()];
            const empty = all.some((dim) => shape[dim] === 0);
            for (const [name, f] of Object.entries(FOLDS)) {
              if (empty && ["amax", "amin", "mean"].includes(name)) continue;
              if (device === "software" && special && name === "all") continue;
              const out = x[name as keyof typeof FOLDS](dims, { keepdim: special });
              const what = `${name} over ${String(dims)} of ${layout} [${shape.join()}]`;
              hold(what, out, reference.reduce(grid, all, f, special));
            }
          }
        }
      });
    });
    test("rows are weighed, summed up and ordered as float64 has them", () => {
      eachLayout(device, (layout, make, shape) => {
        if (shape.length === 0 || count(shape) === 0) return;
        const x = make(shape, 4, false);
        const grid = gridOf(x);
        const size = shape.at(-1) ?? 1;
        const along = (f: (row: number[]) => number[]): Grid => ({
          shape: grid.shape,
          values: Array.from({ length: grid.values.length / size }, (_, i) =>
            f(grid.values.slice(i * size, (i + 1) * size)),
          ).flat(),
        });
        const what = `${layout} [${shape.join()}]`;
        const total = (row: number[]): number => row.reduce((a, b) => a + Math.exp(b), 0);
        hold(
          `softmax of ${what}`,
          x.softmax(-1),
          along((row) => row.map((v) => Math.exp(v) / total(row))),
        );
        hold(
          `logSoftmax of ${what}`,
          x.logSoftmax(-1),
          along((row) => row.map((v) => v - Math.log(total(row)))),
        );
        hold(
          `cumsum of ${what}`,
          x.cumsum(-1),
          along((row) => row.map((_, i) => row.slice(0, i + 1).reduce((a, b) => a + b))),
        );
        if (device === "cpu") {
          hold(
            `sort of ${what}`,
            x.sort(-1).values,
            along((row) => row.toSorted((a, b) => a - b)),
          );
        }
        const best = x.argmax(-1);
        hold(
          `argmax of ${what}`,
          best,
          reference.reduce(grid, [shape.length - 1], (row) => row.indexOf(Math.max(...row))),
        );
        const square = x.reshape(-1, size);
        hold(`matmul of ${what}`, square.matmul(square.T), matmulOf(gridOf(square)));
      });
    });
    test("joins, choices and copies move each element to its place", () => {
      eachLayout(device, (layout, make, shape) => {
        const x = make(shape);
        const y = make(shape, 2);
        const [a, b] = [gridOf(x), gridOf(y)];
        const what = `${layout} [${shape.join()}]`;
        const both = { shape: [2, ...a.shape], values: [...a.values, ...b.values] };
        hold(`stack of ${what}`, stack([x, y]), both);
        if (shape.length > 0) {
          const joined = { shape: a.shape.with(0, 2 * (shape[0] ?? 0)), values: both.values };
          hold(`cat of ${what}`, cat([x, y]), joined);
        }
        const chosen = reference.zip(a, b, (p, q) => (p > 0 ? p : q));
        hold(`where of ${what}`, where(x.gt(0), x, y), chosen);
        hold(`reshape of ${what}`, x.reshape(-1, 1), {
          shape: [a.values.length, 1],
          values: a.values,
        });
        hold(`copy_ of ${what}`, tensor(0).expand(shape).add(0).copy_(x), a);
        if (shape.length === 3)
          hold(`rearrange of ${what}`, rearrange(x, "a b c -> (a b c)"), {
            shape: [a.values.length],
            values: a.values,
          });
      });
    });
  });

  test("operators of two broadcast when shapes and layouts are random", () => {
    const names = Object.keys(BINARY) as (keyof typeof BINARY)[];
    const layouts = fc.constantFrom(...Object.keys(LAYOUTS));
    const size = fc.constantFrom(0, 1, 1, 2, 3, 5);
    const shape = fc.array(size, { maxLength: 6 });
    fc.assert(
      fc.property(
        shape,
        fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
        fc.nat(6),
        fc.tuple(layouts, layouts),
        fc.constantFrom(...names),
        (whole, ones, cut, [first, second], name) => {
          const other = whole.map((one, dim) => (ones[dim] === true ? 1 : one)).slice(cut);
          const [x, y] = [
            LAYOUTS[first]?.(whole, (raw) => fill(raw, 5)),
            LAYOUTS[second]?.(other, (raw) => fill(raw, 6)),
          ] as [Tensor, Tensor];
          hold(name, x[name](y), reference.zip(gridOf(x), gridOf(y), BINARY[name]));
          hold(name, y[name](x), reference.zip(gridOf(y), gridOf(x), BINARY[name]));
        },
      ),
      { numRuns: device === "cpu" ? 300 : 40, seed: 17 },
    );
  });
});

function matmulOf(a: Grid): Grid {
  const [rows = 0, columns = 0] = a.shape;
  const turned = reference.build(
    [columns, rows],
    ([i = 0, j = 0]) => a.values[j * columns + i] ?? 0,
  );
  return reference.matmul(a, turned);
}

test("every layout walks its storage in its own way", () => {
  const strides = Object.values(LAYOUTS).map((lay) =>
    lay([2, 3], (raw) => fill(raw, 1)).strides.join(),
  );
  expect(new Set(strides).size).toBe(6);
});
