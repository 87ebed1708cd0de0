/**
 * Where a reporter's text goes. A file is written beside its place and moved
 * there at the end: a killed run leaves no report that could be believed. Of
 * two runs that write the same file, the last to end leaves its own, whole.
 */
import { randomBytes } from "node:crypto";
import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { KataError } from "../errors.ts";

/** What follows a file's name until it is whole: the writer's process and a draw. */
const PARTIAL = /\.(\d+)-[0-9a-f]{16}\.partial$/;
/** Characters of a report that wait in memory. */
const KEPT = 2 ** 20;

export interface Sink {
  write(text: string): void;
  /** Makes what was written the report. */
  commit(): void;
  /** Leaves nothing behind. */
  discard(): void;
}

/**
 * Opens a report's file: missing folders are made, an old report is removed
 * now, so that it cannot be taken for this run's. Devices and pipes
 * (`/dev/null`) are written to as they are. Throws a KataError that names the
 * path and `flag`.
 */
export function openFileSink(path: string, flag: string): Sink {
  if (/[/\\]$/.test(path)) throw sinkError(path, flag, "it names a folder");
  try {
    if (isSpecial(resolve(path))) return plainSink(path, flag, openSync(path, "w"));
    // Through links, so that a link to a report stays a link.
    const target = canonicalPath(path);
    if (isFolder(target)) throw new Error("it is a folder");
    mkdirSync(dirname(target), { recursive: true });
    rmSync(target, { force: true });
    removeLeftovers(target);
    const draw = randomBytes(8).toString("hex");
    const partial = `${target}.${process.pid}-${draw}.partial`;
    // Whether it can be written is said before the run.
    closeSync(openSync(partial, "wx"));
    rmSync(partial);
    return movedSink(path, flag, partial, target);
  } catch (cause) {
    throw sinkError(path, flag, reasonOf(cause), cause);
  }
}

/** Writes a whole file so that it is there at once or not at all. */
export function writeWhole(path: string, text: string, flag: string): void {
  const sink = openFileSink(path, flag);
  try {
    sink.write(text);
    sink.commit();
  } catch (cause) {
    sink.discard();
    throw cause;
  }
}

/** The name of the file that a partial one would become; the path itself for others. */
export function withoutPartial(path: string): string {
  return path.replace(PARTIAL, "");
}

/** Removes what killed runs left of the file; what a live one writes stays. */
function removeLeftovers(target: string): void {
  const folder = dirname(target);
  for (const name of readdirSync(folder)) {
    const pid = PARTIAL.exec(name)?.[1];
    if (pid === undefined || withoutPartial(name) !== basename(target)) continue;
    if (!isAlive(Number(pid))) rmSync(join(folder, name), { force: true });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (cause) {
    // A process of another user is alive, too.
    return !(cause instanceof Error && "code" in cause && cause.code === "ESRCH");
  }
}

function isSpecial(path: string): boolean {
  // An open file by its number: replacing it would leave its writer behind.
  if (/^\/(?:dev\/(?:std|fd\/)|proc\/)/.test(path)) return true;
  const stat = statSync(path, { throwIfNoEntry: false });
  return stat !== undefined && !stat.isFile() && !stat.isDirectory();
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function plainSink(path: string, flag: string, file: number): Sink {
  let open = true;
  const close = (): void => {
    if (open) closeSync(file);
    open = false;
  };
  return { write: (text) => writeAll(file, text, path, flag), commit: close, discard: close };
}

/**
 * Text is kept until there is much of it or the report is whole: a run that is
 * killed before leaves no partial file behind.
 */
function movedSink(path: string, flag: string, partial: string, target: string): Sink {
  let file: number | undefined;
  let kept: string[] = [];
  let size = 0;
  let open = true;
  const flush = (): number => {
    try {
      file ??= openSync(partial, "wx");
    } catch (cause) {
      throw sinkError(path, flag, reasonOf(cause), cause);
    }
    const text = kept.join("");
    kept = [];
    size = 0;
    writeAll(file, text, path, flag);
    return file;
  };
  const remove = (): void => {
    if (file !== undefined) closeSync(file);
    rmSync(partial, { force: true });
  };
  return {
    write: (text) => {
      kept.push(text);
      size += text.length;
      if (size > KEPT) flush();
    },
    commit: () => {
      if (!open) return;
      open = false;
      try {
        closeSync(flush());
      } catch (cause) {
        remove();
        throw cause;
      }
      try {
        renameSync(partial, target);
      } catch (cause) {
        rmSync(partial, { force: true });
        throw sinkError(path, flag, reasonOf(cause), cause);
      }
    },
    discard: () => {
      if (!open) return;
      open = false;
      kept = [];
      remove();
    },
  };
}

function writeAll(file: number, text: string, path: string, flag: string): void {
  const bytes = Buffer.from(text);
  try {
    for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done);
  } catch (cause) {
    throw sinkError(path, flag, reasonOf(cause), cause);
  }
}

/** The one absolute name of a file, whether it exists or not: links are followed. */
export function canonicalPath(path: string): string {
  const whole = resolve(path);
  try {
    return realpathSync(whole);
  } catch {
    const parent = dirname(whole);
    return parent === whole ? whole : join(canonicalPath(parent), basename(whole));
  }
}

function sinkError(path: string, flag: string, why: string, cause?: unknown): KataError {
  return new KataError("report-write", `Cannot write report "${path}" (${flag}): ${why}`, {
    hint: "name a file in a folder that can be written to",
    cause,
  });
}

function reasonOf(cause: unknown): string {
  const message = cause instanceof Error ? cause.message : String(cause);
  // `EACCES: permission denied, open '/x'`: the path is said already.
  return message.replace(/, \w+( '.*')?$/s, "").replace(/^[A-Z0-9]+: /, "");
}
