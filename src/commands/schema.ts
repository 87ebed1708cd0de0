import { EXIT } from "../errors.ts";
import { SCHEMAS } from "../help/schemas.ts";
import { type Arguments, type CommandContext, printJson } from "./command.ts";

/** `kata schema`: the JSON Schema of one of kata's outputs, or of a file that authors write. */
export async function run(args: Arguments, context: CommandContext): Promise<number> {
  const name = args.required("name");
  const load = SCHEMAS[name];
  if (load === undefined) throw new TypeError(`No schema is carried for ${name}`);
  printJson(context, await load());
  return EXIT.passed;
}
