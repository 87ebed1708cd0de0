/**
 * Holds our numpy against NumPy 1.24: calls at random over functions, shapes, dtypes and arguments,
 * with values, dtypes, order of memory, text and errors. One process of CPython answers all of them.
 * `--record` writes those that agree for the tests.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sameShown, shownInOne } from "../../pymodules/numpy-run.ts";
import type { Oracle } from "../all.ts";

const PYTHON = "/usr/bin/python3";
const CASES = join(import.meta.dir, "numpy_cases.py");
const FIXTURE = join(import.meta.dir, "../../pymodules/numpy-cases.ndjson");
const COUNT = 6000;
const RECORDED = 900;

function python(...args: string[]): string {
  const child = Bun.spawnSync([PYTHON, "-W", "ignore", CASES, ...args], { stderr: "pipe" });
  if (child.exitCode !== 0) throw new Error(child.stderr.toString());
  return child.stdout.toString();
}

/** Sources of random calls, and what NumPy gives for each. */
function answers(seed: number, count: number): [source: string, want: unknown][] {
  const file = join(process.env["TMPDIR"] ?? "/tmp", `numpy-cases-${process.pid}.txt`);
  writeFileSync(file, python("make", String(seed), String(count)));
  try {
    const sources = readFileSync(file, "utf8").trimEnd().split("\n");
    const lines = python("show", file).trimEnd().split("\n");
    return sources.map((source, i) => [source, JSON.parse(lines[i]!)]);
  } finally {
    Bun.spawnSync(["rm", file]);
  }
}

const prelude = (): string => readFileSync(CASES, "utf8").split("if __name__")[0]!;

/** The names of functions and methods that sources call. */
function called(sources: readonly string[]): Set<string> {
  const names = sources.flatMap(
    (one) => one.match(/(?:np\.(?:linalg\.|fft\.|random\.)?|\)\.)[A-Za-z_]\w*/g) ?? [],
  );
  return new Set(names);
}

export const numpyModule: Oracle = {
  packages: ["python3-numpy"],
  probe: [PYTHON, "-c", "import numpy"],
  compare: () => {
    const seed = Number(process.env["SEED"] ?? Math.floor(Date.now() / 1000));
    const count = Number(process.env["COUNT"] ?? COUNT);
    const cases = answers(seed, count);
    const found = shownInOne(
      prelude(),
      cases.map(([source]) => source),
    );
    const kinds = { value: 0, error: 0, message: 0, text: 0, absent: 0 };
    for (const [i, [source, want]] of cases.entries()) {
      const difference = sameShown(want, found[i]);
      if (difference === undefined) continue;
      kinds[difference]++;
      console.log(
        `  (${difference}) ${source}\n      ${JSON.stringify(want).slice(0, 300)}\n      ${JSON.stringify(found[i]).slice(0, 300)}`,
      );
    }
    const wrong = kinds.value + kinds.error + kinds.text;
    if (wrong > count / 100)
      throw new Error(`${wrong} of ${count} calls differ (seed ${seed}): ${JSON.stringify(kinds)}`);
    const names = called(cases.map(([source]) => source));
    return Promise.resolve(
      `${count} calls at random of ${names.size} functions and methods (seed ${seed}): ${kinds.value} other values, ${kinds.error} other errors, ${kinds.text} other texts, ${kinds.message} other messages, ${kinds.absent} not here`,
    );
  },
};

if (import.meta.main && process.argv.includes("--record")) {
  const cases = answers(20, RECORDED);
  const found = shownInOne(
    prelude(),
    cases.map(([source]) => source),
  );
  // Known differences are the oracle's to list, not the tests'.
  const kept = cases.filter(
    ([, want], i) => sameShown(want, found[i]) === undefined && JSON.stringify(want).length < 1500,
  );
  writeFileSync(FIXTURE, kept.map((one) => `${JSON.stringify(one)}\n`).join(""));
  console.log(`recorded ${kept.length} of ${cases.length} calls`);
}
