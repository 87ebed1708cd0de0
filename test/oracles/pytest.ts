/**
 * pytest 9 itself, asked about random files: the names that sets of parameters get, and the messages of
 * random asserts that fail. `KATA_PYTEST` is a Python that has it; without, pip brings it into a folder
 * of its own.
 */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { outcomesOf } from "../pymodules/pytest/outcomes.ts";
import { settled } from "../pymodules/pytest/settled.ts";
import type { Oracle } from "./all.ts";

const SYSTEM = "/usr/bin/python3";
const FOLDER = join(tmpdir(), "kata-pytest-9");
const RECORDER = join(import.meta.dir, "record_pytest.py");
const TESTS = Number(process.env["KATA_FUZZ"] ?? 400);

type Recorded = { tests: Record<string, { message?: string }> };

/** A Python that has pytest 9. */
function withPytest(): string {
  const given = process.env["KATA_PYTEST"];
  if (given !== undefined) return given;
  const python = join(FOLDER, "bin/python3");
  if (existsSync(join(FOLDER, "bin/pytest"))) return python;
  for (const command of [
    [SYSTEM, "-m", "venv", FOLDER],
    [python, "-m", "pip", "install", "--quiet", "pytest==9.0.3"],
  ]) {
    const { success } = Bun.spawnSync(command, { stdout: "inherit", stderr: "inherit" });
    if (!success) throw new Error(`Cannot run ${command.join(" ")}`);
  }
  return python;
}

/** What pytest makes of a file. */
function ask(path: string): Recorded["tests"] {
  const done = Bun.spawnSync([withPytest(), RECORDER, path, "1"], {
    stdout: "pipe",
    stderr: "inherit",
  });
  const text = done.stdout.toString();
  return (JSON.parse(text.slice(text.lastIndexOf("\n@@") + 3)) as Recorded).tests;
}

function pick<T>(from: readonly T[]): T {
  return from[Math.floor(Math.random() * from.length)]!;
}

const many = <T>(most: number, make: () => T): T[] =>
  Array.from({ length: Math.floor(Math.random() * (most + 1)) }, make);

const TEXTS = [
  "a",
  "b1",
  "x-y",
  "a b",
  "é",
  "\\n",
  "\\t",
  "\\\\",
  "\\x00",
  "\\x7f",
  "€",
  "😀",
  "[",
  "",
  "_0",
  "A",
  "1",
];

function text(): string {
  return `"${many(4, () => pick(TEXTS)).join("")}"`;
}

function number(): string {
  return pick([
    () => String(Math.floor(Math.random() * 200 - 100)),
    () => String(Math.random() * 10 ** Math.floor(Math.random() * 40 - 20)),
    () => `${Math.floor(Math.random() * 9)}j`,
    () => `${BigInt(Math.floor(Math.random() * 2 ** 52)) ** 2n}`,
    () => pick(["0.0", "-0.0", "1.0", "1e22", "1e16", "float('nan')", "float('-inf')"]),
  ])();
}

/** An expression for a value: of those that are equal to themselves, if it is to be compared. */
function value(depth = 2): string {
  const inner = (): string => value(depth - 1);
  const plain = [
    () => text(),
    () => number(),
    () => pick(["None", "True", "False", "..."]),
    () => `b${text().replaceAll(/[^\x20-\x7e]/g, "?")}`,
  ];
  const deep = [
    () => `[${many(4, inner).join(", ")}]`,
    () => `(${many(3, () => `${inner()},`).join(" ")})`,
    () => `{${many(3, () => `${pick([text, () => "3", () => "-7"])()}: ${inner()}`).join(", ")}}`,
    () => `{${pick([text(), "1, 2", "3, 1, 2"])}}`,
    () => `Point(${inner()}, ${inner()})`,
  ];
  return pick(depth === 0 ? plain : [...plain, ...deep])();
}

const PRELUDE = `import dataclasses, enum, math, re
import pytest
@dataclasses.dataclass(eq=True)
class Point:
    x: object
    y: object
class Color(enum.Enum):
    RED = 1
    DARK_BLUE = "b"
def f(*args):
    return args[0] if args else None
`;

const NAMED = [
  "Color.RED",
  "Color.DARK_BLUE",
  "int",
  "len",

  "f",
  "re.compile('a+')",
  "Point",
  "lambda: 0",
];

function parameterised(i: number): string {
  const one = (): string =>
    pick([() => value(1), () => pick(NAMED), () => pick(["1", "'a'", "'a0'", "'1'"])])();
  const names = pick([["x"], ["x"], ["x", "y"], ["x", "y", "z"]]);
  const set = (): string => (names.length === 1 ? one() : `(${names.map(one).join(", ")})`);
  const sets = [set(), ...many(5, set)].map((given) =>
    Math.random() < 0.15
      ? `pytest.param(${names.map(one).join(", ")}, id=${text()})`
      : names.length === 1
        ? given
        : given,
  );
  const ids = pick([
    "",
    "",
    "",
    ", ids=str",
    ", ids=lambda v: None",
    ", ids=repr",
    `, ids=[${sets.map(() => pick([text(), "None", "3", "2.5", "Color.RED"])).join(", ")}]`,
  ]);
  return `@pytest.mark.parametrize("${names.join(",")}", [${sets.join(", ")}]${ids})\ndef test_${i}(${names.join(", ")}): pass\n`;
}

function asserting(i: number): string {
  const [a, b] = [value(), value()];
  const other = Math.random() < 0.3 ? a : b;
  const claim = pick([
    `${a} == ${b}`,
    `f(${a}) == ${b}`,
    `not f(${a}) == ${a}`,
    `f(${a}) != f(${a})`,
    `f(${a}) in [${b}]`,
    `f(${a}) == ${b} and f(${b}) == ${a}`,
    `[${a}, ${b}, 1] == [${a}, ${other}, 2]`,
    `Point(${a}, 1) == Point(${other}, 2)`,
    `{"k": ${a}, "l": 1} == {"k": ${other}, "m": 2}`,
    `f(${a}, *[${b}]) is f`,
    `len([${a}]) > 1 + 1`,
  ]);
  return `def test_${i}():\n    assert ${claim}\n`;
}

async function compare(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "kata-pytest-"));
  try {
    const file = join(folder, "test_kata.py");
    let asked = 0;
    for (const make of [parameterised, asserting]) {
      const source = PRELUDE + Array.from({ length: TESTS }, (_, i) => make(i)).join("\n");
      writeFileSync(file, source);
      const want = ask(file);
      const verbose = {
        name: "conftest.py",
        text: "import _pytest.explain\n_pytest.explain.VERBOSE = 2\n",
      };
      const got = outcomesOf(source, { sealed: [verbose], limits: { maxTimeMs: 60_000 } });
      const names = Object.keys(want);
      const wrong = names.findIndex((name, i) => settled(got.names[i] ?? "") !== settled(name));
      if (wrong >= 0) throw new Error(`${names[wrong]!} is called ${String(got.names[wrong])}`);
      for (const [name, { message = "" }] of Object.entries(want)) {
        asked++;
        const own = got.byName[name]?.failure?.message ?? "";
        if (settled(own) === settled(message)) continue;
        const at = source.split("\n").find((_, i, all) => all[i - 1] === `def ${name}():`);
        throw new Error(`${String(at)}\npytest: ${message}\nours: ${own}`);
      }
    }
    return `${asked} tests`;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

export const pytest: Oracle = {
  packages: ["python3-venv"],
  probe: [SYSTEM, "-c", "import ensurepip"],
  compare,
};
