/** Why a test in Python failed, as an event tells it. */
import { basename, dirname, join } from "node:path";
import type { WorkerJob } from "../../events/channel.ts";
import type { Failure, FailureReason, Frame } from "../../events/event.ts";
import type { PythonFailure, PythonFrame } from "../../pymodules/pytest/tests.ts";

/** What the file under test is called in its world. */
export const SOLUTION = "user_kata.py";

export function reasonOf({ kind }: PythonFailure): FailureReason {
  return kind === "limit" ? "error" : kind;
}

/** The failure without the source lines: the runner, which may read the files, adds them. */
export function failureOf(failure: PythonFailure, job: WorkerJob): Failure {
  const { expected, received, diff, tensors, first_difference } = failure;
  const frame = chooseFrame(failure.frames, job);
  // Python says where it looked for the name, and that is no file of the learner's.
  const missing = /^ImportError: cannot import name '(.*)' from '(?:user_kata|template)'/.exec(
    failure.message,
  )?.[1];
  return {
    message: missing === undefined ? named(failure.message, job) : lacks(missing),
    type: failure.type,
    ...(expected === undefined ? {} : { expected }),
    ...(received === undefined ? {} : { received }),
    ...(diff === undefined ? {} : { diff }),
    ...(frame === undefined ? {} : { frame }),
    ...(tensors === undefined ? {} : { tensors: [...tensors] }),
    ...(first_difference === undefined ? {} : { first_difference: [...first_difference] }),
    ...(failure.traceback === "" ? {} : { stack: named(failure.traceback, job) }),
  };
}

/** The words for a name that a solution lacks. */
export function lacks(name: string): string {
  return `The solution does not define "${name}"`;
}

/** The learner's own frame if the error passed through it, else the test's. */
function chooseFrame(frames: readonly PythonFrame[], job: WorkerJob): Frame | undefined {
  const at =
    frames.findLast(({ file }) => file === SOLUTION) ??
    frames.findLast(({ file }) => pathOf(file, job) === job.tests);
  if (at === undefined) return undefined;
  const { file, line, column } = at;
  const solution = file === SOLUTION;
  return { file: pathOf(file, job), line, column: Math.max(1, column), lines: [], solution };
}

function pathOf(name: string, job: WorkerJob): string {
  return name === SOLUTION ? job.subject : join(dirname(job.tests), name);
}

/** A text with the paths of tests and solution in the place of those they have in their world. */
function named(text: string, job: WorkerJob): string {
  return text
    .replaceAll(`/kata/${SOLUTION}`, job.subject)
    .replaceAll(`/kata/${basename(job.tests)}`, job.tests)
    .replaceAll(`  File "${SOLUTION}"`, `  File "${job.subject}"`);
}
