import { statSync } from "node:fs";
import { resolve } from "node:path";
import { hasErrors } from "../catalog/problem.ts";
import { EXIT } from "../errors.ts";
import { type CheckResult, checkKatas } from "../session/check.ts";
import { DEVICE_CHOICES } from "../session/request.ts";
import { createProgress } from "../ui/progress.ts";
import type { Style } from "../ui/style.ts";
import { type Arguments, type CommandContext, printJson } from "./command.ts";
import { logProblems, problemText } from "./problems.ts";

/** How many problems of one kata a person is shown. */
const SHOWN = 5;

/** `kata check`: results as they come, progress on stderr. */
export async function run(args: Arguments, context: CommandContext): Promise<number> {
  const { cwd, stdout, stderr, style, signal } = context;
  const json = args.has("json");
  const progress = createProgress(stderr);
  const jobs = args.number("jobs");
  const { results, problems } = await checkKatas({
    ...target(args.text("selector"), cwd),
    ...(jobs === undefined ? {} : { jobs }),
    device: DEVICE_CHOICES.find((choice) => choice === args.text("device")) ?? "auto",
    signal,
    onResult(result) {
      if (!json) progress.around(() => stdout.write(resultText(result, cwd, style)));
    },
    onProgress: progress.update,
  }).finally(progress.end);
  const failed = results.filter((result) => !result.ok);
  const complete = results.length > 0 && !signal.aborted;
  const ok = complete && failed.length === 0 && !hasErrors(problems);
  if (json) printJson(context, { schema: "kata.check/1", ok, results, problems });
  else {
    logProblems(problems, context);
    const sum = `${results.length - failed.length} of ${results.length} in order`;
    stdout.write(`${style.bold(ok ? style.green(sum) : style.red(sum))}\n`);
  }
  if (hasErrors(problems) || results.length === 0) return EXIT.usage;
  return ok ? EXIT.passed : EXIT.failed;
}

/** One kata's result as lines for a person. */
export function resultText(result: CheckResult, cwd: string, style: Style): string {
  const { kata_id, lang, ok, template, reference, devices, duration_ms, problems } = result;
  const mark = ok ? style.green("\u2713") : style.red("\u2717");
  const facts = [
    `template fails ${template.failed} of ${template.failed + template.passed}`,
    `reference passes ${reference.passed} of ${reference.failed + reference.passed}`,
    devices.join(", "),
    `${Math.round(duration_ms)} ms`,
  ];
  const name = lang === "ts" ? kata_id : `${kata_id}:${lang}`;
  const lines = [`${mark} ${style.bold(name)}  ${style.dim(facts.filter(Boolean).join("; "))}`];
  for (const problem of problems.slice(0, SHOWN)) {
    lines.push(`    ${problemText(problem, cwd)}`);
    if (problem.hint !== undefined) lines.push(`    ${style.cyan("hint:")} ${problem.hint}`);
  }
  const more = problems.length - SHOWN;
  if (more > 0) lines.push(style.dim(`    and ${more} more; --json has them all`));
  return `${lines.join("\n")}\n`;
}

/** An existing folder is meant as one; anything else selects. */
function target(text: string | undefined, cwd: string): { selector?: string; dir?: string } {
  if (text === undefined) return {};
  const dir = resolve(cwd, text);
  const isFolder = statSync(dir, { throwIfNoEntry: false })?.isDirectory() === true;
  return isFolder ? { dir } : { selector: text };
}
