/** The files of a kata's folder, as its world has them. */
import { type Dirent, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import type { WorkerJob } from "../../events/channel.ts";
import type { PythonFile } from "../../pymodules/pytest/tests.ts";

/** A file that tests and solution may read, and import if it is Python. */
interface OpenFile {
  readonly name: string;
  readonly content: string | Uint8Array;
}

export interface KataFiles {
  readonly reference: PythonFile | undefined;
  readonly conftest: PythonFile | undefined;
  readonly others: readonly OpenFile[];
}

/** Bytes of a folder that are held in memory for a kata. */
const FOLDER_CAP = 64 * 2 ** 20;
const DEPTH_CAP = 8;
/** What a kata is made of, and no part of its world by itself. */
const OWN =
  /^(?:template\.(?:py|ts)|reference\.(?:py|ts)|kata\.test\.ts|manifest\.toml|(?:conftest|user_kata)\.py)$/;

/** Reads what lies beside a kata's tests. Links that lead out of the folder cannot be read, and are not there. */
export function openFiles(job: WorkerJob): KataFiles {
  const dir = dirname(job.tests);
  const sealed = (name: string): PythonFile | undefined => {
    const text = read(join(dir, name))?.toString();
    return text === undefined ? undefined : { name, text };
  };
  const others: OpenFile[] = [];
  let left = FOLDER_CAP;
  for (const path of pathsBelow(dir, DEPTH_CAP)) {
    const name = relative(dir, path).split(sep).join("/");
    if (OWN.test(name) || path === job.tests || path === job.subject) continue;
    const bytes = read(path);
    if (bytes === undefined || bytes.length > left) continue;
    left -= bytes.length;
    others.push({ name, content: name.endsWith(".py") ? bytes.toString() : bytes });
  }
  return { reference: sealed("reference.py"), conftest: sealed("conftest.py"), others };
}

function pathsBelow(dir: string, depth: number): string[] {
  let entries: Dirent[];
  try {
    entries = readdirSync(dir, { withFileTypes: true });
  } catch {
    return [];
  }
  return entries
    .filter(({ name }) => !name.startsWith(".") && !/^(?:node_modules|__pycache__)$/.test(name))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(dir, entry.name);
      if (entry.isFile()) return [path];
      return entry.isDirectory() && depth > 0 ? pathsBelow(path, depth - 1) : [];
    });
}

function read(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}
