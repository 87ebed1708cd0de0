/**
 * CPython 3.11 answers as our text does: every case of the fixture, and random
 * ones. Run by itself it writes the fixture anew:
 *
 *   bun test/oracles/python-text.ts
 */
import { join } from "node:path";
import { answer, each } from "../python/text/operations.ts";
import { fixedJobs, type Job, randomJobs } from "../python/text/jobs.ts";
import type { Oracle } from "./all.ts";

const PYTHON = "/usr/bin/python3";
const FIXTURE = join(import.meta.dir, "../fixtures/python/text.ndjson");
const RANDOM = Number(process.env["KATA_FUZZ"] ?? 60_000);

/** Asked of every code point. */
const EACH = [
  ..."isalpha isalnum isdecimal isdigit isnumeric isidentifier islower isupper istitle isspace isprintable".split(
    " ",
  ),
  ..."upper lower title capitalize swapcase casefold name category combining decimal digit numeric repr".split(
    " ",
  ),
];

async function ask(jobs: readonly Job[]): Promise<string[]> {
  const stdin = new Blob([jobs.map((job) => JSON.stringify(job)).join("\n")]);
  const script = join(import.meta.dir, "python-text.py");
  const child = Bun.spawn([PYTHON, script], { stdin, stdout: "pipe", stderr: "inherit" });
  return (await new Response(child.stdout).text()).trim().split("\n");
}

async function compare(): Promise<string> {
  const seed = Number(process.env["KATA_SEED"] ?? Date.now() % 1e6);
  const jobs = [...fixedJobs(), ...randomJobs(seed, RANDOM)];
  const answers = await ask(jobs);
  const wrong: string[] = [];
  for (const [i, job] of jobs.entries()) {
    // Written again, so that both have one spelling.
    const expected = JSON.stringify(JSON.parse(answers[i] ?? "null"));
    const got = answer(job);
    if (got !== expected) wrong.push(`${JSON.stringify(job)}: ${got} instead of ${expected}`);
  }
  const eachAnswers = await ask(EACH.map((name) => ["each", name]));
  for (const [i, name] of EACH.entries()) {
    const expected = JSON.stringify(JSON.parse(eachAnswers[i] ?? "null"));
    if (each(name) !== expected) wrong.push(`${name} of all code points`);
  }
  if (wrong.length > 0) {
    const shown = wrong.slice(0, 40).join("\n");
    throw new Error(`seed ${seed}: ${wrong.length} of ${jobs.length} differ:\n${shown}`);
  }
  return `${jobs.length} answers, and ${EACH.length} of every code point, are the same (seed ${seed})`;
}

export const pythonText: Oracle = {
  packages: ["python3"],
  probe: [PYTHON, "-c", "import sys; sys.exit(sys.version_info[:2] != (3, 11))"],
  compare,
};

if (import.meta.main) {
  const jobs = [...fixedJobs(), ...randomJobs(1, 3100)];
  const answers = await ask(jobs);
  const lines = jobs.map((job, i) => `[${JSON.stringify(job)},${answers[i]}]`);
  await Bun.write(FIXTURE, `${lines.join("\n")}\n`);
}
