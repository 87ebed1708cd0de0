/** Every layout of every program computes the same, whichever kind of adapter it is for. */

import { expect, setDefaultTimeout, test } from "bun:test";
import fc from "fast-check";
import { CpuDevice } from "../../src/tensor/cpu/device.ts";
import type { Operand } from "../../src/tensor/device.ts";
import {
  binaryExpr,
  foldedExpr,
  type Expr,
  indexExpr,
  inputExpr,
  type Matmul,
  type Program,
  type Reducer,
} from "../../src/tensor/expr.ts";
import { contiguousStrides, product } from "../../src/tensor/shape.ts";
import { WebgpuDevice } from "../../src/tensor/webgpu/device.ts";
import { variantOf } from "../../src/tensor/webgpu/matmul.ts";
import { TUNINGS, tuningFor, type Tuning } from "../../src/tensor/webgpu/tuning.ts";
import { onSoftware, webgpuOptions } from "./devices.ts";

// A software adapter on a busy machine is slow, above all to compile tiles.
setDefaultTimeout(120_000);

type Way = Omit<Operand, "storage"> & { length: number };

/** The values of an operand of `length` elements, small enough for sums without rounding. */
function valuesOf(length: number, seed: number): Float32Array {
  return Float32Array.from({ length }, (_, i) => ((i * 7 + seed * 3) % 11) - 5);
}

/** What a device leaves in an output that held 9 everywhere. */
function run(
  device: CpuDevice | WebgpuDevice,
  program: Program,
  inputs: Way[],
  output: Way,
): Float32Array {
  const storages = inputs.map(({ length }, i) => device.upload("float32", valuesOf(length, i)));
  const target = device.upload("float32", new Float32Array(output.length).fill(9));
  device.run(
    program,
    inputs.map((one, i) => ({ ...one, storage: storages[i] as Operand["storage"] })),
    { ...output, storage: target },
  );
  const values = device.read(target, 0, output.length) as Float32Array;
  for (const storage of [...storages, target]) device.release(storage);
  return values;
}

const cpu = new CpuDevice({ threads: 1 });
const ways = { contiguous: 0, turned: 1, shifted: 2, repeated: 3, padded: 4, flipped: 5 } as const;
type WayName = keyof typeof ways;

/** A way through some storage, over `shape`. */
function wayOf(name: WayName, shape: readonly number[]): Way {
  const strides = contiguousStrides(shape);
  const length = product(shape);
  const last = shape.length - 1;
  switch (name) {
    case "contiguous":
      return { strides, offset: 0, length };
    case "turned": {
      const order = [...shape.slice(0, -2), shape[last] ?? 1, shape[last - 1] ?? 1];
      const turned = contiguousStrides(order);
      const swapped = [...turned.slice(0, -2), turned[last] ?? 1, turned[last - 1] ?? 1];
      return shape.length < 2
        ? { strides, offset: 0, length }
        : { strides: swapped, offset: 0, length };
    }
    case "shifted":
      return { strides, offset: 3, length: length + 3 };
    case "repeated":
      return { strides: strides.with(0, 0), offset: 4, length: length + 4 };
    case "padded": {
      const wide = [...shape.slice(0, -1), Math.ceil((shape[last] ?? 1) / 4) * 4 + 4];
      return { strides: contiguousStrides(wide), offset: 4, length: product(wide) + 4 };
    }
    case "flipped":
      return {
        strides: strides.with(last, -1),
        offset: Math.max(0, (shape[last] ?? 1) - 1),
        length,
      };
  }
}

const way = fc.constantFrom(...(Object.keys(ways) as WayName[]));
const size = fc.constantFrom(1, 2, 3, 4, 5, 8, 12, 17);
const shape = fc.array(size, { minLength: 1, maxLength: 3 });

onSoftware("layouts", () => {
  const tunings: [string, Tuning][] = Object.entries(TUNINGS);
  for (const [name, tuning] of tunings) {
    const device = (over: Partial<Tuning>): WebgpuDevice =>
      new WebgpuDevice(
        "software",
        { ...webgpuOptions(), tuning: { ...tuning, lanesFrom: 0, productsFrom: 0, ...over } },
        100_000,
      );
    const lanes = device({});

    test(`elementwise programs of ${name} agree with the cpu when ways differ`, () => {
      const sum = (a: Expr): Expr => binaryExpr("add", a, inputExpr(1, "float32"));
      fc.assert(
        fc.property(shape, way, way, way, fc.boolean(), (sizes, a, b, out, indexed) => {
          const x = inputExpr(0, "float32");
          const place: Expr = { op: "cast", dtype: "float32", a: indexExpr(sizes.length - 1) };
          const expr = sum(indexed ? binaryExpr("mul", x, place) : x);
          const program: Program = { kind: "elementwise", expr, shape: sizes, params: [] };
          const inputs = [wayOf(a, sizes), wayOf(b, sizes)];
          const output = wayOf(out === "repeated" ? "shifted" : out, sizes);
          expect(run(lanes, program, inputs, output)).toEqual(run(cpu, program, inputs, output));
        }),
        { numRuns: 25, seed: 5 },
      );
    });

    test(`reductions of ${name} agree with the cpu when ways differ`, () => {
      const reducer = fc.constantFrom<Reducer>("sum", "max", "min");
      fc.assert(
        fc.property(shape, way, way, fc.nat(3), reducer, (sizes, a, b, at, how) => {
          const kept = Math.min(at, sizes.length);
          const expr = binaryExpr("add", inputExpr(0, "float32"), inputExpr(1, "float32"));
          const program: Program = {
            kind: "reduce",
            reducer: how,
            expr,
            shape: sizes,
            kept,
            params: [],
          };
          const left = sizes.slice(0, kept);
          const output = {
            strides: contiguousStrides(left),
            offset: 0,
            length: product(left),
          };
          const inputs = [wayOf(a, sizes), wayOf(b, sizes)];
          expect(run(lanes, program, inputs, output)).toEqual(run(cpu, program, inputs, output));
        }),
        { numRuns: 25, seed: 6 },
      );
    });

    test(`rows of ${name} agree with the cpu when ways differ`, () => {
      const long = fc.constantFrom([3, 260], [5, 64, 4], [2, 131], [300]);
      fc.assert(
        fc.property(
          fc.oneof(shape, long),
          way,
          way,
          fc.nat(2),
          fc.boolean(),
          (sizes, a, b, at, each) => {
            const kept = Math.min(at, sizes.length - 1);
            const x = inputExpr(0, "float32");
            const most = foldedExpr(0, "float32");
            const away = binaryExpr("sub", x, most);
            const program: Program = {
              kind: "rows",
              folds: [
                { reducer: "max", expr: x },
                { expr: binaryExpr("add", most, most) },
                { reducer: "sum", expr: binaryExpr("mul", away, foldedExpr(1, "float32")) },
              ],
              expr: each
                ? binaryExpr("add", x, foldedExpr(2, "float32"))
                : foldedExpr(2, "float32"),
              each,
              shape: sizes,
              kept,
              params: [],
            };
            const output = each
              ? wayOf(b === "repeated" ? "shifted" : b, sizes)
              : wayOf("contiguous", sizes.slice(0, kept));
            const inputs = [wayOf(a, sizes)];
            expect(run(lanes, program, inputs, output)).toEqual(run(cpu, program, inputs, output));
          },
        ),
        { numRuns: 15, seed: 9 },
      );
    });

    test(`long reductions of ${name} agree with the cpu when they are shared out`, () => {
      for (const [sizes, kept] of [
        [[20_000], 0],
        [[3, 5003], 1],
        [[5000, 8], 0],
        [[8, 4096], 1],
      ] as const) {
        for (const turned of [false, true]) {
          const [rows = 1, columns = 1] = sizes;
          const strides = turned && sizes.length === 2 ? [1, rows] : [...contiguousStrides(sizes)];
          const input = { strides, offset: 0, length: rows * columns };
          const program: Program = {
            kind: "reduce",
            reducer: "sum",
            expr: inputExpr(0, "float32"),
            shape: sizes,
            kept,
            params: [],
          };
          const output = {
            strides: kept === 0 ? [] : [1],
            offset: 0,
            length: kept === 0 ? 1 : rows,
          };
          expect(run(lanes, program, [input], output)).toEqual(run(cpu, program, [input], output));
        }
      }
    });

    test(`products of ${name} agree with the cpu when sizes are odd and ways differ`, () => {
      const cases: [m: number, n: number, k: number, a: WayName, b: WayName, batch: number[]][] = [
        [70, 33, 19, "flipped", "shifted", []],
        [33, 66, 20, "turned", "turned", [2, 1]],
        [1, 2048, 12, "contiguous", "contiguous", []],
        // So many that tiles are 128 wide.
        [32, 32, 20, "contiguous", "contiguous", [128]],
      ];
      for (const [m, n, k, a, b, batch] of cases) {
        const program: Matmul = { kind: "matmul", dtype: "float32", batch, m, n, k };
        const inputs = [wayOf(a, [...batch, m, k]), wayOf(b, [...batch, k, n])];
        const results = [...batch, m, n];
        const output = { strides: contiguousStrides(results), offset: 0, length: product(results) };
        expect(run(lanes, program, inputs, output)).toEqual(run(cpu, program, inputs, output));
      }
    });
  }

  test("a repeated operand is multiplied with every matrix of the other", () => {
    const device = new WebgpuDevice(
      "software",
      { ...webgpuOptions(), tuning: { ...TUNINGS.quads, lanesFrom: 0, productsFrom: 0 } },
      100_000,
    );
    for (const k of [8, 7]) {
      const program: Matmul = { kind: "matmul", dtype: "float32", batch: [3], m: 33, n: 36, k };
      const inputs = [
        { strides: [0, k, 1], offset: 0, length: 33 * k },
        wayOf("contiguous", [3, k, 36]),
      ];
      const output = wayOf("contiguous", [3, 33, 36]);
      expect(run(device, program, inputs, output)).toEqual(run(cpu, program, inputs, output));
    }
  });

  test("nothing that is not a number leaks in from beyond k", () => {
    const device = new WebgpuDevice(
      "software",
      { ...webgpuOptions(), tuning: { ...TUNINGS.quads, lanesFrom: 0, productsFrom: 0 } },
      100_000,
    );
    // What lies past each row of 5 is NaN, and may be read as a part of a four.
    const a = device.upload(
      "float32",
      Float32Array.from({ length: 16 * 8 }, (_, i) => (i % 8 < 5 ? 1 : NaN)),
    );
    const b = device.upload(
      "float32",
      Float32Array.from({ length: 8 * 16 }, (_, i) => (i < 80 ? 1 : NaN)),
    );
    const out = device.allocate("float32", 256);
    device.run(
      { kind: "matmul", dtype: "float32", batch: [], m: 16, n: 16, k: 5 },
      [
        { storage: a, strides: [8, 1], offset: 0 },
        { storage: b, strides: [16, 1], offset: 0 },
      ],
      { storage: out, strides: [16, 1], offset: 0 },
    );
    expect(device.read(out, 0, 256)).toEqual(new Float32Array(256).fill(5));
  });
});

test("tuningFor() chooses by kind of adapter and size of its subgroups", () => {
  const adapter = {
    vendor: "",
    architecture: "",
    description: "",
    isFallback: true,
    features: ["subgroups"],
    subgroupMinSize: 4,
    subgroupMaxSize: 4,
    limits: {},
  };
  expect(tuningFor(adapter)).toBe(TUNINGS.quads);
  expect(tuningFor({ ...adapter, subgroupMaxSize: 8 })).toBe(TUNINGS.software);
  expect(tuningFor({ ...adapter, features: [] })).toBe(TUNINGS.software);
  expect(tuningFor({ ...adapter, isFallback: false })).toBe(TUNINGS.hardware);
});

test("variantOf() leaves code that takes long to compile to products that are worth it", () => {
  const program: Matmul = { kind: "matmul", dtype: "float32", batch: [], m: 64, n: 64, k: 64 };
  expect(variantOf(program, 64 ** 3, TUNINGS.quads)).toBe("small");
  expect(variantOf(program, 2 ** 24, TUNINGS.quads)).toBe("registers");
  expect(variantOf(program, 64 ** 3, TUNINGS.hardware)).toBe("tiles");
  expect(variantOf({ ...program, m: 1 }, 64 ** 3, TUNINGS.hardware)).toBe("registers");
  expect(variantOf({ ...program, m: 1, n: 4 }, 256, TUNINGS.hardware)).toBe("small");
});
