/**
 * Katas in Python: what a worker loads when it first meets one. A kata's tests and the file
 * under test run in a world of their own; what they come to is handed back as plain data.
 */
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { WorkerJob } from "../../events/channel.ts";
import type { Failure, FailureReason, SkipReason } from "../../events/event.ts";
import { fillFramework } from "../../pymodules/framework.ts";
import { fillKata } from "../../pymodules/kata.ts";
import { collectTests } from "../../pymodules/pytest/collect.ts";
import type { PythonFailure, PythonOutcome } from "../../pymodules/pytest/tests.ts";
import { setPackedLibrary } from "../../python/library/written.ts";
import { failureOf, lacks, reasonOf, SOLUTION } from "./failure.ts";
import { openFiles } from "./files.ts";
import { defines, fallbacks, firstMissing, isReadable, missingPackage } from "./imports.ts";

/** How a test ended. */
export type End = { readonly assertions: number } & (
  | { readonly status: "passed" }
  | { readonly status: "skipped"; readonly reason: SkipReason; readonly message: string }
  | { readonly status: "failed"; readonly reason: FailureReason; readonly failure: Failure }
);

/** A test of a kata that was loaded. */
export interface LoadedTest {
  readonly name: string;
  /** 1-based, in the test file. */
  readonly line: number;
  /** Why it will not run. */
  readonly skip?: string;
  run(): End;
}

export interface Broken {
  readonly reason: FailureReason;
  readonly failure: Failure;
}

/** A kata that was loaded, one that could not be, or one that imports what is not here. */
export type Loaded =
  | { readonly tests: readonly LoadedTest[]; close(): Broken | undefined }
  | { readonly broken: Broken }
  | { readonly missing: string };

type Print = (stream: "stdout" | "stderr", text: string) => void;

/** Says where the library lies that the build compiled. Called once, before anything is loaded. */
export function usePython(folder: string): void {
  setPackedLibrary((file) => readFileSync(join(folder, "library", `${file}.packed`), "utf8"));
}

/** Loads a kata's tests with the solution in its place; whatever they do, this returns. */
export function loadKata(job: WorkerJob, print: Print): Loaded {
  const { params, seed, device, timeout_ms: maxTimeMs } = job;
  const tests = { name: basename(job.tests), text: readFileSync(job.tests, "utf8") };
  const solution = { name: SOLUTION, text: job.source ?? readFileSync(job.subject, "utf8") };
  const { reference, conftest, others } = openFiles(job);
  // Who falls back on the reference would pass with a solution that lacks what is tested.
  const wanted = fallbacks(tests.text);
  const lacking = wanted.find((name) => !defines(solution.text, name));
  const sealed = [conftest, wanted.length > 0 ? undefined : reference];
  const collected = collectTests({
    tests,
    solution,
    sealed: sealed.filter((file) => file !== undefined),
    open: others,
    natives: {
      kata: (module) => fillKata(module, { params, seed, device }),
      framework: fillFramework,
    },
    seed,
    limits: { maxTimeMs },
    output: print,
  });
  const judges = [tests, reference, conftest].filter((file) => file !== undefined);
  const sources = [...judges, ...others];
  const missing = (failure: PythonFailure): string | undefined =>
    missingPackage(failure, solution, reference, sources);
  if (!("tests" in collected)) {
    // Tests that cannot be read have imported nothing; the reference says what is needed.
    const name = missing(collected) ?? (isReadable(tests.text) ? undefined : firstMissing(sources));
    if (name !== undefined) return { missing: name };
    const broken = brokenOf(collected, job);
    if (lacking !== undefined) broken.failure.message = lacks(lacking);
    return { broken };
  }
  return {
    tests: collected.tests.map((test) => ({
      name: test.name,
      line: test.line,
      ...(test.skip === undefined ? {} : { skip: test.skip }),
      run: () => endOf(test.run(), job, missing),
    })),
    close: () => {
      const failure = collected.close();
      return failure === undefined ? undefined : brokenOf(failure, job);
    },
  };
}

/** What is said of a test or a kata that needs a package. */
export function unsupported(name: string): string {
  return `Imports ${name}, which kata's Python does not have`;
}

function brokenOf(failure: PythonFailure, job: WorkerJob): Broken {
  return { reason: reasonOf(failure), failure: failureOf(failure, job) };
}

function endOf(
  { status, phase, reason = "", failure, assertions }: PythonOutcome,
  job: WorkerJob,
  missing: (failure: PythonFailure) => string | undefined,
): End {
  if (status === "skipped") return { status, reason: "skip", message: reason, assertions };
  if (status === "passed") return { status, assertions };
  if (failure === undefined) {
    const unsaid = { message: reason === "" ? "Failed" : reason, type: "" };
    return { status, reason: "error", failure: unsaid, assertions };
  }
  const name = missing(failure);
  if (name !== undefined) {
    return { status: "skipped", reason: "unsupported", message: unsupported(name), assertions };
  }
  const why = phase === "call" || failure.kind === "timeout" ? reasonOf(failure) : "setup";
  return { status, reason: why, failure: failureOf(failure, job), assertions };
}
