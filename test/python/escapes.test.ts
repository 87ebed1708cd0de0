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
const LIMITS = { maxSteps: 2e7, maxTimeMs: 2000, maxMemory: 2 ** 26, maxOutput: 2 ** 20 };
/** How far past its limits a program may go before it is stopped. */
const LATE_MS = 100;
const MORE_BYTES = 2 ** 26;

test("outcomes.json names every program", () => {
  const files = readdirSync(DIR).filter((name) => name.endsWith(".py"));
  expect(table.map(({ name }) => `${name}.py`).toSorted()).toEqual(files.toSorted());
  expect(new Set(table.map(({ item }) => item)).size).toBe(14);
});

async function judge({ name, outcome, stdout }: Escape): Promise<void> {
  const source = readFileSync(join(DIR, `${name}.py`), "utf8");
  if (outcome === "same") {
    expect((await runPython(source)).output).toBe(stdout ?? "");
    return;
  }
  const before = process.memoryUsage.rss();
  const started = performance.now();
  const { ok, output, error } = await runPython(source, LIMITS);
  expect(performance.now() - started).toBeLessThan(LIMITS.maxTimeMs + LATE_MS);
  expect(process.memoryUsage.rss() - before).toBeLessThan(LIMITS.maxMemory + MORE_BYTES);
  expect(output).not.toContain("escaped");
  if (outcome !== "limit") return;
  expect(ok).toBe(false);
  expect(error?.kind).toMatch(/^(timeout|limit)$/);
}

for (const one of PRESENT ? table : [])
  test(`run() keeps ${one.name} in: ${one.outcome}`, () => judge(one));
