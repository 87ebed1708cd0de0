import { expect, setDefaultTimeout, test } from "bun:test";
import { arange, Kernel, kernel, ones, tensor, zeros } from "../../src/tensor/index.ts";
import { readBindings } from "../../src/tensor/webgpu/kernels.ts";
import { onSoftware, use } from "./devices.ts";

// A software adapter on a busy machine is slow.
setDefaultTimeout(30_000);

const DOUBLE = `
@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read_write> y: array<f32>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
  if (id.x < arrayLength(&y)) { y[id.x] = x[id.x] * 2.0; }
}
`;

const SCALE = `
struct Uniforms { n: u32, scale: f32, shift: i32 }
@group(0) @binding(0) var<storage, read> x: array<i32>;
@group(0) @binding(1) var<storage, read> mask: array<u32>;
@group(0) @binding(2) var<storage, read_write> y: array<f32>;
@group(0) @binding(3) var<storage, read_write> count: array<i32>;
@group(0) @binding(4) var<uniform> u: Uniforms;

@compute @workgroup_size(8)
fn go(@builtin(global_invocation_id) id: vec3<u32>) {
  if (id.x >= u.n) { return; }
  y[id.x] = select(0.0, f32(x[id.x] + u.shift) * u.scale, mask[id.x] != 0u);
  if (id.x == 0u) { count[0] = count[0] + 5; }
}
`;

test("kernel() says which devices can when the device is cpu", () => {
  use("cpu");
  expect(() => kernel(DOUBLE)).toThrow("use --device software");
});

test("readBindings() reads declarations when they are spaced, commented and reordered", () => {
  const source = `// @group(0) @binding(7) var<storage, read> no: array<f32>;
    /* @group(0) @binding(8) var<uniform> neither: u32; */
    @binding(1u) @group( 0 ) var < storage , read_write > b : array<f32>;
    @group(0) @binding(0)
    var<storage> a: array<f32>;`;
  expect(readBindings(source)).toEqual([
    { binding: 0, name: "a", access: "storage, read" },
    { binding: 1, name: "b", access: "storage, read_write" },
  ]);
  expect(readBindings("const N = 1; @group(0) @binding(N) var<uniform> u: u32;")).toBeUndefined();
});

onSoftware("kernel on software", () => {
  test("run() computes when inputs are whole, views and strided", () => {
    const double = kernel(DOUBLE);
    expect(double).toBeInstanceOf(Kernel);
    const x = arange(100);
    const [y] = double.run({ inputs: [x], outputs: [{ shape: [10, 10] }], workgroups: [2] });
    expect(y?.get(9, 9).item()).toBe(198);
    const [part] = double.run({
      inputs: [x.slice(0, 90)],
      outputs: [{ shape: [12] }],
      workgroups: [1],
    });
    expect(part?.slice(0, 0, 10).toArray()).toEqual([
      180, 182, 184, 186, 188, 190, 192, 194, 196, 198,
    ]);
    const [turned] = double.run({
      inputs: [arange(4).reshape(2, 2).T],
      outputs: [{ shape: [4] }],
      workgroups: [1],
    });
    expect(turned?.toArray()).toEqual([0, 4, 2, 6]);
  });
  test("run() shows a kernel exactly the elements of each tensor when it asks for their number", () => {
    const lengths = kernel(`
@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read_write> out: array<i32>;
@compute @workgroup_size(1) fn main() {
  out[0] = i32(arrayLength(&x));
  out[1] = i32(arrayLength(&out));
}`);
    for (const n of [1, 5, 64, 65, 300]) {
      const [out] = lengths.run({
        inputs: [zeros([n])],
        outputs: [{ shape: [3], dtype: "int32" }],
        workgroups: [1],
      });
      expect(out?.toArray()).toEqual([n, 3, 0]);
    }
  });

  test("run() passes every dtype, fills and uniforms when there are many bindings", () => {
    const scale = kernel(SCALE, { entryPoint: "go" });
    const [y, count] = scale.run({
      inputs: [tensor([1, 2, 3], { dtype: "int32" }), tensor([true, false, true])],
      outputs: [
        { shape: [4], fill: -1 },
        { shape: [1], dtype: "int32", fill: 37 },
      ],
      uniforms: [3, { f32: 0.5 }, -1],
      workgroups: [1],
    });
    expect(y?.toArray()).toEqual([0, 0, 1, -1]);
    expect(count?.item()).toBe(42);
  });
  test("kernel() names line and column when the source does not compile", () => {
    const broken = DOUBLE.replace("x[id.x] * 2.0", "x[id.x] * nope");
    expect(() => kernel(broken)).toThrow(/line 7, column 53: .*nope/);
    expect(() => kernel(broken)).toThrow("^");
    expect(() => kernel("fn main( {")).toThrow("line 1, column 10");
    expect(() => kernel("")).toThrow("Cannot compile kernel");
    expect(() => kernel(DOUBLE, { entryPoint: "start" })).toThrow("start");
    expect(() => kernel(3 as unknown as string)).toThrow("WGSL text");
  });
  test("kernel() compiles once when a source is given again, and not when it is another", () => {
    const fresh = DOUBLE.replace("2.0", "6.5");
    const time = (source: string): number => {
      const started = performance.now();
      expect(kernel(source)).toBeInstanceOf(Kernel);
      return performance.now() - started;
    };
    const first = time(fresh);
    const again = Math.min(...Array.from({ length: 5 }, () => time(fresh)));
    expect(first / again).toBeGreaterThan(5);
    const halved = kernel(fresh.replace("6.5", "0.5")).run({
      inputs: [tensor([3, 4])],
      outputs: [{ shape: [2] }],
      workgroups: [1],
    });
    expect(halved[0]?.toArray()).toEqual([1.5, 2]);
  });

  test("run() says which binding is wrong when they do not fit", () => {
    const double = kernel(DOUBLE);
    const x = ones([4]);
    const run = (inputs: (typeof x)[], outputs: number, uniforms?: number[]): unknown =>
      double.run({
        inputs,
        outputs: Array.from({ length: outputs }, () => ({ shape: [4] })),
        workgroups: [1],
        ...(uniforms === undefined ? {} : { uniforms }),
      });
    expect(() => run([x], 0)).toThrow("declares y at @binding(1), but run() gives 1 bindings");
    expect(() => run([x, x], 1)).toThrow("@binding(1) is input 1 and must be var<storage, read>");
    expect(() => run([], 2)).toThrow(
      "@binding(0) is output 0 and must be var<storage, read_write>",
    );
    expect(() => run([x], 1, [1])).toThrow("declares no @binding(2) for the uniforms");
    expect(() => run([7 as unknown as typeof x], 1)).toThrow("input 0 must be a tensor, got 7");
    expect(() => kernel(DOUBLE.replace("@group(0)", "@group(1)"))).toThrow(
      "all bindings must be in @group(0)",
    );
  });
  test("run() refuses what no device can do when numbers are off", () => {
    const double = kernel(DOUBLE);
    const outputs = [{ shape: [4] }];
    expect(() => double.run({ inputs: [ones([4])], outputs, workgroups: [70_000] })).toThrow(
      "at most 65535",
    );
    expect(() => double.run({ inputs: [ones([4])], outputs, workgroups: [-1] })).toThrow(
      "whole number from 0",
    );
    const scale = kernel(SCALE, { entryPoint: "go" });
    expect(() =>
      scale.run({
        inputs: [zeros([1], { dtype: "int32" }), zeros([1], { dtype: "bool" })],
        outputs: [{ shape: [1] }, { shape: [1], dtype: "int32" }],
        uniforms: [1.5],
        workgroups: [1],
      }),
    ).toThrow("uniform 0 must be a whole number");
  });
  test("run() fails with the device's words when a uniform struct is longer than what is given", () => {
    const scale = kernel(SCALE.replace("shift: i32", "shift: i32, more: vec4<f32>"), {
      entryPoint: "go",
    });
    const run = (): unknown =>
      scale.run({
        inputs: [zeros([1], { dtype: "int32" }), zeros([1], { dtype: "bool" })],
        outputs: [{ shape: [1] }, { shape: [1], dtype: "int32" }],
        uniforms: [1],
        workgroups: [1],
      });
    expect(run).toThrow(/Device software failed: validation error: .*binding/i);
    expect(ones([2]).sum().item()).toBe(2);
  });
  test("run() keeps what is not the kernel's when indices are out of bounds", () => {
    const wild = kernel(`
@group(0) @binding(0) var<storage, read> x: array<f32>;
@group(0) @binding(1) var<storage, read_write> y: array<f32>;
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) { y[id.x * 1000u + 4u] = x[id.x * 1000000u] + 7.0; }`);
    const others = [ones([4]), ones([5]), ones([4])];
    const x = ones([4]);
    const [y] = wild.run({ inputs: [x], outputs: [{ shape: [4], fill: 1 }], workgroups: [64] });
    for (const one of [...others, x]) expect(one.amax().item()).toBe(1);
    for (const value of y?.toTypedArray() ?? []) expect([1, 7, 8]).toContain(value as number);
  });
  test("run() gives zeros for what a uniform struct has beyond the words", () => {
    const source = `
struct Uniforms { a: u32, b: u32, c: u32 }
@group(0) @binding(0) var<storage, read_write> y: array<u32>;
@group(0) @binding(1) var<uniform> u: Uniforms;
@compute @workgroup_size(1) fn main() { y[0] = u.a; y[1] = u.b; y[2] = u.c; }`;
    const run = (uniforms: number[]): unknown =>
      kernel(source)
        .run({
          inputs: [],
          outputs: [{ shape: [3], dtype: "int32" }],
          uniforms,
          workgroups: [1],
        })[0]
        ?.toArray();
    expect(run([1, 2, 3])).toEqual([1, 2, 3]);
    expect(run([4])).toEqual([4, 0, 0]);
  });
  test("kernel() and run() say what is wrong when limits are passed or entry points are missing", () => {
    const wide = "@compute @workgroup_size(4096) fn main() {}";
    expect(() => kernel(wide).run({ inputs: [], outputs: [], workgroups: [1] })).toThrow("4096");
    expect(() => kernel("fn helper() {}")).toThrow("main");
    const two = "@compute @workgroup_size(1) fn a() {} @compute @workgroup_size(1) fn b() {}";
    expect(() => kernel(two)).toThrow("main");
    expect(
      kernel(two, { entryPoint: "b" }).run({ inputs: [], outputs: [], workgroups: [1] }),
    ).toEqual([]);
    const memory =
      "var<workgroup> m: array<f32, 60000>; @compute @workgroup_size(1) fn main() { m[0] = 1.0; }";
    expect(() => kernel(memory)).toThrow(/storage/i);
    // Nothing to do is no mistake, and the device goes on afterwards.
    const double = kernel(DOUBLE);
    const [y] = double.run({ inputs: [ones([4])], outputs: [{ shape: [4] }], workgroups: [0] });
    expect(y?.toArray()).toEqual([0, 0, 0, 0]);
    expect(ones([2]).sum().item()).toBe(2);
  });
});
