/** Runs pytest-style files and gives what became of their tests. */
import { collectTests } from "../../../src/pymodules/pytest/collect.ts";
import type {
  CollectOptions,
  PythonFailure,
  PythonOutcome,
} from "../../../src/pymodules/pytest/tests.ts";

/** What became of each test, by name, and of the end of the last fixtures. */
export interface Outcomes {
  readonly byName: Readonly<Record<string, PythonOutcome>>;
  readonly names: readonly string[];
  readonly closed: PythonFailure | undefined;
  readonly output: string;
}

/** Collects a file and runs all of it; throws where it cannot be loaded. */
export function outcomesOf(
  tests: string,
  options: Partial<CollectOptions> = {},
  wanted: (name: string) => boolean = () => true,
): Outcomes {
  let output = "";
  const collected = collectTests({
    tests: { name: "test_kata.py", text: tests },
    solution: undefined,
    output: (_stream, text) => (output += text),
    ...options,
  });
  if (!("tests" in collected)) throw new Error(collected.traceback);
  const run = collected.tests.filter(({ name }) => wanted(name));
  const byName = Object.fromEntries(run.map((test) => [test.name, test.run()]));
  const closed = collected.close();
  return { byName, names: collected.tests.map(({ name }) => name), closed, output };
}

/** Why a file cannot be loaded; throws where it can. */
export function refusalOf(tests: string, options: Partial<CollectOptions> = {}): PythonFailure {
  const collected = collectTests({
    tests: { name: "test_kata.py", text: tests },
    solution: undefined,
    ...options,
  });
  if (!("tests" in collected)) return collected;
  collected.close();
  throw new Error(`loaded, with ${collected.tests.length} tests`);
}

/** A solution of this text. */
export function solution(text: string): Pick<CollectOptions, "solution"> {
  return { solution: { name: "user_kata.py", text } };
}
