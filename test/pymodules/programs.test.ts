/** Whole programs, whose output PyTorch and NumPy gave (see test/oracles/python/torch.ts). */
import { expect, test } from "bun:test";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { outputOf } from "./run.ts";

const PROGRAMS = join(import.meta.dir, "programs");

for (const file of readdirSync(PROGRAMS).filter((name) => name.endsWith(".py"))) {
  test(`${file} writes what it writes under CPython`, () => {
    const source = readFileSync(join(PROGRAMS, file), "utf8");
    const expected = readFileSync(join(PROGRAMS, file.replace(".py", ".out")), "utf8");
    expect(outputOf(source)).toBe(expected);
  });
}
