/** `kata py --json`: what became of a run, for tools. */
import { plainText, type RunResult } from "../python/index.ts";
import { type CommandContext, printJson } from "./command.ts";

/** Prints the report; `kata schema py` describes it. */
export function report(result: RunResult, context: CommandContext): void {
  const { output, stderr, exitCode, used, profile } = result;
  // What JSON has no form for, a bytes object for instance, is written as in logs.
  const plain = result.ok && result.value !== undefined ? result.value : undefined;
  printJson(context, {
    schema: "kata.py/1",
    ok: result.ok,
    ...(plain === undefined ? {} : { value: JSON.parse(plainText(plain)) as unknown }),
    output,
    stderr,
    ...(result.ok ? {} : { error: result.error }),
    exit_code: exitCode,
    steps: used.steps,
    time_ms: Math.round(used.timeMs * 1000) / 1000,
    allocated: used.bytes,
    ...(profile === undefined ? {} : { profile }),
  });
}
