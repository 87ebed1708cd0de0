/** `kata py` without a program: a prompt. */
import { EXIT } from "../errors.ts";
import { needsMore, openSession, type Session } from "../python/index.ts";
import type { Arguments, CommandContext } from "./command.ts";
import { openHistory } from "./py-history.ts";
import { untilInterrupted } from "./py-interrupt.ts";
import { logOptions } from "./py-log.ts";
import { failureText, outputTo } from "./py-output.ts";
import { nativesFor } from "./py-natives.ts";
import { optionsOf, type PythonProgram } from "./py-program.ts";

const PROMPT = ">>> ";
const MORE = "... ";
const HELP = `Statements are run as you enter them; the value of an expression is shown, and is then _.
A block ends with an empty line. Ctrl-C stops what runs, Ctrl-D or exit() leaves.
Nothing outside can be reached that the flags did not grant: kata py --help names them.
`;

/** Where lines come from. */
interface Lines {
  /** The next one without its end; null for the end of input, undefined for Ctrl-C. */
  next(prompt: string): Promise<string | null | undefined>;
  /** Does something while the terminal is the program's. */
  during<T>(work: () => T): T;
  close(): void;
}

/** Reads and answers until the end of input; then the exit code. With a program, that is run first. */
export async function converse(
  args: Arguments,
  program: PythonProgram | undefined,
  context: CommandContext,
): Promise<number> {
  const own = program ?? { source: "", filename: "<stdin>", argv: [""], folder: context.cwd };
  const log = logOptions(args, context.cwd);
  const session = openSession({
    ...optionsOf(args, own, context.cwd),
    ...(await nativesFor(undefined)),
    ...log.options,
    ...outputTo(context),
    lines: true,
    keep: false,
  });
  const lines = process.stdin.isTTY ? await typedLines(context) : await pipedLines(context);
  context.stderr.write("Python in a sandbox; help says more\n");
  try {
    if (program !== undefined) {
      const exit = answer(session, program.source, "exec", context);
      if (exit !== undefined) return exit;
    }
    return await talk(session, lines, context);
  } finally {
    lines.close();
    session.close();
    log.close();
  }
}

async function talk(session: Session, lines: Lines, context: CommandContext): Promise<number> {
  let source = "";
  for (;;) {
    const line = await lines.next(source === "" ? PROMPT : MORE);
    if (line === undefined) {
      context.stderr.write("KeyboardInterrupt\n");
      source = "";
      continue;
    }
    if (line === null && source === "") {
      if (process.stdin.isTTY) context.stdout.write("\n");
      return EXIT.passed;
    }
    if (source === "" && line?.trim() === "") continue;
    if (source === "" && /^\s*help\s*$/.test(line ?? "")) {
      context.stdout.write(HELP);
      continue;
    }
    // At the end of input what is open cannot be closed any more.
    source += `${line ?? ""}\n`;
    if (line !== null && needsMore(source)) continue;
    const whole = source;
    source = "";
    const exit = lines.during(() => answer(session, whole, "single", context));
    if (exit !== undefined) return exit;
  }
}

/** Runs what was entered; an exit code ends the conversation. */
function answer(
  session: Session,
  source: string | Uint8Array,
  kind: "exec" | "single",
  { stderr }: CommandContext,
): number | undefined {
  const result = untilInterrupted(() => session.run(source, kind));
  if (result === undefined) {
    session.abandon();
    stderr.write("\nKeyboardInterrupt\n");
    return undefined;
  }
  if (result.ok) return result.ended === true ? EXIT.passed : undefined;
  if (result.error.exceptionType === "SystemExit") return result.exitCode;
  stderr.write(failureText(result));
  // A budget that is used up is not filled again.
  return result.error.kind === "limit" || result.error.kind === "timeout"
    ? result.exitCode
    : undefined;
}

async function typedLines({ env, stdout }: CommandContext): Promise<Lines> {
  const { createInterface } = process.getBuiltinModule("node:readline");
  const history = openHistory(env);
  const typed: (string | null | undefined)[] = [];
  let wake: (() => void) | undefined;
  const add = (line: string | null | undefined): void => {
    typed.push(line);
    wake?.();
  };
  const lines = createInterface({
    input: process.stdin,
    output: process.stdout,
    terminal: true,
    history: [...history.lines],
    historySize: 1000,
  });
  lines.on("line", add);
  lines.on("close", () => add(null));
  lines.on("SIGINT", () => {
    stdout.write("\n");
    // What was typed of the line is thrown away.
    Object.assign(lines, { line: "", cursor: 0 });
    add(undefined);
  });
  return {
    next: async (prompt) => {
      if (typed.length === 0) {
        lines.setPrompt(prompt);
        lines.prompt();
        await new Promise<void>((resolve) => (wake = resolve));
        wake = undefined;
      }
      const line = typed.shift();
      if (typeof line === "string" && line.trim() !== "") history.add(line);
      return line;
    },
    during: (work) => {
      process.stdin.setRawMode(false);
      try {
        return work();
      } finally {
        process.stdin.setRawMode(true);
      }
    },
    close: () => lines.close(),
  };
}

async function pipedLines({ stderr }: CommandContext): Promise<Lines> {
  const { readLine } = await import("./py-stdin.ts");
  return {
    next: async (prompt) => {
      stderr.write(prompt);
      return readLine();
    },
    during: (work) => work(),
    close: () => {},
  };
}
