import { expect, setDefaultTimeout, test } from "bun:test";
import { join } from "node:path";
import { CpuDevice } from "../../src/tensor/cpu/device.ts";
import { Heap } from "../../src/tensor/cpu/heap.ts";
import { configureDevice, type Storage } from "../../src/tensor/device.ts";
import { inputExpr, unaryExpr } from "../../src/tensor/expr.ts";

setDefaultTimeout(30_000);

const API = join(import.meta.dir, "../../src/tensor/index.ts");
const LARGE = 2 ** 20;
const EXP = unaryExpr("exp", inputExpr(0, "float32"));

/** Runs a program in a process of its own, where it may change what the engine offers. */
async function runProcess(body: string): Promise<{ code: number | null; out: string; ms: number }> {
  const source = body.replaceAll("API", JSON.stringify(API));
  const start = performance.now();
  const child = Bun.spawn([process.execPath, "-e", source], {
    stdio: ["ignore", "pipe", "inherit"],
    timeout: 20_000,
    killSignal: "SIGKILL",
  });
  const out = await new Response(child.stdout).text();
  await child.exited;
  return { code: child.exitCode, out, ms: performance.now() - start };
}

/** Elementwise, both ways of folding, and a product, of sizes that the heap holds. */
const USE = `
  const { arange, ones } = await import(API);
  const x = arange(0, 1 << 20).reshape(1024, 1024).div(1 << 20);
  for (let i = 0; i < 20; i++) x.exp().sum().item();
  const y = x.matmul(ones([1024, 1024]));
  console.log(x.add(1).sum().item(), x.sum(0).max().item(), x.sum(1).max().item(), y.get(0, 3).item());`;

test("a process that used two threads ends by itself, soon and cleanly", async () => {
  const { code, out, ms } = await runProcess(USE);
  expect({ code, lines: out.trim().split("\n").length }).toEqual({ code: 0, lines: 1 });
  expect(ms).toBeLessThan(10_000);
});

test("results are the same when workers, shared memory or WebAssembly are missing", async () => {
  const { out: expected } = await runProcess(USE);
  for (const without of [
    `Object.defineProperty(navigator, "hardwareConcurrency", { value: 1 });`,
    `process.getBuiltinModule = () => { throw new Error("no workers"); };`,
    `const Real = WebAssembly.Memory; WebAssembly.Memory = function (o) { if (o.shared) throw new RangeError("no"); return new Real(o); };`,
    `WebAssembly.Memory = function () { throw new RangeError("no"); };`,
  ]) {
    const { code, out } = await runProcess(without + USE);
    expect({ without, code }).toEqual({ without, code: 0 });
    const [a, b] = [out, expected].map((text) => text.trim().split(" ").map(Number));
    a?.forEach((value, i) => expect(value / (b?.[i] ?? 0)).toBeCloseTo(1, 5));
  }
});

test("allocate() finds room when dropped tensors were never given back", () => {
  const device = new CpuDevice();
  // 16 GiB in all; nothing returns to the event loop.
  for (let i = 0; i < 128; i++) device.allocate("float32", 32 << 20);
  const held: Storage[] = [];
  for (let i = 0; i < 4; i++) held.push(device.allocate("float32", 32 << 20));
  expect(held.every((one) => one.length === 32 << 20)).toBe(true);
  for (const one of held) device.release(one);
});

test("release() gives the same memory to the next tensor, and twice is once", () => {
  const heap = Heap.open() as Heap;
  const [a = 0, b = 0, c = 0] = [1000, 100_000, 5000].map((bytes) => heap.allocate(bytes));
  expect([a % 64, b % 64, c % 64]).toEqual([0, 0, 0]);
  heap.release(a, 1000);
  heap.release(b, 100_000);
  expect(heap.allocate(100_500)).toBe(a);
  const device = new CpuDevice();
  const first = device.allocate("float32", LARGE);
  device.release(first);
  device.release(first);
  const second = device.allocate("float32", LARGE);
  const third = device.allocate("float32", LARGE);
  device.upload("float32", new Float32Array(LARGE));
  expect(device.read(second, 0, 1)).not.toBe(device.read(third, 0, 1));
  expect(() => device.read(first, 0, 1)).toThrow("This tensor was disposed of");
});

test("memory stays flat when a loop makes and drops large tensors", async () => {
  configureDevice({ device: "cpu" });
  const device = new CpuDevice();
  const grid = { strides: [1], offset: 0 };
  for (let i = 0; i < 3000; i++) {
    const storage = device.allocate("float32", LARGE);
    if (i % 100 === 0) {
      const input = device.upload("float32", new Float32Array(LARGE).fill(1));
      device.run(
        { kind: "elementwise", expr: EXP, shape: [LARGE], params: [] },
        [{ storage: input, ...grid }],
        { storage, ...grid },
      );
      expect(device.read(storage, LARGE - 1, 1)[0]).toBeCloseTo(Math.E, 6);
    }
  }
  expect(process.memoryUsage().rss).toBeLessThan(4 * 2 ** 30);
});

test("views keep their values when the memory grows under them", () => {
  const device = new CpuDevice();
  const first = device.upload("int32", new Int32Array(5000).fill(7));
  const more = Array.from({ length: 40 }, () => device.allocate("bool", 2 ** 24));
  expect(device.read(first, 4999, 1)).toEqual(new Int32Array([7]));
  for (const one of more) device.release(one);
});

test("allocate() is a clear error when there can be no such memory", () => {
  const device = new CpuDevice();
  expect(() => device.allocate("float32", 2 ** 31)).toThrow(
    "Cannot allocate 2147483648 elements of float32 (8589934592 bytes) on device cpu: out of memory",
  );
});
