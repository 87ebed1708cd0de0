/**
 * What a file system is to a run.
 *
 * An open file has no position of its own: reads and writes say where. So the position belongs to the
 * program, which a replay brings back, and going on after a replay takes no more than to open the file
 * again. Anything may answer by a promise, for file systems behind a network: the run is suspended
 * until it is there.
 *
 * Paths are absolute inside the file system, taken apart (see paths.ts). Everything fails with POSIX's
 * errors, as HostFailures without a path: the caller adds the one that the program used.
 */

/** Now, or when it has come. */
export type Later<T> = T | Promise<T>;

/** How a file is opened; the letters of {@link parseFlags}. */
export interface OpenFlags {
  readonly read: boolean;
  readonly write: boolean;
  /** Writes go to the end, wherever they say. */
  readonly append: boolean;
  readonly create: boolean;
  /** With `create`: fails when there is something already. */
  readonly exclusive: boolean;
  readonly truncate: boolean;
}

/** Kinds of what a path leads to. */
export type FileKind = "file" | "directory" | "link" | "other";

/** A type and not an interface, so that it is plain data. */
export type Stat = {
  readonly kind: FileKind;
  /** Bytes; 0 for directories. */
  readonly size: number;
  /** Of the last change of the contents, in milliseconds since 1970. */
  readonly mtime: number;
  /** Permission bits, `0o644` for instance. */
  readonly mode: number;
  /** The same for two paths to one file, and for no others that are there. */
  readonly ino: number;
};

export interface OpenFile {
  /** Up to `size` bytes from `position` on, none at or after the end. */
  read(position: number, size: number): Later<Uint8Array>;
  /** Writes all of `bytes`, with zeros before it where the file ended earlier; the position behind it. */
  write(position: number, bytes: Uint8Array, now: number): Later<number>;
  /** Cuts off, or fills up with zeros. */
  truncate(size: number, now: number): Later<void>;
  stat(): Later<Stat>;
  close(): Later<void>;
}

/** A path's names, and whether it can only mean a directory (it ended with a slash). */
export interface Path {
  /** None is the root. */
  readonly names: readonly string[];
  readonly directory: boolean;
}

export interface FileSystem {
  /**
   * Its files live in this process alone, and it answers at once: a replay makes its changes once more, to
   * have them again.
   */
  readonly volatile: boolean;
  open(path: Path, flags: OpenFlags, now: number): Later<OpenFile>;
  /** Of the link itself when `follow` is false. */
  stat(path: Path, follow: boolean): Later<Stat>;
  /** Names and kinds, in no order. */
  list(path: Path): Later<readonly (readonly [name: string, kind: FileKind])[]>;
  mkdir(path: Path, now: number): Later<void>;
  /** Removes an empty directory. */
  rmdir(path: Path, now: number): Later<void>;
  /** Removes a file or a link. */
  unlink(path: Path, now: number): Later<void>;
  /** Takes the place of a file, or of an empty directory, that is there. */
  rename(from: Path, to: Path, now: number): Later<void>;
  /** Gives back what it holds. */
  close(): void;
}
