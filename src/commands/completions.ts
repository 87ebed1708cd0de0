import { EXIT } from "../errors.ts";
import type { Arguments, CommandContext } from "./command.ts";

/** `kata completions`: a script for a shell to load. */
export function run(args: Arguments, { stdout, cli }: CommandContext): number {
  const shell = args.required("shell");
  if (shell !== "bash" && shell !== "zsh" && shell !== "fish") {
    throw new TypeError(`No completions for ${shell}`);
  }
  stdout.write(cli.completions(shell));
  return EXIT.passed;
}
