/** Whether the tests notice a small mistake: each mutant of the reference has to fail one. */
import { readFileSync } from "node:fs";
import type { Variation } from "../../catalog/kata.ts";
import { type Mutant, mutantsOf } from "../../catalog/mutants/mutant.ts";
import type { Problem } from "../../catalog/problem.ts";
import type { KataResult } from "../../events/verdict.ts";
import type { PlanItem } from "../../runner/plan.ts";
import { type MutantCounts, problemOf, type Subject } from "./result.ts";
import { itemOf, runItems, type Runs } from "./runs.ts";

/** A mutant may take this many times the reference's slowest test, and this much on top. */
const PATIENCE = 5;
const PATIENCE_MS = 400;

/**
 * Runs every mutant, first without a variation; those that live also in each.
 * `reference` is how the reference itself went; `onDone` counts.
 */
export async function tryMutants(
  subject: Subject,
  reference: readonly KataResult[],
  runs: Runs,
  onDone: (done: number, total: number) => void,
): Promise<{ counts: MutantCounts; problems: Problem[] }> {
  const { kata, files, lang } = subject;
  const mutants = mutantsOf(readFileSync(files.reference, "utf8"), lang);
  const slowest = Math.max(
    0,
    ...reference.flatMap(({ tests }) => tests.map((one) => one.duration_ms)),
  );
  const limit = Math.round(slowest * PATIENCE + PATIENCE_MS);
  const patient = { ...kata, timeoutMs: Math.min(limit, kata.timeoutMs ?? limit) };
  let alive: readonly Mutant[] = mutants;
  for (const variation of [undefined, ...kata.variations]) {
    const items = alive.map((mutant, index) => ({
      ...itemOf({ ...subject, kata: patient }, files.reference),
      variation: nameIt(variation, index),
      mutant: mutant.source,
    }));
    alive = await survivors(alive, items, runs, (done) =>
      onDone(Math.min(mutants.length, mutants.length - alive.length + done), mutants.length),
    );
  }
  const isListed = ({ from, to }: Mutant): boolean =>
    kata.equivalent.some((one) => one.from === from && one.to === to);
  const unexplained = alive.filter((mutant) => !isListed(mutant));
  const counts = {
    total: mutants.length,
    killed: mutants.length - alive.length,
    equivalent: alive.length - unexplained.length,
    survivors: unexplained.map(({ line, column, from, to }) => ({ line, column, from, to })),
  };
  return {
    counts,
    problems: [
      ...unexplained.map((one) => survived(one, files.reference)),
      ...stale(subject, alive),
    ],
  };
}

async function survivors(
  mutants: readonly Mutant[],
  items: PlanItem[],
  runs: Runs,
  onDone: (done: number) => void,
): Promise<Mutant[]> {
  let done = 0;
  const results = await runItems(items, runs, (event) => {
    if (event.event === "KataFinished") onDone(++done);
  });
  return mutants.filter((_, index) => results[index]?.status === "passed");
}

/** Results are told apart by their variations, so each mutant is given one of its own. */
function nameIt(variation: Variation | undefined, index: number): Variation {
  const name = `${variation?.name ?? ""}~${index}`;
  return { name, description: "", params: variation?.params ?? {} };
}

function survived({ line, column, from, to }: Mutant, file: string): Problem {
  return {
    ...problemOf(
      file,
      line,
      `Every test passes on a mutant\n${diff(from, to)}`,
      "a test that fails on it",
    ),
    column,
    hint: "add a test, or list it under [[equivalent]] with the reason why no test can",
  };
}

/** A change as lines with `-` and `+` before them. */
function diff(from: string, to: string): string {
  const mark = (text: string, sign: string): string =>
    text === "" ? "" : text.replaceAll(/^/gm, `${sign} `);
  return [mark(from, "-"), mark(to, "+")].filter((text) => text !== "").join("\n");
}

/**
 * Entries of the manifest that no mutant is, or whose mutant the tests notice after all. One about
 * lines of the reference in another language is told of there.
 */
function stale({ kata, files }: Subject, alive: readonly Mutant[]): Problem[] {
  const others = Object.values(kata.files).filter((one) => one.reference !== files.reference);
  return kata.equivalent
    .filter(({ from, to }) => !alive.some((one) => one.from === from && one.to === to))
    .filter(({ from }) => !others.some(({ reference }) => hasLines(reference, from)))
    .map(({ from, to }) => ({
      ...problemOf(
        files.reference.replace(/[^/\\]+$/, "manifest.toml"),
        0,
        `No mutant that lives is the one listed under [[equivalent]]\n${diff(from, to)}`,
        "mutants that pass every test",
      ),
      hint: "remove it",
    }));
}

function hasLines(file: string, lines: string): boolean {
  const bare = (text: string): string => `\n${text.replaceAll(/^[^\S\n]+/gm, "").trim()}\n`;
  return bare(readFileSync(file, "utf8")).includes(bare(lines));
}
