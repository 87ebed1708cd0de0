import { existsSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { MANIFEST } from "../catalog/kata.ts";
import { hasErrors } from "../catalog/problem.ts";
import { EXIT, KataError } from "../errors.ts";
import { checkKatas } from "../session/check/check.ts";
import { reportCheck } from "../session/check/report.ts";
import type { CheckResult } from "../session/check/result.ts";
import { DEVICE_CHOICES } from "../session/request.ts";
import { createProgress } from "../ui/progress.ts";
import type { Style } from "../ui/style.ts";
import { type Arguments, type CommandContext, printJson } from "./command.ts";
import { logProblems, problemText } from "./problems.ts";
import { reportRequest, surroundingsOf } from "./replay.ts";
import { sandboxOf } from "./run.ts";
import { watchFolder } from "./watch.ts";

interface Target {
  selector?: string;
  dir?: string;
}

/** How many problems of one kata a person is shown. */
const SHOWN = 5;

/** `kata check`: results as they come, progress on stderr; with --watch again after each change. */
export async function run(args: Arguments, context: CommandContext): Promise<number> {
  const where = target(args.text("selector"), context.cwd);
  const exit = await check(where, args, context);
  if (!args.has("watch")) return exit;
  const { dir } = where;
  if (dir === undefined) {
    throw new KataError("usage", "Cannot watch the katas that the executable carries", {
      hint: "Give a folder: kata check ./my-katas --watch",
    });
  }
  let last = exit;
  context.log.info(`Watching ${dir}; Ctrl-C ends it`);
  await watchFolder(dir, context.signal, async (paths) => {
    const folders = new Set([...paths].map((path) => dirname(path)));
    const [only] = folders;
    // A change within one kata's folder says nothing about the others.
    const id =
      folders.size === 1 && only !== undefined && only !== "." ? basename(only) : undefined;
    const isKata = id !== undefined && existsSync(join(dir, only ?? "", MANIFEST));
    last = await check(isKata ? { dir, selector: id } : { dir }, args, context);
  });
  return last;
}

async function check(where: Target, args: Arguments, context: CommandContext): Promise<number> {
  const { cwd, stdout, stderr, style, signal } = context;
  const json = args.has("json");
  const report = reportRequest(args, cwd);
  const isReported = report.reporters.length > 0;
  if (json && isReported) {
    throw new KataError("usage", "Cannot use --json together with --reporter", {
      hint: "--reporter json prints the report of a run; --json what was checked",
    });
  }
  if (report.strictPlugins === true && !isReported) {
    throw new KataError("usage", "Cannot use --strict-plugins without --reporter", {
      hint: "a check without reports runs no plugins",
    });
  }
  const progress = createProgress(stderr);
  const jobs = args.number("jobs");
  const request = {
    ...where,
    ...(jobs === undefined ? {} : { jobs }),
    mutants: args.has("mutants"),
    device: DEVICE_CHOICES.find((choice) => choice === args.text("device")) ?? "auto",
    sandbox: sandboxOf(args),
    cwd,
    signal,
    onResult(result: CheckResult): void {
      if (!json) progress.around(() => stdout.write(resultText(result, cwd, style)));
    },
    onProgress: progress.update,
  };
  const work: ReturnType<typeof reportCheck> = isReported
    ? reportCheck({ ...request, ...report }, surroundingsOf(context))
    : checkKatas(request);
  const { results, problems, failures } = await work.finally(progress.end);
  const failed = results.filter((result) => !result.ok);
  const complete = results.length > 0 && !signal.aborted;
  const ok = complete && failed.length === 0 && !hasErrors(problems);
  if (json) printJson(context, { schema: "kata.check/1", ok, results, problems });
  else if (!isReported) {
    logProblems(problems, context);
    const sum = `${results.length - failed.length} of ${results.length} in order`;
    stdout.write(`${style.bold(ok ? style.green(sum) : style.red(sum))}\n`);
  }
  if (hasErrors(problems) || results.length === 0) return EXIT.usage;
  if (!ok) return EXIT.failed;
  const broken = report.strictPlugins === true && (failures ?? []).length > 0;
  return broken ? EXIT.usage : EXIT.passed;
}

/** One kata's result as lines for a person. */
export function resultText(result: CheckResult, cwd: string, style: Style): string {
  const { kata_id, lang, ok, template, reference, mutants, devices, duration_ms, problems } =
    result;
  const mark = ok ? style.green("\u2713") : style.red("\u2717");
  const facts = [
    `template fails ${template.failed} of ${template.failed + template.passed}`,
    `reference passes ${reference.passed} of ${reference.failed + reference.passed}`,
    mutants === undefined ? "" : mutantsText(mutants),
    devices.join(", "),
    `${Math.round(duration_ms)} ms`,
  ];
  const name = lang === "ts" ? kata_id : `${kata_id}:${lang}`;
  const lines = [`${mark} ${style.bold(name)}  ${style.dim(facts.filter(Boolean).join("; "))}`];
  for (const problem of problems.slice(0, SHOWN)) {
    const [message = "", ...diff] = problem.message.split("\n");
    // A change is worth its own lines, and says what was expected by itself.
    const { expected: _, ...short } = problem;
    lines.push(`    ${problemText(diff.length === 0 ? problem : { ...short, message }, cwd)}`);
    for (const line of diff) {
      lines.push(`      ${line.startsWith("-") ? style.red(line) : style.green(line)}`);
    }
    if (problem.hint !== undefined) lines.push(`    ${style.cyan("hint:")} ${problem.hint}`);
  }
  const more = problems.length - SHOWN;
  if (more > 0) lines.push(style.dim(`    and ${more} more; --json has them all`));
  return `${lines.join("\n")}\n`;
}

function mutantsText({ total, killed, equivalent }: NonNullable<CheckResult["mutants"]>): string {
  const rest = equivalent === 0 ? "" : `, ${equivalent} equivalent`;
  return `tests notice ${killed} of ${total} mutants${rest}`;
}

/** An existing folder is meant as one; anything else selects. */
function target(text: string | undefined, cwd: string): Target {
  if (text === undefined) return {};
  const dir = resolve(cwd, text);
  const isFolder = statSync(dir, { throwIfNoEntry: false })?.isDirectory() === true;
  return isFolder ? { dir } : { selector: text };
}
