/** Numbers and the modules about them: programs whose output is recorded from CPython 3.11 (local time UTC). */
import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../../src/python/index.ts";

const read = (name: string): string => readFileSync(join(import.meta.dir, "numbers", name), "utf8");

const PROGRAMS = [
  "calendar_zoneinfo",
  "constructors",
  "datetime",
  "decimal",
  "fractions_statistics",
  "operators",
  "random",
];

for (const name of PROGRAMS) {
  test(`run() reckons as CPython does: ${name}`, () => {
    const result = run(read(`${name}.py`));
    expect(result.ok ? undefined : result.error.text).toBeUndefined();
    expect(result.output).toBe(read(`${name}.out`));
  });
}
