/**
 * A check as the events of a run, so that every reporter can print it: each
 * thing that a kata is held against is a test.
 */
import { availableParallelism } from "node:os";
import { VERSION } from "../../assets.ts";
import { hasErrors, type Problem } from "../../catalog/problem.ts";
import { EVENT_SCHEMA, type EventPayload, type KataKey } from "../../events/event.ts";
import { createStamper } from "../../events/stamp.ts";
import { label } from "../../events/verdict.ts";
import type { Host } from "../../plugins/host.ts";
import { displayPath } from "../plan.ts";
import { findReporters } from "../reporters.ts";
import { openHost } from "../reporting.ts";
import type { ReportRequest, RunSurroundings } from "../request.ts";
import { type CheckRequest, checkKatas } from "./check.ts";
import type { Check, CheckResult, Subject } from "./result.ts";

/** What stands for katas that could not be read. */
const UNREAD: KataKey = { kata_id: "(katas)", lang: "ts", variation: "" };

/**
 * Checks the katas and has the reporters tell of it.
 *
 * @throws KataError when there is nothing to check, or a report cannot be written
 */
export async function reportCheck(
  request: Omit<CheckRequest, "onPlan" | "onResult"> & ReportRequest,
  surroundings: RunSurroundings,
): Promise<{ results: CheckResult[]; problems: Problem[]; failures?: Host["failures"] }> {
  const stamper = createStamper();
  const reporters = await findReporters(request);
  const host = openHost(reporters, request.cwd, surroundings, { inputs: [], stamper });
  const emit = (payload: EventPayload): void => host.handle(stamper.stamp(payload));
  const started = performance.now();
  const name = (path: string): string => displayPath(path, request.cwd);
  try {
    const found = await checkKatas({
      ...request,
      onPlan: (subjects) => emit(runStarted(subjects, request, name)),
      onResult: (result) => tell(keyOf(result), result.checks, result, emit, name),
    });
    const unread = found.problems;
    if (unread.length > 0) {
      const status = hasErrors(unread) ? "failed" : "passed";
      const check: Check = { name: "every kata can be read", status, problems: unread };
      tell(UNREAD, [check], { devices: [], duration_ms: 0 }, emit, name);
    }
    return { ...found, failures: host.failures };
  } finally {
    emit({
      event: "RunFinished",
      interrupted: request.signal.aborted,
      duration_ms: Math.round(performance.now() - started),
      next: null,
    });
    await host.finish();
  }
}

function runStarted(
  subjects: readonly Subject[],
  { device, jobs }: Pick<CheckRequest, "device" | "jobs">,
  name: (path: string) => string,
): EventPayload {
  return {
    event: "RunStarted",
    schema: EVENT_SCHEMA,
    kata_version: VERSION,
    seed: 0,
    options: {
      reference: true,
      device,
      timeout_ms: null,
      filter: null,
      bail: false,
      jobs: jobs ?? availableParallelism(),
    },
    plan: subjects.map(({ kata, lang, files }) => ({
      kata_id: kata.id,
      lang,
      variation: "",
      name: kata.name,
      category: kata.category,
      difficulty: kata.difficulty,
      dependencies: kata.dependencies,
      file: name(files.reference),
    })),
  };
}

function keyOf({ kata_id, lang }: CheckResult): KataKey {
  return { kata_id, lang, variation: "" };
}

/** The events of one kata, all at once: a check is told when it has ended. */
function tell(
  key: KataKey,
  checks: readonly Check[],
  { devices, duration_ms }: Pick<CheckResult, "devices" | "duration_ms">,
  emit: (payload: EventPayload) => void,
  name: (path: string) => string,
): void {
  emit({ event: "KataStarted", ...key, device: devices[0] ?? "" });
  const idOf = (index: number): string => `${label(key)}#${index}`;
  for (const [index, check] of checks.entries()) {
    const [problem] = check.problems;
    const place = {
      file: problem === undefined ? "" : name(problem.file),
      line: problem?.line ?? 0,
    };
    emit({ event: "TestFound", ...key, test_id: idOf(index), name: check.name, ...place });
  }
  for (const [index, check] of checks.entries()) {
    const test_id = idOf(index);
    emit({ event: "TestStarted", test_id, attempt: 1 });
    const message = check.problems.map((problem) => problemText(problem, name)).join("\n");
    const failure = { message, type: "" };
    emit({
      event: "TestFinished",
      test_id,
      status: check.status,
      ...(check.status === "failed" ? { reason: "assertion" as const } : {}),
      ...(check.status === "skipped" ? { reason: "skip" as const } : {}),
      duration_ms: 0,
      attempt: 1,
      ...(check.status === "failed" ? { failure } : {}),
    });
    // A warning fails nothing, and is not lost.
    if (check.status === "passed" && message !== "") {
      emit({ event: "Output", ...key, stream: "stdout", text: `${message}\n`, test_id });
    }
  }
  emit({ event: "KataFinished", ...key, duration_ms, todos: 0, filled: true });
}

function problemText(problem: Problem, name: (path: string) => string): string {
  const { file, line, column, message, expected, hint } = problem;
  const place = line === 0 ? name(file) : `${name(file)}:${line}:${column}`;
  const wanted = expected === undefined ? "" : `\n  expected ${expected}`;
  return `${place}: ${message}${wanted}${hint === undefined ? "" : `\n  hint: ${hint}`}`;
}
