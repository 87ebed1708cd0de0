/**
 * What `bun test` prints about errors that nothing caught: a rejection after
 * its test had ended, a throw in a timer. Our tests never throw, so each
 * failure that Bun prints is one of these.
 */

export interface UncaughtError {
  message: string;
  /** The number of the test that was running when it surfaced. */
  test: number | undefined;
}

/** How much is kept: enough for the errors, not for a flood. */
const CAP = 262_144;
/** How much a report shows of it. */
const TAIL_LINES = 12;

export class ErrorLog {
  #text = "";

  push(text: string): void {
    this.#text = (this.#text + text).slice(-CAP);
  }

  get text(): string {
    return this.#text;
  }

  /** The errors since the last call. */
  take(): UncaughtError[] {
    const errors = parseErrors(this.#text);
    this.#text = "";
    return errors;
  }

  /** The last lines, for a process that died of something else. */
  tail(): string {
    return this.#text
      .split("\n")
      .filter((line) => !isBunsOwn(line))
      .slice(-TAIL_LINES)
      .join("\n");
  }
}

function isBunsOwn(line: string): boolean {
  return /^\((pass|fail|skip|todo)\) |^ \d+ \w+$|^Ran \d+ tests? |^\S*\.test\.ts:$/.test(line);
}

export function parseErrors(stderr: string): UncaughtError[] {
  const errors: UncaughtError[] = [];
  let block: string[] = [];
  let between = false;
  for (const line of stderr.split("\n")) {
    // What follows says the same once more.
    if (/^\d+ tests? failed:$/.test(line)) break;
    const failed = /^\(fail\) (?:.* > )?(.*?)(?: \[[\d.]+m?s\])?$/.exec(line);
    if (failed !== null) {
      const [, name = ""] = failed;
      if (/^\d+$/.test(name)) errors.push({ message: messageOf(block), test: Number(name) });
      else
        errors.push({
          message: `test "${name}", which was not registered through bun:test: ${messageOf(block)}`,
          test: undefined,
        });
      block = [];
    } else if (/^\((pass|skip|todo)\) /.test(line)) {
      block = [];
    } else if (line.startsWith("# Unhandled error between tests")) {
      between = true;
      block = [];
    } else if (between && /^-{20,}$/.test(line)) {
      if (block.length > 0) {
        errors.push({ message: messageOf(block), test: undefined });
        between = false;
      }
      block = [];
    } else {
      block.push(line);
    }
  }
  return errors;
}

/** The error's own words, without the source excerpt above and the stack below. */
function messageOf(block: readonly string[]): string {
  const start = block.findIndex(
    (line) => /^(error|[A-Z]\w*(Error|Exception)?): /.test(line) || line === "error",
  );
  const lines = start < 0 ? block.filter((line) => line.trim() !== "") : block.slice(start);
  const end = lines.findIndex((line) => /^ +at /.test(line));
  const text = (end < 0 ? lines : lines.slice(0, end)).join("\n").trim();
  return text.replace(/^error: /, "") || "unknown error";
}
