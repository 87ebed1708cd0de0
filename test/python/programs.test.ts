import { expect, test } from "bun:test";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseModule } from "../../src/python/syntax/parse.ts";
import { program, withoutAddresses } from "../oracles/python/generate.ts";
import { PRESENT, runPython } from "./implementation.ts";

const PROGRAMS = join(import.meta.dir, "programs");
/** Seeds, each with a digest of what CPython 3.11 prints for its program. */
const FUZZ = join(import.meta.dir, "../fixtures/python/fuzz.json");

const read = (name: string): string => readFileSync(join(PROGRAMS, name), "utf8");
const names = readdirSync(PROGRAMS)
  .filter((name) => name.endsWith(".py"))
  .map((name) => name.slice(0, -3))
  .toSorted();
const recorded = JSON.parse(readFileSync(FUZZ, "utf8")) as { program: string; output: string }[];
const digest = (text: string): string => new Bun.CryptoHasher("sha1").update(text).digest("hex");

test("parseModule() reads every program", () => {
  for (const name of names) expect(() => parseModule(read(`${name}.py`))).not.toThrow();
});

test("program() makes of a seed the program whose output is recorded, one that parses", () => {
  for (const [index, one] of recorded.entries()) {
    const source = program(index + 1);
    expect(digest(source)).toBe(one.program);
    expect(() => parseModule(source)).not.toThrow();
  }
});

test.skipIf(!PRESENT)(
  "run() prints of a random program what CPython prints",
  async () => {
    const wrong: number[] = [];
    for (const [index, one] of recorded.entries()) {
      const { output } = await runPython(program(index + 1));
      if (digest(withoutAddresses(output)) !== one.output) wrong.push(index + 1);
    }
    expect(wrong).toEqual([]);
  },
  60_000,
);

for (const name of PRESENT ? names : []) {
  test(`run() prints what CPython prints: ${name}`, async () => {
    const { output, error } = await runPython(read(`${name}.py`));
    expect(error).toBeUndefined();
    expect(output).toBe(read(`${name}.out`));
  });
}
