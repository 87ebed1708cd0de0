/** `array` and `pickle`: programs whose output is recorded from CPython 3.11. */
import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../../src/python/index.ts";

const read = (name: string): string =>
  readFileSync(join(import.meta.dir, "pickling", name), "utf8");

for (const name of ["arrays", "pickles"]) {
  test(`run() does with ${name} what CPython does`, () => {
    const result = run(read(`${name}.py`), { filename: "/program.py" });
    expect(result.ok ? undefined : result.error.text).toBeUndefined();
    expect(result.output).toBe(read(`${name}.out`));
  });
}
