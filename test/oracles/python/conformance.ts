/**
 * Counts what of public suites a Python implementation passes, and groups the
 * failures by their error, most frequent first: what to mend next. The suites are
 * made runnable by prepare.ts.
 *
 *   bun test/oracles/python/conformance.ts --suites DIR [--runner COMMAND] [--json FILE]
 *       [--jobs 2] [--timeout SECONDS] [--memory MIB] [suite | suite/name …]
 *
 * A runner's `{file}` and `{dir}` stand for the program and its folder; without
 * `{file}` the program is its last argument. Default: `dist/kata py --allow-write {dir}`.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { fill, lastLine, runMethods, type Case } from "./cases.ts";
import { limited, LIMITS, parallel, type Ended, type Limits } from "./limited.ts";

/** What one file, or one test method of it, came to. */
interface Result {
  suite: string;
  name: string;
  ok: boolean;
  /** The line by which failures are grouped. */
  error: string;
  /** It asked for a module that a sandbox has no place for, and is not counted. */
  out?: boolean;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    suites: { type: "string", default: process.env["KATA_PYTHON_SUITES"] ?? "" },
    runner: { type: "string", default: "dist/kata py --allow-write {dir}" },
    json: { type: "string" },
    jobs: { type: "string", default: "2" },
    timeout: { type: "string", default: String(LIMITS.timeoutMs / 1000) },
    memory: { type: "string", default: String(LIMITS.memory / 2 ** 20) },
  },
});
const limits: Limits = {
  ...LIMITS,
  timeoutMs: Number(values.timeout) * 1000,
  memory: Number(values.memory) * 2 ** 20,
};
const suites = resolve(values.suites);
const runner = absolute(values.runner);

/** Programs run in their own folders, so what the command names from here is made absolute. */
function absolute(command: string): string {
  return command
    .split(" ")
    .map((word) => (word.includes("/") && existsSync(word) ? resolve(word) : word))
    .join(" ");
}

const run: typeof limited = (command, options) => limited(command, { ...options, limits });

async function judge(one: Case): Promise<Result[]> {
  const file = join(suites, one.file);
  if (one.methods !== undefined) return judgeMethods(one, one.methods, file);
  const ended = await run(fill(runner, file), { cwd: join(file, "..") });
  const error = difference(one.stdout, ended);
  return [{ suite: one.suite, name: one.name, ok: error === "", error }];
}

async function judgeMethods(one: Case, methods: string[], file: string): Promise<Result[]> {
  const { results, ended } = await runMethods(runner, file, run, methods);
  return methods.map((method) => {
    const setUp = results.get(method.replace(/\..*/, ".setUpClass"));
    const how = results.get(method) ?? setUp ?? `never ran: ${failure(ended)}`;
    const error = how === "ok" ? "" : how.replace(/^FAIL /, "");
    return {
      suite: one.suite,
      name: `${one.name}.${method}`,
      ok: how === "ok",
      error,
      out: ABSENT.test(how),
    };
  });
}

/** What the stand-in for `test.support` says where a module is asked for that it put in place. */
const ABSENT = /needs the module /;

/** What is wrong with how a program ended, in a line; nothing where nothing is. */
function difference(expected: string | undefined, ended: Ended): string {
  if (ended.how !== 0) return failure(ended);
  if (expected === undefined || ended.stdout === expected) return "";
  const got = ended.stdout.split("\n");
  const wanted = expected.split("\n");
  const at = wanted.findIndex((line, index) => line !== got[index]);
  const line = at === -1 ? wanted.length : at;
  const show = (text: string | undefined): string =>
    text === undefined ? "its end" : JSON.stringify(text.slice(0, 90));
  return `output line ${line + 1}: ${show(got[line])}, CPython ${show(wanted[line])}`;
}

function failure({ how, stderr }: Ended): string {
  return typeof how === "number" ? lastLine(stderr) || `exit ${how}` : `ended: ${how}`;
}

/** Failures that differ in names, numbers and places alone are one. */
function kindOf(error: string): string {
  return error
    .replace(/^output line \d+: .*/, "other output")
    .replaceAll(/0x[0-9a-f]+|\d+/g, "N")
    .slice(0, 110);
}

function report(results: readonly Result[], seconds: number): void {
  for (const suite of new Set(results.map((one) => one.suite))) {
    const own = results.filter((one) => one.suite === suite);
    console.log(share(suite, own));
    const modules = new Set(own.map((one) => one.name.split(".")[0] ?? ""));
    if (suite !== "cpython" && suite !== "library") continue;
    for (const module of modules)
      console.log(
        share(
          `  ${module}`,
          own.filter((one) => one.name.startsWith(`${module}.`)),
        ),
      );
  }
  const groups = Map.groupBy(
    results.filter((one) => !one.ok && one.out !== true),
    (one) => kindOf(one.error),
  );
  const sorted = [...groups].toSorted(([, a], [, b]) => b.length - a.length);
  for (const [kind, members] of sorted) {
    console.log(`\n${members.length} × ${kind}`);
    for (const { suite, name, error } of members.slice(0, kind === "other output" ? 1000 : 4))
      console.log(`    ${suite}/${name}  ${error.slice(0, 200)}`);
  }
  console.log(
    `\n${results.filter((one) => one.ok).length} of ${results.filter((one) => one.out !== true).length}, ${seconds} s`,
  );
}

function share(name: string, own: readonly Result[]): string {
  const passed = own.filter((one) => one.ok).length;
  const counted = own.filter((one) => one.out !== true).length;
  const percent = ((100 * passed) / counted).toFixed(1);
  const out = own.filter((one) => one.out === true).length;
  const note = out === 0 ? "" : `  and ${out} ask for modules that a sandbox has not`;
  return `${name.padEnd(32)} ${String(passed).padStart(5)} of ${String(counted).padEnd(5)} ${percent.padStart(6)}%${note}`;
}

const cases = (JSON.parse(readFileSync(join(suites, "cases.json"), "utf8")) as Case[]).filter(
  ({ suite, name }) =>
    positionals.length === 0 ||
    positionals.some((word) => word === suite || word === `${suite}/${name}`),
);
if (cases.length === 0) throw new Error(`Cannot find ${positionals.join(", ")} among the suites`);
const started = performance.now();
const results = (await parallel(cases, Number(values.jobs), judge)).flat();
report(results, Math.round((performance.now() - started) / 1000));
if (values.json !== undefined) writeFileSync(values.json, JSON.stringify(results, null, 1));
