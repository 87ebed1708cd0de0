/** NumPy reads what we write, we read what it writes, and both deconvolve alike. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  buildKernel,
  computeLipschitz,
  formatNpy,
  parseNpy,
  runDeconvolution,
  saveForTuning,
} from "../../src/deconvolution/index.ts";
import { simulate } from "../deconvolution/helpers.ts";
import type { Oracle } from "./all.ts";

export const PYTHON = "/usr/bin/python3";
const RECORDED = join(import.meta.dir, "../fixtures/deconvolution/npy");

/** Kernels, constants and solutions of NumPy, with its own convolution and transform. */
const SOLVER = `
import json, sys
import numpy as np

def kernel(rise, decay, fs):
    i = np.arange(max(2, int(np.ceil(-np.log(1e-6) * decay * fs))))
    h = np.exp(-i / fs / decay) - np.exp(-i / fs / rise)
    return h / h.max()

def solve(trace, h, lam):
    n = len(trace)
    lip = np.max(np.abs(np.fft.fft(h, 2 ** int(np.ceil(np.log2(2 * len(h)))))) ** 2)
    x, y, t, before = np.zeros(n), np.zeros(n), 1.0, None
    for k in range(1, 2001):
        g = np.convolve(np.convolve(y, h)[:n] - trace, h[::-1])[len(h) - 1 :][:n]
        new = np.maximum(0, y - (g + lam) / lip)
        f = 0.5 * np.sum((np.convolve(new, h)[:n] - trace) ** 2) + lam * new.sum()
        if before is not None and f > before:
            t = 1.0
        to = (1 + np.sqrt(1 + 4 * t * t)) / 2
        y = np.maximum(0, new + (t - 1) / to * (new - x))
        x, t = new, to
        if k > 5 and abs(f - before) / (abs(before) + 1e-10) < 1e-6:
            break
        before = f
    return x, lip

rise, decay, fs, lam = json.loads(sys.argv[2])
traces = np.load(sys.argv[1] + "/ours.npy")
assert traces.dtype == np.dtype("<f8") and traces.flags.c_contiguous and traces.ndim == 2
meta = json.load(open(sys.argv[1] + "/ours_metadata.json"))
assert meta["num_cells"] == traces.shape[0] and meta["sampling_rate_hz"] == fs
h = kernel(rise, decay, fs)
solved = [solve(row, h, lam) for row in traces]
np.save(sys.argv[1] + "/kernel.npy", h)
np.save(sys.argv[1] + "/lipschitz.npy", np.array([solved[0][1]]))
np.save(sys.argv[1] + "/theirs.npy", np.asfortranarray(np.stack([x for x, _ in solved])))
single = np.load(sys.argv[1] + "/single.npy")
assert single.dtype == np.dtype("<f4") and single.shape == (3,) and single.tolist() == [0.5, 1, -2]
`;

async function python(args: readonly string[]): Promise<void> {
  const child = Bun.spawn([PYTHON, ...args], { stdin: "ignore", stdout: "ignore", stderr: "pipe" });
  const [error, code] = await Promise.all([new Response(child.stderr).text(), child.exited]);
  if (code !== 0) throw new Error(`python3 exited with ${code}: ${error.trim().slice(-800)}`);
}

function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) throw new Error(`${a.length} values, NumPy has ${b.length}`);
  let largest = 0;
  for (let i = 0; i < a.length; i++) {
    largest = Math.max(largest, Math.abs((a[i] ?? Number.NaN) - (b[i] ?? Number.NaN)));
  }
  return largest;
}

function hold(what: string, difference: number, most: number): void {
  if (!(difference <= most)) throw new Error(`${what} differ by ${difference}, at most ${most}`);
}

async function compare(): Promise<string> {
  const dir = mkdtempSync(join(tmpdir(), "kata-numpy-"));
  try {
    await python([join(import.meta.dir, "record-npy.py"), dir]);
    const files = readdirSync(RECORDED);
    for (const name of files) {
      const [now, then] = [dir, RECORDED].map((from) => readFileSync(join(from, name)));
      if (now === undefined || then === undefined || !now.equals(then)) {
        throw new Error(`NumPy writes ${name} in another way than was recorded`);
      }
    }
    const times = [0.02, 0.4, 30] as const;
    const [tauRise, tauDecay, fs] = times;
    const lambda = 0.05;
    const traces = simulate(4, 400, times);
    saveForTuning(traces, fs, join(dir, "ours"));
    writeFileSync(join(dir, "single.npy"), formatNpy(Float32Array.of(0.5, 1, -2), [3]));
    await python(["-c", SOLVER, dir, JSON.stringify([...times, lambda])]);
    const load = (name: string): Float64Array => parseNpy(readFileSync(join(dir, name))).data;
    const kernel = buildKernel(...times);
    hold("kernels", largestDifference(kernel, load("kernel.npy")), 1e-14);
    hold("constants", largestDifference([computeLipschitz(kernel)], load("lipschitz.npy")), 1e-10);
    const ours = runDeconvolution(traces, { tauRise, tauDecay, fs, lambda });
    const solutions = ours.flatMap((row) => [...row]);
    hold("solutions", largestDifference(solutions, load("theirs.npy")), 1e-9);
    return `${files.length} files, a calcium kernel, its constant and ${traces.length} solutions`;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** Debian's NumPy. */
export const numpy: Oracle = {
  packages: ["python3-numpy"],
  probe: [PYTHON, "-c", "import numpy"],
  compare,
};
