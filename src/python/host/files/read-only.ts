import { failAs } from "../failure.ts";
import type { FileSystem } from "./filesystem.ts";

/** The same files, which nobody can change. */
export function readOnly(system: FileSystem): FileSystem {
  const refuse = (): never => failAs("EROFS");
  return {
    volatile: system.volatile,
    open: (path, flags, now) =>
      flags.write || flags.create ? refuse() : system.open(path, flags, now),
    stat: (path, follow) => system.stat(path, follow),
    list: (path) => system.list(path),
    mkdir: refuse,
    rmdir: refuse,
    unlink: refuse,
    rename: refuse,
    close: () => system.close(),
  };
}
