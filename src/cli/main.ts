/**
 * The command line's hold on the process: streams, signals, and the exit code,
 * which is set and never forced, because a forced exit cuts off what stdout
 * still holds.
 */
import { writeSync } from "node:fs";
import type { OutStream } from "../commands/command.ts";
import { EXIT } from "../errors.ts";
import { defectText, execute } from "./execute.ts";

/** Runs `kata` with these arguments; the process ends by itself afterwards. */
export async function main(argv: readonly string[]): Promise<void> {
  let broken: string | undefined;
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    // The reader went away (`kata list | head -1`): that is its right.
    if (error.code === "EPIPE" || broken !== undefined) return;
    broken = `error: Cannot write to stdout: ${error.message}\n`;
    process.stderr.write(broken);
    process.exitCode = EXIT.internal;
  });
  // With nobody to tell, there is nothing to tell.
  process.stderr.on("error", () => {});
  for (const event of ["uncaughtException", "unhandledRejection"] as const) {
    process.on(event, (error: unknown) => {
      writeSync(2, defectText(error, process.env["KATA_DEBUG"] === "1"));
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
  const exit = await execute(argv, {
    cwd: process.cwd(),
    env: process.env,
    stdout: wrapStream(process.stdout),
    stderr: wrapStream(process.stderr),
    signal: interrupt.signal,
  });
  process.exitCode = broken === undefined ? exit : EXIT.internal;
  for (const name of signals) process.off(name, onSignal);
}

function wrapStream(stream: NodeJS.WriteStream): OutStream {
  return {
    isTTY: stream.isTTY === true,
    get columns() {
      return stream.columns > 0 ? stream.columns : 80;
    },
    write(text) {
      if (!stream.destroyed) stream.write(text);
    },
  };
}
