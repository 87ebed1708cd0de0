/** The kata's folder in memory: programs may put files there, and leave alone those that came with the kata. */
import { failAs } from "../../python/host/failure.ts";
import type { FileSystem, Path } from "../../python/host/files/filesystem.ts";
import { memoryFiles } from "../../python/host/files/memory.ts";

/** A file system with these files, which cannot be changed, removed or replaced. */
export function kataFolder(
  files: readonly { readonly name: string; readonly content: string | Uint8Array }[],
): FileSystem {
  const memory = memoryFiles(
    Object.fromEntries(files.map(({ name, content }) => [`/${name}`, content])),
  );
  const kept = new Set(files.flatMap(({ name }) => withFolders(name)));
  const keep = (path: Path): void => {
    if (kept.has(path.names.join("/"))) failAs("EACCES");
  };
  return {
    ...memory,
    open: (path, flags, now) => {
      if (flags.write) keep(path);
      return memory.open(path, flags, now);
    },
    rmdir: (path, now) => {
      keep(path);
      return memory.rmdir(path, now);
    },
    unlink: (path, now) => {
      keep(path);
      return memory.unlink(path, now);
    },
    rename: (from, to, now) => {
      keep(from);
      keep(to);
      return memory.rename(from, to, now);
    },
  };
}

/** A path and the folders that it lies in. */
function withFolders(name: string): string[] {
  const parts = name.split("/");
  return parts.map((_, i) => parts.slice(0, i + 1).join("/"));
}
