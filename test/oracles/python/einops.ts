/**
 * Holds our einops against the real one, which Debian has not: EINOPS_PYTHON names a Python that has it
 * beside numpy and torch, such as that of a virtual environment with the system's packages.
 * `--record` writes what the tests go by instead.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { outputOf } from "../../pymodules/run.ts";
import type { Oracle } from "../all.ts";

const PYTHON = process.env["EINOPS_PYTHON"] ?? "python3";
const CASES = join(import.meta.dir, "einops_cases.py");
const FIXTURE = join(import.meta.dir, "../../pymodules/einops-cases.txt");
const COUNT = 3000;

function python(seed: number, count: number): string {
  const child = Bun.spawnSync([PYTHON, "-W", "ignore", CASES, String(seed), String(count)]);
  if (child.exitCode !== 0) throw new Error(child.stderr.toString());
  return child.stdout.toString();
}

export const einops: Oracle = {
  packages: ["python3-torch", "python3-numpy"],
  probe: [PYTHON, "-c", "import torch, numpy, einops"],
  compare: () => {
    const seed = Math.floor(Date.now() / 1000);
    const [program = ""] = readFileSync(CASES, "utf8").split("if __name__");
    const ours = outputOf(`${program}\nrun(${seed}, ${COUNT})\n`).split("\n");
    const different = python(seed, COUNT)
      .split("\n")
      .flatMap((line, i) => (line === ours[i] ? [] : [`  ${line}\n  ${ours[i]}`]));
    for (const one of different) console.log(one);
    if (different.length > 0)
      throw new Error(`${different.length} of ${COUNT} differ (seed ${seed})`);
    return Promise.resolve(`${COUNT} calls at random (seed ${seed}): none differs`);
  },
};

if (import.meta.main && process.argv.includes("--record")) writeFileSync(FIXTURE, python(20, 200));
