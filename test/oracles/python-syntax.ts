/** CPython 3.12 parses its own library, and what is wrong with our fixtures, as we do. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PythonSyntaxError } from "../../src/python/syntax/error.ts";
import { parseModule } from "../../src/python/syntax/parse.ts";
import { dump } from "../python/syntax/dump.ts";
import type { Oracle } from "./all.ts";

/** Debian has no 3.12 yet: `PYTHON312` says where one is. */
const PYTHON = process.env["PYTHON312"] ?? "/usr/bin/python3.12";
const FIXTURE = join(import.meta.dir, "../fixtures/python/syntax.ndjson");

interface Answer {
  tree?: string;
  error?: unknown[];
  skip?: string;
  names?: Record<string, string>;
}

async function ask(jobs: readonly object[]): Promise<Answer[]> {
  const stdin = new Blob([jobs.map((job) => JSON.stringify(job)).join("\n")]);
  const script = join(import.meta.dir, "python-syntax.py");
  const child = Bun.spawn([PYTHON, script], { stdin, stdout: "pipe", stderr: "inherit" });
  const text = await new Response(child.stdout).text();
  return text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Answer);
}

function ours(source: string | Uint8Array, names: Record<string, string> = {}): string {
  try {
    return dump(parseModule(source, (name) => names[name]));
  } catch (error) {
    if (!(error instanceof PythonSyntaxError)) throw error;
    const { kind, message, lineno, offset, end_lineno, end_offset } = error;
    return JSON.stringify([kind, message, lineno, offset, end_lineno, end_offset]);
  }
}

async function compare(): Promise<string> {
  const [where = ""] = (
    await new Response(
      Bun.spawn([PYTHON, "-c", "import os; print(os.path.dirname(os.__file__))"]).stdout,
    ).text()
  ).split("\n");
  const files = readdirSync(where)
    .filter((name) => name.endsWith(".py"))
    .map((name) => join(where, name));
  const sources = readFileSync(FIXTURE, "utf8")
    .trim()
    .split("\n")
    .map((line) => (JSON.parse(line) as { source: string }).source);
  const answers = await ask([
    ...files.map((file) => ({ file })),
    ...sources.map((src) => ({ src })),
  ]);
  const wrong: string[] = [];
  for (const [i, answer] of answers.entries()) {
    const file = files[i];
    const source = file === undefined ? (sources[i - files.length] ?? "") : readFileSync(file);
    const said = ours(source, answer.names);
    const sha = file !== undefined && answer.tree !== undefined;
    const got = sha ? new Bun.CryptoHasher("sha1").update(said).digest("hex") : said;
    if (got !== (answer.tree ?? JSON.stringify(answer.error))) wrong.push(file ?? String(source));
  }
  if (wrong.length > 0) throw new Error(`${wrong.length} differ: ${wrong.slice(0, 10).join("; ")}`);
  return `${files.length} files and ${sources.length} programs have the same tree or error`;
}

export const pythonSyntax: Oracle = {
  packages: ["python3.12"],
  probe: [PYTHON, "-c", "import sys; sys.exit(sys.version_info[:2] != (3, 12))"],
  compare,
};
