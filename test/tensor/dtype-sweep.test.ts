/**
 * Every operator at every dtype that a device has, against float64 at
 * PyTorch's tolerances: odd sizes, none, strides, NaN and infinities, run at
 * once and fused.
 */

import { afterAll, beforeAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { castValue, type DType, floatOf, isFloat, promote, sumOf } from "../../src/tensor/dtype.ts";
import { setLazy } from "../../src/tensor/graph.ts";
import {
  argsort,
  avgPool2d,
  cat,
  conv2d,
  crossEntropy,
  cumprod,
  cumsum,
  einsum,
  embedding,
  layerNorm,
  maxPool1d,
  mseLoss,
  oneHot,
  pad,
  rearrange,
  rmsNorm,
  scaledDotProductAttention,
  scatterAdd,
  silu,
  softplus,
  sort,
  stack,
  type Tensor,
  tensor,
  topk,
  unfold,
  where,
  zeros,
} from "../../src/tensor/index.ts";
import { onEveryDevice, type TestedDevice } from "./devices.ts";
import { type Grid, grid, integers, map, matmul, put, random, reduce, zip } from "./reference.ts";

setDefaultTimeout(60_000);

const ON: Record<TestedDevice, readonly DType[]> = {
  cpu: ["bool", "uint32", "int32", "int64", "float16", "float32", "float64"],
  software: ["bool", "uint32", "int32", "float32"],
};
const TOLERANCES: Partial<Record<DType, readonly [rtol: number, atol: number]>> = {
  float16: [1e-3, 1e-5],
  float32: [1.3e-6, 1e-5],
  float64: [1e-7, 1e-7],
};

/** Shape, dtype, and values: whole ones exactly, floats by the tolerances of `dtype`. */
function agrees(what: string, actual: Tensor, expected: Grid, dtype: DType): void {
  expect([what, actual.dtype, ...actual.shape]).toEqual([what, dtype, ...expected.shape]);
  const [rtol, atol] = TOLERANCES[dtype] ?? [0, 0];
  // The type says numbers; an int64 has bigints.
  const values: readonly unknown[] = [...actual.toTypedArray()];
  values.forEach((value, i) => {
    const a = Number(value);
    const b = Number(castValue(expected.values[i] as number, dtype));
    if (Object.is(a, b) || a === b || (Number.isNaN(a) && Number.isNaN(b))) return;
    if (Number.isFinite(b) && Math.abs(a - b) <= atol + rtol * Math.abs(b)) return;
    throw new Error(`${what} of ${dtype}, element ${i}: expected ${b}, got ${String(value)}`);
  });
}

const SPECIAL = [NaN, Infinity, -Infinity, 0, -0, 1, -1, 0.5, -2.5, 1.5];

/** Values that `dtype` holds exactly; floats begin with the special ones. */
function values(shape: number[], dtype: DType, seed = 1): Grid {
  if (dtype === "bool") return integers(shape, 0, 2, seed);
  if (!isFloat(dtype)) return integers(shape, dtype === "uint32" ? 0 : -9, 9, seed);
  const some = random(shape, 4, seed);
  return grid(
    shape,
    some.values.map((x, i) => SPECIAL[i - seed] ?? Number(castValue(x, dtype))),
  );
}

/** The same values, contiguous, stepped and turned, and as a part of more. */
function layouts(a: Grid, dtype: DType): Tensor[] {
  const x = put(a, dtype);
  if (a.shape.length !== 2) return [x];
  const turned = put(transposed(a), dtype).T;
  const apart = cat([x.unsqueeze(-1), x.unsqueeze(-1)], -1)
    .flatten(1)
    .slice(1, 0, Infinity, 2);
  return [x, turned, apart];
}

function transposed({ shape: [m = 0, n = 0], values: all }: Grid): Grid {
  return grid(
    [n, m],
    Array.from({ length: m * n }, (_, i) => all[(i % m) * n + Math.floor(i / m)] as number),
  );
}

const SHAPES = [[7, 15], [3], [], [0, 3]];

/** 2/√π Σ (−1)ⁿ x²ⁿ⁺¹ / (n! (2n + 1)), and 1 where that has converged to it. */
function erf(x: number): number {
  if (Number.isNaN(x) || Math.abs(x) > 5.5) return Math.sign(x);
  let term = x;
  let sum = x;
  for (let n = 1; n < 200; n++) {
    term *= (-x * x) / n;
    sum += term / (2 * n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * sum;
}

function roundEven(x: number): number {
  const low = Math.floor(x);
  if (x - low !== 0.5) return Math.round(x);
  return low % 2 === 0 ? low : low + 1;
}

type Unary = keyof {
  [K in keyof Tensor as Tensor[K] extends () => Tensor ? K : never]: true;
};

const FLOAT_MAPS: Partial<Record<Unary, (x: number) => number>> = {
  exp: Math.exp,
  log: Math.log,
  sqrt: Math.sqrt,
  rsqrt: (x) => 1 / Math.sqrt(x),
  reciprocal: (x) => 1 / x,
  sin: Math.sin,
  cos: Math.cos,
  tanh: Math.tanh,
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  erf,
  gelu: (x) => (x / 2) * (1 + erf(x * Math.SQRT1_2)),
};
const NUMBER_MAPS: Partial<Record<Unary, (x: number) => number>> = {
  neg: (x) => -x,
  abs: Math.abs,
  square: (x) => x * x,
  sign: (x) => (Number.isNaN(x) ? 0 : Math.sign(x)),
  relu: (x) => (Number.isNaN(x) ? x : Math.max(x, 0)),
  floor: Math.floor,
  ceil: Math.ceil,
  round: roundEven,
};
const TRUTHS: Partial<Record<Unary, (x: number) => number>> = {
  isnan: (x) => Number(Number.isNaN(x)),
  logicalNot: (x) => Number(x === 0),
};

type Binary = "add" | "sub" | "mul" | "div" | "pow" | "maximum" | "minimum";
const ARITHMETIC: Record<Binary, (x: number, y: number) => number> = {
  add: (x, y) => x + y,
  sub: (x, y) => x - y,
  mul: (x, y) => x * y,
  div: (x, y) => x / y,
  pow: (x, y) => (x === 1 || (x === -1 && Math.abs(y) === Infinity) ? 1 : x ** y),
  maximum: (x, y) => Math.max(x, y),
  minimum: (x, y) => Math.min(x, y),
};
const ON_BOOLS: Partial<Record<Binary, DType>> = {
  add: "bool",
  mul: "bool",
  div: "float32",
  maximum: "bool",
  minimum: "bool",
};
type Comparison = "eq" | "ne" | "lt" | "le" | "gt" | "ge" | "logicalAnd" | "logicalOr";
const COMPARISONS: Record<Comparison, (x: number, y: number) => boolean> = {
  eq: (x, y) => x === y,
  ne: (x, y) => x !== y,
  lt: (x, y) => x < y,
  le: (x, y) => x <= y,
  gt: (x, y) => x > y,
  ge: (x, y) => x >= y,
  logicalAnd: (x, y) => x !== 0 && y !== 0,
  logicalOr: (x, y) => x !== 0 || y !== 0,
};

/** Whole numbers wrap as `dtype` does. */
function wrapped(value: number, dtype: DType): number {
  return isFloat(dtype) || dtype === "bool" || !Number.isInteger(value)
    ? value
    : Number(castValue(BigInt(value), dtype));
}

const sum = (list: number[]): number => list.reduce((a, b) => a + b, 0);
const spread = (list: number[]): number => {
  const mean = sum(list) / list.length;
  return sum(list.map((x) => (x - mean) ** 2)) / (list.length - 1);
};
const peak = (list: number[]): number => list.reduce((a, b) => Math.max(a, b), -Infinity);
const logsumexp = (list: number[]): number => {
  const most = peak(list);
  if (Math.abs(most) === Infinity) return most;
  return most + Math.log(sum(list.map((x) => Math.exp(x - most))));
};

function sweep(dtype: DType, device: TestedDevice): void {
  // A software adapter compiles each program for milliseconds.
  const lay = (a: Grid, of: DType): Tensor[] => layouts(a, of).slice(0, device === "cpu" ? 3 : 2);
  const shapes = device === "cpu" ? SHAPES : SHAPES.slice(0, 1);
  const float = isFloat(dtype);

  test(`maps of ${dtype}`, () => {
    for (const shape of shapes) {
      const a = values(shape, dtype);
      for (const x of lay(a, dtype)) {
        for (const [name, f] of Object.entries(FLOAT_MAPS) as [Unary, typeof erf][]) {
          agrees(name, x[name](), map(a, f), floatOf(dtype));
        }
        for (const [name, f] of Object.entries(TRUTHS) as [Unary, typeof erf][]) {
          agrees(name, x[name](), map(a, f), "bool");
        }
        for (const [name, f] of Object.entries(NUMBER_MAPS) as [Unary, typeof erf][]) {
          if (dtype === "bool") {
            expect(() => x[name]()).toThrow(`${name}: bool tensors have no ${name}`);
          } else {
            agrees(
              name,
              x[name](),
              map(a, (v) => wrapped(f(v), dtype)),
              dtype,
            );
          }
        }
      }
    }
  });

  test(`operators of two ${dtype} tensors`, () => {
    for (const [left, right] of [
      [[7, 15], [15]],
      [
        [3, 1],
        [1, 5],
      ],
      [[], [3]],
      [[0, 3], [3]],
    ] as const) {
      const a = values([...left], dtype);
      const b = values([...right], dtype, 3);
      for (const x of lay(a, dtype)) {
        const y = put(b, dtype);
        for (const [name, f] of Object.entries(ARITHMETIC) as [
          Binary,
          (typeof ARITHMETIC)["add"],
        ][]) {
          const onBools = ON_BOOLS[name];
          if (dtype === "bool" && onBools === undefined) {
            expect(() => x[name](y)).toThrow(`${name}: bool tensors have no ${name}`);
            continue;
          }
          const result = name === "div" ? floatOf(dtype) : dtype;
          // A negative exponent of whole numbers gives what the fraction is cut to.
          const value = (u: number, v: number): number =>
            wrapped(name === "pow" && !float ? Math.trunc(f(u, v)) : f(u, v), result);
          const expected = zip(a, b, value);
          if (name === "pow" && !float && expected.values.some((v) => !Number.isSafeInteger(v)))
            continue;
          agrees(name, x[name](y), expected, result);
        }
        for (const [name, f] of Object.entries(COMPARISONS) as [
          Comparison,
          (typeof COMPARISONS)["eq"],
        ][]) {
          agrees(
            name,
            x[name](y),
            zip(a, b, (u, v) => Number(f(u, v))),
            "bool",
          );
        }
        const condition = zip(a, b, (u, v) => Number(u < v));
        agrees(
          "where",
          where(x.lt(y), x, y),
          grid(condition.shape, zip(a, b, (u, v) => (u < v ? u : v)).values),
          dtype,
        );
      }
    }
  });

  test(`reductions of ${dtype}`, () => {
    const whole = dtype === "bool" ? "int32" : dtype;
    for (const [shape, dims] of [
      [[7, 15], [1]],
      [[7, 15], [0]],
      [
        [7, 15],
        [0, 1],
      ],
      [
        [5, 3, 4],
        [0, 2],
      ],
      [[3, 700], [1]],
      [[3, 0], [1]],
      [[], []],
    ] as const) {
      // Small, so that a long product stays in the range of a float16.
      const small = float
        ? map(random([...shape], 0.02, 5), (v) => Number(castValue(1 + v, dtype)))
        : values([...shape], dtype);
      for (const x of lay(small, dtype)) {
        const check = (name: string, out: Tensor, f: (list: number[]) => number, to: DType): void =>
          agrees(
            `${name} of [${shape.join()}] over ${dims.join()}`,
            out,
            reduce(small, [...dims], f),
            to,
          );
        check("sum", x.sum([...dims]), sum, sumOf(dtype));
        check("any", x.any([...dims]), (list) => Number(list.some((v) => v !== 0)), "bool");
        check("all", x.all([...dims]), (list) => Number(list.every((v) => v !== 0)), "bool");
        if (float || dtype === "bool") {
          check("prod", x.prod([...dims]), (list) => list.reduce((p, v) => p * v, 1), sumOf(dtype));
        } else {
          const product = (list: number[]): number =>
            Number(
              list.reduce((p, v) => castValue(BigInt(p) * BigInt(v), dtype), 1 as number | bigint),
            );
          check("prod", x.prod([...dims]), product, dtype);
        }
        if (shape.includes(0 as never)) continue;
        check("amax", x.amax([...dims]), peak, dtype);
        check("amin", x.amin([...dims]), (list) => Math.min(...list), dtype);
        if (dims.length === 1) {
          const [dim] = dims;
          check("argmax", x.argmax(dim), (list) => list.indexOf(Math.max(...list)), "int32");
          check("argmin", x.argmin(dim), (list) => list.indexOf(Math.min(...list)), "int32");
        }
        check("logsumexp", x.logsumexp([...dims]), logsumexp, floatOf(dtype));
        if (!float) {
          expect(() => x.mean([...dims])).toThrow(`mean: needs a float tensor, got ${dtype}`);
          expect(() => x.var([...dims])).toThrow(`var: needs a float tensor, got ${dtype}`);
          continue;
        }
        check("mean", x.mean([...dims]), (list) => sum(list) / list.length, dtype);
        if (shape.length === 0) continue;
        check("var", x.var([...dims]), spread, dtype);
        check("std", x.std([...dims]), (list) => Math.sqrt(spread(list)), dtype);
      }
    }
    if (!float) return;
    for (const special of [NaN, Infinity, -Infinity]) {
      const a = grid([2, 5], [1, 2, special, 4, 5, 5, 4, 3, 2, 1]);
      const x = put(a, dtype);
      agrees("amax", x.amax(1), reduce(a, [1], peak), whole);
      agrees("sum", x.sum(1), reduce(a, [1], sum), whole);
      agrees("logsumexp", x.logsumexp(1), reduce(a, [1], logsumexp), whole);
    }
  });

  test(`softmax and its logarithm of ${dtype}`, () => {
    const a = map(values([7, 15], dtype, 20), (v) => (Number.isFinite(v) ? v : 2));
    const total = reduce(a, [1], logsumexp, true);
    const logs = zip(a, total, (x, y) => x - y);
    for (const x of lay(a, dtype)) {
      agrees("logSoftmax", x.logSoftmax(1), logs, floatOf(dtype));
      agrees("softmax", x.softmax(-1), map(logs, Math.exp), floatOf(dtype));
    }
  });

  test(`matrix products of ${dtype}`, () => {
    for (const [m, k, n] of [
      [7, 15, 5],
      [1, 70, 33],
      [2, 0, 3],
      [33, 35, 34],
    ] as const) {
      const own = (shape: number[], seed: number): Grid =>
        float
          ? map(random(shape, 0.5, seed), (v) => Number(castValue(v, dtype)))
          : values(shape, dtype, seed);
      const [a, b] = [own([m, k], 1), own([k, n], 2)];
      if (dtype === "bool") {
        expect(() => put(a, dtype).matmul(put(b, dtype))).toThrow(
          "matmul: needs tensors of numbers, got bool",
        );
        continue;
      }
      const expected = matmul(a, b);
      const rights = lay(b, dtype);
      lay(a, dtype).forEach((x, i) => {
        agrees("matmul", x.matmul(rights[i] as Tensor), expected, dtype);
      });
      // What follows a product may be computed with it.
      const x = put(a, dtype).matmul(put(b, dtype));
      agrees(
        "matmul and gt",
        x.gt(0),
        map(expected, (v) => Number(v > 0)),
        "bool",
      );
      const twice = map(expected, (v) => wrapped(-2 * v, dtype));
      agrees("matmul and mul", x.mul(2).neg(), twice, dtype);
    }
  });

  test(`operators that place, pick and order ${dtype}`, () => {
    const a = dtype === "bool" ? integers([5, 7], 0, 2) : integers([5, 7], 0, 9);
    const [x, y] = [put(a, dtype), put(a)];
    const index = tensor([4, 0, 4], { dtype: "int32" });
    const spots = tensor([[0, 1, 2]], { dtype: "int32" });
    const mask = y.gt(4);
    const both: Record<string, (t: Tensor) => Tensor> = {
      cat: (t) => cat([t, t.flip(0)], 1),
      stack: (t) => stack([t, t], 1),
      "gather of int64 or int32": (t) =>
        t.gather(0, t.dtype === "int64" ? spots.to("int64") : spots),
      indexSelect: (t) => t.indexSelect(0, index),
      tril: (t) => t.tril(1),
      triu: (t) => t.triu(),
      maskedFill: (t) => t.maskedFill(mask, 1),
      "reshape that copies": (t) => t.T.reshape(-1),
      expand: (t) =>
        t
          .unsqueeze(0)
          .expand(2, -1, -1)
          .add(t.mul(0 as number)),
      pad: (t) => pad(t, [1, 2], { value: 1 }),
      sort: (t) => sort(t, 1).values,
      "sort downwards": (t) => sort(t, 0, { descending: true }).values,
      topk: (t) => topk(t, 2, 1).values,
      rearrange: (t) => rearrange(t, "a b -> b a"),
      unfold: (t) => unfold(t.reshape(1, 1, 5, 7), 2),
      copy_: (t) => zeros([5, 7], { dtype }).copy_(t),
      set: (t) => zeros([5, 7], { dtype }).set(1, t.get(2)),
      fill_: (t) => zeros([2], { dtype: t.dtype }).fill_(1),
    };
    const ofNumbers: typeof both = {
      cumprod: (t) => cumprod(t.clamp({ max: 1 }), 1),
      cumsum: (t) => cumsum(t, 0),
      einsum: (t) => einsum("ij,kj->ik", t, t),
      scatterAdd: (t) => scatterAdd(t, 0, index.unsqueeze(1).expand(3, 7), t.narrow(0, 0, 3)),
      maxPool1d: (t) => maxPool1d(t, 3, { padding: 1 }),
      add_: (t) => zeros([5, 7], { dtype: t.dtype }).add_(t).mul_(2),
      clamp: (t) => t.clamp({ min: 2, max: 5 }),
    };
    for (const [name, f] of Object.entries(dtype === "bool" ? both : { ...both, ...ofNumbers })) {
      if (dtype === "bool" && name === "expand") continue;
      const expected = f(y);
      agrees(name, f(x), grid([...expected.shape], [...expected.toTypedArray()]), dtype);
    }
    const order = argsort(y, 1);
    agrees("argsort", argsort(x, 1), grid([5, 7], [...order.toTypedArray()]), "int32");
    if (float || dtype === "bool") {
      expect(() => y.indexSelect(0, x)).toThrow(
        `indexSelect: index must be an int32 tensor, got a ${dtype} tensor`,
      );
      expect(() => oneHot(x, 9)).toThrow(
        `oneHot: index must be an int32 tensor, got a ${dtype} tensor`,
      );
    } else {
      agrees("oneHot", oneHot(x, 9).argmax(-1), a, "int32");
      agrees(
        "embedding",
        embedding(x.get(0), y.get(1).expand(9, 7)).get(0),
        grid([7], a.values.slice(7, 14)),
        "float32",
      );
      const loss = crossEntropy(y, x.select(1, 0).clamp({ max: 6 }));
      const same = crossEntropy(y, y.select(1, 0).clamp({ max: 6 }).to("int32"));
      agrees("crossEntropy", loss, grid([], [same.item() as number]), "float32");
    }
  });

  if (!float) return;
  test(`functions of several steps of ${dtype} agree with float32`, () => {
    const x = put(map(random([2, 4, 6], 2, 9), (v) => Math.f16round(v)));
    const w = put(map(random([4, 4, 1, 3], 1, 7), (v) => Math.f16round(v)));
    const functions: Record<string, (t: Tensor, k: Tensor) => Tensor> = {
      softplus: (t) => softplus(t.mul(8)),
      silu: (t) => silu(t),
      layerNorm: (t) => layerNorm(t.mul(64), 6),
      rmsNorm: (t) => rmsNorm(t.mul(64), [4, 6]),
      attention: (t) => scaledDotProductAttention(t, t, t, { isCausal: true }),
      "masked attention": (t) =>
        scaledDotProductAttention(t, t, t, { mask: t.matmul(t.transpose(1, 2)).gt(0) }),
      conv2d: (t, k) => conv2d(t.unsqueeze(2), k),
      avgPool2d: (t) => avgPool2d(t, 2),
      mseLoss: (t) => mseLoss(t, t.flip(0)),
      cumsum: (t) => cumsum(t, 2),
    };
    for (const [name, f] of Object.entries(functions)) {
      const expected = f(x, w);
      const actual = f(x.to(dtype), w.to(dtype));
      expect([name, actual.dtype]).toEqual([name, dtype]);
      // Each step of those that have no wider inside rounds once.
      const [rtol, atol] = dtype === "float16" ? [4e-3, 4e-3] : [1e-5, 1e-5];
      const values = actual.toTypedArray();
      expected.toTypedArray().forEach((b, i) => {
        const a = values[i] ?? NaN;
        if (Math.abs(a - b) <= atol + rtol * Math.abs(b)) return;
        throw new Error(`${name} of ${dtype}, element ${i}: expected ${b}, got ${a}`);
      });
    }
  });
}

onEveryDevice((device) => {
  for (const dtype of ON[device]) sweep(dtype, device);
  if (device !== "cpu") return;
  describe("fused", () => {
    beforeAll(() => setLazy(true));
    afterAll(() => setLazy());
    for (const dtype of ON[device]) sweep(dtype, device);
  });
});

onEveryDevice((device) => {
  test("operators of two dtypes agree with those of the dtype that both promote to", () => {
    for (const a of ON[device]) {
      for (const b of ON[device]) {
        const to = promote(a, b);
        if (!ON[device].includes(to) || a === b) continue;
        if (device === "software" && a > b) continue;
        const [x, y] = [put(grid([3], [0, 1, 1]), a), put(grid([3], [1, 0, 1]), b)];
        agrees(`${a} + ${b}`, x.add(y), grid([3], [1, 1, 2]), to);
        agrees(`where(${a}, ${b})`, where(x.eq(1), y, x), grid([3], [0, 0, 1]), to);
        agrees(`cat(${a}, ${b})`, cat([x, y]), grid([6], [0, 1, 1, 1, 0, 1]), to);
        agrees(`${a} · ${b}`, x.matmul(y), grid([], [1]), to);
        agrees(`${a} < ${b}`, x.lt(y), grid([3], [1, 0, 0]), "bool");
      }
    }
  });
});
