/**
 * Whether a kata is good: its manifest is valid, its template fails every
 * test, and its reference passes them all, in every variation and on every
 * device.
 */
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { verifyKatas } from "../assets.ts";
import { select } from "../catalog/select.ts";
import type { Kata, Variation } from "../catalog/kata.ts";
import { hasErrors, type Problem } from "../catalog/problem.ts";
import { readTemplate } from "../catalog/regions.ts";
import type { EventPayload, Lang } from "../events/event.ts";
import { createStamper } from "../events/stamp.ts";
import { type KataResult, label, Tally, type TestResult } from "../events/verdict.ts";
import { type Devices, resolveDevices } from "../runner/device.ts";
import { keyOfItem, type PlanItem } from "../runner/plan.ts";
import { runPlan } from "../runner/run.ts";
import { type Catalogue, loadCatalogue } from "./catalogue.ts";
import { displayPath } from "./plan.ts";
import type { DeviceChoice } from "./request.ts";
import { DEFAULT_SEED, DEFAULT_TIMEOUT_MS } from "./session.ts";

/** How the tests of one kata ended, added up. */
export interface Counts {
  passed: number;
  failed: number;
}

export interface CheckResult {
  kata_id: string;
  lang: Lang;
  category: string;
  ok: boolean;
  problems: Problem[];
  template: Counts;
  reference: Counts;
  /** The devices that the reference passed on, or was tried on. */
  devices: string[];
  duration_ms: number;
}

export interface CheckRequest {
  selector?: string;
  dir?: string;
  device: DeviceChoice;
  jobs?: number;
  signal: AbortSignal;
  onResult: (result: CheckResult) => void;
  onProgress: (done: number, total: number, label: string) => void;
}

/** A kata in one language, as it is checked. */
interface Subject {
  kata: Kata;
  lang: Lang;
  files: PlanItem["files"];
}

/**
 * Checks the selected katas, one after the other.
 *
 * @throws KataError when there is nothing to check
 */
export async function checkKatas(
  request: CheckRequest,
): Promise<{ results: CheckResult[]; problems: Problem[] }> {
  const catalogue = await loadCatalogue(request.dir);
  const subjects = subjectsOf(catalogue, request.selector);
  if (catalogue.bundled) verifyKatas(subjects.map(({ kata }) => kata.dir));
  const devices = await devicesOf(request.device);
  const results: CheckResult[] = [];
  const queue = [...subjects];
  const work = async (): Promise<void> => {
    for (let subject = queue.shift(); subject !== undefined; subject = queue.shift()) {
      if (request.signal.aborted) return;
      request.onProgress(results.length, subjects.length, subject.kata.id);
      const result = await checkOne(subject, catalogue, devices, request.signal);
      results.push(result);
      request.onResult(result);
      request.onProgress(results.length, subjects.length, subject.kata.id);
    }
  };
  const jobs = request.jobs ?? availableParallelism();
  await Promise.all(Array.from({ length: Math.max(1, Math.min(jobs, subjects.length)) }, work));
  const order = new Map(subjects.map(({ kata, lang }, index) => [`${kata.id} ${lang}`, index]));
  const at = (result: CheckResult): number => order.get(`${result.kata_id} ${result.lang}`) ?? 0;
  const own = new Set(subjects.map(({ kata }) => kata.dir));
  return {
    results: results.toSorted((a, b) => at(a) - at(b)),
    problems: catalogue.problems.filter(
      (problem) => ![...own].some((dir) => isWithin(problem.file, dir)),
    ),
  };
}

function subjectsOf(catalogue: Catalogue, selector: string | undefined): Subject[] {
  // A folder that holds nothing but broken katas is a result, and not a usage error.
  if (selector === undefined && catalogue.katas.length === 0 && catalogue.problems.length > 0)
    return [];
  return select(catalogue.katas, selector).flatMap((kata) =>
    (["ts", "py"] as const).flatMap((lang) => {
      const files = kata.files[lang];
      return files === undefined ? [] : [{ kata, lang, files }];
    }),
  );
}

/** With `auto` a reference has to pass wherever a learner could run it here. */
async function devicesOf(choice: DeviceChoice): Promise<Devices[]> {
  if (choice !== "auto") return [await resolveDevices(choice)];
  const found = await resolveDevices("auto");
  if (typeof found.webgpu !== "string") return [found];
  return [
    { any: "cpu", webgpu: found.webgpu },
    { any: found.webgpu, webgpu: found.webgpu },
  ];
}

async function checkOne(
  subject: Subject,
  catalogue: Catalogue,
  devices: readonly Devices[],
  signal: AbortSignal,
): Promise<CheckResult> {
  const { kata, lang, files } = subject;
  const started = performance.now();
  const problems = catalogue.problems.filter((problem) => isWithin(problem.file, kata.dir));
  problems.push(...(await templateProblems(files.template, lang)));
  const [first] = devices;
  const tried = kata.device === "webgpu" ? devices.slice(0, 1) : devices;
  const template =
    first === undefined ? [] : await runAll([item(subject, files.template)], first, signal);
  problems.push(...template.flatMap((result) => passedByAccident(result, files.tests)));
  const variations: (Variation | undefined)[] = [undefined, ...kata.variations];
  const reference: KataResult[] = [];
  for (const device of tried) {
    const items = variations.map((variation) => ({ ...item(subject, files.reference), variation }));
    reference.push(...(await runAll(items, device, signal)));
  }
  const found = reference.flatMap((result) => notPassed(result, files));
  problems.push(...new Map(found.map((problem) => [problem.message, problem])).values());
  return {
    kata_id: kata.id,
    lang,
    category: kata.category,
    ok: !hasErrors(problems) && reference.every(({ status }) => status === "passed"),
    problems,
    template: count(template),
    reference: count(reference),
    devices: [...new Set(reference.map((result) => result.device).filter((name) => name !== ""))],
    duration_ms: Math.round(performance.now() - started),
  };
}

function item({ kata, lang, files }: Subject, path: string): PlanItem {
  return { kata, lang, files, variation: undefined, subject: path, display: path, trusted: true };
}

async function runAll(
  items: PlanItem[],
  devices: Devices,
  signal: AbortSignal,
): Promise<KataResult[]> {
  const tally = new Tally();
  const stamper = createStamper();
  await runPlan(items, {
    seed: DEFAULT_SEED,
    devices,
    timeoutMs: DEFAULT_TIMEOUT_MS,
    filter: undefined,
    bail: false,
    jobs: 1,
    signal,
    emit: (payload: EventPayload) => tally.push(stamper.stamp(payload)),
    display: (path) => displayPath(path, process.cwd()),
  });
  return items.map((one) => tally.kata(keyOfItem(one)));
}

async function templateProblems(path: string, lang: Lang): Promise<Problem[]> {
  if (!existsSync(path)) return [];
  const { regions, todos, problems } = readTemplate(await Bun.file(path).text(), lang, path);
  if (regions.length > 0 || todos.length > 0 || problems.length > 0) return problems;
  return [
    {
      severity: "error",
      file: path,
      line: 0,
      column: 0,
      message: "The template has nothing to fill in",
      expected: "a region between BLANK_START and BLANK_END, or a TODO comment",
      hint: "put // BLANK_START and // BLANK_END around what the learner writes",
    },
  ];
}

/** A test that passes on the unfilled template tests nothing. */
function passedByAccident(result: KataResult, path: string): Problem[] {
  const passed = result.tests.filter((test) => test.status === "passed");
  if (result.status === "failed" && passed.length === 0) return [];
  if (result.status === "skipped") return [];
  const names = passed.map((test) => `"${test.test_name}"`).join(", ");
  return [
    problemOf(
      path,
      passed[0]?.line ?? 0,
      `The template passes ${passed.length === 1 ? "a test" : `${passed.length} tests`}: ${names}`,
      "every test to fail on the unfilled template",
    ),
  ];
}

/** Only a test that ran and passed says something about the reference. */
function notPassed(result: KataResult, files: PlanItem["files"]): Problem[] {
  const problems = result.tests.flatMap((test) => {
    if (test.status === "failed") {
      return problemOf(
        files.reference,
        test.failure?.frame?.solution === true ? test.failure.frame.line : 0,
        `The reference fails "${test.test_name}" of ${label(result)} on ${result.device}: ${firstLine(test.failure?.message ?? test.output)}`,
        "the reference to pass every test",
      );
    }
    return test.status === "skipped" ? skippedTest(result, test, files) : [];
  });
  if (problems.length > 0 || result.status === "passed") return problems;
  return [
    problemOf(
      files.tests,
      0,
      `No test of ${label(result)} ran on ${result.device}`,
      "tests that the reference passes",
    ),
  ];
}

function skippedTest(result: KataResult, test: TestResult, files: PlanItem["files"]): Problem {
  if (test.reason === "device" || test.reason === "unsupported") {
    const what = test.reason === "device" ? "device" : "language";
    return {
      ...problemOf(
        files.reference,
        0,
        `${result.kata_id} was not checked in ${result.lang}: ${firstLine(test.failure?.message ?? test.output)}`,
        `a ${what} that kata can run here`,
      ),
      severity: "warning",
      ...(what === "device" ? { hint: "--device software runs it where there is no GPU" } : {}),
    };
  }
  return problemOf(
    files.tests,
    test.line,
    `The test "${test.test_name}" of ${label(result)} was left out (${test.reason ?? "skip"})`,
    "every test to run: no test.skip, test.todo or test.only",
  );
}

function problemOf(file: string, line: number, message: string, expected: string): Problem {
  return { severity: "error", file, line, column: line === 0 ? 0 : 1, message, expected };
}

function firstLine(text: string): string {
  return text.split("\n").find((line) => line.trim() !== "") ?? "";
}

function count(results: readonly KataResult[]): Counts {
  const tests = results.flatMap((result) => result.tests);
  return {
    passed: tests.filter((test) => test.status === "passed").length,
    failed: tests.filter((test) => test.status === "failed").length,
  };
}

function isWithin(path: string, dir: string): boolean {
  return path === dir || path.startsWith(`${dir}/`) || path.startsWith(`${dir}\\`);
}
