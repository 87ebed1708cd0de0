/** What commands that write files say: the files on stdout, what to do about them on stderr. */
import { relative } from "node:path";
import type { Placed } from "../session/typings.ts";
import type { CommandContext } from "./command.ts";

/** Prints the files, one a line, as seen from where the person is. */
export function printCreated(
  { created, foreign }: Placed,
  { cwd, stdout, log }: CommandContext,
): void {
  if (created.length > 0) {
    stdout.write(`${created.map((path) => relative(cwd, path)).join("\n")}\n`);
  }
  if (foreign === undefined) return;
  log.warn(
    `${relative(cwd, foreign)} is yours and does not know what katas import`,
    'write "extends": "./.kata/tsconfig.json" into it, and include ".kata/*.d.ts"',
  );
}

/** A path as it is typed: quoted where a shell would read more into it. */
export function shellWord(path: string): string {
  const word = path.startsWith("-") ? `./${path}` : path;
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  return process.platform === "win32" ? `"${word}"` : `'${word.replaceAll("'", "'\\''")}'`;
}
