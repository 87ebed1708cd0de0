import { parseReporterArgument } from "../plugins/reporter-argument.ts";
import { replayLog } from "../session/replay.ts";
import type { ReportRequest, RunSurroundings } from "../session/request.ts";
import { exitOf, type Arguments, type CommandContext } from "./command.ts";

/** `kata replay`: the reports of a log. */
export async function run(args: Arguments, context: CommandContext): Promise<number> {
  const log = args.required("log");
  const request = { log, rerun: args.has("rerun"), ...reportRequest(args, context.cwd) };
  return exitOf(args, await replayLog(request, surroundingsOf(context)));
}

/** What `--reporter` and the flags about plugins ask for. */
export function reportRequest(args: Arguments, cwd: string): ReportRequest {
  return {
    reporters: args.list("reporter").map(parseReporterArgument),
    cwd,
    ...(args.has("strict-plugins") ? { strictPlugins: true } : {}),
    ...(args.has("no-sandbox") ? { unconfined: true } : {}),
  };
}

/** The outside of a command as that of a run. */
export function surroundingsOf(context: CommandContext): RunSurroundings {
  const { stdout, stderr, style, signal, env } = context;
  return { stdout, stderr, color: style.color, signal, env };
}
