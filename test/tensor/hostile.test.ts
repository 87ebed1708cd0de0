import { expect, setDefaultTimeout, test } from "bun:test";
import { join } from "node:path";
import { configureDevice, probeAdapter, type Storage } from "../../src/tensor/device.ts";
import { full, ones, tensor, zeros } from "../../src/tensor/index.ts";
import { WebgpuDevice } from "../../src/tensor/webgpu/device.ts";
import { onSoftware, use, webgpuOptions } from "./devices.ts";

// A software adapter on a busy machine is slow.
setDefaultTimeout(30_000);

const API = join(import.meta.dir, "../../src/tensor/index.ts");
const DEVICE = join(import.meta.dir, "../../src/tensor/device.ts");

/** Runs a program that imports the API and a software device, and waits for its end. */
async function runProcess(
  body: string,
): Promise<{ code: number | null; out: string; err: string; ms: number }> {
  const source = `
    import * as api from ${JSON.stringify(API)};
    import { configureDevice } from ${JSON.stringify(DEVICE)};
    const webgpu = ${JSON.stringify(webgpuOptions())};
    const { tensor, ones, zeros, kernel } = api;
    configureDevice({ device: "software", webgpu });
    ${body}`;
  const start = performance.now();
  const child = Bun.spawn([process.execPath, "-e", source], {
    stdio: ["ignore", "pipe", "pipe"],
    timeout: 15_000,
    killSignal: "SIGKILL",
  });
  const [out, err] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
  ]);
  await child.exited;
  return { code: child.exitCode, out, err, ms: performance.now() - start };
}

const ENDLESS = `
@group(0) @binding(0) var<storage, read_write> y: array<atomic<u32>>;
@compute @workgroup_size(1)
fn main() { loop { if (atomicAdd(&y[0], 2u) == 1u) { break; } } }`;

test("configureDevice() asks for paths when the device is WebGPU", () => {
  expect(() => configureDevice({ device: "software" })).toThrow(
    "needs webgpu: { hostScript, addon }",
  );
});

onSoftware("hostile on software", () => {
  test("20,000 dispatches give the right sum when nothing is read between", () => {
    let x = zeros([16]);
    for (let i = 0; i < 20_000; i++) x = x.add(1);
    expect(x.toArray()).toEqual(Array(16).fill(20_000));
  });
  test("buffers are used again in the right order when tensors are disposed of between writes", () => {
    let total = 0;
    for (let i = 0; i < 300; i++) {
      const x = tensor([i, i]);
      const y = x.mul(2);
      x.dispose();
      const z = tensor([-1, -1]);
      expect(y.add(z).toArray()).toEqual([2 * i - 1, 2 * i - 1]);
      y.dispose();
      z.dispose();
      total += i;
    }
    expect(total).toBe(44_850);
  });
  test("memory of dropped tensors comes back when a loop never returns to the event loop", () => {
    const device = new WebgpuDevice("software", webgpuOptions(), 20_000);
    // 16 GiB in all, of which at most 4 may live at once.
    for (let i = 0; i < 128; i++) {
      device.allocate("float32", 32 << 20);
    }
    const held: Storage[] = [];
    expect(() => {
      for (let i = 0; i < 64; i++) held.push(device.allocate("float32", 32 << 20));
    }).toThrow("bytes are in use; dispose() of tensors");
    for (const storage of held) device.release(storage);
    expect(device.allocate("float32", 32 << 20).length).toBe(32 << 20);
  });
  test("buffers are freed only after their last use when more is dropped than is kept", () => {
    // 304 MiB go back at once, and the pool keeps 256.
    const held = Array.from({ length: 38 }, (_, i) => full([2 << 20], i));
    const sums = held.map((x) => x.narrow(0, 0, 5).sum());
    for (const x of held) x.dispose();
    sums.forEach((sum, i) => expect(sum.item()).toBe(5 * i));
  });
  test("zeros() is an error when it asks for more than the adapter's limit", () => {
    expect(() => zeros([1 << 28, 2])).toThrow("one tensor holds at most");
  });
  test("reads are errors, never zeros, when the adapter runs out of memory", () => {
    // The driver reports this size as allowed, and refuses it.
    const x = zeros([1 << 28]);
    expect(() => x.get(0).item()).toThrow(/Device software failed: out of memory/);
    expect(() => x.narrow(0, 0, 4).add(1).toArray()).toThrow(/out of memory/);
    expect(ones([2]).sum().item()).toBe(2);
  });
  test("a device that is missing is a clear error when it is first used", () => {
    const { hostScript } = webgpuOptions();
    configureDevice({ device: "software", webgpu: { hostScript, addon: "/nowhere/dawn.node" } });
    expect(() => ones([2])).toThrow(
      "Cannot start device software: its addon /nowhere/dawn.node does not exist",
    );
    configureDevice({ device: "software", webgpu: { hostScript, addon: API } });
    expect(() => ones([2])).toThrow("Cannot start device software: ");
    expect(() => ones([2])).toThrow("Cannot start device software: ");
    use("software");
    expect(ones([2]).sum().item()).toBe(2);
  });
  test("tensors of one device are refused when another computes", () => {
    use("cpu");
    const x = ones([2]);
    use("software");
    expect(() => ones([2]).add(x)).toThrow(
      "A tensor on device cpu cannot be used on device software",
    );
    expect(() => x.add(ones([2]))).toThrow(
      "A tensor on device software cannot be used on device cpu",
    );
  });
  test("a failed batch spoils what it wrote and what is computed from it, and nothing else", () => {
    const device = new WebgpuDevice("software", webgpuOptions(), 20_000);
    const good = device.upload("float32", new Float32Array([1, 2]));
    const bad = device.allocate("float32", 2);
    const derived = device.allocate("float32", 2);
    expect(device.read(good, 0, 2)).toEqual(new Float32Array([1, 2]));
    const pipeline = device.pipeline("broken", () => ({
      source: "fn main() { nope(); }",
      entryPoint: "main",
      reads: 0,
      writes: 1,
      uniform: false,
    }));
    device.client.push({
      do: "dispatch",
      pipeline,
      reads: [],
      writes: [device.bufferOf(bad)],
      inFours: true,
      at: 0,
      count: 0,
      workgroups: [1, 1, 1],
    });
    expect(() => device.read(bad, 0, 2)).toThrow(
      /Device software failed: validation error: .*nope/s,
    );
    const expr = { op: "input", input: 0, dtype: "float32" } as const;
    device.run(
      { kind: "elementwise", expr, shape: [2], params: [] },
      [{ storage: bad, strides: [1], offset: 0 }],
      { storage: derived, strides: [1], offset: 0 },
    );
    expect(() => device.read(derived, 0, 2)).toThrow("nope");
    expect(device.read(good, 0, 2)).toEqual(new Float32Array([1, 2]));
  });
  test("a device that is lost says so at every read, and another one can be configured", async () => {
    const device = new WebgpuDevice("software", webgpuOptions(), 20_000);
    const x = device.upload("float32", new Float32Array([1, 2]));
    expect(device.read(x, 0, 2)).toEqual(new Float32Array([1, 2]));
    device.client.push({ do: "lose" });
    const lost = "Device software failed: the device was lost (destroyed)";
    expect(() => device.read(x, 0, 2)).toThrow(lost);
    expect(() => device.read(x, 0, 2)).toThrow("configureDevice() anew");
    await expect(device.readAsync(x, 0, 2)).rejects.toThrow(lost);
    const later = device.upload("float32", new Float32Array([3]));
    expect(() => device.read(later, 0, 1)).toThrow(lost);
    expect(() => device.compile("@compute @workgroup_size(1) fn main() {}", "main")).toThrow(lost);
    use("software");
    expect(ones([2]).sum().item()).toBe(2);
  });
  test("values come back the same when they are read both ways, in parts, and after failures", async () => {
    const x = tensor(Float32Array.from({ length: 10_000 }, (_, i) => i));
    const y = x.add(1);
    const [all, part] = await Promise.all([y.data(), y.narrow(0, 5000, 3).data()]);
    expect([...part]).toEqual([5001, 5002, 5003]);
    expect(y.get(9999).item()).toBe(10_000);
    expect([...all].every((value, i) => value === i + 1)).toBe(true);
    await expect(zeros([1 << 28]).data()).rejects.toThrow("out of memory");
    expect(y.get(1).item()).toBe(2);
  });
  test("a thread that was started ahead ends with the process, used or not", async () => {
    const idle = await runProcess(
      `configureDevice({ device: "software", webgpu, start: true }); console.log("left");`,
    );
    expect(idle).toMatchObject({ code: 0, out: "left\n", err: "" });
    const used = await runProcess(
      `configureDevice({ device: "software", webgpu, start: true }); console.log(ones([3]).sum().item());`,
    );
    expect(used).toMatchObject({ code: 0, out: "3\n", err: "" });
  });
  test("a process ends by itself when a kernel never ended", async () => {
    const child = await runProcess(`
      configureDevice({ device: "software", webgpu, readTimeoutMs: 500 });
      const endless = kernel(${JSON.stringify(ENDLESS)});
      try { endless.run({ inputs: [], outputs: [{ shape: [1], dtype: "int32" }], workgroups: [1] })[0].item(); } catch (error) { console.log(error.message); }`);
    expect(child.out).toContain("gave no answer within 500 ms");
    expect(child.code).toBe(0);
    expect(child.ms).toBeLessThan(10_000);
  });
  test("a read gives up when a kernel never ends, and the process still exits", async () => {
    const child = await runProcess(`
      configureDevice({ device: "software", webgpu, readTimeoutMs: 700 });
      const endless = kernel(${JSON.stringify(ENDLESS)});
      for (const use of [() => endless.run({ inputs: [], outputs: [{ shape: [1], dtype: "int32" }], workgroups: [1] })[0].item(), () => ones([2]).sum().item()]) {
        try { console.log("got", use()); } catch (error) { console.log(error.message); }
      }
      process.exit(3);`);
    const lines = child.out.trim().split("\n");
    expect(lines).toHaveLength(2);
    for (const line of lines) expect(line).toContain("gave no answer within 700 ms");
    expect(child.code).toBe(3);
  });
  test("a process exits by itself and cleanly when it used the device", async () => {
    const sync = await runProcess(`console.log(ones([1000]).sum().item());`);
    expect(sync).toMatchObject({ code: 0, out: "1000\n", err: "" });
    expect(sync.ms).toBeLessThan(5000);
    const unread = await runProcess(`ones([1000]).sum(); console.log("left");`);
    expect(unread).toMatchObject({ code: 0, out: "left\n", err: "" });
    const awaited = await runProcess(
      `ones([3]).data().then((values) => console.log(values.join()));`,
    );
    expect(awaited).toMatchObject({ code: 0, out: "1,1,1\n", err: "" });
    const collected = await runProcess(
      `for (let i = 0; i < 50; i++) { ones([1000]).sum().item(); if (i % 10 === 0) { Bun.gc(true); await Bun.sleep(0); } } console.log("fine");`,
    );
    expect(collected).toMatchObject({ code: 0, out: "fine\n", err: "" });
  });
  test("probeAdapter() describes the adapter, or why there is none, when asked", async () => {
    const found = await probeAdapter({ device: "software", ...webgpuOptions() });
    expect(found.available).toBe(true);
    expect(found.isFallback).toBe(true);
    expect(found.vendor).not.toBe("");
    expect(found.limits["maxBufferSize"]).toBeGreaterThan(2 ** 20);
    const none = await probeAdapter({ device: "software", ...webgpuOptions(), addon: "/nowhere" });
    expect(none.available).toBe(false);
    expect(none.reason).toContain("/nowhere");
    // With the driver in software alone, there is no hardware to be found.
    const hardware = await probeAdapter({ device: "gpu", ...webgpuOptions() });
    expect(hardware).toMatchObject({ available: false });
    expect(hardware.reason).toContain("no hardware adapter was found");
  });
  test("the host script works when it is bundled on its own", async () => {
    const { hostScript, addon } = webgpuOptions();
    const built = await Bun.build({ entrypoints: [hostScript], target: "bun" });
    expect(built.success).toBe(true);
    const path = join(process.env["TMPDIR"] ?? "/tmp", `kata-host-${process.pid}.js`);
    await Bun.write(path, built.outputs[0] as Blob);
    configureDevice({ device: "software", webgpu: { hostScript: path, addon } });
    expect(ones([3]).sum().item()).toBe(3);
    use("software");
    await Bun.file(path).delete();
  });
});
