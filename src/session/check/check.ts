/**
 * Whether a kata is good: its manifest and its folder are in order, its
 * template is its reference with regions taken out and fails every test, its
 * reference passes them all in every variation and on every device, and, when
 * asked, its tests notice every mutant of the reference.
 */
import { availableParallelism } from "node:os";
import { verifyKatas } from "../../assets.ts";
import { select } from "../../catalog/select.ts";
import { hasErrors, type Problem } from "../../catalog/problem.ts";
import type { KataResult } from "../../events/verdict.ts";
import { type Devices, resolveDevices } from "../../runner/device.ts";
import { type Catalogue, loadCatalogue } from "../catalogue.ts";
import { confinementFor, type SandboxRequest } from "../confinement.ts";
import type { DeviceChoice } from "../request.ts";
import { folderProblems } from "./folder.ts";
import { tryMutants } from "./mutants.ts";
import { AssertionWatch, notPassed } from "./reference.ts";
import type { Check, CheckResult, Counts, Subject } from "./result.ts";
import { itemOf, runItems, type Runs } from "./runs.ts";
import { passedByAccident, templateProblems } from "./template.ts";

export interface CheckRequest {
  selector?: string;
  dir?: string;
  device: DeviceChoice;
  /** Also runs the tests on mutants of each reference. */
  mutants: boolean;
  jobs?: number;
  sandbox: SandboxRequest;
  cwd: string;
  signal: AbortSignal;
  /** What will be checked, before anything is. */
  onPlan?: (subjects: readonly Subject[]) => void;
  onResult: (result: CheckResult) => void;
  onProgress: (done: number, total: number, label: string) => void;
}

/**
 * Checks the selected katas, as many side by side as there are jobs.
 *
 * @throws KataError when there is nothing to check
 */
export async function checkKatas(
  request: CheckRequest,
): Promise<{ results: CheckResult[]; problems: Problem[] }> {
  const catalogue = await loadCatalogue(request.dir);
  const subjects = subjectsOf(catalogue, request.selector);
  if (catalogue.bundled) verifyKatas(subjects.map(({ kata }) => kata.dir));
  const [devices, confinement] = await Promise.all([
    devicesOf(request.device),
    confinementFor(request.sandbox, request.cwd, !catalogue.bundled && subjects.length > 0),
  ]);
  request.onPlan?.(subjects);
  const jobs = request.jobs ?? availableParallelism();
  const lanes = Math.max(1, Math.min(jobs, subjects.length));
  const results: CheckResult[] = [];
  const queue = [...subjects];
  const work = async (): Promise<void> => {
    for (let subject = queue.shift(); subject !== undefined; subject = queue.shift()) {
      if (request.signal.aborted) return;
      const { id } = subject.kata;
      const progress = (label: string): void =>
        request.onProgress(results.length, subjects.length, label);
      progress(id);
      const { signal } = request;
      const runs = { jobs: Math.max(1, Math.floor(jobs / lanes)), confinement, signal };
      const result = await new KataCheck(subject, catalogue, runs).run(devices, request, progress);
      if (request.signal.aborted) return;
      results.push(result);
      request.onResult(result);
      progress(id);
    }
  };
  await Promise.all(Array.from({ length: lanes }, work));
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
  const { katas, problems, bundled } = catalogue;
  // A folder that holds nothing but broken katas is a result, and not a usage error.
  if (selector === undefined && katas.length === 0 && problems.length > 0) return [];
  return select(katas, selector).flatMap((kata) =>
    (["ts", "py"] as const).flatMap((lang) => {
      const files = kata.files[lang];
      return files === undefined ? [] : [{ kata, lang, files, bundled }];
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

/** One kata, held against one thing after another. */
class KataCheck {
  readonly #subject: Subject;
  readonly #catalogue: Catalogue;
  readonly #runs: Omit<Runs, "devices">;
  readonly #checks: Check[] = [];

  constructor(subject: Subject, catalogue: Catalogue, runs: Omit<Runs, "devices">) {
    this.#subject = subject;
    this.#catalogue = catalogue;
    this.#runs = runs;
  }

  async run(
    devices: readonly Devices[],
    { mutants }: Pick<CheckRequest, "mutants">,
    onProgress: (label: string) => void,
  ): Promise<CheckResult> {
    const { kata, lang, files } = this.#subject;
    const started = performance.now();
    const said = this.#catalogue.problems.filter(({ file }) => isWithin(file, kata.dir));
    this.#add("manifest and files are in order", [...said, ...folderProblems(this.#subject)]);
    this.#add(
      "the template is the reference with regions taken out",
      templateProblems(this.#subject),
    );
    // Python computes on the cpu, whatever devices there are.
    const isOne = kata.device === "webgpu" || lang === "py";
    const tried = isOne ? devices.slice(0, 1) : devices;
    const [first] = tried;
    if (first === undefined) throw new Error("There is no device to check on");
    const on = (one: Devices): Runs => ({ ...this.#runs, devices: one });
    const template = await runItems([itemOf(this.#subject, files.template)], on(first));
    this.#add(
      "the template fails every test",
      template.flatMap((result) => passedByAccident(result, this.#subject)),
    );
    const watch = new AssertionWatch();
    const reference: KataResult[] = [];
    for (const one of tried) {
      const items = [undefined, ...kata.variations].map((variation) => ({
        ...itemOf(this.#subject, files.reference),
        variation,
      }));
      const results = await runItems(items, on(one), (event) => watch.hear(event));
      const found = results.flatMap((result) => notPassed(result, files));
      const unique = new Map(found.map((problem) => [problem.message, problem]));
      this.#add(`the reference passes on ${results[0]?.device || "no device"}`, [
        ...unique.values(),
      ]);
      reference.push(...results);
    }
    this.#add("every test asserts something", watch.problems(reference, this.#subject));
    const passes = reference.every(({ status }) => status === "passed");
    const tally =
      mutants && passes
        ? await tryMutants(this.#subject, reference.slice(0, 1), on(first), (done, total) =>
            onProgress(`${kata.id}: mutant ${done} of ${total}`),
          )
        : undefined;
    if (mutants) {
      this.#add("the tests notice every mutant", tally?.problems ?? [], tally === undefined);
    }
    const problems = this.#checks.flatMap((check) => check.problems);
    return {
      kata_id: kata.id,
      lang,
      category: kata.category,
      ok: passes && !hasErrors(problems),
      checks: this.#checks,
      problems,
      template: count(template),
      reference: count(reference),
      ...(tally === undefined ? {} : { mutants: tally.counts }),
      devices: [...new Set(reference.map((result) => result.device).filter((name) => name !== ""))],
      duration_ms: Math.round(performance.now() - started),
    };
  }

  #add(name: string, problems: Problem[], skipped: boolean = false): void {
    const status = hasErrors(problems) ? "failed" : skipped ? "skipped" : "passed";
    this.#checks.push({ name, status, problems });
  }
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
