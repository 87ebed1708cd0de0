/** The effects of stdin, stdout and stderr. */
import { failWith } from "./failure.ts";
import type { Input, Output } from "./grants.ts";
import type { Effect } from "./host.ts";
import type { Plain } from "./plain.ts";

/** Bytes that one reading gives at most. */
const READ = 1 << 16;

/** `stdin.read`; what a log has given of a text or of bytes is passed over. */
export function inputEffects(source: string | Uint8Array | Input): Record<string, Effect> {
  const input = isInput(source) ? source : bytesInput(source);
  return {
    "stdin.read": {
      run: ([size]) => {
        if (typeof size !== "number" || !Number.isSafeInteger(size) || size < 0) {
          return failWith("ValueError", "stdin is read by a number of bytes");
        }
        return input.read(Math.min(size, READ));
      },
      replay: (_args, _at, bytes) => {
        if (bytes instanceof Uint8Array) input.skip?.(bytes.length);
      },
    },
  };
}

function isInput(source: string | Uint8Array | Input): source is Input {
  return typeof source === "object" && !(source instanceof Uint8Array);
}

function bytesInput(source: string | Uint8Array): Input {
  const bytes = typeof source === "string" ? new TextEncoder().encode(source) : source;
  let position = 0;
  return {
    read: (size) => {
      const part = bytes.subarray(position, position + size);
      position += part.length;
      return part;
    },
    skip: (size) => {
      position += size;
    },
  };
}

/** `stdout.write` or `stderr.write`. */
export function outputEffects(stream: "stdout" | "stderr", output: Output): Record<string, Effect> {
  const write = (text: Plain | undefined, again: boolean): void => {
    if (typeof text !== "string") failWith("TypeError", `${stream} takes text`);
    output(text, again);
  };
  return {
    [`${stream}.write`]: {
      run: ([text]) => write(text, false),
      replay: ([text]) => write(text, true),
    },
  };
}
