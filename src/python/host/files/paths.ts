/** Paths of programs: taken apart in one place, before any file system sees them. */
import { failAs, failWith } from "../failure.ts";
import type { OpenFlags, Path } from "./filesystem.ts";

/** As on Linux: bytes of a path with its closing zero, and of one name. */
const LONGEST_PATH = 4096;
const LONGEST_NAME = 255;

/**
 * Takes apart a path from the root. `.` and `..` are resolved by their names alone, before links are;
 * a path that climbs above the root fails with EACCES, as do names that are no text with EILSEQ.
 */
export function parsePath(path: string): Path {
  if (path === "") failAs("ENOENT");
  if (path.length >= LONGEST_PATH) failAs("ENAMETOOLONG");
  if (path.includes("\0")) failWith("ValueError", "embedded null byte");
  if (!path.isWellFormed()) failAs("EILSEQ");
  if (new TextEncoder().encode(path).length >= LONGEST_PATH) failAs("ENAMETOOLONG");
  const names: string[] = [];
  const parts = path.split("/");
  for (const part of parts) {
    if (part === "" || part === ".") continue;
    if (part === "..") {
      if (names.pop() === undefined) failAs("EACCES");
    } else {
      if (new TextEncoder().encode(part).length > LONGEST_NAME) failAs("ENAMETOOLONG");
      names.push(part);
    }
  }
  return { names, directory: ["", ".", ".."].includes(parts.at(-1)!) };
}

const LETTERS = {
  r: "read",
  w: "write",
  a: "append",
  c: "create",
  x: "exclusive",
  t: "truncate",
} as const satisfies Record<string, keyof OpenFlags>;

/**
 * How to open, by letters: read, write, append, create, exclusive (x), truncate. Python's modes are
 * `r`, `rw` (r+), `wct` (w), `rwct` (w+), `wca` (a), `wcx` (x). Fails with EINVAL for anything else.
 */
export function parseFlags(letters: string): OpenFlags {
  const set = new Set(Array.from(letters, (letter) => flagOf(letter)));
  const flags = {
    read: set.has("read"),
    write: set.has("write"),
    append: set.has("append"),
    create: set.has("create"),
    exclusive: set.has("exclusive"),
    truncate: set.has("truncate"),
  };
  const changes = flags.append || flags.truncate;
  if (!(flags.read || flags.write) || (changes && !flags.write)) failAs("EINVAL");
  return flags;
}

function flagOf(letter: string): keyof OpenFlags {
  return Object.hasOwn(LETTERS, letter)
    ? LETTERS[letter as keyof typeof LETTERS]
    : failAs("EINVAL");
}

/** The last name of a path and what lies before it; undefined for the root. */
export function splitPath(path: Path): { parent: readonly string[]; name: string } | undefined {
  const name = path.names.at(-1);
  return name === undefined ? undefined : { parent: path.names.slice(0, -1), name };
}
