/**
 * Our layer beside its peers, each in a process of its own and by turns. A
 * contestant whose results differ from ours, or who is not to be had, is named
 * and left out. The npm peers are installed beside their scripts when they are
 * missing; NumPy and torch are those of `/usr/bin/python3`.
 */
import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { Contestant } from "../contestant.ts";
import { command, interleave, printRatios, type Timing } from "../measure.ts";

const ROOT = join(import.meta.dir, "../../..");
const PEERS = join(import.meta.dir, "peers");
const COMPILED = join(ROOT, "dist/bench/kata-tensor");

interface Entry {
  name: string;
  args: string[];
}

interface Problem {
  name: string;
  title: string;
  aim: string;
  /** Runs in a turn, and turns. */
  runs: number;
  rounds: number;
}

const script = (file: string): string => join(PEERS, file);
const KATA: Entry = { name: "kata", args: [process.execPath, script("kata.ts")] };
const CONTESTANTS: Entry[] = [
  { name: "numpy", args: ["/usr/bin/python3", script("python.py"), "numpy"] },
  { name: "torch", args: ["/usr/bin/python3", script("python.py"), "torch"] },
  { name: "onnxruntime-node", args: [process.execPath, script("onnx.js")] },
  { name: "tfjs wasm", args: [process.execPath, script("tfjs.js")] },
  { name: "jax-js wasm, eager", args: [process.execPath, script("jax.js"), "eager"] },
  { name: "jax-js wasm, jit", args: [process.execPath, script("jax.js"), "jit"] },
  KATA,
];

const PROBLEMS: Problem[] = [
  {
    name: "attention",
    title: "softmax(QKᵀ/√d)V on [2, 8, 128, 64]",
    aim: "jax-js jit ×3",
    runs: 20,
    rounds: 10,
  },
  { name: "matmul", title: "matmul 1024³", aim: "jax-js ×1.4", runs: 3, rounds: 8 },
  {
    name: "chain",
    title: "chain of 7 operators over 2^24",
    aim: "jax-js jit ×0.91, numpy ×6.7",
    runs: 3,
    rounds: 6,
  },
  { name: "sum", title: "sum over 2^24", aim: "jax-js ×2.9", runs: 3, rounds: 6 },
  {
    name: "training",
    title: "training step of a 4-layer transformer, width 256, 8 × 128 tokens",
    aim: "every JavaScript peer above ×1",
    runs: 1,
    rounds: 8,
  },
];

/** Of a result's size, and of 1. */
const TOLERANCE = 2e-4;
/** A contestant that needs so long for a turn gets no further one. */
const PATIENCE_MS = 10_000;

interface Answer {
  ms: number[];
  values: number[];
  error?: string;
}

export async function bench(): Promise<void> {
  await install();
  const present = await coldStarts();
  const processes = present.map(({ name, args }) => new Contestant(name, args));
  try {
    for (const problem of PROBLEMS) await compare(problem, processes);
  } finally {
    await Promise.all(processes.map((one) => one.end()));
  }
}

async function install(): Promise<void> {
  if (existsSync(join(PEERS, "node_modules"))) return;
  try {
    // Their scripts download what only GPUs need.
    await command(["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: PEERS });
  } catch (error) {
    console.log(`the npm peers were not installed: ${(error as Error).message.slice(0, 200)}`);
  }
}

/** From the start of a process to its first result; returns those that have one. */
async function coldStarts(): Promise<Entry[]> {
  mkdirSync(join(ROOT, "dist/bench"), { recursive: true });
  const flags = ["--compile", "--bytecode", "--format=esm", "--minify"];
  await command([process.execPath, "build", ...flags, script("kata.ts"), "--outfile", COMPILED]);
  const start = (args: string[]): Promise<void> => command([...args, "cold"]);
  const present: Entry[] = [];
  for (const one of CONTESTANTS) {
    try {
      await start(one.args);
      present.push(one);
    } catch (error) {
      console.log(`left out: ${one.name}: ${(error as Error).message.slice(-200)}`);
    }
  }
  const compiled: Entry = { name: "kata, compiled", args: [COMPILED] };
  const candidates = [...present, compiled].map(({ name, args }) => ({
    name,
    run: () => start(args),
  }));
  printRatios("cold start to first result", await interleave(candidates, 12), "jax-js ×1.7");
  return present;
}

async function ask(process: Contestant | undefined, { name, runs }: Problem): Promise<Answer> {
  const answer = await process?.ask(`${name} ${runs}`);
  return (answer as Answer | undefined) ?? { ms: [], values: [], error: "its process ended" };
}

async function compare(problem: Problem, processes: readonly Contestant[]): Promise<void> {
  const expected = await ask(processes.at(-1), problem);
  const left: { process: Contestant; ms: number[] }[] = [];
  for (const process of processes) {
    const answer = await ask(process, problem);
    const wrong = answer.error ?? differs(answer.values, expected?.values ?? []);
    if (wrong === undefined) left.push({ process, ms: answer.ms });
    else console.log(`left out of ${problem.name}: ${process.name}: ${wrong}`);
  }
  for (let round = 1; round < problem.rounds; round++) {
    for (const { process, ms } of left) {
      if (Math.max(...ms) * problem.runs > PATIENCE_MS) continue;
      ms.push(...(await ask(process, problem)).ms);
    }
  }
  const timings = left.map(({ process, ms }): Timing => {
    const sorted = ms.toSorted((a, b) => a - b);
    const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
    return { name: process.name, min: at(0), median: at(0.5), max: at(1) };
  });
  printRatios(problem.title, timings, problem.aim);
}

/** Says where values are not ours. */
function differs(values: readonly number[], ours: readonly number[]): string | undefined {
  if (values.length !== ours.length) return `${values.length} values, not ${ours.length}`;
  const at = values.findIndex((value, i) => {
    const own = ours[i] ?? 0;
    return !(Math.abs(value - own) <= TOLERANCE * Math.max(1, Math.abs(own)));
  });
  return at < 0 ? undefined : `value ${at} is ${values[at]}, not ${ours[at]}`;
}
