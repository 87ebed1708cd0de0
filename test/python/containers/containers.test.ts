/** Programs about containers and iteration; beside each stands what CPython 3.11 printed for it. */
import { expect, test } from "bun:test";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { runPython } from "../implementation.ts";

const files = readdirSync(import.meta.dir).filter((name) => name.endsWith(".py"));

for (const file of files) {
  test(`run() prints as CPython does when a program is about ${file.slice(0, -3)}`, async () => {
    const source = readFileSync(join(import.meta.dir, file), "utf8");
    const expected = readFileSync(join(import.meta.dir, file.replace(/py$/, "out")), "utf8");
    const { output, error } = await runPython(source);
    expect(error).toBeUndefined();
    expect(output).toBe(expected);
  });
}
