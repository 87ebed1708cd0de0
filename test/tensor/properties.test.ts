import { expect, setDefaultTimeout, test } from "bun:test";
import fc from "fast-check";
import { arange, type Tensor, tensor } from "../../src/tensor/index.ts";
import { isContiguous, reshapeStrides } from "../../src/tensor/shape.ts";
import { onSoftware, use } from "./devices.ts";
import { build, type Grid, indices } from "./reference.ts";

// A software adapter on a busy machine is slow.
setDefaultTimeout(30_000);

/** A view's steps, applied to a tensor and to plain index arithmetic alike. */
type Step =
  | { kind: "permute"; order: number }
  | { kind: "flip"; dim: number }
  | { kind: "slice"; dim: number; start: number; end: number; step: number }
  | { kind: "select"; dim: number; index: number }
  | { kind: "unsqueeze"; dim: number }
  | { kind: "expand"; dim: number; size: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant("permute" as const), order: fc.nat(1000) }),
  fc.record({ kind: fc.constant("flip" as const), dim: fc.nat(5) }),
  fc.record({
    kind: fc.constant("slice" as const),
    dim: fc.nat(5),
    start: fc.integer({ min: -5, max: 5 }),
    end: fc.integer({ min: -5, max: 6 }),
    step: fc.integer({ min: 1, max: 3 }),
  }),
  fc.record({ kind: fc.constant("select" as const), dim: fc.nat(5), index: fc.nat(5) }),
  fc.record({ kind: fc.constant("unsqueeze" as const), dim: fc.nat(5) }),
  fc.record({
    kind: fc.constant("expand" as const),
    dim: fc.nat(5),
    size: fc.integer({ min: 0, max: 3 }),
  }),
);
const shapes = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 4 });

/** One of the orders of `ndim` dims. */
function orderOf(seed: number, ndim: number): number[] {
  const left = Array.from({ length: ndim }, (_, dim) => dim);
  const order: number[] = [];
  while (left.length > 0) order.push(...left.splice((seed >> order.length) % left.length, 1));
  return order;
}

/** Applies a step where it makes sense, else leaves both as they are. */
function apply(x: Tensor, g: Grid, one: Step): [Tensor, Grid] {
  const ndim = g.shape.length;
  const pick = (shape: number[], back: (index: number[]) => number[]): Grid => {
    const where = new Map(
      indices(g.shape).map((index, i) => [index.join(), g.values[i] as number]),
    );
    return build(shape, (index) => where.get(back(index).join()) as number);
  };
  if (one.kind === "unsqueeze") {
    if (ndim >= 5) return [x, g];
    const dim = one.dim % (ndim + 1);
    return [
      x.unsqueeze(dim),
      pick(g.shape.toSpliced(dim, 0, 1), (index) => index.toSpliced(dim, 1)),
    ];
  }
  if (ndim === 0) return [x, g];
  if (one.kind === "permute") {
    const order = orderOf(one.order, ndim);
    const shape = order.map((dim) => g.shape[dim] ?? 1);
    return [
      x.permute(order),
      pick(shape, (index) => g.shape.map((_, dim) => index[order.indexOf(dim)] ?? 0)),
    ];
  }
  const dim = one.dim % ndim;
  const size = g.shape[dim] ?? 1;
  if (one.kind === "flip")
    return [x.flip(dim), pick(g.shape, (index) => index.with(dim, size - 1 - (index[dim] ?? 0)))];
  if (one.kind === "select") {
    if (size === 0) return [x, g];
    const at = one.index % size;
    return [
      x.select(dim, at),
      pick(g.shape.toSpliced(dim, 1), (index) => index.toSpliced(dim, 0, at)),
    ];
  }
  if (one.kind === "expand") {
    if (size !== 1) return [x, g];
    const shape = g.shape.with(dim, one.size);
    return [x.expand(shape), pick(shape, (index) => index.with(dim, 0))];
  }
  const picked = Array.from({ length: size }, (_, i) => i)
    .slice(one.start, one.end)
    .filter((_, i) => i % one.step === 0);
  return [
    x.slice(dim, one.start, one.end, one.step),
    pick(g.shape.with(dim, picked.length), (index) =>
      index.with(dim, picked[index[dim] ?? 0] ?? 0),
    ),
  ];
}

function start(shape: number[]): [Tensor, Grid] {
  const total = shape.reduce((a, b) => a * b, 1);
  return [
    arange(total).reshape(shape),
    { shape, values: Array.from({ length: total }, (_, i) => i) },
  ];
}

function checkViews(runs: number): void {
  fc.assert(
    fc.property(shapes, fc.array(step, { maxLength: 6 }), (shape, steps) => {
      let [x, g] = start(shape);
      const { storage } = x;
      for (const one of steps) [x, g] = apply(x, g, one);
      expect([...x.shape]).toEqual(g.shape);
      expect(x.storage).toBe(storage);
      expect([...x.toTypedArray()]).toEqual(g.values);
      expect([...x.add(1).toTypedArray()]).toEqual(g.values.map((value) => value + 1));
      // A reshape of a view is a view exactly when its strides allow it, and right in both cases.
      const flat = x.reshape(x.numel);
      expect([...flat.toTypedArray()]).toEqual(g.values);
      const turned = x.reshape(g.shape.toReversed());
      expect([...turned.toTypedArray()]).toEqual(g.values);
      if (reshapeStrides(x, [x.numel]) !== undefined) expect(flat.storage).toBe(storage);
      if (isContiguous(x)) expect(flat.storage).toBe(storage);
    }),
    { numRuns: runs, seed: 11 },
  );
}

test("views alias the right elements when steps are random, on cpu", () => {
  use("cpu");
  checkViews(400);
});

const UNARY = [
  "neg",
  "abs",
  "sin",
  "cos",
  "tanh",
  "sigmoid",
  "relu",
  "erf",
  "square",
  "floor",
  "sign",
  "round",
] as const;
const BINARY = ["add", "sub", "mul", "maximum", "minimum"] as const;
const FOLDS = ["sum", "mean", "amax", "amin"] as const;
type Link =
  | { unary: (typeof UNARY)[number] }
  | { binary: (typeof BINARY)[number]; with: number }
  | { fold: (typeof FOLDS)[number]; dim: number }
  | { turn: number };
const link: fc.Arbitrary<Link> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ unary: fc.constantFrom(...UNARY) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      binary: fc.constantFrom(...BINARY),
      with: fc.integer({ min: -3, max: 3 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ fold: fc.constantFrom(...FOLDS), dim: fc.nat(2) }) },
  { weight: 1, arbitrary: fc.record({ turn: fc.nat(2) }) },
);

function chain(values: number[], links: Link[]): number[] {
  let x = tensor(values, { shape: [2, 3, 2] });
  const other = tensor([0.5, -1.5, 2], { shape: [3, 1] });
  for (const one of links) {
    if ("unary" in one) x = x[one.unary]();
    else if ("binary" in one)
      x = one.with === 0 ? x[one.binary](other) : x[one.binary](one.with / 2);
    else if ("fold" in one) x = x[one.fold](one.dim, { keepdim: true }).expand(2, 3, 2);
    else x = x.flip(one.turn);
  }
  return [...x.toTypedArray()];
}

onSoftware("on software", () => {
  test("views alias the right elements when steps are random", () => checkViews(60));
  test("chains of operators agree with the cpu when they are random", () => {
    const value = fc.oneof(
      fc.integer({ min: -8, max: 8 }).map((n) => n / 4),
      fc.constantFrom(NaN, Infinity, -Infinity),
    );
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 12, maxLength: 12 }),
        fc.array(link, { maxLength: 6 }),
        (values, links) => {
          // Rounding moves these across their steps, so they come first, where inputs are exact.
          const sorted = links.toSorted((a, b) => Number(isStep(b)) - Number(isStep(a)));
          use("cpu");
          const expected = chain(values, sorted);
          use("software");
          const actual = chain(values, sorted);
          actual.forEach((got, i) => {
            const want = expected[i] as number;
            const near = Math.abs(got - want) <= 1e-5 + 1e-5 * Math.abs(want);
            if (!near && !Object.is(got, want) && got !== want)
              throw new Error(`element ${i}: cpu ${want}, software ${got}`);
          });
        },
      ),
      { numRuns: 60, seed: 5 },
    );
  });
});

function isStep(one: Link): boolean {
  return "unary" in one && (one.unary === "floor" || one.unary === "round" || one.unary === "sign");
}
