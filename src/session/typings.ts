/** What an editor needs to know what `kata` is: a dot folder, and a tsconfig.json that extends it. */
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { coreFolder, VERSION } from "../assets.ts";
import { KataError } from "../errors.ts";

/** Where declarations and schemas lie; a dot folder, so that nobody takes it for work. */
export const TYPINGS = ".kata";

const CONFIG = "tsconfig.json";

export interface Placed {
  /** What was written, as absolute paths. */
  created: string[];
  /** A tsconfig.json that a person wrote, and that does not know the typings. */
  foreign?: string;
}

/**
 * Refuses a `.kata` that kata did not write: replacing the typings of an older
 * version removes the folder.
 */
export function checkTypings(dir: string): void {
  const path = join(dir, TYPINGS);
  const info = lstatSync(path, { throwIfNoEntry: false });
  if (info === undefined) return;
  const what = info.isSymbolicLink() ? "a link" : info.isDirectory() ? "a folder" : "a file";
  if (what === "a folder" && readdirSync(path).some((name) => name.startsWith("version-"))) return;
  throw new KataError(
    "typings-taken",
    `Cannot write the typings to ${path}: there is ${what} that kata did not make`,
    { hint: "move it away, or use another folder with --dir" },
  );
}

/**
 * Writes the typings of this version to a folder, and a tsconfig.json that takes
 * them up where there is none. `deep` covers the folders below as well.
 */
export function placeTypings(dir: string, deep: boolean): Placed {
  const created: string[] = [];
  const target = join(dir, TYPINGS);
  if (!existsSync(join(target, `version-${VERSION}`))) {
    const fresh = `${target}.${process.pid}`;
    rmSync(fresh, { recursive: true, force: true });
    try {
      copyFolder(join(coreFolder(), "typings"), fresh);
      // Each machine writes them anew, of its own version.
      writeFileSync(join(fresh, ".gitignore"), "*\n");
      writeFileSync(join(fresh, `version-${VERSION}`), "");
      rmSync(target, { recursive: true, force: true });
      renameSync(fresh, target);
    } catch (error) {
      rmSync(fresh, { recursive: true, force: true });
      throw error;
    }
    created.push(target);
  }
  const config = join(dir, CONFIG);
  const text = existsSync(config) ? readFileSync(config, "utf8") : undefined;
  const isOurs = text === undefined || (deep && text === configText(false));
  if (isOurs) {
    writeFileSync(config, configText(deep), { flag: text === undefined ? "wx" : "w" });
    created.push(config);
  }
  const isForeign = !isOurs && !text.includes(TYPINGS);
  return { created, ...(isForeign ? { foreign: config } : {}) };
}

function configText(deep: boolean): string {
  const include = [deep ? "**/*.ts" : "*.ts", `${TYPINGS}/*.d.ts`];
  return `${JSON.stringify({ extends: `./${TYPINGS}/${CONFIG}`, include }, null, 2)}\n`;
}

/** Copies a folder with the permissions of new files: those of the cache are for its owner alone. */
function copyFolder(from: string, to: string): void {
  mkdirSync(to);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) copyFolder(source, target);
    else writeFileSync(target, readFileSync(source));
  }
}
