/**
 * One directory of this machine as a file system, and nothing outside of it.
 *
 * A file is first opened as a mere place (`O_PATH`), looked at, and only then, the same inode, for reading
 * or writing: no pipe blocks, no device is touched, nothing swapped in meanwhile is opened. Where there
 * is no `O_PATH`, the opened file is held against what was looked at; there another process that swaps
 * directories at the same time can mislead making, removing and renaming.
 */
import type { Stats } from "node:fs";
import { errnoOf, failAs, HostFailure } from "../failure.ts";
import type { FileSystem, OpenFile, OpenFlags, Path, Stat } from "./filesystem.ts";
import { join, look, lookIfThere, nodeFs, O_PATH, type Place, Root } from "./root.ts";

/** How often a file that comes and goes is tried for. */
const TRIES = 8;

export interface LocalOptions {
  readonly write?: boolean;
  /** Bytes that a file may be made to have; 1 GiB when left out. */
  readonly limit?: number;
  /** Goes by paths alone, as where the system has no `/proc`. */
  readonly byPath?: boolean;
}

/** A directory that must exist when it is first used. Read only unless `write` is true. */
export function localFiles(directory: string, options: LocalOptions = {}): FileSystem {
  const root = new Root(directory, options.byPath ?? false);
  const limit = options.limit ?? 2 ** 30;
  const changing = (): void => {
    if (options.write !== true) failAs("EROFS");
  };
  return {
    volatile: false,
    open: (path, flags) => {
      if (flags.write || flags.create) changing();
      return open(root, path, flags, limit);
    },
    stat: (path, follow) =>
      root.at(path, follow, (place, name) => {
        const stats = look(place, name);
        if (path.directory && !stats.isDirectory()) failAs("ENOTDIR");
        return statOf(stats);
      }),
    list: (path) =>
      root.at({ ...path, directory: true }, true, (place, name) => {
        const inside = root.enter(place, name);
        try {
          const entries = nodeFs().readdirSync(inside.path, { withFileTypes: true });
          return entries.map((entry) => [entry.name, kindOf(entry)] as const);
        } finally {
          root.leave(inside);
        }
      }),
    mkdir: (path) => {
      changing();
      root.at(path, false, (place, name) => nodeFs().mkdirSync(join(place, name), 0o777));
    },
    rmdir: (path) => {
      changing();
      root.at(path, false, (place, name) => {
        if (name === ".") failAs("EBUSY");
        nodeFs().rmdirSync(join(place, name));
      });
    },
    unlink: (path) => {
      changing();
      root.at(path, false, (place, name) => {
        const stats = look(place, name);
        if (stats.isDirectory()) failAs("EISDIR");
        if (path.directory) failAs("ENOTDIR");
        nodeFs().unlinkSync(join(place, name));
      });
    },
    rename: (from, to) => {
      changing();
      root.at(from, false, (source, name) => {
        if (name === ".") failAs("EBUSY");
        const isDirectory = look(source, name).isDirectory();
        if ((from.directory || to.directory) && !isDirectory) failAs("ENOTDIR");
        root.at(to, false, (target, newName) => {
          if (newName === ".") failAs("EBUSY");
          nodeFs().renameSync(join(source, name), join(target, newName));
        });
      });
    },
    close: () => root.close(),
  };
}

function open(root: Root, path: Path, flags: OpenFlags, limit: number): OpenFile {
  const follow = !(flags.create && flags.exclusive);
  return root.at(path, follow, (place, name) => {
    for (let tries = 0; tries < TRIES; tries++) {
      const fd =
        openThere(root, place, name, path, flags) ??
        (flags.create ? make(place, name, path, flags) : undefined);
      if (fd !== undefined) return openFile(fd, flags, limit);
      if (!flags.create) failAs("ENOENT");
    }
    return failAs("EIO");
  });
}

/** Opens what is there, if it is a file of one name; undefined when nothing is. */
function openThere(
  root: Root,
  place: Place,
  name: string,
  path: Path,
  flags: OpenFlags,
): number | undefined {
  const fs = nodeFs();
  const stats = lookIfThere(place, name);
  if (stats === undefined) return undefined;
  if (flags.create && flags.exclusive) failAs("EEXIST");
  let fd: number;
  if (place.fd === undefined) {
    checkFile(stats, path);
    const { O_NOFOLLOW, O_NONBLOCK } = fs.constants;
    fd = fs.openSync(join(place, name), accessOf(flags) | O_NOFOLLOW | O_NONBLOCK);
    if (!isThere(root, place, name, fs.fstatSync(fd))) {
      fs.closeSync(fd);
      failAs("EACCES");
    }
  } else {
    const spot = fs.openSync(join(place, name), O_PATH | fs.constants.O_NOFOLLOW);
    try {
      checkFile(fs.fstatSync(spot), path);
      fd = fs.openSync(`/proc/self/fd/${spot}`, accessOf(flags));
    } finally {
      fs.closeSync(spot);
    }
  }
  if (flags.truncate) fs.ftruncateSync(fd, 0);
  return fd;
}

/** Looks that a file opened by its path has to stand: a swap at the right moment deceives one of them. */
const LOOKS = 8;

/** Whether a file that was opened by its path lies in the directory, under that path, as often as one looks. */
function isThere(root: Root, place: Place, name: string, opened: Stats): boolean {
  if (!opened.isFile() || opened.nlink !== 1) return false;
  for (let i = 0; i < LOOKS; i++) {
    const real = nodeFs().realpathSync(place.path);
    const stats = lookIfThere({ path: real, fd: undefined }, name);
    const isSame = stats?.ino === opened.ino && stats.dev === opened.dev;
    if (!isSame || !root.contains(real)) return false;
  }
  return true;
}

/** Makes a file; undefined when something has come there meanwhile. */
function make(place: Place, name: string, path: Path, flags: OpenFlags): number | undefined {
  if (path.directory || name === ".") failAs("EISDIR");
  const { O_CREAT, O_EXCL, O_NOFOLLOW } = nodeFs().constants;
  try {
    return nodeFs().openSync(
      join(place, name),
      accessOf(flags) | O_CREAT | O_EXCL | O_NOFOLLOW,
      0o666,
    );
  } catch (error) {
    if (errnoOf(error) !== "EEXIST" || flags.exclusive) throw error;
    return undefined;
  }
}

/** A second name may lie outside; what is no file may block, or do something when it is opened. */
function checkFile(stats: Stats, path: Path): void {
  if (stats.isDirectory()) failAs("EISDIR");
  if (path.directory) failAs("ENOTDIR");
  if (!stats.isFile() || stats.nlink > 1) failAs("EACCES");
}

function accessOf(flags: OpenFlags): number {
  const { O_APPEND, O_RDONLY, O_RDWR, O_WRONLY } = nodeFs().constants;
  const access = flags.write ? (flags.read ? O_RDWR : O_WRONLY) : O_RDONLY;
  return flags.append ? access | O_APPEND : access;
}

function openFile(fd: number, flags: OpenFlags, limit: number): OpenFile {
  const fs = nodeFs();
  return {
    read: (position, size) =>
      asFailure(() => {
        if (!flags.read) failAs("EBADF");
        const left = fs.fstatSync(fd).size - position;
        const bytes = new Uint8Array(Math.max(0, Math.min(size, left)));
        let done = 0;
        while (done < bytes.length) {
          const count = fs.readSync(fd, bytes, done, bytes.length - done, position + done);
          if (count === 0) break;
          done += count;
        }
        return bytes.subarray(0, done);
      }),
    write: (position, bytes) =>
      asFailure(() => {
        if (!flags.write) failAs("EBADF");
        if (bytes.length === 0) return position;
        const start = flags.append ? fs.fstatSync(fd).size : position;
        if (start + bytes.length > limit) failAs("EFBIG");
        for (let done = 0; done < bytes.length;) {
          const at = flags.append ? null : position + done;
          done += fs.writeSync(fd, bytes, done, bytes.length - done, at);
        }
        return start + bytes.length;
      }),
    truncate: (size) =>
      asFailure(() => {
        if (!flags.write) failAs("EINVAL");
        if (size > limit) failAs("EFBIG");
        fs.ftruncateSync(fd, size);
      }),
    stat: () => asFailure(() => statOf(fs.fstatSync(fd))),
    close: () => asFailure(() => fs.closeSync(fd)),
  };
}

function asFailure<T>(call: () => T): T {
  try {
    return call();
  } catch (error) {
    if (error instanceof HostFailure) throw error;
    const errno = errnoOf(error);
    if (errno === undefined) throw error;
    return failAs(errno);
  }
}

type Kinds = Pick<Stats, "isFile" | "isDirectory" | "isSymbolicLink">;

function kindOf(stats: Kinds): Stat["kind"] {
  if (stats.isFile()) return "file";
  if (stats.isDirectory()) return "directory";
  return stats.isSymbolicLink() ? "link" : "other";
}

function statOf(stats: Stats): Stat {
  const kind = kindOf(stats);
  const size = kind === "directory" ? 0 : stats.size;
  return { kind, size, mtime: stats.mtimeMs, mode: stats.mode & 0o7777, ino: stats.ino };
}
