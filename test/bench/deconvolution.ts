/**
 * Deconvolution: the recursion against the convolution and NumPy's vectorised
 * loop, on one trace of the same problem; then many cells at once.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  buildKernel,
  computeLipschitz,
  convolution,
  deconvolveCells,
  fista,
  formatNpy,
  type Operators,
  recursion,
  recursionOf,
} from "../../src/deconvolution/index.ts";
import { simulate } from "../deconvolution/helpers.ts";
import { use } from "../tensor/devices.ts";
import { command, interleave, printRatios } from "./measure.ts";

const TIMES = [0.02, 0.4, 30] as const;
const SAMPLES = 9000;
const ITERATIONS = 181;
const PYTHON = "/usr/bin/python3";

/** The same iterations with NumPy's convolution, as fast as it is written usually; prints milliseconds. */
const NUMPY = `
import sys, time
import numpy as np
trace, h = np.load(sys.argv[1]), np.load(sys.argv[2])
n, lip, lam, r = len(trace), h.sum() ** 2, 0.01, h[::-1].copy()
def run():
    x, y, t = np.zeros(n), np.zeros(n), 1.0
    before = np.inf
    for _ in range(${ITERATIONS}):
        g = np.convolve(np.convolve(y, h)[:n] - trace, r)[len(h) - 1 :][:n]
        new = np.maximum(0, y - (g + lam) / lip)
        f = 0.5 * np.sum((np.convolve(new, h)[:n] - trace) ** 2) + lam * new.sum()
        t = 1.0 if f > before else t
        to = (1 + np.sqrt(1 + 4 * t * t)) / 2
        y = np.maximum(0, new + (t - 1) / to * (new - x))
        x, t, before = new, to, f
times = []
for _ in range(5):
    started = time.perf_counter()
    run()
    times.append((time.perf_counter() - started) * 1e3)
print("  %-34s %8.1f %8.1f %8.1f ms" % ("NumPy, float64", min(times), sorted(times)[2], max(times)))
`;

export async function bench(): Promise<void> {
  const [trace = new Float64Array()] = simulate(1, SAMPLES, TIMES);
  const kernel = buildKernel(...TIMES);
  const lipschitz = computeLipschitz(kernel);
  const solve = (name: string, operators: Operators) => ({
    name,
    run: (): Promise<void> => {
      const options = { tolerance: 0, maxIterations: ITERATIONS };
      fista({ trace, operators, lipschitz, lambda: 0.01 }, options);
      return Promise.resolve();
    },
  });
  const timings = await interleave(
    [
      solve("recursion, float64", recursion(recursionOf(...TIMES))),
      solve("convolution, float64", convolution(kernel)),
    ],
    9,
  );
  printRatios(`${SAMPLES} samples, ${ITERATIONS} iterations, one core`, timings, "at most ×0.2");
  await numpy(trace, kernel);
  await cells("cpu", 1000, 10_000);
  await cells("software", 32, 1000);
}

async function numpy(trace: Float64Array, kernel: Float64Array): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), "kata-bench-"));
  try {
    const files = { "trace.npy": trace, "kernel.npy": kernel };
    for (const [name, values] of Object.entries(files)) {
      writeFileSync(join(dir, name), formatNpy(values, [values.length]));
    }
    const paths = Object.keys(files).map((name) => join(dir, name));
    await command([PYTHON, "-c", "import numpy"]);
    const child = Bun.spawn([PYTHON, "-c", NUMPY, ...paths], { stdin: "ignore", timeout: 120_000 });
    console.log((await new Response(child.stdout).text()).trimEnd());
  } catch {
    console.log("  NumPy is not there: npm run test:oracles installs it");
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Cells a second, of different traces, until each has converged. */
async function cells(device: "cpu" | "software", count: number, length: number): Promise<void> {
  use(device);
  const traces = simulate(Math.min(count, 50), length, TIMES);
  const read = (cell: number): ArrayLike<number> => traces[cell % traces.length] ?? [];
  const [tauRise, tauDecay, fs] = TIMES;
  const options = { tauRise, tauDecay, fs, device };
  const rates: number[] = [];
  const work: number[] = [];
  let iterations = 0;
  for (let round = 0; round < 4; round++) {
    const started = performance.now();
    const before = process.cpuUsage();
    iterations = 0;
    const source = { cells: Array.from({ length: count }, (_, cell) => cell), length, read };
    for (const finished of deconvolveCells(source, options)) {
      for (const one of finished) iterations += one.iterations;
    }
    // The first round starts threads and compiles.
    if (round === 0) continue;
    rates.push((1000 * count) / (performance.now() - started));
    const { user, system } = process.cpuUsage(before);
    work.push((1000 * (user + system)) / (length * iterations));
  }
  const [low = 0, middle = 0, high = 0] = rates.toSorted((a, b) => a - b);
  console.log(
    `\n${count} cells of ${length} samples on ${device}, ${Math.round(iterations / count)} iterations each\n` +
      `  ${middle.toFixed(0)} cells a second (${low.toFixed(0)} to ${high.toFixed(0)}), ` +
      `${Math.min(...work).toFixed(2)} ns of one core a sample and iteration`,
  );
}
