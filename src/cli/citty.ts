/**
 * The commands as citty knows them. citty finds the command and runs it;
 * `strict.ts` reads its arguments.
 */
import { type CommandDef, defineCommand, runCommand } from "citty";
import type { CommandContext, CommandSpec } from "../commands/command.ts";
import { parseArguments } from "./strict.ts";

/**
 * Runs one command, loading it (and all it needs) only now. Returns its exit
 * code. `name` is one of the specs' names.
 */
export async function callCommand(
  specs: readonly CommandSpec[],
  name: string,
  argv: readonly string[],
  context: CommandContext,
): Promise<number> {
  let exit = 0;
  const define = (spec: CommandSpec): CommandDef =>
    defineCommand({
      meta: { name: spec.name, description: spec.summary },
      async run({ rawArgs }) {
        const args = parseArguments(spec, rawArgs);
        exit = await (await spec.load()).run(args, context);
      },
    });
  const subCommands = Object.fromEntries(specs.map((spec) => [spec.name, () => define(spec)]));
  await runCommand(defineCommand({ meta: { name: "kata" }, subCommands }), {
    rawArgs: [name, ...argv],
  });
  return exit;
}
