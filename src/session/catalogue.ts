/** The katas of a run: the bundled ones, or a folder's in their place. */
import { readFileSync, realpathSync, statSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { coreFolder } from "../assets.ts";
import { unpackKatas } from "../catalog/bundle.ts";
import type { Kata } from "../catalog/kata.ts";
import type { Problem } from "../catalog/problem.ts";
import { KataError } from "../errors.ts";
import { checkLoadable } from "./loadable.ts";

export interface Catalogue {
  katas: Kata[];
  /** What is wrong with katas that were found, and with how they depend on each other. */
  problems: Problem[];
  /** True for the katas that the executable carries. */
  bundled: boolean;
  dir: string;
}

/**
 * Reads a catalogue: a folder's, or the one that the build has read.
 *
 * @throws KataError when the folder does not exist
 */
export async function loadCatalogue(katasDir?: string): Promise<Catalogue> {
  if (katasDir !== undefined) return await readFolder(resolve(katasDir));
  const dir = join(coreFolder(), "katas");
  const katas = unpackKatas(readFileSync(join(coreFolder(), "katas.json"), "utf8"), dir);
  return { katas, problems: [], bundled: true, dir };
}

async function readFolder(dir: string): Promise<Catalogue> {
  if (statSync(dir, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new KataError("katas-not-found", `Cannot read katas from ${dir}: no such folder`, {
      hint: "give --katas a folder that holds <id>/manifest.toml or <category>/<id>/manifest.toml",
    });
  }
  // Modules go by their real path: behind a link the tests would import another template than ours.
  const real = realpathSync(dir);
  // Loaded only here: the bundled katas need no TOML.
  const { discover } = await import("../catalog/discover.ts");
  const { checkGraph } = await import("../catalog/graph.ts");
  const { katas: found, problems } = discover(real, { bundled: false });
  const katas = found.map(atRealPath);
  return { katas, problems: [...problems, ...checkGraph(katas)], bundled: false, dir: real };
}

/** The same kata, of the folder that a link to it points to. */
function atRealPath(kata: Kata): Kata {
  const dir = realpathSync(kata.dir);
  checkLoadable(dir, true);
  if (dir === kata.dir) return kata;
  const files: Kata["files"] = {};
  for (const lang of ["ts", "py"] as const) {
    const names = kata.files[lang];
    if (names === undefined) continue;
    files[lang] = {
      template: join(dir, basename(names.template)),
      tests: join(dir, basename(names.tests)),
      reference: join(dir, basename(names.reference)),
    };
  }
  return { ...kata, dir, files };
}
