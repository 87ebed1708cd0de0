/**
 * What the tests and the solution print, caught and given to the test that
 * printed it. A flood is counted and dropped, so that it fills no report.
 */
import type { Console as NodeConsole } from "node:console";
import type { Writable } from "node:stream";

type Stream = "stdout" | "stderr";
const FD = { stdout: 1, stderr: 2 } as const;
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
    // Assigned, not defined: to define it would first make Bun's own, for 5 ms.
    Object.assign(process, { [stream]: lazily(() => sink(stream, emit)) });
  }
}

/** An object that is made when it is first looked at. */
function lazily<T extends object>(make: () => T): T {
  let made: T | undefined;
  const target = (): T => (made ??= make());
  return new Proxy({} as T, {
    get: (_, name) => {
      const member = Reflect.get(target(), name) as unknown;
      return typeof member === "function" ? (member.bind(target()) as unknown) : member;
    },
    set: (_, name, value) => Reflect.set(target(), name, value),
    has: (_, name) => Reflect.has(target(), name),
    getPrototypeOf: () => Reflect.getPrototypeOf(target()),
  });
}

/** A stream whose every write is in the channel before the next statement. */
function sink(stream: Stream, emit: Emit): Writable {
  const { Writable } = process.getBuiltinModule("node:stream");
  const decoder = new TextDecoder();
  const writable = Object.assign(new Writable(), { fd: FD[stream], isTTY: false });
  writable.write = (chunk: unknown, ...rest: unknown[]): boolean => {
    const bytes = chunk instanceof Uint8Array;
    emit(stream, bytes ? decoder.decode(chunk, { stream: true }) : String(chunk));
    const done = rest.at(-1);
    if (typeof done === "function") queueMicrotask(() => void Reflect.apply(done, undefined, []));
    return true;
  };
  return writable;
}
