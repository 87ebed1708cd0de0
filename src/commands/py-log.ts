/** `--record` and `--replay`: the log of what a program asked of its host. */
import { closeSync, openSync, readFileSync, writeSync } from "node:fs";
import { resolve } from "node:path";
import { KataError } from "../errors.ts";
import { readLog, type RunOptions } from "../python/index.ts";
import type { Arguments } from "./command.ts";

interface Logging {
  readonly options: Pick<RunOptions, "record" | "replay">;
  close(): void;
}

/** Opens the files. A recording that goes on from a replay begins with it, be it the same file. */
export function logOptions(args: Arguments, cwd: string): Logging {
  const from = args.text("replay");
  const to = args.text("record");
  const replay = from === undefined ? undefined : contentsOf(resolve(cwd, from), from);
  const options = replay === undefined ? {} : { replay };
  if (to === undefined) return { options, close: () => {} };
  const before = replay === undefined ? "" : readLog(replay).text;
  const fd = opened(resolve(cwd, to), to);
  writeSync(fd, before);
  return {
    options: { ...options, record: (line) => writeSync(fd, line) },
    close: () => closeSync(fd),
  };
}

function contentsOf(path: string, name: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new KataError("log-unreadable", `Cannot read the log ${name}: ${String(cause)}`, {
      cause,
    });
  }
}

function opened(path: string, name: string): number {
  try {
    return openSync(path, "w");
  } catch (cause) {
    throw new KataError("log-unwritable", `Cannot write the log ${name}: ${String(cause)}`, {
      cause,
    });
  }
}
