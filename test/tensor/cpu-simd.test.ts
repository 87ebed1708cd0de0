import { describe, expect, test } from "bun:test";
import { compileProgram } from "../../src/tensor/cpu/codegen.ts";
import { CpuDevice } from "../../src/tensor/cpu/device.ts";
import { matmul } from "../../src/tensor/cpu/matmul.ts";
import type { Operand } from "../../src/tensor/device.ts";
import { type DType, hostArray, isFloat, type NumberArray } from "../../src/tensor/dtype.ts";
import {
  type BinaryOp,
  binaryExpr,
  castExpr,
  constExpr,
  type Expr,
  foldedExpr,
  indexExpr,
  inputExpr,
  paramExpr,
  type Program,
  type Reducer,
  type Rows,
  rowsOf,
  unaryExpr,
  type UnaryOp,
  whereExpr,
} from "../../src/tensor/expr.ts";
import { contiguousStrides, product } from "../../src/tensor/shape.ts";

const device = new CpuDevice();

/** What the vectors of this device hold. */
type TypedArray = Exclude<NumberArray, Float16Array>;

interface Input {
  values: TypedArray;
  strides: readonly number[];
  offset?: number;
}

const CORNERS = [
  0,
  -0,
  0.5,
  -0.5,
  1.5,
  2.5,
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
  -103.5,
  1e-6,
  -1e-6,
  1e-20,
  1e-40,
  100.25,
  4712.389,
  1e10,
  -1e10,
  3e38,
  -3e38,
  Infinity,
  -Infinity,
  NaN,
  2 ** 31,
  -(2 ** 31),
  1e-45,
];

/** Numbers of a kind, which begin with where functions turn. */
function numbers(dtype: DType, length: number, seed: number): TypedArray {
  const values = hostArray(dtype, length) as TypedArray;
  let state = seed * 2654435761;
  for (let i = 0; i < length; i++) {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0;
    const unit = state / 2 ** 32 - 0.5;
    const corner = CORNERS[(i + seed) % 97];
    if (isFloat(dtype)) values[i] = corner ?? unit * 12;
    else values[i] = dtype === "bool" ? state >>> 31 : corner === undefined ? unit * 64 : state;
  }
  return values;
}

function operands(inputs: readonly Input[], dtypes: readonly DType[]): Operand[] {
  return inputs.map(({ values, strides, offset = 0 }, i) => ({
    storage: device.upload(dtypes[i] ?? "float32", values),
    strides,
    offset,
  }));
}

function dtypeOf(values: TypedArray): DType {
  if (values instanceof Float32Array) return "float32";
  return values instanceof Int32Array ? "int32" : "bool";
}

function same(
  actual: TypedArray,
  expected: TypedArray,
  tolerance: { rtol: number; atol: number } = { rtol: 1.3e-6, atol: 1e-5 },
): void {
  expect(actual.length).toBe(expected.length);
  for (let i = 0; i < actual.length; i++) {
    const a = actual[i] as number;
    const b = expected[i] as number;
    if (a === b || (Number.isNaN(a) && Number.isNaN(b))) continue;
    const near = Math.abs(a - b) <= tolerance.atol + tolerance.rtol * Math.abs(b);
    if (!near) throw new Error(`element ${i} of ${actual.length}: expected ${b}, got ${a}`);
  }
}

/** Runs a program on the device, and holds it against the JavaScript of the same program. */
function check(
  expr: Expr,
  shape: readonly number[],
  inputs: readonly Input[],
  options: {
    params?: readonly number[];
    reduction?: { reducer: Reducer; kept: number; epilogue?: Expr };
    rows?: Pick<Rows, "folds" | "kept" | "each">;
    out?: { strides: readonly number[]; offset: number; length: number };
    tolerance?: { rtol: number; atol: number };
  } = {},
): void {
  const { params = [], reduction } = options;
  const kept = options.rows?.each === true ? undefined : (options.rows ?? reduction)?.kept;
  const written = shape.slice(0, kept);
  const layout = options.out ?? {
    strides: contiguousStrides(written),
    offset: 0,
    length: product(written),
  };
  const { dtype } = reduction?.epilogue ?? expr;
  const before = numbers(dtype, layout.length, 5);
  const storage = device.upload(dtype, before);
  const output = { storage, strides: layout.strides, offset: layout.offset };
  const ins = operands(
    inputs,
    inputs.map(({ values }) => dtypeOf(values)),
  );
  const program: Program =
    options.rows !== undefined
      ? { kind: "rows", expr, shape, params, ...options.rows }
      : reduction === undefined
        ? { kind: "elementwise", expr, shape, params }
        : { kind: "reduce", expr, shape, params, ...reduction };
  device.run(program, ins, output);
  const rows = program.kind === "reduce" || program.kind === "rows" ? rowsOf(program) : undefined;
  compileProgram(rows?.expr ?? expr, shape.length, inputs.length, rows)(
    inputs.map(({ values }) => values),
    before,
    shape,
    [...inputs.map(({ offset = 0 }) => offset), layout.offset],
    [...inputs.map(({ strides }) => strides), layout.strides],
    params,
  );
  same(device.read(storage, 0, layout.length) as TypedArray, before, options.tolerance);
}

function flat(dtype: DType, length: number, seed = 1): Input {
  return { values: numbers(dtype, length, seed), strides: [1] };
}

const N = 20_011;
const x = inputExpr(0, "float32");
const y = inputExpr(1, "float32");

describe("rows in SIMD", () => {
  const f0 = foldedExpr(0, "float32");
  const f1 = foldedExpr(1, "float32");
  const weight = unaryExpr("exp", binaryExpr("sub", x, f0));
  const folds = [
    { reducer: "max", expr: x },
    { reducer: "sum", expr: weight },
  ] as const;
  const share = binaryExpr("div", weight, f1);
  const tolerance = { rtol: 1e-5, atol: 1e-6 };
  // NaN and infinities in a row make all of it NaN, so most rows are finite.
  const finite = (length: number): Input => ({
    values: Float32Array.from({ length }, (_, i) => Math.sin(i * 1.7) * 8),
    strides: [],
  });
  for (const [rows, columns] of [
    [200, 131],
    [3, 9000],
    [4000, 9],
  ] as const) {
    test(`a softmax of [${rows}, ${columns}] equals JavaScript's along either dim`, () => {
      const input = finite(rows * columns);
      const across = [{ ...input, strides: [columns, 1] }];
      const down = [{ ...input, strides: [1, columns] }];
      const out = { strides: [1, columns], offset: 0, length: rows * columns };
      const each = { folds, kept: 1, each: true };
      check(share, [rows, columns], across, { rows: each, tolerance });
      check(share, [columns, rows], down, { rows: each, out, tolerance });
      check(binaryExpr("lt", x, f0), [columns, rows], down, { rows: each, out });
      const waiting = binaryExpr("div", { op: "element", dtype: "float32" }, f1);
      check(waiting, [rows, columns], across, { rows: each, tolerance });
      check(waiting, [columns, rows], down, { rows: each, out, tolerance });
      const once = { folds, kept: 1, each: false };
      const total = binaryExpr("add", unaryExpr("log", f1), f0);
      check(total, [rows, columns], across, { rows: once, tolerance });
      check(total, [columns, rows], down, { rows: once, tolerance });
    });
  }
  test("an epilogue reads what its rows read, and may have another dtype", () => {
    const inputs = [flat("float32", N), { ...flat("float32", 100, 3), strides: [1, 0] }];
    const [a, b] = inputs as [Input, Input];
    const at = [{ ...a, strides: [200, 1] }, b];
    for (const epilogue of [binaryExpr("mul", f0, y), binaryExpr("lt", f0, y)]) {
      check(x, [100, 200], at, { reduction: { reducer: "max", kept: 1, epilogue } });
    }
    const long = { reducer: "sum", kept: 0, epilogue: binaryExpr("mul", f0, f0) } as const;
    check(x, [90_000], [{ ...finite(90_000), strides: [1] }], { reduction: long, tolerance });
  });
});

describe("elementwise in SIMD", () => {
  const unary: UnaryOp[] = ["neg", "abs", "exp", "log", "sqrt", "tanh", "erf", "floor", "ceil"];
  for (const op of [...unary, "round", "isnan", "sin", "cos"] as const) {
    test(`${op} equals JavaScript's when floats are large, small and not numbers`, () => {
      // JavaScript's round keeps no sign of zero, and neither is compared.
      check(unaryExpr(op, x), [N], [flat("float32", N)]);
    });
  }
  const binary: BinaryOp[] = ["add", "sub", "mul", "div", "maximum", "minimum", "eq", "lt", "le"];
  for (const op of binary) {
    test(`${op} equals JavaScript's when operands are floats`, () => {
      check(binaryExpr(op, x, y), [N], [flat("float32", N), flat("float32", N, 38)], {
        tolerance: { rtol: 3e-7, atol: 0 },
      });
      const scalar = binaryExpr(op, x, paramExpr(0, "float32"));
      for (const value of [1.5, -0, Infinity, NaN]) {
        check(scalar, [N], [flat("float32", N)], { params: [value] });
      }
      check(binaryExpr(op, constExpr(NaN, "float32"), x), [N], [flat("float32", N)]);
    });
    if (op === "div") continue;
    test(`${op} wraps as JavaScript's when operands are integers`, () => {
      const expr = binaryExpr(op, inputExpr(0, "int32"), inputExpr(1, "int32"));
      check(expr, [N], [flat("int32", N), flat("int32", N, 7)]);
    });
  }
  test("where, casts and truth values equal JavaScript's", () => {
    const bool = inputExpr(0, "bool");
    const other = inputExpr(1, "bool");
    const ins = [flat("bool", N), flat("bool", N, 9)];
    for (const op of ["and", "or", "eq", "lt", "le"] as const) {
      check(binaryExpr(op, bool, other), [N], ins);
    }
    check(unaryExpr("not", bool), [N], ins.slice(0, 1));
    check(castExpr(bool, "float32"), [N], ins.slice(0, 1));
    check(castExpr(bool, "int32"), [N], ins.slice(0, 1));
    check(whereExpr(other, bool, unaryExpr("not", bool)), [N], ins);
    check(castExpr(x, "int32"), [N], [flat("float32", N)]);
    check(castExpr(x, "bool"), [N], [flat("float32", N)]);
    check(castExpr(inputExpr(0, "int32"), "float32"), [N], [flat("int32", N)]);
    check(
      whereExpr(binaryExpr("lt", x, y), x, y),
      [N],
      [flat("float32", N), flat("float32", N, 3)],
    );
    check(whereExpr(paramExpr(0, "bool"), x, constExpr(2, "float32")), [N], [flat("float32", N)], {
      params: [1],
    });
    for (const op of ["neg", "abs"] as const) {
      check(unaryExpr(op, inputExpr(0, "int32")), [N], [flat("int32", N)]);
    }
  });
  test("inputs may be broadcast, turned, reversed and stepped", () => {
    const values = numbers("float32", 300 * 301, 2);
    const sum = binaryExpr("add", x, y);
    const shape = [150, 201];
    const walks = [
      [301, 1],
      [1, 300],
      [0, 1],
      [1, 0],
      [0, 0],
      [602, 1],
      [0, 2],
    ];
    for (const a of walks) {
      for (const b of walks) {
        check(sum, shape, [
          { values, strides: a, offset: 3 },
          { values, strides: b, offset: 1 },
        ]);
      }
    }
    check(sum, shape, [
      { values, strides: [-301, -1], offset: 300 * 301 - 1 },
      { values: numbers("float32", 7, 1), strides: [0, 0], offset: 6 },
    ]);
    const truths = {
      values: numbers("bool", 300 * 301, 4),
      strides: [-1, -300],
      offset: 300 * 301 - 1,
    };
    check(whereExpr(inputExpr(1, "bool"), x, constExpr(0, "float32")), shape, [
      { values, strides: [0, 1] },
      truths,
    ]);
  });
  test("only the view is written when the output is one", () => {
    const values = numbers("float32", 60_000, 2);
    for (const columns of [8, 9, 10, 11, 63]) {
      const rows = Math.ceil(18_000 / columns);
      const out = { strides: [columns + 5, 1], offset: 3, length: rows * (columns + 5) + 3 };
      check(unaryExpr("neg", x), [rows, columns], [{ values, strides: [columns, 1] }], { out });
      check(castExpr(x, "bool"), [rows, columns], [{ values, strides: [columns, 1] }], { out });
    }
  });
  test("indices are those of the program's dims", () => {
    const expr = binaryExpr(
      "add",
      binaryExpr("mul", indexExpr(0), constExpr(1000, "int32")),
      binaryExpr("add", indexExpr(2), binaryExpr("mul", indexExpr(1), constExpr(7, "int32"))),
    );
    check(expr, [11, 40, 61], []);
    check(indexExpr(0), [N], []);
  });
  test("results are the same when two threads share the work", () => {
    const length = 1_000_017;
    const expr = unaryExpr("tanh", binaryExpr("mul", x, y));
    for (let i = 0; i < 6; i++)
      check(expr, [length], [flat("float32", length), flat("float32", length, i)]);
  });
});

describe("reductions in SIMD", () => {
  for (const reducer of ["sum", "prod", "max", "min"] as const) {
    test(`${reducer} equals JavaScript's along either side`, () => {
      for (const [rows, columns] of [
        [170, 123],
        [2, 40_001],
        [9000, 9],
        [37, 1024],
      ] as const) {
        const values = numbers("float32", rows * columns, 1).map((v) =>
          Math.abs(v) < 10 && Math.abs(v) > 1e-3 ? (reducer === "prod" ? 1 + v / 1e4 : v) : 1,
        );
        const across = { values, strides: [columns, 1] };
        const turned = { values, strides: [1, columns] };
        const tolerance = { rtol: 2e-6, atol: 2e-5 };
        check(x, [rows, columns], [across], { reduction: { reducer, kept: 1 }, tolerance });
        check(x, [columns, rows], [turned], { reduction: { reducer, kept: 1 }, tolerance });
        check(x, [rows, columns], [across], { reduction: { reducer, kept: 0 }, tolerance });
        const whole = numbers("int32", rows * columns, 3);
        for (const strides of [[columns, 1]]) {
          const input = inputExpr(0, "int32");
          check(input, [rows, columns], [{ values: whole, strides }], {
            reduction: { reducer, kept: 1 },
          });
          check(input, [columns, rows], [{ values: whole, strides: [1, columns] }], {
            reduction: { reducer, kept: 1 },
          });
          check(input, [rows, columns], [{ values: whole, strides }], {
            reduction: { reducer, kept: 0 },
          });
        }
      }
    });
  }
  test("NaN wins over every number, wherever it stands", () => {
    for (const at of [0, 3, 8191, 19_999, 20_000]) {
      const values = new Float32Array(20_001).fill(2);
      values[at] = NaN;
      for (const reducer of ["sum", "max", "min"] as const) {
        check(x, [20_001], [{ values, strides: [1] }], { reduction: { reducer, kept: 0 } });
      }
    }
  });
  test("NaN stays in its column when columns are folded downwards", () => {
    const values = numbers("float32", 300 * 101, 6);
    for (const reducer of ["max", "min"] as const) {
      const reduction = { reducer, kept: 1 };
      check(x, [101, 300], [{ values, strides: [1, 101] }], { reduction });
      check(x, [300, 101], [{ values, strides: [101, 1] }], { reduction });
    }
  });
  test("expressions are folded as they are computed, with indices too", () => {
    const [rows, columns] = [64, 513];
    const values = numbers("float32", rows * columns, 8).map((v) => (Math.abs(v) < 10 ? v : 1));
    const peak = {
      values: numbers("float32", rows, 2).map((v) => (Math.abs(v) < 10 ? v : 1)),
      strides: [1, 0],
    };
    const wide = { values, strides: [columns, 1] };
    const shifted = unaryExpr("exp", binaryExpr("sub", x, y));
    check(shifted, [rows, columns], [wide, peak], { reduction: { reducer: "sum", kept: 1 } });
    const place = whereExpr(
      binaryExpr("lt", x, constExpr(0, "float32")),
      indexExpr(1),
      constExpr(2 ** 31 - 1, "int32"),
    );
    check(place, [rows, columns], [wide], { reduction: { reducer: "min", kept: 1 } });
    check(place, [columns, rows], [{ values, strides: [1, columns] }], {
      reduction: { reducer: "min", kept: 1 },
    });
  });
  test("long sums are shared by two threads and stay exact", () => {
    const length = 4_000_037;
    const values = numbers("float32", length, 8).map((v) => (Math.abs(v) < 10 ? v + 3 : 1));
    for (let i = 0; i < 5; i++) {
      check(x, [length], [{ values, strides: [1] }], {
        reduction: { reducer: "sum", kept: 0 },
        tolerance: { rtol: 2e-7, atol: 0 },
      });
      check(x, [5, 800_000], [{ values, strides: [800_000, 1] }], {
        reduction: { reducer: "max", kept: 1 },
      });
    }
  });
});

describe("matrix products in SIMD", () => {
  const sizes = [
    [1, 300, 300],
    [7, 8, 4096],
    [64, 64, 64],
    [100, 37, 129],
    [113, 121, 300],
    [300, 1, 300],
    [131, 257, 65],
  ] as const;
  for (const dtype of ["float32", "float64", "int32", "uint32"] as const) {
    test(`matmul equals JavaScript's for ${dtype} of odd sizes, strides and batches`, () => {
      for (const [m, n, k] of sizes) {
        for (const batch of [[], [3], [2, 2]]) {
          const count = product(batch);
          const a = numbers(dtype, count * m * k, 1).map((v) =>
            isFloat(dtype) ? (Math.abs(v) < 10 ? v / 6 : 1) : v,
          );
          const b = numbers(dtype, k * n + 5, 2).map((v) =>
            isFloat(dtype) ? (Math.abs(v) < 10 ? v / 6 : 1) : v,
          );
          const zeros = batch.map(() => 0);
          const ins: Input[] = [
            {
              values: a,
              strides: [
                ...contiguousStrides([...batch, 1])
                  .slice(0, -1)
                  .map((s) => s * m * k),
                1,
                m,
              ],
            },
            { values: b, strides: [...zeros, n, 1], offset: 5 },
          ];
          const out = device.allocate(dtype, count * m * n);
          const program = { kind: "matmul", dtype, batch, m, n, k } as const;
          const output = { storage: out, strides: contiguousStrides([...batch, m, n]), offset: 0 };
          const ops = operands(ins, [dtype, dtype]);
          device.run(program, ops, output);
          const expected = hostArray(dtype, count * m * n) as TypedArray;
          matmul(
            program,
            ops,
            ins.map(({ values }) => values),
            output,
            expected,
          );
          const tolerance = dtype === "float64" ? { rtol: 1e-12, atol: 1e-11 } : undefined;
          same(device.read(out, 0, count * m * n) as TypedArray, expected, tolerance);
        }
      }
    });
  }
});
