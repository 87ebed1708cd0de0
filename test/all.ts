/**
 * Every check and test of the project, one after the other, and one line at the
 * end that counts the tests; a check that fails counts as one that failed.
 * `--only checks` and `--only tests` run the one or the other.
 */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(import.meta.dir, "..");
const BIN = join(ROOT, "node_modules/.bin");
/** No command here takes longer on a machine that is well. */
const LIMIT_MS = 40 * 60_000;

interface Ended {
  code: number | null;
  text: string;
}

const CHECKS: Record<string, string[]> = {
  types: [process.execPath, "check", "--no-script", "."],
  lint: [
    join(BIN, "oxlint"),
    "--type-aware",
    "--deny-warnings",
    "src",
    "reporters",
    "katas",
    "test",
  ],
  format: [process.execPath, "fmt", "--no-script", "--check", "src", "reporters", "katas", "test"],
  "dead code": [join(BIN, "knip")],
};

/** Rooms whose lines are all run by their unit tests; of the rest nine in ten. */
const WHOLE = /^src\/(extensions|plugins|catalog|events)\//;
/** These run in child processes, and are shown by the end-to-end tests. */
const ELSEWHERE =
  /^(test|dist)\/|^src\/(worker|guest|cli|commands|build)\b|^src\/tensor\/webgpu\/host|\.test\.ts$/;

let passed = 0;
let failed = 0;

function announce(name: string, ok: boolean, detail = ""): void {
  console.log(`${ok ? "ok" : "FAILED"}  ${name}${detail === "" ? "" : `  ${detail}`}`);
}

async function run(command: string[], echo: boolean): Promise<Ended> {
  const child = Bun.spawn(command, {
    cwd: ROOT,
    env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: undefined, CI: undefined },
    stdin: "ignore",
    stdout: "pipe",
    stderr: "pipe",
    timeout: LIMIT_MS,
    killSignal: "SIGKILL",
  });
  let text = "";
  const read = async (stream: ReadableStream<Uint8Array>): Promise<void> => {
    const decoder = new TextDecoder();
    for await (const chunk of stream) {
      const part = decoder.decode(chunk, { stream: true });
      text += part;
      if (echo) process.stdout.write(part);
    }
  };
  await Promise.all([read(child.stdout), read(child.stderr), child.exited]);
  return { code: child.signalCode === null ? child.exitCode : null, text };
}

async function checks(): Promise<void> {
  for (const [name, command] of Object.entries(CHECKS)) {
    const { code, text } = await run(command, false);
    announce(name, code === 0);
    if (code !== 0) {
      failed++;
      console.log(text.slice(0, 8000));
    }
  }
}

/** One `bun test` a folder, so that each ends with a count of its own. */
async function tests(): Promise<void> {
  const folders = readdirSync(import.meta.dir, { withFileTypes: true })
    .filter(
      (entry) => entry.isDirectory() && !["bench", "fixtures", "oracles"].includes(entry.name),
    )
    .map((entry) => entry.name)
    .filter(
      (name) =>
        [...new Bun.Glob("**/*.test.ts").scanSync({ cwd: join(import.meta.dir, name) })].length > 0,
    )
    .toSorted();
  const unit = folders.filter((name) => name !== "e2e");
  await suite("unit", unit, ["--coverage", "--coverage-reporter=text"]);
  if (folders.includes("e2e")) await suite("e2e", ["e2e"], []);
}

async function suite(name: string, folders: string[], flags: string[]): Promise<void> {
  const { code, text } = await run(
    [
      process.execPath,
      "test",
      "--timeout",
      "60000",
      ...flags,
      ...folders.map((folder) => `./test/${folder}/`),
    ],
    false,
  );
  const count = (word: string): number =>
    Number(new RegExp(`^ +(\\d+) ${word}$`, "m").exec(text)?.[1] ?? 0);
  passed += count("pass");
  failed += count("fail");
  // A runner that died, or ran nothing, has failed whatever it counted.
  if (code !== 0 && count("fail") === 0) failed++;
  if (count("pass") === 0) failed++;
  announce(
    `${name} tests`,
    code === 0,
    `${count("pass")} passed, ${count("fail")} failed, ${count("skip")} skipped`,
  );
  if (code !== 0) console.log(failures(text));
  for (const line of text.split("\n").filter((each) => each.startsWith("(skip)")))
    console.log(line);
  if (flags.includes("--coverage")) coverage(text);
}

/** What `bun test` printed, without the passes. */
function failures(text: string): string {
  const kept = text
    .split("\n")
    .filter((line) => !/^\((pass|skip|todo)\)/.test(line) && !/^ .* \| /.test(line));
  return kept.join("\n").slice(-30_000);
}

function coverage(text: string): void {
  let lines = 0;
  let short: string[] = [];
  const rest: number[] = [];
  for (const row of text.split("\n")) {
    const match = /^ +(\S+\.ts) +\| +[\d.]+ \| +([\d.]+) \|(.*)$/.exec(row);
    if (match === null) continue;
    const [, file = "", percent = "0", uncovered = ""] = match;
    if (ELSEWHERE.test(file)) continue;
    lines++;
    if (!WHOLE.test(file)) rest.push(Number(percent));
    else if (Number(percent) < 100) short.push(`${file} ${percent}% (lines ${uncovered.trim()})`);
  }
  const mean = rest.reduce((sum, value) => sum + value, 0) / Math.max(1, rest.length);
  if (mean < 90) short = [...short, `the rest ${mean.toFixed(1)}%, at least 90% wanted`];
  const ok = lines > 0 && short.length === 0;
  announce("coverage", ok, `${lines} files, the rest at ${mean.toFixed(1)}%`);
  if (ok) return;
  failed++;
  console.log(short.join("\n"));
}

const only = process.argv.includes("--only") ? process.argv.at(-1) : undefined;
if (!existsSync(join(ROOT, "dist/kata")))
  throw new Error("Cannot find dist/kata: run `npm run build` first");
if (only === undefined || only === "checks") await checks();
if (only === undefined || only === "tests") await tests();
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
