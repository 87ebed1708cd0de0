/** Says when files below a folder change, once for each burst of changes. */
import { type FSWatcher, watch } from "node:fs";
import { KataError } from "../errors.ts";

/** An editor writes a file in several steps, this many milliseconds apart at most. */
const SETTLE_MS = 80;

/**
 * Calls `onChange` with the paths that changed, relative to `dir`; changes that
 * come while it works are told in the next call. Resolves once `signal` is
 * aborted and the last call has ended.
 *
 * @throws KataError when the folder cannot be watched
 */
export async function watchFolder(
  dir: string,
  signal: AbortSignal,
  onChange: (paths: ReadonlySet<string>) => Promise<void>,
): Promise<void> {
  let changed = new Set<string>();
  let wake = Promise.withResolvers<void>();
  let watcher: FSWatcher;
  try {
    watcher = watch(dir, { recursive: true }, (_event, path) => {
      changed.add(path ?? "");
      wake.resolve();
    });
  } catch (cause) {
    throw new KataError("cannot-watch", `Cannot watch ${dir}: ${(cause as Error).message}`, {
      hint: "Leave out --watch, and call kata check again after a change",
      cause,
    });
  }
  const end = (): void => wake.resolve();
  signal.addEventListener("abort", end);
  try {
    while (!signal.aborted) {
      await wake.promise;
      if (signal.aborted) break;
      await Bun.sleep(SETTLE_MS);
      const paths = changed;
      changed = new Set();
      wake = Promise.withResolvers<void>();
      await onChange(paths);
    }
  } finally {
    signal.removeEventListener("abort", end);
    watcher.close();
  }
}
