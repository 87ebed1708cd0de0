/**
 * A caller that asked for a JSON report gets JSON, even when there is nothing
 * to report but what was wrong with the call.
 */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { OutStream } from "../commands/command.ts";
import { KataError } from "../errors.ts";
import { parseReporterArgument } from "../plugins/reporter-argument.ts";

/**
 * Writes `{passed: false, error, results: []}` to where the JSON report of
 * `kata run` would have gone: stdout, unless something stands there already, or
 * the file that `--reporter json:FILE` names. Other calls are left alone, and so
 * is a file that holds anything but an earlier report: what a wrong call means
 * by it is not known, and it may be the solution.
 */
export async function reportUsageError(
  argv: readonly string[],
  error: unknown,
  cwd: string,
  stdout: OutStream & { readonly written: number },
): Promise<void> {
  const file = jsonReport(argv);
  if (file === undefined) return;
  const message = error instanceof Error ? error.message : String(error);
  const report = { schema: "kata.run/1", passed: false, error: message, results: [] };
  const text = `${JSON.stringify(report, null, 2)}\n`;
  if (file === "") {
    if (stdout.written === 0) stdout.write(text);
  } else if (isReplaceable(resolve(cwd, file))) {
    // The error itself is already told; a report that cannot be written adds nothing to it.
    await Bun.write(resolve(cwd, file), text).catch(() => 0);
  }
}

/** True of a file that is not there, is empty, or holds a report of a run. */
function isReplaceable(path: string): boolean {
  try {
    const text = readFileSync(path, "utf8").trim();
    return text === "" || /^\{\s*"schema":\s*"kata\.run\//.test(text);
  } catch (error) {
    return (error as { code?: string }).code === "ENOENT";
  }
}

/**
 * Where a call's JSON report goes: `""` for stdout, a file, or `undefined` when
 * the call is not a `run` with a JSON report. Reads leniently, because the
 * arguments may be what is wrong.
 */
function jsonReport(argv: readonly string[]): string | undefined {
  const command = argv.find((arg) => !arg.startsWith("-"));
  if (command !== "run") return undefined;
  for (const [i, arg] of argv.entries()) {
    if (arg === "--") return undefined;
    const value = arg === "--reporter" ? argv[i + 1] : arg.match(/^--reporter=(.*)$/s)?.[1];
    if (value === undefined) continue;
    const request = lenient(value);
    if (request?.name === "json") return request.file ?? "";
  }
  return undefined;
}

function lenient(value: string): ReturnType<typeof parseReporterArgument> | undefined {
  try {
    return parseReporterArgument(value);
  } catch (error) {
    if (error instanceof KataError) return undefined;
    throw error;
  }
}
