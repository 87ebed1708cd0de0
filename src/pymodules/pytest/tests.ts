/**
 * What a kata's Python tests are to whoever runs them: collected once, each run for its outcome, all of it data.
 *
 * One world (a run of our Python) belongs to one kata. The tests' own files are sealed from the solution:
 * it neither imports nor reads them, and sees none of their frames and variables.
 */
import type { Natives } from "../../python/run.ts";
import type { TensorValue } from "../../testing/index.ts";

/** A file of a kata, by the name that tracebacks and `__file__` have for it below `/kata`. */
export interface PythonFile {
  /** Relative to the kata's folder, with `/`: `test_kata.py`. */
  readonly name: string;
  readonly text: string;
}

/** What one test may use; each begins anew for every test, and for loading the files. What is left out is Python's default. */
export interface TestLimits {
  readonly maxTimeMs?: number;
  readonly maxSteps?: number;
  /** Bytes held at once by the whole world. */
  readonly maxMemory?: number;
  /** Characters of standard output and error together. */
  readonly maxOutput?: number;
  readonly maxDepth?: number;
}

/** The files of a kata, and what its world is granted. */
export interface CollectOptions {
  readonly tests: PythonFile;
  /** What `import user_kata` gives; `undefined` says that there is none, so that the import fails. */
  readonly solution: PythonFile | undefined;
  /** Modules for the tests alone: `conftest.py`, `reference.py`; also reached as `from .reference import f`, and by path. */
  readonly sealed?: readonly PythonFile[];
  /** What both may import and read: the folder's other files. */
  readonly open?: readonly { readonly name: string; readonly content: string | Uint8Array }[];
  /** Modules beside Python's library, torch and numpy: `kata`, `framework`. */
  readonly natives?: Natives;
  /** What chance begins with, when files load and before each test; entropy when left out. */
  readonly seed?: number;
  readonly limits?: TestLimits;
  /** Takes what is written while files load, tests run and fixtures end, apart from what a test captures itself. */
  readonly output?: (stream: "stdout" | "stderr", text: string) => void;
}

/** The tests of a file in the order in which they run, which is the file's but for fixtures of wider scopes. */
export interface PythonTests {
  readonly tests: readonly PythonTest[];
  /** Why the file skips all of itself: then there are no tests. */
  readonly skipped?: string;
  /** Ends what module- and session-scoped fixtures hold still; returns what failed. No test runs after it. */
  close(): PythonFailure | undefined;
}

/** One test, of one set of parameters. */
export interface PythonTest {
  /** As a result names it: `test_sum`, `TestHeap › test_pop[empty]`. */
  readonly name: string;
  /** Where it is defined, from 1. */
  readonly line: number;
  /** Why it will not run: the reason of `mark.skip`, or of a `skipif` that holds. */
  readonly skip?: string;
  /** Runs it with its fixtures; whatever it does, this returns. */
  run(): PythonOutcome;
}

/** What became of a test. */
export interface PythonOutcome {
  /** A test that was expected to fail and did is skipped, as pytest counts it apart from both. */
  readonly status: "passed" | "failed" | "skipped";
  /** Where that was decided. */
  readonly phase: "setup" | "call" | "teardown";
  /** Why it was skipped, or expected to fail. */
  readonly reason?: string;
  readonly failure?: PythonFailure;
  /** How often something was asserted: `assert`, `pytest.raises`, `assert_close` and their like. */
  readonly assertions: number;
}

/** Why something failed. */
export interface PythonFailure {
  /** `assertion` (an AssertionError, `pytest.fail`), `error` (any other), `timeout`, `limit` (of steps, memory or output). */
  readonly kind: "assertion" | "error" | "timeout" | "limit";
  /** What a reader needs first: the explained assert, or `ValueError: …`. */
  readonly message: string;
  /** The class of the exception: `AssertionError`. */
  readonly type: string;
  /** As Python prints it, without frames of the judge's. */
  readonly traceback: string;
  /** Both sides, where a comparison failed. */
  readonly expected?: string;
  readonly received?: string;
  readonly diff?: string;
  /** What was compared, where that were tensors. */
  readonly tensors?: readonly TensorValue[];
  /** Row-major index of the first element that differs. */
  readonly first_difference?: readonly number[];
  /** Calls in the kata's files, outermost first; lines and columns from 1. */
  readonly frames: readonly PythonFrame[];
}

/** A call that was going on. */
export interface PythonFrame {
  /** As {@link PythonFile.name} has it. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly function: string;
}
