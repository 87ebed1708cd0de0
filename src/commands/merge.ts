import { mergeLogs } from "../session/replay.ts";
import { exitOf, type Arguments, type CommandContext } from "./command.ts";
import { reportRequest, surroundingsOf } from "./replay.ts";

/** `kata merge`: the logs of a run's shards as the log and the reports of one run. */
export async function run(args: Arguments, context: CommandContext): Promise<number> {
  const out = args.text("out");
  const request = {
    logs: args.list("logs"),
    ...reportRequest(args, context.cwd),
    ...(out === undefined ? {} : { out }),
  };
  return exitOf(args, await mergeLogs(request, surroundingsOf(context)));
}
