/** What people see of a Python program. */
import { type Failed, failWith, type RunOptions } from "../python/index.ts";
import type { CommandContext } from "./command.ts";

/** Where a program's output goes: at a terminal line by line. Without a reader it learns that. */
export function outputTo({
  stdout,
  stderr,
}: CommandContext): Pick<RunOptions, "lines" | "stdout" | "stderr"> {
  return {
    lines: stdout.isTTY,
    stdout: (text, again) => {
      if (!again) stdout.write(text);
      if (stdout.closed) failWith("BrokenPipeError", "[Errno 32] Broken pipe");
    },
    stderr: (text, again) => {
      if (!again) stderr.write(text);
    },
  };
}

/** What is said of a run that failed: Python's own words; of `sys.exit()` nothing. */
export function failureText({ error }: Failed): string {
  return error.exceptionType === "SystemExit" ? "" : error.text;
}
