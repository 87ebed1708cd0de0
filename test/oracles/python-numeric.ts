/** CPython 3.11 answers calls with random arguments as our numeric functions do. */
import { join } from "node:path";
import { difference, type Recorded } from "../python/numeric/calls.ts";
import type { Oracle } from "./all.ts";

const PYTHON = "/usr/bin/python3";

async function compare(): Promise<string> {
  const seed = String(Date.now() % 1_000_000);
  const script = join(import.meta.dir, "python-numeric.py");
  const child = Bun.spawn([PYTHON, script, seed, "60"], { stdin: "ignore", stdout: "pipe" });
  const lines = (await new Response(child.stdout).text()).trim().split("\n");
  if ((await child.exited) !== 0) throw new Error(`python3 exited with ${child.exitCode}`);
  const wrong = lines
    .map((line) => difference(JSON.parse(line) as Recorded))
    .filter((said) => said !== undefined);
  if (wrong.length > 0) {
    throw new Error(`${wrong.length} of seed ${seed} differ: ${wrong.slice(0, 10).join("; ")}`);
  }
  return `${lines.length} calls of seed ${seed} have the same answers`;
}

export const pythonNumeric: Oracle = {
  packages: ["python3"],
  probe: [PYTHON, "-c", "import sys; sys.exit(sys.version_info[:2] != (3, 11))"],
  compare,
};
