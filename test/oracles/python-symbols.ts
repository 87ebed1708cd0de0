/** CPython 3.11 finds the scopes of its own library, and of what our fixtures hold, as we do. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { outcome } from "../python/symbols/outcome.ts";
import type { Oracle } from "./all.ts";

/** 3.12's tables put comprehensions into the functions around. */
const PYTHON = "/usr/bin/python3";
const FIXTURE = join(import.meta.dir, "../fixtures/python/symbols.ndjson");

interface Answer {
  table?: string;
  error?: unknown[];
  skip?: string;
}

async function ask(jobs: readonly object[]): Promise<Answer[]> {
  const stdin = new Blob([jobs.map((job) => JSON.stringify(job)).join("\n")]);
  const script = join(import.meta.dir, "python-symbols.py");
  const child = Bun.spawn([PYTHON, script], { stdin, stdout: "pipe", stderr: "inherit" });
  const text = await new Response(child.stdout).text();
  return text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Answer);
}

async function compare(): Promise<string> {
  const where = Bun.spawn([PYTHON, "-c", "import os; print(os.path.dirname(os.__file__))"]);
  const library = (await new Response(where.stdout).text()).trim();
  const files = [...new Bun.Glob("**/*.py").scanSync(library)].map((name) => join(library, name));
  const sources = readFileSync(FIXTURE, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { source: string; table?: string })
    .filter(({ table }) => table !== undefined)
    .map(({ source }) => source);
  const answers = await ask([
    ...files.map((file) => ({ file })),
    ...sources.map((src) => ({ src })),
  ]);
  const wrong: string[] = [];
  let compared = 0;
  for (const [i, { table }] of answers.entries()) {
    if (table === undefined) continue;
    compared++;
    const file = files[i];
    const source = file === undefined ? (sources[i - files.length] ?? "") : readFileSync(file);
    const said = String(outcome(source));
    const got = file === undefined ? said : new Bun.CryptoHasher("sha1").update(said).digest("hex");
    if (got !== table) wrong.push(file ?? String(source));
  }
  if (wrong.length > 0) throw new Error(`${wrong.length} differ: ${wrong.slice(0, 10).join("; ")}`);
  return `${compared} programs have the same scopes`;
}

export const pythonSymbols: Oracle = {
  packages: ["python3"],
  probe: [PYTHON, "-c", "import sys; sys.exit(sys.version_info[:2] != (3, 11))"],
  compare,
};
