/** Drives the built executable as a stranger would: a folder, arguments, a pipe. */
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

export const EXECUTABLE: string = join(import.meta.dir, "../../dist/kata");

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
  ms: number;
}

export interface RunOptions {
  cwd?: string;
  env?: Record<string, string | undefined>;
  stdin?: string;
  /** Milliseconds after which it is killed, and the test fails on its own. */
  limitMs?: number;
}

const folders: string[] = [];

/** A temporary folder; `removeFolders` takes it away. */
export function folder(files: Record<string, string> = {}): string {
  const dir = mkdtempSync(join(tmpdir(), "kata-e2e-"));
  folders.push(dir);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text);
  }
  return dir;
}

export function removeFolders(): void {
  for (const dir of folders.splice(0)) rmSync(dir, { recursive: true, force: true });
}

/** The environment of a stranger's shell, without what this test run has set. */
export function plainEnvironment(): Record<string, string> {
  const { PATH = "", HOME = "", TMPDIR, KATA_CACHE } = process.env;
  return { PATH, HOME, ...(TMPDIR ? { TMPDIR } : {}), ...(KATA_CACHE ? { KATA_CACHE } : {}) };
}

export async function kata(args: string[], options: RunOptions = {}): Promise<Ended> {
  if (!existsSync(EXECUTABLE)) throw new Error("Cannot find dist/kata: run `npm run build` first");
  const started = performance.now();
  const child = Bun.spawn([EXECUTABLE, ...args], {
    cwd: options.cwd ?? folder(),
    env: { ...plainEnvironment(), ...options.env },
    stdin: options.stdin === undefined ? "ignore" : Buffer.from(options.stdin),
    stdout: "pipe",
    stderr: "pipe",
    timeout: options.limitMs ?? 60_000,
    killSignal: "SIGKILL",
  });
  const [stdout, stderr, code] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    child.exited,
  ]);
  return {
    code: child.signalCode === null ? code : null,
    stdout,
    stderr,
    ms: performance.now() - started,
  };
}

/** What the type checker has against a folder, as an editor with our typings would. */
export function typeErrors(dir: string): string {
  const tsc = join(import.meta.dir, "../../node_modules/.bin/tsc");
  const { stdout } = Bun.spawnSync([tsc, "--project", dir], { cwd: dir, timeout: 60_000 });
  return stdout.toString();
}

/** The report of `--reporter json`, as a reader sees it. */
export interface JsonReport {
  schema: string;
  passed: boolean;
  num_passed: number;
  num_failed: number;
  num_skipped: number;
  num_errors: number;
  duration_ms: number;
  kata_id?: string;
  error?: string;
  device?: string;
  seed?: number;
  results: {
    test_name: string;
    status: string;
    output: string;
    kata_id: string;
    lang: string;
    variation: string;
    reason?: string;
    duration_ms: number;
    line?: number;
  }[];
}

export async function report(
  args: string[],
  options: RunOptions = {},
): Promise<Ended & { json: JsonReport }> {
  const ended = await kata([...args, "--reporter", "json"], options);
  return { ...ended, json: JSON.parse(ended.stdout) as JsonReport };
}

export interface KataText {
  tests: string;
  template?: string;
  reference?: string;
  manifest?: string;
}

const MANIFEST = `[kata]
name = "A kata of the tests"
category = "tests"
base_difficulty = 1
description = "For the tests alone"
hints = ["There is nothing to it"]
`;

/** A folder for `--katas` that holds one kata, `sample`. */
export function sample(text: KataText): string {
  const template =
    text.template ??
    '// TODO\nexport function add(): number {\n  throw new Error("not implemented");\n}\n';
  return folder({
    "sample/manifest.toml": text.manifest ?? MANIFEST,
    "sample/kata.test.ts": text.tests,
    "sample/template.ts": template,
    "sample/reference.ts": text.reference ?? template,
  });
}

const PYTHON = "def add(a, b):\n    # TODO\n    raise NotImplementedError\n";

/** A folder for `--katas` that holds one kata in Python, `sample`, and what else its folder has. */
export function pythonSample(
  tests: string,
  { template = PYTHON, reference = template, manifest = MANIFEST }: Omit<KataText, "tests"> = {},
  others: Record<string, string> = {},
): string {
  const files = Object.entries(others).map(([name, text]) => [`sample/${name}`, text]);
  return folder({
    "sample/manifest.toml": manifest,
    "sample/test_kata.py": tests,
    "sample/template.py": template,
    "sample/reference.py": reference,
    ...(Object.fromEntries(files) as Record<string, string>),
  });
}

/** Runs `sample` with these tests in Python on this solution. */
export async function runPython(
  tests: string,
  solution: string,
  args: string[] = [],
  options: RunOptions = {},
): Promise<Ended & { json: JsonReport; dir: string }> {
  const dir = folder({ "solution.py": solution });
  const command = ["run", "sample", "solution.py", "--katas", pythonSample(tests), ...args];
  const ended = await report(command, { cwd: dir, ...options });
  return { ...ended, dir };
}

/** Runs `sample` with these tests on this solution. */
export async function runSample(
  tests: string,
  solution: string,
  args: string[] = [],
  options: RunOptions = {},
): Promise<Ended & { json: JsonReport; dir: string }> {
  const katas = sample({ tests });
  const dir = folder({ "solution.ts": solution });
  const ended = await report(["run", "sample", "solution.ts", "--katas", katas, ...args], {
    cwd: dir,
    ...options,
  });
  return { ...ended, dir };
}
