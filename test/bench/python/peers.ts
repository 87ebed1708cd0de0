/**
 * Our Python beside its peers on nine programs, by turns: the first run in a
 * fresh process, a first run in a process that has run others, and what a run
 * costs once the program is warm. A start and what is loaded before a program is
 * known are in none of these; compiling is in the first two. The last line of a
 * table is of processor time, all threads and the engine's compilers included:
 * where others use the machine, it alone tells. Who is not to be had, or answers
 * otherwise than CPython, is named and left out.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { Contestant } from "../contestant.ts";
import { command, interleave, printRatios } from "../measure.ts";

const ROOT = join(import.meta.dir, "../../..");
const PEERS = join(import.meta.dir, "peers");
const PROGRAMS = join(import.meta.dir, "programs");
const CPYTHON = "/usr/bin/python3";

interface Entry {
  name: string;
  args: string[];
}

const js = (file: string): string[] => [process.execPath, join(PEERS, file)];
/** CPython comes first: it is what the others are held against. */
const ENTRIES: Entry[] = [
  { name: "CPython", args: [CPYTHON, join(PEERS, "cpython.py")] },
  { name: "pyodide", args: js("pyodide.js") },
  { name: "monty", args: js("monty.js") },
  { name: "kata", args: js("kata.ts") },
];

interface Answer {
  output: string;
  ms: number;
  /** Processor time of all threads. */
  cpuMs: number;
  error?: string;
}

/** A way to time a program: the text that is run, and what counts of the answer. */
interface Mode {
  title: string;
  aim: string;
  rounds: number;
  fresh: boolean;
  text: (source: string) => string;
  /** Milliseconds. */
  time: (answer: Answer) => number;
}

const ONCE = "\nprint(main())\n";
/** The first runs warm it; the best of the later ones counts. */
const WARM = `
from time import perf_counter
result = main()
times = []
for turn in range(6):
    started = perf_counter()
    main()
    times.append(perf_counter() - started)
print(result)
print(min(times) * 1000)
`;

const MODES: Mode[] = [
  {
    title: "first run, in a fresh process",
    aim: "kata: geometric mean ×0.6 of CPython, none above ×1.2",
    rounds: 5,
    fresh: true,
    text: (source) => source + ONCE,
    time: ({ ms }) => ms,
  },
  {
    title: "first run, in a process that has run others",
    aim: "kata: geometric mean ×0.6 of CPython, none above ×1.2",
    rounds: 5,
    fresh: false,
    text: (source) => source + ONCE,
    time: ({ ms }) => ms,
  },
  {
    title: "steady",
    aim: "kata: geometric mean ×0.35 of CPython",
    rounds: 2,
    fresh: false,
    text: (source) => source + WARM,
    time: ({ output }) => Number(output.split("\n")[1]),
  },
];

/** A contestant that needs so long for a program gets it no further time. */
const PATIENCE_MS = 5000;

export async function bench(): Promise<void> {
  await install();
  const present: Entry[] = [];
  for (const entry of ENTRIES) {
    const answer = await once(entry, "print(1)\n");
    if (answer.error === undefined) present.push(entry);
    else console.log(`left out: ${entry.name}: ${answer.error}`);
  }
  for (const mode of MODES) await compare(mode, present);
  await small(present);
  await cold();
}

async function install(): Promise<void> {
  if (existsSync(join(PEERS, "node_modules"))) return;
  try {
    // Not every platform's build of a peer is in every registry, and then a lock is refused.
    const flags = ["--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund"];
    await command(["npm", "install", ...flags], { cwd: PEERS });
  } catch (error) {
    console.log(`the npm peers were not installed: ${(error as Error).message.slice(0, 200)}`);
  }
}

async function ask(contestant: Contestant, source: string): Promise<Answer> {
  const answer = (await contestant.ask(JSON.stringify({ source }))) as Answer | undefined;
  return answer ?? { output: "", ms: 0, cpuMs: 0, error: "its process ended" };
}

/** One program in a process of its own, after an empty one: loading is no part of it. */
async function once({ name, args }: Entry, source: string): Promise<Answer> {
  const contestant = new Contestant(name, args);
  try {
    const ready = await ask(contestant, "");
    return ready.error === undefined ? await ask(contestant, source) : ready;
  } finally {
    await contestant.end();
  }
}

async function compare(mode: Mode, entries: readonly Entry[]): Promise<void> {
  console.log(`\n${mode.title}, minimum of ${mode.rounds}, ms and × CPython  (aim: ${mode.aim})`);
  console.log(`  ${"".padEnd(8)}${entries.map(({ name }) => name.padStart(18)).join("")}`);
  const lasting = mode.fresh ? [] : entries.map(({ name, args }) => new Contestant(name, args));
  const ratios = entries.map((): number[] => []);
  const processor = entries.map((): number[] => []);
  try {
    for (const file of readdirSync(PROGRAMS).toSorted()) {
      const source = mode.text(readFileSync(join(PROGRAMS, file), "utf8"));
      const run = (index: number): Promise<Answer> =>
        mode.fresh ? once(entries[index]!, source) : ask(lasting[index]!, source);
      const times = await minima(mode, entries, run);
      const base = times[0]?.ms ?? Number.NaN;
      const cells = times.map((time, index) => {
        if (time === undefined) return "–";
        const { ms, cpuMs } = time;
        ratios[index]?.push(ms / base);
        processor[index]?.push(cpuMs / times[0]!.cpuMs);
        return `${ms.toFixed(1)} ×${(ms / base).toFixed(2)}`;
      });
      console.log(
        `  ${basename(file, ".py").padEnd(8)}${cells.map((cell) => cell.padStart(18)).join("")}`,
      );
    }
  } finally {
    await Promise.all(lasting.map((one) => one.end()));
  }
  for (const [what, own] of [
    ["mean", ratios],
    ["cpu", processor],
  ] as const) {
    const means = own.map((one) => `×${geometricMean(one).toFixed(2)} of ${one.length}`);
    console.log(`  ${what.padEnd(8)}${means.map((cell) => cell.padStart(18)).join("")}`);
  }
}

/** Each entry's best times; undefined for those that failed or differ from the first. */
async function minima(
  mode: Mode,
  entries: readonly Entry[],
  run: (index: number) => Promise<Answer>,
): Promise<({ ms: number; cpuMs: number } | undefined)[]> {
  const best = entries.map((): { ms: number; cpuMs: number } | undefined => undefined);
  const out = new Set<number>();
  let expected: string | undefined;
  for (let round = 0; round < mode.rounds; round++) {
    for (const index of entries.keys()) {
      if (out.has(index)) continue;
      const answer = await run(index);
      const result = answer.output.split("\n")[0] ?? "";
      expected ??= result;
      if (answer.error !== undefined || result !== expected) {
        out.add(index);
        best[index] = undefined;
        continue;
      }
      const { ms, cpuMs } = best[index] ?? { ms: Infinity, cpuMs: Infinity };
      best[index] = { ms: Math.min(ms, mode.time(answer)), cpuMs: Math.min(cpuMs, answer.cpuMs) };
      if (answer.ms > PATIENCE_MS) out.add(index);
    }
  }
  return best;
}

function geometricMean(values: readonly number[]): number {
  return Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);
}

/** `print(1)`, compiled and run in a process that does so again and again. */
async function small(entries: readonly Entry[]): Promise<void> {
  const lasting = entries.map(({ name, args }) => new Contestant(name, args));
  try {
    console.log("\ncompile and run print(1) in process, median of 200  (aim: kata 0.5 ms)");
    const times = lasting.map((): number[] => []);
    for (let round = 0; round < 200; round++) {
      for (const [index, one] of lasting.entries())
        times[index]?.push((await ask(one, "print(1)\n")).ms);
    }
    for (const [index, { name }] of entries.entries()) {
      const sorted = (times[index] ?? []).toSorted((a, b) => a - b);
      console.log(`  ${name.padEnd(34)} ${(sorted[100] ?? 0).toFixed(3)} ms`);
    }
  } finally {
    await Promise.all(lasting.map((one) => one.end()));
  }
}

/** From the start of a process to `1` on stdout. */
async function cold(): Promise<void> {
  const dir = join(ROOT, "dist/bench");
  mkdirSync(dir, { recursive: true });
  const program = join(dir, "one.py");
  const nothing = join(dir, "nothing.ts");
  writeFileSync(program, "print(1)\n");
  writeFileSync(nothing, "export {};\n");
  const empty = join(dir, "nothing");
  const flags = ["--compile", "--bytecode", "--format=esm", "--minify"];
  await command([process.execPath, "build", ...flags, nothing, "--outfile", empty]);
  const candidates = [
    { name: "CPython", args: [CPYTHON, program] },
    { name: "kata py", args: [join(ROOT, "dist/kata"), "py", program] },
    { name: "an empty compiled program", args: [empty] },
  ].map(({ name, args }) => ({ name, run: () => command(args) }));
  const able = [];
  for (const one of candidates) {
    try {
      await one.run();
      able.push(one);
    } catch (error) {
      console.log(`left out: ${one.name}: ${(error as Error).message.slice(0, 200)}`);
    }
  }
  printRatios("cold print(1)", await interleave(able, 30), "kata py: 12 ms above the empty one");
}
