import { parseReporterArgument } from "../plugins/reporter-argument.ts";
import { findReporter } from "../session/reporters.ts";
import { replayLog } from "../session/replay.ts";
import type { ReportRequest, RunSurroundings } from "../session/request.ts";
import { exitOf, type Arguments, type CommandContext } from "./command.ts";

/** `kata replay`: the reports of a log. */
export async function run(args: Arguments, context: CommandContext): Promise<number> {
  const log = args.required("log");
  const request = { log, rerun: args.has("rerun"), ...reportRequest(args, context.cwd) };
  return exitOf(args, await replayLog(request, surroundingsOf(context)));
}

/** What `--reporter` asks for. Throws a `KataError` for an unknown reporter. */
export function reportRequest(args: Arguments, cwd: string): ReportRequest {
  const reporters = args.list("reporter").map(parseReporterArgument);
  for (const { name } of reporters) findReporter(name);
  return { reporters, cwd };
}

/** The outside of a command as that of a run. */
export function surroundingsOf(context: CommandContext): RunSurroundings {
  const { stdout, stderr, style, signal, env } = context;
  return { stdout, stderr, color: style.color, signal, env };
}
