/** What each dtype holds, how dtypes mix, and which device has them. */

import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import {
  castValue,
  type DType,
  dtypeOfArray,
  finfo,
  hostArray,
  iinfo,
  isFloat,
  promote,
  scalarDType,
} from "../../src/tensor/dtype.ts";
import { setLazy } from "../../src/tensor/graph.ts";
import {
  arange,
  cat,
  type FloatDType,
  full,
  manualSeed,
  mseLoss,
  ones,
  optim,
  rand,
  randint,
  randn,
  type Tensor,
  tensor,
  zeros,
} from "../../src/tensor/index.ts";
import { onEveryDevice, onSoftware, use } from "./devices.ts";

const DTYPES: readonly DType[] = [
  "bool",
  "uint32",
  "int32",
  "int64",
  "float16",
  "float32",
  "float64",
];

describe("dtype.ts", () => {
  test("promote() is symmetric and takes the later dtype, or int64 for uint32 with int32", () => {
    DTYPES.forEach((a, i) =>
      DTYPES.forEach((b, j) => {
        const mixed = a !== b && a.endsWith("int32") && b.endsWith("int32");
        expect(promote(a, b)).toBe(mixed ? "int64" : (DTYPES[Math.max(i, j)] as DType));
      }),
    );
  });
  test("scalarDType() widens a tensor only for fractions, and bools", () => {
    const found = (value: number | boolean | bigint): DType[] =>
      DTYPES.map((dtype) => scalarDType(value, dtype));
    const floats: DType[] = ["float16", "float32", "float64"];
    expect(found(true)).toEqual([...DTYPES]);
    expect(found(2)).toEqual(["int32", "uint32", "int32", "int64", ...floats]);
    expect(found(2n)).toEqual(["int64", "uint32", "int32", "int64", ...floats]);
    expect(found(0.5)).toEqual(["float32", "float32", "float32", "float32", ...floats]);
  });
  test("castValue() cuts and saturates numbers, and wraps bigints", () => {
    const far = [1.9, -1.9, 3e9, -3e9, 5e9, 1e20, -1e20, NaN, -0, Infinity];
    const cast = (dtype: DType): unknown[] => far.map((value) => castValue(value, dtype));
    expect(cast("int32")).toEqual([
      1, -1, 2147483647, -2147483648, 2147483647, 2147483647, -2147483648, 0, 0, 2147483647,
    ]);
    expect(cast("uint32")).toEqual([1, 0, 3e9, 0, 4294967295, 4294967295, 0, 0, 0, 4294967295]);
    const [least, most] = [-(2n ** 63n), 2n ** 63n - 1n];
    expect(cast("int64")).toEqual([
      1n,
      -1n,
      3000000000n,
      -3000000000n,
      5000000000n,
      most,
      least,
      0n,
      0n,
      most,
    ]);
    expect(castValue(2n ** 32n + 5n, "int32")).toBe(5);
    expect(castValue(-1n, "uint32")).toBe(4294967295);
    expect(castValue(2n ** 63n, "int64")).toBe(least);
    expect(castValue(65520, "float16")).toBe(Infinity);
    expect(castValue(0.1, "float16")).toBe(0.0999755859375);
  });
  test("finfo() and iinfo() agree with the host's arrays", () => {
    for (const dtype of ["float16", "float32", "float64"] as const) {
      const { bits, eps, max, min, smallestNormal } = finfo(dtype);
      const held = (value: number): unknown => castValue(value, dtype);
      expect(hostArray(dtype, 1).byteLength * 8).toBe(bits);
      expect([held(1 + eps), held(1 + eps / 2)]).toEqual([1 + eps, 1]);
      expect([held(max), held(min), held(smallestNormal)]).toEqual([max, min, smallestNormal]);
      expect(held(max * (1 + eps))).toBe(Infinity);
    }
    for (const dtype of ["uint32", "int32", "int64"] as const) {
      const { bits, min, max } = iinfo(dtype);
      expect(hostArray(dtype, 1).byteLength * 8).toBe(bits);
      expect([castValue(-1e30, dtype), castValue(1e30, dtype)]).toEqual([min, max]);
    }
    expect(() => finfo("int32")).toThrow("finfo: needs float16, float32 or float64, got int32");
    expect(() => iinfo("bool")).toThrow("iinfo: needs uint32, int32 or int64, got bool");
  });
  test("dtypeOfArray() knows the arrays of every dtype", () => {
    for (const dtype of DTYPES.slice(1)) expect(dtypeOfArray(hostArray(dtype, 2))).toBe(dtype);
    expect(dtypeOfArray(new Uint8Array(1))).toBe("int32");
  });
});

describe("int64", () => {
  beforeAll(() => use("cpu"));
  const large = 2n ** 53n + 1n;

  test("arithmetic is exact beyond 2⁵³ and wraps at 64 bits", () => {
    const x = tensor([large, 2n ** 62n, -(2n ** 63n)]);
    expect(x.dtype).toBe("int64");
    expect(x.add(x).toArray()).toEqual([2n * large, -(2n ** 63n), 0n]);
    expect(x.sub(1).toArray()).toEqual([large - 1n, 2n ** 62n - 1n, 2n ** 63n - 1n]);
    expect(x.mul(3n).toArray()).toEqual([3n * large, -(2n ** 62n), -(2n ** 63n)]);
    expect(x.neg().toArray()).toEqual([-large, -(2n ** 62n), -(2n ** 63n)]);
    expect(x.abs().toArray()).toEqual([large, 2n ** 62n, -(2n ** 63n)]);
    expect(x.pow(3).get(0).item()).toEqual(BigInt.asIntN(64, large ** 3n));
    expect(x.eq(large).toArray()).toEqual([true, false, false]);
    expect(
      x
        .eq(2 ** 53)
        .any()
        .item(),
    ).toBe(false);
    expect(String(x.clamp({ min: 0, max: 5 }))).toBe("tensor([5, 5, 0], dtype=int64)");
    expect(x.maximum(0).toArray()).toEqual([large, 2n ** 62n, 0n]);
  });
  test("reductions, products and scans stay exact", () => {
    const x = tensor([large, 2n, -(2n ** 63n)]);
    expect(x.sum().item()).toEqual(BigInt.asIntN(64, large + 2n - 2n ** 63n));
    expect(x.prod().item()).toEqual(0n);
    expect([x.max().item(), x.min().item()]).toEqual([large, -(2n ** 63n)]);
    expect(x.argmax().item()).toBe(0);
    expect(x.get(0).mul(x).toArray()).toEqual([
      BigInt.asIntN(64, large * large),
      2n * large,
      -(2n ** 63n),
    ]);
    const dot = BigInt.asIntN(64, large * large + 4n);
    expect(x.matmul(x).item()).toEqual(dot);
  });
  test("casts wrap between whole numbers and round to floats", () => {
    const x = tensor([2n ** 32n + 5n, -1n, large]);
    expect(x.to("int32").toArray()).toEqual([5, -1, 1]);
    expect(x.to("uint32").toArray()).toEqual([5, 4294967295, 1]);
    expect(x.to("float64").toArray()).toEqual([4294967301, -1, 2 ** 53]);
    expect(x.to("float32").toArray()).toEqual([4294967296, -1, 2 ** 53]);
    expect(x.to("bool").toArray()).toEqual([true, true, true]);
    const wide = tensor([1e30, -1e30, 1.9, NaN], { dtype: "float64" }).to("int64");
    expect(wide.toArray()).toEqual([2n ** 63n - 1n, -(2n ** 63n), 1n, 0n]);
    expect(tensor([-5], { dtype: "int32" }).to("int64").toArray()).toEqual([-5n]);
    const digits = tensor([2 ** 31 - 1], { dtype: "int32" });
    expect(digits.to("float64").item()).toBe(2 ** 31 - 1);
  });
});

onEveryDevice((device) => {
  test("uint32 wraps at 32 bits and compares without a sign", () => {
    const x = tensor([4294967295, 1, 0], { dtype: "uint32" });
    expect(x.add(1).toArray()).toEqual([0, 2, 1]);
    expect(x.sub(1).toArray()).toEqual([4294967294, 0, 4294967295]);
    expect(x.mul(3).toArray()).toEqual([4294967293, 3, 0]);
    expect(x.neg().toArray()).toEqual([1, 4294967295, 0]);
    expect(x.pow(2).toArray()).toEqual([1, 1, 0]);
    expect(x.pow(tensor([3, 4, 5], { dtype: "uint32" })).toArray()).toEqual([4294967295, 1, 0]);
    expect(x.gt(2147483648).toArray()).toEqual([true, false, false]);
    expect([x.max().item(), x.min().item(), x.argmax().item()]).toEqual([4294967295, 0, 0]);
    expect(x.sum().item()).toBe(0);
    expect(x.to("float32").toArray()).toEqual([4294967296, 1, 0]);
    expect(x.to("int32").toArray()).toEqual([-1, 1, 0]);
    expect(x.to("int32").to("uint32").toArray()).toEqual([4294967295, 1, 0]);
    expect(tensor([-1.5, 1.5, 3e9, 5e9, NaN]).to("uint32").toArray()).toEqual([
      0, 1, 3e9, 4294967295, 0,
    ]);
    expect(zeros([300], { dtype: "uint32" }).max().item()).toBe(0);
    expect(x.div(2).toArray()).toEqual([2147483648, 0.5, 0]);
    expect(x.matmul(x).item()).toBe(2);
    expect(String(x)).toBe("tensor([4294967295,          1,          0], dtype=uint32)");
  });
  test("bare whole numbers that a tensor cannot hold are refused", () => {
    const x = tensor([1], { dtype: "uint32" });
    expect(() => x.add(-1)).toThrow("add: -1 does not fit into a tensor of uint32");
    expect(() => x.to("int32").lt(3e9)).toThrow("lt: 3000000000 does not fit");
  });
  test("creation takes every dtype that the device has", () => {
    const dtypes = DTYPES.filter((dtype) => device === "cpu" || !/64|16/.test(dtype));
    for (const dtype of dtypes) {
      const none = dtype === "int64" ? [0n, 1n] : dtype === "bool" ? [false, true] : [0, 1];
      expect<unknown>(arange(2, { dtype }).toArray()).toEqual(none);
      expect(full([2], 1, { dtype }).dtype).toBe(dtype);
      expect(cat([ones([1], { dtype }), ones([1], { dtype })]).dtype).toBe(dtype);
      expect(Number(tensor([], { dtype }).sum().item())).toBe(0);
      if (dtype === "bool") continue;
      expect(randint(0, 5, [3], { dtype }).dtype).toBe(dtype);
    }
  });
});

onEveryDevice((device) => {
  afterAll(() => setLazy());

  test("fused chains wrap and round at each step as single operators do", () => {
    const whole = (x: Tensor): Tensor[] => [
      x.mul(2_000_000_000).add(2_000_000_000).gt(5),
      x.mul(2_000_000_000).add(2_000_000_000).lt(1_000_000_000).to("int32"),
      x.sub(7).neg().maximum(3),
      x.mul(2_000_000_000).abs().div(3),
      x.mul(2_000_000_000).mul(2_000_000_000).mul(3).sum(),
      x.mul(2_000_000_000).mul(2_000_000_000).mul(3).amin(),
      x.mul(2_000_000_000).mul(2_000_000_000).mul(3).le(0),
    ];
    const floats = (x: Tensor): Tensor[] => [
      x.add(2048).sub(2048),
      x.mul(60_000).mul(2).div(4).sub(1),
      x.div(3).mul(3).eq(x),
      x.add(2048).sub(2048).sum(),
      x.exp().to("float32").sub(1),
      x.div(3).matmul(x).add(2048).sub(2048),
    ];
    for (const dtype of DTYPES.slice(1)) {
      if (device === "software" && /64|16/.test(dtype)) continue;
      const values = isFloat(dtype) ? [0.1, 0.7, 1.3, 2.9] : [0, 1, 2, 3, 5];
      const results = [false, true].map((lazy) => {
        setLazy(lazy);
        const x = tensor(values, { dtype });
        return (isFloat(dtype) ? floats(x) : whole(x)).map((one) => [...one.toTypedArray()]);
      });
      expect([dtype, results[1]]).toEqual([dtype, results[0]]);
    }
  });
});

test("rand() and randn() fill the digits of their dtype", () => {
  use("cpu");
  for (const dtype of ["float16", "float32", "float64"] as const) {
    const values = [...rand([1000], { dtype }).toTypedArray()];
    expect(values.every((value) => value >= 0 && value < 1)).toBe(true);
    const step = { float16: 2 ** 11, float32: 2 ** 24, float64: 2 ** 53 }[dtype];
    expect(values.every((value) => Number.isInteger(value * step))).toBe(true);
    expect(values.some((value) => !Number.isInteger((value * step) / 2))).toBe(true);
    expect(randn([3], { dtype }).dtype).toBe(dtype);
  }
  expect(() => rand([2], { dtype: "int32" as "float32" })).toThrow(
    "rand: dtype must be a float, got int32",
  );
});

test("float16 computes in more digits and rounds its results", () => {
  use("cpu");
  const x = full([100_000], 1, { dtype: "float16" });
  expect(x.mean().item()).toBe(1);
  expect(x.sum().item()).toBe(Infinity);
  expect(full([4], 300, { dtype: "float16" }).var().item()).toBe(0);
  expect(full([2], 60_000, { dtype: "float16" }).mul(1e5).div(1e5).toArray()).toEqual([
    Infinity,
    Infinity,
  ]);
  expect(tensor([0.1, 0.2], { dtype: "float16" }).add(0.3).toArray()).toEqual(
    [0.0999755859375 + 0.3, 0.199951171875 + 0.3].map(Math.f16round),
  );
});

describe("gradients", () => {
  beforeAll(() => use("cpu"));

  test("have the dtype of their leaf when dtypes are mixed", () => {
    const leaves = (["float16", "float32", "float64"] as const).map((dtype) =>
      tensor([1, 2, 3], { dtype, requiresGrad: true }),
    ) as [Tensor, Tensor, Tensor];
    const [a, b, c] = leaves;
    a.mul(b)
      .mul(c)
      .backward(tensor([1, 1, 1]));
    for (const leaf of leaves) {
      expect(leaf.grad?.dtype).toBe(leaf.dtype);
      expect(leaf.grad?.toArray()).toEqual([1, 4, 9]);
    }
    expect(() => (a.grad = b.detach())).toThrow("a gradient of float32 does not fit a tensor of");
    expect(() => tensor([1], { dtype: "int32", requiresGrad: true })).toThrow(
      "only float tensors can require gradients, got int32",
    );
  });
  test("of float64 keep their digits, and those of float16 agree within its own", () => {
    const slope = (dtype: FloatDType): readonly number[] => {
      const x = tensor([0.1, -0.7, 1.3], { dtype, requiresGrad: true });
      x.softmax(0).mul(x.exp().tanh()).sum().add(x.var().sqrt()).backward();
      return [...((x.grad as Tensor).toTypedArray() as Float64Array)];
    };
    const exact = slope("float64");
    slope("float32").forEach((value, i) => expect(value).toBeCloseTo(exact[i] as number, 5));
    slope("float16").forEach((value, i) => expect(value).toBeCloseTo(exact[i] as number, 2));
    expect(exact.every((value) => value !== Math.fround(value))).toBe(true);
  });
  test("train in every float dtype", () => {
    for (const dtype of ["float16", "float32", "float64"] as const) {
      manualSeed(1);
      const x = randn([64, 3], { dtype });
      const goal = x.matmul(tensor([1, -2, 0.5], { dtype }));
      const w = zeros([3], { dtype, requiresGrad: true });
      const optimizer = new optim.SGD([w], { lr: 0.1, momentum: 0.9 });
      for (let step = 0; step < 100; step++) {
        optimizer.zeroGrad();
        mseLoss(x.matmul(w), goal).backward();
        optimizer.step();
      }
      expect(w.dtype).toBe(dtype);
      w.toTypedArray().forEach((value, i) => expect(value).toBeCloseTo([1, -2, 0.5][i] ?? 0, 1));
    }
  });
});

onSoftware("WebGPU in software", () => {
  test("operators name the dtype, the device and what to do when it lacks one", () => {
    const lack = (dtype: string): string => `device software has no ${dtype}`;
    expect(() => tensor([1], { dtype: "float64" })).toThrow(`tensor: ${lack("float64")}`);
    expect(() => tensor([1n])).toThrow(`tensor: ${lack("int64")}`);
    expect(() => full([1], 1, { dtype: "int64" })).toThrow(`full: ${lack("int64")}`);
    expect(() => ones([1]).to("float64")).toThrow(`to: ${lack("float64")}`);
    expect(() => ones([1]).to("float16")).toThrow("since its adapter lacks shader-f16");
    const mixed = [tensor([1], { dtype: "int32" }), tensor([1], { dtype: "uint32" })] as const;
    expect(() => mixed[0].add(mixed[1])).toThrow(`add: ${lack("int64")}`);
    expect(() => mixed[0].lt(mixed[1])).toThrow(`lt: ${lack("int64")}`);
    expect(() => cat(mixed)).toThrow(`cat: ${lack("int64")}`);
    expect(() => ones([1]).to("float64")).toThrow("or device cpu, which has all dtypes");
  });
});
