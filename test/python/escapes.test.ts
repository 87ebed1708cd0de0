/** Programs that want out, or want everything; outcomes.json says what must become of each. */
import { expect, test } from "bun:test";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PRESENT, runPython } from "./implementation.ts";

interface Escape {
  name: string;
  /** The kind of attack: programs of one number try the same. */
  item: number;
  /** As CPython does, an error of a limit, or whatever reaches nothing. */
  outcome: "same" | "limit" | "denied";
  stdout?: string;
}

const DIR = join(import.meta.dir, "escapes");
const table = JSON.parse(readFileSync(join(DIR, "outcomes.json"), "utf8")) as Escape[];
const LIMITS = { maxSteps: 5e6, maxTimeMs: 1500, maxMemory: 2 ** 26, maxOutput: 2 ** 20 };
/** Whether each program gets a process of its own, where the most memory that it ever had can be told. */
const APART = process.env["APART"] !== undefined;
/** How far past its limits a program may go before it is stopped: 100 ms where nothing else runs, as apart. */
const LATE_MS = APART ? 100 : 400;
const MORE_BYTES = 2 ** 26;

test("outcomes.json names every program", () => {
  const files = readdirSync(DIR).filter((name) => name.endsWith(".py"));
  expect(table.map(({ name }) => `${name}.py`).toSorted()).toEqual(files.toSorted());
  expect(new Set(table.map(({ item }) => item)).size).toBe(14);
});

interface Judged {
  ok: boolean;
  output: string;
  error?: { kind: string };
  ms: number;
  bytes: number;
}

async function here(source: string): Promise<Judged> {
  const before = process.memoryUsage.rss();
  const [started, cpu] = [performance.now(), process.cpuUsage()];
  const result = await runPython(source, LIMITS);
  // On a busy machine the clock runs while the process waits.
  const { user, system } = process.cpuUsage(cpu);
  const ms = Math.min(performance.now() - started, (user + system) / 1000);
  return { ...result, ms, bytes: process.memoryUsage.rss() - before };
}

async function apart(name: string): Promise<Judged> {
  const script = `
    const { run } = await import(${JSON.stringify(join(DIR, "../../../src/python/index.ts"))});
    const source = await Bun.file(${JSON.stringify(join(DIR, `${name}.py`))}).text();
    run("1");
    const before = process.memoryUsage.rss();
    const [started, cpu] = [performance.now(), process.cpuUsage()];
    const { ok, output, error } = run(source, ${JSON.stringify(LIMITS)});
    const { user, system } = process.cpuUsage(cpu);
    const ms = Math.min(performance.now() - started, (user + system) / 1000);
    const bytes = process.resourceUsage().maxRSS * 1024 - before;
    console.log(JSON.stringify({ ok, output, error, ms, bytes }));`;
  const child = Bun.spawn([process.execPath, "-e", script], { stdout: "pipe", stderr: "inherit" });
  return JSON.parse(await new Response(child.stdout).text()) as Judged;
}

async function judge({ name, outcome, stdout }: Escape): Promise<void> {
  const source = readFileSync(join(DIR, `${name}.py`), "utf8");
  if (outcome === "same") {
    expect((await runPython(source)).output).toBe(stdout ?? "");
    return;
  }
  const { ok, output, error, ms, bytes } = await (APART ? apart(name) : here(source));
  expect(ms).toBeLessThan(LIMITS.maxTimeMs + LATE_MS);
  expect(bytes).toBeLessThan(LIMITS.maxMemory + MORE_BYTES);
  expect(output).not.toContain("escaped");
  if (outcome !== "limit") return;
  expect(ok).toBe(false);
  expect(error?.kind).toMatch(/^(timeout|limit)$/);
}

for (const one of PRESENT ? table : [])
  test(`run() keeps ${one.name} in: ${one.outcome}`, () => judge(one));
