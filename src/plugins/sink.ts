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
  readSync,
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
    // Whether it can be written is said before the run.
    const trial = nameBeside(target);
    closeSync(openSync(trial, "wx"));
    rmSync(trial);
    return movedSink(path, flag, target);
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

function nameBeside(target: string): string {
  return `${target}.${process.pid}-${randomBytes(8).toString("hex")}.partial`;
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
 * Short text is kept in memory, long text in a file that has no name any more:
 * whenever a run is killed, the system frees both. Only at the end is there a
 * file beside the report's place, for as long as a copy takes.
 */
function movedSink(path: string, flag: string, target: string): Sink {
  const [spooled, partial] = [nameBeside(target), nameBeside(target)];
  let spool: number | undefined;
  let kept: string[] = [];
  let size = 0;
  let open = true;
  const taken = (): string => {
    const text = kept.join("");
    kept = [];
    size = 0;
    return text;
  };
  const named = <T>(act: () => T): T => {
    try {
      return act();
    } catch (cause) {
      throw cause instanceof KataError ? cause : sinkError(path, flag, reasonOf(cause), cause);
    }
  };
  const finish = (): void => {
    const file = openSync(partial, "wx");
    try {
      if (spool !== undefined) copyAll(spool, file);
      writeAll(file, taken(), path, flag);
    } finally {
      closeSync(file);
    }
    renameSync(partial, target);
  };
  const close = (): void => {
    open = false;
    if (spool !== undefined) closeSync(spool);
    for (const name of [spooled, partial]) rmSync(name, { force: true });
  };
  return {
    write: (text) => {
      kept.push(text);
      size += text.length;
      if (size <= KEPT) return;
      spool ??= named(() => openNameless(spooled));
      writeAll(spool, taken(), path, flag);
    },
    commit: () => {
      if (!open) return;
      try {
        named(finish);
      } finally {
        close();
      }
    },
    discard: () => {
      if (open) close();
    },
  };
}

/** Opens a file and takes its name away, where the system can do that to an open one. */
function openNameless(path: string): number {
  const file = openSync(path, "wx+");
  // Windows cannot: what a killed run leaves there the next one removes.
  if (process.platform !== "win32") rmSync(path);
  return file;
}

function copyAll(from: number, to: number): void {
  const buffer = new Uint8Array(KEPT);
  let at = 0;
  for (let size = -1; size !== 0; at += size) {
    size = readSync(from, buffer, 0, buffer.length, at);
    for (let done = 0; done < size;) done += writeSync(to, buffer, done, size - done);
  }
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
