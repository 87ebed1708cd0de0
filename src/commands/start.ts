import { relative, resolve } from "node:path";
import { EXIT } from "../errors.ts";
import { startKata } from "../session/workspace.ts";
import type { Arguments, CommandContext } from "./command.ts";
import { printCreated, shellWord } from "./created.ts";
import { langOf } from "./run.ts";

/** `kata start`: the created files on stdout, what to do next on stderr. */
export async function run(args: Arguments, context: CommandContext): Promise<number> {
  const { cwd, log } = context;
  const id = args.required("id");
  const lang = langOf(args);
  const katas = args.text("katas");
  const placed = await startKata({
    id,
    dir: resolve(cwd, args.text("dir") ?? "."),
    ...(lang === undefined ? {} : { lang }),
    ...(katas === undefined ? {} : { katas }),
  });
  printCreated(placed, context);
  const file = relative(cwd, placed.file);
  log.info(`Fill in ${file}, then: kata run ${id} ${shellWord(file)}`);
  return EXIT.passed;
}
