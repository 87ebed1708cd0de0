/** The Python files of a directory and nothing else in it: what a program may import is a part of it. */
import { failAs } from "../failure.ts";
import type { FileKind, FileSystem, Path } from "./filesystem.ts";
import { after } from "./later.ts";
import { localFiles } from "./local.ts";

export function sourceFiles(directory: string): FileSystem {
  const all = localFiles(directory);
  return {
    ...all,
    open: (path, flags, now) => (isSource(path) ? all.open(path, flags, now) : failAs("EACCES")),
    stat: (path, follow) =>
      after(all.stat(path, follow), (stat) => {
        if (stat.kind !== "directory" && !isSource(path)) failAs("ENOENT");
        return stat;
      }),
    list: (path) =>
      after(all.list(path), (entries) =>
        entries.filter(([name, kind]: readonly [string, FileKind]) => {
          return kind === "directory" || name.endsWith(".py");
        }),
      ),
  };
}

function isSource({ names, directory }: Path): boolean {
  return !directory && names.at(-1)?.endsWith(".py") === true;
}
