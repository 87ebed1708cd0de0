import { expect, test } from "bun:test";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../../src/python/index.ts";

/** Programs about classes and the modules that make them, each with what CPython 3.11 prints. */
const PROGRAMS = join(import.meta.dir, "programs");
const read = (name: string): string => readFileSync(join(PROGRAMS, name), "utf8");

/** Addresses are never the same. */
const withoutAddresses = (text: string): string => text.replaceAll(/0x[0-9a-f]+/g, "0x");

for (const file of readdirSync(PROGRAMS).filter((name) => name.endsWith(".py"))) {
  const name = file.slice(0, -3);
  test(`run() prints what CPython prints of classes: ${name}`, () => {
    const result = run(read(file), { filename: file });
    expect(result.ok ? undefined : result.error).toBeUndefined();
    expect(withoutAddresses(result.output)).toBe(withoutAddresses(read(`${name}.out`)));
  });
}

test("run() ends an object that is its own __call__ by RecursionError", () => {
  const source =
    "class A: pass\nA.__call__ = A()\ntry: A()()\nexcept RecursionError: print('ended')";
  expect(run(source).output).toBe("ended\n");
});

test("run() keeps a class that has __str__ as __repr__ from going on without end", () => {
  const source =
    "class A: pass\nA.__repr__ = A.__str__\ntry: str(A())\nexcept RecursionError: print('ended')";
  expect(run(source).output).toBe("ended\n");
});
