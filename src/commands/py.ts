import { EXIT } from "../errors.ts";
import { compiledPython } from "../assets.ts";
import { openSession } from "../python/index.ts";
import { setPackedLibrary } from "../python/library/written.ts";
import type { Arguments, CommandContext } from "./command.ts";
import { untilInterrupted } from "./py-interrupt.ts";
import { logOptions } from "./py-log.ts";
import { nativesFor } from "./py-natives.ts";
import { optionsOf, programOf, programOfStdin } from "./py-program.ts";
import { failureText, outputTo } from "./py-output.ts";

/** `kata py`: a Python program with what it was granted, or a prompt. */
export async function run(args: Arguments, context: CommandContext): Promise<number> {
  const { cwd, stdout, stderr } = context;
  context.leaveSignals();
  setPackedLibrary(compiledPython);
  const named = programOf(args, cwd);
  if (args.has("interactive") || (named === undefined && process.stdin.isTTY)) {
    return (await import("./py-prompt.ts")).converse(args, named, context);
  }
  const program = named ?? programOfStdin();
  const json = args.has("json");
  const log = logOptions(args, cwd);
  const session = openSession({
    ...optionsOf(args, program, cwd),
    ...(await nativesFor(args.text("module") === undefined ? program : undefined)),
    ...log.options,
    ...(json ? {} : outputTo(context)),
    keep: json,
  });
  const result = untilInterrupted(() => session.run(program.source));
  if (result === undefined) {
    session.abandon();
    stderr.write("\nKeyboardInterrupt\n");
    return EXIT.interrupted;
  }
  session.close();
  log.close();
  if (json) (await import("./py-json.ts")).report(result, context);
  else if (!result.ok && !stdout.closed) stderr.write(failureText(result));
  if (result.profile !== undefined && !json) {
    stderr.write((await import("./py-profile.ts")).profileText(result.profile));
  }
  return !result.ok && result.error.kind === "internal" ? EXIT.internal : result.exitCode;
}
