/** Paths that the test process's module loader cannot load. */
import { KataError } from "../errors.ts";

/**
 * Refuses a path that holds a character which the loader takes for a query (`?`)
 * or a separator (`\\`). In the folder of a kata that is also `:`, which ends the
 * name of a namespace there.
 *
 * @throws KataError that names the character
 */
export function checkLoadable(path: string, isKata = false): void {
  // Where a drive has a colon and folders have backslashes, no name can hold either.
  const bad = process.platform === "win32" ? /\?/ : isKata ? /[?\\:]/ : /[?\\]/;
  const found = bad.exec(path)?.[0];
  if (found === undefined) return;
  throw new KataError("path-unloadable", `Cannot load ${path}: its path holds a "${found}"`, {
    hint: `rename the file or the folder, so that it has no "${found}"`,
  });
}
