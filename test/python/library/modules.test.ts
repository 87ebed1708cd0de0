/** Modules of the library: programs whose output is recorded from CPython 3.11. */
import { expect, test } from "bun:test";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../../src/python/index.ts";

const DIR = join(import.meta.dir, "modules");
const read = (name: string): string => readFileSync(join(DIR, name), "utf8");

for (const file of readdirSync(DIR).filter((name) => name.endsWith(".py"))) {
  const name = file.replace(".py", "");
  test(`run() does what CPython does: ${name}`, () => {
    const result = run(read(file));
    expect(result.ok ? undefined : result.error.text).toBeUndefined();
    expect(result.output).toBe(read(`${name}.out`));
  });
}
