/**
 * What pytest 9 makes of the files beside this, recorded by test/oracles/record_pytest.py: the names of
 * their tests, what becomes of each, and why, word by word.
 */
import { describe, expect, test } from "bun:test";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { PythonOutcome } from "../../../src/pymodules/pytest/tests.ts";
import recorded from "./recorded.json" with { type: "json" };
import { outcomesOf, refusalOf } from "./outcomes.ts";
import { settled } from "./settled.ts";

const FILES = join(import.meta.dir, "files");

interface Entry {
  readonly status: string;
  readonly phase: string;
  readonly reason?: string;
  readonly message?: string;
}
type Recorded = { readonly refused: string } | { readonly tests: Record<string, Entry> };

/** Why a file cannot be loaded, without the way there, and without what pytest does not say yet. */
function refused(text: string): string {
  if (text.startsWith("assert ")) return text.split("\n")[0]!;
  if (/^E /m.test(text)) return text.split("\n").at(-1)!.replace(/^E +/, "");
  return settled(text);
}

function shown(outcome: PythonOutcome): Entry {
  const { status, phase, reason, failure } = outcome;
  return {
    status,
    phase,
    ...(reason === undefined ? {} : { reason }),
    ...(failure === undefined ? {} : { message: settled(failure.message) }),
  };
}

function wanted(entry: Entry): Entry {
  return entry.message === undefined ? entry : { ...entry, message: settled(entry.message) };
}

/** The file with its conftest, and one that says how much failed asserts tell. */
function load(name: string, verbose: number): Parameters<typeof refusalOf> {
  const conftest = join(FILES, name.replace(/[^/]*$/, "conftest.py"));
  const before = existsSync(conftest) ? readFileSync(conftest, "utf8") : "";
  const text = `import _pytest.explain\n_pytest.explain.VERBOSE = ${verbose}\n${before}`;
  const tests = readFileSync(join(FILES, name), "utf8");
  const own = { name: name.split("/").at(-1)!, text: tests };
  return [
    tests,
    { tests: own, sealed: [{ name: "conftest.py", text }], limits: { maxTimeMs: 30_000 } },
  ];
}

for (const [name, runs] of Object.entries(recorded as Record<string, Record<string, Recorded>>)) {
  for (const [how, want] of Object.entries(runs)) {
    const given = load(name, how === "long" ? 2 : 0);
    if ("refused" in want) {
      test(`${name} is refused as pytest refuses it`, () => {
        expect(refused(refusalOf(...given).message)).toBe(refused(want.refused));
      });
      continue;
    }
    describe(`${name}, ${how}`, () => {
      const got = outcomesOf(...given);
      test("has the same tests in the same order", () => {
        expect(got.names).toEqual(Object.keys(want.tests));
      });
      for (const [title, entry] of Object.entries(want.tests)) {
        test(`${title} ${entry.status}`, () => {
          const own = got.byName[title];
          expect(own === undefined ? undefined : shown(own)).toEqual(wanted(entry));
        });
      }
    });
  }
}
