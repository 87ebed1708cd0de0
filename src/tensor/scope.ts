/** Which storages were made inside which stretch of code, for `tidy`. */

import type { Storage } from "./device.ts";

/** What using a storage says after it was freed. */
export const DISPOSED =
  "This tensor was disposed of and holds no data: by dispose(), by using, or because tidy ended without returning it (see keep)";

/** Storages to free when a scope closes. */
type Scope = Set<Storage>;

const open: Scope[] = [];

/** Writes down a new storage; it goes with the innermost scope. */
export function noteStorage<S extends Storage>(storage: S): S {
  open.at(-1)?.add(storage);
  return storage;
}

export function openScope(): Scope {
  const scope: Scope = new Set();
  open.push(scope);
  return scope;
}

/** Frees what the scope holds, but for `survivors`, which the scope around takes over. */
export function closeScope(scope: Scope, survivors: ReadonlySet<Storage>): void {
  open.splice(open.indexOf(scope), 1);
  for (const storage of scope) {
    if (survivors.has(storage)) open.at(-1)?.add(storage);
    else storage.device.release(storage);
  }
}

/** Whether any scope is open, and so whether there is anything to keep. */
export function inScope(): boolean {
  return open.length > 0;
}

/** Takes a storage out of every scope: it lives as long as something holds it. */
export function letGo(storage: Storage): void {
  for (const scope of open) scope.delete(storage);
}
