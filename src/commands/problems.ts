import { relative } from "node:path";
import type { Problem } from "../catalog/problem.ts";
import { oneLine } from "../ui/layout.ts";
import type { CommandContext } from "./command.ts";

/** One problem in one line: `file:line:column: message, expected …`. */
export function problemText(problem: Problem, cwd: string): string {
  const { line, column, message, expected } = problem;
  const short = relative(cwd, problem.file);
  const file = short === "" || short.startsWith("..") ? problem.file : short;
  const place = line === 0 ? file : `${file}:${line}:${column}`;
  return oneLine(`${place}: ${message}${expected === undefined ? "" : `; expected ${expected}`}`);
}

/** Says on stderr what is wrong with a catalogue. */
export function logProblems(problems: readonly Problem[], { log, cwd }: CommandContext): void {
  for (const problem of problems) {
    const text = problemText(problem, cwd);
    const hint = problem.hint === undefined ? undefined : oneLine(problem.hint);
    if (problem.severity === "error") log.error(text, hint);
    else log.warn(text, hint);
  }
}
