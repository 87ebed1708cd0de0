import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { maximum, minimum, type Tensor, tensor, where, zeros } from "../../src/tensor/index.ts";
import { onEveryDevice } from "./devices.ts";
import {
  count,
  expectClose,
  type Grid,
  grid,
  integers,
  map,
  put,
  random,
  zip,
} from "./reference.ts";

// A software adapter on a busy machine is slow.
setDefaultTimeout(30_000);

type Map1 =
  "neg" | "abs" | "exp" | "log" | "sqrt" | "rsqrt" | "square" | "reciprocal" | "sin" | "cos";
type Map2 = "tanh" | "sigmoid" | "relu" | "erf" | "gelu" | "sign" | "floor" | "ceil" | "round";

/** Abramowitz & Stegun 7.1.5 where it converges, else 7.1.14 as a continued fraction. */
function erf(x: number): number {
  const size = Math.abs(x);
  if (Number.isNaN(x)) return NaN;
  if (size < 2.5) {
    let term = size;
    let sum = size;
    for (let n = 1; n < 80; n++) {
      term *= (-size * size) / n;
      sum += term / (2 * n + 1);
    }
    return Math.sign(x) * sum * (2 / Math.sqrt(Math.PI));
  }
  let fraction = 0;
  for (let n = 60; n > 0; n--) fraction = n / 2 / (size + fraction);
  const tail = Math.exp(-size * size) / ((size + fraction) * Math.sqrt(Math.PI));
  return Math.sign(x) * (1 - tail);
}

function halfToEven(x: number): number {
  const floor = Math.floor(x);
  if (x - floor !== 0.5) return Number.isFinite(x) ? Math.round(x) : x;
  return floor % 2 === 0 ? floor : floor + 1;
}

const MAPS: Record<Map1 | Map2, (x: number) => number> = {
  neg: (x) => -x,
  abs: Math.abs,
  exp: Math.exp,
  log: Math.log,
  sqrt: Math.sqrt,
  rsqrt: (x) => 1 / Math.sqrt(x),
  square: (x) => x * x,
  reciprocal: (x) => 1 / x,
  sin: Math.sin,
  cos: Math.cos,
  tanh: Math.tanh,
  sigmoid: (x) => 1 / (1 + Math.exp(-x)),
  relu: (x) => (Number.isNaN(x) ? x : Math.max(x, 0)),
  erf,
  gelu: (x) => (x / 2) * (1 + erf(x * Math.SQRT1_2)),
  sign: (x) => (x > 0 ? 1 : x < 0 ? -1 : 0),
  floor: Math.floor,
  ceil: Math.ceil,
  round: halfToEven,
};

/** Where functions turn: near 0, halves, quadrants, the ends of exp, and what is not a number. */
const CORNERS: number[] = [
  0,
  -0,
  0.5,
  -0.5,
  1.5,
  2.5,
  -2.5,
  1,
  -1,
  0.54,
  0.56,
  1.24,
  1.26,
  5.9,
  6.1,
  20,
  -20,
  87.3,
  -87,
  88.8,
  1e-6,
  -1e-6,
  1e-20,
  100.25,
  3.1415927,
  1.5707964,
  4712.389,
  100000,
  1e10,
  -1e10,
  3e38,
  Infinity,
  -Infinity,
  NaN,
].map(Math.fround);

const SHAPES: number[][] = [
  [],
  [1],
  [7],
  [3, 5],
  [2, 1, 3],
  [2, 3, 2, 2],
  [2, 1, 2, 1, 3],
  [2, 1, 2, 1, 2, 2],
  [0],
  [3, 0, 2],
];

const ARITHMETIC = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  maximum: (a, b) => (Number.isNaN(a) || Number.isNaN(b) ? NaN : Math.max(a, b)),
  minimum: (a, b) => (Number.isNaN(a) || Number.isNaN(b) ? NaN : Math.min(a, b)),
} satisfies Record<string, (a: number, b: number) => number>;

const COMPARISONS = {
  eq: (a, b) => Number(a === b),
  ne: (a, b) => Number(a !== b),
  lt: (a, b) => Number(a < b),
  le: (a, b) => Number(a <= b),
  gt: (a, b) => Number(a > b),
  ge: (a, b) => Number(a >= b),
} satisfies Record<string, (a: number, b: number) => number>;

const PAIRS: [number[], number[]][] = [
  [
    [3, 5],
    [3, 5],
  ],
  [[3, 5], [5]],
  [
    [3, 1],
    [1, 5],
  ],
  [[], [2, 3]],
  [
    [2, 1, 3, 1],
    [4, 1, 5],
  ],
  [[0], [1]],
  [
    [2, 1, 2, 1, 2, 1],
    [1, 3, 1, 2, 1, 3],
  ],
];

onEveryDevice((device) => {
  describe("maps", () => {
    for (const [name, reference] of Object.entries(MAPS)) {
      const apply = (x: Tensor): Tensor => x[name as keyof typeof MAPS]();
      test(`${name}() agrees with float64 when shapes are of rank 0 to 6 and empty`, () => {
        for (const shape of SHAPES) {
          const x = random(shape, 4, count(shape) + 1);
          expectClose(apply(put(x)), map(x, reference));
        }
      });
      test(`${name}() agrees with float64 when values are corners, NaN and infinities`, () => {
        const x = grid([CORNERS.length], CORNERS);
        // float32 overflows before float64 does.
        expectClose(
          apply(put(x)),
          map(x, (value) => Math.fround(reference(value))),
          1.3e-6,
          2e-7,
        );
      });
      test(`${name}() agrees with float64 when the input is transposed, flipped and stepped`, () => {
        const x = random([4, 6], 2, 5);
        const strided = put(x).T.flip(0).slice(1, 0, Infinity, 2);
        const expected = grid(
          [6, 2],
          Array.from({ length: 12 }, (_, i) => {
            const [row, column] = [5 - Math.floor(i / 2), (i % 2) * 2];
            return reference(x.values[column * 6 + row] as number);
          }),
        );
        expectClose(apply(strided), expected);
      });
    }
    test("sin() and cos() hold their precision when angles are large", () => {
      const x = grid([400], random([400], 1e6, 3).values);
      expectClose(put(x).sin(), map(x, Math.sin), 1.3e-6, 3e-7);
      expectClose(put(x).cos(), map(x, Math.cos), 1.3e-6, 3e-7);
    });
    test("sin() and cos() keep their relative precision when they are next to 0", () => {
      const quarter = Array.from({ length: 3000 }, (_, k) => Math.fround(((k + 1) * Math.PI) / 2));
      const x = grid([3000], quarter);
      const far = grid(
        [3000],
        quarter.map((angle) => Math.fround(-angle * 4096)),
      );
      for (const angles of [x, far]) {
        expectClose(put(angles).sin(), map(angles, Math.sin), 1.3e-6, 1e-14);
        expectClose(put(angles).cos(), map(angles, Math.cos), 1.3e-6, 1e-14);
      }
    });
    test("log() and pow() are right when values are denormal", () => {
      const x = grid([4], [1e-40, 1.5e-45, 1.1e-38, 9.9e-42].map(Math.fround));
      expectClose(put(x).log(), map(x, Math.log), 1.3e-6, 0);
      expectClose(
        put(x).pow(0.25),
        map(x, (value) => value ** 0.25),
        1.3e-6,
        0,
      );
    });
    test("log() and exp() are inverse when values span the exponents", () => {
      const x = grid([200], random([200], 80, 9).values);
      expectClose(put(x).exp().log(), x, 3e-6, 1e-6);
      expectClose(put(x).exp(), map(x, Math.exp), 1e-6, 0);
    });
    test("relu() is NaN when the input is", () => {
      expect(tensor([NaN]).relu().item()).toBeNaN();
      expect(tensor([NaN]).clamp({ min: 0 }).item()).toBeNaN();
    });
    test("isnan() tells NaN from infinities when both are there", () => {
      expect(tensor([NaN, 1, Infinity, -NaN]).isnan().toArray()).toEqual([
        true,
        false,
        false,
        true,
      ]);
      expect(
        tensor([0, 0])
          .div(tensor([0, 1]))
          .isnan()
          .toArray(),
      ).toEqual([true, false]);
    });
    test("neg() and abs() wrap when an int32 is the smallest", () => {
      const x = tensor([-2147483648, 5, -7], { dtype: "int32" });
      expect(x.neg().toArray()).toEqual([-2147483648, -5, 7]);
      expect(x.abs().toArray()).toEqual([-2147483648, 5, 7]);
      expect(x.relu().toArray()).toEqual([0, 5, 0]);
      expect(x.sign().toArray()).toEqual([-1, 1, -1]);
      expect(x.floor().dtype).toBe("int32");
    });
    test("clamp() keeps to its bounds when one or both are given", () => {
      const x = random([9], 3);
      expectClose(
        put(x).clamp({ min: -1, max: 1 }),
        map(x, (v) => Math.min(Math.max(v, -1), 1)),
      );
      expectClose(
        put(x).clamp({ max: 0 }),
        map(x, (v) => Math.min(v, 0)),
      );
      expect(() => put(x).clamp({})).toThrow("needs { min }");
    });
  });

  describe("pairs", () => {
    for (const [name, reference] of Object.entries({ ...ARITHMETIC, ...COMPARISONS })) {
      const apply = (a: Tensor, b: Tensor): Tensor => a[name as keyof typeof ARITHMETIC](b);
      test(`${name}() agrees with float64 when shapes broadcast`, () => {
        for (const [left, right] of PAIRS) {
          const a = map(random(left, 3, 2), (x) => Math.round(x * 2) / 2);
          const b = map(random(right, 3, 4), (x) => Math.round(x * 2) / 2 || 0.5);
          expectClose(apply(put(a), put(b)), zip(a, b, reference));
        }
      });
      test(`${name}() agrees with float64 when operands are NaN and infinities`, () => {
        const special = [NaN, Infinity, -Infinity, 0, 1, -2.5];
        const a = grid([6, 1], special);
        const b = grid([6], special);
        expectClose(apply(put(a), put(b)), zip(a, b, reference));
      });
    }
    test("pow() agrees with C's when bases and exponents are of every kind", () => {
      const special = [NaN, Infinity, -Infinity, 0, -0, 1, -1, 0.5, -2, 3, 2.5, -0.5, 7];
      const c = (a: number, b: number): number =>
        a === 1 || (a === -1 && Math.abs(b) === Infinity) ? 1 : a ** b;
      const a = grid([special.length, 1], special);
      const b = grid([special.length], special);
      expectClose(put(a).pow(put(b)), zip(a, b, c), 1.3e-6, 0);
    });
    test("pow() keeps float32's precision when results are large and small", () => {
      const a = map(random([300], 1, 3), (x) => Math.fround(Math.abs(x) * 40 + 1e-3));
      const b = random([300], 20, 8);
      const expected = zip(a, b, (x, y) => Math.fround(x ** y));
      const normal = map(expected, (x) => (Math.abs(x) < 1.2e-38 ? 0 : x));
      expectClose(put(a).pow(put(b)), normal, 1.3e-6, 1.2e-38);
    });
    test("pow() is exact when the exponent is 2, 3 or an int32", () => {
      const x = random([50], 5);
      expectClose(
        put(x).pow(2),
        map(x, (v) => Math.fround(v * v)),
        0,
        0,
      );
      expectClose(
        put(x).pow(3),
        map(x, (v) => v ** 3),
      );
      expectClose(
        put(x).abs().pow(0.5),
        map(x, (v) => Math.sqrt(Math.abs(v))),
      );
      const whole = tensor([3, -2, 1, 65536], { dtype: "int32" });
      expect(whole.pow(tensor([4, 3, -5, 2], { dtype: "int32" })).toArray()).toEqual([
        81, -8, 1, 0,
      ]);
      expect(() => whole.pow(-1)).toThrow("no power of -1");
    });
    test("add() and mul() wrap when int32 overflows", () => {
      const a = tensor([2147483647, -2147483648, 123456789], { dtype: "int32" });
      const b = tensor([1, -1, 987654321], { dtype: "int32" });
      expect(a.add(b).toArray()).toEqual([-2147483648, 2147483647, 1111111110]);
      expect(a.mul(b).toArray()).toEqual([
        2147483647,
        -2147483648,
        Math.imul(123456789, 987654321),
      ]);
      expect(a.sub(b).toArray()).toEqual([2147483646, -2147483647, -864197532]);
    });
    test("div() gives float32 when both are int32 or bool", () => {
      const quotient = tensor([7, -7, 1], { dtype: "int32" }).div(
        tensor([2, 2, 0], { dtype: "int32" }),
      );
      expect(quotient.dtype).toBe("float32");
      expect(quotient.toArray()).toEqual([3.5, -3.5, Infinity]);
      expect(
        tensor([true])
          .div(tensor([true]))
          .toArray(),
      ).toEqual([1]);
    });
    test("operators promote when dtypes differ, and scalars follow the tensor", () => {
      const int = tensor([1, 2], { dtype: "int32" });
      const bool = tensor([true, false]);
      expect(int.add(tensor([0.5, 0.5])).toArray()).toEqual([1.5, 2.5]);
      expect(int.add(bool).toArray()).toEqual([2, 2]);
      expect(int.add(2).dtype).toBe("int32");
      expect(int.mul(0.5).toArray()).toEqual([0.5, 1]);
      expect(bool.add(1).toArray()).toEqual([2, 1]);
      expect(bool.add(bool).toArray()).toEqual([true, false]);
      expect(bool.mul(0.5).dtype).toBe("float32");
      expect(tensor([1.5]).gt(true).toArray()).toEqual([true]);
      expect(tensor([0.1]).eq(0.1).item()).toBe(true);
      expect(maximum(2, tensor([1, 3])).toArray()).toEqual([2, 3]);
      expect(minimum(tensor([1, 3]), 2).toArray()).toEqual([1, 2]);
      expect(() => bool.sub(bool)).toThrow("bool tensors have no sub");
    });
    test("comparisons of int32 hold when numbers are beyond float32's precision", () => {
      const a = tensor([16777217, 5], { dtype: "int32" });
      const b = tensor([16777216, 5], { dtype: "int32" });
      expect(a.gt(b).toArray()).toEqual([true, false]);
      expect(a.eq(b).toArray()).toEqual([false, true]);
    });
    test("logicalAnd(), logicalOr() and logicalNot() go by not being 0 when operands are numbers", () => {
      const a = tensor([0, 1, NaN, 0]);
      const b = tensor([true, true, true, false]);
      expect(a.logicalAnd(b).toArray()).toEqual([false, true, true, false]);
      expect(a.logicalOr(b).toArray()).toEqual([true, true, true, false]);
      expect(a.logicalNot().toArray()).toEqual([true, false, false, true]);
    });
    test("add() names the operator, shapes and dims when shapes disagree", () => {
      expect(() => zeros([2, 3]).add(zeros([4]))).toThrow(
        "add: shapes [2, 3] and [4] disagree: dim 1 of the first is 3, dim 0 of the second is 4",
      );
    });
    test("add() says what it takes when the operand is no number", () => {
      expect(() => zeros([1]).add("1" as unknown as number)).toThrow("operand must be a tensor");
      expect(() => zeros([1]).add(undefined as unknown as number)).toThrow("got undefined");
    });
  });

  test("where() picks by broadcast condition when a branch is NaN", () => {
    const x = tensor([
      [1, NaN],
      [NaN, 4],
    ]);
    expect(where(x.isnan(), 0, x).toArray()).toEqual([
      [1, 0],
      [0, 4],
    ]);
    expect(where(tensor([true, false]), tensor([[1], [2]]), -1).toArray()).toEqual([
      [1, -1],
      [2, -1],
    ]);
    expect(where(tensor([1, 0]), tensor([1, 2], { dtype: "int32" }), 5).dtype).toBe("int32");
  });

  test("to() cuts, saturates and tells truth when dtypes change", () => {
    const x = tensor([2.9, -2.9, 3e9, -3e9, NaN, 0, Infinity]);
    expect(x.to("int32").toArray()).toEqual([2, -2, 2147483647, -2147483648, 0, 0, 2147483647]);
    expect(x.to("bool").toArray()).toEqual([true, true, true, true, true, false, true]);
    expect(tensor([true, false]).to("float32").toArray()).toEqual([1, 0]);
    expect(tensor([16777217], { dtype: "int32" }).to("float32").item()).toBe(16777216);
    expect(() => x.to("float8" as "float32")).toThrow("to: dtype must be one of");
  });

  test("integers agree when numbers are random", () => {
    const a = integers([5, 7], -1000, 1000, 3);
    const b = integers([7], -1000, 1000, 4);
    const wrap = (f: (x: number, y: number) => number): Grid => zip(a, b, f);
    expectClose(put(a, "int32").mul(put(b, "int32")), wrap(Math.imul), 0, 0);
    expectClose(put(a, "int32").maximum(put(b, "int32")), wrap(Math.max), 0, 0);
    expectClose(
      put(a, "int32").le(put(b, "int32")),
      wrap((x, y) => Number(x <= y)),
      0,
      0,
    );
    expect(put(a, "int32").device).toBe(device);
  });
});
