/** What a project's own step is handed: the context as data, as a prompt's values, and as paths. */
import { readFileSync } from "node:fs";
import { delimiter, resolve } from "node:path";
import { diffLines, foldCommon } from "../../reporters/shared/diff.ts";
import { VERSION } from "../assets.ts";
import type { KataKey, PlannedKata, RunOptions } from "../events/event.ts";
import { type KataResult, keyOf, type Tally } from "../events/verdict.ts";
import type { PromptValues } from "../extensions/prompt.ts";
import type { Slot } from "../extensions/slots.ts";
import { keyOfItem, type PlanItem } from "../runner/plan.ts";
import type { ReportRequest } from "./request.ts";

/** The version of the context; fields are only ever added to it. */
const CONTEXT_SCHEMA = "kata.extension/1";
/** Lines around a change that a diff shows. */
const DIFF_CONTEXT = 3;
/** Characters of a diff that a prompt holds. */
const DIFF_CAP = 65_536;

/** What is known of a run while it goes on. */
export interface RunFacts extends ReportRequest {
  plan: readonly PlannedKata[];
  /** The plan's items with their files; none in a replay. */
  items: readonly PlanItem[];
  options: RunOptions;
  seed: number;
  tally: Tally;
  log: string | undefined;
}

export interface StepContext {
  context: object;
  values: () => PromptValues;
  paths: Record<string, string>;
  place?: { file: string; line: number };
}

/** The context of a slot; `kata` is the one it runs for, in the slots of katas. */
export function stepContext(slot: Slot, facts: RunFacts, kata?: KataResult): StepContext {
  const { items, plan, options, seed, cwd } = facts;
  const item = kata === undefined ? undefined : findItem(items, kata);
  const test = kata?.tests.find(({ status }) => status === "failed");
  const diff = slot === "on:failure" && item !== undefined ? templateDiff(item) : undefined;
  // Before the first kata has run there is none.
  const verdict = AFTER_RUN.has(slot) ? facts.tally.verdict(true) : undefined;
  const context = {
    schema: CONTEXT_SCHEMA,
    kata_version: VERSION,
    slot,
    cwd,
    seed,
    options,
    plan,
    reports: reportsOf(facts),
    log: facts.log === undefined ? null : resolve(cwd, facts.log),
    ...(kata === undefined ? {} : { kata }),
    ...(test === undefined ? {} : { failing_test: test }),
    ...(diff === undefined ? {} : { diff }),
    ...(verdict === undefined ? {} : { verdict }),
  };
  const values = (): PromptValues => ({
    slot,
    "kata.id": kata?.kata_id ?? "",
    "kata.name": kata?.name ?? "",
    "kata.description": item?.kata.description ?? "",
    "kata.file": kata?.file ?? "",
    "test.name": test?.test_name ?? "",
    "test.code": test?.code ?? "",
    "test.failure": test?.output ?? "",
    diff: diff ?? (item === undefined ? "" : templateDiff(item)),
    verdict: verdict === undefined ? "" : verdictText(verdict),
    context: JSON.stringify(context, null, 2),
  });
  const frame = test?.failure?.frame;
  const place = frame === undefined ? {} : { place: { file: frame.file, line: frame.line } };
  return { context, values, paths: pathsOf(facts, kata, item), ...place };
}

const AFTER_RUN: ReadonlySet<Slot> = new Set([
  "after:run",
  "gate",
  "before:report",
  "after:report",
]);

function findItem(items: readonly PlanItem[], key: KataKey): PlanItem | undefined {
  return items.find((item) => keyOf(keyOfItem(item)) === keyOf(key));
}

function reportsOf({ reporters, cwd }: ReportRequest): { name: string; file: string | null }[] {
  return reporters.map(({ name, file }) => ({
    name,
    file: file === undefined ? null : resolve(cwd, file),
  }));
}

function pathsOf(
  facts: RunFacts,
  kata: KataResult | undefined,
  item: PlanItem | undefined,
): Record<string, string> {
  const files = reportsOf(facts).flatMap(({ file }) => file ?? []);
  const [first] = files;
  return {
    KATA_ROOT: facts.cwd,
    ...(facts.log === undefined ? {} : { KATA_LOG: resolve(facts.cwd, facts.log) }),
    ...(first === undefined ? {} : { KATA_REPORT: first, KATA_REPORTS: files.join(delimiter) }),
    ...(kata === undefined ? {} : { KATA_FILE: item?.subject ?? resolve(facts.cwd, kata.file) }),
    ...(item && { KATA_TEMPLATE: item.files.template, KATA_TESTS: item.files.tests }),
  };
}

/** What the learner has changed in the template, as lines with `-` and `+`. */
function templateDiff({ files, subject }: PlanItem): string {
  let texts: [template: string, solution: string];
  try {
    texts = [readFileSync(files.template, "utf8"), readFileSync(subject, "utf8")];
  } catch {
    return "";
  }
  const lines = foldCommon(diffLines(...texts), DIFF_CONTEXT).map((line) =>
    typeof line === "number" ? `@@ ${line} lines as in the template @@` : line.sign + line.text,
  );
  return lines.join("\n").slice(0, DIFF_CAP);
}

function verdictText(verdict: ReturnType<Tally["verdict"]>): string {
  const { passed, num_passed, num_failed, num_skipped, error } = verdict;
  const counts = `${num_passed} passed, ${num_failed} failed, ${num_skipped} skipped`;
  return `${passed ? "passed" : "failed"}: ${counts}${error === undefined ? "" : `; ${error}`}`;
}
