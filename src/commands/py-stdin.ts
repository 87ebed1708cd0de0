/** Standard input of Python programs, read when they ask for it. */
import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import type { Input } from "../python/index.ts";

/** How long a reader of a terminal waits before it looks again, in milliseconds. */
const PAUSE_MS = 5;

/** Standard input as it is. At a terminal the wait is one that Ctrl-C ends. */
export function standardInput(): Input {
  let fd: number | undefined;
  return {
    read: (size) => {
      fd ??= terminal() ?? 0;
      const bytes = new Uint8Array(size);
      for (;;) {
        try {
          return bytes.subarray(0, readSync(fd, bytes, 0, size, null));
        } catch (error) {
          const { code } = error as NodeJS.ErrnoException;
          if (code === "EOF") return bytes.subarray(0, 0);
          if (code !== "EAGAIN" && code !== "EINTR") throw error;
          Bun.sleepSync(PAUSE_MS);
        }
      }
    },
  };
}

/** All of standard input, as a program's text. */
export function readProgram(): Uint8Array {
  const parts: Uint8Array[] = [];
  const input = standardInput();
  for (;;) {
    const part = input.read(1 << 16) as Uint8Array;
    if (part.length === 0) return Buffer.concat(parts);
    parts.push(part);
  }
}

/** One line of standard input without its end, null at the end. Nothing behind it is taken. */
export function readLine(): string | null {
  const bytes: number[] = [];
  const one = new Uint8Array(1);
  while (readSync(0, one, 0, 1, null) === 1) {
    if (one[0] === 10) return new TextDecoder().decode(Uint8Array.from(bytes));
    bytes.push(one[0]!);
  }
  return bytes.length === 0 ? null : new TextDecoder().decode(Uint8Array.from(bytes));
}

/** The terminal that stdin is, opened once more so that reading it does not block. */
function terminal(): number | undefined {
  try {
    if (!fstatSync(0).isCharacterDevice()) return undefined;
    const fd = openSync("/dev/tty", constants.O_RDONLY | constants.O_NONBLOCK);
    if (fstatSync(fd).rdev === fstatSync(0).rdev || process.stdin.isTTY) return fd;
    closeSync(fd);
    return undefined;
  } catch {
    return undefined;
  }
}
