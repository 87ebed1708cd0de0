import type { CommandContext, CommandSpec } from "../../src/commands/command.ts";
import { SPECS } from "../../src/cli/specs/index.ts";
import { createLog } from "../../src/ui/log.ts";
import type { Prompt } from "../../src/ui/prompt.ts";
import { createStyle } from "../../src/ui/style.ts";

/** A command's surroundings that keep what is written. */
export interface Recorded extends CommandContext {
  readonly out: string;
  readonly err: string;
}

export function record(
  options: { cwd?: string; isTTY?: boolean; columns?: number; prompt?: Prompt } = {},
): Recorded {
  const { cwd = import.meta.dir, isTTY = false, columns = 80 } = options;
  const written = { out: "", err: "" };
  const stream = (name: "out" | "err") => ({
    isTTY,
    closed: false,
    columns,
    write(text: string) {
      written[name] += text;
    },
  });
  const stderr = stream("err");
  return {
    cwd,
    env: {},
    stdout: stream("out"),
    stderr,
    style: createStyle(false),
    log: createLog({ write: (text) => stderr.write(text), color: false }),
    openPrompt: async () => options.prompt,
    signal: new AbortController().signal,
    leaveSignals: () => {},
    cli: {
      commands: SPECS,
      help: (name) => (SPECS.some((spec) => spec.name === name) ? `help of ${name}\n` : undefined),
      completions: (shell) => `completions for ${shell}\n`,
    },
    get out() {
      return written.out;
    },
    get err() {
      return written.err;
    },
  };
}

export function specOf(name: string): CommandSpec {
  const spec = SPECS.find((candidate) => candidate.name === name);
  if (spec === undefined) throw new Error(`no command ${name}`);
  return spec;
}
