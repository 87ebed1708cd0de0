/** A catalogue as one text, so that the bundled katas need no manifest read at each start. */
import { join, relative } from "node:path";
import type { Kata, KataFiles } from "./kata.ts";

/** The katas with their paths relative to `root`. */
export function packKatas(katas: readonly Kata[], root: string): string {
  return JSON.stringify(katas.map((kata) => movePaths(kata, (path) => relative(root, path))));
}

/** The katas of a text that `packKatas` made, below `root`. */
export function unpackKatas(text: string, root: string): Kata[] {
  const katas = JSON.parse(text) as Kata[];
  return katas.map((kata) => movePaths(kata, (path) => join(root, path)));
}

function movePaths(kata: Kata, move: (path: string) => string): Kata {
  const files: Kata["files"] = {};
  for (const lang of ["ts", "py"] as const) {
    const own = kata.files[lang];
    if (own !== undefined) files[lang] = moveFiles(own, move);
  }
  return { ...kata, dir: move(kata.dir), files };
}

function moveFiles(files: KataFiles, move: (path: string) => string): KataFiles {
  return {
    template: move(files.template),
    tests: move(files.tests),
    reference: move(files.reference),
  };
}
