/**
 * One call of the command line, from arguments to exit code. Nothing here
 * touches the process: `main.ts` does.
 */
import type { CliSurface, CommandContext, OutStream } from "../commands/command.ts";
import { nearest } from "../commands/nearest.ts";
import { EXIT, KataError } from "../errors.ts";
import { createLog } from "../ui/log.ts";
import { createStyle, wantsColor } from "../ui/style.ts";
import { completions } from "./completions.ts";
import { callCommand } from "./citty.ts";
import { commandHelp, rootHelp } from "./help.ts";
import { reportUsageError } from "./json-error.ts";
import { SPECS } from "./specs/index.ts";
import { declinesColor, ownArguments, quote, wantsHelp } from "./strict.ts";
import { VERSION } from "./version.ts";

/** The flags that may stand before a command, or without one. */
const ROOT_FLAGS = ["--help", "-h", "--no-color", "--version"];

export interface Surroundings {
  cwd: string;
  env: Readonly<Record<string, string | undefined>>;
  stdout: OutStream;
  stderr: OutStream;
  openPrompt: CommandContext["openPrompt"];
  signal: AbortSignal;
  leaveSignals: () => void;
}

/** Runs `kata` with `argv` and returns the exit code; it never throws. */
export async function execute(
  argv: readonly string[],
  surroundings: Surroundings,
): Promise<number> {
  const { env, signal, stderr } = surroundings;
  const noColor = declinesColor(ownPart(argv));
  const stdout = counted(surroundings.stdout);
  const style = createStyle(wantsColor({ isTTY: stdout.isTTY, noColor, env }));
  const log = createLog({
    write: (text) => stderr.write(text),
    color: wantsColor({ isTTY: stderr.isTTY, noColor, env }),
  });
  const cli: CliSurface = {
    commands: SPECS,
    help(name) {
      const spec = SPECS.find((candidate) => candidate.name === name);
      return spec && commandHelp(spec, stdout.columns, style);
    },
    completions: (shell) => completions(shell, SPECS),
  };
  const context: CommandContext = {
    cwd: surroundings.cwd,
    env,
    stdout,
    stderr,
    style,
    log,
    openPrompt: surroundings.openPrompt,
    signal,
    leaveSignals: surroundings.leaveSignals,
    cli,
  };
  let exit: number;
  try {
    exit = await dispatch(argv, context);
  } catch (error) {
    exit = explain(error, context, env["KATA_DEBUG"] === "1");
    await reportUsageError(argv, error, surroundings.cwd, stdout);
  }
  return signal.aborted ? EXIT.interrupted : exit;
}

/** Where the command's name stands. */
function nameAt(argv: readonly string[]): number {
  const found = argv.findIndex((arg) => !arg.startsWith("-"));
  return found === -1 ? argv.length : found;
}

/** The arguments without those of a program that the command runs. */
function ownPart(argv: readonly string[]): readonly string[] {
  const at = nameAt(argv);
  const spec = SPECS.find(({ name }) => name === argv[at]);
  if (spec === undefined) return argv;
  return [...argv.slice(0, at + 1), ...ownArguments(spec, argv.slice(at + 1))];
}

async function dispatch(argv: readonly string[], context: CommandContext): Promise<number> {
  const at = nameAt(argv);
  const flags = argv.slice(0, at);
  const name = argv[at];
  const rest = argv.slice(at + 1);
  for (const flag of flags) if (!ROOT_FLAGS.includes(flag)) throw unknownFlag(flag);
  if (flags.includes("--version")) {
    context.stdout.write(`kata ${VERSION}\n`);
  } else if (name === undefined) {
    context.stdout.write(rootHelp(SPECS, VERSION, context.stdout.columns, context.style));
  } else if (!SPECS.some((spec) => spec.name === name)) {
    throw unknownCommand(name);
  } else if (wantsHelp(flags) || wantsHelp(ownPart(argv).slice(at + 1))) {
    context.stdout.write(context.cli.help(name) ?? "");
  } else {
    return callCommand(SPECS, name, rest, context);
  }
  return EXIT.passed;
}

function unknownFlag(flag: string): KataError {
  const meant = nearest(
    flag.replace(/^-+/, ""),
    ROOT_FLAGS.map((name) => name.replace(/^-+/, "")),
  );
  return new KataError("unknown-flag", `Unknown flag ${quote(flag)} before a command`, {
    hint:
      meant === undefined
        ? "a command's flags follow its name: kata run softmax --device cpu"
        : `did you mean --${meant}?`,
  });
}

function unknownCommand(name: string): KataError {
  const meant = nearest(
    name,
    SPECS.map((spec) => spec.name),
  );
  return new KataError("unknown-command", `Unknown command ${quote(name)}`, {
    hint: meant === undefined ? "see kata --help" : `did you mean kata ${meant}?`,
  });
}

/** Says on stderr what went wrong; returns the exit code. */
function explain(error: unknown, { log, stderr }: CommandContext, debug: boolean): number {
  if (error instanceof KataError) {
    log.error(error.message, error.hint);
    if (debug && error.stack !== undefined) stderr.write(`${error.stack}\n`);
    return error.exit;
  }
  stderr.write(defectText(error, debug));
  return EXIT.internal;
}

/** What is said of anything but a `KataError`: that it is our fault. */
export function defectText(error: unknown, debug: boolean): string {
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const head = `error: This is a defect in kata, not in your files: ${message}\n`;
  if (!debug) return `${head}hint: run it again with KATA_DEBUG=1 for the stack\n`;
  return `${head}${error instanceof Error ? Bun.inspect(error) : ""}\n`;
}

/** The same stream, with a count of what was written to it. */
function counted(stream: OutStream): OutStream & { readonly written: number } {
  let written = 0;
  return {
    get isTTY() {
      return stream.isTTY;
    },
    get columns() {
      return stream.columns;
    },
    get closed() {
      return stream.closed;
    },
    get written() {
      return written;
    },
    write(text) {
      written += text.length;
      stream.write(text);
    },
  };
}
