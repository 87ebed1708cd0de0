/** The tree behind a memory file system: its nodes, the room they take, and its form as plain data. */
import { KataError } from "../../../errors.ts";
import { failAs, HostFailure } from "../failure.ts";
import { parsePath } from "./paths.ts";

/** A memory file system as plain data. By index and not by path, so that its size and depth stay small. */
export type MemoryDump = {
  readonly v: 1;
  readonly entries: readonly {
    /** Index of the directory's entry, which comes before; -1 is the root. */
    readonly in: number;
    readonly name: string;
    /** Of a file; a directory has none. */
    readonly bytes?: Uint8Array;
    /** Milliseconds since 1970. */
    readonly mtime: number;
  }[];
};

export interface MemoryFile {
  readonly kind: "file";
  readonly ino: number;
  /** With room to grow behind `size`, all zeros. */
  bytes: Uint8Array;
  size: number;
  mtime: number;
  /** Names and handles that lead here: its room is free when there are none. */
  uses: number;
}

export interface MemoryDirectory {
  readonly kind: "directory";
  readonly ino: number;
  readonly entries: Map<string, MemoryNode>;
  mtime: number;
}

export type MemoryNode = MemoryFile | MemoryDirectory;

/** Bytes that each file and directory counts for, besides its contents. */
const NODE = 256;

/** Nodes, and the room that they take of `limit` bytes; what does not fit fails with ENOSPC. */
export class Tree {
  readonly root: MemoryDirectory = { kind: "directory", ino: 1, entries: new Map(), mtime: 0 };
  readonly #limit: number;
  #used = 0;
  #inos = 1;

  constructor(limit: number) {
    this.#limit = limit;
  }

  addFile(directory: MemoryDirectory, name: string, now: number): MemoryFile {
    this.#charge(NODE);
    const ino = ++this.#inos;
    const bytes = new Uint8Array();
    const file: MemoryFile = { kind: "file", ino, bytes, size: 0, mtime: now, uses: 1 };
    directory.entries.set(name, file);
    directory.mtime = now;
    return file;
  }

  addDirectory(directory: MemoryDirectory, name: string, now: number): MemoryDirectory {
    this.#charge(NODE);
    const ino = ++this.#inos;
    const made: MemoryDirectory = { kind: "directory", ino, entries: new Map(), mtime: now };
    directory.entries.set(name, made);
    directory.mtime = now;
    return made;
  }

  /** Takes a name away; a file lives on while handles lead to it. */
  remove(directory: MemoryDirectory, name: string, node: MemoryNode, now: number): void {
    directory.entries.delete(name);
    directory.mtime = now;
    if (node.kind === "file") this.release(node);
    else this.#used -= NODE;
  }

  /** One name or handle fewer. */
  release(file: MemoryFile): void {
    if (--file.uses === 0) this.#used -= file.bytes.length + NODE;
  }

  resize(file: MemoryFile, size: number): void {
    const room = file.bytes.length;
    if (size > room) this.#grow(file, size);
    else if (size < file.size) {
      file.bytes = file.bytes.slice(0, size);
      this.#used -= room - size;
    }
    file.size = size;
  }

  /** Takes more than is asked for, so that many small writes do not copy the file each time. */
  #grow(file: MemoryFile, size: number): void {
    const old = file.bytes;
    const free = this.#limit - this.#used;
    const room = Math.max(size, Math.min(2 * old.length, old.length + Math.floor(free / 2)));
    this.#charge(room - old.length);
    file.bytes = new Uint8Array(room);
    file.bytes.set(old.subarray(0, file.size));
  }

  #charge(bytes: number): void {
    if (this.#used + bytes > this.#limit) failAs("ENOSPC");
    this.#used += bytes;
  }
}

/** The tree as plain data, a copy. */
export function dumpTree({ root }: Tree): MemoryDump {
  const entries: MemoryDump["entries"][number][] = [];
  const open: [MemoryDirectory, number][] = [[root, -1]];
  // By a list and not by recursion: renaming makes trees deeper than any path is long.
  for (let next; (next = open.pop()) !== undefined;) {
    const [directory, index] = next;
    for (const [name, node] of directory.entries) {
      const { mtime } = node;
      if (node.kind === "file") {
        entries.push({ in: index, name, bytes: node.bytes.slice(0, node.size), mtime });
      } else {
        open.push([node, entries.length]);
        entries.push({ in: index, name, mtime });
      }
    }
  }
  return { v: 1, entries };
}

/** Fills an empty tree. Throws a KataError that names the entry for a dump that is none or does not fit. */
export function loadTree(tree: Tree, dump: MemoryDump): void {
  const made: MemoryNode[] = [];
  for (const [index, entry] of dump.entries.entries()) {
    const problem = problemOf(entry) ?? add(tree, made, entry);
    if (problem === undefined) continue;
    throw new KataError(
      "files-damaged",
      `Cannot load entry ${index} of the dumped files: ${problem}`,
    );
  }
}

function problemOf(entry: unknown): string | undefined {
  if (typeof entry !== "object" || entry === null) return "it is no object";
  const { in: parent, name, bytes, mtime } = entry as Readonly<Record<string, unknown>>;
  if (typeof parent !== "number") return `"in" is no number`;
  if (typeof mtime !== "number") return `"mtime" is no number`;
  if (bytes !== undefined && !(bytes instanceof Uint8Array)) return `"bytes" are no bytes`;
  return typeof name === "string" && isName(name) ? undefined : `"name" is no file's name`;
}

function isName(name: string): boolean {
  try {
    return parsePath(name).names[0] === name;
  } catch {
    return false;
  }
}

function add(
  tree: Tree,
  made: MemoryNode[],
  entry: MemoryDump["entries"][number],
): string | undefined {
  const { in: index, name, bytes, mtime } = entry;
  const directory = index === -1 ? tree.root : made[index];
  if (directory?.kind !== "directory") return `entry ${index} is no directory before it`;
  const changed = directory.mtime;
  if (directory.entries.has(name)) return `the name ${JSON.stringify(name)} is there twice`;
  try {
    if (bytes === undefined) made.push(tree.addDirectory(directory, name, mtime));
    else {
      const file = tree.addFile(directory, name, mtime);
      made.push(file);
      tree.resize(file, bytes.length);
      file.bytes.set(bytes);
    }
    directory.mtime = changed;
    return undefined;
  } catch (error) {
    if (!(error instanceof HostFailure)) throw error;
    return "it is over the limit of bytes";
  }
}
