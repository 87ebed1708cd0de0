/** What the walls cost: a start, and the tensor layer behind them. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { confine } from "../../src/sandbox/confine.ts";
import { requireWalls } from "../../src/sandbox/layers.ts";
import { DEFAULT_LIMITS, NO_PERMISSIONS } from "../../src/sandbox/permissions.ts";
import { command, interleave, printRatios } from "./measure.ts";

const ROOT = join(import.meta.dir, "../..");
const KATA = join(ROOT, "dist/kata");
const ROUNDS = 20;

/** Times its own work, so that no start is in it. Printed as milliseconds, one number a line. */
const WORK = `import { test, expect } from "bun:test";
import { rand } from "kata";
import { use } from "./template.ts";
test("works", () => {
  const n = use();
  const x = rand([n, n]), y = rand([n, n]), z = rand([4 * n, n]);
  const once = (f: () => { get(i: number): { get(i: number): { item(): number } } }) => { f().get(0).get(0).item(); };
  const product = () => once(() => x.matmul(y) as never);
  const chain = () => once(() => z.mul(1.5).add(0.5).mul(z).sub(z).maximum(0).add(1).sqrt() as never);
  for (const work of [product, chain]) {
    work();
    const times = [];
    for (let i = 0; i < 7; i++) { const from = performance.now(); work(); times.push(performance.now() - from); }
    console.log(times.sort((a, b) => a - b)[3]);
  }
  expect(n).toBeGreaterThan(0);
});
`;

export async function bench(): Promise<void> {
  await starts();
  await throughput("cpu", 1024);
  await throughput("software", 512);
}

async function starts(): Promise<void> {
  const walls = await requireWalls();
  const own = { read: [], list: [], gpu: false };
  const start = async (behind: boolean): Promise<void> => {
    const child = confine(
      [KATA, "--config=/dev/null", "--no-env-file", "-e", "0"],
      behind
        ? { permissions: NO_PERMISSIONS, limits: DEFAULT_LIMITS, walls }
        : { permissions: NO_PERMISSIONS, limits: {} },
      { cwd: "/", env: { BUN_BE_BUN: "1" }, own },
    );
    void child.stdin.end();
    const { code } = await child.ended;
    if (code !== 0) throw new Error(`The program ended with ${code}`);
  };
  const bare = await interleave(
    [
      { name: "a worker's process, confined", run: () => start(true) },
      { name: "the same, unconfined", run: () => start(false) },
    ],
    ROUNDS,
  );
  printRatios("start of a process", bare, "at most +3 ms");
  printDifference(bare);
  const dir = workspace(0);
  const run = (...flags: string[]) =>
    command(
      [
        KATA,
        "run",
        "work",
        "work.ts",
        "--katas",
        "katas",
        "--filter",
        "none",
        "--exit-zero",
        ...flags,
      ],
      { cwd: dir },
    );
  const whole = await interleave(
    [
      { name: "kata run, confined", run: () => run() },
      { name: "kata run --no-sandbox", run: () => run("--no-sandbox") },
    ],
    ROUNDS,
  );
  printRatios("kata run, end to end", whole, "at most +3 ms");
  printDifference(whole);
}

function printDifference([confined, open]: Awaited<ReturnType<typeof interleave>>): void {
  if (confined === undefined || open === undefined) return;
  console.log(`  ${(confined.median - open.median).toFixed(1)} ms more (medians of ${ROUNDS})`);
}

async function throughput(device: string, size: number): Promise<void> {
  const dir = workspace(size);
  const once = async (flags: string[]): Promise<number[]> => {
    const child = Bun.spawn(
      [
        KATA,
        "run",
        "work",
        "work.ts",
        "--katas",
        "katas",
        "--device",
        device,
        "--reporter",
        "json",
        "--timeout",
        "60000",
        ...flags,
      ],
      { cwd: dir, stdout: "pipe", stderr: "inherit", stdin: "ignore" },
    );
    const { results } = (await new Response(child.stdout).json()) as {
      results: { output: string }[];
    };
    return (results[0]?.output ?? "").trim().split("\n").map(Number);
  };
  const all: { inside: number[]; outside: number[] }[] = [];
  for (let round = 0; round < 7; round++) {
    for (const [name, flags] of [
      ["inside", []],
      ["outside", ["--no-sandbox"]],
    ] as const) {
      for (const [at, ms] of (await once([...flags])).entries())
        (all[at] ??= { inside: [], outside: [] })[name].push(ms);
    }
  }
  const median = (values: number[]): number =>
    values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
  console.log(`\ntensors on ${device}, inside and outside  (aim: equal)`);
  for (const [at, name] of [
    `matmul of ${size}`,
    `a chain of 7 over ${4 * size}×${size}`,
  ].entries()) {
    const { inside = [], outside = [] } = all[at] ?? {};
    const [a, b] = [median(inside), median(outside)];
    console.log(
      `  ${name.padEnd(34)} ${a.toFixed(1).padStart(8)} ${b.toFixed(1).padStart(8)} ms  ×${(a / b).toFixed(2)} median`,
    );
  }
}

function workspace(size: number): string {
  const dir = join(ROOT, "dist/bench/sandbox");
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(join(dir, "katas/work"), { recursive: true });
  const solution = `export const use = (): number => ${size};\n`;
  for (const [path, text] of Object.entries({
    "katas/work/manifest.toml":
      '[kata]\nname = "Work"\ncategory = "bench"\nbase_difficulty = 1\ndescription = "Times itself"\n',
    "katas/work/kata.test.ts": WORK,
    "katas/work/template.ts": "// TODO\nexport const use = (): number => 0;\n",
    "katas/work/reference.ts": solution,
    "work.ts": solution,
  }))
    writeFileSync(join(dir, path), text);
  return dir;
}
