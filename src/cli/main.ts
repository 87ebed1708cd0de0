/**
 * The command line's hold on the process: streams, signals, and the exit code,
 * which is set and never forced.
 *
 * What is printed is written to the descriptors at once. Bun's own streams
 * would cost each start 5 ms, and may still hold text when the process ends;
 * they are asked only what they know of a terminal.
 */
import { fstatSync, writeSync } from "node:fs";
import type { OutStream } from "../commands/command.ts";
import { EXIT } from "../errors.ts";
import { defectText, execute } from "./execute.ts";

/** How long a writer waits for a reader that is slow, before it tries again. */
const PAUSE_MS = 2;
/** Linux's device number of /dev/null: major 1, minor 3. */
const NULL_DEVICE = 0x103;

/** Runs `kata` with these arguments; the process ends by itself afterwards. */
export async function main(argv: readonly string[]): Promise<void> {
  let broken = false;
  const stdout = openStream(1, (error) => {
    // The reader went away (`kata list | head -1`): that is its right.
    if (error.code === "EPIPE") return;
    broken = true;
    stderr.write(
      `error: Cannot write to stdout: ${error.message}\nhint: the output is cut; write it to where there is room\n`,
    );
  });
  // With nobody to tell, there is nothing to tell.
  const stderr = openStream(2, () => {});
  for (const event of ["uncaughtException", "unhandledRejection"] as const) {
    process.on(event, (error: unknown) => {
      stderr.write(defectText(error, process.env["KATA_DEBUG"] === "1"));
      process.exit(EXIT.internal);
    });
  }
  const interrupt = new AbortController();
  const onSignal = () => {
    if (interrupt.signal.aborted) process.exit(EXIT.interrupted);
    interrupt.abort();
  };
  const signals = ["SIGINT", "SIGTERM"] as const;
  for (const name of signals) process.on(name, onSignal);
  const leaveSignals = (): void => {
    for (const name of signals) process.off(name, onSignal);
  };
  const exit = await execute(argv, {
    cwd: process.cwd(),
    env: process.env,
    stdout,
    stderr,
    // Loaded only where something is asked.
    openPrompt: async () => (await import("../ui/prompt.ts")).openPrompt(interrupt.signal),
    signal: interrupt.signal,
    leaveSignals,
  });
  process.exitCode = broken && exit !== EXIT.internal ? EXIT.usage : exit;
  leaveSignals();
}

/** A descriptor to print to; after an error nothing more is written. */
function openStream(fd: 1 | 2, onError: (error: NodeJS.ErrnoException) => void): OutStream {
  const terminal = terminalOf(fd);
  let failed = false;
  return {
    isTTY: terminal !== undefined,
    get closed() {
      return failed;
    },
    get columns() {
      return terminal !== undefined && terminal.columns > 0 ? terminal.columns : 80;
    },
    write(text) {
      if (failed) return;
      try {
        writeAll(fd, text);
      } catch (error) {
        failed = true;
        onError(error as NodeJS.ErrnoException);
      }
    },
  };
}

function terminalOf(fd: 1 | 2): NodeJS.WriteStream | undefined {
  try {
    // Pipes, files and /dev/null are told apart without asking the stream.
    const stat = fstatSync(fd);
    if (!stat.isCharacterDevice() || (process.platform === "linux" && stat.rdev === NULL_DEVICE)) {
      return undefined;
    }
  } catch {
    return undefined;
  }
  const stream = fd === 1 ? process.stdout : process.stderr;
  return stream.isTTY ? stream : undefined;
}

function writeAll(fd: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length;) {
    try {
      at += writeSync(fd, bytes, at);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
      Bun.sleepSync(PAUSE_MS);
    }
  }
}
