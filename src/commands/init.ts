import { relative, resolve } from "node:path";
import { EXIT } from "../errors.ts";
import { CI_SERVICES, initCourse } from "../session/course.ts";
import type { Arguments, CommandContext } from "./command.ts";
import { printCreated, shellWord } from "./created.ts";

/** `kata init`: the created files on stdout, what to do next on stderr. */
export function run(args: Arguments, context: CommandContext): number {
  const { cwd, log } = context;
  const dir = resolve(cwd, args.text("dir") ?? ".");
  const placed = initCourse(
    dir,
    CI_SERVICES.find((service) => service === args.text("ci")),
  );
  printCreated(placed, context);
  const name = relative(cwd, dir);
  const where = name === "" ? "" : ` --dir ${shellWord(name)}`;
  if (placed.created.length > 0) log.info(`Begin a kata: kata new my-kata${where}`);
  else log.info(`Everything is there already; begin a kata: kata new my-kata${where}`);
  return EXIT.passed;
}
