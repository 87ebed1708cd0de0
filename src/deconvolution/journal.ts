/**
 * A result that grows cell by cell and survives the end of its process. The
 * values lie in `OUT.part`, already where they belong; `OUT.journal` says which
 * cells are there, a line as they come, each written after their values. When
 * all are there the part becomes OUT and the journal goes.
 *
 * The journal's first line holds the parameters: a result of two kinds of
 * calls would be worse than none. `OUT.lock` names the process at work.
 */
import {
  closeSync,
  existsSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { KataError } from "../errors.ts";
import { npyHeader } from "./npy.ts";

/** Only grows. */
const SCHEMA = "kata.deconvolve/1";

/** What a result depends on, by the name that its caller knows it by. */
export type Parameters = Readonly<Record<string, string | number>>;

/** How a cell went. */
export interface CellNote {
  cell: number;
  iterations: number;
  converged: boolean;
}

/** A result that is being written. */
export interface Journal {
  /** Cells that an earlier call finished. */
  readonly earlier: readonly CellNote[];
  /** Keeps a cell's values, and then the note that they are there. */
  add(finished: readonly (CellNote & { solution: Float32Array })[]): void;
  /** Puts the result in its place, and the journal away. */
  finish(): void;
  /** Leaves what is finished for a later call; when nothing is, no trace of it. */
  close(): void;
}

export interface JournalOptions {
  path: string;
  cells: number;
  length: number;
  parameters: Parameters;
  /** Begins anew, whatever is there. */
  force: boolean;
}

/**
 * Begins a result, or goes on with one that was left.
 *
 * @throws KataError when the result exists, was begun with other parameters, or
 * is being written by another process
 */
export function openJournal(options: JournalOptions): Journal {
  const { path, force, cells, length, parameters } = options;
  const [part, log, lock] = [`${path}.part`, `${path}.journal`, `${path}.lock`];
  const header = npyHeader("<f4", [cells, length]);
  takeLock(lock, path);
  const open: number[] = [];
  const close = (): void => {
    for (const fd of open.splice(0)) closeSync(fd);
    rmSync(lock, { force: true });
  };
  try {
    if (existsSync(path) && !force) {
      throw new KataError("output-exists", `Cannot write ${path}: it exists already`, {
        hint: "name another --out, or begin anew with --force",
      });
    }
    if (force) for (const file of [part, log]) rmSync(file, { force: true });
    const bytes = header.length + cells * length * 4;
    const first = `${JSON.stringify({ schema: SCHEMA, parameters })}\n`;
    const earlier = existsSync(log) ? readJournal(log, part, path, bytes, options) : undefined;
    if (earlier === undefined) {
      // The part comes first: a journal without one would claim what is not there.
      const fd = openSync(part, "w");
      open.push(fd);
      ftruncateSync(fd, bytes);
      writeAll(fd, header, 0);
      writeFileSync(log, first);
    } else open.push(openSync(part, "r+"));
    const [values = -1] = open;
    const notes = openSync(log, "a");
    open.push(notes);
    let empty = earlier === undefined || earlier.length === 0;
    return {
      earlier: earlier ?? [],
      add(finished) {
        empty = false;
        for (const { cell, solution } of finished) {
          const { buffer, byteOffset, byteLength } = solution;
          const row = new Uint8Array(buffer, byteOffset, byteLength);
          writeAll(values, row, header.length + cell * length * 4);
        }
        const done = finished.map((one) => [one.cell, one.iterations, one.converged]);
        writeAll(notes, new TextEncoder().encode(`${JSON.stringify({ done })}\n`), null);
      },
      finish() {
        fsyncSync(values);
        renameSync(part, path);
        rmSync(log);
        close();
      },
      close() {
        if (empty) for (const file of [part, log]) rmSync(file, { force: true });
        close();
      },
    };
  } catch (cause) {
    close();
    if (cause instanceof KataError) throw cause;
    throw new KataError("unwritable-file", `Cannot write ${path}: ${(cause as Error).message}`, {
      hint: "name another --out",
      cause,
    });
  }
}

/** What an earlier call left; undefined where it ended before its first line was whole. */
function readJournal(
  log: string,
  part: string,
  path: string,
  bytes: number,
  { cells, parameters }: JournalOptions,
): CellNote[] | undefined {
  const text = readFileSync(log, "utf8");
  const end = text.lastIndexOf("\n") + 1;
  if (end === 0) return undefined;
  const unusable = (why: string): KataError =>
    new KataError("bad-journal", `Cannot go on with ${path}: ${why}`, {
      hint: "begin anew with --force",
    });
  const lines = text.slice(0, end - 1).split("\n");
  const entries = lines.map((line): unknown => {
    try {
      return JSON.parse(line);
    } catch {
      throw unusable(`${log} is damaged`);
    }
  });
  const head = entries[0] as { schema?: unknown; parameters?: Parameters } | null;
  if (head?.schema !== SCHEMA || typeof head.parameters !== "object") {
    throw unusable(`${log} is not a journal of this version`);
  }
  for (const [name, value] of Object.entries(parameters)) {
    const before = head.parameters[name];
    if (before === value) continue;
    // A digest is told apart by its beginning.
    const [was, is] = [before, value].map((one) => String(one).slice(0, 12));
    throw new KataError(
      "other-parameters",
      `Cannot go on with ${path}: it was begun with ${name} ${was}, and this call has ${is}`,
      { hint: "give the same, name another --out, or begin anew with --force" },
    );
  }
  const info = statSync(part, { throwIfNoEntry: false });
  if (info?.size !== bytes) throw unusable(`${part} is missing or damaged`);
  const notes = new Map<number, CellNote>();
  for (const entry of entries.slice(1)) {
    const done = (entry as { done?: unknown } | null)?.done;
    if (!Array.isArray(done)) throw unusable(`${log} is damaged`);
    for (const note of done as unknown[]) {
      if (!isNote(note, cells)) throw unusable(`${log} is damaged`);
      const [cell, iterations, converged] = note;
      notes.set(cell, { cell, iterations, converged });
    }
  }
  // A line that the process did not finish writing is not added to.
  if (end < text.length) writeFileSync(log, text.slice(0, end));
  return [...notes.values()];
}

function isNote(value: unknown, cells: number): value is [number, number, boolean] {
  if (!Array.isArray(value) || value.length !== 3) return false;
  const [cell, iterations, converged] = value as unknown[];
  const whole = Number.isInteger(cell) && Number.isInteger(iterations);
  return whole && Number(cell) >= 0 && Number(cell) < cells && typeof converged === "boolean";
}

/** One process at a time; a lock whose process is gone is taken over. */
function takeLock(lock: string, path: string): void {
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      writeFileSync(lock, String(process.pid), { flag: "wx" });
      return;
    } catch (cause) {
      if ((cause as { code?: string }).code !== "EEXIST") {
        throw new KataError(
          "unwritable-file",
          `Cannot write ${path}: ${(cause as Error).message}`,
          {
            hint: "name another --out",
            cause,
          },
        );
      }
      const owner = Number(readFileSync(lock, "utf8"));
      if (isAlive(owner)) break;
      rmSync(lock, { force: true });
    }
  }
  throw new KataError("output-busy", `Cannot write ${path}: another process is writing it`, {
    hint: `wait for it; if there is none, remove ${lock}`,
  });
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as { code?: string }).code === "EPERM";
  }
}

function writeAll(fd: number, bytes: Uint8Array, at: number | null): void {
  for (let done = 0; done < bytes.length;) {
    const place = at === null ? null : at + done;
    done += writeSync(fd, bytes, done, bytes.length - done, place);
  }
}
