/**
 * CPython's `re` finds what our engine finds, and says what is wrong with a
 * pattern as we do. `REGEX_SEED` asks for other patterns, `REGEX_RECORD` for a
 * file of what CPython said, as the tests read it.
 */
import { join } from "node:path";
import { answer } from "../python/regex/answer.ts";
import type { Job } from "../python/regex/answer.ts";
import { JobMaker, jobsByHand } from "../python/regex/jobs.ts";
import type { Oracle } from "./all.ts";

const PYTHON = "/usr/bin/python3";
const JOBS = 20_000;
const RECORDED = 3000;
const SEED = Number(process.env["REGEX_SEED"] ?? 1);

/** CPython's answers, as lines of JSON. */
export async function askPython(jobs: readonly Job[]): Promise<string[]> {
  const answers: string[] = [];
  const script = join(import.meta.dir, "python-regex.py");
  while (answers.length < jobs.length) {
    const rest = jobs.slice(answers.length).map((job) => JSON.stringify(job));
    const stdin = new Blob([rest.join("\n")]);
    const child = Bun.spawn([PYTHON, script], { stdin, stdout: "pipe", stderr: "inherit" });
    const lines = (await new Response(child.stdout).text()).split("\n").slice(0, -1);
    answers.push(...lines);
    // A few patterns make CPython 3.11 go round for ever.
    if (lines.length < rest.length) answers.push('{"skip":"endless"}');
  }
  return answers;
}

async function compare(): Promise<string> {
  const maker = new JobMaker(SEED);
  const jobs = [...jobsByHand(), ...Array.from({ length: JOBS }, () => maker.next())];
  const answers = await askPython(jobs);
  const record = process.env["REGEX_RECORD"];
  if (record !== undefined) await write(record, jobs, answers);
  const wrong: string[] = [];
  let errors = 0;
  let skipped = 0;
  for (const [at, line] of answers.entries()) {
    const said = JSON.parse(line) as { skip?: string; error?: unknown };
    if (said.skip !== undefined) {
      skipped++;
      continue;
    }
    if (said.error !== undefined) errors++;
    const job = jobs[at]!;
    const ours = JSON.stringify(answer(job));
    const theirs = JSON.stringify(said);
    if (ours !== theirs)
      wrong.push(`${JSON.stringify(job)}\n  CPython ${theirs}\n  we      ${ours}`);
  }
  if (wrong.length > 0) throw new Error(`${wrong.length} differ:\n${wrong.slice(0, 8).join("\n")}`);
  return `${jobs.length - skipped} patterns of seed ${SEED}, ${errors} of them wrong ones`;
}

async function write(
  file: string,
  jobs: readonly Job[],
  answers: readonly string[],
): Promise<void> {
  const lines = answers
    .map((line, at) => `[${JSON.stringify(jobs[at])},${line}]`)
    .filter((_, at) => !answers[at]!.startsWith('{"skip"'))
    .slice(0, RECORDED);
  await Bun.write(file, Bun.gzipSync(lines.join("\n")));
}

export const pythonRegex: Oracle = {
  packages: ["python3"],
  probe: [PYTHON, "-c", "import sys; sys.exit(sys.version_info[:2] != (3, 11))"],
  compare,
};
