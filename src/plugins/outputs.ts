/** Who writes where: one reporter at most on stdout, each file for one alone. */
import { dirname, isAbsolute, relative, resolve } from "node:path";
import { existsSync, readFileSync } from "node:fs";
import { KataError } from "../errors.ts";
import type { Action, WriteFileAction } from "./reporter.ts";
import { canonicalPath, openFileSink, withoutPartial, writeWhole, type Sink } from "./sink.ts";

/** What a reporter is called and the file it was given; absent: stdout. */
export interface OutputRequest {
  name: string;
  output?: string;
  /** What it says goes to whoever attached it, and it may write nowhere. */
  attached?: Attachment;
  /** The folder for `write_file` where it is not the output's own; absolute. */
  folder?: string;
}

/** A plugin that is no reporter, as the host sees it. */
export interface Attachment {
  /** The events that it is handed. */
  events: ReadonlySet<string>;
  /** Does with a proposal what is to be done. Throws a RefusedError for what it may not propose. */
  take(action: Action): "applied" | "ignored";
  /** It was switched off. */
  failed(message: string): void;
}

export interface Output {
  name: string;
  sink: Sink;
  /** The folder that `write_file` may write below; undefined where there is none. */
  folder: string | undefined;
}

/** Of plugins that are attached: a proposal to write does not get this far. */
const NO_OUTPUT: Sink = { write: () => {}, commit: () => {}, discard: () => {} };

export interface OutputSurroundings {
  /** What relative paths are relative to. */
  cwd: string;
  ledgerPath: string | undefined;
  stdout: Sink;
}

/** Something that a plugin asked for and may not have. */
export class RefusedError extends Error {}

/**
 * Opens every output, or none. Throws a KataError when two reporters want
 * stdout or the same file, or when a file cannot be written.
 */
export function openOutputs(
  requests: readonly OutputRequest[],
  surroundings: OutputSurroundings,
): Output[] {
  checkStdout(requests);
  checkFiles(requests, surroundings);
  const outputs: Output[] = [];
  try {
    for (const { name, output, folder, attached } of requests) {
      if (attached !== undefined) {
        outputs.push({ name, sink: NO_OUTPUT, folder: undefined });
      } else if (output === undefined) {
        outputs.push({ name, sink: surroundings.stdout, folder });
      } else {
        const path = absolute(surroundings.cwd, output);
        const sink = openFileSink(path, flagOf(name, output));
        outputs.push({ name, sink, folder: folder ?? dirname(path) });
      }
    }
  } catch (cause) {
    for (const { sink } of outputs) sink.discard();
    throw cause;
  }
  return outputs;
}

/** The files that no `write_file` may touch: the reports' own, the ledger, and what is read. */
export function reservedPaths(
  requests: readonly OutputRequest[],
  { cwd, ledgerPath }: OutputSurroundings,
  inputs: readonly string[] = [],
): ReadonlySet<string> {
  const paths = requests.flatMap(({ output }) =>
    output === undefined ? [] : [resolve(cwd, output)],
  );
  if (ledgerPath !== undefined) paths.push(ledgerPath);
  return new Set([...paths, ...inputs].map(canonicalPath));
}

/**
 * Writes a file for a reporter, below the folder of its output. Throws a
 * RefusedError when it may not, a KataError when the file cannot be written.
 */
export function writeBeside(
  { name, folder }: Output,
  { path, text, append = false }: WriteFileAction["payload"],
  reserved: ReadonlySet<string>,
): void {
  if (folder === undefined) {
    throw new RefusedError(`write_file needs an output: --reporter ${name}:FILE`);
  }
  const target = canonicalPath(resolve(folder, path));
  const inside = relative(canonicalPath(folder), target);
  if (inside === "" || /^\.\.(?:[/\\]|$)/.test(inside) || isAbsolute(inside)) {
    throw new RefusedError(`write_file may not leave the folder of its output: "${path}"`);
  }
  if (reserved.has(withoutPartial(target))) {
    throw new RefusedError(
      `write_file may not replace another report, or what the run reads: "${path}"`,
    );
  }
  const before = append && existsSync(target) ? readFileSync(target, "utf8") : "";
  writeWhole(target, before + text, `--reporter ${name}`);
}

function checkStdout(requests: readonly OutputRequest[]): void {
  const [first, second] = requests.filter(
    ({ output, attached }) => output === undefined && attached === undefined,
  );
  if (first === undefined || second === undefined) return;
  throw new KataError(
    "reporter-stdout",
    `Cannot give stdout to both "${first.name}" and "${second.name}": only one reporter can write there`,
    { hint: `give one of them a file: --reporter ${second.name}:FILE` },
  );
}

function checkFiles(
  requests: readonly OutputRequest[],
  { cwd, ledgerPath }: OutputSurroundings,
): void {
  const taken = new Map<string, string>();
  if (ledgerPath !== undefined) taken.set(canonicalPath(ledgerPath), "the ledger");
  for (const { name, output } of requests) {
    if (output === undefined) continue;
    const path = canonicalPath(resolve(cwd, output));
    const other = taken.get(path);
    // Devices are no reports that one could replace.
    if (other !== undefined && !path.startsWith("/dev/")) {
      throw new KataError(
        "reporter-output",
        `Cannot write report "${output}" (${flagOf(name, output)}): ${other} writes there`,
        { hint: "give each report a file of its own" },
      );
    }
    taken.set(path, `"${name}"`);
  }
}

/** As `resolve`, which would lose the slash that says a folder is meant. */
function absolute(cwd: string, path: string): string {
  return resolve(cwd, path) + (/[/\\]$/.test(path) ? "/" : "");
}

function flagOf(name: string, output: string): string {
  return `--reporter ${name}:${output}`;
}
