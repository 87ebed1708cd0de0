/**
 * What a GPU reaches of its own limits, to be run where there is one:
 *
 *   bun test/bench/tensor/gpu.ts --addon PATH/dawn.node --tflops 67 [--device gpu]
 *     [--size 4096] [--length 67108864] [--python python3] [--rounds 20]
 *
 * `--tflops` is the adapter's float32 peak in TFLOP/s; without it no fraction
 * is given. `--addon` is left out where the tests' own software driver is
 * meant. Every number is checked before it is timed. Work is queued in chains
 * that end in one read, so that the read's own latency does not count. When
 * the python has torch with CUDA, the same runs there.
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { configureDevice, probeAdapter } from "../../../src/tensor/device.ts";
import { setLazy } from "../../../src/tensor/graph.ts";
import { type DType, ones, rand, type Tensor } from "../../../src/tensor/index.ts";
import { webgpuOptions } from "../../tensor/devices.ts";

const { values: flags } = parseArgs({
  options: {
    addon: { type: "string" },
    device: { type: "string", default: "gpu" },
    tflops: { type: "string" },
    size: { type: "string", default: "4096" },
    length: { type: "string", default: String(2 ** 26) },
    rounds: { type: "string", default: "20" },
    python: { type: "string", default: "python3" },
  },
});
const device = flags.device === "software" ? "software" : "gpu";
const size = Number(flags.size);
const length = Number(flags.length);
const rounds = Number(flags.rounds);
const peak = flags.tflops === undefined ? undefined : Number(flags.tflops) * 1e12;
const hostScript = join(import.meta.dir, "../../../src/tensor/webgpu/host.ts");
const webgpu = flags.addon === undefined ? webgpuOptions() : { hostScript, addon: flags.addon };

interface Measured {
  name: string;
  ms: number;
  flops?: number;
  bytes?: number;
}

/** The least time of one run, when `rounds` are queued before the device is waited for. Milliseconds. */
function time(run: () => Tensor): number {
  const queue = (count: number): void => {
    for (let i = 1; i < count; i++) {
      const { storage } = run();
      // Reading nothing of it makes it run, and waits for nobody.
      storage.device.read(storage, 0, 0);
      storage.device.release(storage);
    }
    const last = run();
    last.reshape(-1).get(0).item();
    last.dispose();
  };
  queue(2);
  const passes = Array.from({ length: 3 }, () => {
    const started = performance.now();
    queue(rounds);
    return (performance.now() - started) / rounds;
  });
  return Math.min(...passes);
}

function expectNear(name: string, got: number, wanted: number, tolerance: number): void {
  if (Math.abs(got - wanted) <= tolerance * Math.max(1, Math.abs(wanted))) return;
  throw new Error(`${name} gives ${got} where ${wanted} is right`);
}

function products(dtype: DType, n: number): Measured {
  const name = `matmul ${n}³ ${dtype}`;
  const [a, b] = [rand([n, n]).to(dtype), rand([n, n]).to(dtype)];
  const row = [
    ...a
      .narrow(0, n - 1, 1)
      .to("float32")
      .toTypedArray(),
  ].map(Number);
  const column = [
    ...b
      .narrow(1, n - 1, 1)
      .to("float32")
      .toTypedArray(),
  ].map(Number);
  const wanted = row.reduce((sum, x, i) => sum + x * (column[i] ?? 0), 0);
  const got = a
    .matmul(b)
    .get(n - 1, n - 1)
    .to("float32")
    .item() as number;
  expectNear(name, got, wanted, dtype === "float16" ? 1e-3 : 1e-5);
  return { name, ms: time(() => a.matmul(b)), flops: 2 * n ** 3 };
}

function memory(): Measured[] {
  const x = rand([length]);
  const rows = x.reshape(-1, 1024);
  const chain = (): Tensor => {
    const a = x.mul(1.5).add(0.5);
    return a.mul(a).sub(x).maximum(0).add(1).sqrt();
  };
  const first = x.get(0).item() as number;
  const a = first * 1.5 + 0.5;
  expectNear("chain", chain().get(0).item() as number, Math.sqrt(a * a - first + 1), 1e-6);
  expectNear("sum", ones([length]).sum().item() as number, length, 1e-6);
  expectNear("softmax", rows.softmax(1).sum().item() as number, length / 1024, 1e-4);
  const moved = (elements: number): { bytes: number } => ({ bytes: elements * 4 });
  return [
    // Every element is read and written, as a copy does.
    { name: "copy", ms: time(() => x.neg()), ...moved(2 * length) },
    { name: "chain of 7 operators", ms: time(chain), ...moved(2 * length) },
    { name: "sum of all", ms: time(() => x.sum()), ...moved(length) },
    { name: "sum of rows", ms: time(() => rows.sum(1)), ...moved(length) },
    { name: "sum of columns", ms: time(() => rows.sum(0)), ...moved(length) },
    { name: "softmax of rows", ms: time(() => rows.softmax(1)), ...moved(2 * length) },
  ];
}

function attention(batch: number, heads: number, tokens: number, width: number): Measured {
  const shape = [batch, heads, tokens, width];
  const [q, k, v] = [rand(shape), rand(shape), ones(shape)];
  const run = (): Tensor =>
    q
      .matmul(k.transpose(2, 3))
      .mul(1 / Math.sqrt(width))
      .softmax(-1)
      .matmul(v);
  // A mean of ones is 1, whatever the weights.
  expectNear(
    "attention",
    run()
      .get(batch - 1, heads - 1, tokens - 1, 0)
      .item() as number,
    1,
    1e-5,
  );
  const flops = 4 * batch * heads * tokens * tokens * width;
  return { name: `attention [${shape.join(", ")}]`, ms: time(run), flops };
}

/** The same in torch: names to milliseconds; undefined when there is none that has CUDA. */
function torch(): Record<string, number> | undefined {
  const program = `
import json, sys
try:
    import torch
    assert torch.cuda.is_available()
except Exception:
    print("null"); sys.exit()
torch.backends.cuda.matmul.allow_tf32 = False
n, length, rounds = ${size}, ${length}, ${rounds}
def time(run):
    run(); torch.cuda.synchronize(); best = 1e9
    for _ in range(3):
        a, b = torch.cuda.Event(enable_timing=True), torch.cuda.Event(enable_timing=True)
        a.record()
        for _ in range(rounds): run()
        b.record(); torch.cuda.synchronize(); best = min(best, a.elapsed_time(b) / rounds)
    return best
out = {}
for name, dtype in (("float32", torch.float32), ("float16", torch.float16)):
    a, b = (torch.rand(n, n, device="cuda").to(dtype) for _ in range(2))
    out[f"matmul {n}³ {name}"] = time(lambda: a @ b)
x = torch.rand(length, device="cuda"); rows = x.reshape(-1, 1024)
def chain():
    a = x * 1.5 + 0.5
    return ((a * a - x).clamp(min=0) + 1).sqrt()
out["copy"] = time(lambda: -x); out["chain of 7 operators"] = time(chain)
out["sum of all"] = time(lambda: x.sum()); out["sum of rows"] = time(lambda: rows.sum(1))
out["sum of columns"] = time(lambda: rows.sum(0)); out["softmax of rows"] = time(lambda: rows.softmax(1))
q, k, v = (torch.rand(2, 8, 128, 64, device="cuda") for _ in range(3))
out["attention [2, 8, 128, 64]"] = time(lambda: ((q @ k.transpose(2, 3)) * 0.125).softmax(-1) @ v)
print(json.dumps(out))`;
  const ran = spawnSync(flags.python, ["-c", program], { encoding: "utf8", timeout: 300_000 });
  if (ran.status !== 0) return undefined;
  return (JSON.parse(ran.stdout) as Record<string, number> | null) ?? undefined;
}

const adapter = await probeAdapter({ device, ...webgpu });
if (!adapter.available) throw new Error(adapter.reason);
console.log(`${adapter.description || adapter.vendor} (${device})`);
configureDevice({ device, webgpu, readTimeoutMs: 120_000 });
setLazy(true);
const results = [products("float32", size)];
if (adapter.features.includes("shader-f16")) results.push(products("float16", size));
results.push(...memory(), attention(2, 8, 128, 64));
const theirs = torch();
const copy = results.find(({ name }) => name === "copy");
const copied = (copy?.bytes ?? 0) / (copy?.ms ?? 1);
for (const { name, ms, flops, bytes } of results) {
  const parts = [`${name.padEnd(28)} ${ms.toFixed(3).padStart(10)} ms`];
  if (flops !== undefined) parts.push(`${(flops / ms / 1e9).toFixed(2)} TFLOP/s`);
  if (flops !== undefined && peak !== undefined) {
    parts.push(`${((100 * flops) / (ms / 1e3) / peak).toFixed(1)}% of peak`);
  }
  if (bytes !== undefined) {
    parts.push(`${(bytes / ms / 1e6).toFixed(1)} GB/s`);
    parts.push(`×${(bytes / ms / copied).toFixed(2)} of copy`);
  }
  const other = theirs?.[name];
  if (other !== undefined) parts.push(`torch ${other.toFixed(3)} ms, ×${(ms / other).toFixed(2)}`);
  console.log(parts.join("  "));
}
if (theirs === undefined) console.log("No torch with CUDA to compare with");
