import { relative, resolve } from "node:path";
import { EXIT } from "../errors.ts";
import { planKata, writeKata } from "../session/new-kata.ts";
import type { Arguments, CommandContext } from "./command.ts";
import { printCreated, shellWord } from "./created.ts";
import { answerDraft } from "./draft-answers.ts";

/** `kata new`: the created files on stdout, questions and what to do next on stderr. */
export async function run(args: Arguments, context: CommandContext): Promise<number> {
  const { cwd, log } = context;
  const plan = planKata(args.required("id"), resolve(cwd, args.text("dir") ?? "."));
  const { draft, example, assumed } = await answerDraft(plan, args, context);
  const placed = writeKata(plan, draft, example);
  printCreated(placed, context);
  if (assumed.length > 0) log.info(`Taken as nobody could be asked: ${assumed.join(", ")}`);
  const folder = shellWord(relative(cwd, placed.folder));
  log.info(`It is an example that works. Rewrite it, then: kata check ${folder} --mutants`);
  return EXIT.passed;
}
