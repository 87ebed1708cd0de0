/**
 * What kata says beside its output: `error:`, `warning:`, `hint:` and plain
 * notes, all on stderr, because stdout is data.
 *
 * consola's own reporters print to stdout, decorate by terminal and swallow
 * repeats, so only its core is used, with one reporter of ours.
 */
import { type ConsolaInstance, createConsola, type LogObject } from "consola/core";
import { createStyle } from "./style.ts";

export interface Log {
  error(message: string, hint?: string): void;
  warn(message: string, hint?: string): void;
  info(message: string, hint?: string): void;
}

export interface LogOptions {
  write: (text: string) => void;
  color: boolean;
}

/** A log that writes one line a message, and its hint on a line of its own. */
export function createLog({ write, color }: LogOptions): Log {
  // Made for the first message: most calls have nothing to say.
  let consola: ConsolaInstance | undefined;
  const say = (level: "error" | "warn" | "info") => (message: string, hint?: string) => {
    consola ??= openConsola(write, color);
    consola[level](message);
    if (hint !== undefined && hint !== "") consola.withTag("hint").info(hint);
  };
  return { error: say("error"), warn: say("warn"), info: say("info") };
}

function openConsola(write: LogOptions["write"], color: boolean): ConsolaInstance {
  const style = createStyle(color);
  const heads: Record<string, string> = {
    error: style.bold(style.red("error:")),
    warn: style.bold(style.yellow("warning:")),
    hint: style.bold(style.cyan("hint:")),
  };
  return createConsola({
    level: 3,
    // A repeated message is a message: nothing is throttled.
    throttle: 0,
    throttleMin: Number.MAX_SAFE_INTEGER,
    reporters: [
      {
        log({ type, args, tag }: LogObject) {
          const head = heads[tag === "" ? type : tag];
          const text = args.map(String).join(" ");
          write(head === undefined ? `${text}\n` : `${head} ${text}\n`);
        },
      },
    ],
  });
}
