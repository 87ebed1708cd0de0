/** Reports and ledgers never replace what a run reads. */
import { statSync } from "node:fs";
import { join, resolve } from "node:path";
import { MANIFEST } from "../catalog/kata.ts";
import { KataError } from "../errors.ts";
import { canonicalPath } from "../plugins/sink.ts";
import type { PlanItem } from "../runner/plan.ts";
import type { RunRequest } from "./request.ts";

/**
 * Refuses outputs that are inputs: a solution under test, or a file of a kata
 * that runs. Links count as what they point to.
 *
 * @throws KataError before anything is written
 */
export function checkOutputs(request: RunRequest, items: readonly PlanItem[]): void {
  const outputs = request.reporters.flatMap(({ name, file }) =>
    file === undefined ? [] : [{ flag: `--reporter ${name}:${file}`, file }],
  );
  if (request.log !== undefined) outputs.push({ flag: `--log ${request.log}`, file: request.log });
  if (outputs.length === 0) return;
  const inputs = new Set(items.flatMap((item) => inputsOf(item)).flatMap(identities));
  for (const { flag, file } of outputs) {
    if (!identities(resolve(request.cwd, file)).some((identity) => inputs.has(identity))) continue;
    throw new KataError("output-is-input", `Cannot write to ${file} (${flag}): the run reads it`, {
      hint: "give the report a file of its own",
    });
  }
}

function inputsOf({ kata, files, subject }: PlanItem): string[] {
  return [subject, files.tests, files.template, files.reference, join(kata.dir, MANIFEST)];
}

/** A file by its real path and, where it exists, by its number, which hard links share. */
function identities(path: string): string[] {
  const real = canonicalPath(path);
  try {
    const { dev, ino } = statSync(path, { bigint: true });
    return [real, `${dev}:${ino}`];
  } catch {
    return [real];
  }
}
