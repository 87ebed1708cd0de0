import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { analyse } from "../../../src/python/symbols/analyse.ts";
import { boundLoads } from "../../../src/python/symbols/bound.ts";
import { mangle, type Scope } from "../../../src/python/symbols/scope.ts";
import { PythonSyntaxError } from "../../../src/python/syntax/error.ts";
import { parseModule } from "../../../src/python/syntax/parse.ts";
import { outcome } from "./outcome.ts";

interface Recorded {
  source: string;
  table?: string;
  error?: unknown[];
}

/** Programs: CPython 3.12.1's errors, and 3.11's tables, which hold comprehensions apart. */
const RECORDED = readFileSync(join(import.meta.dir, "../../fixtures/python/symbols.ndjson"), "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line) as Recorded);

function scopes(source: string): Scope[] {
  const all = [analyse(parseModule(source)).root];
  for (const scope of all) all.push(...scope.children);
  return all;
}

function scopeNamed(source: string, name: string): Scope | undefined {
  return scopes(source).find((scope) => scope.name === name);
}

test.each(RECORDED.map((one) => [one.source, one] as const))(
  "analyse() agrees with CPython on %j",
  (source, { table, error }) => {
    expect(outcome(source)).toEqual(table ?? error ?? expect.any(String));
  },
);

test("analyse() names scopes as CPython qualifies them", () => {
  const source =
    "class A[T]:\n def f(self):\n  def g(): [x for x in y]\n  global h\n  def h(): lambda: 0\ntype B[U: int] = U\n";
  expect(scopes(source).map(({ kind, qualname }) => [kind, qualname])).toEqual([
    ["module", "<module>"],
    ["type parameters", "<generic parameters of A>"],
    ["type parameters", "<generic parameters of B>"],
    ["class", "A"],
    ["bound", "U"],
    ["type alias", "B"],
    ["function", "A.f"],
    ["function", "A.f.<locals>.g"],
    ["function", "h"],
    ["comprehension", "A.f.<locals>.g.<locals>.<listcomp>"],
    ["lambda", "h.<locals>.<lambda>"],
  ]);
});

test("analyse() sees generators, coroutines and what looks at locals", () => {
  expect(scopeNamed("def f(): yield", "f")).toMatchObject({
    isGenerator: true,
    isCoroutine: false,
  });
  expect(scopeNamed("async def f(): yield", "f")).toMatchObject({
    isGenerator: true,
    isCoroutine: true,
  });
  expect(scopeNamed("async def f(): return [await x for x in y]", "<listcomp>")).toMatchObject({
    isGenerator: false,
    isCoroutine: true,
  });
  for (const [call, looks] of [
    ["locals()", true],
    ["eval('1')", true],
    ["dir()", true],
    ["dir(f)", false],
    ["a.locals()", false],
    ["(locals := 1)", false],
  ] as const) {
    expect([call, scopeNamed(`def f(): ${call}`, "f")?.usesLocals]).toEqual([call, looks]);
  }
});

test("analyse() gives a class its cell where a method needs it", () => {
  expect(scopeNamed("class A:\n def f(self): super()", "A")?.needsClassCell).toBe(true);
  expect(scopeNamed("class A:\n def f(self): return lambda: __class__", "A")?.needsClassCell).toBe(
    true,
  );
  expect(scopeNamed("class A:\n x = super", "A")?.needsClassCell).toBe(false);
  expect(scopeNamed("class A:\n def f(self, __class__): super()", "A")?.needsClassCell).toBe(false);
});

test("mangle() hides private names in their class", () => {
  const inner = scopeNamed("class _A:\n def f(self): self.__x", "f") as Scope;
  expect(["__x", "__x__", "_x", "__a.b"].map((name) => mangle(inner, name))).toEqual([
    "_A__x",
    "__x__",
    "_x",
    "__a.b",
  ]);
  const blank = scopeNamed("class __:\n def f(self): self.__x", "f") as Scope;
  expect(mangle(blank, "__x")).toBe("__x");
});

/** The columns at which `source` reads a variable that is certainly bound, by line. */
function boundAt(source: string): string[] {
  return [...boundLoads(analyse(parseModule(source)))]
    .map(({ id, lineno }) => `${id}@${lineno}`)
    .toSorted();
}

test.each([
  ["def f(a):\n a\n x = a\n x", ["a@2", "a@3", "x@4"]],
  ["def f(a):\n if a: x = 1\n else: x = 2\n x", ["a@2", "x@4"]],
  ["def f(a):\n if a: x = 1\n x", ["a@2"]],
  ["def f(a):\n if a: x = 1\n else: return\n x", ["a@2", "x@4"]],
  ["def f(a):\n for x in a: x\n x", ["a@2", "x@2"]],
  ["def f(a):\n while a: x = 1\n else: x = 2\n x", ["a@2"]],
  ["def f(a):\n with a as x: x\n x", ["a@2", "x@2"]],
  ["def f(a):\n try: x = a\n finally: x\n x", ["a@2", "x@4"]],
  ["def f(a):\n try: x = a\n except a: x = 1\n x", ["a@2", "a@3", "x@4"]],
  ["def f(a):\n try: x = a\n except a: pass\n x", ["a@2", "a@3"]],
  ["def f(a):\n try: pass\n except a as e: e; (lambda: e)\n e", ["a@3", "e@3"]],
  ["def f(a):\n del a\n a", []],
  ["def f(a):\n x = 1\n def g(): nonlocal x; del x\n x", []],
  ["def f(a):\n x = 1\n return [x + y for y in a]", ["a@3", "x@3", "y@3"]],
  ["def f():\n def g(): x\n x = 1\n g()", ["g@4"]],
  ["def f(a):\n a and (x := 1)\n x", ["a@2"]],
  ["def f(a):\n if (x := a) and a: x\n x", ["a@2", "a@2", "x@2", "x@3"]],
  ["def f(a):\n match a:\n  case [x]: x\n  case _: x = 1\n x", ["a@2", "x@3", "x@5"]],
  ["def f(a):\n match a:\n  case [x]: x\n x", ["a@2", "x@3"]],
  ["def f():\n x = 0\n x += 1", ["x@3"]],
  ["def f():\n x += 1", []],
])("boundLoads() of %j", (source, found) => {
  expect(boundAt(source)).toEqual(found);
});

test("analyse() takes what is long in time that grows with it, and never ends the stack", () => {
  const many = 20_000;
  const sources = [
    `def f(a): return a${"+a".repeat(many)}`,
    `def f(a): return a${".b(a)[a]".repeat(many)}`,
    `def f(a):\n if a: x = 1\n${" elif a: x = 2\n".repeat(many)} else: x = 3\n x`,
    `f(${Array.from({ length: many }, (_, i) => `a${i}=1`).join(",")})`,
    `${"lambda a:".repeat(900)}a`,
  ];
  for (const source of sources) {
    expect(boundLoads(analyse(parseModule(source)))).toBeInstanceOf(Set);
  }
});

test("analyse() throws nothing but PythonSyntaxError", () => {
  const lines = RECORDED.flatMap(({ source }) => source.split("\n")).filter((one) => one !== "");
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...lines), { maxLength: 8 }), (parts) => {
      try {
        boundLoads(analyse(parseModule(parts.join("\n"))));
      } catch (error) {
        if (!(error instanceof PythonSyntaxError)) throw error;
      }
    }),
    { numRuns: 300 },
  );
});
