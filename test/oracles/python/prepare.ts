/**
 * Makes public suites runnable, outside of the project, and records what CPython
 * says of every file; what CPython itself fails or skips is left out.
 *
 *   bun test/oracles/python/prepare.ts --sources DIR --suites DIR [suite …]
 *
 * The sources' folder holds checkouts (or parts of them) of
 * `micropython/` github.com/micropython/micropython (tests/basics, float, unicode),
 * `human-eval/` github.com/openai/human-eval (data),
 * `RustPython/` github.com/RustPython/RustPython (extra_tests/snippets),
 * `exercism/` github.com/exercism/python (exercises/practice), and
 * `cpython/` Debian's package libpython3.11-testsuite (usr/lib/python3.11/test).
 */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { gunzipSync } from "node:zlib";
import { parseArgs } from "node:util";
import { PYTHON, runMethods, type Case } from "./cases.ts";
import { layOut } from "./library.ts";
import { limited, parallel } from "./limited.ts";

/** The test files of the language itself, and what they import beside it. */
const CPYTHON = [
  "grammar",
  "int",
  "dict",
  "list",
  "generators",
  "patma",
  "fstring",
  "descr",
  "scope",
  "exceptions",
].map((name) => `test_${name}.py`);
const BESIDE = [
  "list_tests",
  "seq_tests",
  "mapping_tests",
  "ann_module",
  "ann_module2",
  "ann_module3",
  "__init__",
  "test_grammar",
].map((name) => `${name}.py`);

/** Some of these come with Python itself. */
const INSTALLED = "/usr/lib/python3.11/test";

interface HumanEvalTask {
  task_id: string;
  prompt: string;
  canonical_solution: string;
  test: string;
  entry_point: string;
}

/** A file that might become a case. */
interface Candidate {
  suite: string;
  name: string;
  path: string;
  byMethod: boolean;
}

const candidate = (suite: string, path: string, byMethod = false): Candidate => ({
  suite,
  name: basename(path, ".py"),
  path,
  byMethod,
});

const pythonFiles = (dir: string): string[] =>
  readdirSync(dir)
    .filter((name) => name.endsWith(".py"))
    .toSorted()
    .map((name) => join(dir, name));

function* micropython(sources: string, suites: string): Generator<Candidate> {
  for (const part of ["basics", "float", "unicode"]) {
    const dir = join(suites, `micropython-${part}`);
    cpSync(join(sources, "micropython/tests", part), dir, { recursive: true });
    for (const file of pythonFiles(dir)) yield candidate(`micropython-${part}`, file);
  }
}

function* humanEval(sources: string, suites: string): Generator<Candidate> {
  const dir = join(suites, "humaneval");
  mkdirSync(dir, { recursive: true });
  const packed = readFileSync(join(sources, "human-eval/data/HumanEval.jsonl.gz"));
  for (const line of gunzipSync(packed).toString().trim().split("\n")) {
    const task = JSON.parse(line) as HumanEvalTask;
    const file = join(dir, `${(task.task_id.split("/")[1] ?? "").padStart(3, "0")}.py`);
    const { prompt, canonical_solution, test, entry_point } = task;
    const end = `check(${entry_point})\nprint("passed")\n`;
    writeFileSync(file, `${prompt}${canonical_solution}\n${test}\n${end}`);
    yield candidate("humaneval", file);
  }
}

function* rustPython(sources: string, suites: string): Generator<Candidate> {
  const dir = join(suites, "rustpython");
  cpSync(join(sources, "RustPython/extra_tests/snippets"), dir, { recursive: true });
  for (const file of pythonFiles(dir)) yield candidate("rustpython", file);
}

function* cpython(sources: string, suites: string): Generator<Candidate> {
  const from = join(sources, "cpython/usr/lib/python3.11/test");
  const dir = join(suites, "cpython");
  mkdirSync(join(dir, "test"), { recursive: true });
  for (const name of BESIDE) {
    const own = join(from, name);
    cpSync(existsSync(own) ? own : join(INSTALLED, name), join(dir, "test", name));
  }
  cpSync(join(import.meta.dir, "support"), join(dir, "test/support"), { recursive: true });
  for (const name of CPYTHON) {
    cpSync(join(from, name), join(dir, name));
    yield candidate("cpython", join(dir, name), true);
  }
}

function* library(sources: string, suites: string): Generator<Candidate> {
  const dir = join(suites, "library");
  for (const file of layOut(sources, join(import.meta.dir, "support"), dir))
    yield candidate("library", file, true);
}

function* exercism(sources: string, suites: string): Generator<Candidate> {
  const from = join(sources, "exercism/exercises/practice");
  for (const slug of readdirSync(from).toSorted()) {
    const example = join(from, slug, ".meta/example.py");
    if (!existsSync(example)) continue;
    const dir = join(suites, "exercism", slug);
    cpSync(join(from, slug), dir, {
      recursive: true,
      filter: (path) => !basename(path).startsWith("."),
    });
    const module = slug.replaceAll("-", "_");
    cpSync(example, join(dir, `${module}.py`));
    yield candidate("exercism", join(dir, `${module}_test.py`), true);
  }
}

/** What CPython says of a candidate; undefined where it says nothing to hold on to. */
async function answer(one: Candidate, suites: string): Promise<Case | undefined> {
  const { suite, name } = one;
  const file = relative(suites, one.path);
  if (one.byMethod) {
    const { results } = await runMethods(PYTHON, one.path);
    const methods = [...results].filter(([, how]) => how === "ok").map(([method]) => method);
    return methods.length === 0 ? undefined : { suite, name, file, methods };
  }
  const run = (hashSeed: string): ReturnType<typeof limited> =>
    limited([PYTHON, one.path], {
      cwd: join(one.path, ".."),
      env: { PYTHONHASHSEED: hashSeed, PYTHONWARNINGS: "ignore", PYTHONDONTWRITEBYTECODE: "1" },
    });
  const first = await run("1");
  if (first.how !== 0 || first.stdout.trimEnd() === "SKIP") return undefined;
  const same = (await run("2")).stdout === first.stdout;
  return { suite, name, file, ...(same ? { stdout: first.stdout } : {}) };
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { sources: { type: "string" }, suites: { type: "string" } },
});
if (values.sources === undefined || values.suites === undefined)
  throw new Error("Cannot prepare: --sources DIR and --suites DIR are needed");
const { sources, suites } = values;
/** All suites, or the named ones; of the others the cases that were there stay. */
const makers = Object.entries({
  micropython,
  humaneval: humanEval,
  rustpython: rustPython,
  cpython,
  library,
  exercism,
}).filter(([name]) => positionals.length === 0 || positionals.includes(name));
const candidates = makers.flatMap(([, make]) => [...make(sources, suites)]);
const made = new Set(candidates.map((one) => one.suite));
const all = join(suites, "cases.json");
const before = existsSync(all) ? (JSON.parse(readFileSync(all, "utf8")) as Case[]) : [];
const cases = await parallel(candidates, 2, (one) => answer(one, suites));
const kept = [
  ...before.filter((one) => !made.has(one.suite)),
  ...cases.filter((one) => one !== undefined),
];
writeFileSync(all, JSON.stringify(kept));
for (const suite of made) {
  const own = kept.filter((one) => one.suite === suite);
  const methods = own.reduce((sum, one) => sum + (one.methods?.length ?? 0), 0);
  const tried = candidates.filter((one) => one.suite === suite).length;
  console.log(
    `${suite}: ${own.length} of ${tried} files${methods > 0 ? `, ${methods} methods` : ""}`,
  );
}
