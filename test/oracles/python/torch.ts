/**
 * Holds our torch and numpy against Debian's: the programs of test/pymodules as they stand, and calls at
 * random over shapes, dtypes and arguments. `--record` writes what the tests go by instead.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { outputOf, same, shownBy } from "../../pymodules/run.ts";
import type { Oracle } from "../all.ts";

const PYTHON = "/usr/bin/python3";
const CASES = join(import.meta.dir, "torch_cases.py");
const TESTS = join(import.meta.dir, "../../pymodules");
const COUNT = 6000;
const RECORDED = 500;

function python(...args: string[]): string {
  const child = Bun.spawnSync([PYTHON, "-W", "ignore", ...args], { stderr: "pipe" });
  if (child.exitCode !== 0) throw new Error(child.stderr.toString());
  return child.stdout.toString();
}

/** Sources of random calls, and what Debian's torch gives for each. */
function answers(seed: number, count: number): [source: string, want: unknown][] {
  const file = join(process.env["TMPDIR"] ?? "/tmp", `torch-cases-${process.pid}.txt`);
  writeFileSync(file, python(CASES, "make", String(seed), String(count)));
  try {
    const sources = readFileSync(file, "utf8").trimEnd().split("\n");
    const lines = python(CASES, "show", file).trimEnd().split("\n");
    return sources.map((source, i) => [source, JSON.parse(lines[i]!)]);
  } finally {
    Bun.spawnSync(["rm", file]);
  }
}

const programs = (): string[] =>
  readdirSync(join(TESTS, "programs")).filter((name) => name.endsWith(".py"));

function compareCalls(seed: number): { different: string[]; errors: number } {
  const [prelude = ""] = readFileSync(CASES, "utf8").split("if __name__");
  const cases = answers(seed, COUNT);
  const found = [
    ...shownBy(
      prelude,
      cases.map(([source]) => source),
    ),
  ];
  const different = cases.flatMap(([source, want], i) => {
    const got = found[i];
    if (same(want, got)) return [];
    // An error where there is one, if another: no wrong number.
    const both = [want, got].every(
      (one) => typeof one === "object" && one !== null && "error" in one,
    );
    return [
      `${both ? "(another error) " : ""}${source}: ${JSON.stringify(want).slice(0, 200)} / ${JSON.stringify(got).slice(0, 200)}`,
    ];
  });
  const errors = cases.filter(([, want]) => JSON.stringify(want).startsWith('{"error"')).length;
  return { different, errors };
}

export const torch: Oracle = {
  packages: ["python3-torch", "python3-numpy"],
  probe: [PYTHON, "-c", "import torch, numpy"],
  compare: () => {
    const seed = Math.floor(Date.now() / 1000);
    const wrong = programs().filter((name) => {
      const path = join(TESTS, "programs", name);
      return outputOf(readFileSync(path, "utf8")) !== python(path);
    });
    if (wrong.length > 0) throw new Error(`other output from ${wrong.join(", ")}`);
    const { different, errors } = compareCalls(seed);
    const plain = different.filter((line) => !line.startsWith("(another error)"));
    for (const line of different) console.log(`  ${line}`);
    if (plain.length > COUNT / 100)
      throw new Error(`${plain.length} of ${COUNT} calls differ (seed ${seed})`);
    return Promise.resolve(
      `${programs().length} programs, ${COUNT} calls at random (seed ${seed}, ${errors} of them errors): ${plain.length} differ, ${different.length - plain.length} raise another error`,
    );
  },
};

if (import.meta.main && process.argv.includes("--record")) {
  for (const name of programs()) {
    const path = join(TESTS, "programs", name);
    writeFileSync(path.replace(/py$/, "out"), python(path));
  }
  const [prelude = ""] = readFileSync(CASES, "utf8").split("if __name__");
  const cases = answers(20, RECORDED);
  const found = [
    ...shownBy(
      prelude,
      cases.map(([source]) => source),
    ),
  ];
  // Known differences are the oracle's to list, not the tests'.
  const kept = cases.filter(([, want], i) => same(want, found[i]));
  writeFileSync(
    join(TESTS, "cases.ndjson"),
    kept.map((one) => `${JSON.stringify(one)}\n`).join(""),
  );
  console.log(`recorded ${kept.length} of ${cases.length} calls`);
}
