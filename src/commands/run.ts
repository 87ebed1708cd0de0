import { EXIT } from "../errors.ts";
import { parseReporterArgument } from "../plugins/reporter-argument.ts";
import { DEVICE_CHOICES, type RunRequest } from "../session/request.ts";
import { findReporter } from "../session/reporters.ts";
import { runKatas } from "../session/session.ts";
import type { Arguments, CommandContext } from "./command.ts";

/** `kata run`: what the flags ask for, as a request to the session. */
export async function run(args: Arguments, context: CommandContext): Promise<number> {
  const { stdout, stderr, style, signal } = context;
  const request = requestOf(args, context.cwd);
  const { exit } = await runKatas(request, { stdout, stderr, color: style.color, signal });
  return exit === EXIT.failed && args.has("exit-zero") ? EXIT.passed : exit;
}

/** Reads the request from checked arguments. Throws a `KataError` for an unknown reporter. */
export function requestOf(args: Arguments, cwd: string): RunRequest {
  const reporters = args.list("reporter").map(parseReporterArgument);
  for (const { name } of reporters) findReporter(name);
  return {
    reference: args.has("reference"),
    bail: args.has("bail"),
    device: DEVICE_CHOICES.find((choice) => choice === args.text("device")) ?? "auto",
    reporters,
    cwd,
    ...given("selector", args.text("selector")),
    ...given("solution", args.text("solution")),
    ...given("filter", args.text("filter")),
    ...given("lang", langOf(args)),
    ...given("variation", args.text("variation")),
    ...given("timeoutMs", args.number("timeout")),
    ...given("seed", args.number("seed")),
    ...given("jobs", args.number("jobs")),
    ...given("log", args.text("log")),
    ...given("katas", args.text("katas")),
  };
}

/** The language asked for by `--lang`. */
export function langOf(args: Arguments): "ts" | "py" | undefined {
  const lang = args.text("lang");
  return lang === "ts" || lang === "py" ? lang : undefined;
}

/** A property that is absent when its value is: `exactOptionalPropertyTypes`. */
function given<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  // TypeScript widens a computed key to an index signature.
  return value === undefined ? {} : ({ [key]: value } as { [P in K]: V });
}
