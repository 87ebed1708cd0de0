/**
 * File systems as effects.
 *
 * | effect | arguments | result |
 * |---|---|---|
 * | `fs.open` | path, flags (see `parseFlags`) | a handle, a number |
 * | `fs.read` | handle, position, size | bytes, none at the end; maybe fewer than asked for |
 * | `fs.write` | handle, position, bytes | the position behind them |
 * | `fs.truncate` | handle, size | |
 * | `fs.fstat` | handle | as `fs.stat` |
 * | `fs.close` | handle | |
 * | `fs.stat` | path, whether to follow a link | `{kind, size, mtime, mode, ino, dev}` |
 * | `fs.list` | path | `[[name, kind]…]`, sorted |
 * | `fs.mkdir`, `fs.rmdir`, `fs.unlink` | path | |
 * | `fs.rename` | from, to | |
 *
 * All results are in the log, what was read included, so a replay needs no files. To go on after it,
 * changes of volatile files are made once more as the log is replayed; other files are opened again by
 * their paths when a handle of theirs is used next.
 */
import { failAs, failWith, HostFailure } from "../failure.ts";
import type { Effect } from "../host.ts";
import type { Plain } from "../plain.ts";
import type { FileSystem, Later, OpenFile, OpenFlags } from "./filesystem.ts";
import { after, failing } from "./later.ts";
import type { Found, MountTable } from "./mounts.ts";
import { parseFlags } from "./paths.ts";

/** Files that a program may have open. */
const HANDLES = 256;

/** Bytes that one reading gives at most: what is read is in the log. */
const READ = 2 ** 20;

interface Handle {
  readonly volatile: boolean;
  readonly flags: OpenFlags;
  /** Where the file is now, as far as the program has moved it. */
  path: string;
  /** Undefined after a replay, until it is needed. */
  file: OpenFile | undefined;
}

/** The effects, and what closes all that they leave open. */
export function fileEffects(table: MountTable): {
  effects: Record<string, Effect>;
  close: () => void;
} {
  const handles = new Handles(table);
  const change = (call: (system: FileSystem, found: Found, at: number) => Later<void>): Effect => ({
    run: ([path], at) => named(path, undefined, () => changed(table, path, at, call)),
    replay: ([path], at) => {
      if (systemAt(table, path)?.volatile === true) void changed(table, path, at, call);
    },
  });
  const rename = ([from, to]: readonly Plain[], at: number): Later<void> => {
    const source = fixedNot(table.find(text(from)));
    const target = fixedNot(table.find(text(to)));
    if (source.dev !== target.dev) return failAs("EXDEV");
    if (source.system === undefined) return failAs("ENOENT");
    return source.system.rename(source.path, target.path, at);
  };
  const effects: Record<string, Effect> = {
    "fs.open": {
      run: ([path, flags], at) =>
        named(path, undefined, () => handles.open(text(path), parseFlags(text(flags)), at)),
      replay: ([path, flags], at, id) => handles.again(text(path), parseFlags(text(flags)), at, id),
    },
    "fs.read": {
      run: ([id, position, size], at) =>
        after(handles.file(id, at), (file) =>
          file.read(count(position), Math.min(count(size), READ)),
        ),
    },
    "fs.write": {
      run: ([id, position, bytes], at) =>
        after(handles.file(id, at), (file) => file.write(count(position), binary(bytes), at)),
      replay: ([id, position, bytes], at) => {
        void handles.volatile(id)?.write(count(position), binary(bytes), at);
      },
    },
    "fs.truncate": {
      run: ([id, size], at) =>
        after(handles.file(id, at), (file) => file.truncate(count(size), at)),
      replay: ([id, size], at) => void handles.volatile(id)?.truncate(count(size), at),
    },
    "fs.fstat": {
      run: ([id], at) =>
        after(handles.file(id, at), (file) =>
          after(file.stat(), (stat) => ({ ...stat, dev: handles.dev(id) })),
        ),
    },
    "fs.close": {
      run: ([id]) => handles.close(id),
      replay: ([id]) => void handles.close(id),
    },
    "fs.stat": {
      run: ([path, follow]) =>
        named(path, undefined, () => {
          const found = table.find(text(path));
          return after(table.stat(found, follow !== false), (stat) => ({
            ...stat,
            dev: found.dev,
          }));
        }),
    },
    "fs.list": {
      run: ([path]) =>
        named(path, undefined, () =>
          after(table.list(table.find(text(path))), (entries) =>
            entries.toSorted(([a], [b]) => (a < b ? -1 : 1)),
          ),
        ),
    },
    "fs.mkdir": change((system, { path }, at) => system.mkdir(path, at)),
    "fs.rmdir": change((system, { path }, at) => system.rmdir(path, at)),
    "fs.unlink": change((system, { path }, at) => system.unlink(path, at)),
    "fs.rename": {
      run: (args, at) =>
        named(args[0], args[1], () =>
          after(rename(args, at), () => handles.moved(text(args[0]), text(args[1]))),
        ),
      replay: (args, at) => {
        if (systemAt(table, args[0])?.volatile === true) void rename(args, at);
        handles.moved(text(args[0]), text(args[1]));
      },
    },
  };
  const close = (): void => {
    handles.closeAll();
    table.close();
  };
  return { effects, close };
}

class Handles {
  readonly #table: MountTable;
  readonly #handles = new Map<Plain | undefined, Handle>();
  /** As after stdin, stdout and stderr. */
  #next = 3;

  constructor(table: MountTable) {
    this.#table = table;
  }

  open(path: string, flags: OpenFlags, at: number): Later<number> {
    if (this.#handles.size >= HANDLES) failAs("EMFILE");
    const found = this.#table.find(path);
    return after(openAt(found, flags, at), (file) => {
      const id = this.#next++;
      this.#handles.set(id, { volatile: isVolatile(found), flags, path: pathOf(found), file });
      return id;
    });
  }

  /** What the log says was opened. */
  again(path: string, flags: OpenFlags, at: number, id: Plain): void {
    const found = this.#table.find(path);
    const volatile = isVolatile(found);
    const handle: Handle = { volatile, flags, path: pathOf(found), file: undefined };
    this.#handles.set(id, handle);
    this.#next = Number(id) + 1;
    if (volatile) handle.file = openAt(found, flags, at) as OpenFile;
  }

  file(id: Plain | undefined, at: number): Later<OpenFile> {
    const handle = this.#handles.get(id);
    if (handle === undefined) return failAs("EBADF");
    if (handle.file !== undefined) return handle.file;
    const flags = { ...handle.flags, create: false, exclusive: false, truncate: false };
    const opened = failing(() => openAt(this.#table.find(handle.path), flags, at), stale);
    return after(opened, (file) => (handle.file = file));
  }

  /** The file, if it is a replay's to change. */
  volatile(id: Plain | undefined): OpenFile | undefined {
    const handle = this.#handles.get(id);
    return handle?.volatile === true ? handle.file : undefined;
  }

  dev(id: Plain | undefined): number {
    return this.#table.find(this.#handles.get(id)?.path ?? "/").dev;
  }

  close(id: Plain | undefined): Later<void> {
    const handle = this.#handles.get(id);
    if (handle === undefined) return failAs("EBADF");
    this.#handles.delete(id);
    return handle.file?.close();
  }

  closeAll(): void {
    for (const id of this.#handles.keys()) void this.close(id);
  }

  moved(from: string, to: string): void {
    const old = pathOf(this.#table.find(from));
    const now = pathOf(this.#table.find(to));
    for (const handle of this.#handles.values()) {
      if (handle.path === old) handle.path = now;
      else if (handle.path.startsWith(`${old}/`)) handle.path = now + handle.path.slice(old.length);
    }
  }
}

function openAt(found: Found, flags: OpenFlags, at: number): Later<OpenFile> {
  if (found.fixed) return failAs(flags.create && flags.exclusive ? "EEXIST" : "EISDIR");
  if (found.system === undefined) return failAs(flags.create ? "EROFS" : "ENOENT");
  return found.system.open(found.path, flags, at);
}

function changed(
  table: MountTable,
  path: Plain | undefined,
  at: number,
  call: (system: FileSystem, found: Found, at: number) => Later<void>,
): Later<void> {
  const found = fixedNot(table.find(text(path)));
  return found.system === undefined ? failAs("EROFS") : call(found.system, found, at);
}

function fixedNot(found: Found): Found {
  return found.fixed ? failAs("EBUSY") : found;
}

function systemAt(table: MountTable, path: Plain | undefined): FileSystem | undefined {
  return table.find(text(path)).system;
}

function isVolatile(found: Found): boolean {
  return found.system?.volatile === true;
}

function pathOf(found: Found): string {
  return `/${found.names.join("/")}`;
}

/** Adds the path that the program used to failures that have none. */
function named<T>(
  path: Plain | undefined,
  path2: Plain | undefined,
  call: () => Later<T>,
): Later<T> {
  return failing(call, (error) => {
    if (!(error instanceof HostFailure) || error.failure.errno === undefined) throw error;
    return failAs(error.failure.errno, text(path), path2 === undefined ? undefined : text(path2));
  });
}

function stale(error: unknown): never {
  if (error instanceof HostFailure && error.failure.errno === "ENOENT") return failAs("ESTALE");
  throw error;
}

function text(value: Plain | undefined): string {
  return typeof value === "string"
    ? value
    : failWith("TypeError", "expected a path or flags as text");
}

function count(value: Plain | undefined): number {
  const fits = typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
  return fits ? value : failAs("EINVAL");
}

function binary(value: Plain | undefined): Uint8Array {
  return value instanceof Uint8Array ? value : failWith("TypeError", "expected bytes");
}
