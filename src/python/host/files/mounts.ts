/** Several file systems as one tree: which of them a path leads to. */
import { KataError } from "../../../errors.ts";
import { failAs, HostFailure } from "../failure.ts";
import type { Mount } from "../grants.ts";
import type { FileKind, FileSystem, Later, Path, Stat } from "./filesystem.ts";
import { after } from "./later.ts";
import { localFiles } from "./local.ts";
import { memoryFiles } from "./memory.ts";
import { parsePath } from "./paths.ts";
import { sourceFiles } from "./sources.ts";

/** Where a path leads. */
export interface Found {
  /** Undefined where nothing is mounted. */
  readonly system: FileSystem | undefined;
  /** A number for each file system, as `st_dev`. */
  readonly dev: number;
  /** The path inside of it. */
  readonly path: Path;
  /** The whole path, without `.`, `..` and doubled slashes. */
  readonly names: readonly string[];
  /** Whether something is mounted there or below: such a directory is there, and stays. */
  readonly fixed: boolean;
}

export interface MountTable {
  /** Fails for what is no path. A relative path starts at the root. */
  find(path: string): Found;
  stat(found: Found, follow: boolean): Later<Stat>;
  list(found: Found): Later<readonly (readonly [name: string, kind: FileKind])[]>;
  close(): void;
}

interface Mounted {
  readonly names: readonly string[];
  readonly system: FileSystem;
}

/** Opens nothing yet. Throws a KataError for a place that cannot be, or that is taken. */
export function mountAll(mounts: readonly Mount[]): MountTable {
  const table: Mounted[] = [];
  for (const mount of mounts) {
    const names = placeOf(mount.at);
    if (table.some((other) => isSame(other.names, names))) {
      throw new KataError("mount-taken", `Cannot mount files at "${mount.at}" twice`);
    }
    table.push({ names, system: systemOf(mount) });
  }
  const find = (text: string): Found => {
    const path = parsePath(text);
    const { names } = path;
    let dev = -1;
    for (const [index, mounted] of table.entries()) {
      const longer = dev === -1 || mounted.names.length > table[dev]!.names.length;
      if (longer && startsWith(names, mounted.names)) dev = index;
    }
    const fixed = table.some((mounted) => startsWith(mounted.names, names));
    const found = table[dev];
    const inside = { ...path, names: names.slice(found?.names.length ?? 0) };
    return { system: found?.system, dev: dev + 1, path: inside, names, fixed };
  };
  const list: MountTable["list"] = (found) => {
    const { names, system, path, fixed } = found;
    if (!fixed) return system === undefined ? failAs("ENOENT") : system.list(path);
    const below = table.flatMap((mounted) => {
      const name = startsWith(mounted.names, names) ? mounted.names[names.length] : undefined;
      return name === undefined ? [] : [[name, "directory"] as const];
    });
    const own = system === undefined ? [] : orNothing(() => system.list(path));
    return after(own, (entries) => [...new Map<string, FileKind>([...entries, ...below])]);
  };
  return {
    find,
    stat: ({ fixed, system, path, names }, follow) => {
      if (system !== undefined && (!fixed || path.names.length === 0))
        return system.stat(path, follow);
      if (!fixed) return failAs("ENOENT");
      return { kind: "directory", size: 0, mtime: 0, mode: 0o755, ino: names.length + 1 };
    },
    list,
    close: () => {
      for (const { system } of table) system.close();
    },
  };
}

function placeOf(at: string): readonly string[] {
  try {
    if (at.startsWith("/")) return parsePath(at).names;
  } catch (error) {
    if (!(error instanceof HostFailure)) throw error;
  }
  throw new KataError(
    "mount-place",
    `Cannot mount files at ${JSON.stringify(at)}: it is no absolute path`,
  );
}

function systemOf(mount: Mount): FileSystem {
  if ("system" in mount) return mount.system;
  if ("memory" in mount) return memoryFiles(mount.memory, mount.limit);
  if ("sources" in mount) return sourceFiles(mount.sources);
  return localFiles(mount.directory, mount);
}

/** A directory that is there only because something is mounted below. */
function orNothing<T>(list: () => Later<readonly T[]>): Later<readonly T[]> {
  const missing = (error: unknown): readonly T[] => {
    if (error instanceof HostFailure && error.failure.errno === "ENOENT") return [];
    throw error;
  };
  try {
    const entries = list();
    return entries instanceof Promise ? entries.catch(missing) : entries;
  } catch (error) {
    return missing(error);
  }
}

function startsWith(names: readonly string[], prefix: readonly string[]): boolean {
  return prefix.length <= names.length && prefix.every((name, index) => names[index] === name);
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && startsWith(a, b);
}
