import { runExercise } from "../session/exercism.ts";
import { DEVICE_CHOICES } from "../session/request.ts";
import type { Arguments, CommandContext } from "./command.ts";
import { surroundingsOf } from "./replay.ts";
import { sandboxOf } from "./run.ts";

/** `kata exercism`: one solution, and its `results.json`. */
export async function run(args: Arguments, context: CommandContext): Promise<number> {
  const katas = args.text("katas");
  return await runExercise(
    {
      slug: args.required("slug"),
      input: args.required("input"),
      output: args.required("output"),
      device: DEVICE_CHOICES.find((choice) => choice === args.text("device")) ?? "auto",
      sandbox: sandboxOf(args),
      cwd: context.cwd,
      ...(katas === undefined ? {} : { katas }),
    },
    surroundingsOf(context),
  );
}
