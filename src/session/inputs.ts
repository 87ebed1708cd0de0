/** Reports and ledgers never replace what a run reads. */
import { statSync } from "node:fs";
import { join, resolve } from "node:path";
import { MANIFEST } from "../catalog/kata.ts";
import { KataError } from "../errors.ts";
import { canonicalPath } from "../plugins/sink.ts";
import type { PlanItem } from "../runner/plan.ts";
import type { ReportRequest, RunRequest } from "./request.ts";

/**
 * Refuses outputs that are inputs: a solution under test, or a file of a kata
 * that runs. Links count as what they point to. Returns the inputs.
 *
 * @throws KataError before anything is written
 */
export function checkOutputs(request: RunRequest, items: readonly PlanItem[]): string[] {
  const inputs = items.flatMap(inputsOf);
  if (request.timings !== undefined) inputs.push(resolve(request.cwd, request.timings));
  const log =
    request.log === undefined ? [] : [{ flag: `--log ${request.log}`, file: request.log }];
  refuseInputs([...outputsOf(request), ...log], inputs, request.cwd);
  return inputs;
}

/** A file that will be written, and the flag that says so. */
export interface OutputFile {
  flag: string;
  file: string;
}

/** The files that the reporters were given. */
export function outputsOf({ reporters }: ReportRequest): OutputFile[] {
  return reporters.flatMap(({ name, file }) =>
    file === undefined ? [] : [{ flag: `--reporter ${name}:${file}`, file }],
  );
}

/** @throws KataError when an output is one of the files that are read */
export function refuseInputs(
  outputs: readonly OutputFile[],
  inputs: readonly string[],
  cwd: string,
): void {
  if (outputs.length === 0) return;
  const taken = new Set(inputs.flatMap(identities));
  for (const { flag, file } of outputs) {
    if (!identities(resolve(cwd, file)).some((identity) => taken.has(identity))) continue;
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
