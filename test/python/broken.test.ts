/** Sources that are broken, long or deep: each is compiled or refused with its place, and none ends the host. */
import { describe, expect, test } from "bun:test";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { compile, PythonSyntaxError, run } from "../../src/python/index.ts";
import { cpuTime } from "../cpu-time.ts";
import { program } from "../oracles/python/generate.ts";
import { broken } from "../oracles/python/mutate.ts";

const PROGRAMS = join(import.meta.dir, "programs");
const SEEDS = 300;
const KINDS = ["exec", "exec", "exec", "single", "eval"] as const;

const programs = readdirSync(PROGRAMS)
  .filter((name) => name.endsWith(".py"))
  .map((name) => readFileSync(join(PROGRAMS, name), "utf8"));

/** What compiling came to: an error in words where it is neither a program nor refused. */
function outcome(source: string, seed: number): string {
  const given = seed % 5 === 0 ? new TextEncoder().encode(source) : source;
  try {
    const { code } = compile(given, { kind: KINDS[seed % KINDS.length]! });
    // oxlint-disable-next-line typescript/no-implied-eval, no-new
    new Function("R", "G", "B", "ns", code);
    return "program";
  } catch (error) {
    if (!(error instanceof PythonSyntaxError)) return `${seed}: ${String(error)}`;
    const { lineno, offset } = error;
    const lines = source.split("\n").length + 1;
    const fits = Number.isInteger(offset) && lineno >= 0 && lineno <= lines;
    return fits ? "refused" : `${seed}: ${error.message} at ${lineno}:${offset}`;
  }
}

test("compile() gives a program or an error with its place for whatever was broken", () => {
  const seen = new Map<string, number>();
  for (let seed = 1; seed <= SEEDS; seed++) {
    const good =
      seed % 2 === 0 ? program(seed) : programs[seed % programs.length]!.split("\n\n\n")[0]!;
    const what = outcome(broken(good, seed), seed);
    seen.set(what, (seen.get(what) ?? 0) + 1);
  }
  expect([...seen.keys()].toSorted()).toEqual(["program", "refused"]);
}, 30_000);

test("compile() takes time that grows with the length of a program", () => {
  const forms = [
    (i: number) => `x${i % 100} = [${i}, "t", (1, 2)]`,
    (i: number) => `def f${i}(a, b=${i}):\n    return a + b`,
    (i: number) => `try:\n    z = ${i}\nexcept ValueError:\n    pass`,
  ];
  const time = (lines: readonly string[]): number => {
    const before = cpuTime();
    compile(lines.join("\n"));
    return cpuTime() - before;
  };
  for (const form of forms) {
    const lines = Array.from({ length: 6000 }, (_, i) => form(i));
    time(lines.slice(0, 1000));
    const few = time(lines.slice(0, 1000)) + 5;
    // Six times as many; a square would be thirty-six.
    expect(time(lines) / few).toBeLessThan(20);
  }
}, 30_000);

test("compile() reads 100,000 lines, or says that they nest too deeply", () => {
  const many = (line: (i: number) => string): string =>
    Array.from({ length: 100_000 }, (_, i) => line(i)).join("\n");
  compile(many(() => "# nothing"));
  compile(`s = (\n${many((i) => `"line ${i}"`)})`);
  compile(`x = (0\n${many((i) => `+ ${i}`)})`);
  const chain = `if 0: pass\n${many((i) => `elif ${i}: pass`)}`;
  expect(() => compile(chain)).toThrow("too deeply nested to be compiled");
}, 30_000);

describe("sys.setrecursionlimit() beyond what the host's stack holds", () => {
  const FORMS: Record<string, string> = {
    function: "def f(n): f(n + 1)\nf(0)",
    arguments: "def f(a, *b, k=1, **m): f(a, *b, k=k, **m)\nf(0)",
    method: "class A:\n    def m(self): self.m()\nA().m()",
    operator: "class A:\n    def __add__(self, o): return self + o\nA() + 1",
    attribute: "class A:\n    def __getattr__(self, n): return getattr(self, n + 'x')\nA().y",
    generator: "def f():\n    yield from f()\nlist(f())",
    comprehension: "def f(): return [f() for _ in (1,)]\nf()",
    "sort key": "def f(x): return sorted([1, 2], key=f)\nf(0)",
    repr: "x = []\nfor i in range(200000): x = [x]\nrepr(x)",
    comparison: "x, y = [], []\nfor i in range(200000): x, y = [x], [y]\nx == y",
    json: "import json\nx = []\nfor i in range(200000): x = [x]\njson.dumps(x)",
    eval: "def f(): eval('f()')\nf()",
  };
  test.each(Object.entries(FORMS))(
    "ends in a RecursionError: %s",
    (_name, body) => {
      const source = [
        "import sys",
        "sys.setrecursionlimit(10**6)",
        "try:",
        ...body.split("\n").map((line) => `    ${line}`),
        "except RecursionError as error:",
        "    print(str(error)[:32])",
        "print('goes on')",
      ];
      const { output } = run(source.join("\n"), { maxDepth: 100_000, maxTimeMs: 20_000 });
      expect(output).toBe("maximum recursion depth exceeded\ngoes on\n");
    },
    30_000,
  );
});
