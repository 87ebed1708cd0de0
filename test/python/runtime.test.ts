/** What the compiler calls by name, and what compiled code is given under those names. */
import { expect, test } from "bun:test";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import "../../src/python/index.ts";
import { librarySources } from "../../src/python/library/written.ts";
import { compileSource } from "../../src/python/compiler/compile.ts";
import { table } from "../../src/python/runtime.ts";

const COMPILER = join(import.meta.dir, "../../src/python/compiler");

/** Names in the first line of compiled code, `var {M,S,…}=R;`. */
function namesIn(code: string): string[] {
  return /^var \{([^}]*)\}=R/
    .exec(code)![1]!
    .split(",")
    .filter((name) => name !== "");
}

test("table has every function that the library's compiled modules call", () => {
  const missing = new Set<string>();
  for (const [file, path] of librarySources()) {
    for (const name of namesIn(compileSource(readFileSync(path, "utf8"), file).code)) {
      if (!(name in table)) missing.add(name);
    }
  }
  expect([...missing]).toEqual([]);
});

test("table has every function that the compiler asks for by a literal name", () => {
  const missing: string[] = [];
  for (const file of readdirSync(COMPILER)) {
    const text = readFileSync(join(COMPILER, file), "utf8");
    for (const [, name] of text.matchAll(
      /\b(?:(?:invoke|delegating)\(\s*\w+,\s*[\w.]+|(?:use|runtimeName)\(\s*\w+),\s*"(\w+)"/g,
    )) {
      if (!(name! in table)) missing.push(`${file}: ${name}`);
    }
  }
  expect(missing).toEqual([]);
});

test("table has all operators, in place and not, and all ways into a call", () => {
  const operators = "add sub mul matmul truediv mod pow lshift rshift or xor and floordiv".split(
    " ",
  );
  const ways = [0, 1, 2, 3, 4].map((count) => `adapt${count}`);
  for (const name of [...operators, ...operators.map((one) => `i${one}`), ...ways]) {
    expect(table).toHaveProperty(name);
  }
});
