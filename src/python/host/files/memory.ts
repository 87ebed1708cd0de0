/** Files in memory, with POSIX's semantics; they can be dumped to plain data and made of it. */
import { KataError } from "../../../errors.ts";
import { failAs, HostFailure } from "../failure.ts";
import type { FileSystem, OpenFile, OpenFlags, Path, Stat } from "./filesystem.ts";
import { parsePath, splitPath } from "./paths.ts";
import {
  dumpTree,
  loadTree,
  type MemoryDirectory,
  type MemoryDump,
  type MemoryFile,
  type MemoryNode,
  Tree,
} from "./tree.ts";

export interface MemoryFiles extends FileSystem {
  dump(): MemoryDump;
}

/** What is there at the start: a dump, or contents by path, with the directories that they need. */
export type MemorySource = MemoryDump | Readonly<Record<string, string | Uint8Array>>;

/**
 * A file system in memory. `limit` is in bytes: the room taken for contents, which doubles as a file grows,
 * and something for each name; what does not fit fails with ENOSPC, before memory is taken. Throws a
 * KataError that names the entry for a source that is none or does not fit.
 */
export function memoryFiles(source: MemorySource = {}, limit: number = 2 ** 26): MemoryFiles {
  const tree = new Tree(limit);
  if (isDump(source)) loadTree(tree, source);
  else for (const [path, contents] of Object.entries(source)) fill(tree, path, contents);
  const { root } = tree;
  return {
    volatile: true,
    open: (path, flags, now) => open(tree, path, flags, now),
    stat: (path) => statOf(find(root, path)),
    list: (path) => {
      const node = find(root, path);
      if (node.kind !== "directory") return failAs("ENOTDIR");
      return Array.from(node.entries, ([name, { kind }]) => [name, kind] as const);
    },
    mkdir: (path, now) => {
      if (walk(root, path.names) !== undefined) failAs("EEXIST");
      const { directory, name } = parentOf(root, path);
      tree.addDirectory(directory, name, now);
    },
    rmdir: (path, now) => {
      const node = find(root, path);
      const { directory, name } = parentOf(root, path);
      if (node.kind !== "directory") return failAs("ENOTDIR");
      if (node.entries.size > 0) failAs("ENOTEMPTY");
      tree.remove(directory, name, node, now);
    },
    unlink: (path, now) => {
      const node = find(root, path);
      if (node.kind === "directory") failAs("EISDIR");
      const { directory, name } = parentOf(root, path);
      tree.remove(directory, name, node, now);
    },
    rename: (from, to, now) => rename(tree, from, to, now),
    dump: () => dumpTree(tree),
    close: () => {},
  };
}

function isDump(source: MemorySource): source is MemoryDump {
  return source.v === 1 && "entries" in source && Array.isArray(source.entries);
}

function open(tree: Tree, path: Path, flags: OpenFlags, now: number): OpenFile {
  const there = walk(tree.root, path.names);
  if (there === undefined && !flags.create) failAs("ENOENT");
  if (there !== undefined && flags.create && flags.exclusive) failAs("EEXIST");
  if (there?.kind === "directory") return failAs("EISDIR");
  if (there !== undefined && path.directory) failAs("ENOTDIR");
  const file = there ?? create(tree, path, now);
  if (flags.truncate && there !== undefined) {
    tree.resize(file, 0);
    file.mtime = now;
  }
  file.uses++;
  return {
    read: (position, size) => {
      if (!flags.read) failAs("EBADF");
      return file.bytes.slice(position, Math.max(position, Math.min(file.size, position + size)));
    },
    write: (position, bytes, at) => {
      if (!flags.write) failAs("EBADF");
      if (bytes.length === 0) return position;
      const start = flags.append ? file.size : position;
      if (start + bytes.length > file.size) tree.resize(file, start + bytes.length);
      file.bytes.set(bytes, start);
      file.mtime = at;
      return start + bytes.length;
    },
    truncate: (size, at) => {
      if (!flags.write) failAs("EINVAL");
      tree.resize(file, size);
      file.mtime = at;
    },
    stat: () => statOf(file),
    close: () => tree.release(file),
  };
}

function create(tree: Tree, path: Path, now: number): MemoryFile {
  if (path.directory) failAs("EISDIR");
  const { directory, name } = parentOf(tree.root, path);
  return tree.addFile(directory, name, now);
}

function rename(tree: Tree, from: Path, to: Path, now: number): void {
  const node = find(tree.root, from);
  const source = parentOf(tree.root, from);
  const target = parentOf(tree.root, to);
  const there = target.directory.entries.get(target.name);
  if (to.directory && node.kind !== "directory") failAs("ENOTDIR");
  if (there === node) return;
  if (isInside(from.names, to.names)) failAs("ENOTEMPTY");
  if (node.kind === "directory" && isInside(to.names, from.names)) failAs("EINVAL");
  if (there?.kind === "directory") {
    if (node.kind === "file") failAs("EISDIR");
    if (there.entries.size > 0) failAs("ENOTEMPTY");
  } else if (there !== undefined && node.kind === "directory") failAs("ENOTDIR");
  if (there !== undefined) tree.remove(target.directory, target.name, there, now);
  source.directory.entries.delete(source.name);
  target.directory.entries.set(target.name, node);
  source.directory.mtime = target.directory.mtime = now;
}

function fill(tree: Tree, path: string, contents: string | Uint8Array): void {
  const bytes = typeof contents === "string" ? new TextEncoder().encode(contents) : contents;
  try {
    const { names, directory } = parsePath(path);
    let inside = tree.root;
    for (const name of names.slice(0, -1)) {
      const next = inside.entries.get(name) ?? tree.addDirectory(inside, name, 0);
      inside = next.kind === "directory" ? next : failAs("ENOTDIR");
    }
    const name = names.at(-1);
    if (name === undefined || directory) return failAs("EISDIR");
    if (inside.entries.has(name)) failAs("EEXIST");
    const file = tree.addFile(inside, name, 0);
    tree.resize(file, bytes.length);
    file.bytes.set(bytes);
  } catch (error) {
    if (!(error instanceof HostFailure)) throw error;
    throw new KataError(
      "files-damaged",
      `Cannot put ${JSON.stringify(path)} into memory: ${error.message}`,
    );
  }
}

/** What is at the names; undefined when only the last of them is missing, or one before. */
function walk(root: MemoryDirectory, names: readonly string[]): MemoryNode | undefined {
  let node: MemoryNode = root;
  for (const name of names) {
    if (node.kind !== "directory") return failAs("ENOTDIR");
    const next = node.entries.get(name);
    if (next === undefined) return undefined;
    node = next;
  }
  return node;
}

function find(root: MemoryDirectory, path: Path): MemoryNode {
  const node = walk(root, path.names);
  if (node === undefined) return failAs("ENOENT");
  if (path.directory && node.kind !== "directory") failAs("ENOTDIR");
  return node;
}

function parentOf(root: MemoryDirectory, path: Path): { directory: MemoryDirectory; name: string } {
  const split = splitPath(path);
  if (split === undefined) return failAs("EBUSY");
  const directory = walk(root, split.parent);
  if (directory === undefined) return failAs("ENOENT");
  if (directory.kind !== "directory") return failAs("ENOTDIR");
  return { directory, name: split.name };
}

function statOf(node: MemoryNode): Stat {
  const { ino, mtime } = node;
  if (node.kind === "file") return { kind: "file", size: node.size, mtime, mode: 0o644, ino };
  return { kind: "directory", size: 0, mtime, mode: 0o755, ino };
}

function isInside(inner: readonly string[], outer: readonly string[]): boolean {
  return inner.length > outer.length && outer.every((name, index) => inner[index] === name);
}
