/**
 * What the tests and the solution print, caught and given to the test that
 * printed it. A flood is counted and dropped, so that it fills no report.
 */
import type { Console as NodeConsole } from "node:console";
import type { Writable } from "node:stream";

type Stream = "stdout" | "stderr";
type Emit = (stream: Stream, text: string) => void;

/** How much of what one test prints is kept, in characters; a verdict keeps this and the note. */
const TEST_CAP = 60_000;

/** Counts what a test printed, and cuts it where it is too much. */
export class OutputMeter {
  #left = TEST_CAP;
  #dropped = 0;

  /** The part of the text that is kept. */
  take(text: string): string {
    const kept = text.slice(0, this.#left);
    this.#left -= kept.length;
    this.#dropped += text.length - kept.length;
    return kept;
  }

  /** What is said at the end about the part that was not. */
  note(): string | undefined {
    return this.#dropped === 0 ? undefined : `\n… ${this.#dropped} more characters were printed\n`;
  }
}

const METHODS = [
  "log",
  "info",
  "debug",
  "warn",
  "error",
  "trace",
  "dir",
  "dirxml",
  "table",
  "assert",
  "count",
  "countReset",
  "time",
  "timeLog",
  "timeEnd",
  "group",
  "groupCollapsed",
  "groupEnd",
] as const satisfies readonly (keyof Console)[];

/** Puts `emit` in the place of everything that prints. */
export function captureOutput(emit: Emit): void {
  // Loaded when first needed: most katas print nothing, and streams cost 5 ms.
  let replacement: NodeConsole | undefined;
  for (const name of METHODS) {
    Object.defineProperty(console, name, {
      value: (...args: unknown[]): void => {
        replacement ??= new (process.getBuiltinModule("node:console").Console)({
          stdout: sink("stdout", emit),
          stderr: sink("stderr", emit),
          colorMode: false,
        });
        (replacement[name] as (...args: unknown[]) => void)(...args);
      },
      configurable: true,
      writable: true,
    });
  }
  for (const stream of ["stdout", "stderr"] as const) {
    Object.defineProperty(process[stream], "write", {
      value: (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
        emit(stream, typeof chunk === "string" ? chunk : new TextDecoder().decode(chunk));
        const callback = rest.at(-1);
        if (typeof callback === "function") queueMicrotask(callback as () => void);
        return true;
      },
      configurable: true,
      writable: true,
    });
  }
}

function sink(stream: Stream, emit: Emit): Writable {
  const writable = new (process.getBuiltinModule("node:stream").Writable)();
  writable.write = (chunk: unknown): boolean => {
    emit(stream, String(chunk));
    return true;
  };
  return writable;
}
